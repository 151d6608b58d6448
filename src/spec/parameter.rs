//! What an entry takes: typed, bounded, with a default.

use super::SpecError;

/// A parameter of an entry.
#[derive(Debug, Clone, Copy)]
pub struct Parameter {
    /// Kebab-case name: `damping`.
    pub name: &'static str,
    /// What values it takes.
    pub kind: Kind,
    /// The value when it is not given, as it would be written.
    pub default: &'static str,
    /// One line for help.
    pub about: &'static str,
}

/// The values a parameter takes.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// A real number within bounds, both included.
    Number(f64, f64),
    /// A whole number within bounds, both included.
    Integer(u64, u64),
    /// `true` or `false`.
    Boolean,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// Any text.
    Text,
}

impl Kind {
    fn takes(self, value: &str) -> bool {
        match self {
            Self::Number(low, high) => {
                value.parse::<f64>().is_ok_and(|number| (low..=high).contains(&number))
            }
            Self::Integer(low, high) => {
                value.parse::<u64>().is_ok_and(|number| (low..=high).contains(&number))
            }
            Self::Boolean => matches!(value, "true" | "false"),
            Self::Choice(words) => words.contains(&value),
            Self::Text => true,
        }
    }

    /// In words, after "not": "a number from 0 to 1".
    pub fn wanted(self) -> String {
        match self {
            Self::Number(low, f64::INFINITY) => format!("a number from {low}"),
            Self::Number(low, high) => format!("a number from {low} to {high}"),
            Self::Integer(low, u64::MAX) => format!("a whole number from {low}"),
            Self::Integer(low, high) => format!("a whole number from {low} to {high}"),
            Self::Boolean => "`true` or `false`".to_owned(),
            Self::Choice(words) => {
                let quoted: Vec<_> =
                    words.iter().map(|word| format!("`{word}`")).collect();
                quoted.join(" or ")
            }
            Self::Text => "a text".to_owned(),
        }
    }

    /// The same value always prints the same: `.5`, `0.50` and `5e-1` are `0.5`.
    fn canonical(self, value: &str) -> String {
        match self {
            Self::Number(..) => {
                value.parse::<f64>().map_or_else(|_| value.into(), |n| n.to_string())
            }
            Self::Integer(..) => {
                value.parse::<u64>().map_or_else(|_| value.into(), |n| n.to_string())
            }
            Self::Boolean | Self::Choice(_) | Self::Text => value.to_owned(),
        }
    }
}

/// The checked values of all parameters of one entry.
///
/// The getters take the name of a declared parameter of that kind; asking for
/// another is a mistake in the entry's own file and panics when it is first built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Params {
    values: Vec<(&'static str, String)>,
}

impl Params {
    /// Every declared parameter with its given or default value.
    pub(super) fn check(
        name: &str,
        declared: &[Parameter],
        given: &[(String, String)],
    ) -> Result<Self, SpecError> {
        for (at, (key, _)) in given.iter().enumerate() {
            if !declared.iter().any(|parameter| parameter.name == key) {
                return Err(unknown(name, key, declared));
            }
            if given[..at].iter().any(|(earlier, _)| earlier == key) {
                return Err(SpecError::Repeated {
                    name: name.to_owned(),
                    parameter: key.clone(),
                });
            }
        }
        let value = |parameter: &Parameter| {
            let text = given
                .iter()
                .find(|(key, _)| key == parameter.name)
                .map_or(parameter.default, |(_, value)| value.as_str());
            if parameter.kind.takes(text) {
                return Ok((parameter.name, parameter.kind.canonical(text)));
            }
            Err(SpecError::Value {
                name: name.to_owned(),
                parameter: parameter.name.to_owned(),
                found: text.to_owned(),
                wanted: parameter.kind.wanted(),
            })
        };
        Ok(Self { values: declared.iter().map(value).collect::<Result<_, _>>()? })
    }

    /// The text of a parameter.
    ///
    /// # Panics
    /// The entry does not declare it.
    pub fn text(&self, name: &str) -> &str {
        let found = self.values.iter().find(|(key, _)| *key == name);
        &found.expect("an entry asks only for parameters that it declares").1
    }

    /// A [`Kind::Number`].
    ///
    /// # Panics
    /// The entry does not declare it as a number.
    pub fn number(&self, name: &str) -> f64 {
        self.text(name).parse().expect("a number was checked when the spec was")
    }

    /// A [`Kind::Integer`].
    ///
    /// # Panics
    /// The entry does not declare it as an integer.
    pub fn integer(&self, name: &str) -> u64 {
        self.text(name).parse().expect("an integer was checked when the spec was")
    }

    /// A [`Kind::Boolean`].
    ///
    /// # Panics
    /// The entry does not declare it.
    pub fn boolean(&self, name: &str) -> bool {
        self.text(name) == "true"
    }

    /// The values that are not the default, in declared order.
    pub(super) fn given(&self, declared: &[Parameter]) -> Vec<(String, String)> {
        let differs = |parameter: &&Parameter| {
            self.text(parameter.name) != parameter.kind.canonical(parameter.default)
        };
        let pair = |parameter: &Parameter| {
            (parameter.name.to_owned(), self.text(parameter.name).to_owned())
        };
        declared.iter().filter(differs).map(pair).collect()
    }
}

fn unknown(name: &str, key: &str, declared: &[Parameter]) -> SpecError {
    let names = declared.iter().map(|parameter| parameter.name);
    SpecError::UnknownParameter {
        name: name.to_owned(),
        parameter: key.to_owned(),
        nearest: super::entry::nearest(key, names),
    }
}

//! What an entry takes: typed, bounded, with a default.

use std::fmt;

use super::{error::SpecError, lists, nearest::nearest, resource::Resource};

/// A parameter of an entry.
#[derive(Debug, Clone, Copy)]
pub struct Parameter {
    /// Kebab-case name: `damping`.
    pub name: &'static str,
    /// What values it takes.
    pub kind: ParameterKind,
    /// The value when it is not given, as it would be written.
    pub default: &'static str,
    /// One line for help.
    pub about: &'static str,
}

/// The values a parameter takes.
#[derive(Debug, Clone, Copy)]
pub enum ParameterKind {
    /// A real number within bounds, both included.
    Number(f64, f64),
    /// A whole number within bounds, both included.
    Integer(u64, u64),
    /// `true` or `false`.
    Boolean,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// The name of one of these ways of a method.
    Profile(&'static [Profile]),
    /// Any text.
    Text,
    /// `none`, the path of a file, or of a folder that holds files of these names, or
    /// `list:NAME`, a stop list of another tool.
    File(&'static [&'static str]),
    /// One kind or the other.
    Either(&'static ParameterKind, &'static ParameterKind),
    /// Given only where the parameter called so has one of these values.
    When(
        &'static str,
        &'static [&'static str],
        &'static ParameterKind,
    ),
}

/// A way of a method, such as what another tool computes by its name.
#[derive(Debug, Clone, Copy)]
pub struct Profile {
    /// The value that asks for it.
    pub name: &'static str,
    /// The values that other parameters have in it where they are not given.
    pub implies: &'static [(&'static str, &'static str)],
}

impl Profile {
    /// One that leaves every parameter its default.
    pub const fn plain(name: &'static str) -> Self {
        Self { name, implies: &[] }
    }

    /// One in which other parameters have these values.
    pub const fn with(
        name: &'static str,
        implies: &'static [(&'static str, &'static str)],
    ) -> Self {
        Self { name, implies }
    }
}

impl ParameterKind {
    /// What a text stands for; `None` if it is not of this kind.
    fn read(self, text: &str) -> Option<Value> {
        let word = || Value::Word(text.to_owned());
        match self {
            Self::Number(low, high) => {
                let number = text.parse().ok().filter(|it| (low..=high).contains(it));
                number.map(Value::Number)
            }
            Self::Integer(low, high) => {
                let number = text.parse().ok().filter(|it| (low..=high).contains(it));
                number.map(Value::Integer)
            }
            Self::Boolean => text.parse().ok().map(Value::Boolean),
            Self::Choice(words) => words.contains(&text).then(word),
            Self::Profile(all) => all.iter().any(|it| it.name == text).then(word),
            Self::Text => Some(word()),
            Self::File(_) => (!text.is_empty()).then(word),
            Self::Either(one, other) => one.read(text).or_else(|| other.read(text)),
            Self::When(_, _, kind) => kind.read(text),
        }
    }

    /// The names to look for in a folder, if it is a file.
    fn file(self) -> Option<&'static [&'static str]> {
        match self {
            Self::File(names) => Some(names),
            Self::When(_, _, kind) => kind.file(),
            _ => None,
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
            Self::Choice(words) => either(words.iter().copied()),
            Self::Profile(profiles) => either(profiles.iter().map(|it| it.name)),
            Self::Text => "a text".to_owned(),
            Self::File(_) => "`none`, a path or `list:NAME`".to_owned(),
            Self::Either(one, other) => {
                format!("{} or {}", one.wanted(), other.wanted())
            }
            Self::When(_, _, kind) => kind.wanted(),
        }
    }
}

/// A value, parsed once.
#[derive(Debug, Clone, PartialEq)]
enum Value {
    Number(f64),
    Integer(u64),
    Boolean(bool),
    Word(String),
}

impl fmt::Display for Value {
    /// The same value always prints the same: `.5`, `0.50` and `5e-1` are `0.5`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(out),
            Self::Integer(number) => number.fmt(out),
            Self::Boolean(is_so) => is_so.fmt(out),
            Self::Word(text) => text.fmt(out),
        }
    }
}

/// "`a` or `b`".
fn either<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words
        .map(|word| format!("`{word}`"))
        .collect::<Vec<_>>()
        .join(" or ")
}

/// The value of `parameter` where it is not given: what the profile that `chosen` names
/// implies, or the default.
fn usual<'c>(
    parameter: &Parameter,
    declared: &[Parameter],
    chosen: impl Fn(&Parameter) -> &'c str,
) -> &'static str {
    for other in declared {
        let ParameterKind::Profile(profiles) = other.kind else {
            continue;
        };
        let implied = profiles
            .iter()
            .filter(|profile| profile.name == chosen(other))
            .flat_map(|profile| profile.implies);
        if let Some((_, value)) = implied.into_iter().find(|it| it.0 == parameter.name) {
            return value;
        }
    }
    parameter.default
}

/// The checked values of all parameters of one entry.
///
/// The getters take the name of a declared parameter of that kind; asking for
/// another is a mistake in the entry's own file and panics when it is first built.
#[derive(Debug, Clone, PartialEq)]
pub struct Params {
    /// Each with its name and as it is printed.
    values: Vec<(&'static str, Value, String)>,
    resources: Vec<(&'static str, Resource)>,
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
        let as_given = |parameter: &Parameter| {
            let found = given.iter().find(|(key, _)| key == parameter.name);
            found.map(|(_, value)| value.as_str())
        };
        let chosen = |profile: &Parameter| as_given(profile).unwrap_or(profile.default);
        let value = |parameter: &Parameter| {
            let text =
                as_given(parameter).unwrap_or_else(|| usual(parameter, declared, chosen));
            if let Some(value) = parameter.kind.read(text) {
                let printed = value.to_string();
                return Ok((parameter.name, value, printed));
            }
            Err(SpecError::Value {
                name: name.to_owned(),
                parameter: parameter.name.to_owned(),
                found: text.to_owned(),
                wanted: parameter.kind.wanted(),
            })
        };
        let values = declared.iter().map(value).collect::<Result<_, _>>()?;
        let params = Self {
            values,
            resources: Vec::new(),
        };
        params.check_conditions(name, declared)?;
        params.read_resources(name, declared)
    }

    /// Refuses a value that means nothing beside the value of another parameter.
    fn check_conditions(
        &self,
        name: &str,
        declared: &[Parameter],
    ) -> Result<(), SpecError> {
        for parameter in declared {
            let ParameterKind::When(other, values, _) = parameter.kind else {
                continue;
            };
            if self.differs(parameter, declared) && !values.contains(&self.text(other)) {
                return Err(SpecError::Useless {
                    name: name.to_owned(),
                    parameter: parameter.name.to_owned(),
                    wanted: ParameterKind::Choice(values).wanted(),
                    other: other.to_owned(),
                });
            }
        }
        Ok(())
    }

    fn read_resources(
        mut self,
        name: &str,
        declared: &[Parameter],
    ) -> Result<Self, SpecError> {
        for parameter in declared {
            let Some(names) = parameter.kind.file() else {
                continue;
            };
            let path = self.text(parameter.name);
            if path == "none" {
                continue;
            }
            let resource = match path.strip_prefix(lists::PREFIX) {
                Some(list) => lists::read(list).map_err(|problem| SpecError::List {
                    name: name.to_owned(),
                    parameter: parameter.name.to_owned(),
                    list: list.to_owned(),
                    problem: Box::new(problem),
                })?,
                None => {
                    Resource::read(path, names).map_err(|problem| SpecError::File {
                        name: name.to_owned(),
                        parameter: parameter.name.to_owned(),
                        path: path.to_owned(),
                        problem: problem.to_string(),
                    })?
                }
            };
            self.resources.push((parameter.name, resource));
        }
        Ok(self)
    }

    /// The text of a parameter.
    ///
    /// # Panics
    /// The entry does not declare it.
    pub fn text(&self, name: &str) -> &str {
        &self.found(name).2
    }

    fn found(&self, name: &str) -> &(&'static str, Value, String) {
        let found = self.values.iter().find(|(key, ..)| *key == name);
        found.expect("an entry asks only for parameters that it declares")
    }

    /// A [`ParameterKind::Number`].
    ///
    /// # Panics
    /// The entry does not declare it as a number.
    pub fn number(&self, name: &str) -> f64 {
        match self.found(name).1 {
            Value::Number(number) => number,
            Value::Integer(_) | Value::Boolean(_) | Value::Word(_) => {
                panic!("`{name}` is not declared as a number")
            }
        }
    }

    /// A [`ParameterKind::Integer`].
    ///
    /// # Panics
    /// The entry does not declare it as an integer.
    pub fn integer(&self, name: &str) -> u64 {
        let integer = self.integer_if_any(name);
        integer.expect("an entry asks for an integer only if it declares one")
    }

    /// A [`ParameterKind::Boolean`].
    ///
    /// # Panics
    /// The entry does not declare it.
    pub fn boolean(&self, name: &str) -> bool {
        self.found(name).1 == Value::Boolean(true)
    }

    /// The file of a [`ParameterKind::File`]; none for `none`.
    pub fn file(&self, name: &str) -> Option<&Resource> {
        let found = self.resources.iter().find(|(key, _)| *key == name);
        found.map(|(_, resource)| resource)
    }

    /// The number of a [`ParameterKind::Integer`] or nothing for the word it may be instead.
    pub fn integer_if_any(&self, name: &str) -> Option<u64> {
        match self.found(name).1 {
            Value::Integer(number) => Some(number),
            Value::Number(_) | Value::Boolean(_) | Value::Word(_) => None,
        }
    }

    /// Whether the value is another than the usual one.
    fn differs(&self, parameter: &Parameter, declared: &[Parameter]) -> bool {
        let usual = usual(parameter, declared, |profile| self.text(profile.name));
        parameter.kind.read(usual).as_ref() != Some(&self.found(parameter.name).1)
    }

    /// The values that are not the usual ones, in declared order.
    pub(super) fn given(&self, declared: &[Parameter]) -> Vec<(String, String)> {
        let differs = |parameter: &&Parameter| self.differs(parameter, declared);
        let pair = |parameter: &Parameter| {
            (
                parameter.name.to_owned(),
                self.text(parameter.name).to_owned(),
            )
        };
        declared.iter().filter(differs).map(pair).collect()
    }
}

fn unknown(name: &str, key: &str, declared: &[Parameter]) -> SpecError {
    let names = declared.iter().map(|parameter| parameter.name);
    SpecError::UnknownParameter {
        name: name.to_owned(),
        parameter: key.to_owned(),
        nearest: nearest(key, names),
    }
}

//! The parameters of an entry, with types, bounds and defaults, and their checked values.

use std::fmt;

use crate::embedding::{Embedders, NamedEmbedder};

use super::{error::SpecError, lists, nearest::nearest, resource::Resource};

/// The value of a file or an embedder that is not given.
const NONE: &str = "none";

/// The declaration of one parameter of an entry.
#[derive(Debug, Clone, Copy)]
pub struct Parameter {
    /// The name in kebab-case, such as `damping`.
    pub name: &'static str,
    /// The values that the parameter can have.
    pub kind: ParameterKind,
    /// The default value, as it would be written.
    pub default: &'static str,
    /// A description for help, in one line.
    pub about: &'static str,
}

impl Parameter {
    /// The parameter that names an embedder.
    pub const EMBEDDER: Self = Self {
        name: "embedder",
        kind: ParameterKind::Embedder,
        default: NONE,
        about: "source of the vectors: the name of an `--embedder`",
    };

    /// Returns the parameter that names an embedder where another parameter has one of
    /// these values.
    pub const fn embedder_when(
        other: &'static str,
        values: &'static [&'static str],
    ) -> Self {
        Self {
            kind: ParameterKind::When(other, values, &ParameterKind::Embedder),
            ..Self::EMBEDDER
        }
    }
}

/// The values that a parameter can have.
#[derive(Debug, Clone, Copy)]
pub enum ParameterKind {
    /// A real number between these bounds, both included.
    Number(f64, f64),
    /// A whole number between these bounds, both included.
    Integer(u64, u64),
    /// The word `true` or `false`.
    Boolean,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// The name of one of these profiles of a method.
    Profile(&'static [Profile]),
    /// Any text.
    Text,
    /// The word `none`, the path of a file or of a folder that contains files with these
    /// names, or `list:NAME` for a stop list of another tool.
    File(&'static [&'static str]),
    /// The name of an embedder that was handed in. The default is `none`, which is
    /// refused: an embedder must be named, inside of [`When`](Self::When) only if the
    /// other parameter has one of its values.
    Embedder,
    /// A value of one kind or of the other.
    Either(&'static ParameterKind, &'static ParameterKind),
    /// A value that may be given only if the parameter with this name has one of these
    /// values.
    When(
        &'static str,
        &'static [&'static str],
        &'static ParameterKind,
    ),
}

/// A profile of a method, such as what another tool computes under the same name.
#[derive(Debug, Clone, Copy)]
pub struct Profile {
    /// The value that selects the profile.
    pub name: &'static str,
    /// The values that other parameters have in this profile if they are not given.
    pub implies: &'static [(&'static str, &'static str)],
}

impl Profile {
    /// Returns a profile in which every parameter has its usual default.
    pub const fn plain(name: &'static str) -> Self {
        Self { name, implies: &[] }
    }

    /// Returns a profile in which other parameters have these defaults.
    pub const fn with(
        name: &'static str,
        implies: &'static [(&'static str, &'static str)],
    ) -> Self {
        Self { name, implies }
    }
}

impl ParameterKind {
    /// Returns the value that a text represents; `None` if it is not of this kind.
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
            Self::File(_) | Self::Embedder => (!text.is_empty()).then(word),
            Self::Either(one, other) => one.read(text).or_else(|| other.read(text)),
            Self::When(_, _, kind) => kind.read(text),
        }
    }

    /// Returns the names of the files to read from a folder; `None` if the kind is not a
    /// file.
    fn file(self) -> Option<&'static [&'static str]> {
        match self {
            Self::File(names) => Some(names),
            Self::When(_, _, kind) => kind.file(),
            _ => None,
        }
    }

    /// Returns whether the value is the name of an embedder.
    fn is_embedder(self) -> bool {
        match self {
            Self::Embedder => true,
            Self::When(_, _, kind) => kind.is_embedder(),
            _ => false,
        }
    }

    /// Returns a description that fits after "not", such as "a number from 0 to 1".
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
            Self::Embedder => "the name of an embedder".to_owned(),
            Self::Either(one, other) => {
                format!("{} or {}", one.wanted(), other.wanted())
            }
            Self::When(_, _, kind) => kind.wanted(),
        }
    }
}

/// A value of a parameter, which is parsed only once.
#[derive(Debug, Clone, PartialEq)]
enum Value {
    Number(f64),
    Integer(u64),
    Boolean(bool),
    Word(String),
}

impl fmt::Display for Value {
    /// Writes equal values in the same way: `.5`, `0.50` and `5e-1` are all written
    /// `0.5`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(out),
            Self::Integer(number) => number.fmt(out),
            Self::Boolean(is_so) => is_so.fmt(out),
            Self::Word(text) => text.fmt(out),
        }
    }
}

/// Returns the words as an alternative: "`a` or `b`".
fn either<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words
        .map(|word| format!("`{word}`"))
        .collect::<Vec<_>>()
        .join(" or ")
}

/// Returns the value of `parameter` if it is not given: the one that the profile named by
/// `chosen` implies, or the default.
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
/// Each getter must be called with the name of a declared parameter of its kind. Any
/// other call is a mistake in the file of the entry and panics when the entry is first
/// built.
#[derive(Debug, Clone, PartialEq)]
pub struct Params {
    /// The name of each parameter, its value, and the value as it is printed.
    values: Vec<(&'static str, Value, String)>,
    resources: Vec<(&'static str, Resource)>,
    embedder: Option<NamedEmbedder>,
}

impl Params {
    /// Returns every declared parameter with its given or default value. A name of an
    /// embedder must be one of `embedders`.
    pub(super) fn check(
        name: &str,
        declared: &[Parameter],
        given: &[(String, String)],
        embedders: &Embedders,
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

        let values = declared.iter().map(|parameter| {
            let text = as_given(parameter).unwrap_or_else(|| {
                usual(parameter, declared, |profile| {
                    as_given(profile).unwrap_or(profile.default)
                })
            });
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
        });
        let values = values.collect::<Result<_, _>>()?;

        let params = Self {
            values,
            resources: Vec::new(),
            embedder: None,
        };
        params.check_conditions(name, declared)?;
        params
            .find_embedder(name, declared, embedders)?
            .read_resources(name, declared)
    }

    /// Refuses a value that has no effect with the value of another parameter.
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

    /// Finds the embedder that a parameter names.
    fn find_embedder(
        mut self,
        name: &str,
        declared: &[Parameter],
        embedders: &Embedders,
    ) -> Result<Self, SpecError> {
        for parameter in declared {
            let is_needed = match parameter.kind {
                ParameterKind::When(other, values, kind) => {
                    kind.is_embedder() && values.contains(&self.text(other))
                }
                kind => kind.is_embedder(),
            };
            if !is_needed {
                continue;
            }

            let wanted = self.text(parameter.name);
            match embedders.get(wanted) {
                Some(found) => self.embedder = Some(found.clone()),
                None => {
                    return Err(SpecError::Embedder {
                        name: name.to_owned(),
                        parameter: parameter.name.to_owned(),
                        wanted: Some(wanted.to_owned()).filter(|it| it != NONE),
                        known: embedders.names(),
                    });
                }
            }
        }
        Ok(self)
    }

    /// Reads the files that parameters name.
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
            if path == NONE {
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

    /// Returns the text of a parameter.
    ///
    /// # Panics
    /// Panics if the entry does not declare the parameter.
    pub fn text(&self, name: &str) -> &str {
        &self.found(name).2
    }

    fn found(&self, name: &str) -> &(&'static str, Value, String) {
        let found = self.values.iter().find(|(key, ..)| *key == name);
        found.expect("an entry asks only for parameters that it declares")
    }

    /// Returns the value of a [`ParameterKind::Number`].
    ///
    /// # Panics
    /// Panics if the entry does not declare the parameter as a number.
    pub fn number(&self, name: &str) -> f64 {
        match self.found(name).1 {
            Value::Number(number) => number,
            Value::Integer(_) | Value::Boolean(_) | Value::Word(_) => {
                panic!("`{name}` is not declared as a number")
            }
        }
    }

    /// Returns the value of a [`ParameterKind::Integer`].
    ///
    /// # Panics
    /// Panics if the entry does not declare the parameter as an integer.
    pub fn integer(&self, name: &str) -> u64 {
        let integer = self.integer_if_any(name);
        integer.expect("an entry asks for an integer only if it declares one")
    }

    /// Returns the value of a [`ParameterKind::Boolean`].
    ///
    /// # Panics
    /// Panics if the entry does not declare the parameter.
    pub fn boolean(&self, name: &str) -> bool {
        self.found(name).1 == Value::Boolean(true)
    }

    /// Returns the file of a [`ParameterKind::File`]; `None` if the value is `none`.
    pub fn file(&self, name: &str) -> Option<&Resource> {
        let found = self.resources.iter().find(|(key, _)| *key == name);
        found.map(|(_, resource)| resource)
    }

    /// Returns the embedder that [`Parameter::EMBEDDER`] names.
    ///
    /// # Panics
    /// Panics if the entry does not declare this parameter.
    pub fn embedder(&self) -> NamedEmbedder {
        let embedder = self.embedder_if_any();
        embedder.expect("an entry asks for an embedder only if it declares one")
    }

    /// Returns the embedder that [`Parameter::embedder_when`] names; `None` if the other
    /// parameter has a value with which none is used.
    pub fn embedder_if_any(&self) -> Option<NamedEmbedder> {
        self.embedder.clone()
    }

    /// Returns the number of a [`ParameterKind::Integer`]; `None` if the value is a word
    /// instead.
    pub fn integer_if_any(&self, name: &str) -> Option<u64> {
        match self.found(name).1 {
            Value::Integer(number) => Some(number),
            Value::Number(_) | Value::Boolean(_) | Value::Word(_) => None,
        }
    }

    /// Returns whether the value differs from the default, which a profile may determine.
    fn differs(&self, parameter: &Parameter, declared: &[Parameter]) -> bool {
        let usual = usual(parameter, declared, |profile| self.text(profile.name));
        parameter.kind.read(usual).as_ref() != Some(&self.found(parameter.name).1)
    }

    /// Returns the values that differ from their defaults, in declared order.
    pub(super) fn given(&self, declared: &[Parameter]) -> Vec<(String, String)> {
        let given = declared
            .iter()
            .filter(|parameter| self.differs(parameter, declared));
        given
            .map(|parameter| {
                (
                    parameter.name.to_owned(),
                    self.text(parameter.name).to_owned(),
                )
            })
            .collect()
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

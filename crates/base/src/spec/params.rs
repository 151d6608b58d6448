//! The checked values of the parameters of an entry.

use crate::embedding::{Embedders, NamedEmbedder};

use super::{
    error::SpecError,
    lists,
    nearest::nearest,
    parameter::{NONE, Parameter, ParameterKind, Value},
    resource::Resource,
};

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

            let wanted = self.text(parameter.name).to_owned();
            let Some(found) = embedders.named_or_signed(&wanted) else {
                return Err(SpecError::Embedder {
                    name: name.to_owned(),
                    parameter: parameter.name.to_owned(),
                    wanted: Some(wanted).filter(|it| it != NONE),
                    known: embedders.names(),
                });
            };
            self.embedder = Some(found.clone());

            // a signature names an embedder by its vectors, and a spec by its name
            let mut values = self.values.iter_mut();
            if let Some(known) = values.find(|(name, ..)| *name == parameter.name) {
                known.1 = Value::Word(found.name.clone());
                known.2.clone_from(&found.name);
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

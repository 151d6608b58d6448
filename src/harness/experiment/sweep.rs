//! Sweeps: one text that names a system under several values of its parameters.

use std::{fmt, str::FromStr};

use crate::spec::{Spec, SpecError};

/// A system under every combination of the values of its parameters:
/// `text-rank(damping=0.5|0.85)` is two systems. A value in quotation marks is one value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sweep {
    /// The text of the sweep.
    pub text: String,
    /// The systems, the last parameter varying fastest.
    pub specs: Vec<Spec>,
}

/// The number of systems that one sweep may be, so that a few parameters with a few values each do
/// not fill the memory.
const MOST_SYSTEMS: usize = 10_000;

impl FromStr for Sweep {
    type Err = SpecError;

    fn from_str(text: &str) -> Result<Self, SpecError> {
        let written: Spec = text.parse()?;
        let mut specs = vec![Spec {
            name: written.name,
            arguments: Vec::new(),
        }];
        for (key, value) in written.arguments {
            let is_quoted = text.contains(&format!("\"{value}\""));
            let values: Vec<&str> = match value.contains('|') && !is_quoted {
                true => value.split('|').map(str::trim).collect(),
                false => vec![&value],
            };
            if values.len() > 1 && values.contains(&"") {
                return Err(SpecError::Grammar {
                    text: text.to_owned(),
                    problem: format!("a value of the sweep of `{key}` is empty"),
                });
            }

            if specs.len() * values.len() > MOST_SYSTEMS {
                return Err(SpecError::Grammar {
                    text: text.to_owned(),
                    problem: format!(
                        "with the values of `{key}` the sweep is more than {MOST_SYSTEMS} systems"
                    ),
                });
            }

            specs = specs
                .iter()
                .flat_map(|spec| {
                    values.iter().map(|value| {
                        let mut spec = spec.clone();
                        spec.arguments.push((key.clone(), (*value).to_owned()));
                        spec
                    })
                })
                .collect();
        }
        Ok(Self {
            text: text.to_owned(),
            specs,
        })
    }
}

impl Sweep {
    /// Returns the sweep that is one system.
    pub fn of(spec: Spec) -> Self {
        Self {
            text: spec.to_string(),
            specs: vec![spec],
        }
    }
}

impl fmt::Display for Sweep {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn specs(text: &str) -> Vec<String> {
        let sweep: Sweep = text.parse().unwrap();
        sweep.specs.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_sweep_is_every_combination_of_its_values() {
        assert_eq!(specs("lead"), ["lead"]);
        assert_eq!(
            specs("text-rank(damping=0.5|0.85, position=none | lead)"),
            [
                "text-rank(damping=0.5, position=none)",
                "text-rank(damping=0.5, position=lead)",
                "text-rank(damping=0.85, position=none)",
                "text-rank(damping=0.85, position=lead)",
            ]
        );
    }

    #[test]
    fn a_value_in_quotation_marks_is_one() {
        assert_eq!(specs(r#"ask(query="a|b")"#), ["ask(query=a|b)"]);
    }

    #[test]
    fn a_sweep_of_too_many_systems_is_refused_before_they_are_made() {
        let parameters: Vec<String> = (0..40).map(|at| format!("p{at}=0|1")).collect();
        let sweep = |count: usize| format!("a({})", parameters[..count].join(", "));
        assert_eq!(specs(&sweep(13)).len(), 8_192);
        let refused = sweep(40).parse::<Sweep>().unwrap_err().to_string();
        let problem = "with the values of `p13` the sweep is more than 10000 systems";
        assert!(refused.contains(problem), "{refused}");
    }

    #[test]
    fn an_empty_value_is_refused() {
        let refused = "text-rank(damping=0.5||0.7)".parse::<Sweep>().unwrap_err();
        let problem = "a value of the sweep of `damping` is empty";
        assert!(refused.to_string().contains(problem), "{refused}");
    }
}

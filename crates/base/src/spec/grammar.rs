//! The grammar of specs: `name` or `name(key=value, key="quoted value")`.

use std::{fmt, str::FromStr};

use super::error::SpecError;

/// A spec: the name of a system or metric with arguments, as it was written.
///
/// ```text
/// spec  = name [ "(" [ key "=" value { "," key "=" value } ] ")" ]
/// value = bare text without , ) or " | '"' any text, with \" and \\ '"'
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spec {
    /// The name of the entry.
    pub name: String,
    /// The arguments in the order in which they were written.
    pub arguments: Vec<(String, String)>,
}

impl FromStr for Spec {
    type Err = SpecError;

    fn from_str(text: &str) -> Result<Self, SpecError> {
        let refuse = |problem: &str| SpecError::Grammar {
            text: text.to_owned(),
            problem: problem.to_owned(),
        };

        let (name, rest) = match text.split_once('(') {
            None => (text.trim(), None),
            Some((name, rest)) => (name.trim(), Some(rest.trim_end())),
        };
        if name.is_empty() || name.contains([')', ',', '=', '"', ' ']) {
            return Err(refuse("it has no plain name"));
        }

        let arguments = match rest {
            None => Vec::new(),
            Some(rest) => {
                let inner = rest
                    .strip_suffix(')')
                    .ok_or_else(|| refuse("`)` is missing"))?;
                arguments(inner).map_err(|problem| refuse(&problem))?
            }
        };

        Ok(Self {
            name: name.to_owned(),
            arguments,
        })
    }
}

/// Returns the arguments between the parentheses, in their order.
fn arguments(mut rest: &str) -> Result<Vec<(String, String)>, String> {
    let mut arguments = Vec::new();
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return Ok(arguments);
        }
        let Some((key, after)) = rest.split_once('=') else {
            return Err(format!(
                "`{rest}` has no `=`; a value that contains `,` is written in quotation marks"
            ));
        };
        let (value, after) = value(after.trim_start())?;
        arguments.push((key.trim().to_owned(), value));
        let after = after.trim_start();
        rest = match after.strip_prefix(',') {
            Some(next) => next,
            None if after.is_empty() => after,
            None => return Err(format!("`,` is missing before `{after}`")),
        };
    }
}

/// Returns the value at the start of `text`, and the text after it.
fn value(text: &str) -> Result<(String, &str), String> {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find(',').unwrap_or(text.len());
        return Ok((text[..end].trim_end().to_owned(), &text[end..]));
    };
    let mut value = String::new();
    let mut characters = quoted.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return Ok((value, &quoted[at + 1..])),
            '\\' => value.extend(characters.next().map(|(_, escaped)| escaped)),
            plain => value.push(plain),
        }
    }
    Err("a quotation mark is not closed".to_owned())
}

impl fmt::Display for Spec {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.name)?;
        for (at, (key, value)) in self.arguments.iter().enumerate() {
            out.write_str(if at == 0 { "(" } else { ", " })?;
            write!(out, "{key}={}", quoted_if_needed(value))?;
        }
        out.write_str(if self.arguments.is_empty() { "" } else { ")" })
    }
}

/// Returns a value in quotation marks if the grammar requires them.
fn quoted_if_needed(value: &str) -> String {
    let plain = !value.is_empty()
        && value.trim() == value
        && !value.contains([',', '(', ')', '"', '\\', '=']);
    if plain {
        return value.to_owned();
    }
    format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parsed(text: &str) -> Spec {
        text.parse().unwrap()
    }

    #[test]
    fn a_bare_name_has_no_arguments() {
        assert_eq!(
            parsed("lead"),
            Spec {
                name: "lead".into(),
                arguments: vec![]
            }
        );
        assert_eq!(parsed("lead()"), parsed("lead"));
    }

    #[test]
    fn white_space_around_keys_and_values_is_free() {
        assert_eq!(parsed("a(b=1,c=2)"), parsed(" a ( b = 1 , c = 2 ) "));
    }

    #[test]
    fn quoted_values_may_hold_anything() {
        let spec = parsed(r#"ask(query="who, (if) anyone = \"x\"", k=2)"#);
        assert_eq!(spec.arguments[0].1, r#"who, (if) anyone = "x""#);
        assert_eq!(spec.arguments[1].1, "2");
    }

    #[test]
    fn broken_specs_are_refused() {
        for text in [
            "",
            "(a=1)",
            "a(b)",
            "a(b=1",
            "a(b=\"1)",
            "a(b=\"1\" c=2)",
            "a b",
        ] {
            assert!(text.parse::<Spec>().is_err(), "{text:?} was taken");
        }
    }

    proptest! {
        #[test]
        fn what_is_printed_parses_back(
            name in "[a-z][a-z0-9@-]{0,8}",
            arguments in prop::collection::vec(("[a-z][a-z-]{0,6}", any::<String>()), 0..4),
        ) {
            let spec = Spec { name, arguments };
            prop_assert_eq!(spec.to_string().parse::<Spec>().unwrap(), spec);
        }
    }
}

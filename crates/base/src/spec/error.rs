//! Why a spec was refused.

use super::{lists::MissingList, nearest::nearest};

/// Why a spec was refused. Reads after "error: ".
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SpecError {
    /// The text does not follow the grammar.
    #[error(
        "`{text}` is not a spec: {problem}\nhint: write `name` or `name(parameter=value, …)`"
    )]
    Grammar {
        /// The text as given.
        text: String,
        /// What is wrong with it.
        problem: String,
    },
    /// No entry of the family has this name.
    #[error("no {family} is called `{name}`{}", nearest_hint(.nearest))]
    UnknownName {
        /// What was looked for: "summariser", "metric" …
        family: &'static str,
        /// The name as given.
        name: String,
        /// Names spelt like it, best first.
        nearest: Vec<String>,
    },
    /// The entry takes no such parameter.
    #[error(
        "`{name}` takes no parameter `{parameter}`{}",
        parameter_hint(.parameter, .nearest)
    )]
    UnknownParameter {
        /// The entry.
        name: String,
        /// The parameter as given.
        parameter: String,
        /// Its parameters, the nearest spelling first.
        nearest: Vec<String>,
    },
    /// The parameter was given twice.
    #[error("`{name}` is given `{parameter}` twice")]
    Repeated {
        /// The entry.
        name: String,
        /// The parameter.
        parameter: String,
    },
    /// The value is not of the parameter's kind.
    #[error("`{name}`: `{parameter}` is `{found}`, not {wanted}")]
    Value {
        /// The entry.
        name: String,
        /// The parameter.
        parameter: String,
        /// The value as given.
        found: String,
        /// What it should be.
        wanted: String,
    },
    /// The value means nothing beside the value of another parameter.
    #[error("`{name}`: `{parameter}` is taken only where `{other}` is {wanted}")]
    Useless {
        /// The entry.
        name: String,
        /// The parameter.
        parameter: String,
        /// The other parameter.
        other: String,
        /// What the other should be.
        wanted: String,
    },
    /// A file that the entry is built with cannot be read.
    #[error("`{name}`: `{parameter}`: {path}: {problem}")]
    File {
        /// The entry.
        name: String,
        /// The parameter.
        parameter: String,
        /// The path as given.
        path: String,
        /// What the system said.
        problem: String,
    },
    /// A stop list of another tool is not there.
    #[error("`{name}`: `{parameter}`: {problem}")]
    List {
        /// The entry.
        name: String,
        /// The parameter.
        parameter: String,
        /// The list.
        list: String,
        /// Why it cannot be had.
        problem: Box<MissingList>,
    },
}

impl SpecError {
    /// The refusal of a name that is none of `names`.
    pub fn unknown_name<'a>(
        family: &'static str,
        name: &str,
        names: impl Iterator<Item = &'a str>,
    ) -> Self {
        let nearest = nearest(name, names);
        Self::UnknownName {
            family,
            name: name.to_owned(),
            nearest,
        }
    }
}

/// What systems took before boilerplate became a step of its own.
const FORMER: &str = "furniture";

fn parameter_hint(parameter: &str, nearest: &[String]) -> String {
    match parameter {
        FORMER => {
            "\nhint: boilerplate is left out of a corpus: `--corpus news.jsonl+clean`; \
                   of one text: `--boilerplate drop`"
                .to_owned()
        }
        _ => nearest_hint(nearest),
    }
}

fn nearest_hint(nearest: &[String]) -> String {
    match nearest {
        [] => String::new(),
        [one] => format!("\nhint: did you mean `{one}`?"),
        many => format!("\nhint: there is {}", list(many)),
    }
}

fn list(names: &[String]) -> String {
    names
        .iter()
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(", ")
}

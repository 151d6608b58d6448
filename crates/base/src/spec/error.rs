//! The errors of specs.

use super::{lists::MissingList, nearest::nearest};

/// The reason why a spec was refused. The message reads well after "error: ".
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SpecError {
    /// The text does not follow the grammar.
    #[error(
        "`{text}` is not a spec: {problem}\nhint: write `name` or `name(parameter=value, …)`"
    )]
    Grammar {
        /// The text as given.
        text: String,
        /// What is wrong with the text.
        problem: String,
    },
    /// No entry of the family has this name.
    #[error("no {family} is called `{name}`{}", nearest_hint(.nearest))]
    UnknownName {
        /// The kind of thing that was looked for: "summariser", "metric" …
        family: &'static str,
        /// The name as given.
        name: String,
        /// Names that are spelt similarly, the most similar first.
        nearest: Vec<String>,
    },
    /// The entry does not have such a parameter.
    #[error(
        "`{name}` takes no parameter `{parameter}`{}",
        parameter_hint(.parameter, .nearest)
    )]
    UnknownParameter {
        /// The name of the entry.
        name: String,
        /// The parameter as given.
        parameter: String,
        /// The parameters of the entry, the most similarly spelt first.
        nearest: Vec<String>,
    },
    /// The parameter was given twice.
    #[error("`{name}` is given `{parameter}` twice")]
    Repeated {
        /// The name of the entry.
        name: String,
        /// The name of the parameter.
        parameter: String,
    },
    /// The value is not of the parameter's kind.
    #[error("`{name}`: `{parameter}` is `{found}`, not {wanted}")]
    Value {
        /// The name of the entry.
        name: String,
        /// The name of the parameter.
        parameter: String,
        /// The value as given.
        found: String,
        /// A description of the values that the parameter can have.
        wanted: String,
    },
    /// The value has no effect with the value of another parameter.
    #[error("`{name}`: `{parameter}` is taken only where `{other}` is {wanted}")]
    Useless {
        /// The name of the entry.
        name: String,
        /// The name of the parameter.
        parameter: String,
        /// The name of the other parameter.
        other: String,
        /// A description of the values that the other parameter would have to have.
        wanted: String,
    },
    /// The entry needs an embedder, and names none or one that was not handed in.
    #[error("{}", missing_embedder(.name, .parameter, .wanted.as_deref(), .known))]
    Embedder {
        /// The name of the entry.
        name: String,
        /// The name of the parameter.
        parameter: String,
        /// The embedder as named; `None` if none is named.
        wanted: Option<String>,
        /// The names of the embedders that were handed in.
        known: Vec<String>,
    },
    /// A file that the entry is built with cannot be read.
    #[error("`{name}`: `{parameter}`: {path}: {problem}")]
    File {
        /// The name of the entry.
        name: String,
        /// The name of the parameter.
        parameter: String,
        /// The path as given.
        path: String,
        /// The error message of the system.
        problem: String,
    },
    /// A stop list of another tool is not available.
    #[error("`{name}`: `{parameter}`: {problem}")]
    List {
        /// The name of the entry.
        name: String,
        /// The name of the parameter.
        parameter: String,
        /// The name of the list.
        list: String,
        /// Why the list is not available.
        problem: Box<MissingList>,
    },
}

impl SpecError {
    /// Returns the error for a name that is none of `names`.
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

/// Returns the message about an embedder that is not named, or not known.
fn missing_embedder(
    name: &str,
    parameter: &str,
    wanted: Option<&str>,
    known: &[String],
) -> String {
    let problem = match wanted {
        Some(wanted) if wanted.contains(':') => {
            format!("`{name}`: no embedder has the vectors `{wanted}`")
        }
        Some(wanted) => {
            format!("`{name}`: `{parameter}`: no embedder is called `{wanted}`")
        }
        None => format!("`{name}` needs an embedder, by its parameter `{parameter}`"),
    };
    match known {
        [] => format!("{problem}\nhint: `--embedder NAME=static:FOLDER` gives one"),
        known => format!("{problem}\nhint: there is {}", list(known)),
    }
}

/// The parameter that systems had before boilerplate became a step of its own.
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

/// Returns the first names as a list, and how many more there are.
fn list(names: &[String]) -> String {
    const NAMED: usize = 16;

    let first = names.iter().take(NAMED).map(|name| format!("`{name}`"));
    let first = first.collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(NAMED) {
        0 => first,
        more => format!("{first} and {more} more"),
    }
}

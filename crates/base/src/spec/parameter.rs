//! The declared parameters of an entry, with types, bounds and defaults.

use std::fmt;

/// The value of a file or an embedder that is not given.
pub(super) const NONE: &str = "none";

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
    pub(super) fn read(self, text: &str) -> Option<Value> {
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
    pub(super) fn file(self) -> Option<&'static [&'static str]> {
        match self {
            Self::File(names) => Some(names),
            Self::When(_, _, kind) => kind.file(),
            _ => None,
        }
    }

    /// Returns whether the value is the name of an embedder.
    pub(super) fn is_embedder(self) -> bool {
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
pub(super) enum Value {
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

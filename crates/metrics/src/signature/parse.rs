//! Parsing a printed signature, and finding the metric that printed it.

use std::str::FromStr;

use crate::{metric::Metric, registry::METRICS};
use epitome_base::{
    embedding::{Embedders, RecordedEmbedder},
    spec::{self, Entry, Spec, SpecError},
};

use super::{
    difference::Incomparable,
    recipe::{Signature, escaped, unescaped},
};

/// The reason why no metric belongs to a signature. The message reads well after "error:
/// ".
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    /// The text does not have the form `name|key:value|…|v:version`.
    #[error("`{text}` is not a signature: {problem}")]
    Grammar {
        /// The text as given.
        text: String,
        /// What is wrong with the text.
        problem: String,
    },
    /// There is no such metric, or it does not have these fields.
    #[error(transparent)]
    Spec(#[from] SpecError),
    /// The metric with these fields prints another signature.
    #[error("no metric prints this signature: {0}")]
    Other(Incomparable),
}

/// The short forms of keys, each followed by the key that it abbreviates.
const SHORT: &[(&str, &str)] = &[
    ("p", "profile"),
    ("pr", "protocol"),
    ("s", "stem"),
    ("e", "exceptions"),
    ("st", "stop"),
    ("l", "limit"),
    ("m", "multi"),
    ("a", "alpha"),
    ("j", "jackknife"),
    ("w", "weight"),
    ("sk", "skip"),
    ("d", "duplicates"),
    ("dn", "denominator"),
    ("g", "gold"),
    ("eg", "empty-gold"),
    ("av", "average"),
    ("va", "variants"),
    ("t", "tokens"),
    ("f", "forms"),
];

impl FromStr for Signature {
    type Err = SignatureError;

    /// Parses a signature, in its long or its short form.
    fn from_str(text: &str) -> Result<Self, SignatureError> {
        let refuse = |problem: &str| SignatureError::Grammar {
            text: text.to_owned(),
            problem: problem.to_owned(),
        };

        let mut parts = text.split('|');
        let name = parts.next().filter(|name| !name.is_empty());
        let mut signature = Self::of(name.ok_or_else(|| refuse("it has no name"))?);

        let mut version = None;
        for part in parts {
            let (key, value) = part
                .split_once(':')
                .ok_or_else(|| refuse("a field has no `:`"))?;
            let long = SHORT.iter().find(|(short, _)| *short == key);
            let key = long.map_or(key, |(_, long)| long);
            if key == "v" {
                version = Some(unescaped(value));
            } else if signature.field(key).is_some() {
                return Err(refuse("a field is given twice"));
            } else {
                signature.fields.push((key.to_owned(), unescaped(value)));
            }
        }

        signature.version = version.ok_or_else(|| refuse("it has no version `v:`"))?;
        Ok(signature)
    }
}

impl Signature {
    /// Returns the spec of the built-in metric that prints this signature.
    ///
    /// # Errors
    /// Returns an error if there is none, or its files are not there or not the same.
    pub fn spec(&self) -> Result<Spec, SignatureError> {
        self.spec_among(METRICS)
    }

    /// Returns the spec of the metric among `entries` that prints this signature, with as
    /// few parameters as possible. The version is ignored.
    ///
    /// # Errors
    /// Returns the errors of [`Self::spec`].
    pub fn spec_among(
        &self,
        entries: &[Entry<dyn Metric>],
    ) -> Result<Spec, SignatureError> {
        let entry = spec::find("metric", entries, &self.name)?;
        let arguments = self
            .fields
            .iter()
            .flat_map(|(key, value)| arguments(entry, key, value).into_iter());
        let mut spec = Spec {
            name: self.name.clone(),
            arguments: arguments.collect(),
        };

        // a signature says which vectors were used, not what they were called: until a registry
        // is asked for the name, they are called as they are
        let vectors = self.field("embedder");
        let vectors = vectors.map(|it| RecordedEmbedder::named(it, it));
        let embedders: Embedders = vectors.into_iter().collect();
        let printed = |spec: &Spec| -> Result<Self, SpecError> {
            let built = spec::build_with("metric", entries, &[], &embedders, spec)?;
            Ok(built.value.signature())
        };
        let whole = printed(&spec)?;

        // drop every argument without which the metric prints the same
        let mut at = 0;
        while at < spec.arguments.len() {
            let mut fewer = spec.clone();
            fewer.arguments.remove(at);
            if printed(&fewer).is_ok_and(|printed| printed == whole) {
                spec = fewer;
            } else {
                at += 1;
            }
        }

        self.check_against(&whole)?;
        Ok(spec)
    }

    /// Refuses a signature that has a field with a value other than in `printed`.
    fn check_against(&self, printed: &Self) -> Result<(), SignatureError> {
        let mut differences = self.differences(printed);
        // a short form leaves out the fields that have their default values
        differences
            .retain(|difference| difference.here.is_some() && difference.key != "v");
        if differences.is_empty() {
            return Ok(());
        }

        let (here, there) = (self.name.clone(), printed.name.clone());
        Err(SignatureError::Other(Incomparable {
            here,
            there,
            differences,
        }))
    }

    /// Returns the short form: with short keys, and without the fields that have their
    /// default values. The short form of a metric that is not built in is the signature
    /// itself.
    pub fn short(&self) -> String {
        let Ok(spec) = self.spec() else {
            return self.to_string();
        };
        let Ok(entry) = spec::find("metric", METRICS, &self.name) else {
            return self.to_string();
        };

        let mut short = self.name.clone();
        for (key, value) in &self.fields {
            let given = arguments(entry, key, value);
            if given
                .iter()
                .any(|argument| spec.arguments.contains(argument))
            {
                let known = SHORT.iter().find(|(_, long)| long == key);
                let key = known.map_or(key.as_str(), |(short, _)| short);
                short = short + "|" + key + ":" + &escaped(value);
            }
        }
        short + "|v:" + &self.version
    }
}

/// Returns the arguments that a field corresponds to; none if the metric always has the
/// field.
fn arguments(entry: &Entry<dyn Metric>, key: &str, value: &str) -> Vec<(String, String)> {
    let declares = |name: &str| entry.parameters.iter().any(|p| p.name == name);
    let path = || value.rsplit_once('#').map_or(value, |(path, _)| path);

    let pairs: Vec<(&str, &str)> = match (key, value) {
        ("stem", _) if declares("protocol") => vec![("stemmer", value)],
        ("stem", "none") => vec![("stemmer", "false")],
        ("stem", _) => match value.strip_prefix("snowball-") {
            Some(language) => vec![("stemmer", "true"), ("language", language)],
            None => vec![("stemmer", "true")],
        },
        ("forms", _) => match value.strip_prefix("folded-") {
            Some(language) => vec![("language", language)],
            None => vec![],
        },
        ("tokens", "unicode-folded") => vec![("tokens", "unicode")],
        ("stop", "no") => vec![("stop-words", "none")],
        ("stop", _) => vec![("stop-words", path())],
        ("exceptions", _) => vec![("exceptions", path())],
        ("idf", _) => vec![("idf", path())],
        ("limit", _) => match value.split_once('-') {
            Some(("words", limit)) => vec![("limit-words", limit)],
            Some(("bytes", limit)) => vec![("limit-bytes", limit)],
            _ => vec![],
        },
        ("sentences", "uax29") => vec![("split", "sentences")],
        ("multi", "best-f1") | ("sentences", _) => vec![],
        ("jackknife", "yes") => vec![("jackknife", "true")],
        ("jackknife", _) => vec![("jackknife", "false")],
        _ => vec![(key, value)],
    };

    pairs
        .into_iter()
        .filter(|(name, _)| declares(name))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

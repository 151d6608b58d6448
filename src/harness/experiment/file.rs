//! The form of an experiment file: TOML, its keys and its errors.

use std::{collections::BTreeMap, fmt, path::Path};

use serde::{
    Deserialize, Deserializer,
    de::{Error as _, MapAccess, Visitor, value::MapAccessDeserializer},
};
use toml::Spanned;

use crate::{
    spec::SpecError,
    text::{LineEnds, Segmenter},
};

use super::place::{ExperimentError, Place};

/// The content of an experiment file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct File {
    pub(super) corpora: BTreeMap<Spanned<String>, CorpusEntry>,
    pub(super) budgets: Option<Spanned<Vec<Spanned<String>>>>,
    pub(super) systems: Option<Spanned<Vec<Spanned<String>>>>,
    pub(super) metrics: Option<Spanned<Vec<Spanned<String>>>>,
    pub(super) plugins: BTreeMap<Spanned<String>, PluginEntry>,
    #[serde(rename = "metric-plugins")]
    pub(super) metric_plugins: BTreeMap<Spanned<String>, PluginEntry>,
    #[serde(rename = "plugin-limits")]
    pub(super) limits: LimitsEntry,
    pub(super) outputs: BTreeMap<Spanned<String>, String>,
    pub(super) scores: BTreeMap<Spanned<String>, String>,
    pub(super) embedders: BTreeMap<Spanned<String>, Spanned<String>>,
    pub(super) gates: Option<Spanned<Vec<Spanned<String>>>>,
    pub(super) expect: Vec<Spanned<ExpectEntry>>,
    pub(super) tune: Option<Spanned<TuneEntry>>,
    pub(super) name: Option<Spanned<String>>,
    pub(super) folder: Option<String>,
    #[serde(rename = "keyphrases")]
    pub(super) limit: Option<usize>,
    pub(super) seed: Option<u64>,
    pub(super) resamples: Option<Spanned<u32>>,
    pub(super) tolerance: Option<Spanned<f64>>,
    pub(super) baseline: Option<Spanned<String>>,
    pub(super) background: Option<Spanned<String>>,
    pub(super) lang: Option<Spanned<String>>,
    pub(super) segmenter: Option<Segmenter>,
    pub(super) lines: Option<LineEnds>,
    pub(super) sample: Option<usize>,
    pub(super) language: Option<Spanned<String>>,
    #[serde(rename = "where")]
    pub(super) conditions: Option<Spanned<Vec<Spanned<String>>>>,
}

/// A corpus: its path, or a table of path, columns and budgets.
#[derive(Debug)]
pub(super) struct CorpusEntry {
    pub(super) path: String,
    pub(super) columns: Option<Spanned<String>>,
    pub(super) budgets: Vec<Spanned<String>>,
    pub(super) limit: Option<usize>,
}

/// A plugin: a command or the path of a `plugin.toml`, or a table of both and the folder.
#[derive(Debug)]
pub(super) struct PluginEntry {
    pub(super) run: String,
    pub(super) folder: Option<String>,
}

/// A value that a run is expected to have.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ExpectEntry {
    pub(super) system: String,
    pub(super) corpus: String,
    pub(super) metric: String,
    pub(super) value: f64,
    pub(super) tolerance: f64,
}

/// What plugins may take: seconds and texts.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub(super) struct LimitsEntry {
    pub(super) timeout: Option<Spanned<f64>>,
    pub(super) run_timeout: Option<Spanned<f64>>,
    pub(super) memory: Option<String>,
    pub(super) sandbox: Option<String>,
    pub(super) isolation: Option<Spanned<String>>,
}

/// How sweeps are tuned.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct TuneEntry {
    pub(super) metric: Option<Spanned<String>>,
    pub(super) share: Option<Spanned<f64>>,
    #[serde(rename = "held-out")]
    pub(super) held_out: Option<Spanned<Vec<Spanned<String>>>>,
}

/// Reads the text of a file.
pub(super) fn parse(text: &str, path: &Path) -> Result<File, ExperimentError> {
    toml::from_str(text).map_err(|error| {
        let line = error.span().map(|span| line_at(text, span.start));
        let place = Place::of(path, line);
        match unknown_key(error.message()) {
            // a number of documents, one would think
            Some((found, _)) if found == "limit" => place.error(
                "no key is called `limit`\nhint: `keyphrases` is the most keyphrases of a document, `sample` the number of documents that are drawn",
            ),
            Some((found, known)) => {
                let known = known.iter().map(String::as_str);
                place.error(SpecError::unknown_name("key", &found, known))
            }
            // the parser breaks its messages into lines
            None => place.error(error.message().trim().replace('\n', ", ")),
        }
    })
}

/// Returns the line of a byte of a text, from 1.
pub(super) fn line_at(text: &str, byte: usize) -> usize {
    let before = text.as_bytes().iter().take(byte);
    1 + before.filter(|&&byte| byte == b'\n').count()
}

/// Returns the key that serde does not know and those that it does, from its message
/// "unknown field `sedd`, expected one of `seed`, `limit`".
fn unknown_key(message: &str) -> Option<(String, Vec<String>)> {
    let rest = message.strip_prefix("unknown field `")?;
    let (found, expected) = rest.split_once('`')?;
    let known = expected.split('`').skip(1).step_by(2);
    Some((found.to_owned(), known.map(str::to_owned).collect()))
}

impl<'de> Deserialize<'de> for CorpusEntry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Table {
            path: String,
            columns: Option<Spanned<String>>,
            budget: Option<Spanned<String>>,
            budgets: Option<Vec<Spanned<String>>>,
            keyphrases: Option<usize>,
        }

        struct Entry;
        impl<'de> Visitor<'de> for Entry {
            type Value = CorpusEntry;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a corpus such as \"news.jsonl\" or { path = \"news.jsonl\", budget = \"1 sentence\" }")
            }

            fn visit_str<E>(self, path: &str) -> Result<CorpusEntry, E> {
                Ok(CorpusEntry {
                    path: path.to_owned(),
                    columns: None,
                    budgets: Vec::new(),
                    limit: None,
                })
            }

            fn visit_map<A: MapAccess<'de>>(
                self,
                map: A,
            ) -> Result<CorpusEntry, A::Error> {
                let table = Table::deserialize(MapAccessDeserializer::new(map))?;

                let budgets = match (table.budget, table.budgets) {
                    (Some(_), Some(_)) => {
                        return Err(A::Error::custom(
                            "`budget` and `budgets` are two words for one thing",
                        ));
                    }
                    (Some(budget), None) => vec![budget],
                    (None, Some(budgets)) if budgets.is_empty() => {
                        return Err(A::Error::custom("`budgets` is an empty list"));
                    }
                    (None, budgets) => budgets.unwrap_or_default(),
                };

                Ok(CorpusEntry {
                    path: table.path,
                    columns: table.columns,
                    budgets,
                    limit: table.keyphrases,
                })
            }
        }
        deserializer.deserialize_any(Entry)
    }
}

impl<'de> Deserialize<'de> for PluginEntry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Table {
            run: String,
            folder: Option<String>,
        }

        struct Entry;
        impl<'de> Visitor<'de> for Entry {
            type Value = PluginEntry;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(
                    "a plugin such as \"mine/plugin.toml\" or \"python3 mine.py\"",
                )
            }

            fn visit_str<E>(self, run: &str) -> Result<PluginEntry, E> {
                let (run, folder) = (run.to_owned(), None);
                Ok(PluginEntry { run, folder })
            }

            fn visit_map<A: MapAccess<'de>>(
                self,
                map: A,
            ) -> Result<PluginEntry, A::Error> {
                let Table { run, folder } =
                    Table::deserialize(MapAccessDeserializer::new(map))?;
                Ok(PluginEntry { run, folder })
            }
        }
        deserializer.deserialize_any(Entry)
    }
}

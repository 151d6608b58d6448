//! The messages of the protocol. `docs/protocol.md` describes their meaning.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::question::PluginTask;

/// What a plugin is started for, which decides what it is asked. A process has one role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum PluginRole {
    /// It makes outputs of documents, and never receives a reference.
    System,
    /// It measures outputs against references.
    Metric,
    /// It makes vectors of texts, for systems and metrics that are built in.
    Embedder,
}

impl PluginRole {
    /// Returns the version of the protocol that brought the role. A version adds to the one
    /// before and changes nothing in it, so that whatever plugin knows this version can
    /// take the role.
    pub(super) fn version(self) -> u32 {
        match self {
            Self::System => 1,
            Self::Metric | Self::Embedder => 2,
        }
    }

    /// Returns the role as messages have it: `None` for the only role of version 1, which
    /// has no word for it.
    pub(super) fn said(self) -> Option<Self> {
        Some(self).filter(|role| *role != Self::System)
    }
}

/// A message to a plugin.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub(super) enum Request<'a> {
    /// The first message, which introduces the run.
    Hello {
        v: u32,
        #[serde(skip_serializing_if = "Option::is_none")]
        role: Option<PluginRole>,
        seed: u64,
        params: &'a Map<String, Value>,
    },
    /// Asks for sentences of a document.
    Summarise {
        id: u64,
        language: &'a str,
        title: &'a str,
        #[serde(skip_serializing_if = "str::is_empty")]
        query: &'a str,
        sentences: Vec<&'a str>,
        budget: Allowance,
    },
    /// Asks for phrases of a document.
    Keywords {
        id: u64,
        language: &'a str,
        title: &'a str,
        #[serde(skip_serializing_if = "str::is_empty")]
        query: &'a str,
        text: &'a str,
        limit: usize,
    },
    /// Asks for scores of all outputs for a document.
    Measure {
        id: u64,
        language: &'a str,
        #[serde(skip_serializing_if = "str::is_empty")]
        query: &'a str,
        references: Value,
        #[serde(skip_serializing_if = "Option::is_none")]
        source: Option<&'a [String]>,
        candidates: Value,
    },
    /// Asks for a vector of each text.
    Embed { id: u64, texts: &'a [&'a str] },
    /// Asks for the tokens of a text, and a vector of each.
    #[serde(rename = "embed-tokens")]
    EmbedTokens { id: u64, text: &'a str },
    /// Marks the end of a batch of questions.
    End { batch: u64 },
}

/// A budget as it is sent: one of the four limits, and the cost of each sentence unless
/// it is 1.
#[derive(Debug, Default, Serialize)]
pub(super) struct Allowance {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) sentences: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) words: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) bytes: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) tokens: Option<usize>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) costs: Vec<usize>,
}

impl Request<'_> {
    /// Appends the message as a line to `out`.
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        serde_json::to_writer(&mut *out, self).expect("memory takes every message");
        out.push(b'\n');
    }
}

/// A task that a plugin offers, as it is written in messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Skill {
    Summarise,
    Keywords,
    Measure,
    Embed,
    #[serde(rename = "embed-tokens")]
    EmbedTokens,
}

impl Skill {
    /// Returns the role of a plugin with the skill.
    pub(super) fn role(self) -> PluginRole {
        match self {
            Self::Summarise | Self::Keywords => PluginRole::System,
            Self::Measure => PluginRole::Metric,
            Self::Embed | Self::EmbedTokens => PluginRole::Embedder,
        }
    }

    /// Returns the task of a system with the skill; `None` if it is one of another role.
    pub(super) fn task(self) -> Option<PluginTask> {
        match self {
            Self::Summarise => Some(PluginTask::Summarise),
            Self::Keywords => Some(PluginTask::Keywords),
            Self::Measure | Self::Embed | Self::EmbedTokens => None,
        }
    }
}

/// The first message from a plugin: what it is and can do.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(super) struct Ready {
    pub(super) name: String,
    pub(super) version: String,
    pub(super) does: Vec<Skill>,
    #[serde(default)]
    pub(super) deterministic: bool,
    /// Everything else, which roles other than that of a system read.
    #[serde(flatten)]
    pub(super) rest: Map<String, Value>,
}

/// The message from a plugin about a document or texts. It contains only one of `picks`,
/// `phrases`, `measures`, `vectors` and `error`.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Reply {
    pub(super) id: u64,
    pub(super) picks: Option<Vec<i64>>,
    pub(super) phrases: Option<Vec<String>>,
    pub(super) scores: Option<Vec<f64>>,
    pub(super) measures: Option<Vec<Measure>>,
    pub(super) vectors: Option<Vec<Vec<f32>>>,
    pub(super) tokens: Option<Vec<u32>>,
    pub(super) error: Option<String>,
    pub(super) elapsed_ns: Option<u64>,
    pub(super) cpu_ns: Option<u64>,
}

/// What a plugin says of a candidate: a number alone, or its parts.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(
    untagged,
    expecting = "a measure is a number, or an object with `value` or `error`"
)]
pub(super) enum Measure {
    Value(f64),
    Parts(MeasureParts),
}

/// What a plugin says of a candidate: a value with precision, recall and a note, if there are
/// any, or why there is none.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub(super) struct MeasureParts {
    pub(super) value: Option<f64>,
    pub(super) precision: Option<f64>,
    pub(super) recall: Option<f64>,
    pub(super) error: Option<String>,
    pub(super) note: Option<String>,
}

/// A parsed line from a plugin.
#[derive(Debug)]
pub(super) enum MessageLine {
    Ready(Ready),
    Reply(Reply),
    End(u64),
    /// The plugin cannot start; sent in answer to the first message.
    Refusal(String),
}

impl MessageLine {
    /// Parses a line from a plugin. The error text describes what is wrong with it.
    pub(super) fn read(line: &[u8]) -> Result<Self, String> {
        #[derive(Deserialize)]
        struct Kind<'a> {
            #[serde(rename = "type", borrow)]
            name: Option<std::borrow::Cow<'a, str>>,
            id: Option<Value>,
            batch: Option<u64>,
            error: Option<String>,
        }

        // answers are by far the most common messages, so they are tried first
        let no_answer = match serde_json::from_slice::<Reply>(line) {
            Ok(reply) => return Ok(Self::Reply(reply)),
            Err(error) => error,
        };

        let broken =
            |error: &dyn std::fmt::Display| format!("it wrote {}, {error}", shown(line));
        let kind: Kind<'_> = serde_json::from_slice(line)
            .map_err(|error| broken(&format!("which is no message: {error}")))?;

        match kind.name.as_deref() {
            Some("ready") => {
                let ready = serde_json::from_slice(line);
                let ready: Ready = ready.map_err(|error| {
                    broken(&format!("no `ready` as it must be: {error}"))
                })?;
                if ready.version.trim().is_empty() {
                    return Err("it does not say its version".to_owned());
                }
                Ok(Self::Ready(ready))
            }
            Some("end") => {
                let batch = kind
                    .batch
                    .ok_or_else(|| broken(&"an `end` without `batch`"))?;
                Ok(Self::End(batch))
            }
            None if kind.id.is_none() && kind.error.is_some() => {
                Ok(Self::Refusal(kind.error.unwrap_or_default()))
            }
            None if kind.id.is_some() => {
                Err(broken(&format!("no answer as it must be: {no_answer}")))
            }
            None => Err(broken(&"a message without `id` or `type`")),
            Some(other) => {
                Err(broken(&format!("a message of the unknown type `{other}`")))
            }
        }
    }
}

/// Returns a line in the form that is shown to people: its first characters, in one line.
pub(super) fn shown(line: &[u8]) -> String {
    /// The number of characters that are shown.
    const SHOWN: usize = 120;

    // a character has at most four bytes, so these are more characters than are shown
    let text = String::from_utf8_lossy(&line[..line.len().min(8 * SHOWN)]);
    let mut characters = text.chars();
    let start: String = characters
        .by_ref()
        .take(SHOWN)
        .flat_map(char::escape_debug)
        .collect();
    let more = if characters.next().is_some() {
        "…"
    } else {
        ""
    };
    format!("`{start}{more}`")
}

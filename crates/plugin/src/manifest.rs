//! The file `plugin.toml`, which declares a plugin.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    time::Duration,
};

use serde::Deserialize;

use epitome_base::spec::{Parameter, ParameterKind};

use super::{access::Access, command, limits::PluginLimits, message::Skill};

/// The contents of a `plugin.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct PluginManifest {
    pub(super) name: String,
    pub(super) run: Option<Words>,
    pub(super) build: Option<Words>,
    pub(super) version: Option<Words>,
    pub(super) does: Option<Vec<Skill>>,
    pub(super) outputs: Option<PathBuf>,
    /// Files and folders on which the answers depend, in addition to those that `run`
    /// names.
    #[serde(default)]
    pub(super) files: Vec<PathBuf>,
    /// Files and folders that it reads, in addition to its own folder and the system.
    #[serde(default)]
    read: Vec<PathBuf>,
    /// Files and folders that it writes, in addition to its working folder.
    #[serde(default)]
    write: Vec<PathBuf>,
    timeout: Option<f64>,
    start_timeout: Option<f64>,
    run_timeout: Option<f64>,
    grace: Option<f64>,
    memory: Option<Memory>,
    #[serde(default)]
    pub(super) environment: BTreeMap<String, String>,
    /// Variables of our own environment that are passed on; the usual ones if it is not
    /// said.
    pub(super) inherit: Option<Vec<String>>,
    #[serde(default)]
    parameters: BTreeMap<String, Declared>,
}

/// A command line, as one text or as a list of words.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Words {
    Text(String),
    Words(Vec<String>),
}

/// An amount of memory: a number of MiB, or a text such as `2 GiB`.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Memory {
    Mebibytes(u64),
    Text(String),
}

/// The declaration of a parameter, whose kind follows from its default.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Declared {
    default: toml::Value,
    minimum: Option<f64>,
    maximum: Option<f64>,
    choices: Option<Vec<String>>,
    #[serde(default)]
    about: String,
}

impl Words {
    pub(super) fn words(&self) -> Option<Vec<String>> {
        match self {
            Self::Text(text) => command::words(text),
            Self::Words(words) => Some(words.clone()).filter(|words| !words.is_empty()),
        }
    }
}

impl PluginManifest {
    /// Returns the limits that the file contains, with defaults for the others.
    pub(super) fn limits(&self) -> Result<PluginLimits, String> {
        let usual = PluginLimits::default();
        Ok(PluginLimits {
            answer: seconds("timeout", self.timeout)?.unwrap_or(usual.answer),
            start: seconds("start-timeout", self.start_timeout)?.unwrap_or(usual.start),
            run: seconds("run-timeout", self.run_timeout)?,
            grace: seconds("grace", self.grace)?.unwrap_or(usual.grace),
            memory: match &self.memory {
                None => usual.memory,
                Some(Memory::Mebibytes(count)) => count.saturating_mul(1 << 20),
                Some(Memory::Text(text)) => bytes(text)?,
            },
        })
    }

    /// Returns which files a plugin in `folder` may open. Those in `files` may be read.
    pub(super) fn access(&self, folder: &Path) -> Result<Access, String> {
        let read: Vec<PathBuf> = self.read.iter().chain(&self.files).cloned().collect();
        Access::declared(folder, &read, &self.write)
    }

    /// Returns the parameters of the plugin, declared in the same way as those of
    /// built-in systems. The declaration is leaked, since it is needed as long as the
    /// program runs.
    pub(super) fn parameters(&self) -> Result<&'static [Parameter], String> {
        let parameters = self.parameters.iter().map(|(name, declared)| {
            let (kind, default) =
                declared.kind().ok_or_else(|| {
                    format!("the parameter `{name}` has a `default` that is no number, text or truth value")
                })?;
            Ok(Parameter {
                name: kept(name),
                kind,
                default: kept(&default),
                about: kept(&declared.about),
            })
        });
        let parameters = parameters.collect::<Result<Vec<_>, String>>()?;
        Ok(parameters.leak())
    }
}

impl Declared {
    fn kind(&self) -> Option<(ParameterKind, String)> {
        let low = self.minimum.unwrap_or(f64::NEG_INFINITY);
        let high = self.maximum.unwrap_or(f64::INFINITY);

        Some(match &self.default {
            toml::Value::Integer(value)
                if *value >= 0 && !(low < 0.0 && low.is_finite()) =>
            {
                let low = if low.is_finite() { low as u64 } else { 0 };
                let high = if high.is_finite() {
                    high as u64
                } else {
                    u64::MAX
                };
                (ParameterKind::Integer(low, high), value.to_string())
            }
            toml::Value::Integer(value) => {
                (ParameterKind::Number(low, high), value.to_string())
            }
            toml::Value::Float(value) => {
                (ParameterKind::Number(low, high), value.to_string())
            }
            toml::Value::Boolean(value) => (ParameterKind::Boolean, value.to_string()),
            toml::Value::String(value) => match &self.choices {
                Some(choices) => {
                    let choices: Vec<&'static str> =
                        choices.iter().map(|choice| kept(choice)).collect();
                    (ParameterKind::Choice(choices.leak()), value.clone())
                }
                None => (ParameterKind::Text, value.clone()),
            },
            _ => return None,
        })
    }
}

/// Returns the text with a static lifetime, by leaking it.
fn kept(text: &str) -> &'static str {
    text.to_owned().leak()
}

fn seconds(name: &str, value: Option<f64>) -> Result<Option<Duration>, String> {
    value
        .map(|value| {
            Duration::try_from_secs_f64(value)
                .map_err(|_| format!("`{name}` is {value}, not a number of seconds"))
        })
        .transpose()
}

/// Returns the number of bytes that a text such as `512 MiB`, `2 GiB` or `1e9` describes.
pub(super) fn bytes(text: &str) -> Result<u64, String> {
    const UNITS: [(&str, f64); 7] = [
        ("KiB", 1_024.0),
        ("MiB", 1_048_576.0),
        ("GiB", 1_073_741_824.0),
        ("KB", 1e3),
        ("MB", 1e6),
        ("GB", 1e9),
        ("B", 1.0),
    ];

    let unit = UNITS.iter().find(|(unit, _)| text.ends_with(unit));
    let (unit, factor) = unit.copied().unwrap_or(("", 1.0));
    let number = text[..text.len() - unit.len()].trim().parse::<f64>();
    let number = number
        .ok()
        .filter(|number| number.is_finite() && *number > 0.0);

    let bytes = number
        .map(|number| (number * factor) as u64)
        .ok_or_else(|| {
            format!("`{text}` is no amount of memory such as `512 MiB` or `2 GiB`")
        })?;
    // in which no program starts: a unit was forgotten
    if bytes < 1 << 20 {
        return Err(format!(
            "`{text}` is less than 1 MiB; amounts have units, such as `512 MiB` or `2 GiB`"
        ));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> PluginManifest {
        toml::from_str(text).unwrap()
    }

    #[test]
    fn amounts_of_memory_have_units() {
        assert_eq!(bytes("512 MiB"), Ok(512 << 20));
        assert_eq!(bytes("2GB"), Ok(2_000_000_000));
        assert_eq!(bytes("1e9"), Ok(1_000_000_000));
        for wrong in ["", "much", "-1 GiB", "2 GX", "1024", "512 KiB"] {
            assert!(bytes(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn more_memory_than_there_can_be_is_no_limit() {
        let manifest = parsed("name = \"a\"\nmemory = 17592186044416");
        assert_eq!(manifest.limits().unwrap().memory, u64::MAX);
    }

    #[test]
    fn a_parameter_is_of_the_kind_of_its_default() {
        let manifest = parsed(
            r#"
            name = "mine"
            [parameters]
            depth = { default = 3, minimum = 1, maximum = 9 }
            lambda = { default = 0.7, minimum = 0, maximum = 1 }
            method = { default = "a", choices = ["a", "b"] }
            quick = { default = true }
            shift = { default = -1 }
            word = { default = "" }
            "#,
        );
        let wanted: Vec<_> = manifest
            .parameters()
            .unwrap()
            .iter()
            .map(|parameter| (parameter.name, parameter.kind.wanted()))
            .collect();
        assert_eq!(
            wanted,
            [
                ("depth", "a whole number from 1 to 9".to_owned()),
                ("lambda", "a number from 0 to 1".to_owned()),
                ("method", "`a` or `b`".to_owned()),
                ("quick", "`true` or `false`".to_owned()),
                ("shift", "a number from -inf".to_owned()),
                ("word", "a text".to_owned()),
            ]
        );
    }

    #[test]
    fn what_it_does_not_know_is_refused() {
        let error =
            toml::from_str::<PluginManifest>("name = \"a\"\ntime-out = 3").unwrap_err();
        assert!(error.message().contains("time-out"), "{error}");
        assert!(parsed("name = \"a\"\ntimeout = -1").limits().is_err());
    }
}

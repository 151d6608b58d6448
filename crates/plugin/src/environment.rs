//! Which variables of our own environment reach a plugin.

use std::env;

/// The environment variables that tell interpreters where modules, models and data are.
const WORLD: [&str; 14] = [
    "VIRTUAL_ENV",
    "PYTHONPATH",
    "PYTHONHOME",
    "PYTHONUSERBASE",
    "CONDA_PREFIX",
    "CONDA_DEFAULT_ENV",
    "HF_HOME",
    "HF_HUB_OFFLINE",
    "NLTK_DATA",
    "TORCH_HOME",
    "SPACY_DATA",
    "JAVA_HOME",
    "NODE_PATH",
    "R_LIBS",
];

/// Returns the variables among `names` that are set, with their values; without `names`, those
/// among [`WORLD`].
pub(super) fn inherited(names: Option<&[String]>) -> Vec<(String, String)> {
    let value = |name: &str| Some((name.to_owned(), env::var(name).ok()?));
    match names {
        Some(names) => names.iter().filter_map(|name| value(name)).collect(),
        None => WORLD.iter().filter_map(|name| value(name)).collect(),
    }
}

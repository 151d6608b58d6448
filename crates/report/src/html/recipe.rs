//! How the numbers came about: the manifest for people, and the command to repeat it.

use serde::Serialize;

use epitome_engine::run::{Allowance, RunManifest, SystemRecipe};
use epitome_engine::timing::noise;

/// A run's recipe.
#[derive(Debug, Clone, Serialize)]
pub(super) struct RecipeView {
    /// The command to type.
    command: String,
    /// What and what it is.
    facts: Vec<(&'static str, String)>,
    corpora: Vec<(String, String, String)>,
    systems: Vec<(String, String, String)>,
    metrics: Vec<(String, String)>,
    /// `manifest.json` as it is.
    json: String,
    /// What makes the timings doubtful.
    noise: Vec<String>,
}

/// The recipe of a run whose timings are `timings`.
pub(super) fn recipe(
    manifest: &RunManifest,
    timings: &[epitome_engine::timing::Timing],
) -> RecipeView {
    let unknown = || "unknown".to_owned();
    let or_unknown = |known: &Option<String>| known.clone().unwrap_or_else(unknown);
    let cores =
        std::num::NonZero::new(manifest.cores).unwrap_or(std::num::NonZero::<usize>::MIN);
    RecipeView {
        command: command(&manifest.argv),
        facts: vec![
            ("epitome", manifest.epitome.clone()),
            ("revision", or_unknown(&manifest.git)),
            ("built with", manifest.rustc.clone()),
            ("processor", or_unknown(&manifest.cpu)),
            ("cores", manifest.cores.to_string()),
            ("system", manifest.os.clone()),
            ("threads", manifest.jobs.to_string()),
            ("seed", manifest.seed.to_string()),
            ("resamples", manifest.resamples.to_string()),
            ("began", manifest.start.clone()),
            ("ended", or_unknown(&manifest.end)),
            ("resumed", manifest.resumed.len().to_string()),
        ],
        corpora: manifest
            .corpora
            .iter()
            .map(|it| (it.name.clone(), it.origin.clone(), it.blake3.clone()))
            .collect(),
        systems: manifest
            .systems
            .iter()
            .map(|it| {
                let more = [it.version.clone(), it.command.clone()];
                let more: Vec<String> = more.into_iter().flatten().collect();
                (it.name.clone(), budgets(manifest, it), more.join(" · "))
            })
            .collect(),
        metrics: manifest
            .metrics
            .iter()
            .map(|it| (it.name.clone(), it.signature.clone()))
            .collect(),
        json: serde_json::to_string_pretty(manifest)
            .expect("a manifest that was read from JSON can be written as JSON"),
        noise: noise(timings, cores),
    }
}

/// The budgets of a system in words, each once, in the order of the corpora.
fn budgets(manifest: &RunManifest, system: &SystemRecipe) -> String {
    let mut budgets: Vec<String> = Vec::new();
    for length in manifest.lengths() {
        let budget = Allowance::of(system.task, length).to_string();
        if !budgets.contains(&budget) {
            budgets.push(budget);
        }
    }
    budgets.join(", ")
}

/// The command as a shell takes it, the program by its name.
fn command(argv: &[String]) -> String {
    let mut words: Vec<&str> = argv.iter().map(String::as_str).collect();
    if let Some(program) = words.first_mut() {
        *program = "epitome";
    }
    // a word that holds a null byte cannot have been typed
    shlex::try_join(words.iter().copied()).unwrap_or_else(|_| words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_can_be_typed_again() {
        let argv = [
            "target/epitome",
            "run",
            "--system",
            "text-rank(damping=0.9)",
        ];
        assert_eq!(
            command(&argv.map(str::to_owned)),
            "epitome run --system 'text-rank(damping=0.9)'"
        );
        assert_eq!(command(&[]), "");
    }
}

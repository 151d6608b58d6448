//! The recipe of a run: its manifest as a table, and the command that repeats the run.

use serde::Serialize;

use epitome_engine::run::{Allowance, RunManifest, SystemRecipe};
use epitome_engine::timing::noise;

/// The data of the template of a recipe.
#[derive(Debug, Clone, Serialize)]
pub(super) struct RecipeView {
    /// Command that repeats the run.
    command: String,
    /// Names of facts and their values.
    facts: Vec<(&'static str, String)>,
    /// Name, origin and digest of each corpus.
    corpora: Vec<(String, String, String)>,
    /// Name, budgets and program of each system.
    systems: Vec<(String, String, String)>,
    /// Name and signature of each metric.
    metrics: Vec<(String, String)>,
    /// Text of `manifest.json`.
    json: String,
    /// Warnings about timings.
    noise: Vec<String>,
}

/// Returns the recipe of a run with its `timings`.
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

/// Returns the budgets of a system as text, each once, in the order of the corpora.
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

/// Returns the command quoted for a shell, with the program called `epitome`.
pub fn command(argv: &[String]) -> String {
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

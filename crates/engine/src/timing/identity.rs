//! Decides whether a timing belongs to a run: whether corpus, budget and programs are the
//! same. The metrics of the run do not matter.

use std::collections::BTreeMap;

use epitome_plugin::Length;
use epitome_text::Language;

use crate::run::{Allowance, CorpusRecipe, Plan, RunManifest, System, SystemRecipe};

use super::table::{ANALYSIS, Timing};

impl Timing {
    /// Returns whether the timing is of a system (or the analysis) and a corpus of the run,
    /// with the run's budget and builds of programs.
    pub fn is_of(&self, manifest: &RunManifest) -> bool {
        let corpus = manifest
            .corpora
            .iter()
            .zip(manifest.lengths())
            .find(|(corpus, _)| corpus.name == self.corpus);
        let Some((corpus, length)) = corpus else {
            return false;
        };

        let is_of_a_system = manifest.systems.iter().any(|system| {
            system.name == self.system
                && Allowance::of(system.task, length).to_string() == self.budget
        });
        corpus.blake3 == self.digest
            && (self.system == ANALYSIS || is_of_a_system)
            && manifest.build_of(&self.system).as_ref() == Some(&self.build)
    }
}

/// Returns the first reason why timings of `plan` do not belong to a run, as a clause for a
/// message; `None` if they do. Systems that the run does not have are no reason.
pub fn difference(manifest: &RunManifest, plan: &Plan) -> Option<String> {
    difference_of_corpora(manifest, plan)
        .or_else(|| difference_of_reading(manifest, plan))
        .or_else(|| {
            let lengths = manifest
                .corpora
                .iter()
                .map(|corpus| corpus.name.as_str())
                .zip(manifest.lengths())
                .collect();
            plan.work
                .systems
                .iter()
                .find_map(|system| difference_of_system(manifest, &lengths, plan, system))
        })
}

/// Returns which corpus of `plan` the run does not have, or has with other documents.
fn difference_of_corpora(manifest: &RunManifest, plan: &Plan) -> Option<String> {
    plan.corpora.iter().find_map(|planned| {
        let name = planned.corpus.name();
        let recorded = manifest.corpora.iter().find(|corpus| corpus.name == name);

        match recorded {
            None => Some(format!("it has no corpus `{name}`")),
            Some(corpus) if corpus.blake3 != planned.digest.to_hex().as_str() => {
                Some(format!("its corpus `{name}` holds other documents"))
            }
            Some(_) => None,
        }
    })
}

/// Returns whether texts are analysed in another way than in the run, or document frequencies
/// are counted on another corpus.
fn difference_of_reading(manifest: &RunManifest, plan: &Plan) -> Option<String> {
    let reading = &plan.work.reading;
    let language = reading.language.map(Language::code);
    if (
        manifest.language.as_deref(),
        manifest.segmenter,
        manifest.lines,
    ) != (language, reading.segmenter, reading.line_ends)
    {
        return Some("its texts were read with other settings".to_owned());
    }

    let digest = |recipe: &CorpusRecipe| recipe.blake3.clone();
    let background = plan.work.background.as_ref();
    (manifest.background.as_ref().map(digest)
        != background.map(|background| digest(&background.corpus)))
    .then(|| "its document frequencies are of another corpus".to_owned())
}

/// Returns what differs for one system of `plan`, its budget on a corpus or its build; `None`
/// if the run does not have the system. `lengths` are those of the run's corpora by name.
fn difference_of_system(
    manifest: &RunManifest,
    lengths: &BTreeMap<&str, Length>,
    plan: &Plan,
    system: &System,
) -> Option<String> {
    let name = &system.name;
    let recorded = recipe_of(manifest, system)?;

    for planned in &plan.corpora {
        let length = lengths.get(planned.corpus.name())?;
        let there = Allowance::of(recorded.task, *length);
        let here = Allowance::of(recorded.task, planned.length);
        if there != here {
            return Some(format!(
                "the budget of `{name}` is {there} there, and {here} here"
            ));
        }
    }

    (manifest.build_of(name) != Some(system.build()))
        .then(|| format!("`{name}` is of another build there"))
}

/// Returns what the run recorded of a system, looked up by name and task.
fn recipe_of<'m>(manifest: &'m RunManifest, system: &System) -> Option<&'m SystemRecipe> {
    manifest
        .systems
        .iter()
        .find(|recipe| recipe.name == system.name && recipe.task == system.task())
}

/// Returns whether a run has all systems of `plan`.
pub fn has_all_systems(manifest: &RunManifest, plan: &Plan) -> bool {
    plan.work
        .systems
        .iter()
        .all(|system| recipe_of(manifest, system).is_some())
}

//! Which run a timing belongs to: one of the same corpus, budget and programs. What the
//! outputs were measured by is no matter of it.

use std::collections::BTreeMap;

use epitome_plugin::Length;

use crate::run::{Allowance, Plan, RunManifest, SystemRecipe};

use super::table::{ANALYSIS, Timing};

impl Timing {
    /// Whether it is of a system of the run, on a corpus of it, by the programs of the run.
    pub fn is_of(&self, manifest: &RunManifest) -> bool {
        let corpus = manifest
            .corpora
            .iter()
            .zip(manifest.lengths())
            .find(|(corpus, _)| corpus.name == self.corpus);
        let Some((corpus, length)) = corpus else {
            return false;
        };
        let is_of_system = |system: &SystemRecipe| {
            system.name == self.system
                && Allowance::of(system.task, length).to_string() == self.budget
        };
        corpus.blake3 == self.digest
            && (self.system == ANALYSIS || manifest.systems.iter().any(is_of_system))
            && manifest.build_of(&self.system).as_ref() == Some(&self.build)
    }
}

/// Why timings of `plan` do not belong to a run, in words; `None` if they do.
pub fn difference(manifest: &RunManifest, plan: &Plan) -> Option<String> {
    for planned in &plan.corpora {
        let name = planned.corpus.name();
        let Some(there) = manifest.corpora.iter().find(|corpus| corpus.name == name)
        else {
            return Some(format!("it has no corpus `{name}`"));
        };
        if there.blake3 != planned.digest.to_hex().as_str() {
            return Some(format!("its corpus `{name}` holds other documents"));
        }
    }
    let reading = &plan.work.reading;
    let language = reading.language.map(|language| language.code().to_owned());
    if (
        manifest.language.as_ref(),
        manifest.segmenter,
        manifest.lines,
    ) != (language.as_ref(), reading.segmenter, reading.line_ends)
    {
        return Some("its texts were read otherwise".to_owned());
    }
    let background = |recipe: &crate::run::CorpusRecipe| recipe.blake3.clone();
    let here = plan
        .work
        .background
        .as_ref()
        .map(|it| background(&it.corpus));
    if manifest.background.as_ref().map(background) != here {
        return Some("its document frequencies are of another corpus".to_owned());
    }
    let names = manifest.corpora.iter().map(|corpus| corpus.name.as_str());
    let lengths_there: BTreeMap<&str, Length> = names.zip(manifest.lengths()).collect();
    plan.work.systems.iter().find_map(|system| {
        let is_it =
            |it: &&SystemRecipe| it.name == system.name && it.task == system.task();
        let there = manifest.systems.iter().find(is_it)?;
        let name = &system.name;
        for planned in &plan.corpora {
            let length = lengths_there.get(planned.corpus.name())?;
            let of_system = |length| Allowance::of(there.task, length);
            let (there, here) = (of_system(*length), of_system(planned.length));
            if there != here {
                return Some(format!(
                    "the budget of `{name}` is {there} there, and {here} here"
                ));
            }
        }
        let is_same = manifest.build_of(name) == Some(system.build());
        (!is_same).then(|| format!("`{name}` is of another build there"))
    })
}

/// Whether a run has all systems of `plan`.
pub fn has_all_systems(manifest: &RunManifest, plan: &Plan) -> bool {
    plan.work.systems.iter().all(|system| {
        let is_it =
            |it: &SystemRecipe| it.name == system.name && it.task == system.task();
        manifest.systems.iter().any(is_it)
    })
}

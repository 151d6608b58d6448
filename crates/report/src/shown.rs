//! A part of a run's results: some systems, metrics and budgets, with every number that
//! depends on the other systems computed again.

use std::collections::BTreeSet;

use epitome_base::spec::{SpecError, is_named};
use epitome_engine::run::{
    CorpusRecipe, Kept, RunManifest, StoreError, SystemKind, SystemRecipe,
};
use epitome_metrics::Task;
use epitome_stats::holm;

use super::{
    across::{AcrossStanding, across},
    comparison::Comparison,
    leaderboard::Row,
    observations::{Field, Observations},
    results::Results,
};

/// What is shown of runs; an empty list is everything. In a name `*` stands for any text,
/// and a name without parameters is that with any parameters.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shown {
    /// The names of systems.
    pub systems: Vec<String>,
    /// The names or signatures of metrics; the first is that by which tables are sorted.
    pub metrics: Vec<String>,
    /// The budgets, such as `3 sentences`.
    pub budgets: Vec<String>,
}

/// A budget of a corpus under one task, by their places in a run.
type Allowed = (usize, Task);

impl Shown {
    /// Returns whether everything is.
    pub fn is_everything(&self) -> bool {
        *self == Self::default()
    }

    /// Returns what is shown of each run; runs of which nothing is are left out.
    ///
    /// # Errors
    /// Returns an error if the rows of a run cannot be read.
    pub fn of(&self, runs: Vec<Results>) -> Result<Vec<Results>, StoreError> {
        if self.is_everything() {
            return Ok(runs);
        }
        let parts = runs.into_iter().filter_map(|run| self.part(run));
        parts.collect()
    }

    /// Checks that each name is that of something in one of the runs.
    ///
    /// # Errors
    /// Returns an error with the most similar name if one is not.
    pub fn check(&self, runs: &[Results]) -> Result<(), SpecError> {
        let manifests = || runs.iter().map(|run| &run.manifest);
        let systems: BTreeSet<String> = manifests()
            .flat_map(|it| &it.systems)
            .map(|it| it.name.clone())
            .collect();

        let metrics: BTreeSet<String> = manifests()
            .flat_map(|it| &it.metrics)
            .flat_map(|it| [it.name.clone(), it.signature.clone()])
            .collect();

        let budgets: BTreeSet<String> = manifests().flat_map(budgets).collect();
        for (family, wanted, known) in [
            ("system of the run", &self.systems, systems),
            ("metric of the run", &self.metrics, metrics),
            ("budget of the run", &self.budgets, budgets),
        ] {
            let is_known = |name: &&String| known.iter().any(|it| is_named(name, it));
            if let Some(name) = wanted.iter().find(|name| !is_known(name)) {
                let known = known.iter().map(String::as_str);
                return Err(SpecError::unknown_name(family, name, known));
            }
        }

        Ok(())
    }

    /// Returns what is shown of a run; `None` if nothing is.
    fn part(&self, run: Results) -> Option<Result<Results, StoreError>> {
        let allowed = self.allowed(&run.manifest);
        let kept = self.kept(&run.manifest, &allowed);
        let is_empty = [&kept.corpora, &kept.systems, &kept.metrics];
        if is_empty.iter().any(|places| places.is_empty()) {
            return None;
        }
        Some(restricted(run, kept, &allowed))
    }

    /// Returns the corpora and tasks whose budgets are shown.
    fn allowed(&self, manifest: &RunManifest) -> Vec<Allowed> {
        let layout = manifest.layout();
        let corpora = 0..layout.corpora.len();
        let all = corpora.flat_map(|at| TASKS.map(|task| (at, task)));
        let is_shown = |&(corpus, task): &Allowed| {
            let budget = layout.budget(corpus, task);
            self.budgets.is_empty()
                || self.budgets.iter().any(|wanted| is_named(wanted, &budget))
        };
        all.filter(is_shown).collect()
    }

    /// Returns the places of what is shown: metrics in the order in which they are named,
    /// systems that a metric measures, corpora of allowed budgets.
    fn kept(&self, manifest: &RunManifest, allowed: &[Allowed]) -> Kept {
        let tasks = |task: Task| allowed.iter().any(|(_, other)| *other == task);
        let is_wanted = |wanted: &[String], name: &str| {
            wanted.is_empty() || wanted.iter().any(|pattern| is_named(pattern, name))
        };
        let has_system = |task: Task| {
            let systems = manifest.systems.iter();
            let mut wanted = systems.filter(|it| is_wanted(&self.systems, &it.name));
            wanted.any(|it| it.task == task)
        };
        let rank = |at: usize| {
            let metric = &manifest.metrics[at];
            let is_it = |wanted: &String| {
                is_named(wanted, &metric.name) || *wanted == metric.signature
            };
            match self.metrics.is_empty() {
                true => Some(0),
                false => self.metrics.iter().position(is_it),
            }
        };
        let mut metrics: Vec<(usize, usize)> = (0..manifest.metrics.len())
            .filter(|&at| {
                let task = manifest.metrics[at].task;
                tasks(task) && has_system(task)
            })
            .filter_map(|at| Some((rank(at)?, at)))
            .collect();
        metrics.sort_unstable();
        let metrics: Vec<usize> = metrics.into_iter().map(|(_, at)| at).collect();

        let is_measured = |system: &SystemRecipe| {
            let mut kept = metrics.iter().map(|&at| manifest.metrics[at].task);
            kept.any(|task| task == system.task)
        };
        let systems = manifest.systems.iter().enumerate();
        let systems = systems
            .filter(|(_, it)| is_wanted(&self.systems, &it.name) && is_measured(it));
        let systems = systems.map(|(at, _)| at).collect();
        let is_allowed = |at: &usize| allowed.iter().any(|(corpus, _)| corpus == at);
        let corpora = (0..manifest.corpora.len()).filter(is_allowed).collect();
        Kept {
            corpora,
            systems,
            metrics,
        }
    }
}

const TASKS: [Task; 2] = [Task::Summaries, Task::Keyphrases];

/// Returns the budgets of a run in words, those of tasks that it has.
fn budgets(manifest: &RunManifest) -> Vec<String> {
    let layout = manifest.layout();
    let has = |task: &Task| manifest.systems.iter().any(|it| it.task == *task);
    let tasks = TASKS.into_iter().filter(has);
    tasks
        .flat_map(|task| (0..layout.corpora.len()).map(move |corpus| (corpus, task)))
        .map(|(corpus, task)| layout.budget(corpus, task))
        .collect()
}

/// Returns a part of the results. Means and their intervals are those of the run, which
/// depend on no other system; corrected p-values, ranks, places and averages over corpora
/// are those of the part.
fn restricted(
    mut run: Results,
    kept: Kept,
    allowed: &[Allowed],
) -> Result<Results, StoreError> {
    let whole = &run.manifest;
    let layout = whole.layout();
    let is_allowed = |corpus: &str, budget: &str| {
        allowed.iter().any(|&(at, task)| {
            layout.corpora[at] == corpus && layout.budget(at, task) == budget
        })
    };
    let manifest = part_of(whole, &kept);
    let has_all_systems = whole.systems.len() == manifest.systems.len();
    let note = note(whole, &manifest);

    let has_system = |name: &str| manifest.systems.iter().any(|it| it.name == name);
    let has_metric = |name: &str| manifest.metrics.iter().any(|it| it.name == name);
    let is_row = |row: &Row| {
        has_system(&row.system)
            && has_metric(&row.metric)
            && is_allowed(&row.corpus, &row.budget)
    };
    run.leaderboard.rows.retain(is_row);
    run.leaderboard.beside_people.retain(is_row);
    run.comparisons.retain(|row| {
        has_system(&row.a)
            && has_system(&row.b)
            && has_metric(&row.metric)
            && is_allowed(&row.corpus, &row.budget)
    });
    correct(&mut run.comparisons);
    run.timings.retain(|timing| timing.is_of(&manifest));
    run.failures.retain(|row| {
        has_system(&row.system)
            && manifest.corpora.iter().any(|it| it.name == row.corpus)
            && (row.metric.is_empty() || has_metric(&row.metric))
    });

    run.manifest = manifest;
    run.kept = Some(kept);
    run.note = Some(note);
    // a run that was merged from sums has neither rows nor standings
    if !run.standings.is_empty() {
        let observations = Observations::read(run.documents()?, Field::Value)?;
        let all = across(&observations, &run.manifest);
        run.standings = all.into_iter().flat_map(|one| one.systems).collect();
    }
    if !has_all_systems {
        rank(&mut run.leaderboard.rows, &run.standings);
    }
    Ok(run)
}

/// Returns the manifest of what is kept; everything else is that of the run.
fn part_of(whole: &RunManifest, kept: &Kept) -> RunManifest {
    let lengths = whole.lengths();
    let corpus = |&at: &usize| CorpusRecipe {
        // what is left of the systems may not say it
        budget: Some(lengths[at].budget),
        limit: Some(lengths[at].limit),
        ..whole.corpora[at].clone()
    };

    let corpora: Vec<CorpusRecipe> = kept.corpora.iter().map(corpus).collect();
    let systems = kept.systems.iter().map(|&at| whole.systems[at].clone());
    let metrics = kept.metrics.iter().map(|&at| whole.metrics[at].clone());
    let (systems, metrics): (Vec<_>, Vec<_>) = (systems.collect(), metrics.collect());
    let mut unread = whole.unread.clone();
    unread.retain(|it| {
        corpora.iter().any(|corpus| corpus.name == it.corpus)
            && metrics.iter().any(|metric| metric.name == it.metric)
    });

    RunManifest {
        corpora,
        systems,
        metrics,
        unread,
        ..whole.clone()
    }
}

/// Returns what is shown of how much, in a sentence.
fn note(whole: &RunManifest, part: &RunManifest) -> String {
    let systems = |of: &RunManifest| {
        let ranked = of.systems.iter().filter(|it| it.kind == SystemKind::System);
        ranked.count()
    };
    let counts = [
        ("systems", systems(part), systems(whole)),
        ("metrics", part.metrics.len(), whole.metrics.len()),
        ("corpora", part.corpora.len(), whole.corpora.len()),
    ];
    let fewer = counts.iter().filter(|(_, shown, all)| shown < all);
    let fewer: Vec<String> = fewer
        .map(|(noun, shown, all)| format!("{shown} of {all} {noun}"))
        .collect();
    let shown = match fewer.as_slice() {
        [] => "all systems".to_owned(),
        fewer => fewer.join(", "),
    };
    format!("{shown} of the run are shown; letters, ranks and averages are among these")
}

/// Corrects p-values by Holm over the rows of each corpus and metric.
fn correct(rows: &mut [Comparison]) {
    let same =
        |a: &Comparison, b: &Comparison| (&a.corpus, &a.metric) == (&b.corpus, &b.metric);
    for family in rows.chunk_by_mut(same) {
        let p: Vec<f64> = family.iter().map(|row| row.p).collect();
        for (row, corrected) in family.iter_mut().zip(holm(&p)) {
            row.p_holm = corrected;
        }
    }
}

/// Replaces ranks by places among the systems that are left; where there are none, ranks
/// are unknown.
fn rank(rows: &mut [Row], standings: &[AcrossStanding]) {
    for row in rows.iter_mut().filter(|row| row.rank_low.is_some()) {
        let place = standings.iter().find(|it| {
            it.corpus.as_ref() == Some(&row.corpus)
                && (&it.metric, &it.system) == (&row.metric, &row.system)
        });
        row.rank_low = place.and_then(|it| it.place_low);
        row.rank_high = place.and_then(|it| it.place_high);
    }
}

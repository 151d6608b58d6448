//! Pairs of systems, of one run or of two, that are compared.

use std::path::{Path, PathBuf};

use epitome_engine::run::{MetricRecipe, RunManifest, StoredRows, SystemKind, checked};
use epitome_metrics::Incomparable;

use super::{
    compare::compare_unless_stopped,
    comparison::{Circumstances, Comparison},
    observations::{Field, Observations, measured, ranked},
    pair_result::{ComparisonSettings, PairResult},
    results::ResultsError,
};

/// A stored run with the scores of its documents.
#[derive(Debug, Clone)]
pub struct Run {
    /// Folder of the run.
    pub folder: PathBuf,
    /// Manifest of the run.
    pub manifest: RunManifest,
    /// Scores of the documents.
    pub observations: Observations,
}

impl Run {
    /// Reads a run with one number of every score, and checks its files against the manifest.
    ///
    /// # Errors
    /// Returns an error if there is no run, or if a file cannot be read or has changed since the
    /// run.
    pub fn read(folder: &Path, field: Field) -> Result<Self, ResultsError> {
        Self::of_rows(folder, checked(folder)?, field)
    }

    /// Reads a run with one number of every score. Its files are not checked: the caller has just
    /// written or checked them.
    ///
    /// # Errors
    /// Returns an error if the rows cannot be read.
    pub fn of_rows(
        folder: &Path,
        manifest: RunManifest,
        field: Field,
    ) -> Result<Self, ResultsError> {
        let rows = StoredRows::open(folder, manifest.layout())?;
        let observations = Observations::read(rows, field)?;
        Ok(Self {
            folder: folder.to_owned(),
            manifest,
            observations,
        })
    }

    /// Returns the name of the folder.
    pub(super) fn name(&self) -> String {
        let name = self.folder.file_name().unwrap_or(self.folder.as_os_str());
        name.to_string_lossy().into_owned()
    }
}

/// Reason why systems cannot be compared.
#[derive(Debug, thiserror::Error)]
pub enum PairingError {
    /// One system makes summaries, the other keyphrases.
    #[error(
        "`{a}` and `{b}` are not comparable: one makes summaries, the other keyphrases"
    )]
    Tasks {
        /// Name of the first system.
        a: String,
        /// Name of the second system.
        b: String,
    },
    /// The system had different budgets in the runs.
    #[error(
        "the runs are not comparable: the budget of `{system}` is {here} in {a} and {there} in {b}"
    )]
    Budget {
        /// Name of the system.
        system: String,
        /// Budget in the first run.
        here: String,
        /// Budget in the second run.
        there: String,
        /// Name of the first run.
        a: String,
        /// Name of the second run.
        b: String,
    },
    /// A corpus has different contents in the runs.
    #[error(
        "the runs are not comparable: the corpus `{corpus}` of {a} has other documents than that of {b}"
    )]
    Corpus {
        /// Name of the corpus.
        corpus: String,
        /// Name of the first run.
        a: String,
        /// Name of the second run.
        b: String,
    },
    /// A metric has different signatures in the runs.
    #[error(transparent)]
    Signature(#[from] Incomparable),
    /// The runs have no corpus, metric or system in common.
    #[error("the runs are not comparable: they have no {what} in common")]
    Nothing {
        /// What they do not share.
        what: &'static str,
    },
}

/// Pairs of systems that may be compared, with the columns of their scores.
pub struct Pairing<'a> {
    pub(super) families: Vec<Family<'a>>,
    /// What one of two runs has and the other has not, each as words.
    pub(super) unpaired: Vec<String>,
}

/// The pairs on one corpus by one metric, over which p-values are corrected.
pub(super) struct Family<'a> {
    pub(super) corpus: &'a str,
    pub(super) metric: &'a MetricRecipe,
    /// Budget of the first run.
    pub(super) budget: String,
    /// Name of the run, or names of both runs.
    pub(super) run: String,
    /// Name of the system of each column.
    pub(super) names: Vec<String>,
    /// Scores by document.
    pub(super) columns: Vec<Vec<f64>>,
    /// Pairs of columns.
    pub(super) pairs: Vec<(usize, usize)>,
}

/// The comparison of a pair of systems.
#[derive(Debug, Clone, PartialEq)]
pub struct Compared {
    /// Row of `comparisons.csv`.
    pub row: Comparison,
    /// Full result, with numbers that the table does not have.
    pub found: PairResult,
}

/// The scores of two systems on the same documents.
#[derive(Debug, Clone, Copy)]
pub struct PairScores<'a> {
    /// Name of the corpus.
    pub corpus: &'a str,
    /// Metric.
    pub metric: &'a MetricRecipe,
    /// Names of the systems.
    pub names: [&'a str; 2],
    /// Scores of each system by document; NaN if a document does not count.
    pub scores: [&'a [f64]; 2],
}

impl<'a> Pairing<'a> {
    /// Returns pairs of systems of one run: all pairs if no system is named; the pairs of one named
    /// system with all others; the pairs among several named systems. Oracle and human references
    /// are in a pair only if they are named.
    ///
    /// # Errors
    /// Returns an error if the named systems are of different tasks.
    pub fn within(run: &'a Run, named: &[String]) -> Result<Self, PairingError> {
        let layout = run.manifest.layout();
        let order: Vec<usize> = match named {
            [] | [_] => (0..layout.systems.len()).collect(),
            _ => named
                .iter()
                .flat_map(|name| {
                    let systems = layout.systems.iter().enumerate();
                    systems.filter(move |(_, system)| system.name == *name)
                })
                .map(|(at, _)| at)
                .collect(),
        };
        let is_named =
            |at: usize| named.len() != 1 || layout.systems[at].name == named[0];

        let name = run.manifest.run();
        let mut families = Vec::new();
        for (number, (corpus, scores)) in layout_corpora(run).enumerate() {
            for (at, metric) in run.manifest.metrics.iter().enumerate() {
                let mut own = ranked(&layout, at);
                own.extend(measured(&layout, at).into_iter().filter(|&system| {
                    let it = &layout.systems[system];
                    it.kind == SystemKind::Reference && named.contains(&it.name)
                }));
                let mut systems: Vec<usize> = order
                    .iter()
                    .copied()
                    .filter(|system| own.contains(system))
                    .collect();

                // a named system is the first of its pairs
                systems.sort_by_key(|&system| named.len() == 1 && !is_named(system));
                let pairs = pairs(systems.len())
                    .filter(|&(a, _)| named.len() != 1 || is_named(systems[a]));

                families.push(Family {
                    corpus,
                    metric,
                    budget: layout.budget(number, metric.task),
                    run: name.clone(),
                    names: systems
                        .iter()
                        .map(|&s| layout.systems[s].name.clone())
                        .collect(),
                    columns: systems
                        .iter()
                        .map(|&s| scores.column(at, s).to_vec())
                        .collect(),
                    pairs: pairs.collect(),
                });
            }
        }

        if let [a, b, ..] = named
            && families.iter().all(|family| family.pairs.is_empty())
        {
            return Err(PairingError::Tasks {
                a: a.clone(),
                b: b.clone(),
            });
        }
        Ok(Self {
            families,
            unpaired: Vec::new(),
        })
    }

    /// Compares the pairs by the metrics for whose names `wanted` returns true. p-values are
    /// corrected within each corpus and metric.
    pub fn compare(
        &self,
        wanted: &dyn Fn(&str) -> bool,
        settings: ComparisonSettings,
    ) -> Vec<Compared> {
        self.compare_unless_stopped(wanted, settings, &mut || true)
            .unwrap_or_default()
    }

    /// Does the same as [`Pairing::compare`], and asks again and again whether it `goes_on`, by
    /// randomisation after about a second each time. Returns `None` if it does not.
    pub fn compare_unless_stopped(
        &self,
        wanted: &dyn Fn(&str) -> bool,
        settings: ComparisonSettings,
        goes_on: &mut dyn FnMut() -> bool,
    ) -> Option<Vec<Compared>> {
        let mut all = Vec::new();
        for family in self
            .families
            .iter()
            .filter(|family| wanted(&family.metric.name))
        {
            let columns: Vec<&[f64]> = family.columns.iter().map(Vec::as_slice).collect();
            let (pairs, better) = (&family.pairs, family.metric.better);
            let found =
                compare_unless_stopped(&columns, pairs, better, settings, goes_on)?;
            all.extend(found.into_iter().map(|found| {
                let name = |column: usize| family.names[column].clone();
                let names = [name(found.pair.0), name(found.pair.1)];
                let under = Circumstances {
                    corpus: family.corpus,
                    metric: family.metric,
                    budget: &family.budget,
                    run: &family.run,
                };
                let row = Comparison::of(under, names, &found);
                Compared { row, found }
            }));
        }

        Some(all)
    }

    /// Returns what only one of two runs has, and is therefore not compared, such as
    /// ``system `lead` (only in new)``: systems, metrics and corpora in this order.
    pub fn unpaired(&self) -> &[String] {
        &self.unpaired
    }

    /// Returns the scores of every pair.
    pub fn scores(&self) -> impl Iterator<Item = PairScores<'_>> {
        self.families.iter().flat_map(|family| {
            family.pairs.iter().map(|&(a, b)| PairScores {
                corpus: family.corpus,
                metric: family.metric,
                names: [&family.names[a], &family.names[b]],
                scores: [&family.columns[a], &family.columns[b]],
            })
        })
    }
}

/// Returns the corpora of a run with their names.
pub(super) fn layout_corpora(
    run: &Run,
) -> impl Iterator<Item = (&str, &super::CorpusScores)> {
    let names = run
        .manifest
        .corpora
        .iter()
        .map(|corpus| corpus.name.as_str());
    names.zip(&run.observations.corpora)
}

/// Returns all pairs of indices below `count`, the lower first.
fn pairs(count: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..count).flat_map(move |a| (a + 1..count).map(move |b| (a, b)))
}

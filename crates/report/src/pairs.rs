//! Which systems of which runs are compared.

use std::path::{Path, PathBuf};

use epitome_engine::run::{MetricRecipe, RunManifest, StoredRows, SystemKind, checked};
use epitome_metrics::{Incomparable, Signature};

use super::{
    compare::{ComparisonSettings, PairResult, compare},
    comparison::{Circumstances, Comparison},
    observations::{Field, Observations, measured, ranked},
    results::ResultsError,
};

/// A run with the scores of its documents.
#[derive(Debug, Clone)]
pub struct Run {
    /// Where it is.
    pub folder: PathBuf,
    /// Its recipe.
    pub manifest: RunManifest,
    /// Its scores.
    pub observations: Observations,
}

impl Run {
    /// Reads one number of every score in `folder`, whose files are checked against the
    /// manifest.
    ///
    /// # Errors
    /// Returns an error if there is no run, a file has changed since the run, or it
    /// cannot be read.
    pub fn read(folder: &Path, field: Field) -> Result<Self, ResultsError> {
        Self::of_rows(folder, checked(folder)?, field)
    }

    /// Reads one number of every score in `folder`, whose rows the caller has just written
    /// or checked.
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

    fn name(&self) -> String {
        let name = self.folder.file_name().unwrap_or(self.folder.as_os_str());
        name.to_string_lossy().into_owned()
    }
}

/// Why systems cannot be compared.
#[derive(Debug, thiserror::Error)]
pub enum PairingError {
    /// One makes summaries, the other keyphrases.
    #[error(
        "`{a}` and `{b}` are not comparable: one makes summaries, the other keyphrases"
    )]
    Tasks {
        /// The first.
        a: String,
        /// The second.
        b: String,
    },
    /// They were given different budgets.
    #[error(
        "the runs are not comparable: the budget of `{system}` is {here} in {a} and {there} in {b}"
    )]
    Budget {
        /// The system.
        system: String,
        /// Its budget in the first run.
        here: String,
        /// Its budget in the second.
        there: String,
        /// The first run.
        a: String,
        /// The second.
        b: String,
    },
    /// A corpus has other contents.
    #[error(
        "the runs are not comparable: the corpus `{corpus}` is another in {a} than in {b}"
    )]
    Corpus {
        /// The corpus.
        corpus: String,
        /// The first run.
        a: String,
        /// The second.
        b: String,
    },
    /// A metric is another one.
    #[error(transparent)]
    Signature(#[from] Incomparable),
    /// They share nothing.
    #[error("the runs are not comparable: they have no {what} in common")]
    Nothing {
        /// What they do not share.
        what: &'static str,
    },
}

/// Pairs of systems that may be compared, with the columns of their scores.
pub struct Pairing<'a> {
    families: Vec<Family<'a>>,
}

/// One corpus and metric.
struct Family<'a> {
    corpus: &'a str,
    metric: &'a MetricRecipe,
    /// Of the first run.
    budget: String,
    /// The name of the run or the names of both runs.
    run: String,
    names: Vec<String>,
    columns: Vec<Vec<f64>>,
    pairs: Vec<(usize, usize)>,
}

/// A pair with all that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Compared {
    /// The row of the table.
    pub row: Comparison,
    /// What the table does not hold.
    pub found: PairResult,
}

/// The scores of two systems on the same documents.
#[derive(Debug, Clone, Copy)]
pub struct PairScores<'a> {
    /// Corpus.
    pub corpus: &'a str,
    /// Metric.
    pub metric: &'a MetricRecipe,
    /// The systems.
    pub names: [&'a str; 2],
    /// Their scores; not a number where they do not count.
    pub scores: [&'a [f64]; 2],
}

impl<'a> Pairing<'a> {
    /// All pairs of systems of a run; of two or more named ones only those; of one named,
    /// it against all others. The oracle and people are in no pair but where they are
    /// named.
    ///
    /// # Errors
    /// Returns an error if two named systems do different things.
    pub fn within(run: &'a Run, named: &[String]) -> Result<Self, PairingError> {
        let layout = run.manifest.layout();
        let order: Vec<usize> = match named {
            [] | [_] => (0..layout.systems.len()).collect(),
            _ => {
                let places = |name: &String| {
                    let own = layout.systems.iter().enumerate();
                    let own = own.filter(|(_, system)| system.name == *name);
                    own.map(|(at, _)| at).collect::<Vec<_>>()
                };
                named.iter().flat_map(places).collect()
            }
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
                // a named one is the first of its pairs
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
        Ok(Self { families })
    }

    /// Each system of `a` against its namesake of `b`, only the named ones where there are
    /// any; of two named, the first of `a` against the second of `b`. Documents are paired
    /// by their digests.
    ///
    /// # Errors
    /// Returns an error if contents of corpora, budgets or signatures differ, or
    /// nothing is in common.
    pub fn between(
        a: &'a Run,
        b: &'a Run,
        named: &[String],
    ) -> Result<Self, PairingError> {
        let pairs = namesakes(a, b, named)?;
        let runs = format!("{} {}", a.manifest.run(), b.manifest.run());
        let mut families = Vec::new();
        let mut shares_corpus = false;
        let (layout, layout_there) = (a.manifest.layout(), b.manifest.layout());
        for (here, (corpus, scores)) in layout_corpora(a).enumerate() {
            let Some(other) = same_corpus(a, b, corpus)? else {
                continue;
            };
            shares_corpus = true;
            for &(system, _) in &pairs {
                let system = &a.manifest.systems[system];
                let budget = layout.budget(here, system.task);
                let there = layout_there.budget(other, system.task);
                if budget != there {
                    return Err(PairingError::Budget {
                        system: system.name.clone(),
                        here: budget,
                        there,
                        a: a.name(),
                        b: b.name(),
                    });
                }
            }
            let others = &b.observations.corpora[other];
            let places = others.places_of(scores);
            for (at, metric) in a.manifest.metrics.iter().enumerate() {
                let same = |other: &&MetricRecipe| other.name == metric.name;
                let Some(there) = b.manifest.metrics.iter().find(same) else {
                    continue;
                };
                comparable(metric, there)?;
                let number = |recipe: &MetricRecipe| {
                    b.manifest
                        .metrics
                        .iter()
                        .position(|other| other.name == recipe.name)
                };
                let Some(number) = number(there) else {
                    continue;
                };
                let of_task = pairs.iter().filter(|(system, _)| {
                    a.manifest.systems[*system].task == metric.task
                });
                let mut family = Family {
                    corpus,
                    metric,
                    budget: layout.budget(here, metric.task),
                    run: runs.clone(),
                    names: Vec::new(),
                    columns: Vec::new(),
                    pairs: Vec::new(),
                };
                for &(own, there) in of_task {
                    let column = others.column(number, there);
                    let moved = places.iter().map(|place| {
                        place
                            .and_then(|at| column.get(at).copied())
                            .unwrap_or(f64::NAN)
                    });
                    family
                        .pairs
                        .push((family.names.len(), family.names.len() + 1));
                    let name = |run: &Run, at: usize| {
                        format!("{} in {}", run.manifest.systems[at].name, run.name())
                    };
                    family.names.extend([name(a, own), name(b, there)]);
                    family
                        .columns
                        .extend([scores.column(at, own).to_vec(), moved.collect()]);
                }
                families.push(family);
            }
        }
        match (shares_corpus, families.is_empty()) {
            (false, _) => Err(PairingError::Nothing { what: "corpus" }),
            (true, true) => Err(PairingError::Nothing { what: "metric" }),
            (true, false) => Ok(Self { families }),
        }
    }

    /// Compares the pairs under the metrics that `wanted` takes by name; p-values are
    /// corrected within each corpus and metric.
    pub fn compare(
        &self,
        wanted: &dyn Fn(&str) -> bool,
        settings: ComparisonSettings,
    ) -> Vec<Compared> {
        let mut all = Vec::new();
        for family in self
            .families
            .iter()
            .filter(|family| wanted(&family.metric.name))
        {
            let columns: Vec<&[f64]> = family.columns.iter().map(Vec::as_slice).collect();
            let found = compare(&columns, &family.pairs, family.metric.better, settings);
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
        all
    }

    /// The scores of every pair.
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

fn layout_corpora(run: &Run) -> impl Iterator<Item = (&str, &super::CorpusScores)> {
    let names = run
        .manifest
        .corpora
        .iter()
        .map(|corpus| corpus.name.as_str());
    names.zip(&run.observations.corpora)
}

fn pairs(count: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..count).flat_map(move |a| (a + 1..count).map(move |b| (a, b)))
}

/// Where the corpus is in the other run; refused where its contents differ.
fn same_corpus(a: &Run, b: &Run, name: &str) -> Result<Option<usize>, PairingError> {
    let find = |run: &Run| {
        run.manifest
            .corpora
            .iter()
            .position(|corpus| corpus.name == name)
    };
    let Some((here, there)) = find(a).zip(find(b)) else {
        return Ok(None);
    };
    if a.manifest.corpora[here].blake3 != b.manifest.corpora[there].blake3 {
        let corpus = name.to_owned();
        return Err(PairingError::Corpus {
            corpus,
            a: a.name(),
            b: b.name(),
        });
    }
    Ok(Some(there))
}

/// Refuses a metric of another signature.
fn comparable(here: &MetricRecipe, there: &MetricRecipe) -> Result<(), PairingError> {
    let parse = |text: &str| text.parse::<Signature>().ok();
    match parse(&here.signature).zip(parse(&there.signature)) {
        Some((here, there)) => Ok(here.comparable(&there)?),
        None if here.signature == there.signature => Ok(()),
        None => Err(PairingError::Nothing {
            what: "readable signature",
        }),
    }
}

/// Pairs of systems of two runs, by their places, with equal tasks.
fn namesakes(
    a: &Run,
    b: &Run,
    named: &[String],
) -> Result<Vec<(usize, usize)>, PairingError> {
    let systems = |run: &'_ Run| run.manifest.systems.clone();
    let (own, other) = (systems(a), systems(b));
    let mut pairs = Vec::new();
    for (here, system) in own.iter().enumerate() {
        let partner = match named {
            [first, second] if system.name == *first => second,
            [_, _] => continue,
            [] if system.kind == SystemKind::Reference => continue,
            _ if named.is_empty() || named.contains(&system.name) => &system.name,
            _ => continue,
        };
        let same = |other: &&epitome_engine::run::SystemRecipe| {
            other.name == *partner && other.task == system.task
        };
        let Some(there) = other.iter().position(|other| same(&other)) else {
            continue;
        };
        pairs.push((here, there));
    }
    match pairs.is_empty() {
        true => Err(PairingError::Nothing { what: "system" }),
        false => Ok(pairs),
    }
}

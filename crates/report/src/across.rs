//! `across.csv`: systems ranked over all corpora of a run, or over its documents.

use std::path::Path;

use serde::{Deserialize, Serialize};

use epitome_engine::run::{Layout, MetricRecipe, RunManifest};
use epitome_metrics::{Better, Unit, within};
use epitome_stats::{
    Best, Bounds, Moments, PartialMean, PoissonBootstrap, Series, combined_interval,
    critical_difference, friedman, mean_ranks, places, standings,
};

use super::{
    across_columns::{Columns, groups, mean_of, part_of},
    comparison::ALPHA,
    observations::{Observations, ranked},
    same_documents::first_with_same,
    table_file::{self, TableError},
};

/// The systems of a run under one metric, ranked within blocks.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Across {
    /// Name of the metric.
    pub metric: String,
    /// Corpus whose documents are the blocks; `None` if the corpora are the blocks.
    pub corpus: Option<String>,
    /// Number of blocks.
    pub blocks: usize,
    /// Friedman's χ² and its p-value; `None` if undefined.
    pub friedman: Option<(f64, f64)>,
    /// Iman and Davenport's F and its p-value; F is `None` if it is infinite.
    pub iman_davenport: Option<(Option<f64>, f64)>,
    /// Nemenyi's critical difference: mean ranks farther apart differ at 5 %.
    pub critical_difference: f64,
    /// Systems, the best mean rank first.
    pub systems: Vec<AcrossStanding>,
}

/// A row of `across.csv`: a system of an [`Across`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AcrossStanding {
    /// Name of the metric.
    pub metric: String,
    /// Corpus whose documents are the blocks; `None` if the corpora are the blocks.
    pub corpus: Option<String>,
    /// Number of blocks.
    pub blocks: usize,
    /// Name of the system.
    pub system: String,
    /// Mean of its ranks in the blocks, 1 being the best.
    pub mean_rank: f64,
    /// Borda's points.
    pub borda: f64,
    /// Mean share of the other systems that it beats in a block.
    pub win_rate: Option<f64>,
    /// Best place in 95 % of the resamples, in which documents are drawn within corpora. On one
    /// corpus these are the resamples of the ranks of the leaderboard.
    pub place_low: Option<u32>,
    /// Worst place in these resamples.
    pub place_high: Option<u32>,
    /// Mean of its means over the corpora, each corpus with the same weight (macro average).
    #[serde(default)]
    pub mean: Option<f64>,
    /// Mean over the documents of all corpora, each document with the same weight (micro average).
    #[serde(default)]
    pub micro_mean: Option<f64>,
    /// Lower bound of the 95 % interval of `mean`.
    pub mean_low: Option<f64>,
    /// Upper bound of the 95 % interval of `mean`.
    pub mean_high: Option<f64>,
    /// Friedman's χ² of the blocks.
    pub chi_squared: Option<f64>,
    /// p-value of Iman and Davenport's F.
    pub p: Option<f64>,
    /// Nemenyi's critical difference.
    pub critical_difference: f64,
    /// Unit of the means.
    #[serde(default = "share")]
    pub unit: Unit,
    /// Budget as text, such as `3 sentences`.
    #[serde(default)]
    pub budget: String,
    /// The run, as in the leaderboard.
    #[serde(default)]
    pub run: String,
}

/// Returns the unit of rows that were written before the column `unit` existed.
fn share() -> Unit {
    Unit::Share
}

const FILE: &str = "across.csv";

/// Reads the rows of `across.csv` in `folder`; returns none if there is no such file.
///
/// # Errors
/// Returns an error if the file cannot be read.
pub fn read_across(folder: &Path) -> Result<Vec<AcrossStanding>, TableError> {
    table_file::read(&folder.join(FILE))
}

/// Writes `across.csv` into `folder`.
///
/// # Errors
/// Returns an error if the file cannot be written.
pub fn write_across(folder: &Path, all: &[Across]) -> Result<(), TableError> {
    let rows = all.iter().flat_map(|one| &one.systems);
    table_file::write::<AcrossStanding, _>(&folder.join(FILE), rows)
}

/// Returns the rankings of a run under every metric with a direction: with the documents of each
/// corpus as blocks, and with the corpora as blocks if there are several. A corpus under several
/// budgets is one block, since its documents are the same. Blocks in which a system
/// does not count are left out. Seed and resamples are those of the run, so that intervals are
/// equal to those of the leaderboard.
pub fn across(observations: &Observations, manifest: &RunManifest) -> Vec<Across> {
    let layout = manifest.layout();
    let first = first_with_same(&manifest.corpora);
    let mut all = Vec::new();
    for (at, metric) in manifest.metrics.iter().enumerate() {
        let systems = ranked(&layout, at);
        let sign = match metric.better {
            Better::Higher => 1.0,
            Better::Lower => -1.0,
            Better::Neither => continue,
        };

        let corpora: Vec<Columns> = (0..layout.corpora.len())
            .filter_map(|corpus| Columns::of(observations, corpus, at, &systems, sign))
            .map(|columns| Columns {
                documents_of: first[columns.corpus],
                ..columns
            })
            .collect();
        let ranking = Ranking {
            layout: &layout,
            manifest,
            metric,
            systems: &systems,
        };

        for columns in &corpora {
            let corpus = &layout.corpora[columns.corpus];
            all.extend(ranking.of(
                Some(corpus),
                &columns.documents(),
                std::slice::from_ref(columns),
                sign,
            ));
        }

        if corpora.len() > 1 {
            let blocks: Vec<Vec<f64>> = groups(&corpora)
                .iter()
                .map(|group| mean_of(group.iter().map(|columns| columns.means())))
                .collect();
            all.extend(ranking.of(None, &blocks, &corpora, sign));
        }
    }
    all
}

/// A metric of a run, and the systems that it ranks.
struct Ranking<'a> {
    layout: &'a Layout,
    manifest: &'a RunManifest,
    metric: &'a MetricRecipe,
    systems: &'a [usize],
}

impl Ranking<'_> {
    /// Ranks the systems within `blocks`, which are the documents of `corpus`, or the `corpora`.
    /// Returns `None` with fewer than two systems.
    fn of(
        &self,
        corpus: Option<&String>,
        blocks: &[Vec<f64>],
        corpora: &[Columns],
        sign: f64,
    ) -> Option<Across> {
        if self.systems.len() < 2 {
            return None;
        }

        let ranks = mean_ranks(blocks);
        let known: Vec<Vec<Option<f64>>> = blocks
            .iter()
            .map(|block| block.iter().copied().map(Some).collect())
            .collect();
        let points = standings(&known);

        let places = self.places(corpora);
        let averages = self.averages(corpora, sign);
        let test = friedman(blocks);
        let budget = self.budget(corpora);
        let run = self.manifest.run();
        let critical = critical_difference(self.systems.len(), blocks.len(), ALPHA);

        let mut systems: Vec<AcrossStanding> = (0..self.systems.len())
            .map(|at| {
                let Average {
                    mean,
                    micro_mean,
                    bounds,
                } = averages[at];
                AcrossStanding {
                    metric: self.metric.name.clone(),
                    corpus: corpus.cloned(),
                    blocks: blocks.len(),
                    system: self.layout.systems[self.systems[at]].name.clone(),
                    mean_rank: ranks[at],
                    borda: points[at].borda,
                    win_rate: points[at].win_rate,
                    place_low: places[at].map(|(low, _)| low),
                    place_high: places[at].map(|(_, high)| high),
                    mean,
                    micro_mean,
                    mean_low: bounds.map(|(low, _)| low),
                    mean_high: bounds.map(|(_, high)| high),
                    chi_squared: test.map(|test| test.chi_squared),
                    p: test.map(|test| test.f_p),
                    critical_difference: critical,
                    unit: self.metric.unit,
                    budget: budget.clone(),
                    run: run.clone(),
                }
            })
            .collect();
        systems.sort_by(|a, b| a.mean_rank.total_cmp(&b.mean_rank));

        Some(Across {
            metric: self.metric.name.clone(),
            corpus: corpus.cloned(),
            blocks: blocks.len(),
            friedman: test.map(|test| (test.chi_squared, test.p)),
            iman_davenport: test
                .map(|test| (Some(test.f).filter(|f| f.is_finite()), test.f_p)),
            critical_difference: critical,
            systems,
        })
    }
}

/// The averages of a system.
#[derive(Debug, Clone, Copy)]
struct Average {
    /// Mean over corpora.
    mean: Option<f64>,
    /// Mean over documents.
    micro_mean: Option<f64>,
    /// 95 % interval of `mean`.
    bounds: Option<Bounds>,
}

impl Ranking<'_> {
    /// Returns the budgets of the corpora as text, each once.
    fn budget(&self, corpora: &[Columns]) -> String {
        let mut budgets: Vec<String> = Vec::new();
        for columns in corpora {
            let budget = self.layout.budget(columns.corpus, self.metric.task);
            if !budgets.contains(&budget) {
                budgets.push(budget);
            }
        }
        budgets.join(", ")
    }

    /// Returns the range of places of each system in 95 % of the resamples. With one corpus they
    /// are the resamples of the ranks of the leaderboard; those of several corpora are independent,
    /// unless they are the same documents.
    fn places(&self, corpora: &[Columns]) -> Vec<Option<(u32, u32)>> {
        let RunManifest {
            seed, resamples, ..
        } = *self.manifest;
        let series: Vec<Vec<Series>> = corpora
            .iter()
            .map(|columns| {
                // the same documents have the same counts under every budget
                let bootstrap = match corpora.len() {
                    1 => PoissonBootstrap::new(seed, resamples),
                    _ => {
                        PoissonBootstrap::of_corpus(seed, columns.documents_of, resamples)
                    }
                };
                columns.series(bootstrap, resamples)
            })
            .collect();
        let borrowed: Vec<Vec<&Series>> = series
            .iter()
            .map(|corpus| corpus.iter().collect())
            .collect();
        places(&borrowed, Best::Highest, 0.95)
    }

    /// Returns the macro and the micro average of each system, over corpora and over documents.
    /// Without resamples there are no intervals.
    fn averages(&self, corpora: &[Columns], sign: f64) -> Vec<Average> {
        let ends = (self.metric.lowest, self.metric.highest);
        let of = |system: usize| {
            let moments: Vec<Moments> = corpora
                .iter()
                .map(|columns| {
                    Moments::of(columns.scores[system].iter().map(|score| sign * score))
                })
                .collect();
            let mut all = Moments::default();
            for corpus in &moments {
                all.merge(corpus);
            }

            let means = moments.iter().map(Moments::mean).sum::<Option<f64>>();
            let parts: Option<Vec<PartialMean>> = match corpora {
                // the interval of the leaderboard, to the last digit
                [_] => moments[0].interval(0.95).map(|found| {
                    let bounds = (found.low, found.high);
                    vec![PartialMean {
                        weight: 1.0,
                        mean: found.mean,
                        bounds,
                    }]
                }),
                several => groups(several)
                    .iter()
                    .map(|group| part_of(group, system, sign, several.len()))
                    .collect(),
            };
            Average {
                mean: means.map(|sum| sum / corpora.len() as f64),
                micro_mean: all.mean(),
                bounds: parts
                    .filter(|_| self.manifest.resamples > 0)
                    .filter(|_| !corpora.iter().any(|corpus| corpus.all_failed[system]))
                    .and_then(|parts| combined_interval(&parts))
                    .map(|bounds| within(ends, bounds)),
            }
        };
        (0..self.systems.len()).map(of).collect()
    }
}

//! The boards of a corpus for the documents of one language.

use std::num::NonZero;

use crate::{
    board::{Board, boards},
    compare::compare,
    comparison::{Circumstances, Comparison},
    leaderboard::{Leaderboard, Row},
    pair_result::{ComparisonSettings, SignificanceTest},
    tally::best,
};
use epitome_engine::run::{Layout, RunManifest, SystemKind};
use epitome_metrics::{Better, within};
use epitome_stats::{PoissonBootstrap, Series, places};

use super::gathered::Gathered;

/// A corpus of a run, and what is needed to compute its tables.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part<'a> {
    /// Manifest of the run.
    pub(super) manifest: &'a RunManifest,
    /// Index of the corpus in the run.
    pub(super) corpus: usize,
    /// Documents of the corpus.
    pub(super) gathered: &'a Gathered,
    /// Number of threads.
    pub(super) jobs: NonZero<usize>,
}

impl Part<'_> {
    /// Returns a board for each task of the documents in `language`. Metrics with a micro average
    /// are left out, since it cannot be computed from scores.
    pub(super) fn boards_in(self, language: &str) -> Vec<Board> {
        let chosen: Vec<usize> = (0..self.gathered.ids.len())
            .filter(|&at| self.gathered.languages[at] == language)
            .collect();

        let layout = self.manifest.layout();
        let (mut rows, mut comparisons) = (Vec::new(), Vec::new());
        for metric in 0..layout.metrics.len() {
            if layout.metrics[metric].is_micro() {
                continue;
            }

            let systems: Vec<usize> = (0..layout.systems.len())
                .filter(|&system| !self.gathered.scores[metric][system].is_empty())
                .collect();
            let columns: Vec<Vec<f64>> = systems
                .iter()
                .map(|&system| {
                    let scores = &self.gathered.scores[metric][system];
                    chosen.iter().map(|&at| scores[at]).collect()
                })
                .collect();

            rows.extend(self.rows(&layout, metric, &chosen, &systems, &columns));
            comparisons.extend(self.pairs(&layout, metric, &systems, &columns));
        }

        let mut leaderboard = Leaderboard {
            rows,
            ..Leaderboard::default()
        };
        leaderboard.add_shares();
        boards(&leaderboard, &comparisons, &self.manifest.metrics)
    }

    /// Returns the rows of the leaderboard for one metric; `columns` are the scores of `systems` on
    /// the `chosen` documents.
    fn rows(
        self,
        layout: &Layout,
        metric: usize,
        chosen: &[usize],
        systems: &[usize],
        columns: &[Vec<f64>],
    ) -> Vec<Row> {
        let RunManifest {
            seed,
            resamples,
            metrics,
            ..
        } = self.manifest;

        let mut bootstrap = PoissonBootstrap::new(*seed, *resamples);
        let mut series: Vec<Series> =
            systems.iter().map(|_| Series::new(*resamples)).collect();
        for (row, &document) in chosen.iter().enumerate() {
            let weights = bootstrap.weights(&self.gathered.ids[document]);
            for (series, column) in series.iter_mut().zip(columns) {
                if !column[row].is_nan() {
                    series.add(column[row], weights);
                }
            }
        }

        let recipe = &metrics[metric];
        let ranked: Vec<&Series> = series
            .iter()
            .zip(systems)
            .filter(|(_, system)| layout.systems[**system].kind == SystemKind::System)
            .map(|(series, _)| series)
            .collect();
        let mut ranks = places(&[ranked], best(recipe.better), 0.95).into_iter();
        let row = |(at, &system): (usize, &usize)| {
            // one document has no spread, and ranks are as sure as it
            let has_spread = series[at].count() > 1;
            let interval = series[at]
                .interval(0.95)
                .filter(|_| has_spread)
                .map(|it| within((recipe.lowest, recipe.highest), (it.low, it.high)));
            let rank = match layout.systems[system].kind {
                SystemKind::System => ranks.next().flatten(),
                SystemKind::Reference => None,
            };
            let rank = rank.filter(|_| has_spread && recipe.better != Better::Neither);
            let lengths = chosen
                .iter()
                .filter_map(|&at| self.gathered.lengths[system][at]);
            let (count, sum) = lengths.fold((0_u32, 0.0), |(n, sum), words| {
                (n + 1, sum + f64::from(words))
            });
            let scored = |row: usize| {
                recipe.better == Better::Neither || !columns[at][row].is_nan()
            };
            let failed = chosen.iter().enumerate().filter(|&(row, &document)| {
                self.gathered.failed[system][document] && scored(row)
            });
            Row {
                corpus: layout.corpora[self.corpus].clone(),
                system: layout.systems[system].name.clone(),
                kind: layout.systems[system].kind,
                metric: recipe.name.clone(),
                signature: recipe.signature.clone(),
                mean: series[at].mean(),
                ci_low: interval.map(|(low, _)| low),
                ci_high: interval.map(|(_, high)| high),
                n: series[at].count(),
                failed: failed.count() as u64,
                words: (count > 0).then(|| sum / f64::from(count)),
                rank_low: rank.map(|(low, _)| low),
                rank_high: rank.map(|(_, high)| high),
                share_of_oracle: None,
                docs_per_s: None,
                run: self.manifest.run(),
                budget: layout.budget(self.corpus, layout.systems[system].task),
                unit: recipe.unit,
                total_docs_per_s: None,
                learnt_on: None,
            }
        };
        systems.iter().enumerate().map(row).collect()
    }

    /// Compares all pairs of systems by one metric; `columns` are the scores of `systems`.
    fn pairs(
        self,
        layout: &Layout,
        metric: usize,
        systems: &[usize],
        columns: &[Vec<f64>],
    ) -> Vec<Comparison> {
        let recipe = &self.manifest.metrics[metric];
        let slices: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
        let ranked: Vec<usize> = (0..systems.len())
            .filter(|&at| layout.systems[systems[at]].kind == SystemKind::System)
            .collect();
        let pairs: Vec<(usize, usize)> = (0..ranked.len())
            .flat_map(|a| (a + 1..ranked.len()).map(move |b| (a, b)))
            .map(|(a, b)| (ranked[a], ranked[b]))
            .collect();

        let settings = ComparisonSettings {
            test: SignificanceTest::Randomisation,
            seed: self.manifest.seed,
            resamples: ComparisonSettings::RESAMPLES,
            jobs: self.jobs,
        };

        let name = |at: usize| layout.systems[systems[at]].name.clone();
        let budget = &layout.budget(self.corpus, recipe.task);
        let under = Circumstances {
            corpus: &layout.corpora[self.corpus],
            metric: recipe,
            budget,
            run: &self.manifest.run(),
        };
        compare(&slices, &pairs, recipe.better, settings)
            .iter()
            .map(|found| {
                let names = [name(found.pair.0), name(found.pair.1)];
                Comparison::of(under, names, found)
            })
            .collect()
    }
}

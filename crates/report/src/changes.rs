//! Robustness: changes of scores between a corpus and perturbations of it in the same run.

use std::num::NonZero;

use epitome_engine::run::{CorpusRecipe, RunManifest};
use epitome_metrics::Unit;

use super::{
    board::Board,
    change::Change,
    compare::compare,
    grid::{Explained, Grid, GridCell, Part},
    line::BoardLine,
    pair_result::{ComparisonSettings, SignificanceTest},
    terminal::BEST,
    unit,
};

/// Returns the index of the corpus of which the corpus `at` is a perturbation, and the name of the
/// perturbation; `None` if there is no such corpus in the run. It is the corpus whose address is
/// the same without the last perturbations (`news.jsonl` for `news.jsonl +shuffled`), or whose name
/// is the beginning (`news` for `news+shuffled`).
fn perturbation_of(corpora: &[CorpusRecipe], at: usize) -> Option<(usize, String)> {
    let derived = &corpora[at];
    let corpora = corpora.iter().enumerate();
    let of_same_length = corpora
        .filter(|(_, base)| (base.budget, base.limit) == (derived.budget, derived.limit));

    let found = of_same_length.filter_map(|(base, recipe)| {
        let named = || {
            derived
                .name
                .strip_prefix(recipe.name.as_str())?
                .strip_prefix('+')
        };
        let perturbation = derived.address.perturbations_from(&recipe.address);
        Some((base, perturbation.or_else(|| named().map(str::to_owned))?))
    });
    // of several, the one with the fewest perturbations is farthest away
    found.max_by_key(|(_, perturbation)| perturbation.len())
}

/// Sets the changes of scores in the boards of a run. `scores` returns the scores by document for
/// the indices of a corpus, metric and system in the layout of the run; a document and its
/// perturbation must have the same index.
pub(super) fn add_changes<'a>(
    boards: &mut [Board],
    manifest: &RunManifest,
    scores: &dyn Fn(usize, usize, usize) -> &'a [f64],
    jobs: NonZero<usize>,
) {
    let layout = manifest.layout();
    let settings = ComparisonSettings {
        test: SignificanceTest::Wilcoxon, // the only test without random numbers; p is not used
        seed: manifest.seed,
        resamples: 0,
        jobs,
    };
    for board in boards {
        let at = layout.corpora.iter().position(|name| *name == board.corpus);
        let Some((corpus, (base, perturbation))) =
            at.and_then(|at| Some((at, perturbation_of(&manifest.corpora, at)?)))
        else {
            continue;
        };

        // a board with systems that the run does not have has no pairs
        let systems: Option<Vec<usize>> = board
            .lines
            .iter()
            .map(|line| {
                layout.systems.iter().position(|system| {
                    system.name == line.system && system.task == board.task
                })
            })
            .collect();
        let Some(systems) = systems else { continue };

        for (column, recipe) in board.metrics.iter().enumerate() {
            let Some(metric) = layout
                .metrics
                .iter()
                .position(|metric| metric.name == recipe.name)
            else {
                continue;
            };

            let of = |corpus| {
                systems
                    .iter()
                    .map(move |&system| scores(corpus, metric, system))
            };
            let columns: Vec<&[f64]> = of(corpus).chain(of(base)).collect();
            if columns.iter().any(|other| other.len() != columns[0].len()) {
                continue;
            }

            let pairs: Vec<(usize, usize)> = (0..systems.len())
                .map(|at| (at, at + systems.len()))
                .collect();
            for found in compare(&columns, &pairs, recipe.better, settings) {
                board.lines[found.pair.0].scores[column].change = Some(Change {
                    from: layout.corpora[base].clone(),
                    perturbation: perturbation.clone(),
                    difference: found.difference,
                    ci_low: found.interval.map(|(low, _)| low),
                    ci_high: found.interval.map(|(_, high)| high),
                });
            }
        }
    }
}

/// Returns a table for each corpus, task and metric with perturbations: the systems with their
/// score and its change on each perturbation. Changes whose interval does not contain zero are
/// marked.
pub(super) fn grids(boards: &[Board]) -> Vec<Grid> {
    let mut grids = Vec::new();
    for base in boards {
        for column in 0..base.metrics.len() {
            let perturbations: Vec<&Board> = boards
                .iter()
                .filter(|other| is_perturbed(other, base, column))
                .collect();
            if !perturbations.is_empty() {
                grids.push(grid(base, column, &perturbations));
            }
        }
    }
    grids
}

/// Returns whether a board is of a perturbation of the corpus of `base`, by the metric with an
/// index.
fn is_perturbed(other: &Board, base: &Board, column: usize) -> bool {
    other.task == base.task
        && other.metrics == base.metrics
        && other.lines.iter().any(|line| {
            let change = line
                .scores
                .get(column)
                .and_then(|scored| scored.change.as_ref());
            change.is_some_and(|change| change.from == base.corpus)
        })
}

/// Returns the table of a corpus, of the metric with an index.
fn grid(base: &Board, column: usize, perturbations: &[&Board]) -> Grid {
    let name = |board: &&Board| {
        let changes = board
            .lines
            .iter()
            .filter_map(|line| line.scores[column].change.as_ref());
        changes
            .map(|change| change.perturbation.clone())
            .next()
            .unwrap_or_default()
    };
    let metric = &base.metrics[column];
    let unit = metric.unit;
    let symbol = unit::symbol(unit);

    let header = ["system".to_owned(), format!("{}, {symbol}", metric.name)];
    let header = header.into_iter().chain(perturbations.iter().map(name));

    let row = |line: &BoardLine| {
        let mean = line.scores[column].mean.map(|mean| unit::value(unit, mean));
        let changes = perturbations.iter().map(|perturbation| {
            let found = perturbation
                .lines
                .iter()
                .find(|other| other.system == line.system);
            let change = found.and_then(|other| other.scores[column].change.as_ref());
            change.map_or_else(GridCell::default, |change| cell(change, unit))
        });
        [
            GridCell::text(&line.system),
            GridCell::text(mean.unwrap_or_default()),
        ]
        .into_iter()
        .chain(changes)
        .collect()
    };

    let about = format!(
        "change of the score on perturbed texts, in {}",
        unit::symbol_of_differences(unit)
    );
    let caption = [
        base.corpus.as_str(),
        &base.budget,
        &metric.name,
        about.as_str(),
    ]
    .join(", ");

    Grid {
        caption,
        header: header.collect(),
        legend: vec![Explained::new(
            Part::Table,
            format!("{BEST}: 0 is outside the 95 % interval, which is in brackets"),
        )],
        dispensable: (2..2 + perturbations.len())
            .rev()
            .map(Part::Column)
            .collect(),
        words: 1,
        rows: base.lines.iter().map(row).collect(),
        ..Grid::default()
    }
}

/// Returns the cell of a change with its interval.
fn cell(change: &Change, unit: Unit) -> GridCell {
    let difference = unit::difference(unit, change.difference);
    let interval = change.ci_low.zip(change.ci_high);
    let text = interval.map_or_else(
        || difference.clone(),
        |bounds| format!("{difference} ({})", unit::differences(unit, bounds)),
    );
    let is_sure = interval.is_some_and(|(low, high)| low * high > 0.0);
    GridCell {
        best: is_sure,
        ..GridCell::text(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::tests::example;
    use epitome_corpora::{Address, Place, Subset};
    use epitome_engine::{
        learnt::LearntDocuments,
        run::{Allowance, MetricRecipe, ReferenceLetters, SystemRecipe},
    };
    use epitome_systems::rank::Budget;

    /// `origin` is a path and ` +perturbation …`.
    fn corpus(name: &str, origin: &str) -> CorpusRecipe {
        let mut parts = origin.split(" +").map(str::to_owned);
        let place = Place::Path(parts.next().unwrap());
        let (subset, perturbations) = (Subset::default(), parts.collect());
        CorpusRecipe {
            name: name.to_owned(),
            origin: origin.to_owned(),
            address: Address {
                subset,
                perturbations,
                ..Address::of(name, place)
            },
            blake3: String::new(),
            letters: ReferenceLetters::default(),
            learnt: LearntDocuments::default(),
            budget: None,
            limit: None,
        }
    }

    #[test]
    fn a_perturbation_is_found_by_its_address_or_its_name() {
        let corpora = [
            corpus("news", "news.jsonl"),
            corpus("news-shuffled", "news.jsonl +shuffled"),
            corpus("both", "news.jsonl +shuffled +doubled"),
            corpus("news+cut", "elsewhere.jsonl"),
            corpus("newsroom", "newsroom.jsonl"),
        ];
        let perturbations: Vec<_> =
            (0..5).map(|at| perturbation_of(&corpora, at)).collect();
        let perturbation = |name: &str| Some((0, name.to_owned()));
        assert_eq!(
            perturbations,
            [
                None,
                perturbation("shuffled"),
                perturbation("shuffled +doubled"),
                perturbation("cut"),
                None
            ]
        );
    }

    fn manifest(metrics: Vec<MetricRecipe>) -> RunManifest {
        let json = r#"{"format":2,"epitome":"","rustc":"","git":null,"cpu":null,"cores":1,"os":"",
            "argv":[],"start":"","end":null,"complete":true,"jobs":1,"seed":0,"resamples":0,
            "systems":[],"metrics":[],"corpora":[],"analysis":[]}"#;
        let system = |name: &str| SystemRecipe {
            name: name.to_owned(),
            task: metrics[0].task,
            budget: Allowance::Summary(Budget::Sentences(3)),
            kind: epitome_engine::run::SystemKind::System,
            document_frequencies: "none".to_owned(),
            version: None,
            command: None,
            isolation: None,
        };

        RunManifest {
            systems: vec![system("random"), system("lead")],
            corpora: vec![
                corpus("two", "two"),
                corpus("two-shuffled", "two +shuffled"),
            ],
            metrics,
            ..serde_json::from_str(json).unwrap()
        }
    }

    #[test]
    fn changes_are_in_columns_after_the_score() {
        let base = example().remove(0);
        let changed = Board {
            corpus: "two-shuffled".to_owned(),
            ..base.clone()
        };

        let manifest = manifest(base.metrics.clone());
        let mut boards = vec![base, changed];
        // lead loses 10 points on every document, random nothing on average
        let same = [0.2, 0.3, 0.2, 0.3];
        let other = [0.3, 0.2, 0.3, 0.2];
        let high = [0.3, 0.4, 0.3, 0.4];
        let scores = |corpus: usize, _: usize, system: usize| -> &[f64] {
            match (corpus, system) {
                (0, 0) => &other,
                (0, _) => &high,
                _ => &same,
            }
        };

        add_changes(&mut boards, &manifest, &scores, NonZero::<usize>::MIN);
        assert!(
            boards[0]
                .lines
                .iter()
                .all(|line| line.scores[0].change.is_none())
        );

        let found = grids(&boards);
        assert_eq!(found.len(), 2, "one a metric");
        assert_eq!(found[0].header, ["system", "rouge-1, %", "shuffled"]);
        assert!(found[0].caption.starts_with("two, 3 sentences, rouge-1, "));
        let lead = &found[0].rows[0];
        assert_eq!(
            (lead[0].text.as_str(), lead[1].text.as_str()),
            ("lead", "30.80")
        );

        assert!(lead[2].text.starts_with("−10.00"), "{}", lead[2].text);
        assert!(found[0].rows[1][2].text.starts_with("0.00"));
        assert!(!found[0].rows[1][2].best);
    }
}

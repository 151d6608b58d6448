//! The macro and micro averages over corpora as tables.

use super::{
    across::AcrossStanding,
    board::Board,
    grid::{Explained, Grid, GridCell, Part},
    line::LEARNT,
    same_documents::SameDocuments,
    unit,
};

/// How many corpora a metric was averaged over.
#[derive(Debug, Clone, Copy)]
pub(super) struct CorporaCount {
    /// The number of corpora; those that are the same documents under several budgets are one.
    different: usize,
    /// The number of corpora, each under each of its budgets.
    planned: usize,
}

/// Returns how many corpora a metric was averaged over, of which some are the `same` documents.
pub(super) fn corpora_of(
    rows: &[AcrossStanding],
    metric: &str,
    same: &SameDocuments,
) -> CorporaCount {
    let own = rows.iter().filter(|row| row.metric == metric);
    let mut names: Vec<&str> = own.filter_map(|row| row.corpus.as_deref()).collect();
    names.dedup();
    CorporaCount {
        planned: names.len(),
        different: same.count(names),
    }
}

/// Returns the macro and micro averages over several corpora as a table for each metric; none if
/// there is one corpus. Corpora that are the `same` documents are counted once. Systems that the
/// boards of the corpora say were learnt on one of them are marked.
pub(super) fn averages_grids(
    boards: &[Board],
    rows: &[AcrossStanding],
    same: &SameDocuments,
) -> Vec<Grid> {
    let lines = boards.iter().flat_map(|board| &board.lines);
    let learnt = lines.filter(|line| line.learnt_on.is_some());
    let mut learnt: Vec<&str> = learnt.map(|line| line.system.as_str()).collect();
    learnt.sort_unstable();
    learnt.dedup();

    let over: Vec<&AcrossStanding> =
        rows.iter().filter(|row| row.corpus.is_none()).collect();
    let metrics = over.chunk_by(|a, b| a.metric == b.metric);
    let grid = |of_metric: &[&AcrossStanding]| {
        let corpora = corpora_of(rows, &of_metric[0].metric, same);
        averages_grid(of_metric, corpora, &learnt)
    };
    metrics.map(grid).collect()
}

/// Returns the name of the blocks of a ranking over `corpora`, with their budgets: `3 corpora, 3
/// sentences`, or `2 corpora under several budgets (1 sentence, 50 words)`.
pub(super) fn blocks_name(row: &AcrossStanding, corpora: CorporaCount) -> String {
    let budget = &row.budget;
    let CorporaCount { different, planned } = corpora;
    let noun = if different == 1 { "corpus" } else { "corpora" };
    match planned > different {
        true => format!("{different} {noun} under several budgets ({budget})"),
        false => format!("{different} {noun}, {budget}"),
    }
}

/// Returns the table of the averages over `corpora` by one metric. The `learnt` systems are
/// marked; their names are sorted.
fn averages_grid(
    rows: &[&AcrossStanding],
    corpora: CorporaCount,
    learnt: &[&str],
) -> Grid {
    let AcrossStanding { unit, metric, .. } = rows[0];
    let header = ["system", "macro", "95 % interval", "micro", "mean rank"];

    let is_learnt = |system: &str| learnt.binary_search(&system).is_ok();
    let number = |value: Option<f64>| value.map(|value| unit::value(*unit, value));
    let row = |row: &&AcrossStanding| {
        let interval = row.mean_low.zip(row.mean_high);
        let interval = interval.map(|bounds| unit::range(*unit, bounds));
        vec![
            GridCell::text(match is_learnt(&row.system) {
                true => format!("{}{LEARNT}", row.system),
                false => row.system.clone(),
            }),
            GridCell::text(number(row.mean).unwrap_or_default()),
            GridCell::text(interval.unwrap_or_default()),
            GridCell::text(number(row.micro_mean).unwrap_or_default()),
            GridCell::text(format!("{:.2}", row.mean_rank)),
        ]
    };

    let symbol = unit::symbol(*unit);
    let (each, by) = match corpora.planned > corpora.different {
        true => (
            " under each of its budgets",
            ", by its mean over the budgets",
        ),
        false => ("", ""),
    };
    let explained = [
        (Part::Table, "the best mean rank first".to_owned()),
        (
            Part::Column(1),
            format!("macro: every corpus{each} has the same weight"),
        ),
        (
            Part::Column(2),
            "95 % interval: of macro, for other documents of these corpora, not for other corpora"
                .to_owned(),
        ),
        (
            Part::Column(3),
            format!("micro: every document{each} has the same weight"),
        ),
        (
            Part::Column(4),
            format!("mean rank: mean of the ranks on every corpus{by}"),
        ),
    ];

    let learnt_note = rows.iter().any(|row| is_learnt(&row.system)).then(|| {
        format!("{LEARNT} was learnt on documents of these corpora: this is no average on unseen texts")
    });
    Grid {
        label: format!("corpora-{metric}"),
        notes: learnt_note.into_iter().collect(),
        caption: format!("{}, {metric}, {symbol}", blocks_name(rows[0], corpora)),
        header: header.map(|title: &str| title.to_owned()).to_vec(),
        words: 1,
        rows: rows.iter().map(row).collect(),
        legend: explained
            .map(|(part, text)| Explained::new(part, text))
            .to_vec(),
        dispensable: [4, 3, 2].map(Part::Column).to_vec(),
        ..Grid::default()
    }
}

//! Which systems are not shown to differ from the best one, and by which test.

use epitome_metrics::Better;
use epitome_report::{ALPHA, AcrossStanding, Comparison, Row};

use super::places::{is_better, takes_part};

/// What a test says of a system beside the best one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Mark {
    /// No system is better.
    Best,
    /// It is not shown to differ from the best.
    Near,
    /// It is shown to be worse than the best.
    Behind,
    /// It was not compared with the best.
    Unknown,
}

impl Mark {
    /// Returns whether the system belongs to the best group.
    pub(super) fn is_in_best_group(self) -> bool {
        matches!(self, Self::Best | Self::Near)
    }
}

/// The test that marks come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Test {
    /// The paired test of every system with the best one by mean, Holm-corrected over all pairs.
    Paired,
    /// Nemenyi's critical difference of mean ranks over documents, from the best mean rank.
    Nemenyi,
    /// Nothing was kept that says it.
    Untested,
}

impl Test {
    /// Returns the test as a sentence fragment.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Paired => {
                "paired test with the system of the best mean, Holm-corrected over all pairs, at 5 %"
            }
            Self::Nemenyi => {
                "Nemenyi's critical difference from the best mean rank over documents, at 5 %: comparisons of pairs were not kept"
            }
            Self::Untested => "no comparison was kept",
        }
    }
}

/// Returns the marks of `rows`, which are of one corpus, budget and metric, and the test that they
/// come from. References, and systems all of whose outputs failed, are `Unknown`; so is everything
/// under a metric without direction, or beside no other system.
pub(super) fn marks(
    better: Better,
    rows: &[&Row],
    comparisons: &[Comparison],
    standings: &[AcrossStanding],
) -> (Vec<Mark>, Test) {
    let untested = (vec![Mark::Unknown; rows.len()], Test::Untested);
    let players = rows.iter().filter(|row| takes_part(row)).count();
    if better == Better::Neither || players < 2 {
        return untested;
    }

    paired(better, rows, comparisons)
        .map(|marks| (marks, Test::Paired))
        .or_else(|| by_ranks(rows, standings).map(|marks| (marks, Test::Nemenyi)))
        .unwrap_or(untested)
}

/// Returns the marks by comparisons with the system of the best mean; `None` if there are none.
/// Of equal means the first is the best.
fn paired(
    better: Better,
    rows: &[&Row],
    comparisons: &[Comparison],
) -> Option<Vec<Mark>> {
    let players = rows.iter().filter(|row| takes_part(row));
    let best = players.reduce(|best, row| {
        let pair = row.mean.zip(best.mean);
        match pair.is_some_and(|(own, best)| is_better(better, own, best)) {
            true => row,
            false => best,
        }
    })?;

    let with_best = comparisons.iter().filter(|it| {
        it.corpus == best.corpus
            && it.metric == best.metric
            && (it.budget.is_empty() || it.budget == best.budget)
            && (it.a == best.system || it.b == best.system)
    });
    let with_best: Vec<&Comparison> = with_best.collect();
    if with_best.is_empty() {
        return None;
    }

    let mark = |row: &&Row| {
        if !takes_part(row) {
            return Mark::Unknown;
        }
        if row.system == best.system {
            return Mark::Best;
        }
        let found = with_best
            .iter()
            .find(|it| it.a == row.system || it.b == row.system);
        match found {
            Some(it) if it.p_holm < ALPHA => Mark::Behind,
            Some(_) => Mark::Near,
            None => Mark::Unknown,
        }
    };
    Some(rows.iter().map(mark).collect())
}

/// Returns the marks by mean ranks over documents; `None` if there are none.
fn by_ranks(rows: &[&Row], standings: &[AcrossStanding]) -> Option<Vec<Mark>> {
    let first = rows.first()?;
    let own = standings.iter().filter(|it| {
        it.corpus.as_ref() == Some(&first.corpus)
            && it.metric == first.metric
            && (it.budget.is_empty() || it.budget == first.budget)
    });
    let own: Vec<&AcrossStanding> = own.collect();
    let best = own
        .iter()
        .min_by(|a, b| a.mean_rank.total_cmp(&b.mean_rank))?;
    let differ = best.p.is_none_or(|p| p < ALPHA);

    let mark = |row: &&Row| {
        let found = own.iter().find(|it| it.system == row.system);
        match found.filter(|_| takes_part(row)) {
            None => Mark::Unknown,
            Some(it) if it.system == best.system => Mark::Best,
            Some(it)
                if differ && it.mean_rank - best.mean_rank > it.critical_difference =>
            {
                Mark::Behind
            }
            Some(_) => Mark::Near,
        }
    };
    Some(rows.iter().map(mark).collect())
}

#[cfg(test)]
mod tests {
    use epitome_engine::run::SystemKind;
    use epitome_metrics::Unit;

    use super::*;

    fn row(system: &str, mean: f64) -> Row {
        Row {
            corpus: "news".to_owned(),
            system: system.to_owned(),
            metric: "rouge-1".to_owned(),
            signature: "rouge-1|v:1".to_owned(),
            mean: Some(mean),
            ci_low: None,
            ci_high: None,
            n: 9,
            failed: 0,
            words: None,
            rank_low: None,
            rank_high: None,
            share_of_oracle: None,
            docs_per_s: None,
            kind: SystemKind::System,
            run: String::new(),
            budget: "3 sentences".to_owned(),
            unit: Unit::Share,
            total_docs_per_s: None,
            learnt_on: None,
        }
    }

    fn pair(a: &str, b: &str, p_holm: f64) -> Comparison {
        Comparison {
            corpus: "news".to_owned(),
            metric: "rouge-1".to_owned(),
            a: a.to_owned(),
            b: b.to_owned(),
            difference: 0.1,
            ci_low: None,
            ci_high: None,
            p: p_holm,
            p_holm,
            effect: None,
            wins: 5,
            ties: 0,
            losses: 4,
            test: String::new(),
            note: None,
            unit: Unit::Share,
            budget: "3 sentences".to_owned(),
            run: String::new(),
        }
    }

    #[test]
    fn pairs_with_the_best_say_who_is_near_it() {
        let rows = [
            row("tail", 0.1),
            row("lead", 0.3),
            row("mine", 0.2),
            row("new", 0.1),
        ];
        let oracle = Row {
            kind: SystemKind::Reference,
            ..row("oracle", 0.9)
        };
        let rows: Vec<&Row> = rows.iter().chain([&oracle]).collect();
        let pairs = [
            pair("tail", "lead", 0.01),
            pair("lead", "mine", 0.3),
            pair("tail", "new", 0.5),
        ];
        let (found, test) = marks(Better::Higher, &rows, &pairs, &[]);
        let wanted = [
            Mark::Behind,
            Mark::Best,
            Mark::Near,
            Mark::Unknown,
            Mark::Unknown,
        ];
        assert_eq!((found.as_slice(), test), (wanted.as_slice(), Test::Paired));

        // where less is better, another one is the best, and its pairs count
        let (found, _) = marks(Better::Lower, &rows, &pairs, &[]);
        let wanted = [
            Mark::Best,
            Mark::Behind,
            Mark::Unknown,
            Mark::Near,
            Mark::Unknown,
        ];
        assert_eq!(found, wanted);
    }

    #[test]
    fn without_pairs_mean_ranks_decide_and_without_both_nothing_does() {
        let rows = [row("lead", 0.3), row("tail", 0.1)];
        let rows: Vec<&Row> = rows.iter().collect();
        let standing = |system: &str, mean_rank: f64| AcrossStanding {
            metric: "rouge-1".to_owned(),
            corpus: Some("news".to_owned()),
            blocks: 9,
            system: system.to_owned(),
            mean_rank,
            borda: 0.0,
            win_rate: None,
            place_low: None,
            place_high: None,
            mean: None,
            micro_mean: None,
            mean_low: None,
            mean_high: None,
            chi_squared: None,
            p: Some(0.01),
            critical_difference: 0.5,
            unit: Unit::Share,
            budget: "3 sentences".to_owned(),
            run: String::new(),
        };
        let far = [standing("lead", 1.2), standing("tail", 1.8)];
        let (found, test) = marks(Better::Higher, &rows, &[], &far);
        assert_eq!(
            (found, test),
            (vec![Mark::Best, Mark::Behind], Test::Nemenyi)
        );
        let close = [standing("lead", 1.4), standing("tail", 1.6)];
        let (found, _) = marks(Better::Higher, &rows, &[], &close);
        assert_eq!(found, [Mark::Best, Mark::Near]);

        let (found, test) = marks(Better::Higher, &rows, &[], &[]);
        assert_eq!((found, test), (vec![Mark::Unknown; 2], Test::Untested));
    }
}

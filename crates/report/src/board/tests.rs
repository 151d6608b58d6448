//! Tests of `board`.

use super::*;
use crate::comparison::tests::comparison;
use epitome_metrics::{Average, Unit};

pub(crate) fn metric(name: &str, task: Task) -> MetricRecipe {
    MetricRecipe {
        name: name.to_owned(),
        signature: format!("{name}|v:1"),
        task,
        better: Better::Higher,
        unit: Unit::Share,
        average: Average::Macro,
        statistics: Vec::new(),
        lowest: Some(0.0),
        highest: Some(1.0),
        added: false,
        version: None,
        command: None,
        isolation: None,
    }
}

fn row(system: &str, metric: &str, mean: f64) -> Row {
    Row {
        corpus: "two".to_owned(),
        system: system.to_owned(),
        kind: SystemKind::System,
        metric: metric.to_owned(),
        signature: format!("{metric}|v:1"),
        mean: Some(mean),
        ci_low: Some(mean - 0.01),
        ci_high: Some(mean + 0.02),
        n: 2,
        failed: 0,
        words: Some(61.25),
        rank_low: None,
        rank_high: None,
        share_of_oracle: None,
        docs_per_s: (system == "lead").then_some(1_234_567.0),
        run: "0123456789".to_owned(),
        budget: "3 sentences".to_owned(),
        unit: Unit::Share,
        total_docs_per_s: (system == "lead").then_some(4_321.0),
        learnt_on: None,
    }
}

/// Returns a board of two systems with two metrics of summaries, and one with a metric of
/// keyphrases.
pub(crate) fn example() -> Vec<Board> {
    let rows = vec![
        row("random", "rouge-1", 0.2144),
        row("lead", "rouge-1", 0.308),
        row("random", "rouge-2", 0.05),
        row("lead", "rouge-2", 0.1236),
        row("text-rank", "keyphrase-map", 0.2),
    ];
    let metrics = [
        metric("rouge-1", Task::Summaries),
        metric("rouge-2", Task::Summaries),
        metric("keyphrase-map", Task::Keyphrases),
    ];
    boards(
        &Leaderboard {
            rows,
            ..Leaderboard::default()
        },
        &[comparison("random", "lead", 0.01)],
        &metrics,
    )
}

#[test]
fn the_best_comes_first_with_the_first_letter_and_tasks_are_apart() {
    let [summaries, keyphrases] = &example()[..] else {
        panic!()
    };
    let lead = &summaries.lines[0];
    assert_eq!(lead.system, "lead");
    assert!(lead.scores[0].best && lead.scores[1].best);
    let letters = |line: &BoardLine| line.scores[0].letters.clone().unwrap();
    assert_eq!(
        (
            letters(lead).as_str(),
            letters(&summaries.lines[1]).as_str()
        ),
        ("a", "b")
    );
    assert_eq!(lead.scores[1].letters, None, "not compared");
    assert_eq!(keyphrases.lines.len(), 1);
}

#[test]
fn low_is_best_where_less_is_better() {
    let rows = vec![
        row("lead", "redundancy", 0.3),
        row("tail", "redundancy", 0.1),
    ];
    let lower = MetricRecipe {
        better: Better::Lower,
        ..metric("redundancy", Task::Summaries)
    };
    let board = &boards(
        &Leaderboard {
            rows,
            ..Leaderboard::default()
        },
        &[],
        &[lower],
    )[0];
    assert_eq!(board.lines[0].system, "tail");
    assert!(board.lines[0].scores[0].best && !board.lines[1].scores[0].best);
}

#[test]
fn a_system_that_failed_throughout_has_no_letter_and_is_not_best() {
    let failing = |system: &str, n| Row {
        n,
        failed: 2,
        ..row(system, "rouge-1", 0.0)
    };
    let rows = vec![
        row("lead", "rouge-1", 0.0),
        failing("gpt", 2),
        failing("half", 4),
    ];
    let comparisons = [
        comparison("lead", "gpt", 0.2),
        comparison("lead", "half", 0.2),
        comparison("gpt", "half", 0.2),
    ];
    let metrics = [metric("rouge-1", Task::Summaries)];
    let leaderboard = Leaderboard {
        rows,
        ..Leaderboard::default()
    };

    let board = &boards(&leaderboard, &comparisons, &metrics)[0];
    let marks = board.lines.iter().map(|line| {
        let scored = &line.scores[0];
        let letters = scored.letters.as_deref().unwrap_or_default();
        (
            line.system.as_str(),
            scored.best,
            letters,
            scored.all_failed,
        )
    });
    let wanted = [
        ("lead", true, "a", None),
        ("gpt", false, "", Some(2)),
        ("half", true, "a", None),
    ];
    assert_eq!(marks.collect::<Vec<_>>(), wanted);
    let verdict = board.verdict.as_deref().unwrap();
    assert!(!verdict.contains("gpt"), "{verdict}");
    let scored = &board.lines[1].scores[0];
    assert_eq!((scored.ci_low, scored.ci_high), (None, None));
}

#[test]
fn failures_outside_of_n_are_all_if_nothing_is_in_n() {
    let unbounded = MetricRecipe {
        better: Better::Neither,
        ..metric("words", Task::Summaries)
    };
    let of = |n, failed| {
        let row = Row {
            n,
            failed,
            ..row("gpt", "words", 0.0)
        };
        all_failed(&unbounded, &row)
    };
    assert_eq!([of(0, 2), of(2, 2), of(0, 0)], [Some(2), None, None]);
}

#[test]
fn a_system_that_shares_a_letter_with_the_best_is_near_it() {
    let rows = vec![
        row("lead", "rouge-1", 0.3),
        row("tail", "rouge-1", 0.2),
        row("random", "rouge-1", 0.1),
    ];

    let comparisons = [
        comparison("lead", "tail", 0.2),
        comparison("lead", "random", 0.01),
        comparison("tail", "random", 0.2),
    ];

    let metrics = [metric("rouge-1", Task::Summaries)];
    let leaderboard = Leaderboard {
        rows,
        ..Leaderboard::default()
    };

    let board = &boards(&leaderboard, &comparisons, &metrics)[0];
    let marks = board.lines.iter().map(|line| {
        let scored = &line.scores[0];
        (scored.best, scored.near)
    });

    let wanted = [(true, false), (false, true), (false, false)];
    assert_eq!(marks.collect::<Vec<_>>(), wanted);
    assert_eq!(
        board.verdict.as_deref().unwrap(),
        "by rouge-1 `lead` is best; `tail` is not shown to differ, every other system is shown to be worse"
    );
}

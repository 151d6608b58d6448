//! Laws that hold for every metric, checked on input that often makes programs fail.

use crate::{
    cases::{Case, ODD, case, check, check_score, measure, metrics},
    failures::check_failures,
};

use epitome_metrics::{Better, Statistics, Task};
use proptest::prelude::*;

#[test]
fn every_metric_takes_any_pair_of_odd_texts() {
    let metrics = metrics();
    let list = |text: &str| vec![text.to_owned()];
    for candidate in ODD {
        for reference in ODD {
            check(
                &metrics,
                &Case {
                    candidate: list(candidate),
                    references: vec![list(reference), list("the cat")],
                    source: list(reference),
                    picks: Some(vec![0]),
                    oracle: Some(vec![0]),
                    answers: list(reference),
                    evidence: Some(vec![0]),
                    ..Case::default()
                },
            );
        }
    }
}

#[test]
fn every_metric_takes_a_megabyte_without_a_break() {
    let metrics = metrics();
    let long = vec!["a".repeat(1 << 20)];
    let cases = [(&long, &long), (&long, &vec!["the cat".to_owned()])];
    for (candidate, reference) in cases {
        let (candidate, references) = (candidate.clone(), vec![reference.clone()]);
        check(
            &metrics,
            &Case {
                candidate,
                references,
                ..Case::default()
            },
        );
    }
}

/// The first two texts consist of 10,922 words of UAX #29, one per character: a quadratic
/// tokeniser would take seconds. ROUGE-W has a test of its own for texts beyond its
/// bound.
#[test]
fn every_metric_takes_a_long_text_in_a_script_without_spaces() {
    let metrics = metrics();
    for text in ["東京は日本", "สวัสดี", "🙂"] {
        let long = text.repeat((1 << 15) / text.len());
        let case = Case {
            candidate: vec![long.clone()],
            references: vec![vec![long]],
            ..Case::default()
        };
        for (at, statistics) in measure(&metrics, &case) {
            let (name, metric) = &metrics[at];
            check_score(name, metric.scale(), metric.score(&statistics));
        }
    }
}

/// Lists of phrases that all share a word, are all equal, or are nothing but words of the
/// source: a metric that compares each with each would take minutes, and its pairs all
/// memory.
#[test]
fn every_keyphrase_metric_takes_a_hundred_thousand_phrases() {
    let of_phrases = |is_wanted: &dyn Fn(&str) -> bool| -> Vec<_> {
        metrics()
            .into_iter()
            .filter(|(name, metric)| metric.task() == Task::Keyphrases && is_wanted(name))
            .collect()
    };
    let every = of_phrases(&|_| true);
    let few = of_phrases(&|name| {
        let (name, parameters) = name.split_once('(').unwrap_or((name, ""));
        name == "keyphrase-f1" || parameters.is_empty() || parameters == "at=M)"
    });
    let many = |count: usize, phrase: &dyn Fn(usize) -> String| -> Vec<String> {
        (0..count).map(phrase).collect()
    };
    let lists = [
        (&few, many(100_000, &|at| format!("river {at}"))),
        (&every, many(10_000, &|_| "river".to_owned())),
        (
            &every,
            many(10_000, &|at| format!("{} {}", at / 300, at % 300)),
        ),
    ];
    for (metrics, list) in lists {
        let mut gold = list.clone();
        gold.reverse();
        let case = Case {
            candidate: list.clone(),
            references: vec![gold],
            source: vec![list.join(" ")],
            ..Case::default()
        };
        for (at, statistics) in measure(metrics, &case) {
            let (name, metric) = &metrics[at];
            let score = metric.score(&statistics);
            check_score(name, metric.scale(), score);
            match &**name {
                "keyphrase-f1@M" | "keyphrase-map" => assert_eq!(score.value, 1.0),
                "keyphrase-f1(gold=absent)" => assert_eq!(score.value, 0.0),
                "keyphrase-partial(at=M)" if list[0] != list[1] => {
                    assert_eq!(statistics, Statistics::left_out());
                }
                _ => {}
            }
        }
    }
}

#[test]
fn every_metric_takes_nothing_at_all() {
    check(&metrics(), &Case::default());
    let picks = Some(vec![5, usize::MAX / 4]);
    check(
        &metrics(),
        &Case {
            picks,
            ..Case::default()
        },
    );
}

#[test]
fn an_output_equal_to_its_reference_has_the_best_score() {
    let text =
        "the cat sat down\na dog ran off\nmice are small animals too: 3 x_1 /a/b “c”";
    let lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let metrics = metrics();
    let case = Case {
        candidate: lines.clone(),
        references: vec![lines.clone()],
        answers: vec![lines.join("\n")],
        source: lines,
        picks: Some(vec![0, 1, 2]),
        oracle: Some(vec![0, 1, 2]),
        evidence: Some(vec![0, 1, 2]),
        ..Case::default()
    };
    for (at, statistics) in measure(&metrics, &case) {
        let (name, metric) = &metrics[at];
        // a limit of words or bytes leaves no 9 words in a row, a reference weighted
        // twice allows no recall of 1, SMART-2 adds sentences that match nothing, nothing
        // is absent, 3 phrases are not `k`, a list cut at 1 is not whole
        let bounded = name.contains("limit")
            || name.starts_with("rouge-w")
            || name == "smart-2"
            || name.contains("kpeval")
            || name.contains("absent")
            || name.contains("at=1)");
        if metric.scale().better == Better::Higher && !bounded {
            let value = metric.score(&statistics).value;
            assert!((value - 1.0).abs() < 1e-9, "{name}: {value}");
        }
    }
}

/// Returns settings with so many cases, for laws that take long; with `PROPTEST_CASES`, with those.
fn cases(few: u32) -> ProptestConfig {
    let wanted = std::env::var("PROPTEST_CASES").ok();
    ProptestConfig::with_cases(
        wanted.map_or(few, |it| it.parse().expect("PROPTEST_CASES is a number")),
    )
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn every_metric_is_total_and_deterministic(case in case()) {
        check(&metrics(), &case);
        check_failures(&metrics(), &case);
    }
}

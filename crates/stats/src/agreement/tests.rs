//! Tests of `agreement`.

use super::*;
use epitome_base::rng;

/// Returns summaries with metric and human scores from a table with a row for each
/// document and a column for each system.
fn sample(rows: &[&[(f64, f64)]]) -> Sample {
    let cell = |(document, row): (usize, &&[(f64, f64)])| {
        let judged =
            move |(system, &(metric, human)): (usize, &(f64, f64))| JudgedItems {
                document,
                system,
                metric,
                human,
            };
        row.iter().enumerate().map(judged).collect::<Vec<_>>()
    };
    Sample::new(rows.iter().enumerate().flat_map(cell).collect())
}

pub(crate) fn noise(seed: u64, documents: usize, systems: usize) -> Vec<JudgedItems> {
    let uniform = |at: u64| rng::mix(seed, at) as f64 / u64::MAX as f64;
    let judged = |at: usize| {
        let human = uniform(2 * at as u64);
        JudgedItems {
            document: at / systems,
            system: at % systems,
            metric: human + uniform(2 * at as u64 + 1),
            human,
        }
    };
    (0..documents * systems).map(judged).collect()
}

#[test]
fn levels_can_contradict_each_other() {
    // within each document the metric is upside down; the systems' means are 2, 3, 4 by
    // the metric and 4, 3, 2 by people; documents differ more than systems do
    let sample = sample(&[
        &[(1.0, 3.0), (2.0, 2.0), (3.0, 1.0)],
        &[(3.0, 5.0), (4.0, 4.0), (5.0, 3.0)],
    ]);
    let [system, summary, pooled] = sample.correlations();
    assert_eq!((system[2], summary[2]), (Some(-1.0), Some(-1.0)));
    assert_eq!(pooled[2], Some(1.0 / 14.0)); // 7 pairs agree, 6 do not; 1 tie each
}

#[test]
fn means_that_differ_by_rounding_are_equal() {
    // 0.1 + 0.2 + 0.3 is more than 0.3 + 0.2 + 0.1
    let sample = sample(&[
        &[(1.0, 0.1), (2.0, 0.3), (3.0, 0.0)],
        &[(1.0, 0.2), (2.0, 0.2), (3.0, 0.0)],
        &[(1.0, 0.3), (2.0, 0.1), (3.0, 0.0)],
    ]);
    // two pairs disagree, one is a tie: −2 / √(3 · 2)
    assert_eq!(sample.correlations()[0][2], Some(-2.0 / 6.0_f64.sqrt()));
}

#[test]
fn documents_where_it_is_undefined_are_not_in_the_mean() {
    let sample = sample(&[&[(1.0, 1.0), (2.0, 2.0)], &[(1.0, 4.0), (1.0, 5.0)]]);
    assert_eq!(sample.correlations()[1], [Some(1.0); 3]);
}

#[test]
fn a_missing_summary_is_in_no_mean() {
    let mut summaries = noise(1, 4, 3);
    summaries.remove(5);
    let sample = Sample::new(summaries);
    assert_eq!(
        (sample.summaries(), sample.documents(), sample.systems()),
        (11, 4, 3)
    );
    let gapless = Sample::new(
        noise(1, 4, 3)
            .into_iter()
            .filter(|s| s.system != 1)
            .collect(),
    );
    assert_eq!(gapless.systems(), 2);
}

#[test]
fn a_rising_straight_map_of_the_metric_changes_nothing() {
    let summaries = noise(2, 10, 6);
    let mapped = summaries.iter().map(|s| JudgedItems {
        metric: 8.0 * s.metric,
        ..*s
    });
    let mapped = Sample::new(mapped.collect());
    assert_eq!(Sample::new(summaries).correlations(), mapped.correlations());
}

#[test]
fn intervals_hold_the_value_and_drawing_more_things_widens_them() {
    // systems that differ, to people and, not quite so, to the metric
    let differing = noise(3, 40, 12).into_iter().map(|summary| {
        let skill = 0.05 * summary.system as f64;
        let bias = 0.1 * (summary.system * 5 % 12) as f64;
        let (human, metric) = (summary.human + skill, summary.metric + skill + bias);
        JudgedItems {
            metric,
            human,
            ..summary
        }
    });

    let sample = Sample::new(differing.collect());
    let values = sample.correlations();
    for (values, intervals) in values.iter().zip(sample.intervals(5, 400, 0.95)) {
        for (value, intervals) in values.iter().zip(intervals) {
            let Intervals {
                documents,
                systems,
                both,
            } = intervals;
            let [documents, systems, both] =
                [documents, systems, both].map(Option::unwrap);
            let value = value.unwrap();
            assert!(both.0 < value && value < both.1);
            let width = |(low, high): Bounds| high - low;
            assert!(
                width(both) > 0.9 * width(documents).max(width(systems)),
                "{value} {intervals:?}"
            );
        }
    }
}

#[test]
fn without_summaries_nothing_is_defined() {
    let sample = Sample::new(Vec::new());
    assert_eq!(sample.correlations(), [[None; 3]; 3]);
    assert_eq!(
        sample.intervals(1, 10, 0.95),
        [[Intervals::default(); 3]; 3]
    );
}

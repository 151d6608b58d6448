//! A metric that is written outside of the crate.

use crate::cases::{Case, check};

use epitome_metrics::{
    BoundMetric, Metric, MetricInput, Output, Score, Signature, Statistics, Task,
    Tokenisation, score,
};

/// A metric of the words shared with a reference, written as a user of the crate would
/// write it.
struct SharedWords;

impl Metric for SharedWords {
    fn task(&self) -> Task {
        Task::Summaries
    }

    fn tokenisation(&self) -> Tokenisation {
        Tokenisation::Unicode(epitome_metrics::tokens::Unicode::default())
    }

    fn signature(&self) -> Signature {
        Signature::of("shared-words")
    }

    fn statistics(&self) -> &'static [&'static str] {
        Statistics::MATCHES
    }

    fn against<'a>(&'a self, subject: MetricInput<'a>) -> Box<dyn BoundMetric + 'a> {
        Box::new(move |output: Output<'_>| {
            let words = output.tokens.ids();
            let known = |word: &&u32| {
                subject
                    .references
                    .iter()
                    .any(|reference| reference.ids().contains(word))
            };
            let shared = words.iter().filter(known).count();
            let longest = subject.references.iter().map(|it| it.ids().len()).max();
            Statistics::counts(shared, words.len(), longest.unwrap_or(0))
        })
    }

    fn score(&self, statistics: &Statistics) -> Score {
        statistics.matches().precision_recall_f1()
    }
}

#[test]
fn a_metric_can_be_written_outside_the_crate() {
    let found = score(&SharedWords, "the cat", &["a cat sat on it"]).unwrap();
    assert_eq!((found.precision, found.recall), (Some(0.5), Some(0.2)));
    check(
        &[("shared-words".to_owned(), Box::new(SharedWords))],
        &Case::default(),
    );
}

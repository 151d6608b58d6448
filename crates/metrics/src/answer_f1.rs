//! The F1 of the words of an output and of an answer, as `SQuAD` counts it.

use epitome_base::spec::Entry;

use super::{
    Signature, Tokenisation, Tokens,
    answer_recall::shared,
    metric::{BoundMetric, Metric},
    metric_input::{MetricInput, MetricNeeds, Output},
    score::Score,
    statistics::Statistics,
    task::Task,
    tokens::Unicode,
};

pub(super) const ENTRY: Entry<dyn Metric> = Entry {
    name: "answer-f1",
    about: "F1 of the words of the output and of the best answer to the query",
    source: "Rajpurkar, Zhang, Lopyrev & Liang (2016), SQuAD: 100,000+ questions for machine comprehension of text, EMNLP",
    parameters: &[],
    build: |_| Box::new(AnswerF1),
};

/// The precision, recall and F1 of the words of an output against the answer with the
/// highest F1; the first of equal ones.
///
/// ```text
/// P = |shared words| / |words of the output|     R = |shared words| / |words of the answer|
/// ```
///
/// Words are those of UAX #29 in folded spelling, and articles are words: `SQuAD`'s own
/// script drops `a`, `an` and `the`, and knows no other language. A document without an
/// answer, or whose answers have no words, is left out.
#[derive(Debug, Clone, Copy, Default)]
pub struct AnswerF1;

impl Metric for AnswerF1 {
    fn task(&self) -> Task {
        Task::Summaries
    }

    fn tokenisation(&self) -> Tokenisation {
        Tokenisation::Unicode(Unicode::default())
    }

    fn needs(&self) -> MetricNeeds {
        MetricNeeds {
            answers: true,
            no_reference: true,
            ..MetricNeeds::default()
        }
    }

    fn signature(&self) -> Signature {
        Signature::of(ENTRY.name).with("tokens", "unicode-folded")
    }

    fn statistics(&self) -> &'static [&'static str] {
        Statistics::SCORES
    }

    fn against<'a>(&'a self, subject: MetricInput<'a>) -> Box<dyn BoundMetric + 'a> {
        Box::new(move |output: Output<'_>| {
            let answers = subject.answers.iter().map(Tokens::ids);
            let scores = answers
                .filter(|answer| !answer.is_empty())
                .map(|answer| score(output.tokens.ids(), answer));
            let better = |a: Score, b: Score| if b.value > a.value { b } else { a };
            match scores.reduce(better) {
                None => Statistics::left_out(),
                Some(best) => Statistics::scores(
                    best.precision.unwrap_or(0.0),
                    best.recall.unwrap_or(0.0),
                    best.value,
                ),
            }
        })
    }

    fn score(&self, statistics: &Statistics) -> Score {
        statistics.mean_scores()
    }
}

/// Returns the score of an output against one answer.
fn score(words: &[u32], answer: &[u32]) -> Score {
    Statistics::counts(shared(words, answer), words.len(), answer.len())
        .matches()
        .precision_recall_f1()
}

#[cfg(test)]
mod tests {
    use super::super::value::tests::{Case, statistics, value};
    use super::*;

    #[test]
    fn the_best_answer_counts() {
        let case = Case {
            candidate: "the old bridge",
            answers: &["a castle", "Old Bridge, 1740"],
            ..Case::default()
        };
        // 2 words shared of 3 and of 3
        assert_eq!(value(ENTRY, "", &case), 2.0 / 3.0);
    }

    #[test]
    fn no_answer_is_no_score_and_no_output_the_worst() {
        let case = Case {
            answers: &["…"],
            ..Case::default()
        };
        assert_eq!(statistics(ENTRY, "", &case).outputs, 0.0);
        let case = Case {
            answers: &["bridge"],
            ..Case::default()
        };
        assert_eq!(value(ENTRY, "", &case), 0.0);
    }
}

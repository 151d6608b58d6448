//! Whether an output contains an answer to the query of its document.

use epitome_base::spec::{Choice, Entry};

use super::{
    Signature, Tokenisation,
    metric::{BoundMetric, Metric},
    metric_input::{MetricInput, MetricNeeds, Output},
    statistics::Statistics,
    tokens::Unicode,
    value::Value,
};

/// What of an answer counts as found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Match {
    /// All words of the answer in a row.
    Phrase,
    /// Each word of the answer by itself.
    Words,
}

const MATCH: &Choice<Match, 2> = &Choice::new(
    "match",
    [("phrase", Match::Phrase), ("words", Match::Words)],
    "all words of an answer in a row (1 or 0), or the share of its words that occur",
);

pub(super) const ENTRY: Entry<dyn Metric> = Entry {
    name: "answer-recall",
    about: "whether the output contains an answer to the query of the document",
    source: "as answer recall of retrieved passages is counted, e.g. in Karpukhin et al. (2020), Dense passage retrieval for open-domain question answering, EMNLP",
    parameters: &[MATCH.parameter()],
    build: |params| {
        Box::new(AnswerRecall {
            by: params.choice(MATCH),
        })
    },
};

/// Whether an output contains an answer: the best of several answers counts.
///
/// ```text
/// match=phrase   value = 1 if the words of an answer occur in a row, else 0
/// match=words    value = max over answers of |words of the answer in the output| / |words|
/// ```
///
/// Words are those of UAX #29 in folded spelling, so that case, punctuation and invisible
/// characters do not count; a word that an answer has twice must occur twice. A document
/// without an answer, or whose answers have no words, is left out.
#[derive(Debug, Clone, Copy)]
pub struct AnswerRecall {
    by: Match,
}

impl AnswerRecall {
    /// Returns the metric that wants all words of an answer in a row.
    pub fn of_phrases() -> Self {
        Self { by: Match::Phrase }
    }

    /// Returns the metric that counts the words of an answer.
    pub fn of_words() -> Self {
        Self { by: Match::Words }
    }
}

impl Value for AnswerRecall {
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
        Signature::of(ENTRY.name)
            .with("match", MATCH.word(self.by).unwrap_or_default())
            .with("tokens", "unicode-folded")
    }

    fn against<'a>(&'a self, subject: MetricInput<'a>) -> Box<dyn BoundMetric + 'a> {
        Box::new(move |output: Output<'_>| {
            let words = output.tokens.ids();
            let answers = subject.answers.iter().map(super::Tokens::ids);
            let found =
                answers
                    .filter(|answer| !answer.is_empty())
                    .map(|answer| match self.by {
                        Match::Phrase => f64::from(u8::from(contains(words, answer))),
                        Match::Words => share(words, answer),
                    });
            found
                .reduce(f64::max)
                .map_or_else(Statistics::left_out, Statistics::value)
        })
    }
}

/// Returns whether the words of an answer, at least one, occur in a row.
fn contains(words: &[u32], answer: &[u32]) -> bool {
    words.windows(answer.len()).any(|window| window == answer)
}

/// Returns the share of the words of an answer, at least one, that occur.
fn share(words: &[u32], answer: &[u32]) -> f64 {
    shared(words, answer) as f64 / answer.len() as f64
}

/// Returns the number of words that two texts share, each as often as both have it.
pub(super) fn shared(one: &[u32], other: &[u32]) -> usize {
    let sorted = |words: &[u32]| {
        let mut words = words.to_vec();
        words.sort_unstable();
        words
    };
    let (one, other) = (sorted(one), sorted(other));
    let (mut at, mut count) = (0, 0);
    for word in other {
        at += one[at..].partition_point(|known| *known < word);
        if one.get(at) == Some(&word) {
            at += 1;
            count += 1;
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::super::value::tests::{Case, statistics, value};
    use super::*;

    const CASE: Case<'static> = Case {
        candidate: "The old\nBRIDGE was shut. Boats were late.",
        references: &[],
        source: &[],
        picks: &[],
        oracle: &[],
        boilerplate: None,
        answers: &["old bridge"],
        evidence: None,
    };

    fn with(answers: &[&str], parameters: &str) -> f64 {
        value(ENTRY, parameters, &Case { answers, ..CASE })
    }

    #[test]
    fn an_answer_is_found_whatever_its_case_and_punctuation() {
        assert_eq!(with(&["Old bridge!"], ""), 1.0);
        assert_eq!(with(&["bridge old"], ""), 0.0);
        assert_eq!(with(&["idge was"], ""), 0.0, "words are whole");
        assert_eq!(
            with(&["a castle", "boats"], ""),
            1.0,
            "one answer is enough"
        );
    }

    #[test]
    fn words_count_by_themselves_and_as_often_as_they_occur() {
        assert_eq!(with(&["old stone bridge"], "(match=words)"), 2.0 / 3.0);
        assert_eq!(with(&["boats, boats"], "(match=words)"), 0.5);
        assert_eq!(with(&["castle", "old"], "(match=words)"), 1.0);
    }

    #[test]
    fn without_the_words_of_an_answer_a_document_is_left_out() {
        for answers in [&[][..], &[""], &["…", " "]] {
            let case = Case { answers, ..CASE };
            assert_eq!(statistics(ENTRY, "", &case).outputs, 0.0, "{answers:?}");
        }
    }

    #[test]
    fn an_empty_output_contains_no_answer() {
        let case = Case {
            candidate: "",
            ..CASE
        };
        assert_eq!(value(ENTRY, "", &case), 0.0);
        assert_eq!(value(ENTRY, "(match=words)", &case), 0.0);
    }
}

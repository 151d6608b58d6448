//! ROUGE-L: the longest common subsequence of candidate and reference.

use crate::spec::{Entry, Params};

use super::{
    Measure, Metric, Score, Signature, Statistics, Task, Tokenisation, Tokens,
    rouge::{BestReference, PARAMETERS, Rouge, SOURCE},
};

pub(super) const ENTRY: Entry<dyn Metric> = Entry {
    name: "rouge-l",
    about: "longest common subsequence with a reference, line ends ignored",
    source: SOURCE,
    parameters: PARAMETERS,
    build: |params| Box::new(RougeL::from(params)),
};

/// ROUGE-L of whole texts.
///
/// ```text
/// shared = |LCS(reference, candidate)|,  P and R over the lengths in tokens
/// ```
///
/// Several references: the one with the highest F1. `O(m · n)` time, `O(n)` space.
///
/// Lin (2004) splits into sentences, which is [`rouge-lsum`](super::rouge_lsum) here;
/// rouge-score calls the version without sentences rougeL, and so do we.
struct RougeL {
    rouge: Rouge,
}

impl From<&Params> for RougeL {
    fn from(params: &Params) -> Self {
        Self { rouge: Rouge::from(params) }
    }
}

impl Metric for RougeL {
    fn task(&self) -> Task {
        Task::Summaries
    }

    fn tokenisation(&self) -> Tokenisation {
        self.rouge.tokenisation()
    }

    fn signature(&self) -> Signature {
        self.rouge.signature(ENTRY.name)
    }

    fn against<'a>(&'a self, references: &'a [Tokens]) -> Box<dyn Measure + 'a> {
        let mut row = Vec::new();
        let references = references.iter().collect();
        Box::new(BestReference::new(references, move |reference: &&Tokens, candidate| {
            let (reference, candidate) = (reference.ids(), candidate.ids());
            Statistics {
                shared: lcs_length(reference, candidate, &mut row) as f64,
                candidate: candidate.len() as f64,
                reference: reference.len() as f64,
            }
        }))
    }

    fn score(&self, statistics: &Statistics) -> Score {
        statistics.precision_recall_f1()
    }
}

/// The length of a longest common subsequence; `row` is scratch space.
fn lcs_length(a: &[u32], b: &[u32], row: &mut Vec<u32>) -> u32 {
    row.clear();
    row.resize(b.len() + 1, 0);
    for &token in a {
        let mut diagonal = 0;
        for (at, &other) in b.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if token == other { diagonal + 1 } else { above.max(row[at]) };
            diagonal = above;
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metric::rouge::tests::score;

    #[test]
    fn order_counts_and_gaps_do_not() {
        let found = score(ENTRY, "police killed the gunman", &["police kill the gunman"]);
        assert_eq!(found.recall, Some(3.0 / 4.0), "Lin (2004), section 3");
        let found = score(ENTRY, "the gunman kill police", &["police kill the gunman"]);
        assert_eq!(found.recall, Some(2.0 / 4.0), "Lin (2004), section 3");
    }

    #[test]
    fn line_ends_are_ignored() {
        assert_eq!(score(ENTRY, "a\nb\nc", &["a b c"]).value, 1.0);
    }
}

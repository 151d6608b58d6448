//! ROUGE-Lsum: the union of longest common subsequences, sentence by sentence.

use crate::spec::{Entry, Params};

use super::{
    Measure, Metric, Score, Signature, Statistics, Task, Tokenisation, Tokens,
    rouge::{BestReference, PARAMETERS, Rouge, SOURCE},
};

pub(super) const ENTRY: Entry<dyn Metric> = Entry {
    name: "rouge-lsum",
    about: "longest common subsequences of lines, united: what papers call ROUGE-L",
    source: SOURCE,
    parameters: PARAMETERS,
    build: |params| Box::new(RougeLsum::from(params)),
};

/// ROUGE-L at summary level; sentences are lines.
///
/// ```text
/// hits(r) = tokens of r on an LCS with any candidate sentence      r: reference sentence
/// shared  = Σ_r of hits(r), each token at most as often as candidate and reference have it
/// ```
///
/// P and R over all tokens. Several references: the one with the highest F1.
/// `O(m · n)` time for `m` and `n` tokens, and as much space as the largest pair of
/// sentences.
///
/// Lin (2004), section 3.2, with the clipping of ROUGE-1.5.5 that rouge-score has too.
/// Which of several equally long subsequences is taken changes the union; as in both
/// tools, the way back through the table goes up (in the reference) before left.
struct RougeLsum {
    rouge: Rouge,
}

impl From<&Params> for RougeLsum {
    fn from(params: &Params) -> Self {
        Self { rouge: Rouge::from(params) }
    }
}

impl Metric for RougeLsum {
    fn task(&self) -> Task {
        Task::Summaries
    }

    fn tokenisation(&self) -> Tokenisation {
        self.rouge.tokenisation()
    }

    fn signature(&self) -> Signature {
        self.rouge.signature(ENTRY.name).with("sentences", "lines")
    }

    fn against<'a>(&'a self, references: &'a [Tokens]) -> Box<dyn Measure + 'a> {
        let mut union = Union::default();
        let references = references.iter().collect();
        Box::new(BestReference::new(references, move |reference: &&Tokens, candidate| {
            Statistics {
                shared: f64::from(union.shared(reference, candidate)),
                candidate: candidate.ids().len() as f64,
                reference: reference.ids().len() as f64,
            }
        }))
    }

    fn score(&self, statistics: &Statistics) -> Score {
        statistics.precision_recall_f1()
    }
}

/// Scratch space of the union-LCS.
#[derive(Default)]
struct Union {
    table: Vec<u32>,
    marked: Vec<bool>,
    left_of_reference: Counts,
    left_of_candidate: Counts,
}

impl Union {
    fn shared(&mut self, reference: &Tokens, candidate: &Tokens) -> u32 {
        self.left_of_reference.count(reference.ids());
        self.left_of_candidate.count(candidate.ids());
        let mut shared = 0;
        for sentence in reference.segments() {
            self.marked.clear();
            self.marked.resize(sentence.len(), false);
            for other in candidate.segments() {
                self.mark(sentence, other);
            }
            for (token, _) in
                sentence.iter().zip(&self.marked).filter(|(_, marked)| **marked)
            {
                let reference = self.left_of_reference.of(*token);
                let candidate = self.left_of_candidate.of(*token);
                if *reference > 0 && *candidate > 0 {
                    *reference -= 1;
                    *candidate -= 1;
                    shared += 1;
                }
            }
        }
        shared
    }

    /// Marks the tokens of `reference` that lie on one LCS with `candidate`.
    fn mark(&mut self, reference: &[u32], candidate: &[u32]) {
        let width = candidate.len() + 1;
        self.table.clear();
        self.table.resize((reference.len() + 1) * width, 0);
        for (i, token) in reference.iter().enumerate() {
            let (done, row) = self.table.split_at_mut((i + 1) * width);
            let above = &done[i * width..];
            for (j, other) in candidate.iter().enumerate() {
                row[j + 1] =
                    if token == other { above[j] + 1 } else { above[j + 1].max(row[j]) };
            }
        }
        let (mut i, mut j) = (reference.len(), candidate.len());
        while i > 0 && j > 0 {
            if reference[i - 1] == candidate[j - 1] {
                self.marked[i - 1] = true;
                i -= 1;
                j -= 1;
            } else if self.table[(i - 1) * width + j] >= self.table[i * width + j - 1] {
                i -= 1;
            } else {
                j -= 1;
            }
        }
    }
}

/// How often each token is left, by sorted token.
#[derive(Default)]
struct Counts {
    tokens: Vec<u32>,
    left: Vec<u32>,
    none: u32,
}

impl Counts {
    fn count(&mut self, ids: &[u32]) {
        let mut sorted = ids.to_vec();
        sorted.sort_unstable();
        self.tokens.clear();
        self.left.clear();
        for same in sorted.chunk_by(|a, b| a == b) {
            self.tokens.push(same[0]);
            self.left.push(same.len() as u32);
        }
    }

    fn of(&mut self, token: u32) -> &mut u32 {
        self.none = 0;
        match self.tokens.binary_search(&token) {
            Ok(at) => &mut self.left[at],
            Err(_) => &mut self.none,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metric::rouge::tests::score;

    #[test]
    fn subsequences_with_several_sentences_are_united() {
        // Lin (2004), section 3.2: 4 of the 5 words of the reference
        let found = score(ENTRY, "w1 w2 w6 w7 w8\nw1 w3 w8 w9 w5", &["w1 w2 w3 w4 w5"]);
        assert_eq!(found.recall, Some(4.0 / 5.0));
    }

    #[test]
    fn a_token_counts_only_as_often_as_both_have_it() {
        let found = score(ENTRY, "a b", &["a b\na b"]);
        assert_eq!((found.recall, found.precision), (Some(0.5), Some(1.0)));
    }

    #[test]
    fn without_line_ends_it_is_rouge_l() {
        let found = score(ENTRY, "the gunman kill police", &["police kill the gunman"]);
        assert_eq!(found.recall, Some(2.0 / 4.0));
    }
}

//! From scores to picked sentences: [`Summary`] fills a budget, and its result is a
//! [`Selection`].

use epitome_text::{Document, Term};

use super::{Budget, budget::RemainingBudget};

/// The sentences that a summariser has picked. Made by a [`Summary`] or from scores.
#[derive(Debug, Clone, PartialEq)]
pub struct Selection {
    /// The indices of the picked sentences, the best first, each at most once.
    pub picks: Vec<u32>,
    /// The score of every sentence of the document; `None` if the system has no scores.
    pub scores: Option<Vec<f64>>,
}

impl Selection {
    /// Returns the sentences of the highest scores that fit. Ties go to the earlier
    /// sentence.
    pub fn best_first(scores: Vec<f64>, document: &Document, budget: Budget) -> Self {
        let picks = fill(best_first(&scores), document, budget);
        Self {
            picks,
            scores: Some(scores),
        }
    }

    /// Returns the sentences in a given order, as far as they fit, without scores.
    pub fn in_order(
        order: impl IntoIterator<Item = u32>,
        document: &Document,
        budget: Budget,
    ) -> Self {
        Self {
            picks: fill(order, document, budget),
            scores: None,
        }
    }

    /// Returns the rule that this selection breaks, or `None`. For summarisers of other
    /// authors.
    pub fn broken_rule(&self, document: &Document, budget: Budget) -> Option<String> {
        let sentences = document.sentences();
        let mut purse = budget.purse(document);
        let mut picked = vec![false; sentences.len()];

        for &pick in &self.picks {
            if pick as usize >= sentences.len() {
                return Some(format!("pick {pick} is not below {}", sentences.len()));
            }
            if std::mem::replace(&mut picked[pick as usize], true) {
                return Some(format!("sentence {pick} is picked twice"));
            }
            if !purse.pay(document, pick as usize) {
                return Some(format!("the summary is longer than {budget}"));
            }
        }

        let scores = self.scores.as_ref().map_or(sentences.len(), Vec::len);
        let wanted = sentences.len();
        (scores != wanted).then(|| format!("{scores} scores for {wanted} sentences"))
    }

    /// Returns the selection in the sentence numbers of the whole document, of which
    /// `document` may be a part. Sentences that are not in the part have NaN for a score.
    #[must_use]
    pub fn of_whole(self, document: &Document) -> Self {
        let number = |pick: usize| document.number_of(pick as u32);
        let scores = self.scores.map(|scores| {
            let mut all = vec![f64::NAN; document.given_sentences()];
            for (at, score) in scores.into_iter().enumerate() {
                if let Some(place) = all.get_mut(number(at) as usize) {
                    *place = score;
                }
            }
            all
        });
        let picks = self
            .picks
            .into_iter()
            .map(|pick| number(pick as usize))
            .collect();
        Self { picks, scores }
    }

    /// Returns the picks as indices of slices.
    pub fn indices(&self) -> Vec<usize> {
        self.picks.iter().map(|&pick| pick as usize).collect()
    }

    /// Returns the picks in the order of the document.
    pub fn in_document_order(&self) -> Vec<u32> {
        let mut picks = self.picks.clone();
        picks.sort_unstable();
        picks
    }
}

/// Returns the sentences in `order` that still fit `budget` and repeat no sentence that
/// was taken. A sentence that does not fit is left out and does not end the summary: a
/// long sentence must not empty it.
fn fill(
    order: impl IntoIterator<Item = u32>,
    document: &Document,
    budget: Budget,
) -> Vec<u32> {
    let mut summary = Summary::new(document, budget);
    for sentence in order {
        if summary.is_full() {
            break;
        }
        summary.take(sentence);
    }
    summary.picks
}

/// A summary that is being made, for systems that choose one sentence after the other.
pub struct Summary<'a> {
    document: &'a Document,
    purse: RemainingBudget<'a>,
    taken: Vec<bool>,
    picks: Vec<u32>,
    /// The different content terms of every sentence in rising order, if the document is
    /// a cluster.
    contents: Option<Vec<Vec<Term>>>,
}

/// The cosine of their content terms above which two sentences of a cluster count as
/// alike.
const ALIKE: f64 = 0.5;

impl<'a> Summary<'a> {
    /// Returns an empty summary. In a cluster of documents it takes no sentence that is
    /// alike to one that was taken.
    pub fn new(document: &'a Document, budget: Budget) -> Self {
        let contents = document.is_cluster().then(|| contents(document));
        Self {
            contents,
            ..Self::with_likes(document, budget)
        }
    }

    /// Returns an empty summary that takes sentences however alike they are.
    pub fn with_likes(document: &'a Document, budget: Budget) -> Self {
        let taken = vec![false; document.sentences().len()];
        let purse = budget.purse(document);
        Self {
            document,
            purse,
            taken,
            picks: Vec::new(),
            contents: None,
        }
    }

    /// Returns the price of a sentence in the unit of the budget: 1, the number of its
    /// words or tokens, or the number of its bytes with the one that joins it to the
    /// sentence before.
    pub fn price(&self, sentence: u32) -> usize {
        self.purse.price(self.document, sentence as usize)
    }

    /// Returns how much may still be spent.
    pub fn left(&self) -> usize {
        self.purse.left()
    }

    /// Returns whether no further sentence can be taken.
    pub fn is_full(&self) -> bool {
        self.purse.is_empty() || self.picks.len() == self.taken.len()
    }

    /// Returns whether a sentence can be taken: it has not been taken, repeats none that
    /// was, and fits. A sentence that cannot be taken never can later.
    pub fn can_take(&self, sentence: u32) -> bool {
        let text = self.document.sentence_text(sentence as usize);
        !self.taken[sentence as usize]
            && self.price(sentence) <= self.left()
            && !self
                .picks
                .iter()
                .any(|&pick| self.document.sentence_text(pick as usize) == text)
            && !self
                .picks
                .iter()
                .any(|&pick| self.are_alike(pick, sentence))
    }

    /// Returns whether two sentences share more words than [`ALIKE`] of the geometric
    /// mean of their numbers of words.
    fn are_alike(&self, one: u32, other: u32) -> bool {
        let Some(contents) = &self.contents else {
            return false;
        };
        let [one, other] = [one, other].map(|at| &contents[at as usize]);
        let shared = one
            .iter()
            .filter(|term| other.binary_search(term).is_ok())
            .count();
        shared as f64 > ALIKE * ((one.len() * other.len()) as f64).sqrt()
    }

    /// Takes a sentence if it can be taken. Returns whether it was taken.
    pub fn take(&mut self, sentence: u32) -> bool {
        let takes = self.can_take(sentence);
        if takes {
            self.purse.pay(self.document, sentence as usize);
            self.taken[sentence as usize] = true;
            self.picks.push(sentence);
        }
        takes
    }

    /// Returns the sentences taken, in the order in which they were taken.
    pub fn picks(&self) -> &[u32] {
        &self.picks
    }

    /// Returns the selection of the sentences taken, followed by the rest of the document
    /// in order: a method that has nothing more to gain leaves space.
    pub fn finish(mut self) -> Selection {
        for sentence in 0..self.taken.len() as u32 {
            if self.is_full() {
                break;
            }
            self.take(sentence);
        }
        Selection {
            picks: self.picks,
            scores: None,
        }
    }
}

/// Returns indices by falling score. Ties, to 12 significant digits, are in the order of
/// the indices, since otherwise rounding errors would decide between equals.
pub fn best_first(scores: &[f64]) -> Vec<u32> {
    let rounded: Vec<f64> = scores.iter().map(|&score| to_12_digits(score)).collect();
    let mut order: Vec<u32> = (0..scores.len() as u32).collect();
    order.sort_unstable_by(|&a, &b| {
        rounded[b as usize]
            .total_cmp(&rounded[a as usize])
            .then(a.cmp(&b))
    });
    order
}

/// Returns the different content terms of each sentence, in rising order.
fn contents(document: &Document) -> Vec<Vec<Term>> {
    document
        .sentences()
        .iter()
        .map(|sentence| {
            let mut terms: Vec<Term> = document.content(sentence).collect();
            terms.sort_unstable();
            terms.dedup();
            terms
        })
        .collect()
}

/// Rounds the significand to 40 bits, which are 12.04 decimal digits.
pub(super) fn to_12_digits(score: f64) -> f64 {
    const DROPPED: u64 = 1 << 12;
    let rounded = f64::from_bits((score.to_bits() + DROPPED / 2) & !(DROPPED - 1));
    let plain = score.is_finite() && rounded.is_finite();
    // −0 and 0 are equal, but not to `total_cmp`
    if plain { rounded + 0.0 } else { score }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rank::testing::{cluster, lines};
    use proptest::prelude::*;

    #[test]
    fn equal_scores_go_to_the_earlier_sentence() {
        assert_eq!(best_first(&[1.0, 3.0, 1.0, 3.0]), [1, 3, 0, 2]);
        assert_eq!(best_first(&[0.0, -0.0]), [0, 1]);
    }

    #[test]
    fn noise_in_the_last_digits_is_a_tie() {
        assert_eq!(best_first(&[0.3, 0.1 + 0.2, 0.300_000_1]), [2, 0, 1]);
    }

    #[test]
    fn a_sentence_that_does_not_fit_is_passed_over() {
        let document = lines("one two three four\nfive six\nseven eight\n");
        let picks = |budget| Selection::in_order(0..3, &document, budget).picks;
        assert_eq!(picks(Budget::Words(4)), [0]);
        assert_eq!(picks(Budget::Words(3)), [1]);
        assert_eq!(picks(Budget::Words(6)), [0, 1]);
        assert_eq!(picks(Budget::Bytes(17)), [1]);
        assert_eq!(picks(Budget::Ratio(0.4)), [0, 1]);
        assert_eq!(picks(Budget::Sentences(0)), [0_u32; 0]);
    }

    #[test]
    fn one_byte_joins_two_sentences() {
        let document = lines("aa\nbb\n");
        let picks = |budget| Selection::in_order(0..2, &document, budget).picks;
        assert_eq!(picks(Budget::Bytes(4)), [0]);
        assert_eq!(picks(Budget::Bytes(5)), [0, 1]);
    }

    #[test]
    fn a_repeated_sentence_is_picked_once() {
        let document = lines("the same\nanother\nthe same\n");
        let selection =
            Selection::best_first(vec![2.0, 1.0, 2.0], &document, Budget::Sentences(2));
        assert_eq!(selection.picks, [0, 1]);
    }

    #[test]
    fn what_a_method_leaves_open_is_filled_in_order() {
        let document = lines("one two\nthree\nfour five six\n");
        let mut summary = Summary::new(&document, Budget::Words(4));
        assert_eq!((summary.price(2), summary.left()), (3, 4));
        assert!(summary.take(2) && !summary.take(2) && !summary.can_take(0));
        assert_eq!(summary.finish().picks, [2, 1]);
    }

    #[test]
    fn of_a_cluster_nothing_is_said_twice() {
        let text = "the harbour bridge is shut\nthe bridge is shut now\nit rained";
        let picks = |document: &Document| {
            Selection::in_order(0..3, document, Budget::Sentences(2)).picks
        };
        assert_eq!(picks(&lines(text)), [0, 1]);

        let document = cluster(text, &[0, 27]);
        assert_eq!(picks(&document), [0, 2]);
        assert_eq!((document.document_of(0), document.document_of(2)), (0, 1));
    }

    proptest! {
        #[test]
        fn the_order_is_a_permutation_whatever_the_scores(scores: Vec<f64>) {
            let mut order = best_first(&scores);
            order.sort_unstable();
            prop_assert!(order.into_iter().eq(0..scores.len() as u32));
        }
    }
}

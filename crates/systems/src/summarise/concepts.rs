//! Concepts: covers as many recurring pairs of words as fit.

use std::collections::BTreeMap;

use crate::rank::{Budget, Objective, Selection, Summary, lazy_greedy};
use epitome_base::spec::{Entry, Parameter, ParameterKind, Params};
use epitome_text::{Document, Term};

use super::summariser::Summariser;

pub(super) const ENTRY: Entry<dyn Summariser> = Entry {
    name: "concepts",
    about: "the summary that covers the most weight of recurring word pairs",
    source: "Gillick & Favre (2009), A scalable global model for summarization, ILP-NLP",
    parameters: &[
        Parameter {
            name: "least",
            kind: ParameterKind::Integer(1, u64::MAX),
            default: "2",
            about: "minimum number of sentences with a pair of words that counts",
        },
        Parameter {
            name: "effort",
            kind: ParameterKind::Integer(0, 1_000_000_000),
            default: "100000",
            about: "maximum number of gains that the exact search computes before it returns the best so far",
        },
    ],
    build: |params| Box::new(Concepts::from(params)),
};

/// Maximum coverage of concepts.
///
/// ```text
/// maximise Σᵢ wᵢ cᵢ    subject to  Σⱼ lⱼ sⱼ ≤ L,  sⱼ Oᵢⱼ ≤ cᵢ,  Σⱼ sⱼ Oᵢⱼ ≥ cᵢ
/// ```
///
/// A concept `i` is a pair of content stems that follow each other in a sentence `j`;
/// `wᵢ` is the number of sentences with it, at least `least`; `l` is the price of a
/// sentence and `L` the budget. The optimum is found by branch and bound from the greedy
/// summary (gain by price, [`lazy_greedy`]), with the fractional knapsack of the gains as
/// the bound. After `effort` gains the search ends with the best summary so far, which is
/// the greedy one or better: at least `1 − 1/√e` of the optimum.
///
/// Gillick & Favre (2009). Left open there: what is counted in a single document in place
/// of their cluster, here its sentences; pairs leave out stop words; space that the
/// concepts leave is filled in the order of the document.
#[derive(Debug, Clone, PartialEq)]
pub struct Concepts {
    /// The least number of sentences that a pair must occur in to count.
    pub least: u32,
    /// The number of gains that the exact search computes before it keeps the best
    /// summary so far.
    pub effort: usize,
}

default_of_entry!(Concepts);

impl From<&Params> for Concepts {
    fn from(params: &Params) -> Self {
        let least = params.integer("least").min(u64::from(u32::MAX)) as u32;
        Self {
            least,
            effort: params.integer("effort") as usize,
        }
    }
}

impl Summariser for Concepts {
    fn summarise(&self, document: &Document, budget: Budget) -> Selection {
        let concepts = Occurrences::of(document, self.least);
        let mut coverage = Coverage::of(&concepts);
        let greedy = lazy_greedy(&mut coverage, document, budget, 1.0);
        let greedy_worth = concepts.worth(greedy.picks());

        let mut search = Search {
            summary: Summary::new(document, budget),
            coverage: Coverage::of(&concepts),
            effort: self.effort,
            best: (greedy_worth, None),
        };

        let sentences: Vec<u32> = (0..document.sentences().len() as u32).collect();
        let left = search.summary.left();
        search.branch(&sentences, left, 0.0, &mut Vec::new());

        let Some(picks) = search.best.1 else {
            return greedy.finish();
        };

        let mut summary = search.summary;
        for pick in picks {
            summary.take(pick);
        }
        summary.finish()
    }
}

/// The concepts of each sentence, with the weight of each concept.
struct Occurrences {
    of_sentence: Vec<Vec<u32>>,
    weights: Vec<f64>,
}

impl Occurrences {
    fn of(document: &Document, least: u32) -> Self {
        let mut pairs = BTreeMap::new();
        let mut seen_in: Vec<(u32, usize)> = Vec::new();
        let mut of_sentence: Vec<Vec<u32>> = Vec::new();

        for (at, sentence) in document.sentences().iter().enumerate() {
            let terms: Vec<usize> = document.content(sentence).map(Term::index).collect();
            let mut concepts = Vec::new();
            for pair in terms.windows(2) {
                let next = pairs.len() as u32;
                let id = *pairs.entry((pair[0], pair[1])).or_insert(next);
                if id == next {
                    seen_in.push((0, usize::MAX));
                }
                let seen = &mut seen_in[id as usize];
                // a pair counts once for each sentence
                if seen.1 != at {
                    *seen = (seen.0 + 1, at);
                    concepts.push(id);
                }
            }
            of_sentence.push(concepts);
        }

        for concepts in &mut of_sentence {
            concepts.retain(|&id| seen_in[id as usize].0 >= least);
        }

        let weights = seen_in.iter().map(|&(count, _)| f64::from(count)).collect();
        Self {
            of_sentence,
            weights,
        }
    }

    fn worth(&self, picks: &[u32]) -> f64 {
        let mut coverage = Coverage::of(self);
        picks.iter().fold(0.0, |worth, &pick| {
            let gain = coverage.gain(pick);
            coverage.add(pick);
            worth + gain
        })
    }
}

/// The number of picks that contain each concept.
struct Coverage<'a> {
    concepts: &'a Occurrences,
    covered: Vec<u32>,
}

impl<'a> Coverage<'a> {
    fn of(concepts: &'a Occurrences) -> Self {
        Self {
            concepts,
            covered: vec![0; concepts.weights.len()],
        }
    }

    fn remove(&mut self, sentence: u32) {
        for &concept in &self.concepts.of_sentence[sentence as usize] {
            self.covered[concept as usize] -= 1;
        }
    }
}

impl Objective for Coverage<'_> {
    fn gain(&mut self, sentence: u32) -> f64 {
        let concepts = self.concepts.of_sentence[sentence as usize].iter();
        let new = concepts.filter(|&&concept| self.covered[concept as usize] == 0);
        new.map(|&concept| self.concepts.weights[concept as usize])
            .sum()
    }

    fn add(&mut self, sentence: u32) {
        for &concept in &self.concepts.of_sentence[sentence as usize] {
            self.covered[concept as usize] += 1;
        }
    }
}

/// A depth-first search that tries the best gain for the price first.
struct Search<'a> {
    summary: Summary<'a>,
    coverage: Coverage<'a>,
    effort: usize,
    best: (f64, Option<Vec<u32>>),
}

struct Choice {
    sentence: u32,
    gain: f64,
    price: usize,
}

impl Search<'_> {
    fn branch(&mut self, open: &[u32], left: usize, worth: f64, picks: &mut Vec<u32>) {
        if worth > self.best.0 {
            self.best = (worth, Some(picks.clone()));
        }

        let choices = self.choices(open, left);
        let mut rest: Vec<u32> = choices.iter().map(|choice| choice.sentence).collect();

        for (at, choice) in choices.iter().enumerate() {
            if self.effort == 0 || worth + bound(&choices[at..], left) <= self.best.0 {
                return;
            }
            self.coverage.add(choice.sentence);
            picks.push(choice.sentence);
            // the remaining sentences are those after the choice: no set is tried in two
            // orders
            let after = rest.split_off(1);
            self.branch(&after, left - choice.price, worth + choice.gain, picks);
            rest = after;
            picks.pop();
            self.coverage.remove(choice.sentence);
        }
    }

    /// Returns the sentences that can be added and gain something, the largest gain for
    /// its price first.
    fn choices(&mut self, open: &[u32], left: usize) -> Vec<Choice> {
        let mut choices = Vec::new();
        for &sentence in open {
            if self.effort == 0 {
                break;
            }
            self.effort -= 1;

            let price = self.summary.price(sentence);
            let gain = self.coverage.gain(sentence);
            if gain > 0.0 && price <= left {
                choices.push(Choice {
                    sentence,
                    gain,
                    price,
                });
            }
        }

        let density = |choice: &Choice| choice.gain / choice.price.max(1) as f64;
        choices.sort_by(|a, b| {
            density(b)
                .total_cmp(&density(a))
                .then(a.sentence.cmp(&b.sentence))
        });
        choices
    }
}

/// Returns a bound on what any subset of the choices can gain: gains never grow, and a
/// part of the last sentence fills the budget.
fn bound(choices: &[Choice], mut left: usize) -> f64 {
    let mut bound = 0.0;
    for choice in choices {
        if choice.price >= left {
            return bound + choice.gain * left as f64 / choice.price.max(1) as f64;
        }
        left -= choice.price;
        bound += choice.gain;
    }
    bound
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rank::testing::lines;
    use proptest::prelude::*;

    fn picks(text: &str, budget: Budget) -> Vec<u32> {
        let mut picks = Concepts {
            least: 2,
            effort: 100_000,
        }
        .summarise(&lines(text), budget)
        .picks;
        picks.sort_unstable();
        picks
    }

    #[test]
    fn every_pair_that_recurs_is_covered_where_all_fit() {
        let text = "red fox old dog\nred fox green sea\nold dog green sea\nred fox\n\
                    old dog\ngreen sea\n";
        // three pairs of three sentences each, in three of two words or two of four
        let concepts = Occurrences::of(&lines(text), 2);
        assert_eq!(concepts.worth(&picks(text, Budget::Words(6))), 9.0);
        assert_eq!(concepts.worth(&picks(text, Budget::Sentences(2))), 9.0);
    }

    #[test]
    fn a_pair_of_one_sentence_is_no_concept() {
        let concepts = Occurrences::of(&lines("red fox\nred fox runs\n"), 2);
        assert_eq!(concepts.of_sentence[1].len(), 1);
        assert_eq!(concepts.worth(&[0, 1]), 2.0);
    }

    proptest! {
        #[test]
        fn no_subset_within_the_budget_is_worth_more(
            sentences in prop::collection::vec(
                prop::collection::vec(prop::sample::select(vec!["fox", "dog", "sea", "owl"]), 0..6),
                1..9,
            ),
            words in 0_usize..16,
        ) {
            let text: Vec<String> = sentences.iter().map(|words| words.join(" ")).collect();
            let document = lines(&text.join("\n"));
            let concepts = Occurrences::of(&document, 2);
            let count = document.sentences().len() as u32;
            let price = |at: &u32| document.words(&document.sentences()[*at as usize]);
            let best = (0_u32..1 << count)
                .map(|set| (0..count).filter(|at| set >> at & 1 == 1).collect::<Vec<u32>>())
                .filter(|set| set.iter().map(price).sum::<usize>() <= words)
                .map(|set| concepts.worth(&set))
                .fold(0.0, f64::max);
            let system = Concepts { least: 2, effort: 1_000_000 };
            let picks = system.summarise(&document, Budget::Words(words)).picks;
            prop_assert_eq!(concepts.worth(&picks), best);
        }
    }
}

//! Epitome: covers the contents of a text with a prior for its beginning, which is strong
//! if the opening is central.

mod opening;
mod units;

use crate::rank::{Budget, Objective, Selection, Vectors, lazy_greedy};
use epitome_base::spec::{Entry, Parameter, ParameterKind, Params};
use epitome_text::Document;

use super::summariser::Summariser;

pub(super) const ENTRY: Entry<dyn Summariser> = Entry {
    name: "epitome",
    about: "covers words and pairs of words, weighted by a lead prior whose strength depends on the text",
    source: "this project; after Yih, Goodman, Vanderwende & Suzuki (2007), Multi-document summarization by maximizing informative content-words, IJCAI",
    parameters: &[
        Parameter {
            name: "lead",
            kind: ParameterKind::Number(0.0, 5.0),
            default: "0.35",
            about: "exponent: the prior of the n-th sentence is n to the power of minus this, in an average text",
        },
        Parameter {
            name: "opening",
            kind: ParameterKind::Number(0.0, 10.0),
            default: "1.5",
            about: "increase of that exponent with the centrality of the opening",
        },
        Parameter {
            name: "short",
            kind: ParameterKind::Number(0.0, 1e6),
            default: "8",
            about: "number of sentences of a text at which the prior has half its strength",
        },
        Parameter {
            name: "place",
            kind: ParameterKind::Number(0.0, 5.0),
            default: "0.1",
            about: "share of the exponent of the prior that applies to the sentence itself, beside its words",
        },
        Parameter {
            name: "title",
            kind: ParameterKind::Number(0.0, 1e6),
            default: "4",
            about: "relative increase of the gain of a sentence that contains all words of the title",
        },
        Parameter {
            name: "function",
            kind: ParameterKind::Number(0.0, 1.0),
            default: "0.5",
            about: "weight of a stop word, and of a pair with one",
        },
        Parameter {
            name: "once",
            kind: ParameterKind::Number(0.0, 1.0),
            default: "0.4",
            about: "factor of the weight of a word or pair that occurs in one sentence only",
        },
        Parameter {
            name: "again",
            kind: ParameterKind::Number(0.0, 1.0),
            default: "0.3",
            about: "factor of the weight of a word or pair each time it is covered",
        },
        Parameter {
            name: "length",
            kind: ParameterKind::Number(0.1, 1e6),
            default: "4",
            about: "number of words that are added to the length of every sentence in the denominator",
        },
        Parameter {
            name: "quote",
            kind: ParameterKind::Number(0.0, 1.0),
            default: "0.2",
            about: "share of its gain that a sentence with quotation marks loses",
        },
    ],
    build: |params| Box::new(Epitome::from(params)),
};

/// Greedy coverage of words and word pairs under a prior of position.
///
/// ```text
/// gain(s) = bₛ^place · (1 + title · share of the title's words in s) · Σ_{u ∈ s} w(u) again^c(u)
///           ─────────────────────────────────────────────────────────────────────────────────
///                                     words(s) + length
/// w(u) = kind(u) · Σ_{s ∋ u} bₛ, times `once` if one sentence has u
/// bₛ   = s^−α      for the s-th sentence, counted from 1
/// α    = max(0, lead + opening · (z − 1)) · N / (N + short)
/// ```
///
/// A unit `u` is a word or a pair (module `units`): `kind` is 1 for one of content words
/// and `function` for one with stop words. `c(u)` is the number of picks that contain
/// `u`; the title's words are discounted by `again^c` too. `z` is how central the opening
/// is (`opening::strength`): about 1.2 in news and 1.7 in encyclopaedias, 1 in reviews,
/// and lower in meetings.
///
/// Gains never grow, so that few are computed again ([`lazy_greedy`]). They are divided
/// by words whatever the unit of the budget. A sentence with quotation marks keeps `1 −
/// quote` of its gain. `O(tokens · log tokens)` at the beginning.
///
/// Sums of word weights that are discounted once they are covered are from Yih et al.
/// (2007), as is a lead prior on the weights of words and not of sentences alone, which
/// they learn. Pairs are from Gillick & Favre (2009). New are the strength of the prior,
/// which is taken from the text, and the title as a factor outside of the density. The
/// defaults are fitted by `scripts/fit-epitome`.
#[derive(Debug, Clone, PartialEq)]
pub struct Epitome {
    /// The exponent of the prior in a text whose opening is as central as the rest,
    /// before short texts lower it.
    pub lead: f64,
    /// The increase of the exponent with the centrality of the opening.
    pub opening: f64,
    /// The number of sentences of a text whose prior is half as strong.
    pub short: f64,
    /// The share of the exponent that weighs the sentence itself, beside its words.
    pub place: f64,
    /// The factor, less 1, of a sentence that contains all words of the title.
    pub title: f64,
    /// The weight of a stop word, and of a pair with one; content words have 1.
    pub function: f64,
    /// The factor of what only one sentence contains.
    pub once: f64,
    /// The factor of a unit's weight each time it is covered.
    pub again: f64,
    /// The number of words that every sentence has in addition to its own in the
    /// denominator.
    pub length: f64,
    /// The share of its gain that a sentence with quotation marks loses.
    pub quote: f64,
}

default_of_entry!(Epitome);

impl From<&Params> for Epitome {
    fn from(params: &Params) -> Self {
        let number = |name| params.number(name);
        Self {
            lead: number("lead"),
            opening: number("opening"),
            short: number("short"),
            place: number("place"),
            title: number("title"),
            function: number("function"),
            once: number("once"),
            again: number("again"),
            length: number("length"),
            quote: number("quote"),
        }
    }
}

impl Summariser for Epitome {
    fn summarise(&self, document: &Document, budget: Budget) -> Selection {
        let mut coverage = Coverage::of(document, self);
        lazy_greedy(&mut coverage, document, budget, 0.0).finish()
    }
}

impl Epitome {
    /// Returns `α`, the exponent of the prior.
    fn power(&self, document: &Document) -> f64 {
        let count = document.sentences().len() as f64;
        let strength = self.lead + self.opening * (opening::strength(document) - 1.0);
        strength.max(0.0) * count / (count + self.short).max(1.0)
    }
}

/// Returns the prior of each sentence: `n^−power` for the n-th.
fn prior(document: &Document, power: f64) -> Vec<f64> {
    (1..=document.sentences().len())
        .map(|n| (n as f64).powf(-power))
        .collect()
}

/// The weights of the units and title words that the picks leave.
struct Coverage {
    /// The units of each sentence.
    units: Vectors,
    /// The weight `w(u)` of each unit, discounted as it is covered.
    weights: Vec<f64>,
    /// The factor of each sentence: its prior over its length, and that of its quotation
    /// marks.
    factors: Vec<f64>,
    title: Title,
    again: f64,
}

impl Coverage {
    fn of(document: &Document, system: &Epitome) -> Self {
        let units = units::of(document, system.function);
        let power = system.power(document);

        let mut weights = units.sum(&prior(document, power));
        for (weight, sentences) in weights.iter_mut().zip(units.frequencies()) {
            if sentences == 1 {
                *weight *= system.once;
            }
        }

        let mut factors = prior(document, power * system.place);
        for (at, sentence) in document.sentences().iter().enumerate() {
            let kept = if quotes(document.sentence_text(at)) {
                1.0 - system.quote
            } else {
                1.0
            };
            factors[at] *= kept / (document.words(sentence) as f64 + system.length);
        }

        let title = Title::of(document, system.title);
        Self {
            units,
            weights,
            factors,
            title,
            again: system.again,
        }
    }
}

/// Returns whether a sentence has quotation marks, including those of tokenised text.
fn quotes(sentence: &str) -> bool {
    sentence.contains(['"', '“', '”', '„', '«', '»'])
        || sentence.contains("''")
        || sentence.contains("``")
}

impl Objective for Coverage {
    fn gain(&mut self, sentence: u32) -> f64 {
        let at = sentence as usize;
        let says: f64 = self.units.row(at).map(|(unit, _)| self.weights[unit]).sum();
        let titled = self
            .title
            .counts
            .row(at)
            .map(|(term, _)| self.title.weights[term]);
        self.factors[at] * says * (1.0 + titled.sum::<f64>())
    }

    fn add(&mut self, sentence: u32) {
        let at = sentence as usize;
        for (unit, _) in self.units.row(at) {
            self.weights[unit] *= self.again;
        }
        for (term, _) in self.title.counts.row(at) {
            self.title.weights[term] *= self.again;
        }
    }
}

/// The content words of the title: which of them each sentence contains, and the weight
/// of each.
struct Title {
    counts: Vectors,
    weights: Vec<f64>,
}

impl Title {
    fn of(document: &Document, worth: f64) -> Self {
        let body = document
            .sentences()
            .first()
            .map_or(0, |it| it.tokens.start as usize);

        let mut weights = vec![0.0; document.term_count()];
        let content = document.tokens()[..body]
            .iter()
            .filter(|token| token.is_content());
        content.for_each(|token| weights[token.term.index()] = 1.0);

        let words = weights.iter().sum::<f64>();
        for weight in &mut weights {
            *weight *= worth / words.max(1.0);
        }

        let counts = Vectors::counts(document).filtered(|term, _| weights[term] > 0.0);
        Self { counts, weights }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rank::testing::{lines, titled};

    /// No prior, no title, pairs and stop words left out, nothing discounted.
    const PLAIN: Epitome = Epitome {
        lead: 0.0,
        opening: 0.0,
        short: 0.0,
        place: 0.0,
        title: 0.0,
        function: 0.0,
        once: 1.0,
        again: 1.0,
        length: 1.0,
        quote: 0.0,
    };

    fn gains(system: &Epitome, document: &Document) -> Vec<f64> {
        let mut coverage = Coverage::of(document, system);
        (0..document.sentences().len() as u32)
            .map(|at| coverage.gain(at))
            .collect()
    }

    #[test]
    fn a_gain_is_weight_for_words() {
        let document = lines("whales\nwhales and ships\nof\n");
        // whales weighs 2, ships 1, their pair 1; 1, 3 and 1 words, and one more each
        assert_eq!(gains(&PLAIN, &document), [2.0 / 2.0, 4.0 / 4.0, 0.0]);
        let once = Epitome { once: 0.5, ..PLAIN };
        assert_eq!(gains(&once, &document), [1.0, 3.0 / 4.0, 0.0]);
        let function = Epitome {
            function: 0.5,
            ..PLAIN
        };
        // and, whales–and, and–ships: three halves more
        assert_eq!(gains(&function, &document), [1.0, 5.5 / 4.0, 0.25]);
    }

    #[test]
    fn words_weigh_what_their_sentences_do() {
        let document = lines("whales\nships\nwhales\n");
        let lead = Epitome { lead: 1.0, ..PLAIN };
        let [first, second] = [1.0 + 1.0 / 3.0, 1.0 / 2.0];
        assert_eq!(
            gains(&lead, &document),
            [first, second, first].map(|sum| sum / 2.0)
        );
        let place = Epitome {
            lead: 1.0,
            place: 1.0,
            ..PLAIN
        };
        let wanted = [first / 2.0, second / 4.0, first / 6.0];
        assert_eq!(gains(&place, &document), wanted);
        let short = Epitome {
            lead: 2.0,
            short: 3.0,
            ..PLAIN
        };
        assert_eq!(gains(&short, &document), gains(&lead, &document));
    }

    #[test]
    fn the_prior_is_as_strong_as_the_opening() {
        let system = Epitome {
            lead: 0.5,
            opening: 1.5,
            ..PLAIN
        };
        let news = lines("whales ships\nwhales\nships\n");
        let report = lines("whales\nships\nwhales ships\n");
        let strength = opening::strength(&news) - 1.0;
        assert_eq!(system.power(&news), 0.5 + 1.5 * strength);
        assert!(system.power(&report) < 0.5);
        assert_eq!(system.power(&lines("")), 0.0);
    }

    #[test]
    fn the_title_is_worth_saying_once() {
        let text = "whales sing\nships sail\n";
        let title = Epitome {
            title: 4.0,
            again: 0.5,
            ..PLAIN
        };
        let document = titled("Ships and harbours", text);
        // half of the title's words, so three times the 3/3 of words and pair
        assert_eq!(gains(&title, &document), [1.0, 3.0]);
        let mut coverage = Coverage::of(&document, &title);
        coverage.add(1);
        assert_eq!(coverage.gain(1), 0.5 * 2.0);
        assert_eq!(gains(&title, &lines(text)), [1.0, 1.0]);
    }

    #[test]
    fn what_is_covered_gains_less() {
        let text = "whales sing songs\nwhales sing songs now\nships carry salt\n";
        let picks = |again| {
            let system = Epitome { again, ..PLAIN };
            system.summarise(&lines(text), Budget::Sentences(2)).picks
        };
        assert_eq!(picks(1.0), [0, 1]);
        assert_eq!(picks(0.3), [0, 2]);
    }

    #[test]
    fn a_quotation_says_less() {
        let quote = Epitome {
            quote: 0.2,
            ..PLAIN
        };
        let document = lines("«whales»\n''ships''\nsalt’s\n");
        assert_eq!(gains(&quote, &document), [0.4, 0.4, 0.5]);
    }
}

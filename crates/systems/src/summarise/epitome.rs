//! Epitome: covers the contents of a text with a prior for its beginning, which is strong
//! if the opening is central.

mod opening;
mod prior;
#[cfg(test)]
mod tests;
mod turns;
mod units;

use crate::rank::{Budget, Objective, Selection, Summary, Vectors, lazy_greedy};
use epitome_base::spec::{Entry, Parameter, ParameterKind, Params};
use epitome_text::Document;

use self::prior::{Prior, Strength};
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
        Parameter {
            name: "cluster",
            kind: ParameterKind::Number(0.0, 5.0),
            default: "0.5",
            about: "what `place` is in a cluster, whose sentences have their place in their own document",
        },
        Parameter {
            name: "growth",
            kind: ParameterKind::Number(0.0, 20.0),
            default: "2",
            about: "increase of the exponent of the sentence itself when a text beyond `long` grows by a factor of e",
        },
        Parameter {
            name: "long",
            kind: ParameterKind::Number(1.0, 1e6),
            default: "100",
            about: "number of sentences from which the prior of a text grows",
        },
        Parameter {
            name: "room",
            kind: ParameterKind::Number(0.0, 100.0),
            default: "0.05",
            about: "number of words that are added to the length of every sentence for each word of the budget",
        },
        Parameter {
            name: "dialogue",
            kind: ParameterKind::Number(0.0, 100.0),
            default: "1",
            about: "what is added to `room` in a dialogue, which has no prior",
        },
    ],
    build: |params| Box::new(Epitome::from(params)),
};

/// Greedy coverage of words and word pairs under a prior of position.
///
/// ```text
/// gain(s) = n^−β · (1 + title · share of the title's words in s) · Σ_{u ∈ s} w(u) again^c(u)
///           ────────────────────────────────────────────────────────────────────────────────
///                             words(s) + length + room · budget
/// w(u) = kind(u) · Σ_{s ∋ u} n^−α, times `once` if one sentence has u
/// α    = max(0, lead + opening · (z − 1)) · N / (N + short)
/// β    = place · α + growth · max(0, ln(N / long))
/// ```
///
/// A unit `u` is a word or a pair (module `units`): `kind` is 1 for one of content words
/// and `function` for one with stop words. `c(u)` is the number of picks that contain
/// `u`; the title's words are discounted by `again^c` too. `n` is the place of the sentence
/// in its own document, from 1, and `N` the number of sentences of a document. `z` is how
/// central the opening is (`opening::strength`): about 1.1 in news, 1.3 in encyclopaedias,
/// 1 in reviews, and lower in meetings. In a cluster, `cluster` is in the place of `place`.
/// `budget` is in words, whatever its unit, and no longer than the text.
///
/// In a dialogue (module `turns`) α and β are 0, and `dialogue` is added to `room`, since
/// many turns say next to nothing.
///
/// Gains never grow, so that few are computed again ([`lazy_greedy`]). They are divided
/// by words whatever the unit of the budget. A sentence with quotation marks keeps `1 −
/// quote` of its gain. `O(tokens · log tokens)` at the beginning.
///
/// Sums of word weights that are discounted once they are covered are from Yih et al.
/// (2007), as is a lead prior on the weights of words and not of sentences alone, which
/// they learn. Pairs are from Gillick & Favre (2009). New are the strength of the prior,
/// which is taken from the text, and the title as a factor outside of the density. The
/// defaults are fitted by `scripts/leave-one-out`.
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
    /// What `place` is in a cluster of documents.
    pub cluster: f64,
    /// The increase of the exponent of the sentence itself when a text beyond `long` grows
    /// by a factor of e.
    pub growth: f64,
    /// The number of sentences from which the prior of a text grows.
    pub long: f64,
    /// The number of words that are added to the length of every sentence for each word of
    /// the budget.
    pub room: f64,
    /// What is added to `room` in a dialogue.
    pub dialogue: f64,
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
            cluster: number("cluster"),
            growth: number("growth"),
            long: number("long"),
            room: number("room"),
            dialogue: number("dialogue"),
        }
    }
}

impl Summariser for Epitome {
    fn summarise(&self, document: &Document, budget: Budget) -> Selection {
        let mut coverage = Coverage::of(document, self, budget);
        lazy_greedy(&mut coverage, document, budget, 0.0).finish()
    }
}

impl Epitome {
    fn strength(&self) -> Strength {
        Strength {
            lead: self.lead,
            opening: self.opening,
            short: self.short,
            place: self.place,
            cluster: self.cluster,
            growth: self.growth,
            long: self.long,
        }
    }
}

/// Returns the budget in words: the share of all prices that it is, of all words. It is at
/// most the number of words of the document.
fn budget_in_words(document: &Document, budget: Budget) -> f64 {
    let summary = Summary::with_likes(document, budget);
    let (mut words, mut prices) = (0.0, 0.0);
    for (at, sentence) in (0..).zip(document.sentences()) {
        words += document.words(sentence) as f64;
        prices += summary.price(at) as f64;
    }
    words * (summary.left() as f64 / f64::max(prices, 1.0)).min(1.0)
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
    fn of(document: &Document, system: &Epitome, budget: Budget) -> Self {
        let units = units::of(document, system.function);
        let (prior, room) = if turns::is_dialogue(document) {
            (Prior::NONE, system.room + system.dialogue)
        } else {
            (Prior::of(document, system.strength()), system.room)
        };

        let mut weights = units.sum(&prior.weights(document));
        for (weight, sentences) in weights.iter_mut().zip(units.frequencies()) {
            if sentences == 1 {
                *weight *= system.once;
            }
        }

        let added = system.length + room * budget_in_words(document, budget);
        let mut factors = prior.factors(document);
        for (at, sentence) in document.sentences().iter().enumerate() {
            let kept = if quotes(document.sentence_text(at)) {
                1.0 - system.quote
            } else {
                1.0
            };
            factors[at] *= kept / (document.words(sentence) as f64 + added);
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

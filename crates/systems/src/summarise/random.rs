//! Random: a baseline that shows what a choice without reading is worth.

use crate::rank::{Budget, Selection};
use epitome_base::rng;
use epitome_base::spec::{Entry, Parameter, ParameterKind, Params};
use epitome_text::Document;

use super::summariser::Summariser;

pub(super) const ENTRY: Entry<dyn Summariser> = Entry {
    name: "random",
    about: "random sentences, the same for the same text and seed",
    source: "a baseline of no author",
    parameters: &[Parameter {
        name: "seed",
        kind: ParameterKind::Integer(0, u64::MAX),
        default: "0",
        about: "seed of the random selection",
    }],
    build: |params| Box::new(Random::from(params)),
};

/// Picks sentences in a uniformly random order, each if it still fits. `O(n)`.
///
/// The order depends on the text and `seed` only, not on other documents of a run or on
/// threads: it is a Fisher–Yates shuffle driven by [`rng::mix`] from a hash of the text.
#[derive(Debug, Clone, PartialEq)]
pub struct Random {
    /// The seed of the order.
    pub seed: u64,
}

default_of_entry!(Random);

impl From<&Params> for Random {
    fn from(params: &Params) -> Self {
        Self {
            seed: params.integer("seed"),
        }
    }
}

impl Summariser for Random {
    fn summarise(&self, document: &Document, budget: Budget) -> Selection {
        let seed = rng::seed_of(self.seed, document.full_text());
        let mut order: Vec<u32> = (0..document.sentences().len() as u32).collect();
        for last in (1..order.len()).rev() {
            order.swap(last, rng::below(rng::mix(seed, last as u64), last + 1));
        }
        Selection::in_order(order, document, budget)
    }
}

//! The perturbation `+shuffled`: it measures what a system owes to the order of
//! sentences.

use super::{
    change::Perturbation,
    seed::{SEED, seed_of},
    sentences::{replace, sentences},
};
use crate::record::Record;
use epitome_base::rng;
use epitome_base::spec::Entry;

pub(super) const ENTRY: Entry<dyn Perturbation> = Entry {
    name: "shuffled",
    about: "sentences in another order, one a line",
    source: "a control of no author",
    parameters: &[SEED],
    build: |params| {
        Box::new(Shuffled {
            seed: params.integer("seed"),
        })
    },
};

/// Shuffles the sentences (Fisher–Yates). The lead is then a random summary.
struct Shuffled {
    seed: u64,
}

impl Perturbation for Shuffled {
    fn change(&self, record: &mut Record) {
        let mut sentences = sentences(record);
        let seed = seed_of(self.seed, record);
        for last in (1..sentences.len()).rev() {
            sentences.swap(last, rng::below(rng::mix(seed, last as u64), last + 1));
        }
        replace(record, &sentences);
    }
}

//! The perturbation `+doubled`: it measures what repeated sentences do to a system.

use super::{
    change::Perturbation,
    sentences::{replace, sentences},
};
use crate::record::Record;
use epitome_base::spec::Entry;

pub(super) const ENTRY: Entry<dyn Perturbation> = Entry {
    name: "doubled",
    about: "every sentence twice in a row, one a line",
    source: "a control of no author",
    parameters: &[],
    build: |_| Box::new(Doubled),
};

/// Repeats every sentence. A system that counts frequencies sees the same proportions;
/// one that picks a sentence twice is exposed.
struct Doubled;

impl Perturbation for Doubled {
    fn change(&self, record: &mut Record) {
        let doubled = sentences(record)
            .into_iter()
            .flat_map(|sentence| [sentence.clone(), sentence]);
        let doubled: Vec<_> = doubled.collect();
        replace(record, &doubled);
    }
}

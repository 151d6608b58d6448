//! The perturbation `+clean`: it measures what a system owes to the boilerplate of a
//! page.

use super::change::Perturbation;
use crate::record::Record;
use epitome_base::spec::Entry;
use epitome_text::boilerplate::Boilerplate;

pub(super) const ENTRY: Entry<dyn Perturbation> = Entry {
    name: "clean",
    about: "without the sentences that are probably boilerplate; the last of all changes",
    source: "a model of our own; docs/boilerplate.md",
    parameters: &[],
    build: |_| Box::new(Clean),
};

/// Marks the document as one that systems see without its boilerplate. The text is left
/// unchanged, so that indices and places in results refer to the original text.
struct Clean;

impl Perturbation for Clean {
    fn change(&self, record: &mut Record) {
        record.boilerplate = Boilerplate::Drop;
    }
}

//! The perturbation `+boilerplate`: it puts a clean text back into a web page.

use super::{
    change::Perturbation,
    seed::{SEED, seed_of},
    sentences::{Line, replace, sentences},
};
use crate::record::Record;
use crate::sampler;
use epitome_base::rng;
use epitome_base::spec::Entry;

pub(super) const ENTRY: Entry<dyn Perturbation> = Entry {
    name: "boilerplate",
    about: "lines of boilerplate before, between and after the sentences",
    source: "a control of no author; the lines are those of the sampler's labelled pages",
    parameters: &[SEED],
    build: |params| {
        Box::new(Boilerplate {
            seed: params.integer("seed"),
        })
    },
};

/// Adds three lines of boilerplate before the text, four after it, and one after about
/// every eighth sentence, drawn with replacement. A system that prefers body text loses
/// nothing.
struct Boilerplate {
    seed: u64,
}

impl Perturbation for Boilerplate {
    fn change(&self, record: &mut Record) {
        let known = sampler::boilerplate();
        let seed = seed_of(self.seed, record);
        let mut counter = 0;
        let mut draw = || {
            counter += 1;
            let at = rng::below(rng::mix(seed, counter), known.len());
            known.get(at).map_or("", String::as_str)
        };

        let mut lines: Vec<Line> = (0..3).map(|_| Line::of(draw())).collect();
        for (at, sentence) in sentences(record).into_iter().enumerate() {
            lines.push(sentence);
            if at % 8 == 3 {
                lines.push(Line::of(draw()));
            }
        }

        lines.extend((0..4).map(|_| Line::of(draw())));
        replace(record, &lines);
    }
}

//! The perturbation `+noisy`: it makes the errors of optical character recognition.

use std::collections::BTreeMap;

use super::{
    change::Perturbation,
    seed::{SEED, seed_of},
};
use crate::record::Record;
use epitome_base::rng;
use epitome_base::spec::{Entry, Parameter, ParameterKind};

pub(super) const ENTRY: Entry<dyn Perturbation> = Entry {
    name: "noisy",
    about: "letters misread, lost or doubled, as in scanned text",
    source: "a control of no author; confusions as in Kissos & Dershowitz (2016)",
    parameters: &[
        Parameter {
            name: "rate",
            kind: ParameterKind::Number(0.0, 1.0),
            default: "0.05",
            about: "share of letters that are changed",
        },
        SEED,
    ],
    build: |params| {
        Box::new(Noisy {
            rate: params.number("rate"),
            seed: params.integer("seed"),
        })
    },
};

/// Letters with the characters that scanners mistake them for.
const CONFUSIONS: [(char, &str); 22] = [
    ('a', "o"),
    ('b', "h"),
    ('c', "e"),
    ('d', "cl"),
    ('e', "c"),
    ('f', "t"),
    ('g', "q"),
    ('h', "b"),
    ('i', "l"),
    ('l', "1"),
    ('m', "rn"),
    ('n', "u"),
    ('o', "0"),
    ('q', "g"),
    ('r', "n"),
    ('s', "5"),
    ('t', "f"),
    ('u', "n"),
    ('v', "y"),
    ('w', "vv"),
    ('y', "v"),
    ('I', "l"),
];

/// Changes each letter with probability `rate`: in half of the cases it is misread as its
/// look-alike, in a quarter dropped, in a quarter doubled. Letters without a look-alike
/// are dropped or doubled. White space and punctuation are left unchanged, so that
/// sentences are too.
struct Noisy {
    rate: f64,
    seed: u64,
}

impl Perturbation for Noisy {
    fn change(&self, record: &mut Record) {
        let seed = seed_of(self.seed, record);
        let mut noisy = String::with_capacity(record.text.len());
        // where the bounds of evidence are in the noisy text
        let bounds = record.evidence.iter().flat_map(|it| [it.start, it.end]);
        let mut moved: BTreeMap<usize, usize> = bounds.map(|bound| (bound, 0)).collect();
        for (at, (start, letter)) in record.text.char_indices().enumerate() {
            if let Some(bound) = moved.get_mut(&start) {
                *bound = noisy.len();
            }
            let bits = rng::mix(seed, at as u64);
            // the upper 53 bits, as a number in [0, 1), decide whether; the lowest two how
            let share = (bits >> 11) as f64 / (1_u64 << 53) as f64;
            if !letter.is_alphabetic() || share >= self.rate {
                noisy.push(letter);
                continue;
            }

            let taken_for = CONFUSIONS
                .iter()
                .find(|(known, _)| *known == letter)
                .map(|(_, as_)| *as_);
            match (bits & 3, taken_for) {
                (0 | 1, Some(other)) => noisy.push_str(other),
                (0 | 2, _) => {}
                _ => noisy.extend([letter, letter]),
            }
        }
        if let Some(bound) = moved.get_mut(&record.text.len()) {
            *bound = noisy.len();
        }
        for passage in &mut record.evidence {
            *passage = moved[&passage.start]..moved[&passage.end];
        }
        record.evidence.retain(|passage| !passage.is_empty());
        record.text = noisy;
    }
}

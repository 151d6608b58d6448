//! The weights file.

use super::training::Trained;

const HEADER: &str = "epitome tagger 1: English, UPOS
trained by scripts/train-tagger on UD English-EWT dev (CC BY-SA 4.0) and UD English-PUD
(CC BY-SA 3.0); these weights are under CC BY-SA 4.0; see README.md beside this file
";

/// Header, blank line, lexicon, model: as `Lexicon::read` and `TaggerModel::read` read them.
pub(super) fn bytes(trained: &Trained) -> Vec<u8> {
    let mut out = HEADER.as_bytes().to_vec();
    out.push(b'\n');
    number(trained.facts.len() as u32, &mut out);
    let mut last = 0;

    for &(form, facts) in &trained.facts {
        number(form - last, &mut out);
        last = form;
        let only = facts.only.map_or(0, |tag| tag as u8 + 1);
        let (cluster, coarse) = (facts.cluster, facts.coarse);
        out.extend([
            cluster,
            coarse,
            facts.tags,
            facts.listed,
            facts.capital,
            only,
        ]);
    }

    eprintln!("{} words in {} bytes", trained.facts.len(), out.len());
    number(trained.weights.len() as u32, &mut out);
    let mut last = 0;
    for (feature, weights) in &trained.weights {
        number(feature - last, &mut out);
        last = *feature;
        let bits = weights
            .iter()
            .enumerate()
            .filter(|&(_, &weight)| weight != 0);
        number(bits.map(|(tag, _)| 1 << tag).sum(), &mut out);
        out.extend(
            weights
                .iter()
                .filter(|&&weight| weight != 0)
                .map(|w| w.cast_unsigned()),
        );
    }

    eprintln!(
        "{} features, {} bytes in all",
        trained.weights.len(),
        out.len()
    );

    out
}

/// Seven bits a byte, low bits first.
fn number(mut number: u32, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

//! The weights file.

use super::training::Trained;

const HEADER: &str = "epitome tagger 2: English, UPOS
trained by scripts/train-tagger on UD English-EWT dev (CC BY-SA 4.0) and UD English-PUD
(CC BY-SA 3.0); these weights are under CC BY-SA 4.0; see README.md beside this file
";

/// Header, blank line, lexicon, model: as `Lexicon::read` and `TaggerModel::read` read them.
pub(super) fn bytes(trained: &Trained) -> Vec<u8> {
    let mut out = HEADER.as_bytes().to_vec();
    out.push(b'\n');
    let forms: Vec<u32> = trained.facts.iter().map(|(form, _)| *form).collect();
    keys(&forms, &mut out);
    for (_, facts) in &trained.facts {
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
    let features: Vec<u32> = trained.weights.iter().map(|(it, _)| *it).collect();
    keys(&features, &mut out);
    let given = trained.weights.iter().map(|(_, weights)| {
        let bits = weights.iter().enumerate();
        let bits = bits.filter(|&(_, &weight)| weight != 0);
        bits.map(|(tag, _)| 1 << tag).sum()
    });
    numbers(&given.collect::<Vec<u32>>(), 3, &mut out);
    for (_, weights) in &trained.weights {
        let given = weights.iter().filter(|&&weight| weight != 0);
        out.extend(given.map(|weight| weight.cast_unsigned()));
    }

    eprintln!(
        "{} features, {} bytes in all",
        trained.weights.len(),
        out.len()
    );

    out
}

/// Appends the count of ascending keys, then the difference of each from the one before it.
fn keys(keys: &[u32], out: &mut Vec<u8>) {
    numbers(&[keys.len() as u32], 4, out);
    let last = std::iter::once(&0).chain(keys);
    let differences: Vec<u32> = keys
        .iter()
        .zip(last)
        .map(|(key, last)| key - last)
        .collect();
    numbers(&differences, 4, out);
}

/// Appends numbers of `width` bytes each: the lowest bytes of all, then the second lowest of all.
/// Columns of bytes of one kind are packed more closely.
fn numbers(numbers: &[u32], width: usize, out: &mut Vec<u8>) {
    for place in 0..width {
        out.extend(numbers.iter().map(|number| (number >> (8 * place)) as u8));
    }
}

//! How central the opening of a text is.

use crate::rank::Vectors;
use epitome_text::Document;

/// Returns how much more alike to the rest of the text the first sentences are than
/// others: the weighted mean of `c(s) / mean c`, in which the n-th sentence of a document
/// has the weight 1/n. In a cluster, each document has an opening.
///
/// `c(s)` is the sum of the cosines of a sentence with all others, over sets of
/// content words. Returns 1 if no two sentences share a word, and for a text of one
/// sentence. `O(tokens)`.
pub(super) fn strength(document: &Document) -> f64 {
    let sets = Vectors::counts(document);
    let mut unit = Vectors::empty(sets.width());
    for row in sets.rows() {
        unit.push_row(row.map(|(term, _)| (term as u32, 1.0)));
    }

    let unit = unit.normalised();
    let all = unit.sum(&vec![1.0; unit.len()]);
    let (mut opening, mut total, mut weights) = (0.0, 0.0, 0.0);
    for (at, likeness) in unit.dot(&all).into_iter().enumerate() {
        let own: f64 = unit.row(at).map(|(_, weight)| weight * weight).sum();
        let central = (likeness - own).max(0.0);
        let weight = 1.0 / (document.place_in_document(at) + 1) as f64;
        opening += weight * central;
        total += central;
        weights += weight;
    }

    // sums of cosines that are 0 come out as rounding errors
    let some = total > 1e-9 * unit.len() as f64;
    if some {
        opening / weights * unit.len() as f64 / total
    } else {
        1.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rank::testing::lines;

    #[test]
    fn an_opening_that_others_repeat_is_strong() {
        // cosines: 0–1 and 0–2 are 1/√2, 1–2 is 0: centralities 2, 1, 1 in these units
        let first = strength(&lines("whales ships\nwhales\nships\n"));
        let wanted = (2.0 + 1.0 / 2.0 + 1.0 / 3.0) / (11.0 / 6.0) * 3.0 / 4.0;
        assert!((first - wanted).abs() < 1e-12, "{first} {wanted}");
        assert!(strength(&lines("whales\nships\nwhales ships\n")) < 1.0);
    }

    #[test]
    fn without_words_in_common_it_is_one() {
        for text in ["", "of the\n", "whales sing\n", "whales sing\nships\nof\n"] {
            assert_eq!(strength(&lines(text)), 1.0, "{text:?}");
        }
    }
}

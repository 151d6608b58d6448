//! Removal of phrases that are similar to better ones, by Levenshtein ratio.

/// A filter that accepts a phrase if it is not similar to a phrase accepted before.
///
/// ```text
/// ratio(a, b) = 1 − Levenshtein distance / length of the longer
/// ```
///
/// Phrases are compared in lower case, lengths are in characters. A comparison ends as soon as
/// the ratio cannot exceed the threshold any more, at once if the lengths differ too much.
pub(super) struct Likeness {
    /// Threshold; `None` accepts everything.
    above: Option<f64>,
    /// Accepted phrases in lower case.
    accepted: Vec<Vec<char>>,
    /// A row of the Levenshtein table, kept to reuse its memory.
    row: Vec<usize>,
}

impl Likeness {
    /// Returns a filter for which phrases are similar if their ratio is above a threshold;
    /// without a threshold no phrases are.
    pub(super) fn above(above: Option<f64>) -> Self {
        Self {
            above,
            accepted: Vec::new(),
            row: Vec::new(),
        }
    }

    /// Returns whether a phrase is accepted, and stores it if so.
    pub(super) fn is_new(&mut self, phrase: &str) -> bool {
        let Some(above) = self.above else { return true };

        let phrase: Vec<char> = phrase.to_lowercase().chars().collect();
        let row = &mut self.row;
        let is_new = !self
            .accepted
            .iter()
            .any(|other| are_similar(&phrase, other, above, row));
        if is_new {
            self.accepted.push(phrase);
        }
        is_new
    }
}

/// Returns whether the ratio of two phrases is above a threshold. `row` is working memory.
fn are_similar(a: &[char], b: &[char], above: f64, row: &mut Vec<usize>) -> bool {
    let longer = a.len().max(b.len()).max(1) as f64;
    let is_enough = |distance: usize| 1.0 - distance as f64 / longer > above;
    if !is_enough(a.len().abs_diff(b.len())) {
        return false;
    }

    // Wagner & Fischer's table of distances between prefixes, one row at a time
    row.clear();
    row.extend(0..=b.len());
    for (at, left) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = at + 1;
        let mut least = row[0];

        for (place, right) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(left != right);
            diagonal = row[place + 1];
            row[place + 1] = replaced.min(diagonal + 1).min(row[place] + 1);
            least = least.min(row[place + 1]);
        }

        // no later row has a smaller distance
        if !is_enough(least) {
            return false;
        }
    }
    is_enough(row[b.len()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_letter_in_eleven_is_alike_and_one_in_ten_is_not() {
        let mut likeness = Likeness::above(Some(0.9));
        assert!(likeness.is_new("text mining"));
        assert!(!likeness.is_new("Text minings"));
        assert!(likeness.is_new("hyper text"));
        assert!(likeness.is_new("hyper tex"));
    }

    #[test]
    fn without_a_threshold_all_are_new() {
        let mut likeness = Likeness::above(None);
        assert!(likeness.is_new("bridge") && likeness.is_new("bridge"));
    }

    proptest! {
        #[test]
        fn the_ratio_is_that_of_the_whole_table(a in "[ab ]{0,12}", b in "[ab ]{0,12}", above in 0.0_f64..1.0) {
            let [left, right] = [&a, &b].map(|text| text.chars().collect::<Vec<_>>());
            let longer = left.len().max(right.len()).max(1) as f64;
            let ratio = 1.0 - strsim::levenshtein(&a, &b) as f64 / longer;
            prop_assert_eq!(are_similar(&left, &right, above, &mut Vec::new()), ratio > above);
        }
    }
}

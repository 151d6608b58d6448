//! Phrases too much like better ones.

/// Lets phrases pass that are like none that has passed.
///
/// ```text
/// ratio(a, b) = 1 − Levenshtein distance / length of the longer, in characters
/// ```
///
/// in lower case. The distance is looked for only as far as it matters: `O(length · d)`
/// for a pair, nothing where the lengths differ by more.
pub(super) struct Likeness {
    above: Option<f64>,
    passed: Vec<Vec<char>>,
    row: Vec<usize>,
}

impl Likeness {
    /// Phrases are alike whose ratio is above a threshold; none are without one.
    pub(super) fn above(above: Option<f64>) -> Self {
        Self {
            above,
            passed: Vec::new(),
            row: Vec::new(),
        }
    }

    /// Whether a phrase is like none that has passed; if so, it has.
    pub(super) fn is_new(&mut self, phrase: &str) -> bool {
        let Some(above) = self.above else { return true };
        let phrase: Vec<char> = phrase.to_lowercase().chars().collect();
        let row = &mut self.row;
        let is_new = !self
            .passed
            .iter()
            .any(|other| are_alike(&phrase, other, above, row));
        if is_new {
            self.passed.push(phrase);
        }
        is_new
    }
}

fn are_alike(a: &[char], b: &[char], above: f64, row: &mut Vec<usize>) -> bool {
    let longer = a.len().max(b.len()).max(1) as f64;
    let is_enough = |distance: usize| 1.0 - distance as f64 / longer > above;
    if !is_enough(a.len().abs_diff(b.len())) {
        return false;
    }
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
            prop_assert_eq!(are_alike(&left, &right, above, &mut Vec::new()), ratio > above);
        }
    }
}

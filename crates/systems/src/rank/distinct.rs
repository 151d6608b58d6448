//! Vectors without repetitions.

use super::Vectors;

/// The different rows of some vectors, in the order in which they first occur.
pub(super) struct Distinct {
    pub(super) rows: Vectors,
    /// For each of the vectors, which of `rows` it is equal to.
    pub(super) of: Vec<u32>,
}

impl Distinct {
    /// Returns the different rows of `vectors`. Rows are equal if they have the same terms
    /// with the same weights in the same order. `O(entries · log N)`.
    pub(super) fn of(vectors: &Vectors) -> Self {
        let mut order: Vec<usize> = (0..vectors.len()).collect();
        // a stable sort, so that the first of equal rows is that of the lowest number
        order.sort_by(|&a, &b| {
            vectors.row(a).partial_cmp(vectors.row(b)).expect("no NaN")
        });

        let mut first_of: Vec<usize> = vec![0; vectors.len()];
        for same in order.chunk_by(|&a, &b| vectors.row(a).eq(vectors.row(b))) {
            for &at in same {
                first_of[at] = same[0];
            }
        }

        let mut distinct = Self {
            rows: Vectors::empty(vectors.width()),
            of: Vec::with_capacity(vectors.len()),
        };
        for (at, &first) in first_of.iter().enumerate() {
            if at == first {
                let row = vectors.row(at).map(|(term, weight)| (term as u32, weight));
                distinct.rows.push_row(row);
                distinct.of.push(distinct.rows.len() as u32 - 1);
            } else {
                distinct.of.push(distinct.of[first]);
            }
        }
        distinct
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rank::testing::lines;

    #[test]
    fn each_row_is_there_once_and_in_the_order_of_the_first() {
        let text = "dogs\ncats mice\ndogs\nof the\ncats mice\nmice cats\nof\n";
        let distinct = Distinct::of(&Vectors::counts(&lines(text)));
        assert_eq!(distinct.of, [0, 1, 0, 2, 1, 3, 2]);
        assert_eq!(distinct.rows.len(), 4);
        assert_eq!(distinct.rows.row(2).count(), 0);
    }
}

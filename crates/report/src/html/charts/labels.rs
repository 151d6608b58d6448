//! Positions of labels that do not overlap.

/// Returns positions as near to `wanted` as possible (by least squares) such that any two are at
/// least `gap` apart, within `low..high` if there is room.
///
/// The algorithm is pool adjacent violators: labels that would overlap form a block, whose centre
/// is the mean of their wanted positions.
pub(super) fn spread(wanted: &[f64], gap: f64, (low, high): (f64, f64)) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|&a, &b| wanted[a].total_cmp(&wanted[b]).then(a.cmp(&b)));

    // each block: first member, count, sum of (wanted − its offset in the block)
    let mut blocks: Vec<(usize, usize, f64)> = Vec::new();
    let centre = |&(_, count, sum): &(usize, usize, f64)| {
        let room = high - gap * (count - 1) as f64;
        (sum / count as f64).min(room).max(low)
    };

    for (rank, &at) in order.iter().enumerate() {
        let mut block = (rank, 1, wanted[at]);
        while let Some(before) = blocks.last() {
            if centre(before) + gap * before.1 as f64 <= centre(&block) {
                break;
            }
            let offset = gap * before.1 as f64;
            block = (
                before.0,
                before.1 + block.1,
                before.2 + block.2 - offset * block.1 as f64,
            );
            blocks.pop();
        }
        blocks.push(block);
    }

    let mut places = vec![0.0; wanted.len()];
    for block in &blocks {
        let start = centre(block);
        for step in 0..block.1 {
            places[order[block.0 + step]] = start + gap * step as f64;
        }
    }
    places
}

/// The rectangles that are occupied. A label is drawn where it overlaps none of them, or not at
/// all.
#[derive(Debug, Default)]
pub(super) struct Taken(Vec<[f64; 4]>);

impl Taken {
    /// Adds the rectangle `[left, top, right, bottom]`.
    pub(super) fn add(&mut self, found: [f64; 4]) {
        self.0.push(found);
    }

    /// Returns the index of the first of `boxes` that overlaps no rectangle, and adds it; `None` if
    /// each overlaps one.
    pub(super) fn first_free(
        &mut self,
        boxes: impl IntoIterator<Item = [f64; 4]>,
    ) -> Option<usize> {
        let (at, free) = boxes
            .into_iter()
            .enumerate()
            .find(|(_, wanted)| !self.0.iter().any(|taken| overlap(taken, wanted)))?;
        self.0.push(free);
        Some(at)
    }
}

/// Returns whether two rectangles `[left, top, right, bottom]` have points inside in common.
fn overlap(a: &[f64; 4], b: &[f64; 4]) -> bool {
    a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_that_would_overlap_are_centred_on_their_mean() {
        assert_eq!(
            spread(&[50.0, 50.0, 50.0], 10.0, (0.0, 100.0)),
            [40.0, 50.0, 60.0]
        );
        assert_eq!(spread(&[20.0, 80.0], 10.0, (0.0, 100.0)), [20.0, 80.0]);
        assert_eq!(spread(&[99.0, 98.0], 10.0, (0.0, 100.0)), [100.0, 90.0]);
        assert_eq!(spread(&[], 10.0, (0.0, 100.0)), [0.0; 0]);
    }

    #[test]
    fn no_two_labels_overlap() {
        let wanted: Vec<f64> = (0..20).map(|at| f64::from(at * at % 17)).collect();
        let mut places = spread(&wanted, 13.0, (0.0, 400.0));
        places.sort_by(f64::total_cmp);
        assert!(
            places.windows(2).all(|pair| pair[1] - pair[0] > 12.999),
            "{places:?}"
        );
        assert!(places[0] >= 0.0);
    }

    #[test]
    fn an_occupied_rectangle_is_not_used_again() {
        let mut taken = Taken::default();
        taken.add([0.0, 0.0, 10.0, 10.0]);
        let boxes = [[5.0, 5.0, 15.0, 15.0], [10.0, 0.0, 20.0, 10.0]];
        assert_eq!(taken.first_free(boxes), Some(1));
        assert_eq!(taken.first_free(boxes), None);
    }
}

//! Where labels go so that none covers another.

/// Moves places apart until each has `gap` to the next, as little as that takes, within
/// `low..high` where there is room: pool adjacent violators, so that labels pushed
/// together stay centred on where they belong.
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

/// Boxes that are taken; a label is put where it meets none, or not at all.
#[derive(Debug, Default)]
pub(super) struct Taken(Vec<[f64; 4]>);

impl Taken {
    /// Takes the box `[left, top, right, bottom]`.
    pub(super) fn add(&mut self, found: [f64; 4]) {
        self.0.push(found);
    }

    /// The first of `boxes` that is free, which is then taken.
    pub(super) fn first_free(
        &mut self,
        boxes: impl IntoIterator<Item = [f64; 4]>,
    ) -> Option<usize> {
        let meets = |a: &[f64; 4], b: &[f64; 4]| {
            a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
        };
        let (at, free) = boxes
            .into_iter()
            .enumerate()
            .find(|(_, wanted)| !self.0.iter().any(|taken| meets(taken, wanted)))?;
        self.0.push(free);
        Some(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crowded_labels_share_the_way() {
        assert_eq!(
            spread(&[50.0, 50.0, 50.0], 10.0, (0.0, 100.0)),
            [40.0, 50.0, 60.0]
        );
        assert_eq!(spread(&[20.0, 80.0], 10.0, (0.0, 100.0)), [20.0, 80.0]);
        assert_eq!(spread(&[99.0, 98.0], 10.0, (0.0, 100.0)), [100.0, 90.0]);
        assert_eq!(spread(&[], 10.0, (0.0, 100.0)), [0.0; 0]);
    }

    #[test]
    fn no_two_labels_meet() {
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
    fn a_taken_place_is_not_given_again() {
        let mut taken = Taken::default();
        taken.add([0.0, 0.0, 10.0, 10.0]);
        let boxes = [[5.0, 5.0, 15.0, 15.0], [10.0, 0.0, 20.0, 10.0]];
        assert_eq!(taken.first_free(boxes), Some(1));
        assert_eq!(taken.first_free(boxes), None);
    }
}

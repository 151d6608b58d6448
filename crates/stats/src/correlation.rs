//! Coefficients of correlation between two lists of numbers.

/// A coefficient of correlation, with values from −1 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coefficient {
    /// Pearson's r, the correlation of the numbers themselves.
    Pearson,
    /// Spearman's ρ, which is Pearson's r of the ranks; equal numbers share their mean
    /// rank.
    Spearman,
    /// Kendall's τ-b: `(concordant − discordant) / √((n₀ − n₁)(n₀ − n₂))` over the `n₀`
    /// pairs of points, of which `n₁` are ties in the first list and `n₂` in the second.
    Kendall,
}

impl Coefficient {
    /// All coefficients, in the order of [`Points::correlations`].
    pub const ALL: [Self; 3] = [Self::Pearson, Self::Spearman, Self::Kendall];

    /// Returns the name of the coefficient in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pearson => "pearson",
            Self::Spearman => "spearman",
            Self::Kendall => "kendall",
        }
    }

    /// Returns the coefficient of two lists of equal length. It is `None` if it is
    /// undefined: there are fewer than two points, all numbers of a list are equal, or a
    /// number is not finite.
    pub fn of(self, a: &[f64], b: &[f64]) -> Option<f64> {
        let points = Points::new(a.iter().copied().zip(b.iter().copied()));
        points.correlations(&vec![1.0; a.len()])[self as usize]
    }
}

/// The values of the coefficients, in the order of [`Coefficient::ALL`].
pub type Correlations = [Option<f64>; 3];

/// Pairs of numbers that are sorted once: a resample of them is a list of counts, and its
/// correlations need no sorting. Making them is `O(n log n)`.
#[derive(Debug, Clone)]
pub struct Points {
    /// The points, sorted by the first number, then by the second.
    points: Vec<Point>,
    /// The number of different values in the first list and in the second.
    distinct: [usize; 2],
}

/// A pair of numbers, one from each list.
#[derive(Debug, Clone, Copy)]
struct Point {
    /// The two numbers, moved and scaled into −2 to 2.
    numbers: [f64; 2],
    /// The indices of the two numbers among the different numbers of their lists.
    ranks: [usize; 2],
    /// The index of the point in the order in which points were given.
    at: usize,
}

/// A point with the number of times that the sample contains it.
#[derive(Clone, Copy)]
struct Drawn {
    count: f64,
    numbers: [f64; 2],
    ranks: [usize; 2],
}

impl Points {
    /// Returns pairs in sorted order. If any number is not finite, all correlations are
    /// undefined.
    pub fn new(pairs: impl IntoIterator<Item = (f64, f64)>) -> Self {
        let pairs: Vec<(f64, f64)> = pairs.into_iter().collect();
        if pairs.iter().any(|(a, b)| !a.is_finite() || !b.is_finite()) {
            return Self {
                points: Vec::new(),
                distinct: [0, 0],
            };
        }

        let first = List::of(pairs.iter().map(|pair| pair.0));
        let second = List::of(pairs.iter().map(|pair| pair.1));
        let mut points: Vec<Point> = (0..pairs.len())
            .map(|at| Point {
                numbers: [first.numbers[at], second.numbers[at]],
                ranks: [first.ranks[at], second.ranks[at]],
                at,
            })
            .collect();
        points.sort_by_key(|point| point.ranks);

        Self {
            points,
            distinct: [first.distinct, second.distinct],
        }
    }

    /// Returns the correlations of a sample that contains the point at `i` `counts[i]`
    /// times. There must be as many counts as points, and they must be whole numbers. The
    /// complexity is `O(n log n)`.
    pub fn correlations(&self, counts: &[f64]) -> Correlations {
        let mut drawn = Vec::with_capacity(self.points.len());
        for &Point { numbers, ranks, at } in &self.points {
            if counts[at] > 0.0 {
                drawn.push(Drawn {
                    count: counts[at],
                    numbers,
                    ranks,
                });
            }
        }

        let differs = |list: usize| {
            drawn
                .iter()
                .any(|point| point.ranks[list] != drawn[0].ranks[list])
        };
        if !(differs(0) && differs(1)) {
            return [None; 3];
        }

        let by_rank = [0, 1].map(|list| {
            let mut by_rank = vec![0.0; self.distinct[list]];
            for point in &drawn {
                by_rank[point.ranks[list]] += point.count;
            }
            by_rank
        });

        [
            pearson(drawn.iter().map(|point| (point.count, point.numbers))),
            spearman(&drawn, &by_rank),
            kendall(&drawn, &by_rank),
        ]
    }
}

/// One of the two lists of numbers, with the ranks of its numbers.
struct List {
    numbers: Vec<f64>,
    ranks: Vec<usize>,
    distinct: usize,
}

impl List {
    fn of(numbers: impl Iterator<Item = f64>) -> Self {
        // adding 0 turns −0 into 0, so that both have the same rank
        let numbers: Vec<f64> = numbers.map(|number| number + 0.0).collect();
        let mut sorted = numbers.clone();
        sorted.sort_unstable_by(f64::total_cmp);
        sorted.dedup();

        let ranks = numbers
            .iter()
            .map(|number| sorted.partition_point(|other| other < number))
            .collect();
        Self {
            ranks,
            distinct: sorted.len(),
            numbers: centred(numbers),
        }
    }
}

/// Returns the numbers scaled by the largest and moved to mean 0, so that no square
/// overflows or underflows.
fn centred(mut numbers: Vec<f64>) -> Vec<f64> {
    let largest = numbers
        .iter()
        .fold(0.0, |largest: f64, one| largest.max(one.abs()));
    if largest > 0.0 {
        let scaled = numbers.iter().map(|number| number / largest);
        let mean = scaled.sum::<f64>() / numbers.len() as f64;
        for number in &mut numbers {
            *number = *number / largest - mean;
        }
    }
    numbers
}

/// Returns Pearson's r of points with counts; neither list may be constant.
fn pearson(points: impl Iterator<Item = (f64, [f64; 2])> + Clone) -> Option<f64> {
    let (mut count, mut sums) = (0.0, [0.0; 2]);
    for (times, numbers) in points.clone() {
        count += times;
        sums = [sums[0] + times * numbers[0], sums[1] + times * numbers[1]];
    }
    let means = sums.map(|sum| sum / count);
    let (mut product, mut squares) = (0.0, [0.0; 2]);
    for (times, numbers) in points {
        let [a, b] = [numbers[0] - means[0], numbers[1] - means[1]];
        product += times * a * b;
        squares = [squares[0] + times * a * a, squares[1] + times * b * b];
    }
    let correlation = product / (squares[0] * squares[1]).sqrt();
    Some(correlation)
        .filter(|value| value.is_finite())
        .map(within_one)
}

/// Returns a correlation within −1 and 1, which rounding may exceed by an ulp.
fn within_one(correlation: f64) -> f64 {
    correlation.clamp(-1.0, 1.0)
}

/// Returns Spearman's ρ. `by_rank` contains for each list how often the sample contains
/// each of its numbers.
fn spearman(drawn: &[Drawn], by_rank: &[Vec<f64>; 2]) -> Option<f64> {
    let [first, second] = by_rank.each_ref().map(|counts| mean_ranks(counts));
    pearson(drawn.iter().map(|point| {
        let ranks = [first[point.ranks[0]], second[point.ranks[1]]];
        (point.count, ranks)
    }))
}

/// Returns Kendall's τ-b, after Knight (1966), *A computer method for calculating
/// Kendall's tau with ungrouped data*, JASA 61:436–439. Departure: Knight counts the
/// exchanges of a merge sort; here a Fenwick tree over the second list counts the points
/// below and above.
fn kendall(drawn: &[Drawn], by_rank: &[Vec<f64>; 2]) -> Option<f64> {
    let mut before = Fenwick::new(by_rank[1].len());
    let (mut surplus, mut total) = (0.0, 0.0);
    for tied in drawn.chunk_by(|one, other| one.ranks[0] == other.ranks[0]) {
        for point in tied {
            let below = before.sum_below(point.ranks[1]);
            let above = total - before.sum_below(point.ranks[1] + 1);
            surplus += point.count * (below - above);
        }
        // ties in the first list are added together, since they are neither below nor
        // above
        for point in tied {
            before.add(point.ranks[1], point.count);
            total += point.count;
        }
    }

    let pairs = |count: f64| count * (count - 1.0) / 2.0;
    let [first, second] = by_rank.each_ref().map(|counts| {
        let tied: f64 = counts.iter().copied().map(pairs).sum();
        pairs(total) - tied
    });
    let tau = surplus / (first * second).sqrt();
    Some(tau).filter(|tau| tau.is_finite()).map(within_one)
}

/// Returns the mean rank, starting from 1, of each number from the number of times it
/// occurs.
fn mean_ranks(counts: &[f64]) -> Vec<f64> {
    let mut below = 0.0;
    counts
        .iter()
        .map(|&count| {
            let rank = below + f64::midpoint(count, 1.0);
            below += count;
            rank
        })
        .collect()
}

/// Prefix sums of a list that changes, in logarithmic time: a Fenwick tree.
///
/// Fenwick (1994), *A new data structure for cumulative frequency tables*, Software:
/// Practice and Experience 24(3).
struct Fenwick(Vec<f64>);

impl Fenwick {
    fn new(length: usize) -> Self {
        Self(vec![0.0; length])
    }

    fn add(&mut self, at: usize, count: f64) {
        let mut at = at;
        while let Some(sum) = self.0.get_mut(at) {
            *sum += count;
            at |= at + 1;
        }
    }

    /// Returns the sum of the counts before the index `end`.
    fn sum_below(&self, end: usize) -> f64 {
        let (mut end, mut sum) = (end, 0.0);
        while end > 0 {
            sum += self.0[end - 1];
            end &= end - 1;
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use epitome_base::rng;

    fn all(a: &[f64], b: &[f64]) -> [Option<f64>; 3] {
        Coefficient::ALL.map(|coefficient| coefficient.of(a, b))
    }

    /// Returns 500 points with ties in both lists, the same as in the script.
    fn long() -> (Vec<f64>, Vec<f64>) {
        let a = (0..500_u32).map(|i| f64::from(i * 7919 % 101));
        let b = (0..500_u32).map(|i| f64::from((i * 7919 % 101) / 4 + i * 104_729 % 37));
        (a.collect(), b.collect())
    }

    /// The tolerance for rounding: sums of at most 500 terms in another order than
    /// scipy's.
    const ROUNDING: f64 = 1e-14;

    fn close(found: [Option<f64>; 3], wanted: [f64; 3]) {
        for (found, wanted) in found.into_iter().zip(wanted) {
            let found = found.unwrap();
            assert!((found - wanted).abs() < ROUNDING, "{found} {wanted}");
        }
    }

    #[test]
    fn the_numbers_are_those_of_scipy() {
        // scripts/golden/correlations.py: python 3.11.7, scipy 1.16.2, numpy 2.4.6
        close(
            all(
                &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0],
                &[2.5, 1.0, 4.0, 3.0, 9.0, 5.5],
            ),
            [0.724_192_796_022_673_6, 0.828_571_428_571_428_7, 0.6],
        );

        close(
            all(
                &[1.0, 2.0, 2.0, 3.0, 3.0, 3.0, 5.0, 8.0],
                &[1.0, 1.0, 4.0, 3.0, 3.0, 2.0, 7.0, 5.0],
            ),
            [
                0.703_848_769_000_924_4,
                0.751_683_301_899_019_9,
                0.600_480_576_769_076_8,
            ],
        );

        let (a, b) = long();
        close(
            all(&a, &b),
            [
                0.569_665_931_617_489_5,
                0.547_311_767_606_911_9,
                0.392_464_990_523_465_2,
            ],
        );

        close(
            all(&[0.5, -1.5, 2.25, 0.0, -0.0], &[-3.0, 8.0, -9.0, 0.5, 0.25]),
            [
                -0.991_549_278_949_856_4,
                -0.974_679_434_480_896_3,
                -0.948_683_298_050_513_8,
            ],
        );

        close(
            all(
                &[1_000_001.0, 1_000_002.0, 1_000_004.0, 1_000_003.0],
                &[0.1, 0.4, 0.35, 0.2],
            )
            .map(|found| found.map(|value| (value * 1e9).round() / 1e9)),
            // the first list varies in its seventh digit only
            [0.515_687_954, 0.4, 0.333_333_333],
        );
    }

    #[test]
    fn one_exchange_among_four_costs_kendall_a_third() {
        // 6 pairs, 1 of them discordant: (5 − 1) / 6
        let [_, spearman, kendall] = all(&[1.0, 2.0, 3.0, 4.0], &[1.0, 2.0, 4.0, 3.0]);
        assert_eq!(kendall, Some(2.0 / 3.0));
        assert_eq!(spearman, Some(0.8)); // 1 − 6 · 2 / (4 · 15)
    }

    #[test]
    fn constant_short_and_endless_lists_have_none() {
        let none = [None; 3];
        assert_eq!(all(&[], &[]), none);
        assert_eq!(all(&[1.0], &[2.0]), none);
        assert_eq!(all(&[0.1; 3], &[1.0, 2.0, 3.0]), none);
        assert_eq!(all(&[0.0, -0.0], &[1.0, 2.0]), none);
        assert_eq!(all(&[1.0, f64::NAN], &[1.0, 2.0]), none);
        assert_eq!(all(&[1.0, f64::INFINITY], &[1.0, 2.0]), none);
    }

    #[test]
    fn the_range_of_numbers_does_not_matter() {
        for scale in [1e-300, 1e300] {
            let found = all(&[scale, 2.0 * scale, 3.0 * scale], &[1.0, 2.0, 3.0]);
            close(found, [1.0; 3]);
        }
    }

    fn noise(seed: u64, count: usize) -> Vec<f64> {
        (0..count)
            .map(|at| (rng::mix(seed, at as u64) % 40) as f64)
            .collect()
    }

    #[test]
    fn order_of_lists_and_points_does_not_matter() {
        for seed in 0..50 {
            let (a, b) = (noise(seed, 30), noise(seed + 1_000, 30));
            let wanted = all(&a, &b).map(Option::unwrap);
            close(all(&b, &a), wanted);
            let reversed = |list: &[f64]| list.iter().rev().copied().collect::<Vec<_>>();
            close(all(&reversed(&a), &reversed(&b)), wanted);
        }
    }

    #[test]
    fn ranks_survive_any_rising_map_and_pearson_a_straight_one() {
        for seed in 0..50 {
            let (a, b) = (noise(seed, 30), noise(seed + 1_000, 30));
            let [pearson, spearman, kendall] = all(&a, &b);
            let map = |f: fn(f64) -> f64| a.iter().copied().map(f).collect::<Vec<_>>();
            assert_eq!(all(&map(f64::exp), &b)[1..], [spearman, kendall]);
            close(
                all(&map(|x| 3.0 - 0.25 * x), &b),
                [pearson, spearman, kendall].map(|value| -value.unwrap()),
            );
        }
    }

    #[test]
    fn a_count_is_a_repetition() {
        for seed in 0..50 {
            let (a, b) = (noise(seed, 12), noise(seed + 1_000, 12));
            let counts: Vec<f64> =
                noise(seed + 2_000, 12).iter().map(|c| c % 4.0).collect();
            let repeat = |list: &[f64]| -> Vec<f64> {
                let times = list.iter().zip(&counts);
                times
                    .flat_map(|(&x, &count)| vec![x; count as usize])
                    .collect()
            };
            let points = Points::new(a.iter().copied().zip(b.iter().copied()));
            let wanted = all(&repeat(&a), &repeat(&b)).map(Option::unwrap);
            close(points.correlations(&counts), wanted);
        }
    }
}

//! Features and weights of words in YAKE.

use super::{
    neighbours::Neighbours,
    reading::{Case, Reading},
};

/// Weights of the terms of a text, and the counts that probabilities of pairs are from.
pub(super) struct Weights {
    /// Number of occurrences of each term.
    frequencies: Vec<u32>,
    /// `H` of each term; lower is better.
    pub of_terms: Vec<f64>,
    /// Counts of adjacent terms.
    neighbours: Neighbours,
}

impl Weights {
    /// Computes the weights of the terms of a text.
    ///
    /// ```text
    /// H           = Position · Relatedness / (Case + Frequency/Relatedness + Spread/Relatedness)
    /// Case        = max(acronyms, capitalised) / (1 + ln TF)
    /// Position    = ln ln (3 + median of its sentences)
    /// Frequency   = TF / (mean + standard deviation of TF over content terms)
    /// Relatedness = 1 + (L + R) · TF / max TF
    /// Spread      = its sentences / all sentences
    /// ```
    ///
    /// `L` is the number of different left neighbours divided by the number of all left
    /// neighbours, and `R` the same on the right.
    pub(super) fn of(reading: &Reading) -> Self {
        let terms = reading.is_stop.len();
        let mut frequencies = vec![0_u32; terms];
        let mut acronyms = vec![0_u32; terms];
        let mut capitalised = vec![0_u32; terms];
        for word in &reading.words {
            let term = word.term as usize;
            frequencies[term] += 1;
            acronyms[term] += u32::from(word.case == Case::Acronym);
            capitalised[term] += u32::from(word.case == Case::Capitalised);
        }

        let usual = usual_frequency(reading, &frequencies);
        let most = f64::from(frequencies.iter().copied().max().unwrap_or(1).max(1));
        let sentences = SentencesOfTerms::of(reading, &frequencies);
        let neighbours = Neighbours::of(reading);
        let sides = neighbours.sides(terms);

        let weight = |term: usize| {
            if frequencies[term] == 0 {
                return 0.0;
            }
            let frequency = f64::from(frequencies[term]);
            let cased = f64::from(acronyms[term].max(capitalised[term]));
            let own = sentences.of_term(term);

            let case = cased / (1.0 + frequency.ln());
            let position = (3.0 + median(own)).ln().ln();
            let share = frequency / most;
            let [left, right] = sides[term].map(|side| 0.5 + side.share() * share);
            let relatedness = left + right;
            let spread = own.len() as f64 / f64::from(reading.sentences);
            position * relatedness
                / (case + frequency / usual / relatedness + spread / relatedness)
        };

        Self {
            of_terms: (0..terms).map(weight).collect(),
            frequencies,
            neighbours,
        }
    }
}

impl Weights {
    /// Returns the probability that `right` follows `left` at an occurrence of `given`, which is
    /// one of them.
    pub(super) fn probability(&self, left: u32, right: u32, given: u32) -> f64 {
        let pairs = self.neighbours.count(left, right);
        f64::from(pairs) / f64::from(self.frequencies[given as usize].max(1))
    }
}

/// Returns the sum of the mean and the standard deviation of the frequencies of content terms.
fn usual_frequency(reading: &Reading, frequencies: &[u32]) -> f64 {
    let all = frequencies.iter().zip(&reading.is_stop);
    let content = all.filter(|&(&count, &is_stop)| count > 0 && !is_stop);
    let content: Vec<f64> = content.map(|(&count, _)| f64::from(count)).collect();

    let n = content.len().max(1) as f64;
    let mean = content.iter().sum::<f64>() / n;
    let squares: Vec<f64> = content.iter().map(|count| (count - mean).powi(2)).collect();
    mean + (pairwise_sum(&squares) / n).sqrt()
}

/// Returns the sum of numbers in numpy's order of addition. The order matters since scores of
/// YAKE are only equal if they are so to the last bit, and equal scores decide which phrase is
/// left out.
fn pairwise_sum(numbers: &[f64]) -> f64 {
    if numbers.len() > 128 {
        let half = numbers.len() / 2;
        let (front, back) = numbers.split_at(half - half % 8);
        return pairwise_sum(front) + pairwise_sum(back);
    }

    // numpy adds in eight lanes, then pairs of lanes
    let (eights, rest) = numbers.as_chunks::<8>();
    let Some((first, others)) = eights.split_first() else {
        return numbers.iter().sum();
    };
    let mut lanes = *first;
    for eight in others {
        for (lane, number) in lanes.iter_mut().zip(eight) {
            *lane += number;
        }
    }
    let half = |from: usize| {
        (lanes[from] + lanes[from + 1]) + (lanes[from + 2] + lanes[from + 3])
    };
    let sum = half(0) + half(4);
    rest.iter().fold(sum, |sum, number| sum + number)
}

/// The different sentences in which each term occurs, in order.
struct SentencesOfTerms {
    /// Sentences of all terms, one term after the other.
    sentences: Vec<u32>,
    /// Start and end of the sentences of each term.
    bounds: Vec<(u32, u32)>,
}

impl SentencesOfTerms {
    /// Collects the sentences of the terms of a text, which have these frequencies.
    fn of(reading: &Reading, frequencies: &[u32]) -> Self {
        let mut start = 0;
        let mut bounds: Vec<(u32, u32)> = Vec::with_capacity(frequencies.len());
        for &frequency in frequencies {
            bounds.push((start, start));
            start += frequency;
        }

        let mut sentences = vec![0; start as usize];
        for word in &reading.words {
            let (start, end) = &mut bounds[word.term as usize];
            if start == end || sentences[*end as usize - 1] != word.sentence {
                sentences[*end as usize] = word.sentence;
                *end += 1;
            }
        }
        Self { sentences, bounds }
    }

    /// Returns the sentences of a term.
    fn of_term(&self, term: usize) -> &[u32] {
        let (start, end) = self.bounds[term];
        &self.sentences[start as usize..end as usize]
    }
}

/// Returns the median of sorted numbers; 0 if there are none.
fn median(sorted: &[u32]) -> f64 {
    let half = sorted.len() / 2;
    match sorted.len() % 2 {
        _ if sorted.is_empty() => 0.0,
        0 => f64::midpoint(f64::from(sorted[half - 1]), f64::from(sorted[half])),
        _ => f64::from(sorted[half]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_of_an_even_number_is_between_the_middle_two() {
        assert_eq!(median(&[1, 4, 7]), 4.0);
        assert_eq!(median(&[1, 4, 7, 9]), 5.5);
        assert_eq!(median(&[]), 0.0);
    }

    #[test]
    fn sums_of_whole_numbers_are_exact_in_any_order() {
        let numbers: Vec<f64> = (0..1_000).map(f64::from).collect();
        for n in [0_usize, 1, 7, 8, 9, 128, 129, 1_000] {
            let wanted = (n * n.saturating_sub(1) / 2) as f64;
            assert_eq!(pairwise_sum(&numbers[..n]), wanted, "{n}");
        }
    }
}

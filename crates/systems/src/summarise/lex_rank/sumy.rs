//! The scores of sumy 0.13's LexRank.

use crate::rank::{SumyWords, Vectors, products_after};
use epitome_base::spec::Params;
use epitome_text::{Document, GivenStopWords};

use crate::summarise::{profiles::MOST_IN_PAIRS, summariser::SentenceScorer};

/// The scores of sumy's `LexRankSummarizer`.
///
/// ```text
/// x(t, s) = tf(t, s) / max tf · ln(N / (1 + n(t)))        links: cos(x, y) > 0.1
/// ```
///
/// A vector is multiplied with the row-normalised links and divided by its L2 norm until
/// the L2 change is at most 0.1, without teleport. `n(t)` counts sentences. `O(Σₜ
/// n(t)²)`.
pub(super) struct LexRank {
    threshold: f64,
    stop_words: GivenStopWords,
}

impl From<&Params> for LexRank {
    fn from(params: &Params) -> Self {
        let stop_words = params.into();
        Self {
            threshold: params.number("threshold"),
            stop_words,
        }
    }
}

impl SentenceScorer for LexRank {
    fn scores(&self, document: &Document) -> Vec<f64> {
        const TOLERANCE: f64 = 0.1;
        let counts = SumyWords::of(document, &self.stop_words).counts();
        let links = self.links(&counts);
        let mut ranks = vec![1.0 / links.len().max(1) as f64; links.len()];

        loop {
            let mut next: Vec<f64> = links
                .iter()
                .map(|row| {
                    row.iter()
                        .map(|&v| ranks[v as usize] / links[v as usize].len() as f64)
                        .sum()
                })
                .collect();
            let norm = crate::rank::length(next.iter().copied());
            // theirs divides by 0 here
            if norm <= 0.0 {
                return ranks;
            }
            for rank in &mut next {
                *rank /= norm;
            }

            let change = crate::rank::length(next.iter().zip(&ranks).map(|(a, b)| a - b));
            ranks = next;
            if change <= TOLERANCE {
                return ranks;
            }
        }
    }

    fn most_sentences(&self) -> Option<usize> {
        Some(MOST_IN_PAIRS)
    }
}

impl LexRank {
    /// Returns the sentences that each sentence is linked to, in rising order.
    fn links(&self, counts: &Vectors) -> Vec<Vec<u32>> {
        let count = counts.len() as f64;
        let idf = counts.frequencies().into_iter();
        let idf = idf.map(|n| (count / (1.0 + f64::from(n))).ln());

        // idf may be negative and occurs twice in every product: its size is enough
        let size: Vec<f64> = idf.map(f64::abs).collect();
        let unit = counts.clone().scaled(&size).normalised();

        let mut links: Vec<Vec<u32>> = unit
            .rows()
            .enumerate()
            .map(|(at, mut row)| {
                let linked = self.threshold < 1.0 && row.any(|(_, weight)| weight > 0.0);
                if linked { vec![at as u32] } else { Vec::new() }
            })
            .collect();

        products_after(&unit, |i, row| {
            for &(j, _) in row.iter().filter(|(_, cosine)| *cosine > self.threshold) {
                links[i].push(j);
                links[j as usize].push(i as u32);
            }
        });

        for row in &mut links {
            row.sort_unstable();
        }
        links
    }
}

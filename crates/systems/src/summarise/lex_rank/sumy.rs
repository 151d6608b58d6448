//! LexRank as sumy 0.13 computes it.

use crate::rank::{SumyWords, Vectors, products_after};
use epitome_base::spec::Params;
use epitome_text::{Document, GivenStopWords};

use crate::summarise::summariser::SentenceScorer;

/// sumy's `LexRankSummarizer`.
///
/// ```text
/// x(t, s) = tf(t, s) / max tf · ln(N / (1 + n(t)))        links: cos(x, y) > 0.1
/// ```
///
/// A vector is multiplied with the row-normalised links, divided by its L2 norm, until
/// the L2 change is at most 0.1; no teleport. `n(t)` counts sentences. `O(Σₜ n(t)²)`.
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
                    let share =
                        |&v: &u32| ranks[v as usize] / links[v as usize].len() as f64;
                    row.iter().map(share).sum()
                })
                .collect();
            let norm = crate::rank::length(next.iter().copied());
            if norm <= 0.0 {
                return ranks; // theirs divides by 0
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
}

impl LexRank {
    fn links(&self, counts: &Vectors) -> Vec<Vec<u32>> {
        let count = counts.len() as f64;
        let idf = |n: u32| (count / (1.0 + f64::from(n))).ln();
        let idf: Vec<f64> = counts.frequencies().into_iter().map(idf).collect();
        // idf may be negative and counts twice in every product: its size is enough
        let size: Vec<f64> = idf.into_iter().map(f64::abs).collect();
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

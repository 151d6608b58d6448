//! The scores of sumy 0.13's TextRank.

use crate::rank::{SumyWords, Vectors, products_after};
use epitome_base::spec::Params;
use epitome_text::{Document, GivenStopWords};

use crate::summarise::{profiles::MOST_IN_PAIRS, summariser::SentenceScorer};

/// The scores of sumy's `TextRankSummarizer`.
///
/// ```text
/// w(i, j) = Σₜ tf(t, i) tf(t, j) / (ln |Sᵢ| + ln |Sⱼ|)        also for i = j
/// p(u)    = 0.15/N + 0.85 Σᵥ w(v, u) / (Σ_z w(v, z) + 1e-7) p(v)
/// ```
///
/// If both lengths are 1, `w` is the overlap. It stops when the L2 change is at most
/// 1e-4. A sentence without links loses its share. `O(Σₜ n(t)²)`.
pub(super) struct TextRank {
    stop_words: GivenStopWords,
}

impl From<&Params> for TextRank {
    fn from(params: &Params) -> Self {
        Self {
            stop_words: params.into(),
        }
    }
}

impl SentenceScorer for TextRank {
    fn scores(&self, document: &Document) -> Vec<f64> {
        const DAMPING: f64 = 0.85;
        const TOLERANCE: f64 = 1e-4;
        let rows = edges(&SumyWords::of(document, &self.stop_words).counts());
        let count = rows.len() as f64;
        let strengths: Vec<f64> = rows
            .iter()
            .map(|row| row.iter().map(|(_, w)| w).sum::<f64>() + 1e-7)
            .collect();
        let mut ranks = vec![1.0 / count; rows.len()];

        loop {
            let flows: Vec<f64> =
                ranks.iter().zip(&strengths).map(|(p, s)| p / s).collect();
            let total: f64 = ranks.iter().sum();

            let next: Vec<f64> = rows
                .iter()
                .map(|row| {
                    let inflow: f64 =
                        row.iter().map(|&(v, w)| w * flows[v as usize]).sum();
                    (1.0 - DAMPING) / count * total + DAMPING * inflow
                })
                .collect();

            let change: f64 = next.iter().zip(&ranks).map(|(a, b)| (a - b).powi(2)).sum();
            ranks = next;
            if change.sqrt() <= TOLERANCE {
                return ranks;
            }
        }
    }

    fn most_sentences(&self) -> Option<usize> {
        Some(MOST_IN_PAIRS)
    }
}

/// Returns the links of each sentence with their weights.
fn edges(counts: &Vectors) -> Vec<Vec<(u32, f64)>> {
    let lengths: Vec<f64> = counts
        .rows()
        .map(|row| row.map(|(_, count)| count).sum())
        .collect();
    let weight = |i: usize, j: usize, shared: f64| {
        let norm = lengths[i].ln() + lengths[j].ln();
        if norm > 1e-8 { shared / norm } else { shared }
    };

    let mut rows = vec![Vec::new(); counts.len()];
    for (i, row) in counts.rows().enumerate() {
        let shared: f64 = row.map(|(_, count)| count * count).sum();
        if shared > 0.0 {
            rows[i].push((i as u32, weight(i, i, shared)));
        }
    }

    products_after(counts, |i, row| {
        for &(j, shared) in row {
            let weight = weight(i, j as usize, shared);
            rows[i].push((j, weight));
            rows[j as usize].push((i as u32, weight));
        }
    });
    rows
}

//! The summaries of sumy 0.13's SumBasic.

use crate::rank::{Budget, Selection, Summary, SumyWords};
use epitome_base::spec::Params;
use epitome_text::{Document, GivenStopWords};

use crate::summarise::summariser::Summariser;

/// The summaries of sumy's `SumBasicSummarizer`: the best mean probability decides,
/// whichever words it is made of.
///
/// The probability of a word is squared once for each of its occurrences in the sentence
/// that is taken. Takes `O(tokens)` for each pick.
pub(super) struct SumBasic {
    stop_words: GivenStopWords,
}

impl From<&Params> for SumBasic {
    fn from(params: &Params) -> Self {
        Self {
            stop_words: params.into(),
        }
    }
}

impl Summariser for SumBasic {
    fn summarise(&self, document: &Document, budget: Budget) -> Selection {
        let words = SumyWords::of(document, &self.stop_words);
        let content = words.content();
        let total = content.iter().map(Vec::len).sum::<usize>() as f64;

        let mut counts = vec![0.0; words.stems()];
        content
            .iter()
            .flatten()
            .for_each(|&stem| counts[stem as usize] += 1.0);
        let mut p: Vec<f64> = counts.iter().map(|count| count / total).collect();

        let mut summary = Summary::new(document, budget);
        while !summary.is_full() {
            let mut best: Option<(f64, usize)> = None;
            for (at, stems) in content.iter().enumerate() {
                let mean = mean(stems, &p);
                if best.is_none_or(|(most, _)| mean > most) && summary.can_take(at as u32)
                {
                    best = Some((mean, at));
                }
            }

            let Some((_, best)) = best else { break };
            summary.take(best as u32);
            for &stem in &content[best] {
                p[stem as usize] *= p[stem as usize];
            }
        }
        summary.finish()
    }
}

fn mean(stems: &[u32], p: &[f64]) -> f64 {
    let sum: f64 = stems.iter().map(|&stem| p[stem as usize]).sum();
    sum / stems.len().max(1) as f64
}

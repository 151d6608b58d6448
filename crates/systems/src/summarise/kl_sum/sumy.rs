//! The summaries of sumy 0.13's KL-Sum.

use std::collections::BTreeMap;

use crate::rank::{Budget, Selection, Summary, sumy_forms};
use epitome_base::spec::Params;
use epitome_text::{Document, GivenStopWords};

use crate::summarise::summariser::Summariser;

/// The summaries of sumy's `KLSummarizer`.
///
/// ```text
/// next pick = argmin Σ_w P(w) ln (P(w) / Q(w))        w in the summary and in P only
/// ```
///
/// Words are not stemmed. `P` are the shares of the words of the document, in lower case,
/// whose spelling is not on the stop list: a stop word with a capital letter stays. `Q`
/// are the shares of the candidate's content words in lower case, and of all words of the
/// sentences taken, including stop words and capitals. A word that is missing costs
/// nothing. Takes `O(tokens + n · words taken)` for each pick.
pub(super) struct KlSum {
    stop_words: GivenStopWords,
}

impl From<&Params> for KlSum {
    fn from(params: &Params) -> Self {
        Self {
            stop_words: params.into(),
        }
    }
}

impl Summariser for KlSum {
    fn summarise(&self, document: &Document, budget: Budget) -> Selection {
        let words = Words::of(document, &self.stop_words);
        let mut taken: Vec<u32> = Vec::new();
        let mut summary = Summary::new(document, budget);
        while !summary.is_full() {
            let mut best: Option<(f64, usize)> = None;
            for (at, content) in words.content.iter().enumerate() {
                let divergence = words.divergence(content, &taken);
                if best.is_none_or(|(least, _)| divergence < least)
                    && summary.can_take(at as u32)
                {
                    best = Some((divergence, at));
                }
            }
            let Some((_, best)) = best else { break };
            summary.take(best as u32);
            taken.extend(&words.all[best]);
        }
        summary.finish()
    }
}

/// The words of a document as dense numbers.
struct Words {
    /// The words of each sentence as they are spelt.
    all: Vec<Vec<u32>>,
    content: Vec<Vec<u32>>,
    shares: Vec<f64>,
}

impl Words {
    fn of(document: &Document, stop_words: &GivenStopWords) -> Self {
        let list = stop_words.of(document);
        let mut ids: BTreeMap<String, u32> = BTreeMap::new();
        let mut id = |form: &str| {
            let next = ids.len() as u32;
            *ids.entry(form.to_owned()).or_insert(next)
        };

        let (mut all, mut content, mut counted) = (Vec::new(), Vec::new(), Vec::new());
        for forms in sumy_forms(document) {
            let lower: Vec<String> =
                forms.iter().map(|form| form.to_lowercase()).collect();
            all.push(forms.iter().map(|form| id(form)).collect());
            let kept = lower.iter().filter(|word| !list.contains(word));
            content.push(kept.map(|word| id(word)).collect());
            for (form, lower) in forms.iter().zip(&lower) {
                if !list.contains(form) {
                    counted.push(id(lower));
                }
            }
        }

        let mut shares = vec![0.0; ids.len()];
        for &word in &counted {
            shares[word as usize] += 1.0;
        }
        for share in &mut shares {
            *share /= counted.len() as f64;
        }
        Self {
            all,
            content,
            shares,
        }
    }

    fn divergence(&self, content: &[u32], taken: &[u32]) -> f64 {
        let total = (content.len() + taken.len()) as f64;
        let mut order: Vec<u32> = Vec::new();
        let mut counts: BTreeMap<u32, f64> = BTreeMap::new();
        for &word in content.iter().chain(taken) {
            let count = counts.entry(word).or_insert(0.0);
            // the words are added in the order of their first occurrence, on which the last digits
            // of the sum depend
            if *count == 0.0 {
                order.push(word);
            }
            *count += 1.0;
        }

        order
            .iter()
            .map(|word| {
                let share = self.shares[*word as usize];
                if share > 0.0 {
                    share * (share / (counts[word] / total)).ln()
                } else {
                    0.0
                }
            })
            .sum()
    }
}

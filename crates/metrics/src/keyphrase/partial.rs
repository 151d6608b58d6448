//! F1 of keyphrases with credit for partial matches.

use crate::{
    Signature,
    metric::Metric,
    score::Score,
    statistics::{Matches, Statistics},
};
use epitome_base::spec::Entry;

use super::{
    f1::{Cut, PARAMETERS_AT},
    gold::{Gold, Ranked},
    metric::{Keyphrases, MOST_PAIRS, Rule},
    protocol::Protocol,
};

pub(crate) const ENTRY: Entry<dyn Metric> = Entry {
    name: "keyphrase-partial",
    about: "F1 of the words of gold phrases among the first phrases, each paired with its best match",
    source: "Rousseau & Vazirgiannis (2015), Main core retention on graph-of-words for single-document keyword extraction, ECIR (the idea)",
    parameters: PARAMETERS_AT,
    build: |params| {
        let metric = KeyphrasePartial::cut(Cut::from(params));
        Box::new(metric.protocol(Protocol::from(params)))
    },
};

/// F1 with credit for a gold phrase of which only a part is found.
///
/// ```text
/// likeness(p, g) = 2 · |words of both| / (|p| + |g|)
/// shared = Σ likeness over pairs, best first, each phrase in one pair only
/// P = shared / min(k, predicted)     R = shared / |gold|
/// ```
///
/// Words are counted as often as both phrases have them; pairs of equal similarity are
/// matched in the order of the output, then of the gold list. Equal phrases have the
/// similarity 1, so the value is never below F1. The complexity is `O(k · |gold|)`. Above
/// 2²² pairs, such as two lists of 2,049 phrases that are read whole, pairs would fill the
/// memory: there is no score, and the document is left out. The definition is this
/// project's own: published ones differ. A gold phrase with variants is compared in its
/// first spelling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartialMatch {
    cut: Cut,
}

/// The keyphrase metric that returns F1 of the first phrases with credit for parts of
/// phrases.
pub type KeyphrasePartial = Keyphrases<PartialMatch>;

impl KeyphrasePartial {
    /// Returns the metric of the phrases up to a cut: `keyphrase-partial(at=…)`.
    pub fn cut(cut: Cut) -> Self {
        Self::new(ENTRY.name, PartialMatch { cut })
    }
}

impl Rule for PartialMatch {
    fn measure(&self, list: &[Ranked<'_>], gold: &Gold<'_>, _: &Protocol) -> Statistics {
        let read = &list[..list.len().min(self.cut.k(list.len(), gold.len()))];

        if read.len().saturating_mul(gold.len()) > MOST_PAIRS {
            return Statistics::left_out();
        }

        let mut pairs = Vec::new();
        for (p, ranked) in read.iter().enumerate() {
            for (g, phrase) in gold.phrases().iter().enumerate() {
                let likeness = likeness(ranked.phrase, phrase);
                if likeness > 0.0 {
                    pairs.push((likeness, p, g));
                }
            }
        }

        // the sort is stable, so that equal pairs keep the order of the lists
        pairs.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut free = (vec![true; read.len()], vec![true; gold.len()]);
        let mut shared = 0.0;
        for (likeness, p, g) in pairs {
            if free.0[p] && free.1[g] {
                (free.0[p], free.1[g]) = (false, false);
                shared += likeness;
            }
        }

        Matches {
            shared,
            ..Matches::counts(0, read.len(), gold.len())
        }
        .into()
    }

    fn statistics(&self) -> &'static [&'static str] {
        Statistics::MATCHES
    }

    fn score(&self, statistics: &Statistics) -> Score {
        statistics.matches().precision_recall_f1()
    }

    fn signature(&self, signature: Signature) -> Signature {
        signature
            .with("at", self.cut.name())
            .with("partial", "dice")
    }
}

/// Returns the similarity of two phrases, from 0 to 1: twice their common words by all
/// words.
fn likeness(a: &[u32], b: &[u32]) -> f64 {
    let mut left = b.to_vec();
    let mut both = 0;
    for token in a {
        if let Some(at) = left.iter().position(|other| other == token) {
            left.swap_remove(at);
            both += 1;
        }
    }
    2.0 * f64::from(both) / (a.len() + b.len()) as f64
}

#[cfg(test)]
mod tests {
    use super::super::metric::tests::score;
    use super::*;

    #[test]
    fn a_part_of_a_phrase_counts_in_part_and_once() {
        let gold = ["neural networks", "graph"];
        let found = score(ENTRY, &["deep neural networks", "networks"], &gold);
        // 2 · 2 / 5 for the first; `networks` finds its phrase taken
        assert!((found.precision.unwrap() - 0.4).abs() < 1e-15);
        assert_eq!(score(ENTRY, &["graph", "neural network"], &gold).value, 1.0);
    }
}

//! Keyphrases matched by the vectors of an embedder.

use std::collections::BTreeSet;

use epitome_base::{
    embedding::{Embeddings, NamedEmbedder},
    spec::{Entry, Parameter, Params},
};

use crate::{
    Signature, Tokenisation,
    best_match::best_cosines,
    metric::{BoundMetric, Metric},
    metric_input::{MetricInput, MetricNeeds, Output},
    score::Score,
    statistics::Statistics,
    task::Task,
    tokens::Unicode,
};

use super::{
    f1::{AT, Cut},
    metric::MOST_PAIRS,
};

pub(crate) const ENTRY: Entry<dyn Metric> = Entry {
    name: "keyphrase-semantic",
    about: "F1 of phrases, each with its most similar one, by the vectors of an embedder",
    source: "Wu, Yin & Chang (2024), KPEval: towards fine-grained semantic-based keyphrase evaluation, Findings of ACL",
    parameters: &[Parameter::EMBEDDER, AT],
    build: |params| Box::new(KeyphraseSemantic::from(params)),
};

/// `SemP`, `SemR` and `SemF1`: the similarity of phrases counts, not their equality.
///
/// ```text
/// P = mean over the first k phrases of max(0, max_g cos(p, g))
/// R = mean over the gold phrases of max(0, max_p cos(p, g))
/// ```
///
/// Phrases are compared as they are written, each once. A list without phrases has the
/// score 0, and so has a document without gold phrases. `O(k · |gold| · width)`; above 2²²
/// pairs of phrases there is no score, and the document is left out.
///
/// Wu et al. (2024), section 4.1; they use a phrase encoder of their own and all phrases
/// (`at=M`).
#[derive(Debug, Clone, PartialEq)]
pub struct KeyphraseSemantic {
    embedder: NamedEmbedder,
    cut: Cut,
}

impl KeyphraseSemantic {
    /// Returns the metric of the phrases up to a cut, on an embedder.
    pub fn cut(embedder: NamedEmbedder, cut: Cut) -> Self {
        Self { embedder, cut }
    }

    fn embed(&self, phrases: &[&str]) -> Embeddings {
        self.embedder.embedder.texts(phrases)
    }
}

impl From<&Params> for KeyphraseSemantic {
    fn from(params: &Params) -> Self {
        Self::cut(params.embedder(), Cut::from(params))
    }
}

impl Metric for KeyphraseSemantic {
    fn task(&self) -> Task {
        Task::Keyphrases
    }

    fn tokenisation(&self) -> Tokenisation {
        Tokenisation::Unicode(Unicode::default())
    }

    fn needs(&self) -> MetricNeeds {
        MetricNeeds {
            texts: true,
            ..MetricNeeds::default()
        }
    }

    fn signature(&self) -> Signature {
        Signature::of(ENTRY.name)
            .with("embedder", self.embedder.embedder.signature())
            .with("at", self.cut.name())
    }

    fn statistics(&self) -> &'static [&'static str] {
        Statistics::SCORES
    }

    fn against<'a>(&'a self, subject: MetricInput<'a>) -> Box<dyn BoundMetric + 'a> {
        let gold = different(subject.texts.iter().flatten());
        let gold = self.embed(&gold);
        Box::new(move |output: Output<'_>| {
            let mut phrases = different(output.texts);
            phrases.truncate(self.cut.k(phrases.len(), gold.len()));
            if phrases.len().saturating_mul(gold.len()) > MOST_PAIRS {
                return Statistics::left_out();
            }
            let phrases = self.embed(&phrases);
            let precision = mean(&best_cosines(&phrases, &gold));
            let recall = mean(&best_cosines(&gold, &phrases));
            Score::of(precision, recall).into()
        })
    }

    fn score(&self, statistics: &Statistics) -> Score {
        statistics.mean_scores()
    }
}

/// Returns phrases in order, each once, without empty ones.
fn different<'t>(phrases: impl IntoIterator<Item = &'t String>) -> Vec<&'t str> {
    let mut seen = BTreeSet::new();
    let phrases = phrases.into_iter().map(|phrase| phrase.trim());
    phrases
        .filter(|phrase| !phrase.is_empty() && seen.insert(*phrase))
        .collect()
}

/// Returns the mean; 0 of no numbers.
fn mean(numbers: &[f64]) -> f64 {
    numbers.iter().sum::<f64>() / numbers.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{best_match::tests::embedder, score};

    fn found(cut: Cut, phrases: &[&str], gold: &[&str]) -> (f64, f64) {
        let metric = KeyphraseSemantic::cut(embedder(), cut);
        let score = score(&metric, phrases, &[gold]).unwrap();
        (score.precision.unwrap(), score.recall.unwrap())
    }

    #[test]
    fn a_phrase_counts_as_much_as_it_is_like_a_gold_phrase() {
        let (precision, recall) = found(Cut::All, &["boat", "whale"], &["ship", "whale"]);
        assert!((precision - 0.9).abs() < 1e-6, "0.8 and 1: {precision}");
        assert!((recall - 0.9).abs() < 1e-6, "0.8 and 1: {recall}");
    }

    #[test]
    fn only_the_first_phrases_count_and_each_once() {
        let phrases = ["whale", "whale", "ship"];
        assert_eq!(found(Cut::At(1), &phrases, &["ship"]), (0.0, 0.0));
        assert_eq!(found(Cut::At(2), &phrases, &["ship"]), (0.5, 1.0));
        assert_eq!(found(Cut::Gold, &phrases, &["whale"]), (1.0, 1.0));
    }

    #[test]
    fn nothing_is_like_an_empty_list() {
        assert_eq!(found(Cut::All, &[], &["ship"]), (0.0, 0.0));
    }
}

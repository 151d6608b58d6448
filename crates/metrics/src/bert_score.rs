//! BERTScore: tokens matched by the vectors of an embedder.

use std::collections::BTreeMap;

use epitome_base::{
    embedding::{NamedEmbedder, TokenEmbeddings},
    spec::{Entry, Parameter, ParameterKind, Params, Resource},
};

use super::{
    Signature, Tokenisation,
    best_match::best_cosines,
    metric::{BoundMetric, Metric},
    metric_input::{MetricInput, MetricNeeds, Output},
    score::Score,
    statistics::Statistics,
    task::Task,
    tokens::Unicode,
};

pub(super) const ENTRY: Entry<dyn Metric> = Entry {
    name: "bert-score",
    about: "each token with its most similar one, by the vectors of an embedder",
    source: "Zhang, Kishore, Wu, Weinberger & Artzi (2020), BERTScore: evaluating text generation with BERT, ICLR",
    parameters: &[
        Parameter::EMBEDDER,
        Parameter {
            name: "idf",
            kind: ParameterKind::File(&[]),
            default: "none",
            about: "file with a text on each line, in which the document frequencies of tokens are counted; none: every token weighs the same",
        },
    ],
    build: |params| Box::new(BertScore::from(params)),
};

/// The greedy matching of tokens by the cosines of their vectors.
///
/// ```text
/// R = Σ_{r ∈ reference} idf(r) max(0, max_c cos(r, c)) / Σ idf(r)      P: the same over the candidate's
/// idf(t) = ln((M + 1) / (n(t) + 1));  1 without `idf`
/// ```
///
/// `M` is the number of texts in which document frequencies are counted and `n(t)` that of
/// those with `t`. The tokens and their vectors are those of the embedder: with a table of
/// vectors they do not depend on their context, which the paper's do. With several
/// references the one with the highest F1 counts, the first of equal ones. A text without
/// tokens has the score 0. `O(tokens² · width)`.
///
/// Zhang et al. (2020), equations 1 and 2, without a baseline that rescales the values. A
/// token that is like no other counts 0, where its cosine could be below.
#[derive(Debug, Clone, PartialEq)]
pub struct BertScore {
    embedder: NamedEmbedder,
    frequencies: Option<Frequencies>,
}

/// In how many of some texts each token occurs.
#[derive(Debug, Clone, PartialEq)]
struct Frequencies {
    texts: usize,
    of: BTreeMap<u32, usize>,
    /// The path and the digest of the texts.
    source: String,
}

impl BertScore {
    /// Returns the metric on an embedder, with equal weights of all tokens.
    pub fn of(embedder: NamedEmbedder) -> Self {
        Self {
            embedder,
            frequencies: None,
        }
    }

    /// Returns the score of a candidate against one reference.
    fn score_of(
        &self,
        candidate: &TokenEmbeddings,
        reference: &TokenEmbeddings,
    ) -> Score {
        let precision = best_cosines(&candidate.vectors, &reference.vectors);
        let recall = best_cosines(&reference.vectors, &candidate.vectors);
        Score::of(
            self.mean(&candidate.ids, &precision),
            self.mean(&reference.ids, &recall),
        )
    }

    /// Returns the mean of the cosines of tokens by their idf; 0 if there are none, or none
    /// has a weight.
    fn mean(&self, ids: &[u32], cosines: &[f64]) -> f64 {
        let (mut sum, mut weights) = (0.0, 0.0);
        for (id, cosine) in ids.iter().zip(cosines) {
            let weight = self.frequencies.as_ref().map_or(1.0, |it| it.idf(*id));
            sum += weight * cosine;
            weights += weight;
        }
        if weights > 0.0 { sum / weights } else { 0.0 }
    }
}

impl Frequencies {
    fn of(texts: &Resource, embedder: &NamedEmbedder) -> Self {
        let lines = String::from_utf8_lossy(&texts.bytes);
        let mut found = Self {
            texts: 0,
            of: BTreeMap::new(),
            source: format!("{}#{}", texts.path, texts.digest()),
        };
        for line in lines.lines() {
            let mut ids = embedder.embedder.tokens(line).ids;
            ids.sort_unstable();
            ids.dedup();
            found.texts += 1;
            for id in ids {
                *found.of.entry(id).or_default() += 1;
            }
        }
        found
    }

    fn idf(&self, id: u32) -> f64 {
        let frequency = self.of.get(&id).copied().unwrap_or(0);
        ((self.texts + 1) as f64 / (frequency + 1) as f64).ln()
    }
}

impl From<&Params> for BertScore {
    fn from(params: &Params) -> Self {
        let embedder = params.embedder();
        let frequencies = params.file("idf").map(|it| Frequencies::of(it, &embedder));
        Self {
            embedder,
            frequencies,
        }
    }
}

impl Metric for BertScore {
    fn task(&self) -> Task {
        Task::Summaries
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
        let idf = self.frequencies.as_ref().map(|it| it.source.as_str());
        Signature::of(ENTRY.name)
            .with("embedder", self.embedder.embedder.signature())
            .with("idf", idf.unwrap_or("none"))
            .with("multi", "best-f1")
    }

    fn statistics(&self) -> &'static [&'static str] {
        Statistics::SCORES
    }

    fn against<'a>(&'a self, subject: MetricInput<'a>) -> Box<dyn BoundMetric + 'a> {
        let embed =
            |segments: &[String]| self.embedder.embedder.tokens(&segments.join(" "));
        let references: Vec<_> = subject.texts.iter().map(|it| embed(it)).collect();
        Box::new(move |output: Output<'_>| {
            let candidate = embed(output.texts);
            let mut best = Score::of(0.0, 0.0);
            for reference in &references {
                let score = self.score_of(&candidate, reference);
                if score.value > best.value {
                    best = score;
                }
            }
            best.into()
        })
    }

    fn score(&self, statistics: &Statistics) -> Score {
        statistics.mean_scores()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{best_match::tests::embedder, score};

    #[test]
    fn a_token_counts_as_much_as_it_is_like_its_best_match() {
        let metric = BertScore::of(embedder());
        // whale (1, 0) and ship (0, 1) against boat (0.6, 0.8)
        let found = score(&metric, "whale ship", &["boat"]).unwrap();
        assert!((found.precision.unwrap() - f64::midpoint(0.6, 0.8)).abs() < 1e-6);
        assert!((found.recall.unwrap() - 0.8).abs() < 1e-6);
    }

    #[test]
    fn the_same_text_has_one_to_the_last_bit_and_an_unknown_one_has_zero() {
        let metric = BertScore::of(embedder());
        let text = "whale boat whale";
        assert_eq!(score(&metric, text, &["ship", text]).unwrap().value, 1.0);
        assert_eq!(score(&metric, "unheard of", &[text]).unwrap().value, 0.0);
        assert_eq!(score(&metric, "", &[text]).unwrap().value, 0.0);
    }

    #[test]
    fn rare_tokens_weigh_more_with_document_frequencies() {
        let texts = Resource {
            path: "texts.txt".to_owned(),
            bytes: b"whale\nwhale ship\n".to_vec(),
            language: None,
        };
        let embedder = embedder();
        let metric = BertScore {
            frequencies: Some(Frequencies::of(&texts, &embedder)),
            ..BertScore::of(embedder)
        };
        // whale is in both texts: ln 3/3; ship in one: ln 3/2
        let found = score(&metric, "whale", &["whale ship"]).unwrap();
        assert_eq!((found.precision, found.recall), (Some(0.0), Some(0.0)));
        let found = score(&metric, "ship", &["whale ship"]).unwrap();
        assert_eq!((found.precision, found.recall), (Some(1.0), Some(1.0)));
        let signature = metric.signature().to_string();
        assert!(signature.contains("|idf:texts.txt#"), "{signature}");
    }
}

//! KeyBERT: phrases near the document, which may have to differ from each other.

use epitome_base::{
    embedding::NamedEmbedder,
    spec::{Choice, Entry, Parameter, ParameterKind, Params},
};
use epitome_text::{AnalysisNeeds, CorpusView, Document};

use super::{
    candidates::{Candidates, with_candidates},
    embedded::{EmbeddedCandidates, signature},
    extractor::KeywordExtractor,
    keyphrase::Keyphrase,
    mmr::picks,
};

/// How phrases are selected from their cosines to the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyBertSelection {
    /// The most similar ones.
    Best,
    /// By maximal marginal relevance.
    Mmr,
    /// Among the most similar ones, those that are least similar to each other.
    MaxSum,
}

const SELECT: &Choice<KeyBertSelection, 3> = &Choice::new(
    "select",
    [
        ("best", KeyBertSelection::Best),
        ("mmr", KeyBertSelection::Mmr),
        ("max-sum", KeyBertSelection::MaxSum),
    ],
    "which phrases are selected: the most similar to the document, by maximal marginal relevance, or the least similar to each other of a pool",
);

pub(super) const ENTRY: Entry<dyn KeywordExtractor> = Entry {
    name: "key-bert",
    about: "phrases similar to the document, which may have to differ from each other",
    source: "Grootendorst (2020), KeyBERT: minimal keyword extraction with BERT, doi:10.5281/zenodo.4461265",
    parameters: &with_candidates::<4, 12>([
        Parameter::EMBEDDER,
        SELECT.parameter(),
        Parameter {
            name: "diversity",
            kind: ParameterKind::When(
                "select",
                &["mmr"],
                &ParameterKind::Number(0.0, 1.0),
            ),
            default: "0.5",
            about: "weight of unlikeness to better phrases",
        },
        Parameter {
            name: "pool",
            kind: ParameterKind::When(
                "select",
                &["max-sum"],
                &ParameterKind::Integer(1, 20),
            ),
            default: "20",
            about: "number of the most similar phrases that are selected from",
        },
    ]),
    build: |params| Box::new(KeyBert::from(params)),
};

/// The cosine of phrases to the whole text, and three ways to select by it.
///
/// ```text
/// best     cos(c, document)
/// mmr      next pick = argmax (1 − diversity) cos(c, document) − diversity max_{p ∈ picks} cos(c, p)
/// max-sum  of the `pool` best, the `limit` whose pairs have the least sum of cosines
/// ```
///
/// `max-sum` returns its selection in the order of the cosines to the document, and the
/// whole pool if the limit is not below it. The candidates are those of all extractors, as
/// they are written; KeyBERT's are n-grams in lower case. `O(C)` cosines for `C`
/// candidates, `O(C · limit)` for `mmr`; `max-sum` looks at all of at most 184,756 subsets.
///
/// Grootendorst (2020), version 0.9.
#[derive(Debug, Clone)]
pub struct KeyBert {
    /// The source of the vectors.
    pub embedder: NamedEmbedder,
    /// How phrases are selected.
    pub select: KeyBertSelection,
    /// The weight of unlikeness to better phrases in [`KeyBertSelection::Mmr`].
    pub diversity: f64,
    /// The number of the most similar phrases that [`KeyBertSelection::MaxSum`] selects
    /// from. It looks at all subsets, so more than 20 take long.
    pub pool: usize,
    /// How the candidate phrases are found.
    pub candidates: Candidates,
}

impl From<&Params> for KeyBert {
    fn from(params: &Params) -> Self {
        Self {
            embedder: params.embedder(),
            select: params.choice(SELECT),
            diversity: params.number("diversity"),
            pool: params.integer("pool") as usize,
            candidates: Candidates::from(params),
        }
    }
}

impl KeywordExtractor for KeyBert {
    fn extract(
        &self,
        document: &Document,
        _: &CorpusView,
        limit: usize,
    ) -> Vec<Keyphrase> {
        let text = document.readable_text();
        let found =
            EmbeddedCandidates::new(&self.embedder, &self.candidates, document, &text);
        let cosine =
            |at: usize, other: usize| found.vectors.cosine(at, &found.vectors, other);

        let picks = match self.select {
            KeyBertSelection::Best => picks(&found.relevance, 0.0, limit, cosine),
            KeyBertSelection::Mmr => {
                picks(&found.relevance, self.diversity, limit, cosine)
            }
            KeyBertSelection::MaxSum => {
                let pool = picks(&found.relevance, 0.0, self.pool, cosine);
                least_alike(&pool, limit, |a, b| cosine(pool[a].0, pool[b].0))
            }
        };
        found.keyphrases(document, &picks)
    }

    fn needs(&self) -> AnalysisNeeds {
        self.candidates.needs()
    }

    fn signature(&self, document: &Document, _: &CorpusView) -> String {
        signature(&self.candidates, document, &self.embedder)
    }
}

/// Returns the `limit` entries of a pool whose pairs have the least sum of likeness, in the
/// order of the pool; of equal sums the subset that comes first.
fn least_alike(
    pool: &[(usize, f64)],
    limit: usize,
    likeness: impl Fn(usize, usize) -> f64,
) -> Vec<(usize, f64)> {
    if limit >= pool.len() {
        return pool.to_vec();
    }

    let likeness: Vec<Vec<f64>> = (0..pool.len())
        .map(|a| (0..pool.len()).map(|b| likeness(a, b)).collect())
        .collect();
    let mut search = Search {
        likeness: &likeness,
        limit,
        chosen: Vec::new(),
        best: None,
    };
    search.extend(0, 0.0);
    let best = search.best.map_or_else(Vec::new, |(_, chosen)| chosen);
    best.into_iter().map(|at| pool[at]).collect()
}

/// A search through all subsets of one size, in lexicographic order.
struct Search<'a> {
    likeness: &'a [Vec<f64>],
    limit: usize,
    chosen: Vec<usize>,
    /// The least sum so far, and its subset.
    best: Option<(f64, Vec<usize>)>,
}

impl Search<'_> {
    /// Looks at all subsets that add entries from `from` on to those chosen, whose pairs
    /// have the sum `sum`.
    fn extend(&mut self, from: usize, sum: f64) {
        if self.chosen.len() == self.limit {
            // a difference in the last digits is a rounding error
            let is_less = self
                .best
                .as_ref()
                .is_none_or(|(least, _)| sum < least - 1e-12);
            if is_less {
                self.best = Some((sum, self.chosen.clone()));
            }
            return;
        }

        let missing = self.limit - self.chosen.len();
        for at in from..=self.likeness.len() - missing {
            let pairs = self.chosen.iter().map(|&other| self.likeness[at][other]);
            let sum = sum + pairs.sum::<f64>();
            self.chosen.push(at);
            self.extend(at + 1, sum);
            self.chosen.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keywords::testing::{embedder, english};

    const TEXT: &str = "A whale. The whale. A big whale. A ship. The sea.";

    fn order(select: KeyBertSelection, limit: usize) -> Vec<String> {
        let extractor = KeyBert {
            embedder: embedder(),
            select,
            diversity: 0.7,
            pool: 20,
            candidates: Candidates::runs(3),
        };
        let found = extractor.extract(&english(TEXT), &CorpusView::none(), limit);
        found.into_iter().map(|it| it.text).collect()
    }

    #[test]
    fn the_most_similar_phrases_are_the_best() {
        let found = order(KeyBertSelection::Best, 9);
        assert_eq!(found, ["whale", "big whale", "ship", "sea"]);
    }

    #[test]
    fn by_marginal_relevance_a_repetition_waits() {
        let found = order(KeyBertSelection::Mmr, 9);
        assert_eq!(found, ["whale", "ship", "sea", "big whale"]);
    }

    #[test]
    fn the_least_alike_of_the_pool_are_selected() {
        assert_eq!(order(KeyBertSelection::MaxSum, 3), ["whale", "ship", "sea"]);
        assert_eq!(order(KeyBertSelection::MaxSum, 9).len(), 4);
        assert!(order(KeyBertSelection::MaxSum, 0).is_empty());
    }
}

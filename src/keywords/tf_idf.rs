//! TF-IDF: phrases that are frequent here and rare in the corpus.

use crate::{
    spec::Entry,
    text::{Document, Needs},
};

use super::{
    CandidateScorer, KeywordExtractor, Scored,
    candidates::{Candidates, PARAMETERS},
};

pub(super) const ENTRY: Entry<dyn KeywordExtractor> = Entry {
    name: "tf-idf",
    about: "sum of the tf-idf weights of a phrase's words, df from the corpus of the run",
    source: "Spärck Jones (1972), A statistical interpretation of term specificity, Journal of Documentation 28(1)",
    parameters: &PARAMETERS,
    build: |params| Box::new(TfIdf { candidates: Candidates::from(params) }),
};

/// TF-IDF of words, summed over a phrase.
///
/// ```text
/// score(c) = Σ_{t ∈ c} tf(t) · log₂((1 + N) / (1 + df(t)))
/// ```
///
/// `tf` counts the stem in the document, `df` the documents of the corpus with it, of
/// `N`. A single text has no corpus: idf is 1 and what is left is term frequency.
/// `O(n log n)`.
///
/// Spärck Jones (1972), with the smoothed idf that pke uses. Departure from pke: `df` is
/// that of words, not of n-grams.
struct TfIdf {
    candidates: Candidates,
}

impl CandidateScorer for TfIdf {
    fn candidates(&self, document: &Document) -> Scored {
        let weights = weights(document);
        Scored::by(self.candidates.of(document), |candidate| {
            candidate.terms(document).map(|term| weights[term.index()]).sum()
        })
    }

    fn needs(&self) -> Needs {
        Needs { idf: true, ..self.candidates.needs() }
    }
}

/// `tf · idf` of every term.
fn weights(document: &Document) -> Vec<f64> {
    let mut weights = vec![0.0; document.term_count()];
    for token in document.tokens().iter().filter(|token| token.is_content()) {
        weights[token.term.index()] += 1.0;
    }
    if let Some(idf) = document.idf() {
        for (weight, idf) in weights.iter_mut().zip(idf) {
            *weight *= idf;
        }
    }
    weights
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keywords::Keyphrase;
    use crate::text::{Analyser, CorpusStatistics, Segmenter, Source};
    use std::sync::Arc;

    fn source(text: &str) -> Source<'_> {
        let language = "en".parse().unwrap();
        Source { id: "d", title: "", text, language, segmenter: Segmenter::Own }
    }

    fn extracted(document: &Document) -> Vec<(String, f64)> {
        let extractor = TfIdf { candidates: Candidates::runs(4) };
        let pair = |keyphrase: Keyphrase| (keyphrase.text, keyphrase.score);
        extractor.extract(document, 9).into_iter().map(pair).collect()
    }

    #[test]
    fn without_a_corpus_it_counts() {
        let document = Analyser::default().analyse(source("Whales sing. Whales. Ships."));
        let found = extracted(&document);
        assert_eq!(found[0], ("Whales sing".to_owned(), 3.0));
        assert_eq!(found[1], ("Whales".to_owned(), 2.0));
    }

    #[test]
    fn a_word_of_every_document_weighs_nothing() {
        let mut statistics = CorpusStatistics::default();
        for text in ["whales", "whales and ships", "whales"] {
            statistics.add(&Analyser::default().analyse(source(text)));
        }
        let mut analyser = Analyser::new(false, Some(Arc::new(statistics)));
        let found = extracted(&analyser.analyse(source("Whales. Whales. Ships.")));
        assert_eq!(found[0], ("Ships".to_owned(), 1.0), "log₂(4/2)");
        assert_eq!(found[1], ("Whales".to_owned(), 0.0));
    }
}

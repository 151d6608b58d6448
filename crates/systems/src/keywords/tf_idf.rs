//! TF-IDF: phrases that are frequent in the document and rare in the corpus.

use epitome_base::spec::{Choice, Entry, Params};
use epitome_text::{AnalysisNeeds, CorpusNeeds, CorpusView, Document};

use super::{
    candidates::{Candidates, PROFILE_OF_3_GRAMS, STOP_WORDS, with_candidates},
    extractor::{CandidateScorer, KeywordExtractor},
    frequencies::{self, counts, idf, phrase_idf},
    keyphrase::ScoredPhrases,
    words::Words,
};

const OF: &Choice<bool, 2> = &Choice::new(
    "of",
    [("phrases", true), ("words", false)],
    "what is counted in the document and in the corpus: phrases as a whole, or words, whose weights are summed",
);

pub(super) const ENTRY: Entry<dyn KeywordExtractor> = Entry {
    name: "tf-idf",
    about: "tf-idf of a phrase; df from the corpus of the run or a background",
    source: "Spärck Jones (1972), A statistical interpretation of term specificity, Journal of Documentation 28(1); of phrases: Gallina, Boudin & Daille (2020), Large-scale evaluation of keyphrase extraction models, JCDL",
    parameters: &with_candidates::<3, 11>([
        OF.parameter(),
        PROFILE_OF_3_GRAMS,
        STOP_WORDS,
    ]),
    build: |params| Box::new(TfIdf::from(params)),
};

/// TF-IDF of whole phrases, or of words, summed over a phrase.
///
/// ```text
/// phrases: score(c) = tf(c) · log₂((1 + N) / (1 + df(c)))
/// words:   score(c) = Σ_{t ∈ c} tf(t) · log₂((1 + N) / (1 + df(t)))
/// ```
///
/// `tf` is the number of occurrences in the document, `df` the number of documents of the corpus
/// that contain the phrase or word, and `N` the number of documents. Without a corpus (a single
/// text and no background) the second factor is 1, so that the score is the term frequency.
/// `O(n log n)`.
///
/// Spärck Jones (1972); for phrases Gallina, Boudin & Daille (2020), with the smoothed idf of
/// pke. The sum over words favours long phrases.
#[derive(Debug, Clone)]
pub struct TfIdf {
    /// Whether phrases are counted as a whole, not their words.
    pub of_phrases: bool,
    /// How the candidate phrases are found.
    pub candidates: Candidates,
}

default_of_entry!(TfIdf);

impl From<&Params> for TfIdf {
    fn from(params: &Params) -> Self {
        Self {
            of_phrases: params.choice(OF),
            candidates: Candidates::in_profile(params, true),
        }
    }
}

impl CandidateScorer for TfIdf {
    fn candidates(&self, document: &Document, corpus: &CorpusView) -> ScoredPhrases {
        let candidates = &self.candidates;
        if self.of_phrases {
            let words = candidates.words(document);
            let found = candidates.of(document, &words);
            return ScoredPhrases::by(found, |candidate| {
                candidate.occurrences.len() as f64
                    * phrase_idf(document, corpus, candidates, &words, candidate)
            });
        }
        ScoredPhrases::by_words(document, candidates, |words| {
            weights(document, corpus, words)
        })
    }

    fn needs(&self) -> AnalysisNeeds {
        self.candidates.needs()
    }

    fn corpus_needs(&self) -> CorpusNeeds {
        let pkes = self.candidates.are_pkes();
        CorpusNeeds {
            idf: true,
            phrases: self.of_phrases && !pkes,
            ngrams: self.of_phrases && pkes,
        }
    }

    fn signature(&self, document: &Document, corpus: &CorpusView) -> String {
        self.candidates.signature(document) + frequencies::source(corpus)
    }
}

/// Returns `tf · idf` of every word. If a word occurs in several forms that differ in idf, it is
/// the idf of the first.
pub(super) fn weights(
    document: &Document,
    corpus: &CorpusView,
    words: &Words<'_>,
) -> Vec<f64> {
    let mut weights = counts(document, |token| words.id(token), words.count());
    let mut is_weighed = vec![false; words.count()];
    for token in 0..document.tokens().len() {
        let word = words.id(token);
        if !std::mem::replace(&mut is_weighed[word], true) {
            weights[word] *= idf(document, corpus, token);
        }
    }
    weights
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keywords::testing::english;
    use epitome_text::{Analyser, CorpusStatistics, LineEnds, Segmenter, Source};
    use std::sync::Arc;

    fn source(text: &str) -> Source<'_> {
        let language = "en".parse().unwrap();
        Source {
            id: "d",
            title: "",
            text,
            language,
            segmenter: Segmenter::Own,
            line_ends: LineEnds::Auto,
        }
    }

    fn extracted(
        of_phrases: bool,
        document: &Document,
        corpus: &CorpusView,
    ) -> Vec<(String, f64)> {
        let extractor = TfIdf {
            of_phrases,
            candidates: Candidates::runs(4),
        };
        extractor
            .extract(document, corpus, 9)
            .into_iter()
            .map(|keyphrase| (keyphrase.text, keyphrase.score))
            .collect()
    }

    fn in_corpus(of_phrases: bool, texts: &[&str], text: &str) -> Vec<(String, f64)> {
        let mut statistics = CorpusStatistics::new(CorpusNeeds {
            phrases: true,
            ..CorpusNeeds::default()
        });
        for text in texts {
            statistics.add(&Analyser::default().analyse(source(text)));
        }
        let document = Analyser::default().analyse(source(text));
        let corpus = CorpusView::of(Some(&Arc::new(statistics)), &document);
        extracted(of_phrases, &document, &corpus)
    }

    #[test]
    fn without_a_corpus_it_counts() {
        let found = extracted(
            false,
            &english("Whales sing. Whales. Ships."),
            &CorpusView::none(),
        );
        assert_eq!(found[0], ("Whales sing".to_owned(), 3.0));
        assert_eq!(found[1], ("Whales".to_owned(), 2.0));
    }

    #[test]
    fn a_word_of_every_document_weighs_nothing() {
        let corpus = ["whales", "whales and ships", "whales"];
        let found = in_corpus(false, &corpus, "Whales. Whales. Ships.");
        assert_eq!(found[0], ("Ships".to_owned(), 1.0), "log₂(4/2)");
        assert_eq!(found[1], ("Whales".to_owned(), 0.0));
    }

    #[test]
    fn a_phrase_may_be_rare_though_its_words_are_not() {
        let corpus = ["old whales", "whales, old ships", "old. whales"];
        let found = in_corpus(true, &corpus, "Whales. Old whales.");
        assert_eq!(found[0], ("Old whales".to_owned(), 1.0), "log₂(4/2)");
        assert_eq!(found[1], ("Whales".to_owned(), 0.0));
    }
}

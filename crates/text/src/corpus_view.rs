//! What a system may know of a corpus while it reads one of its documents.

use std::sync::Arc;

use super::{CorpusStatistics, Document, Term};

/// What a system may know of a corpus while it reads one document: the counts of the
/// corpus, and the inverse document frequency (idf) of each term of the document.
///
/// It is passed to a system together with the [`Document`], which contains only text. If no
/// corpus was counted, it is [`CorpusView::none`].
#[derive(Debug, Default)]
pub struct CorpusView {
    counted: Option<Counted>,
}

/// The counts of a corpus, seen from one document.
#[derive(Debug)]
struct Counted {
    statistics: Arc<CorpusStatistics>,
    /// The idf of each term of the document.
    idf: Vec<f64>,
}

impl CorpusView {
    /// Returns a view without a corpus.
    pub fn none() -> Self {
        Self::default()
    }

    /// Returns what `statistics` say of `document`, in time linear in its terms; nothing
    /// if there are no statistics. The view is of no use beside another document.
    pub fn of(statistics: Option<&Arc<CorpusStatistics>>, document: &Document) -> Self {
        let counted = statistics.map(|statistics| Counted {
            statistics: Arc::clone(statistics),
            idf: document
                .stems()
                .map(|stem| statistics.idf(stem.as_bytes()))
                .collect(),
        });
        Self { counted }
    }

    /// Returns the counts of the corpus, if it was counted.
    pub fn statistics(&self) -> Option<&CorpusStatistics> {
        self.counted.as_ref().map(|it| it.statistics.as_ref())
    }

    /// Returns the inverse document frequency of a term of the document, if the corpus was
    /// counted: see [`CorpusStatistics::idf`].
    pub fn idf(&self, term: Term) -> Option<f64> {
        let counted = self.counted.as_ref()?;
        counted.idf.get(term.index()).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Analyser, CorpusNeeds, LineEnds, Segmenter, Source};

    fn document(text: &str) -> Document {
        Analyser::default().analyse(Source {
            id: "d",
            title: "",
            text,
            language: "en".parse().unwrap(),
            segmenter: Segmenter::Own,
            line_ends: LineEnds::Auto,
        })
    }

    #[test]
    fn a_term_is_as_rare_as_the_corpus_has_it() {
        let mut statistics = CorpusStatistics::new(CorpusNeeds::default());
        for text in ["old bridges", "old ships", "old rivers"] {
            statistics.add(&document(text));
        }

        let read = document("An old bridge.");
        let view = CorpusView::of(Some(&Arc::new(statistics)), &read);
        let idf: Vec<_> = read
            .tokens()
            .iter()
            .filter(|token| token.is_content())
            .map(|token| view.idf(token.term))
            .collect();
        assert_eq!(idf, [Some(0.0), Some(1.0)], "log₂(4/4), log₂(4/2)");
    }

    #[test]
    fn without_a_corpus_nothing_is_known() {
        let read = document("An old bridge.");
        for view in [CorpusView::none(), CorpusView::of(None, &read)] {
            assert!(view.statistics().is_none());
            assert_eq!(view.idf(read.tokens()[1].term), None);
        }
    }
}

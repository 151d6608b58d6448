//! Documents for tests.

use std::sync::Arc;

use epitome_base::embedding::{NamedEmbedder, WordTable};
use epitome_text::{Analyser, AnalysisNeeds, Document, LineEnds, Segmenter, Source};

/// Returns an English document with parts of speech.
pub(super) fn english(text: &str) -> Document {
    in_language("en", text)
}

/// Returns a document in the language with that code.
pub(super) fn in_language(code: &str, text: &str) -> Document {
    let language = code.parse().expect("a code of the table");
    let segmenter = Segmenter::Own;
    let source = Source {
        id: "d",
        title: "",
        text,
        language,
        segmenter,
        line_ends: LineEnds::Auto,
    };
    Analyser::new(AnalysisNeeds { tags: true }).analyse(source)
}

/// Returns an embedder in which `whale`, `sea` and `ship` are axes.
pub(super) fn embedder() -> NamedEmbedder {
    let words = [
        ("whale", [1.0, 0.0, 0.0]),
        ("sea", [0.0, 1.0, 0.0]),
        ("ship", [0.0, 0.0, 1.0]),
    ];
    NamedEmbedder {
        name: "axes".to_owned(),
        embedder: Arc::new(WordTable::new(3, words)),
    }
}

//! Documents for tests.

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

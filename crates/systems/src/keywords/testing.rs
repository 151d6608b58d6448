//! Documents for tests.

use epitome_text::{Analyser, Document, LineEnds, Segmenter, Source};

/// An English text with parts of speech.
pub(super) fn english(text: &str) -> Document {
    in_language("en", text)
}

/// A text in the language of that code.
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
    Analyser::new(true, None).analyse(source)
}

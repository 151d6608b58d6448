//! Documents for tests.

use epitome_text::{Analyser, Document, LineEnds, Segmenter, Source};

/// Returns an English document whose lines are its sentences.
pub(crate) fn lines(text: &str) -> Document {
    titled("", text)
}

/// Returns an English document with a title whose lines are its sentences.
pub(crate) fn titled(title: &str, text: &str) -> Document {
    let language = "en".parse().unwrap();
    let source = Source {
        id: "d",
        title,
        text,
        language,
        segmenter: Segmenter::Lines,
        line_ends: LineEnds::Auto,
    };
    Analyser::default().analyse(source)
}

//! Documents for tests.

use epitome_text::{Analyser, Document, LineEnds, Segmenter, Source};

/// An English document whose lines are its sentences.
pub(crate) fn lines(text: &str) -> Document {
    titled("", text)
}

/// The same with a title.
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

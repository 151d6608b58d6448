//! Documents for tests.

use epitome_text::{Analyser, Document, LineEnds, Segmenter, Source};

/// Returns an English document whose lines are its sentences.
pub(crate) fn lines(text: &str) -> Document {
    titled("", text)
}

/// Returns an English cluster of documents that begin at the bytes `starts` of a text,
/// whose lines are its sentences.
pub(crate) fn cluster(text: &str, starts: &[usize]) -> Document {
    Analyser::default().analyse_cluster(source("", text), starts)
}

/// Returns an English document with a title whose lines are its sentences.
pub(crate) fn titled(title: &str, text: &str) -> Document {
    Analyser::default().analyse(source(title, text))
}

fn source<'a>(title: &'a str, text: &'a str) -> Source<'a> {
    let language = "en".parse().unwrap();
    Source {
        id: "d",
        title,
        text,
        language,
        segmenter: Segmenter::Lines,
        line_ends: LineEnds::Auto,
    }
}

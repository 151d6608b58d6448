//! Documents for tests.

use std::sync::Arc;

use epitome_base::embedding::{NamedEmbedder, WordTable};
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

/// Returns an embedder of whales to the right, ships upwards and storms downwards.
pub(crate) fn embedder() -> NamedEmbedder {
    let words = [
        ("whales", [1.0, 0.0]),
        ("ships", [0.0, 1.0]),
        ("storms", [0.0, -1.0]),
    ];
    NamedEmbedder {
        name: "plane".to_owned(),
        embedder: Arc::new(WordTable::new(2, words)),
    }
}

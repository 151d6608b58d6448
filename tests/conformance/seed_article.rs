//! The seed article: a scraped report with furniture after its 20th line.

use epitome::text::{Analyser, Segmenter, Source};

use super::shared;

#[test]
fn the_first_20_lines_hold_21_sentences() {
    let Some(article) = shared("seeds/000_161a4bd4408ac520.txt") else { return };
    let report: Vec<&str> = article.lines().take(20).collect();
    let source = Source {
        id: "seed",
        title: "",
        text: &report.join("\n"),
        language: "en".parse().unwrap(),
        segmenter: Segmenter::Own,
    };
    let document = Analyser::default().analyse(source);
    let sentences: Vec<_> = (0..document.sentences().len())
        .map(|at| document.sentence_text(at).to_owned())
        .collect();
    assert_eq!(sentences.len(), 21, "{sentences:#?}");
    let two =
        sentences.iter().position(|text| text.starts_with("The two countries also"));
    assert_eq!(two, Some(8), "line 8 is the one with two sentences");
}

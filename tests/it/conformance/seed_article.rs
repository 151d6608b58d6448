//! The seed article: a scraped report with boilerplate after its 20th line.

use epitome::{
    rank::Budget,
    registry::Registry,
    text::{Analyser, LineEnds, Segmenter, Source},
};

use super::shared;

#[test]
fn the_first_20_lines_hold_21_sentences() {
    let Some(article) = shared("seeds/000_161a4bd4408ac520.txt") else {
        return;
    };
    let report: Vec<&str> = article.lines().take(20).collect();
    let source = Source {
        id: "seed",
        title: "",
        text: &report.join("\n"),
        language: "en".parse().unwrap(),
        segmenter: Segmenter::Own,
        line_ends: LineEnds::Auto,
    };
    let document = Analyser::default().analyse(source);
    let sentences: Vec<_> = (0..document.sentences().len())
        .map(|at| document.sentence_text(at).to_owned())
        .collect();
    assert_eq!(sentences.len(), 21, "{sentences:#?}");
    let two = sentences
        .iter()
        .position(|text| text.starts_with("The two countries also"));
    assert_eq!(two, Some(8), "line 8 is the one with two sentences");
}

#[test]
fn no_line_after_the_20th_is_picked_where_boilerplate_is_dropped() {
    let Some(article) = shared("seeds/000_161a4bd4408ac520.txt") else {
        return;
    };
    let source = Source {
        id: "seed",
        title: "",
        text: &article,
        language: "en".parse().unwrap(),
        segmenter: Segmenter::Own,
        line_ends: LineEnds::Auto,
    };
    let document = Analyser::default().analyse(source);
    let document = document.without_boilerplate().unwrap();
    for system in ["text-rank", "lex-rank", "tf-idf", "tf-idf(normalise=none)"] {
        let built = Registry::standard()
            .summariser(&system.parse().unwrap())
            .unwrap();
        for count in [3, 5] {
            let selection = built.value.summarise(&document, Budget::Sentences(count));
            let mut late = selection.of_whole(&document).picks;
            late.retain(|&pick| pick >= 21);
            assert!(late.is_empty(), "{system} at {count} sentences: {late:?}");
        }
    }
}

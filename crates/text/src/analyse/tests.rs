//! What is made of texts, by examples.

use super::*;
use crate::TokenKind;

fn document(title: &str, text: &str) -> Document {
    let language = "en".parse().unwrap();
    let source = Source {
        id: "d",
        title,
        text,
        language,
        segmenter: Segmenter::Own,
        line_ends: LineEnds::Auto,
    };
    Analyser::default().analyse(source)
}

#[test]
fn terms_are_dense_and_shared_by_inflections() {
    let document = document("", "Bridges fall. The bridge fell on 3 bridges.");
    let content: Vec<_> = document
        .sentences()
        .iter()
        .flat_map(|sentence| document.content(sentence))
        .map(|term| document.stem(term).to_owned())
        .collect();
    assert_eq!(content, ["bridg", "fall", "bridg", "fell", "bridg"]);
    assert!(
        document
            .tokens()
            .iter()
            .all(|t| t.term.index() < document.term_count())
    );
}

#[test]
fn a_title_is_analysed_but_is_no_sentence() {
    let document = document("On bridges", "They fall.");
    assert_eq!(document.sentences().len(), 1);
    assert_eq!(document.sentence_text(0), "They fall.");
    assert_eq!(document.tokens()[0].span.of(document.full_text()), "On");
    assert_eq!(document.sentence_text(7), "");
}

#[test]
fn blank_lines_separate_paragraphs_and_line_ends_do_where_there_are_none() {
    let paragraphs = |text: &str| -> Vec<u32> {
        document("T", text)
            .sentences()
            .iter()
            .map(|s| s.paragraph)
            .collect()
    };
    assert_eq!(
        paragraphs("One. Two.\nThree.\n\nFour.\n\n\nFive."),
        [0, 0, 0, 1, 2]
    );
    assert_eq!(paragraphs("One. Two.\nThree.\nFour."), [0, 0, 1, 2]);
    assert_eq!(paragraphs("\n\nOne.\n\nTwo."), [0, 1]);
}

#[test]
fn a_document_does_not_depend_on_those_before_it() {
    let source = |text| Source {
        id: "d",
        title: "",
        text,
        language: "en".parse().unwrap(),
        segmenter: Segmenter::Lines,
        line_ends: LineEnds::Auto,
    };
    let mut used = Analyser::default();
    used.analyse(source("some other words about a cat"));
    let late = used.analyse(source("the cat sat"));
    let fresh = Analyser::default().analyse(source("the cat sat"));
    assert_eq!(format!("{late:?}"), format!("{fresh:?}"));
}

/// The words of a text in a language, with their kinds and stems.
fn words(code: &str, text: &str) -> Vec<(TokenKind, String)> {
    let language = code.parse().unwrap();
    let source = Source {
        id: "d",
        title: "",
        text,
        language,
        segmenter: Segmenter::Own,
        line_ends: LineEnds::Auto,
    };
    let document = Analyser::default().analyse(source);
    let words = document.tokens().iter().filter(|token| token.is_word());
    words
        .map(|it| (it.kind, document.stem(it.term).to_owned()))
        .collect()
}

#[test]
fn spellings_of_a_word_are_one_word() {
    let french = words("fr", "L'île à la forêt");
    assert_eq!(words("fr", "L’i\u{302}le a\u{300} la fore\u{302}t"), french);
    assert_eq!(words("fr", "L&#39;&icirc;le à la fo\u{AD}rêt"), french);
    let kinds: Vec<_> = french.iter().map(|(kind, _)| *kind).collect();
    let [stop, word] = [TokenKind::StopWord, TokenKind::Word];
    assert_eq!(kinds, [stop, word, stop, stop, word]);
    assert_eq!(words("de", "STRASSE"), words("de", "Straße"));
    assert_eq!(words("tr", "IŞIK"), words("tr", "ışık"));
}

#[test]
fn pronouns_that_hyphens_join_are_stop_words() {
    let content = |code, text| -> Vec<String> {
        let words = words(code, text).into_iter();
        words
            .filter(|it| it.0 == TokenKind::Word)
            .map(|it| it.1)
            .collect()
    };
    assert_eq!(content("pt", "Cantou-lhes; dar-vos-iam").len(), 2);
    assert_eq!(content("pt", "guarda-sol").len(), 2);
    assert_eq!(content("ca", "cantar-los; menjar-se'n").len(), 2);
}

#[test]
fn two_capitals_are_no_stop_word_among_small_letters() {
    let kind = |text, at: usize| words("en", text)[at].0;
    assert_eq!(kind("lessons in IT here", 2), TokenKind::Word);
    assert_eq!(kind("lessons in it here", 2), TokenKind::StopWord);
    assert_eq!(kind("LESSONS IN IT HERE", 2), TokenKind::StopWord);
}

#[test]
fn lines_are_sentences_when_asked() {
    let language = "en".parse().unwrap();
    let text = " One. Two. \n\nThree";
    let source = Source {
        id: "",
        title: "",
        text,
        language,
        segmenter: Segmenter::Lines,
        line_ends: LineEnds::Auto,
    };
    let document = Analyser::default().analyse(source);
    let texts: Vec<_> = (0..2).map(|at| document.sentence_text(at)).collect();
    assert_eq!(texts, ["One. Two.", "Three"]);
}

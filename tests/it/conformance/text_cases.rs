//! Small cases after what people reported of tools in this field.

use epitome::{
    rank::Budget,
    registry::Registry,
    text::{Analyser, Document, Language, LineEnds, Rules, Segmenter, Source},
};

use super::shared;

fn document(text: &str, language: &str) -> Document {
    Analyser::default().analyse(Source {
        id: "",
        title: "",
        text,
        language: language.parse::<Language>().unwrap(),
        segmenter: Segmenter::Own,
        line_ends: LineEnds::Auto,
    })
}

fn sentences(document: &Document) -> Vec<&str> {
    (0..document.sentences().len())
        .map(|at| document.sentence_text(at))
        .collect()
}

#[test]
fn a_wrapped_text_has_its_six_sentences() {
    let Some(text) = shared("cases/wrapped.txt") else {
        return;
    };
    let document = document(&text, "en");
    let found = sentences(&document);
    assert_eq!(found.len(), 6, "{found:#?}");
    assert!(found[0].ends_with("ferry line on Monday."), "{}", found[0]);
    assert!(
        found[5]
            .replace("mid-night", "midnight")
            .ends_with("midnight."),
        "{}",
        found[5]
    );
}

#[test]
fn a_mail_is_summarised_from_its_body() {
    let Some(text) = shared("cases/email.txt") else {
        return;
    };
    let document = document(&text, "en");
    let clean = document.without_boilerplate().unwrap();
    let found = sentences(&clean);
    for wanted in [
        "The vote on the ferry line should be held",
        "The offer covers two boats",
    ] {
        assert!(found.iter().any(|it| it.starts_with(wanted)), "{found:#?}");
    }
    let system = Registry::standard()
        .summariser(&"text-rank".parse().unwrap())
        .unwrap();
    let picks = system
        .value
        .summarise(&clean, Budget::Sentences(2))
        .in_document_order();
    let picked: Vec<&str> = picks
        .iter()
        .map(|&at| clean.sentence_text(at as usize))
        .collect();
    assert!(
        picked.len() == 2 && picked[0].starts_with("The vote on"),
        "{picked:#?}"
    );
    assert!(picked[1].starts_with("The offer covers"), "{picked:#?}");
    for unwanted in ["From:", "Subject:", "Date:", "Anna Lee", "This e-mail"] {
        assert!(!found.iter().any(|it| it.contains(unwanted)), "{found:#?}");
    }
}

#[derive(serde::Deserialize)]
struct Split {
    lang: String,
    source: String,
    text: String,
    expected: Option<Vec<String>>,
}

#[test]
fn every_hard_text_is_split_as_by_hand() {
    let Some(cases) = shared("cases/sentences.json") else {
        return;
    };
    let cases: Vec<Split> = serde_json::from_str(&cases).unwrap();
    for Split {
        lang,
        source,
        text,
        expected,
    } in cases
    {
        let spans = Segmenter::Own.spans(&text, Rules::of(&lang));
        let found: Vec<&str> = spans.iter().map(|span| span.of(&text)).collect();
        if let Some(expected) = expected {
            assert_eq!(found, expected, "{source}");
        }
    }
}

#[test]
fn words_that_the_line_ends_of_a_page_part_are_whole() {
    let Some(text) = shared("cases/pdftext.txt") else {
        return;
    };
    let document = document(&text, "en");
    let found = sentences(&document).join(" ");
    for word in ["Monday", "minutes"] {
        assert!(found.contains(word), "{found}");
    }
}

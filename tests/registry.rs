//! Laws that every entry of the registry keeps, on any text.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use epitome::{
    keywords::KeywordExtractor,
    metric::Metric,
    rank::Budget,
    registry::Registry,
    spec::{Entry, Spec},
    summarise::Summariser,
    text::{Analyser, Document, Segmenter, Source},
};
use proptest::prelude::*;

fn document(text: &str, language: &str) -> Document {
    let language = language.parse().unwrap();
    let segmenter = Segmenter::Own;
    Analyser::default().analyse(Source { id: "d", title: "", text, language, segmenter })
}

fn spec(name: &str) -> Spec {
    name.parse().unwrap()
}

fn summarisers() -> Vec<(&'static str, Box<dyn Summariser>)> {
    let registry = Registry::standard();
    let entries = registry.summarisers().iter();
    entries.map(|e| (e.name, registry.summariser(&spec(e.name)).unwrap().value)).collect()
}

fn extractors() -> Vec<(&'static str, Box<dyn KeywordExtractor>)> {
    let registry = Registry::standard();
    let entries = registry.extractors().iter();
    entries.map(|e| (e.name, registry.extractor(&spec(e.name)).unwrap().value)).collect()
}

fn metrics() -> Vec<(&'static str, Box<dyn Metric>)> {
    let registry = Registry::standard();
    let entries = registry.metrics().iter();
    entries.map(|e| (e.name, registry.metric(&spec(e.name)).unwrap().value)).collect()
}

/// Texts of sentences that share words, with odd ones among them.
fn texts() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "river",
        "rivers",
        "bridge",
        "the",
        "of",
        "stone",
        "3.5",
        "état",
        "мост",
        "橋",
        "don’t",
        "real-time",
        "🚲",
        "…",
    ]);
    let sentence = prop::collection::vec(word, 0..12).prop_map(|words| words.join(" "));
    let joined = prop::collection::vec((sentence, "[.!?]{0,2}[ \n]{1,2}"), 0..14);
    let written = joined
        .prop_map(|parts| parts.into_iter().map(|(a, b)| a + &b).collect::<String>());
    prop_oneof![4 => written, 1 => any::<String>()]
}

fn budgets() -> impl Strategy<Value = Budget> {
    prop_oneof![
        (0_usize..6).prop_map(Budget::Sentences),
        (0_usize..40).prop_map(Budget::Words),
        (0_usize..200).prop_map(Budget::Bytes),
        (0.0_f64..=1.0).prop_map(Budget::Ratio),
    ]
}

const ODD: [&str; 10] = [
    "",
    "   \n\n ",
    "One sentence",
    "... !!! ???",
    "the of and. of the. and.",
    "Same. Same. Same. Same.",
    "nospaces",
    "\u{0}\u{feff}\u{202e}\r\n\t",
    "橋が閉じた。川が上がった。",
    "東京都立川市鉄橋閉鎖。\n立川市鉄橋再開通",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn a_summary_keeps_the_rules(text in texts(), budget in budgets()) {
        let document = document(&text, "en");
        for (name, summariser) in summarisers() {
            let selection = summariser.summarise(&document, budget);
            prop_assert_eq!(selection.broken_rule(&document, budget), None, "{}", name);
            let again = summariser.summarise(&document, budget);
            prop_assert_eq!(&selection, &again, "{} is deterministic", name);
            let texts: Vec<_> =
                selection.picks.iter().map(|&pick| document.sentence_text(pick as usize)).collect();
            let mut different = texts.clone();
            different.sort_unstable();
            different.dedup();
            prop_assert_eq!(texts.len(), different.len(), "{} repeats a sentence", name);
            if let Some(scores) = &selection.scores {
                prop_assert!(scores.iter().all(|score| score.is_finite()), "{}", name);
            }
        }
    }

    #[test]
    fn keyphrases_occur_in_the_text_and_differ_in_their_stems(text in texts(), limit in 0_usize..20) {
        let document = document(&text, "en");
        let flat = document.full_text().split_whitespace().collect::<Vec<_>>().join(" ");
        for (name, extractor) in extractors() {
            let found = extractor.extract(&document, limit);
            prop_assert!(found.len() <= limit, "{}", name);
            prop_assert_eq!(&found, &extractor.extract(&document, limit), "{}", name);
            prop_assert!(found.is_sorted_by(|a, b| a.score >= b.score - 1e-9), "{}", name);
            for keyphrase in &found {
                prop_assert!(flat.contains(&keyphrase.text), "{}: {:?}", name, keyphrase);
            }
        }
    }
}

#[test]
fn every_system_is_total_on_odd_texts() {
    let long = "river bridge stone. ".repeat(2_000);
    for text in ODD.into_iter().chain([long.as_str()]) {
        for language in ["en", "und", "ja", "ar"] {
            let document = document(text, language);
            for (name, summariser) in summarisers() {
                let selection = summariser.summarise(&document, Budget::Sentences(3));
                let rule = selection.broken_rule(&document, Budget::Sentences(3));
                assert_eq!(rule, None, "{name} on {text:.40?}");
            }
            for (name, extractor) in extractors() {
                let found = extractor.extract(&document, 5);
                assert!(found.len() <= 5, "{name} on {text:.40?}");
            }
        }
    }
}

#[test]
fn every_entry_says_what_it_is_and_builds_with_its_defaults() {
    fn check<T: ?Sized>(entries: &[Entry<T>]) {
        for entry in entries {
            assert!(
                !entry.about.is_empty() && !entry.source.is_empty(),
                "{}",
                entry.name
            );
            for parameter in entry.parameters {
                assert!(
                    !parameter.about.is_empty(),
                    "{}({})",
                    entry.name,
                    parameter.name
                );
            }
        }
        let mut names: Vec<_> = entries.iter().map(|entry| entry.name).collect();
        names.sort_unstable();
        assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "{names:?}");
    }
    let registry = Registry::standard();
    check(registry.summarisers());
    check(registry.extractors());
    check(registry.metrics());
    assert_eq!(summarisers().len() + extractors().len() + metrics().len(), {
        registry.summarisers().len()
            + registry.extractors().len()
            + registry.metrics().len()
    });
}

#[test]
fn signatures_name_the_metric_and_its_version() {
    for (name, metric) in metrics() {
        let signature = metric.signature().to_string();
        assert!(signature.starts_with(&format!("{name}|")), "{signature}");
        assert!(signature.ends_with(&format!("|v:{}", env!("CARGO_PKG_VERSION"))));
    }
}

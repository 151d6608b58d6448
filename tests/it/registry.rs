//! Laws that every entry of the registry keeps, on any text.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::sync::Arc;

use epitome::{
    embedding::{NamedEmbedder, WordTable},
    keywords::{KeywordExtractor, signature_in_words},
    metric::Metric,
    rank::Budget,
    registry::Registry,
    spec::{Entry, ParameterKind, Spec, SpecError, parameters_of},
    summarise::{SHARED, Summariser},
    text::{
        Analyser, AnalysisNeeds, CorpusNeeds, CorpusStatistics, CorpusView, Document,
        LineEnds, Segmenter, Source, readable,
    },
};
use proptest::prelude::*;

/// Returns settings with so many cases, for laws that take long; with `PROPTEST_CASES`, with those.
fn cases(few: u32) -> ProptestConfig {
    let wanted = std::env::var("PROPTEST_CASES").ok();
    ProptestConfig::with_cases(
        wanted.map_or(few, |it| it.parse().expect("PROPTEST_CASES is a number")),
    )
}

fn document(text: &str, language: &str) -> Document {
    let language = language.parse().unwrap();
    let segmenter = Segmenter::Own;
    Analyser::default().analyse(Source {
        id: "d",
        title: "",
        text,
        language,
        segmenter,
        line_ends: LineEnds::Auto,
    })
}

/// The same with all that an extractor may want: parts of speech where the language has a
/// tagger, and a corpus of two other documents.
fn read(text: &str, language: &str) -> (Document, CorpusView) {
    read_lines(text, language, LineEnds::Auto)
}

fn read_lines(text: &str, language: &str, line_ends: LineEnds) -> (Document, CorpusView) {
    let needs = CorpusNeeds {
        idf: true,
        phrases: true,
        ngrams: true,
    };
    let mut corpus = CorpusStatistics::new(needs);
    for other in [
        "An old stone bridge over the river.",
        text,
        "The state of the bridge.",
    ] {
        corpus.add(&document(other, language));
    }
    let (language, segmenter) = (language.parse().unwrap(), Segmenter::Own);
    let source = Source {
        id: "d",
        title: "",
        text,
        language,
        segmenter,
        line_ends,
    };
    let document = Analyser::new(AnalysisNeeds { tags: true }).analyse(source);
    let corpus = CorpusView::of(Some(&Arc::new(corpus)), &document);
    (document, corpus)
}

fn spec(name: &str) -> Spec {
    name.parse().unwrap()
}

/// Everything that is built in, with an embedder that knows some of the words of
/// [`texts`].
fn registry() -> Registry {
    let words = [
        ("river", [1.0, 0.2, 0.0]),
        ("bridge", [0.9, -0.3, 0.1]),
        ("stone", [0.1, 1.0, -0.4]),
        ("the", [0.3, 0.3, 0.3]),
        ("橋", [-0.5, 0.0, 0.7]),
    ];
    Registry::standard().with_embedder(NamedEmbedder {
        name: "tiny".to_owned(),
        embedder: Arc::new(WordTable::new(3, words)),
    })
}

/// The spec of an entry without parameters except for an embedder, if it needs one.
fn plain<T: ?Sized>(entry: &Entry<T>) -> Spec {
    registry().every(entry).remove(0)
}

/// The same with an embedder, if it lacks one.
fn with_embedder(text: &str) -> String {
    match registry().summariser(&spec(text)) {
        Err(SpecError::Embedder { .. }) => {
            format!("{}, embedder=tiny)", text.trim_end_matches(')'))
        }
        _ => text.to_owned(),
    }
}

fn summarisers() -> Vec<(&'static str, Box<dyn Summariser>)> {
    let registry = registry();
    let entries = registry.summarisers().iter();
    entries
        .map(|e| (e.name, registry.summariser(&plain(e)).unwrap().value))
        .collect()
}

/// Every summariser with its defaults, and with each value of each of its choices:
/// forms and profiles of other tools.
fn variants() -> Vec<(String, Box<dyn Summariser>)> {
    let registry = registry();
    let mut specs = Vec::new();
    for entry in registry.summarisers() {
        specs.push(entry.name.to_owned());
        for parameter in parameters_of(entry, SHARED) {
            let is_another = |word: &&str| *word != parameter.default;
            let with = |word: &str| format!("{}({}={word}", entry.name, parameter.name);
            let kind = match parameter.kind {
                ParameterKind::When(_, _, kind) => *kind,
                kind => kind,
            };
            match kind {
                ParameterKind::Choice(words) => {
                    let others = words.iter().copied().filter(is_another);
                    specs.extend(others.map(|word| with(word) + ")"));
                }
                // the stop lists of other tools need not be here
                ParameterKind::Profile(profiles) => {
                    let others = profiles.iter().map(|it| it.name).filter(is_another);
                    specs.extend(others.map(|word| with(word) + ", stop-words=none)"));
                }
                _ => {}
            }
        }
    }
    let build = |name: String| {
        let name = with_embedder(&name);
        let value = registry.summariser(&spec(&name)).unwrap().value;
        (name, value)
    };
    specs.into_iter().map(build).collect()
}

fn extractors() -> Vec<(&'static str, Box<dyn KeywordExtractor>)> {
    let registry = registry();
    let entries = registry.extractors().iter();
    entries
        .map(|e| (e.name, registry.extractor(&plain(e)).unwrap().value))
        .collect()
}

/// Every extractor with its defaults, and with each value of each of its choices.
fn variants_of_extractors() -> Vec<(String, Box<dyn KeywordExtractor>)> {
    let registry = registry();
    let mut specs = Vec::new();
    for entry in registry.extractors() {
        specs.push(entry.name.to_owned());
        for parameter in entry.parameters {
            // what a parameter depends on comes before it
            let (condition, kind) = match parameter.kind {
                ParameterKind::When(other, values, kind) => {
                    (format!("{other}={}, ", values[0]), *kind)
                }
                kind => (String::new(), kind),
            };
            if let ParameterKind::Choice(words) = kind {
                let with = |word: &&str| {
                    format!("{}({condition}{}={word})", entry.name, parameter.name)
                };
                specs.extend(words.iter().map(with));
            }
        }
    }
    let build = |name: String| {
        let built = match registry.extractor(&spec(&name)) {
            Err(SpecError::Embedder { .. }) if name.ends_with(')') => {
                let with = format!("{}, embedder=tiny)", name.trim_end_matches(')'));
                registry.extractor(&spec(&with))
            }
            Err(SpecError::Embedder { .. }) => {
                registry.extractor(&spec(&format!("{name}(embedder=tiny)")))
            }
            built => built,
        };
        let value = built
            .unwrap_or_else(|error| panic!("{name}: {error}"))
            .value;
        (name, value)
    };
    specs.into_iter().map(build).collect()
}

#[test]
fn every_field_of_an_extractors_signature_is_explained() {
    let (document, corpus) = read("The old stone bridge fell into the river.", "en");
    for (name, extractor) in variants_of_extractors() {
        let signature = extractor.signature(&document, &corpus);
        if signature.is_empty() {
            continue;
        }
        let fields = signature_in_words(&signature);
        let fields = fields.unwrap_or_else(|| panic!("{name}: {signature}"));
        for (field, words) in fields {
            assert!(words.is_some(), "{name}: {field}");
        }
    }
}

#[test]
fn participles_are_chosen_only_where_candidates_have_parts_of_speech() {
    let registry = registry();
    let built = |text: &str| registry.extractor(&spec(text)).map(drop);
    built("tf-idf(candidates=content-runs, participles=adjectives)").unwrap();

    let refused = built("tf-idf(candidates=runs, participles=adjectives)");
    assert!(
        matches!(refused, Err(SpecError::Useless { .. })),
        "{refused:?}"
    );
}

fn metrics() -> Vec<(&'static str, Box<dyn Metric>)> {
    let registry = registry();
    let entries = registry.metrics().iter();
    entries
        .map(|e| (e.name, registry.metric(&plain(e)).unwrap().value))
        .collect()
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
        "F-16",
        "St. Albans",
        "R&amp;D",
        "har\u{AD}bour",
        "har\u{AD}\nbour",
        "brid-\nge",
        "\u{200B}\n\n",
        "pi\u{200B}er",
        "_old_",
        "東京駅で",
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

const ODD: [&str; 11] = [
    "",
    "   \n\n ",
    "One sentence",
    "... !!! ???",
    "the of and. of the. and.",
    "Same. Same. Same. Same.",
    "The river rose. The river rose. The bridge fell. The bridge fell.",
    "nospaces",
    "\u{0}\u{feff}\u{202e}\r\n\t",
    "橋が閉じた。川が上がった。",
    "東京都立川市鉄橋閉鎖。\n立川市鉄橋再開通",
];

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn a_summary_keeps_the_rules(text in texts(), budget in budgets()) {
        let document = document(&text, "en");
        for (name, summariser) in variants() {
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
    fn keyphrases_occur_in_the_text_and_differ_in_their_stems(
        text in texts(),
        limit in 0_usize..20,
        language in prop::sample::select(vec!["en", "en", "de", "pl", "ja", "und"]),
        line_ends in prop::sample::select(vec![LineEnds::Auto, LineEnds::Join]),
    ) {
        let (document, corpus) = read_lines(&text, language, line_ends);
        let text = document.readable_text();
        let flat = readable(&text);
        for (name, extractor) in extractors() {
            let found = extractor.extract(&document, &corpus, limit);
            prop_assert!(found.len() <= limit, "{}", name);
            prop_assert_eq!(&found, &extractor.extract(&document, &corpus, limit), "{}", name);
            prop_assert!(found.is_sorted_by(|a, b| a.score >= b.score - 1e-9), "{}", name);
            for keyphrase in &found {
                prop_assert!(flat.contains(&keyphrase.text), "{}: {:?}", name, keyphrase);
                prop_assert!(keyphrase.score.is_finite(), "{}: {:?}", name, keyphrase);
                if let Some(first) = keyphrase.occurrences.first() {
                    let first = document.read(*first);
                    prop_assert_eq!(readable(&first), &*keyphrase.text, "{}: the first place", name);
                }
                let rises = keyphrase.occurrences.is_sorted_by(|a, b| a.start < b.start);
                prop_assert!(rises, "{}: {:?}", name, keyphrase);
            }
            // a place of two keyphrases would be one phrase given twice
            let places = found.iter().flat_map(|it| &it.occurrences);
            let mut places: Vec<_> = places.map(|it| (it.start, it.end)).collect();
            places.sort_unstable();
            prop_assert!(places.windows(2).all(|pair| pair[0] != pair[1]), "{}", name);
        }
    }
}

#[test]
fn extractors_that_weigh_candidates_say_how_they_find_them() {
    let registry = registry();
    for entry in registry.extractors() {
        if !entry
            .parameters
            .iter()
            .any(|parameter| parameter.name == "candidates")
        {
            continue;
        }
        for form in ["noun-phrases", "content-runs", "runs", "ngrams"] {
            for stemmer in ["snowball", "porter", "none"] {
                let mut options = plain(entry);
                let given = [("candidates", form), ("stemmer", stemmer)];
                let given =
                    given.map(|(name, value)| (name.to_owned(), value.to_owned()));
                options.arguments.extend(given);
                let extractor = registry.extractor(&options).unwrap().value;
                for language in ["en", "pl", "ja"] {
                    let document =
                        document("Old stone bridges. Most. Stone. 橋", language);
                    let signature = extractor.signature(&document, &CorpusView::none());
                    assert!(
                        signature.starts_with("candidates:"),
                        "{options}: {signature}"
                    );
                    assert!(
                        extractor.extract(&document, &CorpusView::none(), 5).len() <= 5,
                        "{options}"
                    );
                }
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
                let found = extractor.extract(&document, &CorpusView::none(), 5);
                assert!(found.len() <= 5, "{name} on {text:.40?}");
            }
        }
    }
}

#[test]
fn every_variant_is_total_on_odd_texts() {
    for text in ODD {
        let document = document(text, "en");
        for (name, summariser) in variants() {
            let selection = summariser.summarise(&document, Budget::Sentences(3));
            let rule = selection.broken_rule(&document, Budget::Sentences(3));
            assert_eq!(rule, None, "{name} on {text:?}");
            // what has sentences has a summary
            let is_empty = document.sentences().is_empty();
            assert_eq!(selection.picks.is_empty(), is_empty, "{name} on {text:?}");
        }
    }
}

#[test]
fn a_summariser_gives_every_thread_the_same() {
    let text = "The river rose. The bridge over the river fell. Boats sank in the flood. \
                The mill by the weir stands. Nobody saw the bridge fall.";
    let document = document(text, "en");
    for (name, summariser) in summarisers() {
        let summarise = || summariser.summarise(&document, Budget::Words(12));
        let alone = summarise();
        let together = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..3).map(|_| scope.spawn(summarise)).collect();
            threads
                .into_iter()
                .map(|thread| thread.join().unwrap())
                .collect::<Vec<_>>()
        });
        assert!(together.iter().all(|found| *found == alone), "{name}");
    }
}

#[test]
fn summarisers_take_a_hundred_thousand_words() {
    let words = [
        "river", "bridge", "stone", "boat", "of", "flood", "mill", "weir",
    ];
    let word = |at: usize| {
        let common = words[(at * 7 + at / 11) % words.len()];
        // one in three is rare, so that sentences differ
        if at.is_multiple_of(3) {
            format!("w{}", at * at % 9_973)
        } else {
            common.into()
        }
    };
    let sentence =
        |from: usize| (from..from + 20).map(word).collect::<Vec<_>>().join(" ");
    let text: Vec<String> = (0..5_000).map(|at| sentence(at * 20)).collect();
    let document = document(&text.join(".\n"), "en");
    assert!(
        document
            .tokens()
            .iter()
            .filter(|token| token.is_word())
            .count()
            >= 100_000
    );
    for (name, summariser) in summarisers() {
        let budget = Budget::Words(100);
        let selection = summariser.summarise(&document, budget);
        assert_eq!(selection.broken_rule(&document, budget), None, "{name}");
        assert!(!selection.picks.is_empty(), "{name}");
    }
}

/// Systems whose score of a sentence has nothing to do with where it stands.
const POSITION_FREE: [&str; 13] = [
    "longest",
    "luhn",
    "tf-idf",
    "centroid",
    "degree",
    "text-rank",
    "lex-rank",
    "hits",
    "div-rank",
    "text-rank(profile=summa, stop-words=none)",
    "lex-rank(profile=lexrank, stop-words=none)",
    "text-rank(edges=bm25)",
    "text-rank(edges=embedding, embedder=tiny)",
];

proptest! {
    #![proptest_config(cases(32))]

    #[test]
    fn position_free_scores_move_with_their_sentences(
        sentences in prop::collection::vec(
            prop::collection::vec(
                prop::sample::select(vec!["river", "bridge", "the", "stone", "boat", "mill"]),
                1..9,
            ),
            1..12,
        ),
        turn in 0_usize..12,
    ) {
        let lines: Vec<String> = sentences.iter().map(|words| words.join(" ")).collect();
        let mut turned = lines.clone();
        turned.rotate_left(turn % lines.len());
        let mut shuffled: Vec<usize> = (0..lines.len()).collect();
        shuffled.rotate_left(turn % lines.len());
        let [before, after] =
            [lines, turned].map(|lines| document(&(lines.join(".\n\n") + "."), "en"));
        let registry = registry();
        for name in POSITION_FREE {
            let summariser = registry.summariser(&spec(name)).unwrap().value;
            let scores = |document| {
                summariser.summarise(document, Budget::Sentences(1)).scores.unwrap()
            };
            let (before, after) = (scores(&before), scores(&after));
            prop_assert_eq!(before.len(), shuffled.len());
            for (place, &from) in shuffled.iter().enumerate() {
                // sums are taken in another order; walks stop at 1e-10
                let off = (after[place] - before[from]).abs();
                prop_assert!(off <= 1e-8 * before[from].abs().max(1.0), "{}: {}", name, off);
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
    let registry = registry();
    check(registry.summarisers());
    check(registry.extractors());
    check(registry.metrics());
    assert_eq!(
        summarisers().len() + extractors().len() + metrics().len(),
        {
            registry.summarisers().len()
                + registry.extractors().len()
                + registry.metrics().len()
        }
    );
}

#[test]
fn signatures_name_the_metric_and_its_version() {
    for (name, metric) in metrics() {
        let signature = metric.signature().to_string();
        assert!(signature.starts_with(&format!("{name}|")), "{signature}");
        assert!(signature.ends_with(&format!("|v:{}", env!("CARGO_PKG_VERSION"))));
    }
}

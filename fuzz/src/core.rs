//! The core on any text: analysis in every language, every system, every metric.

use std::{
    cell::RefCell,
    sync::{Arc, OnceLock},
};

use epitome::{
    embedding::{NamedEmbedder, WordTable},
    keywords::KeywordExtractor,
    metric::{Metric, MetricSet, MetricSource, Score, Statistics},
    rank::Budget,
    registry::Registry,
    spec::{Entry, ParameterKind, Spec},
    summarise::Summariser,
    text::{
        Analyser, AnalysisNeeds, CorpusNeeds, CorpusStatistics, CorpusView, Document,
        LANGUAGES, Language, LineEnds, Segmenter, Source, readable,
    },
};

use crate::choose;

/// Analyses a text, whose first line is its title. The first bytes choose the language, the
/// segmenter and how line ends are read.
pub fn texts(data: &[u8]) {
    let Some((document, _)) = document(data) else {
        return;
    };
    let full = document.full_text();
    let mut end = document.body_start();
    for sentence in document.sentences() {
        assert!(sentence.span.start >= end, "{sentence:?}");
        assert!(
            full.is_char_boundary(sentence.span.start as usize),
            "{sentence:?}"
        );
        assert!(
            full.is_char_boundary(sentence.span.end as usize),
            "{sentence:?}"
        );
        end = sentence.span.end;
        for token in document.tokens_of(sentence) {
            let inside = token.span.start >= sentence.span.start
                && token.span.end <= sentence.span.end;
            assert!(inside && !token.span.of(full).is_empty(), "{token:?}");
            assert!(token.term.index() < document.term_count(), "{token:?}");
        }
    }
    assert!(end as usize <= full.len());
    let _ = (document.readable_text(), Language::detect(full));
}

/// Runs a summariser, which the first byte chooses among all of them and their variants, on
/// a text; the second and third choose the budget.
pub fn summarisers(data: &[u8]) {
    let Some(((name, summariser), rest)) = choose(all_summarisers(), data) else {
        return;
    };
    let [unit, most, rest @ ..] = rest else {
        return;
    };
    let budget = match unit % 4 {
        0 => Budget::Sentences(usize::from(*most) % 8),
        1 => Budget::Words(usize::from(*most)),
        2 => Budget::Bytes(usize::from(*most) * 4),
        _ => Budget::Ratio(f64::from(*most) / 255.0),
    };
    let Some((document, query)) = document(rest) else {
        return;
    };

    let selection = summariser.summarise_for(&query, &document, budget);
    assert_eq!(selection.broken_rule(&document, budget), None, "{name}");
    if let Some(scores) = &selection.scores {
        assert!(
            scores.iter().all(|score| score.is_finite()),
            "{name}: {scores:?}"
        );
    }
    let again = summariser.summarise_for(&query, &document, budget);
    assert_eq!(selection, again, "{name} is deterministic");
}

/// Runs an extractor, which the first byte chooses among all of them and their variants, on
/// a text; the second is the limit.
pub fn extractors(data: &[u8]) {
    let Some(((name, extractor), rest)) = choose(all_extractors(), data) else {
        return;
    };
    let Some((limit, rest)) = rest.split_first() else {
        return;
    };
    let Some((document, other)) = document(rest) else {
        return;
    };

    let limit = usize::from(*limit) % 24;
    let corpus = corpus_of(&document, &other);
    let found = extractor.extract(&document, &corpus, limit);
    assert!(found.len() <= limit, "{name}");
    assert_eq!(
        found,
        extractor.extract(&document, &corpus, limit),
        "{name}"
    );
    assert!(
        found.is_sorted_by(|a, b| a.score >= b.score - 1e-9),
        "{name}: {found:?}"
    );
    // RAKE as rake-nltk has it joins tokens by spaces
    let is_verbatim = !name.contains("rake-nltk");
    let text = document.readable_text();
    let flat = readable(&text);
    for keyphrase in &found {
        assert!(keyphrase.score.is_finite(), "{name}: {keyphrase:?}");
        let is_there = flat.contains(&*keyphrase.text);
        assert!(is_there || !is_verbatim, "{name}: {keyphrase:?}");
        for place in &keyphrase.occurrences {
            let full = document.full_text();
            assert!(
                full.is_char_boundary(place.start as usize),
                "{name}: {keyphrase:?}"
            );
            assert!(
                full.is_char_boundary(place.end as usize),
                "{name}: {keyphrase:?}"
            );
        }
    }
}

/// Measures an output by a metric, which the first byte chooses among all of them and their
/// variants. Texts are separated by zeros: the output, two references, the source.
pub fn metrics(data: &[u8]) {
    let Some(((name, metric), rest)) = choose(all_metrics(), data) else {
        return;
    };
    let text = String::from_utf8_lossy(rest);
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<String>>();
    let parts: Vec<Vec<String>> = text.split('\0').map(lines).collect();
    let part = |at: usize| parts.get(at).cloned().unwrap_or_default();
    let (candidate, references, source) = (part(0), [part(1), part(2)], part(3));

    let picks: Vec<usize> = (0..source.len()).step_by(2).collect();
    let boilerplate: Vec<bool> = (0..source.len()).map(|at| at % 3 == 0).collect();
    let measured = || {
        let mut metric_set = MetricSet::new(metric.task(), [metric.as_ref()]);
        let source = MetricSource {
            sentences: &source,
            oracle: Some(&picks),
            boilerplate: Some(&boilerplate),
            answers: &references[0],
            evidence: Some(&picks),
        };
        let references = references.iter().map(Vec::as_slice);
        let references = metric_set.references_and_source(references, source);
        let candidate = metric_set.candidate(candidate.iter().map(String::as_str));
        let candidate = candidate.with_picks(&picks);
        metric_set
            .prepare(&references)
            .measure(&candidate)
            .remove(0)
    };

    let statistics = measured();
    assert_eq!(statistics, measured(), "{name} is deterministic");
    let values = statistics.values();
    assert!(
        values.iter().all(|it| it.is_finite()),
        "{name}: {statistics:?}"
    );
    let is_whole = statistics.outputs == 1.0 || statistics == Statistics::left_out();
    assert!(is_whole, "{name}: {statistics:?}");
    check_score(name, metric.as_ref(), metric.score(&statistics));
    let twice = metric.score(&(statistics.clone() + statistics));
    check_score(name, metric.as_ref(), twice);
}

fn check_score(name: &str, metric: &dyn Metric, score: Score) {
    let scale = metric.scale();
    let low = scale.low.unwrap_or(f64::NEG_INFINITY);
    let high = scale.high.unwrap_or(f64::INFINITY) + 1e-9;
    for share in [Some(score.value), score.precision, score.recall]
        .into_iter()
        .flatten()
    {
        let is_within = share.is_finite() && (low..=high).contains(&share);
        assert!(is_within, "{name}: {score:?}");
    }
}

/// Returns a document of what is left of an input, and its title as a second text.
fn document(data: &[u8]) -> Option<(Document, String)> {
    let (language, rest) = choose(LANGUAGES, data)?;
    let segmenters = [Segmenter::Own, Segmenter::Uax29, Segmenter::Lines];
    let (how, rest) = rest.split_first()?;
    let segmenter = segmenters[usize::from(*how) % 3];
    let line_ends = match how & 0xC0 {
        0 => LineEnds::Auto,
        0x40 => LineEnds::Join,
        _ => LineEnds::Sentences,
    };

    let text = String::from_utf8_lossy(rest);
    let (title, body) = text.split_once('\n').unwrap_or(("", &text));
    let source = Source {
        id: "d",
        title,
        text: body,
        language: language.code.parse().expect("a known language"),
        segmenter,
        line_ends,
    };
    Some((analysed(source), title.to_owned()))
}

/// Analyses a text with parts of speech, by an analyser that has read other texts before.
fn analysed(source: Source<'_>) -> Document {
    thread_local! {
        static ANALYSER: RefCell<Analyser> =
            RefCell::new(Analyser::new(AnalysisNeeds { tags: true }));
    }
    ANALYSER.with_borrow_mut(|analyser| analyser.analyse(source))
}

/// Returns what is known of a corpus of a document and a text in the same language.
fn corpus_of(document: &Document, other: &str) -> CorpusView {
    let mut corpus = CorpusStatistics::new(CorpusNeeds {
        idf: true,
        phrases: true,
        ngrams: true,
    });
    corpus.add(document);
    corpus.add(&analysed(Source {
        id: "other",
        title: "",
        text: other,
        language: document.language(),
        segmenter: Segmenter::Own,
        line_ends: LineEnds::Auto,
    }));
    CorpusView::of(Some(&Arc::new(corpus)), document)
}

/// Returns the registry with an embedder that knows a few words.
pub fn registry() -> &'static Registry {
    static REGISTRY: OnceLock<Registry> = OnceLock::new();
    REGISTRY.get_or_init(with_embedder)
}

fn with_embedder() -> Registry {
    let words = [
        ("river", [1.0, 0.2, 0.0]),
        ("bridge", [0.9, -0.3, 0.1]),
        ("the", [0.3, 0.3, 0.3]),
        ("a", [-0.5, 0.0, 0.7]),
    ];
    Registry::standard().with_embedder(NamedEmbedder {
        name: "tiny".to_owned(),
        embedder: Arc::new(WordTable::new(3, words)),
    })
}

/// A system or metric with its spec.
type Named<T> = (String, Box<T>);

fn all_summarisers() -> &'static [Named<dyn Summariser>] {
    static ALL: OnceLock<Vec<Named<dyn Summariser>>> = OnceLock::new();
    ALL.get_or_init(|| {
        let registry = registry();
        let specs = registry
            .summarisers()
            .iter()
            .flat_map(|it| variants(registry, it));
        let built = specs.filter_map(|spec| Some(registry.summariser(&spec).ok()?));
        built.map(|built| (built.name, built.value)).collect()
    })
}

fn all_extractors() -> &'static [Named<dyn KeywordExtractor>] {
    static ALL: OnceLock<Vec<Named<dyn KeywordExtractor>>> = OnceLock::new();
    ALL.get_or_init(|| {
        let registry = registry();
        let specs = registry
            .extractors()
            .iter()
            .flat_map(|it| variants(registry, it));
        let built = specs.filter_map(|spec| Some(registry.extractor(&spec).ok()?));
        built.map(|built| (built.name, built.value)).collect()
    })
}

fn all_metrics() -> &'static [Named<dyn Metric>] {
    static ALL: OnceLock<Vec<Named<dyn Metric>>> = OnceLock::new();
    ALL.get_or_init(|| {
        let registry = registry();
        let specs = registry
            .metrics()
            .iter()
            .flat_map(|it| variants(registry, it));
        let built = specs.filter_map(|spec| Some(registry.metric(&spec).ok()?));
        built.map(|built| (built.name, built.value)).collect()
    })
}

/// Returns an entry with its defaults, and with each other word of its choices and profiles.
/// What cannot be built, such as a profile whose stop list is not here, is left out later.
fn variants<T: ?Sized>(registry: &Registry, entry: &Entry<T>) -> Vec<Spec> {
    let plain = registry.every(entry);
    let mut specs = plain.clone();
    for parameter in entry.parameters {
        let kind = match parameter.kind {
            ParameterKind::When(_, _, kind) => *kind,
            kind => kind,
        };
        let words: Vec<&str> = match kind {
            ParameterKind::Choice(words) => words.to_vec(),
            ParameterKind::Profile(profiles) => {
                profiles.iter().map(|it| it.name).collect()
            }
            _ => Vec::new(),
        };
        for word in words.into_iter().filter(|word| *word != parameter.default) {
            let mut spec = plain[0].clone();
            spec.arguments
                .push((parameter.name.to_owned(), word.to_owned()));
            specs.push(spec);
        }
    }
    specs
}

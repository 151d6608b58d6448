//! Laws that hold for every metric, checked on input that often makes programs fail.

use std::sync::Arc;

use epitome_base::{
    embedding::{NamedEmbedder, WordTable},
    spec::{self, Spec},
};
use epitome_metrics::{
    Better, Bleu, BoundMetric, Chrf, Cut, KeyphraseF1, KeyphraseList, KeyphraseNdcg,
    KeyphrasePartial, METRICS, Metric, MetricInput, MetricSet, MetricSource, Output,
    Protocol, RankedList, Rouge, Rouge155Scores, Scale, Score, Signature, Smart,
    Statistics, Task, Tokenisation,
    aggregate::average,
    score,
    tokens::{Rouge155, Snowball},
};
use proptest::prelude::*;

/// Returns every entry with its defaults, and with the other profiles and protocols.
fn metrics() -> Vec<(String, Box<dyn Metric>)> {
    let mut specs = Vec::new();
    for entry in METRICS {
        specs.push(entry.name.to_owned());
        for parameter in entry.parameters {
            let values: &[&str] = match parameter.name {
                "profile" => &[
                    "rouge-1.5.5",
                    "unicode",
                    "unicode, stemmer=true, language=ru",
                    "rouge-1.5.5, stemmer=true, limit-words=7",
                    "rouge-1.5.5, limit-bytes=20, multi=best",
                    "rouge-1.5.5, alpha=0, jackknife=true",
                ],
                "stemmer" => &["true", "porter-nltk", "none"],
                "skip" => &["any", "0"],
                "weight" => &["1", "4"],
                "average" => &["micro"],
                "protocol" => &["kpeval", "kex", "sifrank-micro", "present-only"],
                "duplicates" => &["once", "counted"],
                "variants" => &["plus"],
                "gold" => &["absent"],
                "at" => &["1", "M", "O"],
                "tokens" => &["unicode"],
                "n" => &["1", "9"],
                "match" => &["words"],
                "kind" => &["identifier", "path", "quote"],
                _ => &[],
            };
            for value in values {
                specs.push(format!("{}({}={value})", entry.name, parameter.name));
            }
        }
    }
    specs.into_iter().filter_map(|spec| built(&spec)).collect()
}

/// Builds the metric of a spec; `None` for a value that the entry does not accept.
fn built(spec: &str) -> Option<(String, Box<dyn Metric>)> {
    let mut spec: Spec = spec.parse().ok()?;
    let entry = spec::find("metric", METRICS, &spec.name).ok()?;
    if entry.needs_embedder() {
        spec.arguments
            .push(("embedder".to_owned(), "tiny".to_owned()));
    }
    let known = [embedder()].into_iter().collect();
    let built = spec::build_with("metric", METRICS, &[], &known, &spec).ok()?;
    Some((built.name, built.value))
}

/// An embedder that knows some of the words of the texts.
fn embedder() -> NamedEmbedder {
    let words = [
        ("the", [0.2, 0.1]),
        ("a", [-1.0, 0.3]),
        ("cat", [1.0, 0.0]),
        ("dog", [0.3, 0.4]),
        ("mice", [0.5, -0.5]),
        ("river", [0.6, 0.8]),
        ("bridge", [0.0, -1.0]),
    ];
    NamedEmbedder {
        name: "tiny".to_owned(),
        embedder: Arc::new(WordTable::new(2, words)),
    }
}

/// An output and a document, as the harness passes them to metrics.
#[derive(Debug, Clone, Default)]
struct Case {
    candidate: Vec<String>,
    references: Vec<Vec<String>>,
    source: Vec<String>,
    picks: Option<Vec<usize>>,
    oracle: Option<Vec<usize>>,
    boilerplate: Option<Vec<bool>>,
    answers: Vec<String>,
    evidence: Option<Vec<usize>>,
}

fn measure(
    metrics: &[(String, Box<dyn Metric>)],
    case: &Case,
) -> Vec<(usize, Statistics)> {
    let mut found = Vec::new();
    for task in [Task::Summaries, Task::Keyphrases] {
        let at: Vec<usize> = (0..metrics.len())
            .filter(|&metric| metrics[metric].1.task() == task)
            .collect();
        let mut metric_set =
            MetricSet::new(task, at.iter().map(|&at| metrics[at].1.as_ref()));
        let source = MetricSource {
            sentences: &case.source,
            oracle: case.oracle.as_deref(),
            boilerplate: case.boilerplate.as_deref(),
            answers: &case.answers,
            evidence: case.evidence.as_deref(),
        };
        let references = case.references.iter().map(Vec::as_slice);
        let references = metric_set.references_and_source(references, source);
        let mut candidate =
            metric_set.candidate(case.candidate.iter().map(String::as_str));
        if let Some(picks) = &case.picks {
            candidate = candidate.with_picks(picks);
        }
        let statistics = metric_set.prepare(&references).measure(&candidate);
        found.extend(at.into_iter().zip(statistics));
    }
    found
}

fn check(metrics: &[(String, Box<dyn Metric>)], case: &Case) {
    let all = measure(metrics, case);
    assert_eq!(
        all,
        measure(metrics, case),
        "the same input has the same numbers"
    );
    for (at, statistics) in all {
        let (name, metric) = &metrics[at];
        let (outputs, values) = (statistics.outputs, statistics.values());
        assert!(
            values.iter().all(|it| it.is_finite()),
            "{name}: {statistics:?}"
        );
        assert!(
            outputs == 1.0 || statistics == Statistics::left_out(),
            "{name}"
        );
        let names = metric.statistics();
        assert!(
            outputs == 0.0 || values.len() == names.len(),
            "{name}: {statistics:?}"
        );
        let twice = metric.score(&(statistics.clone() + statistics.clone()));
        for score in [metric.score(&statistics), twice] {
            check_score(name, metric.scale(), score);
        }
        let mean = average(metric.as_ref(), &[statistics.clone(), statistics]);
        assert_eq!(mean.is_none(), outputs == 0.0, "{name}");
    }
}

/// Checks that a score is within the bounds that its metric declares.
fn check_score(name: &str, scale: Scale, score: Score) {
    let Score {
        precision,
        recall,
        value,
    } = score;
    let low = scale.low.unwrap_or(f64::NEG_INFINITY);
    let high = scale.high.unwrap_or(f64::INFINITY) + 1e-9;
    for share in [Some(value), precision, recall].into_iter().flatten() {
        assert!(
            share.is_finite() && (low..=high).contains(&share),
            "{name}: {score:?}"
        );
    }
}

const ODD: &[&str] = &[
    "",
    " ",
    "\n\n",
    "\r\n",
    "… !? — «»",
    "a",
    "the cat sat.\r\nThe dog\tran.\r\n",
    "нам нужен мир. Москва!",
    "我们需要和平。東京は日本の首都です。",
    "สวัสดีชาวโลก",
    "🙂👩‍👩‍👧🇨🇭 ok",
    "a\0b\0",
    "\u{fffd}", // half of a surrogate pair, escaped in JSON
    "\u{fffd}\u{feff}\u{202e}abc",
    "İstanbul 300\u{212a}",
    "a+b, c++ +d+",
    "&quot;x&amp;y&lt; <skipped> 1,000.5-",
    "ﬁ ǅ ß e\u{301}\u{301}\u{301}",
];

#[test]
fn every_metric_takes_any_pair_of_odd_texts() {
    let metrics = metrics();
    let list = |text: &str| vec![text.to_owned()];
    for candidate in ODD {
        for reference in ODD {
            check(
                &metrics,
                &Case {
                    candidate: list(candidate),
                    references: vec![list(reference), list("the cat")],
                    source: list(reference),
                    picks: Some(vec![0]),
                    oracle: Some(vec![0]),
                    answers: list(reference),
                    evidence: Some(vec![0]),
                    ..Case::default()
                },
            );
        }
    }
}

#[test]
fn every_metric_takes_a_megabyte_without_a_break() {
    let metrics = metrics();
    let long = vec!["a".repeat(1 << 20)];
    let cases = [(&long, &long), (&long, &vec!["the cat".to_owned()])];
    for (candidate, reference) in cases {
        let (candidate, references) = (candidate.clone(), vec![reference.clone()]);
        check(
            &metrics,
            &Case {
                candidate,
                references,
                ..Case::default()
            },
        );
    }
}

/// The first two texts consist of 10,922 words of UAX #29, one per character: a quadratic
/// tokeniser would take seconds. ROUGE-W has a test of its own for texts beyond its
/// bound.
#[test]
fn every_metric_takes_a_long_text_in_a_script_without_spaces() {
    let metrics = metrics();
    for text in ["東京は日本", "สวัสดี", "🙂"] {
        let long = text.repeat((1 << 15) / text.len());
        let case = Case {
            candidate: vec![long.clone()],
            references: vec![vec![long]],
            ..Case::default()
        };
        for (at, statistics) in measure(&metrics, &case) {
            let (name, metric) = &metrics[at];
            check_score(name, metric.scale(), metric.score(&statistics));
        }
    }
}

#[test]
fn every_metric_takes_nothing_at_all() {
    check(&metrics(), &Case::default());
    let picks = Some(vec![5, usize::MAX / 4]);
    check(
        &metrics(),
        &Case {
            picks,
            ..Case::default()
        },
    );
}

#[test]
fn an_output_equal_to_its_reference_has_the_best_score() {
    let text =
        "the cat sat down\na dog ran off\nmice are small animals too: 3 x_1 /a/b “c”";
    let lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let metrics = metrics();
    let case = Case {
        candidate: lines.clone(),
        references: vec![lines.clone()],
        answers: vec![lines.join("\n")],
        source: lines,
        picks: Some(vec![0, 1, 2]),
        oracle: Some(vec![0, 1, 2]),
        evidence: Some(vec![0, 1, 2]),
        ..Case::default()
    };
    for (at, statistics) in measure(&metrics, &case) {
        let (name, metric) = &metrics[at];
        // a limit of words or bytes leaves no 9 words in a row, a reference weighted
        // twice allows no recall of 1, SMART-2 adds sentences that match nothing, nothing
        // is absent, 3 phrases are not `k`, a list cut at 1 is not whole
        let bounded = name.contains("limit")
            || name.starts_with("rouge-w")
            || name == "smart-2"
            || name.contains("kpeval")
            || name.contains("absent")
            || name.contains("at=1)");
        if metric.scale().better == Better::Higher && !bounded {
            let value = metric.score(&statistics).value;
            assert!((value - 1.0).abs() < 1e-9, "{name}: {value}");
        }
    }
}

#[test]
fn signatures_lead_back_to_the_metric() {
    for (name, metric) in metrics() {
        let signature = metric.signature();
        for text in [signature.to_string(), signature.short()] {
            let parsed: Signature = text.parse().unwrap_or_else(|error| {
                panic!("{text}: {error}");
            });
            let spec = parsed
                .spec()
                .unwrap_or_else(|error| panic!("{text}: {error}"));
            let known = [embedder()].into_iter().collect();
            let again = spec::build_with("metric", METRICS, &[], &known, &spec).unwrap();
            assert_eq!(again.value.signature(), signature, "{name}: {text}");
        }
    }
}

#[test]
fn metrics_of_one_signature_are_one_metric() {
    let all = metrics();
    for (at, (name, metric)) in all.iter().enumerate() {
        for (other_name, other) in &all[..at] {
            if name != other_name {
                assert_ne!(
                    metric.signature().to_string(),
                    other.signature().to_string(),
                    "{name} and {other_name}"
                );
            }
        }
    }
}

#[test]
fn a_metric_made_by_a_constructor_is_the_one_with_its_name() {
    let ours: &[(&str, &dyn Metric)] = &[
        ("rouge-1", &Rouge::n(1)),
        ("rouge-9", &Rouge::n(9)),
        ("rouge-2(stemmer=true)", &Rouge::n(2).stemmed()),
        ("rouge-2(profile=unicode)", &Rouge::n(2).unicode()),
        (
            "rouge-2(profile=unicode, stemmer=true, language=ru)",
            &Rouge::n(2).stemmed_in(Snowball::of("ru").unwrap()),
        ),
        (
            "rouge-2(profile=rouge-1.5.5)",
            &Rouge::n(2).rouge_155(Rouge155::default(), Rouge155Scores::default()),
        ),
        ("rouge-l", &Rouge::l()),
        (
            "rouge-l(profile=rouge-1.5.5)",
            &Rouge::l_of_155(Rouge155::default(), Rouge155Scores::default()),
        ),
        ("rouge-lsum", &Rouge::lsum()),
        ("rouge-w", &Rouge::w(1.2)),
        ("rouge-s", &Rouge::s(Some(4))),
        ("rouge-su(skip=any)", &Rouge::su(None)),
        ("bleu", &Bleu::default()),
        ("bleu(average=micro)", &Bleu::of_corpus()),
        ("chrf", &Chrf::default()),
        ("chrf++", &Chrf::plus_plus()),
        ("chrf++(average=micro)", &Chrf::plus_plus().of_corpus()),
        ("smart-1", &Smart::one()),
        ("smart-2", &Smart::two()),
        ("smart-l", &Smart::l()),
        ("keyphrase-f1", &KeyphraseF1::at(10)),
        ("keyphrase-f1(at=M)", &KeyphraseF1::cut(Cut::All)),
        (
            "keyphrase-f1(protocol=kex)",
            &KeyphraseF1::at(10).protocol(Protocol::kex()),
        ),
        (
            "keyphrase-map",
            &KeyphraseList::of(RankedList::AveragePrecision),
        ),
        (
            "keyphrase-mrr",
            &KeyphraseList::of(RankedList::ReciprocalRank),
        ),
        (
            "keyphrase-r-precision",
            &KeyphraseList::of(RankedList::RPrecision),
        ),
        ("keyphrase-ndcg", &KeyphraseNdcg::at(10)),
        ("keyphrase-partial", &KeyphrasePartial::cut(Cut::At(10))),
    ];
    for (spec, metric) in ours {
        let (_, named) = built(spec).unwrap();
        // a signature names everything that changes the value
        assert_eq!(metric.signature(), named.signature());
        assert_eq!(metric.tokenisation(), named.tokenisation(), "{spec}");
        assert_eq!(metric.statistics(), named.statistics(), "{spec}");
    }
}

/// A metric of the words shared with a reference, written as a user of the crate would
/// write it.
struct SharedWords;

impl Metric for SharedWords {
    fn task(&self) -> Task {
        Task::Summaries
    }

    fn tokenisation(&self) -> Tokenisation {
        Tokenisation::Unicode(epitome_metrics::tokens::Unicode::default())
    }

    fn signature(&self) -> Signature {
        Signature::of("shared-words")
    }

    fn statistics(&self) -> &'static [&'static str] {
        Statistics::MATCHES
    }

    fn against<'a>(&'a self, subject: MetricInput<'a>) -> Box<dyn BoundMetric + 'a> {
        Box::new(move |output: Output<'_>| {
            let words = output.tokens.ids();
            let known = |word: &&u32| {
                subject
                    .references
                    .iter()
                    .any(|reference| reference.ids().contains(word))
            };
            let shared = words.iter().filter(known).count();
            let longest = subject.references.iter().map(|it| it.ids().len()).max();
            Statistics::counts(shared, words.len(), longest.unwrap_or(0))
        })
    }

    fn score(&self, statistics: &Statistics) -> Score {
        statistics.matches().precision_recall_f1()
    }
}

#[test]
fn a_metric_can_be_written_outside_the_crate() {
    let found = score(&SharedWords, "the cat", &["a cat sat on it"]).unwrap();
    assert_eq!((found.precision, found.recall), (Some(0.5), Some(0.2)));
    check(
        &[("shared-words".to_owned(), Box::new(SharedWords))],
        &Case::default(),
    );
}

fn text() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        8 => "[a-e]{1,3}",
        1 => "[A-Z][a-z]{3,9}(ing|ed|s|ment)?",
        1 => ".{0,3}",
        1 => Just("東京".to_owned()),
        1 => Just("\n".to_owned()),
    ];
    prop::collection::vec(word, 0..30).prop_map(|words| words.join(" "))
}

fn case() -> impl Strategy<Value = Case> {
    let list = || prop::collection::vec(text(), 0..4);
    let picks = || prop::option::of(prop::collection::vec(0_usize..5, 0..4));
    let boilerplate = || prop::option::of(prop::collection::vec(any::<bool>(), 5));
    let texts = (list(), prop::collection::vec(list(), 0..4), list(), list());
    let marks = (picks(), picks(), boilerplate());
    (texts, picks(), marks).prop_map(|(texts, picks, marks)| {
        let (candidate, references, source, answers) = texts;
        let (oracle, evidence, boilerplate) = marks;
        Case {
            candidate,
            references,
            source,
            picks,
            oracle,
            boilerplate,
            answers,
            evidence,
        }
    })
}

/// Returns whether a value is better than another one; false if no direction is better.
fn is_better(scale: Scale, value: f64, than: f64) -> bool {
    match scale.better {
        Better::Higher => value > than + 1e-9,
        Better::Lower => value < than - 1e-9,
        Better::Neither => false,
    }
}

/// Checks that neither a failure nor an empty output is better than the output of `case`.
fn check_failures(metrics: &[(String, Box<dyn Metric>)], case: &Case) {
    let nothing = Case {
        candidate: Vec::new(),
        picks: Some(Vec::new()),
        ..case.clone()
    };
    let answers = measure(metrics, case);
    for ((at, answer), (_, empty)) in answers.into_iter().zip(measure(metrics, &nothing))
    {
        let (name, metric) = &metrics[at];
        let scale = metric.scale();
        let failed = metric.failed().map(|score| score.value);
        assert_eq!(failed, scale.worst(), "{name}");
        if answer.outputs == 0.0 {
            continue;
        }
        let value = metric.score(&answer).value;
        let empty = (empty.outputs > 0.0).then(|| metric.score(&empty).value);
        for bad in failed.into_iter().chain(empty) {
            assert!(
                !is_better(scale, bad, value),
                "{name}: {bad} against {value}"
            );
        }
    }
}

#[test]
fn neither_a_failure_nor_nothing_is_better_than_an_odd_answer() {
    let metrics = metrics();
    for candidate in ODD {
        for text in ODD {
            let list = |text: &str| vec![text.to_owned()];
            let case = Case {
                candidate: list(candidate),
                references: vec![list(text)],
                source: list(text),
                picks: Some(vec![0]),
                oracle: Some(vec![0]),
                boilerplate: Some(vec![true]),
                answers: list(text),
                evidence: Some(vec![0]),
            };
            check_failures(&metrics, &case);
        }
    }
}

#[test]
fn every_field_of_every_signature_has_words() {
    for (name, metric) in metrics() {
        for (field, words) in metric.signature().in_words() {
            assert!(words.is_some(), "{name}: `{field}` has no words");
        }
    }
}

#[test]
fn a_metric_without_a_worst_value_has_no_direction_or_no_end() {
    let unbounded: Vec<String> = METRICS
        .iter()
        .filter_map(|entry| built(entry.name))
        .filter(|(_, metric)| metric.failed().is_none())
        .map(|(name, _)| name)
        .collect();
    let mut descriptions = vec![
        "coverage",
        "density",
        "compression",
        "novel-ngrams",
        "position",
        "lead-overlap",
        "words",
    ];
    if cfg!(feature = "vocabularies") {
        descriptions.extend(["tokens", "token-compression"]);
    }
    assert_eq!(unbounded, descriptions);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_metric_is_total_and_deterministic(case in case()) {
        check(&metrics(), &case);
        check_failures(&metrics(), &case);
    }
}

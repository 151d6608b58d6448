//! Metrics and the cases that they are measured on.

use std::sync::Arc;

use epitome_base::{
    embedding::{NamedEmbedder, WordTable},
    spec::{self, Spec},
};
use epitome_metrics::{
    METRICS, Metric, MetricSet, MetricSource, Scale, Score, Statistics, Task,
    aggregate::average,
};
use proptest::prelude::*;

/// Returns every entry with its defaults, and with the other profiles and protocols.
pub(crate) fn metrics() -> Vec<(String, Box<dyn Metric>)> {
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
pub(crate) fn built(spec: &str) -> Option<(String, Box<dyn Metric>)> {
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
pub(crate) fn embedder() -> NamedEmbedder {
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
pub(crate) struct Case {
    pub(crate) candidate: Vec<String>,
    pub(crate) references: Vec<Vec<String>>,
    pub(crate) source: Vec<String>,
    pub(crate) picks: Option<Vec<usize>>,
    pub(crate) oracle: Option<Vec<usize>>,
    pub(crate) boilerplate: Option<Vec<bool>>,
    pub(crate) answers: Vec<String>,
    pub(crate) evidence: Option<Vec<usize>>,
}

/// Measures a case by every metric; returns the position of each metric with its numbers.
pub(crate) fn measure(
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

/// Checks that the numbers of a case are finite, repeatable and within the bounds of their metrics.
pub(crate) fn check(metrics: &[(String, Box<dyn Metric>)], case: &Case) {
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
pub(crate) fn check_score(name: &str, scale: Scale, score: Score) {
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

/// Texts that often make programs fail.
pub(crate) const ODD: &[&str] = &[
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

/// Draws a text of words in two scripts, with line ends.
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

/// Draws a case.
pub(crate) fn case() -> impl Strategy<Value = Case> {
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

//! The cases of the conformance check of a metric.

use epitome_metrics::{Better, Score};

use super::{
    cases::Case,
    metric_kit::{Measured, MetricKit},
};

/// A case that examines scores of the metric.
type OfScores = fn(&MetricKit<'_>) -> Result<(), String>;

const fn case(title: &'static str, hint: &'static str) -> Case {
    Case { title, hint }
}

/// The hint of the cases about repeated questions.
const DETERMINISTIC: &str = "draw random numbers from `seed`, or say `\"deterministic\":false` when you are ready";

/// The hint of the cases about candidates beside each other.
const ALONE: &str = "a score must not depend on other candidates, on their order or on other documents: pad and normalise each by itself";

/// The hint of the cases about characters.
const UTF_8: &str = "read and write UTF-8, and let a JSON library do the escaping";

const REFERENCE: &str = "The storm closed the harbour and the ferry stayed in port.";

/// Candidates that share all, some and nothing with the reference.
const CANDIDATES: [&str; 3] = [
    "The storm closed the harbour and the ferry stayed in port.",
    "The ferry stayed in port on Monday.",
    "Carpenters repaired a pier.",
];

/// The cases about scores and relations of scores.
pub(super) const OF_SCORES: &[(Case, OfScores)] = &[
    (
        case(
            "a reference and three candidates",
            "answer each question with its `id` and as many `measures` as it has `candidates`",
        ),
        |kit| kit.one(&plain()).map(drop),
    ),
    (
        case(
            "a candidate that is the reference",
            "the same text must not be worse than another: is `better` what you mean?",
        ),
        |kit| {
            let scores = kit.one(&plain())?;
            let (same, other) = (scores[0].value, scores[2].value);
            let is_worse = match kit.claims()?.1 {
                Better::Higher => same < other,
                Better::Lower => same > other,
                Better::Neither => false,
            };
            match is_worse {
                true => Err(format!("it has {same}, and an unrelated text has {other}")),
                false => Ok(()),
            }
        },
    ),
    (
        case(
            "several references",
            "`references` is a list: take the best of them, or their mean",
        ),
        |kit| {
            let references = [REFERENCE, "A ferry could not leave.", "Bad weather."];
            kit.one(&Measured::english(&references, &CANDIDATES))
                .map(drop)
        },
    ),
    (
        case(
            "an empty candidate",
            "check for empty texts and lists before you divide, and answer with your worst value",
        ),
        |kit| kit.one(&Measured::english(&[REFERENCE], &[""])).map(drop),
    ),
    (
        case(
            "an empty candidate among others",
            "check for empty texts before you stack them",
        ),
        |kit| {
            let candidates = [CANDIDATES[1], "", " ", CANDIDATES[2]];
            kit.one(&Measured::english(&[REFERENCE], &candidates))
                .map(drop)
        },
    ),
    (
        case(
            "candidates without words",
            "check for empty lists of words before you divide",
        ),
        |kit| {
            kit.one(&Measured::english(&[REFERENCE], &["...", "?!", "1 2"]))
                .map(drop)
        },
    ),
    (
        case("Unicode beyond the first plane, and right to left", UTF_8),
        |kit| {
            let candidates = [
                "\u{1f600}\u{1f469}\u{200d}\u{1f680} caf\u{e9}",
                "\u{5e9}\u{5dc}\u{5d5}\u{5dd}",
            ];
            kit.one(&Measured::english(&[REFERENCE], &candidates))
                .map(drop)
        },
    ),
    (
        case("quotation marks, backslashes and control characters", UTF_8),
        |kit| {
            let candidates = ["She said \"no\" and \\n\t\u{7}\u{0}.", "\u{2028}\u{85}"];
            kit.one(&Measured::english(&[REFERENCE], &candidates))
                .map(drop)
        },
    ),
    (
        case(
            "an unknown language",
            "`und` means that nobody knows: have a default",
        ),
        |kit| {
            let document = Measured {
                language: "und",
                ..plain()
            };
            kit.one(&document).map(drop)
        },
    ),
    (
        case(
            "a candidate of a hundred thousand words",
            "read whole lines, cut to what your model reads, and answer within 30 s",
        ),
        |kit| {
            let long = "wagon after wagon ".repeat(33_000);
            kit.one(&Measured::english(&[REFERENCE], &[&long]))
                .map(drop)
        },
    ),
    (
        case(
            "twenty documents",
            "answer every question of a batch before you send `end` back",
        ),
        |kit| {
            let documents: Vec<Measured> = (0..20).map(numbered).collect();
            kit.ask(&documents).map(drop)
        },
    ),
    (
        case("the same candidate twice in a question", ALONE),
        |kit| {
            let candidates = [CANDIDATES[1], CANDIDATES[2], CANDIDATES[1]];
            let scores = kit.one(&Measured::english(&[REFERENCE], &candidates))?;
            if_deterministic(kit, same(&scores[..1], &scores[2..]))
        },
    ),
    (case("the candidates in another order", ALONE), |kit| {
        let scores = kit.one(&plain())?;
        let mut turned = plain();
        turned.candidates.reverse();
        let mut again = kit.one(&turned)?;
        again.reverse();
        if_deterministic(kit, same(&scores, &again))
    }),
    (case("a candidate alone and beside others", ALONE), |kit| {
        let scores = kit.one(&plain())?;
        let alone = kit.one(&Measured::english(&[REFERENCE], &[CANDIDATES[1]]))?;
        if_deterministic(kit, same(&scores[1..2], &alone))
    }),
    (case("a document alone and in a batch", ALONE), |kit| {
        let alone = kit.one(&plain())?;
        let mut batch: Vec<Measured> = (0..5).map(numbered).collect();
        batch.insert(3, plain());
        let among = kit.ask(&batch)?;
        if_deterministic(kit, same(&alone, &among[3]))
    }),
    (case("the same question again", DETERMINISTIC), |kit| {
        let (first, again) = (kit.one(&plain())?, kit.one(&plain())?);
        if_deterministic(kit, same(&first, &again))
    }),
    (
        case("the same question to another process", DETERMINISTIC),
        |kit| {
            let first = kit.one(&plain())?;
            kit.restart();
            let again = kit.one(&plain())?;
            if_deterministic(kit, same(&first, &again))
        },
    ),
];

fn plain() -> Measured {
    Measured::english(&[REFERENCE], &CANDIDATES)
}

/// Returns documents that differ.
fn numbered(at: usize) -> Measured {
    let reference = format!("Train {at} left the harbour with {at} tons of salt.");
    let candidate = format!("Train {at} carried salt.");
    Measured::english(&[&reference], &[&candidate, "Nobody saw it."])
}

fn if_deterministic(
    kit: &MetricKit<'_>,
    found: Result<(), String>,
) -> Result<(), String> {
    match found {
        Err(problem) if kit.claims()?.0 => Err(problem),
        _ => Ok(()),
    }
}

fn same(one: &[Score], other: &[Score]) -> Result<(), String> {
    let values = |scores: &[Score]| -> Vec<f64> {
        scores.iter().map(|score| score.value).collect()
    };
    if one == other {
        return Ok(());
    }
    let (one, other) = (values(one), values(other));
    Err(format!("other scores: {one:?}, then {other:?}"))
}

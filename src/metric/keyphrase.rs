//! Keyphrases against gold keyphrases: F1 at a cut, and average precision.

use crate::spec::{Entry, Kind, Parameter};

use super::{
    Measure, Metric, Output, Porter, Score, Signature, Statistics, Subject, Task,
    Tokenisation, Tokens,
};

const PROTOCOL: Parameter = Parameter {
    name: "protocol",
    kind: Kind::Choice(&["jcdl2020"]),
    default: "jcdl2020",
    about: "how phrases are matched, cut and averaged",
};

const SOURCE: &str = "Gallina, Boudin & Daille (2020), Large-scale evaluation of keyphrase extraction models, JCDL";

macro_rules! f1_at {
    ($name:literal, $k:literal) => {
        Entry {
            name: $name,
            about: concat!(
                "keyphrases among the first ",
                $k,
                " that are in the gold list"
            ),
            source: SOURCE,
            parameters: &[PROTOCOL],
            build: |_| Box::new(F1At { name: $name, k: $k }),
        }
    };
}

pub(super) const F1_AT_5: Entry<dyn Metric> = f1_at!("keyphrase-f1@5", 5);
pub(super) const F1_AT_10: Entry<dyn Metric> = f1_at!("keyphrase-f1@10", 10);
pub(super) const F1_AT_15: Entry<dyn Metric> = f1_at!("keyphrase-f1@15", 15);

pub(super) const MAP: Entry<dyn Metric> = Entry {
    name: "keyphrase-map",
    about: "average precision of the whole ranked list",
    source: SOURCE,
    parameters: &[PROTOCOL],
    build: |_| Box::new(AveragePrecision),
};

/// Precision, recall and F1 of the first `k` phrases.
///
/// ```text
/// P = hits / min(k, predicted)     R = hits / |gold|
/// ```
///
/// Phrases are equal when their stems are: lower case, edge punctuation off, Porter's
/// original stemmer on both sides. Repeats are dropped before the cut, and from the
/// gold list. `O(predicted · log |gold|)`.
///
/// The protocol of Gallina, Boudin & Daille (2020), macro-averaged by the harness.
struct F1At {
    name: &'static str,
    k: usize,
}

/// Average precision; its mean over documents is MAP.
///
/// ```text
/// AP = Σ_{i : phrase i is a hit} (hits up to i) / i  /  |gold|
/// ```
///
/// Same matching as [`F1At`]; the list is as long as the system was asked to make it.
struct AveragePrecision;

impl Metric for F1At {
    fn task(&self) -> Task {
        Task::Keyphrases
    }

    fn tokenisation(&self) -> Tokenisation {
        Tokenisation::Phrase(Some(Porter::Original))
    }

    fn signature(&self) -> Signature {
        signature(self.name).with("denominator", "min(k,predicted)")
    }

    fn against<'a>(&'a self, subject: Subject<'a>) -> Box<dyn Measure + 'a> {
        let gold = Gold::of(subject.references);
        Box::new(move |candidate: Output<'_>| {
            let hits: Vec<bool> = gold.hits(candidate.tokens).take(self.k).collect();
            Statistics {
                shared: hits.iter().filter(|hit| **hit).count() as f64,
                candidate: hits.len() as f64,
                reference: gold.len() as f64,
                outputs: 1.0,
            }
        })
    }

    fn score(&self, statistics: &Statistics) -> Score {
        statistics.precision_recall_f1()
    }
}

impl Metric for AveragePrecision {
    fn task(&self) -> Task {
        Task::Keyphrases
    }

    fn tokenisation(&self) -> Tokenisation {
        Tokenisation::Phrase(Some(Porter::Original))
    }

    fn signature(&self) -> Signature {
        signature(MAP.name)
    }

    fn against<'a>(&'a self, subject: Subject<'a>) -> Box<dyn Measure + 'a> {
        let gold = Gold::of(subject.references);
        Box::new(move |candidate: Output<'_>| {
            let (mut found, mut predicted, mut sum) = (0.0, 0.0, 0.0);
            for hit in gold.hits(candidate.tokens) {
                predicted += 1.0;
                if hit {
                    found += 1.0;
                    sum += found / predicted;
                }
            }
            Statistics {
                shared: sum,
                candidate: predicted,
                reference: gold.len() as f64,
                outputs: 1.0,
            }
        })
    }

    fn score(&self, statistics: &Statistics) -> Score {
        let value = statistics.shared / statistics.reference.max(1.0);
        Score { precision: None, recall: None, value }
    }
}

fn signature(name: &'static str) -> Signature {
    Signature::of(name)
        .with("protocol", "jcdl2020")
        .with("stem", Porter::Original.name())
        .with("match", "exact")
        .with("duplicates", "dropped-before-cut")
        .with("gold", "all")
        .with("average", "macro")
}

/// Gold phrases, sorted, each once.
struct Gold<'a>(Vec<&'a [u32]>);

impl<'a> Gold<'a> {
    fn of(references: &'a [Tokens]) -> Self {
        let phrases = references.iter().flat_map(Tokens::segments);
        let mut phrases: Vec<_> = phrases.filter(|phrase| !phrase.is_empty()).collect();
        phrases.sort_unstable();
        phrases.dedup();
        Self(phrases)
    }

    fn len(&self) -> usize {
        self.0.len()
    }

    /// For each different phrase of the candidate, in order: is it gold?
    fn hits<'c>(&'c self, candidate: &'c Tokens) -> impl Iterator<Item = bool> + 'c {
        let mut seen: Vec<&[u32]> = Vec::new();
        candidate.segments().filter_map(move |phrase| {
            let at = seen.binary_search(&phrase).err()?;
            seen.insert(at, phrase);
            (!phrase.is_empty()).then(|| self.0.binary_search(&phrase).is_ok())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{metric::Panel, spec};

    fn score(entry: Entry<dyn Metric>, predicted: &[&str], gold: &[&str]) -> Score {
        let built =
            spec::build("metric", &[entry], &entry.name.parse().unwrap()).unwrap();
        let mut panel = Panel::new(Task::Keyphrases, [built.value.as_ref()]);
        let gold: Vec<String> = gold.iter().map(|&phrase| phrase.to_owned()).collect();
        let references = panel.references([gold.as_slice()]);
        let candidate = panel.candidate(predicted.iter().copied());
        let statistics = panel.scale(&references).measure(&candidate)[0];
        built.value.score(&statistics)
    }

    #[test]
    fn phrases_match_by_stems() {
        let found = score(F1_AT_5, &["Neural Networks", "graph"], &["neural network"]);
        assert_eq!((found.precision, found.recall), (Some(0.5), Some(1.0)));
    }

    #[test]
    fn repeats_are_dropped_before_the_cut_and_from_the_gold() {
        let predicted = ["a1", "A1", "a1", "a1", "b1", "c1"];
        let found = score(F1_AT_5, &predicted, &["c1", "c1"]);
        assert_eq!((found.precision, found.recall), (Some(1.0 / 3.0), Some(1.0)));
    }

    #[test]
    fn the_denominator_is_k_or_what_was_predicted() {
        let six = ["a1", "b1", "c1", "d1", "e1", "f1"];
        assert_eq!(score(F1_AT_5, &six, &["a1", "f1"]).precision, Some(1.0 / 5.0));
        assert_eq!(score(F1_AT_5, &six[..2], &["a1", "f1"]).precision, Some(1.0 / 2.0));
    }

    #[test]
    fn average_precision_is_over_the_gold_list() {
        // hits at 1 and 3 of 4 gold phrases: (1/1 + 2/3) / 4
        let found = score(MAP, &["a1", "x1", "b1"], &["a1", "b1", "c1", "d1"]);
        assert!((found.value - (1.0 + 2.0 / 3.0) / 4.0).abs() < 1e-15);
        assert_eq!(found.precision, None);
    }

    #[test]
    fn nothing_predicted_or_nothing_wanted_is_zero() {
        for entry in [F1_AT_10, MAP] {
            assert_eq!(score(entry, &[], &["a1"]).value, 0.0);
            assert_eq!(score(entry, &["a1"], &[]).value, 0.0);
            assert_eq!(score(entry, &["…"], &["…"]).value, 0.0);
        }
    }
}

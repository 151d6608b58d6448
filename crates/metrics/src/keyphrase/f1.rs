//! Precision, recall and F1 of the first keyphrases of a list.

use crate::{Signature, metric::Metric, score::Score, statistics::Statistics};
use epitome_base::spec::{Choice, Entry, Parameter, ParameterKind, Params};

use super::{
    gold::{Gold, Ranked},
    metric::{Keyphrases, Rule},
    protocol::{
        AVERAGE, DENOMINATOR, DUPLICATES, Denominator, EMPTY_GOLD, GOLD, PROTOCOL,
        Protocol, SOURCE, STEMMER, VARIANTS,
    },
};

/// The parameters of the metrics that have the cut in their name.
pub(super) const PARAMETERS: &[Parameter] = &[
    PROTOCOL,
    STEMMER,
    DUPLICATES,
    DENOMINATOR,
    GOLD,
    EMPTY_GOLD,
    AVERAGE,
    VARIANTS,
];

const CUTS: &Choice<Cut, 2> = &Choice::new("at", [("M", Cut::All), ("O", Cut::Gold)], "");
const CUT: ParameterKind = ParameterKind::Choice(CUTS.words());
pub(super) const AT: Parameter = Parameter {
    name: "at",
    kind: ParameterKind::Either(&ParameterKind::Integer(1, 1 << 32), &CUT),
    default: "10",
    about: "number of phrases that are scored: a number, all (`M`), or as many as gold phrases (`O`)",
};

/// The parameters of the metrics whose cut is a parameter.
pub(super) const PARAMETERS_AT: &[Parameter] = &[
    AT,
    PROTOCOL,
    STEMMER,
    DUPLICATES,
    DENOMINATOR,
    GOLD,
    EMPTY_GOLD,
    AVERAGE,
    VARIANTS,
];

/// How many phrases of a list are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// This number of phrases: `@k`.
    At(usize),
    /// All phrases: `@M`.
    All,
    /// As many phrases as there are gold phrases: `@O`.
    Gold,
}

impl From<&Params> for Cut {
    fn from(params: &Params) -> Self {
        match params.integer_if_any(AT.name) {
            Some(k) => Self::At(k as usize),
            None => params.choice(CUTS),
        }
    }
}

impl Cut {
    /// Returns the cut as a number, for a list and a gold list of these lengths.
    pub(super) fn k(self, predicted: usize, gold: usize) -> usize {
        match self {
            Self::At(k) => k,
            Self::All => predicted,
            Self::Gold => gold,
        }
    }

    pub(super) fn name(self) -> String {
        match self {
            Self::At(k) => k.to_string(),
            Self::All => "M".to_owned(),
            Self::Gold => "O".to_owned(),
        }
    }
}

macro_rules! f1_at {
    ($name:literal, $cut:expr, $about:literal) => {
        Entry {
            name: $name,
            about: $about,
            source: SOURCE,
            parameters: PARAMETERS,
            build: |params| Box::new(f1($name, $cut, params)),
        }
    };
}

pub(crate) const F1: Entry<dyn Metric> = Entry {
    name: "keyphrase-f1",
    about: "F1 of gold phrases among the first phrases, at any cut-off",
    source: SOURCE,
    parameters: PARAMETERS_AT,
    build: |params| Box::new(f1(F1.name, Cut::from(params), params)),
};
pub(crate) const F1_AT_5: Entry<dyn Metric> = f1_at!(
    "keyphrase-f1@5",
    Cut::At(5),
    "gold phrases among the first 5"
);
pub(crate) const F1_AT_10: Entry<dyn Metric> = f1_at!(
    "keyphrase-f1@10",
    Cut::At(10),
    "gold phrases among the first 10"
);
pub(crate) const F1_AT_15: Entry<dyn Metric> = f1_at!(
    "keyphrase-f1@15",
    Cut::At(15),
    "gold phrases among the first 15"
);
pub(crate) const F1_AT_M: Entry<dyn Metric> =
    f1_at!("keyphrase-f1@M", Cut::All, "gold phrases among all phrases");
pub(crate) const F1_AT_O: Entry<dyn Metric> = f1_at!(
    "keyphrase-f1@O",
    Cut::Gold,
    "gold phrases among the first |gold| phrases"
);

/// The precision, recall and F1 of the first `k` phrases.
///
/// ```text
/// P = found / denominator     R = found / |gold|
/// ```
///
/// Phrases are equal if their stems are equal, in lower case and without punctuation at
/// their edges. The other rules are in [`Protocol`]; the denominator is
/// `min(k, predicted)`, `k` or `min(k, |gold|)`. The complexity is
/// `O(predicted · log |gold|)`, and additionally the length of the source for each phrase
/// if only present or absent ones count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct F1At {
    cut: Cut,
}

/// The keyphrase metric that returns precision, recall and F1 of the first phrases of a
/// list.
pub type KeyphraseF1 = Keyphrases<F1At>;

impl KeyphraseF1 {
    /// Returns the metric of the first `k` phrases: `keyphrase-f1(at=k)`.
    pub fn at(k: usize) -> Self {
        Self::cut(Cut::At(k))
    }

    /// Returns the metric of the phrases up to a cut: `keyphrase-f1(at=…)`.
    pub fn cut(cut: Cut) -> Self {
        Self::new(F1.name, F1At { cut })
    }
}

fn f1(name: &'static str, cut: Cut, params: &Params) -> KeyphraseF1 {
    Keyphrases::new(name, F1At { cut }).protocol(Protocol::from(params))
}

impl Rule for F1At {
    fn measure(
        &self,
        list: &[Ranked<'_>],
        gold: &Gold<'_>,
        protocol: &Protocol,
    ) -> Statistics {
        let mut k = self.cut.k(list.len(), gold.len());
        if protocol.denominator == Denominator::Gold {
            k = k.min(gold.len());
        }
        let read = &list[..list.len().min(k)];
        let found = read.iter().map(|ranked| ranked.found).sum();
        let of = if protocol.denominator == Denominator::Predicted {
            read.len()
        } else {
            k
        };
        Statistics::counts(found, of, gold.len())
    }

    fn statistics(&self) -> &'static [&'static str] {
        Statistics::MATCHES
    }

    fn score(&self, statistics: &Statistics) -> Score {
        statistics.matches().precision_recall_f1()
    }

    fn signature(&self, signature: Signature) -> Signature {
        signature.with("at", self.cut.name())
    }
}

#[cfg(test)]
mod tests {
    use super::super::metric::tests::{score, score_with};
    use super::*;

    fn precision_recall(score: Score) -> (f64, f64) {
        (score.precision.unwrap(), score.recall.unwrap())
    }

    #[test]
    fn phrases_match_by_stems() {
        let found = score(F1_AT_5, &["Neural Networks", "graph"], &["neural network"]);
        assert_eq!(precision_recall(found), (0.5, 1.0));
    }

    #[test]
    fn repeats_are_dropped_find_nothing_or_count() {
        let list = ["a1", "A1", "a1", "a1", "b1", "c1"];
        let with = |duplicates: &str| {
            let parameters = format!("(duplicates={duplicates})");
            precision_recall(score_with(F1_AT_5, &parameters, "", &list, &["c1", "a1"]))
        };
        assert_eq!(with("dropped"), (2.0 / 3.0, 1.0));
        assert_eq!(with("once"), (1.0 / 5.0, 1.0 / 2.0));
        assert_eq!(with("counted"), (4.0 / 5.0, 2.0));
    }

    #[test]
    fn precision_is_over_what_the_protocol_says() {
        let six = ["a1", "b1", "c1", "d1", "e1", "f1"];
        let with = |denominator: &str, list: &[&str]| {
            let parameters = format!("(denominator={denominator})");
            let gold = ["a1", "f1", "x1"];
            score_with(F1_AT_5, &parameters, "", list, &gold)
                .precision
                .unwrap()
        };
        assert_eq!(with("predicted", &six), 1.0 / 5.0);
        assert_eq!(with("predicted", &six[..2]), 1.0 / 2.0);
        assert_eq!(with("cut", &six[..2]), 1.0 / 5.0);
        assert_eq!(with("gold", &six), 1.0 / 3.0);
        assert_eq!(with("gold", &six[..2]), 1.0 / 3.0);
    }

    #[test]
    fn only_phrases_of_the_source_count_where_the_protocol_says_so() {
        let source = "Graph theory, applied to networks.";
        let list = ["graph theories", "theory network", "networks"];
        let gold = ["network", "topology"];
        let with = |gold_set: &str| {
            let parameters = format!("(gold={gold_set})");
            precision_recall(score_with(F1_AT_5, &parameters, source, &list, &gold))
        };
        assert_eq!(with("all"), (1.0 / 3.0, 1.0 / 2.0));
        assert_eq!(with("present"), (1.0 / 2.0, 1.0));
        assert_eq!(with("absent"), (0.0, 0.0));
    }

    #[test]
    fn a_gold_phrase_may_be_written_in_two_ways() {
        let gold = ["web service+web-service", "c++"];
        let list = ["web service", "web-service", "C++"];
        let found = score_with(F1_AT_5, "(variants=plus)", "", &list, &gold);
        assert_eq!(precision_recall(found), (2.0 / 3.0, 1.0));
    }

    #[test]
    fn the_list_is_cut_at_its_length_or_that_of_the_gold() {
        let list = ["x1", "a1", "b1", "y1"];
        let gold = ["a1", "b1"];
        assert_eq!(precision_recall(score(F1_AT_M, &list, &gold)), (0.5, 1.0));
        assert_eq!(precision_recall(score(F1_AT_O, &list, &gold)), (0.5, 0.5));
        let three = score_with(F1, "(at=3)", "", &list, &gold);
        assert_eq!(precision_recall(three), (2.0 / 3.0, 1.0));
    }
}

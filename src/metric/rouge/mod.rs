//! What the ROUGE metrics of the profile `rouge-score-0.1.2` share.

use crate::spec::{Kind, Parameter, Params};

use super::{Measure, Porter, Signature, Statistics, Tokenisation, Tokens};

/// What every ROUGE metric takes.
pub(super) const PARAMETERS: &[Parameter] = &[
    Parameter {
        name: "stemmer",
        kind: Kind::Boolean,
        default: "false",
        about: "stem words of more than three letters (NLTK's Porter)",
    },
    Parameter {
        name: "profile",
        kind: Kind::Choice(&["rouge-score-0.1.2"]),
        default: "rouge-score-0.1.2",
        about: "the tool whose numbers are reproduced",
    },
];

pub(super) const SOURCE: &str = "Lin (2004), ROUGE: a package for automatic evaluation of summaries; numbers of PyPI rouge-score 0.1.2";

/// The settings of one ROUGE metric.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rouge {
    stemmer: Option<Porter>,
}

impl From<&Params> for Rouge {
    fn from(params: &Params) -> Self {
        Self { stemmer: params.boolean("stemmer").then_some(Porter::Nltk) }
    }
}

impl Rouge {
    pub(super) fn tokenisation(self) -> Tokenisation {
        Tokenisation::RougeScore(self.stemmer)
    }

    pub(super) fn signature(self, name: &'static str) -> Signature {
        Signature::of(name)
            .with("profile", "rouge-score-0.1.2")
            .with("stem", self.stemmer.map_or("none", Porter::name))
            .with("multi", "best-f1")
    }
}

/// Measures a candidate against each reference and keeps the reference with the
/// highest F1; the first of equals, as `np.argmax` in rouge-score's `score_multi`.
pub(super) struct BestReference<R, F> {
    references: Vec<R>,
    measure: F,
}

impl<R, F: FnMut(&R, &Tokens) -> Statistics> BestReference<R, F> {
    pub(super) fn new(references: Vec<R>, measure: F) -> Self {
        Self { references, measure }
    }
}

impl<R, F: FnMut(&R, &Tokens) -> Statistics> Measure for BestReference<R, F> {
    fn measure(&mut self, candidate: &Tokens) -> Statistics {
        let mut best: Option<(Statistics, f64)> = None;
        for reference in &self.references {
            let statistics = (self.measure)(reference, candidate);
            let f1 = statistics.precision_recall_f1().value;
            if best.is_none_or(|(_, highest)| f1 > highest) {
                best = Some((statistics, f1));
            }
        }
        best.map(|(statistics, _)| statistics).unwrap_or_default()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use crate::{
        metric::{Metric, Panel, Score, Task},
        spec::{self, Entry},
    };

    /// The score of one candidate under an entry with default parameters.
    pub(in crate::metric) fn score(
        entry: Entry<dyn Metric>,
        candidate: &str,
        references: &[&str],
    ) -> Score {
        let built =
            spec::build("metric", &[entry], &entry.name.parse().unwrap()).unwrap();
        let metric = built.value.as_ref();
        let mut panel = Panel::new(Task::Summaries, [metric]);
        let references: Vec<[String; 1]> =
            references.iter().map(|&r| [r.to_owned()]).collect();
        let references = panel.references(references.iter().map(<[String; 1]>::as_slice));
        let candidate = panel.candidate([candidate]);
        let statistics = panel.scale(&references).measure(&candidate)[0];
        metric.score(&statistics)
    }
}

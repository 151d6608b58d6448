//! The metric that all ROUGE variants have in common: units counted against each
//! reference.

use epitome_base::unicode::Casing;

use crate::tokens::{Rouge155, Snowball, Unicode};
use crate::{
    Signature, Tokenisation, Tokens,
    division::Division,
    metric::{BoundMetric, Metric},
    metric_input::{MetricInput, Output},
    score::Score,
    statistics::{Matches, Statistics},
    task::Task,
};

use super::{
    parameters::RougeSettings,
    profile::{Rouge155Scores, Shares},
};

/// The units that a ROUGE variant counts.
pub trait Units: Send + Sync {
    /// A reference that is prepared for many candidates, with scratch space.
    type Reference<'a>;

    /// Prepares a reference for counting.
    fn reference<'a>(&self, tokens: &'a Tokens) -> Self::Reference<'a>;

    /// Returns the numbers of units that a candidate has, the reference has, and both
    /// share; `None` if there are too many units to count.
    fn count(
        &self,
        reference: &mut Self::Reference<'_>,
        candidate: &Tokens,
    ) -> Option<Matches>;

    /// Returns how the counts are turned into shares.
    fn shares(&self) -> Shares {
        Shares {
            weight: None,
            compared_rounded: true,
        }
    }

    /// Where texts are taken apart.
    fn division(&self) -> Division {
        Division::Whole
    }

    /// Adds the fields that change the value to a signature; none by default.
    fn signature(&self, signature: Signature) -> Signature {
        signature
    }
}

/// A ROUGE variant: the units that are counted, and how words and scores are made.
///
/// ```
/// use epitome_metrics::{Metric, Rouge};
///
/// let metric = Rouge::n(2).stemmed();
/// assert!(metric.signature().to_string().starts_with("rouge-2|profile:rouge-score-0.1.2"));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Rouge<U> {
    name: &'static str,
    units: U,
    settings: RougeSettings,
}

impl<U> Rouge<U> {
    /// With other units.
    pub(super) fn with_units(self, units: U) -> Self {
        Self { units, ..self }
    }

    pub(super) fn new(name: &'static str, units: U, settings: RougeSettings) -> Self {
        Self {
            name,
            units,
            settings,
        }
    }

    /// Returns the metric with the stemmer of the tool that is reproduced; after
    /// [`Self::unicode`] with the English one.
    #[must_use]
    pub fn stemmed(self) -> Self {
        Self {
            settings: self.settings.stemmed(),
            ..self
        }
    }

    /// Returns the metric with words of any script instead of ASCII words.
    #[must_use]
    pub fn unicode(self) -> Self {
        let settings = RougeSettings::unicode(Unicode::default());
        let is_stemmed = self.settings.is_stemmed();
        Self {
            settings: if is_stemmed {
                settings.stemmed()
            } else {
                settings
            },
            ..self
        }
    }

    /// Returns the metric with words of any script, stemmed by the Snowball stemmer of a
    /// language.
    #[must_use]
    pub fn stemmed_in(self, language: Snowball) -> Self {
        Self {
            settings: RougeSettings::unicode(Unicode {
                stemmer: Some(language),
                casing: Casing::of(language.code()),
            }),
            ..self
        }
    }

    /// Returns the metric with the words and the scores of ROUGE-1.5.5. The ROUGE-L of
    /// that script is [`Rouge::l_of_155`](Rouge::l_of_155).
    #[must_use]
    pub fn rouge_155(self, words: Rouge155, scores: Rouge155Scores) -> Self {
        Self {
            settings: RougeSettings::rouge_155(words, scores),
            ..self
        }
    }
}

impl<U: Units> Metric for Rouge<U> {
    fn task(&self) -> Task {
        Task::Summaries
    }

    fn tokenisation(&self) -> Tokenisation {
        self.settings.tokenisation()
    }

    fn division(&self) -> Division {
        self.units.division()
    }

    fn signature(&self) -> Signature {
        self.units.signature(self.settings.signature(self.name))
    }

    fn statistics(&self) -> &'static [&'static str] {
        self.settings.profile.statistics()
    }

    fn against<'a>(&'a self, subject: MetricInput<'a>) -> Box<dyn BoundMetric + 'a> {
        let references = subject.references.iter();
        let mut references: Vec<_> = references
            .map(|tokens| self.units.reference(tokens))
            .collect();
        let shares = self.units.shares();
        let mut each = Vec::with_capacity(references.len());
        Box::new(move |candidate: Output<'_>| {
            each.clear();
            for reference in &mut references {
                match self.units.count(reference, candidate.tokens) {
                    Some(matches) => each.push(matches),
                    None => return Statistics::left_out(),
                }
            }
            self.settings.profile.combine(&each, shares)
        })
    }

    fn score(&self, statistics: &Statistics) -> Score {
        self.settings.profile.score(statistics, self.units.shares())
    }
}

#[cfg(test)]
pub(super) mod tests {
    use crate::{Metric, MetricSet, Score, Task};
    use epitome_base::spec::{self, Entry};

    /// Returns the score of one candidate under an entry, with parameters as in a spec.
    pub(crate) fn score_with(
        entry: Entry<dyn Metric>,
        parameters: &str,
        candidate: &str,
        references: &[&str],
    ) -> Score {
        let spec = format!("{}{parameters}", entry.name).parse().unwrap();
        let built = spec::build("metric", &[entry], &spec).unwrap();
        let metric = built.value.as_ref();
        let mut metric_set = MetricSet::new(Task::Summaries, [metric]);
        let references: Vec<[String; 1]> =
            references.iter().map(|&r| [r.to_owned()]).collect();
        let references =
            metric_set.references(references.iter().map(<[String; 1]>::as_slice));
        let candidate = metric_set.candidate([candidate]);
        let statistics = metric_set.prepare(&references).measure(&candidate);
        metric.score(&statistics[0])
    }

    /// Returns the score of one candidate under an entry with default parameters.
    pub(crate) fn score(
        entry: Entry<dyn Metric>,
        candidate: &str,
        references: &[&str],
    ) -> Score {
        score_with(entry, "", candidate, references)
    }
}

//! The metric that all ROUGE variants are: units counted against each reference.

use epitome_base::unicode::Casing;

use crate::tokens::{Rouge155, Snowball, Unicode};
use crate::{
    Signature, Tokenisation, Tokens,
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

/// What a ROUGE variant counts.
pub trait Units: Send + Sync {
    /// A reference, prepared for many candidates, with scratch space.
    type Reference<'a>;

    /// Prepares a reference.
    fn reference<'a>(&self, tokens: &'a Tokens) -> Self::Reference<'a>;

    /// Counts the units that a candidate shares with it, has, and could share; `None` if
    /// they are too many to count.
    fn count(
        &self,
        reference: &mut Self::Reference<'_>,
        candidate: &Tokens,
    ) -> Option<Matches>;

    /// How the counts enter a score.
    fn shares(&self) -> Shares {
        Shares {
            weight: None,
            compared_rounded: true,
        }
    }

    /// Adds what changes the value, if there is something.
    fn signature(&self, signature: Signature) -> Signature {
        signature
    }
}

/// A ROUGE variant: what is counted, and how words and scores are made.
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
    pub(super) fn new(name: &'static str, units: U, settings: RougeSettings) -> Self {
        Self {
            name,
            units,
            settings,
        }
    }

    /// With the stemmer of the tool that is reproduced; that of English with
    /// [`Self::unicode`].
    #[must_use]
    pub fn stemmed(self) -> Self {
        Self {
            settings: self.settings.stemmed(),
            ..self
        }
    }

    /// With words of any script.
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

    /// With words of any script, stemmed by Snowball's stemmer of a language.
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

    /// With the words and the scores of ROUGE-1.5.5. Its ROUGE-L is
    /// [`Rouge::l_of_155`](Rouge::l_of_155).
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

    /// The score of one candidate under an entry, written as a spec.
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

    /// The score of one candidate under an entry with default parameters.
    pub(crate) fn score(
        entry: Entry<dyn Metric>,
        candidate: &str,
        references: &[&str],
    ) -> Score {
        score_with(entry, "", candidate, references)
    }
}

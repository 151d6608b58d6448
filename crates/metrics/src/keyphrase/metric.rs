//! What all keyphrase metrics have in common: matching by a protocol.

use crate::{
    Average, Signature, Tokenisation,
    metric::{BoundMetric, Metric},
    metric_input::{MetricInput, MetricNeeds, Output},
    scale::Scale,
    score::Score,
    statistics::Statistics,
    task::Task,
};

use super::{
    gold::{Gold, Ranked},
    protocol::{Duplicates, EmptyGold, GoldSet, Protocol},
};

/// The number of pairs of a phrase of the list and a gold phrase above which a metric that
/// compares all pairs has no score.
pub(super) const MOST_PAIRS: usize = 1 << 22;

/// How a keyphrase metric computes its value from a list and the gold phrases.
pub trait Rule: Send + Sync {
    /// Returns the statistics of one list.
    fn measure(
        &self,
        list: &[Ranked<'_>],
        gold: &Gold<'_>,
        protocol: &Protocol,
    ) -> Statistics;

    /// Returns the names of the statistics, as [`Metric::statistics`] does.
    fn statistics(&self) -> &'static [&'static str];

    /// Returns the score of the statistics of one document, or of their sum.
    fn score(&self, statistics: &Statistics) -> Score;

    /// Adds the fields that change the value to a signature; none by default.
    fn signature(&self, signature: Signature) -> Signature {
        signature
    }
}

/// A keyphrase metric: a protocol that matches phrases, and a rule that computes the
/// value.
#[derive(Debug, Clone, PartialEq)]
pub struct Keyphrases<R> {
    pub(super) name: &'static str,
    pub(super) protocol: Protocol,
    pub(super) rule: R,
}

impl<R> Keyphrases<R> {
    /// Returns the metric in the protocol `jcdl2020`.
    pub(super) fn new(name: &'static str, rule: R) -> Self {
        Self {
            name,
            protocol: Protocol::default(),
            rule,
        }
    }

    /// Returns the same metric in another protocol.
    #[must_use]
    pub fn protocol(self, protocol: Protocol) -> Self {
        Self { protocol, ..self }
    }
}

impl<R: Rule> Metric for Keyphrases<R> {
    fn task(&self) -> Task {
        Task::Keyphrases
    }

    fn tokenisation(&self) -> Tokenisation {
        self.protocol.tokenisation()
    }

    fn needs(&self) -> MetricNeeds {
        MetricNeeds {
            source: self.protocol.gold != GoldSet::All,
            ..MetricNeeds::default()
        }
    }

    fn scale(&self) -> Scale {
        // if repeated hits count, there can be more hits than gold phrases
        match self.protocol.duplicates {
            Duplicates::Counted => Scale {
                high: None,
                ..Scale::SHARE
            },
            Duplicates::Dropped | Duplicates::Once => Scale::SHARE,
        }
    }

    fn average(&self) -> Average {
        self.protocol.average
    }

    fn signature(&self) -> Signature {
        self.rule.signature(self.protocol.signature(self.name))
    }

    fn statistics(&self) -> &'static [&'static str] {
        self.rule.statistics()
    }

    fn against<'a>(&'a self, subject: MetricInput<'a>) -> Box<dyn BoundMetric + 'a> {
        let gold = Gold::of(subject, &self.protocol);
        let left_out = gold.len() == 0 && self.protocol.empty_gold == EmptyGold::LeftOut;
        Box::new(move |output: Output<'_>| {
            if left_out {
                return Statistics::left_out();
            }
            self.rule
                .measure(&gold.ranked(output.tokens), &gold, &self.protocol)
        })
    }

    fn score(&self, statistics: &Statistics) -> Score {
        self.rule.score(statistics)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use crate::{Metric, MetricSet, MetricSource, Score, Task};
    use epitome_base::spec::{self, Entry};

    /// Returns the score under an entry, with parameters as in a spec, for a source.
    pub(in crate::keyphrase) fn score_with(
        entry: Entry<dyn Metric>,
        parameters: &str,
        source: &str,
        predicted: &[&str],
        gold: &[&str],
    ) -> Score {
        let spec = format!("{}{parameters}", entry.name).parse().unwrap();
        let built = spec::build("metric", &[entry], &spec).unwrap();
        let mut metric_set = MetricSet::new(Task::Keyphrases, [built.value.as_ref()]);
        let gold: Vec<String> = gold.iter().map(|&phrase| phrase.to_owned()).collect();
        let sentences = [source.to_owned()];
        let source = MetricSource {
            sentences: &sentences,
            ..MetricSource::default()
        };
        let references = metric_set.references_and_source([gold.as_slice()], source);
        let candidate = metric_set.candidate(predicted.iter().copied());
        let statistics = metric_set.prepare(&references).measure(&candidate);
        built.value.score(&statistics[0])
    }

    pub(in crate::keyphrase) fn score(
        entry: Entry<dyn Metric>,
        predicted: &[&str],
        gold: &[&str],
    ) -> Score {
        score_with(entry, "", "", predicted, gold)
    }
}

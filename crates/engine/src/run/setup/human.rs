//! The human upper bound: how well references score against each other, and systems
//! against as many references.

use epitome_base::spec::Entry;
use epitome_metrics::{
    Metric, MetricSet, Score, Statistics, TokenisedCandidate, TokenisedReferences,
};

/// The human references as a system of a run. Since the references themselves are its
/// outputs, it is in no registry of summarisers, is never timed, has no rank and is compared
/// only if it is named.
pub const HUMAN: Entry<()> = Entry {
    name: "human",
    about: "each human reference against the others, if there are several; only in `run`",
    source: "Lin (2004), ROUGE: a package for automatic evaluation of summaries, section 6 (leaving out one reference)",
    parameters: &[],
    build: |_| Box::new(()),
};

/// The statistics and score of one output for each metric: the means over the references
/// left out. A metric that was undefined at least once has no score.
pub type Means = Vec<(Statistics, Option<Score>)>;

/// All sets of references of one document that lack exactly one of them.
///
/// ```text
/// human  = 1/R · Σᵢ score(referenceᵢ against all others)
/// system = 1/R · Σᵢ score(output     against all but referenceᵢ)
/// ```
///
/// The second mean is the jackknife of ROUGE-1.5.5: it lets a system have as many
/// references as a human reference has. Statistics are averaged in the same way, for
/// micro averages. Takes `O(R)` times the cost of measuring against `R − 1` references.
pub struct LeavingOneOut {
    each: Vec<TokenisedReferences>,
}

impl LeavingOneOut {
    /// Returns the sets of `references`, or `None` if there are fewer than two
    /// references.
    pub fn of(references: &TokenisedReferences) -> Option<Self> {
        let count = references.count();
        let each = (0..count).map(|left_out| references.without(left_out));
        (count >= 2).then(|| Self {
            each: each.collect(),
        })
    }

    /// Returns the means of the human references for each metric. `texts` contains the
    /// texts of all references, in their order.
    pub fn people(&self, metric_set: &mut MetricSet<'_>, texts: &[String]) -> Means {
        let mut measured = Vec::with_capacity(self.each.len());
        for (others, text) in self.each.iter().zip(texts) {
            let candidate = metric_set.candidate([text.as_str()]).with_picks(&[]);
            measured.push(metric_set.prepare(others).measure(&candidate));
        }
        means(metric_set.metrics(), &measured)
    }

    /// Returns the means of each output for each metric.
    pub fn outputs(
        &self,
        metric_set: &MetricSet<'_>,
        outputs: &[TokenisedCandidate],
    ) -> Vec<Means> {
        let mut measured = vec![Vec::with_capacity(self.each.len()); outputs.len()];
        for references in &self.each {
            let mut prepared = metric_set.prepare(references);
            for (measured, output) in measured.iter_mut().zip(outputs) {
                measured.push(prepared.measure(output));
            }
        }
        measured
            .iter()
            .map(|each| means(metric_set.metrics(), each))
            .collect()
    }
}

/// Returns the means over the references left out, for each metric; a metric that was
/// undefined at least once has no mean.
fn means(metrics: &[&dyn Metric], measured: &[Vec<Statistics>]) -> Means {
    let means = metrics.iter().enumerate().map(|(at, metric)| {
        let each = || measured.iter().map(|statistics| &statistics[at]);
        if each().any(|one| one.outputs == 0.0) {
            return (Statistics::default(), None);
        }

        let share = 1.0 / measured.len() as f64;
        let mut sums = vec![0.0; metric.statistics().len()];
        for statistics in each() {
            for (at, sum) in sums.iter_mut().enumerate() {
                *sum += share * statistics.at(at);
            }
        }
        let scores: Vec<Score> = each().map(|one| metric.score(one)).collect();
        // `Statistics::of` counts one output; to add up the shares of `outputs` could miss 1 by
        // a rounding error
        (Statistics::of(sums), Some(mean_score(&scores)))
    });
    means.collect()
}

/// Returns the mean of scores; a part that not all of them have has no mean.
fn mean_score(scores: &[Score]) -> Score {
    let mean = |part: fn(&Score) -> Option<f64>| {
        let sum: Option<f64> = scores.iter().map(part).sum();
        sum.map(|sum| sum / scores.len() as f64)
    };
    Score {
        precision: mean(|score| score.precision),
        recall: mean(|score| score.recall),
        value: mean(|score| Some(score.value)).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use epitome_base::spec;
    use epitome_metrics::{METRICS, Task};

    /// What people have, and a system that gives `output`.
    fn scores(references: &[&str], output: &str) -> Option<[f64; 2]> {
        let spec = "rouge-1".parse().unwrap();
        let metric = spec::build("metric", METRICS, &spec).unwrap().value;
        let mut metric_set = MetricSet::new(Task::Summaries, [metric.as_ref()]);
        let texts: Vec<String> = references.iter().map(ToString::to_string).collect();
        let references = metric_set.references(texts.iter().map(std::slice::from_ref));
        let leaving = LeavingOneOut::of(&references)?;
        let output = metric_set.candidate([output]);
        let human = leaving.people(&mut metric_set, &texts);
        let system = leaving.outputs(&metric_set, &[output]);
        Some([human[0].1.unwrap().value, system[0][0].1.unwrap().value])
    }

    #[test]
    fn each_reference_is_held_against_the_others() {
        // both ways 1 word of 2 is shared
        assert_eq!(scores(&["red fox", "red hen"], "").unwrap()[0], 0.5);
        // the third shares nothing with the others, which share all with each other
        let [three, _] = scores(&["a b", "a b", "c d"], "").unwrap();
        assert!((three - 2.0 / 3.0).abs() < 1e-12, "{three}");
    }

    #[test]
    fn a_system_has_as_many_references_as_people() {
        // against all references it has 1; without the first only 1 word of 2 is shared
        let [_, system] = scores(&["red fox", "red hen"], "red fox").unwrap();
        assert_eq!(system, f64::midpoint(0.5, 1.0));
    }

    #[test]
    fn one_reference_has_no_other() {
        assert_eq!(scores(&["red fox"], "red fox"), None);
        assert_eq!(scores(&[], ""), None);
    }
}

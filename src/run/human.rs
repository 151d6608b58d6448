//! What people reach against each other: a ceiling for every system.

use crate::{
    metric::{Panel, Source, Statistics},
    spec::Entry,
};

/// People as a system of a run. They see the references, being those who wrote them, so
/// that they are in no registry of summarisers, are never timed, have no rank and are
/// compared only where they are named.
pub const HUMAN: Entry<()> = Entry {
    name: "human",
    about: "each reference against the others, where there are several; only in `run`",
    source: "Lin (2004), ROUGE: a package for automatic evaluation of summaries, section 6 (leaving out one reference)",
    parameters: &[],
    build: |_| Box::new(()),
};

/// The statistics of each reference against the others, metric by metric: the means over
/// the references that are left out in turn. `None` with fewer than two references.
///
/// ```text
/// human = 1/R · Σᵢ statistics(referenceᵢ against all others)
/// ```
///
/// A score is that of the mean counts. Systems are measured against all `R` references,
/// people against `R − 1`: under `multi=max` that favours systems a little; `rouge-1.5.5`
/// with `jackknife=true` does to systems what is done to people here.
///
/// Tokens that `panel` made for the document before are void after this.
pub fn leave_one_out(
    panel: &mut Panel<'_>,
    references: &[String],
    source: Option<Source<'_>>,
) -> Option<Vec<Statistics>> {
    if references.len() < 2 {
        return None;
    }
    let share = 1.0 / references.len() as f64;
    let mut means: Vec<[f64; 4]> = Vec::new();
    for (left_out, text) in references.iter().enumerate() {
        let others = references.iter().enumerate().filter(|(at, _)| *at != left_out);
        let others = others.map(|(_, other)| std::slice::from_ref(other));
        let others: Vec<&[String]> = others.collect();
        let against = match source {
            Some(source) => panel.references_and_source(others, source),
            None => panel.references(others),
        };
        let candidate = panel.candidate([text.as_str()]).with_picks(&[]);
        let measured = panel.scale(&against).measure(&candidate);
        means.resize(measured.len(), [0.0; 4]);
        for (mean, statistics) in means.iter_mut().zip(measured) {
            let counts: [f64; 4] = statistics.into();
            for (mean, count) in mean.iter_mut().zip(counts) {
                *mean += share * count;
            }
        }
    }
    // the parts of a whole need not add up to one to the last bit
    let whole = |mut mean: [f64; 4]| {
        mean[3] = if mean[3] > 0.0 { 1.0 } else { 0.0 };
        Statistics::from(mean)
    };
    Some(means.into_iter().map(whole).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        metric::{METRICS, Task},
        spec,
    };

    fn human(references: &[&str]) -> Option<f64> {
        let spec = "rouge-1".parse().unwrap();
        let metric = spec::build("metric", METRICS, &spec).unwrap().value;
        let mut panel = Panel::new(Task::Summaries, [metric.as_ref()]);
        let references: Vec<String> =
            references.iter().map(ToString::to_string).collect();
        let found = leave_one_out(&mut panel, &references, None)?;
        Some(metric.score(&found[0]).value)
    }

    #[test]
    fn each_reference_is_held_against_the_others() {
        // both ways 1 word of 2 is shared
        assert_eq!(human(&["red fox", "red hen"]), Some(0.5));
        // the third shares nothing with the others, which share all with each other
        let three = human(&["a b", "a b", "c d"]).unwrap();
        assert!((three - 2.0 / 3.0).abs() < 1e-12, "{three}");
    }

    #[test]
    fn one_reference_has_no_other() {
        assert_eq!(human(&["red fox"]), None);
        assert_eq!(human(&[]), None);
    }
}

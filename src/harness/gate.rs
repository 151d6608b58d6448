//! Whether the conditions of a gate hold.

use crate::{
    registry::Registry,
    report::{ComparisonSettings, Field, Pairing, SignificanceTest, compare},
    run::SystemId,
    timing,
};

use super::{
    condition::{Direction, Gate, GateCondition},
    error::Error,
    sides::Named,
    stored,
};

/// What was found of all conditions of a gate, each on every pair that it is about.
#[derive(Debug, Clone, PartialEq)]
pub struct GateVerdict {
    /// In the order of the conditions.
    pub judged: Vec<JudgedPair>,
}

/// One condition on one pair of systems.
#[derive(Debug, Clone, PartialEq)]
pub struct JudgedPair {
    /// The condition as it was written.
    pub condition: String,
    /// Whether it holds.
    pub holds: bool,
    /// What was measured, in a sentence.
    pub sentence: String,
}

impl GateVerdict {
    /// Whether all conditions hold.
    pub fn holds(&self) -> bool {
        self.judged.iter().all(|judged| judged.holds)
    }
}

impl Gate {
    /// Judges every condition on every pair that was named.
    ///
    /// # Errors
    /// Returns an error if the runs do not compare, no pair was measured by a metric,
    /// or systems cannot be timed.
    pub fn judge(
        &self,
        registry: &Registry,
        named: &Named,
        settings: ComparisonSettings,
        rounds: usize,
    ) -> Result<GateVerdict, Error> {
        let mut judged = Vec::new();
        for condition in &self.0 {
            judged.extend(if condition.is_speed() {
                speed(registry, condition, named, rounds)?
            } else {
                let sides = named.read(condition.field)?;
                quality(condition, &sides.pairing()?, settings)?
            });
        }
        Ok(GateVerdict { judged })
    }
}

fn quality(
    condition: &GateCondition,
    pairing: &Pairing<'_>,
    settings: ComparisonSettings,
) -> Result<Vec<JudgedPair>, Error> {
    let subject = &condition.subject;
    let is_meant =
        |name: &str| name == subject || name.split('(').next() == Some(subject);
    let mut judged = Vec::new();
    for pair in pairing.scores().filter(|pair| is_meant(&pair.metric.name)) {
        let [a, b] = pair.scores;
        let both = a.iter().zip(b).filter(|(a, b)| !a.is_nan() && !b.is_nan());
        let counted: Vec<f64> = both.map(|(_, b)| *b).collect();
        if counted.is_empty() {
            continue;
        }
        let base = counted.iter().sum::<f64>() / counted.len() as f64;
        let threshold = condition.difference(base);
        // the same test, of whether A is that far from B
        let moved: Vec<f64> = b.iter().map(|score| score + threshold).collect();
        let plain = ComparisonSettings {
            test: SignificanceTest::Randomisation,
            ..settings
        };
        let found = compare(&[a, &moved], &[(0, 1)], pair.metric.better, plain);
        let Some(found) = found.first() else { continue };
        let difference = found.difference + threshold;
        let sentence = format!(
            "`{}` of `{}` is {:+.2} points from `{}` on {} (p = {:.4} that it is at {:+.2})",
            condition.subject,
            pair.names[0],
            100.0 * difference,
            pair.names[1],
            pair.corpus,
            found.p,
            100.0 * threshold
        );
        let is_shown = condition.alpha.is_none_or(|alpha| found.p < alpha);
        let holds = !(condition.is_beyond(difference, threshold) && is_shown);
        judged.push(JudgedPair {
            condition: condition.text.clone(),
            holds,
            sentence,
        });
    }
    if judged.is_empty() {
        let subject = &condition.subject;
        return Err(Error::Input(format!(
            "`{subject}`: no pair was measured by it"
        )));
    }
    Ok(judged)
}

fn speed(
    registry: &Registry,
    condition: &GateCondition,
    named: &Named,
    rounds: usize,
) -> Result<Vec<JudgedPair>, Error> {
    if named.runs.len() > 1 {
        return Err(Error::Input(
            "`speed` is measured side by side, and this program holds the systems of one run\nhint: run both systems in one run, and compare `RUN A B`".to_owned(),
        ));
    }
    let sides = named.read(Field::Value)?;
    let pairing = sides.pairing()?;
    let run = &sides.a;
    let mut pairs: Vec<[SystemId<'_>; 2]> = pairing
        .scores()
        .map(|pair| {
            pair.names.map(|name| SystemId {
                name,
                task: pair.metric.task,
            })
        })
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    let mut judged = Vec::new();
    for ids in pairs {
        let [first, second] = ids.map(|id| id.name);
        let [a, b] = ids.map(|id| stored::system_of(registry, &run.manifest, id));
        let work = stored::work_of(&run.manifest, vec![a?, b?])?;
        for corpus in &stored::corpora(&run.manifest)? {
            let both = [&work.systems[0], &work.systems[1]];
            let ratio = timing::interleaved(&work, corpus.as_ref(), both, rounds)?;
            let Some(ratio) = ratio else { continue };
            let change = |ratio: f64| ratio - 1.0;
            let found = ratio.least_noisy();
            let sentence = format!(
                "the speed of `{}` is {:+.1} % from `{}` on {} ({:+.1} to {:+.1} %; {:+.1} % on the wall clock)",
                first,
                100.0 * change(found.mean),
                second,
                corpus.name(),
                100.0 * change(found.low),
                100.0 * change(found.high),
                100.0 * change(ratio.wall.mean)
            );
            let threshold = condition.difference(1.0);
            // the end that is nearest to fine
            let nearest = match condition.direction {
                Direction::Above => change(found.high),
                Direction::Below => change(found.low),
            };
            let holds = !condition.is_beyond(nearest, threshold);
            judged.push(JudgedPair {
                condition: condition.text.clone(),
                holds,
                sentence,
            });
        }
    }
    Ok(judged)
}

//! Judges whether the conditions of a gate hold.

use serde::Serialize;

use crate::{
    metric::Unit,
    registry::Registry,
    report::{
        ComparisonSettings, Field, Grid, GridCell, Pairing, SignificanceTest, compare,
        difference_in, symbol_of_differences,
    },
    run::{RunCorpus, SystemId},
    timing,
};

use super::{
    condition::{Direction, Gate, GateCondition, Proof, side},
    error::Error,
    sides::Named,
    stored,
};

/// The result of a gate: each of its conditions on every pair of systems that it applies to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GateVerdict {
    /// Whether all conditions hold.
    pub holds: bool,
    /// Results in the order of the conditions.
    pub judged: Vec<JudgedPair>,
    /// What only one of two runs has, and no condition was judged on.
    pub not_judged: Vec<String>,
}

/// The result of one condition on one pair of systems.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct JudgedPair {
    /// Text of the condition.
    pub condition: String,
    /// Whether the condition holds.
    pub holds: bool,
    /// Name of the system that is judged, with its run if there are two runs.
    pub a: String,
    /// Name of the system that it is compared with.
    pub b: String,
    /// Name of the corpus.
    pub corpus: String,
    /// Metric with its parameters and the number that was compared, or `speed`.
    pub subject: String,
    /// A minus B: in the unit of the metric; for speeds, as a share of B's.
    pub difference: f64,
    /// Limit of the difference, in the same unit.
    pub threshold: f64,
    /// Two-sided p-value of the test whether the difference is the threshold; `None` for
    /// speeds.
    pub p: Option<f64>,
    /// Sentence with the result.
    pub sentence: String,
}

impl GateVerdict {
    /// Returns the verdict of judged pairs, without anything that was not judged.
    fn of(judged: Vec<JudgedPair>) -> Self {
        Self {
            holds: judged.iter().all(|judged| judged.holds),
            judged,
            not_judged: Vec::new(),
        }
    }

    /// Returns whether all conditions hold.
    pub fn holds(&self) -> bool {
        self.holds
    }

    /// Returns the verdict as a line: `gate fails: 1 of 3 conditions does not hold`.
    pub fn headline(&self) -> String {
        let all = self.judged.len();
        let noun = if all == 1 { "condition" } else { "conditions" };
        let verdict = match self.judged.iter().filter(|judged| !judged.holds).count() {
            0 => format!("gate holds: {all} of {all} {noun}"),
            1 => format!("gate fails: 1 of {all} {noun} does not hold"),
            failed => format!("gate fails: {failed} of {all} {noun} do not hold"),
        };
        match self.not_judged.as_slice() {
            [] => verdict,
            parts => format!("{verdict}; not judged: {}", parts.join(", ")),
        }
    }

    /// Returns a table of every condition on every pair.
    pub fn grid(&self) -> Grid {
        let header = [
            "condition",
            "holds",
            "system",
            "against",
            "corpus",
            "measured",
        ];

        Grid {
            caption: self.headline(),
            words: header.len(),
            header: header.map(str::to_owned).to_vec(),
            rows: self.judged.iter().map(JudgedPair::cells).collect(),
            ..Grid::default()
        }
    }
}

impl JudgedPair {
    /// Returns the cells of this pair, in the order of the header of [`GateVerdict::grid`]; "no" is
    /// marked.
    fn cells(&self) -> Vec<GridCell> {
        let holds = if self.holds { "yes" } else { "no" };
        let texts = [
            self.condition.as_str(),
            holds,
            &self.a,
            &self.b,
            &self.corpus,
            &self.sentence,
        ];

        let mut cells = texts.map(GridCell::text).to_vec();
        cells[1].best = !self.holds;
        cells
    }
}

impl Gate {
    /// Judges every condition on every pair of the named systems.
    ///
    /// # Errors
    /// Returns an error if the runs cannot be compared, no pair has scores by a metric, or systems
    /// cannot be timed.
    pub fn judge(
        &self,
        registry: &Registry,
        named: &Named,
        settings: ComparisonSettings,
        rounds: usize,
    ) -> Result<GateVerdict, Error> {
        let (mut judged, mut not_judged) = (Vec::new(), Vec::new());
        for condition in &self.0 {
            if condition.is_speed() {
                judged.extend(speed(registry, condition, named, rounds)?);
            } else {
                let sides = named.read(condition.field)?;
                let pairing = sides.pairing()?;
                judged.extend(quality(condition, &pairing, settings)?);
                not_judged = pairing.unpaired().to_vec();
            }
        }
        Ok(GateVerdict {
            not_judged,
            ..GateVerdict::of(judged)
        })
    }
}

/// Judges a condition on a metric, on every pair that has scores by it.
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
        let unit = pair.metric.unit;
        let threshold = condition.difference(base, unit);

        // whether the difference is at the threshold is tested by moving B's scores by it
        let moved: Vec<f64> = b.iter().map(|score| score + threshold).collect();
        let plain = ComparisonSettings {
            test: SignificanceTest::Randomisation,
            ..settings
        };
        let found = compare(&[a, &moved], &[(0, 1)], pair.metric.better, plain);
        let Some(found) = found.first() else { continue };

        let difference = found.difference + threshold;
        let subject = match condition.field {
            Field::Value => pair.metric.name.clone(),
            Field::Precision => format!("precision of {}", pair.metric.name),
            Field::Recall => format!("recall of {}", pair.metric.name),
        };
        let is_beyond = condition.is_beyond(difference, threshold);
        let is_shown = condition.proof.map(|proof| found.p < proof.level());
        let sentence = format!(
            "`{subject}` of `{}` is {} {} from `{}` on {}, {}",
            pair.names[0],
            difference_in(unit, difference),
            symbol_of_differences(unit),
            pair.names[1],
            pair.corpus,
            side(
                difference,
                &difference_in(unit, threshold),
                threshold,
                is_shown,
                found.p
            ),
        );

        let holds = match (condition.proof, is_shown) {
            (Some(Proof::OfSuccess(_)), shown) => !is_beyond && shown == Some(true),
            (_, shown) => !(is_beyond && shown != Some(false)),
        };
        judged.push(JudgedPair {
            condition: condition.text.clone(),
            holds,
            a: pair.names[0].to_owned(),
            b: pair.names[1].to_owned(),
            corpus: pair.corpus.to_owned(),
            subject,
            difference,
            threshold,
            p: Some(found.p),
            sentence,
        });
    }

    if judged.is_empty() {
        let mut measured: Vec<String> = pairing
            .scores()
            .map(|pair| format!("`{}`", pair.metric.name))
            .collect();
        measured.dedup();
        return Err(Error::Input(format!(
            "`{subject}`: no pair was measured by it\nhint: measured were {}",
            measured.join(", ")
        )));
    }
    Ok(judged)
}

/// Times the systems of each pair in alternation, and judges a condition on their speed.
fn speed(
    registry: &Registry,
    condition: &GateCondition,
    named: &Named,
    rounds: usize,
) -> Result<Vec<JudgedPair>, Error> {
    if named.runs.len() > 1 {
        return Err(Error::Input(
            "`speed` is measured by running both systems, and this program has those of one run only\nhint: run both systems in one run, and compare `RUN A B`".to_owned(),
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
        let corpora = stored::corpora(&run.manifest)?;

        for (corpus, length) in corpora.iter().zip(run.manifest.lengths()) {
            let corpus = corpus.as_ref();
            let on = RunCorpus { corpus, length };
            let both = [&work.systems[0], &work.systems[1]];
            let ratio = timing::interleaved(&work, on, both, rounds)?;
            let Some(ratio) = ratio else { continue };

            let change = |ratio: f64| ratio - 1.0;
            let found = ratio.least_noisy();
            let sentence = format!(
                "the speed of `{first}` is {} % from `{second}` on {} ({} to {} %; {} % on the wall clock)",
                percent(change(found.mean)),
                corpus.name(),
                percent(change(found.low)),
                percent(change(found.high)),
                percent(change(ratio.wall.mean))
            );

            // a condition fails only if the whole interval is beyond the threshold
            let threshold = condition.difference(1.0, Unit::Share);
            let nearest = match condition.direction {
                Direction::Above => change(found.high),
                Direction::Below => change(found.low),
            };
            let holds = !condition.is_beyond(nearest, threshold);

            judged.push(JudgedPair {
                condition: condition.text.clone(),
                holds,
                a: first.to_owned(),
                b: second.to_owned(),
                corpus: corpus.name().to_owned(),
                subject: condition.subject.clone(),
                difference: change(found.mean),
                threshold,
                p: None,
                sentence,
            });
        }
    }
    Ok(judged)
}

/// Formats a change of a speed in percent, with its sign.
fn percent(change: f64) -> String {
    format!("{:+.1}", 100.0 * change).replace('-', "−")
}

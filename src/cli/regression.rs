//! Whether the conditions of a gate hold.

use crate::{
    registry::Registry,
    report::{Field, Pairing, Settings, Test, compare},
    run::SystemId,
    timing,
};

use super::{
    compare::Named,
    failure::{Code, Failure},
    gate::{Condition, Direction, Gate},
    output::say,
    stored,
};

/// Judges every condition on every pair, and says in one sentence why the gate holds or
/// fails.
pub(super) fn judge(
    registry: &Registry,
    gate: &Gate,
    named: &Named,
    settings: Settings,
    rounds: usize,
) -> Result<Code, Failure> {
    let mut fine = Vec::new();
    for condition in &gate.0 {
        let verdict = if condition.is_speed() {
            speed(registry, condition, named, rounds)?
        } else {
            let sides = named.read(condition.field)?;
            quality(condition, &sides.pairing()?, settings)?
        };
        match verdict {
            Ok(sentence) => fine.push(sentence),
            Err(sentence) => {
                say(&format!("gate fails: {sentence}"));
                return Ok(Code::Regression);
            }
        }
    }
    say(&format!("gate holds: {}", fine.join("; ")));
    Ok(Code::Fine)
}

/// Why a condition holds, or why not.
type Verdict = Result<String, String>;

fn quality(
    condition: &Condition,
    pairing: &Pairing<'_>,
    settings: Settings,
) -> Result<Verdict, Failure> {
    let subject = &condition.subject;
    let is_meant =
        |name: &str| name == subject || name.split('(').next() == Some(subject);
    let mut said = None;
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
        let plain = Settings { test: Test::Randomisation, ..settings };
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
        if condition.is_beyond(difference, threshold) && is_shown {
            return Ok(Err(format!("{sentence}, against `{}`", condition.text)));
        }
        said = Some(sentence);
    }
    said.map(Ok).ok_or_else(|| {
        Failure::input(format!("`{}`: no pair was measured by it", condition.subject))
    })
}

fn speed(
    registry: &Registry,
    condition: &Condition,
    named: &Named,
    rounds: usize,
) -> Result<Verdict, Failure> {
    if named.runs.len() > 1 {
        return Err(Failure::input(
            "`speed` is measured side by side, and this program holds the systems of one run\nhint: run both systems in one run, and compare `RUN A B`",
        ));
    }
    let sides = named.read(Field::Value)?;
    let pairing = sides.pairing()?;
    let run = &sides.a;
    let mut pairs: Vec<[SystemId<'_>; 2]> = pairing
        .scores()
        .map(|pair| pair.names.map(|name| SystemId { name, task: pair.metric.task }))
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    let mut said = Vec::new();
    for ids in pairs {
        let [first, second] = ids.map(|id| id.name);
        let [a, b] = ids.map(|id| stored::system(registry, &run.manifest, id));
        let systems = vec![a?, b?];
        let plan = stored::plan(&run.manifest, systems, Vec::new(), None)?;
        for corpus in &plan.corpora {
            let both = [&plan.systems[0], &plan.systems[1]];
            let ratio = timing::interleaved(&plan, corpus.as_ref(), both, rounds)?;
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
            if condition.is_beyond(nearest, threshold) {
                return Ok(Err(format!("{sentence}, against `{}`", condition.text)));
            }
            said.push(sentence);
        }
    }
    Ok(Ok(said.join("; ")))
}

//! The tables: one row for each idea, corpus and metric, and one for each idea and metric.

use std::error::Error;

use epitome::metric::Task;

use crate::{
    Asked,
    corpora::{self, Corpus},
    idea::{Field, Idea, Measure},
    kept,
    measure::{Named, Scores},
    verdict::Others,
};

/// The parts of a table that depend on the task.
pub(crate) struct Trial<O: ?Sized + 'static, S: ?Sized + 'static> {
    pub(crate) task: Task,
    pub(crate) name: &'static str,
    pub(crate) metrics: &'static [&'static str],
    pub(crate) others: Vec<Named<O>>,
    pub(crate) measure_others: Measure<O>,
    pub(crate) ideas: Vec<Idea<S>>,
    pub(crate) measure: Measure<S>,
    /// How steeply the utility of a fit rises with the relative difference to the best other
    /// system.
    pub(crate) steepness: f64,
    /// What is done to a corpus before ideas are measured on it.
    pub(crate) prepare: fn(&mut Corpus) -> Result<(), Box<dyn Error>>,
}

/// Prints CSV. A row whose corpus is `all` has the mean rank over all corpora and the best
/// single other system; any other row has the best other system of its corpus, chosen after
/// looking.
pub(crate) fn print<O: ?Sized, S: ?Sized>(
    trial: &Trial<O, S>,
    asked: &Asked,
) -> Result<(), Box<dyn Error>> {
    let more: Vec<&str> = asked.more.iter().map(String::as_str).collect();
    let mut corpora = corpora::read(trial.task, &asked.shared, &more)?;
    let scores = kept::others(
        asked.kept.as_deref(),
        trial.name,
        &trial.others,
        &corpora,
        trial.measure_others,
    )?;
    for corpus in &mut corpora {
        (trial.prepare)(corpus)?;
    }
    let field = Field::new(&corpora, trial.measure, trial.steepness, &scores);
    let others = Others {
        names: trial
            .others
            .iter()
            .map(|other| other.name.clone())
            .collect(),
        scores,
    };

    println!(
        "idea,metric,corpus,documents,words,ours,other,theirs,difference,low,high,p,verdict,single,single_theirs,single_difference,single_low,single_high,learnt_on,parameters"
    );
    let wanted = |idea: &&Idea<S>| {
        asked.ideas.is_empty() || asked.ideas.iter().any(|name| name == idea.name)
    };
    for idea in trial.ideas.iter().filter(wanted) {
        if asked.fit {
            println!("# {}: {}", idea.name, named(idea, &field.fitted(idea)?));
            continue;
        }
        let found = field.left_out(idea)?;
        let ours: Vec<&Scores> = found.iter().map(|(scores, _)| scores).collect();
        for (metric, name) in trial.metrics.iter().enumerate() {
            let metric_name = name.split('(').next().unwrap_or(name);
            let standing = others.standing(&ours, metric);
            let mut verdicts = Vec::new();
            for (at, (corpus, (scores, values))) in corpora.iter().zip(&found).enumerate()
            {
                let of = |other| others.difference(scores, at, metric, other);
                let it = of(others.best(at, metric));
                let single = of(standing.next);
                verdicts.push(it.verdict());
                println!(
                    "{},{metric_name},{},{},{},{:.2},{},{:.2},{:.2},{:.2},{:.2},{:.4},{},{},{:.2},{:.2},{:.2},{:.2},{},{}",
                    idea.name,
                    corpus.name,
                    corpus.texts.len(),
                    corpus.words,
                    it.ours,
                    others.names[it.other],
                    it.theirs,
                    it.ours - it.theirs,
                    it.low,
                    it.high,
                    it.p,
                    it.verdict(),
                    others.names[single.other],
                    single.theirs,
                    single.ours - single.theirs,
                    single.low,
                    single.high,
                    idea.learnt_on.word(),
                    named(idea, values),
                );
            }

            let count = |wanted| verdicts.iter().filter(|it| **it == wanted).count();
            println!(
                "{},{metric_name},all,,,{:.3},{},{:.3},{:.3},,,{:.2e},{} first {} not shown {} behind,,,,,,{},",
                idea.name,
                standing.rank,
                others.names[standing.next],
                standing.next_rank,
                standing.rank - standing.next_rank,
                standing.p,
                count("first"),
                count("not shown"),
                count("behind"),
                idea.learnt_on.word(),
            );
        }
    }
    Ok(())
}

/// Returns the values of the parameters of an idea, as `lead=0.3 opening=1`.
fn named<S: ?Sized>(idea: &Idea<S>, values: &[f64]) -> String {
    let pairs = idea.grid.iter().zip(values);
    let pairs: Vec<String> = pairs
        .map(|((name, _), value)| format!("{name}={value}"))
        .collect();
    pairs.join(" ")
}

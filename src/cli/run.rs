//! `epitome run`: the main job.

use std::{fmt::Write as _, path::Path};

use clap::{Args, Parser};

use crate::{
    registry::Registry,
    report::{Tally, tables},
    run::{Manifest, Plan, RunError, Store, clock::Stages, execute},
    timing,
};

use super::{
    failure::{Code, Failure},
    output::{Output, say},
    plan::PlanArgs,
    progress::Bar,
};

/// What to run.
#[derive(Debug, Args)]
pub(super) struct RunArgs {
    #[command(flatten)]
    plan: PlanArgs,
    /// Resamples for the intervals
    #[arg(long, value_name = "N", default_value_t = 1000)]
    resamples: u32,
}

impl RunArgs {
    /// What `epitome run` without arguments means.
    pub(super) fn default_arguments() -> Result<Self, Failure> {
        #[derive(Parser)]
        struct Alone {
            #[command(flatten)]
            arguments: RunArgs,
        }
        Ok(Alone::try_parse_from(["epitome"])?.arguments)
    }

    pub(super) fn run(self, registry: &Registry) -> Result<Code, Failure> {
        let (plan, folder) = self.plan.plan(registry)?;
        let quiet = self.plan.quiet;
        let mut store = Store::create(&folder)?;
        let argv = std::env::args().collect();
        let mut manifest = Manifest::begin(&plan, argv, self.resamples);
        manifest.write(&folder)?;

        let mut tally = Tally::new(&plan, self.resamples);
        let mut bar =
            Bar::new(plan.corpora.iter().map(|corpus| corpus.bytes()).sum(), quiet);
        let result = execute(&plan, &mut bar, |outcome| {
            tally.add(&outcome);
            store.write(&plan, &outcome)
        });
        bar.finish();
        store.finish()?; // what was found before an error is kept

        let mut leaderboard = tally.leaderboard(&plan);
        leaderboard.add_speeds(&plan, &timing::read(&folder)?);
        leaderboard.write(&folder)?;
        let stages = match result {
            Ok(stages) => stages,
            Err(RunError::Corpus(error)) => return Err(error.into()),
            Err(RunError::Sink(error)) => return Err(error.into()),
        };
        if tally.documents() == 0 {
            return Err(nothing_to_do(&plan));
        }
        manifest.end();
        manifest.write(&folder)?;

        let mut output = Output::new();
        output.text(&tables(&leaderboard))?;
        output.finish()?;
        if !quiet {
            for note in tally.notes(&plan) {
                say(&format!("note: {note}"));
            }
            say(&summary(&tally, &stages, &folder));
        }
        let failures = tally.failures();
        if failures > 0 {
            let file = folder.join("failures.csv");
            say(&format!(
                "error: systems failed {failures} times: see {}",
                file.display()
            ));
            return Ok(Code::SystemFailed);
        }
        Ok(Code::Fine)
    }
}

fn nothing_to_do(plan: &Plan) -> Failure {
    let origins: Vec<String> =
        plan.corpora.iter().map(|corpus| corpus.origin()).collect();
    let text = format!("nothing to do: {} holds no documents", origins.join(", "));
    Failure::Message { text, code: Code::NothingToDo }
}

/// One line of what was done, and where it is.
fn summary(tally: &Tally, stages: &Stages, folder: &Path) -> String {
    let mut text = format!("{} documents in", tally.documents());
    let parts = [
        ("parse", stages.parse),
        ("analyse", stages.analyse),
        ("systems", stages.systems),
        ("metrics", stages.metrics),
        ("write", stages.write),
    ];
    let _ = write!(text, " {:.2} s of work:", stages.total().as_secs_f64());
    for (name, time) in parts {
        let _ = write!(text, " {name} {:.2}", time.as_secs_f64());
    }
    let _ = write!(text, "\nresults in {}", folder.display());
    text
}

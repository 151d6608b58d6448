//! `epitome run`: the main job.

use std::{fmt::Write as _, path::Path};

use clap::{Args, Parser};

use crate::{
    registry::Registry,
    report::{Tally, tables},
    run::{
        Manifest, Plan, PluginTimings, RunError, Store, StoreError, clock::Stages,
        execute,
    },
    timing,
};

use super::{
    arguments::share,
    failure::{Code, Failure},
    interrupt::Interrupt,
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
    /// The share of a corpus that a system may fail on before the command does
    #[arg(long, value_name = "SHARE", default_value = "0", value_parser = share)]
    tolerance: f64,
}

/// Why a run ended before its end, apart from its corpora.
#[derive(Debug, thiserror::Error)]
enum Ended {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("interrupted")]
    Interrupted,
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
        let interrupt = Interrupt::watch()?;
        let (plan, folder) = self.plan.plan(registry, interrupt.stop())?;
        let quiet = self.plan.quiet;
        let mut store = Store::create(&folder)?;
        let argv = std::env::args().collect();
        let mut manifest = Manifest::begin(&plan, argv, self.resamples);
        manifest.write(&folder)?;

        let mut tally = Tally::new(&plan, self.resamples);
        let mut bar =
            Bar::new(plan.corpora.iter().map(|corpus| corpus.bytes()).sum(), quiet);
        let mut timings = PluginTimings::open(&folder, &plan)?;
        let result = execute(&plan, &mut bar, |outcome| {
            if interrupt.stop().is_wished() {
                return Err(Ended::Interrupted);
            }
            tally.add(&outcome);
            if let Some(timings) = &mut timings {
                timings.write(&plan, &outcome)?;
            }
            Ok(store.write(&plan, &outcome)?)
        });
        bar.finish();
        store.finish()?; // what was found before an error is kept

        let mut leaderboard = tally.leaderboard(&plan);
        leaderboard.add_speeds(&plan, &timing::read(&folder)?);
        leaderboard.write(&folder)?;
        let stages = match result {
            Ok(stages) => stages,
            Err(RunError::Corpus(error)) => return Err(error.into()),
            Err(RunError::Sink(Ended::Store(error))) => return Err(error.into()),
            Err(RunError::Sink(Ended::Interrupted)) => {
                drop(plan); // its plugins end here
                return Err(interrupt.failure(tally.documents()));
            }
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
            let is_tolerated = tally.worst_failures() <= self.tolerance;
            let word = if is_tolerated { "note" } else { "error" };
            say(&format!(
                "{word}: systems failed {failures} times: see {}",
                file.display()
            ));
            return Ok(if is_tolerated { Code::Fine } else { Code::SystemFailed });
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

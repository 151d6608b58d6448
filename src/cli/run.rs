//! `epitome run`: the main job.

use std::fmt::Write as _;

use clap::{Args, Parser};

use crate::{
    harness::{Session, SessionOptions},
    registry::Registry,
    run::clock::Stages,
};

use super::{
    arguments::{resamples, share},
    conclude::conclude,
    failure::{Code, Failure},
    interrupt::Interrupt,
    plan::PlanArgs,
    progress::Bar,
};

/// What to run.
#[derive(Debug, Args)]
pub(super) struct RunArgs {
    #[command(flatten)]
    plan: PlanArgs,
    /// Resamples for ranks and for intervals of micro averages; 0 for no interval
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = resamples)]
    resamples: u32,
    /// The share of a corpus that a system may fail on before the command does
    #[arg(long, value_name = "SHARE", default_value = "0", value_parser = share)]
    tolerance: f64,
    /// Run systems again on the documents that they failed on
    #[arg(long)]
    retry_failed: bool,
    /// Replace what is in the folder instead of going on with it
    #[arg(long, conflicts_with = "retry_failed")]
    fresh: bool,
}

impl RunArgs {
    /// What `epitome run` without arguments means.
    pub(super) fn default_arguments() -> Result<Self, Failure> {
        #[derive(Parser)]
        struct Alone {
            #[command(flatten)]
            arguments: RunArgs,
        }
        let parsed = Alone::try_parse_from(["epitome"]);
        Ok(parsed
            .map_err(|error| Failure::input(error.to_string()))?
            .arguments)
    }

    pub(super) fn run(
        self,
        registry: &Registry,
        line: &[String],
    ) -> Result<Code, Failure> {
        let interrupt = Interrupt::watch()?;
        let (plan, folder) = self.plan.plan(registry, interrupt.stop())?;
        let quiet = self.plan.quiet;
        let options = SessionOptions {
            resamples: self.resamples,
            retry_failed: self.retry_failed,
            fresh: self.fresh,
            command: line.to_vec(),
        };

        let mut bar = Bar::new(plan.bytes(), quiet, interrupt.stop());
        let mut session = Session::open(registry, plan, &folder, options, &mut bar)?;
        let ran = session.run(&mut bar);
        bar.finish();
        ran.map_err(|error| interrupt.failure(error))?;
        let finished = session.conclude(&mut bar)?;

        let mut notes = Vec::new();
        if finished.before > 0 {
            notes.push(format!(
                "note: {} documents were there already",
                finished.before
            ));
        }
        notes.push(summary(finished.documents, &finished.stages));
        conclude(&finished, self.tolerance, (!quiet).then_some(&notes))
    }
}

/// One line of what was done.
fn summary(documents: u64, stages: &Stages) -> String {
    let noun = if documents == 1 {
        "document"
    } else {
        "documents"
    };
    let mut text = format!("{documents} {noun} in");
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
    text
}

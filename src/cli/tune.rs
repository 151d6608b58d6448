//! `epitome tune FILE.toml`: chooses parameters on one part of the documents and reports them on
//! another.

use std::path::PathBuf;

use clap::Args;

use crate::{
    harness::{Experiment, Finished, Session, SessionOptions},
    registry::Registry,
    report::{TableFormat, draw_tuned, write_tuned},
};

use super::{
    arguments::{FormatArgs, resamples},
    failure::{Code, Failure},
    interrupt::Interrupt,
    output::{Output, say},
    plan::PlanArgs,
    progress::Bar,
    width::columns,
};

/// What to tune.
#[derive(Debug, Args)]
pub(super) struct TuneArgs {
    /// Experiment file with sweeps and a table `[tune]`; options override it
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    plan: PlanArgs,
    /// Resamples for ranks and for intervals of micro averages [default: 1000]
    #[arg(long, value_name = "N", value_parser = resamples)]
    resamples: Option<u32>,
    /// Replace the runs in the folders of the two parts instead of resuming them
    #[arg(long)]
    fresh: bool,
    #[command(flatten)]
    format: FormatArgs,
}

impl TuneArgs {
    pub(super) fn run(
        self,
        registry: &Registry,
        line: &[String],
    ) -> Result<Code, Failure> {
        let interrupt = Interrupt::watch()?;
        let mut experiment = self.plan.experiment(Experiment::read(&self.file)?)?;
        experiment.resamples = self.resamples.or(experiment.resamples);
        let registry = &self
            .plan
            .with_embedders(registry, interrupt.stop(), &experiment)?
            .keeping_embeddings();
        experiment.check_specs(registry)?;

        let on = experiment.development()?;
        let development = self.finished(registry, &interrupt, on, line)?;
        let choices = experiment.choose(registry, &development)?;

        let on = experiment.held_out(registry, &choices)?;
        let held_out = self.finished(registry, &interrupt, on, line)?;
        let rows = experiment.tuned(registry, &choices, [&development, &held_out])?;
        write_tuned(&held_out.folder, &rows)?;

        let mut output = Output::new();
        match self.format.format().unwrap_or_default() {
            TableFormat::Json => {
                output.tables(
                    "tune",
                    "rows",
                    draw_tuned(&rows, TableFormat::Json, None)?,
                )?;
            }
            format => output.text(&draw_tuned(&rows, format, Some(columns()))?)?,
        }
        output.finish()?;
        if !self.plan.quiet {
            for (part, run) in [("development", &development), ("held out", &held_out)] {
                say(&format!("{part}: {}", run.folder.display()));
            }
        }
        Ok(Code::Fine)
    }

    /// Runs an experiment on one of the parts.
    fn finished(
        &self,
        registry: &Registry,
        interrupt: &Interrupt,
        mut experiment: Experiment,
        line: &[String],
    ) -> Result<Finished, Failure> {
        let (plan, folder) =
            self.plan
                .planned(registry, interrupt.stop(), &mut experiment)?;
        let options = SessionOptions {
            resamples: experiment.resamples.unwrap_or(Experiment::RESAMPLES),
            retry_failed: false,
            fresh: self.fresh,
            command: line.to_vec(),
        };
        let mut bar = Bar::new(plan.bytes(), self.plan.quiet, interrupt.wish());
        let mut session = Session::open(registry, plan, &folder, options, &mut bar)?;
        experiment.write(session.plan(), &folder)?;
        let ran = session.run(&mut bar);
        bar.finish();
        ran.map_err(|error| interrupt.failure(error))?;
        let finished = session.conclude(&mut bar);
        finished.map_err(|error| interrupt.failure(error))
    }
}

//! `epitome bench`: measures the speed of systems.

use std::{path::PathBuf, time::Duration};

use clap::Args;

use crate::{
    harness::{self, Experiment},
    registry::Registry,
    report::speeds,
    run::cores,
    timing::{self, BenchSettings},
};

use super::{
    failure::{Code, Failure},
    interrupt::Interrupt,
    output::{Output, say},
    plan::PlanArgs,
    progress::Notes,
    width::columns,
};

/// Measure the speed of systems.
#[derive(Debug, Args)]
pub(super) struct BenchArgs {
    /// Experiment file such as `epitome.toml`; flags go before what it says
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// Only systems of this name, whatever their parameters; `*` stands for any text
    #[arg(long, value_name = "PATTERN")]
    only: Option<String>,
    #[command(flatten)]
    plan: PlanArgs,
    /// Number of samples for each system, at least 10
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(10..))]
    samples: u32,
    /// Length of the warm-up for each system
    #[arg(long, value_name = "MS", default_value_t = 500)]
    warm_up_ms: u64,
    /// Length of the measurement for each system
    #[arg(long, value_name = "MS", default_value_t = 2000)]
    measurement_ms: u64,
}

impl BenchArgs {
    pub(super) fn run(self, registry: &Registry) -> Result<Code, Failure> {
        let interrupt = Interrupt::watch()?;
        let read = self.file.as_deref().map(Experiment::read).transpose()?;
        let mut experiment = self.plan.experiment(read.unwrap_or_default())?;
        experiment.only.clone_from(&self.only);
        // vectors are not kept: each system is timed as if it were alone
        let registry =
            &self
                .plan
                .with_embedders(registry, interrupt.stop(), &experiment)?;
        experiment.check_specs(registry)?;
        let (plan, folder) =
            self.plan
                .timed(registry, interrupt.stop(), &mut experiment)?;

        let settings = BenchSettings {
            samples: self.samples as usize,
            warm_up: Duration::from_millis(self.warm_up_ms.max(1)),
            measurement: Duration::from_millis(self.measurement_ms.max(1)),
            quiet: self.plan.quiet,
        };
        let timings = harness::bench(registry, &plan, &folder, settings, &mut Notes)?;

        let mut output = Output::new();
        output.text(&speeds(&timings, Some(columns())))?;
        output.finish()?;

        if !self.plan.quiet {
            for warning in timing::noise(&timings, cores()) {
                say(&format!("warning: {warning}"));
            }
            say(&format!(
                "timings in {}",
                folder.join("timings.csv").display()
            ));
        }
        Ok(Code::Fine)
    }
}

//! `epitome run`: the main job.

use std::path::Path;

use clap::{Args, Parser};

use crate::{
    registry::Registry,
    report::Tally,
    run::{
        Done, Earlier, Layout, Lock, Manifest, Plan, PluginTimings, RunError, Store,
        StoreError, StoredRows, earlier_run, execute, replace, retry, settle,
    },
};

use super::{
    arguments::{resamples, share},
    conclude::{Conclusion, check_measured, nothing_to_do, summary},
    failure::{Code, Failure},
    interrupt::Interrupt,
    output::{say, say_starts_over},
    plan::PlanArgs,
    progress::Bar,
    tables,
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
        let (mut plan, folder) = self.plan.plan(registry, interrupt.stop())?;
        let quiet = self.plan.quiet;
        check_measured(&plan)?;
        let _lock = Lock::take(&folder)?;
        let mut manifest = self.manifest(registry, &mut plan, &folder)?;
        manifest.write(&folder)?;

        let mut bar =
            Bar::new(plan.corpora.iter().map(|corpus| corpus.bytes()).sum(), quiet);
        if self.retry_failed {
            retry_failed(&plan, &folder, &mut bar)?;
        }
        let mut store = Store::resume(&folder, Layout::of(&plan))?;
        let before = store.documents();
        let mut tally = Tally::new(&plan, self.resamples);
        let mut done = Done::default();
        if before > 0 {
            for outcome in StoredRows::open(&folder, Layout::of(&plan))? {
                let outcome = outcome?;
                tally.add(&outcome);
                done.add(&outcome);
            }
        }
        let mut timings = PluginTimings::open(&folder, &plan, before)?;
        let result = execute(&plan, done, &mut bar, |outcome| {
            if interrupt.stop().is_wished() {
                return Err(Ended::Interrupted);
            }
            tally.add(&outcome);
            if let Some(timings) = &mut timings {
                timings.write(&plan, &outcome)?;
            }
            Ok(store.write(&outcome)?)
        });
        bar.finish();
        store.sync()?;

        // what was found before an error is kept
        let leaderboard = tables::leaderboard(&plan, &tally, &folder)?;
        if matches!(result, Err(RunError::Sink(Ended::Interrupted))) {
            drop(plan); // its plugins end here
            return Err(interrupt.failure(tally.documents()));
        }
        let stages = result.map_err(Failure::of_run)?;
        if tally.documents() == 0 {
            return Err(nothing_to_do(&plan));
        }
        let comparisons =
            tables::compare_all(&plan, tally.documents(), &folder, &manifest)?;
        manifest.contents = Some(store.contents());
        let mut notes = Vec::new();
        if before > 0 {
            notes.push(format!("note: {before} documents were there already"));
        }
        notes.push(summary(tally.documents(), &stages));
        let conclusion = Conclusion {
            plan: &plan,
            tally: &tally,
            folder: &folder,
            leaderboard: &leaderboard,
            comparisons: &comparisons,
            tolerance: self.tolerance,
        };
        conclusion.conclude(manifest, (!quiet).then_some(&notes))
    }

    /// The manifest of the run that is in the folder already, or a new one. Metrics that
    /// were added to that run join the plan.
    fn manifest(
        &self,
        registry: &Registry,
        plan: &mut Plan,
        folder: &Path,
    ) -> Result<Manifest, Failure> {
        settle(folder)?;
        let earlier = match self.fresh {
            true => Earlier::Nothing,
            false => earlier_run(folder, plan)?,
        };
        let earlier = match earlier {
            Earlier::Nothing => None,
            Earlier::Same(manifest) => Some(*manifest),
            Earlier::OtherPrograms(names) => {
                say_starts_over(folder, &names);
                None
            }
        };
        let argv = std::env::args().collect();
        let Some(mut manifest) = earlier else {
            Store::forget(folder)?;
            return Ok(Manifest::begin(plan, argv, self.resamples));
        };
        if let Some(contents) = &manifest.contents
            && let Err(error) = contents.check_rows(folder)
        {
            say(&format!("note: {error}"));
        }
        for added in manifest.metrics.iter().filter(|metric| metric.added) {
            plan.metrics.push(registry.metric(&added.name.parse()?)?);
        }
        manifest.resume();
        manifest.resamples = self.resamples;
        Ok(manifest)
    }
}

/// Runs systems again on the documents that they failed on.
fn retry_failed(plan: &Plan, folder: &Path, bar: &mut Bar) -> Result<(), Failure> {
    let layout = || Layout::of(plan);
    if Store::resume(folder, layout())?.documents() == 0 {
        return Ok(());
    }
    replace(folder, layout(), None, |store| {
        let rows = StoredRows::open(folder, layout())?;
        retry(plan, rows, bar, |outcome| store.write(&outcome)).map_err(Failure::of_run)
    })
}

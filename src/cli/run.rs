//! `epitome run`: the main job.

use std::{fmt::Write as _, path::Path};

use clap::{Args, Parser};

use crate::{
    registry::Registry,
    report::Tally,
    run::{
        Done, Layout, Lock, Manifest, Plan, PluginTimings, RunError, Store, StoreError,
        StoredRows, clock::Stages, earlier_run, execute, replace, retry, settle,
    },
};

use super::{
    arguments::share,
    failure::{Code, Failure},
    interrupt::Interrupt,
    output::{Output, say},
    plan::PlanArgs,
    progress::Bar,
    tables,
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
        let comparisons = tables::compare_all(&plan, tally.documents(), &folder)?;
        manifest.end();
        manifest.write(&folder)?;

        let mut output = Output::new();
        output.text(&tables::drawn(&leaderboard, &comparisons, &manifest, &folder)?)?;
        output.finish()?;
        if !quiet {
            for note in tally.notes(&plan) {
                say(&format!("note: {note}"));
            }
            if before > 0 {
                say(&format!("note: {before} documents were there already"));
            }
            say(&summary(&tally, &stages, &folder));
        }
        let failures = tally.failures();
        if failures > 0 {
            let file = folder.join("failures.csv");
            let is_tolerated = tally.worst_failures() <= self.tolerance;
            let word = if is_tolerated { "note" } else { "error" };
            say(&format!(
                "{word}: systems failed {failures} times: see {}\nhint: `--retry-failed` runs them again on those documents",
                file.display()
            ));
            return Ok(if is_tolerated { Code::Fine } else { Code::SystemFailed });
        }
        Ok(Code::Fine)
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
            true => None,
            false => earlier_run(folder, plan)?,
        };
        let argv = std::env::args().collect();
        let Some(mut manifest) = earlier else {
            Store::forget(folder)?;
            return Ok(Manifest::begin(plan, argv, self.resamples));
        };
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

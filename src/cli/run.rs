//! `epitome run`: the main job.

use std::{fmt::Write as _, path::Path};

use clap::{Args, Parser};

use crate::{
    registry::Registry,
    report::{
        Comparison, Field, Format, Observations, Settings, Tally, Test, Wanted, across,
        all_pairs, boards, draw_boards, write_across, write_comparisons,
    },
    run::{
        Done, Layout, Lock, Manifest, Plan, Store, StoredRows, clock::Stages,
        earlier_run, execute, replace, retry, settle,
    },
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
        Ok(Alone::try_parse_from(["epitome"])?.arguments)
    }

    pub(super) fn run(self, registry: &Registry) -> Result<Code, Failure> {
        let (mut plan, folder) = self.plan.plan(registry)?;
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
        let result = execute(&plan, done, &mut bar, |outcome| {
            tally.add(&outcome);
            store.write(&outcome)
        });
        bar.finish();
        store.sync()?;

        let mut leaderboard = tally.leaderboard(&plan);
        leaderboard.add_speeds(&plan, &timing::read(&folder)?);
        leaderboard.add_shares();
        leaderboard.write(&folder)?; // what was found before an error is kept
        let stages = result.map_err(Failure::of_run)?;
        if tally.documents() == 0 {
            return Err(nothing_to_do(&plan));
        }
        let comparisons = compare_all(&plan, &manifest, tally.documents(), &folder)?;
        manifest.end();
        manifest.write(&folder)?;

        let boards = boards(&leaderboard, &comparisons, &manifest.metrics);
        let mut output = Output::new();
        output.text(&draw_boards(&boards, Format::Text)?)?;
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
            say(&format!(
                "error: systems failed {failures} times: see {}\nhint: `--retry-failed` runs them again on those documents",
                file.display()
            ));
            return Ok(Code::SystemFailed);
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

/// Compares all pairs of systems and ranks them over corpora: writes `comparisons.csv`
/// and `across.csv`.
fn compare_all(
    plan: &Plan,
    manifest: &Manifest,
    documents: u64,
    folder: &Path,
) -> Result<Vec<Comparison>, Failure> {
    if documents * plan.systems.len() as u64 * plan.metrics.len() as u64 > MOST_CELLS {
        say(
            "note: so many documents are not compared pair by pair here: see `epitome compare`",
        );
        write_comparisons(folder, &[])?;
        write_across(folder, &[])?;
        return Ok(Vec::new());
    }
    let rows = StoredRows::open(folder, Layout::of(plan))?;
    let observations = Observations::read(
        rows,
        &Wanted { system: &|_| true, metric: &|_| true, field: Field::Value },
    )?;
    let settings = Settings {
        test: Test::Randomisation,
        seed: plan.seed,
        resamples: Settings::RESAMPLES,
        jobs: plan.jobs,
    };
    let pairs = all_pairs(&observations, manifest, &|_, _| true, settings);
    let comparisons: Vec<Comparison> =
        pairs.into_iter().map(|compared| compared.row).collect();
    write_comparisons(folder, &comparisons)?;
    write_across(folder, &across(&observations, manifest, settings))?;
    Ok(comparisons)
}

/// Runs systems again on the documents that they failed on.
fn retry_failed(plan: &Plan, folder: &Path, bar: &mut Bar) -> Result<(), Failure> {
    let layout = || Layout::of(plan);
    if Store::resume(folder, layout())?.documents() == 0 {
        return Ok(());
    }
    replace(folder, layout(), |store| {
        let rows = StoredRows::open(folder, layout())?;
        retry(plan, rows, bar, |outcome| store.write(&outcome)).map_err(Failure::of_run)
    })
}

/// Beyond so many scores, 160 MB, a run does not hold them all at its end.
const MOST_CELLS: u64 = 20_000_000;

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

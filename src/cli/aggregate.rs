//! `epitome aggregate`: the rows of workers become a run.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::{
    corpus::Source,
    registry::Registry,
    report::{Documents, Partial, Tally, write_across, write_comparisons},
    run::{
        Contents, Earlier, Layout, Lock, Manifest, Origin, Plan, Shards, Store, assemble,
        earlier_run, replace, row_files, settle,
    },
};

use super::{
    arguments::{resamples, share},
    conclude::{Conclusion, nothing_to_do},
    failure::{Code, Failure},
    interrupt::Interrupt,
    output::{Output, say_starts_over},
    plan::PlanArgs,
    progress::Bar,
    tables,
};

/// What to put together.
///
/// With the arguments of the workers and the corpus that they worked on in parts, it
/// writes the folder that `epitome run` would have written, or fails: where a part is
/// missing or cut off, was made otherwise, or is of another corpus. Parts may come in any
/// order and more than once.
///
/// `--partial` sums up some parts to a file of a few megabytes instead; `--merge` makes
/// the leaderboard from such files, without rows.
#[derive(Debug, Args)]
pub(super) struct AggregateArgs {
    /// Files of rows, or folders of them; with `--merge` files of sums
    #[arg(required = true, value_name = "ROWS")]
    rows: Vec<PathBuf>,
    #[command(flatten)]
    plan: PlanArgs,
    /// Write the sums of these parts to standard output
    #[arg(long)]
    partial: bool,
    /// Read sums instead of rows
    #[arg(long)]
    merge: bool,
    /// Resamples for ranks and for intervals of micro averages; 0 for no interval
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = resamples)]
    resamples: u32,
    /// The share of a corpus that a system may fail on before the command does
    #[arg(long, value_name = "SHARE", default_value = "0", value_parser = share)]
    tolerance: f64,
    /// Replace a run of another plan
    #[arg(long)]
    fresh: bool,
}

impl AggregateArgs {
    pub(super) fn run(self, registry: &Registry) -> Result<Code, Failure> {
        let interrupt = Interrupt::watch()?;
        if self.partial {
            let plan = self.plan.work.part(registry, interrupt.stop())?;
            let mut output = Output::new();
            output.text(&self.sums(&plan)?.text())?;
            output.finish()?;
            return Ok(Code::Fine);
        }
        let (plan, folder) = self.plan.plan(registry, interrupt.stop())?;
        if plan.corpora.len() != 1 {
            let count = plan.corpora.len();
            return Err(Failure::input(format!(
                "rows of workers are of one corpus, and {count} are named"
            )));
        }
        let _lock = Lock::take(&folder)?;
        settle(&folder)?;
        if !self.fresh {
            let earlier = earlier_run(&folder, &plan)?;
            if let Earlier::OtherPrograms(names) = earlier {
                say_starts_over(&folder, &names);
            }
        }
        let argv = std::env::args().collect();
        let manifest = Manifest::begin(&plan, argv, self.resamples);
        match self.merge {
            true => self.merged(&plan, &folder, manifest),
            false => self.assembled(&plan, &folder, manifest),
        }
    }

    /// The sums of what is named.
    fn sums(&self, plan: &Plan) -> Result<Partial, Failure> {
        if self.merge {
            let partial = Partial::read(plan, self.resamples, &self.rows)?;
            check_origin(plan, partial.origin(), None)?;
            return Ok(partial);
        }
        let mut shards = Shards::open(row_files(&self.rows)?)?;
        check_origin(plan, shards.origin(), None)?;
        let mut partial = Partial::new(plan, self.resamples).from(shards.origin());
        shards.each(&Layout::of(plan), |outcome| {
            partial.add(&outcome);
            Ok::<_, Failure>(())
        })?;
        Ok(partial)
    }

    /// The folder of a run from all its rows.
    fn assembled(
        &self,
        plan: &Plan,
        folder: &Path,
        mut manifest: Manifest,
    ) -> Result<Code, Failure> {
        let mut shards = Shards::open(row_files(&self.rows)?)?;
        check_origin(plan, shards.origin(), Some(shards.documents()))?;
        let mut tally = Tally::new(plan, self.resamples);
        let mut bar = Bar::new(plan.corpora[0].bytes(), self.plan.quiet);
        replace(folder, Layout::of(plan), Some(&mut manifest), |store| {
            assemble(plan, &mut shards, &mut bar, |outcome| {
                tally.add(&outcome);
                store.write(&outcome)
            })
            .map_err(Failure::of_run)
        })?;
        bar.finish();
        let mut notes = vec![format!("{} documents", tally.documents())];
        if shards.repeated() > 0 {
            let repeated = shards.repeated();
            notes.push(format!("note: rows of {repeated} documents came again"));
        }
        if tally.documents() == 0 {
            return Err(nothing_to_do(plan));
        }
        let leaderboard = tables::leaderboard(plan, &tally, folder)?;
        let comparisons =
            tables::compare_all(plan, tally.documents(), folder, &manifest)?;
        let conclusion = Conclusion {
            plan,
            tally: &tally,
            folder,
            leaderboard: &leaderboard,
            comparisons: &comparisons,
            tolerance: self.tolerance,
        };
        conclusion.conclude(manifest, (!self.plan.quiet).then_some(&notes))
    }

    /// The leaderboard of a run from its sums.
    fn merged(
        &self,
        plan: &Plan,
        folder: &Path,
        mut manifest: Manifest,
    ) -> Result<Code, Failure> {
        let sums = self.sums(plan)?;
        let found = sums.documents();
        check_origin(plan, sums.origin(), Some(found.count))?;
        let mut wanted = Documents::default();
        for source in plan.corpora[0].records()? {
            wanted.add(&Source::parse(source?)?.id);
        }
        if found != wanted {
            let (there, here) = (found.count, wanted.count);
            return Err(Failure::input(format!(
                "the sums are of {there} documents, and not of the {here} of {}\nhint: a part is missing, is there twice, or is of another corpus",
                plan.corpora[0].origin()
            )));
        }
        if found.count == 0 {
            return Err(nothing_to_do(plan));
        }
        let leaderboard = tables::leaderboard(plan, sums.tally(), folder)?;
        Store::remove(folder)?;
        manifest.contents = Some(Contents::without_rows(found.count));
        write_comparisons(folder, &[])?;
        write_across(folder, &[])?;
        let notes = [format!("{} documents, without their rows", found.count)];
        let conclusion = Conclusion {
            plan,
            tally: sums.tally(),
            folder,
            leaderboard: &leaderboard,
            comparisons: &[],
            tolerance: self.tolerance,
        };
        conclusion.conclude(manifest, (!self.plan.quiet).then_some(&notes))
    }
}

/// Checks that rows were made as `plan` says, with frequencies of all of its `documents`.
fn check_origin(
    plan: &Plan,
    found: Option<&Origin>,
    documents: Option<u64>,
) -> Result<(), Failure> {
    let Some(found) = found else { return Ok(()) };
    let wanted = Origin::of(plan);
    if (&found.epitome, &found.work) != (&wanted.epitome, &wanted.work) {
        return Err(Failure::input(
            "the workers were given other arguments than this command: systems, metrics, budgets, seed, language, and the programs themselves must be the same",
        ));
    }
    match (found.counted_documents, documents) {
        (Some(counted), Some(documents))
            if plan.needs().corpus() && counted != documents =>
        {
            Err(Failure::input(format!(
                "the corpus statistics of the workers count {counted} documents, and there are rows of {documents}"
            )))
        }
        _ => Ok(()),
    }
}

//! A session: a run is opened or resumed, executed and concluded.

use std::{
    cell::RefCell,
    path::{Path, PathBuf},
};

use crate::{
    registry::Registry,
    report::{Leaderboard, Tally},
    run::{
        DocumentOutcome, Done, Earlier, FolderLock, Plan, PluginTimings, RunError,
        RunManifest, Store, StoreError, StoredRows, System, clock::Stages, earlier_run,
        execute, fold_rows, replace, retry, settle,
    },
};

use super::{
    error::Error,
    finished::{Finished, notes, nothing_measured},
    listener::{Bytes, Listener, Shared},
    stored::{keep_aside, other_programs},
    tables::{self, go_on_unless, readers},
};

/// Options for opening a run.
#[derive(Debug, Clone)]
pub struct SessionOptions {
    /// The number of resamples for ranks and for intervals of micro averages; 0 for no
    /// intervals.
    pub resamples: u32,
    /// Whether systems are run again on the documents on which they failed.
    pub retry_failed: bool,
    /// Whether a run that is in the folder is replaced. Otherwise a run of the same plan
    /// is resumed, and a run of another plan is an error.
    pub fresh: bool,
    /// The command line that the manifest records.
    pub command: Vec<String>,
}

impl Default for SessionOptions {
    fn default() -> Self {
        Self {
            resamples: 1_000,
            retry_failed: false,
            fresh: false,
            command: Vec::new(),
        }
    }
}

/// A run in a folder that no other process writes to while the session lasts.
pub struct Session {
    plan: Plan,
    folder: PathBuf,
    options: SessionOptions,
    manifest: RunManifest,
    tally: Tally,
    before: u64,
    stages: Stages,
    /// The rows and the leaderboard that [`Session::run`] leaves for
    /// [`Session::conclude`].
    ran: Option<(Store, Leaderboard)>,
    _lock: FolderLock,
}

/// The reason why a run ended early, other than an error of its corpora.
enum EarlyEnd {
    Store(StoreError),
    Stopped,
}

impl From<StoreError> for EarlyEnd {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl Session {
    /// Opens `folder` for a run of `plan`. If it contains a run of the same plan, that
    /// run is resumed, and metrics that were added to it are added to the plan.
    ///
    /// # Errors
    /// Returns an error if no metric measures any of the systems, if another process
    /// works in the folder, or if it holds a run of another plan or one that cannot be
    /// read.
    pub fn open(
        registry: &Registry,
        mut plan: Plan,
        folder: &Path,
        options: SessionOptions,
        listener: &mut dyn Listener,
    ) -> Result<Self, Error> {
        plan.check_measured()?;
        let lock = FolderLock::take(folder)?;
        settle(folder)?;
        let manifest = take_up(registry, &mut plan, folder, &options, listener)?;
        manifest.write(folder)?;

        let work = &plan.work;
        let tally =
            Tally::new(plan.layout(), &work.metrics, work.seed, options.resamples);
        Ok(Self {
            plan,
            folder: folder.to_owned(),
            options,
            manifest,
            tally,
            before: 0,
            stages: Stages::default(),
            ran: None,
            _lock: lock,
        })
    }

    /// Returns the plan of the run.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Runs all systems on all documents that have no rows yet, and writes the rows and
    /// the leaderboard. Rows that were written before an error are kept.
    ///
    /// # Errors
    /// Returns an error if a record is broken, a file cannot be written, or the
    /// listener stops the run.
    pub fn run(&mut self, listener: &mut dyn Listener) -> Result<(), Error> {
        let Self { plan, folder, .. } = self;
        let sources = plan.sources();
        if self.options.retry_failed {
            retry_failed(plan, folder, listener)?;
        }

        let mut store = Store::resume(folder, plan.layout())?;
        self.before = store.documents();
        let metrics = plan.work.metrics.iter().enumerate();
        let external = metrics.filter(|(_, metric)| metric.value.external().is_some());
        let external: Vec<usize> = external.map(|(at, _)| at).collect();
        let mut done = Done::with_external(external.clone());
        if self.before > 0 {
            let (work, resamples) = (&plan.work, self.options.resamples);
            let tallies = fold_rows(
                folder,
                &plan.layout(),
                readers(work.jobs),
                || Tally::new(plan.layout(), &work.metrics, work.seed, resamples),
                || Done::with_external(external.clone()),
                |tally, done, outcome| {
                    tally.add(outcome);
                    done.add(outcome);
                },
                |of_part| {
                    done.append(of_part);
                    go_on_unless(listener.stops())
                },
            )?;
            if listener.stops() {
                return Err(Error::stopped_after(self.before));
            }
            for tally in tallies {
                self.tally.merge(&tally.into_sums());
            }
        }

        let layout = plan.layout();
        let mut timings = match plan.work.systems.iter().any(System::is_plugin) {
            true => Some(PluginTimings::open(folder, self.before)?),
            false => None,
        };

        // both the progress of the engine and the sink below use the listener
        let (tally, listener) = (&mut self.tally, RefCell::new(listener));
        let result = {
            let mut progress = Shared(&listener);
            execute(&plan.work, &sources, done, &mut progress, |outcome| {
                if listener.borrow().stops() {
                    return Err(EarlyEnd::Stopped);
                }
                tally.add(&outcome);
                if let Some(timings) = &mut timings {
                    timings.write(&layout, &outcome)?;
                }
                store.write(&outcome)?;
                listener.borrow_mut().document(&outcome);
                Ok(())
            })
        };

        // what is done is kept, even if the run ends with an error
        store.sync()?;
        let leaderboard =
            tables::leaderboard(&self.manifest, &plan.work.metrics, &self.tally, folder)?;

        self.stages = match result {
            Ok(stages) => stages,
            Err(RunError::Corpus(error)) => return Err(error.into()),
            Err(RunError::NotStarted(error)) => return Err(error.into()),
            Err(RunError::Rows(error) | RunError::Sink(EarlyEnd::Store(error))) => {
                return Err(error.into());
            }
            Err(RunError::Sink(EarlyEnd::Stopped)) => {
                return Err(Error::stopped_after(self.tally.documents()));
            }
        };
        self.ran = Some((store, leaderboard));
        Ok(())
    }

    /// Compares all systems, writes the tables and marks the run as complete.
    ///
    /// # Errors
    /// Returns an error if the corpora hold no documents, or if a file cannot be
    /// written.
    pub fn conclude(mut self, listener: &mut dyn Listener) -> Result<Finished, Error> {
        if self.ran.is_none() {
            self.run(listener)?;
        }
        let Self {
            plan,
            folder,
            mut manifest,
            tally,
            before,
            stages,
            ran,
            ..
        } = self;

        let documents = tally.documents();
        let Some((store, leaderboard)) = ran.filter(|_| documents > 0) else {
            return Err(nothing_to_do(&plan));
        };

        let work = &plan.work;
        let comparisons =
            tables::compare_all(&manifest, documents, work.jobs, &folder, listener)?
                .ok_or_else(|| Error::stopped_after(documents))?;
        manifest.contents = Some(store.contents());
        manifest.end();
        tables::note(&folder, &mut manifest)?;

        Ok(Finished {
            leaderboard,
            comparisons,
            documents,
            before,
            stages,
            notes: notes(&plan, &tally),
            failures: tally.failures(),
            worst_failures: tally.worst_failures(),
            nothing_measured: nothing_measured(&plan, &tally)?,
            folder,
            manifest,
        })
    }
}

/// Returns the manifest of the run that is already in the folder, or a new one.
fn take_up(
    registry: &Registry,
    plan: &mut Plan,
    folder: &Path,
    options: &SessionOptions,
    listener: &mut dyn Listener,
) -> Result<RunManifest, Error> {
    let earlier = match options.fresh {
        true => Earlier::Nothing,
        false => earlier_run(folder, plan)?,
    };
    let earlier = match earlier {
        Earlier::Nothing => None,
        Earlier::Same(manifest) => Some(*manifest),
        Earlier::OtherPrograms(names) => {
            let aside = keep_aside(folder)?;
            listener.note(&format!(
                "{}; the earlier rows are kept in {}",
                other_programs(folder, &names),
                aside.display()
            ));
            None
        }
    };

    let Some(mut manifest) = earlier else {
        Store::forget(folder)?;
        return Ok(RunManifest::begin(
            plan,
            options.command.clone(),
            options.resamples,
        ));
    };

    if let Some(contents) = &manifest.contents
        && let Err(error) = contents.check_rows(folder)
    {
        listener.note(&format!("note: {error}"));
    }

    for added in manifest.metrics.iter().filter(|metric| metric.added) {
        if added.command.is_some() && options.retry_failed {
            return Err(Error::Input(format!(
                "{}: `{}` was added to the run, and what is retried cannot be scored by it: its plugin or file is not part of the plan\nhint: `--fresh` with it among the metrics makes a run of both",
                folder.display(),
                added.name
            )));
        }
        plan.work.metrics.push(added.recorded(registry)?);
    }

    if options.retry_failed || !manifest.complete {
        manifest.add_isolation(plan);
    }
    manifest.resume();
    manifest.resamples = options.resamples;
    Ok(manifest)
}

/// Runs systems again on the documents on which they failed.
fn retry_failed(
    plan: &Plan,
    folder: &Path,
    listener: &mut dyn Listener,
) -> Result<(), Error> {
    let layout = || plan.layout();
    if Store::resume(folder, layout())?.documents() == 0 {
        return Ok(());
    }

    replace(folder, layout(), None, |store| {
        let rows = StoredRows::open(folder, layout())?;
        retry(
            &plan.work,
            &plan.sources(),
            rows,
            &mut Bytes(listener),
            |outcome: DocumentOutcome| store.write(&outcome),
        )
        .map_err(Error::from)
    })
}

/// Returns the error that there were no documents.
pub(super) fn nothing_to_do(plan: &Plan) -> Error {
    let corpora = plan.corpora.iter().map(|planned| {
        let corpus = &planned.corpus;
        format!("`{}` ({})", corpus.name(), corpus.origin())
    });
    let corpora: Vec<String> = corpora.collect();
    let which = corpora.join(", ");
    Error::NothingToDo(format!("nothing to do: there are no documents in {which}"))
}

//! Aggregation of a run from the rows or sums of parts of its corpus, which workers have made.

use std::path::{Path, PathBuf};

use crate::{
    corpus::{Corpus, Source},
    report::{Documents, PartialRun, Tally, write_across, write_comparisons},
    run::{
        Contents, DocumentOutcome, Earlier, FolderLock, Layout, Plan, RunManifest,
        ShardOrigin, Shards, Store, Work, assemble, clock::Stages, earlier_run, replace,
        row_files, settle,
    },
};

use super::{
    error::Error,
    finished::{Finished, notes},
    listener::{Bytes, Listener},
    session::{SessionOptions, nothing_to_do},
    stored::other_programs,
    tables,
};

/// Returns the sums over parts of a corpus, from files of rows or, if `are_sums`, of sums.
///
/// # Errors
/// Returns an error if a file cannot be read, is incomplete, or was made by other `work`.
pub fn sum_parts(
    work: &Work,
    layout: &Layout,
    resamples: u32,
    files: &[PathBuf],
    are_sums: bool,
) -> Result<PartialRun, Error> {
    let partial = || PartialRun::new(layout.clone(), &work.metrics, work.seed, resamples);
    if are_sums {
        let partial = partial().read(files)?;
        check_origin(work, partial.origin(), None)?;
        return Ok(partial);
    }

    let mut shards = Shards::open(row_files(files)?)?;
    check_origin(work, shards.origin(), None)?;

    let mut partial = partial().from(shards.origin());
    shards.each(layout, |outcome| {
        partial.add(&outcome);
        Ok::<_, Error>(())
    })?;
    Ok(partial)
}

/// A run that is aggregated in a folder from parts of its corpus, from their rows
/// ([`Self::assemble`]) or their sums ([`Self::merge`]).
pub struct Aggregation {
    plan: Plan,
    folder: PathBuf,
    options: SessionOptions,
    _lock: FolderLock,
}

impl Aggregation {
    /// Opens `folder` for the run of `plan`, which must have one corpus.
    ///
    /// # Errors
    /// Returns an error if there are several corpora, if another process works in the
    /// folder, or if it holds a run of another plan.
    pub fn open(
        plan: Plan,
        folder: &Path,
        options: SessionOptions,
        listener: &mut dyn Listener,
    ) -> Result<Self, Error> {
        if plan.corpora.len() != 1 {
            let count = plan.corpora.len();
            return Err(Error::Input(format!(
                "rows of workers are of one corpus, and {count} are named"
            )));
        }

        let lock = FolderLock::take(folder)?;
        settle(folder)?;
        if !options.fresh
            && let Earlier::OtherPrograms(names) = earlier_run(folder, &plan)?
        {
            listener.note(&other_programs(folder, &names));
        }
        Ok(Self {
            plan,
            folder: folder.to_owned(),
            options,
            _lock: lock,
        })
    }

    /// Returns the corpus of the run.
    fn corpus(&self) -> &dyn Corpus {
        self.plan.corpora[0].corpus.as_ref()
    }

    /// Returns the manifest of a new run.
    fn begin(&self) -> RunManifest {
        RunManifest::begin(
            &self.plan,
            self.options.command.clone(),
            self.options.resamples,
        )
    }

    /// Writes the run from all its rows, and returns it with the number of documents
    /// whose rows occurred more than once.
    ///
    /// # Errors
    /// Returns an error if a part is missing, incomplete, of another corpus or made with other
    /// settings, or if a file cannot be written.
    pub fn assemble(
        self,
        files: &[PathBuf],
        listener: &mut dyn Listener,
    ) -> Result<(Finished, u64), Error> {
        let mut manifest = self.begin();
        let (work, folder) = (&self.plan.work, self.folder.as_path());
        let layout = self.plan.layout();
        let mut shards = Shards::open(row_files(files)?)?;
        check_origin(work, shards.origin(), Some(shards.documents()))?;

        let mut tally = Tally::new(
            layout.clone(),
            &work.metrics,
            work.seed,
            self.options.resamples,
        );
        let sources = self.plan.sources();
        replace::<Error>(folder, layout.clone(), Some(&mut manifest), |store| {
            Ok(assemble(
                &layout,
                &sources,
                &mut shards,
                &mut Bytes(listener),
                |outcome: DocumentOutcome| {
                    tally.add(&outcome);
                    store.write(&outcome)
                },
            )?)
        })?;

        let documents = tally.documents();
        if documents == 0 {
            return Err(nothing_to_do(&self.plan));
        }

        let leaderboard = tables::leaderboard(&manifest, &work.metrics, &tally, folder)?;
        let comparisons =
            tables::compare_all(&manifest, documents, work.jobs, folder, listener)?
                .ok_or_else(|| Error::Interrupted {
                    kept: "the tables are not made\nhint: the same command again".into(),
                })?;
        manifest.end();
        tables::note(folder, &mut manifest)?;

        let finished = Finished {
            folder: folder.to_owned(),
            leaderboard,
            comparisons,
            documents,
            before: 0,
            stages: Stages::default(),
            notes: notes(&self.plan, &tally),
            failures: tally.failures(),
            worst_failures: tally.worst_failures(),
            nothing_measured: tally.nothing_measured(&work.metrics, &self.plan.unread),
            manifest,
        };
        Ok((finished, shards.repeated()))
    }

    /// Writes the leaderboard of the run from the sums of its parts, without rows.
    ///
    /// # Errors
    /// Returns an error if the sums do not contain every document of the corpus exactly once or
    /// were made with other settings, or if a file cannot be written.
    pub fn merge(self, files: &[PathBuf]) -> Result<Finished, Error> {
        let mut manifest = self.begin();
        let (work, folder) = (&self.plan.work, self.folder.as_path());
        let layout = self.plan.layout();
        let sums = sum_parts(work, &layout, self.options.resamples, files, true)?;
        let found = sums.documents();
        check_origin(work, sums.origin(), Some(found.count))?;

        let mut wanted = Documents::default();
        for source in self.corpus().records()? {
            wanted.add(&Source::parse(source?)?.id);
        }
        if found != wanted {
            let (there, here) = (found.count, wanted.count);
            return Err(Error::Input(format!(
                "the sums are of {there} documents, and not of the {here} of {}\nhint: a part is missing, is there twice, or is of another corpus",
                self.corpus().origin()
            )));
        }
        if found.count == 0 {
            return Err(nothing_to_do(&self.plan));
        }

        let tally = sums.tally();
        let leaderboard = tables::leaderboard(&manifest, &work.metrics, tally, folder)?;

        // there are no rows: those of an earlier run would not be of this leaderboard
        Store::remove(folder)?;
        manifest.contents = Some(Contents::without_rows(found.count));
        write_comparisons(folder, &[])?;
        write_across(folder, &[])?;
        manifest.end();
        tables::note(folder, &mut manifest)?;

        Ok(Finished {
            folder: folder.to_owned(),
            leaderboard,
            comparisons: Vec::new(),
            documents: found.count,
            before: 0,
            stages: Stages::default(),
            notes: notes(&self.plan, tally),
            failures: tally.failures(),
            worst_failures: tally.worst_failures(),
            nothing_measured: tally.nothing_measured(&work.metrics, &self.plan.unread),
            manifest,
        })
    }
}

/// Checks that rows were made by `work`, with corpus statistics of all `documents`.
fn check_origin(
    work: &Work,
    found: Option<&ShardOrigin>,
    documents: Option<u64>,
) -> Result<(), Error> {
    let Some(found) = found else { return Ok(()) };
    let wanted = ShardOrigin::of(work);
    if (&found.epitome, &found.work) != (&wanted.epitome, &wanted.work) {
        return Err(Error::Input(
            "the workers were given other arguments than this command: systems, metrics, budgets, seed, language, and the programs themselves must be the same".to_owned(),
        ));
    }

    // scores from corpus statistics of a part would differ from those of the whole
    match (found.counted_documents, documents) {
        (Some(counted), Some(documents))
            if work.corpus_needs().any() && counted != documents =>
        {
            Err(Error::Input(format!(
                "the corpus statistics of the workers count {counted} documents, and there are rows of {documents}"
            )))
        }
        _ => Ok(()),
    }
}

//! `epitome report RUN`: a run as a page to look at, or its tables in any format.

use std::{
    fs::{self, File},
    io::{self, BufWriter},
    path::{Path, PathBuf},
};

use clap::Args;
use tempfile::NamedTempFile;

use crate::{
    harness::{find_run, newest_run, open_run},
    registry::Registry,
    report::{
        FigureFile, Results, RunTables, Shown, TableFormat, draw_tables, figure_files,
        read_scaling, write_report,
    },
    run::{Reach, cores},
};

use super::{
    arguments::FormatArgs,
    failure::{Code, Failure},
    output::{Output, say},
    progress::Notes,
    width::columns,
};

/// Write a page, or print tables.
#[derive(Debug, Args)]
pub(super) struct ReportArgs {
    /// Folders of runs, or names of folders in the results [default: the newest run]
    run: Vec<String>,
    /// File of the page [default: `report.html` in the folder of the run, or for several runs in
    /// that of all results]
    #[arg(long, short, value_name = "FILE", conflicts_with_all = FORMATS)]
    output: Option<PathBuf>,
    /// Write the figures as SVG files into this folder instead of the page: means, wins,
    /// quality against speed, critical differences
    #[arg(long, value_name = "FOLDER", conflicts_with_all = FORMATS, conflicts_with = "output")]
    figures: Option<PathBuf>,
    /// File of times by length of the text, instead of `scaling.csv` of the run
    #[arg(long, value_name = "FILE", conflicts_with_all = FORMATS)]
    scaling: Option<PathBuf>,
    /// Also read texts from corpora outside of the current folder; the manifest of a run by
    /// somebody else may name any file
    #[arg(long)]
    texts: bool,
    #[command(flatten)]
    shown: ShownArgs,
    #[command(flatten)]
    format: FormatArgs,
    /// Folder of all results
    #[arg(long, value_name = "FOLDER", default_value = "results")]
    results: PathBuf,
    /// No notes
    #[arg(long, short)]
    quiet: bool,
}

/// The part of the runs that is shown.
#[derive(Debug, Args)]
struct ShownArgs {
    /// Show only systems of this name, with any parameters; `*` matches any text; repeatable
    #[arg(long, value_name = "NAME")]
    system: Vec<String>,
    /// Show only metrics of this name, with any parameters, or with this signature; repeatable;
    /// tables are sorted by the first
    #[arg(long, value_name = "NAME")]
    metric: Vec<String>,
    /// Show only this budget, such as `3 sentences`; repeatable
    #[arg(long, value_name = "BUDGET")]
    budget: Vec<String>,
}

impl ShownArgs {
    /// Returns the runs without what is not shown.
    fn of(&self, runs: Vec<Results>) -> Result<Vec<Results>, Failure> {
        let shown = Shown {
            systems: self.system.clone(),
            metrics: self.metric.clone(),
            budgets: self.budget.clone(),
        };
        shown.check(&runs)?;
        let shown = shown.of(runs)?;
        if shown.is_empty() {
            let text = "no run has a score of what is to be shown: no metric named measures a system named under a budget named";
            return Err(Failure::input(text));
        }
        Ok(shown)
    }
}

const FORMATS: [&str; 5] = ["text", "markdown", "latex", "csv", "json"];

impl ReportArgs {
    pub(super) fn run(self, registry: &Registry) -> Result<Code, Failure> {
        let mut runs = Vec::new();
        for folder in self.folders()? {
            open_run(registry, &folder, &mut Notes)?;
            let results = Results::read(&folder)?;
            if !results.manifest.complete && !self.quiet {
                let name = folder.display();
                say(&format!(
                    "note: {name} has not come to its end: run its command again"
                ));
            }
            runs.push(results);
        }
        let runs = self.shown.of(runs)?;
        let mut output = Output::new();
        match (self.format.format(), &self.figures) {
            (Some(TableFormat::Json), _) => {
                output.tables("report", "tables", tables(&runs, TableFormat::Json)?)?;
            }
            (Some(format), _) => output.text(&tables(&runs, format)?)?,
            (None, Some(folder)) => {
                for path in figures(&runs, folder)? {
                    output.line(&path.display().to_string())?;
                }
            }
            (None, None) => output.line(&self.page(&runs)?.display().to_string())?,
        }
        output.finish()?;
        Ok(Code::Fine)
    }

    fn folders(&self) -> Result<Vec<PathBuf>, Failure> {
        if self.run.is_empty() {
            let newest = newest_run(&self.results).ok_or_else(|| {
                Failure::input(format!(
                    "{}: it holds no run\nhint: `epitome run` makes one",
                    self.results.display()
                ))
            })?;
            return Ok(vec![newest]);
        }
        let find = |name: &String| {
            find_run(name, &self.results)
                .ok_or_else(|| Failure::input(format!("no run `{name}`")))
        };
        self.run.iter().map(find).collect()
    }

    /// Writes the page, under another name until it is complete, and returns its path.
    fn page(&self, runs: &[Results]) -> Result<PathBuf, Failure> {
        let path = match (&self.output, runs) {
            (Some(path), _) => path.clone(),
            (None, [alone]) => alone.folder.join(PAGE),
            (None, _) => self.results.join(PAGE),
        };
        let scaling = match &self.scaling {
            Some(path) if !path.is_file() => {
                let text = format!("{}: there is no such file", path.display());
                return Err(Failure::input(text));
            }
            Some(path) => read_scaling(path)?,
            None => Vec::new(),
        };
        let refuse = |error| Failure::input(format!("{}: {error}", path.display()));
        // a name of its own: another report may be writing the same page
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        remove_drafts(folder);
        if !folder.is_dir() {
            let (page, folder) = (path.display(), folder.display());
            return Err(Failure::input(format!(
                "{page}: there is no folder `{folder}`"
            )));
        }
        let draft = new_draft(folder).map_err(refuse)?;
        let mut out = BufWriter::with_capacity(1 << 16, draft);
        let reach = if self.texts {
            Reach::Anywhere
        } else {
            Reach::Here
        };
        let missing = write_report(runs, &scaling, cores(), reach, &mut out)?;
        for (corpus, reason) in missing.iter().filter(|_| !self.quiet) {
            say(&format!(
                "note: texts of {corpus} are not in the page: {reason}"
            ));
        }
        let draft = out
            .into_inner()
            .map_err(|error| refuse(error.into_error()))?;
        draft
            .persist(&path)
            .map_err(|refused| refuse(refused.error))?;
        Ok(path)
    }
}

const PAGE: &str = "report.html";

/// Beginning of the name of a page until it is complete.
const DRAFT: &str = ".report-";

/// Makes the draft of a page, which is locked as long as it is being written.
fn new_draft(folder: &Path) -> io::Result<NamedTempFile> {
    let mut draft = tempfile::Builder::new();
    draft.prefix(DRAFT);
    #[cfg(unix)] // less what the user's mask takes
    draft.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    loop {
        let draft = draft.tempfile_in(folder)?;
        draft.as_file().lock()?;
        // another report may have found it before it was locked, and removed it
        if draft.path().exists() {
            return Ok(draft);
        }
    }
}

/// Removes pages in `folder` whose writers were killed: nobody has the lock of one. What
/// cannot be removed is left, since it hinders nothing.
fn remove_drafts(folder: &Path) {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries {
        let is_draft = entry.file_name().to_string_lossy().starts_with(DRAFT)
            && entry.file_type().is_ok_and(|kind| kind.is_file());
        let file = is_draft.then(|| File::open(entry.path()).ok()).flatten();
        // locked until it is removed: its writer may be about to lock it
        if let Some(file) = file
            && file.try_lock().is_ok()
        {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Writes the figures of all runs into a folder, and returns their paths. The figures of several
/// runs are in a subfolder for each run.
fn figures(runs: &[Results], folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut paths = Vec::new();
    for results in runs {
        let folder = match (runs.len(), results.folder.file_name()) {
            (2.., Some(name)) => folder.join(name),
            _ => folder.to_owned(),
        };
        let refuse =
            |path: &Path, error| Failure::of(format!("{}: {error}", path.display()));
        fs::create_dir_all(&folder).map_err(|error| refuse(&folder, error))?;
        for FigureFile { name, svg } in figure_files(results)? {
            let path = folder.join(name);
            fs::write(&path, svg).map_err(|error| refuse(&path, error))?;
            paths.push(path);
        }
    }
    Ok(paths)
}

/// Returns the tables of all runs.
fn tables(runs: &[Results], format: TableFormat) -> Result<String, Failure> {
    let tables = runs.iter().map(|results| RunTables::of(results, cores()));
    let tables: Vec<RunTables> = tables.collect::<Result<_, _>>()?;
    Ok(draw_tables(&tables, format, Some(columns()))?)
}

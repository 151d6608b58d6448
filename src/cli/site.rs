//! `epitome site PLACE`: pages of many runs, in a folder.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use clap::Args;
use epitome_site::{SiteHistory, SitePage, SitePoint, SiteSeries, read_runs, site};
use serde_json::{Value, json};

use crate::{
    harness::{
        HistoryChange, HistoryFilter, HistoryPoint, HistoryRecord, HistorySeries, history,
    },
    run::write_at_once,
};

use super::{
    failure::{Code, Failure},
    output::Output,
};

/// Write pages of many runs into a folder.
#[derive(Debug, Args)]
pub(super) struct SiteArgs {
    /// Folders of runs, of kept tables, or of such folders at any depth
    #[arg(value_name = "FOLDER", default_value = "results")]
    places: Vec<PathBuf>,
    /// Folder of the pages; an earlier site in it is replaced
    #[arg(long, short, value_name = "FOLDER", default_value = "site")]
    output: PathBuf,
    /// Folder of history, or a file of it [default: `history`, if it has records]
    #[arg(long, value_name = "PATH")]
    history: Option<PathBuf>,
    /// Title of the site [default: the folders that it is made of]
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// JSON instead of text
    #[arg(long)]
    json: bool,
}

/// The records that are shown if no others are named.
const RECORDS: &str = "history/records.jsonl";

/// The file that lists the pages of a site, and by which a folder is known as one.
const LIST: &str = "site.json";

impl SiteArgs {
    pub(super) fn run(self) -> Result<Code, Failure> {
        let runs = read_runs(&self.places).map_err(Failure::of)?;
        let places = self.places.iter().map(|it| it.display().to_string());
        let title = match &self.title {
            Some(title) => title.clone(),
            None => places.collect::<Vec<_>>().join(" and "),
        };
        let pages = site(&title, &runs, &self.records()?).map_err(Failure::of)?;
        let written = write(&self.output, &pages)?;

        let mut output = Output::new();
        if self.json {
            let names: Vec<&str> = runs.iter().map(|run| run.name.as_str()).collect();
            output.answer("site", &json!({ "files": written, "runs": names }))?;
        } else {
            output.line(&self.output.join("index.html").display().to_string())?;
        }
        output.finish()?;
        Ok(Code::Fine)
    }

    /// Returns what was recorded.
    fn records(&self) -> Result<SiteHistory, Failure> {
        let usual = Path::new(RECORDS);
        let path = match &self.history {
            Some(path) => path,
            None if usual.is_file() => usual,
            None => return Ok(SiteHistory::default()),
        };
        let records = HistoryRecord::read_all(path)?;
        let all = history(&records, &HistoryFilter::default());
        Ok(SiteHistory {
            quality: all.iter().map(quality).collect(),
            speed: speeds(&records),
        })
    }
}

fn quality(series: &HistorySeries) -> SiteSeries {
    let point = |point: &HistoryPoint| {
        let (changed, words) = match point.change {
            HistoryChange::First => (None, "first"),
            HistoryChange::Unchanged => (None, "every score is the same"),
            HistoryChange::Changed(by) => (Some(by), "changed"),
            HistoryChange::NotComparable => (Some(f64::NAN), "other corpus or metric"),
        };
        SitePoint {
            start: point.start.clone(),
            revision: point.revision.clone(),
            value: point.mean.mean,
            interval: point.mean.interval,
            changed,
            words: words.to_owned(),
        }
    };
    SiteSeries {
        corpus: series.corpus.clone(),
        budget: series.budget.clone(),
        of: series.metric.clone(),
        unit: Some(series.unit),
        system: series.system.clone(),
        points: series.points.iter().map(point).collect(),
    }
}

/// Returns the speeds of records, a series for each machine, corpus, budget and system.
fn speeds(records: &[HistoryRecord]) -> Vec<SiteSeries> {
    let mut found: BTreeMap<[&str; 4], Vec<SitePoint>> = BTreeMap::new();
    for record in records {
        for (system, speed) in &record.docs_per_s {
            let key = [&record.corpus, &record.budget, &record.machine, system];
            let points = found.entry(key.map(String::as_str)).or_default();
            points.push(SitePoint {
                start: record.start.clone(),
                revision: record.revision.clone(),
                value: Some(*speed),
                interval: None,
                changed: None,
                words: String::new(),
            });
        }
    }
    let series = found
        .into_iter()
        .map(|([corpus, budget, machine, system], points)| SiteSeries {
            corpus: corpus.to_owned(),
            budget: budget.to_owned(),
            of: machine.to_owned(),
            unit: None,
            system: system.to_owned(),
            points,
        });
    series.collect()
}

/// Writes the files of a site into `folder`, removes pages of an earlier site that are no longer
/// in it, and returns the paths. Only an empty folder or an earlier site is written into.
fn write(folder: &Path, pages: &[SitePage]) -> Result<Vec<PathBuf>, Failure> {
    let earlier = earlier_pages(folder)?;
    for path in earlier
        .iter()
        .filter(|path| pages.iter().all(|it| it.path != **path))
    {
        let _ = fs::remove_file(folder.join(path)); // it may have been removed by hand
    }

    let refuse = |path: &Path, error| Failure::of(format!("{}: {error}", path.display()));
    let mut written = Vec::new();
    for page in pages {
        let path = folder.join(&page.path);
        let parent = path.parent().unwrap_or(folder);
        fs::create_dir_all(parent).map_err(|error| refuse(parent, error))?;
        write_at_once(&path, page.text.as_bytes()).map_err(Failure::of)?;
        written.push(path);
    }
    Ok(written)
}

/// Returns the paths of the pages of an earlier site in `folder`; none if the folder is empty or
/// not there.
fn earlier_pages(folder: &Path) -> Result<Vec<String>, Failure> {
    let is_empty = fs::read_dir(folder).is_ok_and(|mut it| it.next().is_none());
    if !folder.exists() || is_empty {
        return Ok(Vec::new());
    }

    let list = fs::read_to_string(folder.join(LIST)).unwrap_or_default();
    let list: Value = serde_json::from_str(&list).unwrap_or_default();
    let Some(pages) = list["pages"].as_array() else {
        return Err(Failure::input(format!(
            "{}: it holds other files than those of an earlier site, which has a `{LIST}`\nhint: `--output` names a folder that is empty or not there yet",
            folder.display()
        )));
    };
    // what somebody else wrote there cannot lead to other files
    let is_page = |path: &&str| {
        let name = path.strip_prefix("runs/").unwrap_or(path);
        let is_plain = name
            .chars()
            .all(|it| it.is_ascii_alphanumeric() || "._-".contains(it));
        is_plain && Path::new(name).extension().is_some_and(|it| it == "html")
    };
    let pages = pages.iter().filter_map(Value::as_str).filter(is_page);
    Ok(pages.map(str::to_owned).collect())
}

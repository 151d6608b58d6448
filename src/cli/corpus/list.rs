//! `epitome corpus list`, `show` and `formats`.

use clap::Args;
use serde_json::{Value, json};

use crate::{
    cli::{
        failure::{Code, Failure},
        output::Output,
        width::columns,
    },
    corpus::{CorpusLock, CorpusManifest, import::FORMATS},
    name::FileName,
    report::{Grid, GridCell, terminal},
};

use super::library::LibraryArgs;

/// List corpora.
#[derive(Debug, Args)]
pub(super) struct ListArgs {
    #[command(flatten)]
    library: LibraryArgs,
    /// JSON instead of text
    #[arg(long)]
    json: bool,
}

/// Row of a corpus.
struct Row {
    name: String,
    task: &'static str,
    language: String,
    records: Option<u64>,
    here: Vec<String>,
    title: String,
}

impl ListArgs {
    pub(super) fn run(self) -> Result<Code, Failure> {
        let library = self.library.library();
        let mut rows = Vec::new();
        let here = library.names()?;
        let splits = |name: &str| -> Result<Vec<String>, Failure> {
            let lock = CorpusLock::read(&library.folder(name))?;
            Ok(lock
                .map(|lock| lock.splits.into_keys().collect())
                .unwrap_or_default())
        };

        for (name, manifest) in CorpusManifest::all() {
            let counts = manifest.splits.values().map(|split| split.records);
            rows.push(Row {
                name: name.to_owned(),
                task: manifest.task.name(),
                language: manifest.language,
                records: Some(counts.sum()).filter(|records| *records > 0),
                here: splits(name)?,
                title: manifest.title,
            });
        }
        for name in here
            .iter()
            .filter(|name| CorpusManifest::named(name).is_none())
        {
            rows.push(Row {
                name: name.clone(),
                task: "",
                language: String::new(),
                records: None,
                here: splits(name)?,
                title: String::new(),
            });
        }

        let mut output = Output::new();
        if self.json {
            let row = |row: &Row| {
                json!({
                    "name": row.name, "task": row.task, "language": row.language,
                    "records": row.records, "here": row.here, "title": row.title,
                })
            };
            let rows: Vec<Value> = rows.iter().map(row).collect();
            output.answer("corpus list", &json!({ "corpora": rows }))?;
            output.finish()?;
            return Ok(Code::Fine);
        }

        let row = |row: Row| {
            let records = row.records.map(|records| records.to_string());
            let texts = [
                row.name,
                row.task.to_owned(),
                row.language,
                row.here.join(" "),
                row.title,
                records.unwrap_or_default(),
            ];
            texts.map(GridCell::text).to_vec()
        };
        let header = ["corpus", "task", "lang", "here", "title", "documents"];
        let grid = Grid {
            header: header.map(str::to_owned).to_vec(),
            words: 5,
            rows: rows.into_iter().map(row).collect(),
            ..Grid::default()
        };
        for line in terminal(&grid, Some(columns())).lines() {
            output.line(line.strip_prefix(' ').unwrap_or(line))?;
        }
        output.finish()?;
        Ok(Code::Fine)
    }
}

/// Show a corpus.
#[derive(Debug, Args)]
pub(super) struct ShowArgs {
    /// Name of the corpus, as `epitome corpus list` shows it
    name: FileName,
    #[command(flatten)]
    library: LibraryArgs,
    /// JSON instead of TOML
    #[arg(long)]
    json: bool,
}

impl ShowArgs {
    pub(super) fn run(self) -> Result<Code, Failure> {
        let manifest = CorpusManifest::named(self.name.as_str());
        let lock = CorpusLock::read(&self.library.library().folder(self.name.as_str()))?;
        if manifest.is_none() && lock.is_none() {
            return Err(Failure::input(format!(
                "no corpus `{}` is known or imported\nhint: `epitome corpus list` shows all",
                self.name
            )));
        }

        let mut output = Output::new();
        if self.json {
            let found = json!({ "manifest": manifest, "imported": lock });
            output.answer("corpus show", &found)?;
            output.finish()?;
            return Ok(Code::Fine);
        }

        if let Some(manifest) = manifest {
            output.text(&toml::to_string_pretty(&manifest).map_err(Failure::of)?)?;
        }
        if let Some(lock) = lock {
            output.line("")?;
            output.line("# imported")?;
            output.text(&toml::to_string_pretty(&lock).map_err(Failure::of)?)?;
        }
        output.finish()?;
        Ok(Code::Fine)
    }
}

/// List formats.
#[derive(Debug, Args)]
pub(super) struct FormatsArgs {
    /// JSON instead of text
    #[arg(long)]
    json: bool,
}

impl FormatsArgs {
    pub(super) fn run(self) -> Result<Code, Failure> {
        let mut output = Output::new();
        let width = FORMATS
            .iter()
            .map(|format| format.name.len())
            .max()
            .unwrap_or(0);
        if self.json {
            let formats = FORMATS.iter();
            let formats = formats.map(|it| json!({ "name": it.name, "about": it.about }));
            let formats: Vec<Value> = formats.collect();
            output.answer("corpus formats", &json!({ "formats": formats }))?;
        } else {
            for format in FORMATS {
                output.line(&format!("{:width$}  {}", format.name, format.about))?;
            }
        }
        output.finish()?;
        Ok(Code::Fine)
    }
}

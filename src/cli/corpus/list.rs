//! `epitome corpus list`, `show` and `formats`.

use clap::Args;
use comfy_table::{CellAlignment, ContentArrangement, Table, TableStyle};
use serde_json::json;

use crate::{
    cli::{
        failure::{Code, Failure},
        output::Output,
    },
    corpus::{CorpusLock, CorpusManifest, import::FORMATS},
    name::FileName,
};

use super::library::LibraryArgs;

/// How to list.
#[derive(Debug, Args)]
pub(super) struct ListArgs {
    #[command(flatten)]
    library: LibraryArgs,
    /// One JSON object a line
    #[arg(long)]
    json: bool,
}

/// What a corpus's row shows.
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
            for row in rows {
                output.json(&json!({
                    "name": row.name, "task": row.task, "language": row.language,
                    "records": row.records, "here": row.here, "title": row.title,
                }))?;
            }
            output.finish()?;
            return Ok(Code::Fine);
        }
        let mut table = Table::new();
        table
            .load_style(TableStyle::new())
            .set_content_arrangement(ContentArrangement::Disabled)
            .set_header(["corpus", "task", "lang", "documents", "here", "title"]);
        for row in rows {
            let records = row.records.map(|records| records.to_string());
            table.add_row([
                row.name,
                row.task.to_owned(),
                row.language,
                records.unwrap_or_default(),
                row.here.join(" "),
                row.title,
            ]);
        }
        if let Some(column) = table.column_mut(3) {
            column.set_cell_alignment(CellAlignment::Right);
        }
        for line in table.lines() {
            output.line(line.trim())?;
        }
        output.finish()?;
        Ok(Code::Fine)
    }
}

/// Which corpus to show.
#[derive(Debug, Args)]
pub(super) struct ShowArgs {
    /// A name that `epitome corpus list` shows
    name: FileName,
    #[command(flatten)]
    library: LibraryArgs,
}

impl ShowArgs {
    pub(super) fn run(self) -> Result<Code, Failure> {
        let manifest = CorpusManifest::named(self.name.as_str());
        let lock = CorpusLock::read(&self.library.library().folder(self.name.as_str()))?;
        if manifest.is_none() && lock.is_none() {
            return Err(Failure::input(format!(
                "no corpus `{}` is known or here\nhint: `epitome corpus list` shows what is",
                self.name
            )));
        }
        let mut output = Output::new();
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

/// How to list formats.
#[derive(Debug, Args)]
pub(super) struct FormatsArgs {
    /// One JSON object a line
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
        for format in FORMATS {
            if self.json {
                output.json(&json!({"name": format.name, "about": format.about}))?;
            } else {
                output.line(&format!("{:width$}  {}", format.name, format.about))?;
            }
        }
        output.finish()?;
        Ok(Code::Fine)
    }
}

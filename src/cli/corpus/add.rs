//! `epitome corpus add`: a corpus in its own format, kept as JSON Lines with a lock.

use std::path::PathBuf;

use clap::Args;

use crate::{
    cli::{
        failure::{Code, Failure},
        output::{Output, say},
    },
    corpus::{
        ColumnNames, CorpusLock, CorpusManifest, Library, column_name,
        import::{ImportError, ImportFormat, ImportLimits, ImportOptions, Tree},
    },
    name::FileName,
    report::formulas,
    spec::SpecError,
};

use super::library::LibraryArgs;

/// What to read, as what.
#[derive(Debug, Args)]
pub(super) struct AddArgs {
    /// What to call it; the name of a known corpus is checked against what is published
    name: String,
    /// Folder, archive (.zip, .tar, .tar.gz, .tar.zst) or file
    path: PathBuf,
    /// Format; found by looking at the files without it
    #[arg(long, value_name = "FORMAT")]
    format: Option<String>,
    /// Language of every document; the format's own without it
    #[arg(long, value_name = "CODE")]
    lang: Option<String>,
    /// Split of every document; as folders and file names say without it
    #[arg(long, value_name = "NAME")]
    split: Option<String>,
    /// Which columns or fields hold what: `text=body,summaries=abstract`
    #[arg(long, value_name = "WHAT=COLUMN", value_delimiter = ',', value_parser = column_name)]
    columns: Vec<(String, String)>,
    /// Replace the corpus of this name that is here
    #[arg(long)]
    replace: bool,
    /// Show every warning that was kept
    #[arg(long)]
    warnings: bool,
    #[command(flatten)]
    library: LibraryArgs,
}

/// How many warnings are shown without `--warnings`.
const SHOWN: usize = 5;

impl AddArgs {
    pub(super) fn run(self) -> Result<Code, Failure> {
        let library = self.library.library();
        self.check_is_new(&library)?;
        let tree = Tree::open(&self.path, ImportLimits::STANDARD)?;
        let format = match &self.format {
            Some(name) => ImportFormat::named(name).ok_or_else(|| {
                let names = crate::corpus::import::FORMATS
                    .iter()
                    .map(|format| format.name);
                SpecError::unknown_name("format", name, names)
            })?,
            None => ImportFormat::of(&tree).ok_or_else(|| ImportError::NoFormat {
                path: self.path.clone(),
            })?,
        };
        let options = ImportOptions {
            language: self.lang,
            columns: ColumnNames::new(self.columns).map_err(Failure::input)?,
            split: self.split,
        };
        let (findings, lock) = library.add(&self.name, &tree, format, &options)?;
        let mut output = Output::new();
        output.line(&format!("read as {}: {}", format.name, format.about))?;
        for (name, split) in &findings.splits {
            let path = library.split(&self.name, name);
            let mut parts = vec![format!("{} records", split.records)];
            for (count, what) in [
                (split.summaries, "summaries"),
                (split.keyphrases, "keyphrases"),
            ] {
                if count > 0 {
                    parts.push(format!("{count} {what}"));
                }
            }
            output.line(&format!(
                "{name}: {}, {:.1} MB of text → {}",
                parts.join(", "),
                split.bytes as f64 / 1e6,
                path.display()
            ))?;
        }
        let shown = if self.warnings { usize::MAX } else { SHOWN };
        for warning in findings.warnings.iter().take(shown) {
            say(&format!("warning: {warning}"));
        }
        if findings.warned > 0 {
            let hidden = findings.warnings.len() > shown;
            let hint = if hidden {
                "; `--warnings` shows the others"
            } else {
                ""
            };
            say(&format!("{} warnings in all{hint}", findings.warned));
        }
        if findings.formulas > 0 {
            say(&format!("note: {}", formulas(findings.formulas)));
        }
        if let Some(manifest) = CorpusManifest::named(&self.name) {
            for (split, problem) in super::verify::differences(&manifest, &lock) {
                say(&format!("note: {}:{split}: {problem}", self.name));
            }
        }
        output.finish()?;
        Ok(Code::Fine)
    }
}

impl AddArgs {
    /// Refuses a name that is taken, unless its corpus is to be replaced.
    fn check_is_new(&self, library: &Library) -> Result<(), Failure> {
        let is_name = FileName::new(&self.name).is_ok(); // others are refused with a reason
        let lock = match is_name && !self.replace {
            true => CorpusLock::read(&library.folder(&self.name))?,
            false => None,
        };
        let Some(lock) = lock else { return Ok(()) };
        let records: u64 = lock.splits.values().map(|split| split.records).sum();
        let name = &self.name;
        Err(Failure::input(format!(
            "a corpus `{name}` of {records} records is here already\nhint: `--replace` replaces it"
        )))
    }
}

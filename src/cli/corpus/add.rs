//! `epitome corpus add`: imports a corpus from its own format as JSON Lines with a lock file.

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

/// Import a corpus.
#[derive(Debug, Args)]
pub(super) struct AddArgs {
    /// Name of the corpus; a known one is compared with its published version
    name: String,
    /// Folder, archive (.zip, .tar, .tar.gz, .tar.zst) or file
    path: PathBuf,
    /// Format [default: detected from the files]
    #[arg(long, value_name = "FORMAT")]
    format: Option<String>,
    /// Language of every document [default: that of the format]
    #[arg(long, value_name = "CODE")]
    lang: Option<String>,
    /// Split of every document [default: derived from folders and file names]
    #[arg(long, value_name = "NAME")]
    split: Option<String>,
    /// Columns or fields by role: `text=body,summaries=abstract`
    #[arg(long, value_name = "WHAT=COLUMN", value_delimiter = ',', value_parser = column_name)]
    columns: Vec<(String, String)>,
    /// Replace an imported corpus of this name
    #[arg(long)]
    replace: bool,
    /// Show all warnings that are stored, not only the first
    #[arg(long)]
    warnings: bool,
    #[command(flatten)]
    library: LibraryArgs,
}

/// Number of warnings that are shown without `--warnings`.
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
                (split.answers, "answers"),
                (split.evidence, "passages of evidence"),
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
    /// Returns an error if there is an imported corpus of the name, unless it is to be replaced.
    fn check_is_new(&self, library: &Library) -> Result<(), Failure> {
        let is_name = FileName::new(&self.name).is_ok(); // `Library::add` refuses other names
        let lock = match is_name && !self.replace {
            true => CorpusLock::read(&library.folder(&self.name))?,
            false => None,
        };
        let Some(lock) = lock else { return Ok(()) };
        let records: u64 = lock.splits.values().map(|split| split.records).sum();
        let name = &self.name;
        Err(Failure::input(format!(
            "a corpus `{name}` of {records} records was imported before\nhint: `--replace` replaces it"
        )))
    }
}

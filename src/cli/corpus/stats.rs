//! `epitome corpus stats`: statistics of corpora.

use std::{num::NonZero, path::Path};

use clap::Args;

use crate::{
    cli::{
        arguments::FormatArgs,
        failure::{Code, Failure},
        interrupt::Wish,
        output::{Output, say},
        progress::Bar,
        width::columns,
    },
    corpus::{Corpus, CorpusLock, CorpusOpener, Library, Subset},
    report::{TableFormat, draw_survey},
    run::{Plan, cores},
    survey::survey,
};

use super::{super::arguments::jobs, library::LibraryArgs};

/// Describe corpora.
#[derive(Debug, Args)]
pub(super) struct StatsArgs {
    /// `sampler`, JSON Lines files, folders of texts, imported corpora (`inspec` for all of
    /// its splits, `inspec:test` for one) [default: all imported corpora]
    #[arg(value_name = "CORPUS")]
    names: Vec<String>,
    /// Random sample of N documents of each corpus, drawn with `--seed`
    #[arg(long, value_name = "N")]
    sample: Option<usize>,
    /// Seed of the sample
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,
    /// Use an imported corpus even if it differs from its lock file
    #[arg(long)]
    allow_drift: bool,
    /// Show all repeated texts, not only the first
    #[arg(long)]
    repeats: bool,
    /// Number of threads [default: number of cores]
    #[arg(long, short, value_name = "N", value_parser = jobs)]
    jobs: Option<NonZero<usize>>,
    #[command(flatten)]
    format: FormatArgs,
    #[command(flatten)]
    library: LibraryArgs,
}

impl StatsArgs {
    pub(super) fn run(self) -> Result<Code, Failure> {
        let library = self.library.library();
        let names = match self.names.is_empty() {
            true => library.names()?,
            false => self.names,
        };

        let selection = Subset {
            sample: self.sample.map(|count| (count, self.seed)),
            ..Subset::default()
        };
        let known = CorpusOpener {
            library: library.clone(),
            allow_drift: self.allow_drift,
            selection,
            ..CorpusOpener::default()
        };
        let mut corpora: Vec<Box<dyn Corpus>> = Vec::new();
        for name in names {
            for split in splits(&library, &name)? {
                corpora.push(known.open(&split)?);
            }
        }
        if corpora.is_empty() {
            say("nothing to do: no corpus is imported, and none was named");
            return Ok(Code::NothingToDo);
        }
        Plan::check_names(&corpora)?;

        let bytes = corpora.iter().map(|corpus| corpus.bytes()).sum();
        let mut bar = Bar::new(bytes, false, &Wish::default());
        let found = survey(&corpora, self.jobs.unwrap_or(cores()), &mut bar);
        bar.finish();

        let format = self.format.format().unwrap_or_default();
        let drawn = draw_survey(&found?, format, Some(columns()), self.repeats)?;
        let mut output = Output::new();
        match format {
            TableFormat::Json => output.tables("corpus stats", "corpora", drawn)?,
            _ => output.text(&drawn)?,
        }
        output.finish()?;
        Ok(Code::Fine)
    }
}

/// Returns the corpora that a name means: all splits of an imported corpus, except judgements, or
/// the name itself.
fn splits(library: &Library, name: &str) -> Result<Vec<String>, Failure> {
    if Path::new(name).exists() || name.contains([':', '/', '=']) {
        return Ok(vec![name.to_owned()]);
    }
    let Some(lock) = CorpusLock::read(&library.folder(name))? else {
        return Ok(vec![name.to_owned()]);
    };
    let documents = lock
        .splits
        .keys()
        .filter(|split| !split.starts_with("judgements"));
    Ok(documents.map(|split| format!("{name}:{split}")).collect())
}

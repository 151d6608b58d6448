//! Arguments that several subcommands share.

use std::{
    num::NonZero,
    path::{Path, PathBuf},
};

use clap::{Args, ValueEnum};

use crate::{
    corpus::{ColumnNames, CorpusOpener, Library, Subset, SubsetCondition, column_name},
    harness::{Experiment, ExperimentCorpus, Placed},
    metric::Signature,
    rank::Budget,
    report::TableFormat,
    spec::Spec,
    text::{Language, LineEnds, Segmenter, boilerplate::Boilerplate},
};

use super::failure::Failure;

/// How long a summary may be.
#[derive(Debug, Clone, Copy, Args)]
#[group(multiple = false)]
pub(super) struct BudgetArgs {
    /// At most so many sentences a summary (the default, with 3)
    #[arg(long, value_name = "N", value_parser = some)]
    sentences: Option<usize>,
    /// At most so many words a summary
    #[arg(long, value_name = "N", value_parser = some)]
    words: Option<usize>,
    /// At most so many bytes a summary
    #[arg(long, value_name = "N", value_parser = some)]
    bytes: Option<usize>,
    /// This share of a document's sentences
    #[arg(long, value_name = "SHARE", value_parser = some_share)]
    ratio: Option<f64>,
}

impl BudgetArgs {
    pub(super) fn budget(self) -> Budget {
        match (self.sentences, self.words, self.bytes, self.ratio) {
            (_, Some(words), _, _) => Budget::Words(words),
            (_, _, Some(bytes), _) => Budget::Bytes(bytes),
            (_, _, _, Some(ratio)) => Budget::Ratio(ratio),
            (sentences, ..) => Budget::Sentences(sentences.unwrap_or(3)),
        }
    }
}

/// How long a summary may be; each of several is a part of the run.
#[derive(Debug, Clone, Args)]
#[group(multiple = false)]
pub(super) struct BudgetListArgs {
    /// At most so many sentences a summary (the default, with 3); several as `1,3`
    #[arg(long, value_name = "N", value_delimiter = ',')]
    sentences: Vec<usize>,
    /// At most so many words a summary; several as `50,100`
    #[arg(long, value_name = "N", value_delimiter = ',')]
    words: Vec<usize>,
    /// At most so many bytes a summary; several as `75,665`
    #[arg(long, value_name = "N", value_delimiter = ',')]
    bytes: Vec<usize>,
    /// This share of a document's sentences; several as `0.1,0.2`
    #[arg(long, value_name = "SHARE", value_delimiter = ',', value_parser = share)]
    ratio: Vec<f64>,
}

impl BudgetListArgs {
    /// Returns the budgets that were named; none if none was.
    pub(super) fn budgets(&self) -> Vec<Budget> {
        let sentences = self.sentences.iter().copied().map(Budget::Sentences);
        let words = self.words.iter().copied().map(Budget::Words);
        let bytes = self.bytes.iter().copied().map(Budget::Bytes);
        let ratio = self.ratio.iter().copied().map(Budget::Ratio);
        sentences.chain(words).chain(bytes).chain(ratio).collect()
    }
}

pub(super) fn share(text: &str) -> Result<f64, String> {
    let number = text
        .parse::<f64>()
        .ok()
        .filter(|share| (0.0..=1.0).contains(share));
    number.ok_or_else(|| "a share is a number from 0 to 1".to_owned())
}

/// A number above 0, without which nothing may be returned.
pub(super) fn some(text: &str) -> Result<usize, String> {
    let number = text.parse::<usize>().ok().filter(|number| *number > 0);
    number.ok_or_else(|| "a whole number above 0 is wanted".to_owned())
}

fn some_share(text: &str) -> Result<f64, String> {
    let found = share(text)?;
    let found = Some(found).filter(|share| *share > 0.0);
    found.ok_or_else(|| "a share above 0 is wanted".to_owned())
}

/// A metric: a spec such as `rouge-1(stemmer=true)`, or the signature that one printed.
pub(super) fn metric(text: &str) -> Result<Spec, String> {
    if !text.contains('|') {
        return text.parse::<Spec>().map_err(|error| error.to_string());
    }
    text.parse::<Signature>()
        .and_then(|signature| signature.spec())
        .map_err(|error| error.to_string())
}

/// The most threads that may be asked for.
const MOST_THREADS: usize = 1_024;

/// The most resamples: each costs eight bytes a system and metric.
const MOST_RESAMPLES: u32 = 100_000;

/// A number of threads.
pub(super) fn jobs(text: &str) -> Result<NonZero<usize>, String> {
    let number = text.parse::<NonZero<usize>>().ok();
    number
        .filter(|jobs| jobs.get() <= MOST_THREADS)
        .ok_or_else(|| format!("a number from 1 to {MOST_THREADS} is wanted"))
}

/// A number of resamples; 0 leaves out what is made of them.
pub(super) fn resamples(text: &str) -> Result<u32, String> {
    text.parse::<u32>()
        .ok()
        .filter(|resamples| *resamples <= MOST_RESAMPLES)
        .ok_or_else(|| format!("a number from 0 to {MOST_RESAMPLES} is wanted"))
}

/// A number of resamples that a result cannot do without.
pub(super) fn some_resamples(text: &str) -> Result<u32, String> {
    resamples(text)
        .ok()
        .filter(|resamples| *resamples > 0)
        .ok_or_else(|| format!("a number from 1 to {MOST_RESAMPLES} is wanted"))
}

/// Which corpora, and how much of them.
#[derive(Debug, Clone, Args)]
pub(super) struct CorporaArgs {
    /// `sampler`, a file of records (JSON, CSV, TSV, `.source`; also `.gz`, `.zst`), `-`
    /// for one on standard input, a folder of texts or an imported `corpus:split`;
    /// `[0..500]` after it takes a part, `+shuffled` changes it, `name=` before it renames
    /// it; repeatable [default: sampler]
    #[arg(long, value_name = "CORPUS")]
    corpus: Vec<String>,
    /// Which columns or fields hold what: `text=body,summaries=abstract`; known names
    /// decide about others
    #[arg(long, value_name = "WHAT=COLUMN", value_delimiter = ',', value_parser = column_name)]
    columns: Vec<(String, String)>,
    /// Folder of imported corpora
    #[arg(long, value_name = "FOLDER", default_value = "corpora")]
    corpora: PathBuf,
    /// Take an imported corpus even where it is not what its lock says
    #[arg(long)]
    allow_drift: bool,
    /// Only so many documents of each corpus, drawn by the seed
    #[arg(long, value_name = "N")]
    sample: Option<usize>,
    /// Only documents that say they are in this language
    #[arg(long, value_name = "CODE")]
    language: Option<Language>,
    /// Only documents with such a count of words, bytes, summaries or keyphrases:
    /// `words<2000`; repeatable, all must hold
    #[arg(long = "where", value_name = "CONDITION")]
    conditions: Vec<SubsetCondition>,
}

impl CorporaArgs {
    /// Returns where corpora are looked up, and which columns hold what.
    pub(super) fn opener(&self) -> Result<CorpusOpener, Failure> {
        Ok(CorpusOpener {
            library: Library::at(&self.corpora),
            allow_drift: self.allow_drift,
            selection: Subset::default(),
            columns: ColumnNames::new(self.columns.clone()).map_err(Failure::input)?,
        })
    }

    /// Replaces what an experiment says of its corpora by what was named here.
    pub(super) fn override_in(&self, experiment: &mut Experiment) {
        if !self.corpus.is_empty() {
            let corpora = self.corpus.iter().map(|path| ExperimentCorpus {
                name: None,
                path: from_here(path, experiment),
                columns: Vec::new(),
                budgets: Vec::new(),
                limit: None,
            });
            experiment.corpora = corpora.map(Placed::nowhere).collect();
        }
        if !self.columns.is_empty() {
            for corpus in &mut experiment.corpora {
                corpus.value.columns.clone_from(&self.columns);
            }
        }
        experiment.sample = self.sample.or(experiment.sample);
        experiment.language = self.language.or(experiment.language);
        if !self.conditions.is_empty() {
            experiment.conditions.clone_from(&self.conditions);
        }
    }
}

/// Returns an argument that names a file or folder as the experiment finds it, which looks
/// in a folder of its own.
fn from_here(argument: &str, experiment: &Experiment) -> String {
    let name = argument.split(['[', '+']).next().unwrap_or(argument);
    let is_path = Path::new(argument).exists() || Path::new(name).exists();
    let here = std::path::absolute(argument).ok();
    match here.filter(|_| is_path && !experiment.folder.as_os_str().is_empty()) {
        Some(here) => here.display().to_string(),
        None => argument.to_owned(),
    }
}

/// How texts are read.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct TextArgs {
    /// Language of the text, such as `en`; `und` uses neither stemmer nor stop list
    #[arg(long, value_name = "CODE")]
    pub(super) lang: Option<Language>,
    /// Every line is a sentence, and none is looked for inside it
    #[arg(long, conflicts_with_all = ["segmenter", "lines"])]
    presplit: bool,
    /// What is made of line ends [default: auto]
    #[arg(long, value_enum)]
    lines: Option<LinesArg>,
    /// How sentences are found [default: own]
    #[arg(long, value_enum)]
    segmenter: Option<SegmenterArg>,
}

/// What is done about boilerplate.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct BoilerplateArgs {
    /// Whether the system sees what is probably boilerplate of a scraped page
    #[arg(long, value_enum, default_value = "drop")]
    boilerplate: BoilerplateArg,
}

/// Whether boilerplate is seen.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum BoilerplateArg {
    /// The system sees all of the text
    Keep,
    /// It is left out, and a note says how much
    Drop,
}

impl BoilerplateArgs {
    pub(super) fn boilerplate(self) -> Boilerplate {
        match self.boilerplate {
            BoilerplateArg::Keep => Boilerplate::Keep,
            BoilerplateArg::Drop => Boilerplate::Drop,
        }
    }
}

/// What is made of line ends inside a text.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum LinesArg {
    /// Paragraphs of hard-wrapped lines are joined, other lines are not; `inspect` shows which
    Auto,
    /// Every line end ends a sentence
    Sentences,
    /// Lines are joined up to a blank line, an item of a list or a row of a table
    Join,
}

/// The segmenters that find sentences inside lines.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum SegmenterArg {
    /// Ours, with rules by language
    Own,
    /// Unicode Standard Annex 29, the baseline
    Uax29,
}

impl TextArgs {
    pub(super) fn line_ends(self) -> LineEnds {
        self.named_line_ends().unwrap_or_default()
    }

    pub(super) fn segmenter(self) -> Segmenter {
        self.named_segmenter().unwrap_or_default()
    }

    /// Replaces what an experiment says of texts by what was named here.
    pub(super) fn override_in(self, experiment: &mut Experiment) {
        experiment.lang = self.lang.or(experiment.lang);
        experiment.lines = self.named_line_ends().or(experiment.lines);
        experiment.segmenter = self.named_segmenter().or(experiment.segmenter);
    }

    fn named_line_ends(self) -> Option<LineEnds> {
        match self.lines {
            _ if self.presplit => Some(LineEnds::Sentences),
            None => None,
            Some(LinesArg::Auto) => Some(LineEnds::Auto),
            Some(LinesArg::Sentences) => Some(LineEnds::Sentences),
            Some(LinesArg::Join) => Some(LineEnds::Join),
        }
    }

    fn named_segmenter(self) -> Option<Segmenter> {
        match self.segmenter {
            _ if self.presplit => Some(Segmenter::Lines),
            None => None,
            Some(SegmenterArg::Own) => Some(Segmenter::Own),
            Some(SegmenterArg::Uax29) => Some(Segmenter::Uax29),
        }
    }
}

/// How tables are drawn.
#[derive(Debug, Clone, Copy, Args)]
#[group(multiple = false)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag, one at most")]
pub(super) struct FormatArgs {
    /// Tables for a terminal
    #[arg(long)]
    text: bool,
    /// Markdown tables
    #[arg(long)]
    markdown: bool,
    /// LaTeX tables, for the package booktabs
    #[arg(long)]
    latex: bool,
    /// CSV in full precision
    #[arg(long)]
    csv: bool,
    /// JSON in full precision
    #[arg(long)]
    json: bool,
}

impl FormatArgs {
    /// The format that was asked for.
    pub(super) fn format(self) -> Option<TableFormat> {
        match self {
            Self { text: true, .. } => Some(TableFormat::Text),
            Self { markdown: true, .. } => Some(TableFormat::Markdown),
            Self { latex: true, .. } => Some(TableFormat::Latex),
            Self { csv: true, .. } => Some(TableFormat::Csv),
            Self { json: true, .. } => Some(TableFormat::Json),
            _ => None,
        }
    }
}

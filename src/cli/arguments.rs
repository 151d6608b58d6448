//! Arguments of several subcommands.

use std::{
    num::NonZero,
    path::{Path, PathBuf},
};

use clap::{Args, ValueEnum};

use crate::{
    Encoding,
    corpus::{ColumnNames, CorpusOpener, Library, Subset, SubsetCondition, column_name},
    harness::{Experiment, ExperimentCorpus, Placed},
    metric::Signature,
    rank::Budget,
    report::TableFormat,
    spec::Spec,
    text::{Language, LineEnds, Segmenter, boilerplate::Boilerplate},
};

use super::failure::Failure;

/// Maximum length of a summary.
#[derive(Debug, Clone, Copy, Args)]
#[group(multiple = false)]
pub(super) struct BudgetArgs {
    /// Maximum number of sentences of a summary (the default budget, with 3)
    #[arg(long, value_name = "N", value_parser = some)]
    sentences: Option<usize>,
    /// Maximum number of words of a summary
    #[arg(long, value_name = "N", value_parser = some)]
    words: Option<usize>,
    /// Maximum number of bytes of a summary
    #[arg(long, value_name = "N", value_parser = some)]
    bytes: Option<usize>,
    /// Share of the sentences of a document, above 0 and at most 1
    #[arg(long, value_name = "SHARE", value_parser = some_share)]
    ratio: Option<f64>,
    /// Maximum number of tokens of a language model, with `--encoding`
    #[arg(long, value_name = "N", value_parser = some, requires = "encoding")]
    tokens: Option<usize>,
}

/// The vocabulary of budgets in tokens.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct EncodingArgs {
    /// Vocabulary of the tokens of `--tokens`: `o200k_base` or `cl100k_base`
    #[arg(
        long,
        value_name = "NAME",
        requires = "tokens",
        conflicts_with_all = ["sentences", "words", "bytes", "ratio"]
    )]
    encoding: Option<Encoding>,
}

impl BudgetArgs {
    pub(super) fn budget(self, encoding: EncodingArgs) -> Budget {
        match (self.sentences, self.words, self.bytes, self.ratio) {
            (_, Some(words), _, _) => Budget::Words(words),
            (_, _, Some(bytes), _) => Budget::Bytes(bytes),
            (_, _, _, Some(ratio)) => Budget::Ratio(ratio),
            (sentences, ..) => match (self.tokens, encoding.encoding) {
                (Some(most), Some(encoding)) => Budget::Tokens { most, encoding },
                _ => Budget::Sentences(sentences.unwrap_or(3)),
            },
        }
    }
}

/// Maximum lengths of summaries; each is a part of the run.
#[derive(Debug, Clone, Args)]
#[group(multiple = false)]
pub(super) struct BudgetListArgs {
    /// Maximum number of sentences of a summary (the default budget, with 3); several as `1,3`
    #[arg(long, value_name = "N", value_delimiter = ',')]
    sentences: Vec<usize>,
    /// Maximum number of words of a summary; several as `50,100`
    #[arg(long, value_name = "N", value_delimiter = ',')]
    words: Vec<usize>,
    /// Maximum number of bytes of a summary; several as `75,665`
    #[arg(long, value_name = "N", value_delimiter = ',')]
    bytes: Vec<usize>,
    /// Share of the sentences of a document, above 0 and at most 1; several as `0.1,0.2`
    #[arg(long, value_name = "SHARE", value_delimiter = ',', value_parser = share)]
    ratio: Vec<f64>,
    /// Maximum number of tokens of a language model, with `--encoding`; several as `500,1000`
    #[arg(long, value_name = "N", value_delimiter = ',', requires = "encoding")]
    tokens: Vec<usize>,
}

impl BudgetListArgs {
    /// Returns the budgets of the arguments; none if there are no such arguments.
    pub(super) fn budgets(&self, encoding: EncodingArgs) -> Vec<Budget> {
        let sentences = self.sentences.iter().copied().map(Budget::Sentences);
        let words = self.words.iter().copied().map(Budget::Words);
        let bytes = self.bytes.iter().copied().map(Budget::Bytes);
        let ratio = self.ratio.iter().copied().map(Budget::Ratio);
        let tokens = encoding.encoding.into_iter().flat_map(|encoding| {
            let all = self.tokens.iter().copied();
            all.map(move |most| Budget::Tokens { most, encoding })
        });
        let lengths = sentences.chain(words).chain(bytes).chain(ratio);
        lengths.chain(tokens).collect()
    }
}

/// Parses a share from 0 to 1.
pub(super) fn share(text: &str) -> Result<f64, String> {
    let number = text
        .parse::<f64>()
        .ok()
        .filter(|share| (0.0..=1.0).contains(share));
    number.ok_or_else(|| "a share is a number from 0 to 1".to_owned())
}

/// Parses a number above 0.
pub(super) fn some(text: &str) -> Result<usize, String> {
    let number = text.parse::<usize>().ok().filter(|number| *number > 0);
    number.ok_or_else(|| "it must be a whole number above 0".to_owned())
}

/// Parses a share above 0.
fn some_share(text: &str) -> Result<f64, String> {
    let found = share(text)?;
    let found = Some(found).filter(|share| *share > 0.0);
    found.ok_or_else(|| "it must be a share above 0".to_owned())
}

/// Parses a metric: a spec such as `rouge-1(stemmer=true)`, or a signature as tables have it.
pub(super) fn metric(text: &str) -> Result<Spec, String> {
    if !text.contains('|') {
        return text.parse::<Spec>().map_err(|error| error.to_string());
    }
    text.parse::<Signature>()
        .and_then(|signature| signature.spec())
        .map_err(|error| error.to_string())
}

/// Maximum number of threads.
const MOST_THREADS: usize = 1_024;

/// Maximum number of resamples; each takes eight bytes for each system and metric.
const MOST_RESAMPLES: u32 = 100_000;

/// Parses a number of threads.
pub(super) fn jobs(text: &str) -> Result<NonZero<usize>, String> {
    let number = text.parse::<NonZero<usize>>().ok();
    number
        .filter(|jobs| jobs.get() <= MOST_THREADS)
        .ok_or_else(|| format!("it must be a number from 1 to {MOST_THREADS}"))
}

/// Parses a number of resamples; 0 leaves out intervals and ranks.
pub(super) fn resamples(text: &str) -> Result<u32, String> {
    text.parse::<u32>()
        .ok()
        .filter(|resamples| *resamples <= MOST_RESAMPLES)
        .ok_or_else(|| format!("it must be a number from 0 to {MOST_RESAMPLES}"))
}

/// Parses a number of resamples above 0, for results that are computed from resamples only.
pub(super) fn some_resamples(text: &str) -> Result<u32, String> {
    resamples(text)
        .ok()
        .filter(|resamples| *resamples > 0)
        .ok_or_else(|| format!("it must be a number from 1 to {MOST_RESAMPLES}"))
}

/// Corpora, and parts of them.
#[derive(Debug, Clone, Args)]
pub(super) struct CorporaArgs {
    /// `sampler`, a file of records (JSON, CSV, TSV, `.source`; also `.gz`, `.zst`), `-` for
    /// standard input, a folder of texts or an imported `corpus:split`; `[0..500]` after it
    /// selects a part, `+shuffled` perturbs it, `name=` before it renames it; repeatable
    /// [default: sampler]
    #[arg(long, value_name = "CORPUS")]
    corpus: Vec<String>,
    /// Columns or fields by role: `text=body,summaries=abstract`; others are recognised by
    /// known names
    #[arg(long, value_name = "WHAT=COLUMN", value_delimiter = ',', value_parser = column_name)]
    columns: Vec<(String, String)>,
    /// Folder of imported corpora
    #[arg(long, value_name = "FOLDER", default_value = "corpora")]
    corpora: PathBuf,
    /// Use an imported corpus even if it differs from its lock file
    #[arg(long)]
    allow_drift: bool,
    /// Random sample of N documents of each corpus, drawn with `--seed`
    #[arg(long, value_name = "N")]
    sample: Option<usize>,
    /// Only documents whose record states this language
    #[arg(long, value_name = "CODE")]
    language: Option<Language>,
    /// Only documents that satisfy a condition on the number of words, bytes, summaries or
    /// keyphrases: `words<2000`; repeatable, all must hold
    #[arg(long = "where", value_name = "CONDITION")]
    conditions: Vec<SubsetCondition>,
}

impl CorporaArgs {
    /// Returns how corpora are opened: the library, and the roles of columns.
    pub(super) fn opener(&self) -> Result<CorpusOpener, Failure> {
        Ok(CorpusOpener {
            library: Library::at(&self.corpora),
            allow_drift: self.allow_drift,
            selection: Subset::default(),
            columns: ColumnNames::new(self.columns.clone()).map_err(Failure::input)?,
        })
    }

    /// Returns whether corpora or a subset of them are named.
    pub(super) fn names_any(&self) -> bool {
        !self.corpus.is_empty() || self.sample.is_some() || self.language.is_some()
    }

    /// Overrides the corpora of an experiment by those of the arguments.
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

/// Returns the absolute path of an argument that is a file or folder, since an experiment resolves
/// relative paths in its own folder; other arguments do not change.
fn from_here(argument: &str, experiment: &Experiment) -> String {
    let name = argument.split(['[', '+']).next().unwrap_or(argument);
    let is_path = Path::new(argument).exists() || Path::new(name).exists();
    let here = std::path::absolute(argument).ok();
    match here.filter(|_| is_path && !experiment.folder.as_os_str().is_empty()) {
        Some(here) => here.display().to_string(),
        None => argument.to_owned(),
    }
}

/// Settings of the analysis of texts.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct TextArgs {
    /// Language of the text, such as `en`; `und` uses neither stemmer nor stop list
    #[arg(long, value_name = "CODE")]
    pub(super) lang: Option<Language>,
    /// Take every line as one sentence, without a segmenter
    #[arg(long, conflicts_with_all = ["segmenter", "lines"])]
    presplit: bool,
    /// Treatment of line ends [default: auto]
    #[arg(long, value_enum)]
    lines: Option<LinesArg>,
    /// Segmenter of sentences [default: own]
    #[arg(long, value_enum)]
    segmenter: Option<SegmenterArg>,
}

/// Treatment of boilerplate.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct BoilerplateArgs {
    /// Treatment of sentences that are probably boilerplate of a scraped page
    #[arg(long, value_enum, default_value = "drop")]
    boilerplate: BoilerplateArg,
}

/// Treatment of boilerplate.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum BoilerplateArg {
    /// The system sees the whole text
    Keep,
    /// They are left out, and a note says how many
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

/// Treatment of line ends inside a text.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum LinesArg {
    /// Paragraphs of hard-wrapped lines are joined, other lines are not; `inspect` shows which
    Auto,
    /// Every line end ends a sentence
    Sentences,
    /// Lines are joined up to a blank line, an item of a list or a row of a table
    Join,
}

/// Segmenters of sentences.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum SegmenterArg {
    /// Epitome's, with rules for each language
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

    /// Overrides the settings of an experiment by those of the arguments.
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

/// Format of tables.
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
    /// Returns the format of the arguments; `None` if there is no such argument.
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

//! Where a run's numbers come from: `manifest.json`.

use std::{fs, io, path::Path};

use serde::{Deserialize, Serialize};

use epitome_base::spec::Built;
use epitome_corpora::{Address, Corpus};
use epitome_metrics::{Average, Better, Metric, Task};
use epitome_text::{LANGUAGES, LineEnds, Segmenter};

use super::{
    Allowance, Contents, JudgePlan, Kind, Plan, ReferenceLetters, StoreError, Unread,
    clock,
};

/// The recipe of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// The shape of this file: [`Manifest::FORMAT`].
    pub format: u32,
    /// Version of the program.
    pub epitome: String,
    /// What it was built with.
    pub rustc: String,
    /// The revision that the program was built from, if it is known.
    pub git: Option<String>,
    /// The model of the processor.
    pub cpu: Option<String>,
    /// How many cores there were.
    pub cores: usize,
    /// The operating system.
    pub os: String,
    /// The command.
    pub argv: Vec<String>,
    /// When it began.
    pub start: String,
    /// When it was taken up again.
    #[serde(default)]
    pub resumed: Vec<String>,
    /// When it came to its end.
    pub end: Option<String>,
    /// Whether it came there.
    pub complete: bool,
    /// Threads.
    pub jobs: usize,
    /// Seed of what is drawn at random.
    pub seed: u64,
    /// Resamples of the intervals.
    pub resamples: u32,
    /// Everything that decides the rows, line by line; its digest names the folder.
    #[serde(default)]
    pub plan: Vec<String>,
    /// The language of every document, where it was not left to the corpora.
    #[serde(default)]
    pub language: Option<String>,
    /// How sentences were found.
    #[serde(default)]
    pub segmenter: Segmenter,
    /// What was made of line ends inside a text. Builds that did not say so took each for
    /// the end of a sentence.
    #[serde(default = "every_line_end")]
    pub lines: LineEnds,
    /// Systems in table order.
    pub systems: Vec<SystemRecipe>,
    /// Metrics in table order.
    pub metrics: Vec<MetricRecipe>,
    /// Metrics that drop letters of references.
    #[serde(default)]
    pub unread: Vec<Unread>,
    /// Corpora.
    pub corpora: Vec<CorpusRecipe>,
    /// The corpus of document frequencies, where it is not the one that was run on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub background: Option<CorpusRecipe>,
    /// What the words of each language went through.
    pub analysis: Vec<LanguageRecipe>,
    /// Digests of the files of the run, once it is complete.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contents: Option<Contents>,
}

/// A system of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SystemRecipe {
    /// Its canonical name.
    pub name: String,
    /// What it does.
    pub task: Task,
    /// Whether it is a system or what systems are measured against.
    #[serde(default)]
    pub kind: Kind,
    /// How long its outputs may be.
    pub budget: Allowance,
    /// Where it has document frequencies from.
    pub document_frequencies: String,
    /// The version of a plugin.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// What starts a plugin.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub command: Option<String>,
}

/// A metric of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MetricRecipe {
    /// Its canonical name.
    pub name: String,
    /// Everything that changes its value.
    pub signature: String,
    /// What it measures.
    pub task: Task,
    /// Which values are good.
    pub better: Better,
    /// How scores are averaged.
    pub average: Average,
    /// The lowest value; `None` if there is none.
    #[serde(default)]
    pub lowest: Option<f64>,
    /// The highest value; `None` if there is none.
    #[serde(default)]
    pub highest: Option<f64>,
    /// Whether it was added after the run, from stored extracts.
    #[serde(default)]
    pub added: bool,
}

/// A corpus of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CorpusRecipe {
    /// What it is called in tables.
    pub name: String,
    /// Where it was, in words.
    pub origin: String,
    /// Where it was, to open it again.
    pub address: Address,
    /// Digest of its contents.
    pub blake3: String,
    /// The letters of its references, if they were counted.
    #[serde(default)]
    pub letters: ReferenceLetters,
}

/// What a language's words went through.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LanguageRecipe {
    /// Its code.
    pub language: String,
    /// The stemmer.
    pub stemmer: String,
    /// The stop list.
    pub stop_words: String,
}

impl MetricRecipe {
    /// The recipe of a metric.
    pub fn of(metric: &Built<dyn Metric>) -> Self {
        Self {
            name: metric.name.clone(),
            signature: metric.value.signature().to_string(),
            task: metric.value.task(),
            better: metric.value.scale().better,
            average: metric.value.average(),
            lowest: metric.value.scale().low,
            highest: metric.value.scale().high,
            added: false,
        }
    }
}

impl CorpusRecipe {
    /// The recipe of a corpus with such contents.
    pub(super) fn of(corpus: &dyn Corpus, digest: blake3::Hash) -> Self {
        let (name, origin) = (corpus.name().to_owned(), corpus.origin());
        let letters = ReferenceLetters::default();
        let (address, blake3) = (corpus.address(), digest.to_hex().to_string());
        Self { name, origin, address, blake3, letters }
    }
}

fn every_line_end() -> LineEnds {
    LineEnds::Sentences
}

impl Manifest {
    /// The shape of the file that this version writes and reads.
    pub const FORMAT: u32 = 2;

    /// The recipe of a run that begins now.
    pub fn begin(plan: &Plan, argv: Vec<String>, resamples: u32) -> Self {
        let systems = plan.systems.iter().map(|system| {
            let (version, command) =
                system.origin().map(|it| (it.version, it.command)).unzip();
            SystemRecipe {
                name: system.name.clone(),
                task: system.task(),
                kind: system.kind(),
                budget: plan.allowance(system),
                document_frequencies: match &plan.background {
                    _ if !system.needs().corpus() => "none",
                    Some(_) => "background",
                    None => "self",
                }
                .to_owned(),
                version,
                command,
            }
        });
        let corpora = plan.corpora.iter().map(AsRef::as_ref).zip(&plan.digests);
        let analysis = LANGUAGES.iter().map(|entry| LanguageRecipe {
            language: entry.code.to_owned(),
            stemmer: entry.stemmer_name(),
            stop_words: entry.stop_list_name(),
        });
        let mut manifest = Self {
            seed: plan.seed,
            jobs: plan.jobs.get(),
            resamples,
            unread: plan.unread.clone(),
            plan: plan.recipe(),
            language: plan.language.map(|language| language.code().to_owned()),
            segmenter: plan.segmenter,
            lines: plan.line_ends,
            systems: systems.collect(),
            background: plan.background.as_ref().map(|it| it.corpus.clone()),
            analysis: analysis.collect(),
            ..Self::now(&plan.metrics, corpora, argv)
        };
        for (recipe, letters) in manifest.corpora.iter_mut().zip(&plan.letters) {
            recipe.letters = *letters;
        }
        manifest
    }

    /// The recipe of a judgement of metrics that begins now. No system runs and no text is
    /// analysed.
    pub fn of_judging(plan: &JudgePlan, argv: Vec<String>) -> Self {
        Self {
            seed: plan.seed,
            jobs: plan.jobs.get(),
            resamples: plan.resamples,
            ..Self::now(&plan.metrics, plan.corpora(), argv)
        }
    }

    fn now<'a>(
        metrics: &[Built<dyn Metric>],
        corpora: impl Iterator<Item = (&'a dyn Corpus, &'a blake3::Hash)>,
        argv: Vec<String>,
    ) -> Self {
        let corpora = corpora.map(|(corpus, digest)| CorpusRecipe::of(corpus, *digest));
        Self {
            format: Self::FORMAT,
            epitome: env!("CARGO_PKG_VERSION").to_owned(),
            rustc: env!("EPITOME_RUSTC").to_owned(),
            git: Some(env!("EPITOME_REVISION").to_owned()).filter(|it| !it.is_empty()),
            cpu: cpu_model(),
            cores: std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
            os: std::env::consts::OS.to_owned(),
            argv,
            start: clock::timestamp(),
            resumed: Vec::new(),
            end: None,
            complete: false,
            jobs: 1,
            seed: 0,
            resamples: 0,
            plan: Vec::new(),
            language: None,
            segmenter: Segmenter::default(),
            lines: LineEnds::default(),
            systems: Vec::new(),
            metrics: metrics.iter().map(MetricRecipe::of).collect(),
            unread: Vec::new(),
            corpora: corpora.collect(),
            background: None,
            analysis: Vec::new(),
            contents: None,
        }
    }

    /// Notes that the run has come to its end.
    pub fn end(&mut self) {
        self.end = Some(clock::timestamp());
        self.complete = true;
    }

    /// Notes that the run was taken up again.
    pub fn resume(&mut self) {
        self.resumed.push(clock::timestamp());
        self.complete = false;
        self.contents = None;
    }

    /// Reads `manifest.json` in `folder`; `None` where there is none.
    ///
    /// # Errors
    /// The file cannot be read, or is no manifest of this version.
    pub fn read(folder: &Path) -> Result<Option<Self>, StoreError> {
        let path = folder.join(FILE);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(StoreError::new(&path, error)),
        };
        let refuse = |error| StoreError::new(&path, io::Error::from(error));
        let format = serde_json::from_str::<Format>(&text).map_err(refuse)?.format;
        if format != Self::FORMAT {
            let (version, wanted) = (env!("CARGO_PKG_VERSION"), Self::FORMAT);
            let problem = format!(
                "it is a manifest of format {format}, and epitome {version} reads format {wanted}"
            );
            return Err(StoreError::broken(&path, problem));
        }
        serde_json::from_str(&text).map(Some).map_err(refuse)
    }

    /// Writes `manifest.json` into `folder`, at once.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn write(&self, folder: &Path) -> Result<(), StoreError> {
        let path = folder.join(FILE);
        let refuse = |error: io::Error| StoreError::new(&path, error);
        let mut text =
            serde_json::to_string_pretty(self).map_err(|e| refuse(e.into()))?;
        text.push('\n');
        write_at_once(&path, text.as_bytes())
    }
}

const FILE: &str = "manifest.json";

/// What every manifest says first; the first ones did not.
#[derive(Deserialize)]
struct Format {
    #[serde(default = "first_format")]
    format: u32,
}

fn first_format() -> u32 {
    1
}

/// Writes a file such that it is never seen in part: under another name first.
///
/// # Errors
/// The file cannot be written.
pub fn write_at_once(path: &Path, content: &[u8]) -> Result<(), StoreError> {
    let mut draft = path.as_os_str().to_owned();
    draft.push(".draft");
    fs::write(&draft, content)
        .and_then(|()| fs::rename(&draft, path))
        .map_err(|error| StoreError::new(path, error))
}

fn cpu_model() -> Option<String> {
    let text = fs::read_to_string("/proc/cpuinfo").ok()?;
    let line = text.lines().find(|line| line.starts_with("model name"))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

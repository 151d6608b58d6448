//! What a run finds out about one document.

use serde_json::{Value, json};

use epitome_corpora::{Record, reads_as_formula};
use epitome_metrics::{Score, Statistics};
use epitome_plugin::{Answer, Clocks, Fault};
use epitome_systems::keywords::Keyphrase;
use epitome_systems::rank::Selection;
use epitome_text::{Document, Language};

use super::failure::RowFailure;

/// How a cell of a table came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    /// Scored.
    Ok,
    /// The document has no reference for the metric: not scored, not in n.
    NoReference,
    /// The metric's tokeniser drops most of the reference: not scored, not in n.
    UnreadableReference,
    /// The metric looks at no reference, and its tokeniser drops most of the source: not
    /// scored, not in n.
    UnreadableSource,
    /// The metric's protocol leaves the document out: not scored, not in n.
    LeftOut,
    /// The system or the metric failed: the metric's [worst score](epitome_metrics::Metric::failed),
    /// in n; where there is none not scored, not in n.
    Failed(RowFailure),
}

impl Status {
    /// Whether the system or the metric failed on a document that the metric would have scored.
    pub fn is_failure(&self) -> bool {
        matches!(self, Self::Failed(_))
    }

    /// The status that rows call `name`. What is known of a failure stands in other rows.
    pub(super) fn named(name: &str) -> Option<Self> {
        let of_failure = |fault| {
            Self::Failed(RowFailure {
                fault,
                message: String::new(),
            })
        };
        let known = [
            Self::Ok,
            Self::NoReference,
            Self::UnreadableReference,
            Self::UnreadableSource,
            Self::LeftOut,
        ];
        let found = known.into_iter().find(|status| status.name() == name);
        found.or_else(|| Fault::named(name).map(of_failure))
    }

    /// What rows call it; of a failure, the name of its fault.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::NoReference => "no reference",
            Self::UnreadableReference => "unreadable reference",
            Self::UnreadableSource => "unreadable source",
            Self::LeftOut => "left out",
            Self::Failed(failure) => failure.fault.name(),
        }
    }
}

/// One document under every system.
#[derive(Debug)]
pub struct DocumentOutcome {
    /// Index of the corpus in the plan.
    pub corpus: usize,
    /// The document's id.
    pub id: String,
    /// Where the record stands, for messages.
    pub place: String,
    /// What is known of it beside what systems did.
    pub about: About,
    /// One for each system of the plan.
    pub systems: Vec<SystemOutcome>,
}

impl DocumentOutcome {
    /// Whether a spreadsheet takes its id for a formula.
    pub fn id_reads_as_formula(&self) -> bool {
        reads_as_formula(&self.id)
    }
}

/// What is known of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// BLAKE3 of text, title, references and where the documents of a cluster begin: equal
    /// in two runs where the document is.
    pub digest: String,
    /// The code of the language it was read in.
    pub language: String,
    /// Sentences.
    pub sentences: u64,
    /// Words.
    pub words: u64,
}

impl About {
    /// Checks a language that was read from a file: nothing but the code of one is taken,
    /// since it names parts of pages.
    pub(super) fn check_language(code: &str) -> Result<(), String> {
        let known = code.parse::<Language>().ok();
        match known.is_some_and(|known| known.code() == code) {
            true => Ok(()),
            false => Err(format!("{code:?} is the code of no language")),
        }
    }

    /// What is known of a record as it was analysed.
    pub(super) fn of(record: &Record, document: &Document) -> Self {
        let sentences = document.sentences();
        let words: usize = sentences
            .iter()
            .map(|sentence| document.words(sentence))
            .sum();
        Self {
            digest: Self::digest(record),
            language: document.language().code().to_owned(),
            sentences: sentences.len() as u64,
            words: words as u64,
        }
    }

    /// The digest of a record.
    pub(super) fn digest(record: &Record) -> String {
        let mut hasher = blake3::Hasher::new();
        let mut add = |text: &str| {
            hasher.update(&(text.len() as u64).to_le_bytes());
            hasher.update(text.as_bytes());
        };
        add(&record.text);
        add(&record.title);
        for list in [&record.summaries, &record.keyphrases] {
            add(&list.len().to_string());
            for text in list {
                add(text);
            }
        }
        if record.documents.len() > 1 {
            for start in &record.documents {
                add(&start.to_string());
            }
        }
        hasher.finalize().to_hex()[..32].to_owned()
    }
}

/// What a system returned, or why it failed.
pub(super) type SystemResult = Result<Extract, RowFailure>;

/// What one system did with one document.
#[derive(Debug)]
pub struct SystemOutcome {
    /// What it gave; nothing when it failed.
    pub extract: Option<Extract>,
    /// Why it failed, when it did.
    pub failure: Option<RowFailure>,
    /// How long a plugin took.
    pub clocks: Option<Clocks>,
    /// One for each metric of the plan that measures the system's task.
    pub cells: Vec<ScoreCell>,
}

impl SystemOutcome {
    /// Whether it failed, or a metric did on what it gave.
    pub fn has_failed(&self) -> bool {
        self.failure.is_some() || self.cells.iter().any(|cell| cell.status.is_failure())
    }
}

/// One observation.
#[derive(Debug)]
pub struct ScoreCell {
    /// Index of the metric in the plan.
    pub metric: usize,
    /// Sufficient statistics; those of nothing where nothing was measured.
    pub statistics: Statistics,
    /// `None` where there is nothing to score against.
    pub score: Option<Score>,
    /// How it came about.
    pub status: Status,
    /// The mean score with each reference left out in turn, in runs that show people and
    /// of documents with several references: see
    /// [`LeavingOneOut`](super::LeavingOneOut).
    pub leaving_one_out: Option<Score>,
}

/// What a system gave.
#[derive(Debug)]
pub enum Extract {
    /// A summary.
    Summary {
        /// Sentence indices in document order: numbers in the document as it was given.
        picks: Vec<u32>,
        /// Of a cluster: the document that each pick stands in, counted from 0.
        documents: Option<Vec<usize>>,
        /// The picks, the best first.
        ranked: Vec<u32>,
        /// A score for every sentence, where the system has one; not a number for one
        /// that it did not see.
        scores: Option<Vec<f64>>,
        /// The picked sentences, one a line.
        text: String,
        /// Words of the picked sentences.
        words: usize,
    },
    /// A text of the system's own words.
    Text {
        /// As it was given.
        text: String,
        /// Its words, between white space.
        words: usize,
    },
    /// Keyphrases, the best first.
    Keyphrases {
        /// Them.
        phrases: Vec<Keyphrase>,
        /// How they were found: [`KeywordExtractor::signature`](epitome_systems::keywords::KeywordExtractor::signature).
        signature: String,
    },
}

/// A keyphrase as results have it: `text`, `score`, and the bytes of each occurrence.
pub fn keyphrase_json(found: &Keyphrase) -> Value {
    let offsets: Vec<[u32; 2]> = found
        .occurrences
        .iter()
        .map(|span| [span.start, span.end])
        .collect();
    json!({ "text": found.text, "score": found.score, "offsets": offsets })
}

impl Extract {
    /// The picked sentences of a document as the system saw it.
    pub fn summary(document: &Document, selection: Selection) -> Self {
        let picks = selection.in_document_order();
        let sentences = document.sentences();
        let words = picks
            .iter()
            .map(|&pick| document.words(&sentences[pick as usize]))
            .sum();
        let texts: Vec<&str> = picks
            .iter()
            .map(|&pick| document.sentence_text(pick as usize))
            .collect();
        let place = |&pick: &u32| document.document_of(pick as usize);
        let documents = document
            .is_cluster()
            .then(|| picks.iter().map(place).collect());
        let Selection {
            picks: ranked,
            scores,
        } = selection.of_whole(document);
        let picks = picks
            .into_iter()
            .map(|pick| document.number_of(pick))
            .collect();
        Self::Summary {
            text: texts.join("\n"),
            words,
            picks,
            documents,
            ranked,
            scores,
        }
    }

    /// The first of several texts; an empty one where there is none.
    pub(super) fn first_of(texts: &[String]) -> Self {
        let text = texts.first().cloned().unwrap_or_default();
        let words = text.split_whitespace().count();
        Self::Text { text, words }
    }

    /// What a plugin gave for a document. A phrase without a score has its place from the
    /// end as one.
    pub(super) fn of_plugin(document: &Document, answer: Answer) -> Self {
        match answer {
            Answer::Picks(selection) => Self::summary(document, selection),
            Answer::Text(text) => {
                let words = text.split_whitespace().count();
                Self::Text { text, words }
            }
            Answer::Phrases(phrases) => {
                let count = phrases.len();
                let phrase = |(at, (text, score)): (usize, (String, Option<f64>))| {
                    let score = score.unwrap_or((count - at) as f64);
                    Keyphrase {
                        text,
                        score,
                        occurrences: Vec::new(),
                    }
                };
                let phrases = phrases.into_iter().enumerate().map(phrase).collect();
                Self::Keyphrases {
                    phrases,
                    signature: String::new(),
                }
            }
        }
    }

    /// The sentences it picked, the best first; none for keyphrases and texts of other
    /// words.
    pub(super) fn ranked(&self) -> Vec<usize> {
        match self {
            Self::Summary { ranked, .. } => {
                ranked.iter().map(|&pick| pick as usize).collect()
            }
            Self::Text { .. } | Self::Keyphrases { .. } => Vec::new(),
        }
    }

    /// What metrics see: the text, or each phrase.
    pub(super) fn segments(&self) -> impl Iterator<Item = &str> + Clone {
        let (text, phrases) = match self {
            Self::Summary { text, .. } | Self::Text { text, .. } => {
                (Some(text.as_str()), [].as_slice())
            }
            Self::Keyphrases { phrases, .. } => (None, phrases.as_slice()),
        };
        text.into_iter()
            .chain(phrases.iter().map(|phrase| phrase.text.as_str()))
    }

    /// Its length in words: UAX#29 words of picked sentences, words between white space
    /// of phrases and of texts.
    pub fn words(&self) -> usize {
        match self {
            Self::Summary { words, .. } | Self::Text { words, .. } => *words,
            Self::Keyphrases { phrases, .. } => phrases
                .iter()
                .map(|phrase| phrase.text.split_whitespace().count())
                .sum(),
        }
    }
}

//! The outcome of a run for one document: what each system returned, and the cells that
//! metrics made of it.

use serde_json::{Value, json};

use epitome_corpora::{Record, reads_as_formula};
use epitome_metrics::{Score, Statistics};
use epitome_plugin::{Answer, Clocks, Fault};
use epitome_systems::keywords::Keyphrase;
use epitome_systems::rank::Selection;
use epitome_text::{Document, Language};

use super::failure::RowFailure;

/// The status of a cell: whether a score is known and, if not, why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    /// The output was scored.
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
    /// The system or the metric failed: the cell has the metric's [worst
    /// score](epitome_metrics::Metric::failed) and is in n; if there is no worst score it
    /// is not scored and not in n.
    Failed(RowFailure),
}

impl Status {
    /// Returns whether the system or the metric failed on a document that the metric
    /// would have scored.
    pub fn is_failure(&self) -> bool {
        matches!(self, Self::Failed(_))
    }

    /// Returns the status that rows call `name`, or `None` if there is no such status.
    /// The message of a failure is in other rows, and empty here.
    pub(in crate::run) fn named(name: &str) -> Option<Self> {
        let known = [
            Self::Ok,
            Self::NoReference,
            Self::UnreadableReference,
            Self::UnreadableSource,
            Self::LeftOut,
        ];
        let found = known.into_iter().find(|status| status.name() == name);

        found.or_else(|| {
            let fault = Fault::named(name)?;
            Some(Self::Failed(RowFailure {
                fault,
                message: String::new(),
            }))
        })
    }

    /// Returns the name of the status in rows; for a failure, the name of its fault.
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

/// The outcome of every system for one document. Made by a worker, or read from stored
/// rows.
#[derive(Debug)]
pub struct DocumentOutcome {
    /// The index of the corpus in the plan.
    pub corpus: usize,
    /// The id of the document.
    pub id: String,
    /// The place of the record, for messages.
    pub place: String,
    /// Properties of the document itself.
    pub about: About,
    /// The outcome of each system of the plan, in table order.
    pub systems: Vec<SystemOutcome>,
}

impl DocumentOutcome {
    /// Returns the failure of a system or metric whose plugin could not be started, which is
    /// no outcome; `None` if there is none.
    pub(in crate::run) fn not_started(&self) -> Option<&RowFailure> {
        self.systems.iter().find_map(SystemOutcome::not_started)
    }

    /// Returns whether a spreadsheet reads the id as a formula.
    pub fn id_reads_as_formula(&self) -> bool {
        reads_as_formula(&self.id)
    }
}

/// Properties of a document that do not depend on systems.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// The BLAKE3 digest of text, title, references and the beginnings of a cluster's
    /// documents: equal in two runs if the document is.
    pub digest: String,
    /// The code of the language in which the document was read.
    pub language: String,
    /// The number of sentences.
    pub sentences: u64,
    /// The number of words.
    pub words: u64,
}

impl About {
    /// Checks a language that was read from a file. Only the code of a language is
    /// accepted, since it names parts of pages.
    pub(in crate::run) fn check_language(code: &str) -> Result<(), String> {
        let known = code.parse::<Language>().ok();
        match known.is_some_and(|known| known.code() == code) {
            true => Ok(()),
            false => Err(format!("{code:?} is the code of no language")),
        }
    }

    /// Returns the properties of a record and its analysed document.
    pub(in crate::run) fn of(record: &Record, document: &Document) -> Self {
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

    /// Returns the digest of a record: 32 hexadecimal digits.
    pub(in crate::run) fn digest(record: &Record) -> String {
        let mut hasher = blake3::Hasher::new();
        // lengths keep two records from having the same bytes with other borders
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

        // a single document has the digest that it had before there were clusters
        if record.documents.len() > 1 {
            for start in &record.documents {
                add(&start.to_string());
            }
        }

        hasher.finalize().to_hex()[..32].to_owned()
    }
}

/// The output of a system, or why it failed.
pub(in crate::run) type SystemResult = Result<Extract, RowFailure>;

/// The outcome of one system for one document.
#[derive(Debug)]
pub struct SystemOutcome {
    /// The output of the system; `None` if it failed.
    pub extract: Option<Extract>,
    /// Why the system failed; `None` if it did not.
    pub failure: Option<RowFailure>,
    /// The times that a plugin took; `None` for other systems.
    pub clocks: Option<Clocks>,
    /// The cell of each metric of the plan that measures outputs of this kind.
    pub cells: Vec<ScoreCell>,
}

impl SystemOutcome {
    /// Returns the failure of the system, or of a metric, whose plugin could not be started;
    /// `None` if there is none.
    fn not_started(&self) -> Option<&RowFailure> {
        let of_metrics = self.cells.iter().filter_map(|cell| match &cell.status {
            Status::Failed(failure) => Some(failure),
            _ => None,
        });
        let mut failures = self.failure.iter().chain(of_metrics);
        failures.find(|it| it.fault == Fault::NotStarted)
    }

    /// Returns whether the system failed, or a metric failed on its output.
    pub fn has_failed(&self) -> bool {
        self.failure.is_some() || self.cells.iter().any(|cell| cell.status.is_failure())
    }
}

/// One observation: the score of a system's output for one document by one metric.
#[derive(Debug)]
pub struct ScoreCell {
    /// The index of the metric in the plan.
    pub metric: usize,
    /// The sufficient statistics of the score; empty ones if nothing was measured.
    pub statistics: Statistics,
    /// The score; `None` if there is nothing to score against.
    pub score: Option<Score>,
    /// Whether the output was scored and, if not, why.
    pub status: Status,
    /// The mean score with each reference left out in turn; see
    /// [`LeavingOneOut`](crate::run::LeavingOneOut). `None` if the run has no human upper
    /// bound or the document has fewer than two references.
    pub leaving_one_out: Option<Score>,
    /// What an external metric adds to the score; see
    /// [`ExternalMeasure::note`](epitome_metrics::ExternalMeasure::note).
    pub note: Option<String>,
}

/// The output of a system for one document.
#[derive(Debug)]
pub enum Extract {
    /// A summary of picked sentences.
    Summary {
        /// The indices of the picked sentences in document order, as numbers of the whole
        /// document.
        picks: Vec<u32>,
        /// The index of the document of a cluster that contains each pick, from 0; `None`
        /// if the record is no cluster.
        documents: Option<Vec<usize>>,
        /// The indices of the picked sentences, the best first.
        ranked: Vec<u32>,
        /// A score for every sentence; `None` if the system has none. A sentence that the
        /// system did not see has NaN.
        scores: Option<Vec<f64>>,
        /// The texts of the picked sentences, one on each line.
        text: String,
        /// The number of words in the picked sentences.
        words: usize,
    },
    /// A text in words of the system's own.
    Text {
        /// The text as the system returned it.
        text: String,
        /// The number of words between white space.
        words: usize,
    },
    /// Keyphrases, the best first.
    Keyphrases {
        /// The keyphrases, the best first.
        phrases: Vec<Keyphrase>,
        /// The recipe of the phrases:
        /// [`KeywordExtractor::signature`](epitome_systems::keywords::KeywordExtractor::signature).
        signature: String,
    },
}

/// Returns a keyphrase as JSON results have it: `text`, `score`, and in `offsets` the
/// first and past-the-end byte of each occurrence.
pub fn keyphrase_json(found: &Keyphrase) -> Value {
    let offsets: Vec<[u32; 2]> = found
        .occurrences
        .iter()
        .map(|span| [span.start, span.end])
        .collect();
    json!({ "text": found.text, "score": found.score, "offsets": offsets })
}

impl Extract {
    /// Returns the picked sentences of a document as the system saw it.
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

        let documents = document.is_cluster().then(|| {
            picks
                .iter()
                .map(|&pick| document.document_of(pick as usize))
                .collect()
        });

        // systems may see a part of a document; results have the numbers of the whole
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

    /// Returns the first of several texts, or an empty text if there are none.
    pub(in crate::run) fn first_of(texts: &[String]) -> Self {
        let text = texts.first().cloned().unwrap_or_default();
        let words = text.split_whitespace().count();
        Self::Text { text, words }
    }

    /// Returns the answer of a plugin for a document. A phrase without a score is scored
    /// by its place from the end.
    pub(in crate::run) fn of_plugin(document: &Document, answer: Answer) -> Self {
        match answer {
            Answer::Picks(selection) => Self::summary(document, selection),
            Answer::Text(text) => {
                let words = text.split_whitespace().count();
                Self::Text { text, words }
            }
            Answer::Phrases(phrases) => {
                let count = phrases.len();
                let phrases =
                    phrases.into_iter().enumerate().map(|(at, (text, score))| {
                        let score = score.unwrap_or((count - at) as f64);
                        Keyphrase {
                            text,
                            score,
                            occurrences: Vec::new(),
                        }
                    });
                Self::Keyphrases {
                    phrases: phrases.collect(),
                    signature: String::new(),
                }
            }
        }
    }

    /// Returns the indices of the picked sentences, the best first; none for keyphrases
    /// and texts.
    pub(in crate::run) fn ranked(&self) -> Vec<usize> {
        match self {
            Self::Summary { ranked, .. } => {
                ranked.iter().map(|&pick| pick as usize).collect()
            }
            Self::Text { .. } | Self::Keyphrases { .. } => Vec::new(),
        }
    }

    /// Returns what metrics measure: the text as one segment, or each phrase as a
    /// segment.
    pub(in crate::run) fn segments(&self) -> impl Iterator<Item = &str> + Clone {
        let (text, phrases) = match self {
            Self::Summary { text, .. } | Self::Text { text, .. } => {
                (Some(text.as_str()), [].as_slice())
            }
            Self::Keyphrases { phrases, .. } => (None, phrases.as_slice()),
        };
        text.into_iter()
            .chain(phrases.iter().map(|phrase| phrase.text.as_str()))
    }

    /// Returns the length in words: the words (UAX #29) of picked sentences, or the words
    /// between white space of phrases and texts.
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

//! Corpus statistics as a file. Parts of a corpus are counted by separate processes;
//! their files merge to the same bytes as the file of a single pass.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use serde::{Deserialize, Serialize};

use epitome_base::whole_file;
use epitome_text::{CorpusNeeds, CorpusStatistics, LineEnds, Segmenter};

use crate::run::{
    setup::{
        corpus_wide::{CorpusWide, Counted},
        work::Work,
    },
    storing::store_error::StoreError,
};

use super::sealed::{seal, unsealed};

/// The first line of a file of counts. The counts of stems follow it, then those of
/// phrases, both sorted, then an end marker with a digest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Header {
    /// The version of the program that counted.
    statistics: String,
    language: Option<String>,
    segmenter: Segmenter,
    lines: LineEnds,
    documents: u64,
    words: u64,
    stems: u64,
    phrases: Option<u64>,
    /// Whether n-grams are among the phrases.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    ngrams: bool,
}

/// Why a file of statistics cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CountsError {
    /// The file cannot be read, or is not a file of statistics.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file was counted with other settings than those of the run.
    #[error(
        "{path}: it was counted {found}, not {wanted}\nhint: give `epitome statistics` the same arguments"
    )]
    Other {
        /// The file of statistics.
        path: PathBuf,
        /// The settings with which it was counted.
        found: String,
        /// The settings with which the run counts.
        wanted: String,
    },
    /// A system needs frequencies of the whole corpus, but the run sees a part of it
    /// only.
    #[error(
        "`{system}` needs document frequencies of the whole corpus, and this is a part of it\nhint: `epitome statistics` counts all parts: `--corpus-statistics FILE`"
    )]
    Wanted {
        /// The name of the system.
        system: String,
    },
}

/// Returns the lines of a file with the statistics of a corpus, which were counted for
/// `work`.
pub fn counts_lines(work: &Work, counted: &CorpusWide) -> String {
    let nothing = CorpusStatistics::default();
    let statistics = counted.statistics.as_deref().unwrap_or(&nothing);
    let (stems, phrases) = (statistics.stems(), statistics.phrases());
    let header = Header {
        phrases: phrases.as_ref().map(|phrases| phrases.len() as u64),
        documents: counted.documents,
        words: statistics.words(),
        stems: stems.len() as u64,
        ..header_of(work)
    };

    let mut text = json(&header);
    for stem in stems {
        text += &json(&stem);
    }
    for phrase in phrases.unwrap_or_default() {
        text += &json(&phrase);
    }
    seal(text)
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("numbers and texts are JSON") + "\n"
}

/// Returns the header of a file for `work` in which nothing has been counted yet.
fn header_of(work: &Work) -> Header {
    let wanted = wanted(work);
    Header {
        statistics: env!("CARGO_PKG_VERSION").to_owned(),
        language: work
            .reading
            .language
            .map(|language| language.code().to_owned()),
        segmenter: work.reading.segmenter,
        lines: work.reading.line_ends,
        documents: 0,
        words: 0,
        stems: 0,
        phrases: (wanted.phrases || wanted.ngrams).then_some(0),
        ngrams: wanted.ngrams,
    }
}

/// Returns what has to be counted for the systems of `work`: nothing about words if their
/// frequencies come from a background corpus.
fn wanted(work: &Work) -> CorpusNeeds {
    match work.background {
        Some(_) => CorpusNeeds::default(),
        None => work.corpus_needs(),
    }
}

/// Returns the settings of a count in words, which two files must share to be merged.
fn how_counted(header: &Header) -> String {
    let language = header.language.as_deref().unwrap_or("detected");
    let with = if header.phrases.is_some() {
        "with"
    } else {
        "without"
    };
    let ngrams = if header.ngrams { " and n-grams" } else { "" };

    format!(
        "by version {}, {with} phrases{ngrams}, language {language}, segmenter {:?}, lines {:?}",
        header.statistics, header.segmenter, header.lines
    )
}

/// Reads files of statistics and merges their counts.
///
/// # Errors
/// Returns an error if one cannot be read, was cut off, or was counted in another way
/// than `work` does.
pub fn read_counts(work: &Work, paths: &[PathBuf]) -> Result<CorpusWide, CountsError> {
    let mut merged = Merged::nothing(work);
    for path in paths {
        merged.add(work, path, &read(path)?)?;
    }
    Ok(merged.shared(work))
}

/// Reads the frequencies of the corpus that `work` is done on from a file.
///
/// # Errors
/// Returns the errors of [`read_counts`].
pub fn counted(work: &Work, path: &Path) -> Result<Counted, CountsError> {
    let text = read(path)?;
    let mut merged = Merged::nothing(work);
    merged.add(work, path, &text)?;
    let digest = blake3::hash(text.as_bytes());
    Ok(Counted {
        corpus: merged.shared(work),
        digest,
    })
}

/// Checks that `work` has the frequencies that its systems need if its corpus is a part
/// of one.
///
/// # Errors
/// Returns an error if it has not.
pub fn check_counted(work: &Work) -> Result<(), CountsError> {
    if work.background.is_some() || work.counted.is_some() {
        return Ok(());
    }
    match work
        .systems
        .iter()
        .find(|system| system.corpus_needs().any())
    {
        Some(system) => Err(CountsError::Wanted {
            system: system.name.clone(),
        }),
        None => Ok(()),
    }
}

fn read(path: &Path) -> Result<String, StoreError> {
    let refuse = |error| StoreError::new(path, error);
    let bytes = whole_file::read_lines(path).map_err(refuse)?;
    String::from_utf8(bytes).map_err(|_| StoreError::broken(path, "it is not UTF-8"))
}

/// The sum of the counts in several files.
struct Merged {
    documents: u64,
    statistics: CorpusStatistics,
}

impl Merged {
    fn nothing(work: &Work) -> Self {
        Self {
            documents: 0,
            statistics: CorpusStatistics::new(wanted(work)),
        }
    }

    /// Returns the counts as far as the systems of `work` need them.
    fn shared(self, work: &Work) -> CorpusWide {
        let wanted = wanted(work);
        let statistics = wanted.any().then(|| Arc::new(self.statistics));
        CorpusWide {
            documents: self.documents,
            statistics,
        }
    }

    fn add(&mut self, work: &Work, path: &Path, text: &str) -> Result<(), CountsError> {
        let broken = |line: usize, problem: &str| {
            StoreError::broken(path, format!("line {line}: {problem}"))
        };
        let text = unsealed(text).map_err(|problem| StoreError::broken(path, problem))?;

        // the header comes first, and must be that of a file which this run would write
        let mut lines = text.split_inclusive('\n').zip(1..);
        let header = lines
            .next()
            .and_then(|(line, _)| serde_json::from_str(line).ok());
        let header: Header =
            header.ok_or_else(|| broken(1, "it is not a file of corpus statistics"))?;
        let (found, wanted) = (how_counted(&header), how_counted(&header_of(work)));
        if found != wanted {
            return Err(CountsError::Other {
                path: path.to_owned(),
                found,
                wanted,
            });
        }

        self.documents += header.documents;
        self.statistics.add_totals(header.documents, header.words);

        for _ in 0..header.stems {
            let (line, at) = lines.next().ok_or_else(|| broken(1, "it was cut off"))?;
            let (stem, documents, occurrences): (String, u64, u64) =
                serde_json::from_str(line)
                    .map_err(|_| broken(at, "it is not a stem with two counts"))?;
            self.statistics.add_stem(&stem, documents, occurrences);
        }

        for _ in 0..header.phrases.unwrap_or(0) {
            let (line, at) = lines.next().ok_or_else(|| broken(1, "it was cut off"))?;
            let (hash, documents) = serde_json::from_str(line)
                .map_err(|_| broken(at, "it is not a phrase with its count"))?;
            self.statistics.add_phrase(hash, documents);
        }

        match lines.next() {
            Some((_, at)) => Err(broken(at, "it goes on after its last count").into()),
            None => Ok(()),
        }
    }
}

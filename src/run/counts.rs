//! Corpus statistics as a file: counted in parts, merged to the same bytes as in one pass.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use serde::{Deserialize, Serialize};

use crate::text::{CorpusStatistics, Needs, Segmenter};

use super::{Counted, Plan, StoreError};

/// The first line. The counts of stems, and then those of phrases, follow it, sorted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Header {
    /// The version of the program that counted.
    statistics: String,
    language: Option<String>,
    segmenter: Segmenter,
    documents: u64,
    words: u64,
    stems: u64,
    phrases: Option<u64>,
}

/// Why a file of statistics cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CountsError {
    /// It cannot be read, or is none.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It was counted in another way.
    #[error(
        "{path}: it was counted {found}, not {wanted}\nhint: give `epitome statistics` the same arguments"
    )]
    Other {
        /// The file.
        path: PathBuf,
        /// How it was counted.
        found: String,
        /// How it should have been.
        wanted: String,
    },
    /// A system wants statistics of the whole corpus.
    #[error(
        "`{system}` wants document frequencies, and this is a part of a corpus\nhint: `epitome statistics` counts all parts: `--corpus-statistics FILE`"
    )]
    Wanted {
        /// The system.
        system: String,
    },
}

/// The lines of the statistics of a corpus that were counted under `plan`.
pub fn counts_lines(plan: &Plan, counted: &CorpusStatistics) -> String {
    let (stems, phrases) = (counted.stems(), counted.phrases());
    let header = Header {
        phrases: phrases.as_ref().map(|phrases| phrases.len() as u64),
        documents: counted.documents(),
        words: counted.words(),
        stems: stems.len() as u64,
        ..header_of(plan)
    };
    let mut text = json(&header);
    for stem in stems {
        text += &json(&stem);
    }
    for phrase in phrases.unwrap_or_default() {
        text += &json(&phrase);
    }
    text
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("numbers and texts are JSON") + "\n"
}

/// Where nothing was counted yet.
fn header_of(plan: &Plan) -> Header {
    Header {
        statistics: env!("CARGO_PKG_VERSION").to_owned(),
        language: plan.language.map(|language| language.code().to_owned()),
        segmenter: plan.segmenter,
        documents: 0,
        words: 0,
        stems: 0,
        phrases: plan.needs().phrases.then_some(0),
    }
}

/// Reads files of statistics and merges them.
///
/// # Errors
/// One cannot be read, was cut off, or was counted in another way than `plan` does.
pub fn read_counts(
    plan: &Plan,
    paths: &[PathBuf],
) -> Result<CorpusStatistics, CountsError> {
    let needs = Needs { phrases: plan.needs().phrases, ..Needs::default() };
    let mut merged = CorpusStatistics::new(needs);
    for path in paths {
        add(&mut merged, plan, path, &read(path)?)?;
    }
    Ok(merged)
}

/// Takes the frequencies of the corpus that `plan` runs on from a file.
///
/// # Errors
/// As for [`read_counts`].
pub fn counted(plan: &Plan, path: &Path) -> Result<Counted, CountsError> {
    let text = read(path)?;
    let needs = Needs { phrases: plan.needs().phrases, ..Needs::default() };
    let mut statistics = CorpusStatistics::new(needs);
    add(&mut statistics, plan, path, &text)?;
    let digest = blake3::hash(text.as_bytes());
    Ok(Counted { statistics: Arc::new(statistics), digest })
}

/// Checks that `plan` has the document frequencies that its systems want, where its
/// corpus is a part of one.
///
/// # Errors
/// It has not.
pub fn check_counted(plan: &Plan) -> Result<(), CountsError> {
    if plan.counted.is_some() || plan.background.is_some() {
        return Ok(());
    }
    match plan.systems.iter().find(|system| system.needs().corpus()) {
        Some(system) => Err(CountsError::Wanted { system: system.name.clone() }),
        None => Ok(()),
    }
}

fn read(path: &Path) -> Result<String, StoreError> {
    fs::read_to_string(path).map_err(|error| StoreError::new(path, error))
}

fn add(
    merged: &mut CorpusStatistics,
    plan: &Plan,
    path: &Path,
    text: &str,
) -> Result<(), CountsError> {
    let broken = |line: usize, problem: &str| {
        StoreError::broken(path, format!("line {line}: {problem}"))
    };
    let mut lines = text.split_inclusive('\n').zip(1..);
    let header = lines.next().and_then(|(line, _)| serde_json::from_str(line).ok());
    let header: Header =
        header.ok_or_else(|| broken(1, "it is not a file of corpus statistics"))?;
    let how = |header: &Header| {
        let language = header.language.as_deref().unwrap_or("detected");
        let phrases = if header.phrases.is_some() { "with" } else { "without" };
        format!(
            "by version {}, {phrases} phrases, language {language}, segmenter {:?}",
            header.statistics, header.segmenter
        )
    };
    let (found, wanted) = (how(&header), how(&header_of(plan)));
    if found != wanted {
        return Err(CountsError::Other { path: path.to_owned(), found, wanted });
    }
    merged.add_totals(header.documents, header.words);
    for _ in 0..header.stems {
        let (line, at) = lines.next().ok_or_else(|| broken(1, "it was cut off"))?;
        let (stem, documents, occurrences): (String, u64, u64) =
            serde_json::from_str(line)
                .map_err(|_| broken(at, "it is not a stem with two counts"))?;
        merged.add_stem(&stem, documents, occurrences);
    }
    for _ in 0..header.phrases.unwrap_or(0) {
        let (line, at) = lines.next().ok_or_else(|| broken(1, "it was cut off"))?;
        let (hash, documents) = serde_json::from_str(line)
            .map_err(|_| broken(at, "it is not a phrase with its count"))?;
        merged.add_phrase(hash, documents);
    }
    match lines.next() {
        Some((_, at)) => Err(broken(at, "it goes on after its last count").into()),
        None => Ok(()),
    }
}

//! The languages of the documents of a run: from the rows of its documents, or from the table of
//! counts that is kept where rows are not.

use std::{collections::BTreeMap, fs::File, io, path::Path};

use serde::Deserialize;

use super::error::SiteError;

/// Numbers of documents by corpus and by code of their language. A corpus of which nothing is
/// known has no entry.
pub type Languages = BTreeMap<String, BTreeMap<String, u64>>;

/// A row of `documents.csv`, which is one document, or of `languages.csv`, which has a count.
#[derive(Debug, Deserialize)]
struct LanguageRow {
    corpus: String,
    language: String,
    #[serde(default = "one")]
    documents: u64,
}

fn one() -> u64 {
    1
}

/// The file of rows that languages are read from.
pub(super) const DOCUMENTS: &str = "documents.csv";

/// Reads the languages of the run in `folder`: of `documents.csv`, or else of `languages.csv`
/// (`corpus,language,documents`). Returns no language if neither is there.
///
/// # Errors
/// Returns an error if a file cannot be read or parsed.
pub(super) fn read_languages(folder: &Path) -> Result<Languages, SiteError> {
    let mut found = Languages::new();
    for name in [DOCUMENTS, "languages.csv"] {
        let path = folder.join(name);
        let refuse = |error| SiteError::Languages {
            path: path.clone(),
            error,
        };
        let file = match File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(refuse(error.into())),
        };
        for row in csv::Reader::from_reader(file).deserialize() {
            let row: LanguageRow = row.map_err(refuse)?;
            let of_corpus = found.entry(row.corpus).or_default();
            *of_corpus.entry(row.language).or_default() += row.documents;
        }
        if !found.is_empty() {
            break;
        }
    }
    Ok(found)
}

/// Returns the codes of the languages of a corpus, the most frequent first; none if they are
/// unknown.
pub(super) fn codes(languages: &Languages, corpus: &str) -> Vec<String> {
    let counts = languages.get(corpus).into_iter().flatten();
    let mut counts: Vec<(&String, &u64)> = counts.collect();
    counts.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
    counts.into_iter().map(|(code, _)| code.clone()).collect()
}

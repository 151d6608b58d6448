//! The fingerprints of the documents that a fit looks at.

use std::{collections::BTreeSet, error::Error, fs, path::Path};

use epitome::metric::Task;

use crate::{Asked, corpora, idea::LIMIT};

/// Writes the fingerprints of the first documents of each corpus to `file`, in ascending order and
/// each once.
pub(crate) fn write(
    task: Task,
    asked: &Asked,
    file: &Path,
) -> Result<(), Box<dyn Error>> {
    let more: Vec<&str> = asked.more.iter().map(String::as_str).collect();
    let corpora = corpora::read(task, &asked.shared, &more)?;
    let first = corpora
        .iter()
        .flat_map(|corpus| corpus.texts.iter().take(LIMIT));
    let fingerprints: BTreeSet<u32> = first.map(|text| text.fingerprint).collect();
    let bytes: Vec<u8> = fingerprints
        .iter()
        .flat_map(|it| it.to_le_bytes())
        .collect();
    fs::write(file, bytes)?;
    Ok(())
}

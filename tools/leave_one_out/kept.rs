//! Scores of other systems, kept between calls.

use std::{error::Error, fs, path::Path};

use crate::{
    corpora::Corpus,
    idea::Measure,
    measure::{Named, Scores},
};

/// Returns the scores of the other systems on each corpus: those that are kept in a
/// folder, or else new ones, which are then kept there.
pub(crate) fn others<S: ?Sized>(
    folder: Option<&Path>,
    task: &str,
    systems: &[Named<S>],
    corpora: &[Corpus],
    measure: Measure<S>,
) -> Result<Vec<Vec<Scores>>, Box<dyn Error>> {
    let mut all = Vec::new();
    for corpus in corpora {
        let file =
            folder.map(|folder| folder.join(format!("{task}-{}.json", corpus.name)));
        let kept = file.as_deref().filter(|file| file.exists());
        let scores: Vec<Scores> = if let Some(file) = kept {
            serde_json::from_str(&fs::read_to_string(file)?)?
        } else {
            let scores = measure(systems, corpus, usize::MAX)?;
            if let Some(file) = file {
                fs::write(file, serde_json::to_string(&scores)?)?;
            }
            scores
        };
        let counts = scores.iter().flatten().map(Vec::len);
        if scores.len() != systems.len() || counts.min() != Some(corpus.texts.len()) {
            return Err(
                format!("the kept scores of {} are of others", corpus.name).into()
            );
        }
        eprintln!("{}: {} documents", corpus.name, corpus.texts.len());
        all.push(scores);
    }
    Ok(all)
}

//! Reads CNN/DailyMail stories (Hermann et al. 2015): `HASH.story` contains the
//! paragraphs of the article, then `@highlight` before each line of the summary.

use super::{
    error::ImportError,
    fields::note_encoding,
    format::ImportFormat,
    intake::{Intake, stem_of},
    tree::Tree,
};
use crate::record::Record;

pub(super) const FORMAT: ImportFormat = ImportFormat {
    name: "cnndm-stories",
    about: "HASH.story: an article, then @highlight before each line of the summary",
    fits,
    import,
};

fn fits(tree: &Tree) -> bool {
    tree.ending(".story").next().is_some()
}

fn import(intake: &mut Intake<'_>) -> Result<(), ImportError> {
    for path in intake.ending(".story") {
        let decoded = intake.text(&path)?;
        let mut parts = decoded.text.split("@highlight");
        let text = parts.next().unwrap_or_default().to_owned();

        let highlights: Vec<&str> = parts
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .collect();
        if highlights.is_empty() {
            intake.warn(&path, "no @highlight");
        }

        let mut record = Record {
            id: stem_of(&path, ".story").to_owned(),
            text,
            language: "en".into(),
            summaries: vec![highlights.join("\n")],
            ..Record::default()
        };
        note_encoding(&mut record, decoded.encoding);
        intake.document(&path, record)?;
    }
    Ok(())
}

//! Reads Inspec (Hulth 2003): `N.abstr` with title and abstract, `N.uncontr` and
//! `N.contr` with the indexers' free and thesaurus keyphrases.

use super::{
    error::ImportError,
    fields::{annotated, note_encoding},
    format::ImportFormat,
    intake::{Intake, folder_of, stem_of},
    markup::on_one_line,
    tree::Tree,
};
use crate::record::Record;

pub(super) const FORMAT: ImportFormat = ImportFormat {
    name: "inspec",
    about: "N.abstr with N.uncontr and N.contr beside it",
    fits,
    import,
};

fn fits(tree: &Tree) -> bool {
    tree.ending(".abstr").next().is_some()
}

/// Imports each abstract. The free keyphrases are the gold ones, as is usual; both lists
/// are in the metadata.
fn import(intake: &mut Intake<'_>) -> Result<(), ImportError> {
    for path in intake.ending(".abstr") {
        let id = stem_of(&path, ".abstr").to_owned();
        let decoded = intake.text(&path)?;
        let (title, text) = title_and_text(&decoded.text);
        let mut record = Record {
            id,
            title,
            text,
            language: "en".into(),
            ..Record::default()
        };
        note_encoding(&mut record, decoded.encoding);

        for (ending, annotator) in [("uncontr", "uncontrolled"), ("contr", "controlled")]
        {
            let beside = beside(&path, &record.id, ending);
            let found = intake.tree.has(&beside);

            let keys = intake.text_of(found.then_some(beside.as_str()), || {
                format!("{path}: there is no `{}.{ending}`", record.id)
            })?;
            let keys = keys.map(|keys| phrases(&keys.text)).unwrap_or_default();
            annotated(&mut record, annotator, &keys);
            if ending == "uncontr" {
                record.keyphrases = keys;
            }
        }
        intake.document(&path, record)?;
    }

    for path in [".uncontr", ".contr"].map(|it| intake.ending(it)).concat() {
        let id = path.rsplit_once('.').map_or("", |(id, _)| id);
        if !intake.tree.has(&format!("{id}.abstr")) {
            intake.warn(&path, "keyphrases of an abstract that is not there");
        }
    }
    Ok(())
}

/// Returns the path of the file of this id and ending in the folder of `path`.
fn beside(path: &str, id: &str, ending: &str) -> String {
    match folder_of(path) {
        "" => format!("{id}.{ending}"),
        folder => format!("{folder}/{id}.{ending}"),
    }
}

/// Returns title and abstract. The title is the first line with the lines after it that
/// begin with white space; lines of the abstract lose the tab before them.
fn title_and_text(text: &str) -> (String, String) {
    let mut lines = text.lines().peekable();
    let mut title = vec![lines.next().unwrap_or_default().trim()];
    while let Some(line) = lines.next_if(|line| line.starts_with(['\t', ' '])) {
        title.push(line.trim());
    }
    let text: Vec<&str> = lines
        .map(|line| line.trim_start_matches('\t').trim_end())
        .collect();
    (title.join(" "), text.join("\n"))
}

/// Returns phrases that are separated by `;` and may be broken over lines.
fn phrases(text: &str) -> Vec<String> {
    text.split(';')
        .map(on_one_line)
        .filter(|phrase| !phrase.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_may_go_on_in_indented_lines() {
        let (title, text) = title_and_text("One\n\ttwo\nThe text\n\tgoes on\n");
        assert_eq!(
            (title.as_str(), text.as_str()),
            ("One two", "The text\ngoes on")
        );
        assert_eq!(phrases("a b;\n\tc\n d; "), ["a b", "c d"]);
    }
}

//! Reads CoNLL-U and the seven columns of CoreNLP (`.conll`): words with parts of speech,
//! which systems see unchanged. `# newdoc id = X` begins a document; a file without it is
//! one document.

use super::{
    error::ImportError,
    format::ImportFormat,
    intake::{Intake, name_of, stem_of},
    references::References,
    tree::{Tree, ends},
};
use crate::record::Record;
use crate::tagged::Columns;

pub(super) const FORMAT: ImportFormat = ImportFormat {
    name: "conllu",
    about: "ID.conllu or ID.conll with parts of speech; ID.key, summaries/ID.txt or JSON beside them",
    fits,
    import,
};

fn fits(tree: &Tree) -> bool {
    tree.ending(".conllu")
        .chain(tree.ending(".conll"))
        .next()
        .is_some()
}

fn import(intake: &mut Intake<'_>) -> Result<(), ImportError> {
    let mut references = References::of(intake)?;
    for (ending, columns) in [(".conllu", Columns::Conllu), (".conll", Columns::CoreNlp)]
    {
        for path in intake.ending(ending) {
            let text = intake.text(&path)?.text;
            for part in parts(&text) {
                let tagged = match columns.read(part.text) {
                    Ok(tagged) => tagged,
                    Err((line, problem)) => {
                        let line = part.first_line + line;
                        intake.warn(&path, format!("line {line}: {problem}"));
                        continue;
                    }
                };

                let id = part.id.unwrap_or_else(|| stem_of(&path, ending));
                let mut record = Record {
                    id: id.to_owned(),
                    text: tagged.text().to_owned(),
                    tagged: Some(tagged),
                    language: language(&path),
                    ..Record::default()
                };
                references.add_to(intake, &path, &mut record)?;
                intake.document(&path, record)?;
            }
        }
    }
    references.finish(intake);
    Ok(())
}

/// A document in a file of columns.
struct Part<'a> {
    id: Option<&'a str>,
    text: &'a str,
    /// The number of lines of the file before it.
    first_line: usize,
}

/// Returns the documents of a file, without those that have no line of words.
fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = vec![Part {
        id: None,
        text: "",
        first_line: 0,
    }];
    // a document ends where the next begins, which is known only then
    let (mut start, mut at) = (0, 0);
    for (number, line) in text.split_inclusive('\n').enumerate() {
        if let Some(rest) = line.strip_prefix("# newdoc") {
            let id = rest.split_once('=').map(|(_, id)| id.trim());
            if let Some(last) = parts.last_mut() {
                last.text = &text[start..at];
            }
            parts.push(Part {
                id,
                text: "",
                first_line: number,
            });
            start = at;
        }
        at += line.len();
    }

    if let Some(last) = parts.last_mut() {
        last.text = &text[start..];
    }

    parts.retain(|part| {
        part.text
            .lines()
            .any(|line| !line.starts_with('#') && !line.trim().is_empty())
    });
    parts
}

/// Returns the language code of a treebank, which its file's name begins with:
/// `en_pud-ud-test.conllu`. Returns an empty text for other files.
fn language(path: &str) -> String {
    let name = name_of(path);
    let is_treebank = ends(name, ".conllu") && name.contains("-ud-");
    let code = name
        .split('_')
        .next()
        .filter(|code| is_treebank && code.len() == 2);
    code.unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_begin_where_a_comment_says_so() {
        let text = "# newdoc id = a\n1\tOne\n\n# newdoc id = b\n# text = Two\n1\tTwo\n";
        let found: Vec<_> = parts(text)
            .iter()
            .map(|part| (part.id, part.first_line))
            .collect();
        assert_eq!(found, [(Some("a"), 0), (Some("b"), 3)]);
        let whole: Vec<_> = parts("1\tOne\n").iter().map(|part| part.id).collect();
        assert_eq!(whole, [None]);
        assert!(parts("# newdoc\n\n").is_empty());
    }

    #[test]
    fn a_treebank_tells_its_language() {
        assert_eq!(language("x/fr_gsd-ud-dev.conllu"), "fr");
        assert_eq!(language("C-1.conllu"), "");
    }
}

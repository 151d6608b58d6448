//! Reads `ScisummNet` (Yasunaga et al. 2019): each paper is a folder with
//! `Reference_XML/ID.xml` and `summary/ID.scisummnet_human.txt`.

use quick_xml::{Reader, events::Event};

use super::{
    error::ImportError,
    fields::note,
    format::ImportFormat,
    intake::{Intake, folder_of, name_of, stem_of},
    markup::{CUT, broken_xml, without_tags},
    tree::Tree,
};
use crate::record::Record;

pub(super) const FORMAT: ImportFormat = ImportFormat {
    name: "scisummnet",
    about: "ID/Reference_XML/ID.xml with ID/summary/ID.scisummnet_human.txt",
    fits,
    import,
};

fn fits(tree: &Tree) -> bool {
    tree.ending(".scisummnet_human.txt").next().is_some()
}

/// Imports each paper. The first line of the summary is dropped if it repeats the title;
/// the abstract is part of the text and is in `meta.abstract` as well.
fn import(intake: &mut Intake<'_>) -> Result<(), ImportError> {
    for path in intake.ending(".xml") {
        let id = stem_of(&path, ".xml").to_owned();
        if name_of(folder_of(&path)) != "Reference_XML" {
            continue;
        }

        let text = intake.text(&path)?.text;
        let paper = match paper(&text) {
            Ok(paper) => paper,
            Err(problem) => {
                intake.warn(&path, problem);
                continue;
            }
        };

        let folder = folder_of(folder_of(&path));
        let summary = format!("{folder}/summary/{id}.scisummnet_human.txt");
        let summary = intake.tree.has(&summary).then_some(summary);
        let summary =
            intake.text_of(summary.as_deref(), || format!("{path}: no human summary"))?;

        let summary = summary.map(|summary| match summary.text.split_once('\n') {
            Some((first, rest)) if first.trim() == paper.title.trim() => rest.to_owned(),
            _ => summary.text,
        });

        let mut record = Record {
            id,
            title: paper.title,
            text: paper.sections.join("\n\n"),
            language: "en".into(),
            summaries: summary.into_iter().collect(),
            ..Record::default()
        };
        note(&mut record, "abstract", paper.summary);
        intake.document(&path, record)?;
    }
    Ok(())
}

#[derive(Default)]
struct Paper {
    title: String,
    /// The abstract, with a sentence on each line.
    summary: String,
    /// The sections with their headings, with a sentence on each line.
    sections: Vec<String>,
}

/// Returns the title, abstract and sections of a paper.
fn paper(text: &str) -> Result<Paper, String> {
    let mut reader = Reader::from_str(text);
    let mut paper = Paper::default();
    let mut sentence = String::new();
    let (mut depth, mut in_abstract, mut is_open) = (0, false, false);
    let mut section: Vec<String> = Vec::new();

    loop {
        let event = reader
            .read_event()
            .map_err(|error| broken_xml(text, reader.error_position(), error))?;
        match event {
            Event::Start(tag) => match tag.name().as_ref() {
                "PAPER" => is_open = true,
                "S" => sentence.clear(),
                "ABSTRACT" => (in_abstract, depth) = (true, depth + 1),
                "SECTION" => {
                    depth += 1;
                    let title = tag
                        .attributes()
                        .flatten()
                        .find(|a| a.key.as_ref() == "title");
                    let title = title.map(|title| without_tags(&title.value));
                    section.extend(title);
                }
                _ => {}
            },
            Event::Text(inner) => {
                sentence.push_str(&inner);
            }
            Event::GeneralRef(entity) => {
                let written = format!("&{};", &*entity);
                sentence.push_str(&without_tags(&written));
            }
            Event::End(tag) => match tag.name().as_ref() {
                "PAPER" => is_open = false,
                // the first sentence outside of abstract and sections is the title
                "S" if depth == 0 && paper.title.is_empty() => {
                    sentence.trim().clone_into(&mut paper.title);
                }
                "S" => section.push(sentence.trim().to_owned()),
                "ABSTRACT" | "SECTION" => {
                    let lines = std::mem::take(&mut section).join("\n");
                    if in_abstract {
                        paper.summary.clone_from(&lines);
                    }
                    paper.sections.push(lines);
                    (in_abstract, depth) = (false, depth - 1);
                }
                _ => {}
            },
            Event::Eof if is_open => {
                return Err(broken_xml(text, text.len() as u64, CUT));
            }
            Event::Eof => {
                // a paper that was not divided has its sentences outside of sections
                if !section.is_empty() {
                    paper.sections.push(section.join("\n"));
                }
                return Ok(paper);
            }
            _ => {}
        }
    }
}

//! Reads the TALN archives (Boudin 2013): one XML file for each conference, in which
//! `<article>` contains `<titre>`, `<resume>` and `<mots_cles>` in French and `<title>`,
//! `<abstract>` and `<keywords>` in English.

use quick_xml::{Reader, events::Event};

use super::{
    error::ImportError,
    format::ImportFormat,
    intake::Intake,
    markup::{CUT, broken_xml, on_one_line},
    tree::Tree,
};
use crate::record::Record;

pub(super) const FORMAT: ImportFormat = ImportFormat {
    name: "taln",
    about: "XML with <conference> and <article id> with <resume> and <mots_cles>",
    fits,
    import,
};

fn fits(tree: &Tree) -> bool {
    tree.ending(".xml")
        .any(|path| tree.beginning(path, 4096).contains("<conference"))
}

/// Imports up to two documents for each article: `id` in French and `id-en` in English.
fn import(intake: &mut Intake<'_>) -> Result<(), ImportError> {
    for path in intake.ending(".xml") {
        let text = intake.text(&path)?.text;
        let mut reader = Reader::from_str(&text);
        let mut article = Article::default();
        let mut element = String::new();
        let mut depth = 0_usize;

        loop {
            let event = reader.read_event().map_err(|error| {
                intake.broken(&path, broken_xml(&text, reader.error_position(), error))
            })?;

            match event {
                Event::Start(tag) => {
                    depth += 1;
                    tag.name().as_ref().clone_into(&mut element);
                    if element == "article" {
                        article = Article::default();
                        let id =
                            tag.attributes().flatten().find(|a| a.key.as_ref() == "id");
                        article.id =
                            id.map(|id| id.value.into_owned()).unwrap_or_default();
                    }
                }
                Event::Text(inner) => {
                    article.take(&element, &inner);
                }
                Event::CData(inner) => {
                    article.take(&element, &inner);
                }
                Event::GeneralRef(entity) => {
                    let written = format!("&{};", &*entity);
                    article.take(&element, &super::markup::without_tags(&written));
                }
                Event::End(tag) => {
                    depth = depth.saturating_sub(1);
                    element.clear();
                    if tag.name().as_ref() == "article" {
                        for record in article.documents() {
                            intake.document(&path, record)?;
                        }
                    }
                }
                Event::Eof if depth > 0 => {
                    let end = text.len() as u64;
                    return Err(intake.broken(&path, broken_xml(&text, end, CUT)));
                }
                Event::Eof => break,
                _ => {}
            }
        }
    }
    Ok(())
}

/// Title, abstract and keywords of an article, in French and in English.
#[derive(Default)]
struct Article {
    id: String,
    title: [String; 2],
    text: [String; 2],
    keyphrases: [String; 2],
}

impl Article {
    fn take(&mut self, element: &str, content: &str) {
        let place = match element {
            "titre" => &mut self.title[0],
            "title" => &mut self.title[1],
            "resume" => &mut self.text[0],
            "abstract" => &mut self.text[1],
            "mots_cles" => &mut self.keyphrases[0],
            "keywords" => &mut self.keyphrases[1],
            _ => return,
        };
        place.push_str(content);
    }

    fn documents(&self) -> Vec<Record> {
        let document = |index: usize, language: &str, suffix: &str| Record {
            id: format!("{}{suffix}", self.id),
            title: on_one_line(&self.title[index]),
            text: on_one_line(&self.text[index]),
            language: language.to_owned(),
            keyphrases: self.keyphrases[index]
                .split([',', ';'])
                .map(on_one_line)
                .collect(),
            ..Record::default()
        };
        let documents = [document(0, "fr", ""), document(1, "en", "-en")];
        documents
            .into_iter()
            .filter(|record| !record.text.is_empty())
            .collect()
    }
}

//! Reads the XML of `CoreNLP` as ake-datasets has it: sentences of tokens with `<word>`,
//! `<POS>` and character offsets; keyphrases are in `references/*.json` or `ID.key`.

use quick_xml::{Reader, events::Event};

use super::{
    error::ImportError,
    format::ImportFormat,
    intake::{Intake, stem_of},
    markup::{CUT, broken_xml, without_tags},
    references::References,
    tree::Tree,
};
use crate::record::Record;
use crate::tagged::penn_word;
use epitome_text::{LooseWord, TaggedText};

pub(super) const FORMAT: ImportFormat = ImportFormat {
    name: "core-nlp",
    about: "ID.xml with <sentences> of <token>s with <POS>; keyphrases in *.json or ID.key",
    fits,
    import,
};

fn fits(tree: &Tree) -> bool {
    tree.ending(".xml")
        .any(|path| tree.beginning(path, 4096).contains("<sentences"))
}

/// Imports every file; a broken one is left out with a warning that names the line.
fn import(intake: &mut Intake<'_>) -> Result<(), ImportError> {
    let mut references = References::of(intake)?;
    for path in intake.ending(".xml") {
        let text = intake.text(&path)?.text;
        let sentences = match sentences(&text) {
            Ok(sentences) => sentences,
            Err(problem) => {
                intake.warn(&path, problem);
                continue;
            }
        };

        let tagged = TaggedText::joined(&sentences);
        let mut record = Record {
            id: stem_of(&path, ".xml").to_owned(),
            text: tagged.text().to_owned(),
            tagged: Some(tagged),
            ..Record::default()
        };
        references.add_to(intake, &path, &mut record)?;
        intake.document(&path, record)?;
    }
    references.finish(intake);
    Ok(())
}

/// The parts of a token that is being read.
#[derive(Default)]
struct Token {
    word: String,
    tag: String,
    begin: String,
    end: String,
}

/// Returns the words of each sentence. A word is joined to the next if there is no
/// character between them.
fn sentences(text: &str) -> Result<Vec<Vec<LooseWord>>, String> {
    let mut reader = Reader::from_str(text);
    let mut sentences: Vec<Vec<LooseWord>> = Vec::new();
    let (mut token, mut element) = (Token::default(), String::new());
    let mut end_before = String::new();
    let mut depth = 0_usize;

    loop {
        let event = reader
            .read_event()
            .map_err(|error| broken_xml(text, reader.error_position(), error))?;
        match event {
            Event::Start(tag) => {
                depth += 1;
                tag.name().as_ref().clone_into(&mut element);
                match element.as_str() {
                    "sentence" => sentences.push(Vec::new()),
                    "token" => token = Token::default(),
                    _ => {}
                }
            }
            Event::Text(inner) => token.take(&element, &inner),
            Event::CData(inner) => token.take(&element, &inner),
            Event::GeneralRef(entity) => {
                token.take(&element, &without_tags(&format!("&{};", &*entity)));
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                element.clear();
                if tag.name().as_ref() == "token"
                    && let Some(words) = sentences.last_mut()
                {
                    let follows = !token.begin.is_empty() && token.begin == end_before;
                    if let Some(last) = words.last_mut().filter(|_| follows) {
                        last.is_joined = true;
                    }
                    end_before = std::mem::take(&mut token.end);
                    // a token may be empty in a broken file, and is then no word
                    if !token.word.trim().is_empty() {
                        words.push(penn_word(&token.word, &token.tag));
                    }
                }
            }
            Event::Eof if depth > 0 => {
                return Err(broken_xml(text, text.len() as u64, CUT));
            }
            Event::Eof => return Ok(sentences),
            _ => {}
        }
    }
}

impl Token {
    fn take(&mut self, element: &str, content: &str) {
        let place = match element {
            "word" => &mut self.word,
            "POS" => &mut self.tag,
            "CharacterOffsetBegin" => &mut self.begin,
            "CharacterOffsetEnd" => &mut self.end,
            _ => return,
        };
        place.push_str(content);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use epitome_text::Tag;

    const FILE: &str = "<root><document><sentences><sentence id=\"1\"><tokens>\
        <token><word>Cats</word><CharacterOffsetBegin>0</CharacterOffsetBegin>\
        <CharacterOffsetEnd>4</CharacterOffsetEnd><POS>NNS</POS></token>\
        <token><word>-LRB-</word><CharacterOffsetBegin>5</CharacterOffsetBegin>\
        <CharacterOffsetEnd>6</CharacterOffsetEnd><POS>-LRB-</POS></token>\
        <token><word>R&amp;D</word><CharacterOffsetBegin>6</CharacterOffsetBegin>\
        <CharacterOffsetEnd>9</CharacterOffsetEnd><POS>NN</POS></token>\
        </tokens></sentence></sentences></document></root>";

    #[test]
    fn words_are_joined_as_their_offsets_say() {
        let tagged = TaggedText::joined(&sentences(FILE).unwrap());
        assert_eq!(tagged.text(), "Cats (R&D");
        let tags: Vec<Tag> = tagged.sentences()[0].iter().map(|word| word.tag).collect();
        assert_eq!(tags, [Tag::Noun, Tag::Punct, Tag::Noun]);
    }

    #[test]
    fn a_file_that_is_cut_is_named_with_its_line() {
        let cut = &FILE[..FILE.len() - 30];
        let problem = sentences(cut).err().unwrap();
        assert!(problem.starts_with("line 1: broken XML"), "{problem}");
    }
}

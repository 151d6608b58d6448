//! Reads texts that contain their words and parts of speech: CoNLL-U, the columns of
//! `CoreNLP`, JSON.

use serde_json::Value;

use epitome_text::{LooseWord, Misplaced, Tag, TaggedText};

/// The format of a file of columns, which its ending names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Columns {
    /// The format `.conllu`: ten columns, with the form in the second, the universal part
    /// of speech in the fourth and `SpaceAfter=No` in the last.
    Conllu,
    /// The format `.conll`: the seven columns of `CoreNLP`, with the form in the second
    /// and the Penn Treebank tag in the fourth.
    CoreNlp,
}

impl Columns {
    /// Returns the format of a file ending; `None` if it is not one of columns.
    pub(super) fn of_ending(ending: &str) -> Option<Self> {
        match ending {
            "conllu" => Some(Self::Conllu),
            "conll" => Some(Self::CoreNlp),
            _ => None,
        }
    }

    /// Reads a file. A blank line ends a sentence; the text is made from the words.
    ///
    /// # Errors
    /// Returns an error if a line has no tag that is known; the error is its number,
    /// from 1, and what is wrong with it.
    pub(super) fn read(self, file: &str) -> Result<TaggedText, (usize, String)> {
        let mut sentences = vec![Vec::new()];
        for (at, line) in file.lines().enumerate() {
            if line.trim().is_empty() {
                sentences.push(Vec::new());
            } else if let Some(word) =
                self.word(line).map_err(|problem| (at + 1, problem))?
            {
                sentences
                    .last_mut()
                    .expect("one is there at least")
                    .push(word);
            }
        }
        Ok(TaggedText::joined(&sentences))
    }

    /// Returns the word of a line; `None` for comments, ranges and empty nodes.
    fn word(self, line: &str) -> Result<Option<LooseWord>, String> {
        let mut columns = line.split('\t');
        let id = columns.next().unwrap_or_default();
        if id.is_empty() || !id.bytes().all(|byte| byte.is_ascii_digit()) {
            return Ok(None);
        }
        let (Some(form), Some(name)) = (columns.next(), columns.nth(1)) else {
            return Err("the line has fewer than four columns".to_owned());
        };

        let tag = match self {
            Self::Conllu => universal(name)?,
            Self::CoreNlp => of_penn_treebank(name),
        };

        let is_joined = columns
            .next_back()
            .is_some_and(|misc| misc.contains("SpaceAfter=No"));
        let form = form.trim();
        let word = LooseWord {
            form: form.to_owned(),
            tag,
            is_joined,
        };
        Ok((!form.is_empty()).then_some(word))
    }
}

/// Reads `[[["word", "TAG"], …], …]`: sentences of words with universal parts of speech.
/// If there is a text, the words must occur in it in their order.
///
/// # Errors
/// Returns an error if it is something else; the error is what to say about the place.
pub(super) fn from_json(
    value: Value,
    text: Option<String>,
) -> Result<TaggedText, String> {
    let sentences: Vec<Vec<(String, String)>> = serde_json::from_value(value)
        .map_err(|_| "`tagged` is not a list of sentences of [word, tag]".to_owned())?;

    let sentences = sentences
        .into_iter()
        .map(|words| {
            let words = words.into_iter().map(|(form, name)| {
                Ok(LooseWord {
                    form,
                    tag: universal(&name)?,
                    is_joined: false,
                })
            });
            words.collect()
        })
        .collect::<Result<Vec<_>, String>>()?;

    match text {
        None => Ok(TaggedText::joined(&sentences)),
        Some(text) => TaggedText::within(text, &sentences).map_err(|at| {
            let Misplaced {
                sentence,
                word,
                byte,
            } = at;
            format!("`tagged[{sentence}][{word}]` is not at byte {byte} of the text")
        }),
    }
}

/// Returns a word of `CoreNLP`, which writes brackets and quotation marks in letters.
pub(super) fn penn_word(form: &str, tag: &str) -> LooseWord {
    let form = match form.trim() {
        "-LRB-" => "(",
        "-RRB-" => ")",
        "-LSB-" => "[",
        "-RSB-" => "]",
        "-LCB-" => "{",
        "-RCB-" => "}",
        "``" | "''" => "\"",
        form => form,
    };
    let tag = of_penn_treebank(tag.trim());
    LooseWord {
        form: form.to_owned(),
        tag,
        is_joined: false,
    }
}

/// Returns the JSON that [`from_json`] reads.
pub(super) fn to_json(tagged: &TaggedText) -> Value {
    let sentences = tagged.sentences().iter().map(|words| {
        let words = words
            .iter()
            .map(|word| Value::from(vec![word.span.of(tagged.text()), word.tag.name()]));
        words.collect::<Value>()
    });
    sentences.collect()
}

/// Returns the tag called `name`. `_` and `spaCy`'s `SPACE` are [`Tag::X`].
fn universal(name: &str) -> Result<Tag, String> {
    match name {
        "_" | "SPACE" => Ok(Tag::X),
        _ => Tag::from_name(name)
            .ok_or_else(|| format!("`{name}` is no universal part of speech")),
    }
}

/// Returns the universal part of speech of a Penn Treebank tag, after Petrov, Das &
/// `McDonald` (2012), *A universal part-of-speech tagset*; [`Tag::X`] if there is none.
fn of_penn_treebank(name: &str) -> Tag {
    match name {
        "JJ" | "JJR" | "JJS" => Tag::Adj,
        "NN" | "NNS" => Tag::Noun,
        "NNP" | "NNPS" => Tag::Propn,
        "RB" | "RBR" | "RBS" | "WRB" => Tag::Adv,
        "VB" | "VBD" | "VBG" | "VBN" | "VBP" | "VBZ" => Tag::Verb,
        "MD" => Tag::Aux,
        "IN" | "RP" => Tag::Adp,
        "CC" => Tag::Cconj,
        "DT" | "PDT" | "WDT" => Tag::Det,
        "CD" => Tag::Num,
        "PRP" | "PRP$" | "WP" | "WP$" | "EX" => Tag::Pron,
        "TO" | "POS" => Tag::Part,
        "UH" => Tag::Intj,
        "$" | "#" | "SYM" => Tag::Sym,
        "." | "," | ":" | "``" | "''" | "-LRB-" | "-RRB-" | "HYPH" | "NFP" => Tag::Punct,
        _ => Tag::X,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &TaggedText) -> Vec<(&str, Tag)> {
        let words = text.sentences().iter().flatten();
        words
            .map(|word| (word.span.of(text.text()), word.tag))
            .collect()
    }

    #[test]
    fn ranges_empty_nodes_and_comments_are_no_words() {
        let file = "# text = Don't\n1-2\tDon't\t_\t_\n1\tDo\tdo\tAUX\t_\t_\t_\t_\t_\tSpaceAfter=No\n2\tn't\tnot\tPART\n2.1\tx\tx\tVERB\n\n1\tGo\tgo\tVERB\n";
        let read = Columns::Conllu.read(file).unwrap();
        assert_eq!(read.text(), "Don't\n\nGo");
        assert_eq!(
            words(&read),
            [("Do", Tag::Aux), ("n't", Tag::Part), ("Go", Tag::Verb)]
        );
    }

    #[test]
    fn penn_treebank_tags_become_universal_ones() {
        let read = Columns::CoreNlp
            .read("1\tOld\told\tJJ\tO\t2\tamod\n")
            .unwrap();
        assert_eq!(words(&read), [("Old", Tag::Adj)]);
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        let refused = Columns::Conllu.read("1\ta\ta\tDET\n2\tb\tb\tNN\n");
        assert_eq!(
            refused.unwrap_err(),
            (2, "`NN` is no universal part of speech".into())
        );
        assert_eq!(Columns::Conllu.read("1\ta\n").unwrap_err().0, 1);
    }

    #[test]
    fn words_of_json_must_stand_in_the_text_if_there_is_one() {
        let tagged = || serde_json::json!([[["Old", "ADJ"], ["cats", "NOUN"]]]);
        assert_eq!(from_json(tagged(), None).unwrap().text(), "Old cats");
        let text = |text: &str| from_json(tagged(), Some(text.to_owned()));
        assert_eq!(text("Old  cats.").unwrap().text(), "Old  cats.");
        assert_eq!(
            text("Old dogs").unwrap_err(),
            "`tagged[0][1]` is not at byte 4 of the text"
        );
        assert!(from_json(serde_json::json!(["Old"]), None).is_err());
    }
}

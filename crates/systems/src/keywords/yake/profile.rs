//! What YAKE 0.4.8 computes.

use std::{cmp::Ordering, collections::BTreeMap};

use epitome_base::{spec::Params, unicode::is_unspaced};
use epitome_text::{Document, GivenStopWords, Span, readable};

use super::{
    phrases::{Links, Phrase, Phrases},
    reading::{Case, Reading, Word},
    sentences::sentences,
    words::{Spelt, push_words},
};
use crate::keywords::{
    extractor::KeywordExtractor, keyphrase::Keyphrase, likeness::Likeness,
};

/// YAKE 0.4.8 on its own sentences and words.
///
/// A line that begins with a capital begins a paragraph, other line ends are spaces.
/// Words count without an `s` at their end, phrases by their lower-case form. Ties, to
/// the last bit, go to the phrase that was complete first, the shorter before the longer.
/// The score given is `−S`. `O(n log n)`.
///
/// The program is made for words parted by spaces. Unless its own output is asked for, words
/// of scripts without spaces are parted for it, two characters of such a word or one of Han
/// are no stop word, and punctuation of these scripts ends a block.
#[derive(Debug, Clone)]
pub struct Profile048 {
    /// The longest phrase, in words.
    pub max_words: usize,
    /// A sentence or phrase more like a better one than this is passed over.
    pub likeness: f64,
    /// The stop list; by default that of the language.
    pub stop_words: GivenStopWords,
    /// Words parted by spaces, as the program prints a phrase, where the text has none; and
    /// nothing done for scripts without spaces.
    pub as_printed: bool,
}

impl Profile048 {
    /// With words parted by spaces.
    pub(super) fn printed(self) -> Self {
        Self {
            as_printed: true,
            ..self
        }
    }
}

impl From<&Params> for Profile048 {
    fn from(params: &Params) -> Self {
        Self {
            max_words: params.integer("max-words") as usize,
            likeness: params.number("likeness"),
            stop_words: params.into(),
            as_printed: false,
        }
    }
}

impl KeywordExtractor for Profile048 {
    fn extract(&self, document: &Document, limit: usize) -> Vec<Keyphrase> {
        let parts = if self.as_printed {
            Vec::new()
        } else {
            parted_words(document)
        };
        let paragraphs = Paragraphs::of(document.full_text(), &parts);
        let list = self.stop_words.of(document);
        let is_stop_word = |word: &str| list.contains(word);
        let (reading, spelt) = read(&paragraphs.text, is_stop_word, self.as_printed);
        let Phrases { mut all, places } =
            Phrases::of(&reading, self.max_words, Links::Apart);
        all.sort_unstable_by(in_order);
        let keyphrase = |phrase: &Phrase| {
            let span = |&first: &u32| {
                let words = &spelt[first as usize..first as usize + phrase.words.len()];
                paragraphs.span(words[0].place, words[words.len() - 1].place)
            };
            let words: Vec<&str> = spelt[phrase.words.clone()]
                .iter()
                .map(|word| &*word.text)
                .collect();
            Keyphrase {
                text: words.join(" "),
                score: -phrase.score,
                occurrences: places[phrase.places.clone()].iter().map(span).collect(),
            }
        };
        let mut likeness = Likeness::above(Some(self.likeness));
        let found = all.iter().map(keyphrase);
        let found = found
            .filter(|phrase| likeness.is_new(&phrase.text))
            .take(limit);
        found.map(|phrase| self.written(document, phrase)).collect()
    }

    fn signature(&self, document: &Document) -> String {
        let stop = self.stop_words.name(document);
        format!("stem:none|stop:{stop}|max-words:{}", self.max_words)
    }
}

impl Profile048 {
    /// A phrase as the text has it, unless the program's own form is asked for.
    fn written(&self, document: &Document, phrase: Keyphrase) -> Keyphrase {
        let Some(first) = phrase.occurrences.first().filter(|_| !self.as_printed) else {
            return phrase;
        };
        Keyphrase {
            text: readable(first.of(document.full_text())).into_owned(),
            ..phrase
        }
    }
}

fn in_order(a: &Phrase, b: &Phrase) -> Ordering {
    let met = |phrase: &Phrase| (phrase.words.end, phrase.words.len());
    a.score
        .total_cmp(&b.score)
        .then_with(|| met(a).cmp(&met(b)))
}

/// A text with its line ends as YAKE takes them.
struct Paragraphs {
    text: String,
    /// Where a line, or a word that was parted from the one before it, begins here, and
    /// where in the original text.
    lines: Vec<(usize, usize)>,
}

impl Paragraphs {
    /// With a space before each of the bytes `parts` of the original, which rise.
    fn of(original: &str, parts: &[usize]) -> Self {
        let mut parts = parts.iter().copied().peekable();
        let mut text = String::with_capacity(original.len() + 16);
        let mut lines = Vec::new();
        let mut start = 0;
        for line in original.split('\n') {
            let next = start + line.len() + 1;
            let joined = line.strip_prefix('\t').filter(|_| start > 0);
            let begins = line
                .trim_start()
                .starts_with(|c: char| c.is_ascii_uppercase());
            text.push_str(if begins && joined.is_none() {
                "\n\n"
            } else {
                " "
            });
            let line = joined.unwrap_or(line);
            let mut from = next - 1 - line.len();
            lines.push((text.len(), from));
            let push = |line: &str, text: &mut String| {
                text.extend(line.chars().map(|c| if c == '\t' { ' ' } else { c }));
            };
            while let Some(part) = parts.next_if(|&part| part < next) {
                push(&original[from..part], &mut text);
                text.push(' ');
                lines.push((text.len(), part));
                from = part;
            }
            push(&original[from..next - 1], &mut text);
            start = next;
        }
        Self { text, lines }
    }

    /// From one word of the text to another, in the original.
    fn span(&self, first: &str, last: &str) -> Span {
        let original = |at: usize| {
            let line = self.lines.partition_point(|&(start, _)| start <= at);
            let (start, original) = self.lines[line.saturating_sub(1)];
            (at - start + original) as u32
        };
        let at = |word: &str| word.as_ptr().addr() - self.text.as_ptr().addr();
        Span {
            start: original(at(first)),
            end: original(at(last) + last.len() - 1) + 1,
        }
    }
}

/// The bytes that words of scripts without spaces begin at, where nothing stands before.
fn parted_words(document: &Document) -> Vec<usize> {
    let text = document.full_text();
    let begins = |span: Span| span.of(text).starts_with(is_unspaced);
    let pairs = document.tokens().windows(2);
    let adjoin = pairs.filter(|pair| {
        pair[0].span.end == pair[1].span.start
            && (begins(pair[0].span) || begins(pair[1].span))
    });
    adjoin.map(|pair| pair[1].span.start as usize).collect()
}

/// How many letters a word has that is not too short: three, as in the program; in a script
/// without spaces two, one if it is a Han character.
fn least_letters(word: &str) -> usize {
    match word.chars().next() {
        Some(
            '\u{3005}'
            | '\u{3400}'..='\u{9FFF}'
            | '\u{F900}'..='\u{FAFF}'
            | '\u{20000}'..,
        ) => 1,
        Some(first) if is_unspaced(first) => 2,
        _ => 3,
    }
}

/// Whether a token is punctuation of a script without spaces.
fn is_wide_punctuation(token: &str) -> bool {
    let is_wide =
        |c: char| matches!(c, '\u{3001}'..='\u{303F}' | '\u{FF01}'..='\u{FF65}' | '・');
    token.chars().all(|c| is_wide(c) && !c.is_alphanumeric())
}

/// The words of a text, and how each is spelt.
fn read(
    text: &str,
    is_stop_word: impl Fn(&str) -> bool,
    as_printed: bool,
) -> (Reading, Vec<Spelt<'_>>) {
    let mut reading = Reading {
        words: Vec::new(),
        is_stop: Vec::new(),
        sentences: 0,
    };
    let (mut terms, mut forms) = (Numbers::default(), Numbers::default());
    let (mut spelt, mut tokens, mut block) = (Vec::new(), Vec::new(), 0);
    for sentence in sentences(text) {
        push_words(sentence, &mut tokens);
        for (at, spelling) in tokens.drain(..).enumerate() {
            let token = &*spelling.text;
            let is_mark = token.bytes().all(|byte| byte.is_ascii_punctuation())
                || (!as_printed && is_wide_punctuation(token));
            if is_mark {
                block += 1;
                continue;
            }
            let lower = token.to_lowercase();
            let is_plural = lower.ends_with('s') && lower.chars().nth(3).is_some();
            let singular = &lower[..lower.len() - usize::from(is_plural)];
            let term = terms.number(singular);
            if term as usize == reading.is_stop.len() {
                let letters = singular.chars().filter(|c| !c.is_ascii_punctuation());
                let least = if as_printed {
                    3
                } else {
                    least_letters(singular)
                };
                let is_short = letters.count() < least;
                let is_listed = is_stop_word(&lower) || is_stop_word(singular);
                reading.is_stop.push(is_listed || is_short);
            }
            reading.words.push(Word {
                term,
                form: forms.number(&lower),
                sentence: reading.sentences,
                block,
                case: case(token, at == 0),
            });
            spelt.push(spelling);
        }
        block += 1;
        reading.sentences += 1;
    }
    (reading, spelt)
}

/// The case of a word; what Python reads as a number is one.
fn case(word: &str, begins_sentence: bool) -> Case {
    let is_read = ["inf", "infinity", "nan"]
        .iter()
        .any(|it| word.eq_ignore_ascii_case(it));
    if is_read {
        Case::Number
    } else {
        Case::of(word, begins_sentence)
    }
}

/// Numbers of words, in the order in which they are met.
#[derive(Default)]
struct Numbers(BTreeMap<String, u32>);

impl Numbers {
    fn number(&mut self, word: &str) -> u32 {
        let next = self.0.len() as u32;
        match self.0.get(word) {
            Some(&number) => number,
            None => *self.0.entry(word.to_owned()).or_insert(next),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keywords::testing::{english, in_language};

    #[test]
    fn infinity_is_a_number() {
        assert_eq!(case("Infinity", true), Case::Number);
        assert_eq!(case("infinite", true), Case::Plain);
    }

    fn yake(max_words: usize, as_printed: bool) -> Profile048 {
        let stop_words = GivenStopWords::default();
        Profile048 {
            max_words,
            likeness: 0.9,
            stop_words,
            as_printed,
        }
    }

    #[test]
    fn words_of_scripts_without_spaces_are_parted_unless_the_programs_own_are_asked_for()
    {
        let document = in_language("ja", "東京駅で電車を待つ。東京駅は古い。");
        let found = |as_printed| -> Vec<String> {
            let found = yake(2, as_printed).extract(&document, 9);
            found.into_iter().map(|phrase| phrase.text).collect()
        };
        assert!(
            found(false).contains(&"電車".to_owned()),
            "{:?}",
            found(false)
        );
        assert!(
            !found(true).contains(&"電車".to_owned()),
            "{:?}",
            found(true)
        );
    }

    #[test]
    fn entities_are_read_and_stand_where_they_are_written() {
        let document = english("Stone caf&eacute;s fall.");
        let found = yake(2, true).extract(&document, 9);
        let pair = found.iter().find(|it| it.text == "Stone cafés").unwrap();
        assert_eq!(
            pair.occurrences[0].of(document.full_text()),
            "Stone caf&eacute;s"
        );
    }

    #[test]
    fn spans_are_of_the_text_as_given() {
        let document =
            english("Stone bridges\n\tand stone\nbridges.\nStone bridges fall.");
        let found = yake(2, true).extract(&document, 9);
        let pair = found.iter().find(|it| it.text == "Stone bridges").unwrap();
        let texts: Vec<_> = pair
            .occurrences
            .iter()
            .map(|span| span.of(document.full_text()))
            .collect();
        assert_eq!(texts, ["Stone bridges", "stone\nbridges", "Stone bridges"]);
    }
}

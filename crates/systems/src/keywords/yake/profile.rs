//! What YAKE 0.4.8 computes.

use std::{cmp::Ordering, collections::BTreeMap};

use epitome_base::spec::Params;
use epitome_text::{Document, GivenStopWords, Span};

use super::{
    super::{Keyphrase, KeywordExtractor, likeness::Likeness},
    phrases::{Links, Phrase, Phrases},
    reading::{Case, Reading, Word},
    sentences::sentences,
    words::push_words,
};

/// YAKE 0.4.8 on its own sentences and words.
///
/// A line that begins with a capital begins a paragraph, other line ends are spaces.
/// Words count without an `s` at their end, phrases by their lower-case form. Ties, to
/// the last bit, go to the phrase that was complete first, the shorter before the longer.
/// The score given is `−S`. `O(n log n)`.
#[derive(Debug, Clone)]
pub struct Profile048 {
    /// The longest phrase, in words.
    pub max_words: usize,
    /// A sentence or phrase more like a better one than this is passed over.
    pub likeness: f64,
    /// The stop list; by default that of the language.
    pub stop_words: GivenStopWords,
    /// Words parted by spaces, as the program prints a phrase, where the text has none.
    pub as_printed: bool,
}

impl Default for Profile048 {
    fn default() -> Self {
        Self::from(&super::ENTRY.defaults())
    }
}

impl Profile048 {
    /// With words parted by spaces.
    pub(super) fn printed(self) -> Self {
        Self { as_printed: true, ..self }
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
        let paragraphs = Paragraphs::of(document.full_text());
        let list = self.stop_words.of(document);
        let is_stop_word = |word: &str| list.contains(word);
        let (reading, spelt) = read(&paragraphs.text, is_stop_word);
        let Phrases { mut all, places } =
            Phrases::of(&reading, self.max_words, Links::Apart);
        all.sort_unstable_by(in_order);
        let keyphrase = |phrase: &Phrase| {
            let span = |&first: &u32| {
                let words = &spelt[first as usize..first as usize + phrase.words.len()];
                paragraphs.span(words[0], words[words.len() - 1])
            };
            Keyphrase {
                text: spelt[phrase.words.clone()].join(" "),
                score: -phrase.score,
                occurrences: places[phrase.places.clone()].iter().map(span).collect(),
            }
        };
        let mut likeness = Likeness::above(Some(self.likeness));
        let found = all.iter().map(keyphrase);
        let found = found.filter(|phrase| likeness.is_new(&phrase.text)).take(limit);
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
        let words: Vec<&str> =
            first.of(document.full_text()).split_whitespace().collect();
        Keyphrase { text: words.join(" "), ..phrase }
    }
}

fn in_order(a: &Phrase, b: &Phrase) -> Ordering {
    let met = |phrase: &Phrase| (phrase.words.end, phrase.words.len());
    a.score.total_cmp(&b.score).then_with(|| met(a).cmp(&met(b)))
}

/// A text with its line ends as YAKE takes them.
struct Paragraphs {
    text: String,
    /// Where a line begins here, and where in the original text.
    lines: Vec<(usize, usize)>,
}

impl Paragraphs {
    fn of(original: &str) -> Self {
        let mut text = String::with_capacity(original.len() + 16);
        let mut lines = Vec::new();
        let mut start = 0;
        for line in original.split('\n') {
            let next = start + line.len() + 1;
            let joined = line.strip_prefix('\t').filter(|_| start > 0);
            let begins = line.trim_start().starts_with(|c: char| c.is_ascii_uppercase());
            text.push_str(if begins && joined.is_none() { "\n\n" } else { " " });
            let line = joined.unwrap_or(line);
            lines.push((text.len(), next - 1 - line.len()));
            text.extend(line.chars().map(|c| if c == '\t' { ' ' } else { c }));
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
        Span { start: original(at(first)), end: original(at(last) + last.len() - 1) + 1 }
    }
}

/// The words of a text, and how each is spelt.
fn read(text: &str, is_stop_word: impl Fn(&str) -> bool) -> (Reading, Vec<&str>) {
    let mut reading = Reading { words: Vec::new(), is_stop: Vec::new(), sentences: 0 };
    let (mut terms, mut forms) = (Numbers::default(), Numbers::default());
    let (mut spelt, mut tokens, mut block) = (Vec::new(), Vec::new(), 0);
    for sentence in sentences(text) {
        tokens.clear();
        push_words(sentence, &mut tokens);
        for (at, token) in tokens.iter().enumerate() {
            if token.bytes().all(|byte| byte.is_ascii_punctuation()) {
                block += 1;
                continue;
            }
            let lower = token.to_lowercase();
            let is_plural = lower.ends_with('s') && lower.chars().nth(3).is_some();
            let singular = &lower[..lower.len() - usize::from(is_plural)];
            let term = terms.number(singular);
            if term as usize == reading.is_stop.len() {
                let letters = singular.chars().filter(|c| !c.is_ascii_punctuation());
                let is_short = letters.count() < 3;
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
            spelt.push(*token);
        }
        block += 1;
        reading.sentences += 1;
    }
    (reading, spelt)
}

/// The case of a word; what Python reads as a number is one.
fn case(word: &str, begins_sentence: bool) -> Case {
    let is_read =
        ["inf", "infinity", "nan"].iter().any(|it| word.eq_ignore_ascii_case(it));
    if is_read { Case::Number } else { Case::of(word, begins_sentence) }
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
    use crate::keywords::testing::english;

    #[test]
    fn infinity_is_a_number() {
        assert_eq!(case("Infinity", true), Case::Number);
        assert_eq!(case("infinite", true), Case::Plain);
    }

    #[test]
    fn spans_are_of_the_text_as_given() {
        let document =
            english("Stone bridges\n\tand stone\nbridges.\nStone bridges fall.");
        let yake = Profile048 {
            max_words: 2,
            likeness: 0.9,
            stop_words: GivenStopWords::default(),
            as_printed: true,
        };
        let found = yake.extract(&document, 9);
        let pair = found.iter().find(|it| it.text == "Stone bridges").unwrap();
        let texts: Vec<_> =
            pair.occurrences.iter().map(|span| span.of(document.full_text())).collect();
        assert_eq!(texts, ["Stone bridges", "stone\nbridges", "Stone bridges"]);
    }
}

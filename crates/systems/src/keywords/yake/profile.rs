//! YAKE as the program YAKE 0.4.8 computes it.

use std::{cmp::Ordering, collections::BTreeMap};

use epitome_base::{spec::Params, unicode::is_unspaced};
use epitome_text::{CorpusView, Document, GivenStopWords, Span, readable};

use super::{
    phrases::{Links, Phrase, Phrases},
    reading::{Case, Reading, Word},
    sentences::sentences,
    words::{Spelt, push_words},
};
use crate::keywords::{
    extractor::KeywordExtractor, keyphrase::Keyphrase, likeness::Likeness,
};

/// YAKE as the program YAKE 0.4.8 computes it, on the program's own sentences and words; the
/// formula is that of [`Yake`](super::Yake).
///
/// A line that begins with an ASCII capital begins a paragraph; other line ends are spaces. Words
/// are equal without a final `s`, phrases by their lower-case form. Of scores that are equal to
/// the last bit, the phrase that ends first is better, then the shorter. The returned score is
/// `−S`. `O(n log n)`.
///
/// The program expects words separated by spaces. Unless [`as_printed`](Self::as_printed) is set,
/// spaces are inserted between words of scripts without spaces, the minimum length of words of
/// these scripts is two characters (one for Han) instead of three, and their punctuation ends a
/// block.
#[derive(Debug, Clone)]
pub struct Profile048 {
    /// The longest phrase, in words.
    pub max_words: usize,
    /// Levenshtein ratio to a better phrase above which a phrase is left out.
    pub likeness: f64,
    /// Stop list; by default that of the language.
    pub stop_words: GivenStopWords,
    /// Whether phrases are returned as the program prints them, with spaces between all words,
    /// and scripts without spaces are not treated differently.
    pub as_printed: bool,
}

impl Profile048 {
    /// Returns the same extractor with [`as_printed`](Self::as_printed) set.
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
    fn extract(
        &self,
        document: &Document,
        _: &CorpusView,
        limit: usize,
    ) -> Vec<Keyphrase> {
        let breaks = if self.as_printed {
            Vec::new()
        } else {
            breaks_without_spaces(document)
        };
        let paragraphs = Paragraphs::of(document.full_text(), &breaks);
        let list = self.stop_words.of(document);
        let (reading, spelt) = read(
            &paragraphs.text,
            |word: &str| list.contains(word),
            self.as_printed,
        );

        let Phrases { mut all, places } =
            Phrases::of(&reading, self.max_words, Links::Apart);
        all.sort_unstable_by(in_order);

        let mut likeness = Likeness::above(Some(self.likeness));
        all.iter()
            .map(|phrase| {
                let places = &places[phrase.places.clone()];
                keyphrase(phrase, places, &spelt, &paragraphs)
            })
            .filter(|phrase| likeness.is_new(&phrase.text))
            .take(limit)
            .map(|phrase| self.written(document, phrase))
            .collect()
    }

    fn signature(&self, document: &Document, _: &CorpusView) -> String {
        let stop = self.stop_words.name(document);
        format!("stem:none|stop:{stop}|max-words:{}", self.max_words)
    }
}

impl Profile048 {
    /// Returns a phrase as it is written in the document, unless [`as_printed`](Self::as_printed)
    /// is set.
    fn written(&self, document: &Document, phrase: Keyphrase) -> Keyphrase {
        let Some(first) = phrase.occurrences.first().filter(|_| !self.as_printed) else {
            return phrase;
        };
        Keyphrase {
            text: readable(&document.read(*first)).into_owned(),
            ..phrase
        }
    }
}

/// Returns a phrase in the program's own form: its words separated by spaces. `places` are the
/// first words of its occurrences.
fn keyphrase(
    phrase: &Phrase,
    places: &[u32],
    spelt: &[Spelt<'_>],
    paragraphs: &Paragraphs,
) -> Keyphrase {
    let words: Vec<&str> = spelt[phrase.words.clone()]
        .iter()
        .map(|word| &*word.text)
        .collect();
    let occurrences = places
        .iter()
        .map(|&first| {
            let words = &spelt[first as usize..first as usize + phrase.words.len()];
            paragraphs.span(words[0].place, words[words.len() - 1].place)
        })
        .collect();

    Keyphrase {
        text: words.join(" "),
        score: -phrase.score,
        occurrences,
    }
}

/// Compares phrases by score, the best first; see [`Profile048`] for ties.
fn in_order(a: &Phrase, b: &Phrase) -> Ordering {
    let met = |phrase: &Phrase| (phrase.words.end, phrase.words.len());
    a.score
        .total_cmp(&b.score)
        .then_with(|| met(a).cmp(&met(b)))
}

/// A text whose line ends are replaced by spaces or blank lines, as YAKE does.
struct Paragraphs {
    text: String,
    /// Start of each line, and of each word before which a space was inserted: the offset in
    /// `text`, and the offset in the original text.
    lines: Vec<(usize, usize)>,
}

impl Paragraphs {
    /// Replaces the line ends of a text, and inserts a space before each of the offsets `breaks`,
    /// which are in ascending order.
    fn of(original: &str, breaks: &[usize]) -> Self {
        let mut breaks = breaks.iter().copied().peekable();
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
            while let Some(at) = breaks.next_if(|&at| at < next) {
                push(&original[from..at], &mut text);
                text.push(' ');
                lines.push((text.len(), at));
                from = at;
            }
            push(&original[from..next - 1], &mut text);
            start = next;
        }
        Self { text, lines }
    }

    /// Returns the span in the original text from one word to another, both slices of `text`.
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

/// Returns the offset of each word that directly follows another one, if one of both is in a
/// script without spaces.
fn breaks_without_spaces(document: &Document) -> Vec<usize> {
    let text = document.full_text();
    let is_unspaced = |span: Span| span.of(text).starts_with(is_unspaced);
    document
        .tokens()
        .windows(2)
        .filter(|pair| {
            pair[0].span.end == pair[1].span.start
                && (is_unspaced(pair[0].span) || is_unspaced(pair[1].span))
        })
        .map(|pair| pair[1].span.start as usize)
        .collect()
}

/// Returns the minimum number of letters of a word that is no stop word: three, as in the
/// program; two in a script without spaces, and one for a Han character.
fn min_letters(word: &str) -> usize {
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

/// Returns whether a token is punctuation of a script without spaces.
fn is_wide_punctuation(token: &str) -> bool {
    let is_wide =
        |c: char| matches!(c, '\u{3001}'..='\u{303F}' | '\u{FF01}'..='\u{FF65}' | '・');
    token.chars().all(|c| is_wide(c) && !c.is_alphanumeric())
}

/// Returns the words of a text as numbers, and the spelling of each.
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
            let is_new = term as usize == reading.is_stop.len();
            if is_new {
                let letters = singular.chars().filter(|c| !c.is_ascii_punctuation());
                let min = if as_printed { 3 } else { min_letters(singular) };
                let is_short = letters.count() < min;
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

/// Returns the class of a word, where everything that Python's `float` accepts is a number.
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

/// Numbers of words, in the order of their first occurrence.
#[derive(Default)]
struct Numbers(BTreeMap<String, u32>);

impl Numbers {
    /// Returns the number of a word, a new one if it has none.
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
    fn words_of_scripts_without_spaces_are_separated_unless_as_printed() {
        let document = in_language("ja", "東京駅で電車を待つ。東京駅は古い。");
        let found = |as_printed| -> Vec<String> {
            let found = yake(2, as_printed).extract(&document, &CorpusView::none(), 9);
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
    fn occurrences_of_decoded_entities_are_in_the_original_text() {
        let document = english("Stone caf&eacute;s fall.");
        let found = yake(2, true).extract(&document, &CorpusView::none(), 9);
        let pair = found.iter().find(|it| it.text == "Stone cafés").unwrap();
        assert_eq!(
            pair.occurrences[0].of(document.full_text()),
            "Stone caf&eacute;s"
        );
    }

    #[test]
    fn occurrences_are_in_the_original_text() {
        let document =
            english("Stone bridges\n\tand stone\nbridges.\nStone bridges fall.");
        let found = yake(2, true).extract(&document, &CorpusView::none(), 9);
        let pair = found.iter().find(|it| it.text == "Stone bridges").unwrap();
        let texts: Vec<_> = pair
            .occurrences
            .iter()
            .map(|span| span.of(document.full_text()))
            .collect();
        assert_eq!(texts, ["Stone bridges", "stone\nbridges", "Stone bridges"]);
    }
}

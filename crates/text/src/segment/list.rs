//! Lists written inside a line: `1) one 2) two`, `a. one b. two`, `• one • two`.
//!
//! Labels count only if the line starts with a first label (`1`, `a`, `i` or a bullet) and the
//! next one follows it in the same style.

use super::mark;
use super::rules::Rules;

/// Whether a character is part of a label.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Label {
    /// The character is not part of a label.
    None,
    /// The label at the start of a sentence; it ends at `end`.
    Opens { end: usize },
    /// The label of the next item, which ends the sentence before `start`.
    Follows { start: usize, end: usize },
}

/// State of the list of the current line.
#[derive(Debug, Default)]
pub(super) struct List {
    /// Bullet of the list.
    bullet: Option<char>,
    /// Style of a list with counters.
    style: Option<Style>,
    /// Number of the next label.
    next: usize,
    /// Whether a part of the line has been read.
    inside: bool,
}

/// Style of the labels of a list with counters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Style {
    counter: Counter,
    tail: Tail,
}

/// Kind of a counter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Counter {
    Number,
    Letter,
    Roman,
}

/// End of a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tail {
    Stop,
    Bracket,
}

/// The Roman numerals that are recognised.
const ROMAN: [&str; 12] = [
    "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii",
];

/// Maximum length of a label in bytes, without its end: `(viii`.
const LONGEST: usize = 5;

impl List {
    /// Reads the mark, closing bracket or bullet at the byte `at` of a text that starts with the
    /// current sentence.
    pub(super) fn label(&mut self, text: &str, at: usize, rules: &Rules) -> Label {
        let first_look = !std::mem::replace(&mut self.inside, true);
        let Some(c) = text[at..].chars().next() else {
            return Label::None;
        };
        if mark::is_bullet(c) {
            return self.bullet(c, &text[..at]);
        }

        let Some((tail, end)) =
            tail(&text[at..]).map(|(tail, length)| (tail, at + length))
        else {
            return Label::None;
        };
        let before = &text[..at];
        let word = last_word(before);
        if word.is_empty() || word.len() > LONGEST {
            return Label::None;
        }

        let start = at - word.len();
        let value = word.strip_prefix('(').unwrap_or(word);
        if is_blank(&before[..start]) {
            return self.opening(value, tail, end, first_look);
        }
        self.following(value, tail, start, end, rules)
    }

    /// Reads a bullet; `before` is the sentence before it.
    fn bullet(&mut self, c: char, before: &str) -> Label {
        if is_blank(before) {
            self.bullet = self.bullet.or(Some(c));
        } else if self.bullet == Some(c) && before.ends_with(char::is_whitespace) {
            return Label::Follows {
                start: before.len(),
                end: before.len() + c.len_utf8(),
            };
        }
        Label::None
    }

    /// Reads a label at the start of a sentence. If it is the first of the line (`first_look`), it
    /// may start a list.
    fn opening(
        &mut self,
        value: &str,
        tail: Tail,
        end: usize,
        first_look: bool,
    ) -> Label {
        if first_look && let Some(counter) = first_of(value) {
            self.style = Some(Style { counter, tail });
            self.next = 2;
        } else if self.expects(value, tail) {
            self.next += 1;
        }
        if is_label(value) {
            Label::Opens { end }
        } else {
            Label::None
        }
    }

    /// Reads a label inside a sentence. It ends the sentence if it is the next one of the list.
    fn following(
        &mut self,
        value: &str,
        tail: Tail,
        start: usize,
        end: usize,
        rules: &Rules,
    ) -> Label {
        let is_number = value.starts_with(|c: char| c.is_ascii_digit());
        let is_ordinal = rules.has_ordinals() && tail == Tail::Stop && is_number;
        if is_ordinal || !self.expects(value, tail) {
            return Label::None;
        }
        self.next += 1;
        Label::Follows { start, end }
    }

    /// Returns whether a label is the next one of the list.
    fn expects(&self, value: &str, tail: Tail) -> bool {
        self.style.is_some_and(|style| {
            style.tail == tail && number_of(value, style.counter) == Some(self.next)
        })
    }
}

/// Returns the end of a label at the start of a text, and its length: `.`, `)` or `.)` before white
/// space.
fn tail(text: &str) -> Option<(Tail, usize)> {
    let (tail, length) = match text.as_bytes() {
        [b'.', b')', ..] => (Tail::Bracket, 2),
        [b')', ..] => (Tail::Bracket, 1),
        [b'.', ..] => (Tail::Stop, 1),
        _ => return None,
    };
    text[length..]
        .starts_with(char::is_whitespace)
        .then_some((tail, length))
}

/// Returns the last word of a text, or the end of it if it is longer than a label.
fn last_word(text: &str) -> &str {
    let from = text.len().saturating_sub(LONGEST + 4);
    let tail = &text[text.ceil_char_boundary(from)..];
    tail.rsplit(|c: char| c.is_whitespace() || mark::is_bullet(c))
        .next()
        .unwrap_or(tail)
}

/// Returns whether a text is white space and a few bullets only.
fn is_blank(text: &str) -> bool {
    text.len() <= LONGEST_BLANK
        && text
            .chars()
            .all(|c| c.is_whitespace() || mark::is_bullet(c))
}

/// Maximum length in bytes of the text that [`is_blank`] examines, so that segmentation is linear.
const LONGEST_BLANK: usize = 16;

/// Returns whether a word can be the label of a list item: `12`, `b`, `iv`, `IV`.
fn is_label(value: &str) -> bool {
    let is_number = value.len() <= 4 && value.bytes().all(|b| b.is_ascii_digit());
    let is_letter = value.chars().count() == 1 && value.chars().all(char::is_alphabetic);
    is_number || is_letter || ROMAN.iter().any(|roman| roman.eq_ignore_ascii_case(value))
}

/// Returns the kind of counter of which a label is the first value.
fn first_of(value: &str) -> Option<Counter> {
    match value {
        "1" => Some(Counter::Number),
        "a" => Some(Counter::Letter),
        "i" => Some(Counter::Roman),
        _ => None,
    }
}

/// Returns the number of a label in a kind of counter, from 1.
fn number_of(value: &str, counter: Counter) -> Option<usize> {
    match (counter, value.as_bytes()) {
        (Counter::Number, _) => value.parse().ok(),
        (Counter::Letter, &[letter @ b'a'..=b'z']) => {
            Some(usize::from(letter - b'a') + 1)
        }
        (Counter::Letter, _) => None,
        (Counter::Roman, _) => ROMAN
            .iter()
            .position(|&roman| roman == value)
            .map(|index| index + 1),
    }
}

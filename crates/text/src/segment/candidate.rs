//! A place where a sentence may end.

use super::mark::{self, Mark};
use super::quotes::Quotes;
use super::rules::Rules;

/// A run of marks with what closes behind it: `?!”`.
#[derive(Debug)]
pub(super) struct Candidate<'t> {
    pub(super) text: &'t str,
    /// Where the sentence starts.
    pub(super) sentence: usize,
    /// Where the last run of marks starts.
    pub(super) start: usize,
    /// Where the sentence would end.
    pub(super) end: usize,
    pub(super) mark: Mark,
    /// The last closing quote or bracket.
    pub(super) closer: Option<char>,
}

impl<'t> Candidate<'t> {
    pub(super) fn read(
        text: &'t str,
        sentence: usize,
        at: usize,
        mark: Mark,
        rules: &Rules,
    ) -> Self {
        let end = at + text[at..].chars().next().map_or(1, char::len_utf8);
        let mut read = Self {
            text,
            sentence,
            start: at,
            end,
            mark,
            closer: None,
        };
        loop {
            read.marks(rules);
            read.closers();
            let Some(next) = read.next().and_then(|c| rules.mark(c)) else {
                break;
            };
            read.start = read.end;
            read.mark = next;
            read.closer = None;
            read.advance();
        }
        read.footnotes();
        if read.mark == Mark::Call && text[..read.start].ends_with(mark::is_wide) {
            read.mark = Mark::Wide;
        }
        read
    }

    /// The sentence up to the mark.
    pub(super) fn before(&self) -> &'t str {
        &self.text[self.sentence..self.start]
    }

    fn rest(&self) -> &'t str {
        &self.text[self.end..]
    }

    fn next(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn advance(&mut self) {
        self.end += self.next().map_or(0, char::len_utf8);
    }

    /// Takes the marks that follow; stops may have a space between them.
    fn marks(&mut self, rules: &Rules) {
        loop {
            if let Some(next) = self.next().and_then(|c| rules.mark(c)) {
                self.mark = self.mark.joined(next);
                self.advance();
            } else if self.continues_spaced_ellipsis() {
                self.mark = Mark::Ellipsis;
                self.end += 2;
            } else {
                return;
            }
        }
    }

    /// Whether a space and a stop follow that stands for itself: `. . .`.
    fn continues_spaced_ellipsis(&self) -> bool {
        matches!(self.mark, Mark::Stop | Mark::Ellipsis)
            && self.rest().strip_prefix(" .").is_some_and(|rest| {
                rest.chars().next().is_none_or(|c| !c.is_alphanumeric())
            })
    }

    /// Takes the closing quotes and brackets that follow.
    fn closers(&mut self) {
        while let Some((c, length)) = closer(self.rest()) {
            self.end += length;
            self.closer = Some(c);
        }
    }

    /// Takes a straight quote that stands off, if a quotation is open.
    pub(super) fn spaced_quote(&mut self, quotes: &mut Quotes) {
        let Some(behind) = self.rest().strip_prefix(" \"") else {
            return;
        };
        if behind.chars().next().is_none_or(char::is_whitespace)
            && quotes.is_open_at(self.text, self.end)
        {
            self.end += 2;
            self.closer = Some('"');
        }
    }

    /// Takes the footnote marks that follow: `[1][2–4]`, ` [5]`.
    fn footnotes(&mut self) {
        while let Some(length) = footnote(self.rest()) {
            self.end += length;
        }
        if self.mark == Mark::Stop
            && self.text[..self.start].ends_with(char::is_lowercase)
        {
            self.end += raised(self.rest());
        }
    }
}

/// The closing quote or bracket that a text starts with, and its length. A guillemet may stand
/// off: `Oui. »`.
fn closer(text: &str) -> Option<(char, usize)> {
    let c = text.chars().next()?;
    let rest = &text[c.len_utf8()..];
    let opens = |rest: &str| rest.chars().next().is_some_and(char::is_alphanumeric);
    if mark::is_closer(c) || mark::is_closer_or_opener(c) && !opens(rest) {
        return Some((c, c.len_utf8()));
    }
    let rest = rest
        .strip_prefix('»')
        .filter(|rest| c.is_whitespace() && !opens(rest))?;
    (!mark::is_line_break(c)).then_some(('»', text.len() - rest.len()))
}

/// Length of a footnote mark or an omission in brackets, with a space before it or not, if the
/// text starts with one.
fn footnote(text: &str) -> Option<usize> {
    let open = text.strip_prefix(' ').unwrap_or(text).strip_prefix('[')?;
    let is_inner = |c: char| c.is_ascii_digit() || matches!(c, ',' | ' ' | '-' | '–');
    let omission = open
        .strip_prefix("...]")
        .or_else(|| open.strip_prefix("…]"));
    let rest =
        omission.or_else(|| open.trim_start_matches(is_inner).strip_prefix(']'))?;
    (open.len() - rest.len() <= LONGEST_FOOTNOTE).then_some(text.len() - rest.len())
}

/// Length of the numbers of footnotes that stand close behind a stop, and that a copy has
/// lowered: `1`, `2,3`. A capital follows them, or the line ends.
fn raised(text: &str) -> usize {
    let rest =
        text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | '–'));
    let length = text.len() - rest.len();
    let ends = rest.is_empty()
        || rest.starts_with(mark::is_line_break)
        || rest
            .strip_prefix(' ')
            .is_some_and(|it| it.starts_with(char::is_uppercase));
    let is_list = text.starts_with(|c: char| c.is_ascii_digit())
        && text[..length].ends_with(|c: char| c.is_ascii_digit());
    if ends && is_list && length <= LONGEST_FOOTNOTE {
        length
    } else {
        0
    }
}

/// No footnote mark is longer, in bytes, without the bracket that opens it.
const LONGEST_FOOTNOTE: usize = 10;

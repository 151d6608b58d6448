//! Runs of marks at which a sentence may end.

use super::mark::{self, Mark};
use super::quotes::Quotes;
use super::rules::Rules;

/// A run of marks with closing quotes and brackets after it: `?!”`.
#[derive(Debug)]
pub(super) struct Candidate<'t> {
    /// The whole text.
    pub(super) text: &'t str,
    /// Start of the sentence.
    pub(super) sentence: usize,
    /// Start of the last run of marks.
    pub(super) start: usize,
    /// End of the sentence if it ends here.
    pub(super) end: usize,
    /// Class of the last run of marks.
    pub(super) mark: Mark,
    /// Last closing quote or bracket.
    pub(super) closer: Option<char>,
}

impl<'t> Candidate<'t> {
    /// Reads the candidate that begins with the mark at the byte `at`, in a sentence that starts at
    /// the byte `sentence`.
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

        // marks may follow closing quotes: `"What?!" …`
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

        // an ASCII mark in text of a script without spaces
        if read.mark == Mark::Call && text[..read.start].ends_with(mark::is_wide) {
            read.mark = Mark::Wide;
        }
        read
    }

    /// Returns the sentence up to the marks.
    pub(super) fn before(&self) -> &'t str {
        &self.text[self.sentence..self.start]
    }

    /// Returns the text after the candidate.
    fn rest(&self) -> &'t str {
        &self.text[self.end..]
    }

    /// Returns the character after the candidate.
    fn next(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Adds the next character to the candidate.
    fn advance(&mut self) {
        self.end += self.next().map_or(0, char::len_utf8);
    }

    /// Adds the marks that follow; full stops may have a space between them.
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

    /// Returns whether a space and a separate full stop follow: `. . .`. An ellipsis directly before
    /// a word belongs to the word if a single full stop precedes it: `end. ...and then`.
    fn continues_spaced_ellipsis(&self) -> bool {
        let Some(rest) = self.rest().strip_prefix(" .") else {
            return false;
        };
        let word = match self.mark {
            Mark::Stop => rest.trim_start_matches('.'),
            Mark::Ellipsis => rest,
            _ => return false,
        };
        word.chars().next().is_none_or(|c| !c.is_alphanumeric())
    }

    /// Adds the closing quotes and brackets that follow.
    fn closers(&mut self) {
        while let Some((c, length)) = closer(self.rest()) {
            self.end += length;
            self.closer = Some(c);
        }
    }

    /// Adds a straight quote after a space, if a quotation is open.
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

    /// Adds the footnote marks that follow: `[1][2–4]`, ` [5]`.
    fn footnotes(&mut self) {
        while let Some(length) = footnote(self.rest()) {
            self.end += length;
        }
        if self.mark == Mark::Stop
            && self.text[..self.start].ends_with(char::is_lowercase)
        {
            self.end += superscript(self.rest());
        }
    }
}

/// Returns the closing quote or bracket at the start of a text, and its length in bytes. A guillemet
/// may have a space before it: `Oui. »`.
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

/// Returns the length of the footnote mark or the omission in brackets at the start of a text, with
/// a space before it if there is one.
fn footnote(text: &str) -> Option<usize> {
    let open = text.strip_prefix(' ').unwrap_or(text).strip_prefix('[')?;
    let omission = open
        .strip_prefix("...]")
        .or_else(|| open.strip_prefix("…]"));
    let rest = omission.or_else(|| {
        open.trim_start_matches(|c: char| {
            c.is_ascii_digit() || matches!(c, ',' | ' ' | '-' | '–')
        })
        .strip_prefix(']')
    })?;

    (open.len() - rest.len() <= LONGEST_FOOTNOTE).then_some(text.len() - rest.len())
}

/// Returns the length of footnote numbers directly after a full stop, which were superscript before
/// the text was copied: `1`, `2,3`. A capital or the end of the line must follow; otherwise the
/// length is 0.
fn superscript(text: &str) -> usize {
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

/// Maximum length of a footnote mark in bytes, without its opening bracket.
const LONGEST_FOOTNOTE: usize = 10;

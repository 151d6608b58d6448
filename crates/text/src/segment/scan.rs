//! Finds the marks at which a sentence may end, and splits the text there.

use super::candidate::Candidate;
use super::decide::ends_sentence;
use super::list::{Label, List};
use super::mark::{self, Mark};
use super::quotes::Quotes;
use super::rules::Rules;
use super::trim::push;
use crate::span::Span;

/// Appends the sentences of a text.
pub(super) fn scan(text: &str, rules: &Rules, out: &mut Vec<Span>) {
    let mut scan = Scan {
        text,
        rules,
        start: 0,
        list: List::default(),
        quotes: Quotes::default(),
        out,
    };

    scan.begin(0);
    let mut at = 0;
    while let Some(skipped) = rules.next_stop(&text.as_bytes()[at..]) {
        at = scan.step(at + skipped);
    }
    scan.close(text.len());
}

/// State of the scan of a text.
struct Scan<'a> {
    text: &'a str,
    rules: &'a Rules,
    /// Start of the current sentence.
    start: usize,
    /// List of the current line.
    list: List,
    /// Quotes of the current line.
    quotes: Quotes,
    /// Sentences found so far.
    out: &'a mut Vec<Span>,
}

impl Scan<'_> {
    /// Processes the character at the byte `at`, and returns the byte where the scan continues.
    fn step(&mut self, at: usize) -> usize {
        let Some(c) = self.text[at..].chars().next() else {
            return self.text.len();
        };
        let after = at + c.len_utf8();
        if at < self.start {
            return self.start;
        }

        if mark::is_line_break(c) {
            self.close(at);
            self.begin(after);
            self.list = List::default();
            self.quotes = Quotes {
                counted_to: after,
                is_open: false,
            };
            return after;
        }

        let mark = self.rules.mark(c);
        if mark.is_none() && c != ')' && !mark::is_bullet(c) {
            return after;
        }

        match self
            .list
            .label(&self.text[self.start..], at - self.start, self.rules)
        {
            Label::Opens { end } => return self.start + end,
            Label::Follows { start, end } => {
                let (start, end) = (self.start + start, self.start + end);
                self.close(start);
                return end;
            }
            Label::None => {}
        }

        // an emoticon may end a sentence, as an ellipsis may
        let is_smile = c == ')' && ends_with_eyes(&self.text[..at]);
        let mark = if is_smile { Some(Mark::Ellipsis) } else { mark };
        let Some(mark) = mark else { return after };

        let mut candidate = Candidate::read(self.text, self.start, at, mark, self.rules);
        candidate.spaced_quote(&mut self.quotes);
        if ends_sentence(&candidate, self.rules) {
            self.close(candidate.end);
        }
        candidate.end
    }

    /// Ends the current sentence at the byte `end`.
    fn close(&mut self, end: usize) {
        push(self.text, self.start, end, self.out);
        self.begin(end);
    }

    /// Starts a sentence at the first character from the byte `at` on that is not white space.
    fn begin(&mut self, at: usize) {
        let rest = self.text[at..].trim_start_matches(mark::is_space);
        self.start = self.text.len() - rest.len();
    }
}

/// Returns whether a text ends in the eyes of an emoticon, such as the `:` of `:)` or the `;-` of
/// `;-)`.
fn ends_with_eyes(text: &str) -> bool {
    let text = text.strip_suffix('-').unwrap_or(text);
    text.strip_suffix([':', ';']).is_some_and(|text| {
        let before = text.chars().next_back();
        before.is_none_or(|c| c.is_whitespace() || Mark::of(c).is_some())
    })
}

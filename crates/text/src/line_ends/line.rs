//! A line, and what can be told of it alone.

use super::super::segment::{Mark, is_closer, is_closer_or_opener, is_wide};

/// A line of a text that is not blank.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'t> {
    /// Where it begins in the text, behind its indentation and its marks of quotation.
    pub start: usize,
    /// Where it ends, before white space.
    pub end: usize,
    /// What stands between.
    pub body: &'t str,
    /// Characters of white space and marks of quotation before it.
    pub indent: usize,
    /// Marks of quotation before it, as mails have them.
    pub quoted: usize,
    /// Characters up to its end.
    pub length: usize,
    /// Its number in the text, from 0.
    pub number: usize,
    /// Whether a blank line or a form feed stands before it, or it is quoted more or less
    /// deeply than the line before.
    pub is_first: bool,
    /// Whether a form feed or another [hard](is_hard) break stands between it and the line
    /// before.
    pub is_on_new_page: bool,
}

/// The lines of a text that are not blank; a line of nothing but marks of quotation is.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let mut lines: Vec<Line<'_>> = Vec::new();
    let (mut start, mut is_first, mut is_on_new_page) = (0, true, false);
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let (before, quoted) = marks(line);
        let body = line[before..].trim();
        let indent = &line[..before];
        is_on_new_page |= indent.contains(is_hard);
        if body.is_empty() {
            is_first = true;
            is_on_new_page |= line.contains(is_hard);
        } else {
            let is_as_deep = lines.last().is_none_or(|last| last.quoted == quoted);
            let begin = start + before;
            let indent = indent.chars().count();
            lines.push(Line {
                start: begin,
                end: begin + body.len(),
                body,
                indent,
                quoted,
                length: indent + length(body),
                number,
                is_first: is_first || is_on_new_page || !is_as_deep,
                is_on_new_page,
            });
            is_first = false;
            is_on_new_page = line[before + body.len()..]
                .trim_end_matches('\n')
                .contains(is_hard);
        }
        start += line.len();
    }
    lines
}

/// How long the white space and the marks of quotation at the head of a line are, and how
/// many marks there are.
fn marks(line: &str) -> (usize, usize) {
    let rest = line.trim_start_matches(|c: char| c == '>' || c.is_whitespace());
    let head = &line[..line.len() - rest.len()];
    let quoted = head.bytes().filter(|&byte| byte == b'>').count();
    (head.len(), quoted)
}

fn length(text: &str) -> usize {
    if text.is_ascii() {
        text.len()
    } else {
        text.chars().count()
    }
}

/// Whether a character breaks more than a line: a form feed, a separator of lines or of
/// paragraphs, and their like.
fn is_hard(c: char) -> bool {
    matches!(c, '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

impl Line<'_> {
    fn first(&self) -> Option<char> {
        self.body.chars().next()
    }

    fn last(&self) -> Option<char> {
        self.body.chars().next_back()
    }

    pub(super) fn starts_wide(&self) -> bool {
        self.first().is_some_and(is_wide_or_full)
    }

    pub(super) fn ends_wide(&self) -> bool {
        self.last().is_some_and(is_wide_or_full)
    }

    pub(super) fn starts_with_letter(&self) -> bool {
        self.first().is_some_and(char::is_alphabetic)
    }

    /// How many characters its first word has; in a script without spaces, one.
    pub(super) fn first_word(&self) -> usize {
        match self.starts_wide() {
            true => 1,
            false => self.body.split_whitespace().next().map_or(0, length),
        }
    }

    /// The hyphen that parts its last word from the next line.
    pub(super) fn hyphen(&self) -> Option<char> {
        let hyphen = self.last().filter(|&c| matches!(c, '-' | '‐' | '\u{ad}'))?;
        let before = self.body[..self.body.len() - hyphen.len_utf8()]
            .chars()
            .next_back();
        before.is_some_and(char::is_alphabetic).then_some(hyphen)
    }

    /// Whether no mark of a sentence or colon stands at its end.
    pub(super) fn is_open(&self) -> bool {
        let mut back = self.body.chars().rev();
        let last = back.find(|&c| !is_closer(c) && !is_closer_or_opener(c));
        last.is_some_and(|c| Mark::of(c).is_none() && !matches!(c, ':' | '：'))
    }

    /// Whether its first letter is a small one.
    pub(super) fn is_small(&self) -> bool {
        self.first_letter().is_some_and(char::is_lowercase)
    }

    /// Whether its first letter is no capital.
    pub(super) fn goes_on(&self) -> bool {
        self.first_letter().is_some_and(|c| !c.is_uppercase())
    }

    /// Its first letter, if nothing but quotes and brackets stand before it.
    fn first_letter(&self) -> Option<char> {
        let c = self
            .body
            .chars()
            .find(|&c| !is_closer_or_opener(c) && !matches!(c, '(' | '['))?;
        c.is_alphabetic().then_some(c)
    }

    /// Whether it starts what is no prose, by how it begins.
    pub(super) fn is_item(&self) -> bool {
        let mut words = self.body.split(' ');
        let first = words.next().unwrap_or("");
        words.next().is_some() && is_label(first)
            || is_heading(first)
            || self.body.starts_with(['|', '<'])
    }

    /// Whether it begins with a dash, a star, or a number or letter with a stop, as a line may that
    /// a wrap has cut there.
    pub(super) fn may_be_cut(&self) -> bool {
        let first = self.body.split(' ').next().unwrap_or("");
        let number = first.trim_end_matches(['.', ')', ':']);
        matches!(first, "-" | "–" | "—" | "--" | "*")
            || number.len() == 1
            || !number.is_empty() && number.bytes().all(|it| it.is_ascii_digit())
    }

    /// Whether it is a row of a table, a rule, or the fence of code.
    pub(super) fn is_row(&self) -> bool {
        let body = self.body;
        body.contains('\t')
            || body.contains("   ")
            || body.bytes().filter(|&byte| byte == b'|').count() > 1
            || self.is_fence()
            || !body.contains(char::is_alphanumeric) && !body.starts_with(['.', '…'])
    }

    /// Whether it is a number and nothing else, or ends in one in brackets: the foot of a page.
    pub(super) fn is_page_number(&self) -> bool {
        let words = self
            .body
            .trim_matches(|c: char| matches!(c, '-' | '–' | ' '));
        let is_number =
            |word: &str| !word.is_empty() && word.bytes().all(|it| it.is_ascii_digit());
        let numbered = |start: &str| {
            let after = self.body.rsplit_once(start).map(|(_, after)| after);
            after.is_some_and(|after| after.strip_suffix(']').is_some_and(is_number))
        };
        is_number(words) && words.len() <= 4 || numbered("[Page ") || numbered("[page ")
    }

    /// Whether it opens or closes a block of code.
    pub(super) fn is_fence(&self) -> bool {
        self.body.starts_with("```") || self.body.starts_with("~~~")
    }
}

fn is_wide_or_full(c: char) -> bool {
    is_wide(c)
        || matches!(Mark::of(c), Some(Mark::Wide))
        || ('\u{ff00}'..='\u{ffef}').contains(&c)
}

/// Whether a word is the mark of a heading of Markdown.
fn is_heading(word: &str) -> bool {
    word.len() <= 6 && word.bytes().all(|it| it == b'#')
}

/// Whether a word is the label of an item: `-`, `•`, `12.`, `a)`, `(iv)`, `[3]`.
fn is_label(word: &str) -> bool {
    const BULLETS: &str = "-*+•·–—▪◦‣●○■□►";
    let mut chars = word.chars();
    let first = chars.next();
    if chars.next().is_none() {
        return first.is_some_and(|c| BULLETS.contains(c));
    }
    let inner = word.trim_start_matches(['(', '[']);
    let value = inner.trim_end_matches(['.', ')', ']', ':']);
    let is_number = value.len() <= 3 && value.bytes().all(|it| it.is_ascii_digit());
    let is_letter = value.len() == 1 && value.bytes().all(|it| it.is_ascii_lowercase());
    let is_dotted = value.len() <= 8
        && value.bytes().all(|it| it.is_ascii_digit() || it == b'.')
        && value.contains('.');
    value.len() < inner.len()
        && !value.is_empty()
        && (is_number || is_letter || is_dotted)
        || word == "--"
}

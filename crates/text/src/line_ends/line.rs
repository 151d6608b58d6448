//! The lines of a text, and properties of a single line.

use super::super::segment::{Mark, is_closer, is_closer_or_opener, is_wide};

/// A line of a text that is not blank.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'t> {
    /// Offset in the text after indentation and quotation marks of mail.
    pub start: usize,
    /// Offset of the end, before white space.
    pub end: usize,
    /// The text between both.
    pub body: &'t str,
    /// Number of characters of white space and quotation marks before the body.
    pub indent: usize,
    /// Number of quotation marks of mail (`>`) before the body.
    pub quoted: usize,
    /// Number of characters up to the end, indentation included.
    pub length: usize,
    /// Index of the line in the text, blank lines included.
    pub number: usize,
    /// Whether the line is the first of a block: after a blank line or a form feed, or with
    /// another depth of quotation than the line before.
    pub is_first: bool,
    /// Whether a form feed or another [hard](is_hard) break is between the line and the line
    /// before.
    pub is_on_new_page: bool,
}

/// Returns the lines of a text that are not blank. A line of quotation marks only is blank.
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

/// Returns the length in bytes of the white space and quotation marks at the start of a line, and
/// the number of quotation marks.
fn marks(line: &str) -> (usize, usize) {
    let rest = line.trim_start_matches(|c: char| c == '>' || c.is_whitespace());
    let head = &line[..line.len() - rest.len()];
    let quoted = head.bytes().filter(|&byte| byte == b'>').count();
    (head.len(), quoted)
}

/// Returns the number of characters of a text.
fn length(text: &str) -> usize {
    if text.is_ascii() {
        text.len()
    } else {
        text.chars().count()
    }
}

/// Returns whether a character is a break other than a line end: a form feed, a separator of lines
/// or paragraphs, or the like.
fn is_hard(c: char) -> bool {
    matches!(c, '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

impl Line<'_> {
    /// Returns the first character.
    fn first(&self) -> Option<char> {
        self.body.chars().next()
    }

    /// Returns the last character.
    fn last(&self) -> Option<char> {
        self.body.chars().next_back()
    }

    /// Returns whether the line begins in a script without spaces.
    pub(super) fn starts_wide(&self) -> bool {
        self.first().is_some_and(is_wide_or_full)
    }

    /// Returns whether the line ends in a script without spaces.
    pub(super) fn ends_wide(&self) -> bool {
        self.last().is_some_and(is_wide_or_full)
    }

    /// Returns whether the line begins with a letter.
    pub(super) fn starts_with_letter(&self) -> bool {
        self.first().is_some_and(char::is_alphabetic)
    }

    /// Returns the length of the first word in characters; 1 in a script without spaces.
    pub(super) fn first_word(&self) -> usize {
        match self.starts_wide() {
            true => 1,
            false => self.body.split_whitespace().next().map_or(0, length),
        }
    }

    /// Returns the hyphen at the end of the line, after a letter.
    pub(super) fn hyphen(&self) -> Option<char> {
        let hyphen = self.last().filter(|&c| matches!(c, '-' | '‐' | '\u{ad}'))?;
        let before = self.body[..self.body.len() - hyphen.len_utf8()]
            .chars()
            .next_back();
        before.is_some_and(char::is_alphabetic).then_some(hyphen)
    }

    /// Returns whether the line does not end in a mark of the end of a sentence or a colon. Quotes
    /// and brackets after the mark are ignored.
    pub(super) fn is_open(&self) -> bool {
        let mut back = self.body.chars().rev();
        let last = back.find(|&c| !is_closer(c) && !is_closer_or_opener(c));
        last.is_some_and(|c| Mark::of(c).is_none() && !matches!(c, ':' | '：'))
    }

    /// Returns whether the first letter is lower-case.
    pub(super) fn is_lower(&self) -> bool {
        self.first_letter().is_some_and(char::is_lowercase)
    }

    /// Returns whether the first letter is not a capital, so that it may continue a sentence.
    pub(super) fn may_continue(&self) -> bool {
        self.first_letter().is_some_and(|c| !c.is_uppercase())
    }

    /// Returns the first letter, if nothing but quotes and brackets are before it.
    fn first_letter(&self) -> Option<char> {
        let c = self
            .body
            .chars()
            .find(|&c| !is_closer_or_opener(c) && !matches!(c, '(' | '['))?;
        c.is_alphabetic().then_some(c)
    }

    /// Returns whether the line begins an item of a list, a heading, a table or markup.
    pub(super) fn is_item(&self) -> bool {
        let mut words = self.body.split(' ');
        let first = words.next().unwrap_or("");
        words.next().is_some() && is_label(first)
            || is_heading(first)
            || self.body.starts_with(['|', '<'])
    }

    /// Returns whether the line begins like an item, but with what may also be prose after a wrap: a
    /// dash, a star, or a number or letter with a full stop.
    pub(super) fn may_be_wrapped_item(&self) -> bool {
        let first = self.body.split(' ').next().unwrap_or("");
        let number = first.trim_end_matches(['.', ')', ':']);
        matches!(first, "-" | "–" | "—" | "--" | "*")
            || number.len() == 1
            || !number.is_empty() && number.bytes().all(|it| it.is_ascii_digit())
    }

    /// Returns whether the line is a row of a table, a horizontal rule, or the fence of code.
    pub(super) fn is_row(&self) -> bool {
        let body = self.body;
        body.contains('\t')
            || body.contains("   ")
            || body.bytes().filter(|&byte| byte == b'|').count() > 1
            || self.is_fence()
            || !body.contains(char::is_alphanumeric) && !body.starts_with(['.', '…'])
    }

    /// Returns whether the line is a page number: a number and nothing else, or a line that ends in
    /// `[Page 7]`.
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

    /// Returns whether the line opens or closes a block of code.
    pub(super) fn is_fence(&self) -> bool {
        self.body.starts_with("```") || self.body.starts_with("~~~")
    }
}

/// Returns whether a character is of a script without spaces, its punctuation included.
fn is_wide_or_full(c: char) -> bool {
    is_wide(c)
        || matches!(Mark::of(c), Some(Mark::Wide))
        || ('\u{ff00}'..='\u{ffef}').contains(&c)
}

/// Returns whether a word marks a heading of Markdown.
fn is_heading(word: &str) -> bool {
    word.len() <= 6 && word.bytes().all(|it| it == b'#')
}

/// Returns whether a word is the label of an item: `-`, `•`, `12.`, `a)`, `[3]`, `1.2.`.
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

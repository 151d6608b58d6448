//! Signs that join words to one unit: hyphens, slashes and indices.

use epitome_text::{Document, Span, Token};

/// The signs that join words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::keywords) enum Joints {
    /// Hyphens: `real-time`.
    Hyphens,
    /// Hyphens, slashes and indices: `real-time`, `CAD/CAM`, `H/sub 2/`.
    All,
}

impl Joints {
    /// Returns the signs that join words in a document with or without parts of speech.
    pub(super) fn of(has_tags: bool) -> Self {
        match has_tags {
            true => Self::All,
            false => Self::Hyphens,
        }
    }

    /// Returns the end (exclusive) of the unit that begins with token `start`: a word with all that is
    /// joined to it, or a single sign of punctuation.
    pub(in crate::keywords) fn unit_end(
        self,
        document: &Document,
        start: usize,
    ) -> usize {
        let index = match self {
            Self::Hyphens => None,
            Self::All => index_end(document, start),
        };
        let mut end = index.unwrap_or(start + 1);
        if index.is_none() && !document.tokens()[start].is_word() {
            return end;
        }

        while let Some(next) = self.next(document, end) {
            end = next;
        }
        end
    }

    /// Returns the end (exclusive) of the part that begins with token `at`, if the unit continues there.
    fn next(self, document: &Document, at: usize) -> Option<usize> {
        if is_hyphen(document, at) {
            return Some(at + 2);
        }
        if self == Self::Hyphens
            || at >= document.tokens().len()
            || !adjoins(document, at)
        {
            return None;
        }

        let index = index_end(document, at);
        let is_slash = is_between_words(document, at) && text(document, at) == "/";
        index
            .or_else(|| is_slash.then_some(at + 2))
            .or_else(|| follows_index(document, at).then_some(at + 1))
    }
}

/// Returns whether token `at` is a hyphen with a word on both sides, without spaces.
pub(in crate::keywords) fn is_hyphen(document: &Document, at: usize) -> bool {
    is_between_words(document, at) && matches!(text(document, at), "-" | "‐" | "‑")
}

/// Returns whether token `at` is punctuation with a word on both sides, without spaces.
fn is_between_words(document: &Document, at: usize) -> bool {
    let all = document.tokens();
    let Some([before, sign, after]) = all.get(at - 1..at + 2) else {
        return false;
    };
    let are_words = before.is_word() && !sign.is_word() && after.is_word();
    are_words && adjoins(document, at) && adjoins(document, at + 1)
}

/// Returns the end (exclusive) of the subscript or superscript that begins with token `at`, if one
/// does. Abstracts of physics and engineering in plain text write them as `/sub 2/` and `/sup -6/`.
/// The last slash is included unless other punctuation is in the same token.
fn index_end(document: &Document, at: usize) -> Option<usize> {
    let all = document.tokens();
    let is_index = at + 1 < all.len()
        && text(document, at) == "/"
        && matches!(text(document, at + 1), "sub" | "sup")
        && adjoins(document, at + 1);

    let mut inner = at + 3..all.len().min(at + 3 + LONGEST_INDEX);
    let end = inner.find(|&it| is_index && text(document, it).starts_with('/'))?;
    let is_alone = matches!(text(document, end), "/" | "/-");
    Some(if is_alone { end + 1 } else { end })
}

/// The maximum number of tokens of an index after its first one.
const LONGEST_INDEX: usize = 3;

/// Returns whether token `at` is a word after the last slash of an index: the `Cs` of
/// `/sup 133/Cs`. The caller has checked that there is nothing between the two.
fn follows_index(document: &Document, at: usize) -> bool {
    let is_word = document.tokens().get(at).is_some_and(Token::is_word);
    is_word && matches!(text(document, at - 1), "/" | "/-")
}

/// Returns whether there is nothing between token `at` and the previous one as the text is read: not
/// even a line end at which a compound was broken after its hyphen (`long-` and `term`).
fn adjoins(document: &Document, at: usize) -> bool {
    let all = document.tokens();
    let (start, end) = (all[at - 1].span.end, all[at].span.start);
    let gap = Span { start, end };
    let is_line_end = || gap.of(document.full_text()).contains('\n');
    start == end || (is_line_end() && document.read(gap).is_empty())
}

/// Returns the text of token `at`.
fn text(document: &Document, at: usize) -> &str {
    document.tokens()[at].span.of(document.full_text())
}

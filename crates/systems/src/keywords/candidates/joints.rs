//! What joins words to one: hyphens, slashes and indices.

use epitome_text::{Document, Token};

/// Which signs join words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::keywords) enum Joints {
    /// Hyphens: `real-time`.
    Hyphens,
    /// Hyphens, slashes and indices: `real-time`, `CAD/CAM`, `H/sub 2/`.
    All,
}

impl Joints {
    /// Those of a document with parts of speech or without.
    pub(super) fn of(has_tags: bool) -> Self {
        match has_tags {
            true => Self::All,
            false => Self::Hyphens,
        }
    }

    /// One past the unit that begins with token `start`: a word with what is joined to it, or
    /// punctuation.
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

    /// One past the part of a unit that begins with token `at`, if the unit goes on there.
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

/// Whether token `at` is a hyphen with a word close on both sides.
pub(in crate::keywords) fn is_hyphen(document: &Document, at: usize) -> bool {
    is_between_words(document, at) && matches!(text(document, at), "-" | "‐" | "‑")
}

fn is_between_words(document: &Document, at: usize) -> bool {
    let all = document.tokens();
    let Some([before, sign, after]) = all.get(at - 1..at + 2) else {
        return false;
    };
    let are_words = before.is_word() && !sign.is_word() && after.is_word();
    are_words && adjoins(document, at) && adjoins(document, at + 1)
}

/// One past the index that begins with token `at`, as abstracts of physics and engineering
/// write it in plain text: `/sub 2/`, `/sup -6/`. Its last slash is a part of it, unless other
/// punctuation stands with that.
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

/// Tokens of an index behind its first.
const LONGEST_INDEX: usize = 3;

/// Whether token `at` is a word close behind the last slash of an index: the `Cs` of
/// `/sup 133/Cs`.
fn follows_index(document: &Document, at: usize) -> bool {
    let is_word = document.tokens().get(at).is_some_and(Token::is_word);
    is_word && matches!(text(document, at - 1), "/" | "/-")
}

/// Whether nothing stands between token `at` and the one before it.
fn adjoins(document: &Document, at: usize) -> bool {
    let all = document.tokens();
    all[at - 1].span.end == all[at].span.start
}

fn text(document: &Document, at: usize) -> &str {
    document.tokens()[at].span.of(document.full_text())
}

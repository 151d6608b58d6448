//! A tokenised text: its tokens as numbers, in segments.

/// The token that separates two spellings of a phrase.
pub const VARIANT: u32 = u32::MAX;

/// A text as numbers, made by a [`Tokeniser`](super::Tokeniser). Within one document
/// equal numbers are equal tokens.
///
/// Numbers are dense and in the order of first occurrence, starting with the document's
/// first reference, so that they can index a `Vec`; characters are represented by their
/// code points.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tokens {
    pub(super) ids: Vec<u32>,
    pub(super) ends: Vec<usize>,
    /// The index at which the text begins, as opposed to its segments: 0 except with
    /// [`Limit::Bytes`](super::Limit::Bytes).
    pub(super) text: usize,
}

impl Tokens {
    /// Returns all tokens of the text.
    pub fn ids(&self) -> &[u32] {
        &self.ids[self.text..]
    }

    /// Returns the tokens of each segment; a segment may be empty.
    pub fn segments(&self) -> impl ExactSizeIterator<Item = &[u32]> {
        (0..self.ends.len()).map(|at| {
            let start = if at == 0 { 0 } else { self.ends[at - 1] };
            &self.ids[start..self.ends[at]]
        })
    }

    /// Returns the number of tokens in all segments.
    pub fn segments_len(&self) -> usize {
        self.ends.last().copied().unwrap_or(0)
    }

    /// Appends the segments of another text of the same document. Limits have been
    /// applied to each part separately.
    pub fn append(&mut self, other: &Self) {
        let start = self.ids.len();
        self.ids
            .extend_from_slice(&other.ids[..other.segments_len()]);
        self.ends.extend(other.ends.iter().map(|end| start + end));
    }

    /// Removes all tokens but keeps the allocated memory.
    pub fn clear(&mut self) {
        self.ids.clear();
        self.ends.clear();
        self.text = 0;
    }

    /// Returns no tokens, with room for the tokens of an English text of this number of
    /// bytes.
    pub(super) fn with_room(bytes: usize) -> Self {
        Self {
            // an English word has about four letters and a space
            ids: Vec::with_capacity(bytes / 5),
            ..Self::default()
        }
    }

    pub(super) fn end_segment(&mut self) {
        self.ends.push(self.ids.len());
    }
}

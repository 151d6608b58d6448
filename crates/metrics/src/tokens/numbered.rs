//! A text as numbers.

/// Stands between two ways to write a phrase.
pub const VARIANT: u32 = u32::MAX;

/// A text as numbers: equal numbers are equal tokens, within one document.
///
/// Numbers are dense, in the order of first appearance from the document's first
/// reference on, so that they can index a `Vec`; characters are their code points.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tokens {
    pub(super) ids: Vec<u32>,
    pub(super) ends: Vec<usize>,
    /// Where the text begins, as opposed to its segments: 0 but for [`Limit::Bytes`](super::Limit::Bytes).
    pub(super) text: usize,
}

impl Tokens {
    /// All tokens.
    pub fn ids(&self) -> &[u32] {
        &self.ids[self.text..]
    }

    /// The tokens of each segment; a segment may be empty.
    pub fn segments(&self) -> impl ExactSizeIterator<Item = &[u32]> {
        let start = |at: usize| if at == 0 { 0 } else { self.ends[at - 1] };
        (0..self.ends.len()).map(move |at| &self.ids[start(at)..self.ends[at]])
    }

    /// How many tokens all segments have.
    pub fn segments_len(&self) -> usize {
        self.ends.last().copied().unwrap_or(0)
    }

    /// Adds the segments of another text of the same document. Limits are those of each
    /// part.
    pub fn append(&mut self, other: &Self) {
        let start = self.ids.len();
        self.ids
            .extend_from_slice(&other.ids[..other.segments_len()]);
        self.ends.extend(other.ends.iter().map(|end| start + end));
    }

    /// Forgets all, keeps the memory.
    pub fn clear(&mut self) {
        self.ids.clear();
        self.ends.clear();
        self.text = 0;
    }

    /// None yet, with room for those of an English text of so many bytes.
    pub(super) fn with_room(bytes: usize) -> Self {
        Self {
            ids: Vec::with_capacity(bytes / 5),
            ..Self::default()
        }
    }

    pub(super) fn end_segment(&mut self) {
        self.ends.push(self.ids.len());
    }
}

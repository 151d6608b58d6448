//! What a metric measures, and against what.

use super::Tokens;

/// What a metric must be given, beyond references and an output's text.
///
/// Without it the metric has nothing to say: its cell is empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is wanted by itself")]
pub struct MetricNeeds {
    /// The source document.
    pub source: bool,
    /// Which sentences of the source the output picked.
    pub picks: bool,
    /// Which sentences the oracle picked.
    pub oracle: bool,
    /// Which sentences of the source are boilerplate.
    pub labels: bool,
    /// No reference: documents without one, or with one that it cannot read, count too.
    pub no_reference: bool,
    /// The texts themselves beside their tokens. They are always there.
    pub texts: bool,
}

/// One document as a metric sees it.
#[derive(Debug, Clone, Copy, Default)]
pub struct MetricInput<'a> {
    /// The references, of which there is at least one unless the metric looks at none.
    pub references: &'a [Tokens],
    /// The source document, a segment for each sentence.
    pub source: Option<&'a Tokens>,
    /// How many sentences the source has.
    pub sentences: usize,
    /// The sentences that the oracle picked, ascending.
    pub oracle: Option<&'a [usize]>,
    /// Sentence by sentence, whether it is boilerplate, where somebody has said.
    pub boilerplate: Option<&'a [bool]>,
    /// The segments of each reference, for metrics that [need](Needs::texts) them.
    pub texts: &'a [Vec<String>],
}

impl<'a> MetricInput<'a> {
    /// The segments of the source, none where it is not given.
    pub fn source_segments(&self) -> impl Iterator<Item = &'a [u32]> + use<'a> {
        self.source.into_iter().flat_map(Tokens::segments)
    }

    /// The tokens of the source, none where it is not given.
    pub fn source_ids(&self) -> &'a [u32] {
        self.source.map_or(&[], Tokens::ids)
    }
}

/// An output as a metric sees it.
#[derive(Debug, Clone, Copy)]
pub struct Output<'a> {
    /// Its text.
    pub tokens: &'a Tokens,
    /// The sentences it picked, where it is known which.
    pub picks: Option<&'a [usize]>,
    /// The same, the system's best first.
    pub ranked: Option<&'a [usize]>,
    /// Its segments, for metrics that [need](Needs::texts) them.
    pub texts: &'a [String],
}

impl MetricNeeds {
    /// Whether references and a text are enough.
    pub fn none(self) -> bool {
        Self {
            texts: false,
            ..self
        } == Self::default()
    }
}

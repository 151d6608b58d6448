//! The input of a metric: what is known of a document, and the output to measure.

use super::Tokens;

/// What a metric needs besides the references and the text of an output.
///
/// If something that a metric needs is missing, the metric has no value for the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is wanted by itself")]
pub struct MetricNeeds {
    /// Whether the metric needs the source document.
    pub source: bool,
    /// Whether the metric needs to know which sentences of the source the output picked.
    pub picks: bool,
    /// Whether the metric needs to know which sentences the oracle picked.
    pub oracle: bool,
    /// Whether the metric needs labels that tell which sentences of the source are
    /// boilerplate.
    pub labels: bool,
    /// Whether the metric needs answers to the query of the document.
    pub answers: bool,
    /// Whether the metric needs to know which sentences of the source are evidence for an
    /// answer.
    pub evidence: bool,
    /// Whether the metric works without references. If so, documents count that have no
    /// reference or one that the tokeniser cannot read.
    pub no_reference: bool,
    /// The texts themselves beside their tokens. They are always there.
    pub texts: bool,
}

/// One document as a metric sees it, made by a [`MetricSet`](crate::MetricSet).
#[derive(Debug, Clone, Copy, Default)]
pub struct MetricInput<'a> {
    /// The references. There is at least one unless the metric works without references.
    pub references: &'a [Tokens],
    /// The source document with a segment for each sentence, if it is given.
    pub source: Option<&'a Tokens>,
    /// The number of sentences of the source.
    pub sentences: usize,
    /// The indices of the sentences that the oracle picked, in ascending order, if they
    /// are given.
    pub oracle: Option<&'a [usize]>,
    /// Whether each sentence of the source is boilerplate, if the document is labelled.
    pub boilerplate: Option<&'a [bool]>,
    /// The answers to the query of the document, each by itself; none if there are none.
    pub answers: &'a [Tokens],
    /// The indices of the sentences that are evidence for an answer, in ascending order, if
    /// they are known.
    pub evidence: Option<&'a [usize]>,
    /// The segments of each reference, for metrics that [need](MetricNeeds::texts) them.
    pub texts: &'a [Vec<String>],
    /// The sentences of the source, if it is given, for metrics that need texts.
    pub source_texts: &'a [String],
}

impl<'a> MetricInput<'a> {
    /// Returns the segments of the source, none if the source is not given.
    pub fn source_segments(&self) -> impl Iterator<Item = &'a [u32]> + use<'a> {
        self.source.into_iter().flat_map(Tokens::segments)
    }

    /// Returns the tokens of the source, none if the source is not given.
    pub fn source_ids(&self) -> &'a [u32] {
        self.source.map_or(&[], Tokens::ids)
    }
}

/// An output as a metric sees it, made by a [`MetricSet`](crate::MetricSet).
#[derive(Debug, Clone, Copy)]
pub struct Output<'a> {
    /// The tokens of the output's text.
    pub tokens: &'a Tokens,
    /// The indices of the sentences that the output picked, in ascending order, if they
    /// are known.
    pub picks: Option<&'a [usize]>,
    /// The indices of the sentences that the output picked, the system's best first, if
    /// they are known.
    pub ranked: Option<&'a [usize]>,
    /// Its segments, for metrics that [need](MetricNeeds::texts) them.
    pub texts: &'a [String],
}

impl MetricNeeds {
    /// Returns whether the metric needs nothing besides references and a text.
    pub fn none(self) -> bool {
        Self {
            texts: false,
            ..self
        } == Self::default()
    }
}

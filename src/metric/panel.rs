//! Several metrics on the same texts, each text tokenised once.

use super::{Measure, Metric, Statistics, Task, Tokeniser, Tokens};

/// Metrics of one task that are measured side by side.
///
/// One for each thread: it remembers words.
pub struct Panel<'m> {
    metrics: Vec<&'m dyn Metric>,
    tokenisers: Vec<Tokeniser>,
    /// Metric → tokeniser.
    uses: Vec<usize>,
}

/// The references of one document as each tokeniser sees them.
#[derive(Debug)]
pub struct References {
    tokens: Vec<Vec<Tokens>>,
    /// Metric by metric: whether its tokeniser reads them, see
    /// [`Tokenisation::reads`](super::Tokenisation::reads).
    pub readable: Vec<bool>,
}

/// A candidate as each tokeniser sees it.
#[derive(Debug)]
pub struct Candidate(Vec<Tokens>);

/// The metrics with the references of one document at hand.
pub struct Scale<'r> {
    measures: Vec<Box<dyn Measure + 'r>>,
    uses: Vec<usize>,
}

impl<'m> Panel<'m> {
    /// The metrics among `metrics` that measure `task`, in their order.
    pub fn new(task: Task, metrics: impl IntoIterator<Item = &'m dyn Metric>) -> Self {
        let metrics: Vec<_> = metrics.into_iter().filter(|m| m.task() == task).collect();
        let mut tokenisers: Vec<Tokeniser> = Vec::new();
        let uses = metrics.iter().map(|metric| {
            let wanted = metric.tokenisation();
            let known = tokenisers.iter().position(|t| t.tokenisation() == wanted);
            known.unwrap_or_else(|| {
                tokenisers.push(Tokeniser::new(wanted));
                tokenisers.len() - 1
            })
        });
        let uses = uses.collect();
        Self { metrics, tokenisers, uses }
    }

    /// Tokenises references, each a list of segments: a summary is one segment or one
    /// for each sentence, gold keyphrases are one reference of many segments.
    ///
    /// Tokens made for the document before are void after this.
    pub fn references<'a>(
        &mut self,
        references: impl IntoIterator<Item = &'a [String], IntoIter: Clone>,
    ) -> References {
        let references = references.into_iter();
        let see = |tokeniser: &mut Tokeniser| {
            tokeniser.refresh();
            let tokens = |segments: &[String]| {
                tokeniser.tokens(segments.iter().map(String::as_str))
            };
            references.clone().map(tokens).collect()
        };
        let tokens = self.tokenisers.iter_mut().map(see).collect();
        let readable = self.metrics.iter().map(|metric| {
            let tokenisation = metric.tokenisation();
            references.clone().flatten().all(|segment| tokenisation.reads(segment))
        });
        References { tokens, readable: readable.collect() }
    }

    /// Tokenises a candidate given as segments.
    pub fn candidate<'a>(
        &mut self,
        segments: impl IntoIterator<Item = &'a str, IntoIter: Clone>,
    ) -> Candidate {
        let segments = segments.into_iter();
        let tokens = self.tokenisers.iter_mut().map(|t| t.tokens(segments.clone()));
        Candidate(tokens.collect())
    }

    /// Prepares every metric for references.
    pub fn scale<'r>(&self, references: &'r References) -> Scale<'r>
    where
        'm: 'r,
    {
        let measure = |(metric, &tokeniser): (&&'m dyn Metric, &usize)| {
            metric.against(&references.tokens[tokeniser])
        };
        let measures = self.metrics.iter().zip(&self.uses).map(measure).collect();
        Scale { measures, uses: self.uses.clone() }
    }
}

impl Scale<'_> {
    /// The statistics of a candidate, metric by metric.
    pub fn measure(&mut self, candidate: &Candidate) -> Vec<Statistics> {
        let pairs = self.measures.iter_mut().zip(&self.uses);
        pairs
            .map(|(measure, &tokeniser)| measure.measure(&candidate.0[tokeniser]))
            .collect()
    }
}

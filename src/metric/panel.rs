//! Several metrics on the same texts, each text tokenised once.

use super::{Measure, Metric, Output, Statistics, Subject, Task, Tokeniser, Tokens};

/// Metrics of one task that are measured side by side.
///
/// One for each thread: it remembers words.
pub struct Panel<'m> {
    metrics: Vec<&'m dyn Metric>,
    tokenisers: Vec<Tokeniser>,
    /// Metric → tokeniser.
    uses: Vec<usize>,
}

/// What is known of the document beside its references.
#[derive(Debug, Clone, Copy, Default)]
pub struct Source<'a> {
    /// Its sentences, as the systems saw them.
    pub sentences: &'a [String],
    /// The sentences that the oracle picked.
    pub oracle: Option<&'a [usize]>,
    /// Sentence by sentence, whether it is boilerplate, where somebody has said.
    pub boilerplate: Option<&'a [bool]>,
}

/// The references of one document as each tokeniser sees them.
#[derive(Debug)]
pub struct References {
    tokens: Vec<Vec<Tokens>>,
    source: Option<SourceTokens>,
    /// Metric by metric: whether its tokeniser reads them, see
    /// [`Tokenisation::reads`](super::Tokenisation::reads), and whether it was given
    /// what it [needs](Metric::needs).
    pub readable: Vec<bool>,
}

#[derive(Debug)]
struct SourceTokens {
    tokens: Vec<Tokens>,
    sentences: usize,
    oracle: Option<Vec<usize>>,
    boilerplate: Option<Vec<bool>>,
}

/// A candidate as each tokeniser sees it.
#[derive(Debug)]
pub struct Candidate {
    tokens: Vec<Tokens>,
    picks: Option<Vec<usize>>,
    ranked: Option<Vec<usize>>,
}

impl Candidate {
    /// Adds which sentences of the source it is made of, the best first.
    #[must_use]
    pub fn with_picks(mut self, picks: &[usize]) -> Self {
        self.picks = Some(sorted(picks));
        self.ranked = Some(picks.to_vec());
        self
    }
}

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
            let known = tokenisers.iter().position(|t| *t.tokenisation() == wanted);
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
            tokeniser.start_document();
            let tokens = |segments: &[String]| {
                tokeniser.tokens(segments.iter().map(String::as_str))
            };
            references.clone().map(tokens).collect()
        };
        let tokens = self.tokenisers.iter_mut().map(see).collect();
        let readable = self.metrics.iter().map(|metric| {
            let tokenisation = metric.tokenisation();
            metric.needs().none()
                && references.clone().flatten().all(|text| tokenisation.reads(text))
        });
        References { tokens, source: None, readable: readable.collect() }
    }

    /// Tokenises references, and the source for the metrics that need it.
    pub fn references_and_source<'a>(
        &mut self,
        references: impl IntoIterator<Item = &'a [String], IntoIter: Clone>,
        source: Source<'_>,
    ) -> References {
        let references = references.into_iter();
        let mut all = self.references(references.clone());
        let needed = |(at, tokeniser): (usize, &mut Tokeniser)| {
            let mut users = self.metrics.iter().zip(&self.uses);
            if !users.any(|(metric, &uses)| uses == at && metric.needs().source) {
                return Tokens::default();
            }
            tokeniser.tokens(source.sentences.iter().map(String::as_str))
        };
        let tokens = self.tokenisers.iter_mut().enumerate().map(needed).collect();
        let readable = self.metrics.iter().map(|metric| {
            let tokenisation = metric.tokenisation();
            let sources = if metric.needs().source { source.sentences } else { &[] };
            references.clone().flatten().all(|text| tokenisation.reads(text))
                && sources.iter().all(|text| tokenisation.reads(text))
                && (source.oracle.is_some() || !metric.needs().oracle)
        });
        all.readable = readable.collect();
        all.source = Some(SourceTokens {
            tokens,
            sentences: source.sentences.len(),
            oracle: source.oracle.map(sorted),
            boilerplate: source.boilerplate.map(<[bool]>::to_vec),
        });
        all
    }

    /// Tokenises a candidate given as segments.
    pub fn candidate<'a>(
        &mut self,
        segments: impl IntoIterator<Item = &'a str, IntoIter: Clone>,
    ) -> Candidate {
        let segments = segments.into_iter();
        let tokens = self.tokenisers.iter_mut().map(|t| t.tokens(segments.clone()));
        Candidate { tokens: tokens.collect(), picks: None, ranked: None }
    }

    /// Prepares every metric for references.
    pub fn scale<'r>(&self, references: &'r References) -> Scale<'r>
    where
        'm: 'r,
    {
        let measure = |(metric, &tokeniser): (&&'m dyn Metric, &usize)| {
            metric.against(references.subject(tokeniser))
        };
        let measures = self.metrics.iter().zip(&self.uses).map(measure).collect();
        Scale { measures, uses: self.uses.clone() }
    }
}

impl References {
    fn subject(&self, tokeniser: usize) -> Subject<'_> {
        let source = self.source.as_ref();
        Subject {
            references: &self.tokens[tokeniser],
            source: source.map(|source| &source.tokens[tokeniser]),
            sentences: source.map_or(0, |source| source.sentences),
            oracle: source.and_then(|source| source.oracle.as_deref()),
            boilerplate: source.and_then(|source| source.boilerplate.as_deref()),
        }
    }
}

impl Scale<'_> {
    /// The statistics of a candidate, metric by metric.
    pub fn measure(&mut self, candidate: &Candidate) -> Vec<Statistics> {
        let output = |tokens| Output {
            tokens,
            picks: candidate.picks.as_deref(),
            ranked: candidate.ranked.as_deref(),
        };
        let pairs = self.measures.iter_mut().zip(&self.uses);
        pairs
            .map(|(measure, &tokeniser)| {
                measure.measure(output(&candidate.tokens[tokeniser]))
            })
            .collect()
    }
}

fn sorted(picks: &[usize]) -> Vec<usize> {
    let mut sorted = picks.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    sorted
}

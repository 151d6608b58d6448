//! Several metrics on the same texts, each text tokenised once.

use super::{
    Tokeniser, Tokens,
    metric::{BoundMetric, Metric},
    metric_input::{MetricInput, MetricNeeds, Output},
    scale::Better,
    statistics::Statistics,
    task::Task,
};

/// Metrics of one task that are measured side by side.
///
/// One for each thread: it remembers words.
pub struct MetricSet<'m> {
    metrics: Vec<&'m dyn Metric>,
    tokenisers: Vec<Tokeniser>,
    /// Metric → tokeniser.
    uses: Vec<usize>,
}

/// What is known of the document beside its references.
#[derive(Debug, Clone, Copy, Default)]
pub struct MetricSource<'a> {
    /// Its sentences, as the systems saw them.
    pub sentences: &'a [String],
    /// The sentences that the oracle picked.
    pub oracle: Option<&'a [usize]>,
    /// Sentence by sentence, whether it is boilerplate, where somebody has said.
    pub boilerplate: Option<&'a [bool]>,
}

/// The references of one document as each tokeniser sees them.
#[derive(Debug, Clone)]
pub struct TokenisedReferences {
    tokens: Vec<Vec<Tokens>>,
    /// Their segments, if a metric needs texts.
    texts: Vec<Vec<String>>,
    source: Option<SourceTokens>,
    /// Metric by metric: whether its tokeniser reads them, see
    /// [`Tokenisation::reads`](super::Tokenisation::reads), and whether it was given
    /// what it [needs](Metric::needs).
    pub readable: Vec<bool>,
}

#[derive(Debug, Clone)]
struct SourceTokens {
    tokens: Vec<Tokens>,
    sentences: usize,
    oracle: Option<Vec<usize>>,
    boilerplate: Option<Vec<bool>>,
}

/// A candidate as each tokeniser sees it.
#[derive(Debug)]
pub struct TokenisedCandidate {
    tokens: Vec<Tokens>,
    /// Whether its text is nothing but white space.
    is_blank: bool,
    picks: Option<Vec<usize>>,
    ranked: Option<Vec<usize>>,
    /// Its segments, if a metric needs texts.
    texts: Vec<String>,
}

impl TokenisedCandidate {
    /// Adds which sentences of the source it is made of, the best first.
    #[must_use]
    pub fn with_picks(mut self, picks: &[usize]) -> Self {
        self.picks = Some(sorted(picks));
        self.ranked = Some(picks.to_vec());
        self
    }
}

/// The metrics with the references of one document at hand.
pub struct Prepared<'r> {
    measures: Vec<PreparedMetric<'r>>,
}

/// A metric with the references of one document at hand.
struct PreparedMetric<'r> {
    measure: Box<dyn BoundMetric + 'r>,
    tokeniser: usize,
    /// What an empty output measures, where that is not left to the metric.
    empty: Option<Statistics>,
    needs: MetricNeeds,
}

impl<'m> MetricSet<'m> {
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
        Self {
            metrics,
            tokenisers,
            uses,
        }
    }

    /// Tokenises references, each a list of segments: a summary is one segment or one
    /// for each sentence, gold keyphrases are one reference of many segments.
    ///
    /// Tokens made for the document before are void after this.
    pub fn references<'a>(
        &mut self,
        references: impl IntoIterator<Item = &'a [String], IntoIter: Clone>,
    ) -> TokenisedReferences {
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
            let needs = metric.needs();
            let given = MetricNeeds {
                no_reference: false,
                ..needs
            }
            .none();
            given
                && (needs.no_reference
                    || references
                        .clone()
                        .flatten()
                        .all(|text| tokenisation.reads(text)))
        });
        let readable = readable.collect();
        let texts = match self.needs_texts() {
            true => references.map(<[String]>::to_vec).collect(),
            false => Vec::new(),
        };
        TokenisedReferences {
            tokens,
            texts,
            source: None,
            readable,
        }
    }

    /// Tokenises references, and the source for the metrics that need it.
    pub fn references_and_source<'a>(
        &mut self,
        references: impl IntoIterator<Item = &'a [String], IntoIter: Clone>,
        source: MetricSource<'_>,
    ) -> TokenisedReferences {
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
            let (tokenisation, needs) = (metric.tokenisation(), metric.needs());
            let reads = |text: &String| tokenisation.reads(text);
            let reads_all = match (needs.no_reference, needs.picks) {
                (true, true) => true, // it looks at places, not at words
                // an output is in the script of its source
                (true, false) => reads(&source.sentences.concat()),
                (false, _) => {
                    references.clone().flatten().all(reads)
                        && (!needs.source || source.sentences.iter().all(reads))
                }
            };
            reads_all && (source.oracle.is_some() || !needs.oracle)
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

    fn needs_texts(&self) -> bool {
        self.metrics.iter().any(|metric| metric.needs().texts)
    }

    /// The metrics, in the order of statistics.
    pub fn metrics(&self) -> &[&'m dyn Metric] {
        &self.metrics
    }

    /// Tokenises a candidate given as segments.
    pub fn candidate<'a>(
        &mut self,
        segments: impl IntoIterator<Item = &'a str, IntoIter: Clone>,
    ) -> TokenisedCandidate {
        let segments = segments.into_iter();
        let tokens = self
            .tokenisers
            .iter_mut()
            .map(|t| t.tokens(segments.clone()));
        TokenisedCandidate {
            tokens: tokens.collect(),
            is_blank: segments.clone().all(|text| text.trim().is_empty()),
            picks: None,
            ranked: None,
            texts: match self.needs_texts() {
                true => segments.map(str::to_owned).collect(),
                false => Vec::new(),
            },
        }
    }

    /// Prepares every metric for references.
    pub fn prepare<'r>(&self, references: &'r TokenisedReferences) -> Prepared<'r>
    where
        'm: 'r,
    {
        let prepare = |(metric, &tokeniser): (&&'m dyn Metric, &usize)| {
            let subject = references.subject(tokeniser);
            PreparedMetric {
                measure: metric.against(subject),
                tokeniser,
                empty: empty(*metric, subject),
                needs: metric.needs(),
            }
        };
        Prepared {
            measures: self.metrics.iter().zip(&self.uses).map(prepare).collect(),
        }
    }
}

impl TokenisedReferences {
    /// How many there are.
    pub fn count(&self) -> usize {
        self.tokens.first().map_or(0, Vec::len)
    }

    /// All but one, by its place.
    #[must_use]
    pub fn without(&self, left_out: usize) -> Self {
        let mut others = self.clone();
        for tokens in &mut others.tokens {
            tokens.remove(left_out);
        }
        if left_out < others.texts.len() {
            others.texts.remove(left_out);
        }
        others
    }

    fn subject(&self, tokeniser: usize) -> MetricInput<'_> {
        let source = self.source.as_ref();
        MetricInput {
            references: &self.tokens[tokeniser],
            source: source.map(|source| &source.tokens[tokeniser]),
            sentences: source.map_or(0, |source| source.sentences),
            oracle: source.and_then(|source| source.oracle.as_deref()),
            boilerplate: source.and_then(|source| source.boilerplate.as_deref()),
            texts: &self.texts,
        }
    }
}

/// What an empty output measures where less is better: the worst value, or nothing where
/// there is none. `None` where the metric's own formula holds, since nothing is then no
/// better than an answer or the metric's statistics are no mere value, or where the metric
/// has nothing to say of any output.
fn empty(metric: &dyn Metric, subject: MetricInput<'_>) -> Option<Statistics> {
    let needs = metric.needs();
    let is_known = (subject.boilerplate.is_some() || !needs.labels)
        && (subject.oracle.is_some_and(|picks| !picks.is_empty()) || !needs.oracle);
    let scale = metric.scale();
    let is_value = metric.statistics() == Statistics::VALUE;
    (scale.better == Better::Lower && is_known && is_value).then(|| {
        scale
            .worst()
            .map_or_else(Statistics::left_out, Statistics::value)
    })
}

impl Prepared<'_> {
    /// The statistics of a candidate, metric by metric.
    pub fn measure(&mut self, candidate: &TokenisedCandidate) -> Vec<Statistics> {
        self.measures
            .iter_mut()
            .map(|metric| metric.measure(candidate))
            .collect()
    }
}

impl PreparedMetric<'_> {
    fn measure(&mut self, candidate: &TokenisedCandidate) -> Statistics {
        let tokens = &candidate.tokens[self.tokeniser];
        let picks = candidate.picks.as_deref();
        // a text that was not picked is no empty choice
        let is_empty = match self.needs.picks {
            true => candidate.is_blank && picks.is_some_and(<[usize]>::is_empty),
            false => tokens.ids().is_empty(),
        };
        match self.empty.as_ref().filter(|_| is_empty) {
            Some(statistics) => statistics.clone(),
            None => self.measure.measure(Output {
                tokens,
                picks,
                ranked: candidate.ranked.as_deref(),
                texts: &candidate.texts,
            }),
        }
    }
}

fn sorted(picks: &[usize]) -> Vec<usize> {
    let mut sorted = picks.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    sorted
}

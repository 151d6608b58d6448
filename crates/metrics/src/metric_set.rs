//! A set of metrics that measure the same texts; each text is tokenised once for all of
//! them.

use super::{
    Tokeniser, Tokens,
    division::{Division, sentences},
    metric::{BoundMetric, Metric},
    metric_input::{MetricInput, MetricNeeds, Output},
    scale::Better,
    statistics::Statistics,
    task::Task,
};

/// Metrics of one task that are measured side by side and share their tokens.
///
/// Use one set per thread: tokenising changes the set, which remembers the words that it
/// has seen.
pub struct MetricSet<'m> {
    metrics: Vec<&'m dyn Metric>,
    tokenisers: Vec<Divider>,
    /// The index of the tokeniser that each metric uses.
    uses: Vec<usize>,
}

/// A tokeniser, and the division of lines into sentences before it.
struct Divider {
    tokeniser: Tokeniser,
    /// Whether lines are divided into sentences first.
    divides: bool,
}

impl Divider {
    fn tokens<'a>(
        &mut self,
        segments: impl IntoIterator<Item = &'a str, IntoIter: Clone>,
    ) -> Tokens {
        match self.divides {
            true => self
                .tokeniser
                .tokens(segments.into_iter().flat_map(sentences)),
            false => self.tokeniser.tokens(segments),
        }
    }
}

/// What is known of a document besides its references.
#[derive(Debug, Clone, Copy, Default)]
pub struct MetricSource<'a> {
    /// The sentences of the document, as the systems saw them.
    pub sentences: &'a [String],
    /// The indices of the sentences that the oracle picked, if they are known.
    pub oracle: Option<&'a [usize]>,
    /// Whether each sentence is boilerplate, if the document is labelled.
    pub boilerplate: Option<&'a [bool]>,
    /// The texts that count as answers to the query of the document.
    pub answers: &'a [String],
    /// The indices of the sentences that are evidence for an answer, if they are known.
    pub evidence: Option<&'a [usize]>,
}

/// The references of one document as each tokeniser sees them, made by
/// [`MetricSet::references`].
#[derive(Debug, Clone)]
pub struct TokenisedReferences {
    tokens: Vec<Vec<Tokens>>,
    /// Their segments, if a metric needs texts.
    texts: Vec<Vec<String>>,
    source: Option<SourceTokens>,
    /// Whether each metric can measure the document: its tokeniser [can
    /// read](super::Tokenisation::reads) the texts, and everything that the metric
    /// [needs](Metric::needs) is given.
    pub readable: Vec<bool>,
}

/// The source of one document as each tokeniser sees it, and what is known of it.
#[derive(Debug, Clone)]
struct SourceTokens {
    tokens: Vec<Tokens>,
    sentences: usize,
    oracle: Option<Vec<usize>>,
    boilerplate: Option<Vec<bool>>,
    /// The answers as each tokeniser sees them.
    answers: Vec<Vec<Tokens>>,
    evidence: Option<Vec<usize>>,
    /// The sentences, if a metric needs texts.
    texts: Vec<String>,
}

/// A candidate as each tokeniser sees it, made by [`MetricSet::candidate`].
#[derive(Debug)]
pub struct TokenisedCandidate {
    tokens: Vec<Tokens>,
    /// Whether the candidate's text is empty or consists of white space only.
    is_blank: bool,
    picks: Option<Vec<usize>>,
    ranked: Option<Vec<usize>>,
    /// Its segments, if a metric needs texts.
    texts: Vec<String>,
}

impl TokenisedCandidate {
    /// Adds the indices of the source sentences that the candidate consists of, the best
    /// first.
    #[must_use]
    pub fn with_picks(mut self, picks: &[usize]) -> Self {
        self.picks = Some(sorted(picks));
        self.ranked = Some(picks.to_vec());
        self
    }
}

/// The metrics of a set, prepared for the references of one document.
pub struct Prepared<'r> {
    measures: Vec<PreparedMetric<'r>>,
}

/// One metric, prepared for the references of one document.
struct PreparedMetric<'r> {
    measure: Box<dyn BoundMetric + 'r>,
    tokeniser: usize,
    /// The statistics of an empty output; `None` if the metric itself measures such an
    /// output.
    empty: Option<Statistics>,
    needs: MetricNeeds,
}

impl<'m> MetricSet<'m> {
    /// Returns a set of those metrics among `metrics` that measure `task`, in their
    /// order.
    pub fn new(task: Task, metrics: impl IntoIterator<Item = &'m dyn Metric>) -> Self {
        let metrics: Vec<_> = metrics.into_iter().filter(|m| m.task() == task).collect();
        let mut tokenisers: Vec<Divider> = Vec::new();
        let uses = metrics.iter().map(|metric| {
            let wanted = metric.tokenisation();
            let divides = metric.division() == Division::Sentences;
            let is_it = |it: &Divider| {
                *it.tokeniser.tokenisation() == wanted && it.divides == divides
            };
            let known = tokenisers.iter().position(is_it);
            known.unwrap_or_else(|| {
                tokenisers.push(Divider {
                    tokeniser: Tokeniser::new(wanted),
                    divides,
                });
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

    /// Returns the set without the memory for lines that several candidates of a document
    /// share: faster where every document has one candidate, with the same results.
    #[must_use]
    pub fn of_single_candidates(self) -> Self {
        let tokenisers = self.tokenisers.into_iter().map(|it| Divider {
            tokeniser: it.tokeniser.without_lines(),
            ..it
        });
        Self {
            tokenisers: tokenisers.collect(),
            ..self
        }
    }

    /// Tokenises references, each given as a list of segments. A reference summary is one
    /// segment or one segment per sentence; gold keyphrases are one reference of many
    /// segments.
    ///
    /// Invalidates the tokens that the set made for the document before.
    pub fn references<'a, S: AsRef<str> + 'a>(
        &mut self,
        references: impl IntoIterator<Item = &'a [S], IntoIter: Clone>,
    ) -> TokenisedReferences {
        let references = references.into_iter();
        let tokens = self.tokenisers.iter_mut().map(|tokeniser| {
            tokeniser.tokeniser.start_document();
            references
                .clone()
                .map(|segments| tokeniser.tokens(segments.iter().map(AsRef::as_ref)))
                .collect()
        });
        let tokens = tokens.collect();

        let reads = self.tokenisers.iter().map(|tokeniser| {
            let tokenisation = tokeniser.tokeniser.tokenisation();
            references
                .clone()
                .flatten()
                .all(|text| tokenisation.reads(text.as_ref()))
        });
        let reads: Vec<_> = reads.collect();
        let readable = self.metrics.iter().zip(&self.uses);
        let readable = readable.map(|(metric, &tokeniser)| {
            let needs = metric.needs();
            let others = MetricNeeds {
                no_reference: false,
                ..needs
            };
            others.none() && (needs.no_reference || reads[tokeniser])
        });
        let readable = readable.collect();
        let texts = match self.needs_texts() {
            true => references
                .map(|segments| {
                    let segments = segments.iter();
                    segments.map(|text| text.as_ref().to_owned()).collect()
                })
                .collect(),
            false => Vec::new(),
        };

        TokenisedReferences {
            tokens,
            texts,
            source: None,
            readable,
        }
    }

    /// Tokenises references, and the source for those metrics that need it.
    pub fn references_and_source<'a>(
        &mut self,
        references: impl IntoIterator<Item = &'a [String], IntoIter: Clone>,
        source: MetricSource<'_>,
    ) -> TokenisedReferences {
        let references = references.into_iter();
        let mut all = self.references(references.clone());

        // a tokeniser reads the source only if one of its metrics needs the source
        let tokenisers = self.tokenisers.iter_mut().enumerate();
        let tokens = tokenisers.map(|(at, tokeniser)| {
            let mut users = self.metrics.iter().zip(&self.uses);
            if !users.any(|(metric, &uses)| uses == at && metric.needs().source) {
                return Tokens::default();
            }
            tokeniser.tokens(source.sentences.iter().map(String::as_str))
        });
        let tokens = tokens.collect();
        let answers = self.answers(source.answers);

        let readable = self.metrics.iter().map(|metric| {
            let (tokenisation, needs) = (metric.tokenisation(), metric.needs());
            let reads = |text: &String| tokenisation.reads(text);
            let reads_all = match (needs.no_reference, needs.picks) {
                // such a metric uses the positions of sentences, not their words
                (true, true) => true,
                // the output is in the script of its source
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
            answers,
            evidence: source.evidence.map(sorted),
            texts: match self.needs_texts() {
                true => source.sentences.to_vec(),
                false => Vec::new(),
            },
        });
        all
    }

    /// Returns the answers as those tokenisers see them whose metrics need answers.
    fn answers(&mut self, answers: &[String]) -> Vec<Vec<Tokens>> {
        let tokenisers = self.tokenisers.iter_mut().enumerate();
        let tokens = tokenisers.map(|(at, tokeniser)| {
            let mut users = self.metrics.iter().zip(&self.uses);
            if !users.any(|(metric, &uses)| uses == at && metric.needs().answers) {
                return Vec::new();
            }
            let answers = answers.iter();
            answers
                .map(|answer| tokeniser.tokens([answer.as_str()]))
                .collect()
        });
        tokens.collect()
    }

    fn needs_texts(&self) -> bool {
        self.metrics.iter().any(|metric| metric.needs().texts)
    }

    /// Returns the metrics of the set, in the order in which statistics are returned.
    pub fn metrics(&self) -> &[&'m dyn Metric] {
        &self.metrics
    }

    /// Tokenises a candidate that is given as segments.
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

    /// Prepares every metric of the set for the references of one document.
    pub fn prepare<'r>(&self, references: &'r TokenisedReferences) -> Prepared<'r>
    where
        'm: 'r,
    {
        let metrics = self.metrics.iter().zip(&self.uses);
        let measures = metrics.map(|(metric, &tokeniser)| {
            let subject = references.subject(tokeniser);
            PreparedMetric {
                measure: metric.against(subject),
                tokeniser,
                empty: empty(*metric, subject),
                needs: metric.needs(),
            }
        });
        Prepared {
            measures: measures.collect(),
        }
    }
}

impl TokenisedReferences {
    /// Returns the number of references.
    pub fn count(&self) -> usize {
        self.tokens.first().map_or(0, Vec::len)
    }

    /// Returns these references without the one at the index `left_out`.
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

    /// Returns the document as the metrics of a tokeniser see it.
    fn subject(&self, tokeniser: usize) -> MetricInput<'_> {
        let source = self.source.as_ref();
        MetricInput {
            references: &self.tokens[tokeniser],
            source: source.map(|source| &source.tokens[tokeniser]),
            sentences: source.map_or(0, |source| source.sentences),
            oracle: source.and_then(|source| source.oracle.as_deref()),
            boilerplate: source.and_then(|source| source.boilerplate.as_deref()),
            answers: source.map_or(&[], |source| &source.answers[tokeniser]),
            evidence: source.and_then(|source| source.evidence.as_deref()),
            texts: &self.texts,
            source_texts: source.map_or(&[], |source| &source.texts),
        }
    }
}

/// Returns the statistics of an empty output for a metric of which lower values are
/// better: the worst value, or no statistics if there is no worst value. Returns `None`
/// if the metric measures empty outputs itself: higher values are better, the statistics
/// are more than a value, or the metric has no value for any output of the document.
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
    /// Returns the statistics of a candidate, one for each metric of the set.
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

/// Returns the indices in ascending order, each once.
fn sorted(picks: &[usize]) -> Vec<usize> {
    let mut sorted = picks.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    sorted
}

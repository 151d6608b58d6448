//! Scores texts that were made elsewhere: pairs of a candidate and its references, read
//! as lines, scored by threads, and handed over in order or summed.

use std::{convert::Infallible, num::NonZero, ops::ControlFlow};

use serde_json::Value;

use epitome_base::spec::Built;
use epitome_corpora::{CorpusError, FileLine, json_field, record};
use epitome_metrics::{
    Divided, Division, ExternalCandidate, ExternalQuestion, Metric, MetricSet,
    MetricSource, Statistics, Task, TokenisedReferences,
};

use crate::run::{execution::run_error::RunError, threads::pool::map_in_order};

use super::{pair::PairOutcome, pair_sums::PairSums};

/// Scores pairs `{"id"?, "candidate", "references", "source"?}` on `jobs` threads and
/// passes the outcomes to `sink` in order.
///
/// `candidate` is a text, or a list of sentences or phrases. `references` is a list of
/// texts, or for keyphrase metrics the list of gold phrases. `source` is a text or a list
/// of sentences.
///
/// # Errors
/// Returns an error if a line is broken, or has no source though a metric needs it, or
/// the sink fails; every outcome before that was passed on.
pub fn score_pairs<E>(
    metrics: &[Built<dyn Metric>],
    jobs: NonZero<usize>,
    lines: impl Iterator<Item = Result<FileLine, CorpusError>> + Send,
    mut sink: impl FnMut(PairOutcome) -> Result<(), E>,
) -> Result<(), RunError<E>> {
    let mut failure = None;
    map_in_order(
        jobs,
        Batches(lines),
        || PairMetrics::new(metrics),
        |sets: &mut PairMetrics<'_>, lines: Vec<_>| {
            let results = lines.into_iter().map(|line| sets.score_line(line));
            results.collect::<Vec<_>>()
        },
        |results| {
            // what was scored before a broken line is passed on
            let (mut pairs, mut broken) = (Vec::new(), None);
            for result in results {
                match result {
                    Ok(pair) => pairs.push(pair),
                    Err(error) => {
                        broken = Some(error);
                        break;
                    }
                }
            }
            let pairs = externally(metrics, pairs);
            let taken = pairs.into_iter().try_for_each(&mut sink);
            let taken = taken.map_err(RunError::Sink);
            continues(
                taken.and(broken.map_or(Ok(()), |error| Err(RunError::Corpus(error)))),
                &mut failure,
            )
        },
    );
    failure.map_or(Ok(()), Err)
}

/// Returns the sums over pairs in the format of [`score_pairs`]. Each thread adds up its
/// own pairs; the sums do not depend on which thread has scored a pair.
///
/// # Errors
/// Returns an error if a line is broken, or has no source though a metric needs it: the
/// first such line.
pub fn sum_pairs(
    metrics: &[Built<dyn Metric>],
    jobs: NonZero<usize>,
    lines: impl Iterator<Item = Result<FileLine, CorpusError>> + Send,
    sums: &PairSums,
) -> Result<PairSums, CorpusError> {
    if metrics
        .iter()
        .any(|metric| metric.value.external().is_some())
    {
        return sum_in_order(metrics, jobs, lines, sums);
    }
    let mut failure = None;
    let parts = map_in_order(
        jobs,
        Batches(lines),
        || (PairMetrics::new(metrics), sums.clone()),
        |(sets, sums): &mut (PairMetrics<'_>, PairSums), lines: Vec<_>| {
            let mut lines = lines.into_iter();
            lines.try_for_each(|line| {
                sets.score_line(line).map(|(_, pair)| sums.add(&pair))
            })
        },
        |result| continues(result, &mut failure),
    );
    if let Some(error) = failure {
        return Err(error);
    }

    let mut whole = sums.clone();
    for (_, part) in &parts {
        whole.merge(part);
    }
    Ok(whole)
}

/// Returns the sums of [`sum_pairs`], with the pairs added one after the other: external
/// metrics are asked in the order of the lines.
fn sum_in_order(
    metrics: &[Built<dyn Metric>],
    jobs: NonZero<usize>,
    lines: impl Iterator<Item = Result<FileLine, CorpusError>> + Send,
    sums: &PairSums,
) -> Result<PairSums, CorpusError> {
    let mut whole = sums.clone();
    let add = |pair: PairOutcome| -> Result<(), Infallible> {
        whole.add(&pair);
        Ok(())
    };
    match score_pairs(metrics, jobs, lines, add) {
        Err(RunError::Corpus(error)) => Err(error),
        // there are no rows, no documents to ask a system for, and adding does not fail
        Ok(()) | Err(RunError::Rows(_) | RunError::NotStarted(_) | RunError::Sink(_)) => {
            Ok(whole)
        }
    }
}

/// Returns pairs with the scores of external metrics, which are asked for all of them
/// together.
fn externally(
    metrics: &[Built<dyn Metric>],
    pairs: Vec<(Pair, PairOutcome)>,
) -> Vec<PairOutcome> {
    let (pairs, mut outcomes): (Vec<Pair>, Vec<PairOutcome>) = pairs.into_iter().unzip();
    for (at, metric) in metrics.iter().enumerate() {
        let Some(source) = metric.value.external() else {
            continue;
        };
        let (task, needs) = (metric.value.task(), metric.value.needs());
        let is_asked = |pair: &Pair| needs.no_reference || !pair.references.is_empty();
        let asked: Vec<usize> = (0..pairs.len())
            .filter(|&pair| is_asked(&pairs[pair]))
            .collect();
        let references = asked.iter().map(|&pair| pairs[pair].references_of(task));
        let references: Vec<Vec<Vec<String>>> = references.collect();
        let questions = asked.iter().map(|&pair| &pairs[pair]).zip(&references);
        let questions = questions.map(|(pair, references)| ExternalQuestion {
            document: &pair.id,
            language: "und",
            references: if needs.no_reference { &[] } else { references },
            source: if needs.source { &pair.source } else { &[] },
            candidates: vec![ExternalCandidate {
                system: "",
                segments: pair.candidate.iter().map(String::as_str).collect(),
            }],
            ..ExternalQuestion::default()
        });
        let questions: Vec<ExternalQuestion<'_>> = questions.collect();
        let scores = source.measure(&questions).into_iter().flatten();
        for (pair, score) in asked.into_iter().zip(scores) {
            outcomes[pair].set(at, metric.value.as_ref(), score);
        }
    }
    outcomes
}

/// An iterator over lines in batches, since passing one line to a thread costs as much as
/// scoring it.
struct Batches<I>(I);

impl<I: Iterator> Iterator for Batches<I> {
    type Item = Vec<I::Item>;

    fn next(&mut self) -> Option<Self::Item> {
        const LINES: usize = 16;
        let lines: Vec<I::Item> = self.0.by_ref().take(LINES).collect();
        Some(lines).filter(|lines| !lines.is_empty())
    }
}

/// Returns whether to go on after a result. Stores an error in `failure`.
fn continues<E>(result: Result<(), E>, failure: &mut Option<E>) -> ControlFlow<()> {
    match result {
        Ok(()) => ControlFlow::Continue(()),
        Err(error) => {
            *failure = Some(error);
            ControlFlow::Break(())
        }
    }
}

/// Returns the message that an object lacks `key`, with the keys that it has. `near` is
/// the name that other formats use for `key`.
fn missing_key(value: &Value, key: &str, near: &str) -> String {
    let fields = value.as_object();
    let there: Vec<String> = fields
        .into_iter()
        .flatten()
        .map(|(name, _)| format!("`{name}`"))
        .collect();
    let there = match there.is_empty() {
        true => "no key".to_owned(),
        false => there.join(", "),
    };
    let hint = match value.get(near) {
        Some(_) => format!("\nhint: `{near}` is called `{key}` here"),
        None => String::new(),
    };
    format!("there is no `{key}`, but {there}{hint}")
}

/// A candidate and its references, each as segments.
struct Pair {
    id: String,
    candidate: Vec<String>,
    references: Vec<String>,
    source: Vec<String>,
}

impl Pair {
    fn parse(line: &FileLine) -> Result<Self, CorpusError> {
        let refuse = |problem: &str| CorpusError::Record {
            place: line.place(),
            problem: problem.to_owned(),
        };

        let value = Value::Object(record::fields(line)?);
        let texts = |value: &Value| match value {
            Value::String(text) => Some(vec![text.clone()]),
            Value::Array(list) => list
                .iter()
                .map(|text| text.as_str().map(str::to_owned))
                .collect(),
            _ => None,
        };

        let id = match &value["id"] {
            Value::Null => line.number.to_string(),
            Value::String(id) => id.clone(),
            other => other.to_string(),
        };

        let present = |key: &str, near: &str| {
            value
                .get(key)
                .ok_or_else(|| refuse(&missing_key(&value, key, near)))
        };

        let candidate = texts(present("candidate", "prediction")?)
            .ok_or_else(|| refuse("`candidate` is not a string or a list of strings"))?;

        let references = texts(present("references", "reference")?)
            .ok_or_else(|| refuse("`references` is not a list of strings"))?;
        if references.is_empty() {
            return Err(refuse("`references` is empty"));
        }
        // as in the records of a corpus, an empty reference is none
        let references = json_field::not_blank(references);

        let source = match &value["source"] {
            Value::Null => Vec::new(),
            source => texts(source)
                .ok_or_else(|| refuse("`source` is not a string or a list of strings"))?,
        };

        Ok(Self {
            id,
            candidate,
            references,
            source,
        })
    }
}

impl Pair {
    /// Returns the references as external metrics see them: of summaries every text is one
    /// by itself, of keyphrases the list of phrases is.
    fn references_of(&self, task: Task) -> Vec<Vec<String>> {
        match task {
            Task::Summaries => {
                self.references.iter().map(|it| vec![it.clone()]).collect()
            }
            Task::Keyphrases => vec![self.references.clone()],
        }
    }
}

/// The metrics, once as a set for summaries and once as a set for keyphrases.
struct PairMetrics<'m> {
    metrics: &'m [Built<dyn Metric>],
    summaries: MetricSet<'m>,
    keyphrases: MetricSet<'m>,
}

impl<'m> PairMetrics<'m> {
    fn new(metrics: &'m [Built<dyn Metric>]) -> Self {
        // external metrics are asked afterwards
        let own = metrics.iter().map(|metric| metric.value.as_ref());
        let all = || own.clone().filter(|metric| metric.external().is_none());
        Self {
            metrics,
            summaries: MetricSet::new(Task::Summaries, all()),
            keyphrases: MetricSet::new(Task::Keyphrases, all()),
        }
    }

    fn score_line(
        &mut self,
        line: Result<FileLine, CorpusError>,
    ) -> Result<(Pair, PairOutcome), CorpusError> {
        let line = line?;
        let pair = Pair::parse(&line)?;
        let in_need = self
            .metrics
            .iter()
            .find(|metric| metric.value.needs().source);
        if let Some(metric) = in_need.filter(|_| pair.source.is_empty()) {
            return Err(CorpusError::Record {
                place: line.place(),
                problem: format!("there is no `source`, which `{}` needs", metric.name),
            });
        }
        let outcome = self.score(&pair);
        Ok((pair, outcome))
    }

    fn score(&mut self, pair: &Pair) -> PairOutcome {
        let candidate = || pair.candidate.iter().map(String::as_str);
        // of summaries every text is a reference by itself
        let each_alone = pair.references.iter().map(std::slice::from_ref);
        let references = prepared(&mut self.summaries, each_alone, &pair.source);
        let tokens = self.summaries.candidate(candidate());
        let mut summaries = self
            .summaries
            .prepare(&references)
            .measure(&tokens)
            .into_iter();

        // of keyphrases the list of phrases is one reference
        let gold = [pair.references.as_slice()];
        let references = prepared(&mut self.keyphrases, gold, &pair.source);
        let tokens = self.keyphrases.candidate(candidate());
        let mut keyphrases = self
            .keyphrases
            .prepare(&references)
            .measure(&tokens)
            .into_iter();

        // the two sets have their metrics in the order in which those of their task are listed
        let mut statistics: Vec<Statistics> = self
            .metrics
            .iter()
            .map(|metric| match metric.value.task() {
                _ if metric.value.external().is_some() => Statistics::left_out(),
                Task::Summaries => summaries.next().unwrap_or_default(),
                Task::Keyphrases => keyphrases.next().unwrap_or_default(),
            })
            .collect();
        let unreadable: Vec<bool> = self
            .metrics
            .iter()
            .map(|metric| cannot_read(metric, pair))
            .collect();
        for (statistics, _) in statistics
            .iter_mut()
            .zip(&unreadable)
            .filter(|(_, unreadable)| **unreadable)
        {
            *statistics = Statistics::left_out();
        }
        let of_candidate = Divided::of(candidate());
        let mut of_references = pair
            .references
            .iter()
            .map(|text| Divided::of([text.as_str()]));
        let is_otherwise =
            of_references.any(|reference| reference.differs_from(of_candidate));
        let divides = |metric: &Built<dyn Metric>| {
            is_otherwise && metric.value.division() == Division::Lines
        };
        let divided_otherwise = self.metrics.iter().map(divides).collect();
        let pairs = self.metrics.iter().zip(&statistics);
        let scores = pairs.map(|(metric, statistics)| metric.value.score(statistics));
        PairOutcome {
            id: pair.id.clone(),
            has_reference: !pair.references.is_empty(),
            failures: vec![None; self.metrics.len()],
            scores: scores.collect(),
            statistics,
            unreadable,
            divided_otherwise,
        }
    }
}

/// Returns whether a metric cannot read the references, or there are none: its score would
/// say nothing.
fn cannot_read(metric: &Built<dyn Metric>, pair: &Pair) -> bool {
    let tokenisation = metric.value.tokenisation();
    let reads = |text: &String| tokenisation.reads(text);
    let all_read = pair.references.iter().all(reads) && !pair.references.is_empty();
    !metric.value.needs().no_reference && !all_read
}

fn prepared<'a>(
    metric_set: &mut MetricSet<'_>,
    references: impl IntoIterator<Item = &'a [String], IntoIter: Clone>,
    source: &[String],
) -> TokenisedReferences {
    match source {
        [] => metric_set.references(references),
        sentences => metric_set.references_and_source(
            references,
            MetricSource {
                sentences,
                ..MetricSource::default()
            },
        ),
    }
}

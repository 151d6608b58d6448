//! A thread of a run: it reads a document, lets the systems work on it and scores their
//! outputs.

use std::panic::{AssertUnwindSafe, catch_unwind};

use epitome_corpora::{CorpusError, Record, Source};
use epitome_plugin::{Answered, AskedDocument, Length, Plugin};
use epitome_text::{CorpusView, Document};

use crate::run::{
    input::reading::{Read, Reader},
    outcomes::{
        failure::RowFailure,
        outcome::{About, DocumentOutcome, Extract, SystemResult},
    },
    setup::{
        corpus_wide::CorpusWide,
        system::{Role, System},
        work::Work,
    },
    threads::{
        clock::timed,
        guard::{SourceResult, guarded},
    },
};

use super::{
    external::{ExternalMetrics, Worked},
    scorer::Scorer,
};

/// The state of a thread of a run.
pub(super) struct Worker<'p> {
    work: &'p Work,
    corpus: usize,
    length: Length,
    pub(super) reader: Reader,
    scorer: Scorer<'p>,
}

impl<'p> Worker<'p> {
    /// Returns a worker for the corpus of an index, under the length of that corpus.
    pub(super) fn new(
        work: &'p Work,
        corpus: usize,
        length: Length,
        corpus_wide: &CorpusWide,
    ) -> Self {
        let layout = work.layout(Vec::new());
        Self {
            work,
            corpus,
            length,
            reader: Reader::of(work, corpus_wide),
            scorer: Scorer::new(
                layout.systems,
                &work.metrics,
                work.needs_oracle().then_some(length.budget),
            ),
        }
    }

    /// Returns the outcome of a document with the document's length in bytes.
    pub(super) fn outcome(
        &mut self,
        found: SourceResult,
    ) -> Result<(u64, Worked), CorpusError> {
        let source = found?;
        let bytes = source.bytes();
        Ok((bytes, self.outcome_with(source, |_, attempt| attempt())?))
    }

    /// Returns the outcome of a document. `given` returns the result of each system, by
    /// its index: either it calls the function that it is given, which lets the system
    /// work, or it returns a result from before.
    pub(super) fn outcome_with(
        &mut self,
        source: Source,
        given: impl FnMut(usize, &dyn Fn() -> SystemResult) -> SystemResult,
    ) -> Result<Worked, CorpusError> {
        let read = self.reader.read(source)?;
        self.outcome_of(read, given)
    }

    /// Returns the outcome that [`Self::outcome_with`] returns, for a document that has
    /// been read.
    pub(super) fn outcome_of(
        &mut self,
        read: Read,
        given: impl FnMut(usize, &dyn Fn() -> SystemResult) -> SystemResult,
    ) -> Result<Worked, CorpusError> {
        let (place, id) = (read.record.place.clone(), read.record.id.clone());
        guarded(|| format!("{place}: `{id}`"), || self.judged(read, given))
    }

    fn judged(
        &mut self,
        read: Read,
        mut given: impl FnMut(usize, &dyn Fn() -> SystemResult) -> SystemResult,
    ) -> Worked {
        let Self {
            work,
            length,
            reader,
            scorer,
            ..
        } = self;
        let stages = &mut reader.stages;
        let oracle = timed(&mut stages.metrics, || scorer.oracle(&read));

        let given: Vec<SystemResult> = timed(&mut stages.systems, || {
            let systems = work.systems.iter().enumerate();
            systems
                .map(|(at, system)| {
                    given(at, &|| match (&system.role, &oracle) {
                        (Role::Oracle, Some(selection)) => {
                            Ok(Extract::summary(read.seen(), selection.clone()))
                        }
                        (Role::Human, _) => Ok(Extract::first_of(&read.record.summaries)),
                        _ => attempt(*length, system, read.question(), &read.corpus),
                    })
                })
                .collect()
        });

        let systems = timed(&mut stages.metrics, || {
            scorer.score(&read, oracle.as_ref(), given)
        });
        let texts = ExternalMetrics::texts(&work.metrics, &read);
        let about = About::of(&read.record, &read.document);
        let Record { id, place, .. } = read.record;
        let outcome = DocumentOutcome {
            corpus: self.corpus,
            id,
            place,
            about,
            systems,
        };
        Worked { outcome, texts }
    }
}

/// Lets a system work on a document. A panic or a broken rule is a failure.
fn attempt(
    length: Length,
    system: &System,
    question: AskedDocument<'_>,
    corpus: &CorpusView,
) -> SystemResult {
    let AskedDocument { document, query } = question;
    let attempted = catch_unwind(AssertUnwindSafe(|| match &system.role {
        Role::Summariser(summariser) => {
            if let Some(too_long) = summariser.refusal(document) {
                return Err(RowFailure::error(too_long.to_string()));
            }
            let selection = summariser.summarise_for(query, document, length.budget);
            match selection.broken_rule(document, length.budget) {
                Some(rule) => Err(RowFailure::error(rule)),
                None => Ok(Extract::summary(document, selection)),
            }
        }
        Role::Extractor(extractor) => {
            let mut phrases = extractor.extract(document, corpus, length.limit);
            phrases.truncate(length.limit);
            let signature = extractor.signature(document, corpus);
            Ok(Extract::Keyphrases { phrases, signature })
        }
        Role::Plugin(plugin) => ask_alone(length, plugin.as_ref(), question),
        Role::Oracle | Role::Human => Err(RowFailure::error("it needs references")),
    }));
    attempted.unwrap_or_else(|panic| Err(RowFailure::of_panic(panic.as_ref())))
}

/// Asks a plugin for one document alone.
fn ask_alone(
    length: Length,
    plugin: &dyn Plugin,
    question: AskedDocument<'_>,
) -> SystemResult {
    let answered = plugin.work(&[question], length).pop();
    given_by(
        question.document,
        answered.expect("one answer for one document"),
    )
}

/// Returns the answer of a plugin for a document as the result of a system.
pub(super) fn given_by(document: &Document, answered: Answered) -> SystemResult {
    match answered.result {
        Ok(answer) => Ok(Extract::of_plugin(document, answer)),
        Err(failure) => Err(failure.into()),
    }
}

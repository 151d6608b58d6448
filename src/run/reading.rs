//! From a source to a document.

use crate::{
    corpus::{CorpusError, Record, Source},
    text::{self, Analyser, Document, Language, Segmenter},
};

use super::{
    Plan,
    clock::{Stages, timed},
    first_pass::CorpusWide,
    guard::guarded,
};

/// A thread's way from a source to a document.
pub struct Reading<'p> {
    pub(super) plan: &'p Plan,
    pub(super) analyser: Analyser,
    pub(super) stages: Stages,
}

impl<'p> Reading<'p> {
    pub(super) fn new(plan: &'p Plan, corpus: &CorpusWide) -> Self {
        let CorpusWide { statistics, repeated_lines, .. } = corpus;
        let analyser = Analyser::new(plan.needs().tags, statistics.clone())
            .with_repeated_lines(repeated_lines.clone());
        Self::with(plan, analyser)
    }

    /// A thread's, under the languages and the segmenter of a plan; it does not go beyond
    /// `analyser`.
    pub fn with(plan: &'p Plan, analyser: Analyser) -> Self {
        Self { plan, analyser, stages: Stages::default() }
    }

    /// Parses and analyses a record.
    ///
    /// # Errors
    /// It is broken, or in a language that is unknown.
    pub fn read(&mut self, source: Source) -> Result<(Record, Document), CorpusError> {
        let record = self.parse(source)?;
        let document = self.analyse(&record)?;
        Ok((record, document))
    }

    pub(super) fn parse(&mut self, source: Source) -> Result<Record, CorpusError> {
        let place = source.place();
        timed(&mut self.stages.parse, || guarded(|| place, || source.parse()))?
    }

    pub(super) fn analyse(&mut self, record: &Record) -> Result<Document, CorpusError> {
        let Plan { language, segmenter, .. } = *self.plan;
        let Self { analyser, stages, .. } = self;
        let place = || format!("{}: `{}`", record.place, record.id);
        let work = || analysed(analyser, record, language, segmenter);
        timed(&mut stages.analyse, || guarded(place, work))?
    }
}

/// The document of a record, in the language that was asked for or its own.
pub(super) fn analysed(
    analyser: &mut Analyser,
    record: &Record,
    wanted: Option<Language>,
    segmenter: Segmenter,
) -> Result<Document, CorpusError> {
    let language = language(record, wanted)?;
    let mut document = match &record.tagged {
        Some(tagged) => analyser.analyse_tagged(&record.id, language, tagged),
        None => analyser.analyse(text::Source {
            id: &record.id,
            title: &record.title,
            text: &record.text,
            language,
            segmenter,
        }),
    };
    document.divide(&record.documents);
    Ok(document)
}

/// The language that was asked for, or the record's own, or the one it seems to be in.
fn language(record: &Record, wanted: Option<Language>) -> Result<Language, CorpusError> {
    match (wanted, record.language.as_str()) {
        (Some(language), _) => Ok(language),
        (None, "") => Ok(Language::detect(&record.text)),
        (None, code) => code.parse().map_err(|error| CorpusError::Language {
            place: record.place.clone(),
            error,
        }),
    }
}

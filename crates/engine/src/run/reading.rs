//! Turns a source of a corpus into a record and its document, in the way that the
//! settings of a run require.

use epitome_corpora::{CorpusError, Record, Source};
use epitome_text::{
    self as text, Analyser, Document, Language, LineEnds, boilerplate::Boilerplate,
};

use super::{
    clock::{Stages, timed},
    corpus_wide::CorpusWide,
    guard::guarded,
    work::{Reading, Work},
};

/// Reads sources on one thread and measures how long that takes. Made for each thread of
/// a run.
pub struct Reader {
    reading: Reading,
    analyser: Analyser,
    pub(super) stages: Stages,
}

impl Reader {
    /// Returns a reader that analyses documents as far as `analyser` does.
    pub fn new(reading: Reading, analyser: Analyser) -> Self {
        Self {
            reading,
            analyser,
            stages: Stages::default(),
        }
    }

    /// Returns a reader whose documents have what the systems of `work` need, for a
    /// corpus with these statistics.
    pub(super) fn of(work: &Work, corpus: &CorpusWide) -> Self {
        let analyser = Analyser::new(work.needs().tags, corpus.statistics.clone());
        Self::new(work.reading, analyser)
    }

    /// Parses and analyses a record.
    ///
    /// # Errors
    /// Returns an error if it is broken, or in a language that is unknown.
    pub fn read(&mut self, source: Source) -> Result<Read, CorpusError> {
        let record = self.parse(source)?;
        self.analyse(record)
    }

    pub(super) fn parse(&mut self, source: Source) -> Result<Record, CorpusError> {
        let place = source.place();
        timed(&mut self.stages.parse, || {
            guarded(|| place, || source.parse())
        })?
    }

    pub(super) fn analyse(&mut self, record: Record) -> Result<Read, CorpusError> {
        let Self {
            reading,
            analyser,
            stages,
        } = self;
        let place = format!("{}: `{}`", record.place, record.id);
        timed(&mut stages.analyse, || {
            guarded(
                || place,
                || {
                    let document = analysed(analyser, &record, *reading)?;
                    Ok(Read::of(record, document))
                },
            )
        })?
    }
}

/// A record with its analysed document. Made by a [`Reader`].
pub struct Read {
    /// The record as it was parsed.
    pub record: Record,
    /// The whole document, which is what the places and numbers of sentences in results
    /// refer to.
    pub document: Document,
    /// The document without its boilerplate, if the record drops it and there is any.
    clean: Option<Document>,
}

impl Read {
    /// Drops the boilerplate if the record requires it. This is the only place of a run
    /// where that is done.
    fn of(record: Record, document: Document) -> Self {
        let clean = match record.boilerplate {
            Boilerplate::Keep => None,
            Boilerplate::Drop => document.without_boilerplate(),
        };
        Self {
            record,
            document,
            clean,
        }
    }

    /// Returns the document as systems see it.
    pub fn seen(&self) -> &Document {
        self.clean.as_ref().unwrap_or(&self.document)
    }

    /// Returns the document as systems see it, without the record.
    pub(super) fn into_seen(self) -> Document {
        self.clean.unwrap_or(self.document)
    }
}

/// Returns the document of a record, in the language of `reading` if there is one,
/// otherwise in that of the record. Lines that are documents of a cluster are never
/// joined.
pub(super) fn analysed(
    analyser: &mut Analyser,
    record: &Record,
    reading: Reading,
) -> Result<Document, CorpusError> {
    let language = language(record, reading.language)?;

    let line_ends = match record.is_by_lines() {
        true => LineEnds::Sentences,
        false => reading.line_ends,
    };

    let mut document = match &record.tagged {
        Some(tagged) => analyser.analyse_tagged(&record.id, language, tagged),
        None => analyser.analyse(text::Source {
            id: &record.id,
            title: &record.title,
            text: &record.text,
            language,
            segmenter: reading.segmenter,
            line_ends,
        }),
    };

    document.divide(&record.documents);
    Ok(document)
}

/// Returns the language that was asked for, or that of the record, or the one that is
/// detected.
fn language(record: &Record, wanted: Option<Language>) -> Result<Language, CorpusError> {
    match (wanted, record.language.as_str()) {
        (Some(language), _) => Ok(language),
        (None, "") => Ok(Language::detect_with(&record.title, &record.text)),
        (None, code) => code.parse().map_err(|error| CorpusError::Language {
            place: record.place.clone(),
            error,
        }),
    }
}

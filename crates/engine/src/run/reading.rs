//! From a source to a document.

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

/// Reads the sources of one thread.
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

    /// Returns a reader for the systems of `work` on a corpus.
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

/// A record and its document.
pub struct Read {
    /// The record.
    pub record: Record,
    /// All of it: what places and numbers of sentences in results are of.
    pub document: Document,
    /// Without its boilerplate, where that is to be left out and there is any.
    clean: Option<Document>,
}

impl Read {
    /// Leaves out the boilerplate, if the record asks for it: the one place where that is
    /// done in a run.
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

    /// What systems see of it.
    pub fn seen(&self) -> &Document {
        self.clean.as_ref().unwrap_or(&self.document)
    }

    /// The document as systems see it, by itself.
    pub(super) fn into_seen(self) -> Document {
        self.clean.unwrap_or(self.document)
    }
}

/// The document of a record, in the language that was asked for or its own. Lines that
/// are documents of a cluster are never joined.
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

/// The language that was asked for, or the record's own, or the one it seems to be in.
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

//! Turns a source of a corpus into a record and its document, in the way that the
//! settings of a run require.

use std::sync::Arc;

use epitome_corpora::{CorpusError, Record, Source};
use epitome_plugin::AskedDocument;
use epitome_text::{
    self as text, Analyser, CorpusStatistics, CorpusView, Document, Language, LineEnds,
    boilerplate::Boilerplate,
};

use crate::run::{
    setup::{
        corpus_wide::CorpusWide,
        work::{Reading, Work},
    },
    threads::{
        clock::{Stages, timed},
        guard::guarded,
    },
};

/// Reads sources on one thread and measures how long that takes. Made for each thread of
/// a run.
pub struct Reader {
    reading: Reading,
    analyser: Analyser,
    /// What is known of the corpus that is read.
    statistics: Option<Arc<CorpusStatistics>>,
    pub(in crate::run) stages: Stages,
}

impl Reader {
    /// Returns a reader that analyses documents as far as `analyser` does, and knows
    /// nothing of their corpus.
    pub fn new(reading: Reading, analyser: Analyser) -> Self {
        Self {
            reading,
            analyser,
            statistics: None,
            stages: Stages::default(),
        }
    }

    /// Returns a reader whose documents have what the systems of `work` need, for a
    /// corpus with these statistics.
    pub(in crate::run) fn of(work: &Work, corpus: &CorpusWide) -> Self {
        Self {
            statistics: corpus.statistics.clone(),
            ..Self::new(work.reading, Analyser::new(work.needs()))
        }
    }

    /// Parses and analyses a record.
    ///
    /// # Errors
    /// Returns an error if it is broken, or in a language that is unknown.
    pub fn read(&mut self, source: Source) -> Result<Read, CorpusError> {
        let record = self.parse(source)?;
        self.analyse(record)
    }

    pub(in crate::run) fn parse(
        &mut self,
        source: Source,
    ) -> Result<Record, CorpusError> {
        let place = source.place();
        timed(&mut self.stages.parse, || {
            guarded(|| place, || source.parse())
        })?
    }

    pub(in crate::run) fn analyse(
        &mut self,
        record: Record,
    ) -> Result<Read, CorpusError> {
        let Self {
            reading,
            analyser,
            statistics,
            stages,
        } = self;
        let place = format!("{}: `{}`", record.place, record.id);
        timed(&mut stages.analyse, || {
            guarded(
                || place,
                || {
                    let document = analysed(analyser, &record, *reading)?;
                    Ok(Read::of(record, document, statistics.as_ref()))
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
    /// What systems may know of the corpus while they work on [`Read::seen`].
    pub corpus: CorpusView,
}

impl Read {
    /// Drops the boilerplate if the record requires it. This is the only place of a run
    /// where that is done.
    fn of(
        record: Record,
        document: Document,
        statistics: Option<&Arc<CorpusStatistics>>,
    ) -> Self {
        let clean = match record.boilerplate {
            Boilerplate::Keep => None,
            Boilerplate::Drop => document.without_boilerplate(),
        };
        let corpus = CorpusView::of(statistics, clean.as_ref().unwrap_or(&document));
        Self {
            record,
            document,
            clean,
            corpus,
        }
    }

    /// Returns the document as systems see it.
    pub fn seen(&self) -> &Document {
        self.clean.as_ref().unwrap_or(&self.document)
    }

    /// Returns what a plugin is asked.
    pub(in crate::run) fn question(&self) -> AskedDocument<'_> {
        AskedDocument {
            document: self.seen(),
            query: &self.record.query,
        }
    }

    /// Returns what systems see, without the record.
    pub(in crate::run) fn into_seen(self) -> Seen {
        Seen {
            document: self.clean.unwrap_or(self.document),
            query: self.record.query,
            corpus: self.corpus,
        }
    }
}

/// What systems see of a record.
pub struct Seen {
    /// The document, without its boilerplate if the record drops it.
    pub document: Document,
    /// The query beside it; empty if there is none.
    pub query: String,
    /// What is known of the corpus beside it.
    pub corpus: CorpusView,
}

impl Seen {
    /// Returns what a plugin is asked.
    pub fn question(&self) -> AskedDocument<'_> {
        AskedDocument {
            document: &self.document,
            query: &self.query,
        }
    }
}

/// Returns the document of a record, in the language of `reading` if there is one,
/// otherwise in that of the record. Lines that are documents of a cluster are never
/// joined.
pub(in crate::run) fn analysed(
    analyser: &mut Analyser,
    record: &Record,
    reading: Reading,
) -> Result<Document, CorpusError> {
    let language = language(record, reading.language)?;

    let line_ends = match record.is_by_lines() {
        true => LineEnds::Sentences,
        false => reading.line_ends,
    };

    let source = text::Source {
        id: &record.id,
        title: &record.title,
        text: &record.text,
        language,
        segmenter: reading.segmenter,
        line_ends,
    };
    Ok(match &record.tagged {
        Some(tagged) => analyser.analyse_tagged(&record.id, language, tagged),
        None => analyser.analyse_cluster(source, &record.documents),
    })
}

/// Returns `wanted` if it is given, else the language of the record, else the one that is
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

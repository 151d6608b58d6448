//! Measures what one document adds to a survey.

use std::slice;

use serde_json::Value;

use crate::run::{LeavingOneOut, Oracle, Read, Reader, Reading};
use epitome_base::porter::Porter;
use epitome_base::spec;
use epitome_corpora::{CorpusError, Record, Source};
use epitome_metrics::{
    self as metric, METRICS, Metric, MetricSet, Task, Tokenisation, Tokeniser,
    position::Histogram, tokens::VARIANT,
};
use epitome_systems::rank::Budget;
use epitome_text::{Analyser, Document};

use super::{Quantity, likeness::Sketch, repeats::Words};

/// The number of sentences of a lead and of an oracle.
const LEAD: usize = 3;

/// The metrics of a survey.
pub(super) struct Metrics {
    /// ROUGE-1, ROUGE-2 and ROUGE-L, as a run without arguments measures them.
    rouge: Vec<Box<dyn Metric>>,
    /// Compression, coverage and density.
    fragments: Vec<Box<dyn Metric>>,
}

impl Metrics {
    pub(super) fn new() -> Self {
        let built = |name: &&str| {
            let spec = name.parse().expect("it follows the grammar");
            spec::build("metric", METRICS, &spec)
                .expect("it is in the list")
                .value
        };
        Self {
            rouge: ["rouge-1", "rouge-2", "rouge-l"]
                .iter()
                .map(built)
                .collect(),
            fragments: ["compression", "coverage", "density"]
                .iter()
                .map(built)
                .collect(),
        }
    }

    /// Returns the signature of the metric that measures a quantity; empty if no metric
    /// does.
    pub(super) fn recipe(&self, quantity: Quantity) -> String {
        let metric = match quantity {
            Quantity::Compression => &self.fragments[0],
            Quantity::Coverage => &self.fragments[1],
            Quantity::Density => &self.fragments[2],
            Quantity::HumanRouge1 | Quantity::LeadRouge1 | Quantity::OracleRouge1 => {
                &self.rouge[0]
            }
            Quantity::HumanRouge2 | Quantity::LeadRouge2 | Quantity::OracleRouge2 => {
                &self.rouge[1]
            }
            Quantity::HumanRougeL => &self.rouge[2],
            _ => return String::new(),
        };
        metric.signature().to_string()
    }
}

/// The findings in one document.
pub(super) struct DocumentFindings {
    pub(super) id: String,
    pub(super) language: String,
    pub(super) bytes: u64,
    /// The hash of the document's words.
    pub(super) words: u64,
    /// The sketch by which texts that are nearly equal are found.
    pub(super) sketch: Sketch,
    pub(super) values: Vec<(Quantity, f64)>,
    /// The positions of the oracle's picks.
    pub(super) tenths: Histogram,
}

/// The state of a thread of a survey.
pub(super) struct Surveyor<'p> {
    reader: Reader,
    metrics: &'p Metrics,
    rouge: MetricSet<'p>,
    fragments: MetricSet<'p>,
    oracle: Oracle,
    phrases: Tokeniser,
}

impl<'p> Surveyor<'p> {
    pub(super) fn new(metrics: &'p Metrics) -> Self {
        let metric_set = |metrics: &'p [Box<dyn Metric>]| {
            MetricSet::new(Task::Summaries, metrics.iter().map(AsRef::as_ref))
        };
        let stemmer = Some(Porter::Original);
        Self {
            reader: Reader::new(Reading::default(), Analyser::default()),
            metrics,
            rouge: metric_set(&metrics.rouge),
            fragments: metric_set(&metrics.fragments),
            oracle: Oracle::default(),
            phrases: Tokeniser::new(Tokenisation::Phrase {
                stemmer,
                variants: true,
            }),
        }
    }

    pub(super) fn look(
        &mut self,
        source: Source,
    ) -> Result<DocumentFindings, CorpusError> {
        let bytes = source.bytes();
        let read = self.reader.read(source)?;
        let (record, document) = (&read.record, read.seen());

        let mut values = of_document(&read);
        let mut tenths = Histogram::default();
        if !record.summaries.is_empty() {
            self.summaries(record, document, &mut values);
            tenths = self.extracts(record, document, &mut values);
        }

        self.keyphrases(record, document, &mut values);
        let words = Words::of(&record.text);
        Ok(DocumentFindings {
            bytes,
            language: document.language().code().to_owned(),
            words: words.hash(),
            sketch: Sketch::of(&words),
            id: read.record.id,
            values,
            tenths,
        })
    }

    /// Measures the references themselves, and against each other.
    fn summaries(
        &mut self,
        record: &Record,
        document: &Document,
        values: &mut Vec<(Quantity, f64)>,
    ) {
        let references = &record.summaries;
        values.push((Quantity::Summaries, references.len() as f64));
        let words = references
            .iter()
            .map(|text| text.split_whitespace().count() as f64);
        values.extend(words.map(|words| (Quantity::SummaryWords, words)));

        let sentences = sentences(document);
        let source = metric::MetricSource {
            sentences: &sentences,
            ..metric::MetricSource::default()
        };

        let subject = references.iter().map(slice::from_ref);
        let against = self.fragments.references_and_source(subject, source);
        let mut scale = self.fragments.prepare(&against);
        for text in references.iter().filter(|text| !text.trim().is_empty()) {
            let found = scale.measure(&self.fragments.candidate([text.as_str()]));
            let quantities =
                [Quantity::Compression, Quantity::Coverage, Quantity::Density];
            for (at, quantity) in quantities.into_iter().enumerate() {
                let score = self.metrics.fragments[at].score(&found[at]);
                values.push((quantity, score.value));
            }
        }

        let is_read = references.iter().all(|text| self.reads(text));
        let against = self
            .rouge
            .references(references.iter().map(slice::from_ref));
        let people = LeavingOneOut::of(&against)
            .map(|leaving| leaving.people(&mut self.rouge, references));

        let quantities = [
            Quantity::HumanRouge1,
            Quantity::HumanRouge2,
            Quantity::HumanRougeL,
        ];
        for (quantity, (_, score)) in
            quantities.into_iter().zip(people.unwrap_or_default())
        {
            if let Some(score) = score.filter(|_| is_read) {
                values.push((quantity, score.value));
            }
        }
    }

    /// Returns whether ROUGE reads the script of a text.
    fn reads(&self, text: &str) -> bool {
        self.metrics
            .rouge
            .iter()
            .all(|metric| metric.tokenisation().reads(text))
    }

    /// Measures the lead and the oracle. Returns the positions of the oracle's picks.
    fn extracts(
        &mut self,
        record: &Record,
        document: &Document,
        values: &mut Vec<(Quantity, f64)>,
    ) -> Histogram {
        let budget = Budget::Sentences(LEAD);
        let references = &record.summaries;
        let selection = self.oracle.select(document, references, budget);
        let count = document.sentences().len();
        let mut picks = selection.indices();
        picks.sort_unstable();

        for &pick in &picks {
            // the middle of the sentence, so that the first and the last are equally far
            // from the ends
            let place = (pick as f64 + 0.5) / count as f64;
            values.push((Quantity::OraclePosition, place));
        }
        if !picks.is_empty() {
            let in_lead = picks.iter().filter(|&&pick| pick < LEAD).count();
            let share = in_lead as f64 / picks.len() as f64;
            values.push((Quantity::OracleInLead, share));
        }

        if references.iter().all(|text| self.reads(text)) {
            let lead: Vec<usize> = (0..LEAD.min(count)).collect();
            let against = self
                .rouge
                .references(references.iter().map(slice::from_ref));
            let mut scale = self.rouge.prepare(&against);
            for (picks, quantities) in [
                (&lead, [Quantity::LeadRouge1, Quantity::LeadRouge2]),
                (&picks, [Quantity::OracleRouge1, Quantity::OracleRouge2]),
            ] {
                let texts = picks.iter().map(|&pick| document.sentence_text(pick));
                let found = scale.measure(&self.rouge.candidate(texts));
                for (at, quantity) in quantities.into_iter().enumerate() {
                    let score = self.metrics.rouge[at].score(&found[at]);
                    values.push((quantity, score.value));
                }
            }
        }
        Histogram::of(&picks, count)
    }

    fn keyphrases(
        &mut self,
        record: &Record,
        document: &Document,
        values: &mut Vec<(Quantity, f64)>,
    ) {
        self.phrases.start_document();
        if !record.keyphrases.is_empty() {
            values.push((Quantity::Keyphrases, record.keyphrases.len() as f64));
            let words = record
                .keyphrases
                .iter()
                .map(|it| it.split_whitespace().count());
            values.extend(words.map(|words| (Quantity::KeyphraseWords, words as f64)));
            values.push((Quantity::PresentKeyphrases, self.present(record, document)));
        }

        let lists = annotators(record);
        if lists.len() > 1 {
            values.push((Quantity::Annotators, lists.len() as f64));
            values.push((Quantity::AnnotatorF1, self.agreement(&lists)));
        }
    }

    /// Returns the share of keyphrases that occur in the title or text in one of their
    /// spellings, as `gold=present` counts them.
    fn present(&mut self, record: &Record, document: &Document) -> f64 {
        let title = &document.full_text()[..document.body_start() as usize];
        let mut texts = vec![title.to_owned()];
        texts.extend(sentences(document));

        let text = self.phrases.tokens(texts.iter().map(String::as_str));
        let gold = self
            .phrases
            .tokens(record.keyphrases.iter().map(String::as_str));

        // a keyphrase has its ways of writing in a row, with a mark between them
        let present = gold.segments().filter(|phrase| {
            phrase
                .split(|&token| token == VARIANT)
                .filter(|way| !way.is_empty())
                .any(|way| {
                    text.segments()
                        .any(|line| line.windows(way.len()).any(|it| it == way))
                })
        });
        present.count() as f64 / record.keyphrases.len() as f64
    }

    /// Returns the mean F1 of the pairs of lists, by stemmed keyphrases.
    fn agreement(&mut self, lists: &[Vec<&str>]) -> f64 {
        let lists: Vec<Vec<Vec<u32>>> = lists
            .iter()
            .map(|list| {
                let tokens = self.phrases.tokens(list.iter().copied());
                let mut stems: Vec<Vec<u32>> =
                    tokens.segments().map(<[u32]>::to_vec).collect();
                stems.sort_unstable();
                stems.dedup();
                stems
            })
            .collect();

        let (mut sum, mut pairs) = (0.0, 0.0);
        for (at, one) in lists.iter().enumerate() {
            for other in &lists[at + 1..] {
                let shared = one
                    .iter()
                    .filter(|it| other.binary_search(it).is_ok())
                    .count();
                sum += 2.0 * shared as f64 / (one.len() + other.len()) as f64;
                pairs += 1.0;
            }
        }
        sum / pairs
    }
}

/// Returns the quantities that every document has. Boilerplate is measured in the whole
/// document, even if systems do not see it.
fn of_document(read: &Read) -> Vec<(Quantity, f64)> {
    let (record, document) = (&read.record, read.seen());
    let sentences = document.sentences();
    let words: usize = sentences.iter().map(|it| document.words(it)).sum();

    let mut values = vec![
        (Quantity::Words, words as f64),
        (Quantity::Sentences, sentences.len() as f64),
    ];

    if record.documents.len() > 1 {
        values.push((Quantity::Documents, record.documents.len() as f64));
    }

    let all = read.document.sentences().len();
    if all > 0 {
        let judged = read.document.boilerplate().sentences;
        values.push((Quantity::Boilerplate, judged as f64 / all as f64));
    }

    if let Some(labelled) = record.boilerplate_lines() {
        let lines = record
            .text
            .lines()
            .filter(|line| !line.trim().is_empty())
            .count();
        let share = labelled.len() as f64 / lines.max(1) as f64;
        values.push((Quantity::LabelledBoilerplate, share));
    }
    values
}

fn sentences(document: &Document) -> Vec<String> {
    let count = document.sentences().len();
    (0..count)
        .map(|at| document.sentence_text(at).to_owned())
        .collect()
}

/// Returns the keyphrases of each annotator who has some. The list `combined` belongs to
/// no annotator.
fn annotators(record: &Record) -> Vec<Vec<&str>> {
    let all = record
        .metadata
        .get("keyphrases_per_annotator")
        .and_then(Value::as_object);
    let own = all
        .into_iter()
        .flatten()
        .filter(|(name, _)| *name != "combined");

    let lists = own.map(|(_, list)| {
        let phrases = list.as_array().into_iter().flatten();
        phrases.filter_map(Value::as_str).collect::<Vec<_>>()
    });
    lists.filter(|list| !list.is_empty()).collect()
}

//! The documents of a run in columns, from which figures and the list of documents are made.

use serde_json::{Value, json};

use epitome_engine::run::{
    DocumentOutcome, Extract, Layout, StoreError, StoredRows, SystemOutcome,
};

/// The number of equal parts of a document by which the positions of selected sentences are
/// counted.
pub(super) const PARTS: usize = 10;

/// The documents of one corpus in their order, with a column for each property.
#[derive(Debug, Clone, Default)]
pub(super) struct Gathered {
    pub(super) ids: Vec<String>,
    pub(super) languages: Vec<String>,
    pub(super) words: Vec<u64>,
    /// By metric and system: the score of each document, NaN if it does not count. A column is
    /// empty if the metric measures another task.
    pub(super) scores: Vec<Vec<Vec<f64>>>,
    /// By system: words of each output.
    pub(super) lengths: Vec<Vec<Option<u32>>>,
    /// By system: whether it failed on each document.
    pub(super) failed: Vec<Vec<bool>>,
    /// By system: the number of selected sentences in each tenth of their document. A sentence that
    /// extends over several tenths counts in each by its share there.
    pub(super) parts: Vec<[f64; PARTS]>,
    /// By system: the mean position of the selected sentences of each document, from 0 to 1.
    pub(super) places: Vec<Vec<Option<f64>>>,
    /// The outputs of all systems for each document, as JSON for the script of the page.
    pub(super) outputs: Vec<String>,
}

/// Reads the rows of a run; returns the documents of each corpus.
///
/// # Errors
/// Returns an error if they cannot be read.
pub(super) fn gather(rows: StoredRows) -> Result<Vec<Gathered>, StoreError> {
    let layout = rows.layout().clone();
    let mut corpora: Vec<Gathered> = layout
        .corpora
        .iter()
        .map(|_| Gathered::empty(&layout))
        .collect();
    for outcome in rows {
        let outcome = outcome?;
        corpora[outcome.corpus].add(outcome);
    }
    Ok(corpora)
}

impl Gathered {
    /// Returns columns without documents.
    fn empty(layout: &Layout) -> Self {
        let (systems, metrics) = (layout.systems.len(), layout.metrics.len());
        Self {
            scores: vec![vec![Vec::new(); systems]; metrics],
            lengths: vec![Vec::new(); systems],
            failed: vec![Vec::new(); systems],
            parts: vec![[0.0; PARTS]; systems],
            places: vec![Vec::new(); systems],
            ..Self::default()
        }
    }

    /// Adds a document.
    fn add(&mut self, outcome: DocumentOutcome) {
        let sentences = outcome.about.sentences;
        let given: Vec<Value> = outcome.systems.iter().map(output).collect();
        self.outputs.push(Value::from(given).to_string());
        self.ids.push(outcome.id);
        self.languages.push(outcome.about.language);
        self.words.push(outcome.about.words);
        for (system, found) in outcome.systems.iter().enumerate() {
            for cell in &found.cells {
                let value = cell.score.map_or(f64::NAN, |score| score.value);
                self.scores[cell.metric][system].push(value);
            }
            let words = found.extract.as_ref().map(|extract| extract.words() as u32);
            self.lengths[system].push(words);
            self.failed[system].push(found.failure.is_some());
            let place = self.place(system, found, sentences);
            self.places[system].push(place);
        }
    }

    /// Counts the sentences that a system selected by their position, and returns their mean
    /// position; `of` is the number of sentences. Returns `None` if there are none.
    fn place(&mut self, system: usize, found: &SystemOutcome, of: u64) -> Option<f64> {
        let Some(Extract::Summary { picks, .. }) = &found.extract else {
            return None;
        };
        // the middle of a sentence, so that a single one has position 0.5
        let places = picks
            .iter()
            .map(|&pick| (f64::from(pick) + 0.5) / of as f64);
        let sum: f64 = places.sum();
        for &pick in picks {
            let parts = self.parts[system].iter_mut().enumerate();
            parts.for_each(|(part, share)| *share += share_in(part, pick, of));
        }
        (!picks.is_empty()).then(|| sum / picks.len() as f64)
    }

    /// Returns the codes of the languages with their numbers of documents, the most frequent first.
    pub(super) fn languages(&self) -> Vec<(String, usize)> {
        let mut sorted = self.languages.clone();
        sorted.sort();
        let mut counts: Vec<(String, usize)> = sorted
            .chunk_by(|a, b| a == b)
            .map(|same| (same[0].clone(), same.len()))
            .collect();
        counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        counts
    }
}

/// Returns the share of sentence `pick` that is in a tenth of the document, if all `of` sentences
/// have the same length.
fn share_in(part: usize, pick: u32, of: u64) -> f64 {
    let parts = PARTS as f64;
    let (from, to) = (
        f64::from(pick) / of as f64,
        (f64::from(pick) + 1.0) / of as f64,
    );
    let (low, high) = (part as f64 / parts, (part as f64 + 1.0) / parts);
    ((to.min(high) - from.max(low)) / (to - from)).max(0.0)
}

/// Returns an output as JSON: selected sentences, the best first, as a list of numbers; a text as a
/// string; keyphrases and failures as objects.
fn output(found: &SystemOutcome) -> Value {
    match (&found.extract, &found.failure) {
        (Some(Extract::Summary { ranked, .. }), _) => json!(ranked),
        (Some(Extract::Text { text, .. }), _) => json!(text),
        (Some(Extract::Keyphrases { phrases, .. }), _) => {
            let texts: Vec<&str> = phrases.iter().map(|one| one.text.as_str()).collect();
            json!({ "k": texts })
        }
        (None, Some(failure)) => json!({ "f": failure.to_string() }),
        (None, None) => Value::Null,
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use epitome_engine::run::{About, Fault, RowFailure};

    fn summary(picks: &[u32]) -> SystemOutcome {
        SystemOutcome {
            extract: Some(Extract::Summary {
                picks: picks.to_vec(),
                documents: None,
                ranked: picks.iter().rev().copied().collect(),
                scores: None,
                text: String::new(),
                words: 7,
            }),
            failure: None,
            clocks: None,
            cells: Vec::new(),
        }
    }

    #[test]
    fn a_sentence_counts_in_each_tenth_that_it_reaches_into() {
        // the second of four is the part from 0.25 to 0.5
        let shares: Vec<f64> = (0..PARTS).map(|part| share_in(part, 1, 4)).collect();
        let wanted = [0.0, 0.0, 0.2, 0.4, 0.4, 0.0, 0.0, 0.0, 0.0, 0.0];
        for (share, wanted) in shares.iter().zip(wanted) {
            assert!((share - wanted).abs() < 1e-9, "{shares:?}");
        }
    }

    #[test]
    fn picks_are_sorted_into_tenths_of_their_document() {
        let failed = SystemOutcome {
            extract: None,
            failure: Some(RowFailure {
                fault: Fault::Timeout,
                message: "1 s".to_owned(),
            }),
            clocks: None,
            cells: Vec::new(),
        };

        let layout = Layout {
            corpora: Vec::new(),
            lengths: Vec::new(),
            systems: Vec::new(),
            metrics: Vec::new(),
        };

        let mut gathered = Gathered::empty(&layout);
        gathered.parts = vec![[0.0; PARTS]; 2];
        gathered.places = vec![Vec::new(); 2];
        gathered.lengths = vec![Vec::new(); 2];
        gathered.failed = vec![Vec::new(); 2];
        let about = About {
            digest: String::new(),
            language: "en".to_owned(),
            sentences: 20,
            words: 300,
        };

        gathered.add(DocumentOutcome {
            corpus: 0,
            id: "a".to_owned(),
            place: String::new(),
            about,
            systems: vec![summary(&[0, 1, 19]), failed],
        });

        let parts = gathered.parts[0].map(|share| (share * 1e9).round() / 1e9);
        assert_eq!(parts, [2.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0]);
        assert_eq!(gathered.places[0], [Some((0.5 + 1.5 + 19.5) / 60.0)]);
        assert_eq!(gathered.places[1], [None]);
        assert_eq!(gathered.outputs, [r#"[[19,1,0],{"f":"timeout: 1 s"}]"#]);
        assert_eq!(gathered.languages(), [("en".to_owned(), 1)]);
    }
}

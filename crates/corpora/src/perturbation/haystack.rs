//! The derived corpus `+haystack`: it measures whether a system finds what a query asks
//! for among texts that have nothing to do with it.

use std::collections::BTreeMap;

use epitome_base::{
    rng,
    spec::{Entry, Parameter, ParameterKind},
};

use super::{change::Perturbation, seed::SEED};
use crate::{corpus::Corpus, error::CorpusError, record::Record};

pub(super) const ENTRY: Entry<dyn Perturbation> = Entry {
    name: "haystack",
    about: "the text among other texts of the corpus, which do not contain an answer",
    source: "Kamradt (2023), Needle in a haystack; with texts of the same corpus, as distractors of SQuAD in evaluations of context compression",
    parameters: &[
        Parameter {
            name: "distractors",
            kind: ParameterKind::Integer(1, 1000),
            default: "40",
            about: "number of other texts",
        },
        SEED,
    ],
    build: |params| {
        Box::new(Haystack {
            distractors: params.integer("distractors") as usize,
            seed: params.integer("seed"),
            pool: BTreeMap::new(),
        })
    },
};

/// The largest number of texts of a corpus that distractors are drawn from.
const POOL: usize = 1_024;

/// Puts each text at a random place among `distractors` other texts, with blank lines
/// between them. A distractor is another text of the corpus that contains none of the
/// answers, in whatever case. Documents whose answers are in so many texts that fewer
/// remain have as many as there are; `meta.distractors` has the number. The title is
/// dropped, since it names the subject. Evidence moves with the text.
///
/// Distractors are drawn from the corpus if it has at most [`POOL`] different texts,
/// otherwise from so many of them, drawn by their digests. What is drawn depends on the
/// seed, the text and the query, and not on the order of the corpus.
struct Haystack {
    distractors: usize,
    seed: u64,
    /// Texts of the corpus by their digests.
    pool: BTreeMap<u64, String>,
}

impl Perturbation for Haystack {
    fn change(&self, record: &mut Record) {
        let seed = rng::seed_of(self.seed, &format!("{}\n{}", record.text, record.query));
        let others = self.drawn(record, seed);
        let place = rng::below(rng::mix(seed, 0), others.len() + 1);

        let mut text = String::new();
        for other in &others[..place] {
            text.push_str(other);
            text.push_str("\n\n");
        }
        let start = text.len();
        text.push_str(&record.text);
        for other in &others[place..] {
            text.push_str("\n\n");
            text.push_str(other);
        }

        for passage in &mut record.evidence {
            passage.start += start;
            passage.end += start;
        }
        record.note("distractors", others.len());
        record.text = text;
        record.title.clear();
        record.documents.clear();
        record.tagged = None;
    }

    fn among(
        &self,
        corpus: &dyn Corpus,
    ) -> Result<Option<Box<dyn Perturbation>>, CorpusError> {
        let mut pool = BTreeMap::new();
        for source in corpus.records()? {
            let text = source?.parse()?.text;
            pool.insert(rng::seed_of(self.seed, &text), text);
            if pool.len() > POOL {
                pool.pop_last();
            }
        }

        if pool.len() <= self.distractors {
            let (found, wanted) = (pool.len(), self.distractors);
            return Err(CorpusError::Record {
                place: corpus.origin(),
                problem: format!(
                    "{found} different texts, and `+haystack(distractors={wanted})` needs {}",
                    wanted + 1
                ),
            });
        }
        let (distractors, seed) = (self.distractors, self.seed);
        Ok(Some(Box::new(Self {
            distractors,
            seed,
            pool,
        })))
    }
}

impl Haystack {
    /// Returns the distractors of a record in random order.
    fn drawn(&self, record: &Record, seed: u64) -> Vec<&str> {
        let answers: Vec<String> =
            record.answers.iter().map(|it| it.to_lowercase()).collect();
        let is_other = |text: &&String| {
            let lower = text.to_lowercase();
            **text != record.text && !answers.iter().any(|answer| lower.contains(answer))
        };

        let mut order: Vec<(u64, &String)> = self
            .pool
            .iter()
            .map(|(digest, text)| (rng::mix(seed, *digest), text))
            .collect();
        order.sort_unstable();
        let others = order.into_iter().map(|(_, text)| text).filter(is_other);
        others.take(self.distractors).map(String::as_str).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use crate::{CorpusOpener, Record};

    /// The documents of a corpus of ten paragraphs, changed by `perturbation`.
    fn changed(perturbation: &str) -> Result<Vec<Record>, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("c.jsonl");
        let mut lines = String::new();
        for at in 0..10 {
            writeln!(
                lines,
                r#"{{"id":"q{at}","title":"T","text":"Bridge {at} is old. It has {at} arches.","query":"How old is bridge {at}?","answers":["bridge {at}"],"evidence":["It has {at} arches."]}}"#
            )
            .unwrap();
        }
        std::fs::write(&path, lines).unwrap();
        let argument = format!("{}{perturbation}", path.display());
        records(&argument).map_err(|error| error.to_string())
    }

    fn records(argument: &str) -> Result<Vec<Record>, crate::CorpusError> {
        let corpus = CorpusOpener::default().open(argument)?;
        let sources = corpus.records()?;
        sources.map(|source| source?.parse()).collect()
    }

    #[test]
    fn a_text_is_among_others_and_its_evidence_moves_with_it() {
        let plain = changed("").unwrap();
        let hidden = changed("+haystack(distractors=5)").unwrap();
        let places: Vec<usize> = plain
            .iter()
            .zip(&hidden)
            .map(|(plain, hidden)| {
                assert_eq!(hidden.text.split("\n\n").count(), 6);
                assert_eq!(hidden.text.matches(&plain.text).count(), 1);
                assert_eq!(hidden.title, "");
                let [of_plain, of_hidden] = [plain, hidden]
                    .map(|record| &record.text[record.evidence[0].clone()]);
                assert_eq!(of_plain, of_hidden);
                hidden.evidence[0].start
            })
            .collect();
        assert!(places.iter().any(|place| *place != places[0]), "{places:?}");
    }

    #[test]
    fn no_distractor_contains_an_answer() {
        for record in changed("+haystack(distractors=9)").unwrap() {
            let text = record.text.to_lowercase();
            assert_eq!(text.matches(&record.answers[0]).count(), 1, "{text}");
        }
    }

    #[test]
    fn the_same_seed_hides_the_same_and_another_seed_does_not() {
        let texts = |perturbation: &str| {
            let records = changed(perturbation).unwrap().into_iter();
            records.map(|record| record.text).collect::<Vec<_>>()
        };
        let one = texts("+haystack(distractors=5)");
        assert_eq!(one, texts("+haystack(distractors=5)"));
        assert_ne!(one, texts("+haystack(distractors=5,seed=1)"));
    }

    #[test]
    fn a_corpus_of_too_few_texts_is_refused() {
        let error = changed("+haystack").unwrap_err();
        assert!(
            error.ends_with(
                "c.jsonl: 10 different texts, and `+haystack(distractors=40)` needs 41"
            ),
            "{error}"
        );
    }
}

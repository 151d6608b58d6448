//! The sampler: a small corpus of our own texts that is compiled into the program, so
//! that it can be tried in any folder.

use std::sync::LazyLock;

use super::{
    address::{Address, Place},
    corpus::{Corpus, Unparsed},
    error::CorpusError,
    line::lines,
    record::Record,
    source::Source,
};

pub(super) const NAME: &str = "sampler";

/// The place of the sampler, in words.
const ORIGIN: &str = "compiled into epitome";

macro_rules! files {
    ($($name:literal)*) => {
        [$((
            concat!("sampler/", $name),
            include_str!(concat!("../known/sampler/", $name)),
        )),*]
    };
}

const FILES: [(&str, &str); 8] = files! {
    "news.jsonl" "science.jsonl" "encyclopedia.jsonl" "meeting.jsonl" "contract.jsonl"
    "reviews.jsonl" "pages.jsonl" "languages.jsonl"
};

/// The corpus of the sampler: documents of eight genres and ten languages with references
/// and keyphrases.
pub(super) struct Sampler {
    name: String,
}

impl Sampler {
    /// Returns the sampler under a name for tables.
    pub(super) fn called(name: &str) -> Self {
        Self {
            name: name.to_owned(),
        }
    }
}

impl Corpus for Sampler {
    fn name(&self) -> &str {
        &self.name
    }

    fn origin(&self) -> String {
        ORIGIN.to_owned()
    }

    fn address(&self) -> Address {
        Address::of(&self.name, Place::Sampler)
    }

    fn digest(&self) -> Result<blake3::Hash, CorpusError> {
        let mut hasher = blake3::Hasher::new();
        for (_, text) in FILES {
            hasher.update(text.as_bytes());
        }
        Ok(hasher.finalize())
    }

    fn bytes(&self) -> u64 {
        FILES.iter().map(|(_, text)| text.len() as u64).sum()
    }

    fn records(&self) -> Result<Unparsed<'_>, CorpusError> {
        let lines = FILES
            .into_iter()
            .flat_map(|(name, text)| lines(name.to_owned(), text.as_bytes()));
        Ok(Box::new(lines.map(|line| line.map(Source::Line))))
    }
}

/// Returns the boilerplate lines of the labelled pages, in order.
pub(super) fn boilerplate() -> &'static [String] {
    static LINES: LazyLock<Vec<String>> = LazyLock::new(|| {
        let sampler = Sampler::called(NAME);
        let records = sampler.records().into_iter().flatten();
        let records = records
            .filter_map(Result::ok)
            .filter_map(|line| line.parse().ok());
        records.flat_map(|record| labelled(&record)).collect()
    });
    &LINES
}

/// Returns the lines of a record whose numbers are in `meta.boilerplate`.
fn labelled(record: &Record) -> Vec<String> {
    let lines: Vec<&str> = record.text.split('\n').collect();
    let labels = record
        .metadata
        .get("meta")
        .and_then(|meta| meta.get("boilerplate"));
    let labels = labels
        .and_then(serde_json::Value::as_array)
        .into_iter()
        .flatten();
    let numbers = labels.filter_map(serde_json::Value::as_u64);
    numbers
        .filter_map(|number| lines.get(number as usize))
        .map(|line| (*line).to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use epitome_text::Language;
    use std::collections::BTreeSet;

    fn records() -> Vec<Record> {
        Sampler::called(NAME)
            .records()
            .unwrap()
            .map(|source| source.unwrap().parse().unwrap())
            .collect()
    }

    #[test]
    fn every_document_has_references_and_keyphrases() {
        for record in records() {
            let id = &record.id;
            assert!((2..=3).contains(&record.summaries.len()), "{id}");
            assert!((5..=15).contains(&record.keyphrases.len()), "{id}");
            assert!(record.language.parse::<Language>().is_ok(), "{id}");
        }
    }

    #[test]
    fn it_is_as_wide_as_it_says() {
        let records = records();
        assert!(records.len() >= 30, "{}", records.len());
        let ids: BTreeSet<_> = records.iter().map(|record| &record.id).collect();
        assert_eq!(ids.len(), records.len(), "ids are unique");
        let languages: BTreeSet<_> =
            records.iter().map(|record| &record.language).collect();
        assert!(languages.len() >= 7, "{languages:?}");
    }
}

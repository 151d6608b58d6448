//! Corpus statistics: lengths, references and how far they agree, what could be copied,
//! and texts that occur twice or nearly so. Documents are read one at a time; about 320
//! bytes of each are kept.

mod likeness;
mod look;
mod quantity;
mod repeats;
mod spread;

use std::{
    collections::{BTreeMap, BTreeSet},
    num::NonZero,
};

use crate::run::{Progress, in_order};
use epitome_corpora::{Corpus, CorpusError, Source};
use epitome_metrics::position::Histogram;

use likeness::Sketches;
use look::{DocumentFindings, Metrics, Surveyor};
use repeats::{Place, SeenTexts};

pub use quantity::{Meaning, Quantity};
pub use repeats::Repeat;
pub use spread::Spread;

/// The statistics of several corpora. Made by [`survey`].
#[derive(Debug, Clone)]
pub struct Survey {
    /// The statistics of each corpus.
    pub profiles: Vec<CorpusProfile>,
    /// Every document that has the words of an earlier one, or most of them, in the order
    /// of reading.
    pub repeats: Vec<Repeat>,
}

/// The statistics of one corpus.
#[derive(Debug, Clone)]
pub struct CorpusProfile {
    /// The name of the corpus.
    pub corpus: String,
    /// The digest of its contents, in hexadecimal digits.
    pub blake3: String,
    /// The number of documents.
    pub documents: u64,
    /// The number of documents in each language, by its code.
    pub languages: BTreeMap<String, u64>,
    /// The quantities that the corpus has, in the order of [`Quantity::ALL`].
    pub measured: Vec<Measured>,
    /// The positions of the oracle's picks, in tenths of a document.
    pub oracle: Histogram,
}

/// A quantity over a corpus.
#[derive(Debug, Clone)]
pub struct Measured {
    /// The name and the meaning of the quantity.
    pub meaning: Meaning,
    /// The signature of the metric that measured it; empty if none did.
    pub recipe: String,
    /// The distribution of its values.
    pub spread: Spread,
}

/// The highest likeness of two texts whose words are not equal.
const MOST: f64 = 0.99;

/// Reads every document of `corpora` on `jobs` threads. The result does not depend on the
/// number of threads.
///
/// # Errors
/// Returns an error if a corpus cannot be read, is not what its lock says, or has a
/// broken record.
pub fn survey(
    corpora: &[Box<dyn Corpus>],
    jobs: NonZero<usize>,
    progress: &mut dyn Progress,
) -> Result<Survey, CorpusError> {
    let digests: Vec<blake3::Hash> = corpora
        .iter()
        .map(|corpus| corpus.digest())
        .collect::<Result<_, _>>()?;

    let metrics = Metrics::new();

    let mut met = SeenTexts::default();
    let mut sketches = Sketches::default();
    let mut places = Vec::new();
    let mut repeats = Vec::new();
    let mut profiles = Vec::new();

    for (number, corpus) in corpora.iter().enumerate() {
        let mut counts = Counts::default();
        let surveyor = || Surveyor::new(&metrics);
        in_order(
            jobs,
            corpus.records()?,
            surveyor,
            |surveyor: &mut Surveyor<'_>, source: Result<Source, CorpusError>| {
                surveyor.look(source?)
            },
            |found: DocumentFindings| {
                progress.advance(found.bytes);

                let place = (number as u32, counts.documents as u32);
                let same = met.add(found.words, place).map(|first| (first, 1.0));
                let like = sketches.add(&found.sketch);
                let like = like.map(|(at, share)| (places[at], share.min(MOST)));
                places.push(place);

                if let Some(before) = same.or(like) {
                    repeats.push((place, found.id.clone(), before));
                }
                counts.add(&found, same.is_some(), like.is_some());
                Ok::<_, CorpusError>(())
            },
        )?;

        let blake3 = digests[number].to_hex().to_string();
        profiles.push(counts.profile(corpus.name(), blake3, &metrics));
    }

    let repeats = with_names(corpora, repeats)?;
    Ok(Survey { profiles, repeats })
}

/// What has been counted of a corpus so far.
#[derive(Default)]
struct Counts {
    documents: u64,
    languages: BTreeMap<String, u64>,
    spreads: BTreeMap<Quantity, Spread>,
    oracle: Histogram,
}

impl Counts {
    fn add(&mut self, found: &DocumentFindings, is_repeat: bool, is_like: bool) {
        self.documents += 1;
        *self.languages.entry(found.language.clone()).or_default() += 1;
        let repeated = (Quantity::Repeated, f64::from(u8::from(is_repeat)));
        let like = f64::from(u8::from(is_like && !is_repeat));
        let nearly = (Quantity::NearlyRepeated, like);
        for &(quantity, value) in found.values.iter().chain([&repeated, &nearly]) {
            self.spreads.entry(quantity).or_default().add(value);
        }
        self.oracle.add(&found.tenths);
    }

    fn profile(
        mut self,
        corpus: &str,
        blake3: String,
        metrics: &Metrics,
    ) -> CorpusProfile {
        let measured = Quantity::ALL.into_iter().filter_map(|(quantity, meaning)| {
            let spread = self.spreads.remove(&quantity)?;
            Some(Measured {
                meaning,
                recipe: metrics.recipe(quantity),
                spread,
            })
        });
        CorpusProfile {
            corpus: corpus.to_owned(),
            blake3,
            documents: self.documents,
            measured: measured.collect(),
            languages: self.languages,
            oracle: self.oracle,
        }
    }
}

/// Returns the repeats with the ids of the first documents. Reads the corpora once more
/// for them, since ids of all documents are not kept.
fn with_names(
    corpora: &[Box<dyn Corpus>],
    repeats: Vec<(Place, String, (Place, f64))>,
) -> Result<Vec<Repeat>, CorpusError> {
    let wanted: BTreeSet<Place> =
        repeats.iter().map(|(_, _, (first, _))| *first).collect();

    let mut names: BTreeMap<Place, String> = BTreeMap::new();
    for (number, corpus) in corpora.iter().enumerate() {
        let number = number as u32;
        let own = (number, 0)..=(number, u32::MAX);
        let Some(&(_, last)) = wanted.range(own).next_back() else {
            continue;
        };
        for (at, source) in corpus.records()?.enumerate().take(last as usize + 1) {
            let place = (number, at as u32);
            if wanted.contains(&place) {
                names.insert(place, source?.parse()?.id);
            }
        }
    }

    let name = |corpus: u32| corpora[corpus as usize].name().to_owned();

    Ok(repeats
        .into_iter()
        .map(|(place, document, (first, likeness))| Repeat {
            corpus: name(place.0),
            document,
            first_corpus: name(first.0),
            first_document: names
                .get(&first)
                .expect("every first document was read again above")
                .clone(),
            likeness,
        })
        .collect())
}

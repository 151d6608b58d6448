//! What a corpus is like: lengths, references and how far they agree, what could be
//! copied, and texts that stand in it twice or nearly so. Documents are looked at one at a
//! time, and what is kept of each is about 320 bytes.

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

/// What corpora are like.
#[derive(Debug, Clone)]
pub struct Survey {
    /// Each by itself.
    pub profiles: Vec<CorpusProfile>,
    /// Every document with the words of one before it, or most of them, in the order of
    /// reading.
    pub repeats: Vec<Repeat>,
}

/// What one corpus is like.
#[derive(Debug, Clone)]
pub struct CorpusProfile {
    /// What it is called.
    pub corpus: String,
    /// Digest of its contents.
    pub blake3: String,
    /// How many documents it has.
    pub documents: u64,
    /// How many of them are in which language.
    pub languages: BTreeMap<String, u64>,
    /// What was counted, in the order of [`Quantity::ALL`]; only what there is.
    pub measured: Vec<Measured>,
    /// Where the picks of the oracle stand.
    pub oracle: Histogram,
}

/// A quantity over a corpus.
#[derive(Debug, Clone)]
pub struct Measured {
    /// What it is.
    pub meaning: Meaning,
    /// The signature of the metric that measured it; empty where none did.
    pub recipe: String,
    /// The numbers.
    pub spread: Spread,
}

/// How like each other two texts are at most that have not the same words.
const MOST: f64 = 0.99;

/// Reads every document of `corpora` on so many threads. The result does not depend on
/// how many.
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
        let look = |surveyor: &mut Surveyor<'_>, source: Result<Source, CorpusError>| {
            surveyor.look(source?)
        };
        in_order(
            jobs,
            corpus.records()?,
            surveyor,
            look,
            |found: DocumentFindings| {
                progress.advance(found.bytes);
                let place = (number as u32, counts.documents as u32);
                let same = met.add(found.words, place).map(|first| (first, 1.0));
                let like = sketches.add(&found.sketch);
                let like = like.map(|(at, share)| (places[at], share.min(MOST)));
                places.push(place);
                let id = || found.id.clone();
                repeats.extend(same.or(like).map(|before| (place, id(), before)));
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

/// Repeats with the ids of the first documents, which are read once more.
fn with_names(
    corpora: &[Box<dyn Corpus>],
    repeats: Vec<(Place, String, (Place, f64))>,
) -> Result<Vec<Repeat>, CorpusError> {
    let wanted: BTreeSet<Place> =
        repeats.iter().map(|(_, _, (first, _))| *first).collect();
    let mut names: BTreeMap<Place, String> = BTreeMap::new();
    for (number, corpus) in corpora.iter().enumerate() {
        let number = number as u32;
        let own = || wanted.range((number, 0)..=(number, u32::MAX));
        let Some(&(_, last)) = own().next_back() else {
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
    let repeat =
        |(place, document, (first, likeness)): (Place, String, (Place, f64))| Repeat {
            corpus: name(place.0),
            document,
            first_corpus: name(first.0),
            first_document: names
                .get(&first)
                .expect("every first document was read again above")
                .clone(),
            likeness,
        };
    Ok(repeats.into_iter().map(repeat).collect())
}

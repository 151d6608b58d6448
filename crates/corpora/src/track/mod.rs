//! Tracks: corpora derived from others by a seeded change, one file each, one line each in
//! [`TRACKS`]. References stay as they are, so that a drop or gain of a score is the
//! change's doing.

mod boilerplate;
mod clean;
mod doubled;
mod noisy;
mod shuffled;
mod truncated;

use super::{Address, Corpus, CorpusError, Record, Source, Unparsed};
use epitome_base::rng;
use epitome_base::spec::{Built, Entry, Kind, Parameter, Spec, build};
use epitome_text::{Language, LineEnds};

/// A change of a document.
pub trait Track: Send + Sync {
    /// Changes its text, or what systems see of it. The same record is changed the same
    /// way.
    fn change(&self, record: &mut Record);
}

/// Every track.
pub const TRACKS: &[Entry<dyn Track>] = &[
    clean::ENTRY,
    shuffled::ENTRY,
    boilerplate::ENTRY,
    noisy::ENTRY,
    truncated::ENTRY,
    doubled::ENTRY,
];

/// The seed that several tracks take.
const SEED: Parameter = Parameter {
    name: "seed",
    kind: Kind::Integer(0, u64::MAX),
    default: "0",
    about: "another seed, another change",
};

/// A corpus whose documents are changed.
pub(super) struct Derived {
    name: String,
    inner: Box<dyn Corpus>,
    track: Built<dyn Track>,
}

impl Derived {
    /// `cnndm+shuffled`.
    ///
    /// # Errors
    /// There is no such track, or it would change a text that is clean already.
    pub(super) fn new(inner: Box<dyn Corpus>, spec: &Spec) -> Result<Self, CorpusError> {
        let track = build("track", TRACKS, spec)?;
        if inner.is_clean() {
            let track = track.name;
            return Err(CorpusError::AfterClean { track });
        }
        let name = format!("{}-{}", inner.name(), Self::plain(&track.name));
        Ok(Self { name, inner, track })
    }

    /// What the track adds to a name: `noisy-rate-0.1`.
    fn plain(track: &str) -> String {
        track.replace(['(', ',', '='], "-").replace(')', "")
    }
}

impl Corpus for Derived {
    fn name(&self) -> &str {
        &self.name
    }

    fn origin(&self) -> String {
        format!("{} +{}", self.inner.origin(), self.track.name)
    }

    fn address(&self) -> Address {
        let mut address = self.inner.address();
        address.tracks.push(self.track.name.clone());
        address
    }

    /// Of what it is derived from and of the change.
    fn digest(&self) -> Result<blake3::Hash, CorpusError> {
        let mut hasher = blake3::Hasher::new();
        hasher.update(self.inner.digest()?.as_bytes());
        hasher.update(self.track.name.as_bytes());
        Ok(hasher.finalize())
    }

    fn bytes(&self) -> u64 {
        self.inner.bytes()
    }

    fn is_clean(&self) -> bool {
        self.track.name == clean::ENTRY.name
    }

    fn records(&self) -> Result<Unparsed<'_>, CorpusError> {
        let changed = self.inner.records()?.map(|source| {
            let mut record = source?.parse()?;
            self.track.value.change(&mut record);
            Ok(Source::Parsed(Box::new(record)))
        });
        Ok(Box::new(changed))
    }
}

/// The sentences of a record's text as the program's own segmenter finds them; wrapped
/// lines are joined.
fn sentences(record: &Record) -> Vec<String> {
    let language = record
        .language
        .parse::<Language>()
        .unwrap_or_else(|_| Language::detect_with(&record.title, &record.text));
    LineEnds::Auto.sentences(&record.text, language)
}

/// The seed of one record's change.
fn seed_of(seed: u64, record: &Record) -> u64 {
    rng::seed_of(seed, &record.text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use epitome_text::boilerplate::Boilerplate;

    fn changed(spec: &str, text: &str) -> String {
        let spec: Spec = spec.parse().unwrap();
        let track = build("track", TRACKS, &spec).unwrap();
        let mut record =
            Record { text: text.to_owned(), language: "en".into(), ..Record::default() };
        track.value.change(&mut record);
        record.text
    }

    const STORY: &str = "The river rose. The bridge closed. Shops stayed shut. It fell.";

    #[test]
    fn shuffled_keeps_the_sentences_and_moves_them() {
        let words = |text: &str| {
            let mut words: Vec<String> =
                text.split_whitespace().map(str::to_owned).collect();
            words.sort();
            words
        };
        let shuffled = changed("shuffled", STORY);
        assert_eq!(words(&shuffled), words(STORY));
        assert_ne!(shuffled.replace('\n', " "), STORY);
        assert_ne!(
            changed("shuffled(seed=1)", STORY),
            changed("shuffled(seed=2)", STORY)
        );
    }

    #[test]
    fn doubled_says_every_sentence_twice_and_truncated_keeps_a_beginning() {
        assert_eq!(changed("doubled", STORY).matches("The river rose.").count(), 2);
        let half = changed("truncated(share=0.5)", STORY);
        assert_eq!(half.trim(), "The river rose. The bridge closed.");
    }

    #[test]
    fn noise_is_as_dense_as_it_says() {
        let text = "abcdefghij ".repeat(2000);
        let noisy = changed("noisy(rate=0.1)", &text);
        assert_eq!(changed("noisy(rate=0)", &text), text);
        let same =
            text.chars().zip(noisy.chars()).take(40).filter(|(a, b)| a == b).count();
        assert!(same < 40);
        let length = noisy.chars().count() as f64 / text.chars().count() as f64;
        assert!((0.97..1.03).contains(&length), "{length}");
    }

    #[test]
    fn boilerplate_stands_around_the_text_and_inside_it() {
        let boilerplate = changed("boilerplate", STORY);
        assert!(boilerplate.lines().count() >= 8, "{boilerplate}");
        for sentence in ["The river rose.", "It fell."] {
            assert!(boilerplate.contains(sentence), "{boilerplate}");
        }
    }

    #[test]
    fn clean_leaves_the_text_and_says_what_systems_are_to_see() {
        let track = build("track", TRACKS, &"clean".parse().unwrap()).unwrap();
        let mut record = Record { text: STORY.to_owned(), ..Record::default() };
        track.value.change(&mut record);
        assert_eq!(
            (record.text.as_str(), record.boilerplate),
            (STORY, Boilerplate::Drop)
        );
    }

    proptest! {
        #[test]
        fn every_track_takes_every_text_and_repeats_itself(text in "\\PC{0,80}") {
            for entry in TRACKS {
                prop_assert_eq!(changed(entry.name, &text), changed(entry.name, &text));
            }
        }
    }
}

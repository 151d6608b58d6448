//! Perturbations: corpora that are derived from others by a seeded change. Each is a file
//! of this module and an entry of [`TRACKS`]. References are left unchanged, so that a
//! drop or gain of a score is due to the change.

mod boilerplate;
mod change;
mod clean;
pub(super) mod derived;
mod doubled;
mod haystack;
mod noisy;
mod seed;
mod sentences;
mod shuffled;
mod truncated;

pub use change::Perturbation;

use epitome_base::spec::Entry;

/// All perturbations.
pub const TRACKS: &[Entry<dyn Perturbation>] = &[
    clean::ENTRY,
    shuffled::ENTRY,
    boilerplate::ENTRY,
    noisy::ENTRY,
    truncated::ENTRY,
    doubled::ENTRY,
    haystack::ENTRY,
];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Record;
    use epitome_base::spec::{Spec, build};
    use epitome_text::boilerplate::Boilerplate;

    fn changed(spec: &str, text: &str) -> String {
        let spec: Spec = spec.parse().unwrap();
        let perturbation = build("perturbation", TRACKS, &spec).unwrap();
        let mut record = Record {
            text: text.to_owned(),
            language: "en".into(),
            ..Record::default()
        };
        perturbation.value.change(&mut record);
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
        assert_eq!(
            changed("doubled", STORY).matches("The river rose.").count(),
            2
        );
        let half = changed("truncated(share=0.5)", STORY);
        assert_eq!(half.trim(), "The river rose. The bridge closed.");
    }

    #[test]
    fn noise_is_as_dense_as_it_says() {
        let text = "abcdefghij ".repeat(2000);
        let noisy = changed("noisy(rate=0.1)", &text);
        assert_eq!(changed("noisy(rate=0)", &text), text);
        let same = text
            .chars()
            .zip(noisy.chars())
            .take(40)
            .filter(|(a, b)| a == b)
            .count();
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
        let perturbation =
            build("perturbation", TRACKS, &"clean".parse().unwrap()).unwrap();
        let mut record = Record {
            text: STORY.to_owned(),
            ..Record::default()
        };
        perturbation.value.change(&mut record);
        assert_eq!(
            (record.text.as_str(), record.boilerplate),
            (STORY, Boilerplate::Drop)
        );
    }

    #[test]
    fn evidence_moves_with_the_text() {
        let evidence = |spec: &str| {
            let perturbation =
                build("perturbation", TRACKS, &spec.parse().unwrap()).unwrap();
            let start = STORY.find("Shops").unwrap();
            let mut record = Record {
                text: STORY.to_owned(),
                language: "en".into(),
                evidence: std::iter::once(start..start + "Shops stayed shut.".len())
                    .collect(),
                ..Record::default()
            };
            perturbation.value.change(&mut record);
            let passages = record.evidence.iter();
            let passages = passages.map(|it| record.text[it.clone()].to_owned());
            passages.collect::<Vec<_>>()
        };
        let shops = "Shops stayed shut.";
        for same in [
            "clean",
            "shuffled",
            "boilerplate",
            "noisy(rate=0)",
            "haystack",
        ] {
            assert_eq!(evidence(same), [shops], "{same}");
        }
        assert_eq!(evidence("doubled"), [shops, shops]);
        assert_eq!(evidence("truncated(share=0.5)"), [""; 0]);
        assert_eq!(evidence("truncated(share=0.75)"), [shops]);
        let noisy = evidence("noisy(rate=1)").concat();
        assert!(noisy.ends_with('.') && noisy != shops, "{noisy}");
    }

    proptest! {
        #[test]
        fn every_perturbation_takes_every_text_and_repeats_itself(text in "\\PC{0,80}") {
            for entry in TRACKS {
                prop_assert_eq!(changed(entry.name, &text), changed(entry.name, &text));
            }
        }
    }
}

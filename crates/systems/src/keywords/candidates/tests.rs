//! Candidates of keyphrases, by examples.

use super::*;
use crate::keywords::testing::{english, in_language};

fn found(candidates: &Candidates, document: &Document) -> Vec<String> {
    let words = candidates.words(document);
    let phrases = candidates.of(document, &words);
    phrases.iter().map(|phrase| phrase.text(document)).collect()
}

fn of_form(form: Form, text: &str) -> Vec<String> {
    found(&Candidates::of_form(form, 3), &english(text))
}

fn runs(text: &str) -> Vec<String> {
    of_form(Form::Runs, text)
}

fn noun_phrases(text: &str) -> Vec<String> {
    of_form(Form::NounPhrases, text)
}

#[test]
fn stop_words_numbers_and_punctuation_end_a_run() {
    assert_eq!(
        runs("Stone bridges, and the old toll house of 1820."),
        ["Stone bridges", "old toll house"]
    );
}

#[test]
fn words_joined_by_hyphens_are_one() {
    assert_eq!(
        runs("a real-time system - fast code"),
        ["real-time system", "fast code"]
    );
    assert_eq!(
        noun_phrases("The object-oriented program is a state-of-the-art tool."),
        ["object-oriented program", "state-of-the-art tool"]
    );
}

#[test]
fn compounds_that_are_broken_at_a_line_end_are_one_word() {
    // wide enough to be taken for hard-wrapped lines
    let text = "The commission presented its findings on the long-
term development of the harbour, and praised a state-of-
the-art system that was built in the northern part of the
town by a small company of engineers. The mayor welcomed
all findings, and said that the council would study them.\n";
    let found = noun_phrases(text);
    assert!(
        found.contains(&"long-term development".to_owned()),
        "{found:?}"
    );
    assert!(
        found.contains(&"state-of-the-art system".to_owned()),
        "{found:?}"
    );
}

#[test]
fn terms_with_digits_are_adjectives_before_nouns_and_nouns_elsewhere() {
    assert_eq!(
        noun_phrases(
            "The F-16 pilots flew near a small 3D model of Apollo 11 and H-2-B."
        ),
        ["F-16 pilots", "small 3D model", "Apollo 11", "H-2-B"]
    );
    assert_eq!(
        noun_phrases("The wall of 1820 cracked in 3 days."),
        ["wall", "days"]
    );
    assert_eq!(
        noun_phrases("The ferry of April 1 sank."),
        ["ferry", "April"]
    );
    assert_eq!(
        noun_phrases("See Section 3 of ISO 9000, of Friday 1 April."),
        ["Section", "ISO 9000", "Friday", "April"]
    );
    assert_eq!(noun_phrases("The 2-D data are old."), ["2-D data"]);
    assert_eq!(runs("flights of the F-16"), ["flights", "F-16"]);
}

#[test]
fn a_number_and_its_symbol_of_measure_are_a_quantity() {
    assert_eq!(
        noun_phrases("Pulses of 1.5 kV for 20 s, a 6 Mbit/s link, and 3 of 7 m."),
        ["Pulses", "1.5 kV", "20 s", "6 Mbit/s link", "7 m"]
    );
    assert_eq!(runs("pulses of 1.5 kV"), ["pulses", "kV"]);
}

#[test]
fn slashes_and_indices_join_words() {
    assert_eq!(
        noun_phrases("The CAD/CAM tool has an M/D/1 queue; oil and/or salt."),
        ["CAD/CAM tool", "M/D/1 queue", "oil", "salt"]
    );
    assert_eq!(
        noun_phrases(
            "The H/sub 2/ norm, L/sub p/-stability, /sup 133/Cs nuclei, Si/sub 10/."
        ),
        [
            "H/sub 2/ norm",
            "L/sub p/-stability",
            "/sup 133/Cs nuclei",
            "Si/sub 10"
        ]
    );
    assert_eq!(
        noun_phrases("The path /sub of a tree, and /sup"),
        ["path", "sub", "tree", "sup"]
    );
    assert_eq!(runs("the CAD/CAM tool"), ["CAD", "CAM tool"]);
}

#[test]
fn two_letters_are_a_name_with_a_capital_a_digit_or_a_sign() {
    assert_eq!(
        noun_phrases("Rules of the UN and the US, in F# over 4G, for an ox."),
        ["Rules", "UN", "US", "F#", "4G"]
    );
    assert_eq!(runs("It is up to it. GIVE IT TO IT"), ["GIVE"]);
}

#[test]
fn the_stop_of_an_abbreviation_does_not_cut_a_name() {
    assert_eq!(
        noun_phrases("The U.K. Parliament met Prof. Stone of St. Albans. Ships left."),
        ["U.K. Parliament", "Prof. Stone", "St. Albans", "Ships"]
    );
    assert_eq!(runs("Old Sundays.&nbsp;Ships."), ["Old Sundays", "Ships"]);
    let document = english("St. Albans. The town of St. Albans.");
    let candidates = Candidates::runs(3);
    let phrases = candidates.of(&document, &candidates.words(&document));
    assert_eq!(phrases[0].occurrences.len(), 2);
}

#[test]
fn a_space_parts_phrases_in_scripts_without_spaces() {
    let thai = in_language("th", "โรงเรียน โรงเรียน");
    let found = found(&Candidates::runs(3), &thai);
    assert_eq!(found, ["โรงเรียน"]);
}

#[test]
fn markup_is_in_no_phrase() {
    assert_eq!(
        runs(
            "_Old_ ships [list](https://a.example/x) &amp; **boats**&nbsp;sank<br/>twice."
        ),
        ["Old", "ships", "list", "boats", "sank", "twice"]
    );
    assert_eq!(runs("the R&amp;D boat"), ["R&D boat"]);
    assert_eq!(runs("har\u{AD}bour. Harbour."), ["harbour"]);
}

#[test]
fn words_written_together_are_no_phrase() {
    let french = in_language("fr", "La porte de l’île. L'ILE d'un bateau.");
    let found = found(&Candidates::runs(3), &french);
    assert_eq!(found, ["porte", "île", "ILE", "bateau"]);
}

#[test]
fn words_of_scripts_without_spaces_make_phrases() {
    let japanese = in_language("ja", "東京駅で電車を待つ。");
    let found = found(&Candidates::runs(3), &japanese);
    assert_eq!(found, ["東京駅", "電車", "待つ"]);
}

#[test]
fn a_noun_phrase_is_adjectives_and_nouns() {
    assert_eq!(
        noun_phrases("The engineers quickly closed the old stone bridge on Friday."),
        ["engineers", "old stone bridge", "Friday"]
    );
}

#[test]
fn a_content_run_may_end_in_an_adjective_and_n_grams_are_all_its_stretches() {
    let text = "The old stone bridge is safe.";
    assert_eq!(
        of_form(Form::ContentRuns, text),
        ["old stone bridge", "safe"]
    );
    assert_eq!(
        of_form(Form::Ngrams, text),
        [
            "old",
            "old stone",
            "old stone bridge",
            "stone",
            "stone bridge",
            "bridge",
            "safe"
        ]
    );
}

#[test]
fn a_wrapped_line_goes_on_in_lower_case() {
    assert_eq!(runs("digital\nlibraries"), ["digital libraries"]);
    assert_eq!(
        runs("Introduction\nBridges fall"),
        ["Introduction", "Bridges fall"]
    );
}

#[test]
fn inflections_are_one_candidate_in_the_form_that_occurs_first() {
    assert_eq!(
        runs("Bridges. A bridge. One hull."),
        ["Bridges", "One hull"]
    );
    let document = english("Bridges. A bridge. One hull.");
    let exact = Candidates {
        stemming: Stemming::None,
        ..Candidates::runs(3)
    };
    assert_eq!(found(&exact, &document), ["Bridges", "bridge", "One hull"]);
}

#[test]
fn every_occurrence_is_known() {
    let document = english("Bridges. A bridge.");
    let candidates = Candidates::runs(3);
    let phrases = candidates.of(&document, &candidates.words(&document));
    let spans = phrases[0].spans(&document);
    assert_eq!(
        spans,
        [Span { start: 0, end: 7 }, Span { start: 11, end: 17 }]
    );
}

#[test]
fn long_phrases_and_very_short_words_are_left_out() {
    assert_eq!(runs("very large stone arch bridges collapse. ox."), [""; 0]);
}

#[test]
fn the_shortest_phrase_is_in_characters_without_spaces() {
    let text = "Rules of the UN, the EEC and Q 1 of an ox.";
    let of = |phrase| {
        let shortest = Shortest { phrase, word: 1 };
        found(
            &Candidates::runs(3).not_shorter_than(shortest),
            &english(text),
        )
    };
    assert_eq!(of(None), ["Rules", "UN", "EEC"]);
    assert_eq!(of(Some(1)), ["Rules", "UN", "EEC", "Q", "ox"]);
    assert_eq!(of(Some(2)), ["Rules", "UN", "EEC", "ox"]);
    assert_eq!(of(Some(3)), ["Rules", "EEC"]);
    assert_eq!(of(Some(4)), ["Rules"]);
}

#[test]
fn a_phrase_with_a_word_that_is_too_short_is_no_candidate() {
    let text = "The EU treaty on real-time mail and X-ray rooms.";
    let of = |word| {
        let shortest = Shortest {
            phrase: Some(3),
            word,
        };
        found(
            &Candidates::runs(3).not_shorter_than(shortest),
            &english(text),
        )
    };
    assert_eq!(of(2), ["EU treaty", "real-time mail", "X-ray rooms"]);
    // words joined by hyphens are one
    assert_eq!(of(3), ["real-time mail", "X-ray rooms"]);
    assert_eq!(of(6), [""; 0]);
}

#[test]
fn the_length_of_a_candidate_is_that_of_its_first_occurrence() {
    let of = |text| {
        let shortest = Shortest {
            phrase: Some(3),
            word: 2,
        };
        found(
            &Candidates::runs(3).not_shorter_than(shortest),
            &english(text),
        )
    };
    assert_eq!(of("An ad. Many ads."), ["Many ads"]);
    assert_eq!(of("Ads. The ad."), ["Ads"]);
    assert_eq!(of("The ad. Ads."), [""; 0]);
}

#[test]
fn only_letters_digits_and_hyphens_are_in_alphanumeric_candidates() {
    let text = "The H&M shares, the Alaska Gov. Parnell, Hubble's law and real-time mail of Acme 3D.";
    let of = |characters| {
        let candidates = Candidates::noun_phrases(3).of_characters(characters);
        found(&candidates, &english(text))
    };
    assert_eq!(
        of(Characters::Any),
        [
            "H&M shares",
            "Alaska Gov. Parnell",
            "Hubble's law",
            "real-time mail",
            "Acme 3D"
        ]
    );
    assert_eq!(of(Characters::Alphanumeric), ["real-time mail", "Acme 3D"]);
}

#[test]
fn the_characters_of_a_candidate_are_those_of_its_first_occurrence() {
    let of = |text| {
        let candidates = Candidates::runs(3).of_characters(Characters::Alphanumeric);
        found(&candidates, &english(text))
    };
    assert_eq!(of("Towers. The tower's."), ["Towers"]);
    assert_eq!(of("The tower's. Towers."), [""; 0]);
}

#[test]
fn languages_without_a_tagger_have_runs_and_say_so() {
    let document = in_language("de", "Die alte Brücke und der Fluss.");
    let candidates = Candidates::noun_phrases(3);
    assert_eq!(found(&candidates, &document)[0], "alte Brücke");
    insta::assert_snapshot!(
        candidates.signature(&document),
        @"candidates:runs|tagger:none|stem:snowball-german|stop:nltk-de|max-words:3"
    );
    insta::assert_snapshot!(
        candidates.signature(&english("")),
        @"candidates:noun-phrases|tagger:english|stem:snowball-english|stop:nltk-en|max-words:3"
    );
    let candidates = candidates.of_characters(Characters::Alphanumeric);
    insta::assert_snapshot!(
        candidates.signature(&english("")),
        @"candidates:noun-phrases|tagger:english|stem:snowball-english|stop:nltk-en|max-words:3|characters:alphanumeric"
    );
}

#[test]
fn participles_before_nouns_are_adjectives_where_no_verb_has_an_object() {
    let found_in = |participles, text: &str| {
        let candidates = Candidates::noun_phrases(5).with_participles(participles);
        found(&candidates, &english(text))
    };
    let text = "The coding of entangled states is hard. A rotating device is new. \
        The authors proposed new methods for solving problems.";
    assert_eq!(
        found_in(Participles::AsTagged, text),
        [
            "coding",
            "states",
            "device",
            "authors",
            "new methods",
            "problems"
        ]
    );
    assert_eq!(
        found_in(Participles::Adjectives, text),
        [
            "coding",
            "entangled states",
            "rotating device",
            "authors",
            "new methods",
            "problems"
        ]
    );
}

#[test]
fn past_participles_may_come_after_adpositions_and_marks_and_present_ones_may_not() {
    let candidates =
        Candidates::noun_phrases(5).with_participles(Participles::Adjectives);
    let of = |text: &str| found(&candidates, &english(text));
    assert_eq!(of("Entangled states"), ["Entangled states"]);
    assert_eq!(
        of("The coding of entangled states."),
        ["coding", "entangled states"]
    );
    assert_eq!(of("The merits of rotating devices."), ["merits", "devices"]);
}

#[test]
fn a_participle_before_a_blank_line_is_in_no_phrase() {
    let candidates =
        Candidates::noun_phrases(5).with_participles(Participles::Adjectives);
    let text = "The coding of entangled\n\nstates";
    assert_eq!(found(&candidates, &english(text)), ["coding", "states"]);
}

#[test]
fn a_signature_names_participles_if_there_are_parts_of_speech() {
    let candidates =
        Candidates::noun_phrases(5).with_participles(Participles::Adjectives);
    let signature = candidates.signature(&english("A stone bridge."));
    assert!(
        signature.ends_with("|participles:adjectives"),
        "{signature}"
    );

    let runs = Candidates::runs(5).with_participles(Participles::Adjectives);
    let signature = runs.signature(&english("A stone bridge."));
    assert!(!signature.contains("participles"), "{signature}");
}

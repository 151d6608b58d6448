//! Tests of the summariser.

use super::*;
use crate::rank::testing::{lines, titled};

/// No prior, no title, pairs and stop words left out, nothing discounted.
const PLAIN: Epitome = Epitome {
    lead: 0.0,
    opening: 0.0,
    short: 0.0,
    place: 0.0,
    title: 0.0,
    function: 0.0,
    once: 1.0,
    again: 1.0,
    length: 1.0,
    quote: 0.0,
    cluster: 0.0,
    growth: 0.0,
    long: 1.0,
    room: 0.0,
    dialogue: 0.0,
};

fn gains(system: &Epitome, document: &Document) -> Vec<f64> {
    let mut coverage = Coverage::of(document, system, Budget::Words(2));
    (0..document.sentences().len() as u32)
        .map(|at| coverage.gain(at))
        .collect()
}

#[test]
fn a_gain_is_weight_for_words() {
    let document = lines("whales\nwhales and ships\nof\n");
    // whales weighs 2, ships 1, their pair 1; 1, 3 and 1 words, and one more each
    assert_eq!(gains(&PLAIN, &document), [2.0 / 2.0, 4.0 / 4.0, 0.0]);
    let once = Epitome { once: 0.5, ..PLAIN };
    assert_eq!(gains(&once, &document), [1.0, 3.0 / 4.0, 0.0]);
    let function = Epitome {
        function: 0.5,
        ..PLAIN
    };
    // and, whales–and, and–ships: three halves more
    assert_eq!(gains(&function, &document), [1.0, 5.5 / 4.0, 0.25]);
}

#[test]
fn words_weigh_what_their_sentences_do() {
    let document = lines("whales\nships\nwhales\n");
    let lead = Epitome { lead: 1.0, ..PLAIN };
    let [first, second] = [1.0 + 1.0 / 3.0, 1.0 / 2.0];
    assert_eq!(
        gains(&lead, &document),
        [first, second, first].map(|sum| sum / 2.0)
    );
    let place = Epitome {
        lead: 1.0,
        place: 1.0,
        ..PLAIN
    };
    let wanted = [first / 2.0, second / 4.0, first / 6.0];
    assert_eq!(gains(&place, &document), wanted);
    let short = Epitome {
        lead: 2.0,
        short: 3.0,
        ..PLAIN
    };
    assert_eq!(gains(&short, &document), gains(&lead, &document));
}

#[test]
fn the_title_is_worth_saying_once() {
    let text = "whales sing\nships sail\n";
    let title = Epitome {
        title: 4.0,
        again: 0.5,
        ..PLAIN
    };
    let document = titled("Ships and harbours", text);
    // half of the title's words, so three times the 3/3 of words and pair
    assert_eq!(gains(&title, &document), [1.0, 3.0]);
    let mut coverage = Coverage::of(&document, &title, Budget::Words(2));
    coverage.add(1);
    assert_eq!(coverage.gain(1), 0.5 * 2.0);
    assert_eq!(gains(&title, &lines(text)), [1.0, 1.0]);
}

#[test]
fn what_is_covered_gains_less() {
    let text = "whales sing songs\nwhales sing songs now\nships carry salt\n";
    let picks = |again| {
        let system = Epitome { again, ..PLAIN };
        system.summarise(&lines(text), Budget::Sentences(2)).picks
    };
    assert_eq!(picks(1.0), [0, 1]);
    assert_eq!(picks(0.3), [0, 2]);
}

#[test]
fn a_quotation_says_less() {
    let quote = Epitome {
        quote: 0.2,
        ..PLAIN
    };
    let document = lines("«whales»\n''ships''\nsalt’s\n");
    assert_eq!(gains(&quote, &document), [0.4, 0.4, 0.5]);
}

#[test]
fn a_budget_is_in_words_whatever_its_unit() {
    let document = lines("whales sing songs\nwhales\n");
    let words = |budget| budget_in_words(&document, budget);
    assert_eq!(words(Budget::Words(3)), 3.0);
    assert_eq!(words(Budget::Sentences(1)), 2.0);
    assert_eq!(words(Budget::Ratio(1.0)), 4.0);
    assert_eq!(words(Budget::Words(usize::MAX)), 4.0);
    assert_eq!(budget_in_words(&lines(""), Budget::Words(3)), 0.0);
}

#[test]
fn length_counts_less_in_a_long_summary() {
    let room = Epitome { room: 1.5, ..PLAIN };
    // whales weighs 2, ships 1, their pair 1; 2 words of the budget are 3 more of length
    assert_eq!(
        gains(&room, &lines("whales\nwhales and ships\n")),
        [2.0 / 5.0, 4.0 / 7.0]
    );
}

#[test]
fn a_dialogue_has_room_and_no_prior() {
    let text = "a: whales\nb: ships\na: whales\nb: ships\n";
    let dialogue = Epitome {
        lead: 9.0,
        place: 1.0,
        dialogue: 1.0,
        ..PLAIN
    };
    let room = Epitome { room: 1.0, ..PLAIN };
    assert_eq!(gains(&dialogue, &lines(text)), gains(&room, &lines(text)));
}

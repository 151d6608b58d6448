//! Full stops that end no sentence: those of abbreviations, numbers and initials.

use crate::keywords::yake::words::is_hyphen;

use super::words::{ends_in_space, first_word, is_lower, is_word, last_word};

/// Returns whether the full stop between `body` and `next` does not end a sentence.
pub(super) fn goes_on_after_stop(body: &str, next: &str) -> bool {
    is_abbreviation(body)
        || is_item(body)
        || are_initials(body)
        || is_lone_word(next)
        || (ends_in_day(body) && is_month(next))
        || (is_name(body) && is_capitalised_word(next))
}

/// Returns whether a text ends in an abbreviation, after which a full stop ends no sentence.
fn is_abbreviation(body: &str) -> bool {
    const WORDS: [&str; 70] = [
        "approx", "Approx", "Capt", "cf", "Cf", "Col", "Dr", "fe", "Fe", "fig", "Fig",
        "figs", "Figs", "Gen", "eg", "Eg", "ie", "Ie", "iv", "Iv", "Mag", "med", "Med",
        "Mr", "Mrs", "Mt", "nat", "Nat", "No", "nr", "Nr", "phil", "Phil", "prof",
        "Prof", "rer", "Rer", "sci", "Sci", "Sgt", "Sr", "Sra", "Srta", "St", "univ",
        "Univ", "vol", "Vol", "vs", "Vs", "Jän", "Jan", "Ene", "Feb", "Mär", "Mar",
        "Apr", "Abr", "May", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Okt", "Nov",
        "Dic", "Dez", "Dec",
    ];
    const DOTTED: [&str; 15] = [
        "f.e", "F.e", "e.g", "E.g", "i.e", "I.e", "i.v", "I.v", "p.e", "P.e", "z.B",
        "Z.b", "E.U", "U.K", "U.S",
    ];

    WORDS.contains(&last_word(body))
        || DOTTED.iter().any(|dotted| {
            body.strip_suffix(dotted)
                .is_some_and(|rest| !rest.ends_with(is_word))
        })
}

/// Returns whether a text is one character or a number, as before an item of a list.
fn is_item(body: &str) -> bool {
    let is_single = body.chars().nth(1).is_none();
    (is_single && !body.is_empty() && !ends_in_space(body))
        || (!body.is_empty() && body.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Returns whether a text is one word in lower case, as in a list.
fn is_lone_word(body: &str) -> bool {
    body.starts_with(is_lower)
        && body
            .chars()
            .all(|c| is_lower(c) || c.is_ascii_digit() || is_hyphen(c))
}

/// Returns whether a text ends in a number of one or two digits below 40, as a day of a date.
fn ends_in_day(body: &str) -> bool {
    let word = last_word(body).as_bytes();
    match word {
        [ones] => ones.is_ascii_digit(),
        [tens, ones] => matches!(tens, b'0'..=b'3') && ones.is_ascii_digit(),
        _ => false,
    }
}

/// Returns whether a text begins with the name or number of a month.
fn is_month(text: &str) -> bool {
    const STARTS: [&str; 20] = [
        "Jan", "Jän", "Ene", "Feb", "Mar", "Mär", "Apr", "Abr", "May", "Jun", "Jul",
        "Aug", "Sep", "Oct", "Okt", "Nov", "Dec", "Dez", "Dic", "Diz",
    ];
    let is_number = |text: &str| text.starts_with(|c: char| matches!(c, '1'..='9'));
    STARTS.iter().any(|start| text.starts_with(start))
        || is_number(text)
        || text.strip_prefix('0').is_some_and(is_number)
}

/// Returns whether a text ends in initials (`J`, `J.K` or `J.-P`) after an opening bracket, a
/// title, or in a list of authors.
fn are_initials(body: &str) -> bool {
    let Some(one) = without_initial(body) else {
        return false;
    };
    if comes_before_initials(one) {
        return true;
    }
    let one = one.strip_suffix(is_hyphen).unwrap_or(one);
    let two = one.strip_suffix('.').and_then(without_initial);
    two.is_some_and(comes_before_initials)
}

/// Returns a text without the capital at its end; `None` if it does not end in one.
fn without_initial(text: &str) -> Option<&str> {
    text.strip_suffix(char::is_uppercase)
}

/// Returns whether initials are likely to follow a text.
fn comes_before_initials(text: &str) -> bool {
    const TITLES: [&str; 22] = [
        "By",
        "by",
        "Captain",
        "captain",
        "Commander",
        "commander",
        "Doctor",
        "doctor",
        "Doktor",
        "doktor",
        "General",
        "general",
        "Mister",
        "mister",
        "Miss",
        "miss",
        "Magister",
        "magister",
        "Professor",
        "professor",
        "Señor",
        "señor",
    ];
    const LADIES: [&str; 8] = [
        "Señora",
        "señora",
        "Señorita",
        "señorita",
        "Señorit",
        "señorit",
        "Magiss",
        "magiss",
    ];

    if text.ends_with(['(', '[']) {
        return true;
    }
    let Some(text) = text.strip_suffix(char::is_whitespace) else {
        return false;
    };
    let word = last_word(text);
    if TITLES.contains(&word) || LADIES.contains(&word) {
        return true;
    }

    // a list of authors: after a comma, or `and`
    let is_initial = |before: &str| {
        let word = last_word(before);
        word.chars().nth(1).is_none() && word.starts_with(char::is_uppercase)
    };
    if let Some(before) = text.strip_suffix(',') {
        return !is_initial(before);
    }

    let Some(before) = text.strip_suffix("and") else {
        return false;
    };
    let Some(before) = before.strip_suffix(char::is_whitespace) else {
        return false;
    };
    match before.strip_suffix(',') {
        Some(listed) => !is_initial(listed) || !listed.ends_with(is_word),
        None => !is_initial(before),
    }
}

/// Returns whether a text ends in a capitalised word and an initial: `Karl J`.
fn is_name(body: &str) -> bool {
    let Some(before) = without_initial(body) else {
        return false;
    };
    let word = before.trim_end_matches(|c: char| !is_word(c));
    word.len() < before.len() && is_capitalised(last_word(word))
}

/// Returns whether a text begins with a capitalised word.
fn is_capitalised_word(text: &str) -> bool {
    is_capitalised(first_word(text))
}

/// Returns whether a word is a capital followed by lower-case letters only.
fn is_capitalised(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase)
        && word.chars().nth(1).is_some()
        && letters.all(is_lower)
}

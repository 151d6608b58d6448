//! Decides whether a sentence ends at a mark.

use super::candidate::Candidate;
use super::mark::{self, Mark};
use super::rules::{Habit, Rules};

/// Whether the sentence ends with this candidate.
///
/// What follows may forbid it; then the mark gives the first guess, and a full stop asks the
/// word before.
pub(super) fn ends_sentence(candidate: &Candidate<'_>, rules: &Rules) -> bool {
    let Some(next) = Next::read(&candidate.text[candidate.end..]) else {
        return true;
    };
    if next.continues() || candidate.closer.is_some() && next.is_citation() {
        return false;
    }
    if rules.keeps_quotations() && is_inside_quotation(candidate) {
        return false;
    }
    match candidate.mark {
        Mark::Stop if rules.stops_clauses() => next.is_spaced && next.is_bare_capital(),
        Mark::Ellipsis if rules.stops_clauses() && !next.is_spaced => false,
        Mark::Wide => ends_wide(candidate, &next),
        Mark::Full => true,
        Mark::Call => ends_call(candidate, &next),
        Mark::Ellipsis => ends_ellipsis(candidate, &next),
        Mark::Pause => next.is_spaced && next.is_bare_capital() && next.is_starter(rules),
        Mark::Stop if next.is_spaced => ends_stop(candidate, &next, rules),
        Mark::Stop => ends_glued(candidate, &next, rules),
    }
}

/// What follows a candidate on its line.
struct Next<'t> {
    /// Whether white space stands between.
    is_spaced: bool,
    /// The first character that is not white space.
    first: char,
    /// Whether quotes, brackets or dashes stand before the word.
    is_wrapped: bool,
    /// The text from the first word on.
    rest: &'t str,
}

impl<'t> Next<'t> {
    /// Nothing, at the end of a line.
    fn read(text: &'t str) -> Option<Self> {
        let spaced = text.trim_start_matches(mark::is_space);
        let first = spaced.chars().next().filter(|&c| !mark::is_line_break(c))?;
        let rest = spaced.trim_start_matches(|c| {
            mark::is_opener(c)
                || mark::is_dash(c)
                || mark::is_bullet(c)
                || mark::is_space(c)
        });
        let is_wrapped = rest.len() < spaced.len();
        Some(Self {
            is_spaced: spaced.len() < text.len(),
            first,
            is_wrapped,
            rest,
        })
    }

    fn initial(&self) -> Option<char> {
        self.rest.chars().next()
    }

    /// Whether a mark follows that no sentence starts with: `,`, or `. . .` by itself.
    fn continues(&self) -> bool {
        matches!(
            self.first,
            ',' | ';' | ':' | ')' | '/' | '№' | '，' | '、' | '،' | '؛' | '；' | '：'
        ) || self.initial().is_some_and(|c| Mark::of(c).is_some()) && {
            let behind = self.rest.trim_start_matches(|c| Mark::of(c).is_some());
            !behind.starts_with(char::is_alphanumeric)
        }
    }

    /// Whether a source in brackets follows, with the stop behind it: `(Smith 55).`
    fn is_citation(&self) -> bool {
        let mut inner = self.rest.char_indices().take(LONGEST_CITATION);
        self.first == '('
            && inner
                .find(|&(_, c)| c == ')' || mark::is_line_break(c))
                .is_some_and(|(at, _)| {
                    self.rest[at..]
                        .strip_prefix(')')
                        .is_some_and(|behind| behind.starts_with(['.', ',', ';']))
                })
    }

    fn is_lower(&self) -> bool {
        self.initial().is_some_and(char::is_lowercase)
    }

    /// Whether a number follows, in figures or Roman: `5`, `II`.
    fn is_number(&self) -> bool {
        let word = self.word();
        self.initial().is_some_and(char::is_numeric) || word != "I" && is_roman(word)
    }

    /// Whether a word with a capital follows, with nothing before it.
    fn is_bare_capital(&self) -> bool {
        !self.is_wrapped && self.initial().is_some_and(char::is_uppercase)
    }

    /// The first word.
    fn word(&self) -> &'t str {
        let end = self
            .rest
            .find(|c: char| !c.is_alphabetic())
            .unwrap_or(self.rest.len());
        &self.rest[..end]
    }

    /// Whether the first word is written as one of a text: a capital and two small letters
    /// or more, or a Roman number, with a space or a comma behind.
    fn is_plain_word(&self) -> bool {
        let word = self.word();
        let small = word.chars().skip(1).all(char::is_lowercase);
        let is_word =
            small && word.chars().count() >= 3 || word.len() > 1 && is_roman(word);
        is_word && self.rest[word.len()..].starts_with([' ', ','])
    }

    /// Whether the first word is a title with its stop, and a name behind: `Mr. Hill`.
    fn is_title(&self, rules: &Rules) -> bool {
        let word = self.word();
        let name = self.rest[word.len()..].strip_prefix(". ");
        rules.habit(word) == Some(Habit::Title)
            && name.is_some_and(|name| name.starts_with(char::is_uppercase))
    }

    /// Whether the first word starts sentences; an initial does not.
    fn is_starter(&self, rules: &Rules) -> bool {
        let word = self.word();
        let is_initial = self.rest[word.len()..].starts_with('.') && is_initial(word);
        !is_initial && rules.is_starter(word)
    }
}

/// No source in brackets is longer, in characters.
const LONGEST_CITATION: usize = 80;

/// A mark of Chinese or Japanese ends a sentence unless the quotation around it goes on or the
/// sentence goes on behind the quotation.
///
/// Behind a quotation that ends in `。` a new sentence starts, but for a particle of Japanese;
/// behind one that ends in a question or call, its speaker follows.
fn ends_wide(candidate: &Candidate<'_>, next: &Next<'_>) -> bool {
    let opens = next.is_spaced || mark::is_opener(next.first);
    match candidate.closer {
        None => !is_inside_brackets(candidate),
        Some('」' | '』' | '”' | '’') => {
            let is_statement = candidate.text[candidate.start..].starts_with(['。', '｡']);
            opens
                || is_statement
                    && !mark::is_hiragana(next.first)
                    && !is_attribution(next.rest)
        }
        Some(closer) => {
            let opener = candidate.before().chars().next();
            opens || opener.is_some_and(|c| mark::wide_closer(c) == Some(closer))
        }
    }
}

/// Whether a speaker and a verb of speech follow a quotation: `他说。`, `老师问道：`.
fn is_attribution(text: &str) -> bool {
    let clause = text.chars().take(LONGEST_ATTRIBUTION);
    let mut clause = clause.take_while(|c| c.is_alphanumeric());
    clause.any(|c| matches!(c, '说' | '說' | '道' | '问' | '問' | '喊' | '答' | '叫'))
}

/// Characters of a speaker and the verb.
const LONGEST_ATTRIBUTION: usize = 8;

/// Quotation marks that open and close in one way only, in the languages that keep quotations
/// whole.
const QUOTATIONS: [(char, char); 3] = [('„', '“'), ('«', '»'), ('»', '«')];

/// Whether a quotation is open at the mark that closes later on the line.
fn is_inside_quotation(candidate: &Candidate<'_>) -> bool {
    if candidate.closer.is_some() {
        return false;
    }
    let before = candidate.before().chars().rev().take(LONGEST_QUOTATION);
    let mark = |c: &char| matches!(c, '„' | '“' | '«' | '»');
    let mut inside = before.filter(mark);
    let Some(last) = inside.next() else {
        return false;
    };
    let first = candidate.before().chars().find(mark);
    QUOTATIONS.iter().any(|&(opener, closer)| {
        let rest = candidate.text[candidate.end..]
            .chars()
            .take(LONGEST_QUOTATION);
        let mut marks = rest.take_while(|&c| !mark::is_line_break(c)).filter(mark);
        let is_first = first.is_some_and(|first| first == opener);
        last == opener && is_first && marks.next() == Some(closer)
    })
}

/// No quotation is longer, in characters; it keeps the whole linear.
const LONGEST_QUOTATION: usize = 600;

/// Whether a bracket of the sentence is open at the mark and closed later on the line.
fn is_inside_brackets(candidate: &Candidate<'_>) -> bool {
    let mut closed = 0;
    for c in candidate.before().chars().rev().take(LONGEST_ASIDE) {
        if mark::is_wide_closer(c) {
            closed += 1;
        } else if let Some(closer) = mark::wide_closer(c) {
            if closed == 0 {
                let after = candidate.text[candidate.end..].chars();
                return after
                    .take(LONGEST_ASIDE)
                    .take_while(|&c| !mark::is_line_break(c))
                    .any(|c| c == closer);
            }
            closed -= 1;
        }
    }
    false
}

/// An exclamation or question mark ends a sentence, unless small letters go on behind a
/// quotation, a dash or a name (*Yahoo! in*).
fn ends_call(candidate: &Candidate<'_>, next: &Next<'_>) -> bool {
    if !next.is_spaced {
        return candidate.closer.is_none()
            && next
                .initial()
                .is_some_and(|c| c.is_alphabetic() && !c.is_lowercase());
    }
    if !next.is_lower() {
        return true;
    }
    let is_call = candidate.text[candidate.start..].starts_with('!');
    let echo = next.word(); // who? what?
    let is_echo =
        echo.chars().count() <= LONGEST_ECHO && next.rest[echo.len()..].starts_with('?');
    let is_name = is_call && word_before(candidate).starts_with(char::is_uppercase);
    candidate.closer.is_none() && !is_echo && !next.is_wrapped && !is_name
}

/// No question word that goes on behind a question has more characters.
const LONGEST_ECHO: usize = 4;

/// An ellipsis ends a sentence before anything but small letters.
fn ends_ellipsis(candidate: &Candidate<'_>, next: &Next<'_>) -> bool {
    if next.is_spaced {
        return !next.is_lower();
    }
    candidate.closer.is_none()
        && next.is_bare_capital()
        && !word_before(candidate).is_empty()
}

/// A stop with no space behind ends a sentence only where two words ran together, `end.The`, a
/// number and a word, `1,000.The`, or a word and a title, `Tuesday.Mr. Hill`.
fn ends_glued(candidate: &Candidate<'_>, next: &Next<'_>, rules: &Rules) -> bool {
    let word = word_before(candidate);
    let stands_alone = || {
        let before = candidate.before().strip_suffix(word);
        before.is_some_and(|it| it.is_empty() || it.ends_with(char::is_whitespace))
    };
    if candidate.closer.is_some() || !next.is_bare_capital() || word.chars().count() < 3 {
        return false;
    }
    if word.chars().all(char::is_lowercase) {
        return next.is_starter(rules) || next.is_plain_word() && stands_alone();
    }
    let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
    let is_name = word.chars().skip(1).all(char::is_lowercase);
    is_number && next.is_plain_word() || is_name && stands_alone() && next.is_title(rules)
}

/// A stop with a space behind.
fn ends_stop(candidate: &Candidate<'_>, next: &Next<'_>, rules: &Rules) -> bool {
    if candidate.closer.is_some() {
        return !next.is_lower();
    }
    let word = word_before(candidate);
    let habit = rules.habit(word).or_else(|| habit_by_shape(word, rules));
    let Some(habit) = habit else {
        return !next.is_lower() || ends_before_small(candidate, next, word, rules);
    };
    if next.is_lower() {
        return false;
    }
    let habit = match habit {
        Habit::Unit if follows_number(candidate, word) => Habit::Final,
        Habit::Unit => Habit::Abbreviation,
        habit => habit,
    };
    match habit {
        Habit::Title => false,
        Habit::Numbered if next.is_number() => false,
        _ if next.is_starter(rules) => true,
        Habit::Numbered => habit_by_shape(word, rules).is_none(),
        Habit::Abbreviation | Habit::Unit => false,
        Habit::Final => {
            !(next.is_number()
                || next.first == '('
                || rules.is_follower(next.word())
                || is_adverbial(candidate, rules))
        }
    }
}

/// Whether a stop ends a sentence before small letters, as in hasty writing: the word is too
/// long for an abbreviation nobody listed. Those are cut off before a vowel.
fn ends_before_small(
    candidate: &Candidate<'_>,
    next: &Next<'_>,
    word: &str,
    rules: &Rules,
) -> bool {
    let enough = match word.chars().next_back() {
        _ if next.is_starter(rules) => 3,
        Some(last) if next.is_wrapped || is_vowel(last) => 4,
        _ => 6,
    };
    word.chars().count() >= enough && !is_inside_parentheses(candidate)
}

/// Whether a parenthesis of the sentence is open at the mark.
fn is_inside_parentheses(candidate: &Candidate<'_>) -> bool {
    let mut before = candidate.before().chars().rev().take(LONGEST_ASIDE);
    before
        .find(|c| matches!(c, '(' | ')' | '[' | ']' | '{' | '}' | '（' | '）'))
        .is_some_and(|c| matches!(c, '(' | '[' | '{' | '（'))
}

/// No bracket is looked for farther away, in characters; it keeps the whole linear.
const LONGEST_ASIDE: usize = 400;

fn is_vowel(c: char) -> bool {
    "aeiouyáéíóúàèìòùâêîôûäöüåæøœãõąęőűаеиоуыэюяєіїαεηιουωάέήίόύώ".contains(c)
}

/// The word before the mark, without what opens before it. In text whose marks stand off it is
/// the word before the space.
fn word_before<'t>(candidate: &Candidate<'t>) -> &'t str {
    let sentence = candidate.before();
    let sentence = sentence.strip_suffix(' ').unwrap_or(sentence);
    let start = sentence
        .char_indices()
        .rev()
        .take(LONGEST_WORD)
        .take_while(|&(_, c)| is_inner(c))
        .last()
        .map_or(sentence.len(), |(at, _)| at);
    let word = sentence[start..].trim_start_matches(['.', '"']);
    let bare = word.trim_start_matches(|c: char| c.is_ascii_digit());
    if bare.contains('.') && !bare.starts_with('.') {
        bare
    } else {
        word
    }
}

/// Whether a number stands before the word before the mark: *1990 г.*, *XV w.*
fn follows_number(candidate: &Candidate<'_>, word: &str) -> bool {
    let before = candidate.before().trim_end();
    let before = before.strip_suffix(word).unwrap_or(before).trim_end();
    before.ends_with(char::is_numeric)
        || before
            .rsplit(char::is_whitespace)
            .next()
            .is_some_and(is_roman)
}

/// No abbreviation has more characters.
const LONGEST_WORD: usize = 24;

fn is_inner(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(c, '.' | '&' | '_' | '°' | 'º' | 'ª' | '"' | '״')
        || !c.is_ascii() && !c.is_whitespace() && !mark::is_opener(c) && !mark::is_dash(c)
}

/// The habit of a word nobody listed that looks like an abbreviation: an initial, a chain, an
/// ordinal, a word without vowels.
fn habit_by_shape(word: &str, rules: &Rules) -> Option<Habit> {
    let is_abbreviation = is_initial(word)
        || is_chain(word)
        || rules.has_ordinals() && is_ordinal(word)
        || is_vowelless(word);
    is_abbreviation.then_some(Habit::Abbreviation)
}

/// One letter: *J.*
fn is_initial(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
}

/// Short parts between stops: *U.S*, *z.B*, *Ph.D*.
fn is_chain(word: &str) -> bool {
    word.contains('.')
        && word.split('.').all(|part| {
            (1..=3).contains(&part.chars().count())
                && part.chars().all(char::is_alphabetic)
        })
}

/// A number too small for a year, or a Roman one: *3.*, *XIV.*
fn is_ordinal(word: &str) -> bool {
    let is_number = word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit());
    !word.is_empty() && (is_number || is_roman(word))
}

fn is_roman(word: &str) -> bool {
    (1..=6).contains(&word.len()) && word.bytes().all(|b| b"IVXLC".contains(&b))
}

/// Two to five Latin letters, no vowel among them, small but for the first: *Sgt*, *kg*. The
/// sounds *hm* and *mm* are none.
fn is_vowelless(word: &str) -> bool {
    let is_consonant = |b: u8| b.is_ascii_lowercase() && !b"aeiouy".contains(&b);
    let mut letters = word.bytes().enumerate();
    (2..=5).contains(&word.len())
        && letters
            .all(|(at, b)| is_consonant(if at == 0 { b.to_ascii_lowercase() } else { b }))
        && !word.bytes().skip(1).all(|b| b"hm".contains(&b))
}

/// Whether the sentence so far is only an adverbial: *At 5 a.m.*
fn is_adverbial(candidate: &Candidate<'_>, rules: &Rules) -> bool {
    let mut words = candidate.before().split_whitespace();
    words.next().is_some_and(|word| rules.is_lead(word))
        && words.nth(LONGEST_ADVERBIAL).is_none()
}

/// Words of an adverbial behind its preposition.
const LONGEST_ADVERBIAL: usize = 5;

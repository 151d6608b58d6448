//! Decides whether a sentence ends at a run of marks.

use super::candidate::Candidate;
use super::mark::{self, Mark};
use super::rules::{AbbreviationClass, Rules};
use super::word::{abbreviation_by_shape, is_initial, is_roman, word_before};

/// Returns whether the sentence ends at a candidate.
///
/// Some continuations exclude it. Otherwise the class of the mark decides, together with what
/// follows and, for a full stop, the word before.
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
        Mark::Stop => ends_without_space(candidate, &next, rules),
    }
}

/// The text that follows a candidate on its line.
struct Next<'t> {
    /// Whether there is white space before it.
    is_spaced: bool,
    /// The first character that is not white space.
    first: char,
    /// Whether quotes, brackets or dashes precede its first word.
    is_wrapped: bool,
    /// The text from the first word on.
    rest: &'t str,
}

impl<'t> Next<'t> {
    /// Reads the text after a candidate; returns `None` at the end of a line.
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

    /// Returns the first character of the first word.
    fn initial(&self) -> Option<char> {
        self.rest.chars().next()
    }

    /// Returns whether a mark follows that no sentence starts with: `,`, or a separate `. . .`.
    fn continues(&self) -> bool {
        matches!(
            self.first,
            ',' | ';' | ':' | ')' | '/' | '№' | '，' | '、' | '،' | '؛' | '；' | '：'
        ) || self.initial().is_some_and(|c| Mark::of(c).is_some()) && {
            let behind = self.rest.trim_start_matches(|c| Mark::of(c).is_some());
            !behind.starts_with(char::is_alphanumeric)
        }
    }

    /// Returns whether a source in brackets follows, with a full stop after it: `(Smith 55).`
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

    /// Returns whether the first word begins in lower case.
    fn is_lower(&self) -> bool {
        self.initial().is_some_and(char::is_lowercase)
    }

    /// Returns whether a number follows, in digits or Roman numerals: `5`, `II`.
    fn is_number(&self) -> bool {
        let word = self.word();
        self.initial().is_some_and(char::is_numeric) || word != "I" && is_roman(word)
    }

    /// Returns whether a word with a capital follows, with nothing before it.
    fn is_bare_capital(&self) -> bool {
        !self.is_wrapped && self.initial().is_some_and(char::is_uppercase)
    }

    /// Returns the first word; empty if it begins with a character that is no letter.
    fn word(&self) -> &'t str {
        let end = self
            .rest
            .find(|c: char| !c.is_alphabetic())
            .unwrap_or(self.rest.len());
        &self.rest[..end]
    }

    /// Returns whether the first word looks like a word of prose: a letter and at least two lower-case
    /// letters, or a Roman number, before a space or a comma.
    fn is_plain_word(&self) -> bool {
        let word = self.word();
        let small = word.chars().skip(1).all(char::is_lowercase);
        let is_word =
            small && word.chars().count() >= 3 || word.len() > 1 && is_roman(word);
        is_word && self.rest[word.len()..].starts_with([' ', ','])
    }

    /// Returns whether the first word is a title with its full stop, before a name: `Mr. Hill`.
    fn is_title(&self, rules: &Rules) -> bool {
        let word = self.word();
        let name = self.rest[word.len()..].strip_prefix(". ");
        rules.abbreviation(word) == Some(AbbreviationClass::Title)
            && name.is_some_and(|name| name.starts_with(char::is_uppercase))
    }

    /// Returns whether the first word is a starter of the language and no initial.
    fn is_starter(&self, rules: &Rules) -> bool {
        let word = self.word();
        let is_initial = self.rest[word.len()..].starts_with('.') && is_initial(word);
        !is_initial && rules.is_starter(word)
    }
}

/// Maximum length of a source in brackets, in characters.
const LONGEST_CITATION: usize = 80;

/// Returns whether a sentence ends at a mark of Chinese or Japanese: unless the bracket around it
/// continues, or the sentence continues after the quotation.
///
/// After a quotation that ends in `。` a new sentence starts, except before a particle of Japanese
/// or an attribution; after one that ends in a question or exclamation mark, the attribution
/// follows.
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

/// Returns whether a text begins with a speaker and a verb of speech: `他说。`, `老师问道：`.
fn is_attribution(text: &str) -> bool {
    let clause = text.chars().take(LONGEST_ATTRIBUTION);
    let mut clause = clause.take_while(|c| c.is_alphanumeric());
    clause.any(|c| matches!(c, '说' | '說' | '道' | '问' | '問' | '喊' | '答' | '叫'))
}

/// Maximum length of a speaker and the verb, in characters.
const LONGEST_ATTRIBUTION: usize = 8;

/// Pairs of quotation marks of the languages in which no sentence ends inside a quotation.
const QUOTATIONS: [(char, char); 3] = [('„', '“'), ('«', '»'), ('»', '«')];

/// Returns whether a quotation is open at the mark, and closed later on the line.
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

/// Maximum length of a quotation in characters, so that segmentation is linear.
const LONGEST_QUOTATION: usize = 600;

/// Returns whether a bracket of Chinese or Japanese is open at the mark, and closed later on the
/// line.
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

/// Returns whether a sentence ends at an exclamation or question mark: unless the text continues in
/// lower case after a quotation, a dash or a name (*Yahoo! in*).
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

    let is_exclamation = candidate.text[candidate.start..].starts_with('!');
    let echo = next.word(); // who? what?
    let is_echo =
        echo.chars().count() <= LONGEST_ECHO && next.rest[echo.len()..].starts_with('?');
    let is_name =
        is_exclamation && word_before(candidate).starts_with(char::is_uppercase);
    candidate.closer.is_none() && !is_echo && !next.is_wrapped && !is_name
}

/// Maximum length of a question word that continues a question, in characters.
const LONGEST_ECHO: usize = 4;

/// Returns whether a sentence ends at an ellipsis: unless the text continues in lower case.
fn ends_ellipsis(candidate: &Candidate<'_>, next: &Next<'_>) -> bool {
    if next.is_spaced {
        return !next.is_lower();
    }
    candidate.closer.is_none()
        && next.is_bare_capital()
        && !word_before(candidate).is_empty()
}

/// Returns whether a sentence ends at a full stop without a space after it, where the space is
/// missing: between two words, `end.The`, a number and a word, `1,000.The`, or a word and a title,
/// `Tuesday.Mr. Hill`.
fn ends_without_space(candidate: &Candidate<'_>, next: &Next<'_>, rules: &Rules) -> bool {
    let word = word_before(candidate);
    let is_separate = || {
        let before = candidate.before().strip_suffix(word);
        before.is_some_and(|it| it.is_empty() || it.ends_with(char::is_whitespace))
    };

    if candidate.closer.is_some() || !next.is_bare_capital() || word.chars().count() < 3 {
        return false;
    }
    if word.chars().all(char::is_lowercase) {
        return next.is_starter(rules) || next.is_plain_word() && is_separate();
    }

    let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
    let is_name = word.chars().skip(1).all(char::is_lowercase);
    is_number && next.is_plain_word() || is_name && is_separate() && next.is_title(rules)
}

/// Returns whether a sentence ends at a full stop with a space after it.
fn ends_stop(candidate: &Candidate<'_>, next: &Next<'_>, rules: &Rules) -> bool {
    if candidate.closer.is_some() {
        return !next.is_lower();
    }

    let word = word_before(candidate);
    let class = rules
        .abbreviation(word)
        .or_else(|| abbreviation_by_shape(word, rules));
    let Some(class) = class else {
        return !next.is_lower() || ends_before_lower_case(candidate, next, word, rules);
    };
    if next.is_lower() {
        return false;
    }

    let class = match class {
        AbbreviationClass::Unit if follows_number(candidate, word) => {
            AbbreviationClass::Final
        }
        AbbreviationClass::Unit => AbbreviationClass::Abbreviation,
        class => class,
    };
    match class {
        AbbreviationClass::Title => false,
        AbbreviationClass::Numbered if next.is_number() => false,
        _ if next.is_starter(rules) => true,
        AbbreviationClass::Numbered => abbreviation_by_shape(word, rules).is_none(),
        AbbreviationClass::Abbreviation | AbbreviationClass::Unit => false,
        AbbreviationClass::Final => {
            !(next.is_number()
                || next.first == '('
                || rules.is_follower(next.word())
                || is_adverbial(candidate, rules))
        }
    }
}

/// Returns whether a sentence ends at a full stop before a lower-case letter, as in informal text:
/// if the word before is too long for an abbreviation that is not listed. Most abbreviations end
/// before a vowel, so that a word that ends in one may be shorter.
fn ends_before_lower_case(
    candidate: &Candidate<'_>,
    next: &Next<'_>,
    word: &str,
    rules: &Rules,
) -> bool {
    let min_length = match word.chars().next_back() {
        _ if next.is_starter(rules) => 3,
        Some(last) if next.is_wrapped || is_vowel(last) => 4,
        _ => 6,
    };
    word.chars().count() >= min_length && !is_inside_parentheses(candidate)
}

/// Returns whether a bracket of the sentence is open at the mark.
fn is_inside_parentheses(candidate: &Candidate<'_>) -> bool {
    let mut before = candidate.before().chars().rev().take(LONGEST_ASIDE);
    before
        .find(|c| matches!(c, '(' | ')' | '[' | ']' | '{' | '}' | '（' | '）'))
        .is_some_and(|c| matches!(c, '(' | '[' | '{' | '（'))
}

/// Maximum distance of a bracket in characters, so that segmentation is linear.
const LONGEST_ASIDE: usize = 400;

/// Returns whether a letter of the Latin, Cyrillic or Greek script is a vowel.
fn is_vowel(c: char) -> bool {
    "aeiouyáéíóúàèìòùâêîôûäöüåæøœãõąęőűаеиоуыэюяєіїαεηιουωάέήίόύώ".contains(c)
}

/// Returns whether a number precedes the word before the mark: *1990 г.*, *XV w.*
fn follows_number(candidate: &Candidate<'_>, word: &str) -> bool {
    let before = candidate.before().trim_end();
    let before = before.strip_suffix(word).unwrap_or(before).trim_end();
    before.ends_with(char::is_numeric)
        || before
            .rsplit(char::is_whitespace)
            .next()
            .is_some_and(is_roman)
}

/// Returns whether the sentence up to the mark is only an adverbial: *At 5 a.m.*
fn is_adverbial(candidate: &Candidate<'_>, rules: &Rules) -> bool {
    let mut words = candidate.before().split_whitespace();
    words.next().is_some_and(|word| rules.is_lead(word))
        && words.nth(LONGEST_ADVERBIAL).is_none()
}

/// Maximum number of words of an adverbial after its preposition.
const LONGEST_ADVERBIAL: usize = 5;

//! Rules of a language for the ends of its sentences.
//!
//! A file of `data/` consists of sections of words separated by white space; `#` starts a comment.
//!
//! | section | its words |
//! |---|---|
//! | `titles` | abbreviations that never end a sentence (*Dr*) |
//! | `abbreviations` | abbreviations that end a sentence only before a starter (*Inc*) |
//! | `finals` | abbreviations that end a sentence before any capital (*etc*) |
//! | `units` | as `finals` after a number, otherwise as `abbreviations` (5 *ft*, 1990 *г*) |
//! | `numbered` | words that are abbreviations only before a number (*No*) |
//! | `starters` | words that, with a capital, begin a sentence and are no name (*The*) |
//! | `followers` | words with a capital that continue a sentence after a `final` (5 p.m. *Monday*) |
//! | `leads` | words that begin an adverbial before its clause (*At* 5 a.m. Mr. Smith …) |
//! | `marks` | single characters that end a sentence in this language only (`;`) |
//! | `pauses` | characters that end a sentence before a starter with a capital (`;`) |
//! | `habits` | `ordinals`: a number with a full stop is an ordinal (*3. Mai*); `quotations`: no sentence ends inside a quotation; `clauses`: a full stop ends clauses too, and a sentence only before a capital |
//!
//! Abbreviations are written without their last full stop. An abbreviation in lower case matches in
//! any case, one with a capital only as written. `neutral.txt` applies to every language.

use std::sync::LazyLock;

use super::mark::Mark;

/// Class of an abbreviation: when its full stop also ends a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AbbreviationClass {
    /// Never ends a sentence.
    Title,
    /// Ends a sentence before a starter.
    Abbreviation,
    /// Ends a sentence before any capital.
    Final,
    /// Is an abbreviation only before a number.
    Numbered,
    /// Is as `Final` after a number, otherwise as `Abbreviation`.
    Unit,
}

/// The rules of one language.
#[derive(Debug)]
pub struct Rules {
    /// Abbreviations with their classes, sorted by word.
    abbreviations: Vec<(Box<str>, AbbreviationClass)>,
    /// Sorted words in lower case.
    starters: Vec<Box<str>>,
    /// Sorted words in lower case.
    leads: Vec<Box<str>>,
    /// Sorted words with their capitals.
    followers: Vec<Box<str>>,
    /// Marks of this language only.
    marks: Vec<(char, Mark)>,
    has_ordinals: bool,
    keeps_quotations: bool,
    stops_clauses: bool,
    /// Whether each byte begins a character at which the scan stops.
    stops: [bool; 256],
}

/// Bytes that begin a character at which the scan stops in every language.
const STOPS: &[u8] =
    b"\n\x0b\x0c\r.!?)\xc2\xd5\xd6\xd8\xdb\xdc\xdf\xe0\xe1\xe2\xe3\xea\xef";

/// Rules that apply to every language.
const NEUTRAL: &str = include_str!("data/neutral.txt");

macro_rules! languages {
    ($($code:literal)*) => {
        static LANGUAGES: [(&str, LazyLock<Rules>); [$($code),*].len()] = [$((
            $code,
            LazyLock::new(|| Rules::parse(include_str!(concat!("data/", $code, ".txt")))),
        )),*];
    };
}

languages! {
    "ar" "bg" "ca" "cs" "da" "de" "el" "en" "es" "fa" "fi" "fr" "he" "hi" "hu" "hy" "it" "ja"
    "kk" "ml" "mr" "nl" "no" "pl" "pt" "ro" "ru" "sk" "sv" "ta" "tr" "uk" "ur" "vi" "zh"
}

/// Rules of a language without a file.
static UNKNOWN: LazyLock<Rules> = LazyLock::new(|| Rules::parse(""));

impl Rules {
    /// Returns the rules of a language by its ISO 639-1 code; an unknown language has the rules that
    /// apply to every language.
    #[must_use]
    pub fn of(language_code: &str) -> &'static Self {
        let code = match language_code {
            "nb" | "nn" => "no",
            code => code,
        };
        LANGUAGES
            .iter()
            .find(|(name, _)| *name == code)
            .map_or(&UNKNOWN, |(_, rules)| rules)
    }

    /// Returns all words of the data, except followers.
    #[cfg(test)]
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        let abbreviations = self.abbreviations.iter().map(|(word, _)| &**word);
        abbreviations.chain(self.starters.iter().chain(&self.leads).map(|word| &**word))
    }

    /// Reads the rules of a language from the text of its file.
    fn parse(data: &str) -> Self {
        let section = |wanted| section(NEUTRAL, wanted).chain(section(data, wanted));
        let own = |name, mark| section(name).flat_map(str::chars).map(move |c| (c, mark));
        let marks: Vec<_> = own("marks", Mark::Call)
            .chain(own("pauses", Mark::Pause))
            .collect();

        let mut stops = [false; 256];
        for byte in STOPS
            .iter()
            .copied()
            .chain(marks.iter().map(|&(c, _)| first_byte(c)))
        {
            stops[usize::from(byte)] = true;
        }

        Self {
            abbreviations: abbreviations([data, NEUTRAL]),
            starters: sorted(section("starters").map(lower)),
            leads: sorted(section("leads").map(lower)),
            followers: sorted(section("followers").map(Box::from)),
            marks,
            has_ordinals: section("habits").any(|habit| habit == "ordinals"),
            keeps_quotations: section("habits").any(|habit| habit == "quotations"),
            stops_clauses: section("habits").any(|habit| habit == "clauses"),
            stops,
        }
    }

    /// Returns the index of the first byte that begins a character at which the scan stops. Eight
    /// bytes are examined at a time without branches, since most bytes are letters.
    pub(super) fn next_stop(&self, bytes: &[u8]) -> Option<usize> {
        let stops = |byte: &u8| self.stops[usize::from(*byte)];
        let mut passed = 0;
        for eight in bytes.as_chunks::<8>().0 {
            if eight.iter().fold(false, |any, byte| any | stops(byte)) {
                break;
            }
            passed += 8;
        }
        bytes[passed..].iter().position(stops).map(|at| passed + at)
    }

    /// Returns the class of a character in this language; `None` if it is no mark.
    pub(super) fn mark(&self, c: char) -> Option<Mark> {
        Mark::of(c).or_else(|| {
            let (_, mark) = self.marks.iter().find(|&&(known, _)| known == c)?;
            Some(*mark)
        })
    }

    /// Returns whether a number with a full stop is an ordinal.
    pub(super) fn has_ordinals(&self) -> bool {
        self.has_ordinals
    }

    /// Returns whether no sentence ends inside a quotation.
    pub(super) fn keeps_quotations(&self) -> bool {
        self.keeps_quotations
    }

    /// Returns whether a full stop ends clauses too.
    pub(super) fn stops_clauses(&self) -> bool {
        self.stops_clauses
    }

    /// Returns the class of an abbreviation, given without its last full stop; `None` if it is not
    /// listed.
    pub(super) fn abbreviation(&self, word: &str) -> Option<AbbreviationClass> {
        find(&self.abbreviations, word).or_else(|| {
            let mut buffer = [0; LONGEST];
            let lowered = lowered(word, &mut buffer)?;
            if lowered == word {
                None
            } else {
                find(&self.abbreviations, lowered)
            }
        })
    }

    /// Returns whether a word with a capital begins sentences.
    pub(super) fn is_starter(&self, word: &str) -> bool {
        contains(&self.starters, word)
    }

    /// Returns whether a word with a capital continues a sentence after a final abbreviation.
    pub(super) fn is_follower(&self, word: &str) -> bool {
        self.followers
            .binary_search_by(|known| (**known).cmp(word))
            .is_ok()
    }

    /// Returns whether a word begins an adverbial.
    pub(super) fn is_lead(&self, word: &str) -> bool {
        contains(&self.leads, word)
    }
}

/// Maximum length of a word of the data, in bytes.
const LONGEST: usize = 32;

/// Returns whether a word, in any case, is in a sorted list.
fn contains(sorted: &[Box<str>], word: &str) -> bool {
    let mut buffer = [0; LONGEST];
    lowered(word, &mut buffer)
        .is_some_and(|word| sorted.binary_search_by(|known| (**known).cmp(word)).is_ok())
}

/// Returns the class of a word in a sorted list.
fn find(
    sorted: &[(Box<str>, AbbreviationClass)],
    word: &str,
) -> Option<AbbreviationClass> {
    let place = sorted
        .binary_search_by(|(known, _)| (**known).cmp(word))
        .ok()?;
    Some(sorted[place].1)
}

/// Returns a word in lower case; `None` if it is longer than all words of the data.
fn lowered<'b>(word: &str, buffer: &'b mut [u8; LONGEST]) -> Option<&'b str> {
    if word.is_ascii() {
        let lowered = buffer.get_mut(..word.len())?;
        lowered.copy_from_slice(word.as_bytes());
        lowered.make_ascii_lowercase();
        return std::str::from_utf8(lowered).ok();
    }

    let mut length = 0;
    for c in word.chars().flat_map(char::to_lowercase) {
        let end = length + c.len_utf8();
        c.encode_utf8(buffer.get_mut(length..end)?);
        length = end;
    }
    std::str::from_utf8(&buffer[..length]).ok()
}

fn lower(word: &str) -> Box<str> {
    word.to_lowercase().into()
}

fn sorted(words: impl Iterator<Item = Box<str>>) -> Vec<Box<str>> {
    let mut words: Vec<_> = words.collect();
    words.sort_unstable();
    words.dedup();
    words
}

fn first_byte(c: char) -> u8 {
    let mut buffer = [0; 4];
    c.encode_utf8(&mut buffer);
    buffer[0]
}

/// Returns the abbreviations of files with their classes, sorted by word. A word that is in several
/// files or sections has its first class.
fn abbreviations(files: [&str; 2]) -> Vec<(Box<str>, AbbreviationClass)> {
    const SECTIONS: [(&str, AbbreviationClass); 5] = [
        ("numbered", AbbreviationClass::Numbered),
        ("units", AbbreviationClass::Unit),
        ("titles", AbbreviationClass::Title),
        ("finals", AbbreviationClass::Final),
        ("abbreviations", AbbreviationClass::Abbreviation),
    ];

    let mut words: Vec<(Box<str>, AbbreviationClass)> = Vec::new();
    for file in files {
        for (name, class) in SECTIONS {
            words.extend(section(file, name).map(|word| (word.into(), class)));
        }
    }

    // the sort is stable, so that the first class of a word is kept
    words.sort_by(|(a, _), (b, _)| a.cmp(b));
    words.dedup_by(|(a, _), (b, _)| a == b);
    words
}

/// Returns the words of one section of a data file.
fn section<'d>(data: &'d str, wanted: &'static str) -> impl Iterator<Item = &'d str> {
    let mut inside = false;
    data.lines()
        .filter_map(move |line| {
            let line = line.split('#').next().unwrap_or_default().trim();
            match line
                .strip_prefix('[')
                .and_then(|name| name.strip_suffix(']'))
            {
                Some(name) => {
                    inside = name == wanted;
                    None
                }
                None => inside.then_some(line),
            }
        })
        .flat_map(str::split_whitespace)
}

//! What a language knows of its sentences.
//!
//! A file of `data/` is made of sections of words between white space; `#` starts a comment.
//!
//! | section | its words |
//! |---|---|
//! | `titles` | abbreviations that never end a sentence (*Dr*) |
//! | `abbreviations` | abbreviations that end one only before a starter (*Inc*) |
//! | `finals` | abbreviations that end one before any capital (*etc*) |
//! | `units` | as `finals` behind a number, else as `abbreviations` (5 *ft*, 1990 *г*) |
//! | `numbered` | abbreviations only before a number (*No*) |
//! | `starters` | words that, in capitals, tell a new sentence from a name (*The*) |
//! | `followers` | words with a capital that go on behind a `final` (5 p.m. *Monday*) |
//! | `leads` | words that open an adverbial before its clause (*At* 5 a.m. Mr. Smith …) |
//! | `marks` | single characters that end a sentence in this language only (`;`) |
//! | `pauses` | characters that end one before a starter with a capital (`;`) |
//! | `habits` | `ordinals`: a number with a stop is an ordinal (*3. Mai*); `quotations`: no sentence ends inside one; `clauses`: a stop ends clauses too, and a sentence only before a capital |
//!
//! Abbreviations stand without their last stop. One in small letters is found in any case, one
//! with a capital only as it stands. `neutral.txt` holds for every language.

use std::sync::LazyLock;

use super::mark::Mark;

/// How an abbreviation relates to the end of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Habit {
    /// Never ends one.
    Title,
    /// Ends one before a starter.
    Abbreviation,
    /// Ends one before any capital.
    Final,
    /// Is an abbreviation only before a number.
    Numbered,
    /// Ends one before any capital if a number stands before it.
    Unit,
}

/// The rules of one language.
#[derive(Debug)]
pub struct Rules {
    /// Sorted by word.
    habits: Vec<(Box<str>, Habit)>,
    /// Sorted.
    starters: Vec<Box<str>>,
    /// Sorted.
    leads: Vec<Box<str>>,
    /// Sorted.
    followers: Vec<Box<str>>,
    /// The marks of this language only.
    marks: Vec<(char, Mark)>,
    has_ordinals: bool,
    keeps_quotations: bool,
    stops_clauses: bool,
    stops: [bool; 256],
}

/// The bytes that start a character the scan stops at.
const STOPS: &[u8] =
    b"\n\x0b\x0c\r.!?)\xc2\xd5\xd6\xd8\xdb\xdc\xdf\xe0\xe1\xe2\xe3\xea\xef";

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

static UNKNOWN: LazyLock<Rules> = LazyLock::new(|| Rules::parse(""));

impl Rules {
    /// The rules of a language by its ISO 639-1 code; an unknown one has the rules that hold
    /// for every language.
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

    /// Every word of the data.
    #[cfg(test)]
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        let habits = self.habits.iter().map(|(word, _)| &**word);
        habits.chain(self.starters.iter().chain(&self.leads).map(|word| &**word))
    }

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
            habits: habits([data, NEUTRAL]),
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

    /// The first of some bytes that starts a character which may matter. Eight are looked
    /// at in one go, without a branch for each.
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

    /// The mark a character is in this language.
    pub(super) fn mark(&self, c: char) -> Option<Mark> {
        Mark::of(c).or_else(|| {
            let (_, mark) = self.marks.iter().find(|&&(known, _)| known == c)?;
            Some(*mark)
        })
    }

    /// Whether a number with a stop is an ordinal.
    pub(super) fn has_ordinals(&self) -> bool {
        self.has_ordinals
    }

    /// Whether no sentence ends inside a quotation.
    pub(super) fn keeps_quotations(&self) -> bool {
        self.keeps_quotations
    }

    /// Whether a stop ends clauses too.
    pub(super) fn stops_clauses(&self) -> bool {
        self.stops_clauses
    }

    /// The habit of an abbreviation, without its last stop.
    pub(super) fn habit(&self, word: &str) -> Option<Habit> {
        find(&self.habits, word).or_else(|| {
            let mut buffer = [0; LONGEST];
            let lowered = lowered(word, &mut buffer)?;
            if lowered == word {
                None
            } else {
                find(&self.habits, lowered)
            }
        })
    }

    /// Whether a word starts sentences.
    pub(super) fn is_starter(&self, word: &str) -> bool {
        contains(&self.starters, word)
    }

    /// Whether a word with a capital goes on behind an abbreviation that may end a sentence.
    pub(super) fn is_follower(&self, word: &str) -> bool {
        self.followers
            .binary_search_by(|known| (**known).cmp(word))
            .is_ok()
    }

    /// Whether a word opens an adverbial.
    pub(super) fn is_lead(&self, word: &str) -> bool {
        contains(&self.leads, word)
    }
}

/// No word of the data is longer, in bytes.
const LONGEST: usize = 32;

fn contains(sorted: &[Box<str>], word: &str) -> bool {
    let mut buffer = [0; LONGEST];
    lowered(word, &mut buffer)
        .is_some_and(|word| sorted.binary_search_by(|known| (**known).cmp(word)).is_ok())
}

fn find(sorted: &[(Box<str>, Habit)], word: &str) -> Option<Habit> {
    let place = sorted
        .binary_search_by(|(known, _)| (**known).cmp(word))
        .ok()?;
    Some(sorted[place].1)
}

/// A word in small letters, unless it is longer than any of the data.
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

/// The abbreviations with their habits; where two files or sections differ, the first is right.
fn habits(files: [&str; 2]) -> Vec<(Box<str>, Habit)> {
    const SECTIONS: [(&str, Habit); 5] = [
        ("numbered", Habit::Numbered),
        ("units", Habit::Unit),
        ("titles", Habit::Title),
        ("finals", Habit::Final),
        ("abbreviations", Habit::Abbreviation),
    ];
    let mut habits: Vec<(Box<str>, Habit)> = Vec::new();
    for file in files {
        for (name, habit) in SECTIONS {
            habits.extend(section(file, name).map(|word| (word.into(), habit)));
        }
    }
    habits.sort_by(|(a, _), (b, _)| a.cmp(b));
    habits.dedup_by(|(a, _), (b, _)| a == b);
    habits
}

/// The words of one section of a data file.
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

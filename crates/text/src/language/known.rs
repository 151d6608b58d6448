//! The languages that are known, with their stemmers and stop lists.

use std::{fmt, str::FromStr};

use rust_stemmers::Algorithm;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use whatlang::Lang;

/// A language with its stemmer and its stop list.
#[derive(Debug)]
pub struct LanguageEntry {
    /// The ISO 639-1 code; `und` for the undetermined language.
    pub code: &'static str,
    /// The English name.
    pub name: &'static str,
    /// The Snowball stemmer of the language, if rust-stemmers has one.
    pub stemmer: Option<Algorithm>,
    /// The name of its stop list in the `stop-words` crate: `nltk`, or `iso` if NLTK has
    /// none.
    pub stop_words: Option<&'static str>,
    pub(super) detected: Option<Lang>,
}

impl LanguageEntry {
    /// Returns the name of the stemmer for recipes: `snowball-english`, or `none`.
    pub fn stemmer_name(&self) -> String {
        match self.stemmer {
            Some(_) => format!("snowball-{}", self.name.to_lowercase()),
            None => "none".to_owned(),
        }
    }

    /// Returns the name of the stop list for recipes: `nltk-en`, `iso-pl` or `none`.
    pub fn stop_list_name(&self) -> String {
        match self.stop_words {
            Some(list) => format!("{list}-{}", self.code),
            None => "none".to_owned(),
        }
    }
}

/// A language of [`LANGUAGES`].
#[derive(Clone, Copy)]
pub struct Language(pub(super) &'static LanguageEntry);

macro_rules! languages {
    ($($code:literal $name:literal $stemmer:expr, $stop:expr, $lang:expr;)*) => {
        &[$(LanguageEntry {
            code: $code, name: $name, stemmer: $stemmer, stop_words: $stop, detected: $lang,
        }),*]
    };
}

/// All known languages; `und` is the last.
pub const LANGUAGES: &[LanguageEntry] = languages! {
    "ar" "Arabic" Some(Algorithm::Arabic), Some("nltk"), Some(Lang::Ara);
    "bg" "Bulgarian" None, Some("iso"), Some(Lang::Bul);
    "bn" "Bengali" None, Some("nltk"), Some(Lang::Ben);
    "ca" "Catalan" None, Some("nltk"), Some(Lang::Cat);
    "cs" "Czech" None, Some("iso"), Some(Lang::Ces);
    "da" "Danish" Some(Algorithm::Danish), Some("nltk"), Some(Lang::Dan);
    "de" "German" Some(Algorithm::German), Some("nltk"), Some(Lang::Deu);
    "el" "Greek" Some(Algorithm::Greek), Some("nltk"), Some(Lang::Ell);
    "en" "English" Some(Algorithm::English), Some("nltk"), Some(Lang::Eng);
    "es" "Spanish" Some(Algorithm::Spanish), Some("nltk"), Some(Lang::Spa);
    "fa" "Persian" None, Some("iso"), Some(Lang::Pes);
    "fi" "Finnish" Some(Algorithm::Finnish), Some("nltk"), Some(Lang::Fin);
    "fr" "French" Some(Algorithm::French), Some("nltk"), Some(Lang::Fra);
    "he" "Hebrew" None, Some("nltk"), Some(Lang::Heb);
    "hi" "Hindi" None, Some("iso"), Some(Lang::Hin);
    "hu" "Hungarian" Some(Algorithm::Hungarian), Some("nltk"), Some(Lang::Hun);
    "id" "Indonesian" None, Some("nltk"), Some(Lang::Ind);
    "it" "Italian" Some(Algorithm::Italian), Some("nltk"), Some(Lang::Ita);
    "ja" "Japanese" None, Some("iso"), Some(Lang::Jpn);
    "ko" "Korean" None, Some("iso"), Some(Lang::Kor);
    "nl" "Dutch" Some(Algorithm::Dutch), Some("nltk"), Some(Lang::Nld);
    "no" "Norwegian" Some(Algorithm::Norwegian), Some("nltk"), Some(Lang::Nob);
    "pl" "Polish" None, Some("iso"), Some(Lang::Pol);
    "pt" "Portuguese" Some(Algorithm::Portuguese), Some("nltk"), Some(Lang::Por);
    "ro" "Romanian" Some(Algorithm::Romanian), Some("nltk"), Some(Lang::Ron);
    "ru" "Russian" Some(Algorithm::Russian), Some("nltk"), Some(Lang::Rus);
    "sk" "Slovak" None, Some("iso"), Some(Lang::Slk);
    "sv" "Swedish" Some(Algorithm::Swedish), Some("nltk"), Some(Lang::Swe);
    "ta" "Tamil" Some(Algorithm::Tamil), Some("nltk"), Some(Lang::Tam);
    "th" "Thai" None, Some("iso"), Some(Lang::Tha);
    "tr" "Turkish" Some(Algorithm::Turkish), Some("nltk"), Some(Lang::Tur);
    "uk" "Ukrainian" None, Some("iso"), Some(Lang::Ukr);
    "ur" "Urdu" None, Some("iso"), Some(Lang::Urd);
    "vi" "Vietnamese" None, Some("iso"), Some(Lang::Vie);
    "zh" "Chinese" None, Some("nltk"), Some(Lang::Cmn);
    "und" "undetermined" None, None, None;
};

pub(super) const UNDETERMINED: &LanguageEntry = &LANGUAGES[LANGUAGES.len() - 1];

/// The error that a code is not that of a known language.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "no language is called `{code}`\nhint: `epitome list languages` shows them; `und` uses neither stemmer nor stop list"
)]
pub struct UnknownLanguage {
    /// The code as the user wrote it.
    pub code: String,
}

impl Language {
    /// Returns the undetermined language, which has no stemmer and no stop list.
    pub fn undetermined() -> Self {
        Self(UNDETERMINED)
    }

    /// Returns the entry of the language in [`LANGUAGES`].
    pub fn entry(self) -> &'static LanguageEntry {
        self.0
    }

    /// Returns the ISO 639-1 code.
    pub fn code(self) -> &'static str {
        self.0.code
    }
}

/// A language is stored as its code.
impl Serialize for Language {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Language {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(de::Error::custom)
    }
}

impl FromStr for Language {
    type Err = UnknownLanguage;

    /// Parses a code with or without region, in any case: `en`, `en-GB`, `pt_BR`.
    fn from_str(code: &str) -> Result<Self, UnknownLanguage> {
        let plain = code
            .split(['-', '_'])
            .next()
            .unwrap_or("")
            .to_ascii_lowercase();
        let code_here = match plain.as_str() {
            "nb" | "nn" => "no",
            other => other,
        };
        LANGUAGES
            .iter()
            .find(|entry| entry.code == code_here)
            .map(Self)
            .ok_or_else(|| UnknownLanguage {
                code: code.to_owned(),
            })
    }
}

impl PartialEq for Language {
    fn eq(&self, other: &Self) -> bool {
        self.code() == other.code()
    }
}

impl Eq for Language {}

impl fmt::Debug for Language {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Language({})", self.code())
    }
}

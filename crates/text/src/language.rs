//! Languages: what each has to offer, and which one a text is in.

mod short;

use std::{fmt, str::FromStr};

use rust_stemmers::Algorithm;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use whatlang::Lang;

/// What is known of a language.
#[derive(Debug)]
pub struct LanguageEntry {
    /// ISO 639-1 code, `und` for the undetermined.
    pub code: &'static str,
    /// English name.
    pub name: &'static str,
    /// Its Snowball stemmer, where rust-stemmers has one.
    pub stemmer: Option<Algorithm>,
    /// The name of its stop list in the `stop-words` crate: `nltk`, or `iso` where
    /// NLTK has none.
    pub stop_words: Option<&'static str>,
    detected: Option<Lang>,
}

impl LanguageEntry {
    /// `snowball-english`, or `none`: goes into a system's recipe.
    pub fn stemmer_name(&self) -> String {
        match self.stemmer {
            Some(_) => format!("snowball-{}", self.name.to_lowercase()),
            None => "none".to_owned(),
        }
    }

    /// `nltk-en`, `iso-pl` or `none`: goes into a system's recipe.
    pub fn stop_list_name(&self) -> String {
        match self.stop_words {
            Some(list) => format!("{list}-{}", self.code),
            None => "none".to_owned(),
        }
    }
}

/// A language of [`LANGUAGES`].
#[derive(Clone, Copy)]
pub struct Language(&'static LanguageEntry);

macro_rules! languages {
    ($($code:literal $name:literal $stemmer:expr, $stop:expr, $lang:expr;)*) => {
        &[$(LanguageEntry {
            code: $code, name: $name, stemmer: $stemmer, stop_words: $stop, detected: $lang,
        }),*]
    };
}

/// Every language known, `und` last.
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

const UNDETERMINED: &LanguageEntry = &LANGUAGES[LANGUAGES.len() - 1];

/// A code that names no language here.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "no language is called `{code}`\nhint: `epitome list languages` shows them; `und` uses neither stemmer nor stop list"
)]
pub struct UnknownLanguage {
    /// The code as given.
    pub code: String,
}

impl Language {
    /// The undetermined language: no stemmer, no stop list.
    pub fn undetermined() -> Self {
        Self(UNDETERMINED)
    }

    /// What a text is in, by its first 4,096 bytes: their script and trigrams (`whatlang`
    /// 0.18), and in a text of fewer than [`Self::SURE`] letters, in a script of several
    /// languages, its stop words. Undetermined when it holds no letters, when the guess
    /// is no language here, and when a short text does not say.
    pub fn detect(text: &str) -> Self {
        let head = &text[..text.floor_char_boundary(4096)];
        let guess = Self::by_trigrams(head);
        let Some(info) = whatlang::detect(head) else { return guess };
        if info.script().langs().len() < 2 || letters(head) >= Self::SURE {
            return guess;
        }
        short::voted(head, guess).unwrap_or_else(Self::undetermined)
    }

    /// As [`Self::detect`], of a text with a title: a short one is taken with it.
    pub fn detect_with(title: &str, text: &str) -> Self {
        if title.is_empty()
            || letters(&text[..text.floor_char_boundary(4096)]) >= Self::SURE
        {
            return Self::detect(text);
        }
        Self::detect(&format!("{title}\n{text}"))
    }

    /// From this many letters on trigrams are believed.
    pub const SURE: usize = 300;

    fn by_trigrams(head: &str) -> Self {
        let detected = whatlang::detect_lang(head);
        let entry = LANGUAGES
            .iter()
            .find(|entry| entry.detected == detected && detected.is_some());
        Self(entry.unwrap_or(UNDETERMINED))
    }

    /// What is known of it.
    pub fn entry(self) -> &'static LanguageEntry {
        self.0
    }

    /// ISO 639-1 code.
    pub fn code(self) -> &'static str {
        self.0.code
    }
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
}

/// As its code.
impl Serialize for Language {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Language {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

impl FromStr for Language {
    type Err = UnknownLanguage;

    /// Takes a code with or without region: `en`, `en-GB`, `pt_BR`; any case.
    fn from_str(code: &str) -> Result<Self, UnknownLanguage> {
        let plain = code.split(['-', '_']).next().unwrap_or("").to_ascii_lowercase();
        let code_here = match plain.as_str() {
            "nb" | "nn" => "no",
            other => other,
        };
        LANGUAGES
            .iter()
            .find(|entry| entry.code == code_here)
            .map(Self)
            .ok_or_else(|| UnknownLanguage { code: code.to_owned() })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_sorted_with_und_last() {
        let codes: Vec<_> = LANGUAGES.iter().map(|entry| entry.code).collect();
        let (und, rest) = codes.split_last().unwrap();
        assert_eq!(*und, "und");
        assert!(rest.is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn regions_are_ignored_and_unknown_codes_refused() {
        assert_eq!("pt-BR".parse(), "PT".parse::<Language>());
        assert_eq!("nb".parse::<Language>().unwrap().code(), "no");
        assert!("xx".parse::<Language>().unwrap_err().to_string().contains("`xx`"));
        assert!("".parse::<Language>().is_err());
    }

    #[test]
    fn a_text_is_detected_and_one_without_letters_is_not() {
        let german =
            "Der Kran hob am frühen Morgen die letzten Teile der alten Brücke an.";
        assert_eq!(Language::detect(german).code(), "de");
        assert_eq!(
            Language::detect("今日は天気がとても良いので、公園へ散歩に行きました。")
                .code(),
            "ja"
        );
        assert_eq!(Language::detect("12 34 …").code(), "und");
    }

    #[test]
    fn a_short_text_is_in_the_language_of_its_stop_words_or_in_none() {
        for (text, code) in [
            ("Graph models and neural networks learn ranking", "en"),
            ("Die Brücke wird im Herbst nicht mehr gesperrt", "de"),
            ("Le pont est fermé pour les travaux", "fr"),
            ("Fuzzy control", "und"),
            ("Barcelona Madrid 2012", "und"),
            ("港の新しい橋", "ja"),
        ] {
            assert_eq!(Language::detect(text).code(), code, "{text}");
        }
    }

    #[test]
    fn a_title_helps_a_short_text() {
        assert_eq!(Language::detect_with("", "Fuzzy control").code(), "und");
        let title = "The state of the art in fuzzy control";
        assert_eq!(Language::detect_with(title, "Fuzzy control").code(), "en");
    }

    #[test]
    fn a_text_without_words_is_undetermined() {
        assert_eq!(Language::detect(""), Language::undetermined());
    }
}

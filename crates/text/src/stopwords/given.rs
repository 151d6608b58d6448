//! Stop lists that a user gives to a system.

use std::collections::BTreeSet;

use epitome_base::spec::{Params, Resource};

use super::super::{Document, StopWords};

/// The stop list that a system was built with, if any: its parameter `stop-words`.
#[derive(Debug, Clone, Default)]
pub struct GivenStopWords {
    words: Option<BTreeSet<String>>,
    language: Option<&'static str>,
    name: String,
}

impl From<&Params> for GivenStopWords {
    fn from(params: &Params) -> Self {
        params
            .file("stop-words")
            .map(Self::from)
            .unwrap_or_default()
    }
}

/// Reads words in any case that are separated by white space.
impl From<&Resource> for GivenStopWords {
    fn from(file: &Resource) -> Self {
        let text = String::from_utf8_lossy(&file.bytes).to_lowercase();
        let words = text.split_whitespace().map(str::to_owned).collect();
        Self {
            words: Some(words),
            language: file.language,
            name: file.path.clone(),
        }
    }
}

impl GivenStopWords {
    /// Returns the stop list for `document`: the one given, or that of the document's
    /// language if none was given or it is for another language.
    pub fn of(&self, document: &Document) -> StopList<'_> {
        let language = document.language();
        let fits = self.language.is_none_or(|only| only == language.code());
        match &self.words {
            Some(words) if fits => StopList::Given(words),
            _ => StopList::Known(StopWords::of(language)),
        }
    }

    /// Returns the name of the list for `document`: `list:NAME`, the path of a file, or
    /// the name of the language's list.
    pub fn name(&self, document: &Document) -> String {
        match self.of(document) {
            StopList::Given(_) => self.name.clone(),
            StopList::Known(_) => document.language().entry().stop_list_name(),
        }
    }
}

/// The stop words for one document.
pub enum StopList<'a> {
    /// A list that the user gave.
    Given(&'a BTreeSet<String>),
    /// The list of the document's language.
    Known(StopWords),
}

impl StopList<'_> {
    /// Returns whether a word is on the list, as it is spelt. The lists are in lower
    /// case.
    pub fn contains(&self, word: &str) -> bool {
        match self {
            Self::Given(words) => words.contains(word),
            Self::Known(words) => words.contains(word),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_for_english_is_for_no_other_language() {
        let file = Resource {
            path: "list:a".to_owned(),
            bytes: b"Whale\nthe".to_vec(),
            language: Some("en"),
        };

        let given = GivenStopWords::from(&file);
        let [english, german] = ["en", "de"].map(|code| {
            let language = code.parse().unwrap();
            let segmenter = crate::Segmenter::Own;
            let source = crate::Source {
                id: "",
                title: "",
                text: "x",
                language,
                segmenter,
                line_ends: crate::LineEnds::Auto,
            };
            crate::Analyser::default().analyse(source)
        });

        let list = given.of(&english);
        assert!(list.contains("whale") && !list.contains("of"));
        let list = given.of(&german);
        assert!(list.contains("und") && !list.contains("whale"));
        let names = [given.name(&english), given.name(&german)];
        assert_eq!(names, ["list:a", "nltk-de"]);
    }
}

//! Parameters that choose one of several values, with the value of each word.

use super::{
    parameter::{Parameter, ParameterKind, Profile},
    params::Params,
};

/// A parameter whose words are a table, so that every word has a value and the default is
/// one of the words.
///
/// ```
/// use epitome_base::spec::{Choice, Parameter};
///
/// #[derive(Clone, Copy)]
/// enum Edges {
///     Overlap,
///     Cosine,
/// }
///
/// const EDGES: &Choice<Edges, 2> = &Choice::new(
///     "edges",
///     [("overlap", Edges::Overlap), ("cosine", Edges::Cosine)],
///     "weight of the edge between two sentences",
/// );
/// const PARAMETERS: &[Parameter] = &[EDGES.parameter()];
/// // in the entry's `build`: `params.choice(EDGES)`
/// ```
#[derive(Debug)]
pub struct Choice<T, const N: usize> {
    name: &'static str,
    words: [&'static str; N],
    values: [T; N],
    default: &'static str,
    about: &'static str,
}

impl<T: Copy, const N: usize> Choice<T, N> {
    /// Returns the parameter called `name`; the first word is the default.
    pub const fn new(
        name: &'static str,
        table: [(&'static str, T); N],
        about: &'static str,
    ) -> Self {
        let (mut words, mut values) = ([table[0].0; N], [table[0].1; N]);
        let mut at = 0;
        while at < N {
            words[at] = table[at].0;
            values[at] = table[at].1;
            at += 1;
        }
        Self {
            name,
            words,
            values,
            default: words[0],
            about,
        }
    }

    /// Returns the same words with another default.
    ///
    /// # Panics
    /// Panics if the word is not in the table; in a constant it does not compile.
    #[must_use]
    pub const fn by_default(mut self, word: &'static str) -> Self {
        assert!(
            is_among(word, &self.words),
            "the default is a word of the table"
        );
        self.default = word;
        self
    }

    /// Returns the parameter for the list of an entry.
    pub const fn parameter(&'static self) -> Parameter {
        Parameter {
            name: self.name,
            kind: ParameterKind::Choice(&self.words),
            default: self.default,
            about: self.about,
        }
    }

    /// Returns the words of the choice.
    pub const fn words(&'static self) -> &'static [&'static str] {
        &self.words
    }

    /// Returns the value of a word; `None` if it is not in the table.
    pub fn value(&self, word: &str) -> Option<T> {
        let at = self.words.iter().position(|known| *known == word);
        at.map(|at| self.values[at])
    }

    /// Returns the word of a value, the first if there are several; `None` if there is
    /// none.
    pub fn word(&self, value: T) -> Option<&'static str>
    where
        T: PartialEq,
    {
        let at = self.values.iter().position(|known| *known == value);
        at.map(|at| self.words[at])
    }
}

/// The parameter `profile` with the value of each profile, such as the function that
/// builds it; the first is the default.
#[derive(Debug)]
pub struct Profiles<T, const N: usize> {
    known: [Profile; N],
    values: [T; N],
    about: &'static str,
}

impl<T: Copy, const N: usize> Profiles<T, N> {
    /// Returns these profiles with a description for help.
    pub const fn new(table: [(Profile, T); N], about: &'static str) -> Self {
        let (mut profiles, mut values) = ([table[0].0; N], [table[0].1; N]);
        let mut at = 0;
        while at < N {
            profiles[at] = table[at].0;
            values[at] = table[at].1;
            at += 1;
        }
        Self {
            known: profiles,
            values,
            about,
        }
    }

    /// Returns the parameter for the list of an entry.
    pub const fn parameter(&'static self) -> Parameter {
        Parameter {
            name: PROFILE,
            kind: ParameterKind::Profile(&self.known),
            default: self.known[0].name,
            about: self.about,
        }
    }
}

/// The name of the parameter that chooses a profile.
const PROFILE: &str = "profile";

impl Params {
    /// Returns the value of the word that was chosen.
    ///
    /// # Panics
    /// Panics if the entry does not declare this choice.
    pub fn choice<T: Copy, const N: usize>(&self, choice: &Choice<T, N>) -> T {
        let value = choice.value(self.text(choice.name));
        value.expect("an entry asks only for choices that it declares")
    }

    /// Returns the value of the profile that was chosen.
    ///
    /// # Panics
    /// Panics if the entry does not declare these profiles.
    pub fn profile<T: Copy, const N: usize>(&self, profiles: &Profiles<T, N>) -> T {
        let name = self.text(PROFILE);
        let at = profiles
            .known
            .iter()
            .position(|profile| profile.name == name);
        profiles.values[at.expect("an entry asks only for profiles that it declares")]
    }
}

const fn is_among(word: &str, words: &[&str]) -> bool {
    let mut at = 0;
    while at < words.len() {
        if is_same(word, words[at]) {
            return true;
        }
        at += 1;
    }
    false
}

/// Returns whether `a == b`, which constants cannot compute otherwise.
const fn is_same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut at = 0;
    while at < a.len() && at < b.len() && a[at] == b[at] {
        at += 1;
    }
    at == a.len() && at == b.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::embedding::Embedders;

    const SIZES: &Choice<Option<u8>, 3> = &Choice::new(
        "size",
        [("any", None), ("one", Some(1)), ("ten", Some(10))],
        "",
    )
    .by_default("ten");

    #[test]
    fn every_word_has_its_value_and_every_value_its_word() {
        let params = |given: &[(&str, &str)]| {
            let own = |(key, value): &(&str, &str)| (key.to_string(), value.to_string());
            let given: Vec<_> = given.iter().map(own).collect();
            Params::check("thing", &[SIZES.parameter()], &given, &Embedders::default())
        };
        for (word, value) in [("any", None), ("one", Some(1)), ("ten", Some(10))] {
            assert_eq!(params(&[("size", word)]).unwrap().choice(SIZES), value);
            assert_eq!(SIZES.word(value), Some(word));
        }
        assert_eq!(params(&[]).unwrap().choice(SIZES), Some(10));
        assert!(params(&[("size", "on")]).is_err());
    }
}

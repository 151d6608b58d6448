//! A parameter that chooses one of several values, with what each word stands for.

use super::parameter::{Parameter, ParameterKind, Params, Profile};

/// A parameter whose words are a table: no word is without a value, and no default is
/// without a word.
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
///     "what links two sentences",
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
    /// The parameter called `name`; the first word is the default.
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

    /// The same words with another default.
    ///
    /// # Panics
    /// It is none of them; in a constant this does not compile.
    #[must_use]
    pub const fn by_default(mut self, word: &'static str) -> Self {
        assert!(
            is_among(word, &self.words),
            "the default is a word of the table"
        );
        self.default = word;
        self
    }

    /// The parameter, for an entry's list.
    pub const fn parameter(&'static self) -> Parameter {
        Parameter {
            name: self.name,
            kind: ParameterKind::Choice(&self.words),
            default: self.default,
            about: self.about,
        }
    }

    /// Its words.
    pub const fn words(&'static self) -> &'static [&'static str] {
        &self.words
    }

    /// The value of a word.
    pub fn value(&self, word: &str) -> Option<T> {
        let at = self.words.iter().position(|known| *known == word);
        at.map(|at| self.values[at])
    }

    /// The word of a value, the first if there are several.
    pub fn word(&self, value: T) -> Option<&'static str>
    where
        T: PartialEq,
    {
        let at = self.values.iter().position(|known| *known == value);
        at.map(|at| self.words[at])
    }
}

/// The parameter `profile` with what each profile stands for, such as the function that builds
/// it; the first is the default.
#[derive(Debug)]
pub struct Profiles<T, const N: usize> {
    known: [Profile; N],
    values: [T; N],
    about: &'static str,
}

impl<T: Copy, const N: usize> Profiles<T, N> {
    /// These profiles.
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

    /// The parameter, for an entry's list.
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
    /// What the word of a choice stands for.
    ///
    /// # Panics
    /// The entry does not declare this choice.
    pub fn choice<T: Copy, const N: usize>(&self, choice: &Choice<T, N>) -> T {
        let value = choice.value(self.text(choice.name));
        value.expect("an entry asks only for choices that it declares")
    }

    /// What the profile stands for.
    ///
    /// # Panics
    /// The entry does not declare these profiles.
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

/// `a == b`, which no constant can ask.
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
            Params::check("thing", &[SIZES.parameter()], &given)
        };
        for (word, value) in [("any", None), ("one", Some(1)), ("ten", Some(10))] {
            assert_eq!(params(&[("size", word)]).unwrap().choice(SIZES), value);
            assert_eq!(SIZES.word(value), Some(word));
        }
        assert_eq!(params(&[]).unwrap().choice(SIZES), Some(10));
        assert!(params(&[("size", "on")]).is_err());
    }
}

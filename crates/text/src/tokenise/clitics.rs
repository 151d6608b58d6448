//! Small words that are written together with the next word or the one before.

use epitome_base::unicode::{Casing, fold, is_apostrophe};

/// The small words that a language writes together with their neighbours.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Clitics {
    /// The words before an apostrophe, such as the `l` of *l'école*.
    before: &'static [&'static str],
    /// The words after an apostrophe, such as the `n` of *anar-se'n*.
    after: &'static [&'static str],
    /// The words after a hyphen and a verb, such as the `lhe` of *disse-lhe*.
    hyphened: &'static [&'static str],
    /// The endings of verbs after such a pronoun and a hyphen, such as the `ia` of
    /// *dar-lhe-ia*.
    endings: &'static [&'static str],
}

/// A language that writes no small words together with others.
const NONE: Clitics = Clitics {
    before: &[],
    after: &[],
    hyphened: &[],
    endings: &[],
};

/// The words of Lucene's `FrenchAnalyzer`.
const FRENCH: Clitics = Clitics {
    before: &[
        "c", "d", "j", "jusqu", "l", "lorsqu", "m", "n", "puisqu", "qu", "quoiqu", "s",
        "t",
    ],
    ..NONE
};

/// The words of Lucene's `ItalianAnalyzer`, and pronouns, demonstratives and conjunctions
/// that are elided as well.
const ITALIAN: Clitics = Clitics {
    before: &[
        "agl", "all", "anch", "c", "ch", "coll", "com", "d", "dagl", "dall", "degl",
        "dell", "dov", "gl", "l", "m", "n", "negl", "nell", "pell", "quell", "quest",
        "s", "sugl", "sull", "t", "un", "v",
    ],
    ..NONE
};

/// The articles and the preposition of Lucene's `CatalanAnalyzer`, and weak pronouns
/// after verbs.
const CATALAN: Clitics = Clitics {
    before: &["d", "l", "m", "n", "s", "t"],
    after: &["hi", "ho", "l", "ls", "m", "n", "ns", "s", "t"],
    hyphened: &[
        "el", "els", "em", "en", "ens", "es", "et", "hi", "ho", "la", "les", "li", "lo",
        "los", "me", "ne", "nos", "se", "te", "us", "vos",
    ],
    endings: &[],
};

/// The preposition, and pronouns after and inside verbs.
const PORTUGUESE: Clitics = Clitics {
    before: &["d", "n"],
    after: &[],
    hyphened: &[
        "a", "as", "la", "las", "lhe", "lhes", "lo", "los", "me", "na", "nas", "no",
        "nos", "o", "os", "se", "te", "vos",
    ],
    endings: &[
        "ão", "ás", "á", "ei", "emos", "eis", "ia", "iam", "ias", "íamos", "íeis",
    ],
};

impl Clitics {
    /// Returns the small words of the language with this code.
    pub(crate) fn of(language: &str) -> &'static Self {
        match language {
            "ca" => &CATALAN,
            "fr" => &FRENCH,
            "it" => &ITALIAN,
            "pt" => &PORTUGUESE,
            _ => &NONE,
        }
    }

    /// Returns whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        *self == NONE
    }

    /// Returns the bytes at which a word is divided: after the apostrophe of a small word
    /// before it, and before the apostrophe of one after it.
    pub(super) fn cuts(&self, word: &str) -> [Option<usize>; 2] {
        let mut signs = word.char_indices().filter(|&(_, it)| is_apostrophe(it));
        let Some((first, sign)) = signs.next() else {
            return [None, None];
        };
        let (last, last_sign) = signs.next_back().unwrap_or((first, sign));

        let after_first = first + sign.len_utf8();
        let is_elided = after_first < word.len() && is_among(self.before, &word[..first]);
        let start = if is_elided { after_first } else { 0 };
        let is_weak =
            last > start && is_among(self.after, &word[last + last_sign.len_utf8()..]);
        [is_elided.then_some(after_first), is_weak.then_some(last)]
    }

    /// Returns whether a folded word, with its apostrophe, is one of them.
    pub(crate) fn contains(&self, folded: &str) -> bool {
        match (folded.strip_suffix('\''), folded.strip_prefix('\'')) {
            (Some(word), _) => self.before.contains(&word),
            (_, Some(word)) => self.after.contains(&word),
            _ => false,
        }
    }

    /// Returns whether a word after a hyphen is a pronoun or, after such a pronoun, the
    /// ending of its verb.
    pub(crate) fn is_hyphened(&self, word: &str, after_pronoun: bool) -> bool {
        is_among(self.hyphened, word) || (after_pronoun && is_among(self.endings, word))
    }
}

/// Returns whether a word, in any case, is one of `words`.
fn is_among(words: &[&str], word: &str) -> bool {
    // no listed word is longer, in any spelling
    if words.is_empty() || word.len() > 24 {
        return false;
    }
    let mut folded = String::with_capacity(word.len());
    fold(word, Casing::Usual, &mut folded);
    words.contains(&folded.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut<'a>(language: &str, word: &'a str) -> Vec<&'a str> {
        let mut parts = Vec::new();
        let mut done = 0;
        for at in Clitics::of(language).cuts(word).into_iter().flatten() {
            parts.push(&word[done..at]);
            done = at;
        }
        parts.push(&word[done..]);
        parts
    }

    #[test]
    fn elided_words_are_words() {
        assert_eq!(cut("fr", "l'île"), ["l'", "île"]);
        assert_eq!(cut("fr", "QU’ELLE"), ["QU’", "ELLE"]);
        assert_eq!(cut("fr", "aujourd'hui"), ["aujourd'hui"]);
        assert_eq!(cut("it", "dell'isola"), ["dell'", "isola"]);
        assert_eq!(cut("pt", "d'água"), ["d'", "água"]);
        assert_eq!(cut("en", "d'Artagnan"), ["d'Artagnan"]);
        assert_eq!(cut("fr", "l'"), ["l'"]);
    }

    #[test]
    fn weak_pronouns_are_words() {
        assert_eq!(cut("ca", "canta'm"), ["canta", "'m"]);
        assert_eq!(cut("ca", "l'estima'ns"), ["l'", "estima", "'ns"]);
        assert_eq!(cut("ca", "l'home"), ["l'", "home"]);
        assert!(Clitics::of("pt").is_hyphened("Lhe", false));
        assert!(!Clitics::of("pt").is_hyphened("ia", false));
        assert!(Clitics::of("pt").is_hyphened("ia", true));
    }

    #[test]
    fn they_are_known_with_their_apostrophe() {
        let french = Clitics::of("fr");
        assert!(french.contains("jusqu'") && !french.contains("jusqu"));
        assert!(Clitics::of("ca").contains("'ls"));
        assert!(!Clitics::of("de").contains("l'"));
    }
}

//! Detects the language of a short text, for which trigrams are unreliable.
//!
//! The words of the text vote. A word on stop lists divides half a vote among their
//! languages, and so does a word that is among the [commonest](COMMONEST) words of
//! languages; stop lists alone contain words such as *design* and *multi*. The first
//! language wins if it has at least one vote, and half as many again as the second; half
//! a vote is enough if trigrams suggest the same language.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use super::{LANGUAGES, Language};
use crate::StopWords;

/// The most frequent words in running text of each language.
const COMMONEST: [(&str, &str); 26] = [
    ("ar", "في من على أن إلى التي عن هذا ما لا مع"),
    ("bg", "и в не на че се да от за с е по са"),
    ("ca", "el la els les de que i en un una per amb és al del"),
    ("cs", "a v na se je že s z do to ve pro jako ale"),
    ("da", "og i at det en er på til af for den med ikke som"),
    (
        "de",
        "der die das und ist nicht von mit für auf ein eine den dem im zu des sich",
    ),
    (
        "en",
        "the of and to in is for that with on are by from an this be as was it at",
    ),
    (
        "es",
        "el la los las de que y en un una por con del para es se al",
    ),
    ("fa", "و در به از که این را با است آن"),
    ("fi", "ja on ei että se oli hän mutta ovat kun"),
    (
        "fr",
        "le la les des et est une du dans pour qui sur au par que en un de",
    ),
    ("hu", "a az és hogy nem is egy volt meg de"),
    ("id", "dan yang di dengan untuk ini itu dari dalam pada"),
    (
        "it",
        "il lo la gli di che e è un una per con del della le i in non si",
    ),
    ("nl", "de het een en van is dat op te voor met niet zijn in"),
    ("no", "og i å det en er på til av for som med ikke den"),
    ("pl", "i w na z do się nie jest że to o od po przez"),
    (
        "pt",
        "o os as de que e do da em um uma para com não dos no na se",
    ),
    ("ro", "și şi în de la cu pe nu o un care din"),
    ("ru", "и в не на что с по как из у за от для это"),
    ("sk", "a v na sa je že s z do to vo pre ako ale"),
    ("sv", "och att det som en är på för av med den till inte i"),
    ("tr", "ve bir bu da de için ile olarak"),
    ("uk", "і в не на що та з до як у за від для це"),
    ("ur", "کے میں کی ہے سے اور کو نے کا پر"),
    ("vi", "và của là có không được cho các một những"),
];

/// For each word, the languages that have it, as indices of [`LANGUAGES`].
type Voters = BTreeMap<&'static str, Vec<usize>>;

/// The words on stop lists.
static STOP_WORDS: LazyLock<Voters> = LazyLock::new(|| {
    let lists = LANGUAGES.iter().enumerate().map(|(at, entry)| {
        let is_latin = LATIN.contains(&entry.code);
        let words: BTreeSet<&str> = StopWords::listed(Language(entry)).collect();
        let own = words
            .into_iter()
            .filter(|word| is_latin || !word.is_ascii());
        (at, own.collect())
    });
    voters(lists)
});

/// The commonest words.
static COMMON_WORDS: LazyLock<Voters> = LazyLock::new(|| {
    let lists = LANGUAGES.iter().enumerate().map(|(at, entry)| {
        let words = COMMONEST.iter().find(|(code, _)| *code == entry.code);
        (
            at,
            words.map_or("", |(_, words)| words).split(' ').collect(),
        )
    });
    voters(lists)
});

/// The languages in the Latin script. The lists of other languages contain Latin words by
/// mistake.
const LATIN: [&str; 20] = [
    "ca", "cs", "da", "de", "en", "es", "fi", "fr", "hu", "id", "it", "nl", "no", "pl",
    "pt", "ro", "sk", "sv", "tr", "vi",
];

/// Returns the languages of each word, from the lists of all languages.
fn voters(lists: impl Iterator<Item = (usize, Vec<&'static str>)>) -> Voters {
    let mut voters = Voters::new();
    for (at, words) in lists {
        for word in words {
            voters.entry(word).or_default().push(at);
        }
    }
    voters
}

/// The number of votes that a language needs.
const ENOUGH: f64 = 1.0;
/// The number of votes that a language needs if trigrams suggest it.
const ENOUGH_TOGETHER: f64 = 0.5;

/// The least ratio of the first language's votes to those of the second.
const LEAD: f64 = 1.5;

/// Returns the language that the words of a text vote for, if there is one. `guess` is
/// the language that its trigrams suggest.
pub(super) fn voted(text: &str, guess: Language) -> Option<Language> {
    let votes = votes(text);
    let (first, most) = best(&votes, None)?;
    let (_, second) = best(&votes, Some(first)).unwrap_or((first, 0.0));
    let language = Language(&LANGUAGES[first]);
    let enough = if language == guess {
        ENOUGH_TOGETHER
    } else {
        ENOUGH
    };
    (most >= enough && most >= LEAD * second).then_some(language)
}

/// Returns the votes for each language.
fn votes(text: &str) -> Vec<f64> {
    let mut votes = vec![0.0; LANGUAGES.len()];
    for word in text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’')) {
        let word = word.to_lowercase().replace('’', "'");
        for list in [&STOP_WORDS, &COMMON_WORDS] {
            let having = list
                .get(word.trim_matches('\''))
                .map_or(&[][..], Vec::as_slice);
            for &one in having {
                votes[one] += 0.5 / having.len() as f64;
            }
        }
    }
    votes
}

/// Returns the language with the most votes, except for `but`; the first of several.
fn best(votes: &[f64], but: Option<usize>) -> Option<(usize, f64)> {
    let mut best: Option<(usize, f64)> = None;
    for (at, &count) in votes.iter().enumerate().filter(|&(at, _)| Some(at) != but) {
        if count > best.map_or(0.0, |(_, most)| most) {
            best = Some((at, count));
        }
    }
    best
}

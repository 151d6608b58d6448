//! The language of a short text, of which trigrams say little.
//!
//! Its words vote. A word that stands on stop lists gives the languages of these half a vote
//! in equal parts, and so does one that is among the [commonest](COMMONEST) words of
//! languages; stop lists alone hold words like *design* and *multi*. The first language wins
//! if it has a vote at least, and half as many again as the second; where trigrams say the
//! same, half a vote is enough.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use super::{LANGUAGES, Language};
use crate::StopWords;

/// The words that running text of a language has most of.
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

/// Word → the languages that have it, as indices of [`LANGUAGES`].
type Voters = BTreeMap<&'static str, Vec<usize>>;

static STOP_WORDS: LazyLock<Voters> = LazyLock::new(|| {
    let lists = LANGUAGES.iter().enumerate().map(|(at, entry)| {
        let is_foreign = |word: &str| !LATIN.contains(&entry.code) && word.is_ascii();
        let words: BTreeSet<&str> =
            StopWords::listed(Language(entry)).iter().copied().collect();
        (
            at,
            words
                .into_iter()
                .filter(move |word| !is_foreign(word))
                .collect(),
        )
    });
    voters(lists)
});

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

/// Languages in the Latin script; lists of others have words of it by mistake.
const LATIN: [&str; 20] = [
    "ca", "cs", "da", "de", "en", "es", "fi", "fr", "hu", "id", "it", "nl", "no", "pl",
    "pt", "ro", "sk", "sv", "tr", "vi",
];

fn voters(lists: impl Iterator<Item = (usize, Vec<&'static str>)>) -> Voters {
    let mut voters = Voters::new();
    for (at, words) in lists {
        for word in words {
            voters.entry(word).or_default().push(at);
        }
    }
    voters
}

/// Votes that a language needs, and needs where trigrams say the same.
const ENOUGH: f64 = 1.0;
const ENOUGH_TOGETHER: f64 = 0.5;

/// How many times the votes of the second the first must have.
const LEAD: f64 = 1.5;

/// The language that the stop words of a text say, if they say one; `guess` is what its
/// trigrams say.
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

/// The language with the most votes, but for one; the first of several.
fn best(votes: &[f64], but: Option<usize>) -> Option<(usize, f64)> {
    let mut best: Option<(usize, f64)> = None;
    for (at, &count) in votes.iter().enumerate().filter(|&(at, _)| Some(at) != but) {
        if count > best.map_or(0.0, |(_, most)| most) {
            best = Some((at, count));
        }
    }
    best
}

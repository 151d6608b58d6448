//! Candidates as pke 2.0 finds them: for its profile, so that its results can be checked.

use std::ops::Range;

use epitome_base::spec::{Parameter, ParameterKind, Params, Profile, Profiles};
use epitome_text::{Document, GivenStopWords, Tag};

use super::forms::Form;

/// The parameter that asks for pke's rules, for a model on the longest runs of nouns and
/// adjectives.
pub(in crate::keywords) const PROFILE: Parameter = PROFILES.parameter();
const PROFILES: &Profiles<bool, 2> = &own_or_pke(&[
    ("candidates", "content-runs"),
    ("max-words", "100"),
    ("min-characters", "1"),
    ("min-word-characters", "1"),
    ("stemmer", "porter"),
    ("stop-words", SPACY),
]);

/// The same for a model that filters candidates.
pub(in crate::keywords) const PROFILE_OF_FILTERED: Parameter =
    PROFILES_OF_FILTERED.parameter();
const PROFILES_OF_FILTERED: &Profiles<bool, 2> = &own_or_pke(&[
    ("candidates", "content-runs"),
    ("max-words", "100"),
    ("min-characters", "3"),
    ("min-word-characters", "2"),
    ("stemmer", "porter"),
    ("stop-words", SPACY),
]);

/// The same for a model on noun phrases of at most three words.
pub(in crate::keywords) const PROFILE_OF_PHRASES: Parameter =
    PROFILES_OF_PHRASES.parameter();
const PROFILES_OF_PHRASES: &Profiles<bool, 2> = &own_or_pke(&[
    ("candidates", "noun-phrases"),
    ("max-words", "3"),
    ("min-characters", "1"),
    ("min-word-characters", "1"),
    ("stemmer", "porter"),
    ("stop-words", SPACY),
]);

/// The same for a model on n-grams of at most three words.
pub(in crate::keywords) const PROFILE_OF_3_GRAMS: Parameter =
    PROFILES_OF_3_GRAMS.parameter();
const PROFILES_OF_3_GRAMS: &Profiles<bool, 2> = &own_or_pke(&[
    ("candidates", "ngrams"),
    ("max-words", "3"),
    ("min-characters", "3"),
    ("min-word-characters", "2"),
    ("stemmer", "porter"),
    ("stop-words", SPACY),
]);

/// The same for a model on n-grams of at most five words.
pub(in crate::keywords) const PROFILE_OF_5_GRAMS: Parameter =
    PROFILES_OF_5_GRAMS.parameter();
const PROFILES_OF_5_GRAMS: &Profiles<bool, 2> = &own_or_pke(&[
    ("candidates", "ngrams"),
    ("max-words", "5"),
    ("min-characters", "3"),
    ("min-word-characters", "2"),
    ("stemmer", "porter"),
    ("stop-words", SPACY),
]);

/// The list that pke filters by.
const SPACY: &str = "list:spacy-3.8.7";

/// Whether pke's rules are asked for, with the values that they imply.
const fn own_or_pke(
    implies: &'static [(&'static str, &'static str)],
) -> Profiles<bool, 2> {
    Profiles::new(
        [
            (Profile::plain("own"), false),
            (Profile::with("pke", implies), true),
        ],
        "`pke`: candidates, stems, stop list, ties and the end of iterations as in pke 2.0",
    )
}

/// The stop list of pke's rules.
pub(in crate::keywords) const STOP_WORDS: Parameter = Parameter {
    name: "stop-words",
    kind: ParameterKind::When("profile", &["pke"], &ParameterKind::File(&[])),
    default: "none",
    about: "stop words of pke's rules, parted by white space: spaCy's for English; none: those of the language",
};

/// What pke holds for a phrase, and which phrases it filters out.
///
/// Phrases end with the sentence; stop words do not end them. What is left of the
/// filter, where a model has one, goes by the first surface form: no stop word, no word
/// of punctuation only, at most five words, and nothing but letters, digits and `-`. How
/// short candidates and their words may be is what the profile implies for two parameters.
#[derive(Debug, Clone)]
pub(super) struct PkeRules {
    filtered: bool,
    stop_words: GivenStopWords,
}

impl PkeRules {
    /// The rules that `params` ask for, if they do.
    pub(super) fn of(params: &Params, filtered: bool) -> Option<Self> {
        let rules = Self {
            filtered,
            stop_words: params.into(),
        };
        // the names of the profiles are the same for all models
        params.profile(PROFILES).then_some(rules)
    }

    /// The name of the stop list that the filter goes by.
    pub(super) fn stop_list_name(&self, document: &Document) -> String {
        self.stop_words.name(document)
    }

    /// The phrases of every sentence, in the order of their starts.
    pub(super) fn phrases(
        document: &Document,
        form: Form,
        tags: Option<&[Tag]>,
        max_words: usize,
    ) -> Vec<Range<usize>> {
        let mut phrases = Vec::new();
        for sentence in document.all_sentences() {
            let (start, end) =
                (sentence.tokens.start as usize, sentence.tokens.end as usize);
            let mut at = start;
            while at < end {
                let stop = phrase_end(form, tags, at, end, max_words);
                if form == Form::Ngrams {
                    phrases.extend((at + 1..=stop).map(|stop| at..stop));
                    at += 1;
                    continue;
                }
                if (at + 1..=at + max_words).contains(&stop) {
                    phrases.push(at..stop);
                }
                at = stop.max(at + 1);
            }
        }
        phrases
    }

    /// Whether a candidate that first stands at some tokens passes the filter.
    pub(super) fn filter<'a>(
        &'a self,
        document: &'a Document,
    ) -> impl Fn(&Range<usize>) -> bool + 'a {
        let list = self.stop_words.of(document);
        move |tokens| {
            let words = document.tokens()[tokens.clone()].iter();
            let words: Vec<String> = words
                .map(|it| it.span.of(document.full_text()).to_lowercase())
                .collect();
            let passes = |word: &String| is_alphanumeric(word) && !list.contains(word);
            !self.filtered || (words.len() <= 5 && words.iter().all(passes))
        }
    }
}

/// Whether a word has nothing but letters and digits beside hyphens.
fn is_alphanumeric(word: &str) -> bool {
    let mut rest = word
        .chars()
        .filter(|&character| character != '-')
        .peekable();
    rest.peek().is_some() && rest.all(char::is_alphanumeric)
}

/// One past the phrase that begins with token `at`; `at` where none does.
fn phrase_end(
    form: Form,
    tags: Option<&[Tag]>,
    at: usize,
    end: usize,
    max_words: usize,
) -> usize {
    let Some(tags) = tags.filter(|_| form != Form::Ngrams) else {
        return end.min(at.saturating_add(max_words));
    };
    let run = |from: usize, kinds: &[Tag]| {
        let stop = tags[from..end].iter().position(|tag| !kinds.contains(tag));
        stop.map_or(end, |stop| from + stop)
    };
    if form == Form::NounPhrases {
        let adjectives = run(at, &[Tag::Adj]);
        let nouns = run(adjectives, &[Tag::Noun, Tag::Propn]);
        return if nouns > adjectives { nouns } else { at };
    }
    run(at, &[Tag::Noun, Tag::Propn, Tag::Adj])
}

/// Marks nouns and adjectives; every token where there are no parts of speech.
pub(super) fn mark_eligible(tags: Option<&[Tag]>, eligible: &mut [bool]) {
    for (at, eligible) in eligible.iter_mut().enumerate() {
        let is_eligible = |tag| matches!(tag, Tag::Noun | Tag::Propn | Tag::Adj);
        *eligible = tags.is_none_or(|tags| is_eligible(tags[at]));
    }
}

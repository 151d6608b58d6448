//! The profile of pke 2.0: candidates as that tool finds them, so that results can be compared.

use std::ops::Range;

use epitome_base::spec::{Parameter, ParameterKind, Params, Profile, Profiles};
use epitome_text::{Document, GivenStopWords, Tag};

use super::{characters::is_alphanumeric, forms::Form};

/// The parameter that selects pke's rules, for a model on the longest runs of nouns and adjectives.
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

/// The stop list of pke.
const SPACY: &str = "list:spacy-3.8.7";

/// Returns the two profiles: our own rules, and those of pke with the values that they imply.
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

/// The parameter for the stop list of pke's rules.
pub(in crate::keywords) const STOP_WORDS: Parameter = Parameter {
    name: "stop-words",
    kind: ParameterKind::When("profile", &["pke"], &ParameterKind::File(&[])),
    default: "none",
    about: "stop words of pke's rules, separated by white space: spaCy's for English; none: those of the language",
};

/// The rules of pke for candidates, and its filter.
///
/// Phrases end with the sentence, and are not ended by stop words. The filter, if the model has
/// one, tests the first occurrence of a candidate: it must have no stop word, no word of
/// punctuation only, at most five words, and only letters, digits and `-`. The minimum lengths of
/// candidates and words are parameters, whose values the profile implies.
#[derive(Debug, Clone)]
pub(super) struct PkeRules {
    filtered: bool,
    stop_words: GivenStopWords,
}

impl PkeRules {
    /// Returns the rules if `params` select the profile `pke`, else `None`.
    pub(super) fn of(params: &Params, filtered: bool) -> Option<Self> {
        let rules = Self {
            filtered,
            stop_words: params.into(),
        };
        // the profiles of all models have the same names, so that any of the constants will do
        params.profile(PROFILES).then_some(rules)
    }

    /// Returns the name of the stop list of the filter.
    pub(super) fn stop_list_name(&self, document: &Document) -> String {
        self.stop_words.name(document)
    }

    /// Returns the phrases of all sentences as ranges of tokens, in the order of their starts.
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

    /// Returns a function that says whether a candidate, given the tokens of its first occurrence,
    /// passes the filter.
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
            let passes = words.len() <= 5
                && words
                    .iter()
                    .all(|word| is_alphanumeric(word) && !list.contains(word));
            !self.filtered || passes
        }
    }
}

/// Returns the end (exclusive) of the phrase that begins with token `at`; `at` if there is none.
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

/// Marks nouns and adjectives; without parts of speech, every token.
pub(super) fn mark_eligible(tags: Option<&[Tag]>, eligible: &mut [bool]) {
    for (at, eligible) in eligible.iter_mut().enumerate() {
        *eligible =
            tags.is_none_or(|tags| matches!(tags[at], Tag::Noun | Tag::Propn | Tag::Adj));
    }
}

//! Candidates: the phrases of a document that may be selected as keyphrases.

mod characters;
mod forms;
mod joints;
mod numbers;
mod participles;
mod pke;
mod shortest;
mod tagging;
mod units;

use std::{borrow::Cow, ops::Range};

use epitome_base::spec::{Parameter, ParameterKind, Params};
use epitome_text::{AnalysisNeeds, Document, Span, TAGGERS, Tag, Tagger, readable};

use super::words::{STEMMER, Stemming, Words};
use characters::CHARACTERS;
pub use characters::Characters;
use forms::FORMS;
pub use forms::Form;
pub(super) use joints::{Joints, is_hyphen};
use participles::PARTICIPLES;
pub use participles::Participles;
use pke::PkeRules;
pub(super) use pke::{
    PROFILE, PROFILE_OF_3_GRAMS, PROFILE_OF_5_GRAMS, PROFILE_OF_FILTERED,
    PROFILE_OF_PHRASES, STOP_WORDS,
};
pub use shortest::Shortest;
use tagging::TAGGER;
pub(super) use units::{Class, Unit, follows, units};

/// The parameters of every extractor that scores candidates.
pub(super) const PARAMETERS: [Parameter; 8] = [
    FORMS.parameter(),
    TAGGER,
    STEMMER,
    Parameter {
        name: "max-words",
        kind: ParameterKind::Integer(1, 100),
        default: "5",
        about: "longest phrase, in words; longer phrases are no candidates",
    },
    shortest::PARAMETERS[0],
    shortest::PARAMETERS[1],
    CHARACTERS.parameter(),
    participles::PARAMETER,
];

/// Returns an extractor's `own` parameters followed by [`PARAMETERS`]; `ALL` is the number of both.
pub(super) const fn with_candidates<const OWN: usize, const ALL: usize>(
    own: [Parameter; OWN],
) -> [Parameter; ALL] {
    assert!(OWN + PARAMETERS.len() == ALL, "`ALL` counts both");

    // a function that is evaluated at compile time has neither iterators nor `for`
    let mut all = [PARAMETERS[0]; ALL];
    let mut at = 0;
    while at < ALL {
        all[at] = if at < OWN {
            own[at]
        } else {
            PARAMETERS[at - OWN]
        };
        at += 1;
    }
    all
}

/// The rules by which candidates are found.
///
/// * **Noun phrases**: `ADJ* (NOUN | PROPN)+`, the longest from the left, if the document has
///   parts of speech; else runs. The grammar of Gallina, Boudin & Daille (2020).
/// * **Content runs**: longest runs of nouns and adjectives, as in Bougouin, Boudin &
///   Daille (2013), *TopicRank*; without parts of speech, runs.
/// * **Runs**: longest runs of content words between stop words, numbers and
///   punctuation, as in Rose et al. (2010), *Automatic keyword extraction from
///   individual documents*.
/// * **N-grams**: every n-gram of such a run.
///
/// Words joined by hyphens are one word: `real-time` has the class of its last part, and is an
/// adjective if that is a participle (`object-oriented`). If there are parts of speech, words are
/// also joined by slashes (`CAD/CAM`) and by subscripts and superscripts in plain text (`H/sub
/// 2/`); a term with digits (`COVID-19`, `3D`) is an adjective before a noun and a noun elsewhere;
/// a number is part of the name before it (`Haskell 98`) or of a quantity (`80 GHz`), and of no
/// other phrase. The full stop of an abbreviation inside a name (`St. Petersburg`) does not end a
/// phrase. An address is in no phrase. A line end does not end a phrase if the next line begins in
/// lower case, as in hard-wrapped text. Phrases of more than `max-words` words are left out, and so
/// are those that are shorter than [`Shortest`] says: by default single letters and two lower-case
/// ASCII letters, but not `EU`, `5G` and `C#`; and so are those with characters that
/// [`Characters`] excludes, by default none. [`Participles`] says what part of speech a participle
/// before a noun has.
#[derive(Debug, Clone)]
pub struct Candidates {
    form: Form,
    tagger: &'static dyn Tagger,
    stemming: Stemming,
    max_words: usize,
    shortest: Shortest,
    characters: Characters,
    participles: Participles,
    pke: Option<PkeRules>,
}

/// A phrase: the occurrences of the same sequence of words.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The tokens of its first occurrence.
    pub first: Range<usize>,
    /// The tokens of all its occurrences, in order.
    pub occurrences: Vec<Range<usize>>,
}

impl Candidate {
    /// Creates a phrase of `document` from the ranges of tokens at which it occurs. Returns `None`
    /// if there is no range, or if one is empty or ends beyond the document's tokens.
    pub fn new(document: &Document, mut occurrences: Vec<Range<usize>>) -> Option<Self> {
        let tokens = document.tokens().len();
        let are_valid = occurrences
            .iter()
            .all(|it| it.start < it.end && it.end <= tokens);
        if occurrences.is_empty() || !are_valid {
            return None;
        }

        occurrences.sort_by_key(|tokens| (tokens.start, tokens.end));
        Some(Self::at(occurrences))
    }

    /// Creates the phrase with these occurrences, which must be sorted and not empty.
    pub(super) fn at(occurrences: Vec<Range<usize>>) -> Self {
        Self {
            first: occurrences[0].clone(),
            occurrences,
        }
    }

    /// Returns the text of the first occurrence, with its line ends and character references
    /// resolved.
    ///
    /// # Panics
    /// Panics if it is a phrase of another, longer document.
    pub fn text(&self, document: &Document) -> String {
        readable(&document.read(span(document, &self.first))).into_owned()
    }

    /// Returns the spans of its occurrences in [`Document::full_text`].
    pub(super) fn spans(&self, document: &Document) -> Vec<Span> {
        self.occurrences
            .iter()
            .map(|tokens| span(document, tokens))
            .collect()
    }
}

/// Returns the span of a range of tokens.
fn span(document: &Document, tokens: &Range<usize>) -> Span {
    let all = document.tokens();
    Span {
        start: all[tokens.start].span.start,
        end: all[tokens.end - 1].span.end,
    }
}

/// Returns the text of a range of tokens, as it is in the document.
fn read<'d>(document: &'d Document, tokens: &Range<usize>) -> &'d str {
    span(document, tokens).of(document.full_text())
}

impl Default for Candidates {
    /// Returns rules for noun phrases of at most five words.
    fn default() -> Self {
        Self::noun_phrases(5)
    }
}

impl From<&Params> for Candidates {
    fn from(params: &Params) -> Self {
        Self {
            form: params.choice(FORMS),
            tagger: tagging::tagger(params),
            stemming: Stemming::from(params),
            max_words: params.integer("max-words") as usize,
            shortest: Shortest::from(params),
            characters: params.choice(CHARACTERS),
            participles: params.choice(PARTICIPLES),
            pke: None,
        }
    }
}

impl Candidates {
    /// Returns the rules of an extractor that has the parameters [`PROFILE`] and [`STOP_WORDS`]. In
    /// the profile `pke` candidates are found by pke's rules; `filtered` says whether its model
    /// filters them.
    pub(super) fn in_profile(params: &Params, filtered: bool) -> Self {
        Self {
            pke: PkeRules::of(params, filtered),
            ..Self::from(params)
        }
    }

    /// Returns rules for runs of at most `max_words` words.
    pub fn runs(max_words: usize) -> Self {
        Self::of_form(Form::Runs, max_words)
    }

    /// Returns rules for noun phrases of at most `max_words` words.
    pub fn noun_phrases(max_words: usize) -> Self {
        Self::of_form(Form::NounPhrases, max_words)
    }

    /// Returns rules for phrases of at most `max_words` words, tagged by the built-in English
    /// tagger and grouped by their Snowball stems.
    pub fn of_form(form: Form, max_words: usize) -> Self {
        let (tagger, stemming) = (TAGGERS[0], Stemming::Snowball);
        Self {
            form,
            tagger,
            stemming,
            max_words,
            shortest: Shortest::default(),
            characters: Characters::default(),
            participles: Participles::default(),
            pke: None,
        }
    }

    /// Returns the rules with another source of parts of speech.
    #[must_use]
    pub fn tagged_by(self, tagger: &'static dyn Tagger) -> Self {
        Self { tagger, ..self }
    }

    /// Returns the rules with another definition of equal words.
    #[must_use]
    pub fn stemmed_by(self, stemming: Stemming) -> Self {
        Self { stemming, ..self }
    }

    /// Returns the rules with other minimum lengths.
    #[must_use]
    pub fn not_shorter_than(self, shortest: Shortest) -> Self {
        Self { shortest, ..self }
    }

    /// Returns the rules for phrases of other characters.
    #[must_use]
    pub fn of_characters(self, characters: Characters) -> Self {
        Self { characters, ..self }
    }

    /// Returns the rules with another part of speech of participles.
    #[must_use]
    pub fn with_participles(self, participles: Participles) -> Self {
        Self {
            participles,
            ..self
        }
    }

    /// Returns the candidates of a document in the order of their first occurrences, the shorter
    /// first if two begin at the same token.
    pub fn find(&self, document: &Document) -> Vec<Candidate> {
        self.of(document, &self.words(document))
    }

    /// Returns whether candidates of `document` are found by parts of speech.
    pub(super) fn have_tags(&self, document: &Document) -> bool {
        self.tags(document).is_some()
    }

    /// What joins words of `document`.
    pub(super) fn joints(&self, document: &Document) -> Joints {
        Joints::of(self.have_tags(document))
    }

    /// Returns whether the profile `pke` is selected.
    pub(super) fn are_pkes(&self) -> bool {
        self.pke.is_some()
    }

    /// Returns what the analysis of a document must contain.
    pub(super) fn needs(&self) -> AnalysisNeeds {
        if self.form.uses_tags() {
            self.tagger.needs()
        } else {
            AnalysisNeeds::default()
        }
    }

    /// Returns the signature of the rules for `document`, which depends on the tagger, stemmer and
    /// stop list of its language.
    pub(super) fn signature(&self, document: &Document) -> String {
        let tags = self.tags(document);
        let form = self.form.name(tags.is_some());
        let tagger = match tags {
            Some(_) => self.tagger.name(),
            None => "none",
        };

        let stem = self.stemming.name(document);
        let stop = match &self.pke {
            Some(rules) => rules.stop_list_name(document),
            None => document.language().entry().stop_list_name(),
        };
        let (max, shortest) = (self.max_words, self.shortest.signature());
        let characters = self.characters.signature();
        let participles = match tags {
            Some(_) => self.participles.signature(),
            None => "",
        };
        let pke = if self.pke.is_some() {
            "|profile:pke"
        } else {
            ""
        };
        format!(
            "candidates:{form}|tagger:{tagger}|stem:{stem}|stop:{stop}|max-words:{max}{shortest}{characters}{participles}{pke}"
        )
    }

    /// Returns the words of a document by which its candidates are grouped.
    pub(super) fn words<'d>(&self, document: &'d Document) -> Words<'d> {
        match self.are_pkes() {
            true => Words::as_written(document, self.stemming).with_punctuation(),
            false => Words::of(document, self.stemming),
        }
    }

    /// Returns the candidates of a document, as [`find`](Self::find) does; `words` are those of
    /// [`words`](Self::words). Takes time `O(n log n)`.
    pub(super) fn of(&self, document: &Document, words: &Words<'_>) -> Vec<Candidate> {
        let tags = self.tags(document);
        let tags = tags.as_deref();
        if let Some(pke) = &self.pke {
            let phrases = PkeRules::phrases(document, self.form, tags, self.max_words);
            let mut candidates = group(words, phrases);
            let keeps = pke.filter(document);
            candidates.retain(|it| {
                let words = it.first.clone().map(|at| read(document, &(at..at + 1)));
                self.shortest.has(words.clone())
                    && self.characters.allow(words)
                    && keeps(&it.first)
            });
            return candidates;
        }

        let units = units(document, tags);
        let mut phrases = self.form.phrases(document, &units, self.max_words);
        phrases.retain(|phrase| self.shortest.has_occurrence(read(document, phrase)));
        let mut candidates = group(words, phrases);
        candidates.retain(|it| {
            let from = units.partition_point(|unit| unit.tokens.start < it.first.start);
            let words = units[from..]
                .iter()
                .take_while(|unit| unit.tokens.end <= it.first.end);
            self.shortest
                .has(words.map(|unit| read(document, &unit.tokens)))
                && self.characters.allow_text(|| it.text(document))
        });
        candidates
    }

    /// Returns the nouns and adjectives of a document, without parts of speech its content
    /// words, in the order of the text, with spaces between them.
    pub(super) fn eligible_text(&self, document: &Document) -> String {
        let eligible = self.eligible(document).into_iter().enumerate();
        let words = eligible.filter(|(_, is_eligible)| *is_eligible);
        let words = words.map(|(at, _)| read(document, &(at..at + 1)));
        words.collect::<Vec<_>>().join(" ")
    }

    /// Returns for each token whether it is a node of a graph of words: a noun or adjective if
    /// there are parts of speech, else a content word.
    pub(super) fn eligible(&self, document: &Document) -> Vec<bool> {
        let tags = self.tags(document);
        let tags = tags.as_deref();
        let mut eligible = vec![false; document.tokens().len()];
        if self.pke.is_some() {
            pke::mark_eligible(tags, &mut eligible);
            return eligible;
        }

        for unit in units(document, tags)
            .iter()
            .filter(|it| it.class != Class::Other)
        {
            for token in unit.tokens.clone() {
                eligible[token] = document.tokens()[token].is_content();
            }
        }
        eligible
    }

    /// Returns the parts of speech of a document, if the form depends on them and there are some.
    fn tags<'d>(&self, document: &'d Document) -> Option<Cow<'d, [Tag]>> {
        let tags = self.tagger.tags(document).filter(|_| self.form.uses_tags());
        tags.map(|tags| self.participles.of(document, tags))
    }
}

/// Groups phrases with the same words into candidates, in the order of first occurrence.
fn group(words: &Words<'_>, mut phrases: Vec<Range<usize>>) -> Vec<Candidate> {
    let key = |phrase: &Range<usize>| words.ids_of(phrase);
    phrases.sort_by(|a, b| key(a).cmp(key(b)).then(a.start.cmp(&b.start)));
    let mut candidates: Vec<Candidate> = phrases
        .chunk_by(|a, b| key(a).eq(key(b)))
        .map(|same| Candidate::at(same.to_vec()))
        .collect();
    candidates.sort_unstable_by_key(|it| (it.first.start, it.first.end));
    candidates
}

#[cfg(test)]
mod tests;

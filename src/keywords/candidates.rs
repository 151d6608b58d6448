//! Which phrases may become keyphrases.

use std::ops::Range;

use crate::{
    spec::{Kind, Parameter, Params},
    text::{Document, Needs, Tag, Term, TokenKind},
};

/// The parameters of every extractor that weighs candidates.
pub(super) const PARAMETERS: [Parameter; 2] = [
    Parameter {
        name: "candidates",
        kind: Kind::Choice(&["noun-phrases", "runs"]),
        default: "noun-phrases",
        about: "noun phrases where the language has a tagger, or runs of content words",
    },
    Parameter {
        name: "max-words",
        kind: Kind::Integer(1, 100),
        default: "5",
        about: "longest phrase, in words; longer ones are no candidates",
    },
];

/// How candidates are found.
///
/// * **Noun phrases**: `ADJ* (NOUN | PROPN)+`, longest first from the left, where the
///   document has parts of speech; runs elsewhere. The grammar of Gallina, Boudin &
///   Daille (2020).
/// * **Runs**: longest runs of content words between stop words, numbers and
///   punctuation, as in Rose et al. (2010), *Automatic keyword extraction from
///   individual documents*.
///
/// Words joined by hyphens are one: `real-time` is as its last part, an adjective if
/// that is a participle (`object-oriented`). A line end does not end a phrase when the
/// next line goes on in lower case, as in hard-wrapped text. Phrases of more than
/// `max-words` words and of fewer than three ASCII letters are left out.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidates {
    noun_phrases: bool,
    max_words: usize,
}

/// A phrase: a sequence of stems, and where it stands first.
#[derive(Debug)]
pub(super) struct Candidate {
    /// The tokens of its first occurrence.
    pub first: Range<usize>,
    /// How probable it is that it occurs in page furniture only: the least
    /// [`Sentence::furniture`](crate::text::Sentence::furniture) of its occurrences.
    pub furniture: f32,
}

impl Candidate {
    /// The surface form of the first occurrence, white space runs as one space.
    pub(super) fn text(&self, document: &Document) -> String {
        let words: Vec<&str> =
            surface(document, &self.first).split_whitespace().collect();
        words.join(" ")
    }

    /// The stems of its words; hyphens are none.
    pub(super) fn terms<'a>(
        &self,
        document: &'a Document,
    ) -> impl Iterator<Item = Term> + 'a {
        terms(document, self.first.clone())
    }
}

fn surface<'a>(document: &'a Document, tokens: &Range<usize>) -> &'a str {
    let all = document.tokens();
    let start = all[tokens.start].span.start as usize;
    &document.full_text()[start..all[tokens.end - 1].span.end as usize]
}

fn terms(document: &Document, tokens: Range<usize>) -> impl Iterator<Item = Term> + '_ {
    document.tokens()[tokens]
        .iter()
        .filter(|token| token.is_word())
        .map(|token| token.term)
}

impl From<&Params> for Candidates {
    fn from(params: &Params) -> Self {
        Self {
            noun_phrases: params.text("candidates") == "noun-phrases",
            max_words: params.integer("max-words") as usize,
        }
    }
}

impl Candidates {
    /// Runs of at most `max_words` words.
    #[cfg(test)]
    pub(super) fn runs(max_words: usize) -> Self {
        Self { noun_phrases: false, max_words }
    }

    /// What a document must have.
    pub(super) fn needs(self) -> Needs {
        Needs { tags: self.noun_phrases, idf: false }
    }

    /// The candidates of a document in order of first occurrence. `O(n log n)`.
    pub(super) fn of(self, document: &Document) -> Vec<Candidate> {
        let tags = document.tags().filter(|_| self.noun_phrases);
        let units = units(document, tags);
        let mut phrases: Vec<Range<usize>> = Vec::new();
        let mut at = 0;
        while at < units.len() {
            let end = phrase_end(document, &units, at);
            if end > at && end - at <= self.max_words {
                phrases.push(units[at].tokens.start..units[end - 1].tokens.end);
            }
            at = end.max(at + 1);
        }
        phrases.retain(|phrase| is_long_enough(surface(document, phrase)));
        group(document, phrases)
    }
}

/// Three characters, or one that is not ASCII: `ox` is too short, `橋` is not.
fn is_long_enough(phrase: &str) -> bool {
    phrase.len() >= 3
}

/// A word, or words joined by hyphens.
#[derive(Debug)]
struct Unit {
    tokens: Range<usize>,
    class: Class,
}

/// What a unit is to the grammar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Adjective,
    Noun,
    Other,
}

/// The units of a document; punctuation between them is left out.
fn units(document: &Document, tags: Option<&[Tag]>) -> Vec<Unit> {
    let tokens = document.tokens();
    let mut units = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let start = at;
        while is_hyphen(document, at + 1) {
            at += 2;
        }
        let is_joined = at > start;
        let class = match (tokens[at].kind, tags) {
            (TokenKind::Word, Some(tags)) => class(tags[at], is_joined),
            (TokenKind::Word, None) => Class::Noun, // a run is a phrase of nouns only
            _ => Class::Other,
        };
        at += 1;
        if tokens[start].kind != TokenKind::Punctuation {
            units.push(Unit { tokens: start..at, class });
        }
    }
    units
}

fn class(tag: Tag, is_joined: bool) -> Class {
    match tag {
        Tag::Noun | Tag::Propn => Class::Noun,
        Tag::Adj => Class::Adjective,
        Tag::Verb if is_joined => Class::Adjective, // `object-oriented`
        _ => Class::Other,
    }
}

/// One past the phrase that begins with unit `start`; `start` where none does.
fn phrase_end(document: &Document, units: &[Unit], start: usize) -> usize {
    let mut end = start;
    let mut has_noun = false;
    while let Some(unit) = units.get(end) {
        let goes_on = end == start
            || (units[end - 1].tokens.end == unit.tokens.start
                && document.goes_on(unit.tokens.start));
        match unit.class {
            Class::Noun if goes_on => has_noun = true,
            Class::Adjective if goes_on && !has_noun => {}
            _ => break,
        }
        end += 1;
    }
    if has_noun { end } else { start }
}

/// Whether token `at` is a hyphen with a word close on both sides.
fn is_hyphen(document: &Document, at: usize) -> bool {
    let Some([before, hyphen, after]) = document.tokens().get(at - 1..at + 2) else {
        return false;
    };
    hyphen.kind == TokenKind::Punctuation
        && matches!(hyphen.span.of(document.full_text()), "-" | "‐" | "‑")
        && before.is_word()
        && after.is_word()
        && before.span.end == hyphen.span.start
        && hyphen.span.end == after.span.start
}

/// Occurrences of the same stems become one candidate.
fn group(document: &Document, mut phrases: Vec<Range<usize>>) -> Vec<Candidate> {
    let key = |phrase: &Range<usize>| terms(document, phrase.clone());
    phrases.sort_by(|a, b| key(a).cmp(key(b)).then(a.start.cmp(&b.start)));
    let mut candidates: Vec<Candidate> = phrases
        .chunk_by(|a, b| key(a).eq(key(b)))
        .map(|same| Candidate {
            first: same[0].clone(),
            furniture: furniture(document, same),
        })
        .collect();
    candidates.sort_unstable_by_key(|candidate| candidate.first.start);
    candidates
}

fn furniture(document: &Document, occurrences: &[Range<usize>]) -> f32 {
    let of = |run: &Range<usize>| document.furniture_at(run.start as u32);
    occurrences.iter().map(of).fold(1.0, f32::min)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Analyser, Segmenter, Source};

    fn found(candidates: Candidates, text: &str) -> Vec<String> {
        let language = "en".parse().unwrap();
        let segmenter = Segmenter::Own;
        let source = Source { id: "d", title: "", text, language, segmenter };
        let document = Analyser::new(true, None).analyse(source);
        candidates.of(&document).iter().map(|phrase| phrase.text(&document)).collect()
    }

    fn runs(text: &str) -> Vec<String> {
        found(Candidates::runs(3), text)
    }

    fn noun_phrases(text: &str) -> Vec<String> {
        found(Candidates { noun_phrases: true, max_words: 3 }, text)
    }

    #[test]
    fn stop_words_numbers_and_punctuation_end_a_run() {
        assert_eq!(
            runs("Stone bridges, and the old toll house of 1820."),
            ["Stone bridges", "old toll house"]
        );
    }

    #[test]
    fn words_joined_by_hyphens_are_one() {
        assert_eq!(
            runs("a real-time system - fast code"),
            ["real-time system", "fast code"]
        );
        assert_eq!(
            noun_phrases("The object-oriented program is a state-of-the-art tool."),
            ["object-oriented program", "state-of-the-art tool"]
        );
    }

    #[test]
    fn a_noun_phrase_is_adjectives_and_nouns() {
        assert_eq!(
            noun_phrases("The engineers quickly closed the old stone bridge on Friday."),
            ["engineers", "old stone bridge", "Friday"]
        );
    }

    #[test]
    fn a_wrapped_line_goes_on_in_lower_case() {
        assert_eq!(runs("digital\nlibraries"), ["digital libraries"]);
        assert_eq!(runs("Introduction\nBridges fall"), ["Introduction", "Bridges fall"]);
    }

    #[test]
    fn inflections_are_one_candidate_in_the_form_met_first() {
        assert_eq!(runs("Bridges. A bridge. One hull."), ["Bridges", "One hull"]);
    }

    #[test]
    fn long_phrases_and_very_short_words_are_left_out() {
        assert_eq!(runs("very large stone arch bridges collapse. ox."), [""; 0]);
    }

    #[test]
    fn languages_without_a_tagger_have_runs() {
        let source = Source {
            id: "d",
            title: "",
            text: "Die alte Brücke und der Fluss.",
            language: "de".parse().unwrap(),
            segmenter: Segmenter::Own,
        };
        let document = Analyser::new(true, None).analyse(source);
        let phrases = Candidates { noun_phrases: true, max_words: 3 }.of(&document);
        assert_eq!(phrases[0].text(&document), "alte Brücke");
    }
}

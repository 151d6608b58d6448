//! Candidates: the phrases of a document that may be selected as keyphrases.

mod forms;
mod joints;
mod numbers;
mod pke;
mod shortest;
mod tagging;
mod units;

use std::{borrow::Cow, ops::Range};

use epitome_base::spec::{Parameter, ParameterKind, Params};
use epitome_text::{AnalysisNeeds, Document, Span, TAGGERS, Tag, Tagger, readable};

use super::words::{STEMMER, Stemming, Words};
use forms::FORMS;
pub use forms::Form;
pub(super) use joints::{Joints, is_hyphen};
use pke::PkeRules;
pub(super) use pke::{
    PROFILE, PROFILE_OF_3_GRAMS, PROFILE_OF_5_GRAMS, PROFILE_OF_FILTERED,
    PROFILE_OF_PHRASES, STOP_WORDS,
};
pub use shortest::Shortest;
use tagging::TAGGER;
pub(super) use units::{Class, Unit, follows, units};

/// The parameters of every extractor that scores candidates.
pub(super) const PARAMETERS: [Parameter; 6] = [
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
/// ASCII letters, but not `EU`, `5G` and `C#`.
#[derive(Debug, Clone)]
pub struct Candidates {
    form: Form,
    tagger: &'static dyn Tagger,
    stemming: Stemming,
    max_words: usize,
    shortest: Shortest,
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
        let pke = if self.pke.is_some() {
            "|profile:pke"
        } else {
            ""
        };
        format!(
            "candidates:{form}|tagger:{tagger}|stem:{stem}|stop:{stop}|max-words:{max}{shortest}{pke}"
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
                self.shortest.has(words) && keeps(&it.first)
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
        self.tagger.tags(document).filter(|_| self.form.uses_tags())
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
mod tests {
    use super::*;
    use crate::keywords::testing::{english, in_language};

    fn found(candidates: &Candidates, document: &Document) -> Vec<String> {
        let words = candidates.words(document);
        let phrases = candidates.of(document, &words);
        phrases.iter().map(|phrase| phrase.text(document)).collect()
    }

    fn of_form(form: Form, text: &str) -> Vec<String> {
        found(&Candidates::of_form(form, 3), &english(text))
    }

    fn runs(text: &str) -> Vec<String> {
        of_form(Form::Runs, text)
    }

    fn noun_phrases(text: &str) -> Vec<String> {
        of_form(Form::NounPhrases, text)
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
    fn terms_with_digits_are_adjectives_before_nouns_and_nouns_elsewhere() {
        assert_eq!(
            noun_phrases(
                "The F-16 pilots flew near a small 3D model of Apollo 11 and H-2-B."
            ),
            ["F-16 pilots", "small 3D model", "Apollo 11", "H-2-B"]
        );
        assert_eq!(
            noun_phrases("The wall of 1820 cracked in 3 days."),
            ["wall", "days"]
        );
        assert_eq!(
            noun_phrases("The ferry of April 1 sank."),
            ["ferry", "April"]
        );
        assert_eq!(
            noun_phrases("See Section 3 of ISO 9000, of Friday 1 April."),
            ["Section", "ISO 9000", "Friday", "April"]
        );
        assert_eq!(noun_phrases("The 2-D data are old."), ["2-D data"]);
        assert_eq!(runs("flights of the F-16"), ["flights", "F-16"]);
    }

    #[test]
    fn a_number_and_its_symbol_of_measure_are_a_quantity() {
        assert_eq!(
            noun_phrases("Pulses of 1.5 kV for 20 s, a 6 Mbit/s link, and 3 of 7 m."),
            ["Pulses", "1.5 kV", "20 s", "6 Mbit/s link", "7 m"]
        );
        assert_eq!(runs("pulses of 1.5 kV"), ["pulses", "kV"]);
    }

    #[test]
    fn slashes_and_indices_join_words() {
        assert_eq!(
            noun_phrases("The CAD/CAM tool has an M/D/1 queue; oil and/or salt."),
            ["CAD/CAM tool", "M/D/1 queue", "oil", "salt"]
        );
        assert_eq!(
            noun_phrases(
                "The H/sub 2/ norm, L/sub p/-stability, /sup 133/Cs nuclei, Si/sub 10/."
            ),
            [
                "H/sub 2/ norm",
                "L/sub p/-stability",
                "/sup 133/Cs nuclei",
                "Si/sub 10"
            ]
        );
        assert_eq!(
            noun_phrases("The path /sub of a tree, and /sup"),
            ["path", "sub", "tree", "sup"]
        );
        assert_eq!(runs("the CAD/CAM tool"), ["CAD", "CAM tool"]);
    }

    #[test]
    fn two_letters_are_a_name_with_a_capital_a_digit_or_a_sign() {
        assert_eq!(
            noun_phrases("Rules of the UN and the US, in F# over 4G, for an ox."),
            ["Rules", "UN", "US", "F#", "4G"]
        );
        assert_eq!(runs("It is up to it. GIVE IT TO IT"), ["GIVE"]);
    }

    #[test]
    fn the_stop_of_an_abbreviation_does_not_cut_a_name() {
        assert_eq!(
            noun_phrases(
                "The U.K. Parliament met Prof. Stone of St. Albans. Ships left."
            ),
            ["U.K. Parliament", "Prof. Stone", "St. Albans", "Ships"]
        );
        assert_eq!(runs("Old Sundays.&nbsp;Ships."), ["Old Sundays", "Ships"]);
        let document = english("St. Albans. The town of St. Albans.");
        let candidates = Candidates::runs(3);
        let phrases = candidates.of(&document, &candidates.words(&document));
        assert_eq!(phrases[0].occurrences.len(), 2);
    }

    #[test]
    fn a_space_parts_phrases_in_scripts_without_spaces() {
        let thai = in_language("th", "โรงเรียน โรงเรียน");
        let found = found(&Candidates::runs(3), &thai);
        assert_eq!(found, ["โรงเรียน"]);
    }

    #[test]
    fn markup_is_in_no_phrase() {
        assert_eq!(
            runs(
                "_Old_ ships [list](https://a.example/x) &amp; **boats**&nbsp;sank<br/>twice."
            ),
            ["Old", "ships", "list", "boats", "sank", "twice"]
        );
        assert_eq!(runs("the R&amp;D boat"), ["R&D boat"]);
        assert_eq!(runs("har\u{AD}bour. Harbour."), ["harbour"]);
    }

    #[test]
    fn words_written_together_are_no_phrase() {
        let french = in_language("fr", "La porte de l’île. L'ILE d'un bateau.");
        let found = found(&Candidates::runs(3), &french);
        assert_eq!(found, ["porte", "île", "ILE", "bateau"]);
    }

    #[test]
    fn words_of_scripts_without_spaces_make_phrases() {
        let japanese = in_language("ja", "東京駅で電車を待つ。");
        let found = found(&Candidates::runs(3), &japanese);
        assert_eq!(found, ["東京駅", "電車", "待つ"]);
    }

    #[test]
    fn a_noun_phrase_is_adjectives_and_nouns() {
        assert_eq!(
            noun_phrases("The engineers quickly closed the old stone bridge on Friday."),
            ["engineers", "old stone bridge", "Friday"]
        );
    }

    #[test]
    fn a_content_run_may_end_in_an_adjective_and_n_grams_are_all_its_stretches() {
        let text = "The old stone bridge is safe.";
        assert_eq!(
            of_form(Form::ContentRuns, text),
            ["old stone bridge", "safe"]
        );
        assert_eq!(
            of_form(Form::Ngrams, text),
            [
                "old",
                "old stone",
                "old stone bridge",
                "stone",
                "stone bridge",
                "bridge",
                "safe"
            ]
        );
    }

    #[test]
    fn a_wrapped_line_goes_on_in_lower_case() {
        assert_eq!(runs("digital\nlibraries"), ["digital libraries"]);
        assert_eq!(
            runs("Introduction\nBridges fall"),
            ["Introduction", "Bridges fall"]
        );
    }

    #[test]
    fn inflections_are_one_candidate_in_the_form_that_occurs_first() {
        assert_eq!(
            runs("Bridges. A bridge. One hull."),
            ["Bridges", "One hull"]
        );
        let document = english("Bridges. A bridge. One hull.");
        let exact = Candidates {
            stemming: Stemming::None,
            ..Candidates::runs(3)
        };
        assert_eq!(found(&exact, &document), ["Bridges", "bridge", "One hull"]);
    }

    #[test]
    fn every_occurrence_is_known() {
        let document = english("Bridges. A bridge.");
        let candidates = Candidates::runs(3);
        let phrases = candidates.of(&document, &candidates.words(&document));
        let spans = phrases[0].spans(&document);
        assert_eq!(
            spans,
            [Span { start: 0, end: 7 }, Span { start: 11, end: 17 }]
        );
    }

    #[test]
    fn long_phrases_and_very_short_words_are_left_out() {
        assert_eq!(runs("very large stone arch bridges collapse. ox."), [""; 0]);
    }

    #[test]
    fn the_shortest_phrase_is_in_characters_without_spaces() {
        let text = "Rules of the UN, the EEC and Q 1 of an ox.";
        let of = |phrase| {
            let shortest = Shortest { phrase, word: 1 };
            found(
                &Candidates::runs(3).not_shorter_than(shortest),
                &english(text),
            )
        };
        assert_eq!(of(None), ["Rules", "UN", "EEC"]);
        assert_eq!(of(Some(1)), ["Rules", "UN", "EEC", "Q", "ox"]);
        assert_eq!(of(Some(2)), ["Rules", "UN", "EEC", "ox"]);
        assert_eq!(of(Some(3)), ["Rules", "EEC"]);
        assert_eq!(of(Some(4)), ["Rules"]);
    }

    #[test]
    fn a_phrase_with_a_word_that_is_too_short_is_no_candidate() {
        let text = "The EU treaty on real-time mail and X-ray rooms.";
        let of = |word| {
            let shortest = Shortest {
                phrase: Some(3),
                word,
            };
            found(
                &Candidates::runs(3).not_shorter_than(shortest),
                &english(text),
            )
        };
        assert_eq!(of(2), ["EU treaty", "real-time mail", "X-ray rooms"]);
        // words joined by hyphens are one
        assert_eq!(of(3), ["real-time mail", "X-ray rooms"]);
        assert_eq!(of(6), [""; 0]);
    }

    #[test]
    fn the_length_of_a_candidate_is_that_of_its_first_occurrence() {
        let of = |text| {
            let shortest = Shortest {
                phrase: Some(3),
                word: 2,
            };
            found(
                &Candidates::runs(3).not_shorter_than(shortest),
                &english(text),
            )
        };
        assert_eq!(of("An ad. Many ads."), ["Many ads"]);
        assert_eq!(of("Ads. The ad."), ["Ads"]);
        assert_eq!(of("The ad. Ads."), [""; 0]);
    }

    #[test]
    fn languages_without_a_tagger_have_runs_and_say_so() {
        let document = in_language("de", "Die alte Brücke und der Fluss.");
        let candidates = Candidates::noun_phrases(3);
        assert_eq!(found(&candidates, &document)[0], "alte Brücke");
        insta::assert_snapshot!(
            candidates.signature(&document),
            @"candidates:runs|tagger:none|stem:snowball-german|stop:nltk-de|max-words:3"
        );
        insta::assert_snapshot!(
            candidates.signature(&english("")),
            @"candidates:noun-phrases|tagger:english|stem:snowball-english|stop:nltk-en|max-words:3"
        );
    }
}

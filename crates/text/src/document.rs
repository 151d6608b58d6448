//! A document as every system sees it.

use std::{borrow::Cow, ops::Range, sync::Arc};

use super::{
    CorpusStatistics, Language, Span, Tag, boilerplate::CueWord, line_ends::Seams,
};

/// A stem, dense within one document: an index into a `Vec` of
/// [`Document::term_count`] entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Term(pub(super) u32);

impl Term {
    /// For indexing per-term tables.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What a token is to a system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// A word that carries content.
    Word,
    /// A word of the language's stop list.
    StopWord,
    /// A word without letters: `3.5`, `2024`.
    Number,
    /// Anything else that is no white space.
    Punctuation,
}

/// A word or punctuation of a document.
#[derive(Debug, Clone, Copy)]
pub struct Token {
    /// Where it stands in [`Document::full_text`], as it is written there.
    pub span: Span,
    /// Its stem.
    pub term: Term,
    /// What it is.
    pub kind: TokenKind,
}

impl Token {
    /// Whether it counts for content: no stop word, number or punctuation.
    pub fn is_content(&self) -> bool {
        self.kind == TokenKind::Word
    }

    /// Whether it counts as a word of a summary's length.
    pub fn is_word(&self) -> bool {
        self.kind != TokenKind::Punctuation
    }
}

/// A sentence of a document.
#[derive(Debug, Clone)]
pub struct Sentence {
    /// Where it stands in [`Document::full_text`].
    pub span: Span,
    /// Which tokens are its own.
    pub tokens: Range<u32>,
    /// Its paragraph, counted from 0. Blank lines separate paragraphs; in a text
    /// without any, line ends do.
    pub paragraph: u32,
    /// How probable it is that its line is boilerplate of a scraped page and not the
    /// text, from 0 to 1; 0 for the title and where nothing can be said. No system looks
    /// at it: see [`Document::without_boilerplate`].
    pub boilerplate: f32,
    /// Its text where wrapped lines are joined in it.
    pub(super) joined: Option<Box<str>>,
}

/// A text, analysed once.
///
/// The title, where there is one, is analysed like the body but is not among the
/// [`sentences`](Self::sentences): it can be weighed, not picked.
#[derive(Debug)]
pub struct Document {
    pub(super) id: String,
    pub(super) language: Language,
    pub(super) text: String,
    pub(super) body_start: u32,
    pub(super) sentences: Vec<Sentence>,
    pub(super) title_sentences: usize,
    /// Of a cluster: the first sentence of each document.
    pub(super) documents: Vec<usize>,
    pub(super) tokens: Vec<Token>,
    pub(super) stems: String,
    pub(super) stem_ends: Vec<u32>,
    /// Term → word of the language's boilerplate cues.
    pub(super) cue_words: Vec<CueWord>,
    pub(super) idf: Option<Vec<f64>>,
    pub(super) statistics: Option<Arc<CorpusStatistics>>,
    pub(super) tags: Option<Vec<Tag>>,
    pub(super) given_tags: Option<Vec<Tag>>,
    /// Of a part: where its sentences stand in the whole.
    pub(super) numbers: Option<Numbers>,
    /// The line ends that are joined.
    pub(super) seams: Seams,
}

/// Where the sentences of a part stand in the whole.
#[derive(Debug, Clone)]
pub(super) struct Numbers {
    /// The number of each in the whole, rising.
    pub(super) of: Vec<u32>,
    /// How many sentences the whole has.
    pub(super) whole: usize,
}

impl Document {
    /// Its name within the corpus.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The language it was analysed in.
    pub fn language(&self) -> Language {
        self.language
    }

    /// Title (if any), a line end, and the body: what spans point into.
    pub fn full_text(&self) -> &str {
        &self.text
    }

    /// Where the body begins in [`Self::full_text`], in bytes.
    pub fn body_start(&self) -> u32 {
        self.body_start
    }

    /// The sentences of the body, in order.
    pub fn sentences(&self) -> &[Sentence] {
        &self.sentences[self.title_sentences..]
    }

    /// The sentences of the title, then those of the body.
    pub fn all_sentences(&self) -> &[Sentence] {
        &self.sentences
    }

    /// The text of sentence `at` of the body, its wrapped lines as one; empty if there is
    /// none.
    pub fn sentence_text(&self, at: usize) -> &str {
        self.sentences()
            .get(at)
            .map_or("", |sentence| match &sentence.joined {
                Some(joined) => joined,
                None => sentence.span.of(&self.text),
            })
    }

    /// The piece of [`Self::full_text`] at `span` as a reader has it: line ends that wrap a
    /// sentence are spaces, and words that they part are whole.
    pub fn read(&self, span: Span) -> Cow<'_, str> {
        self.seams.read(&self.text, span)
    }

    /// Says that the body is a cluster of documents that begin at these bytes of it. One
    /// is none.
    pub fn divide(&mut self, starts: &[usize]) {
        let first = |start: &usize| {
            let start = self.body_start as usize + start;
            self.sentences()
                .partition_point(|it| (it.span.start as usize) < start)
        };
        self.documents = if starts.len() > 1 {
            starts.iter().map(first).collect()
        } else {
            Vec::new()
        };
    }

    /// Whether the body is a cluster of several documents.
    pub fn is_cluster(&self) -> bool {
        !self.documents.is_empty()
    }

    /// Which document of the cluster a sentence of the body stands in, counted from 0; 0
    /// where it is no cluster.
    pub fn document_of(&self, sentence: usize) -> usize {
        self.documents
            .partition_point(|&first| first <= sentence)
            .saturating_sub(1)
    }

    /// The number that a sentence of the body has in the text as it was given, of whose
    /// sentences some may have been left out.
    pub fn number_of(&self, sentence: u32) -> u32 {
        let numbers = self.numbers.as_ref();
        numbers
            .and_then(|numbers| numbers.of.get(sentence as usize))
            .map_or(sentence, |&number| number)
    }

    /// The sentence of the body that has this number in the text as it was given; none
    /// where that was left out.
    pub fn sentence_numbered(&self, number: u32) -> Option<u32> {
        match &self.numbers {
            Some(numbers) => numbers.of.binary_search(&number).ok().map(|at| at as u32),
            None => Some(number),
        }
    }

    /// How many sentences the body has as it was given.
    pub fn given_sentences(&self) -> usize {
        self.numbers
            .as_ref()
            .map_or(self.sentences().len(), |numbers| numbers.whole)
    }

    /// How many sentences of its document stand before a sentence of the body.
    pub fn place_in_document(&self, sentence: usize) -> usize {
        sentence
            - self
                .documents
                .get(self.document_of(sentence))
                .copied()
                .unwrap_or(0)
    }

    /// All tokens, the title's first.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// The tokens of one sentence.
    pub fn tokens_of(&self, sentence: &Sentence) -> &[Token] {
        &self.tokens[sentence.tokens.start as usize..sentence.tokens.end as usize]
    }

    /// The terms of the content words of one sentence, repeats included.
    pub fn content(&self, sentence: &Sentence) -> impl Iterator<Item = Term> {
        self.tokens_of(sentence)
            .iter()
            .filter(|token| token.is_content())
            .map(|t| t.term)
    }

    /// Words of one sentence: all tokens but punctuation.
    pub fn words(&self, sentence: &Sentence) -> usize {
        self.tokens_of(sentence)
            .iter()
            .filter(|token| token.is_word())
            .count()
    }

    /// How many different terms there are; every [`Term`] is below.
    pub fn term_count(&self) -> usize {
        self.stem_ends.len()
    }

    /// The stem of a term.
    pub fn stem(&self, term: Term) -> &str {
        let at = term.index();
        let start = if at == 0 {
            0
        } else {
            self.stem_ends[at - 1] as usize
        };
        &self.stems[start..self.stem_ends[at] as usize]
    }

    /// The part of speech of each token, where a system wanted it and the language has
    /// a tagger of ours.
    pub fn tags(&self) -> Option<&[Tag]> {
        self.tags.as_deref()
    }

    /// The part of speech of each token, where the corpus brought it.
    pub fn given_tags(&self) -> Option<&[Tag]> {
        self.given_tags.as_deref()
    }

    /// Whether the text goes on from token `at − 1` to token `at` as if on one line: no
    /// line end stands between, or one inside a sentence, or one with lower case after it.
    pub fn goes_on(&self, at: usize) -> bool {
        let (before, token) = (&self.tokens[at - 1], &self.tokens[at]);
        let gap = before.span.end as usize..token.span.start as usize;
        let gap = self.text.get(gap).unwrap_or("");
        let is_lower = || token.span.of(&self.text).starts_with(char::is_lowercase);
        !gap.contains('\n')
            || !self.starts_sentence(at)
            || !gap.contains("\n\n") && is_lower()
    }

    fn starts_sentence(&self, token: usize) -> bool {
        let start = |sentence: &Sentence| sentence.tokens.start as usize;
        self.sentences.binary_search_by_key(&token, start).is_ok()
    }

    /// Whether token `at` is the full stop of an abbreviation inside a name: close to a word
    /// with a capital (*St. Petersburg*), to capitals with stops between (*U.S. economy*), or
    /// to an initial, with a word after it in the same sentence.
    pub fn is_name_stop(&self, at: usize) -> bool {
        let Some([before, stop, after]) = at
            .checked_sub(1)
            .and_then(|first| self.tokens.get(first..at + 2))
        else {
            return false;
        };
        let gap = stop.span.end as usize..after.span.start as usize;
        let is_spaced = self.text.get(gap).is_some_and(|gap| gap.trim().is_empty());
        if stop.span.of(&self.text) != "."
            || before.span.end != stop.span.start
            || !is_spaced
        {
            return false;
        }
        let [before, after] = [before, after].map(|token| token.span.of(&self.text));
        let is_capital = |word: &str| word.starts_with(char::is_uppercase);
        let is_initials = before.split('.').all(|it| it.len() == 1 && is_capital(it));
        let is_name = is_capital(before)
            && (is_capital(after)
                || (is_initials && after.starts_with(char::is_alphabetic)));
        is_name && {
            let ends = |sentence: &Sentence| sentence.tokens.end as usize <= at;
            let sentence = self.sentences.get(self.sentences.partition_point(ends));
            sentence.is_some_and(|sentence| at + 1 < sentence.tokens.end as usize)
        }
    }

    /// Whether the sentence that ends before token `at` goes on there after a line wrap:
    /// the segmenter ends one at every line end.
    pub fn is_wrapped(&self, at: usize) -> bool {
        let [before, token] = [self.tokens[at - 1].span, self.tokens[at].span];
        let gap = self.text.get(before.end as usize..token.start as usize);
        gap.is_some_and(|gap| gap.contains('\n')) && self.goes_on(at)
    }

    /// Inverse document frequency of each term in the corpus, when it has been read:
    /// see [`CorpusStatistics::idf`](super::CorpusStatistics::idf).
    pub fn idf(&self) -> Option<&[f64]> {
        self.idf.as_deref()
    }

    /// What was counted in the corpus that idf is of, when it has been read.
    pub fn corpus(&self) -> Option<&CorpusStatistics> {
        self.statistics.as_deref()
    }
}

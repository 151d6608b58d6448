//! The document that every system sees.

use std::{borrow::Cow, ops::Range, sync::OnceLock};

use epitome_encodings::Encoding;

use super::{Language, Span, Tag, boilerplate::CueWord, line_ends::Seams};

/// A stem as a number that is dense within one document: an index into a `Vec` of
/// [`Document::term_count`] entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Term(pub(super) u32);

impl Term {
    /// Returns the number, for tables of terms.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The kind of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// A word with content.
    Word,
    /// A word on the stop list of the language.
    StopWord,
    /// A word without letters: `3.5`, `2024`.
    Number,
    /// Anything else that is not white space.
    Punctuation,
}

/// A word or punctuation of a document.
#[derive(Debug, Clone, Copy)]
pub struct Token {
    /// The place of the token in [`Document::full_text`], as it is written there.
    pub span: Span,
    /// The stem of the token.
    pub term: Term,
    /// The kind of the token.
    pub kind: TokenKind,
}

impl Token {
    /// Returns whether the token is a content word: not a stop word, number or
    /// punctuation.
    pub fn is_content(&self) -> bool {
        self.kind == TokenKind::Word
    }

    /// Returns whether the token counts as a word in the length of a summary.
    pub fn is_word(&self) -> bool {
        self.kind != TokenKind::Punctuation
    }
}

/// A sentence of a document.
#[derive(Debug, Clone)]
pub struct Sentence {
    /// The place of the sentence in [`Document::full_text`].
    pub span: Span,
    /// The range of its tokens.
    pub tokens: Range<u32>,
    /// The number of its paragraph, from 0. Paragraphs are separated by blank lines; in a
    /// text without blank lines, by line ends.
    pub paragraph: u32,
    /// The probability that the sentence is boilerplate of a scraped page, from 0 to 1; 0
    /// for the title and if nothing is known. No system reads it: see
    /// [`Document::without_boilerplate`].
    pub boilerplate: f32,
    /// The text of the sentence, if wrapped lines are joined in it.
    pub(super) joined: Option<Box<str>>,
}

/// A text that was analysed once. Made by an [`Analyser`](super::Analyser), and not changed
/// after that. It knows nothing of the corpus that it is from: see
/// [`CorpusView`](super::CorpusView).
///
/// If there is a title, it is analysed like the body but is not among the
/// [`sentences`](Self::sentences): its words count, but it cannot be picked.
#[derive(Debug)]
pub struct Document {
    pub(super) id: String,
    pub(super) language: Language,
    pub(super) text: String,
    pub(super) body_start: u32,
    pub(super) sentences: Vec<Sentence>,
    pub(super) title_sentences: usize,
    /// The first sentence of each document of a cluster; empty if the body is not a
    /// cluster.
    pub(super) documents: Vec<usize>,
    pub(super) tokens: Vec<Token>,
    pub(super) stems: String,
    pub(super) stem_ends: Vec<u32>,
    /// The word of the language's boilerplate cues for each term.
    pub(super) cue_words: Vec<CueWord>,
    pub(super) tags: Option<Vec<Tag>>,
    pub(super) given_tags: Option<Vec<Tag>>,
    /// The numbers of its sentences in the whole, if the document is a part.
    pub(super) numbers: Option<Numbers>,
    /// The line ends that are joined.
    pub(super) seams: Seams,
    /// Whether every line end was said to end a sentence.
    pub(super) has_sentence_lines: bool,
    /// The encoding that tokens were first asked for, with their number in each sentence.
    pub(super) counted: OnceLock<(Encoding, Vec<u32>)>,
}

/// The numbers that the sentences of a part have in the whole.
#[derive(Debug, Clone)]
pub(super) struct Numbers {
    /// The number of each sentence in the whole, rising.
    pub(super) of: Vec<u32>,
    /// The number of sentences of the whole.
    pub(super) whole: usize,
}

impl Document {
    /// Returns the id of the document within its corpus.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Returns the language in which the document was analysed.
    pub fn language(&self) -> Language {
        self.language
    }

    /// Returns the text that spans refer to: the title, if there is one, a line end, and
    /// the body.
    pub fn full_text(&self) -> &str {
        &self.text
    }

    /// Returns the byte at which the body begins in [`Self::full_text`].
    pub fn body_start(&self) -> u32 {
        self.body_start
    }

    /// Returns the sentences of the body, in order.
    pub fn sentences(&self) -> &[Sentence] {
        &self.sentences[self.title_sentences..]
    }

    /// Returns the sentences of the title, then those of the body.
    pub fn all_sentences(&self) -> &[Sentence] {
        &self.sentences
    }

    /// Returns the text of sentence `at` of the body, with its wrapped lines joined; an
    /// empty text if there is no such sentence.
    pub fn sentence_text(&self, at: usize) -> &str {
        self.sentences()
            .get(at)
            .map_or("", |sentence| match &sentence.joined {
                Some(joined) => joined,
                None => sentence.span.of(&self.text),
            })
    }

    /// Returns the part of [`Self::full_text`] at `span` as a reader reads it: line ends
    /// that wrap a sentence are spaces, and words that they divide are whole.
    pub fn read(&self, span: Span) -> Cow<'_, str> {
        self.seams.read(&self.text, span)
    }

    /// Returns the title and the body as a reader reads them: their sentences with spaces
    /// between them.
    pub fn readable_text(&self) -> String {
        let sentences = self.sentences.iter().map(|it| self.read(it.span));
        sentences.collect::<Vec<_>>().join(" ")
    }

    /// Returns whether the body is a cluster of several documents.
    pub fn is_cluster(&self) -> bool {
        !self.documents.is_empty()
    }

    /// Returns the index of the document of the cluster that contains a sentence of the
    /// body, from 0; 0 if the body is not a cluster.
    pub fn document_of(&self, sentence: usize) -> usize {
        self.documents
            .partition_point(|&first| first <= sentence)
            .saturating_sub(1)
    }

    /// Returns the number that a sentence of the body has in the whole text, from which
    /// some sentences may have been left out here.
    pub fn number_of(&self, sentence: u32) -> u32 {
        let numbers = self.numbers.as_ref();
        numbers
            .and_then(|numbers| numbers.of.get(sentence as usize))
            .map_or(sentence, |&number| number)
    }

    /// Returns the sentence of the body that has this number in the whole text; `None` if
    /// it was left out.
    pub fn sentence_numbered(&self, number: u32) -> Option<u32> {
        match &self.numbers {
            Some(numbers) => numbers.of.binary_search(&number).ok().map(|at| at as u32),
            None => Some(number),
        }
    }

    /// Returns the number of sentences of the whole body.
    pub fn given_sentences(&self) -> usize {
        self.numbers
            .as_ref()
            .map_or(self.sentences().len(), |numbers| numbers.whole)
    }

    /// Returns how many sentences of its document come before a sentence of the body.
    pub fn place_in_document(&self, sentence: usize) -> usize {
        sentence
            - self
                .documents
                .get(self.document_of(sentence))
                .copied()
                .unwrap_or(0)
    }

    /// Returns all tokens, those of the title first.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// Returns the tokens of one sentence.
    pub fn tokens_of(&self, sentence: &Sentence) -> &[Token] {
        &self.tokens[sentence.tokens.start as usize..sentence.tokens.end as usize]
    }

    /// Returns the terms of the content words of one sentence, including repeats.
    pub fn content(&self, sentence: &Sentence) -> impl Iterator<Item = Term> {
        self.tokens_of(sentence)
            .iter()
            .filter(|token| token.is_content())
            .map(|t| t.term)
    }

    /// Returns the number of words of one sentence: all tokens except punctuation.
    pub fn words(&self, sentence: &Sentence) -> usize {
        self.tokens_of(sentence)
            .iter()
            .filter(|token| token.is_word())
            .count()
    }

    /// Returns the number of tokens of each sentence under an encoding of a language model.
    /// A sentence is counted with the space that parts it from the sentence before, so
    /// that the numbers of several sentences add up to that of their text.
    ///
    /// They are counted when they are first asked for, and remembered for one encoding.
    pub fn llm_tokens(&self, encoding: Encoding) -> Cow<'_, [u32]> {
        let counted = || (encoding, self.count_llm_tokens(encoding));
        let (of, tokens) = self.counted.get_or_init(counted);
        match *of == encoding {
            true => Cow::Borrowed(tokens),
            false => Cow::Owned(self.count_llm_tokens(encoding)),
        }
    }

    fn count_llm_tokens(&self, encoding: Encoding) -> Vec<u32> {
        let sentences = (0..self.sentences().len()).map(|at| self.sentence_text(at));
        let count = |text: &str| encoding.count(&format!(" {text}")) as u32;
        sentences.map(count).collect()
    }

    /// Returns the number of different terms. Every [`Term`] is below it.
    pub fn term_count(&self) -> usize {
        self.stem_ends.len()
    }

    /// Returns the stem of a term.
    pub fn stem(&self, term: Term) -> &str {
        let at = term.index();
        let start = if at == 0 {
            0
        } else {
            self.stem_ends[at - 1] as usize
        };
        &self.stems[start..self.stem_ends[at] as usize]
    }

    /// Returns the stem of every term, in the order of the terms.
    pub fn stems(&self) -> impl Iterator<Item = &str> {
        (0..self.term_count()).map(|at| self.stem(Term(at as u32)))
    }

    /// Returns the part of speech of each token, if a system needs it and there is a
    /// tagger for the language.
    pub fn tags(&self) -> Option<&[Tag]> {
        self.tags.as_deref()
    }

    /// Returns the part of speech of each token, if the corpus provides it.
    pub fn given_tags(&self) -> Option<&[Tag]> {
        self.given_tags.as_deref()
    }

    /// Returns whether the text continues from token `at − 1` to token `at` as if on one
    /// line: there is no line end between them, or one inside a sentence, or one that is
    /// followed by lower case, unless every line end was said to end a sentence.
    pub fn goes_on(&self, at: usize) -> bool {
        let (before, token) = (&self.tokens[at - 1], &self.tokens[at]);
        let gap = before.span.end as usize..token.span.start as usize;
        let gap = self.text.get(gap).unwrap_or("");

        !gap.contains('\n')
            || !self.starts_sentence(at)
            || !self.has_sentence_lines
                && !gap.contains("\n\n")
                && token.span.of(&self.text).starts_with(char::is_lowercase)
    }

    /// Returns whether a token is the first of a sentence.
    fn starts_sentence(&self, token: usize) -> bool {
        let start = |sentence: &Sentence| sentence.tokens.start as usize;
        self.sentences.binary_search_by_key(&token, start).is_ok()
    }

    /// Returns whether token `at` is the full stop of an abbreviation inside a name: it
    /// directly follows a word with a capital (*St. Petersburg*), capitals separated by
    /// stops (*U.S. economy*) or an initial, and a word follows it in the same sentence.
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

        // a stop at the end of its sentence ends the name as well
        is_name && {
            let next = self
                .sentences
                .partition_point(|it| it.tokens.end as usize <= at);
            let sentence = self.sentences.get(next);
            sentence.is_some_and(|sentence| at + 1 < sentence.tokens.end as usize)
        }
    }

    /// Returns whether the sentence that ends before token `at` continues there after a
    /// line wrap, since the segmenter ends a sentence at every line end.
    pub fn is_wrapped(&self, at: usize) -> bool {
        // a sentence before the first token has no form: a mark of byte order, soft hyphens
        let Some(before) = at.checked_sub(1) else {
            return false;
        };
        let [before, token] = [self.tokens[before].span, self.tokens[at].span];
        let gap = self.text.get(before.end as usize..token.start as usize);
        gap.is_some_and(|gap| gap.contains('\n')) && self.goes_on(at)
    }
}

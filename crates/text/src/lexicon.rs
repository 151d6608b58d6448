//! The memory of an analyser for the words of a language.

use epitome_base::{
    intern::Interner,
    unicode::{Casing, fold},
};

use super::{
    Language, Span, Stemmer, StopWords, TaggedWord, Term, Token, TokenKind,
    boilerplate::{CueWord, Cues, NO_CUE},
    tokenise::{self, Piece, clitics::Clitics, spelling::readable},
    unspaced::Dictionaries,
};

/// The number of different surface forms above which a lexicon starts afresh, so that
/// memory does not grow with the corpus.
const LIMIT: usize = 1 << 20;

/// The words of a language with their stems and kinds, as far as they have been read.
pub(super) struct Lexicon {
    pub(super) language: Language,
    stemmer: Stemmer,
    stop_words: StopWords,
    casing: Casing,
    clitics: &'static Clitics,
    dictionaries: Dictionaries,
    surfaces: Interner,
    known: Vec<KnownWord>,
    recent: Recent,
    stems: Interner,
    cues: Option<&'static Cues>,
    /// The word of the language's boilerplate cues for each stem.
    pub(super) cue_words: Vec<CueWord>,
    /// The term in the present document for each stem; [`NONE`] if it has not occurred in
    /// it.
    terms: Vec<u32>,
    folded: String,
    pieces: Vec<(Span, Piece)>,
}

/// The stem and the kind of a word.
#[derive(Clone, Copy)]
struct KnownWord {
    stem: u32,
    kind: TokenKind,
}

/// A stem without a term in the present document.
const NONE: u32 = u32::MAX;

impl Lexicon {
    /// Returns a lexicon that knows no word yet.
    pub(super) fn of(language: Language) -> Self {
        Self {
            language,
            stemmer: Stemmer::of(language),
            stop_words: StopWords::of(language),
            casing: Casing::of(language.code()),
            clitics: Clitics::of(language.code()),
            dictionaries: Dictionaries::default(),
            surfaces: Interner::default(),
            known: Vec::new(),
            recent: Recent::default(),
            stems: Interner::default(),
            cues: Cues::of(language),
            cue_words: Vec::new(),
            terms: Vec::new(),
            folded: String::new(),
            pieces: Vec::new(),
        }
    }

    /// Returns whether the lexicon should start afresh.
    pub(super) fn is_full(&self) -> bool {
        self.surfaces.len() > LIMIT
    }

    /// Appends the tokens of the sentence at `span` to `tokens`, and the stems that are
    /// new to the document to `terms`.
    pub(super) fn tokens(
        &mut self,
        text: &str,
        span: Span,
        tokens: &mut Vec<Token>,
        terms: &mut Vec<u32>,
    ) {
        let mut pieces = std::mem::take(&mut self.pieces);
        tokenise::pieces(text, span, self.clitics, &mut pieces);
        if !span.of(text).is_ascii() {
            self.dictionaries.cut(text, &mut pieces);
        }

        let first = tokens.len();
        for (span, piece) in pieces.drain(..) {
            tokens.push(self.token(text, span, piece, terms));
        }

        mark_acronyms(text, &mut tokens[first..]);
        if !self.clitics.is_empty() {
            self.mark_pronouns(text, &mut tokens[first..]);
        }
        self.pieces = pieces;
    }

    /// Marks the pronouns that hyphens join to verbs as stop words.
    fn mark_pronouns(&self, text: &str, tokens: &mut [Token]) {
        let mut after_pronoun = false;
        for at in 2..tokens.len() {
            let [verb, hyphen, word] = [at - 2, at - 1, at].map(|at| tokens[at].span);
            let is_joined = hyphen.of(text) == "-"
                && verb.end == hyphen.start
                && hyphen.end == word.start;
            if hyphen.of(text) == "-" {
                let is_pronoun = is_joined
                    && tokens[at - 2].is_word()
                    && self.clitics.is_hyphened(word.of(text), after_pronoun);
                if is_pronoun {
                    tokens[at].kind = TokenKind::StopWord;
                }
                after_pronoun = is_pronoun;
            }
        }
    }

    /// Appends tokens as [`Self::tokens`] does, for words that were found elsewhere.
    pub(super) fn given(
        &mut self,
        text: &str,
        words: &[TaggedWord],
        tokens: &mut Vec<Token>,
        terms: &mut Vec<u32>,
    ) {
        for word in words {
            let is_word = word.span.of(text).contains(char::is_alphanumeric);
            let piece = if is_word {
                Piece::Word
            } else {
                Piece::Punctuation
            };
            tokens.push(self.token(text, word.span, piece, terms));
        }
    }

    /// Returns the token of a piece, and gives its stem a term if it has none in the document.
    #[inline]
    fn token(
        &mut self,
        text: &str,
        span: Span,
        piece: Piece,
        terms: &mut Vec<u32>,
    ) -> Token {
        let packed = pack(text.as_bytes(), span);
        let known = packed.and_then(|word| self.recent.get(word));
        let KnownWord { stem, kind } = known.unwrap_or_else(|| {
            let known = self.known(span.of(text), piece);
            if let Some(word) = packed {
                self.recent.put(word, known);
            }
            known
        });

        let term = &mut self.terms[stem as usize];
        if *term == NONE {
            *term = terms.len() as u32;
            terms.push(stem);
        }

        Token {
            span,
            term: Term(*term),
            kind,
        }
    }

    /// Returns what is known of a word, by its surface form.
    fn known(&mut self, surface: &str, piece: Piece) -> KnownWord {
        let (id, new) = self.surfaces.intern(surface.as_bytes());
        if new {
            let known = self.learn(surface, piece);
            self.known.push(known);
        }
        self.known[id as usize]
    }

    /// Finds the stem and the kind of a new surface form.
    fn learn(&mut self, surface: &str, piece: Piece) -> KnownWord {
        let read = readable(surface);
        fold(&read, self.casing, &mut self.folded);
        let kind = match piece {
            Piece::Punctuation => TokenKind::Punctuation,
            Piece::Word if !read.chars().any(char::is_alphabetic) => TokenKind::Number,
            Piece::Word if self.stop_words.contains(&self.folded) => TokenKind::StopWord,
            Piece::Word if self.clitics.contains(&self.folded) => TokenKind::StopWord,
            Piece::Word => TokenKind::Word,
        };

        let stems = &mut self.stems;
        let (stem, new) = match kind {
            TokenKind::Word | TokenKind::StopWord => self
                .stemmer
                .with_stem(&self.folded, |stem| stems.intern(stem.as_bytes())),
            TokenKind::Number | TokenKind::Punctuation => {
                stems.intern(self.folded.as_bytes())
            }
        };

        if new {
            self.terms.push(NONE);
            let cue = self.cues.map_or(NO_CUE, |cues| cues.word(self.stem(stem)));
            self.cue_words.push(cue);
        }
        KnownWord { stem, kind }
    }

    /// Returns the stem of number `stem`, in UTF-8.
    pub(super) fn stem(&self, stem: u32) -> &[u8] {
        self.stems.get(stem)
    }

    /// Forgets the terms of a document. Must be called after each document, with its
    /// terms.
    pub(super) fn forget_document(&mut self, terms: &[u32]) {
        for &stem in terms {
            self.terms[stem as usize] = NONE;
        }
    }
}

/// Marks stop words as words if they are acronyms: two capitals beside a word with small
/// letters (*lessons in IT*), or a capital that a hyphen joins to a number (*3-D*).
fn mark_acronyms(text: &str, tokens: &mut [Token]) {
    for at in 0..tokens.len() {
        let Token { span, kind, .. } = tokens[at];
        if kind != TokenKind::StopWord || span.end - span.start > 2 {
            continue;
        }

        let is_loud = span.of(text).bytes().all(|it| it.is_ascii_uppercase());
        let (before, after) = (&tokens[..at], &tokens[at + 1..]);
        let mut beside = before.last().into_iter().chain(after.first());
        let is_acronym = match span.end - span.start {
            2 => is_loud && beside.any(|token| is_quiet(text, token)),
            _ => is_loud && ends_in_number(text, before, span),
        };

        if is_acronym {
            tokens[at].kind = TokenKind::Word;
        }
    }
}

/// Returns whether a token is a word with a small letter.
fn is_quiet(text: &str, token: &Token) -> bool {
    token.is_word() && token.span.of(text).chars().any(char::is_lowercase)
}

/// Returns whether the tokens before `span` end in a number that a hyphen joins to it.
fn ends_in_number(text: &str, before: &[Token], span: Span) -> bool {
    let [.., number, hyphen] = before else {
        return false;
    };
    number.kind == TokenKind::Number
        && number.span.end == hyphen.span.start
        && hyphen.span.end == span.start
        && hyphen.span.of(text) == "-"
}

/// A cache of words of up to eight bytes that occurred lately. Each word has a single
/// place, so that there is no probing, and its bytes are compared as one number.
struct Recent(Vec<(Packed, KnownWord)>);

/// A word of up to eight bytes as a number. Unused bytes are all ones, which no byte of
/// UTF-8 is.
type Packed = u64;

/// The number of bits of a place in the cache: 8,192 places.
const RECENT_BITS: u32 = 13;

impl Default for Recent {
    fn default() -> Self {
        let nothing = (
            Packed::MAX,
            KnownWord {
                stem: 0,
                kind: TokenKind::Punctuation,
            },
        );
        Self(vec![nothing; 1 << RECENT_BITS])
    }
}

impl Recent {
    fn get(&self, word: Packed) -> Option<KnownWord> {
        let (held, known) = self.0[Self::place(word)];
        (held == word).then_some(known)
    }

    fn put(&mut self, word: Packed, known: KnownWord) {
        self.0[Self::place(word)] = (word, known);
    }

    /// Returns the place of a word, by Fibonacci hashing: the constant is 2⁶⁴ / φ.
    fn place(word: Packed) -> usize {
        (word.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - RECENT_BITS)) as usize
    }
}

/// Returns the word at `span` as a number; `None` if it is empty, longer than eight bytes
/// or within the last eight bytes of the text.
fn pack(text: &[u8], span: Span) -> Option<Packed> {
    let (start, length) = (span.start as usize, span.end.wrapping_sub(span.start));
    let eight: [u8; 8] = text.get(start..start + 8)?.try_into().ok()?;
    let others = match length {
        1..8 => Packed::MAX << (8 * length),
        8 => 0,
        _ => return None,
    };
    Some(Packed::from_le_bytes(eight) | others)
}

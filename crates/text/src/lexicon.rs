//! What an analyser remembers of the words of a language.

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

/// Above this many different surface forms a lexicon starts afresh, so that memory
/// does not grow with the corpus.
const LIMIT: usize = 1 << 20;

/// What is known of the words of a language.
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
    /// Stem → word of the language's boilerplate cues.
    pub(super) cue_words: Vec<CueWord>,
    /// Stem → term in the document at hand, [`NONE`] if not met in it.
    terms: Vec<u32>,
    folded: String,
    pieces: Vec<(Span, Piece)>,
}

#[derive(Clone, Copy)]
struct KnownWord {
    stem: u32,
    kind: TokenKind,
}

const NONE: u32 = u32::MAX;

impl Lexicon {
    /// One that knows no word yet.
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

    /// Whether it is to start afresh.
    pub(super) fn is_full(&self) -> bool {
        self.surfaces.len() > LIMIT
    }

    /// Appends the tokens of the sentence at `span`, and the terms new to the document.
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

    /// Makes stop words of the pronouns that hyphens join to verbs.
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

    /// As [`Self::tokens`], of words found elsewhere.
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

    fn known(&mut self, surface: &str, piece: Piece) -> KnownWord {
        let (id, new) = self.surfaces.intern(surface.as_bytes());
        if new {
            let known = self.learn(surface, piece);
            self.known.push(known);
        }
        self.known[id as usize]
    }

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
            let cue = |cues: &Cues| cues.word(self.stem(stem));
            self.cue_words.push(self.cues.map_or(NO_CUE, cue));
        }
        KnownWord { stem, kind }
    }

    /// The stem numbered `stem`, in UTF-8.
    pub(super) fn stem(&self, stem: u32) -> &[u8] {
        self.stems.get(stem)
    }

    /// To be called after each document, with its terms.
    pub(super) fn forget_document(&mut self, terms: &[u32]) {
        for &stem in terms {
            self.terms[stem as usize] = NONE;
        }
    }
}

/// Makes words of the stop words that are acronyms, two capitals beside a word that has
/// small letters (*lessons in IT*), or a capital that a hyphen joins to a number (*3-D*).
fn mark_acronyms(text: &str, tokens: &mut [Token]) {
    for at in 0..tokens.len() {
        let Token { span, kind, .. } = tokens[at];
        if kind != TokenKind::StopWord || span.end - span.start > 2 {
            continue;
        }
        let is_loud =
            |span: Span| span.of(text).bytes().all(|it| it.is_ascii_uppercase());
        let is_quiet = |token: &Token| {
            token.is_word() && span_has(token.span, text, char::is_lowercase)
        };
        let (before, after) = (&tokens[..at], &tokens[at + 1..]);
        let mut beside = before.last().into_iter().chain(after.first());
        let is_numbered = || match before {
            [.., number, hyphen] => {
                number.kind == TokenKind::Number
                    && number.span.end == hyphen.span.start
                    && hyphen.span.end == span.start
                    && hyphen.span.of(text) == "-"
            }
            _ => false,
        };
        let is_acronym = match span.end - span.start {
            2 => is_loud(span) && beside.any(is_quiet),
            _ => is_loud(span) && is_numbered(),
        };
        if is_acronym {
            tokens[at].kind = TokenKind::Word;
        }
    }
}

fn span_has(span: Span, text: &str, has: impl Fn(char) -> bool) -> bool {
    span.of(text).chars().any(has)
}

/// Words of up to eight bytes that were met lately, each at the one place where it can be:
/// no probing, and no second look elsewhere to compare.
struct Recent(Vec<(Packed, KnownWord)>);

/// A word of up to eight bytes, the others all ones, as no byte of UTF-8 is.
type Packed = u64;

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

    /// By Fibonacci's hashing: 2⁶⁴ / φ.
    fn place(word: Packed) -> usize {
        (word.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - RECENT_BITS)) as usize
    }
}

/// The word at `span`, unless it is empty, longer than eight bytes or at the very end of
/// the text.
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

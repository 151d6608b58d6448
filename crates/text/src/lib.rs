//! Turns text into a [`Document`], which every system then reads.
//!
//! An [`Analyser`] finds sentences ([`Segmenter`]), words, stems ([`Stemmer`]), stop
//! words ([`StopWords`]), boilerplate and, if needed, parts of speech
//! ([`EnglishTagger`]). [`CorpusStatistics`] count stems and phrases over many documents;
//! a [`CorpusView`] is what they say of one document.

mod analyse;
pub mod boilerplate;
mod corpus_view;
mod document;
mod language;
mod lexicon;
mod line_ends;
mod needs;
mod ngrams;
mod paragraphs;
mod part;
mod segment;
mod span;
mod statistics;
mod stem;
mod stopwords;
mod tag;
mod tagged;
mod tagger;
mod tokenise;
#[doc(hidden)]
pub mod training;
mod unspaced;

pub use analyse::{Analyser, Source};
pub use corpus_view::CorpusView;
pub use document::{Document, Sentence, Term, Token, TokenKind};
pub use language::{LANGUAGES, Language, UnknownLanguage};
pub use line_ends::{BlockKind, LineBlock, LineEnds};
pub use needs::{AnalysisNeeds, CorpusNeeds};
pub use segment::{Rules, Segmenter};
pub use span::Span;
pub use statistics::{CorpusStatistics, LONGEST_PHRASE};
pub use stem::Stemmer;
pub use stopwords::StopWords;
pub use stopwords::given::{GivenStopWords, StopList};
pub use tag::{EnglishTagger, Tag};
pub use tagged::{LooseWord, Misplaced, TaggedText, TaggedWord};
pub use tagger::{TAGGERS, Tagger};
pub use tokenise::spelling::readable;

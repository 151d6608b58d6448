//! Parts of speech of English words.

mod features;
mod lexicon;
mod model;
mod reader;
mod upos;
mod word;

use std::sync::OnceLock;

use features::{WINDOW, features};
use lexicon::Lexicon;
use model::Model;
use reader::Reader;
pub use upos::Tag;
use word::Word;

static ENGLISH: &[u8] = include_bytes!("tag/english.weights");

/// Gives each word of an English sentence its part of speech.
#[derive(Debug)]
pub struct Tagger {
    language: &'static Trained,
    words: Vec<Word>,
    folded: String,
}

/// What training leaves.
#[derive(Debug)]
struct Trained {
    lexicon: Lexicon,
    model: Model,
}

impl Trained {
    fn english() -> &'static Self {
        static TRAINED: OnceLock<Trained> = OnceLock::new();
        TRAINED
            .get_or_init(|| Self::read(ENGLISH).expect("the embedded weights are whole"))
    }

    fn read(file: &[u8]) -> Option<Self> {
        let mut reader = Reader::after_header(file)?;
        let lexicon = Lexicon::read(&mut reader)?;
        let model = Model::read(&mut reader)?;
        Some(Self { lexicon, model })
    }
}

impl Tagger {
    /// For English. The weights are unpacked once for all taggers, in some milliseconds.
    pub fn english() -> Self {
        Self { language: Trained::english(), words: Vec::new(), folded: String::new() }
    }

    /// Appends to `tags` one tag for each of `words`, which are one sentence.
    pub fn tag<'a>(
        &mut self,
        words: impl IntoIterator<Item = &'a str>,
        tags: &mut Vec<Tag>,
    ) {
        let Trained { lexicon, model } = self.language;
        self.words.clear();
        self.words.extend([Word::EDGE; WINDOW / 2]);
        let words = words.into_iter();
        self.words.extend(words.map(|word| Word::of(word, lexicon, &mut self.folded)));
        self.words.extend([Word::EDGE; WINDOW / 2]);
        let loud = word::is_loud(&self.words);
        let mut before = [None; 2];
        for window in self.words.array_windows::<WINDOW>() {
            let only = window[WINDOW / 2].facts.only;
            let tag = only.unwrap_or_else(|| model.best(&features(window, before, loud)));
            tags.push(tag);
            before = [Some(tag), before[0]];
        }
    }
}

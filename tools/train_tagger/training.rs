//! From treebank, list and raw text to facts and weights.

use std::collections::BTreeMap;

use super::{
    Tag,
    corpus::{Both, Sentence},
    features::WINDOW,
    greedy::greedy,
    knowledge::{self, Raw},
    lexicon::{Facts, Lexicon},
    model::{TaggerModel, WIDTH},
    perceptron::{self, Lesson, Weights},
    word::Word,
};

/// Classes of words in raw text, larger ones, and the rounds of finding them.
pub(super) const FINE: usize = 200;
pub(super) const COARSE: usize = 32;
pub(super) const EXCHANGES: usize = 6;

/// Rounds of a perceptron, its margin, and how many perceptrons are averaged.
const ROUNDS: usize = 5;
const MARGIN: f32 = 2.0;
const VOICES: u64 = 8;

/// A word met so often, and in this share with one tag, always has that tag.
const ONLY_LEAST: u32 = 20;
const ONLY_SHARE: f64 = 0.99;

/// The first tagger knows the words met so often.
const COMMON: u32 = 10;

/// Features kept: what one megabyte holds.
const KEEP: usize = 70_000;

/// What there is to learn from beside the treebank.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub raw: &'a Raw,
    pub raw_text: &'a [Vec<String>],
    pub listed: &'a BTreeMap<u32, u8>,
}

/// What comes of it.
pub(super) struct Trained {
    pub facts: Vec<(u32, Facts)>,
    pub weights: Vec<(u32, [i8; WIDTH])>,
}

impl Trained {
    pub(super) fn of(source: Source<'_>, train: &[Both]) -> Self {
        let sentences: Vec<&Sentence> = train.iter().flat_map(both).collect();
        let tags = tags_in_raw_text(source, &sentences);
        let gold = sentences.iter().copied();
        let only = knowledge::only(gold, ONLY_LEAST, ONLY_SHARE);
        let facts = source.raw.facts(source.listed, &tags, &only);
        let lexicon = Lexicon::new(&facts);
        let lessons = lessons(&sentences, &lexicon);
        let weights = voices(&lessons);
        Self {
            facts,
            weights: perceptron::quantised(weights, KEEP),
        }
    }
}

/// The average of several perceptrons.
fn voices(lessons: &[Lesson]) -> Weights {
    let mut sum: BTreeMap<u32, [f32; Tag::COUNT]> = BTreeMap::new();
    for seed in 0..VOICES {
        for (feature, row) in perceptron::learn(lessons, ROUNDS, MARGIN, seed) {
            let total = sum.entry(feature).or_default();
            total
                .iter_mut()
                .zip(row)
                .for_each(|(sum, weight)| *sum += weight);
        }
    }
    sum.into_iter().collect()
}

fn both(sentence: &Both) -> impl Iterator<Item = &Sentence> {
    let ours = Some(&sentence.ours).filter(|ours| **ours != sentence.gold);
    std::iter::once(&sentence.gold).chain(ours)
}

fn lessons(sentences: &[&Sentence], lexicon: &Lexicon) -> Vec<Lesson> {
    let lesson = |sentence: &&Sentence| Lesson {
        words: words(&sentence.words, lexicon),
        tags: sentence.tags.clone(),
    };
    sentences.iter().map(lesson).collect()
}

/// Words between two edges on either side.
pub(super) fn words(words: &[String], lexicon: &Lexicon) -> Vec<Word> {
    let mut folded = String::new();
    let edge = [Word::EDGE; WINDOW / 2];
    let inner = words
        .iter()
        .map(|word| Word::of(word, lexicon, &mut folded));
    let mut out: Vec<Word> = edge.into_iter().chain(inner).collect();
    out.extend(edge);
    out
}

/// Each word's class by the tags that a first tagger gives it in raw text. That tagger
/// knows only common words, so that it judges those of the treebank and others alike.
fn tags_in_raw_text(source: Source<'_>, sentences: &[&Sentence]) -> BTreeMap<u32, u8> {
    let counts = knowledge::counts(sentences.iter().copied());
    let common = |form: u32| {
        counts
            .get(&form)
            .is_some_and(|by_tag| by_tag.iter().sum::<u32>() >= COMMON)
    };

    let mask = |words: &mut Vec<Word>| {
        for word in words.iter_mut().filter(|word| !common(word.form)) {
            word.form = 2;
        }
    };

    let facts = source
        .raw
        .facts(source.listed, &BTreeMap::new(), &BTreeMap::new());
    let lexicon = Lexicon::new(&facts);
    let mut lessons = lessons(sentences, &lexicon);
    for lesson in &mut lessons {
        mask(&mut lesson.words);
    }
    let weights = perceptron::learn(&lessons, ROUNDS, MARGIN, 0);
    let model = TaggerModel::new(&perceptron::quantised(weights, usize::MAX));
    let mut found: BTreeMap<u32, [u32; Tag::COUNT]> = BTreeMap::new();
    let (mut masked, mut tags) = (Vec::new(), Vec::new());

    for sentence in source.raw_text {
        let known = words(sentence, &lexicon);
        masked.clone_from(&known);
        mask(&mut masked);
        let inner = &known[WINDOW / 2..known.len() - WINDOW / 2];
        tags.clear();
        greedy(&masked, &model, &mut tags);
        for (word, &tag) in inner.iter().zip(&tags) {
            found.entry(word.form).or_default()[tag as usize] += 1;
        }
    }

    found
        .into_iter()
        .map(|(form, tags)| (form, knowledge::class_of_tags(tags)))
        .collect()
}

//! The candidates of a document as features, so that a search can rank them many times.

use std::error::Error;

use epitome::{
    keywords::Keyphrase,
    metric::{MetricSet, Task},
    registry::Registry,
    text::{CorpusView, Document, Token, TokenKind},
};

use crate::{
    corpora::{Corpus, Text},
    measure::{LIMIT, Named, Scores, metrics},
};

/// The number of features of a phrase: the logarithms of its frequency, rarity, words,
/// whether it has several words, minus that of its place, that of the share of its
/// occurrences that are not inside a longer candidate, and minus one if the beginning of the
/// text is over where it first occurs.
pub(crate) const FEATURES: usize = 7;

/// The length of the beginning of a text in tokens, as of KP-Miner in words.
const BEGINNING: usize = 400;

/// A candidate phrase.
pub(crate) struct Phrase {
    pub(crate) features: [f64; FEATURES],
    /// The score that the extractor gives it.
    pub(crate) score: f64,
    /// Whether it is a gold keyphrase.
    hit: bool,
}

/// A document as a ranking sees it.
pub(crate) struct Phrases {
    /// In tokens.
    pub(crate) length: f64,
    /// Whether it has parts of speech.
    pub(crate) tagged: bool,
    /// The median number of words of the corpus's gold keyphrases.
    pub(crate) words: f64,
    /// The mean number of words of candidates where they are not inside a longer one.
    pub(crate) usual: f64,
    /// The number of gold keyphrases.
    gold: f64,
    /// In the order of their first occurrences.
    candidates: Vec<Phrase>,
}

/// An order of the candidates of a document.
pub(crate) trait Ranking {
    /// Returns the score of every candidate; a higher score is better.
    fn scores(&self, text: &Phrases) -> Vec<f64>;
}

impl Phrases {
    pub(crate) fn all(&self) -> &[Phrase] {
        &self.candidates
    }
}

/// Fills in the candidates of `epitome` in every document of a corpus.
pub(crate) fn fill(corpus: &mut Corpus) -> Result<(), Box<dyn Error>> {
    let extractor = Registry::standard().extractor(&"epitome".parse()?)?.value;
    let metrics = metrics(&["keyphrase-f1@10"])?;
    let gold = corpus.texts.iter().flat_map(|text| &text.keyphrases);
    let mut words: Vec<usize> =
        gold.map(|gold| gold.split_whitespace().count()).collect();
    words.sort_unstable();
    let words = words.get(words.len() / 2).copied().unwrap_or(0) as f64;

    for text in &mut corpus.texts {
        let mut set = MetricSet::new(Task::Keyphrases, metrics.iter().map(AsRef::as_ref));
        let references = set.references([text.keyphrases.as_slice()]);
        let mut phrases = extractor.extract(&text.document, &text.view, usize::MAX);
        phrases.sort_by_key(|phrase| phrase.occurrences[0].start);
        let features = features(&text.document, &text.view, &phrases);
        let mut filled = Phrases {
            length: text.document.tokens().len() as f64,
            tagged: text.document.tags().is_some(),
            words,
            usual: usual(&features),
            gold: text.keyphrases.len() as f64,
            candidates: Vec::new(),
        };
        for (phrase, features) in phrases.iter().zip(features) {
            let candidate = set.candidate([phrase.text.as_str()]);
            let found = set.prepare(&references).measure(&candidate);
            let recall = metrics[0].score(&found[0]).recall.unwrap_or(0.0);
            if recall > 0.0 {
                filled.gold = 1.0 / recall;
            }
            filled.candidates.push(Phrase {
                features,
                score: phrase.score,
                hit: recall > 0.0,
            });
        }
        text.phrases = Some(filled);
    }
    Ok(())
}

/// Returns the scores of rankings by the measures of keyphrases: F1@5, F1@10 and average
/// precision, of at most as many phrases as a run asks for.
pub(crate) fn rankings(
    systems: &[Named<dyn Ranking>],
    corpus: &Corpus,
    limit: usize,
) -> Result<Vec<Scores>, Box<dyn Error>> {
    let mut scores = vec![vec![Vec::new(); 3]; systems.len()];
    for Text { phrases, .. } in corpus.texts.iter().take(limit) {
        let text = phrases.as_ref().ok_or("no candidates")?;
        for (Named { system, .. }, scores) in systems.iter().zip(&mut scores) {
            let hits = text.hits(&system.scores(text));
            scores[0].push(100.0 * text.f1(&hits, 5));
            scores[1].push(100.0 * text.f1(&hits, 10));
            scores[2].push(100.0 * text.average_precision(&hits));
        }
    }
    Ok(scores)
}

impl Phrases {
    /// Returns whether each of the best phrases is a hit.
    fn hits(&self, scores: &[f64]) -> Vec<bool> {
        let better = |a: &u32, b: &u32| {
            scores[*b as usize]
                .total_cmp(&scores[*a as usize])
                .then(a.cmp(b))
        };
        let mut order: Vec<u32> = (0..scores.len() as u32).collect();
        if order.len() > LIMIT {
            order.select_nth_unstable_by(LIMIT, better);
            order.truncate(LIMIT);
        }
        order.sort_unstable_by(better);
        order
            .into_iter()
            .map(|at| self.candidates[at as usize].hit)
            .collect()
    }

    fn f1(&self, hits: &[bool], at: usize) -> f64 {
        let shown = &hits[..hits.len().min(at)];
        let right = shown.iter().filter(|hit| **hit).count() as f64;
        2.0 * right / (shown.len() as f64 + self.gold).max(1.0)
    }

    fn average_precision(&self, hits: &[bool]) -> f64 {
        let (mut found, mut sum) = (0.0, 0.0);
        for (rank, hit) in (1..).zip(hits) {
            if *hit {
                found += 1.0;
                sum += found / f64::from(rank);
            }
        }
        sum / self.gold.max(1.0)
    }
}

/// Returns the mean number of words of the occurrences that are not inside a longer candidate.
fn usual(features: &[[f64; FEATURES]]) -> f64 {
    let (mut words, mut all) = (0.0, 0.0);
    for [frequency, _, length, _, _, alone, _] in features {
        let occurrences = (frequency + alone).exp();
        words += occurrences * length.exp();
        all += occurrences;
    }
    words / f64::max(all, 1.0)
}

fn features(
    document: &Document,
    corpus: &CorpusView,
    phrases: &[Keyphrase],
) -> Vec<[f64; FEATURES]> {
    let running = running(document);
    let mut places = vec![Vec::new(); document.term_count()];
    for (at, word) in running.iter().enumerate() {
        if let Some(term) = word {
            places[*term].push(at);
        }
    }

    let features = |phrase: &Keyphrase| {
        let first = phrase.occurrences[0];
        let tokens = document.tokens();
        let start = tokens.partition_point(|token| token.span.start < first.start);
        let end = tokens.partition_point(|token| token.span.start < first.end);
        let words: Vec<&Token> = tokens[start..end]
            .iter()
            .filter(|token| token.is_word())
            .collect();
        let sequence: Vec<Option<usize>> =
            words.iter().map(|token| Some(token.term.index())).collect();
        let begins = sequence[0].map_or(&[][..], |term| &places[term]);
        let frequency = begins
            .iter()
            .filter(|&&at| running[at..].starts_with(&sequence))
            .count()
            .max(1) as f64;
        let content = words.iter().filter(|token| token.is_content());
        let idf = content.map(|token| corpus.idf(token.term).unwrap_or(5.0));
        let rarity = idf.sum::<f64>() + 0.1;
        let length = words.len() as f64;
        [
            frequency.ln(),
            rarity.ln(),
            length.ln(),
            f64::from(u8::from(length > 1.0)),
            -(1.0 + start as f64).ln(),
            (phrase.occurrences.len() as f64 / frequency).min(1.0).ln(),
            -f64::from(u8::from(start >= BEGINNING)),
        ]
    };
    phrases.iter().map(features).collect()
}

/// Returns the terms of a document one after the other: hyphens inside words are left out,
/// other punctuation is `None`.
fn running(document: &Document) -> Vec<Option<usize>> {
    let tokens = document.tokens();
    let is_hyphen = |at: usize| {
        let Some([before, hyphen, after]) = at
            .checked_sub(1)
            .and_then(|first| tokens.get(first..at + 2))
        else {
            return false;
        };
        hyphen.kind == TokenKind::Punctuation
            && matches!(hyphen.span.of(document.full_text()), "-" | "‐" | "‑")
            && before.is_word()
            && after.is_word()
            && before.span.end == hyphen.span.start
            && hyphen.span.end == after.span.start
    };
    let words = (0..tokens.len()).filter(|&at| tokens[at].is_word() || !is_hyphen(at));
    words
        .map(|at| tokens[at].is_word().then(|| tokens[at].term.index()))
        .collect()
}

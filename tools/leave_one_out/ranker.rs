//! A linear ranker of sentences.

use epitome::{
    rank::{Budget, Selection, Vectors},
    summarise::Summariser,
    text::Document,
};

/// The features of a sentence.
pub(crate) const FEATURES: usize = 6;

/// A weighted sum of features of each sentence, in this order: minus the logarithm of its
/// place in its own document; its mean cosine with all others over that of the text; the
/// frequency of its content words in the text, by word; the share of the title's words that
/// it has; the logarithm of its number of words; and the first of these times the logarithm
/// of the number of sentences over 50.
pub(crate) struct Ranker {
    pub(crate) weights: [f64; FEATURES],
}

impl Summariser for Ranker {
    fn summarise(&self, document: &Document, budget: Budget) -> Selection {
        let scores = features(document).into_iter().map(|features| {
            features
                .iter()
                .zip(self.weights)
                .map(|(feature, weight)| feature * weight)
                .sum()
        });
        Selection::best_first(scores.collect(), document, budget)
    }
}

fn features(document: &Document) -> Vec<[f64; FEATURES]> {
    let counts = Vectors::counts(document);
    let unit = counts.clone().normalised();
    let all = unit.sum(&vec![1.0; unit.len()]);
    let central = unit.dot(&all);
    let mean = central.iter().sum::<f64>() / central.len().max(1) as f64;
    let frequencies = counts.sum(&vec![1.0; counts.len()]);
    let most = frequencies.iter().copied().fold(1.0, f64::max);

    let body = document
        .sentences()
        .first()
        .map_or(0, |it| it.tokens.start as usize);
    let mut titled = vec![false; document.term_count()];
    for token in document.tokens()[..body]
        .iter()
        .filter(|token| token.is_content())
    {
        titled[token.term.index()] = true;
    }
    let title = titled.iter().filter(|it| **it).count().max(1) as f64;
    let long = (document.sentences().len() as f64 / 50.0).ln().max(0.0);

    let of = |(at, sentence)| {
        let place = -(1.0 + document.place_in_document(at) as f64).ln();
        let content = counts.row(at);
        let (frequency, words) = content.fold((0.0, 0.0), |(sum, words), (term, _)| {
            (sum + frequencies[term] / most, words + 1.0)
        });
        let shared = counts.row(at).filter(|&(term, _)| titled[term]).count() as f64;
        [
            place,
            central[at] / mean.max(1e-9),
            frequency / f64::max(words, 1.0),
            shared / title,
            (1.0 + document.words(sentence) as f64).ln(),
            place * long,
        ]
    };
    document.sentences().iter().enumerate().map(of).collect()
}

//! The extractor `epitome` and what was tried for it.

use std::error::Error;

use epitome::{keywords::KeywordExtractor, metric::Task, registry::Registry};

use crate::{
    Asked,
    corpora::Corpus,
    idea::{Grid, Idea, LearntOn},
    measure::{self, Named, OF_KEYPHRASES},
    phrases::{self, FEATURES, Phrases, Ranking},
    table::{self, Trial},
};

pub(crate) fn print(asked: &Asked) -> Result<(), Box<dyn Error>> {
    let trial = Trial {
        task: Task::Keyphrases,
        name: "keyphrases",
        metrics: &OF_KEYPHRASES,
        others: others()?,
        measure_others: measure::extractors,
        ideas: ideas(),
        measure: phrases::rankings,
        steepness: 4.0,
        prepare,
    };
    table::print(&trial, asked)
}

/// Returns all other extractors of the registry with their defaults, those on vectors
/// left out.
fn others() -> Result<Vec<Named<dyn KeywordExtractor>>, Box<dyn Error>> {
    let registry = Registry::standard();
    let mut others = Vec::new();
    for entry in registry.extractors() {
        if ["epitome", "embed-rank", "key-bert"].contains(&entry.name) {
            continue;
        }
        others.push(Named {
            name: entry.name.to_owned(),
            system: registry.extractor(&entry.name.parse()?)?.value,
        });
    }
    Ok(others)
}

/// A product of powers of the features, whose exponents depend on the length of the text.
struct Knots {
    /// Lengths in tokens with the exponents there, for texts with parts of speech.
    tagged: Vec<(f64, [f64; FEATURES])>,
    /// The same for texts without.
    untagged: Vec<(f64, [f64; FEATURES])>,
    /// What is added to the exponent of the number of words for each word that the gold
    /// keyphrases of the corpus have more than two, and taken from it for each less.
    told: f64,
    /// The same for each word that the candidates of the text have more than 1.7 in the mean.
    guessed: f64,
}

impl Knots {
    /// Returns the form whose exponents are the same with parts of speech and without, and not
    /// changed by the length of phrases.
    fn of(knots: Vec<(f64, [f64; FEATURES])>) -> Self {
        Self {
            tagged: knots.clone(),
            untagged: knots,
            told: 0.0,
            guessed: 0.0,
        }
    }
}

impl Ranking for Knots {
    fn scores(&self, text: &Phrases) -> Vec<f64> {
        let knots = if text.tagged {
            &self.tagged
        } else {
            &self.untagged
        };
        let mut exponents = at(knots, text.length);
        exponents[2] += self.told * (text.words - 2.0);
        exponents[2] += self.guessed * (text.usual - 1.7);
        let phrases = text.all().iter();
        phrases
            .map(|phrase| power(&exponents, &phrase.features))
            .collect()
    }
}

/// Returns the logarithm of the product of the powers of features.
fn power(exponents: &[f64; FEATURES], features: &[f64; FEATURES]) -> f64 {
    let products = exponents.iter().zip(features);
    products.map(|(exponent, it)| exponent * it).sum()
}

/// Returns the exponents for a text of `length` tokens: between knots by the logarithm of
/// the length, outside of them those of the nearest.
fn at(knots: &[(f64, [f64; FEATURES])], length: f64) -> [f64; FEATURES] {
    let next = knots.iter().position(|(knot, _)| length < *knot);
    let (from, to) = match next {
        Some(0) => (knots[0], knots[0]),
        Some(next) => (knots[next - 1], knots[next]),
        None => (knots[knots.len() - 1], knots[knots.len() - 1]),
    };
    let share = if to.0 > from.0 {
        (length / from.0).ln() / (to.0 / from.0).ln()
    } else {
        0.0
    };
    std::array::from_fn(|at| from.1[at] * (1.0 - share) + to.1[at] * share)
}

/// The ten best phrases by one product of powers, and all others by another, so that the first
/// are right and what follows is frequent.
struct WithTail {
    knots: Knots,
    /// Exponents of the phrases after the tenth.
    tail: [f64; FEATURES],
}

impl Ranking for WithTail {
    fn scores(&self, text: &Phrases) -> Vec<f64> {
        let phrases = text.all().iter();
        let mut scores: Vec<f64> = phrases
            .map(|phrase| power(&self.tail, &phrase.features))
            .collect();

        let most = scores.iter().copied().fold(0.0, f64::max);
        let head = epitome::rank::best_first(&self.knots.scores(text));
        for (rank, at) in head.into_iter().take(10).enumerate() {
            scores[at as usize] = most + 10.0 - rank as f64;
        }
        scores
    }
}

/// Reciprocal-rank fusion of a product of powers and of frequency alone.
struct WithFrequency {
    knots: Knots,
    /// The weight of the ranks by frequency.
    weight: f64,
}

impl Ranking for WithFrequency {
    fn scores(&self, text: &Phrases) -> Vec<f64> {
        let frequencies: Vec<f64> = text.all().iter().map(|it| it.features[0]).collect();
        let mut scores = vec![0.0; frequencies.len()];
        for (weight, of) in [(1.0, self.knots.scores(text)), (self.weight, frequencies)] {
            for (rank, at) in (1..).zip(epitome::rank::best_first(&of)) {
                scores[at as usize] += weight / (60.0 + f64::from(rank));
            }
        }
        scores
    }
}

/// The exponents of `crates/systems/src/keywords/epitome.rs`.
fn defaults() -> Knots {
    Knots::of(vec![
        (220.0, [1.25, 0.25, -0.5, 0.75, 0.25, 0.5, 0.0]),
        (400.0, [1.25, 0.6, -1.4, 0.75, 0.25, 0.2, 0.0]),
        (2_500.0, [1.25, 0.25, 0.4, 0.75, 0.35, 0.2, 0.0]),
    ])
}

/// The largest share of phrases whose score by the features of this program may differ from
/// that of the extractor: words that are joined by slashes and indices are apart here.
const APART: f64 = 0.03;

/// Fills in the candidates of a corpus, and checks that the features and exponents of this
/// program give the scores of the extractor.
fn prepare(corpus: &mut Corpus) -> Result<(), Box<dyn Error>> {
    phrases::fill(corpus)?;
    let (mut all, mut apart) = (0.0, 0.0);
    for text in corpus.texts.iter().filter_map(|text| text.phrases.as_ref()) {
        for (phrase, score) in text.all().iter().zip(defaults().scores(text)) {
            all += 1.0;
            if (phrase.score / score.exp() - 1.0).abs() > 1e-9 {
                apart += 1.0;
            }
        }
    }

    let share: f64 = apart / f64::max(all, 1.0);
    eprintln!(
        "{}: {:.2} % of phrases have another score",
        corpus.name,
        100.0 * share
    );
    if share > APART {
        return Err(format!(
            "{}: the features are not those of the extractor",
            corpus.name
        )
        .into());
    }
    Ok(())
}

/// What is tried for the exponent of each feature.
const TRIED: [&[f64]; FEATURES] = [
    &[1.0, 0.5, 0.75, 1.25],
    &[1.0, 0.25, 0.6, 1.4, 1.8],
    &[0.0, -2.0, -1.4, -1.0, -0.5, 0.4],
    &[0.0, 0.75, 1.5, -0.5],
    &[0.25, 0.0, 0.15, 0.35, 0.5],
    &[0.0, 0.2, 0.5, 1.0],
    &[0.0, 0.25, 0.5, 1.0, 2.0],
];

/// Names of the exponents at a knot.
const NAMES: [[&str; FEATURES]; 4] = [
    ["f1", "r1", "w1", "s1", "p1", "a1", "b1"],
    ["f2", "r2", "w2", "s2", "p2", "a2", "b2"],
    ["f3", "r3", "w3", "s3", "p3", "a3", "b3"],
    ["f4", "r4", "w4", "s4", "p4", "a4", "b4"],
];

/// Returns the grid of the first exponents at each of a number of knots.
fn grid(knots: usize, features: usize) -> Grid {
    let knots = NAMES.iter().take(knots);
    let of = |names: &'static [&'static str; FEATURES]| {
        names.iter().copied().zip(TRIED).take(features)
    };
    knots.flat_map(of).collect()
}

/// Returns the exponents at knots from the values of a grid of `features` a knot.
fn knots(
    lengths: &[f64],
    values: &[f64],
    features: usize,
) -> Vec<(f64, [f64; FEATURES])> {
    let values = values.chunks(features);
    let of = |(length, values): (&f64, &[f64])| {
        let exponents = std::array::from_fn(|at| values.get(at).copied().unwrap_or(0.0));
        (*length, exponents)
    };
    lengths.iter().zip(values).map(of).collect()
}

/// Lengths of abstracts, news and papers.
const LENGTHS: [f64; 3] = [220.0, 400.0, 2_500.0];

/// Returns a form with the first `features` exponents at each of `lengths`, which are learnt;
/// `change` makes it of the form whose exponents are the same with parts of speech and without,
/// and of the values of `more` parameters.
fn learnt(
    name: &'static str,
    lengths: &'static [f64],
    features: usize,
    more: Grid,
    change: fn(Knots, &[f64]) -> Box<dyn Ranking>,
) -> Idea<dyn Ranking> {
    let mut grid = grid(lengths.len(), features);
    let own = grid.len();
    grid.extend(more);
    Idea {
        name,
        learnt_on: LearntOn::Others,
        grid,
        build: Box::new(move |values| {
            let knots = knots(lengths, &values[..own], features);
            Ok(change(Knots::of(knots), &values[own..]))
        }),
    }
}

/// Returns a form as it is.
fn alone(knots: Knots, _: &[f64]) -> Box<dyn Ranking> {
    Box::new(knots)
}

/// Returns a form that is told how long gold keyphrases usually are.
fn told(knots: Knots, _: &[f64]) -> Box<dyn Ranking> {
    Box::new(Knots { told: 1.0, ..knots })
}

/// Returns a form of which texts without parts of speech leave out the first length.
fn apart(mut knots: Knots, _: &[f64]) -> Box<dyn Ranking> {
    knots.untagged.remove(0);
    Box::new(knots)
}

fn ideas() -> Vec<Idea<dyn Ranking>> {
    vec![
        Idea {
            name: "defaults",
            learnt_on: LearntOn::All,
            grid: Vec::new(),
            build: Box::new(|_| Ok(Box::new(defaults()))),
        },
        Idea {
            name: "defaults-told",
            learnt_on: LearntOn::All,
            grid: Vec::new(),
            build: Box::new(|_| Ok(told(defaults(), &[]))),
        },
        Idea {
            name: "fusion-with-tf",
            learnt_on: LearntOn::All,
            grid: vec![("weight", &[1.0, 0.25, 0.5, 2.0])],
            build: Box::new(|values| {
                Ok(Box::new(WithFrequency {
                    knots: defaults(),
                    weight: values[0],
                }))
            }),
        },
        learnt("epitome", &LENGTHS, 6, Vec::new(), alone),
        learnt("epitome-told", &LENGTHS, 6, Vec::new(), told),
        learnt("without-alone", &LENGTHS, 5, Vec::new(), alone),
        learnt("beginning", &LENGTHS, 7, Vec::new(), alone),
        learnt("tags-apart", &LENGTHS, 7, Vec::new(), apart),
        learnt("one-length", &[220.0], 6, Vec::new(), alone),
        learnt("two-lengths", &[100.0, 5_000.0], 6, Vec::new(), alone),
        learnt("short-and-long", &[800.0, 3_000.0], 6, Vec::new(), alone),
        learnt(
            "four-lengths",
            &[60.0, 220.0, 400.0, 2_500.0],
            6,
            Vec::new(),
            alone,
        ),
        learnt(
            "guessed",
            &LENGTHS,
            6,
            vec![("g", &[0.0, 1.0, 2.0, 4.0, 8.0])],
            |knots, more| {
                Box::new(Knots {
                    guessed: more[0],
                    ..knots
                })
            },
        ),
        learnt(
            "tail",
            &LENGTHS,
            6,
            vec![
                ("ft", &[1.0, 1.5, 0.5]),
                ("rt", &[0.0, 0.25, 0.6, 1.0]),
                ("wt", &[0.0, -1.0, -0.5, 0.5, 1.0]),
                ("pt", &[0.0, 0.15, 0.35]),
            ],
            |knots, more| {
                let tail = [more[0], more[1], more[2], 0.0, more[3], 0.0, 0.0];
                Box::new(WithTail { knots, tail })
            },
        ),
    ]
}

//! A form of our method, with the parameters that are fitted, and its fit.

use std::{collections::BTreeMap, error::Error};

use crate::{
    corpora::Corpus,
    measure::{Named, Scores},
};

/// Documents of each corpus that a fit looks at.
pub(crate) const LIMIT: usize = 40;

/// Parameters with the values that are tried.
pub(crate) type Grid = Vec<(&'static str, &'static [f64])>;

/// Makes a system of the values of its parameters.
pub(crate) type Build<S> = Box<dyn Fn(&[f64]) -> Result<Box<S>, Box<dyn Error>>>;

/// Scores on a corpus, and the parameters that they were made with.
pub(crate) type LeftOut = (Scores, Vec<f64>);

/// A form of our method.
pub(crate) struct Idea<S: ?Sized> {
    pub(crate) name: &'static str,
    /// What its parameters are learnt on.
    pub(crate) learnt_on: LearntOn,
    /// Parameters that are fitted, each with the values that are tried, of which the first
    /// is where the search starts. Without any, the form is the same for every corpus.
    pub(crate) grid: Grid,
    /// Makes the system of the values of the parameters.
    pub(crate) build: Build<S>,
}

/// The corpora that the parameters of a form are learnt on.
#[derive(Clone, Copy)]
pub(crate) enum LearntOn {
    /// All corpora but the one of the row.
    Others,
    /// All corpora, that of the row among them: its scores are no results.
    All,
    /// No corpus: there is nothing to learn.
    Nothing,
}

impl LearntOn {
    /// Returns the word for the table.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Others => "others",
            Self::All => "all",
            Self::Nothing => "none",
        }
    }
}

/// Scores systems on the first documents of a corpus.
pub(crate) type Measure<S> =
    fn(&[Named<S>], &Corpus, usize) -> Result<Vec<Scores>, Box<dyn Error>>;

/// The corpora, with what the best other system has on the documents that a fit looks at.
pub(crate) struct Field<'a, S: ?Sized> {
    pub(crate) corpora: &'a [Corpus],
    pub(crate) measure: Measure<S>,
    /// How steeply the utility of a relative difference rises.
    steepness: f64,
    /// By corpus and metric.
    to_beat: Vec<Vec<f64>>,
}

impl<'a, S: ?Sized> Field<'a, S> {
    /// Takes the scores of the other systems on each corpus.
    pub(crate) fn new(
        corpora: &'a [Corpus],
        measure: Measure<S>,
        steepness: f64,
        others: &[Vec<Scores>],
    ) -> Self {
        let best = |systems: &Vec<Scores>| -> Vec<f64> {
            let metrics = systems.first().map_or(0, Vec::len);
            let best = |metric: usize| {
                let means = systems.iter().map(|scores| mean_of_first(&scores[metric]));
                means.fold(f64::MIN_POSITIVE, f64::max)
            };
            (0..metrics).map(best).collect()
        };
        Self {
            corpora,
            measure,
            steepness,
            to_beat: others.iter().map(best).collect(),
        }
    }

    /// Returns the scores of a form on every corpus, each with the parameters that are
    /// fitted on all others, and these parameters.
    pub(crate) fn left_out(
        &self,
        idea: &Idea<S>,
    ) -> Result<Vec<LeftOut>, Box<dyn Error>> {
        let mut fit = Fit {
            field: self,
            idea,
            known: BTreeMap::new(),
        };
        let mut left_out = Vec::new();
        for (at, corpus) in self.corpora.iter().enumerate() {
            let values = fit.best(Some(at))?;
            let system = Named {
                name: idea.name.to_owned(),
                system: (idea.build)(&values)?,
            };
            let mut scores = (self.measure)(&[system], corpus, usize::MAX)?;
            left_out.push((scores.remove(0), values));
        }
        Ok(left_out)
    }

    /// Returns the parameters that are fitted on all corpora.
    pub(crate) fn fitted(&self, idea: &Idea<S>) -> Result<Vec<f64>, Box<dyn Error>> {
        let mut fit = Fit {
            field: self,
            idea,
            known: BTreeMap::new(),
        };
        fit.best(None)
    }
}

struct Fit<'a, S: ?Sized> {
    field: &'a Field<'a, S>,
    idea: &'a Idea<S>,
    /// The utility on each corpus of the values that were tried, as bits.
    known: BTreeMap<Vec<u64>, Vec<f64>>,
}

impl<S: ?Sized> Fit<'_, S> {
    /// Returns the values of the largest utility on all corpora but one, found one
    /// parameter at a time, in two rounds.
    fn best(&mut self, left_out: Option<usize>) -> Result<Vec<f64>, Box<dyn Error>> {
        let grid = &self.idea.grid;
        let mut values: Vec<f64> = grid.iter().map(|(_, tried)| tried[0]).collect();
        if values.is_empty() {
            return Ok(values);
        }

        let mut utility = self.utility(&values, left_out)?;
        for _ in 0..2 {
            let before = values.clone();
            for (at, (_, tried)) in grid.iter().enumerate() {
                for &value in *tried {
                    let mut next = values.clone();
                    next[at] = value;
                    let found = self.utility(&next, left_out)?;
                    if found > utility + 1e-9 {
                        (values, utility) = (next, found);
                    }
                }
            }
            if values == before {
                break;
            }
        }
        Ok(values)
    }

    fn utility(
        &mut self,
        values: &[f64],
        left_out: Option<usize>,
    ) -> Result<f64, Box<dyn Error>> {
        let key: Vec<u64> = values.iter().map(|value| value.to_bits()).collect();
        if !self.known.contains_key(&key) {
            let utilities = self.utilities(values)?;
            self.known.insert(key.clone(), utilities);
        }
        let counted = self.known[&key].iter().enumerate();
        let counted = counted.filter(|&(at, _)| Some(at) != left_out);
        Ok(counted.map(|(_, utility)| utility).sum())
    }

    /// Returns for each corpus the mean of `tanh(steepness · d)` over the metrics, in which `d` is
    /// the relative difference to the best other system: a large win on one corpus does
    /// not pay for losses on many.
    fn utilities(&self, values: &[f64]) -> Result<Vec<f64>, Box<dyn Error>> {
        let system = [Named {
            name: self.idea.name.to_owned(),
            system: (self.idea.build)(values)?,
        }];
        let corpora = self.field.corpora.iter().zip(&self.field.to_beat);
        let mut utilities = Vec::new();
        for (corpus, to_beat) in corpora {
            let scores = (self.field.measure)(&system, corpus, LIMIT)?;
            let gains = scores[0].iter().zip(to_beat);
            let gains = gains.map(|(scores, best)| {
                (self.field.steepness * (mean_of_first(scores) / best - 1.0)).tanh()
            });
            utilities.push(gains.sum::<f64>() / to_beat.len() as f64);
        }
        Ok(utilities)
    }
}

/// Returns the mean of the scores of the documents that a fit looks at.
fn mean_of_first(scores: &[f64]) -> f64 {
    let first = &scores[..scores.len().min(LIMIT)];
    first.iter().sum::<f64>() / first.len().max(1) as f64
}

//! The positions of the picked sentences in the source.

use epitome_base::spec::Entry;

use super::{
    Signature, Tokenisation,
    metric::{BoundMetric, Metric},
    metric_input::{MetricInput, MetricNeeds, Output},
    overlap::ORACLE_PICKS,
    scale::{Better, Scale},
    statistics::Statistics,
    value::Value,
};

const SOURCE: &str = "Kedzie, McKeown & Daumé (2018), Content selection in deep learning models of summarization, EMNLP (the question)";

pub(super) const POSITION: Entry<dyn Metric> = Entry {
    name: "position",
    about: "mean position of the selected sentences, from 0 (first) to 1 (last)",
    source: SOURCE,
    parameters: &[],
    build: |_| Box::new(Position),
};

pub(super) const POSITION_DISTANCE: Entry<dyn Metric> = Entry {
    name: "position-distance",
    about: "distance of the positions of selected sentences from those of the oracle",
    source: SOURCE,
    parameters: &[],
    build: |_| Box::new(PositionDistance),
};

/// A histogram of the positions of picked sentences, by tenths of their documents.
///
/// Histograms of several documents can be added up. Sentence `i` of `n` is counted in the
/// tenth that contains the middle of the sentence, `(i + ½) / n`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Histogram {
    /// The number of picked sentences in each tenth, from the first to the last.
    pub tenths: [u64; 10],
}

impl Histogram {
    /// Returns the histogram of sentences picked from a document with this number of
    /// sentences.
    pub fn of(picks: &[usize], sentences: usize) -> Self {
        let mut tenths = [0; 10];
        for &pick in picks.iter().filter(|&&pick| pick < sentences) {
            tenths[(10 * (2 * pick + 1)) / (2 * sentences)] += 1;
        }
        Self { tenths }
    }

    /// Adds the counts of another histogram.
    pub fn add(&mut self, other: &Self) {
        for (tenth, more) in self.tenths.iter_mut().zip(other.tenths) {
            *tenth += more;
        }
    }

    /// Returns the share of each tenth; all shares are 0 if no sentence was picked.
    pub fn shares(&self) -> [f64; 10] {
        let all: u64 = self.tenths.iter().sum();
        self.tenths.map(|count| count as f64 / all.max(1) as f64)
    }

    /// Returns the earth mover's distance to another histogram, in lengths of a document:
    /// the share that has to be moved times the distance. Equal histograms have the
    /// distance 0; everything in the first tenth against everything in the last has 0.9.
    /// Returns `None` if one of them is empty.
    pub fn distance(&self, other: &Self) -> Option<f64> {
        if self.tenths == [0; 10] || other.tenths == [0; 10] {
            return None;
        }
        let (mut to_move, mut distance) = (0.0_f64, 0.0);
        for (here, there) in self.shares().into_iter().zip(other.shares()) {
            to_move += here - there;
            distance += to_move.abs() / 10.0;
        }
        Some(distance)
    }
}

/// The mean position of picked sentences: the mean of `(i + ½) / n` over the sentences
/// `i` of `n`.
#[derive(Debug, Clone, Copy, Default)]
pub struct Position;

/// The [`Histogram::distance`] between the picked sentences and the oracle's, per
/// document.
#[derive(Debug, Clone, Copy, Default)]
pub struct PositionDistance;

const PICKS: MetricNeeds = MetricNeeds {
    source: true,
    picks: true,
    oracle: false,
    answers: false,
    evidence: false,
    labels: false,
    no_reference: true,
    texts: false,
};

/// The largest possible [`Histogram::distance`].
const FARTHEST: f64 = 0.9;

impl Value for Position {
    fn tokenisation(&self) -> Tokenisation {
        Tokenisation::RougeScore(None)
    }

    fn needs(&self) -> MetricNeeds {
        PICKS
    }

    fn scale(&self) -> Scale {
        Scale {
            better: Better::Neither,
            ..Scale::SHARE
        }
    }

    fn signature(&self) -> Signature {
        Signature::of(POSITION.name)
    }

    fn against<'a>(&'a self, subject: MetricInput<'a>) -> Box<dyn BoundMetric + 'a> {
        let sentences = subject.sentences;
        Box::new(move |output: Output<'_>| {
            let picks = output.picks.unwrap_or_default();
            let inside: Vec<f64> = picks
                .iter()
                .filter(|&&pick| pick < sentences)
                .map(|&pick| (pick as f64 + 0.5) / sentences as f64)
                .collect();
            if inside.is_empty() {
                return Statistics::left_out();
            }
            Statistics::value(inside.iter().sum::<f64>() / inside.len() as f64)
        })
    }
}

impl Value for PositionDistance {
    fn tokenisation(&self) -> Tokenisation {
        Tokenisation::RougeScore(None)
    }

    fn needs(&self) -> MetricNeeds {
        MetricNeeds {
            oracle: true,
            no_reference: false,
            ..PICKS
        }
    }

    fn scale(&self) -> Scale {
        // all at the start against all at the end
        Scale {
            high: Some(FARTHEST),
            better: Better::Lower,
            ..Scale::SHARE
        }
    }

    fn signature(&self) -> Signature {
        Signature::of(POSITION_DISTANCE.name)
            .with("bins", "10")
            .with("oracle", ORACLE_PICKS)
    }

    fn against<'a>(&'a self, subject: MetricInput<'a>) -> Box<dyn BoundMetric + 'a> {
        let sentences = subject.sentences;
        let oracle = Histogram::of(subject.oracle.unwrap_or_default(), sentences);
        Box::new(move |output: Output<'_>| {
            let picks = Histogram::of(output.picks.unwrap_or_default(), sentences);
            picks
                .distance(&oracle)
                .map_or_else(Statistics::left_out, Statistics::value)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::value::tests::{Case, value};
    use super::*;

    #[test]
    fn a_sentence_is_in_the_tenth_of_its_middle() {
        assert_eq!(
            Histogram::of(&[0, 1, 9], 10).tenths,
            [1, 1, 0, 0, 0, 0, 0, 0, 0, 1]
        );
        assert_eq!(
            Histogram::of(&[0], 1).tenths,
            [0, 0, 0, 0, 0, 1, 0, 0, 0, 0]
        );
        assert_eq!(Histogram::of(&[7], 3).tenths, [0; 10]);
    }

    #[test]
    fn distance_is_share_times_way() {
        let at = |picks: &[usize]| Histogram::of(picks, 10);
        let distance = |a: &[usize], b: &[usize]| at(a).distance(&at(b));
        assert!((distance(&[0], &[9]).unwrap() - 0.9).abs() < 1e-12);
        assert!((distance(&[0, 4], &[0]).unwrap() - 0.2).abs() < 1e-12);
        assert_eq!(
            (distance(&[3], &[3]), distance(&[], &[3])),
            (Some(0.0), None)
        );
    }

    #[test]
    fn metrics_are_of_picks() {
        let case = Case {
            picks: &[0, 1],
            oracle: &[3],
            source: &["a", "b", "c", "d"],
            ..Case::default()
        };
        assert_eq!(value(POSITION, "", &case), 0.25);
        assert!((value(POSITION_DISTANCE, "", &case) - 0.65).abs() < 0.06);
    }
}

//! Luhn: sentences in which significant words are close together.

mod sumy;

use crate::rank::Vectors;
use epitome_base::spec::{Entry, Parameter, ParameterKind, Params, Profiles};
use epitome_text::{Document, Sentence};

use super::{
    profiles::Build,
    profiles::paper_or_sumy,
    profiles::stop_words_of,
    summariser::{SentenceScorer, Summariser},
};

const PROFILES: &Profiles<Build, 2> = &paper_or_sumy(
    |params| Box::new(Luhn::from(params)),
    |params| Box::new(sumy::Luhn::from(params)),
);

pub(super) const ENTRY: Entry<dyn Summariser> = Entry {
    name: "luhn",
    about: "the densest cluster of frequent words in a sentence",
    source: "Luhn (1958), The automatic creation of literature abstracts, IBM Journal 2(2):159-165",
    parameters: &[
        Parameter {
            name: "frequency",
            kind: ParameterKind::Integer(1, u64::MAX),
            default: "2",
            about: "minimum number of occurrences of a significant word in the document",
        },
        Parameter {
            name: "gap",
            kind: ParameterKind::Integer(0, u64::MAX),
            default: "4",
            about: "maximum number of insignificant words between two significant ones of a cluster",
        },
        PROFILES.parameter(),
        stop_words_of(&["sumy"]),
    ],
    build: |params| params.profile(PROFILES)(params),
};

/// The best cluster of a sentence.
///
/// ```text
/// score(s) = max over clusters of (significant words)² / (words from first to last)
/// ```
///
/// A content stem is significant if it occurs at least `frequency` times in the document.
/// A cluster begins and ends with significant words and has no more than `gap` other
/// words in a row; numbers and stop words count as words. `O(tokens)`.
///
/// Luhn (1958). Left open there: the frequency, which he sets by the length of the text;
/// which common words are left out, by a stored list as here or by their frequency.
#[derive(Debug, Clone, PartialEq)]
pub struct Luhn {
    /// The number of occurrences in the document from which a word is significant.
    pub frequency: f64,
    /// The largest number of insignificant words between two significant ones of a
    /// cluster.
    pub gap: usize,
}

default_of_entry!(Luhn);

impl From<&Params> for Luhn {
    fn from(params: &Params) -> Self {
        let frequency = params.integer("frequency") as f64;
        Self {
            frequency,
            gap: params.integer("gap") as usize,
        }
    }
}

impl SentenceScorer for Luhn {
    fn scores(&self, document: &Document) -> Vec<f64> {
        let counts = Vectors::counts(document);
        let frequencies = counts.sum(&vec![1.0; counts.len()]);
        document
            .sentences()
            .iter()
            .map(|sentence| self.best_cluster(document, sentence, &frequencies))
            .collect()
    }
}

impl Luhn {
    fn best_cluster(
        &self,
        document: &Document,
        sentence: &Sentence,
        frequencies: &[f64],
    ) -> f64 {
        let words = document
            .tokens_of(sentence)
            .iter()
            .filter(|token| token.is_word());
        let significant = words.enumerate().filter(|(_, word)| {
            word.is_content() && frequencies[word.term.index()] >= self.frequency
        });

        let mut best = 0.0_f64;
        let mut cluster: Option<Cluster> = None;
        for (at, _) in significant {
            cluster = match cluster {
                Some(open) if at - open.last <= self.gap.saturating_add(1) => {
                    Some(Cluster {
                        last: at,
                        words: open.words + 1,
                        ..open
                    })
                }
                closed => {
                    best = best.max(closed.map_or(0.0, Cluster::score));
                    Some(Cluster {
                        first: at,
                        last: at,
                        words: 1,
                    })
                }
            };
        }
        best.max(cluster.map_or(0.0, Cluster::score))
    }
}

/// The first and last place of a cluster, and the number of its significant words.
struct Cluster {
    first: usize,
    last: usize,
    words: usize,
}

impl Cluster {
    fn score(self) -> f64 {
        (self.words * self.words) as f64 / (self.last - self.first + 1) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rank::testing::lines;

    fn scores(gap: usize, text: &str) -> Vec<f64> {
        Luhn {
            frequency: 2.0,
            gap,
        }
        .scores(&lines(text))
    }

    #[test]
    fn a_cluster_scores_its_count_squared_over_its_span() {
        let found = scores(4, "whales of the sea sing\nwhales sing\nthe ships\n");
        assert_eq!(found, [4.0 / 5.0, 2.0, 0.0]);
    }

    #[test]
    fn a_gap_that_is_too_wide_parts_a_cluster() {
        let text = "whales sing and then they sing\nwhales\n";
        assert_eq!(scores(3, text)[0], 9.0 / 6.0);
        assert_eq!(scores(2, text)[0], 4.0 / 2.0);
    }
}

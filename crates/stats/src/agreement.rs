//! The agreement of a metric with human scores, over summaries of documents by systems.

use super::{
    correlation::{Correlations, Points},
    interval::Bounds,
    resample::{draw, percentile_interval},
};

/// What is correlated: which scores of the metric with which human scores.
///
/// Louis & Nenkova (2013), *Automatically assessing machine summary content without a
/// gold standard*, Computational Linguistics 39(2), section 3; the names are those of
/// Deutsch, Dror & Roth (2021), who call the last level global.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// The means of systems are correlated: does the metric rank systems as people do?
    System,
    /// The scores of the systems are correlated within each document; the value is the
    /// mean over the documents for which the correlation is defined.
    Summary,
    /// All summaries are correlated as one list.
    Pooled,
}

impl Level {
    /// All levels, in the order of tables.
    pub const ALL: [Self; 3] = [Self::System, Self::Summary, Self::Pooled];

    /// Returns the name of the level in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Summary => "summary",
            Self::Pooled => "pooled",
        }
    }
}

/// The scores of one summary: one by the metric and one by people.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct JudgedItems {
    /// The number of the document that is summarised.
    pub document: usize,
    /// The number of the system that wrote the summary.
    pub system: usize,
    /// The score by the metric.
    pub metric: f64,
    /// The score by people.
    pub human: f64,
}

/// Judged summaries, sorted once so that a resample is only a list of counts.
///
/// A document need not have a summary by every system.
#[derive(Debug, Clone)]
pub struct Sample {
    summaries: Vec<JudgedItems>,
    documents: Vec<Vec<usize>>,
    within: Vec<Points>,
    pooled: Points,
    systems: usize,
}

/// The number of times that a resample contains each summary, document and system.
#[derive(Debug, Clone)]
pub(super) struct Counts {
    pub(super) documents: Vec<f64>,
    pub(super) systems: Vec<f64>,
    pub(super) summaries: Vec<f64>,
}

/// The percentile intervals of one correlation, one for each kind of resampling.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Intervals {
    /// The interval over resamples of the documents, with the same systems.
    pub documents: Option<Bounds>,
    /// The interval over resamples of the systems, with the same documents.
    pub systems: Option<Bounds>,
    /// The interval over resamples of both documents and systems.
    pub both: Option<Bounds>,
}

impl Sample {
    /// Returns a sample of judged summaries. The complexity is `O(n log n)`.
    pub fn new(mut summaries: Vec<JudgedItems>) -> Self {
        let documents = dense(&mut summaries, |summary| &mut summary.document);
        let systems = dense(&mut summaries, |summary| &mut summary.system);
        let mut of_document = vec![Vec::new(); documents];
        for (at, summary) in summaries.iter().enumerate() {
            of_document[summary.document].push(at);
        }

        let pair = |summary: &JudgedItems| (summary.metric, summary.human);
        let within = of_document
            .iter()
            .map(|places| Points::new(places.iter().map(|&at| pair(&summaries[at]))));

        Self {
            within: within.collect(),
            pooled: Points::new(summaries.iter().map(pair)),
            documents: of_document,
            summaries,
            systems,
        }
    }

    /// Returns the number of summaries.
    pub fn summaries(&self) -> usize {
        self.summaries.len()
    }

    /// Returns the number of documents that have a summary.
    pub fn documents(&self) -> usize {
        self.documents.len()
    }

    /// Returns the number of systems that have a summary.
    pub fn systems(&self) -> usize {
        self.systems
    }

    /// Returns the correlations at each level, in the order of [`Level::ALL`].
    pub fn correlations(&self) -> [Correlations; 3] {
        self.of_resample(&self.once())
    }

    /// Returns the intervals that contain the middle `share` of the resampled values, by
    /// level and coefficient. Resamples in which a correlation is undefined are left out.
    ///
    /// Deutsch, Dror & Roth (2021), *A statistical analysis of summarization evaluation
    /// metrics using resampling methods*, TACL 9: their Boot-Inputs, Boot-Systems and
    /// Boot-Both. The random streams of `seed` do not depend on the metric, so metrics
    /// share their resamples.
    pub fn intervals(
        &self,
        seed: u64,
        resamples: u32,
        share: f64,
    ) -> [[Intervals; 3]; 3] {
        // indexed by what was drawn, level and coefficient
        let mut drawn: [[[Vec<f64>; 3]; 3]; 3] = Default::default();
        let once = self.once();
        let within = self.within(&once);

        for resample in 0..u64::from(resamples) {
            let documents = draw(seed, 2 * resample, self.documents());
            let systems = draw(seed, 2 * resample + 1, self.systems);

            let other_documents = Counts {
                documents,
                ..once.clone()
            };
            let other_systems = Counts {
                systems,
                ..once.clone()
            };
            let both = Counts {
                documents: other_documents.documents.clone(),
                ..other_systems.clone()
            };

            // the scores within a document do not depend on how often the document was
            // drawn
            let within_others = self.within(&other_systems);
            let found = [
                self.levels(&other_documents, &within),
                self.levels(&other_systems, &within_others),
                self.levels(&both, &within_others),
            ];

            for (drawn, found) in drawn.iter_mut().flatten().flatten().zip(flat(&found)) {
                drawn.extend(found);
            }
        }

        let mut bounds = drawn.map(|levels| {
            levels.map(|values| values.map(|values| percentile_interval(values, share)))
        });

        std::array::from_fn(|level| {
            std::array::from_fn(|coefficient| {
                let [documents, systems, both] =
                    [0, 1, 2].map(|kind| bounds[kind][level][coefficient].take());
                Intervals {
                    documents,
                    systems,
                    both,
                }
            })
        })
    }

    /// Returns the counts of the sample itself: everything once.
    pub(super) fn once(&self) -> Counts {
        Counts {
            documents: vec![1.0; self.documents()],
            systems: vec![1.0; self.systems],
            summaries: vec![1.0; self.summaries()],
        }
    }

    /// Returns the correlations of a resample at each level, in the order of
    /// [`Level::ALL`].
    pub(super) fn of_resample(&self, counts: &Counts) -> [Correlations; 3] {
        self.levels(counts, &self.within(counts))
    }

    /// Returns the correlations at each level, with those within documents already
    /// computed.
    fn levels(&self, counts: &Counts, within: &[Correlations]) -> [Correlations; 3] {
        let counts_of_summaries = self.summaries.iter().zip(&counts.summaries);
        let pooled: Vec<f64> = counts_of_summaries
            .map(|(summary, kept)| {
                kept * counts.documents[summary.document] * counts.systems[summary.system]
            })
            .collect();

        [
            self.between_systems(counts),
            mean_where_defined(&counts.documents, within),
            self.pooled.correlations(&pooled),
        ]
    }

    /// Returns the correlations of the means of systems.
    fn between_systems(&self, counts: &Counts) -> Correlations {
        let mut sums = vec![(0.0, [0.0; 2]); self.systems];
        for (summary, kept) in self.summaries.iter().zip(&counts.summaries) {
            let count = kept * counts.documents[summary.document];
            let (total, [metric, human]) = &mut sums[summary.system];
            *total += count;
            *metric += count * summary.metric;
            *human += count * summary.human;
        }

        // a system is absent if none of its documents was drawn
        let drawn = || {
            sums.iter()
                .zip(&counts.systems)
                .filter(|(sum, _)| sum.0 > 0.0)
        };

        let mean = |list: usize| {
            let means = drawn().map(|((total, sums), _)| sums[list] / total);
            equal_where_close(means.collect())
        };

        let means = mean(0).into_iter().zip(mean(1));
        let counts: Vec<f64> = drawn().map(|(_, &count)| count).collect();
        Points::new(means).correlations(&counts)
    }

    /// Returns the correlations within each document, whose own counts do not matter.
    fn within(&self, counts: &Counts) -> Vec<Correlations> {
        let documents = self.within.iter().zip(&self.documents);
        let correlations = documents.map(|(points, places)| {
            let counts = places.iter().map(|&at| {
                counts.summaries[at] * counts.systems[self.summaries[at].system]
            });
            points.correlations(&counts.collect::<Vec<f64>>())
        });
        correlations.collect()
    }
}

/// Makes means equal that differ by less than can be seen in 12 digits: people give few
/// different scores, and means of equal sums differ by the order of the summands.
fn equal_where_close(mut means: Vec<f64>) -> Vec<f64> {
    let mut order: Vec<usize> = (0..means.len()).collect();
    order.sort_by(|&a, &b| means[a].total_cmp(&means[b]));
    let largest = means
        .iter()
        .fold(0.0, |largest: f64, mean| largest.max(mean.abs()));
    for pair in order.windows(2) {
        if means[pair[1]] - means[pair[0]] <= 1e-12 * largest {
            means[pair[1]] = means[pair[0]];
        }
    }
    means
}

fn flat(found: &[[Correlations; 3]; 3]) -> impl Iterator<Item = Option<f64>> {
    found.iter().flatten().flatten().copied()
}

/// Renumbers things in their order without gaps, and returns the number of different
/// ones.
fn dense(
    summaries: &mut [JudgedItems],
    number: impl Fn(&mut JudgedItems) -> &mut usize,
) -> usize {
    let mut known: Vec<usize> = summaries.iter_mut().map(|one| *number(one)).collect();
    known.sort_unstable();
    known.dedup();
    for summary in summaries {
        let number = number(summary);
        *number = known.partition_point(|other| other < number);
    }
    known.len()
}

/// Returns the mean of each coefficient over the documents for which it is defined.
fn mean_where_defined(counts: &[f64], within: &[Correlations]) -> Correlations {
    std::array::from_fn(|coefficient| {
        let (mut total, mut sum) = (0.0, 0.0);
        for (count, correlations) in counts.iter().zip(within) {
            if let Some(value) = correlations[coefficient] {
                total += count;
                sum += count * value;
            }
        }
        (total > 0.0).then(|| sum / total)
    })
}

#[cfg(test)]
pub(super) mod tests;

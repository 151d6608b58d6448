//! GRASSHOPPER: an absorbing random walk, which ends at sentences that are already selected.

use crate::rank::{
    Alike, Budget, Links, Selection, Summary, TermLinks, Vectors, best_first,
    biased_pagerank,
};
use epitome_base::spec::{Choice, Entry, Parameter, ParameterKind, Params};
use epitome_text::Document;

use super::{
    comparison,
    summariser::{Summariser, TooLong},
};

const LINKS: &Choice<bool, 2> = &Choice::new(
    "links",
    [("threshold", true), ("cosine", false)],
    "edges of weight 1 above the threshold, or of the cosine",
);

pub(super) const ENTRY: Entry<dyn Summariser> = Entry {
    name: "grasshopper",
    about: "an absorbing random walk: each selected sentence absorbs visits to similar ones",
    source: "Zhu, Goldberg, Van Gael & Andrzejewski (2007), Improving diversity in ranking using absorbing random walks, NAACL",
    parameters: &[
        Parameter {
            name: "damping",
            kind: ParameterKind::Number(0.0, 0.99),
            default: "0.5",
            about: "probability that the random walk follows an edge instead of restarting, the paper's λ",
        },
        Parameter {
            name: "position",
            kind: ParameterKind::Number(0.0, 10.0),
            default: "0.25",
            about: "exponent: the prior of the n-th sentence is n to the power of minus this, the paper's α",
        },
        LINKS.parameter(),
        Parameter {
            name: "threshold",
            kind: ParameterKind::Number(0.0, 1.0),
            default: "0.1",
            about: "cosine above which two sentences are linked, for links=threshold",
        },
    ],
    build: |params| Box::new(Grasshopper::from(params)),
};

/// GRASSHOPPER, an absorbing random walk.
///
/// ```text
/// P̂ = λ P + (1 − λ) 1 rᵀ        r(n) ∝ n^−α
/// first pick: the stationary distribution of P̂; then the sentence that a walk visits
/// most before it reaches a pick: v = 1 + Qᵀ v, Q being P̂ among the sentences left
/// ```
///
/// `P` are the edges of `links` between tf-isf vectors with normalised rows; from a
/// sentence without edges the walk restarts. The rank-one part of `Q` is solved
/// separately (Sherman & Morrison), so that a pick costs two sums of powers of `λ P`,
/// each term of which is `O(tokens)` (`O(links)` with `links=threshold`), and no inverse.
///
/// Zhu et al. (2007), section 3, with the graph of LexRank: an edge if the cosine is
/// above 0.1. Left open there: the collection in which idf is counted, here the sentences
/// of the document; the weight of an edge, here 1 as in LexRank.
#[derive(Debug, Clone, PartialEq)]
pub struct Grasshopper {
    /// Probability that the random walk follows an edge instead of restarting, the paper's λ.
    pub damping: f64,
    /// The power of the prior, the paper's α: the n-th sentence has n to minus this.
    pub position: f64,
    /// The cosine above which two sentences are linked; `None` if the cosines themselves
    /// are the weights.
    pub threshold: Option<f64>,
}

default_of_entry!(Grasshopper);

impl From<&Params> for Grasshopper {
    fn from(params: &Params) -> Self {
        let cuts = params.choice(LINKS);
        Self {
            damping: params.number("damping"),
            position: params.number("position"),
            threshold: cuts.then(|| params.number("threshold")),
        }
    }
}

/// The largest number of sentences: each pick goes about eighty times over all links, whose
/// number grows with the square of the length.
const MOST_SENTENCES: usize = 60_000;

/// The number of products in whose time ten picks go over a pair that is linked.
const OF_PAIR: u64 = 20;

impl Summariser for Grasshopper {
    fn summarise(&self, document: &Document, budget: Budget) -> Selection {
        let vectors = Vectors::tf_isf(document);
        match self.threshold {
            Some(threshold) => {
                self.picks(Alike::above(threshold, vectors), document, budget)
            }
            None => self.picks(TermLinks::cosine(vectors, 0.0), document, budget),
        }
    }

    fn most_sentences(&self) -> Option<usize> {
        Some(MOST_SENTENCES)
    }

    fn most_steps(&self) -> Option<u64> {
        self.threshold.map(|_| comparison::MOST_STEPS)
    }

    fn refusal(&self, document: &Document) -> Option<TooLong> {
        TooLong::by_sentences(document, self.most_sentences()).or_else(|| {
            self.threshold
                .and_then(|above| comparison::refusal(document, above, OF_PAIR))
        })
    }
}

impl Grasshopper {
    fn picks(&self, links: impl Links, document: &Document, budget: Budget) -> Selection {
        let prior = self.prior(links.len());
        let strengths = links.strengths();
        let walk = Walk {
            links,
            strengths,
            prior,
            damping: self.damping,
        };

        let mut summary = Summary::new(document, budget);
        let mut left = vec![true; walk.prior.len()];
        let mut visits = biased_pagerank(&walk.links, self.damping, &walk.prior);

        while !summary.is_full() {
            let order = best_first(&visits);
            let Some(best) = order.into_iter().find(|&at| summary.take(at)) else {
                break;
            };

            left[best as usize] = false;
            if summary.is_full() {
                break;
            }
            visits = walk.visits(&left);
        }
        summary.finish()
    }

    fn prior(&self, count: usize) -> Vec<f64> {
        let mut prior: Vec<f64> = (1..=count)
            .map(|n| (n as f64).powf(-self.position))
            .collect();
        let sum: f64 = prior.iter().sum();
        for share in &mut prior {
            *share /= sum;
        }
        prior
    }
}

/// The random walk among the sentences that are not selected.
struct Walk<L> {
    links: L,
    strengths: Vec<f64>,
    prior: Vec<f64>,
    damping: f64,
}

impl<L: Links> Walk<L> {
    /// Returns the expected number of visits to each sentence that is not selected, before the
    /// walk reaches a selected one. Selected sentences have −1, which is below all others.
    fn visits(&self, left: &[bool]) -> Vec<f64> {
        let ones: Vec<f64> = left.iter().map(|&left| f64::from(u8::from(left))).collect();
        let prior: Vec<f64> = ones.iter().zip(&self.prior).map(|(a, b)| a * b).collect();

        let from_all = self.along_edges(&ones, left);
        let from_prior = self.along_edges(&prior, left);

        // a walk restarts `restarts` times, and each restart is distributed as the prior
        let restart = |visits: &[f64]| -> f64 {
            let shares = self
                .strengths
                .iter()
                .zip(visits)
                .map(|(&strength, visits)| {
                    visits
                        * if strength > 0.0 {
                            1.0 - self.damping
                        } else {
                            1.0
                        }
                });
            shares.sum()
        };
        let ends = 1.0 - restart(&from_prior);
        let restarts = if ends > 0.0 {
            restart(&from_all) / ends
        } else {
            0.0
        };

        let visits = from_all.iter().zip(&from_prior).zip(left);
        visits
            .map(|((a, b), &left)| if left { a + restarts * b } else { -1.0 })
            .collect()
    }

    /// Returns `Σₖ (λ Pᵀ)ᵏ start` among the sentences that are left, until a term is
    /// below 1e-13 of the first.
    fn along_edges(&self, start: &[f64], left: &[bool]) -> Vec<f64> {
        let mut sum = start.to_vec();
        let mut term = start.to_vec();
        let mut next = vec![0.0; start.len()];
        let small = 1e-13 * start.iter().sum::<f64>();

        while term.iter().sum::<f64>() > small {
            for (flow, &strength) in term.iter_mut().zip(&self.strengths) {
                *flow = if strength > 0.0 {
                    self.damping * *flow / strength
                } else {
                    0.0
                };
            }

            self.links.gather(&term, &mut next);
            for (at, (term, next)) in term.iter_mut().zip(&next).enumerate() {
                *term = if left[at] { *next } else { 0.0 };
                sum[at] += *term;
            }
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rank::testing::lines;

    #[test]
    fn a_neighbour_of_a_pick_has_to_wait() {
        let text = "whales sing songs\nwhales sing\nwhales sing loudly\n\
                    ships carry salt\nships carry coal\n";
        let grasshopper = Grasshopper {
            damping: 0.5,
            position: 0.0,
            threshold: None,
        };
        let picks = grasshopper
            .summarise(&lines(text), Budget::Sentences(2))
            .picks;
        assert!(picks[0] < 3 && picks[1] >= 3, "{picks:?}");
    }

    #[test]
    fn visits_solve_their_equation() {
        let document =
            lines("whales sing\nwhales swim\nships sing\nof the\nships swim\n");
        let links = TermLinks::cosine(Vectors::tf_isf(&document), 0.0);
        let strengths = links.strengths();
        let walk = Walk {
            links,
            strengths,
            prior: vec![0.2; 5],
            damping: 0.5,
        };

        let left = [true, false, true, true, true];
        let visits = walk.visits(&left);
        let mut flows = vec![0.0; 5];
        let mut restarts = 0.0;

        for at in (0..5).filter(|&at| left[at]) {
            let isolated = walk.strengths[at] == 0.0;
            flows[at] = if isolated {
                0.0
            } else {
                0.5 * visits[at] / walk.strengths[at]
            };
            restarts += if isolated {
                visits[at]
            } else {
                0.5 * visits[at]
            };
        }

        let mut inflow = vec![0.0; 5];
        walk.links.gather(&flows, &mut inflow);
        for at in (0..5).filter(|&at| left[at]) {
            let wanted = 1.0 + inflow[at] + 0.2 * restarts;
            assert!(
                (visits[at] - wanted).abs() < 1e-9,
                "{} {wanted}",
                visits[at]
            );
        }
    }
}

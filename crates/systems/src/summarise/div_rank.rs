//! DivRank: a vertex-reinforced random walk, in which a sentence that was visited often is visited
//! more often, at the cost of its neighbours.

use crate::rank::{Links, TermLinks, Vectors};
use epitome_base::spec::{Entry, Parameter, ParameterKind, Params};
use epitome_text::Document;

use super::summariser::{SentenceScorer, Summariser};

pub(super) const ENTRY: Entry<dyn Summariser> = Entry {
    name: "div-rank",
    about: "a reinforced random walk, which prefers nodes visited before: central and diverse sentences",
    source: "Mei, Guo & Radev (2010), DivRank: the interplay of prestige and diversity in information networks, KDD",
    parameters: &[
        Parameter {
            name: "damping",
            kind: ParameterKind::Number(0.0, 1.0),
            default: "0.9",
            about: "probability that the random walk follows an edge instead of restarting, the paper's λ",
        },
        Parameter {
            name: "alpha",
            kind: ParameterKind::Number(0.0, 1.0),
            default: "0.25",
            about: "probability of a step to another sentence",
        },
    ],
    build: |params| Box::new(DivRank::from(params)),
};

/// DivRank in its pointwise form.
///
/// ```text
/// p′(v)   = (1 − λ)/N + λ Σᵤ p₀(u, v) p(v) / D(u) · p(u)        D(u) = Σᵥ p₀(u, v) p(v)
/// p₀(u, v) = α w(u, v) / Σ_z w(u, z)  for u ≠ v        p₀(u, u) = 1 − α
/// ```
///
/// `w` is the cosine of tf-isf vectors; at a sentence without edges the walk stays. It
/// stops when nothing changes, or after 500 rounds of two products, `O(tokens)` each.
///
/// Between rounds `p` is rounded to the 24 bits of an `f32`. Of equal sentences the walk
/// prefers the one that was ahead by a rounding error, and the order of a sum makes such
/// errors: without the rounding, equal sentences would have scores that depend on their
/// places.
///
/// Mei, Guo & Radev (2010), section 3; the number of visits is approximated by `p` of the
/// last round ("pointwise"). The defaults are those of the paper.
#[derive(Debug, Clone, PartialEq)]
pub struct DivRank {
    /// Probability that the random walk follows an edge instead of restarting, the paper's λ.
    pub damping: f64,
    /// The share of a step that leaves a sentence, the paper's α.
    pub alpha: f64,
}

default_of_entry!(DivRank);

impl From<&Params> for DivRank {
    fn from(params: &Params) -> Self {
        Self {
            damping: params.number("damping"),
            alpha: params.number("alpha"),
        }
    }
}

impl SentenceScorer for DivRank {
    fn scores(&self, document: &Document) -> Vec<f64> {
        const ROUNDS: usize = 500;

        let links = TermLinks::cosine(Vectors::tf_isf(document), 0.0);
        let count = links.len();
        let uniform = 1.0 / count.max(1) as f64;
        let leaves: Vec<f64> = links
            .strengths()
            .into_iter()
            .map(share(self.alpha))
            .collect();
        let stays = |at: usize| {
            if leaves[at] > 0.0 {
                1.0 - self.alpha
            } else {
                1.0
            }
        };

        let mut p = vec![rounded(uniform); count];
        let mut reach = vec![0.0; count];
        let mut flows = vec![0.0; count];
        let mut inflow = vec![0.0; count];

        for _ in 0..ROUNDS {
            links.gather(&p, &mut reach);
            for at in 0..count {
                let reached = leaves[at] * reach[at] + stays(at) * p[at];
                flows[at] = if reached > 0.0 { p[at] / reached } else { 0.0 };
                // from here on `reach` contains what leaves each sentence
                reach[at] = leaves[at] * flows[at];
            }

            links.gather(&reach, &mut inflow);
            let mut changed = false;
            for at in 0..count {
                let arrives = p[at] * (inflow[at] + stays(at) * flows[at]);
                let next = (1.0 - self.damping) * uniform + self.damping * arrives;
                let next = rounded(next);
                changed |= next != p[at];
                p[at] = next;
            }

            if !changed {
                break;
            }
        }
        p
    }
}

/// Returns the function from the strength of a node to what leaves it for each unit of an
/// edge's weight.
fn share(alpha: f64) -> impl Fn(f64) -> f64 {
    move |strength| {
        if strength > 0.0 {
            alpha / strength
        } else {
            0.0
        }
    }
}

/// Rounds to 24 bits: far above the noise of a sum, and far below the differences between
/// sentences.
fn rounded(p: f64) -> f64 {
    f64::from(p as f32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rank::testing::lines;

    fn scores(text: &str) -> Vec<f64> {
        DivRank {
            damping: 0.9,
            alpha: 0.25,
        }
        .scores(&lines(text))
    }

    #[test]
    fn scores_are_a_distribution() {
        let found = scores("whales sing\nwhales swim\nof the\nships sail\nships sing\n");
        assert!((found.iter().sum::<f64>() - 1.0).abs() < 1e-6, "{found:?}");
    }

    #[test]
    fn of_neighbours_one_takes_it_all() {
        let text = "whales sing songs\nwhales sing songs loudly\nwhales sing\n\
                    ships carry salt\nships carry coal\nbirds\n";
        let found = scores(text);
        let best = found.iter().copied().fold(0.0, f64::max);
        assert!(
            found[..3]
                .iter()
                .filter(|&&score| score > best / 2.0)
                .count()
                <= 1
        );
    }

    #[test]
    fn equal_sentences_share_alike_wherever_they_stand() {
        let sentences = [
            "boat stone river",
            "river stone boat",
            "mill boat",
            "stone",
            "mill",
        ];
        for turn in 0..sentences.len() {
            let mut turned = sentences;
            turned.rotate_left(turn);
            let found = scores(&turned.join("\n"));
            let [first, second] = [0, 1].map(|at: usize| found[(at + 5 - turn) % 5]);
            assert_eq!(
                first.to_bits(),
                second.to_bits(),
                "turned by {turn}: {found:?}"
            );
        }
    }
}

//! PacSum: later sentences that are alike speak for a sentence, earlier ones against it.

use crate::rank::{
    EMBEDDING, Space, SpaceOf, Vectors, embedded_sentences, products_after, space_choice,
};
use epitome_base::{
    embedding::Embeddings,
    spec::{Choice, Entry, Parameter, ParameterKind, Params},
};
use epitome_text::Document;

use super::summariser::{SentenceScorer, Summariser};

const EDGES: &Choice<SpaceOf, 2> = &space_choice(
    "edges",
    "product of tf-isf vectors, or cosine of the vectors of an embedder",
);

pub(super) const ENTRY: Entry<dyn Summariser> = Entry {
    name: "pac-sum",
    about: "directed centrality: similarity to later sentences minus that to earlier ones",
    source: "Zheng & Lapata (2019), Sentence centrality revisited for unsupervised summarization, ACL",
    parameters: &[
        Parameter {
            name: "before",
            kind: ParameterKind::Number(-100.0, 100.0),
            default: "-1",
            about: "weight of the similarity to earlier sentences, the paper's λ₁",
        },
        Parameter {
            name: "after",
            kind: ParameterKind::Number(-100.0, 100.0),
            default: "2",
            about: "weight of the similarity to later sentences, the paper's λ₂",
        },
        Parameter {
            name: "beta",
            kind: ParameterKind::Number(0.0, 1.0),
            default: "0",
            about: "share of the range of similarities below which a similarity counts as 0",
        },
        EDGES.parameter(),
        Parameter::embedder_when("edges", EMBEDDING),
    ],
    build: |params| Box::new(PacSum::from(params)),
};

/// Directed centrality over tf-isf vectors, or over those of an embedder.
///
/// ```text
/// score(i) = λ₁ Σ_{j < i} e(i, j) + λ₂ Σ_{j > i} e(i, j)
/// e(i, j)  = max(0, vᵢ · vⱼ − (min + β (max − min)))
/// ```
///
/// `v` is tf · ln(N / n(t)), not normalised, or a vector of an embedder, of length 1; `min`
/// and `max` are over all pairs of sentences. `O(tokens)` time and memory if two sentences
/// share no term and `β` is 0: no edge is cut then, and the sum of products with many vectors
/// is the product with their sum. Otherwise `O(Σₜ n(t)²)` time; with an embedder
/// `O(N² · width)`.
///
/// Zheng & Lapata (2019), sections 3.2 and 3.3, in the form without BERT. Left open
/// there: the weights and `β`, which they tune on a validation set; here −1, 2 and 0.
#[derive(Debug, Clone, PartialEq)]
pub struct PacSum {
    /// The weight of likeness to earlier sentences, the paper's λ₁.
    pub before: f64,
    /// The weight of likeness to later sentences, the paper's λ₂.
    pub after: f64,
    /// The share of the range of likeness that counts as none, β.
    pub beta: f64,
    /// The space of the vectors.
    pub edges: Space,
}

default_of_entry!(PacSum);

impl From<&Params> for PacSum {
    fn from(params: &Params) -> Self {
        let number = |name| params.number(name);
        Self {
            before: number("before"),
            after: number("after"),
            beta: number("beta"),
            edges: params.choice(EDGES)(params),
        }
    }
}

impl SentenceScorer for PacSum {
    fn scores(&self, document: &Document) -> Vec<f64> {
        match &self.edges {
            Space::Terms => self.by_terms(document),
            Space::Embedding(embedder) => {
                self.by_vectors(&embedded_sentences(embedder, document))
            }
        }
    }
}

impl PacSum {
    fn by_terms(&self, document: &Document) -> Vec<f64> {
        let vectors = Vectors::tf_isf(document);
        if self.beta == 0.0 && !all_share(&vectors) {
            let before = with_those_before(&vectors, 0..vectors.len());
            let after = with_those_before(&vectors, (0..vectors.len()).rev());
            return self.weigh(&before, &after);
        }

        let range = Range::of(&vectors);
        let floor = range.low + self.beta * (range.high - range.low);

        // without a cut the sums of the first pass are the result
        if floor <= 0.0 {
            return self.weigh(&range.before, &range.after);
        }

        let mut before = vec![0.0; vectors.len()];
        let mut after = vec![0.0; vectors.len()];
        products_after(&vectors, |i, row| {
            for &(j, product) in row {
                let edge = (product - floor).max(0.0);
                after[i] += edge;
                before[j as usize] += edge;
            }
        });
        self.weigh(&before, &after)
    }

    fn by_vectors(&self, vectors: &Embeddings) -> Vec<f64> {
        let pairs = || (0..vectors.len()).flat_map(|j| (0..j).map(move |i| (i, j)));
        let cosines: Vec<f64> = pairs()
            .map(|(i, j)| vectors.cosine(i, vectors, j))
            .collect();
        let low = cosines.iter().copied().fold(f64::INFINITY, f64::min);
        let high = cosines.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let floor = low + self.beta * (high - low);

        let mut before = vec![0.0; vectors.len()];
        let mut after = vec![0.0; vectors.len()];
        for ((i, j), cosine) in pairs().zip(&cosines) {
            let edge = (cosine - floor).max(0.0);
            after[i] += edge;
            before[j] += edge;
        }
        self.weigh(&before, &after)
    }

    fn weigh(&self, before: &[f64], after: &[f64]) -> Vec<f64> {
        let pairs = before.iter().zip(after);
        pairs
            .map(|(before, after)| self.before * before + self.after * after)
            .collect()
    }
}

/// Returns for each row the sum of its products with the rows that come before it in `order`.
fn with_those_before(vectors: &Vectors, order: impl Iterator<Item = usize>) -> Vec<f64> {
    let mut sum = vec![0.0; vectors.width()];
    let mut products = vec![0.0; vectors.len()];
    for at in order {
        products[at] = vectors
            .row(at)
            .map(|(term, weight)| weight * sum[term])
            .sum();
        for (term, weight) in vectors.row(at) {
            sum[term] += weight;
        }
    }
    products
}

/// Returns whether any two rows share a term whose weights are not 0. The first row that does
/// not share one with every later row is the last that is looked at.
fn all_share(vectors: &Vectors) -> bool {
    let index = vectors.transposed();
    let mut met_by = vec![usize::MAX; vectors.len()];
    (0..vectors.len()).all(|at| {
        let mut met = 0;
        for (term, _) in vectors.row(at).filter(|(_, weight)| *weight != 0.0) {
            for (other, weight) in index.row(term) {
                if other > at && weight != 0.0 && met_by[other] != at {
                    met_by[other] = at;
                    met += 1;
                }
            }
        }
        met == vectors.len() - 1 - at
    })
}

/// The least and the largest product of two sentences, and for each sentence the sums of
/// its products with earlier and later ones.
struct Range {
    low: f64,
    high: f64,
    before: Vec<f64>,
    after: Vec<f64>,
}

impl Range {
    fn of(vectors: &Vectors) -> Self {
        let count = vectors.len();
        let (mut low, mut high, mut pairs) = (f64::INFINITY, 0.0_f64, 0);
        let (mut before, mut after) = (vec![0.0; count], vec![0.0; count]);
        products_after(vectors, |i, row| {
            pairs += row.len();
            for &(j, product) in row {
                (low, high) = (low.min(product), high.max(product));
                after[i] += product;
                before[j as usize] += product;
            }
        });

        // the products of pairs that share no term are not in the list: they are 0
        let all_share = pairs > 0 && pairs == count * (count - 1) / 2;
        Self {
            low: if all_share { low } else { 0.0 },
            high,
            before,
            after,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rank::testing::{embedder, lines};

    fn scores(beta: f64, text: &str) -> Vec<f64> {
        PacSum {
            before: -1.0,
            after: 2.0,
            beta,
            edges: Space::Terms,
        }
        .scores(&lines(text))
    }

    #[test]
    fn the_first_to_say_it_wins() {
        // whales is in two of three sentences: ln² 1.5 for their pair, 0 for the others
        let edge = 1.5_f64.ln().powi(2);
        let found = scores(0.0, "whales\nwhales sing\nships\n");
        for (found, wanted) in found.iter().zip([2.0 * edge, -edge, 0.0]) {
            assert!((found - wanted).abs() < 1e-12, "{found} {wanted}");
        }
    }

    #[test]
    fn sums_of_products_are_products_with_sums() {
        let text =
            "whales sing songs\nwhales sing\nships sing\nsea\nof the\nsongs of ships\n";
        let vectors = Vectors::tf_isf(&lines(text));
        assert!(!all_share(&vectors));
        let range = Range::of(&vectors);
        let before = with_those_before(&vectors, 0..6);
        let after = with_those_before(&vectors, (0..6).rev());
        for (found, wanted) in before
            .iter()
            .chain(&after)
            .zip(range.before.iter().chain(&range.after))
        {
            assert!((found - wanted).abs() < 1e-12, "{found} {wanted}");
        }
        assert!(all_share(&Vectors::counts(&lines(
            "red fox\nred owl\nowl fox\n"
        ))));
        assert!(!all_share(&Vectors::counts(&lines(
            "red fox\nred owl\nfox\n"
        ))));
    }

    #[test]
    fn beta_takes_the_weak_edges_away() {
        let text = "whales sing songs\nwhales sing\nships sing\nsea\nsalt\nsand\n";
        let found = scores(0.9, text);
        assert!(found[0] > 0.0 && found[1] < 0.0, "{found:?}");
        assert_eq!(found[2], 0.0);
        assert_eq!(
            scores(1.0, text)
                .iter()
                .filter(|&&score| score != 0.0)
                .count(),
            0
        );
    }

    #[test]
    fn edges_of_an_embedder_are_cosines_above_the_least() {
        let pac_sum = PacSum {
            before: -1.0,
            after: 2.0,
            beta: 0.0,
            edges: Space::Embedding(embedder()),
        };
        // cosines: 1 of the first two, 0 of the others
        let found = pac_sum.scores(&lines("whales\nwhales sing\nships\n"));
        assert_eq!(found, [2.0, -1.0, 0.0]);
        assert!(pac_sum.scores(&lines("")).is_empty());
        assert_eq!(pac_sum.scores(&lines("whales\n")), [0.0]);
    }
}

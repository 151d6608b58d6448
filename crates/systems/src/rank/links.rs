//! Weighted links between sentences, defined by their product with a vector.

use super::Vectors;

/// A weighted graph on which walks and centralities can be computed without a table of
/// its edges.
pub trait Links {
    /// Returns the number of nodes.
    fn len(&self) -> usize;

    /// Returns whether there are no nodes.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the sum of the weights of the edges that leave each node, `Σᵤ w(v, u)`. It
    /// is exactly 0 for a node without edges.
    fn strengths(&self) -> Vec<f64>;

    /// Computes `into[u] = Σᵥ w(v, u) · flows[v]` for each node `u`.
    fn gather(&self, flows: &[f64], into: &mut [f64]);
}

/// Links whose weights are sums over shared terms.
///
/// ```text
/// w(v, u) = Σₜ out(t, v) · in(t, u)    v ≠ u        w(u, u) = own(u)
/// ```
///
/// A product with a vector goes through the terms in `O(entries)`, while the table of the
/// edges would take `O(N²)`. Terms of a single sentence are left out beforehand, so that
/// a sentence without links has exactly none.
pub struct TermLinks {
    sending: Vectors,
    receiving: Vectors,
    own: Vec<f64>,
}

impl TermLinks {
    /// Returns the links of weight `cos(v, u)` between sentence vectors. If `own` is 1, a
    /// sentence is linked to itself, as in LexRank; if it is 0, it is not, as in
    /// TextRank. A vector of zeros is never linked to itself.
    pub fn cosine(vectors: Vectors, own: f64) -> Self {
        let unit = vectors.normalised();
        let own = (0..unit.len())
            .map(|at| {
                let has_words = unit.row(at).any(|(_, weight)| weight > 0.0);
                if has_words { own } else { 0.0 }
            })
            .collect();
        let shared = shared(&unit);
        Self {
            sending: shared.clone(),
            receiving: shared,
            own,
        }
    }

    /// Returns the links of Okapi BM25: the score of sentence `u` for the words of
    /// sentence `v` as a query.
    ///
    /// ```text
    /// w(v, u) = Σ_{t ∈ v ∩ u} idf(t) · tf(t, u) (k₁ + 1) / (tf(t, u) + k₁ (1 − b + b |u| / avg))
    /// idf(t)  = ln (N − n(t) + ½) − ln (n(t) + ½);  if n(t) > N/2: ε · mean idf, or 0
    /// ```
    ///
    /// `counts` must be those of [`Vectors::counts`]; k₁ = 1.2, b = 0.75, ε = 0.25.
    pub fn bm25(counts: &Vectors) -> Self {
        const K1: f64 = 1.2;
        const B: f64 = 0.75;

        let idf = bm25_idf(counts);
        let lengths: Vec<f64> = counts
            .rows()
            .map(|row| row.map(|(_, count)| count).sum())
            .collect();
        let average = lengths.iter().sum::<f64>() / lengths.len().max(1) as f64;

        let shared = shared(counts);
        let mut sending = Vectors::empty(counts.width());
        let mut receiving = Vectors::empty(counts.width());
        for (row, &length) in shared.rows().zip(&lengths) {
            let flat = K1 * (1.0 - B + B * length / average);
            receiving.push_row(
                row.map(|(term, count)| {
                    (term as u32, count * (K1 + 1.0) / (count + flat))
                }),
            );
        }

        for row in shared.rows() {
            sending.push_row(row.map(|(term, _)| (term as u32, idf[term])));
        }

        Self {
            sending,
            receiving,
            own: vec![0.0; lengths.len()],
        }
    }
}

/// Returns the entries of terms that more than one row contains, without zeros.
fn shared(vectors: &Vectors) -> Vectors {
    let frequencies = vectors.frequencies();
    vectors.filtered(|term, weight| frequencies[term] > 1 && weight != 0.0)
}

/// Returns the idf of each term, with a floor for terms in more than half of the sentences.
fn bm25_idf(counts: &Vectors) -> Vec<f64> {
    const EPSILON: f64 = 0.25;
    let sentences = counts.len();
    let frequencies = counts.frequencies();
    // of a term in `n` sentences; exactly the negative of that of a term in all others
    let idf = |n: usize| ((sentences - n) as f64 + 0.5).ln() - (n as f64 + 0.5).ln();

    let mut terms_in = vec![0_u32; sentences + 1];
    for &n in &frequencies {
        terms_in[n as usize] += 1;
    }

    // negative values, of terms in most sentences, are replaced by a share of the mean; its
    // sum is taken by frequency, against those of the opposite sign: where it is zero, a
    // rounding error would be links of a walk
    let met: u32 = terms_in[1..].iter().sum();
    let sum: f64 = (0..sentences.div_ceil(2))
        .map(|n| {
            let rare = if n == 0 { 0 } else { terms_in[n] };
            (f64::from(rare) - f64::from(terms_in[sentences - n])) * idf(n)
        })
        .sum();
    let floor = (EPSILON * sum / f64::from(met.max(1))).max(0.0);

    frequencies
        .iter()
        .map(|&n| {
            let n = n as usize;
            if 2 * n > sentences { floor } else { idf(n) }
        })
        .collect()
}

impl Links for TermLinks {
    fn len(&self) -> usize {
        self.own.len()
    }

    fn strengths(&self) -> Vec<f64> {
        let ones = vec![1.0; self.len()];
        product(&self.receiving, &self.sending, &self.own, &ones)
    }

    fn gather(&self, flows: &[f64], into: &mut [f64]) {
        into.copy_from_slice(&product(&self.sending, &self.receiving, &self.own, flows));
    }
}

/// Returns `Σᵥ flows(v) Σₜ from(t, v) · to(t, u)` for each `u`, with the part of `u`
/// itself replaced by `own(u) · flows(u)`.
fn product(from: &Vectors, to: &Vectors, own: &[f64], flows: &[f64]) -> Vec<f64> {
    let sums = from.sum(flows);
    let rows = from.rows().zip(to.rows()).zip(own.iter().zip(flows));
    rows.map(|((from, to), (own, flow))| {
        let others = from.zip(to).map(|((term, sent), (_, received))| {
            // the own part is subtracted from the sum; a rounding error must not make it
            // negative
            received * (sums[term] - sent * flow).max(0.0)
        });
        others.sum::<f64>() + own * flow
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rank::{Graph, pagerank, testing::lines};

    const TEXT: &str = "cats chase mice mice\ncats eat cheese\nof the\ndogs bark\n\
                        mice eat cheese and cats chase mice\ndogs chase cats\n";

    /// The same links, edge by edge.
    fn table(links: &impl Links) -> Vec<Vec<f64>> {
        let column = |at: usize| {
            let mut flows = vec![0.0; links.len()];
            flows[at] = 1.0;
            let mut into = vec![0.0; links.len()];
            links.gather(&flows, &mut into);
            into
        };
        (0..links.len()).map(column).collect()
    }

    #[test]
    fn cosines_are_those_of_the_vectors() {
        let unit = Vectors::tf_isf(&lines(TEXT)).normalised();
        let links = TermLinks::cosine(unit.clone(), 1.0);
        for (v, row) in table(&links).iter().enumerate() {
            let mut dense = vec![0.0; unit.width()];
            unit.row(v).for_each(|(term, weight)| dense[term] = weight);
            for (u, (found, wanted)) in row.iter().zip(unit.dot(&dense)).enumerate() {
                assert!((found - wanted).abs() < 1e-12, "{v} {u}: {found} {wanted}");
            }
        }
    }

    #[test]
    fn strengths_are_what_is_gathered_elsewhere() {
        let counts = Vectors::counts(&lines(TEXT));
        let links = TermLinks::bm25(&counts);
        let sums = table(&links).into_iter().map(|row| row.iter().sum::<f64>());
        for (found, wanted) in links.strengths().into_iter().zip(sums) {
            assert!((found - wanted).abs() < 1e-12, "{found} {wanted}");
        }
        assert_eq!(links.strengths()[2], 0.0, "no content word, no link");
    }

    #[test]
    fn the_order_of_sentences_changes_no_idf() {
        // of 8 sentences, the terms are in 2, 7, 4, 6 and 1: the sum of their idf is 0, and
        // that of their rounded values, in one order, is not
        let sentences = [
            "river stone",
            "stone boat mill",
            "mill",
            "mill boat stone",
            "mill stone river",
            "mill stone",
            "stone boat",
            "mill bridge stone boat",
        ];
        for turn in 0..sentences.len() {
            let mut turned = sentences;
            turned.rotate_left(turn);
            let counts = Vectors::counts(&lines(&(turned.join("\n") + "\n")));
            let common: Vec<f64> = bm25_idf(&counts)
                .into_iter()
                .zip(counts.frequencies())
                .filter_map(|(idf, n)| (n > 4).then_some(idf))
                .collect();
            assert_eq!(common, [0.0; 2], "turned by {turn}");
        }
    }

    #[test]
    fn a_walk_over_terms_is_the_walk_over_edges() {
        let links = TermLinks::cosine(Vectors::tf_isf(&lines(TEXT)), 0.0);
        let mut edges = Vec::new();
        for (v, row) in table(&links).iter().enumerate() {
            let above = row
                .iter()
                .enumerate()
                .skip(v + 1)
                .filter(|(_, w)| **w > 0.0);
            edges.extend(above.map(|(u, &weight)| (v as u32, u as u32, weight)));
        }
        let by_edges =
            pagerank(&Graph::from_edges(links.len(), edges.iter().copied()), 0.85);
        for (found, wanted) in pagerank(&links, 0.85).iter().zip(&by_edges) {
            assert!((found - wanted).abs() < 1e-9, "{found} {wanted}");
        }
    }
}

//! Lexical specificity of words: how improbable their frequencies are by chance.

use epitome_text::{CorpusView, Document};

use super::{frequencies::counts, words::Words};

/// Returns the lexical specificity of every word of a document.
///
/// ```text
/// spec(w) = −log₁₀ P(X ≥ k)        X ~ hypergeometric(T, f, t)
/// ```
///
/// The corpus has `T` content words, `f` of them `w`; the document has `t`, `k` of them
/// `w`. A document that is not part of the corpus is added to it, so that `t ≤ T` and
/// `k ≤ f`. Without a corpus, the number of occurrences of each word is returned. The tail is
/// summed from `k` up until a term is too small to change the sum.
///
/// Lafon (1980), *Sur la variabilité de la fréquence des formes dans un corpus*, Mots 1;
/// for keyphrases Camacho-Collados et al. (2016) and Ushio et al. (2021).
pub(super) fn specificity(
    document: &Document,
    corpus: &CorpusView,
    words: &Words<'_>,
) -> Vec<f64> {
    let counted = counts(document, |token| words.id(token), words.count());
    let Some(corpus) = corpus.statistics() else {
        return counted;
    };

    let here: f64 = counted.iter().sum();
    let added = if corpus.is_background() { 1.0 } else { 0.0 };
    let total = corpus.words() as f64 + added * here;

    let factorials = LogFactorials::default();
    let mut weights = vec![0.0; counted.len()];
    let mut is_weighed = vec![false; counted.len()];
    for (token, it) in document.tokens().iter().enumerate() {
        let word = words.id(token);
        if !it.is_content() || std::mem::replace(&mut is_weighed[word], true) {
            continue;
        }

        let k = counted[word];
        let elsewhere = corpus.occurrences(document.stem(it.term)) as f64;
        // if the stemmer is coarser than that of the corpus, `k` may exceed the corpus's count
        let frequency = (elsewhere + added * k).max(k).min(total);
        let draw = Draw {
            total: total.max(here),
            frequency,
            drawn: here,
        };
        weights[word] = draw.specificity(k, &factorials);
    }
    weights
}

/// Parameters of a hypergeometric distribution: words drawn without replacement.
struct Draw {
    /// Number of words, `T`.
    total: f64,
    /// Occurrences of the word among them, `f`.
    frequency: f64,
    /// Number of words drawn, `t`.
    drawn: f64,
}

impl Draw {
    /// Returns `−log₁₀` of the probability of at least `k` occurrences.
    fn specificity(&self, k: f64, factorials: &LogFactorials) -> f64 {
        let choose =
            |n: f64, k: f64| factorials.of(n) - factorials.of(k) - factorials.of(n - k);
        let Self {
            total,
            frequency,
            drawn,
        } = *self;
        let log_first = choose(frequency, k) + choose(total - frequency, drawn - k)
            - choose(total, drawn);

        // terms relative to P(X = k), each from the ratio P(X = i + 1) / P(X = i)
        let (mut sum, mut term, mut at) = (1.0, 1.0, k);
        let last = frequency.min(drawn);
        while at < last {
            let rest = (total - frequency - drawn + at + 1.0).max(1.0);
            term *= (frequency - at) * (drawn - at) / ((at + 1.0) * rest);
            sum += term;
            at += 1.0;
            if term < 1e-17 * sum {
                break;
            }
        }

        (-(log_first + f64::ln(sum)) / std::f64::consts::LN_10).max(0.0)
    }
}

/// Logarithms of factorials: a table for `n` up to 255, and Stirling's series above, whose
/// relative error is below 1e-15 there.
struct LogFactorials(Vec<f64>);

impl Default for LogFactorials {
    fn default() -> Self {
        let mut table = vec![0.0; 256];
        for n in 1..table.len() {
            table[n] = table[n - 1] + (n as f64).ln();
        }
        Self(table)
    }
}

impl LogFactorials {
    /// Returns `ln n!`.
    fn of(&self, n: f64) -> f64 {
        if let Some(&known) = self.0.get(n.max(0.0) as usize) {
            return known;
        }

        let inverse = 1.0 / n;
        n * n.ln() - n
            + 0.5 * (std::f64::consts::TAU * n).ln()
            + inverse * (1.0 / 12.0 - inverse * inverse / 360.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn specificity_of(total: f64, frequency: f64, drawn: f64, k: f64) -> f64 {
        Draw {
            total,
            frequency,
            drawn,
        }
        .specificity(k, &LogFactorials::default())
    }

    #[test]
    fn of_a_draw_that_can_be_counted() {
        // 2 of 4 words are `w`; both among 2 drawn: 1 of 6 draws, one at least: 5 of 6
        assert!((specificity_of(4.0, 2.0, 2.0, 2.0) - 6.0_f64.log10()).abs() < 1e-12);
        assert!((specificity_of(4.0, 2.0, 2.0, 1.0) - 1.2_f64.log10()).abs() < 1e-12);
        assert!(specificity_of(4.0, 2.0, 2.0, 0.0).abs() < 1e-12, "certain");
    }

    #[test]
    fn stirlings_series_continues_the_table() {
        let factorials = LogFactorials::default();
        let next = factorials.of(255.0) + 256.0_f64.ln();
        assert!((factorials.of(256.0) - next).abs() < 1e-11, "{next}");
    }

    #[test]
    fn more_than_expected_is_specific() {
        let rare = specificity_of(1e6, 10.0, 100.0, 3.0);
        let common = specificity_of(1e6, 1e4, 100.0, 3.0);
        assert!(rare > 8.0 && common < 2.0, "{rare} {common}");
    }
}

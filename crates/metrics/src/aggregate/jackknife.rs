//! The jackknife: the mean over sets of references with one left out.

use crate::score::Score;

/// Returns the mean of the scores against each set of references with one left out; with
/// fewer than two references the score against all of them.
///
/// It makes a candidate comparable with a reference, which has one reference less to be
/// scored against. It was removed from the ROUGE script in version 1.4; DUC and TAC did
/// it around the script, over at least two references, averaging P, R and F separately.
pub fn jackknife<T: Copy>(each: &[T], score: impl Fn(&[T]) -> Score) -> Score {
    if each.len() < 2 {
        return score(each);
    }

    let mut rest = each[1..].to_vec();
    let mut scores = vec![score(&rest)];
    for left_out in 1..each.len() {
        rest[left_out - 1] = each[left_out - 1];
        scores.push(score(&rest));
    }

    let mean = |part: fn(&Score) -> Option<f64>| {
        let sum: Option<f64> = scores.iter().map(part).sum();
        sum.map(|sum| sum / scores.len() as f64)
    };
    Score {
        precision: mean(|score| score.precision),
        recall: mean(|score| score.recall),
        value: mean(|score| Some(score.value)).unwrap_or(0.0),
    }
}

//! The statistics compared with scipy, statsmodels and scikit-posthocs. Their versions
//! and numbers are in `golden.json`, made by `scripts/golden/significance.py`.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::{collections::BTreeSet, num::NonZero};

use epitome_stats::{
    Randomisation, Scores, Wins, bca, benjamini_hochberg, cliffs_delta, compact_letters,
    critical_difference, friedman, holm, mean_ranks, nemenyi, percentile_bounds,
    standardised_difference, wilcoxon, wins,
};
use serde_json::Value;

fn golden(name: &str) -> Vec<Value> {
    let text = include_str!("golden.json");
    let all: Value = serde_json::from_str(text).unwrap();
    all[name].as_array().unwrap().clone()
}

fn numbers(value: &Value) -> Vec<f64> {
    value
        .as_array()
        .unwrap()
        .iter()
        .map(|number| number.as_f64().unwrap())
        .collect()
}

fn rows(value: &Value) -> Vec<Vec<f64>> {
    value.as_array().unwrap().iter().map(numbers).collect()
}

/// Checks that a value is equal to the expected one up to a tolerance, relative to the
/// expected value or, if that is smaller, to 1.
#[track_caller]
fn close(found: f64, wanted: f64, tolerance: f64) {
    let error = (found - wanted).abs() / wanted.abs().max(1.0);
    assert!(error <= tolerance, "{found} is not {wanted}: {error:e}");
}

#[test]
fn bootstrap_intervals() {
    for case in golden("intervals") {
        let (sample, means) = (numbers(&case["sample"]), numbers(&case["means"]));
        let found = [
            ("percentile", percentile_bounds(&means, 0.95).unwrap()),
            ("bca", bca(&sample, &means, 0.95).unwrap()),
        ];
        for (name, (low, high)) in found {
            let wanted = numbers(&case[name]);
            close(low, wanted[0], 1e-12);
            close(high, wanted[1], 1e-12);
        }
    }
}

#[test]
fn differences_of_two_systems() {
    for case in golden("pairs") {
        let (a, b) = (numbers(&case["a"]), numbers(&case["b"]));
        let signed = wilcoxon(&a, &b).unwrap();
        let wanted = numbers(&case["wilcoxon"]);
        assert_eq!(signed.statistic, wanted[0]);
        close(signed.p, wanted[1], 1e-12);
        let wanted = |name: &str| case[name].as_f64().unwrap();
        close(cliffs_delta(&a, &b).unwrap(), wanted("cliff"), 1e-14);
        close(
            standardised_difference(&a, &b).unwrap(),
            wanted("standardised"),
            1e-13,
        );
        let count = numbers(&case["wins"])
            .iter()
            .map(|&n| n as u64)
            .collect::<Vec<_>>();
        let wanted = Wins {
            wins: count[0],
            ties: count[1],
            losses: count[2],
        };
        assert_eq!(wins(&a, &b), wanted);
    }
}

#[test]
fn approximate_randomisation() {
    let two = NonZero::new(2).unwrap();
    for case in golden("pairs") {
        let (a, b) = (numbers(&case["a"]), numbers(&case["b"]));
        let differences: Vec<f64> = a.iter().zip(&b).map(|(a, b)| a - b).collect();
        let test = Randomisation::new(&Scores::new(&[&a, &b]), 7, 100_000, two);
        let (found, _) = test.p(0, 1, &differences);
        let wanted = case["randomisation"].as_f64().unwrap();
        // two samples of 100,000 rounds, or one and all exchanges: five standard errors
        let error = 5.0 * (2.0 * wanted * (1.0 - wanted) / 100_000.0).sqrt();
        assert!((found - wanted).abs() < error, "{found} {wanted}");
    }
}

#[test]
fn signed_ranks_without_ties() {
    for case in golden("wilcoxon") {
        let a = numbers(&case["a"]);
        let found = wilcoxon(&a, &vec![0.0; a.len()]).unwrap();
        let wanted = numbers(&case["wilcoxon"]);
        assert_eq!(found.statistic, wanted[0]);
        close(found.p, wanted[1], 1e-13);
    }
}

#[test]
fn ranks_over_blocks() {
    for case in golden("friedman") {
        let blocks = rows(&case["blocks"]);
        let found = friedman(&blocks).unwrap();
        let (chi, f) = (
            numbers(&case["chi_squared"]),
            numbers(&case["iman_davenport"]),
        );
        close(found.chi_squared, chi[0], 1e-12);
        close(found.p, chi[1], 1e-12);
        close(found.f, f[0], 1e-12);
        close(found.f_p, f[1], 1e-12);
        let means = mean_ranks(&blocks);
        for (found, wanted) in means.iter().zip(numbers(&case["mean_ranks"])) {
            close(*found, wanted, 1e-14);
        }
        let systems = means.len();
        // scipy integrates the studentised range to about 1e-9
        let wanted = case["critical_difference"].as_f64().unwrap();
        close(
            critical_difference(systems, blocks.len(), 0.05),
            wanted,
            1e-8,
        );
        for (a, row) in rows(&case["nemenyi"]).iter().enumerate() {
            for (b, &wanted) in row.iter().enumerate() {
                close(
                    nemenyi(means[a] - means[b], systems, blocks.len()),
                    wanted,
                    1e-8,
                );
            }
        }
    }
}

#[test]
fn corrections() {
    for case in golden("families") {
        let values = numbers(&case["p"]);
        let families = [
            ("holm", holm(&values)),
            ("benjamini_hochberg", benjamini_hochberg(&values)),
        ];
        for (name, found) in families {
            for (found, wanted) in found.iter().zip(numbers(&case[name])) {
                close(*found, wanted, 1e-14);
            }
        }
    }
}

/// Returns the groups of systems that share a letter, whatever the letters are.
fn groups(letters: &[String]) -> BTreeSet<Vec<usize>> {
    let all: BTreeSet<char> = letters.iter().flat_map(|own| own.trim().chars()).collect();
    let members = |letter: char| {
        (0..letters.len())
            .filter(|&at| letters[at].contains(letter))
            .collect()
    };
    all.into_iter()
        .filter(|letter| *letter != ' ')
        .map(members)
        .collect()
}

#[test]
fn compact_letters_of_goldens() {
    for case in golden("letters") {
        let p = rows(&case["p"]);
        let found = compact_letters(p.len(), |a, b| p[a][b] < 0.05);
        let wanted = case["letters"].as_array().unwrap().iter();
        let wanted: Vec<String> =
            wanted.map(|own| own.as_str().unwrap().into()).collect();
        assert_eq!(groups(&found), groups(&wanted), "{found:?} {wanted:?}");
    }
}

//! Letters that show which systems cannot be told apart.

/// For each of `count` systems the letters of its groups, such that two systems share a
/// letter exactly where `differ` does not hold for them. `a` is the group of the first
/// system, so give the best first.
///
/// Starts with one group of all; each pair that differs splits every group that holds both,
/// and a group inside another is dropped. `differ` is asked with the smaller index first.
///
/// Piepho (2004), *An algorithm for a letter-based representation of all-pairwise
/// comparisons*, Journal of Computational and Graphical Statistics 13(2): insert and absorb,
/// without the sweep, since a redundant letter does no harm to the law above.
pub fn letters(count: usize, differ: impl Fn(usize, usize) -> bool) -> Vec<String> {
    let mut groups: Vec<Vec<bool>> = vec![vec![true; count]];
    for a in 0..count {
        for b in a + 1..count {
            if differ(a, b) {
                groups = absorbed(split(groups, a, b));
            }
        }
    }
    groups.sort_by_key(|group| {
        let members = || group.iter().enumerate().filter(|(_, is_in)| **is_in);
        members().map(|(at, _)| at).collect::<Vec<_>>()
    });
    let of = |system: usize| {
        let own = groups.iter().enumerate().filter(|(_, group)| group[system]);
        own.map(|(at, _)| letter(at)).collect()
    };
    (0..count).map(of).collect()
}

/// Every group that holds both `a` and `b`, once without each.
fn split(groups: Vec<Vec<bool>>, a: usize, b: usize) -> Vec<Vec<bool>> {
    let mut parts = Vec::with_capacity(groups.len() + 1);
    for group in groups {
        if !(group[a] && group[b]) {
            parts.push(group);
            continue;
        }
        for without in [a, b] {
            let mut part = group.clone();
            part[without] = false;
            parts.push(part);
        }
    }
    parts
}

/// Without groups that lie in another, of equal ones the first kept.
fn absorbed(groups: Vec<Vec<bool>>) -> Vec<Vec<bool>> {
    let within = |small: &[bool], large: &[bool]| {
        small.iter().zip(large).all(|(small, large)| !small || *large)
    };
    let keep = |at: usize| {
        let mut others = groups.iter().enumerate().filter(|(other, _)| *other != at);
        !others.any(|(other, group)| {
            within(&groups[at], group) && (other < at || !within(group, &groups[at]))
        })
    };
    let kept: Vec<bool> = (0..groups.len()).map(keep).collect();
    groups
        .into_iter()
        .zip(kept)
        .filter(|(_, kept)| *kept)
        .map(|(group, _)| group)
        .collect()
}

/// `a` … `z`, then `A` … `Z`, then a letter with a number.
fn letter(at: usize) -> String {
    const ALPHABET: &[u8; 52] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let letter = char::from(ALPHABET[at % ALPHABET.len()]);
    match at / ALPHABET.len() {
        0 => letter.to_string(),
        round => format!("{letter}{round}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_middle_one_shares_with_both() {
        assert_eq!(letters(3, |a, b| (a, b) == (0, 2)), ["a", "ab", "b"]);
        assert_eq!(letters(3, |_, _| false), ["a", "a", "a"]);
        assert_eq!(letters(3, |_, _| true), ["a", "b", "c"]);
        assert!(letters(0, |_, _| true).is_empty());
    }

    proptest! {
        #[test]
        fn two_share_a_letter_exactly_where_they_do_not_differ(
            count in 1_usize..9,
            bits in any::<u64>(),
        ) {
            let differ = |a: usize, b: usize| bits >> (a * 8 + b) & 1 == 1;
            let found = letters(count, differ);
            for a in 0..count {
                for b in a + 1..count {
                    let shared = found[a].chars().any(|letter| found[b].contains(letter));
                    prop_assert_eq!(shared, !differ(a, b));
                }
            }
        }
    }
}

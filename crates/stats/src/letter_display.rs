//! Compact letter displays: letters that show which systems do not differ significantly.

/// Returns for each of `count` systems the letters of its groups. Two systems share a
/// letter if and only if `differ` is false for them. `a` is the group of the first
/// system, so the best system should come first.
///
/// The procedure starts with one group of all systems. Each system splits every group
/// that contains it and some system that it differs from, into one group without it and
/// one without those; a group inside another one is dropped. `differ` is called with the
/// smaller index first.
///
/// Piepho (2004), *An algorithm for a letter-based representation of all-pairwise
/// comparisons*, Journal of Computational and Graphical Statistics 13(2): insert and
/// absorb, all pairs of a system at once, which results in the same groups; without the
/// sweep, since redundant letters do not violate the rule above.
pub fn compact_letters(
    count: usize,
    differ: impl Fn(usize, usize) -> bool,
) -> Vec<String> {
    let mut groups: Vec<Group> = vec![Group::of(count, 0..count)];
    for system in 0..count {
        let others = (system + 1..count).filter(|&other| differ(system, other));
        groups = split(groups, system, &Group::of(count, others));
    }

    groups.sort_by_cached_key(|group| {
        (0..count)
            .filter(|&system| group.holds(system))
            .collect::<Vec<_>>()
    });

    (0..count)
        .map(|system| {
            let own = groups
                .iter()
                .enumerate()
                .filter(|(_, group)| group.holds(system));
            own.map(|(at, _)| letter(at)).collect()
        })
        .collect()
}

/// A set of systems, with one bit for each.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Group(Vec<u64>);

impl Group {
    fn of(count: usize, members: impl Iterator<Item = usize>) -> Self {
        let mut words = vec![0; count.div_ceil(64)];
        for member in members {
            words[member / 64] |= 1 << (member % 64);
        }
        Self(words)
    }

    fn holds(&self, system: usize) -> bool {
        self.0[system / 64] >> (system % 64) & 1 == 1
    }

    fn meets(&self, other: &Self) -> bool {
        self.0
            .iter()
            .zip(&other.0)
            .any(|(own, other)| own & other != 0)
    }

    fn is_within(&self, other: &Self) -> bool {
        self.0
            .iter()
            .zip(&other.0)
            .all(|(own, other)| own & !other == 0)
    }

    fn without(&self, other: &Self) -> Self {
        Self(
            self.0
                .iter()
                .zip(&other.0)
                .map(|(own, other)| own & !other)
                .collect(),
        )
    }
}

/// Splits every group that contains `system` and some of `others` into one without it and
/// one without them; a part that is inside another group is dropped.
fn split(groups: Vec<Group>, system: usize, others: &Group) -> Vec<Group> {
    let alone = Group::of(64 * others.0.len(), std::iter::once(system));
    let (halved, mut kept): (Vec<Group>, Vec<Group>) = groups
        .into_iter()
        .partition(|group| group.holds(system) && group.meets(others));

    let parts = halved
        .iter()
        .flat_map(|group| [group.without(&alone), group.without(others)]);
    for part in parts {
        if !kept.iter().any(|group| part.is_within(group)) {
            kept.retain(|group| !group.is_within(&part));
            kept.push(part);
        }
    }
    kept
}

/// Returns the letter of a group: `a` … `z`, then `A` … `Z`, then a letter with a number.
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
        assert_eq!(
            compact_letters(3, |a, b| (a, b) == (0, 2)),
            ["a", "ab", "b"]
        );
        assert_eq!(compact_letters(3, |_, _| false), ["a", "a", "a"]);
        assert_eq!(compact_letters(3, |_, _| true), ["a", "b", "c"]);
        assert!(compact_letters(0, |_, _| true).is_empty());
    }

    #[test]
    fn three_hundred_systems_have_letters_within_a_moment() {
        // each differs from those ten or more places behind it
        let found = compact_letters(300, |a, b| b - a >= 10);
        assert_eq!(found[0], "a");
        assert_eq!(found[9], "abcdefghij");
        assert_eq!(compact_letters(300, |_, _| true).last().unwrap(), "N5");
    }

    proptest! {
        #[test]
        fn two_share_a_letter_exactly_where_they_do_not_differ(
            count in 1_usize..9,
            bits in any::<u64>(),
        ) {
            let differ = |a: usize, b: usize| bits >> (a * 8 + b) & 1 == 1;
            let found = compact_letters(count, differ);
            for a in 0..count {
                for b in a + 1..count {
                    let shared = found[a].chars().any(|letter| found[b].contains(letter));
                    prop_assert_eq!(shared, !differ(a, b));
                }
            }
        }
    }
}

//! Consonants, vowels and the measure: the conditions that Porter's rules put on a stem.

/// Returns the number `m` of `VC` in `[C](VC)ᵐ[V]`: 0 for `tree`, 1 for `trees`, 2 for
/// `oaten`.
pub(super) fn measure(letters: &[u8]) -> usize {
    let Some((&first, rest)) = letters.split_first() else {
        return 0;
    };
    let mut vowel = is_always_vowel(first); // an initial `y` is a consonant
    let mut measure = 0;
    for &letter in rest {
        let before = vowel;
        vowel = is_always_vowel(letter) || (letter == b'y' && !before);
        measure += usize::from(before && !vowel);
    }
    measure
}

/// Returns whether the stem contains a vowel, the paper's `*v*`.
pub(super) fn has_vowel(letters: &[u8]) -> bool {
    // the first `y` past the start is either after a consonant or after a vowel
    letters.split_first().is_some_and(|(&first, rest)| {
        is_always_vowel(first) || rest.iter().any(|&at| at == b'y' || is_always_vowel(at))
    })
}

/// Returns whether the last two letters are the same consonant, the paper's `*d`.
///
/// Bytes outside ASCII never count as doubled: half of a character must not be removed.
pub(super) fn ends_in_double_consonant(letters: &[u8]) -> bool {
    match letters {
        [.., before, last] => {
            before == last && last.is_ascii() && is_consonant(letters, letters.len() - 1)
        }
        _ => false,
    }
}

/// Returns whether the word ends in consonant, vowel, consonant, of which the last is not
/// `w`, `x` or `y`; the paper's `*o`.
pub(super) fn ends_in_short_syllable(letters: &[u8]) -> bool {
    let end = letters.len();
    end >= 3
        && !matches!(letters[end - 1], b'w' | b'x' | b'y')
        && is_consonant(letters, end - 1)
        && !is_consonant(letters, end - 2)
        && is_consonant(letters, end - 3)
}

/// Returns whether the letter at the index `at` is a consonant.
pub(super) fn is_consonant(letters: &[u8], at: usize) -> bool {
    if letters[at] != b'y' {
        return !is_always_vowel(letters[at]);
    }
    // in a run of `y` consonants and vowels alternate; after a vowel, and at the start
    // of the word, the run begins with a consonant
    let run = letters[..=at]
        .iter()
        .rev()
        .take_while(|&&letter| letter == b'y')
        .count();
    let start = at + 1 - run;
    let starts_as_consonant = start == 0 || is_always_vowel(letters[start - 1]);
    starts_as_consonant == (run % 2 == 1)
}

fn is_always_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_measure_is_that_of_the_papers_examples() {
        let words: [&[&str]; 3] = [
            &["tr", "ee", "tree", "y", "by", ""],
            &["trouble", "oats", "trees", "ivy"],
            &["troubles", "private", "oaten", "orrery"],
        ];
        for (expected, words) in words.iter().enumerate() {
            for word in *words {
                assert_eq!(measure(word.as_bytes()), expected, "{word}");
            }
        }
    }

    #[test]
    fn y_is_a_vowel_after_a_consonant_only() {
        let kinds = |word: &[u8]| -> String {
            let kind = |at| if is_consonant(word, at) { 'C' } else { 'V' };
            (0..word.len()).map(kind).collect()
        };
        assert_eq!(kinds(b"toy"), "CVC");
        assert_eq!(kinds(b"syzygy"), "CVCVCV");
        assert_eq!(kinds(b"yyyy"), "CVCV");
        assert_eq!(kinds(b"ayyy"), "VCVC");
        assert_eq!(kinds(b"byyy"), "CVCV");
    }

    proptest! {
        #[test]
        fn conditions_follow_from_the_kinds_of_letters(word in "[a-ey0\\x00]{0,12}") {
            let word = word.as_bytes();
            let consonant: Vec<bool> =
                (0..word.len()).map(|at| is_consonant(word, at)).collect();
            let ends = consonant.windows(2).filter(|pair| !pair[0] && pair[1]).count();
            prop_assert_eq!(measure(word), ends);
            prop_assert_eq!(has_vowel(word), consonant.contains(&false));
        }
    }
}

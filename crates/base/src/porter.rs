//! Porter's stemmer, in the four variants on which published scores are based.

mod letters;
mod rules;

use letters::{
    ends_in_double_consonant, ends_in_short_syllable, has_vowel, is_consonant, measure,
};
use rules::{
    IRREGULAR, Rule, STEP_1A, STEP_2, STEP_2_ABLI, STEP_2_MARTIN, STEP_2_NLTK,
    STEP_2_NLTK_FIRST, STEP_3, STEP_4, STEP_4_ROUGE_155, apply, tail,
};

/// A Porter stemmer: five steps, each of which removes at most one suffix from the word.
///
/// ```text
/// word = [C](VC)ᵐ[V]      C, V: runs of consonants, of vowels;  m: the measure
/// rule = (condition) S1 → S2      the longest S1 that ends the word decides alone;
///                                 the condition is on the letters before S1
/// ```
///
/// Vowels are `a e i o u`, and `y` after a consonant. The unit is the byte: words should
/// be in ASCII lower case, and every other byte counts as a consonant. Any bytes are
/// accepted, valid UTF-8 stays valid, and a stem is never longer than its word. The
/// complexity is `O(n)` in the length of the word; nothing is allocated.
///
/// Porter (1980), *An algorithm for suffix stripping*, Program 14(3):130–137. The
/// documentation of each variant, and of each step, describes its departures from the
/// paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Porter {
    /// The algorithm exactly as in the paper, which also stems words of one and two
    /// letters (`as` → `a`, and `s` → nothing).
    Original,
    /// Martin Porter's own later programs: words of up to two letters are unchanged,
    /// `bli` → `ble` replaces `abli` → `able`, and `logi` → `log` is new. It is also the
    /// stemmer of the `SemEval-2010` gold keyphrases.
    Martin,
    /// NLTK's default mode, `NLTK_EXTENSIONS`, which rouge-score uses: Martin's variant,
    /// with a list of irregular words and seven changed rules (`using` → `use`, `day` →
    /// `day`). NLTK counts characters and this crate bytes, so only words with non-ASCII
    /// letters may differ, which rouge-score never stems.
    Nltk,
    /// The stemmer of the ROUGE-1.5.5 script: Martin's variant, with a step 4 that may
    /// remove up to three suffixes (`representation` → `repres`), and in which `yy` is
    /// not a double consonant.
    Rouge155,
}

impl Porter {
    /// All variants.
    pub const ALL: [Self; 4] = [Self::Original, Self::Martin, Self::Nltk, Self::Rouge155];

    /// Returns the name of the variant in a metric's signature.
    pub fn name(self) -> &'static str {
        match self {
            Self::Original => "porter",
            Self::Martin => "porter-martin",
            Self::Nltk => "porter-nltk",
            Self::Rouge155 => "porter-1.5.5",
        }
    }

    /// Replaces a lower-case `word` by its stem.
    pub fn stem(self, word: &mut Vec<u8>) {
        if word.len() <= 2 && self != Self::Original {
            return;
        }
        // quirk of NLTK: some words follow no rule (`dying` → `die`, `news` is unchanged)
        if self == Self::Nltk
            && let Some(rule) = irregular(word)
        {
            rule.replace(word);
            return;
        }
        self.step_1a(word);
        self.step_1b(word);
        self.step_1c(word);
        self.step_2(word);
        apply(STEP_3, 0, word);
        self.step_4(word);
        self.step_5a(word);
        step_5b(word);
    }

    /// Step 1a, plurals: `caresses` → `caress`, `ponies` → `poni`, `cats` → `cat`.
    fn step_1a(self, word: &mut Vec<u8>) {
        // quirk of NLTK: `ies` of a four-letter word only loses its `s` (`dies` → `die`)
        if self == Self::Nltk && word.len() == 4 && word.ends_with(b"ies") {
            word.pop();
            return;
        }
        let ending = tail(word);
        if let Some(rule) = STEP_1A.iter().find(|rule| rule.matches(ending)) {
            rule.replace(word);
        }
    }

    /// Step 1b, past and continuous forms: `agreed` → `agree`, `plastered` → `plaster`,
    /// `hoping` → `hope`.
    fn step_1b(self, word: &mut Vec<u8>) {
        // quirk of NLTK: `ied` is a suffix too (`tied` → `tie`, `tried` → `tri`)
        if self == Self::Nltk && word.ends_with(b"ied") {
            let removed = if word.len() == 4 { 1 } else { 2 };
            word.truncate(word.len() - removed);
            return;
        }

        if let Some(stem) = word.strip_suffix(b"eed") {
            if measure(stem) > 0 {
                word.pop();
            }
            return;
        }

        let stem = word
            .strip_suffix(b"ed")
            .or_else(|| word.strip_suffix(b"ing"));
        if let Some(stem) = stem.filter(|stem| has_vowel(stem)) {
            word.truncate(stem.len());
            self.mend(word);
        }
    }

    /// The end of step 1b: restores what `ed` and `ing` had changed before them.
    fn mend(self, word: &mut Vec<u8>) {
        if [b"at", b"bl", b"iz"].iter().any(|end| word.ends_with(*end)) {
            word.push(b'e');
        } else if self.ends_doubled(word) {
            if !matches!(word.last(), Some(b'l' | b's' | b'z')) {
                word.pop();
            }
        } else if measure(word) == 1 && self.ends_short(word) {
            word.push(b'e');
        }
    }

    /// Returns whether the word ends in a double consonant, the paper's `*d`.
    fn ends_doubled(self, word: &[u8]) -> bool {
        // quirk of ROUGE-1.5.5: `yy` is never a double consonant (`eyyying` → `eyyy`)
        ends_in_double_consonant(word)
            && !(self == Self::Rouge155 && word.last() == Some(&b'y'))
    }

    /// Returns whether the word ends in a short syllable, the paper's `*o`.
    fn ends_short(self, word: &[u8]) -> bool {
        // quirk of NLTK: a vowel and a consonant alone are short too (`using` → `use`)
        ends_in_short_syllable(word)
            || self == Self::Nltk
                && word.len() == 2
                && !is_consonant(word, 0)
                && is_consonant(word, 1)
    }

    /// Step 1c: `happy` → `happi`, but `sky` is unchanged.
    fn step_1c(self, word: &mut [u8]) {
        let Some((last @ b'y', stem)) = word.split_last_mut() else {
            return;
        };
        let turns = match self {
            // quirk of NLTK: the `y` must follow a consonant (`dry` → `dri`, but not `day`)
            Self::Nltk => stem.len() > 1 && is_consonant(stem, stem.len() - 1),
            _ => has_vowel(stem),
        };
        if turns {
            *last = b'i';
        }
    }

    /// Step 2, double suffixes to single ones: `relational` → `relate`.
    fn step_2(self, word: &mut Vec<u8>) {
        // quirk of NLTK: `alli` → `al`, and then the whole step
        // (`sensationalli` → `sensational` → `sensate`)
        if self == Self::Nltk {
            apply(STEP_2_NLTK_FIRST, 0, word);
        }
        let own: &[Rule] = match self {
            Self::Original => STEP_2_ABLI,
            Self::Martin | Self::Rouge155 => STEP_2_MARTIN,
            Self::Nltk => STEP_2_NLTK,
        };
        if !apply(STEP_2, 0, word) {
            apply(own, 0, word);
        }
    }

    /// Step 4 removes single suffixes from long stems: `adjustment` → `adjust`.
    fn step_4(self, word: &mut Vec<u8>) {
        let lists: &[&[Rule]] = match self {
            // quirk of ROUGE-1.5.5: `ment`, `ent` and `ion` are tried after the others
            // (`movement` → `movem`, `dimensional` → `dimens`)
            Self::Rouge155 => &STEP_4_ROUGE_155,
            _ => &[STEP_4],
        };
        for rules in lists {
            apply(rules, 1, word);
        }
    }

    /// Step 5a removes a final `e`: `probate` → `probat`, `cease` → `ceas`, but `rate` is
    /// unchanged.
    fn step_5a(self, word: &mut Vec<u8>) {
        let Some(stem) = word.strip_suffix(b"e") else {
            return;
        };
        let falls = match measure(stem) {
            0 => false,
            1 => !self.ends_short(stem),
            _ => true,
        };
        if falls {
            word.pop();
        }
    }
}

/// Returns the rule for exactly this word on NLTK's list; `None` if the list does not
/// contain it.
fn irregular(word: &[u8]) -> Option<&'static Rule> {
    let whole = tail(word);
    IRREGULAR
        .iter()
        .find(|rule| rule.is_whole(word.len(), whole))
}

/// Step 5b shortens a final double `l`: `controll` → `control`, but `roll` is unchanged.
fn step_5b(word: &mut Vec<u8>) {
    if word.ends_with(b"ll") && measure(word) > 1 {
        word.pop();
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn stem(porter: Porter, word: &str) -> String {
        let mut bytes = word.as_bytes().to_vec();
        porter.stem(&mut bytes);
        String::from_utf8(bytes).unwrap()
    }

    /// Rows of a word and its stems in the order of [`Porter::ALL`].
    #[track_caller]
    fn check(rows: &[[&str; 5]]) {
        for [word, stems @ ..] in rows {
            assert_eq!(
                Porter::ALL.map(|porter| stem(porter, word)),
                *stems,
                "{word}"
            );
        }
    }

    #[test]
    fn the_papers_examples_have_one_stem() {
        let pairs = [
            ("caresses", "caress"),
            ("ponies", "poni"),
            ("agreed", "agre"),
            ("plastered", "plaster"),
            ("hopping", "hop"),
            ("falling", "fall"),
            ("hoping", "hope"),
            ("relational", "relat"),
            ("generalizations", "gener"),
            ("oscillators", "oscil"),
            ("adjustable", "adjust"),
            ("controll", "control"),
            ("roll", "roll"),
        ];
        check(&pairs.map(|(word, stem)| [word, stem, stem, stem, stem]));
    }

    #[test]
    fn original_stems_the_shortest_words_too() {
        check(&[["as", "a", "as", "as", "as"], ["s", "", "s", "s", "s"]]);
    }

    #[test]
    fn martins_programs_changed_two_rules_of_step_2() {
        check(&[
            ["possibly", "possibli", "possibl", "possibl", "possibl"],
            [
                "archaeology",
                "archaeologi",
                "archaeolog",
                "archaeolog",
                "archaeolog",
            ],
            ["geology", "geologi", "geologi", "geolog", "geologi"],
        ]);
    }

    #[test]
    fn nltk_has_irregular_words_and_seven_changed_rules() {
        check(&[
            ["skies", "ski", "ski", "sky", "ski"],
            ["innings", "in", "in", "inning", "in"],
            ["proceed", "proce", "proce", "proceed", "proce"],
            ["dies", "di", "di", "die", "di"],
            ["tied", "ti", "ti", "tie", "ti"],
            ["tried", "tri", "tri", "tri", "tri"],
            ["using", "us", "us", "use", "us"],
            ["day", "dai", "dai", "day", "dai"],
            ["dry", "dry", "dry", "dri", "dry"],
            [
                "sensationally",
                "sensation",
                "sensation",
                "sensat",
                "sensat",
            ],
            ["hopefully", "hopefulli", "hopefulli", "hope", "hopefulli"],
        ]);
    }

    #[test]
    fn rouge_155_takes_several_suffixes_in_step_4() {
        check(&[
            [
                "settlement",
                "settlement",
                "settlement",
                "settlement",
                "settlem",
            ],
            ["movement", "movement", "movement", "movement", "movem"],
            ["document", "document", "document", "document", "docum"],
            ["implement", "implement", "implement", "implement", "implem"],
            [
                "representation",
                "represent",
                "represent",
                "represent",
                "repres",
            ],
            [
                "dimensional",
                "dimension",
                "dimension",
                "dimension",
                "dimens",
            ],
            ["they", "thei", "thei", "they", "thei"],
            ["eyyying", "eyi", "eyi", "eyi", "eyyi"],
        ]);
    }

    #[test]
    fn a_stem_may_have_another_stem() {
        // agreed → agree → agre, where the first `e` saves nothing; agre → agr
        check(&[["agreed", "agre", "agre", "agre", "agre"]]);
        check(&[["agre", "agr", "agr", "agr", "agr"]]);
    }

    #[test]
    fn stems_of_irregular_words_stay() {
        for word in [
            "sky", "die", "lie", "tie", "news", "inning", "howe", "succeed",
        ] {
            assert_eq!(stem(Porter::Nltk, word), word);
        }
    }

    /// Generates words in which rules meet: letters that matter, then two suffixes.
    fn words() -> impl Strategy<Value = String> {
        let suffix =
            "(s|ies|ed|eed|ing|y|ational|alli|bli|logi|ization|ful|ement|sion|e|ll)";
        ("[aeybstlz0\u{e9}]{0,6}", suffix, suffix)
            .prop_map(|(root, first, second)| root + &first + &second)
    }

    proptest! {
        #[test]
        fn any_bytes_have_a_stem_that_is_not_longer(word: Vec<u8>) {
            for porter in Porter::ALL {
                let mut stem = word.clone();
                porter.stem(&mut stem);
                prop_assert!(stem.len() <= word.len());
            }
        }

        #[test]
        fn a_stem_is_utf8_and_empty_for_s_only(word in words()) {
            for porter in Porter::ALL {
                let stem = stem(porter, &word); // panics unless it is UTF-8
                prop_assert!(!stem.is_empty() || (porter == Porter::Original && word == "s"));
            }
        }

        #[test]
        fn numbers_and_words_of_two_letters_stay(word in "[0-9]{1,12}|[a-z]{1,2}") {
            for porter in [Porter::Martin, Porter::Nltk, Porter::Rouge155] {
                prop_assert_eq!(stem(porter, &word), &*word);
            }
        }
    }
}

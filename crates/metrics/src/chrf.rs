//! chrF: n-grams of characters.

use epitome_base::spec::Entry;

use super::{
    Measure, Metric, Output, Signature, Statistics, Subject, Tokenisation, Tokens,
    character_ngrams::{SortedNgrams, mean_f},
    value::Value,
};

const SOURCE: &str = "Popović (2015), chrF: character n-gram F-score for automatic MT evaluation, WMT; Popović (2017), chrF++, WMT; numbers of sacreBLEU 2.6.0";

pub(super) const CHRF: Entry<dyn Metric> = Entry {
    name: "chrf",
    about: "n-grams of characters shared with a reference",
    source: SOURCE,
    parameters: &[],
    build: |_| Box::new(Chrf { name: CHRF.name, words: 0 }),
};

pub(super) const CHRF_PLUS_PLUS: Entry<dyn Metric> = Entry {
    name: "chrf++",
    about: "n-grams of characters and words shared with a reference",
    source: SOURCE,
    parameters: &[],
    build: |_| Box::new(Chrf { name: CHRF_PLUS_PLUS.name, words: 2 }),
};

/// chrF2 of one text.
///
/// ```text
/// P, R = means over orders of n-grams shared / n-grams of the candidate, of the reference
/// chrF = (1 + β²) · P · R / (β² · P + R),   β = 2
/// ```
///
/// Orders are 1 to 6 of characters without white space, and for chrF++ 1 and 2 of words;
/// an order that either text lacks is left out. Cased. Several references: the highest,
/// the first of equals. In shares of 1; sacreBLEU prints percent. Over documents the
/// mean, not the corpus-level score. `O(n log n)` for `n` characters.
struct Chrf {
    name: &'static str,
    words: usize,
}

const CHARACTERS: usize = 6;
const BETA: f64 = 2.0;

/// The n-grams of one text.
struct Ngrams {
    characters: SortedNgrams,
    words: SortedNgrams,
}

impl Chrf {
    fn ngrams(&self, tokens: &Tokens) -> Ngrams {
        let mut segments = tokens.segments();
        let mut next =
            |longest| SortedNgrams::of(segments.next().unwrap_or_default(), longest);
        Ngrams { characters: next(CHARACTERS), words: next(self.words) }
    }
}

impl Value for Chrf {
    fn tokenisation(&self) -> Tokenisation {
        Tokenisation::CharactersAndWords
    }

    fn signature(&self) -> Signature {
        Signature::of(self.name)
            .with("profile", "sacrebleu-2.6.0")
            .with("case", "mixed")
            .with("orders", format!("{CHARACTERS}+{}", self.words))
            .with("beta", BETA.to_string())
            .with("multi", "best")
    }

    fn against<'a>(&'a self, subject: Subject<'a>) -> Box<dyn Measure + 'a> {
        let references: Vec<_> =
            subject.references.iter().map(|tokens| self.ngrams(tokens)).collect();
        Box::new(move |output: Output<'_>| {
            let candidate = self.ngrams(output.tokens);
            let score = |reference: &Ngrams| {
                let characters = candidate.characters.against(&reference.characters);
                mean_f(characters.chain(candidate.words.against(&reference.words)), BETA)
            };
            Statistics::value(references.iter().map(score).fold(0.0, f64::max))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::value::tests::{Case, value};
    use super::*;

    #[test]
    fn recall_weighs_four_times_precision() {
        let chrf = |candidate, reference| {
            let case = Case { candidate, references: &[reference], ..Case::default() };
            value(CHRF, "", &case)
        };
        // 1 of 1 against 1 of 2: only the order 1 is in both
        assert!((chrf("a", "ab") - 5.0 * 0.5 / 4.5).abs() < 1e-15);
        assert!((chrf("ab", "a") - 5.0 * 0.5 / 3.0).abs() < 1e-15);
        assert_eq!((chrf("a b", "ab"), chrf("", "a"), chrf("", "")), (1.0, 0.0, 0.0));
    }
}

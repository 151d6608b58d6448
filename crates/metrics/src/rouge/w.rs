//! ROUGE-W: ROUGE-L in which consecutive tokens count more.

use crate::tokens::Rouge155;
use crate::{Signature, Tokens, division::Division, metric::Metric, statistics::Matches};
use epitome_base::spec::Entry;

use super::{
    metric::{Rouge, Units},
    parameters::{PROFILE_OF_155, RougeSettings, SOURCE, WEIGHTED},
    profile::{Rouge155Scores, Shares},
    weighted::Weighted,
};

pub(crate) const ENTRY: Entry<dyn Metric> = Entry {
    name: "rouge-w",
    about: "longest common subsequences of lines that favour words in a row",
    source: SOURCE,
    parameters: WEIGHTED,
    build: |params| {
        let units = W {
            weight: params.number("weight"),
        };
        let settings = RougeSettings::of(params, params.choice(PROFILE_OF_155));
        Box::new(Rouge::new(ENTRY.name, units, settings))
    },
};

/// ROUGE-W at summary level: weighted common subsequences of sentences.
///
/// ```text
/// f(k) = k^w
/// shared    = Σ f(length of each run of hits in a reference sentence)
/// R = (shared / reference)^(1/w),   reference = (Σ_r f(|r|))^w      r: reference sentence
/// P = (shared / candidate)^(1/w),   candidate = f(tokens of the candidate)
/// ```
///
/// The subsequences are those with the highest sum of `f` over their runs; hits are
/// clipped as in ROUGE-Lsum. The complexity is `O(m · n)` in time, and a bit of space for
/// each pair of tokens of the largest pair of sentences. Above 2³⁰ pairs, such as two
/// texts of 33,000 tokens, counting would take minutes: there is no score, and the
/// document is left out.
///
/// Lin (2004), section 3.3, as ROUGE-1.5.5 computes it. Quirks of the script: tokens of a
/// run are adjacent in the reference, but not necessarily in the candidate; the reference
/// is weighted twice, which lowers the recall of several sentences; and see [`Weighted`].
/// Departure: the script dies at a reference without a token, which has the score 0 here.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct W {
    weight: f64,
}

impl Rouge<W> {
    /// Returns ROUGE-W as ROUGE-1.5.5 computes it. A run of `k` words counts `k` to the
    /// power of `weight`, which is from 1 to 4, usually 1.2.
    pub fn w(weight: f64) -> Self {
        let settings =
            RougeSettings::rouge_155(Rouge155::default(), Rouge155Scores::default());
        Self::new(ENTRY.name, W { weight }, settings)
    }
}

/// The number of pairs of tokens above which there is no score.
const MOST_CELLS: usize = 1 << 30;

impl Units for W {
    type Reference<'a> = Weighted<'a>;

    fn reference<'a>(&self, tokens: &'a Tokens) -> Weighted<'a> {
        Weighted::of(tokens, self.weight)
    }

    fn count(&self, reference: &mut Weighted<'_>, candidate: &Tokens) -> Option<Matches> {
        if reference.cells(candidate) > MOST_CELLS {
            return None;
        }
        let length = candidate.ids().len() as f64;
        Some(Matches {
            shared: reference.shared(candidate),
            candidate: length.powf(self.weight),
            reference: reference.sum().powf(self.weight), // quirk: weighted twice
        })
    }

    fn shares(&self) -> Shares {
        Shares {
            weight: Some(self.weight),
            compared_rounded: false,
        }
    }

    fn division(&self) -> Division {
        Division::Lines
    }

    fn signature(&self, signature: Signature) -> Signature {
        let sentences = self.division().name();
        signature
            .with("weight", self.weight.to_string())
            .with("sentences", sentences)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Tokenisation, Tokeniser, rouge::metric::tests::score_with, tokens::Unicode,
    };

    #[test]
    fn words_in_a_row_in_the_reference_count_more() {
        let precision = |candidate: &str, reference: &str| {
            let unrounded = "(profile=unicode, weight=2)";
            score_with(ENTRY, unrounded, candidate, &[reference])
                .precision
                .unwrap()
        };
        let row = precision("a b c d h i k", "a b c d e f g");
        assert!((row - (16.0_f64 / 49.0).sqrt()).abs() < 1e-15, "4² of 7²");
        let apart = precision("a b c d h i k", "a e b f c g d");
        assert!(
            (apart - (4.0_f64 / 49.0).sqrt()).abs() < 1e-15,
            "4 · 1² of 7²"
        );
        // quirk: Lin (2004) has 4 · 1² here, where the candidate has the gaps
        let gaps = precision("a h b k c i d", "a b c d e f g");
        assert!((gaps - row).abs() < 1e-15);
    }

    #[test]
    fn texts_too_long_for_the_table_have_no_score() {
        let mut tokeniser = Tokeniser::new(Tokenisation::Unicode(Unicode::default()));
        let texts = [40_000, 20_000].map(|len| tokeniser.tokens([&*"東 ".repeat(len)]));
        let metric = W { weight: 1.2 };
        let matches = |reference: usize| {
            let mut reference = metric.reference(&texts[reference]);
            metric.count(&mut reference, &texts[0])
        };
        assert_eq!(matches(0), None);
        assert!(texts[1].ids().len() * texts[0].ids().len() < MOST_CELLS);
    }

    #[test]
    fn a_reference_without_a_token_is_zero() {
        assert_eq!(score_with(ENTRY, "", "a", &["…"]).value, 0.0);
        assert_eq!(score_with(ENTRY, "", "", &["a"]).value, 0.0);
    }
}

//! ROUGE-S and ROUGE-SU: pairs of words in order, with gaps.

use crate::tokens::Rouge155;
use crate::{Signature, Tokens, metric::Metric, statistics::Matches};
use epitome_base::spec::{Entry, Params};

use super::{
    metric::{Rouge, Units},
    parameters::{PROFILE_OF_155, RougeSettings, SKIPPING, SOURCE},
    profile::Rouge155Scores,
    skips::{Skip, Skips},
};

pub(crate) const ROUGE_S: Entry<dyn Metric> = Entry {
    name: "rouge-s",
    about: "pairs of words in order, with gaps, shared with a reference",
    source: SOURCE,
    parameters: SKIPPING,
    build: |params| {
        let settings = RougeSettings::of(params, params.choice(PROFILE_OF_155));
        Box::new(Rouge::new(ROUGE_S.name, S::new(params, false), settings))
    },
};

pub(crate) const ROUGE_SU: Entry<dyn Metric> = Entry {
    name: "rouge-su",
    about: "pairs of words in order, with gaps, and single words",
    source: SOURCE,
    parameters: SKIPPING,
    build: |params| {
        let settings = RougeSettings::of(params, params.choice(PROFILE_OF_155));
        Box::new(Rouge::new(ROUGE_SU.name, S::new(params, true), settings))
    },
};

/// ROUGE-S, and with single words ROUGE-SU: pairs of words in order, with gaps.
///
/// ```text
/// units  = (tᵢ, tⱼ) for i < j ≤ i + skip + 1, and for SU also tᵢ
/// shared = Σ_u min(count of u in the candidate, count of u in the reference)
/// ```
///
/// The complexity is `O(n · skip)` for `n` tokens; with any skip `O(n · types)`.
///
/// Lin (2004), section 3.4, as ROUGE-1.5.5 computes it. Quirk of the script: the last
/// token of a text is not a single-word unit, so that a text of one token has no unit at
/// all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct S {
    skip: Skip,
    words: bool,
}

impl Rouge<S> {
    /// Returns ROUGE-S as ROUGE-1.5.5 computes it. Pairs have at most `skip` words
    /// between them, usually 4; `None` means any number.
    pub fn s(skip: Option<usize>) -> Self {
        Self::of_pairs(ROUGE_S.name, skip, false)
    }

    /// Returns ROUGE-SU as ROUGE-1.5.5 computes it: the pairs of [`Self::s`] and single
    /// words.
    pub fn su(skip: Option<usize>) -> Self {
        Self::of_pairs(ROUGE_SU.name, skip, true)
    }

    fn of_pairs(name: &'static str, skip: Option<usize>, words: bool) -> Self {
        let settings =
            RougeSettings::rouge_155(Rouge155::default(), Rouge155Scores::default());
        let skip = skip.map_or(Skip::Any, Skip::UpTo);
        Self::new(name, S { skip, words }, settings)
    }
}

impl S {
    fn new(params: &Params, words: bool) -> Self {
        let skip = params.integer_if_any("skip");
        Self {
            skip: skip.map_or(Skip::Any, |skip| Skip::UpTo(skip as usize)),
            words,
        }
    }

    /// Returns the tokens that are units themselves: none for ROUGE-S.
    fn singles<'a>(&self, tokens: &'a [u32]) -> &'a [u32] {
        match tokens {
            [but_the_last @ .., _] if self.words => but_the_last,
            _ => &[],
        }
    }

    /// Returns the number of units of a text.
    fn units(&self, tokens: &[u32]) -> usize {
        self.skip.pairs(tokens.len()) + self.singles(tokens).len()
    }
}

impl Units for S {
    type Reference<'a> = Skips<'a>;

    fn reference<'a>(&self, tokens: &'a Tokens) -> Skips<'a> {
        Skips::of(tokens.ids(), self.singles(tokens.ids()), self.skip)
    }

    fn count(&self, reference: &mut Skips<'_>, candidate: &Tokens) -> Option<Matches> {
        let tokens = candidate.ids();
        let shared = reference.shared(tokens, self.singles(tokens));
        Some(Matches::counts(
            shared,
            self.units(tokens),
            self.units(reference.tokens()),
        ))
    }

    fn signature(&self, signature: Signature) -> Signature {
        signature.with(
            "skip",
            match self.skip {
                Skip::UpTo(skip) => skip.to_string(),
                Skip::Any => "any".to_owned(),
            },
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rouge::metric::tests::score_with;

    #[test]
    fn pairs_keep_their_order() {
        // Lin (2004), section 3.4
        let reference = "police killed the gunman";
        let recall = |candidate: &str| {
            let any = "(profile=unicode, skip=any)";
            score_with(ROUGE_S, any, candidate, &[reference]).recall
        };
        assert_eq!(recall("police kill the gunman"), Some(3.0 / 6.0));
        assert_eq!(recall("the gunman kill police"), Some(1.0 / 6.0));
        assert_eq!(recall("the gunman police killed"), Some(2.0 / 6.0));
        assert_eq!(recall("gunman the killed police"), Some(0.0));
    }

    #[test]
    fn the_last_word_is_no_unit() {
        let found = score_with(ROUGE_SU, "(skip=0)", "a b", &["a b"]);
        assert_eq!(found.value, 1.0);
        assert_eq!(score_with(ROUGE_SU, "", "a", &["a"]).value, 0.0);
    }
}

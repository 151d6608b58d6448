//! ROUGE-Lsum: the union of longest common subsequences, sentence by sentence.

use crate::{Signature, Tokens, metric::Metric, statistics::Matches};
use epitome_base::spec::Entry;

use super::{
    metric::{Rouge, Units},
    parameters::{LSUM, PROFILE_OF_LSUM, RougeSettings, SOURCE},
    profile::Shares,
    union::Union,
};

pub(crate) const ENTRY: Entry<dyn Metric> = Entry {
    name: "rouge-lsum",
    about: "longest common subsequences of lines, united: what papers call ROUGE-L",
    source: SOURCE,
    parameters: LSUM,
    build: |params| {
        let settings = RougeSettings::of(params, params.choice(PROFILE_OF_LSUM));
        Box::new(Rouge::new(ENTRY.name, Lsum, settings))
    },
};

/// ROUGE-L at summary level; sentences are lines.
///
/// ```text
/// hits(r) = tokens of r on an LCS with any candidate sentence      r: reference sentence
/// shared  = Σ_r of hits(r), each token at most as often as candidate and reference have it
/// ```
///
/// P and R over all tokens. `O(m · n / 64)` time for `m` and `n` tokens where sentences
/// have at most 63.
///
/// Lin (2004), section 3.2, with the clipping of ROUGE-1.5.5 that rouge-score has too.
/// Which of several equally long subsequences is taken changes the union; as in both
/// tools, the way back through the table goes up (in the reference) before left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lsum;

impl Rouge<Lsum> {
    /// ROUGE-L at summary level, as rouge-score's rougeLsum; sentences are lines.
    pub fn lsum() -> Self {
        Self::new(ENTRY.name, Lsum, RougeSettings::rouge_score())
    }
}

impl Units for Lsum {
    type Reference<'a> = Union<'a>;

    fn reference<'a>(&self, tokens: &'a Tokens) -> Union<'a> {
        Union::of(tokens)
    }

    fn count(&self, reference: &mut Union<'_>, candidate: &Tokens) -> Option<Matches> {
        let shared = reference.shared(candidate);
        // of the reference all sentences, of the candidate the text: they differ under
        // a limit of bytes in ROUGE-1.5.5
        Some(Matches::counts(
            shared,
            candidate.ids().len(),
            reference.len(),
        ))
    }

    fn shares(&self) -> Shares {
        Shares {
            weight: None,
            compared_rounded: false,
        }
    }

    fn signature(&self, signature: Signature) -> Signature {
        signature.with("sentences", "lines")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rouge::metric::tests::score;

    #[test]
    fn subsequences_with_several_sentences_are_united() {
        // Lin (2004), section 3.2: 4 of the 5 words of the reference
        let found = score(ENTRY, "w1 w2 w6 w7 w8\nw1 w3 w8 w9 w5", &["w1 w2 w3 w4 w5"]);
        assert_eq!(found.recall, Some(4.0 / 5.0));
    }

    #[test]
    fn a_token_counts_only_as_often_as_both_have_it() {
        let found = score(ENTRY, "a b", &["a b\na b"]);
        assert_eq!((found.recall, found.precision), (Some(0.5), Some(1.0)));
    }

    #[test]
    fn without_line_ends_it_is_rouge_l() {
        let found = score(ENTRY, "the gunman kill police", &["police kill the gunman"]);
        assert_eq!(found.recall, Some(2.0 / 4.0));
    }
}

//! ROUGE-Lsum: the union of longest common subsequences, sentence by sentence.

use crate::{Signature, Tokens, division::Division, metric::Metric, statistics::Matches};
use epitome_base::spec::Entry;

use super::{
    metric::{Rouge, Units},
    parameters::{LSUM, PROFILE_OF_LSUM, RougeSettings, SOURCE, SPLIT},
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
        let units = Lsum {
            division: params.choice(SPLIT),
        };
        Box::new(Rouge::new(ENTRY.name, units, settings))
    },
};

/// ROUGE-L at summary level; the sentences are lines, or those that Unicode Standard Annex 29
/// finds.
///
/// ```text
/// hits(r) = tokens of r on an LCS with any candidate sentence      r: reference sentence
/// shared  = Σ_r of hits(r), each token at most as often as candidate and reference have it
/// ```
///
/// Precision and recall are over all tokens. The complexity is `O(m · n / 64)` for `m`
/// and `n` tokens if sentences have at most 63 tokens.
///
/// Lin (2004), section 3.2, with the clipping of ROUGE-1.5.5, which rouge-score has too.
/// The union depends on which of several equally long subsequences is chosen; as in both
/// tools, the way back through the table goes up (in the reference) before it goes left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lsum {
    division: Division,
}

impl Lsum {
    /// Sentences are lines.
    pub(super) const LINES: Self = Self {
        division: Division::Lines,
    };
}

impl Rouge<Lsum> {
    /// Returns ROUGE-L at summary level, as rouge-score's rougeLsum; the sentences are
    /// lines.
    pub fn lsum() -> Self {
        Self::new(ENTRY.name, Lsum::LINES, RougeSettings::rouge_score())
    }

    /// With the sentences of Unicode Standard Annex 29 in every line, of references and
    /// candidates alike.
    ///
    /// ```
    /// use epitome_metrics::{Rouge, score};
    ///
    /// let candidate = "The dam broke, two left.\nAll is well.";
    /// let reference = ["Two left. The dam broke. All is well."];
    /// assert_eq!(score(&Rouge::lsum(), candidate, &reference)?.recall, Some(6.0 / 8.0));
    /// let divided = Rouge::lsum().in_sentences();
    /// assert_eq!(score(&divided, candidate, &reference)?.recall, Some(1.0));
    /// # Ok::<_, epitome_metrics::NoScore>(())
    /// ```
    #[must_use]
    pub fn in_sentences(self) -> Self {
        self.with_units(Lsum {
            division: Division::Sentences,
        })
    }
}

impl Units for Lsum {
    type Reference<'a> = Union<'a>;

    fn reference<'a>(&self, tokens: &'a Tokens) -> Union<'a> {
        Union::of(tokens)
    }

    fn count(&self, reference: &mut Union<'_>, candidate: &Tokens) -> Option<Matches> {
        let shared = reference.shared(candidate);
        // all sentences of the reference count, but the text of the candidate: they differ
        // with a limit of bytes in ROUGE-1.5.5
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

    fn division(&self) -> Division {
        self.division
    }

    fn signature(&self, signature: Signature) -> Signature {
        signature.with("sentences", self.division.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rouge::metric::tests::{score, score_with};

    #[test]
    fn subsequences_with_several_sentences_are_united() {
        // Lin (2004), section 3.2: 4 of the 5 words of the reference
        let found = score(ENTRY, "w1 w2 w6 w7 w8\nw1 w3 w8 w9 w5", &["w1 w2 w3 w4 w5"]);
        assert_eq!(found.recall, Some(4.0 / 5.0));
    }

    #[test]
    fn sentences_in_one_line_are_found_if_asked() {
        let (apart, together) = ("A b c d.\nE f.", "C d. A b. E f.");
        let lines = score(ENTRY, apart, &[together]);
        assert_eq!(lines.recall, Some(4.0 / 6.0), "a b or c d, and e f");
        let found = score_with(ENTRY, "(split=sentences)", apart, &[together]);
        assert_eq!(found.value, 1.0);
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

//! ROUGE-L: the longest common subsequence of candidate and reference.

use crate::{Tokens, metric::Metric, statistics::Matches, tokens::Rouge155};
use epitome_base::spec::Entry;

use super::{
    common_subsequence::{Columns, length},
    counts::Counts,
    lsum::Lsum,
    metric::{Rouge, Units},
    parameters::{PARAMETERS, PROFILE, RougeSettings, SOURCE, Tool},
    profile::Rouge155Scores,
};

pub(crate) const ENTRY: Entry<dyn Metric> = Entry {
    name: "rouge-l",
    about: "longest common subsequence with a reference, line ends ignored",
    source: SOURCE,
    parameters: PARAMETERS,
    build: |params| {
        let tool = params.choice(PROFILE);
        let settings = RougeSettings::of(params, tool);
        match tool {
            // what ROUGE-1.5.5 calls ROUGE-L is the version with sentences
            Tool::Rouge155 => Box::new(Rouge::new(ENTRY.name, Lsum::LINES, settings)),
            Tool::RougeScore | Tool::Unicode => {
                Box::new(Rouge::new(ENTRY.name, L, settings))
            }
        }
    },
};

/// ROUGE-L of whole texts, without sentences.
///
/// ```text
/// shared = |LCS(reference, candidate)|,  P and R over the lengths in tokens
/// ```
///
/// The complexity is `O(m · ⌈n / 64⌉)` in time and `O(m + n)` in space.
///
/// Lin (2004) splits texts into sentences, which is [`rouge-lsum`](super::lsum) here;
/// rouge-score calls the version without sentences rougeL, and this crate follows it.
/// With `profile=rouge-1.5.5` the entry is the version with sentences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct L;

impl Rouge<L> {
    /// Returns ROUGE-L of whole texts, as rouge-score's rougeL computes it.
    pub fn l() -> Self {
        Self::new(ENTRY.name, L, RougeSettings::rouge_score())
    }
}

/// A reference that is prepared for candidates, with scratch space.
pub struct Whole<'a> {
    tokens: &'a [u32],
    columns: Columns,
    carries: Vec<bool>,
}

impl Units for L {
    type Reference<'a> = Whole<'a>;

    fn reference<'a>(&self, tokens: &'a Tokens) -> Whole<'a> {
        let columns = Columns::new(Counts::of(tokens.ids()).types());
        Whole {
            tokens: tokens.ids(),
            columns,
            carries: Vec::new(),
        }
    }

    fn count(&self, reference: &mut Whole<'_>, candidate: &Tokens) -> Option<Matches> {
        let Whole {
            tokens,
            columns,
            carries,
        } = reference;
        let shared = length(tokens, candidate.ids(), columns, carries);
        Some(Matches::counts(shared, candidate.ids().len(), tokens.len()))
    }
}

impl Rouge<Lsum> {
    /// Returns what ROUGE-1.5.5 calls ROUGE-L, as `rouge-l(profile=rouge-1.5.5)` does.
    pub fn l_of_155(words: Rouge155, scores: Rouge155Scores) -> Self {
        Self::new(
            ENTRY.name,
            Lsum::LINES,
            RougeSettings::rouge_155(words, scores),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rouge::metric::tests::{score, score_with};

    #[test]
    fn order_counts_and_gaps_do_not() {
        let found = score(
            ENTRY,
            "police killed the gunman",
            &["police kill the gunman"],
        );
        assert_eq!(found.recall, Some(3.0 / 4.0), "Lin (2004), section 3");
        let found = score(ENTRY, "the gunman kill police", &["police kill the gunman"]);
        assert_eq!(found.recall, Some(2.0 / 4.0), "Lin (2004), section 3");
    }

    #[test]
    fn line_ends_are_ignored_but_in_rouge_155() {
        assert_eq!(score(ENTRY, "a\nb\nc", &["a b c"]).value, 1.0);
        let found = score_with(ENTRY, "(profile=rouge-1.5.5)", "b\na", &["a b"]);
        assert_eq!(found.value, 1.0);
    }
}

//! The quantities that a survey measures, with their names and meanings.

use serde::Serialize;

/// A quantity that a document of a corpus may have one value or several values of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "`ALL` says what each is")]
pub enum Quantity {
    Words,
    Sentences,
    Documents,
    Repeated,
    NearlyRepeated,
    Boilerplate,
    LabelledBoilerplate,
    Summaries,
    SummaryWords,
    Compression,
    Coverage,
    Density,
    HumanRouge1,
    HumanRouge2,
    HumanRougeL,
    LeadRouge1,
    LeadRouge2,
    OracleRouge1,
    OracleRouge2,
    OraclePosition,
    OracleInLead,
    Keyphrases,
    KeyphraseWords,
    PresentKeyphrases,
    Annotators,
    AnnotatorF1,
}

/// A quantity with its name and its description for readers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Meaning {
    /// The name in kebab case: `summary-words`.
    pub name: &'static str,
    /// A description of the quantity, and of what each value is about.
    pub about: &'static str,
}

impl Quantity {
    /// All quantities, in table order.
    pub const ALL: [(Self, Meaning); 26] = [
        (
            Self::Words,
            meaning("words", "words of a document, without its title"),
        ),
        (
            Self::Sentences,
            meaning("sentences", "sentences of a document"),
        ),
        (
            Self::Documents,
            meaning("documents-in-cluster", "documents of a cluster"),
        ),
        (
            Self::Repeated,
            meaning(
                "repeated",
                "1 where a document before it has the same words, else 0",
            ),
        ),
        (
            Self::NearlyRepeated,
            meaning(
                "nearly-repeated",
                "1 where one before it shares about half of its runs of five words, else 0",
            ),
        ),
        (
            Self::Boilerplate,
            meaning(
                "boilerplate",
                "share of a document's sentences judged boilerplate",
            ),
        ),
        (
            Self::LabelledBoilerplate,
            meaning(
                "boilerplate-labelled",
                "share of a document's lines that the corpus says are boilerplate",
            ),
        ),
        (
            Self::Summaries,
            meaning("summaries", "reference summaries of a document"),
        ),
        (
            Self::SummaryWords,
            meaning("summary-words", "words of a reference, between white space"),
        ),
        (
            Self::Compression,
            meaning("compression", "words of the text for each of a reference"),
        ),
        (
            Self::Coverage,
            meaning(
                "coverage",
                "share of a reference's words in copied fragments",
            ),
        ),
        (
            Self::Density,
            meaning(
                "density",
                "mean length of the fragment that a reference's word is in",
            ),
        ),
        (
            Self::HumanRouge1,
            meaning(
                "human-rouge-1",
                "a document's references against each other",
            ),
        ),
        (
            Self::HumanRouge2,
            meaning("human-rouge-2", "the same, pairs of words"),
        ),
        (
            Self::HumanRougeL,
            meaning("human-rouge-l", "the same, longest subsequence"),
        ),
        (
            Self::LeadRouge1,
            meaning("lead-rouge-1", "a document's first three sentences"),
        ),
        (
            Self::LeadRouge2,
            meaning("lead-rouge-2", "the same, pairs of words"),
        ),
        (
            Self::OracleRouge1,
            meaning("oracle-rouge-1", "the three sentences of the greedy oracle"),
        ),
        (
            Self::OracleRouge2,
            meaning("oracle-rouge-2", "the same, pairs of words"),
        ),
        (
            Self::OraclePosition,
            meaning(
                "oracle-position",
                "place of a sentence that the oracle picks, 0 the first and 1 the last",
            ),
        ),
        (
            Self::OracleInLead,
            meaning(
                "oracle-in-lead",
                "share of the oracle's picks among a document's first three sentences",
            ),
        ),
        (
            Self::Keyphrases,
            meaning("keyphrases", "gold keyphrases of a document"),
        ),
        (
            Self::KeyphraseWords,
            meaning(
                "keyphrase-words",
                "words of a keyphrase, between white space",
            ),
        ),
        (
            Self::PresentKeyphrases,
            meaning(
                "keyphrases-present",
                "share of a document's keyphrases whose stems stand in its title or text",
            ),
        ),
        (
            Self::Annotators,
            meaning("annotators", "annotators with keyphrases of their own"),
        ),
        (
            Self::AnnotatorF1,
            meaning(
                "annotator-f1",
                "F1 of two annotators' stemmed keyphrases, mean of pairs",
            ),
        ),
    ];
}

const fn meaning(name: &'static str, about: &'static str) -> Meaning {
    Meaning { name, about }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_in_the_order_of_the_numbers() {
        let order: Vec<usize> = Quantity::ALL
            .iter()
            .map(|(quantity, _)| *quantity as usize)
            .collect();
        assert!(order.into_iter().eq(0..Quantity::ALL.len()));
    }
}

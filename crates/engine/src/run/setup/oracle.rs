//! The oracle: a nearly optimal extract, which is an upper bound for every summariser.

use epitome_base::spec::{self, Entry};
use epitome_metrics::{
    METRICS, Metric, MetricInput, Output, Tokenisation, Tokeniser, Tokens,
};
use epitome_systems::rank::{Budget, Selection, Summary};
use epitome_text::Document;

/// The oracle as a system of a run. It sees the references, so that it is in no registry
/// of summarisers and is never timed.
pub const ORACLE: Entry<()> = Entry {
    name: "oracle",
    about: "upper bound: the sentences selected by a greedy search that knows the references; only in `run`",
    source: "Nallapati, Zhai & Zhou (2017), SummaRuNNer, AAAI; Liu & Lapata (2019), Text summarization with pretrained encoders, EMNLP",
    parameters: &[],
    build: |_| Box::new(()),
};

/// A greedy oracle: picks sentences that raise the similarity to the references.
///
/// ```text
/// next = argmax_s ROUGE-1(picks + s) + ROUGE-2(picks + s)   s that fit
/// ```
///
/// The value is the F1 of the picks in document order against the references. It stops
/// when no sentence raises the sum or none fits; ties go to the earlier sentence. Words
/// are stemmed and scored as by rouge-score; by the profile `unicode` if rouge-score
/// reads less than half of a reference. `O(picks · sentences · length of the summary)`.
///
/// Nallapati, Zhai & Zhou (2017), *`SummaRuNNer`*, AAAI, section 3.2, with the sum of Liu
/// & Lapata (2019), *Text summarization with pretrained encoders*, EMNLP. Departures: the
/// program of the latter counts sets of n-grams within sentences and has no budget; here
/// n-grams count as often as they occur, also across sentences, and there is a budget.
pub struct Oracle {
    objectives: [Objective; 2],
}

/// The sum that is maximised: two metrics that share one tokeniser.
struct Objective {
    metrics: [Box<dyn Metric>; 2],
    tokeniser: Tokeniser,
}

impl Default for Oracle {
    fn default() -> Self {
        Self {
            objectives: ["rouge-score-0.1.2", "unicode"].map(Objective::new),
        }
    }
}

impl Oracle {
    /// Returns the picks in the order in which they were added; none if there is no
    /// reference.
    pub fn select(
        &mut self,
        document: &Document,
        references: &[String],
        budget: Budget,
    ) -> Selection {
        let [usual, other] = &mut self.objectives;
        let is_read = references
            .iter()
            .all(|text| usual.tokenisation().reads(text));
        let objective = if is_read { usual } else { other };
        let picks = objective.picks(document, references, budget);
        Selection {
            picks,
            scores: None,
        }
    }
}

impl Objective {
    fn new(profile: &str) -> Self {
        let metrics = ["rouge-1", "rouge-2"].map(|name| {
            let spec = format!("{name}(profile={profile}, stemmer=true)");
            let spec = spec.parse().expect("it follows the grammar");
            spec::build("metric", METRICS, &spec)
                .expect("it is in the list")
                .value
        });
        let tokeniser = Tokeniser::new(metrics[0].tokenisation());
        Self { metrics, tokeniser }
    }

    fn tokenisation(&self) -> &Tokenisation {
        self.tokeniser.tokenisation()
    }

    fn picks(
        &mut self,
        document: &Document,
        references: &[String],
        budget: Budget,
    ) -> Vec<u32> {
        self.tokeniser.start_document();
        let mut tokens = |text: &str| self.tokeniser.tokens([text]);
        let references: Vec<Tokens> = references.iter().map(|it| tokens(it)).collect();

        let count = document.sentences().len();
        let sentences: Vec<Tokens> = (0..count)
            .map(|at| tokens(document.sentence_text(at)))
            .collect();

        let subject = MetricInput {
            references: &references,
            ..MetricInput::default()
        };

        let mut measures = self
            .metrics
            .each_ref()
            .map(|metric| metric.against(subject));

        let mut candidate = Tokens::default();
        let mut value = |picks: &[u32]| -> f64 {
            candidate.clear();
            for &at in picks {
                candidate.append(&sentences[at as usize]);
            }
            let output = Output {
                tokens: &candidate,
                picks: None,
                ranked: None,
                texts: &[],
            };

            let pairs = self.metrics.iter().zip(&mut measures);
            pairs
                .map(|(metric, it)| metric.score(&it.measure(output)).value)
                .sum()
        };
        greedy(document, budget, &mut value)
    }
}

/// Returns the picks of a greedy search: each step adds the sentence that raises `value`,
/// a function of picks in document order, most.
fn greedy(
    document: &Document,
    budget: Budget,
    value: &mut impl FnMut(&[u32]) -> f64,
) -> Vec<u32> {
    let mut summary = Summary::with_likes(document, budget);
    let mut highest = 0.0;
    while !summary.is_full() {
        let mut picks = summary.picks().to_vec();
        picks.sort_unstable();
        let mut best = None;

        let all = 0..document.sentences().len() as u32;
        // one list for all candidates: the sentence is put in its place and taken out
        // again
        for sentence in all.filter(|&it| summary.can_take(it)) {
            let place = picks.partition_point(|&pick| pick < sentence);
            picks.insert(place, sentence);
            let value = value(&picks);
            picks.remove(place);
            if value > highest {
                highest = value;
                best = Some(sentence);
            }
        }

        let Some(sentence) = best else { break };
        summary.take(sentence);
    }
    summary.picks().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;
    use epitome_text::{Analyser, LineEnds, Segmenter, Source};

    /// An English document whose lines are its sentences.
    fn lines(text: &str) -> Document {
        let language = "en".parse().unwrap();
        let source = Source {
            id: "d",
            title: "",
            text,
            language,
            segmenter: Segmenter::Lines,
            line_ends: LineEnds::Auto,
        };
        Analyser::default().analyse(source)
    }

    fn picks(text: &str, reference: &str, budget: Budget) -> Vec<u32> {
        let references = [reference.to_owned()];
        Oracle::default()
            .select(&lines(text), &references, budget)
            .picks
    }

    const TEXT: &str =
        "the sun was low\na dog ran off\nthe river rose fast\na dog ran off\nit rained";

    #[test]
    fn it_takes_what_helps_most_first_and_nothing_that_hurts() {
        let reference = "the river rose fast and a dog ran";
        assert_eq!(picks(TEXT, reference, Budget::Sentences(4)), [2, 1]);
        assert_eq!(picks(TEXT, reference, Budget::Sentences(1)), [2]);
        assert_eq!(picks(TEXT, reference, Budget::Words(3)), [0_u32; 0]);
        assert_eq!(picks(TEXT, "whales", Budget::Sentences(3)), [0_u32; 0]);
    }

    #[test]
    fn it_reads_any_script() {
        let text = "солнце село\nрека поднялась быстро";
        assert_eq!(picks(text, "река поднялась", Budget::Sentences(2)), [1]);
    }

    #[test]
    fn nothing_has_no_picks() {
        assert_eq!(picks("", "the river", Budget::Sentences(3)), [0_u32; 0]);
        assert_eq!(picks(TEXT, "", Budget::Sentences(3)), [0_u32; 0]);
    }
}

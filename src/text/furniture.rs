//! Page furniture: lines of a scraped page that are not its text, such as pleas for
//! donations, membership offers, teasers of other pages, photo credits.
//!
//! A line is seen by its length, its end, its stop words, numbers, capitals and symbols,
//! the words that it shares with the rest of the text, cues of several kinds, *you* and
//! *we* outside quotes, imperatives, its place and its neighbours. Whatever is counted
//! is taken against the page: a page without full stops or a language without a cue
//! list says nothing by their absence. Two logistic regressions make a probability of
//! it; the second sees what the first says of the lines around.
//!
//! The line is the unit, so a text without line ends has no furniture, and a sentence of
//! furniture inside a paragraph is not found.

mod cues;
mod features;
mod lines;
mod model;

use super::Document;

pub(super) use cues::{CueWord, Cues, NONE as NO_CUE};
use lines::lines;

pub use features::Page;
pub use model::{BadWeights, Model};

/// Fewer lines than this are no page: there is nothing to compare a line with.
const PAGE: usize = 4;

/// Sets the furniture probability of every sentence of the body: what the model says of
/// its line, 0 for all of a document of fewer than four lines.
///
/// The model's line may be several of the text's, where that is hard-wrapped.
pub(super) fn judge(document: &mut Document, model: &Model) {
    let title = document.title_sentences;
    for sentence in &mut document.sentences[title..] {
        sentence.furniture = 0.0;
    }
    let lines = lines(document);
    if lines.len() < PAGE {
        return;
    }
    let page = Page::with_lines(document, lines);
    let probabilities = model.probabilities(&page);
    for (line, probability) in page.lines.into_iter().zip(probabilities) {
        for sentence in &mut document.sentences[title..][line] {
            sentence.furniture = probability;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::text::{Analyser, Segmenter, Source};
    use proptest::prelude::*;

    fn probabilities(code: &str, title: &str, text: &str) -> Vec<f32> {
        let language = code.parse().unwrap();
        let source = Source { id: "", title, text, language, segmenter: Segmenter::Own };
        let document = Analyser::default().analyse(source);
        document.sentences().iter().map(|sentence| sentence.furniture).collect()
    }

    const REPORT: &str = "\
The road bridge over the river will stay shut until the end of September, the council said.
Divers found a second crack in one of the piers of the bridge, nearly two metres long.
The council expects that repairs of the bridge will cost more than two million pounds.
Shopkeepers on the east bank of the river say that their trade has collapsed since May.
";

    #[test]
    fn a_plea_at_the_end_of_a_report_is_furniture() {
        let plea = "Sign up for our newsletter and support our journalism: join us today\n\
                    Read more\nPrivacy policy\n";
        let found = probabilities("en", "", &format!("{REPORT}{plea}"));
        let verdicts: Vec<bool> = found.iter().map(|&p| p > 0.5).collect();
        assert_eq!(verdicts, [false, false, false, false, true, true, true], "{found:?}");
    }

    #[test]
    fn one_line_of_many_sentences_has_no_furniture() {
        let line = REPORT.replace('\n', " ") + "Sign up for our newsletter.";
        assert_eq!(probabilities("en", "", &line), [0.0; 5]);
    }

    #[test]
    fn sentences_of_a_line_are_judged_together() {
        let found = probabilities("en", "", &format!("{REPORT}Read more. Sign up now!"));
        assert_eq!(found.len(), 6);
        assert_eq!(found[4].to_bits(), found[5].to_bits());
    }

    proptest! {
        #[test]
        fn every_text_has_probabilities_and_always_the_same(
            lines in prop::collection::vec(any::<String>(), 0..12),
            code in prop::sample::select(vec!["en", "de", "zh", "und"]),
            title: String,
        ) {
            let text = lines.join("\n");
            let found = probabilities(code, &title, &text);
            prop_assert!(found.iter().all(|p| (0.0..=1.0).contains(p)), "{:?}", found);
            prop_assert_eq!(found, probabilities(code, &title, &text));
        }
    }
}

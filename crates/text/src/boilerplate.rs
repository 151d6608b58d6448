//! Boilerplate: lines of a scraped page that are not part of its text, such as requests for
//! donations, membership offers, teasers of other pages, photo credits.
//!
//! The features of a line are its length and end; its stop words, numbers, capitals and symbols;
//! the words that it shares with the rest of the text; cue words of several kinds; *you* and *we*
//! outside quotes; imperatives; its position; and the same of its neighbours. Counts are relative
//! to those of the page, so that the lack of full stops on a whole page, or of a list of cues for
//! a language, has no effect. Two logistic regressions compute the probability that a line is
//! boilerplate; features of the second include the results of the first for the lines around.
//! `page` adjusts these probabilities to the page as a whole.
//!
//! In a mail, header, quotations, signature and disclaimer are boilerplate, and nothing else is.
//!
//! Lines are the unit: a text without line ends has no boilerplate, and a sentence of boilerplate
//! inside a paragraph is not found.

mod comments;
mod cues;
mod features;
mod labels;
mod lines;
mod mail;
mod model;
mod page;
mod structure;

use super::{Document, Sentence};

pub(super) use cues::{CueWord, Cues, NONE as NO_CUE};
use lines::lines;
use page::TAKEN;
use structure::{is_item_at, is_structured};

pub use features::Page;
pub use model::{BadWeights, BoilerplateModel};
pub use page::Thresholds;

/// Treatment of the boilerplate of a document before systems see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Boilerplate {
    /// Systems see the whole document.
    #[default]
    Keep,
    /// Systems see the document without its boilerplate.
    Drop,
}

/// Probability of the parts of a mail that are not its text; that of a line of a page is lower.
const CERTAIN: f32 = 1.0;

impl Sentence {
    /// Returns whether the sentence is boilerplate: whether its probability is above one half.
    pub fn is_boilerplate(&self) -> bool {
        self.boilerplate > TAKEN
    }
}

/// Amount of boilerplate in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BoilerplateShare {
    /// Number of sentences of the body that are boilerplate.
    pub sentences: usize,
    /// Number of words of these sentences.
    pub words: usize,
    /// Number of words of the body.
    pub of: usize,
    /// Whether the document is a mail, so that its header, quotations, signature and disclaimer are
    /// the boilerplate.
    pub is_mail: bool,
}

impl BoilerplateShare {
    /// Returns the share of the words of the body, from 0 to 1.
    pub fn share(self) -> f64 {
        self.words as f64 / self.of.max(1) as f64
    }

    /// Returns whether more than half of a page, or all of a mail, is boilerplate. Pages that the
    /// model was fitted on have less, so that its result for such a text is not used.
    pub fn is_most(self) -> bool {
        if self.is_mail {
            self.words == self.of
        } else {
            2 * self.words > self.of
        }
    }
}

impl Document {
    /// Returns the document with [`Sentence::boilerplate`] of every sentence of the body
    /// judged by `model`. An [`Analyser`](super::Analyser) has it judged by
    /// [`BoilerplateModel::standard`].
    #[must_use]
    pub fn judged_by(mut self, model: &BoilerplateModel) -> Self {
        judge(&mut self, model);
        self
    }

    /// Returns the document with no sentence as boilerplate. This is for formats that are neither
    /// scraped pages nor mails, which the extracted text does not show any more.
    #[must_use]
    pub fn of_no_page(mut self) -> Self {
        for sentence in &mut self.sentences {
            sentence.boilerplate = 0.0;
        }
        self
    }

    /// Returns the amount of boilerplate.
    pub fn boilerplate(&self) -> BoilerplateShare {
        let words = |sentence: &Sentence| self.words(sentence);
        let taken = || self.sentences().iter().filter(|it| it.is_boilerplate());
        BoilerplateShare {
            sentences: taken().count(),
            words: taken().map(words).sum(),
            of: self.sentences().iter().map(words).sum(),
            is_mail: self.sentences().iter().any(|it| it.boilerplate >= CERTAIN),
        }
    }

    /// Returns the document without the sentences that are
    /// [boilerplate](Sentence::is_boilerplate). They are replaced by blanks in the text, so that
    /// offsets do not change. Returns `None` if there is no boilerplate, or if
    /// [most](BoilerplateShare::is_most) of the document is.
    pub fn without_boilerplate(&self) -> Option<Self> {
        let found = self.boilerplate();
        let leaves_out = found.sentences > 0 && !found.is_most();
        leaves_out.then(|| self.without(Sentence::is_boilerplate))
    }
}

/// Minimum number of lines of a page. In a shorter text there is little to compare a line with, and
/// the model was fitted on longer ones.
const PAGE: usize = 8;

/// Maximum number of words of a page. 99 % of the pages that the model was fitted on have fewer;
/// longer texts, such as papers, minutes and books, were not among them.
const LONGEST: usize = 8_000;

/// Sets the boilerplate probability of every sentence of the body. In a mail it is 1 for header,
/// quotations, signature and disclaimer, and 0 for the rest. Otherwise it is that of the
/// sentence's line by the model; it is 0 for an item of a list and the like, and for all
/// sentences of a document that is too short, too long or too structured for a page.
///
/// In hard-wrapped text, a line of the model is a paragraph.
fn judge(document: &mut Document, model: &BoilerplateModel) {
    let title = document.title_sentences;
    for sentence in &mut document.sentences[title..] {
        sentence.boilerplate = 0.0;
    }
    if judge_mail(document) {
        return;
    }

    let lines = lines(document);
    let words: usize = document
        .sentences()
        .iter()
        .map(|it| document.words(it))
        .sum();
    if lines.len() < PAGE
        || words > LONGEST
        || is_structured(&document.text[document.body_start as usize..])
    {
        return;
    }

    let page = Page::with_lines(document, lines);
    let probabilities = model.probabilities(&page);
    for (line, probability) in page.lines.into_iter().zip(probabilities) {
        let body = document.body_start as usize;
        let start = document.sentences[title + line.start].span.start as usize;
        if is_item_at(&document.text[body..], start - body) {
            continue;
        }
        for sentence in &mut document.sentences[title..][line] {
            sentence.boilerplate = probability;
        }
    }
}

/// Marks the parts of a mail that are not its text; returns whether the document has any.
fn judge_mail(document: &mut Document) -> bool {
    let body = document.body_start as usize;
    let parts = mail::parts(&document.text[body..]);
    for sentence in &mut document.sentences[document.title_sentences..] {
        let start = sentence.span.start as usize - body;
        if parts.iter().any(|part| part.contains(&start)) {
            sentence.boilerplate = CERTAIN;
        }
    }
    !parts.is_empty()
}

#[cfg(test)]
mod tests {
    use crate::{Analyser, Document, LineEnds, Segmenter, Source};
    use proptest::prelude::*;

    fn document(code: &str, title: &str, text: &str) -> Document {
        let language = code.parse().unwrap();
        let source = Source {
            id: "",
            title,
            text,
            language,
            segmenter: Segmenter::Own,
            line_ends: LineEnds::Auto,
        };
        Analyser::default().analyse(source)
    }

    fn probabilities(code: &str, title: &str, text: &str) -> Vec<f32> {
        document(code, title, text)
            .sentences()
            .iter()
            .map(|sentence| sentence.boilerplate)
            .collect()
    }

    const REPORT: &str = "\
The road bridge over the river will stay shut until the end of September, the council said.
Divers found a second crack in one of the piers of the bridge, nearly two metres long.
The council expects that repairs of the bridge will cost more than two million pounds.
Shopkeepers on the east bank of the river say that their trade has collapsed since May.
";

    #[test]
    fn a_plea_at_the_end_of_a_report_is_boilerplate() {
        let plea = "Sign up for our newsletter and support our journalism: join us today\n\
                    Share this story\nRead more\nPrivacy policy\n";
        let found = probabilities("en", "", &format!("{REPORT}{plea}"));
        let (report, rest) = found.split_at(4);
        assert!(report.iter().all(|&p| p < 0.5), "{found:?}");
        assert!(
            rest.len() == 4 && rest.iter().all(|&p| p > 0.5),
            "{found:?}"
        );
    }

    #[test]
    fn one_line_of_many_sentences_has_no_boilerplate() {
        let line = REPORT.replace('\n', " ") + "Sign up for our newsletter.";
        assert_eq!(probabilities("en", "", &line), [0.0; 5]);
    }

    #[test]
    fn what_is_left_out_is_nowhere_and_all_else_stands_where_it_stood() {
        let plea =
            "Sign up for our newsletter and support our journalism: join us today\n";
        let (first, rest) = REPORT.split_at(REPORT.find('\n').unwrap() + 1);
        let text = format!("{first}{plea}{rest}{plea}Read more\nPrivacy policy\n");
        let page = document("en", "", &text);
        let clean = page.without_boilerplate().unwrap();
        let kept = [0, 2, 3, 4];
        assert_eq!(clean.sentences().len(), kept.len());
        assert_eq!(clean.given_sentences(), 8);
        for word in ["newsletter", "Read", "Privacy"] {
            assert!(!clean.full_text().contains(word), "{}", clean.full_text());
        }

        for (here, there) in kept.into_iter().enumerate() {
            assert_eq!(clean.number_of(here as u32), there);
            assert_eq!(clean.sentence_numbered(there), Some(here as u32));
            assert_eq!(
                clean.sentences()[here].span,
                page.sentences()[there as usize].span
            );
            assert_eq!(
                clean.sentence_text(here),
                page.sentence_text(there as usize)
            );
        }

        assert_eq!(clean.sentence_numbered(1), None);
    }

    #[test]
    fn a_text_without_boilerplate_has_nothing_to_leave_out() {
        assert!(document("en", "", REPORT).without_boilerplate().is_none());
    }

    #[test]
    fn most_of_a_text_is_no_boilerplate() {
        let menu = "Read more: The mill is sold\nRead more: The weir is dry\n\
                    Related: The ferry is late\nSee also: The road is shut\nPhoto by Ann Miller\n\
                    Advertisement\nUp next: The harbour\nThe bridge over the river is shut.\n";
        let page = document("en", "", menu);
        assert!(page.boilerplate().is_most(), "{:?}", page.boilerplate());
        assert!(page.without_boilerplate().is_none());
    }

    #[test]
    fn what_is_no_page_has_no_boilerplate() {
        let texts = [
            (
                "a list",
                "Shopping\n\n- Sign up for yoga\n- Milk\n- Share the bread\n- Read more books\n",
            ),
            (
                "Markdown",
                "# Install\n\nRead more below.\n\n```sh\nmake\n```\n\n* Subscribe to releases\n* Privacy policy\n",
            ),
            (
                "a mail",
                "Hi Ana,\n\n> Will you join us?\n> Sign up by Friday.\n\nThank you, we will.\n\nBen\n",
            ),
            (
                "dialogue",
                "Ana: Do you follow us?\nBen: We do. Thank you!\nAna: Join us.\nBen: Sign me up.\n",
            ),
            (
                "subtitles",
                "1\n00:00:01,000 --> 00:00:02,000\nThank you!\n\n2\n00:00:03,000 --> 00:00:04,000\nFollow us\n",
            ),
            (
                "a table",
                "Name\tTerms\nAna\tPrivacy policy\nBen\tRead more\nCleo\tSign up\n",
            ),
        ];

        for (kind, text) in texts {
            let found = probabilities("en", "", &text.repeat(4));
            assert!(found.iter().all(|&p| p == 0.0), "{kind}");
        }
    }

    #[test]
    fn of_a_mail_the_header_and_the_signature_are_boilerplate() {
        let mail = "From: ann@mill.example\nTo: ben@weir.example\nSubject: The wheel\n\n\
                    Thank you for your letter. Sign up to the race, and tell us more.\n\n\
                    -- \nAnn Miller\nThe mill by the weir\n";
        let document = document("en", "", mail);
        let clean = document.without_boilerplate().unwrap();
        let kept: Vec<&str> = (0..clean.sentences().len())
            .map(|at| clean.sentence_text(at))
            .collect();
        let body = [
            "Thank you for your letter.",
            "Sign up to the race, and tell us more.",
        ];
        assert_eq!(kept, body);
    }

    #[test]
    fn a_mail_of_a_header_alone_stays() {
        let header = "From: ann@mill.example\nTo: ben@weir.example\nSubject: The wheel\n";
        assert!(document("en", "", header).without_boilerplate().is_none());
    }

    #[test]
    fn a_long_text_is_no_page() {
        let plea = "Sign up for our newsletter now\nRead more\nPrivacy policy\n";
        let short = format!("{}{plea}", REPORT.repeat(4));
        let long = format!("{}{plea}", REPORT.repeat(140));
        assert!(document("en", "", &short).boilerplate().sentences >= 3);
        assert_eq!(document("en", "", &long).boilerplate().sentences, 0);
    }

    #[test]
    fn a_plea_begins_where_the_voice_changes() {
        let text = format!(
            "{REPORT}{REPORT}{REPORT}\
             As the correspondent of this paper on the river, I walk along its banks all year.\n\
             We ask you for your help: support us, and join our members for a pound a month.\n\
             Thank you,\nAnn Miller, editor\n"
        );
        let found = probabilities("en", "", &text);
        let (report, plea) = found.split_at(12);
        assert!(report.iter().all(|&p| p < 0.5), "{found:?}");
        assert!(plea.iter().all(|&p| p > 0.5), "{found:?}");
    }

    #[test]
    fn comments_behind_the_text_are_boilerplate() {
        let comments = "Eva, 2014/01/01 20:31\nThe old bridge was a good one, and it cost nothing.\n\
                        Jon, 2014/01/02 10:00\nThe ferry took us over.\nIda, 2014/01/02 11:10\nOh.\n";
        let found = probabilities("en", "", &format!("{}{comments}", REPORT.repeat(3)));
        assert!(found[..8].iter().all(|&p| p < 0.5), "{found:?}");
        assert!(found[12..].iter().all(|&p| p >= 0.9), "{found:?}");
    }

    #[test]
    fn a_few_lines_are_no_page() {
        let few = format!(
            "{REPORT}Sign up for our newsletter now\nRead more\nPrivacy policy\n"
        );
        assert_eq!(probabilities("en", "", &few), [0.0; 7]);
    }

    #[test]
    fn an_item_of_a_list_in_a_page_is_no_boilerplate() {
        let text =
            format!("{REPORT}{REPORT}- Sign up for our newsletter\nPrivacy policy\n");
        let found = probabilities("en", "", &text);
        assert_eq!(found[8], 0.0);
        assert!(found[9] > 0.5, "{found:?}");
    }

    #[test]
    fn sentences_of_a_line_are_judged_together() {
        let rest = "Share this story\nTerms of use\nPrivacy policy\n";
        let text = format!("{REPORT}Read more. Sign up now!\n{rest}");
        let found = probabilities("en", "", &text);
        assert_eq!(found.len(), 9);
        assert!(found[4] > 0.5, "{found:?}");
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

//! The scores of Edmundson's methods that sumy 0.13 computes.

use std::collections::{BTreeMap, BTreeSet};

use crate::rank::{sumy_forms, sumy_words};
use epitome_base::spec::Params;
use epitome_text::{Document, GivenStopWords, Stemmer};

use super::{cues::cue_lists, locations::locations};
use crate::summarise::summariser::SentenceScorer;

/// The bonus words of sumy's command line, which are Czech for every language of the
/// text.
pub(super) const BONUS: &str = "významný vynikající podstatný význačný důležitý slavný zajímavý eminentní vlivný \
     supr super nejlepší dobrý kvalitní optimální relevantní";

/// The stigma words of sumy's command line.
pub(super) const STIGMA: &str = "nejhorší zlý šeredný";

/// The scores of sumy's `EdmundsonSummarizer`.
///
/// ```text
/// score(s) = Cue + Key + Title + Location + Title        each if its weight is not 0
/// ```
///
/// The last `Title` is a part of the location. A weight above 0 turns a method on; it is
/// not multiplied with.
///
/// * Cue: bonus words less stigma words, as in the paper.
/// * Key: words of bonus stems that are more than half as frequent as the commonest.
/// * Title: words of the title that **are** on the stop list, since sumy's filter is the wrong
///   way round.
/// * Location: as in the paper.
///
/// Departure: sumy refuses to run without bonus, stigma or stop words.
#[expect(
    clippy::struct_excessive_bools,
    reason = "four methods, each on or off"
)]
pub(super) struct Edmundson {
    cue: bool,
    key: bool,
    title: bool,
    location: bool,
    bonus: String,
    stigma: String,
    stop_words: GivenStopWords,
}

impl From<&Params> for Edmundson {
    fn from(params: &Params) -> Self {
        let is_on = |weight| params.number(weight) > 0.0;
        Self {
            cue: is_on("cue"),
            key: is_on("key"),
            title: is_on("title"),
            location: is_on("location"),
            bonus: params.text("bonus").to_owned(),
            stigma: params.text("stigma").to_owned(),
            stop_words: params.into(),
        }
    }
}

impl SentenceScorer for Edmundson {
    fn scores(&self, document: &Document) -> Vec<f64> {
        let stemmer = Stemmer::of(document.language());
        let stem = |word: &str| stemmer.with_stem(&word.to_lowercase(), str::to_owned);
        let sentences: Vec<Vec<String>> = sumy_forms(document)
            .iter()
            .map(|words| words.iter().map(|word| stem(word)).collect())
            .collect();

        let (bonus, stigma) = cue_lists(document, &self.bonus, &self.stigma);
        let stems = |words: &str| -> BTreeSet<String> {
            words.split_whitespace().map(stem).collect()
        };
        let (bonus, stigma) = (stems(bonus), stems(stigma));

        let list = self.stop_words.of(document);
        let heading = &document.full_text()[..document.body_start() as usize];
        let null_words: BTreeSet<String> = sumy_words(heading)
            .iter()
            .filter(|word| list.contains(&word.to_lowercase()))
            .map(|word| stem(word))
            .collect();

        let key = significant(&sentences, &bonus);
        let count = |words: &[String], set: &BTreeSet<String>| {
            words.iter().filter(|word| set.contains(*word)).count() as f64
        };

        let scored = sentences.iter().zip(locations(document));
        scored
            .map(|(words, place)| {
                let titles = f64::from(u8::from(self.title) + u8::from(self.location));
                let mut score = titles * count(words, &null_words);
                if self.cue {
                    score += count(words, &bonus) - count(words, &stigma);
                }
                if self.key {
                    score += count(words, &key);
                }
                score + if self.location { place } else { 0.0 }
            })
            .collect()
    }
}

/// Returns the bonus stems that are more than half as frequent as the commonest of them.
fn significant(sentences: &[Vec<String>], bonus: &BTreeSet<String>) -> BTreeSet<String> {
    let mut counts: BTreeMap<&String, usize> = BTreeMap::new();
    for word in sentences
        .iter()
        .flatten()
        .filter(|word| bonus.contains(*word))
    {
        *counts.entry(word).or_default() += 1;
    }
    let most = counts.values().copied().max().unwrap_or(0);
    let frequent = counts.into_iter().filter(|(_, count)| 2 * count > most);
    frequent.map(|(word, _)| word.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rank::testing::titled;

    fn scores(key: bool, location: bool, title: &str, text: &str) -> Vec<f64> {
        let edmundson = Edmundson {
            cue: true,
            key,
            title: true,
            location,
            bonus: "significant results".to_owned(),
            stigma: "hardly".to_owned(),
            stop_words: GivenStopWords::default(),
        };
        edmundson.scores(&titled(title, text))
    }

    #[test]
    fn cue_and_key_words_count() {
        let text = "The results are significant.\nResults are hardly new.\nNothing.";
        assert_eq!(scores(false, false, "", text), [2.0, 0.0, 0.0]);
        assert_eq!(scores(true, false, "", text), [3.0, 1.0, 0.0]);
    }

    #[test]
    fn only_stop_words_of_the_title_count_and_twice_with_the_location() {
        let text = "A whale of the sea.\nShips.\nWhales.";
        assert_eq!(scores(false, false, "The whale", text), [1.0, 0.0, 0.0]);
        let with = scores(false, true, "The whale", text);
        assert_eq!(with[0] - scores(false, true, "", text)[0], 2.0);
    }
}

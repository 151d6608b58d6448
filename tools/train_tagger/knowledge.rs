//! What is known of words before and after a first tagger has read raw text.

use std::collections::BTreeMap;

use super::{
    Tag,
    clusters::clusters,
    corpus::Sentence,
    lexicon::Facts,
    table::Table,
    training::{COARSE, EXCHANGES, FINE},
    word,
};

/// Of raw text alone.
pub(super) struct Raw {
    forms: Table,
    frequency: Vec<u32>,
    capital: Vec<u8>,
    fine: Vec<u8>,
    coarse: Vec<u8>,
}

/// Words met less often in raw text are left out.
const LEAST: u32 = 3;

impl Raw {
    pub(super) fn of(raw: &[Vec<String>]) -> Self {
        let mut forms = Table::default();
        let mut folded = String::new();
        let mut frequency = Vec::new();
        let mut cases: Vec<[u32; 2]> = Vec::new();
        let mut sentences = Vec::new();

        for sentence in raw {
            let mut ids = Vec::new();
            let lower = sentence
                .iter()
                .filter(|w| w.starts_with(char::is_lowercase));
            let quiet = lower.count() * 3 > sentence.len();
            for (at, word) in sentence.iter().enumerate() {
                let id = forms.intern(word::form(word, &mut folded));
                if id == frequency.len() {
                    frequency.push(0);
                    cases.push([0; 2]);
                }
                frequency[id] += 1;
                let upper = word.starts_with(char::is_uppercase);
                if !upper || at > 0 && quiet {
                    cases[id][usize::from(upper)] += 1;
                }
                ids.push(id as u32);
            }
            sentences.push(ids);
        }

        let cluster = |count| clusters(&sentences, frequency.len(), count, EXCHANGES);
        let (fine, coarse) = (cluster(FINE), cluster(COARSE));
        let capital = cases.into_iter().map(capital).collect();
        Self {
            forms,
            frequency,
            capital,
            fine,
            coarse,
        }
    }

    /// The facts of every word: these, the listed ones, and those given.
    pub(super) fn facts(
        &self,
        listed: &BTreeMap<u32, u8>,
        tags: &BTreeMap<u32, u8>,
        only: &BTreeMap<u32, Tag>,
    ) -> Vec<(u32, Facts)> {
        let mut all: BTreeMap<u32, Facts> = BTreeMap::new();
        for (id, &form) in self.forms.keys().iter().enumerate() {
            if self.frequency[id] >= LEAST {
                let facts = all.entry(form).or_default();
                facts.cluster = self.fine[id];
                facts.coarse = self.coarse[id];
                facts.capital = self.capital[id];
                facts.tags = tags.get(&form).copied().unwrap_or(0);
            }
        }
        for (&form, &classes) in listed {
            all.entry(form).or_default().listed = classes;
        }
        for (&form, &tag) in only {
            all.entry(form).or_default().only = Some(tag);
        }
        all.into_iter()
            .filter(|&(_, facts)| facts != Facts::default())
            .collect()
    }
}

/// A class for `[lower, upper]` counts.
fn capital([lower, upper]: [u32; 2]) -> u8 {
    let all = lower + upper;
    match upper * 100 / all.max(1) {
        _ if all == 0 => 0,
        0..5 => 1,
        5..30 => 2,
        30..70 => 3,
        70..95 => 4,
        _ => 5,
    }
}

/// The words that `sentences` give one tag alone, or nearly, and often.
pub(super) fn only<'a>(
    sentences: impl IntoIterator<Item = &'a Sentence>,
    least: u32,
    share: f64,
) -> BTreeMap<u32, Tag> {
    let counts = counts(sentences);
    let of_one = |(form, by_tag): (u32, [u32; Tag::COUNT])| {
        let all: u32 = by_tag.iter().sum();
        let best = *Tag::ALL.iter().max_by_key(|&&tag| by_tag[tag as usize])?;
        let often = f64::from(by_tag[best as usize]) >= share * f64::from(all);
        (all >= least && often).then_some((form, best))
    };
    counts.into_iter().filter_map(of_one).collect()
}

/// How often each word has each tag.
pub(super) fn counts<'a>(
    sentences: impl IntoIterator<Item = &'a Sentence>,
) -> BTreeMap<u32, [u32; Tag::COUNT]> {
    let mut folded = String::new();
    let mut counts: BTreeMap<u32, [u32; Tag::COUNT]> = BTreeMap::new();
    for sentence in sentences {
        for (word, &tag) in sentence.words.iter().zip(&sentence.tags) {
            counts.entry(word::form(word, &mut folded)).or_default()[tag as usize] += 1;
        }
    }
    counts
}

/// The class of a word by the tags a first tagger gave it: which is most frequent, which
/// comes next among the open classes, and whether that is near (a third) or far behind.
pub(super) fn class_of_tags(counts: [u32; Tag::COUNT]) -> u8 {
    let all: u32 = counts.iter().sum();
    let mut ranked = Tag::ALL;
    ranked.sort_by_key(|&tag| (u32::MAX - counts[tag as usize], tag));
    let [first, second, ..] = ranked;
    let open = [Tag::Adj, Tag::Adv, Tag::Noun, Tag::Propn, Tag::Verb];
    let next = open
        .iter()
        .position(|&tag| tag == second)
        .unwrap_or(open.len());
    let share = f64::from(counts[second as usize]) / f64::from(all.max(1));
    let rest = match share {
        ..0.1 => 0,
        0.1..0.3 => 1 + next,
        _ => 7 + next,
    };
    (1 + first as usize * 13 + rest) as u8
}

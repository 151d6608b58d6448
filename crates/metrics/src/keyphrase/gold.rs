//! The gold phrases of a document, and which phrases of an output are among them.

use crate::{Tokens, metric_input::MetricInput, tokens::VARIANT};

use super::protocol::{Duplicates, GoldSet, Protocol};

/// The gold phrases of one document, prepared for looking up phrases.
pub struct Gold<'a> {
    duplicates: Duplicates,
    set: GoldSet,
    source: Option<&'a Tokens>,
    /// Every spelling of a gold phrase with the number of the phrase, in sorted order.
    written: Vec<(&'a [u32], usize)>,
    /// The first spelling of every phrase, in the order of the gold list.
    phrases: Vec<&'a [u32]>,
}

/// A phrase of an output at its position in the list, and whether it is gold.
pub struct Ranked<'c> {
    pub(super) phrase: &'c [u32],
    /// Whether the phrase is gold.
    pub(super) hit: bool,
    /// The number of gold phrases that it finds and that no phrase before it has found.
    pub(super) found: usize,
}

impl<'a> Gold<'a> {
    pub(super) fn of(subject: MetricInput<'a>, protocol: &Protocol) -> Self {
        let mut gold = Self {
            duplicates: protocol.duplicates,
            set: protocol.gold,
            source: subject.source,
            written: Vec::new(),
            phrases: Vec::new(),
        };
        for phrase in subject.references.iter().flat_map(Tokens::segments) {
            gold.add(phrase);
        }
        gold.written.sort_unstable();
        gold.written.dedup();
        gold
    }

    /// Adds a gold phrase with all its spellings, if one of them belongs to the set that
    /// counts.
    fn add(&mut self, phrase: &'a [u32]) {
        let variants = || {
            phrase
                .split(|&token| token == VARIANT)
                .filter(|variant| !variant.is_empty())
        };
        let Some(first) = variants().next() else {
            return;
        };

        if self.duplicates == Duplicates::Dropped
            && variants().any(|variant| self.knows(variant))
        {
            return;
        }

        if variants().any(|variant| self.counts(variant)) {
            let number = self.phrases.len();
            self.phrases.push(first);
            self.written
                .extend(variants().map(|variant| (variant, number)));
        }
    }

    /// Returns whether a gold phrase before has this spelling.
    fn knows(&self, variant: &[u32]) -> bool {
        self.written.iter().any(|(known, _)| *known == variant)
    }

    /// Returns the number of gold phrases that count.
    pub(super) fn len(&self) -> usize {
        self.phrases.len()
    }

    pub(super) fn phrases(&self) -> &[&'a [u32]] {
        &self.phrases
    }

    /// Returns whether a phrase belongs to the set that counts: all, present or absent
    /// phrases.
    fn counts(&self, phrase: &[u32]) -> bool {
        let present = || {
            let mut sentences = self.source.into_iter().flat_map(Tokens::segments);
            sentences.any(|sentence| {
                sentence
                    .windows(phrase.len())
                    .any(|window| window == phrase)
            })
        };
        match self.set {
            GoldSet::All => true,
            GoldSet::Present => present(),
            GoldSet::Absent => !present(),
        }
    }

    /// Returns the phrases of an output that count, in their order.
    pub(super) fn ranked<'c>(&self, output: &'c Tokens) -> Vec<Ranked<'c>> {
        let mut seen: Vec<&[u32]> = Vec::new();
        let mut found = vec![false; self.len()];
        let mut ranked = Vec::with_capacity(output.segments().len());
        for phrase in output.segments().filter(|phrase| !phrase.is_empty()) {
            if self.duplicates == Duplicates::Dropped {
                match seen.binary_search(&phrase) {
                    Ok(_) => continue,
                    Err(at) => seen.insert(at, phrase),
                }
            }

            if self.counts(phrase) {
                let (hit, new) = self.look_up(phrase, &mut found);
                ranked.push(Ranked {
                    phrase,
                    hit,
                    found: new,
                });
            }
        }
        ranked
    }

    /// Returns whether the phrase is gold, and how many gold phrases it newly finds.
    fn look_up(&self, phrase: &[u32], found: &mut [bool]) -> (bool, usize) {
        let start = self.written.partition_point(|(known, _)| *known < phrase);
        let same = self.written[start..]
            .iter()
            .take_while(|(known, _)| *known == phrase);
        let (mut hit, mut new) = (false, 0);
        for (_, number) in same {
            hit = true;
            new += usize::from(!std::mem::replace(&mut found[*number], true));
        }
        if self.duplicates == Duplicates::Counted {
            new = usize::from(hit);
        }
        (hit, new)
    }
}

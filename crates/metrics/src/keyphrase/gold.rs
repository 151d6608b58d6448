//! The gold phrases of a document, and which phrases of an output are among them.
//!
//! Time is `O(n log n)` in the number of phrases, whatever they are: a file may have
//! 100,000 of them.

use std::collections::BTreeSet;

use crate::{Tokens, metric_input::MetricInput, tokens::VARIANT};

use super::{
    protocol::{Duplicates, GoldSet, Protocol},
    source::Source,
};

/// The gold phrases of one document, prepared for looking up phrases.
pub struct Gold<'a> {
    duplicates: Duplicates,
    set: GoldSet,
    source: Source<'a>,
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
    /// The number of gold phrases that it finds and that no phrase before it has found: 0 or 1.
    pub(super) found: usize,
}

impl<'a> Gold<'a> {
    pub(super) fn of(subject: MetricInput<'a>, protocol: &Protocol) -> Self {
        let mut gold = Self {
            duplicates: protocol.duplicates,
            set: protocol.gold,
            source: match protocol.gold {
                GoldSet::All => Source::default(),
                GoldSet::Present | GoldSet::Absent => Source::of(subject.source),
            },
            written: Vec::new(),
            phrases: Vec::new(),
        };
        let mut known = BTreeSet::new();
        for phrase in subject.references.iter().flat_map(Tokens::segments) {
            gold.add(phrase, &mut known);
        }
        gold.written.sort_unstable();
        gold.written.dedup();
        gold
    }

    /// Adds a gold phrase with all its spellings, if one of them belongs to the set that
    /// counts. `known` is the spellings of those that were added before.
    fn add(&mut self, phrase: &'a [u32], known: &mut BTreeSet<&'a [u32]>) {
        let variants = || {
            phrase
                .split(|&token| token == VARIANT)
                .filter(|variant| !variant.is_empty())
        };
        let Some(first) = variants().next() else {
            return;
        };

        if self.duplicates == Duplicates::Dropped
            && variants().any(|variant| known.contains(variant))
        {
            return;
        }

        if variants().any(|variant| self.counts(variant)) {
            let number = self.phrases.len();
            self.phrases.push(first);
            known.extend(variants());
            self.written
                .extend(variants().map(|variant| (variant, number)));
        }
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
        match self.set {
            GoldSet::All => true,
            GoldSet::Present => self.source.has(phrase),
            GoldSet::Absent => !self.source.has(phrase),
        }
    }

    /// Returns the phrases of an output that count, in their order.
    pub(super) fn ranked<'c>(&self, output: &'c Tokens) -> Vec<Ranked<'c>> {
        let mut seen = BTreeSet::new();
        let mut found = Found {
            gold: vec![false; self.len()],
            looked_up: vec![false; self.written.len()],
        };
        let mut ranked = Vec::with_capacity(output.segments().len());
        for phrase in output.segments().filter(|phrase| !phrase.is_empty()) {
            if self.duplicates == Duplicates::Dropped && !seen.insert(phrase) {
                continue;
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

    /// Returns whether the phrase is gold, and how many gold phrases it newly finds: at most one,
    /// the first that no phrase has found, so that no more are found than were returned.
    fn look_up(&self, phrase: &[u32], found: &mut Found) -> (bool, usize) {
        let start = self.written.partition_point(|(known, _)| *known < phrase);
        let hit = self
            .written
            .get(start)
            .is_some_and(|(known, _)| *known == phrase);
        if !hit || self.duplicates == Duplicates::Counted {
            return (hit, usize::from(hit));
        }

        if std::mem::replace(&mut found.looked_up[start], true) {
            return (true, 0);
        }
        let mut same = self.written[start..]
            .iter()
            .take_while(|(known, _)| *known == phrase);
        let new =
            same.any(|(_, number)| !std::mem::replace(&mut found.gold[*number], true));
        (true, usize::from(new))
    }
}

/// What the phrases of a list have found so far.
struct Found {
    /// Whether each gold phrase was found.
    gold: Vec<bool>,
    /// Whether the spelling that begins at this position of all spellings was looked up. It finds
    /// nothing again.
    looked_up: Vec<bool>,
}

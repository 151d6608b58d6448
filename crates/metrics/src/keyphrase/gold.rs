//! Which phrases of an output are gold.

use crate::{Tokens, metric_input::MetricInput, tokens::VARIANT};

use super::protocol::{Duplicates, GoldSet, Protocol};

/// The gold phrases of one document.
pub struct Gold<'a> {
    duplicates: Duplicates,
    set: GoldSet,
    source: Option<&'a Tokens>,
    /// Every way to write a gold phrase and the phrase's number, sorted.
    written: Vec<(&'a [u32], usize)>,
    /// Every phrase as first written, in the order given.
    phrases: Vec<&'a [u32]>,
}

/// A phrase of an output, at its place in the list.
pub struct Ranked<'c> {
    pub(super) phrase: &'c [u32],
    /// Whether it is gold.
    pub(super) hit: bool,
    /// How many gold phrases it finds that were not found before.
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

    fn add(&mut self, phrase: &'a [u32]) {
        let variants = || {
            phrase
                .split(|&token| token == VARIANT)
                .filter(|variant| !variant.is_empty())
        };
        let Some(first) = variants().next() else {
            return;
        };
        let known = |variant| self.written.iter().any(|(known, _)| *known == variant);
        if self.duplicates == Duplicates::Dropped && variants().any(known) {
            return;
        }
        if variants().any(|variant| self.counts(variant)) {
            let number = self.phrases.len();
            self.phrases.push(first);
            self.written
                .extend(variants().map(|variant| (variant, number)));
        }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.phrases.len()
    }

    pub(super) fn phrases(&self) -> &[&'a [u32]] {
        &self.phrases
    }

    /// Whether a phrase is of the set that counts.
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

    /// The phrases of an output that count, in order.
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

    /// Whether the phrase is gold, and how many gold phrases it finds.
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

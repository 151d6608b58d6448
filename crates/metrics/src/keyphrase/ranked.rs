//! Metrics of the ranks of gold phrases in the list: MAP, MRR, R-precision and NDCG.

use crate::{Signature, metric::Metric, score::Score, statistics::Statistics};
use epitome_base::spec::{Entry, Params};

use super::{
    f1::{Cut, PARAMETERS, PARAMETERS_AT},
    gold::{Gold, Ranked},
    metric::{Keyphrases, Rule},
    protocol::{Protocol, SOURCE},
};

pub(crate) const MAP: Entry<dyn Metric> = Entry {
    name: "keyphrase-map",
    about: "average precision of the whole ranked list",
    source: SOURCE,
    parameters: PARAMETERS,
    build: |params| Box::new(ranked(RankedList::AveragePrecision, params)),
};

pub(crate) const MRR: Entry<dyn Metric> = Entry {
    name: "keyphrase-mrr",
    about: "reciprocal of the rank of the first gold phrase",
    source: SOURCE,
    parameters: PARAMETERS,
    build: |params| Box::new(ranked(RankedList::ReciprocalRank, params)),
};

pub(crate) const R_PRECISION: Entry<dyn Metric> = Entry {
    name: "keyphrase-r-precision",
    about: "share of gold phrases among the first |gold| phrases",
    source: SOURCE,
    parameters: PARAMETERS,
    build: |params| Box::new(ranked(RankedList::RPrecision, params)),
};

const NDCG_SOURCE: &str = "Järvelin & Kekäläinen (2002), Cumulated gain-based evaluation of IR techniques, TOIS 20";

pub(crate) const NDCG: Entry<dyn Metric> = Entry {
    name: "keyphrase-ndcg",
    about: "nDCG of gold phrases among the first phrases, at any cut-off",
    source: NDCG_SOURCE,
    parameters: PARAMETERS_AT,
    build: |params| Box::new(ndcg(NDCG.name, Cut::from(params), params)),
};

pub(crate) const NDCG_AT_10: Entry<dyn Metric> = Entry {
    name: "keyphrase-ndcg@10",
    about: "nDCG of gold phrases among the first 10",
    source: NDCG_SOURCE,
    parameters: PARAMETERS,
    build: |params| Box::new(ndcg(NDCG_AT_10.name, Cut::At(10), params)),
};

fn ranked(rule: RankedList, params: &Params) -> KeyphraseList {
    KeyphraseList::of(rule).protocol(Protocol::from(params))
}

fn ndcg(name: &'static str, cut: Cut, params: &Params) -> KeyphraseNdcg {
    Keyphrases::new(name, Ndcg { cut }).protocol(Protocol::from(params))
}

/// A value of the whole list, whose length is limited by the budget of the system. The
/// mean over documents is MAP, MRR and so on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RankedList {
    /// ```text
    /// AP = Σ_{i : phrase i is a hit} (found up to i) / i  /  |gold|
    /// ```
    AveragePrecision,
    /// 1 / rank of the first hit; 0 if there is no hit.
    ReciprocalRank,
    /// The share of gold phrases among the first |gold| phrases.
    RPrecision,
}

/// The keyphrase metric that returns one value of the whole ranked list.
pub type KeyphraseList = Keyphrases<RankedList>;

impl KeyphraseList {
    /// Returns the metric `keyphrase-map`, `keyphrase-mrr` or `keyphrase-r-precision`.
    pub fn of(rule: RankedList) -> Self {
        let name = match rule {
            RankedList::AveragePrecision => MAP.name,
            RankedList::ReciprocalRank => MRR.name,
            RankedList::RPrecision => R_PRECISION.name,
        };
        Self::new(name, rule)
    }
}

impl Rule for RankedList {
    fn measure(&self, list: &[Ranked<'_>], gold: &Gold<'_>, _: &Protocol) -> Statistics {
        let gold = gold.len();
        Statistics::value(match self {
            Self::AveragePrecision => average_precision(list, gold),
            Self::ReciprocalRank => reciprocal_rank(list),
            Self::RPrecision => r_precision(list, gold),
        })
    }

    fn statistics(&self) -> &'static [&'static str] {
        Statistics::VALUE
    }

    fn score(&self, statistics: &Statistics) -> Score {
        statistics.mean()
    }
}

/// Returns the mean over the gold phrases of the precision at the rank of each hit.
fn average_precision(list: &[Ranked<'_>], gold: usize) -> f64 {
    let (mut found, mut sum) = (0, 0.0);
    for (at, ranked) in list.iter().enumerate() {
        found += ranked.found;
        if ranked.hit {
            sum += found as f64 / (at + 1) as f64;
        }
    }
    sum / gold.max(1) as f64
}

fn reciprocal_rank(list: &[Ranked<'_>]) -> f64 {
    let first = list.iter().position(|ranked| ranked.hit);
    first.map_or(0.0, |at| 1.0 / (at + 1) as f64)
}

fn r_precision(list: &[Ranked<'_>], gold: usize) -> f64 {
    let found: usize = list.iter().take(gold).map(|ranked| ranked.found).sum();
    found as f64 / gold.max(1) as f64
}

/// Normalised discounted cumulated gain (NDCG) at a cut.
///
/// ```text
/// DCG = Σ_{i ≤ k} found at i / log₂(i + 1),   nDCG = DCG / Σ_{i ≤ min(k, |gold|)} 1 / log₂(i + 1)
/// ```
///
/// Järvelin & Kekäläinen (2002), with gains 0 and 1. The ideal list is the gold list: an
/// ideal list of the hits alone (as in `KPEval`) would give the value 1 to one hit of ten
/// at rank 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ndcg {
    cut: Cut,
}

/// The keyphrase metric that returns NDCG of the first phrases.
pub type KeyphraseNdcg = Keyphrases<Ndcg>;

impl KeyphraseNdcg {
    /// Returns the metric of the first `k` phrases: `keyphrase-ndcg(at=k)`.
    pub fn at(k: usize) -> Self {
        Self::cut(Cut::At(k))
    }

    /// Returns the metric of the phrases up to a cut: `keyphrase-ndcg(at=…)`.
    pub fn cut(cut: Cut) -> Self {
        Self::new(NDCG.name, Ndcg { cut })
    }
}

impl Rule for Ndcg {
    fn measure(&self, list: &[Ranked<'_>], gold: &Gold<'_>, _: &Protocol) -> Statistics {
        let k = self.cut.k(list.len(), gold.len());

        // rank 1 is discounted by log₂ 2 = 1, that is, not at all
        let discount = |at: usize| 1.0 / ((at + 2) as f64).log2();
        let gained: f64 = list
            .iter()
            .take(k)
            .enumerate()
            .filter(|(_, ranked)| ranked.found > 0)
            .map(|(at, _)| discount(at))
            .sum();
        let ideal: f64 = (0..k.min(gold.len())).map(discount).sum();
        Statistics::value(if ideal > 0.0 { gained / ideal } else { 0.0 })
    }

    fn statistics(&self) -> &'static [&'static str] {
        Statistics::VALUE
    }

    fn score(&self, statistics: &Statistics) -> Score {
        statistics.mean()
    }

    fn signature(&self, signature: Signature) -> Signature {
        signature.with("at", self.cut.name())
    }
}

#[cfg(test)]
mod tests {
    use super::super::metric::tests::{score, score_with};
    use super::*;

    #[test]
    fn average_precision_is_over_the_gold_list() {
        // hits at 1 and 3 of 4 gold phrases: (1/1 + 2/3) / 4
        let found = score(MAP, &["a1", "x1", "b1"], &["a1", "b1", "c1", "d1"]);
        assert!((found.value - (1.0 + 2.0 / 3.0) / 4.0).abs() < 1e-15);
        assert_eq!(found.precision, None);
    }

    #[test]
    fn the_ideal_is_the_gold_list_not_the_hits() {
        let one = score(NDCG_AT_10, &["a1", "x1"], &["a1", "b1"]);
        let ideal = 1.0 + 1.0 / 3.0_f64.log2();
        assert!((one.value - 1.0 / ideal).abs() < 1e-15);
        let at_one = score_with(NDCG, "(at=1)", "", &["a1", "x1"], &["a1", "b1"]);
        assert_eq!(at_one.value, 1.0);
    }

    #[test]
    fn ranks_are_those_of_hits() {
        let (list, gold) = (["x1", "a1", "b1"], ["a1", "b1", "c1"]);
        assert_eq!(score(MRR, &list, &gold).value, 0.5);
        assert_eq!(score(R_PRECISION, &list, &gold).value, 2.0 / 3.0);
    }

    #[test]
    fn nothing_predicted_or_nothing_wanted_is_zero() {
        for entry in [super::super::F1_AT_10, MAP, MRR, NDCG_AT_10, R_PRECISION] {
            assert_eq!(score(entry, &[], &["a1"]).value, 0.0);
            assert_eq!(score(entry, &["a1"], &[]).value, 0.0);
            assert_eq!(score(entry, &["…"], &["…"]).value, 0.0);
        }
    }
}

//! How keyphrases are matched, counted and averaged: one definition, named presets.

use crate::{Average, Signature, Tokenisation};
use epitome_base::porter::Porter;
use epitome_base::spec::{Choice, Parameter, Params};

/// A way of scoring keyphrases.
///
/// Numbers of different protocols are not comparable: one output of pke's `TfIdf` has an
/// F1@10 of 16.8 or 5.0 depending on the gold list, and published F1@10 of one model
/// range from .270 to .348 by average and denominator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Protocol {
    /// The preset that it is, or began as.
    pub name: &'static str,
    /// What makes words equal; `None` for gold and output that are stemmed.
    pub stemmer: Option<Porter>,
    /// What becomes of a phrase that was there before.
    pub duplicates: Duplicates,
    /// What precision is over.
    pub denominator: Denominator,
    /// Which phrases count.
    pub gold: GoldSet,
    /// What a document without a gold phrase is.
    pub empty_gold: EmptyGold,
    /// How scores of documents are averaged.
    pub average: Average,
    /// Whether a gold phrase `a+b` is found by `a` or by `b`, once.
    pub variants: bool,
}

/// What becomes of a phrase whose stems were there before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Duplicates {
    /// It is dropped before the list is cut, from the gold list too.
    Dropped,
    /// It takes a place in the list, but finds nothing again.
    Once,
    /// It is a hit again.
    Counted,
}

/// What precision is over, with a cut at `k`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Denominator {
    /// `min(k, predicted)`.
    Predicted,
    /// `k`, as if short lists were filled up with wrong phrases.
    Cut,
    /// `min(k, |gold|)`, where the list is cut too.
    Gold,
}

/// Which phrases count, of the gold list and of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GoldSet {
    /// All.
    All,
    /// Those whose stems stand in a row in the source.
    Present,
    /// The others.
    Absent,
}

/// What a document without a gold phrase is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EmptyGold {
    /// Its score is 0.
    Zero,
    /// Left out of the average.
    LeftOut,
}

/// The presets, the default first.
const PRESETS: [Protocol; 5] = [
    JCDL_2020,
    // P@k over k, present and absent phrases apart
    Protocol {
        name: "kpeval",
        denominator: Denominator::Cut,
        gold: GoldSet::Present,
        ..JCDL_2020
    },
    // Departures: kex keeps the gold phrases that are among its own candidates, which
    // differ by system; here those in the source. Its MRR without a hit is
    // 1 / (documents + 1); here 0.
    Protocol {
        name: "kex",
        denominator: Denominator::Gold,
        gold: GoldSet::Present,
        ..JCDL_2020
    },
    // phrases match by stems or as written: the second implies the first
    Protocol {
        name: "sifrank-micro",
        duplicates: Duplicates::Counted,
        average: Average::Micro,
        ..JCDL_2020
    },
    // what papers on generation report
    Protocol {
        name: "present-only",
        gold: GoldSet::Present,
        empty_gold: EmptyGold::LeftOut,
        ..JCDL_2020
    },
];

/// Gallina, Boudin & Daille (2020). Departure: their script leaves repeated phrases in
/// the list (`duplicates=once`); their systems gave none.
const JCDL_2020: Protocol = Protocol {
    name: "jcdl2020",
    stemmer: Some(Porter::Original),
    duplicates: Duplicates::Dropped,
    denominator: Denominator::Predicted,
    gold: GoldSet::All,
    empty_gold: EmptyGold::Zero,
    average: Average::Macro,
    variants: false,
};

pub(super) const SOURCE: &str = "Gallina, Boudin & Daille (2020), Large-scale evaluation of keyphrase extraction models, JCDL";

/// The value of a parameter that is left to the preset.
const PRESET: &str = "preset";

const PROTOCOLS: &Choice<usize, 5> = &Choice::new(
    "protocol",
    [
        (PRESETS[0].name, 0),
        (PRESETS[1].name, 1),
        (PRESETS[2].name, 2),
        (PRESETS[3].name, 3),
        (PRESETS[4].name, 4),
    ],
    "how phrases are matched, counted and averaged, unless said otherwise",
);
/// What makes phrases equal, as it is named.
#[derive(Debug, Clone, Copy)]
enum Stems {
    OfPreset,
    By(Porter),
    AsTheyAre,
}

const STEMMERS: &Choice<Stems, 5> = &Choice::new(
    "stemmer",
    [
        (PRESET, Stems::OfPreset),
        ("porter", Stems::By(Porter::Original)),
        ("porter-martin", Stems::By(Porter::Martin)),
        ("porter-nltk", Stems::By(Porter::Nltk)),
        ("none", Stems::AsTheyAre),
    ],
    "what makes phrases equal; `none` for gold and output that are stemmed",
);
const DUPLICATE: &Choice<Option<Duplicates>, 4> = &Choice::new(
    "duplicates",
    [
        (PRESET, None),
        ("dropped", Some(Duplicates::Dropped)),
        ("once", Some(Duplicates::Once)),
        ("counted", Some(Duplicates::Counted)),
    ],
    "a phrase whose stems were there before: dropped, finds nothing, is a hit again",
);
const DENOMINATORS: &Choice<Option<Denominator>, 4> = &Choice::new(
    "denominator",
    [
        (PRESET, None),
        ("predicted", Some(Denominator::Predicted)),
        ("cut", Some(Denominator::Cut)),
        ("gold", Some(Denominator::Gold)),
    ],
    "precision is over min(k, predicted), k, or min(k, gold)",
);
const GOLD_SETS: &Choice<Option<GoldSet>, 4> = &Choice::new(
    "gold",
    [
        (PRESET, None),
        ("all", Some(GoldSet::All)),
        ("present", Some(GoldSet::Present)),
        ("absent", Some(GoldSet::Absent)),
    ],
    "the phrases that count: all, those in the source, the others",
);
const EMPTY: &Choice<Option<EmptyGold>, 3> = &Choice::new(
    "empty-gold",
    [
        (PRESET, None),
        ("zero", Some(EmptyGold::Zero)),
        ("left-out", Some(EmptyGold::LeftOut)),
    ],
    "a document without a gold phrase: 0, or left out of the average",
);
const AVERAGES: &Choice<Option<Average>, 3> = &Choice::new(
    "average",
    [
        (PRESET, None),
        ("macro", Some(Average::Macro)),
        ("micro", Some(Average::Micro)),
    ],
    "over documents or over phrases",
);
const VARIANT: &Choice<Option<bool>, 3> = &Choice::new(
    "variants",
    [(PRESET, None), ("no", Some(false)), ("plus", Some(true))],
    "`plus`: a gold phrase `a+b` is found by `a` or by `b`, once",
);

pub(super) const PROTOCOL: Parameter = PROTOCOLS.parameter();
pub(super) const STEMMER: Parameter = STEMMERS.parameter();
pub(super) const DUPLICATES: Parameter = DUPLICATE.parameter();
pub(super) const DENOMINATOR: Parameter = DENOMINATORS.parameter();
pub(super) const GOLD: Parameter = GOLD_SETS.parameter();
pub(super) const EMPTY_GOLD: Parameter = EMPTY.parameter();
pub(super) const AVERAGE: Parameter = AVERAGES.parameter();
pub(super) const VARIANTS: Parameter = VARIANT.parameter();

impl From<&Params> for Protocol {
    fn from(params: &Params) -> Self {
        let preset = PRESETS[params.choice(PROTOCOLS)];
        Self {
            name: preset.name,
            stemmer: match params.choice(STEMMERS) {
                Stems::OfPreset => preset.stemmer,
                Stems::By(porter) => Some(porter),
                Stems::AsTheyAre => None,
            },
            duplicates: params.choice(DUPLICATE).unwrap_or(preset.duplicates),
            denominator: params.choice(DENOMINATORS).unwrap_or(preset.denominator),
            gold: params.choice(GOLD_SETS).unwrap_or(preset.gold),
            empty_gold: params.choice(EMPTY).unwrap_or(preset.empty_gold),
            average: params.choice(AVERAGES).unwrap_or(preset.average),
            variants: params.choice(VARIANT).unwrap_or(preset.variants),
        }
    }
}

impl Default for Protocol {
    fn default() -> Self {
        JCDL_2020
    }
}

/// The presets. What differs from one is a field: `Protocol { variants: true, ..Protocol::kex() }`.
impl Protocol {
    /// `KPEval`: P@k over k, present phrases alone.
    pub fn kpeval() -> Self {
        PRESETS[1]
    }

    /// kex.
    pub fn kex() -> Self {
        PRESETS[2]
    }

    /// `SIFRank`: a micro average.
    pub fn sifrank_micro() -> Self {
        PRESETS[3]
    }

    /// Present phrases alone, as papers on generation report.
    pub fn present_only() -> Self {
        PRESETS[4]
    }
}

/// The word of a value in a table.
fn word<T: Copy + PartialEq, const N: usize>(
    table: &Choice<Option<T>, N>,
    value: T,
) -> &'static str {
    table
        .word(Some(value))
        .expect("every value stands in its table")
}

impl Protocol {
    pub(super) fn tokenisation(&self) -> Tokenisation {
        Tokenisation::Phrase {
            stemmer: self.stemmer,
            variants: self.variants,
        }
    }

    /// Adds every rule, as resolved.
    pub(super) fn signature(&self, name: &'static str) -> Signature {
        Signature::of(name)
            .with("protocol", self.name)
            .with("stem", self.stemmer.map_or("none", Porter::name))
            .with("match", "exact")
            .with("duplicates", word(DUPLICATE, self.duplicates))
            .with("denominator", word(DENOMINATORS, self.denominator))
            .with("gold", word(GOLD_SETS, self.gold))
            .with("empty-gold", word(EMPTY, self.empty_gold))
            .with("average", word(AVERAGES, self.average))
            .with("variants", word(VARIANT, self.variants))
    }
}

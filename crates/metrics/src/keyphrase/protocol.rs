//! How keyphrases are matched, counted and averaged: one definition, named presets.

use crate::{Average, Signature, Tokenisation};
use epitome_base::porter::Porter;
use epitome_base::spec::{Kind, Parameter, Params};

/// A way of scoring keyphrases.
///
/// Numbers of different protocols are not comparable: one output of pke's `TfIdf` has an
/// F1@10 of 16.8 or 5.0 depending on the gold list, and published F1@10 of one model
/// range from .270 to .348 by average and denominator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Protocol {
    name: &'static str,
    stemmer: Option<Porter>,
    pub(super) duplicates: Duplicates,
    pub(super) denominator: Denominator,
    pub(super) gold: GoldSet,
    pub(super) empty_gold: EmptyGold,
    pub(super) average: Average,
    pub(super) variants: bool,
}

/// What becomes of a phrase whose stems were there before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Duplicates {
    /// It is dropped before the list is cut, from the gold list too.
    Dropped,
    /// It takes a place in the list, but finds nothing again.
    Once,
    /// It is a hit again.
    Counted,
}

/// What precision is over, with a cut at `k`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Denominator {
    /// `min(k, predicted)`.
    Predicted,
    /// `k`, as if short lists were filled up with wrong phrases.
    Cut,
    /// `min(k, |gold|)`, where the list is cut too.
    Gold,
}

/// Which phrases count, of the gold list and of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum GoldSet {
    All,
    /// Those whose stems stand in a row in the source.
    Present,
    /// The others.
    Absent,
}

/// What a document without a gold phrase is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EmptyGold {
    Zero,
    /// Left out of the average.
    LeftOut,
}

/// The presets, the default first.
const PRESETS: &[Protocol] = &[
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

macro_rules! parameter {
    ($name:literal, [$($value:literal),+], $about:literal) => {
        Parameter {
            name: $name,
            kind: Kind::Choice(&[PRESET, $($value),+]),
            default: PRESET,
            about: $about,
        }
    };
}

pub(super) const PROTOCOL: Parameter = Parameter {
    name: "protocol",
    kind: Kind::Choice(&["jcdl2020", "kpeval", "kex", "sifrank-micro", "present-only"]),
    default: "jcdl2020",
    about: "how phrases are matched, counted and averaged, unless said otherwise",
};
pub(super) const STEMMER: Parameter = parameter!(
    "stemmer",
    ["porter", "porter-martin", "porter-nltk", "none"],
    "what makes phrases equal; `none` for gold and output that are stemmed"
);
pub(super) const DUPLICATES: Parameter = parameter!(
    "duplicates",
    ["dropped", "once", "counted"],
    "a phrase whose stems were there before: dropped, finds nothing, is a hit again"
);
pub(super) const DENOMINATOR: Parameter = parameter!(
    "denominator",
    ["predicted", "cut", "gold"],
    "precision is over min(k, predicted), k, or min(k, gold)"
);
pub(super) const GOLD: Parameter = parameter!(
    "gold",
    ["all", "present", "absent"],
    "the phrases that count: all, those in the source, the others"
);
pub(super) const EMPTY_GOLD: Parameter = parameter!(
    "empty-gold",
    ["zero", "left-out"],
    "a document without a gold phrase: 0, or left out of the average"
);
pub(super) const AVERAGE: Parameter =
    parameter!("average", ["macro", "micro"], "over documents or over phrases");
pub(super) const VARIANTS: Parameter = parameter!(
    "variants",
    ["no", "plus"],
    "`plus`: a gold phrase `a+b` is found by `a` or by `b`, once"
);

impl From<&Params> for Protocol {
    fn from(params: &Params) -> Self {
        let name = params.text(PROTOCOL.name);
        let preset = PRESETS.iter().find(|preset| preset.name == name);
        let preset = preset.unwrap_or(&JCDL_2020).clone();
        Self {
            stemmer: match params.text(STEMMER.name) {
                PRESET => preset.stemmer,
                name => Porter::ALL.into_iter().find(|porter| porter.name() == name),
            },
            duplicates: match params.text(DUPLICATES.name) {
                "dropped" => Duplicates::Dropped,
                "once" => Duplicates::Once,
                "counted" => Duplicates::Counted,
                _ => preset.duplicates,
            },
            denominator: match params.text(DENOMINATOR.name) {
                "predicted" => Denominator::Predicted,
                "cut" => Denominator::Cut,
                "gold" => Denominator::Gold,
                _ => preset.denominator,
            },
            gold: match params.text(GOLD.name) {
                "all" => GoldSet::All,
                "present" => GoldSet::Present,
                "absent" => GoldSet::Absent,
                _ => preset.gold,
            },
            empty_gold: match params.text(EMPTY_GOLD.name) {
                "zero" => EmptyGold::Zero,
                "left-out" => EmptyGold::LeftOut,
                _ => preset.empty_gold,
            },
            average: match params.text(AVERAGE.name) {
                "macro" => Average::Macro,
                "micro" => Average::Micro,
                _ => preset.average,
            },
            variants: match params.text(VARIANTS.name) {
                PRESET => preset.variants,
                value => value == "plus",
            },
            name: preset.name,
        }
    }
}

impl Protocol {
    pub(super) fn tokenisation(&self) -> Tokenisation {
        Tokenisation::Phrase { stemmer: self.stemmer, variants: self.variants }
    }

    /// Adds every rule, as resolved.
    pub(super) fn signature(&self, name: &'static str) -> Signature {
        Signature::of(name)
            .with("protocol", self.name)
            .with("stem", self.stemmer.map_or("none", Porter::name))
            .with("match", "exact")
            .with(
                "duplicates",
                match self.duplicates {
                    Duplicates::Dropped => "dropped",
                    Duplicates::Once => "once",
                    Duplicates::Counted => "counted",
                },
            )
            .with(
                "denominator",
                match self.denominator {
                    Denominator::Predicted => "predicted",
                    Denominator::Cut => "cut",
                    Denominator::Gold => "gold",
                },
            )
            .with(
                "gold",
                match self.gold {
                    GoldSet::All => "all",
                    GoldSet::Present => "present",
                    GoldSet::Absent => "absent",
                },
            )
            .with(
                "empty-gold",
                match self.empty_gold {
                    EmptyGold::Zero => "zero",
                    EmptyGold::LeftOut => "left-out",
                },
            )
            .with(
                "average",
                match self.average {
                    Average::Macro => "macro",
                    Average::Micro => "micro",
                },
            )
            .with("variants", if self.variants { "plus" } else { "no" })
    }
}

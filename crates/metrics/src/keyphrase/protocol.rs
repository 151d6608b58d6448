//! Protocols: how keyphrases are matched, counted and averaged. One definition has
//! several named presets.

use crate::{Average, Signature, Tokenisation};
use epitome_base::porter::Porter;
use epitome_base::spec::{Choice, Parameter, Params};

/// A way of scoring keyphrases.
///
/// Numbers of different protocols are not comparable: one output of pke's `TfIdf` has an
/// F1@10 of 16.8 or 5.0 depending on the gold list, and the published F1@10 of one model
/// ranges from .270 to .348 depending on average and denominator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Protocol {
    /// The name of the preset that the protocol is or was made from.
    pub name: &'static str,
    /// The stemmer that makes words equal; `None` if gold phrases and output are already
    /// stemmed.
    pub stemmer: Option<Porter>,
    /// What happens to a phrase that occurred before.
    pub duplicates: Duplicates,
    /// The denominator of precision.
    pub denominator: Denominator,
    /// Which phrases count.
    pub gold: GoldSet,
    /// The score of a document without a gold phrase.
    pub empty_gold: EmptyGold,
    /// How scores are averaged over documents.
    pub average: Average,
    /// Whether a gold phrase `a+b` is found by either `a` or `b`, once.
    pub variants: bool,
}

/// What happens to a phrase whose stems occurred before in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Duplicates {
    /// The phrase is dropped before the list is cut, and from the gold list too.
    Dropped,
    /// The phrase has a position in the list, but finds nothing again.
    Once,
    /// The phrase is a hit again.
    Counted,
}

/// The denominator of precision, with a cut at `k`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Denominator {
    /// The denominator is `min(k, predicted)`.
    Predicted,
    /// The denominator is `k`, as if short lists were filled up with wrong phrases.
    Cut,
    /// The denominator is `min(k, |gold|)`, and the list is cut there too.
    Gold,
}

/// Which phrases of the gold list and of the output count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GoldSet {
    /// All phrases count.
    All,
    /// Only phrases count whose stems occur in a row in the source.
    Present,
    /// Only phrases count whose stems do not occur in a row in the source.
    Absent,
}

/// The score of a document without a gold phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EmptyGold {
    /// The document has the score 0.
    Zero,
    /// The document is left out of the average.
    LeftOut,
}

/// The presets, starting with the default.
const PRESETS: [Protocol; 5] = [
    JCDL_2020,
    // P@k with the denominator k; present and absent phrases are scored separately
    Protocol {
        name: "kpeval",
        denominator: Denominator::Cut,
        gold: GoldSet::Present,
        ..JCDL_2020
    },
    // Departures: kex keeps the gold phrases that are among its own candidates, which
    // differ between systems; here those in the source are kept. Its MRR without a hit is
    // 1 / (documents + 1); here it is 0.
    Protocol {
        name: "kex",
        denominator: Denominator::Gold,
        gold: GoldSet::Present,
        ..JCDL_2020
    },
    // phrases match by stems or literally: a literal match implies one by stems
    Protocol {
        name: "sifrank-micro",
        duplicates: Duplicates::Counted,
        average: Average::Micro,
        ..JCDL_2020
    },
    // the numbers that papers on keyphrase generation report
    Protocol {
        name: "present-only",
        gold: GoldSet::Present,
        empty_gold: EmptyGold::LeftOut,
        ..JCDL_2020
    },
];

/// The preset of Gallina, Boudin & Daille (2020). Departure: their script leaves repeated
/// phrases in the list (`duplicates=once`), but their systems returned none.
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

/// The value of a parameter that is determined by the preset.
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
/// The stemmers by which phrases can be made equal, as parameters name them.
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
    "treatment of a phrase whose stems occurred before: it is dropped, matches nothing, or matches again",
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
    "gold phrases that count: all, those in the source, or those not in it",
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

/// The presets. Other rules are set by fields:
/// `Protocol { variants: true, ..Protocol::kex() }`.
impl Protocol {
    /// Returns the protocol of `KPEval`: P@k with the denominator k, present phrases
    /// only.
    pub fn kpeval() -> Self {
        PRESETS[1]
    }

    /// Returns the protocol of kex.
    pub fn kex() -> Self {
        PRESETS[2]
    }

    /// Returns the protocol of `SIFRank`, which uses a micro average.
    pub fn sifrank_micro() -> Self {
        PRESETS[3]
    }

    /// Returns the protocol with present phrases only, as papers on keyphrase generation
    /// report it.
    pub fn present_only() -> Self {
        PRESETS[4]
    }
}

/// Returns the word for a value in the table of a choice.
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

    /// Returns a signature with every rule of the protocol, after presets are resolved.
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

//! The parameters of the ROUGE metrics, and the settings made of them.

use std::sync::Arc;

use crate::{
    Signature, Tokenisation,
    division::Division,
    tokens::{Exceptions, Limit, Rouge155, Snowball, StopWords, Unicode},
};
use epitome_base::porter::Porter;
use epitome_base::spec::{Choice, Parameter, ParameterKind, Params};
use epitome_base::unicode::Casing;

use super::profile::{Profile, Rouge155Scores, SeveralReferences};

pub(super) const SOURCE: &str =
    "Lin (2004), ROUGE: a package for automatic evaluation of summaries";

const ROUGE_SCORE: &str = "rouge-score-0.1.2";
const ROUGE_155: &str = "rouge-1.5.5";
const UNICODE: &str = "unicode";
const OF_155: &[&str] = &[ROUGE_155];
const LIMIT: ParameterKind = ParameterKind::Either(
    &ParameterKind::Integer(1, 1 << 40),
    &ParameterKind::Choice(&["none"]),
);

const STEMMER: Parameter = Parameter {
    name: "stemmer",
    kind: ParameterKind::Boolean,
    default: "false",
    about: "stem words of more than three letters with the stemmer of the profile",
};

const LANGUAGE: Parameter = Parameter {
    name: "language",
    kind: ParameterKind::When(
        "profile",
        &[UNICODE],
        &ParameterKind::Choice(Snowball::CODES),
    ),
    default: "en",
    about: "whose Snowball stemmer, if one is asked for, and whose small letters (Turkish `I` is `ı`) the profile `unicode` takes",
};

const EXCEPTIONS: Parameter = Parameter {
    name: "exceptions",
    kind: ParameterKind::When("profile", OF_155, &ParameterKind::File(Exceptions::FILES)),
    default: "none",
    about: "WordNet's exception lists of irregular forms, a folder or a file",
};

const STOP_WORDS: Parameter = Parameter {
    name: "stop-words",
    kind: ParameterKind::When("profile", OF_155, &ParameterKind::File(&[])),
    default: "none",
    about: "file of words that are removed, one per line (`-s`)",
};

const LIMIT_WORDS: Parameter = Parameter {
    name: "limit-words",
    kind: ParameterKind::When("profile", OF_155, &LIMIT),
    default: "none",
    about: "maximum number of words of each text, references included, that are scored (`-l`)",
};

const LIMIT_BYTES: Parameter = Parameter {
    name: "limit-bytes",
    kind: ParameterKind::When(
        "profile",
        OF_155,
        &ParameterKind::When("limit-words", &["none"], &LIMIT),
    ),
    default: "none",
    about: "maximum number of bytes of each text, references included, that are scored (`-b`)",
};

const SEVERAL: &Choice<SeveralReferences, 2> = &Choice::new(
    "multi",
    [
        ("average", SeveralReferences::Sum),
        ("best", SeveralReferences::BestRecall),
    ],
    "treatment of several references: the sum of their counts, or the one with the best recall (`-f`)",
);
const SEVERAL_KIND: ParameterKind = ParameterKind::Choice(SEVERAL.words());
const MULTI: Parameter = Parameter {
    kind: ParameterKind::When("profile", OF_155, &SEVERAL_KIND),
    ..SEVERAL.parameter()
};

const ALPHA: Parameter = Parameter {
    name: "alpha",
    kind: ParameterKind::When("profile", OF_155, &ParameterKind::Number(0.0, 1.0)),
    default: "0.5",
    about: "weight of precision in F (`-p`)",
};

const JACKKNIFE: Parameter = Parameter {
    name: "jackknife",
    kind: ParameterKind::When("profile", OF_155, &ParameterKind::Boolean),
    default: "false",
    about: "mean of the scores with each reference left out",
};

/// The tool whose numbers are reproduced, or words of any script.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tool {
    RougeScore,
    Rouge155,
    Unicode,
}

const PROFILES: &str =
    "the tool whose numbers are reproduced, or `unicode` for any script";

/// The choice of a tool for metrics that every tool has.
pub(super) const PROFILE: &Choice<Tool, 3> = &Choice::new(
    "profile",
    [
        (ROUGE_SCORE, Tool::RougeScore),
        (ROUGE_155, Tool::Rouge155),
        (UNICODE, Tool::Unicode),
    ],
    PROFILES,
);

/// The choice of a tool for ROUGE-Lsum, which ROUGE-1.5.5 calls ROUGE-L.
pub(super) const PROFILE_OF_LSUM: &Choice<Tool, 2> = &Choice::new(
    "profile",
    [(ROUGE_SCORE, Tool::RougeScore), (UNICODE, Tool::Unicode)],
    PROFILES,
);

/// The choice of a tool for metrics that rouge-score does not have.
pub(super) const PROFILE_OF_155: &Choice<Tool, 2> = &Choice::new(
    "profile",
    [(ROUGE_155, Tool::Rouge155), (UNICODE, Tool::Unicode)],
    PROFILES,
);

const WEIGHT: Parameter = Parameter {
    name: "weight",
    kind: ParameterKind::Number(1.0, 4.0),
    default: "1.2",
    about: "exponent: a run of k words counts k to this power (`-w`)",
};

const SKIP: Parameter = Parameter {
    name: "skip",
    kind: ParameterKind::Either(
        &ParameterKind::Integer(0, 1000),
        &ParameterKind::Choice(&["any"]),
    ),
    default: "4",
    about: "maximum number of words between the two of a pair (`-2`)",
};

/// The parameters of metrics that every tool has.
pub(super) const PARAMETERS: &[Parameter] = &[
    PROFILE.parameter(),
    STEMMER,
    LANGUAGE,
    EXCEPTIONS,
    STOP_WORDS,
    LIMIT_WORDS,
    LIMIT_BYTES,
    MULTI,
    ALPHA,
    JACKKNIFE,
];

/// The parameters of ROUGE-Lsum.
pub(super) const LSUM: &[Parameter] = &[
    PROFILE_OF_LSUM.parameter(),
    STEMMER,
    LANGUAGE,
    SPLIT.parameter(),
];

/// Where ROUGE-Lsum takes texts apart.
pub(super) const SPLIT: &Choice<Division, 2> = &Choice::new(
    "split",
    [
        ("lines", Division::Lines),
        ("sentences", Division::Sentences),
    ],
    "sentences of references and candidates: lines, or the sentences in them by Unicode Standard Annex 29",
);

/// The parameters of ROUGE-W.
pub(super) const WEIGHTED: &[Parameter] = &[
    PROFILE_OF_155.parameter(),
    STEMMER,
    LANGUAGE,
    EXCEPTIONS,
    STOP_WORDS,
    LIMIT_WORDS,
    LIMIT_BYTES,
    MULTI,
    ALPHA,
    JACKKNIFE,
    WEIGHT,
];

/// The parameters of ROUGE-S and ROUGE-SU.
pub(super) const SKIPPING: &[Parameter] = &[
    PROFILE_OF_155.parameter(),
    STEMMER,
    LANGUAGE,
    EXCEPTIONS,
    STOP_WORDS,
    LIMIT_WORDS,
    LIMIT_BYTES,
    MULTI,
    ALPHA,
    JACKKNIFE,
    SKIP,
];

/// The settings that all ROUGE metrics have: how words are made, and how scores are
/// computed.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct RougeSettings {
    pub(super) profile: Profile,
    pub(super) tokenisation: Tokenisation,
}

impl RougeSettings {
    /// Returns the settings of rouge-score.
    pub(super) fn rouge_score() -> Self {
        let tokenisation = Tokenisation::RougeScore(None);
        Self {
            profile: Profile::Unrounded,
            tokenisation,
        }
    }

    /// Returns the settings of ROUGE-1.5.5.
    pub(super) fn rouge_155(words: Rouge155, scores: Rouge155Scores) -> Self {
        let tokenisation = Tokenisation::Rouge155(words);
        Self {
            profile: Profile::Rouge155(scores),
            tokenisation,
        }
    }

    /// Returns settings for words of any script, stemmed or not.
    pub(super) fn unicode(rules: Unicode) -> Self {
        let tokenisation = Tokenisation::Unicode(rules);
        Self {
            profile: Profile::Unrounded,
            tokenisation,
        }
    }

    /// Returns the settings of `tool` with the values of the parameters.
    pub(super) fn of(params: &Params, tool: Tool) -> Self {
        let stemmer = params.boolean("stemmer");
        match tool {
            Tool::Rouge155 => {
                let scores = Rouge155Scores {
                    multi: params.choice(SEVERAL),
                    alpha: params.number("alpha"),
                    jackknife: params.boolean("jackknife"),
                };
                Self::rouge_155(rouge_155(params, stemmer), scores)
            }
            Tool::Unicode => {
                let language = params.text("language");
                Self::unicode(Unicode {
                    stemmer: Snowball::of(language).filter(|_| stemmer),
                    casing: Casing::of(language),
                })
            }
            Tool::RougeScore if stemmer => Self::rouge_score().stemmed(),
            Tool::RougeScore => Self::rouge_score(),
        }
    }

    /// Returns the settings with the stemmer of the tool, which is the English one for
    /// words of any script.
    pub(super) fn stemmed(mut self) -> Self {
        match &mut self.tokenisation {
            Tokenisation::RougeScore(stemmer) => *stemmer = Some(Porter::Nltk),
            Tokenisation::Rouge155(words) => words.stemmer = true,
            Tokenisation::Unicode(rules) => rules.stemmer = Snowball::of("en"),
            Tokenisation::Phrase { .. }
            | Tokenisation::Bleu
            | Tokenisation::Characters
            | Tokenisation::CharactersAndWords => {}
        }
        self
    }

    /// Returns whether words are stemmed.
    pub(super) fn is_stemmed(&self) -> bool {
        match &self.tokenisation {
            Tokenisation::RougeScore(stemmer) => stemmer.is_some(),
            Tokenisation::Rouge155(words) => words.stemmer,
            Tokenisation::Unicode(rules) => rules.stemmer.is_some(),
            Tokenisation::Phrase { .. }
            | Tokenisation::Bleu
            | Tokenisation::Characters
            | Tokenisation::CharactersAndWords => false,
        }
    }
}

fn rouge_155(params: &Params, stemmer: bool) -> Rouge155 {
    let limit = |name| params.integer_if_any(name).map(|limit| limit as usize);
    let words = limit("limit-words").map(Limit::Words);
    Rouge155 {
        stemmer,
        exceptions: params
            .file("exceptions")
            .map(|file| Arc::new(Exceptions::from(file))),
        stop_words: params
            .file("stop-words")
            .map(|file| Arc::new(StopWords::from(file))),
        limit: words.or_else(|| limit("limit-bytes").map(Limit::Bytes)),
    }
}

impl RougeSettings {
    pub(super) fn tokenisation(&self) -> Tokenisation {
        self.tokenisation.clone()
    }

    /// Returns the signature without the fields of the metric's own parameters.
    pub(super) fn signature(&self, name: &str) -> Signature {
        let none = || "none".to_owned();
        let signature = Signature::of(name);

        match &self.tokenisation {
            Tokenisation::Rouge155(rules) => {
                let stemmer = rules.stemmer.then_some(Porter::Rouge155);
                let exceptions = rules.exceptions.as_ref().map(|list| list.name());
                let stop_words = rules.stop_words.as_ref().map(|list| list.name());
                let signature = signature
                    .with("profile", ROUGE_155)
                    .with("stem", stemmer.map_or("none", Porter::name))
                    .with("exceptions", exceptions.unwrap_or_else(none))
                    .with("stop", stop_words.unwrap_or_else(|| "no".to_owned()))
                    .with("limit", rules.limit.map_or_else(none, limit_name));
                self.profile.signature(signature)
            }
            Tokenisation::Unicode(Unicode { stemmer, casing }) => {
                // the language of a stemmer already implies the casing
                let forms = match (stemmer, casing) {
                    (None, Casing::Turkic) => "folded-tr",
                    _ => "folded",
                };
                let stemmer =
                    stemmer.map(|stemmer| format!("snowball-{}", stemmer.code()));
                let signature = signature
                    .with("profile", UNICODE)
                    .with("stem", stemmer.unwrap_or_else(none))
                    .with("forms", forms);
                self.profile.signature(signature)
            }
            Tokenisation::RougeScore(stemmer) => {
                let signature = signature
                    .with("profile", ROUGE_SCORE)
                    .with("stem", stemmer.map_or("none", Porter::name));
                self.profile.signature(signature)
            }
            _ => signature,
        }
    }
}

fn limit_name(limit: Limit) -> String {
    match limit {
        Limit::Words(words) => format!("words-{words}"),
        Limit::Bytes(bytes) => format!("bytes-{bytes}"),
    }
}

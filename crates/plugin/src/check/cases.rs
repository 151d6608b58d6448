//! The cases of the conformance check.

use epitome_systems::rank::Budget;

use super::{
    kit::{Kit, Start},
    texts::{self, Text},
};
use crate::{answer::Answer, question::Length};

/// The description of a case.
pub(super) struct Case {
    pub(super) title: &'static str,
    /// What to do if the case fails.
    pub(super) hint: &'static str,
}

const fn case(title: &'static str, hint: &'static str) -> Case {
    Case { title, hint }
}

/// A case that examines processes of the plugin.
type OfProcesses = fn(&Start<'_>) -> Result<(), String>;

/// A case that examines answers of the plugin.
type OfAnswers = fn(&Kit<'_>) -> Result<(), String>;

/// The cases about starting and ending.
pub(super) const OF_PROCESSES: &[(Case, OfProcesses)] = &[
    (
        case(
            "it says nothing before it is asked",
            "print to standard error, not to standard output",
        ),
        |start| start()?.stays_silent(),
    ),
    (
        case(
            "it ends when standard input ends",
            "leave your loop when reading gives no more lines",
        ),
        |start| start()?.ends(),
    ),
    (
        case(
            "it starts again as the same version",
            "`version` must not change from start to start",
        ),
        |start| {
            let versions =
                [start()?, start()?].map(|session| session.ready.version.clone());
            same(&versions[0], &versions[1], "another version")
        },
    ),
    (
        case(
            "two of it run side by side",
            "do not take a lock or a port that there is only one of",
        ),
        |start| {
            let (one, other) = (start()?, start()?);
            one.ends().and(other.ends())
        },
    ),
];

/// The usual length: three sentences or ten phrases.
const USUAL: Length = Length {
    budget: Budget::Sentences(3),
    limit: 10,
};

/// The hint of the cases about the length of answers.
const LENGTH: &str = "`picks` or `phrases` must keep to `budget` or `limit`";

/// The hint of the cases about empty documents.
const EMPTY: &str = "answer with `\"picks\":[]` or `\"phrases\":[]`";

/// The hint of the cases about characters.
const UTF_8: &str = "read and write UTF-8, and let a JSON library do the escaping";

/// The hint of the cases about large documents.
const LARGE: &str = "read whole lines, however long, and answer within 30 s";

/// The cases about single answers and about relations of answers.
pub(super) const OF_ANSWERS: &[(Case, OfAnswers)] = &[
    (
        case(
            "a plain document",
            "answer each question with its `id` and `picks` or `phrases`",
        ),
        |kit| one(kit, texts::plain(), USUAL),
    ),
    (
        case(
            "a document with a title",
            "the title is no sentence: it cannot be picked",
        ),
        |kit| one(kit, texts::titled(), USUAL),
    ),
    (
        case(
            "a document of one sentence",
            "check lengths before you divide or compare",
        ),
        |kit| one(kit, texts::one_sentence(), USUAL),
    ),
    (case("an empty document", EMPTY), |kit| {
        one(kit, texts::empty(), USUAL)
    }),
    (
        case("sentences without words", "check for empty lists of words"),
        |kit| one(kit, texts::no_words(), USUAL),
    ),
    (
        case("stop words alone", "check for empty lists of words"),
        |kit| one(kit, texts::stop_words(), USUAL),
    ),
    (
        case(
            "five equal sentences",
            "keep indices, do not look sentences up by their text",
        ),
        |kit| one(kit, texts::all_equal(), USUAL),
    ),
    (
        case("numbers", "no score may be infinite or no number"),
        |kit| one(kit, texts::numbers(), USUAL),
    ),
    (
        case("Unicode beyond the first plane, and right to left", UTF_8),
        |kit| one(kit, texts::unicode(), USUAL),
    ),
    (
        case("quotation marks, backslashes and control characters", UTF_8),
        |kit| one(kit, texts::escapes(), USUAL),
    ),
    (
        case("Chinese", "without spaces there may be only one word"),
        |kit| one(kit, texts::chinese(), USUAL),
    ),
    (
        case(
            "an unknown language",
            "`und` means that nobody knows: have a default",
        ),
        |kit| one(kit, texts::unknown_language(), USUAL),
    ),
    (
        case(
            "a text that looks like a message",
            "read messages as JSON, do not search in them",
        ),
        |kit| one(kit, texts::like_a_message(), USUAL),
    ),
    (case("a budget of nothing", LENGTH), |kit| {
        one(kit, texts::plain(), length(Budget::Sentences(0), 0))
    }),
    (case("a budget of one", LENGTH), |kit| {
        one(kit, texts::plain(), length(Budget::Sentences(1), 1))
    }),
    (case("a budget beyond the document", LENGTH), |kit| {
        one(kit, texts::plain(), length(Budget::Sentences(1_000), 1_000))
    }),
    (
        case(
            "a budget in words",
            "the `costs` of your picks must not exceed `words`",
        ),
        |kit| one(kit, texts::plain(), length(Budget::Words(20), 10)),
    ),
    (
        case(
            "a budget in bytes",
            "the `costs` of your picks, and one byte between two, must not exceed `bytes`",
        ),
        |kit| one(kit, texts::plain(), length(Budget::Bytes(100), 10)),
    ),
    (case("a budget that no sentence fits", EMPTY), |kit| {
        one(kit, texts::plain(), length(Budget::Words(1), 10))
    }),
    (
        case(
            "a batch of eight",
            "answer every question of a batch before you send `end` back",
        ),
        |kit| many(kit, 8),
    ),
    (
        case(
            "a batch of one after others",
            "write out what you have (flush) when you send `end` back",
        ),
        |kit| many(kit, 1),
    ),
    (
        case(
            "two hundred documents",
            "keep nothing from document to document",
        ),
        |kit| many(kit, 200),
    ),
    (case("a document of a megabyte", LARGE), |kit| {
        one(kit, texts::megabyte(), USUAL)
    }),
    (case("a sentence of a megabyte", LARGE), |kit| {
        one(kit, texts::long_sentence(), USUAL)
    }),
    (
        case(
            "a document like any other after that",
            "keep nothing from document to document",
        ),
        |kit| one(kit, texts::plain(), USUAL),
    ),
    (
        case("the same document twice in a batch", DETERMINISTIC),
        |kit| {
            let answers = kit.ask(&[texts::plain(), texts::plain()], USUAL)?;
            if_deterministic(kit, same_answer(&answers[0], &answers[1]))
        },
    ),
    (case("the same question again", DETERMINISTIC), |kit| {
        let first = kit.ask(&[texts::plain()], USUAL)?;
        let again = kit.ask(&[texts::plain()], USUAL)?;
        if_deterministic(kit, same_answer(&first[0], &again[0]))
    }),
    (
        case("the same question to another process", DETERMINISTIC),
        |kit| {
            let first = kit.ask(&[texts::plain()], USUAL)?;
            kit.restart();
            let again = kit.ask(&[texts::plain()], USUAL)?;
            if_deterministic(kit, same_answer(&first[0], &again[0]))
        },
    ),
    (
        case(
            "a document alone and among others",
            "an answer must not depend on the rest of its batch",
        ),
        |kit| {
            let alone = kit.ask(&[texts::plain()], USUAL)?;
            let mut batch = texts::several(5);
            batch.insert(3, texts::plain());
            let among = kit.ask(&batch, USUAL)?;
            if_deterministic(kit, same_answer(&alone[0], &among[3]))
        },
    ),
];

/// The hint of the cases about repeated questions.
const DETERMINISTIC: &str = "draw random numbers from `seed`, or say `\"deterministic\":false` when you are ready";

const fn length(budget: Budget, limit: usize) -> Length {
    Length { budget, limit }
}

fn one(kit: &Kit<'_>, text: Text, length: Length) -> Result<(), String> {
    kit.ask(&[text], length).map(drop)
}

fn many(kit: &Kit<'_>, count: usize) -> Result<(), String> {
    kit.ask(&texts::several(count), USUAL).map(drop)
}

fn if_deterministic(kit: &Kit<'_>, found: Result<(), String>) -> Result<(), String> {
    match found {
        Err(problem) if kit.is_deterministic()? => Err(problem),
        _ => Ok(()),
    }
}

fn same_answer(one: &Answer, other: &Answer) -> Result<(), String> {
    same(one, other, "another answer")
}

fn same<T: PartialEq + std::fmt::Debug>(
    one: &T,
    other: &T,
    what: &str,
) -> Result<(), String> {
    match one == other {
        true => Ok(()),
        false => Err(format!("{what}: {one:?}, then {other:?}")),
    }
}

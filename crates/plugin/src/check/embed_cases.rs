//! The cases of the conformance check of an embedder.

use epitome_base::embedding::Embeddings;

use super::{cases::Case, embed_kit::EmbedKit};

/// A case that examines vectors of the embedder.
type OfVectors = fn(&EmbedKit<'_>) -> Result<(), String>;

const fn case(title: &'static str, hint: &'static str) -> Case {
    Case { title, hint }
}

/// The hint of the cases about texts beside each other.
const ALONE: &str = "a vector must not depend on other texts or on their order, not even in its last digit: encode each text by itself, without padding";

/// The hint of the cases about characters.
const UTF_8: &str = "read and write UTF-8, and let a JSON library do the escaping";

const TEXTS: [&str; 3] = [
    "The storm closed the harbour and the ferry stayed in port.",
    "ferry",
    "Carpenters repaired a pier.",
];

/// The cases about vectors and relations of vectors.
pub(super) const OF_VECTORS: &[(Case, OfVectors)] = &[
    (
        case(
            "three texts",
            "answer each question with its `id` and as many `vectors` as it has `texts`, each of `width` numbers",
        ),
        |kit| kit.texts(&TEXTS).map(drop),
    ),
    (case("each text alone, and beside others", ALONE), |kit| {
        let together = kit.texts(&TEXTS)?;
        for (at, text) in TEXTS.iter().enumerate() {
            same(text, &together, at, &kit.texts(&[text])?, 0)?;
        }
        Ok(())
    }),
    (case("the texts in reverse order", ALONE), |kit| {
        let forward = kit.texts(&TEXTS)?;
        let backward = kit.texts(&[TEXTS[2], TEXTS[1], TEXTS[0]])?;
        for (at, text) in TEXTS.iter().enumerate() {
            same(text, &forward, at, &backward, 2 - at)?;
        }
        Ok(())
    }),
    (
        case(
            "the same texts in another process",
            "draw no random numbers, and let no address or hash of the process decide",
        ),
        |kit| {
            let before = kit.texts(&TEXTS)?;
            kit.restart();
            let after = kit.texts(&TEXTS)?;
            for (at, text) in TEXTS.iter().enumerate() {
                same(text, &before, at, &after, at)?;
            }
            Ok(())
        },
    ),
    (
        case(
            "an empty text, and one of white space",
            "check for empty texts before you divide, and answer with zeros",
        ),
        |kit| kit.texts(&["", " \n", TEXTS[0]]).map(drop),
    ),
    (
        case(
            "a text of 5,000 words",
            "cut or divide a text that is longer than your model reads, and say so in `signature`",
        ),
        |kit| kit.texts(&[&"harbour ".repeat(5000)]).map(drop),
    ),
    (
        case(
            "sixty-four texts",
            "a question has up to 64 `texts`: answer all of them at once",
        ),
        |kit| kit.texts(&[TEXTS[0]; 64]).map(drop),
    ),
    (
        case("Unicode beyond the first plane, and right to left", UTF_8),
        |kit| {
            let texts = [
                "\u{1f600}\u{1f469}\u{200d}\u{1f680} caf\u{e9}",
                "\u{5e9}\u{5dc}\u{5d5}\u{5dd}",
            ];
            kit.texts(&texts).map(drop)
        },
    ),
    (
        case("quotation marks, backslashes and control characters", UTF_8),
        |kit| {
            kit.texts(&["She said \"no\" and \\n\t\u{7}\u{0}.", "\u{2028}\u{85}"])
                .map(drop)
        },
    ),
    (
        case(
            "tokens of a text, twice",
            "answer `embed-tokens` with as many `tokens`, which are numbers, as `vectors`",
        ),
        |kit| {
            let (first, second) = (kit.tokens(TEXTS[0])?, kit.tokens(TEXTS[0])?);
            match first == second {
                true => Ok(()),
                false => Err("the second answer is another".to_owned()),
            }
        },
    ),
    (
        case(
            "tokens of an empty text",
            "answer with empty lists where a text has no tokens",
        ),
        |kit| kit.tokens("").map(drop),
    ),
];

/// Checks that a text has the same vector in two answers, each with its index there.
fn same(
    text: &str,
    one: &Embeddings,
    at: usize,
    other: &Embeddings,
    other_at: usize,
) -> Result<(), String> {
    let (one, other) = (one.row(at), other.row(other_at));
    let differs = one.iter().zip(other).position(|(a, b)| a != b);
    match differs {
        None => Ok(()),
        Some(number) => Err(format!(
            "number {number} of the vector of {text:?} is {}, and was {}",
            other[number], one[number]
        )),
    }
}

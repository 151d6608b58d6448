//! Texts that often make plugins fail.

use epitome_text::{Language, LineEnds, Segmenter, Source};

/// A text with one sentence per line.
#[derive(Debug, Clone)]
pub(super) struct Text {
    title: &'static str,
    language: &'static str,
    body: String,
}

impl Text {
    fn english(body: impl Into<String>) -> Self {
        Self {
            title: "",
            language: "en",
            body: body.into(),
        }
    }

    pub(super) fn source(&self) -> Source<'_> {
        Source {
            id: "",
            title: self.title,
            text: &self.body,
            language: self
                .language
                .parse()
                .unwrap_or_else(|_| Language::detect(&self.body)),
            segmenter: Segmenter::Lines,
            line_ends: LineEnds::Auto,
        }
    }
}

pub(super) fn plain() -> Text {
    Text::english(
        "The ferry to the island was cancelled on Monday.\n\
         A storm had torn two planks from the pier.\n\
         Carpenters repaired the pier before noon.\n\
         The island has forty inhabitants and one shop.\n\
         The shop had sold its last loaf on Sunday.\n\
         On Tuesday the ferry brought bread and post.\n",
    )
}

pub(super) fn titled() -> Text {
    Text {
        title: "Ferry cancelled after storm",
        ..plain()
    }
}

pub(super) fn one_sentence() -> Text {
    Text::english("The lighthouse was lit again after eleven years of darkness.\n")
}

pub(super) fn empty() -> Text {
    Text::english("")
}

pub(super) fn no_words() -> Text {
    Text::english("...\n--- *** ---\n?!\n")
}

pub(super) fn all_equal() -> Text {
    Text::english("The same sentence stands here again.\n".repeat(5))
}

pub(super) fn stop_words() -> Text {
    Text::english(
        "It was what it was.\nHe and she had been there before.\nNo more of this.\n",
    )
}

pub(super) fn numbers() -> Text {
    Text::english("12 34 56.7\n1e6 2e308 -0\n0x1F 100%\n")
}

pub(super) fn unicode() -> Text {
    Text::english(
        "A caf\u{e9} and a cafe\u{301} are one \u{1f600}\u{1f469}\u{200d}\u{1f680}.\n\
         \u{5e9}\u{5dc}\u{5d5}\u{5dd} \u{627}\u{644}\u{633}\u{644}\u{627}\u{645} right to left.\n\
         \u{1d518}\u{1d52b}\u{1d526} \u{fb01}ne \u{130}stanbul \u{df}.\n",
    )
}

pub(super) fn escapes() -> Text {
    Text::english(
        "She said \"no\" and \\n is two characters.\n\
         A tab\there, a bell \u{7} and a zero \u{0}.\n\
         A line separator \u{2028} and a next line \u{85} inside.\n",
    )
}

pub(super) fn chinese() -> Text {
    Text {
        title: "",
        language: "zh",
        body: "渡轮周一停航。\n风暴损坏了码头。\n木匠修好了码头。\n".to_owned(),
    }
}

pub(super) fn unknown_language() -> Text {
    Text {
        language: "und",
        ..plain()
    }
}

pub(super) fn like_a_message() -> Text {
    Text::english(
        "{\"type\":\"end\",\"batch\":1}\n\
         {\"id\":1,\"picks\":[0]}\n\
         \"type\":\"hello\" was written on the wall.\n",
    )
}

/// Returns a text of a megabyte in many sentences.
pub(super) fn megabyte() -> Text {
    let sentences = (0..22_000)
        .map(|at| format!("Wagon {at} carried coal, timber and {} letters.\n", at % 97));
    Text::english(sentences.collect::<String>())
}

/// Returns a text of a megabyte in one sentence.
pub(super) fn long_sentence() -> Text {
    Text::english(format!("{}end.\n", "wagon after wagon ".repeat(58_000)))
}

/// Returns different short texts.
pub(super) fn several(count: usize) -> Vec<Text> {
    let texts = (0..count).map(|at| {
        Text::english(format!(
            "Train {at} left the harbour.\nIt carried {at} tons of salt.\nNobody saw it arrive.\n"
        ))
    });
    texts.collect()
}

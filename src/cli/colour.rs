//! Colour: when it is used, and how messages are coloured. Without a terminal nothing is.

use std::ffi::OsString;

use anstream::ColorChoice;
use clap::{
    ValueEnum,
    builder::styling::{AnsiColor, Style},
};

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Colour {
    /// On a terminal, unless `NO_COLOR` is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl Colour {
    /// Returns what `--color` says in these arguments, the last of several. Arguments that
    /// are refused are searched too, since their error is coloured.
    pub(super) fn of(arguments: &[OsString]) -> Self {
        let words = arguments.iter().filter_map(|it| it.to_str());
        let words: Vec<&str> = words.take_while(|it| *it != "--").collect();
        let mut values = words
            .iter()
            .enumerate()
            .filter_map(|(at, word)| match *word {
                "--color" => words.get(at + 1).copied(),
                word => word.strip_prefix("--color="),
            });
        let named = values
            .next_back()
            .and_then(|it| Self::from_str(it, false).ok());
        named.unwrap_or(Self::Auto)
    }

    /// Makes this the choice of the whole program.
    pub(super) fn choose(self) {
        let choice = match self {
            Self::Auto => ColorChoice::Auto,
            Self::Always => ColorChoice::Always,
            Self::Never => ColorChoice::Never,
        };
        choice.write_global();
    }
}

/// Returns whether standard output is coloured.
pub(super) fn on_output() -> bool {
    anstream::AutoStream::choice(&std::io::stdout()) != ColorChoice::Never
}

/// The words that begin lines of messages, in the colours that errors of usage have.
const WORDS: [(&str, Style); 4] = [
    ("error:", AnsiColor::Red.on_default().bold()),
    ("warning:", AnsiColor::Yellow.on_default().bold()),
    ("note:", AnsiColor::Cyan.on_default().bold()),
    ("hint:", AnsiColor::Green.on_default()),
];

/// Returns a message with its words in colour.
pub(super) fn painted(message: &str) -> String {
    let lines = message.split('\n').map(|line| {
        let found = WORDS.iter().find_map(|(word, style)| {
            let rest = line.strip_prefix(word)?;
            Some(format!("{style}{word}{style:#}{rest}"))
        });
        found.unwrap_or_else(|| line.to_owned())
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_begin_a_line_are_coloured() {
        let painted = painted("error: no note: here\nhint: `x`");
        assert_eq!(
            painted,
            "\u{1b}[1m\u{1b}[31merror:\u{1b}[0m no note: here\n\u{1b}[32mhint:\u{1b}[0m `x`"
        );
    }

    #[test]
    fn the_last_choice_before_two_dashes_counts() {
        let of = |line: &str| {
            let words: Vec<OsString> = line.split(' ').map(OsString::from).collect();
            Colour::of(&words)
        };
        assert_eq!(
            of("epitome --color always run --color=never"),
            Colour::Never
        );
        assert_eq!(of("epitome run -- --color always"), Colour::Auto);
        assert_eq!(of("epitome run --color"), Colour::Auto);
    }
}

//! Arguments that several subcommands share.

use clap::{Args, ValueEnum};

use crate::{
    rank::Budget,
    text::{Language, Segmenter},
};

/// How long a summary may be.
#[derive(Debug, Clone, Copy, Args)]
#[group(multiple = false)]
pub(super) struct BudgetArgs {
    /// At most so many sentences a summary (the default, with 3)
    #[arg(long, value_name = "N")]
    sentences: Option<usize>,
    /// At most so many words a summary
    #[arg(long, value_name = "N")]
    words: Option<usize>,
    /// At most so many bytes a summary
    #[arg(long, value_name = "N")]
    bytes: Option<usize>,
    /// This share of a document's sentences
    #[arg(long, value_name = "SHARE", value_parser = share)]
    ratio: Option<f64>,
}

impl BudgetArgs {
    pub(super) fn budget(self) -> Budget {
        match (self.sentences, self.words, self.bytes, self.ratio) {
            (_, Some(words), _, _) => Budget::Words(words),
            (_, _, Some(bytes), _) => Budget::Bytes(bytes),
            (_, _, _, Some(ratio)) => Budget::Ratio(ratio),
            (sentences, ..) => Budget::Sentences(sentences.unwrap_or(3)),
        }
    }
}

pub(super) fn share(text: &str) -> Result<f64, String> {
    let number = text.parse::<f64>().ok().filter(|share| (0.0..=1.0).contains(share));
    number.ok_or_else(|| "a share is a number from 0 to 1".to_owned())
}

/// How texts are read.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct TextArgs {
    /// Language of the text, such as `en`; `und` uses neither stemmer nor stop list
    #[arg(long, value_name = "CODE")]
    pub(super) lang: Option<Language>,
    /// Every line is a sentence
    #[arg(long, conflicts_with = "segmenter")]
    presplit: bool,
    /// How sentences are found
    #[arg(long, value_enum, default_value = "own")]
    segmenter: SegmenterArg,
}

/// The segmenters that find sentences inside lines.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum SegmenterArg {
    /// Ours, with rules by language
    Own,
    /// Unicode Standard Annex 29, the baseline
    Uax29,
}

impl TextArgs {
    pub(super) fn segmenter(self) -> Segmenter {
        match self.segmenter {
            _ if self.presplit => Segmenter::Lines,
            SegmenterArg::Own => Segmenter::Own,
            SegmenterArg::Uax29 => Segmenter::Uax29,
        }
    }
}

//! `epitome inspect FILE`: shows the analysis of a text.

use std::path::PathBuf;

use clap::{
    Args,
    builder::styling::{AnsiColor, Style},
};
use serde_json::{Value, json};

use crate::text::{
    AnalysisNeeds, BlockKind, Document, LineBlock, LineEnds, Sentence, Token, TokenKind,
};

use super::{
    arguments::TextArgs,
    colour,
    failure::{Code, Failure},
    input,
    output::Output,
};

/// Show the analysis of a text.
#[derive(Debug, Args)]
pub(super) struct InspectArgs {
    /// Text file; `-` is standard input
    file: PathBuf,
    #[command(flatten)]
    text: TextArgs,
    /// Language, sentences, tokens and stems as one JSON object; spans in bytes
    #[arg(long)]
    json: bool,
}

impl InspectArgs {
    pub(super) fn run(self) -> Result<Code, Failure> {
        let needs = AnalysisNeeds { tags: true };
        let document = input::document(&self.file, self.text, needs)?;
        let mut output = Output::new();
        if self.json {
            output.answer("inspect", &as_json(&document, self.text.line_ends()))?;
        } else {
            let paint = Paint(colour::on_output());
            print(&document, self.text.line_ends(), paint, &mut output)?;
        }
        output.finish()?;
        Ok(Code::Fine)
    }
}

/// Returns the analysis as JSON.
fn as_json(document: &Document, line_ends: LineEnds) -> Value {
    let entry = document.language().entry();
    let sentences: Vec<Value> = document
        .sentences()
        .iter()
        .enumerate()
        .map(|(at, sentence)| sentence_json(document, at, sentence))
        .collect();
    json!({
        "language": entry.code,
        "stemmer": entry.stemmer_name(),
        "stop_words": entry.stop_list_name(),
        "boilerplate": boilerplate_json(document),
        "lines": lines_json(document, line_ends),
        "sentences": sentences,
    })
}

/// Returns the amount of boilerplate as JSON, and whether it is dropped by default.
fn boilerplate_json(document: &Document) -> Value {
    let found = document.boilerplate();
    json!({
        "sentences": found.sentences,
        "words": found.words,
        "share_of_words": found.share(),
        "dropped": found.sentences > 0 && !found.is_most(),
        "mail": found.is_mail,
    })
}

/// Returns the blocks of lines as JSON, with the number of joined line ends of each.
fn lines_json(document: &Document, line_ends: LineEnds) -> Value {
    let block = |block: &LineBlock| {
        let (kind, width) = match block.kind {
            BlockKind::Line => ("line", None),
            BlockKind::Lines => ("lines", None),
            BlockKind::Wrapped { width } => ("wrapped", Some(width)),
            BlockKind::Joined => ("joined", None),
        };
        json!({
            "first": block.lines.start + 1,
            "last": block.lines.end,
            "kind": kind,
            "width": width,
            "joined": block.joined,
        })
    };
    let blocks = blocks(document, line_ends);
    json!({ "setting": line_ends, "blocks": blocks.iter().map(block).collect::<Vec<_>>() })
}

/// Returns the blocks of lines of a text; none if its words were given.
fn blocks(document: &Document, line_ends: LineEnds) -> Vec<LineBlock> {
    match document.given_tags() {
        Some(_) => Vec::new(),
        None => line_ends.blocks(document.full_text()),
    }
}

/// Returns a sentence with its tokens as JSON.
fn sentence_json(document: &Document, at: usize, sentence: &Sentence) -> Value {
    let first = sentence.tokens.start as usize;
    let tokens = document.tokens_of(sentence).iter().enumerate();
    let tokens = tokens.map(|(at, token)| {
        let tag = document.tags().map(|tags| tags[first + at].name());
        token_json(document, token, tag)
    });

    json!({
        "text": document.sentence_text(at),
        "start": sentence.span.start,
        "end": sentence.span.end,
        "paragraph": sentence.paragraph,
        "boilerplate": sentence.boilerplate,
        "tokens": tokens.collect::<Vec<_>>(),
    })
}

/// Returns a token as JSON; `tag` is its part of speech.
fn token_json(document: &Document, token: &Token, tag: Option<&str>) -> Value {
    json!({
        "text": document.read(token.span),
        "stem": document.stem(token.term),
        "kind": kind(token.kind),
        "tag": tag,
        "start": token.span.start,
        "end": token.span.end,
    })
}

/// Returns the name of a kind of token.
fn kind(kind: TokenKind) -> &'static str {
    match kind {
        TokenKind::Word => "word",
        TokenKind::StopWord => "stop word",
        TokenKind::Number => "number",
        TokenKind::Punctuation => "punctuation",
    }
}

/// Whether to write colours.
#[derive(Clone, Copy)]
struct Paint(bool);

impl Paint {
    fn with(self, style: Style, text: &str) -> String {
        if self.0 {
            format!("{style}{text}{style:#}")
        } else {
            text.to_owned()
        }
    }
}

const DIM: Style = Style::new().dimmed();
const NUMBER: Style = AnsiColor::Cyan.on_default();
const STEM: Style = AnsiColor::Green.on_default();
const BOILERPLATE: Style = AnsiColor::Red.on_default().bold();

/// Prints each sentence: its number, the probability that it is boilerplate, its text with dimmed
/// stop words, and below the stems of its content words.
fn print(
    document: &Document,
    line_ends: LineEnds,
    paint: Paint,
    output: &mut Output,
) -> Result<(), Failure> {
    let entry = document.language().entry();
    let (stemmer, stop_words) = (entry.stemmer_name(), entry.stop_list_name());
    let count = document.sentences().len();

    output.line(&format!(
        "{}, stemmer {stemmer}, stop words {stop_words}; {count} sentences",
        entry.name
    ))?;
    output.line(&boilerplate(document))?;
    if let Some(lines) = lines(&blocks(document, line_ends)) {
        output.line(&lines)?;
    }
    output.line(&paint.with(
        DIM,
        "   #  boilerplate  text, and the stems of its content words",
    ))?;

    let mut paragraph = None;
    for (at, sentence) in document.sentences().iter().enumerate() {
        if paragraph.replace(sentence.paragraph) != Some(sentence.paragraph) {
            output.line("")?;
        }
        let probability = format!("{:>11.2}", sentence.boilerplate);
        let probability = match sentence.is_boilerplate() {
            true => paint.with(BOILERPLATE, &probability),
            false => paint.with(DIM, &probability),
        };
        output.line(&format!(
            "{at:>4}  {probability}  {}",
            painted(document, at, sentence, paint)
        ))?;
        let stems: Vec<&str> = document
            .content(sentence)
            .map(|term| document.stem(term))
            .collect();
        output.line(&format!("{:19}{}", "", paint.with(STEM, &stems.join(" "))))?;
    }
    Ok(())
}

/// Returns the line about joined line ends; `None` if the text has one line.
fn lines(blocks: &[LineBlock]) -> Option<String> {
    let ends: usize = blocks.iter().map(|block| block.lines.len() - 1).sum();
    let joined: usize = blocks.iter().map(|block| block.joined).sum();

    let list = |wanted: fn(&BlockKind) -> bool| {
        let ranges = blocks
            .iter()
            .filter(|block| wanted(&block.kind))
            .map(|block| format!("{}–{}", block.lines.start + 1, block.lines.end));
        let ranges: Vec<String> = ranges.collect();
        match ranges.len() {
            0 => String::new(),
            count if count > MOST_BLOCKS => {
                format!(
                    " (lines {} and {} more blocks)",
                    ranges[..MOST_BLOCKS].join(", "),
                    count - MOST_BLOCKS
                )
            }
            _ => format!(" (lines {})", ranges.join(", ")),
        }
    };

    let wrapped =
        list(|kind| matches!(kind, BlockKind::Wrapped { .. } | BlockKind::Joined));
    let kept = list(|kind| *kind == BlockKind::Lines);
    let kept = if kept.is_empty() {
        kept
    } else {
        format!("; blocks of lines that are not joined{kept}")
    };
    (ends > 0).then(|| format!("{joined} of {ends} line ends are joined{wrapped}{kept}"))
}

/// Maximum number of blocks that are listed.
const MOST_BLOCKS: usize = 6;

/// Returns the line about boilerplate.
fn boilerplate(document: &Document) -> String {
    let found = document.boilerplate();
    let (count, share) = (found.sentences, 100.0 * found.share());
    match count {
        0 => "no boilerplate found".to_owned(),
        _ if found.is_most() => format!(
            "boilerplate: {count} sentences, {share:.0} % of the words, which is most: none is left out"
        ),
        _ if found.is_mail => format!(
            "boilerplate: {count} sentences, {share:.0} % of the words: header, quotation, signature or disclaimer of a mail"
        ),
        _ => format!("boilerplate: {count} sentences, {share:.0} % of the words"),
    }
}

/// Returns the text of a sentence whose stop words and numbers are coloured, if `paint` says so.
fn painted(document: &Document, at: usize, sentence: &Sentence, paint: Paint) -> String {
    let text = document.full_text();
    if !paint.0 {
        return document.sentence_text(at).to_owned();
    }

    let mut out = String::new();
    let mut done = sentence.span.start as usize;
    for token in document.tokens_of(sentence) {
        let (start, end) = (token.span.start as usize, token.span.end as usize);
        let gap = text.get(done..start).unwrap_or("");
        out.push_str(if gap.trim().is_empty() && !gap.is_empty() {
            " "
        } else {
            gap
        });

        let new = &document.read(token.span);
        out.push_str(&match token.kind {
            TokenKind::StopWord => paint.with(DIM, new),
            TokenKind::Number => paint.with(NUMBER, new),
            TokenKind::Word | TokenKind::Punctuation => new.to_string(),
        });
        done = end;
    }
    out.push_str(&text[done..sentence.span.end as usize]);
    out
}

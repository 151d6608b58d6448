//! `epitome inspect FILE`: what the analysis makes of a text.

use std::{io::IsTerminal, path::PathBuf};

use clap::{
    Args,
    builder::styling::{AnsiColor, Style},
};
use serde_json::{Value, json};

use crate::text::{Document, Needs, Sentence, Token, TokenKind};

use super::{
    arguments::TextArgs,
    failure::{Code, Failure},
    input,
    output::Output,
};

/// What to look at.
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
        let needs = Needs { tags: true, ..Needs::default() };
        let document = input::document(&self.file, self.text, needs)?;
        let mut output = Output::new();
        if self.json {
            output.json(&as_json(&document))?;
        } else {
            let no_colour =
                std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
            let paint = Paint(std::io::stdout().is_terminal() && !no_colour);
            print(&document, paint, &mut output)?;
        }
        output.finish()?;
        Ok(Code::Fine)
    }
}

fn as_json(document: &Document) -> Value {
    let entry = document.language().entry();
    let sentences: Vec<Value> = document
        .sentences()
        .iter()
        .map(|sentence| sentence_json(document, sentence))
        .collect();
    json!({
        "language": entry.code,
        "stemmer": entry.stemmer_name(),
        "stop_words": entry.stop_list_name(),
        "boilerplate": boilerplate_json(document),
        "sentences": sentences,
    })
}

/// How much is taken for boilerplate, and whether a system that sees none goes without it.
fn boilerplate_json(document: &Document) -> Value {
    let found = document.boilerplate();
    json!({
        "sentences": found.sentences,
        "words": found.words,
        "share_of_words": found.share(),
        "dropped": found.sentences > 0 && !found.is_most(),
    })
}

fn sentence_json(document: &Document, sentence: &Sentence) -> Value {
    let first = sentence.tokens.start as usize;
    let tag = |at: usize| document.tags().map(|tags| tags[first + at].name());
    let tokens = document.tokens_of(sentence).iter().enumerate();
    let tokens = tokens.map(|(at, token)| token_json(document, token, tag(at)));
    json!({
        "text": sentence.span.of(document.full_text()),
        "start": sentence.span.start,
        "end": sentence.span.end,
        "paragraph": sentence.paragraph,
        "boilerplate": sentence.boilerplate,
        "tokens": tokens.collect::<Vec<_>>(),
    })
}

fn token_json(document: &Document, token: &Token, tag: Option<&str>) -> Value {
    json!({
        "text": token.span.of(document.full_text()),
        "stem": document.stem(token.term),
        "kind": kind(token.kind),
        "tag": tag,
        "start": token.span.start,
        "end": token.span.end,
    })
}

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
        if self.0 { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }
}

const DIM: Style = Style::new().dimmed();
const NUMBER: Style = AnsiColor::Cyan.on_default();
const STEM: Style = AnsiColor::Green.on_default();
const BOILERPLATE: Style = AnsiColor::Red.on_default().bold();

/// A sentence a block: its number, how probably it is boilerplate, its text with stop
/// words dimmed; below, the stems of its content words.
fn print(document: &Document, paint: Paint, output: &mut Output) -> Result<(), Failure> {
    let entry = document.language().entry();
    let (stemmer, stop_words) = (entry.stemmer_name(), entry.stop_list_name());
    let count = document.sentences().len();
    output.line(&format!(
        "{}, stemmer {stemmer}, stop words {stop_words}; {count} sentences",
        entry.name
    ))?;
    output.line(&boilerplate(document))?;
    output.line(
        &paint.with(DIM, "   #  boilerplate  text, and the stems of its content words"),
    )?;
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
            painted(document, sentence, paint)
        ))?;
        let stems: Vec<&str> =
            document.content(sentence).map(|term| document.stem(term)).collect();
        output.line(&format!("{:19}{}", "", paint.with(STEM, &stems.join(" "))))?;
    }
    Ok(())
}

/// How much is taken for boilerplate, in a line.
fn boilerplate(document: &Document) -> String {
    let found = document.boilerplate();
    let (count, share) = (found.sentences, 100.0 * found.share());
    match count {
        0 => "no boilerplate found".to_owned(),
        _ if found.is_most() => format!(
            "boilerplate: {count} sentences, {share:.0} % of the words, which is most: none is left out"
        ),
        _ => format!("boilerplate: {count} sentences, {share:.0} % of the words"),
    }
}

fn painted(document: &Document, sentence: &Sentence, paint: Paint) -> String {
    let text = document.full_text();
    if !paint.0 {
        return sentence.span.of(text).to_owned();
    }
    let mut out = String::new();
    let mut done = sentence.span.start as usize;
    for token in document.tokens_of(sentence) {
        let (start, end) = (token.span.start as usize, token.span.end as usize);
        out.push_str(text.get(done..start).unwrap_or(""));
        let new = &text[start..end];
        out.push_str(&match token.kind {
            TokenKind::StopWord => paint.with(DIM, new),
            TokenKind::Number => paint.with(NUMBER, new),
            TokenKind::Word | TokenKind::Punctuation => new.to_owned(),
        });
        done = end;
    }
    out.push_str(&text[done..sentence.span.end as usize]);
    out
}

//! `epitome inspect FILE`: what the analysis makes of a text.

use std::path::PathBuf;

use clap::Args;
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
        let document =
            input::document(&self.file, self.text, Needs { tags: true, idf: false })?;
        let mut output = Output::new();
        if self.json {
            output.json(&as_json(&document))?;
        } else {
            print(&document, &mut output)?;
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
        "sentences": sentences,
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

fn print(document: &Document, output: &mut Output) -> Result<(), Failure> {
    let entry = document.language().entry();
    let (stemmer, stop_words) = (entry.stemmer_name(), entry.stop_list_name());
    output
        .line(&format!("{}, stemmer {stemmer}, stop words {stop_words}", entry.name))?;
    let mut paragraph = None;
    for (at, sentence) in document.sentences().iter().enumerate() {
        if paragraph.replace(sentence.paragraph) != Some(sentence.paragraph) {
            output.line("")?;
        }
        output.line(&format!("{at:>4}  {}", document.sentence_text(at)))?;
        let stems: Vec<&str> =
            document.content(sentence).map(|term| document.stem(term)).collect();
        output.line(&format!("      {}", stems.join(" ")))?;
    }
    Ok(())
}

//! Counts in a line, from which its features are computed.

use std::ops::Range;

use super::super::{
    super::{Document, Sentence, Token, TokenKind},
    cues::{Cue, Cues, KINDS, Reader},
};

/// Counts in a line.
#[derive(Default, Clone)]
pub(super) struct Counts {
    pub(super) words: f32,
    pub(super) stop_words: f32,
    pub(super) numbers: f32,
    /// Words that begin with a capital.
    pub(super) capitals: f32,
    /// Words that begin with two capitals.
    pub(super) shouted: f32,
    /// Runs of punctuation.
    pub(super) symbols: f32,
    /// Signs that are rare in prose: `|`, `©`, `→` and the like.
    pub(super) marks: f32,
    /// Quotation marks.
    pub(super) quotes: f32,
    /// Different content words.
    pub(super) content: f32,
    /// Different content words that another line of text has too.
    pub(super) shared: f32,
    /// Sum over different content words of `log₂(1 + n)`, where `n` is the number of other lines of
    /// text with the word.
    pub(super) weight: f32,
    /// Cues of each kind.
    pub(super) cues: [f32; KINDS.len()],
    pub(super) end: End,
}

/// Class of the end of a line.
#[derive(Default, Clone, Copy, PartialEq)]
pub(super) enum End {
    #[default]
    Open,
    Stop,
    Question,
    Exclamation,
    Colon,
}

impl Counts {
    /// Returns whether the line is text: whether it has at least twelve words and ends in a mark of
    /// the end of a sentence.
    pub(super) fn is_text(&self) -> bool {
        self.words >= 12.0 && !matches!(self.end, End::Open | End::Colon)
    }

    /// Returns whether the line contains *I*, *you* or *we* outside quotes.
    pub(super) fn is_personal(&self) -> bool {
        [Cue::You, Cue::We, Cue::I]
            .iter()
            .any(|&kind| self.cues[kind as usize] > 0.0)
    }
}

/// Returns the counts of every line.
pub(super) fn count(document: &Document, lines: &[Range<usize>]) -> Vec<Counts> {
    let mut reader = Cues::of(document.language()).map(Reader::new);
    let mut counts: Vec<Counts> = lines
        .iter()
        .map(|line| count_line(document, line, reader.as_mut()))
        .collect();
    count_cohesion(document, lines, &mut counts);
    counts
}

/// Counts everything in a line that does not depend on other lines.
fn count_line(
    document: &Document,
    line: &Range<usize>,
    mut reader: Option<&mut Reader>,
) -> Counts {
    let text = document.full_text();
    let mut counts = Counts::default();
    let mut in_quotes = false;

    let sentences = &document.sentences()[line.clone()];
    for sentence in sentences {
        if let Some(reader) = reader.as_mut() {
            reader.begin();
        }
        for token in document.tokens_of(sentence) {
            let surface = token.span.of(text);
            if token.kind == TokenKind::Punctuation {
                in_quotes = punctuation(&mut counts, surface, in_quotes);
                continue;
            }

            word(&mut counts, token, surface);
            if let Some(reader) = reader.as_mut() {
                reader.take(document.cue_words[token.term.index()], |kind| {
                    let speaks = matches!(KINDS[kind].1, Cue::You | Cue::We | Cue::I);
                    if !(speaks && in_quotes) {
                        counts.cues[kind] += 1.0;
                    }
                });
            }
        }
    }
    counts.end = sentences
        .last()
        .map_or(End::Open, |last| end(last.span.of(text)));
    counts
}

/// Counts a word.
fn word(counts: &mut Counts, token: &Token, surface: &str) {
    counts.words += 1.0;
    match token.kind {
        TokenKind::StopWord => counts.stop_words += 1.0,
        TokenKind::Number => counts.numbers += 1.0,
        TokenKind::Word | TokenKind::Punctuation => {}
    }
    let [first, second] = capitals(surface);
    counts.capitals += f32::from(u8::from(first));
    counts.shouted += f32::from(u8::from(first && second));
}

/// Returns whether the first and the second letter of a word are capitals.
pub(super) fn capitals(word: &str) -> [bool; 2] {
    if let [first @ 0..128, second @ 0..128, ..] = word.as_bytes() {
        return [first, second].map(u8::is_ascii_uppercase);
    }
    let mut letters = word.chars().map(char::is_uppercase);
    [(); 2].map(|()| letters.next().unwrap_or(false))
}

/// Counts a run of punctuation; returns whether a quotation is open after it.
fn punctuation(counts: &mut Counts, run: &str, mut in_quotes: bool) -> bool {
    counts.symbols += 1.0;
    for character in run.chars() {
        match character {
            '"' => in_quotes = !in_quotes,
            '“' | '„' | '«' | '「' => in_quotes = true,
            '”' | '»' | '」' => in_quotes = false,
            '|' | '©' | '®' | '™' | '•' | '·' | '›' | '→' | '#' | '@' | '~' | '/' =>
            {
                counts.marks += 1.0;
                continue;
            }
            _ => continue,
        }
        counts.quotes += 1.0;
    }
    in_quotes
}

/// Returns the class of the end of a line by its last sentence. Closing quotes and brackets are
/// ignored.
fn end(sentence: &str) -> End {
    let closes = |it| matches!(it, '"' | '”' | '’' | '\'' | '»' | ')' | ']' | '」');
    let last = sentence.trim_end_matches(|it: char| closes(it) || it.is_whitespace());
    match last.chars().next_back() {
        Some('.' | '。' | '।' | '۔' | '…' | ';') => End::Stop,
        Some('?' | '？' | '؟') => End::Question,
        Some('!' | '！') => End::Exclamation,
        Some(':' | '：') => End::Colon,
        _ => End::Open,
    }
}

/// Counts the content words that each line shares with lines of text.
fn count_cohesion(document: &Document, lines: &[Range<usize>], counts: &mut [Counts]) {
    let sentences = document.sentences();
    let mut last = vec![u32::MAX; document.term_count()];
    let mut holding = vec![0_u32; document.term_count()];
    let terms = |line: &Range<usize>| {
        sentences[line.clone()]
            .iter()
            .flat_map(|it: &Sentence| document.content(it))
    };

    // the number of lines of text that hold each term
    for (at, line) in lines
        .iter()
        .enumerate()
        .filter(|(at, _)| counts[*at].is_text())
    {
        for term in terms(line) {
            if std::mem::replace(&mut last[term.index()], at as u32) != at as u32 {
                holding[term.index()] += 1;
            }
        }
    }

    last.fill(u32::MAX);
    for (at, (line, counts)) in lines.iter().zip(counts).enumerate() {
        let itself = u32::from(counts.is_text());
        for term in terms(line) {
            if std::mem::replace(&mut last[term.index()], at as u32) != at as u32 {
                let others = holding[term.index()] - itself;
                counts.content += 1.0;
                counts.shared += f32::from(u8::from(others > 0));
                counts.weight += (1.0 + others as f32).log2();
            }
        }
    }
}

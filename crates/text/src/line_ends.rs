//! What a line end inside a text means: the end of a sentence, or a wrap.
//!
//! ```text
//! text ── blocks ──▶ decision per block ──▶ seams ──▶ the text as if on one line ──▶ sentences
//! ```
//!
//! A block is a run of lines with no blank line and no form feed between them, all of them
//! quoted as deeply (`> > `); marks of quotation are part of the indentation. It is
//! *wrapped* if somebody broke its lines to fit a width `W`, the 90th percentile of the
//! lengths of its lines in characters. A line end is
//!
//! * *full* if the next word would not have fitted into `W`,
//! * *open* if no mark of a sentence stands before it,
//! * *running* if it is open and the next line goes on in small letters, or in a script
//!   without capitals.
//!
//! Line ends before and after what is no prose (items of a list, headings, rows of a
//! table, code between fences, turns of a dialogue) are not counted. Of the
//! others, a block of five lines or more is wrapped if `W` is from 24 to 132 and either
//! at least 80 % are full and 25 % are running, or at least half go on in small letters
//! and the median line has 40 characters. A shorter block takes the width of the wrapped
//! blocks of the text, if there is any and its lines keep to it, and is wrapped if all its
//! line ends are full; without one, at least half must be running too.
//!
//! In a wrapped block a line end is joined if it is running and its line has at least
//! `W / 2` characters, or if the line comes within 15 % of `W` with the next word. An
//! indented line starts a paragraph.
//!
//! A sentence that goes on behind a page break is joined too, with what stands between: see
//! [`pages`].
//!
//! A *seam* is a line end that is joined, with the white space around it. It reads as a
//! space, and as nothing between characters of a script without spaces. Behind a hyphen it
//! reads as nothing too, and the hyphen goes where the word without it is known: see
//! [`hyphens`].
//!
//! Places stay places in the text as it was given: [`Seams::on_one_line`] writes blanks over
//! the seams, and soft hyphens over those of mended words, and moves nothing.

mod blocks;
mod choice;
mod hyphens;
mod line;
mod pages;

use std::borrow::Cow;

pub use self::blocks::{BlockKind, LineBlock};
pub use self::choice::LineEnds;
use self::{hyphens::Words, line::Line};
use super::{Language, Rules, Segmenter, Span};

/// A line end that is joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Seam {
    /// What it covers: white space, and the hyphen of a mended word.
    span: Span,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Reads as a space.
    Space,
    /// Reads as nothing.
    Nothing,
    /// Reads as nothing inside one word.
    Mended,
}

/// The line ends of a text that are joined, in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Seams(Vec<Seam>);

impl LineEnds {
    /// The blocks of a text, in order, and what is made of each.
    pub fn blocks(self, text: &str) -> Vec<LineBlock> {
        blocks::blocks(&line::lines(text), self)
            .into_iter()
            .map(|it| it.block)
            .collect()
    }

    /// A text as if its wrapped lines were one line each: blanks stand over the line ends
    /// that are joined, so that every place stays what it is.
    pub fn on_one_line(self, text: &str, language: Language) -> Cow<'_, str> {
        self.seams(text, language).on_one_line(text)
    }

    /// The sentences of a text by our own segmenter, each on one line.
    pub fn sentences(self, text: &str, language: Language) -> Vec<String> {
        let seams = self.seams(text, language);
        let flat = seams.on_one_line(text);
        let spans = Segmenter::Own.spans(&flat, Rules::of(language.code()));
        spans
            .into_iter()
            .map(|span| seams.read(text, span).into_owned())
            .collect()
    }

    /// The line ends that are joined. Linear in the text, but for a sort of the line
    /// lengths of each block.
    pub(super) fn seams(self, text: &str, language: Language) -> Seams {
        if self == Self::Sentences || !text.contains('\n') {
            return Seams::default();
        }
        let lines = line::lines(text);
        let mut words = Words::new(text, language);
        let blocks = blocks::blocks(&lines, self);
        let mut joined = match self {
            Self::Auto => pages::joined(&lines, &blocks),
            Self::Sentences | Self::Join => Vec::new(),
        };
        joined.extend(
            blocks
                .iter()
                .flat_map(|it| &it.joined)
                .map(|&before| (before, before + 1)),
        );
        joined.sort_unstable();
        let seams = joined
            .into_iter()
            .map(|(before, after)| seam(text, &lines[before], &lines[after], &mut words));
        Seams(seams.collect())
    }
}

/// The seam between a line and the one that it goes on in.
fn seam(text: &str, before: &Line<'_>, after: &Line<'_>, words: &mut Words<'_>) -> Seam {
    let mut span = Span {
        start: before.end as u32,
        end: after.start as u32,
    };
    let kind = match before.hyphen() {
        Some(hyphen) if after.starts_with_letter() => {
            if words.mends(before.body, hyphen, after.body) {
                span.start -= hyphen.len_utf8() as u32;
                Kind::Mended
            } else {
                Kind::Nothing
            }
        }
        _ if before.ends_wide() && after.starts_wide() => Kind::Nothing,
        _ => Kind::Space,
    };
    debug_assert!(span.end as usize <= text.len());
    Seam { span, kind }
}

impl Seams {
    /// All of them, `by` bytes later.
    pub(super) fn moved(mut self, by: u32) -> Self {
        for seam in &mut self.0 {
            seam.span.start += by;
            seam.span.end += by;
        }
        self
    }

    /// These, and then those of `rest`, which come later.
    pub(super) fn followed_by(mut self, rest: Self) -> Self {
        self.0.extend(rest.0);
        self
    }

    /// `text` with blanks over the seams; a mended word has soft hyphens and word joiners
    /// over its own, which no reader of words sees.
    pub(super) fn on_one_line<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.0.is_empty() {
            return Cow::Borrowed(text);
        }
        let mut out = String::with_capacity(text.len());
        for seam in &self.0 {
            out.push_str(&text[out.len()..seam.span.start as usize]);
            let room = (seam.span.end - seam.span.start) as usize;
            match seam.kind {
                Kind::Mended if room % 2 == 1 => {
                    out.push('\u{2060}'); // three bytes
                    out.extend(std::iter::repeat_n('\u{ad}', (room - 3) / 2));
                }
                Kind::Mended => out.extend(std::iter::repeat_n('\u{ad}', room / 2)),
                Kind::Space | Kind::Nothing => {
                    out.extend(std::iter::repeat_n(' ', room));
                }
            }
        }
        out.push_str(&text[out.len()..]);
        Cow::Owned(out)
    }

    /// Whether a byte of a text is one of a seam.
    pub(super) fn cover(&self, at: usize) -> bool {
        let after = self
            .0
            .partition_point(|seam| seam.span.start as usize <= at);
        after > 0 && at < self.0[after - 1].span.end as usize
    }

    /// The piece of a text at `span` as a reader has it: seams as they read.
    pub(super) fn read<'t>(&self, text: &'t str, span: Span) -> Cow<'t, str> {
        let first = self.0.partition_point(|seam| seam.span.end <= span.start);
        let mut inside = self.0[first..]
            .iter()
            .take_while(|it| it.span.end <= span.end)
            .peekable();
        if inside.peek().is_none() {
            return Cow::Borrowed(span.of(text));
        }
        let mut out = String::with_capacity((span.end - span.start) as usize);
        let mut done = span.start;
        for seam in inside {
            out.push_str(
                Span {
                    start: done,
                    end: seam.span.start,
                }
                .of(text),
            );
            if seam.kind == Kind::Space {
                out.push(' ');
            }
            done = seam.span.end;
        }
        out.push_str(
            Span {
                start: done,
                end: span.end,
            }
            .of(text),
        );
        Cow::Owned(out)
    }
}

#[cfg(test)]
mod tests;

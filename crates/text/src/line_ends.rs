//! Decides what a line end inside a text means: the end of a sentence, or a hard wrap.
//!
//! ```text
//! text ── blocks ──▶ decision per block ──▶ seams ──▶ the text as if on one line ──▶ sentences
//! ```
//!
//! A block is a run of lines with no blank line and no form feed between them, all with the same
//! depth of quotation (`> > `); quotation marks of mail are part of the indentation. A block is
//! *wrapped* if its lines were broken to fit a width `W`, which is estimated as the 90th
//! percentile of the lengths of its lines in characters. A line end is
//!
//! * *full* if the next word would not have fitted into `W`,
//! * *open* if the line does not end in a mark of the end of a sentence,
//! * *running* if it is open and the next line begins with a lower-case letter, or in a script
//!   without capitals.
//!
//! Line ends next to lines that are no prose (items of a list, headings, rows of a table, code
//! between fences, turns of a dialogue) do not count. A block of at least five lines is wrapped
//! if `W` is from 24 to 132 and, of the line ends that count, either at least 80 % are full and
//! 25 % are running, or at least half continue in lower case and the median length is at least
//! 40 characters. A shorter block is given the width of the wrapped blocks of the text, if there
//! are any and its lines fit it, and is wrapped if all its line ends are full; if there are none,
//! at least half must also be running.
//!
//! In a wrapped block, a line end is joined if it is running and its line has at least `W / 2`
//! characters, or if the line with the next word is at least 85 % of `W` long. An indented line
//! starts a paragraph.
//!
//! Lines are also joined if a sentence continues after a page break, with the lines between them:
//! see [`pages`].
//!
//! A *seam* is a joined line end with the white space around it. It is read as a space, or as
//! nothing between characters of a script without spaces. After a hyphen it is read as nothing,
//! and the hyphen is removed if the word without it is known: see [`hyphens`].
//!
//! Offsets do not change: [`Seams::on_one_line`] replaces the bytes of a seam by blanks, or by
//! soft hyphens inside a word.

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

/// A joined line end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Seam {
    /// The bytes that it covers: white space, and a hyphen that is removed.
    span: Span,
    kind: SeamKind,
}

/// What a seam is read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SeamKind {
    /// A space.
    Space,
    /// Nothing, between two words.
    Nothing,
    /// Nothing, inside one word whose hyphen is removed.
    InsideWord,
}

/// The joined line ends of a text, in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Seams(Vec<Seam>);

impl LineEnds {
    /// Returns the blocks of a text in order, each with the kind that was decided for it.
    pub fn blocks(self, text: &str) -> Vec<LineBlock> {
        blocks::blocks(&line::lines(text), self)
            .into_iter()
            .map(|it| it.block)
            .collect()
    }

    /// Returns a text whose joined line ends are replaced by blanks, so that offsets do not change.
    pub fn on_one_line(self, text: &str, language: Language) -> Cow<'_, str> {
        self.seams(text, language).on_one_line(text)
    }

    /// Returns the sentences of a text by epitome's segmenter, each on one line.
    pub fn sentences(self, text: &str, language: Language) -> Vec<String> {
        let placed = self.placed_sentences(text, language);
        placed.into_iter().map(|(_, sentence)| sentence).collect()
    }

    /// Returns the sentences of [`Self::sentences`], each with its place in the text.
    pub fn placed_sentences(self, text: &str, language: Language) -> Vec<(Span, String)> {
        let seams = self.seams(text, language);
        let flat = seams.on_one_line(text);
        let spans = Segmenter::Own.spans(&flat, Rules::of(language.code()));
        let read = |span| (span, seams.read(text, span).into_owned());
        spans.into_iter().map(read).collect()
    }

    /// Returns the joined line ends of a text. Linear in its length, except that the line lengths of
    /// each block are sorted.
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

/// Returns the seam between two lines that are joined.
fn seam(text: &str, before: &Line<'_>, after: &Line<'_>, words: &mut Words<'_>) -> Seam {
    let mut span = Span {
        start: before.end as u32,
        end: after.start as u32,
    };
    let kind = match before.hyphen() {
        Some(hyphen) if after.starts_with_letter() => {
            if words.is_known_without(before.body, hyphen, after.body) {
                span.start -= hyphen.len_utf8() as u32;
                SeamKind::InsideWord
            } else {
                SeamKind::Nothing
            }
        }
        _ if before.ends_wide() && after.starts_wide() => SeamKind::Nothing,
        _ => SeamKind::Space,
    };
    debug_assert!(span.end as usize <= text.len());
    Seam { span, kind }
}

impl Seams {
    /// Returns the seams moved by `by` bytes to the right.
    pub(super) fn moved(mut self, by: u32) -> Self {
        for seam in &mut self.0 {
            seam.span.start += by;
            seam.span.end += by;
        }
        self
    }

    /// Returns these seams followed by those of `rest`, which must be of later bytes.
    pub(super) fn followed_by(mut self, rest: Self) -> Self {
        self.0.extend(rest.0);
        self
    }

    /// Returns `text` with blanks in place of the seams. Inside a word these are soft hyphens and a
    /// word joiner, which readers of words ignore.
    pub(super) fn on_one_line<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.0.is_empty() {
            return Cow::Borrowed(text);
        }

        let mut out = String::with_capacity(text.len());
        for seam in &self.0 {
            out.push_str(&text[out.len()..seam.span.start as usize]);
            let bytes = (seam.span.end - seam.span.start) as usize;
            match seam.kind {
                // a word joiner has three bytes, a soft hyphen two
                SeamKind::InsideWord if bytes % 2 == 1 => {
                    out.push('\u{2060}');
                    out.extend(std::iter::repeat_n('\u{ad}', (bytes - 3) / 2));
                }
                SeamKind::InsideWord => {
                    out.extend(std::iter::repeat_n('\u{ad}', bytes / 2));
                }
                SeamKind::Space | SeamKind::Nothing => {
                    out.extend(std::iter::repeat_n(' ', bytes));
                }
            }
        }
        out.push_str(&text[out.len()..]);
        Cow::Owned(out)
    }

    /// Returns whether a byte of the text is part of a seam.
    pub(super) fn cover(&self, at: usize) -> bool {
        let after = self
            .0
            .partition_point(|seam| seam.span.start as usize <= at);
        after > 0 && at < self.0[after - 1].span.end as usize
    }

    /// Returns the part of a text at `span` with its seams replaced by what they are read as.
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
            if seam.kind == SeamKind::Space {
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

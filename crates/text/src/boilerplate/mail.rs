//! Recognises the parts of a mail that are not its text: header, quotation, signature, disclaimer.
//!
//! * A *header* is a block of lines up to a blank one, all of which are fields (`Subject: Ferry`)
//!   or their continuations, which are indented (RFC 5322). At the top of a text, a header has at
//!   least two fields with known names; further down, as in a forwarded message, three, or, after
//!   another header, one that begins a part of a message (`Content-Type: text/plain`).
//! * A *quotation* consists of lines that begin with `>` in a text with a header, and of the line
//!   before them if it ends in a colon (`Ann wrote:`), unless there is nothing else but header and
//!   signature.
//! * A *signature* is the text after the last line `-- ` (in a text with a header also `--`), if it
//!   has at most [`SIGNATURE`] lines (RFC 3676).
//! * A *disclaimer* is the last or second last paragraph of a text with one of these parts, and what
//!   follows it, if it has at least two of the phrases of [`DISCLAIMERS`]; English only.

use std::ops::Range;

/// Names of header fields of mails, in lower case.
const FIELDS: [&str; 19] = [
    "from",
    "to",
    "cc",
    "bcc",
    "subject",
    "date",
    "sent",
    "sender",
    "reply-to",
    "message-id",
    "in-reply-to",
    "references",
    "received",
    "return-path",
    "delivered-to",
    "newsgroups",
    "organization",
    "user-agent",
    "mime-version",
];

/// Maximum number of lines of a signature that are not blank.
const SIGNATURE: usize = 12;

/// Phrases of disclaimers, in lower case.
const DISCLAIMERS: [&str; 8] = [
    "confidential",
    "privileged",
    "intended recipient",
    "intended only for",
    "intended solely for",
    "in error",
    "notify the sender",
    "unauthorised",
];

/// Returns the parts of a text that are header, quotation, signature or disclaimer of a mail, as
/// ranges of bytes in no particular order; none if the text is no mail. Linear in the text.
pub(super) fn parts(text: &str) -> Vec<Range<usize>> {
    let mut parts = headers(text);
    let has_header = !parts.is_empty();
    parts.extend(signature(text, has_header));

    // a disclaimer is at the end of the text, or before a part that is
    if !parts.is_empty() {
        let end = parts
            .iter()
            .map(|it| it.end)
            .max()
            .filter(|&end| end == text.len());
        let end = end.map_or(text.len(), |_| parts.last().map_or(0, |it| it.start));
        parts.extend(disclaimer(text, end));
    }

    if has_header {
        let quoted = quotations(text, &parts);
        parts.extend(quoted);
    }
    parts
}

/// Returns the lines that are quoted, and the lines before them that end in a colon; none if no
/// other line is outside of `parts`.
fn quotations(text: &str, parts: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut at = 0;
    let (mut quoted, mut leads, mut has_others) = (Vec::new(), None, false);
    for line in text.split_inclusive('\n') {
        let range = at..at + line.len();
        at = range.end;
        let is_part = || parts.iter().any(|part| part.contains(&range.start));
        if line.trim().is_empty() || is_part() {
            continue;
        }

        if line.starts_with('>') {
            quoted.extend(leads.take());
            quoted.push(range);
        } else {
            has_others |= leads.is_some() || !line.trim_end().ends_with(':');
            leads = line.trim_end().ends_with(':').then_some(range);
        }
    }

    if has_others || leads.is_some() {
        quoted
    } else {
        Vec::new()
    }
}

/// Returns the blocks of lines between blank ones, as ranges of bytes.
fn blocks(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    let mut lines = text.split_inclusive('\n').peekable();
    std::iter::from_fn(move || {
        while let Some(line) = lines.next_if(|line| line.trim().is_empty()) {
            at += line.len();
        }
        let start = at;
        while let Some(line) = lines.next_if(|line| !line.trim().is_empty()) {
            at += line.len();
        }
        (start < at).then_some(start..at)
    })
}

/// Returns the headers in a text, and the boundaries between parts of a message.
fn headers(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (number, block) in blocks(text).enumerate() {
        let Known { fields, parts } = known(&text[block.clone()]);
        let is_top = number == 0 && fields + parts >= 2;
        let is_border = text[block.clone()].lines().all(is_boundary);
        if is_border && !found.is_empty()
            || is_top
            || fields + parts >= 3
            || parts > 0 && !found.is_empty()
        {
            found.push(block);
        }
    }
    found
}

/// Counts of the fields with known names in a block.
#[derive(Default)]
struct Known {
    /// Number of fields of [`FIELDS`].
    fields: usize,
    /// Number of fields that describe a part of a message, such as `Content-Type`.
    parts: usize,
}

/// Counts the fields of a block; none if any of its lines cannot be part of a header.
fn known(block: &str) -> Known {
    let mut known = Known::default();
    for (number, line) in block.lines().enumerate() {
        let is_envelope = number == 0 && (line.starts_with("From ") || is_rule(line))
            || is_boundary(line);
        if is_envelope || number > 0 && line.starts_with([' ', '\t']) {
            continue;
        }

        let Some((name, value)) = line.split_once(':') else {
            return Known::default();
        };
        let is_name = !name.is_empty()
            && name
                .bytes()
                .all(|it| it.is_ascii_alphanumeric() || it == b'-');
        if !is_name || !(value.is_empty() || value.starts_with([' ', '\t', '\r'])) {
            return Known::default();
        }

        let name = name.to_ascii_lowercase();
        known.parts += usize::from(name.starts_with("content-"));
        known.fields += usize::from(FIELDS.contains(&&*name));
    }
    known
}

/// Returns whether a line is a boundary between parts of a message: `--0a1`.
fn is_boundary(line: &str) -> bool {
    line.starts_with("--") && line.len() > 4 && !line.contains(' ')
}

/// Returns whether a line announces a forwarded message: `----- Original Message -----`.
fn is_rule(line: &str) -> bool {
    line.starts_with("---") && line.trim_end().ends_with("---")
}

/// Returns the signature of a text.
fn signature(text: &str, has_header: bool) -> Option<Range<usize>> {
    let mut at = 0;
    let mut start = None;
    for line in text.split_inclusive('\n') {
        let line_end = line.trim_end_matches(['\r', '\n']);
        if line_end == "-- " || has_header && line_end == "--" {
            start = Some(at);
        }
        at += line.len();
    }
    let start = start?;
    let lines = text[start..].lines().filter(|line| !line.trim().is_empty());
    (lines.count() <= SIGNATURE + 1).then_some(start..text.len())
}

/// Returns the disclaimer in the text up to `end`, where a signature begins or the text ends.
fn disclaimer(text: &str, end: usize) -> Option<Range<usize>> {
    let blocks: Vec<Range<usize>> = blocks(&text[..end]).skip(1).collect();
    let last = blocks.get(blocks.len().saturating_sub(2)..)?;
    let is_disclaimer = |block: &&Range<usize>| {
        let words = text[(*block).clone()].to_lowercase();
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        DISCLAIMERS.iter().filter(|it| words.contains(**it)).count() >= 2
    };
    last.iter()
        .find(is_disclaimer)
        .map(|block| block.start..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAIL: &str = "\
From: Ann Miller <ann@mill.example>
To: ben@weir.example
Subject: The wheel
 turns again
Date: Mon, 4 May 2026 09:12:01 +0200

Dear Ben,

the wheel turns again. Note: the sluice is still shut.

This message is confidential. If you are not the intended
recipient, please delete it.

--\x20
Ann Miller
The mill by the weir
";

    fn left(text: &str) -> String {
        let parts = parts(text);
        let lines = text.split_inclusive('\n').scan(0, |at, line| {
            *at += line.len();
            Some((*at - line.len(), line))
        });
        lines
            .filter(|(at, _)| !parts.iter().any(|part| part.contains(at)))
            .map(|(_, line)| line)
            .collect()
    }

    #[test]
    fn header_signature_and_disclaimer_are_parts() {
        let text =
            "\nDear Ben,\n\nthe wheel turns again. Note: the sluice is still shut.\n\n";
        assert_eq!(left(MAIL), text);
        assert_eq!(
            left(&MAIL.replace('\n', "\r\n")),
            text.replace('\n', "\r\n")
        );
        assert_eq!(left(&MAIL.replace("-- \n", "--\n")), text);
        assert_eq!(
            left(&format!("From ann@mill.example Mon May 4\n{MAIL}")),
            text
        );
    }

    #[test]
    fn a_forwarded_message_has_a_header() {
        let header =
            "----- Original Message -----\nFrom: Ann\nSent: Monday\nSubject: The wheel\n";
        let text = format!("See below.\n\n{header}\nIt turns.\n");
        assert_eq!(left(&text), "See below.\n\n\nIt turns.\n");
    }

    #[test]
    fn a_quotation_is_a_part_if_anything_else_is_there() {
        let header = "From: ann@mill.example\nSubject: The wheel\n\n";
        let quoted = "Ben wrote:\n> Does it turn?\n> > It did.\n";
        assert_eq!(
            left(&format!("{header}{quoted}\nIt turns.\n")),
            "\n\nIt turns.\n"
        );
        assert_eq!(left(&format!("{header}{quoted}")), format!("\n{quoted}"));
        assert_eq!(left(quoted), quoted);
    }

    #[test]
    fn a_part_of_a_message_has_a_header() {
        let text = "Subject: The wheel\nMIME-Version: 1.0\n\n\
                    --0a1\nContent-Type: text/plain\n\nIt turns.\n\n\
                    --0a1\nContent-Type: text/html;\n charset=us-ascii\n\n<p>It turns.</p>\n\n\
                    --0a1--\n";
        assert_eq!(left(text), "\n\nIt turns.\n\n\n<p>It turns.</p>\n\n");
        let page = "The wheel turns.\n\nContent-Type: text/plain\n\nIt is slow.\n";
        assert_eq!(left(page), page);
    }

    #[test]
    fn a_text_that_is_no_mail_has_none() {
        for text in [
            "Ann: It turns.\nBen: At last.\n\nAnn: See for yourself.\n",
            "Subject: the wheel\n\nIt turns.\n",
            "From: the mill\nIt turns, and the sluice is shut.\n",
            "The wheel turns.\n\n--\n\nThe sluice is shut.\n",
            "All of this is confidential and privileged.\n\nIt is confidential and privileged.\n",
            "",
        ] {
            assert_eq!(left(text), text);
        }
    }

    #[test]
    fn a_long_ending_is_no_signature() {
        let text = format!("The wheel turns.\n-- \n{}", "And turns again.\n".repeat(20));
        assert_eq!(left(&text), text);
    }
}

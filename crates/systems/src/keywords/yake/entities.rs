//! Decodes HTML entities as Python's `html.unescape` does, which segtok applies to everything
//! except addresses.

use std::borrow::Cow;

/// A text with decoded entities, and the positions of its bytes in the original text.
pub(super) struct Unescaped {
    pub(super) text: String,
    /// For each byte, where its character or entity begins in the original text.
    starts: Vec<usize>,
    /// For each byte, where its character or entity ends in the original text.
    ends: Vec<usize>,
}

impl Unescaped {
    /// Decodes the entities of a text. `O(n)`.
    pub(super) fn of(written: &str) -> Self {
        let mut read = Self {
            text: String::new(),
            starts: Vec::new(),
            ends: Vec::new(),
        };
        let mut at = 0;
        while let Some(first) = written[at..].chars().next() {
            let (length, sign) = entity(&written[at..]).unwrap_or_else(|| {
                let length = first.len_utf8();
                (length, Cow::Borrowed(&written[at..at + length]))
            });
            read.text.push_str(&sign);
            read.starts.resize(read.text.len(), at);
            read.ends.resize(read.text.len(), at + length);
            at += length;
        }
        read
    }

    /// Returns the part of the original text `written` that `part`, a slice of `self.text` that is
    /// not empty, was decoded from.
    pub(super) fn place<'w>(&self, part: &str, written: &'w str) -> &'w str {
        let start = part.as_ptr().addr() - self.text.as_ptr().addr();
        let end = self.ends[start + part.len() - 1];
        &written[self.starts[start]..end]
    }
}

/// Returns the length of the entity at the start of a text, and the decoded characters; `None` if
/// there is no entity.
///
/// The `;` may be missing after a number, and after the names of [`WITHOUT_END`] even inside a
/// word: `&ampx` is `&x`.
fn entity(text: &str) -> Option<(usize, Cow<'_, str>)> {
    let body = text.strip_prefix('&')?;
    if let Some(number) = body.strip_prefix('#') {
        return numeric(number).map(|(length, sign)| (length + 2, Cow::Owned(sign)));
    }

    // Python looks for a name of at most 32 characters
    let longest = body.char_indices().nth(32).map_or(body.len(), |(at, _)| at);
    let end = body[..longest].find(['\t', '\n', '\u{c}', ' ', '<', '&', '#', ';']);
    let name = &body[..end.unwrap_or(longest)];

    if body[name.len()..].starts_with(';') {
        let whole = &text[..name.len() + 2];
        let sign = html_escape::decode_html_entities(whole);
        if sign != whole {
            return Some((whole.len(), sign));
        }
    }

    // otherwise the longest beginning that needs no `;`
    (2..=name.len()).rev().find_map(|length| {
        let name = name
            .get(..length)
            .filter(|name| WITHOUT_END.contains(name))?;
        let sign = html_escape::decode_html_entities(&format!("&{name};")).into_owned();
        Some((length + 1, Cow::Owned(sign)))
    })
}

/// Returns the length of a number after `&#`, with its `;` if there is one, and its character;
/// `None` if there are no digits.
fn numeric(number: &str) -> Option<(usize, String)> {
    let (digits, radix, prefix) = match number.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16, 1),
        None => (number, 10, 0),
    };
    let digits = &digits
        [..digits.len() - digits.trim_start_matches(|c: char| c.is_digit(radix)).len()];
    if digits.is_empty() {
        return None;
    }

    let end = prefix + digits.len();
    let length = end + usize::from(number[end..].starts_with(';'));
    let code = u32::from_str_radix(digits, radix).unwrap_or(u32::MAX);
    Some((length, character(code)))
}

/// Returns the character with a number, by the rules of HTML 5 for invalid numbers; empty for
/// control characters and noncharacters.
fn character(code: u32) -> String {
    if let Some(sign) = (0x80..0xa0)
        .contains(&code)
        .then(|| WINDOWS_1252[code as usize - 0x80])
    {
        return sign.to_string();
    }
    match code {
        0 => '\u{FFFD}'.to_string(),
        0xd => '\r'.to_string(),
        0x1..=0x8 | 0xb | 0xe..=0x1f | 0x7f | 0xfdd0..=0xfdef => String::new(),
        _ if code & 0xfffe == 0xfffe && code <= 0x10_ffff => String::new(),
        _ => char::from_u32(code).unwrap_or('\u{FFFD}').to_string(),
    }
}

/// Characters that HTML substitutes for the numbers 128 to 159, which are control characters.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
    '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ',
    '\u{9d}', 'ž', 'Ÿ',
];

/// Names of entities that HTML decodes without `;`: those of Latin-1 in HTML 2 to 4.
const WITHOUT_END: [&str; 106] = [
    "AElig", "AMP", "Aacute", "Acirc", "Agrave", "Aring", "Atilde", "Auml", "COPY",
    "Ccedil", "ETH", "Eacute", "Ecirc", "Egrave", "Euml", "GT", "Iacute", "Icirc",
    "Igrave", "Iuml", "LT", "Ntilde", "Oacute", "Ocirc", "Ograve", "Oslash", "Otilde",
    "Ouml", "QUOT", "REG", "THORN", "Uacute", "Ucirc", "Ugrave", "Uuml", "Yacute",
    "aacute", "acirc", "acute", "aelig", "agrave", "amp", "aring", "atilde", "auml",
    "brvbar", "ccedil", "cedil", "cent", "copy", "curren", "deg", "divide", "eacute",
    "ecirc", "egrave", "eth", "euml", "frac12", "frac14", "frac34", "gt", "iacute",
    "icirc", "iexcl", "igrave", "iquest", "iuml", "laquo", "lt", "macr", "micro",
    "middot", "nbsp", "not", "ntilde", "oacute", "ocirc", "ograve", "ordf", "ordm",
    "oslash", "otilde", "ouml", "para", "plusmn", "pound", "quot", "raquo", "reg",
    "sect", "shy", "sup1", "sup2", "sup3", "szlig", "thorn", "times", "uacute", "ucirc",
    "ugrave", "uml", "uuml", "yacute", "yen", "yuml",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        Unescaped::of(text).text
    }

    #[test]
    fn entities_are_read_with_and_without_their_end() {
        assert_eq!(read("a &amp; b&#39;s &#x27;c&#x27 &#146;"), "a & b's 'c' ’");
        assert_eq!(read("&ampx &eacutetude &rsquo x"), "&x étude &rsquo x");
        assert_eq!(
            read("R&D &nosuch; &; & &#; &#x;"),
            "R&D &nosuch; &; & &#; &#x;"
        );
        assert_eq!(read("&notit; &#0; &#1;"), "¬it; \u{FFFD} ");
    }

    #[test]
    fn every_part_has_its_place() {
        let written = "x&amp;y z";
        let read = Unescaped::of(written);
        assert_eq!(read.place(&read.text[1..3], written), "&amp;y");
        assert_eq!(read.place(&read.text[4..], written), "z");
    }
}

//! Texts as they are read, if that differs from how they are written.
//!
//! Scraped and typeset texts contain more than words: entities of HTML (`&amp;`,
//! `&#39;`), tags (`<br/>`), characters without a form of their own (soft hyphens, spaces
//! without width), and spaces that UAX #29 does not treat as such.

use std::borrow::Cow;

use epitome_base::unicode::{NARROW_SPACE, ZERO_WIDTH_SPACE, is_invisible, parts_words};

/// A text as it is read, with the places of its parts in the text as it is written.
pub(super) struct Spelling {
    pub(super) text: String,
    /// For each byte of `text`, the beginning of the written part that it represents.
    starts: Vec<u32>,
    /// For each byte of `text`, the end of the written part that it represents.
    ends: Vec<u32>,
}

impl Spelling {
    /// Returns the reading of a text; `None` if it is read as it is written. `O(n)`.
    pub(super) fn of(written: &str) -> Option<Self> {
        if !written.chars().any(is_odd) {
            return None;
        }
        let mut read = Self {
            text: String::new(),
            starts: Vec::new(),
            ends: Vec::new(),
        };

        let mut at = 0;
        while let Some(part) = next_part(written, at, &read.text) {
            let (end, reading) = part;
            read.push(&reading, at, end);
            at = end;
        }
        (read.text != written).then_some(read)
    }

    fn push(&mut self, reading: &str, start: usize, end: usize) {
        self.text.push_str(reading);
        self.starts.resize(self.text.len(), start as u32);
        self.ends.resize(self.text.len(), end as u32);
    }

    /// Returns the place of `from..to` of the reading, which must not be empty, in the
    /// text as it is written.
    pub(super) fn written(&self, from: usize, to: usize) -> (u32, u32) {
        (self.starts[from], self.ends[to - 1])
    }
}

/// Returns a text as it is read, with runs of white space as one space.
///
/// Entities of HTML become the characters that they represent, and characters without a
/// form of their own are left out: `AT&amp;T` is `AT&T`. Most texts are returned
/// unchanged.
pub fn readable(written: &str) -> Cow<'_, str> {
    if written
        .bytes()
        .all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'&' | b'<'))
    {
        return Cow::Borrowed(written);
    }

    let words = written.split(' ');
    let has_words_alone = words.clone().all(|word| !word.is_empty());
    let mut characters = words.flat_map(str::chars);
    if has_words_alone && !characters.any(|it| is_odd(it) || it.is_whitespace()) {
        return Cow::Borrowed(written);
    }

    let spelling = Spelling::of(written);
    let text = spelling.as_ref().map_or(written, |it| &it.text);

    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    Cow::Owned(out)
}

/// Returns whether a text with this character may be read differently from how it is
/// written.
fn is_odd(character: char) -> bool {
    matches!(character, '&' | '<' | NARROW_SPACE) || is_invisible(character)
}

/// Returns the end of the part of a text that begins at byte `at`, and its reading.
/// `before` is the reading of the text before it.
fn next_part<'a>(
    written: &'a str,
    at: usize,
    before: &str,
) -> Option<(usize, Cow<'a, str>)> {
    let rest = &written[at..];
    let first = rest.chars().next()?;
    let end = at + first.len_utf8();
    Some(match first {
        '&' => match entity(rest) {
            Some((length, sign)) => (at + length, Cow::Owned(plain(&sign))),
            None => (end, Cow::Borrowed("&")),
        },
        // a tag separates words as a sign does
        '<' => match tag(rest) {
            Some(length) => (at + length, Cow::Borrowed("<")),
            None => (end, Cow::Borrowed("<")),
        },
        NARROW_SPACE => (end, Cow::Borrowed(" ")),
        ZERO_WIDTH_SPACE if parts_words(before) => (end, Cow::Borrowed(" ")),
        _ if is_invisible(first) => (end, Cow::Borrowed("")),
        _ => (end, Cow::Borrowed(&written[at..end])),
    })
}

/// Returns the characters of an entity, with spaces of every kind as one kind, and
/// without characters that have no form.
fn plain(sign: &str) -> String {
    let kept = sign.chars().filter(|&it| !is_invisible(it));
    kept.map(|it| if it.is_whitespace() { ' ' } else { it })
        .collect()
}

/// A length that no name of an entity exceeds.
const LONGEST_NAME: usize = 40;

/// Returns the length of the entity that a text begins with, and the characters that it
/// represents. An entity that was escaped twice or more often (`&amp;nbsp;`) counts as
/// one.
fn entity(text: &str) -> Option<(usize, Cow<'_, str>)> {
    let mut start = 1;
    while text[start..].starts_with("amp;")
        && named(&text[start + "amp;".len()..]).is_some()
    {
        start += "amp;".len();
    }

    if start == 1 {
        let length = 1 + named(&text[1..])?;
        return decoded(&text[..length]).map(|sign| (length, sign));
    }

    let length = named(&text[start..])?;
    let whole = format!("&{}", &text[start..start + length]);
    let sign = decoded(&whole)?.into_owned();
    Some((start + length, Cow::Owned(sign)))
}

/// Returns the length of `name;`, `#39;` or `#x27;` at the start of a text.
fn named(text: &str) -> Option<usize> {
    let head = text.as_bytes();
    let end = head
        .iter()
        .take(LONGEST_NAME)
        .position(|&byte| byte == b';')?;
    let name = &head[..end];

    let is_name = match name {
        [b'#', b'x' | b'X', digits @ ..] => {
            !digits.is_empty() && digits.iter().all(u8::is_ascii_hexdigit)
        }
        [b'#', digits @ ..] => {
            !digits.is_empty() && digits.iter().all(u8::is_ascii_digit)
        }
        [first, rest @ ..] => {
            first.is_ascii_alphabetic() && rest.iter().all(u8::is_ascii_alphanumeric)
        }
        [] => false,
    };
    is_name.then_some(end + 1)
}

/// Returns the characters that an entity represents; `None` if there is no such entity.
fn decoded(entity: &str) -> Option<Cow<'_, str>> {
    let sign = html_escape::decode_html_entities(entity);
    (sign != entity).then_some(sign)
}

/// The elements of HTML whose tags occur in texts that were not cleaned completely.
const ELEMENTS: [&str; 35] = [
    "a",
    "b",
    "big",
    "blockquote",
    "br",
    "center",
    "code",
    "dd",
    "div",
    "dl",
    "dt",
    "em",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "hr",
    "i",
    "li",
    "ol",
    "p",
    "pre",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "td",
    "th",
    "tr",
    "tt",
    "u",
    "ul",
];

/// Returns the length of the tag without attributes that a text begins with: `<br/>`,
/// `</p>`.
fn tag(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('<')?;
    let end = inner
        .bytes()
        .take(LONGEST_NAME)
        .position(|byte| byte == b'>')?;
    let name = &inner[..end];
    let name = name.strip_prefix('/').unwrap_or(name);
    let name = name.strip_suffix('/').unwrap_or(name);
    let is_element = ELEMENTS.iter().any(|it| it.eq_ignore_ascii_case(name));
    is_element.then_some(end + 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn entities_are_what_they_stand_for() {
        assert_eq!(
            readable("R&amp;D at Bell&#39;s caf&eacute;"),
            "R&D at Bell's café"
        );
        assert_eq!(readable("a&nbsp;b&ensp; c&shy;d"), "a b cd");
        assert_eq!(
            readable("&amp;amp;lt; &#x2013;"),
            "< –",
            "escaped more than once"
        );
        assert_eq!(
            readable("R&D; Q&A &bogus; &#; &;"),
            "R&D; Q&A &bogus; &#; &;"
        );
    }

    #[test]
    fn what_has_no_form_is_left_out() {
        assert_eq!(
            readable("\u{FEFF}har\u{AD}bour\u{200B} pi\u{200B}er"),
            "harbour pier"
        );
        assert_eq!(readable("two  words\nand\tmore"), "two words and more");
    }

    #[test]
    fn a_tag_is_one_sign() {
        assert_eq!(tag("<br/>x"), Some(5));
        assert_eq!(tag("</P>"), Some(4));
        assert_eq!(tag("<x>"), None);
        assert_eq!(tag("<b and c>"), None);
    }

    #[test]
    fn every_part_of_a_reading_has_its_place() {
        let written = "x&amp;y\u{AD}z";
        let spelling = Spelling::of(written).unwrap();
        assert_eq!(spelling.text, "x&yz");
        let place = |from, to| {
            let (start, end) = spelling.written(from, to);
            &written[start as usize..end as usize]
        };
        assert_eq!(place(0, 1), "x");
        assert_eq!(place(1, 2), "&amp;");
        assert_eq!(place(2, 3), "y", "what follows unseen is no part of it");
        assert_eq!(place(2, 4), "y\u{AD}z");
    }

    proptest! {
        #[test]
        fn every_text_has_a_reading(written in any::<String>()) {
            let read = readable(&written).into_owned();
            prop_assert!(!read.contains(is_invisible));
            prop_assert!(!read.contains("  "));
        }

        #[test]
        fn places_rise(written in "([a-c&;#<>/]|amp;|\u{AD}|\u{200B}|é|\u{202F}){0,20}") {
            if let Some(spelling) = Spelling::of(&written) {
                prop_assert!(spelling.starts.is_sorted() && spelling.ends.is_sorted());
                let is_part = |(&start, &end): (&u32, &u32)| {
                    written.get(start as usize..end as usize).is_some()
                };
                prop_assert!(spelling.starts.iter().zip(&spelling.ends).all(is_part));
            }
        }
    }
}

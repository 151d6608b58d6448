//! Parses JSON as programs in the wild write it.

use serde_json::{Error, Value};

/// Parses a line of JSON.
///
/// An escaped half of a surrogate pair (`\ud83d` alone) is read as U+FFFD, since it is no
/// character. Python writes such halves for text that it has read with `surrogateescape`
/// or cut inside an emoji.
///
/// # Errors
/// Returns an error if it is not JSON.
pub(super) fn parse(line: &str) -> Result<Value, Error> {
    serde_json::from_str(line).or_else(|error| match with_whole_pairs(line) {
        Some(mended) => serde_json::from_str(&mended).map_err(|_| error),
        None => Err(error),
    })
}

/// Returns the line with `\ufffd` for every escaped surrogate without its other half;
/// `None` if there is none.
fn with_whole_pairs(line: &str) -> Option<String> {
    let mut mended = String::with_capacity(line.len());
    let mut rest = line;
    let mut found = false;
    while let Some(at) = rest.find('\\') {
        mended.push_str(&rest[..at]);
        rest = &rest[at..];
        // a pair is two escapes of six characters; any other escape is two characters
        let (escape, length) = match (unit(rest), rest.get(6..).and_then(unit)) {
            (Some(0xD800..0xDC00), Some(0xDC00..0xE000)) => (None, 12),
            (Some(0xD800..0xE000), _) => (Some("\\ufffd"), 6),
            _ => (None, 1 + rest[1..].chars().next().map_or(0, char::len_utf8)),
        };
        found |= escape.is_some();
        mended.push_str(escape.unwrap_or(&rest[..length]));
        rest = &rest[length..];
    }
    mended.push_str(rest);
    found.then_some(mended)
}

/// Returns the code unit of the escape `\uXXXX` that a text begins with.
fn unit(text: &str) -> Option<u32> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    u32::from_str_radix(digits, 16).ok().filter(|_| is_hex)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(json: &str) -> Option<String> {
        parse(json)
            .ok()
            .and_then(|value| value.as_str().map(str::to_owned))
    }

    #[test]
    fn half_a_pair_is_no_character() {
        for (json, wanted) in [
            (r#""a\ud83d""#, "a\u{fffd}"),
            (r#""\uDE00b""#, "\u{fffd}b"),
            (r#""\ud83d\ude00\ud83d\ud83d\ude00""#, "😀\u{fffd}😀"),
            (r#""\\ud83d \ud83d""#, "\\ud83d \u{fffd}"),
            (r#""\ud83d\n\u0041""#, "\u{fffd}\nA"),
        ] {
            assert_eq!(text(json).as_deref(), Some(wanted), "{json}");
        }
    }

    #[test]
    fn what_is_no_json_stays_none() {
        for json in [
            r#""\ud83d"#,
            r#""\ud8é""#,
            r#""\"#,
            r#"{"\ud83d"}"#,
            r#""\u+123""#,
        ] {
            assert_eq!(text(json), None, "{json}");
        }
    }
}

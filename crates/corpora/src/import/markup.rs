//! Reads SGML and HTML as corpora have them: not well-formed, with a few tags and
//! entities.

/// Returns the text between each `<name …>` and `</name>`, in order; if there is no end
/// tag, the text up to the next `<name …>` or the end. Tags may be in any case.
pub(super) fn between<'a>(text: &'a str, name: &str) -> Vec<&'a str> {
    // lower case of ASCII changes no length, so that places in it are places in the text
    let lower = text.to_ascii_lowercase();
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(begin) = lower[at..].find(&open).map(|begin| at + begin) {
        let after = begin + open.len();
        let is_name = lower[after..]
            .chars()
            .next()
            .is_some_and(|c| c == '>' || c == '/' || c.is_whitespace());
        let Some(inner) = lower[after..].find('>').map(|end| after + end + 1) else {
            break;
        };
        if !is_name {
            at = after;
            continue;
        }

        let end = lower[inner..]
            .find(&close)
            .map(|end| inner + end)
            .or_else(|| lower[inner..].find(&open).map(|end| inner + end))
            .unwrap_or(text.len());

        found.push(&text[inner..end]);
        at = end;
    }
    found
}

/// Returns the text without tags and with its entities resolved.
pub(crate) fn without_tags(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(begin) = rest.find('<') {
        plain.push_str(&rest[..begin]);
        let tag = &rest[begin..];
        // a `<` before anything else is a sign of the text, such as "a < b"
        let is_tag =
            tag[1..].starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c));
        if let Some(end) = tag.find('>').filter(|_| is_tag) {
            rest = &tag[end + 1..];
        } else {
            plain.push('<');
            rest = &tag[1..];
        }
    }
    plain.push_str(rest);
    resolved(&plain)
}

/// Replaces `&amp;`, `&lt;`, `&gt;`, `&quot;`, `&apos;`, `&nbsp;` and numeric entities by
/// their characters. Other entities are left unchanged.
fn resolved(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }

    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(begin) = rest.find('&') {
        plain.push_str(&rest[..begin]);
        let entity = &rest[begin + 1..];
        // no entity that is known is longer, so that a `&` of the text is not taken for one
        let name = entity
            .split_once(';')
            .map(|(name, _)| name)
            .filter(|name| name.len() < 8);
        if let Some(character) = name.and_then(character) {
            plain.push(character);
            rest = &entity[name.map_or(0, str::len) + 1..];
        } else {
            plain.push('&');
            rest = entity;
        }
    }
    plain.push_str(rest);
    plain
}

fn character(name: &str) -> Option<char> {
    Some(match name.to_ascii_lowercase().as_str() {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        other => {
            let number = other.strip_prefix('#')?;
            let code = match number.strip_prefix('x') {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    })
}

/// The problem of XML that ends too early.
pub(super) const CUT: &str = "the file ends inside an element";

/// Returns the message `line 7: broken XML: …` about a problem at a byte of the text.
pub(super) fn broken_xml(
    text: &str,
    byte: u64,
    problem: impl std::fmt::Display,
) -> String {
    let read = text
        .as_bytes()
        .get(..byte as usize)
        .unwrap_or(text.as_bytes());
    let line = read.split(|&byte| byte == b'\n').count();
    format!("line {line}: broken XML: {problem}")
}

/// Returns the text with every run of white space as one space.
pub(super) fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_found_with_and_without_end_tags() {
        assert_eq!(between("<S a=1>x</S><s>y</s>", "s"), ["x", "y"]);
        assert_eq!(between("<P>one<P>two", "p"), ["one", "two"]);
        assert_eq!(between("<TEXTURE>no</TEXTURE>", "text"), [""; 0]);
    }

    #[test]
    fn tags_go_and_entities_are_resolved() {
        assert_eq!(
            without_tags("a <b>&amp;</b> 3 < 4 &#233; &unknown;"),
            "a & 3 < 4 é &unknown;"
        );
    }
}

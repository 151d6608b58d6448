//! The text of a page of HTML.

use html5gum::{DefaultEmitter, Token, Tokenizer};

/// Elements whose content is no text.
const NO_TEXT: [&str; 9] = [
    "head", "iframe", "math", "noscript", "object", "script", "style", "svg", "template",
];

/// Elements that the HTML standard has beside the main content of a page.
const BESIDE: [&str; 6] = ["aside", "button", "footer", "form", "nav", "select"];

/// Elements that begin and end a paragraph.
const PARAGRAPHS: [&str; 24] = [
    "address",
    "article",
    "blockquote",
    "body",
    "details",
    "div",
    "dl",
    "fieldset",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "ul",
];

/// Elements that begin and end a line.
const LINES: [&str; 11] = [
    "br",
    "caption",
    "dd",
    "dt",
    "figcaption",
    "li",
    "option",
    "summary",
    "td",
    "th",
    "tr",
];

/// Returns the text of a page without the elements around its main content: navigation,
/// footers, asides and forms. A paragraph is a line, with a blank line between each two.
pub(super) fn plain(html: &str) -> String {
    let all = [NO_TEXT.as_slice(), &BESIDE].concat();
    // an element that is never closed would hide the rest of the page
    text(html, &all)
        .or_else(|| text(html, &NO_TEXT))
        .or_else(|| text(html, &NO_TEXT[1..]))
        .or_else(|| text(html, &["script", "style"]))
        .unwrap_or_default()
}

/// Returns the text without the elements `left_out`; `None` if one of them has no end.
fn text(html: &str, left_out: &[&str]) -> Option<String> {
    let mut emitter = DefaultEmitter::default();
    // `<` inside of scripts and styles begins no tag
    emitter.naively_switch_states(true);
    let mut page = Page::default();
    let mut hidden: Option<(String, usize)> = None;
    for Ok(token) in Tokenizer::new_with_emitter(html, emitter) {
        match (token, &mut hidden) {
            (Token::StartTag(tag), Some((name, depth))) => {
                *depth += usize::from(*tag.name == name.as_bytes());
            }
            (Token::EndTag(tag), Some((name, depth))) => {
                *depth -= usize::from(*tag.name == name.as_bytes());
                if *depth == 0 {
                    hidden = None;
                }
            }
            (Token::StartTag(tag), None) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                page.breaks(&name);
                if left_out.contains(&name.as_str()) && !tag.self_closing {
                    hidden = Some((name, 1));
                } else if name == "pre" {
                    page.preformatted += 1;
                }
            }
            (Token::EndTag(tag), None) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                page.breaks(&name);
                if name == "pre" {
                    page.preformatted = page.preformatted.saturating_sub(1);
                }
            }
            (Token::String(text), None) => page.push(&String::from_utf8_lossy(&text)),
            _ => {}
        }
    }
    hidden.is_none().then_some(page.text)
}

/// The text so far, and what comes before the next word.
#[derive(Default)]
struct Page {
    text: String,
    /// The number of line ends before the next word.
    line_ends: usize,
    blank: bool,
    /// How many `pre` are open, in which line ends are kept.
    preformatted: usize,
}

impl Page {
    fn breaks(&mut self, name: &str) {
        let ends = match name {
            name if PARAGRAPHS.contains(&name) => 2,
            name if LINES.contains(&name) => 1,
            _ => 0,
        };
        self.line_ends = self.line_ends.max(ends);
    }

    fn push(&mut self, text: &str) {
        for character in text.chars() {
            if character.is_whitespace() {
                self.blank = true;
                if character == '\n' && self.preformatted > 0 {
                    self.line_ends = self.line_ends.max(1);
                }
                continue;
            }
            match (self.text.is_empty(), self.line_ends) {
                (true, _) => {}
                (_, 0) if self.blank => self.text.push(' '),
                (_, ends) => (0..ends).for_each(|_| self.text.push('\n')),
            }
            (self.line_ends, self.blank) = (0, false);
            self.text.push(character);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_its_paragraphs_with_characters_for_their_names() {
        let page = "<!doctype html><html><head><title>T</title><script>if (a < b) {}</script></head>
            <body><nav><a href=/>Home</a><nav>x</nav></nav><h1>Ferry\n line</h1>
            <p>Fish &amp; <b>chi</b>ps&nbsp;&pound;5.<br>More<p>Un&shy;closed &#x41;
            <ul><li>one<li>two</ul><!-- no --><footer>&copy;</footer></body>";
        let wanted =
            "Ferry line\n\nFish & chips £5.\nMore\n\nUn\u{ad}closed A\n\none\ntwo";
        assert_eq!(plain(page), wanted);
    }

    #[test]
    fn an_element_without_an_end_hides_nothing() {
        assert_eq!(plain("<nav>Home<p>A text."), "Home\n\nA text.");
        assert_eq!(plain("<head><title>T</title><p>A text."), "T\n\nA text.");
        assert_eq!(plain("a < b"), "a < b");
        assert_eq!(plain(""), "");
    }

    #[test]
    fn preformatted_lines_stay_lines() {
        assert_eq!(plain("<pre>a  b\nc</pre>d\ne"), "a b\nc\n\nd e");
    }
}

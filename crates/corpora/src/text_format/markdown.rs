//! The text of Markdown.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// Returns the text without marks. Blocks of code, HTML, images, footnotes and a YAML
/// header are left out. A paragraph is a line, with a blank line between each two.
pub(super) fn plain(markdown: &str) -> String {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut text = String::new();
    let mut line_ends = 0;
    // the number of open elements that are left out
    let mut hidden = 0_usize;
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Start(tag) if is_hidden(&tag) => hidden += 1,
            Event::End(tag) if is_hidden_end(tag) => hidden = hidden.saturating_sub(1),
            Event::Start(tag) => line_ends = line_ends.max(before(&tag)),
            Event::End(tag) => line_ends = line_ends.max(behind(tag)),
            Event::Rule => line_ends = 2,
            Event::HardBreak => line_ends = line_ends.max(1),
            Event::SoftBreak if hidden == 0 && line_ends == 0 => text.push(' '),
            Event::Text(part) | Event::Code(part) if hidden == 0 && !part.is_empty() => {
                if !text.is_empty() {
                    (0..line_ends).for_each(|_| text.push('\n'));
                }
                line_ends = 0;
                text.push_str(&part);
            }
            _ => {}
        }
    }
    text
}

fn is_hidden(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::CodeBlock(_)
            | Tag::HtmlBlock
            | Tag::Image { .. }
            | Tag::FootnoteDefinition(_)
            | Tag::MetadataBlock(_)
    )
}

fn is_hidden_end(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::CodeBlock
            | TagEnd::HtmlBlock
            | TagEnd::Image
            | TagEnd::FootnoteDefinition
            | TagEnd::MetadataBlock(_)
    )
}

/// Returns the number of line ends before an element.
fn before(tag: &Tag<'_>) -> usize {
    match tag {
        Tag::Item | Tag::TableCell | Tag::TableRow => 1,
        Tag::Paragraph | Tag::Heading { .. } | Tag::BlockQuote(_) | Tag::List(_) => 2,
        _ => 0,
    }
}

/// Returns the number of line ends behind an element.
fn behind(tag: TagEnd) -> usize {
    match tag {
        TagEnd::Item | TagEnd::TableCell | TagEnd::TableRow => 1,
        TagEnd::Paragraph
        | TagEnd::Heading(_)
        | TagEnd::BlockQuote(_)
        | TagEnd::List(_)
        | TagEnd::Table => 2,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_go_and_words_stay() {
        let markdown = "---\ntitle: T\n---\n# Ferry *Tools*\n\n[![Build](https://x.svg)](https://ci)\n\nA **fast**\nscheduler, see the [docs](https://d). It runs `cargo`.[^1]\n\n* one\n* two\n\n```sh\nmake\n```\n\n<!-- no -->\n\n| a | b |\n|---|---|\n| c | d |\n\n[^1]: A note.\n";
        let wanted = "Ferry Tools\n\nA fast scheduler, see the docs. It runs cargo.\n\none\ntwo\n\na\nb\nc\nd";
        assert_eq!(plain(markdown), wanted);
    }
}

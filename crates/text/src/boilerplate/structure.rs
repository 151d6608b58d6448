//! Recognises structured texts, which are no scraped pages: lists, Markdown, tables, quoted mail,
//! dialogue, subtitles.

use super::labels::is_teaser;

/// Minimum share of structured lines of a structured text.
const SHARE: f64 = 0.25;

/// Maximum length of the name of a speaker, in characters.
const NAME: usize = 30;

/// Returns whether a text is structured: whether it is [typeset](is_typeset), has at least two
/// headings of Markdown, or at least a quarter of its lines that are not blank are
/// [items](is_item) or turns of speakers who speak at least twice and are no teasers, or at least a quarter of its
/// blocks [begin with an item](is_of_items). The model was fitted on pages of prose, which have few
/// such lines.
pub(super) fn is_structured(text: &str) -> bool {
    if text
        .lines()
        .filter(|line| is_heading(line))
        .nth(1)
        .is_some()
        || is_typeset(text)
        || is_of_items(text)
    {
        return true;
    }

    let lines = || text.lines().filter(|line| !line.trim().is_empty());

    let mut speakers: Vec<&str> = lines()
        .filter_map(speaker)
        .filter(|name| !is_teaser(name))
        .collect();
    speakers.sort_unstable();
    let turns: usize = speakers
        .chunk_by(|a, b| a == b)
        .map(<[_]>::len)
        .filter(|&turns| turns > 1)
        .sum();

    let items = lines()
        .filter(|line| speaker(line).is_none() && is_item(line))
        .count();
    let all = lines().count();
    all > 0 && (items + turns) as f64 >= SHARE * all as f64
}

/// Returns whether at least a quarter of the blocks of a text, which blank lines separate, begin
/// with an item, as in release notes: most of their lines may be wraps of long items. A page has at
/// least [`BLOCKS`] of them.
fn is_of_items(text: &str) -> bool {
    let (mut blocks, mut items, mut is_blank) = (0, 0, true);
    for line in text.lines() {
        let begins = is_blank && !line.trim().is_empty();
        blocks += usize::from(begins);
        items += usize::from(begins && is_item(line));
        is_blank = line.trim().is_empty();
    }
    blocks >= BLOCKS && items as f64 >= SHARE * blocks as f64
}

/// Minimum number of blocks of a text whose blocks are counted.
const BLOCKS: usize = 8;

/// Returns whether a text is plain text with a layout, as manual pages and RFCs are: at least half
/// of its lines are indented by at least three characters or a tab, and of the others at least half
/// are in capitals, begin with a number, or have columns, as headers and footers of pages do.
fn is_typeset(text: &str) -> bool {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let (indented, outer): (Vec<&str>, Vec<&str>) =
        lines.partition(|line| line.starts_with("   ") || line.starts_with('\t'));
    let is_set = |line: &&&str| {
        let is_shouted =
            line.contains(char::is_uppercase) && !line.contains(char::is_lowercase);
        is_shouted
            || line.starts_with(|c: char| c.is_ascii_digit())
            || line.contains("   ")
    };
    let set = outer.iter().filter(is_set).count();
    indented.len() >= outer.len() && set > 1 && 2 * set >= outer.len()
}

/// What makes a line an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Item {
    /// A mark or a number of a list, a heading of Markdown, a quoted line of a mail, or the fence
    /// of a block of code.
    Marked,
    /// A row of a table, with its number of separators, those of empty cells at the end included,
    /// but not those of empty cells at the beginning.
    Row(usize),
    /// A time of day or of a subtitle at the beginning.
    Time,
    /// A comment of a program.
    Comment,
}

/// Returns whether a line is an item of a list, a heading of Markdown, a row of a table, a quoted
/// line of a mail, a comment of a program, the fence of a block of code, or the time of a subtitle.
pub(super) fn is_item(line: &str) -> bool {
    item(line).is_some()
}

/// Returns whether the line of a text that contains the byte `at` is an item. A row of a table, a
/// time and a comment of a program are items only next to another one, a row to one with as many
/// separators and the `/*` of a comment also to a line that begins with `*`, blank lines not counted: a
/// single one on a page is a menu (`Terms | Privacy`), a teaser (`14:48 In pictures`), or what a
/// script has left.
pub(super) fn is_item_at(text: &str, at: usize) -> bool {
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
    let found = item(&text[start..end]);
    if matches!(found, None | Some(Item::Marked)) {
        return found.is_some();
    }

    let is_filled = |line: &&str| !line.trim().is_empty();
    let before = text[..start].lines().rev().find(is_filled);
    let after = text[end..].lines().find(is_filled);
    [before, after].into_iter().flatten().any(|line| {
        let is_inside =
            text[start..].trim_start().starts_with("/*") && line.trim().starts_with('*');
        item(line) == found || is_inside
    })
}

/// Returns what makes a line an item; `None` if it is none.
fn item(line: &str) -> Option<Item> {
    let with_empty_cells = line.trim_start();
    let line = line.trim();
    let rest = line.trim_start_matches(|it: char| it.is_ascii_digit());
    let digits = line.len() - rest.len();
    let is_numbered = (1..=3).contains(&digits)
        && matches!(rest.as_bytes(), [b'.' | b')', b' ', ..] | []);
    let is_time = (1..=2).contains(&digits)
        && matches!(rest.as_bytes(), [b':', b'0'..=b'9', b'0'..=b'9', ..]);
    let cells = with_empty_cells.matches(['\t', '|']).count();
    // a single tab at the end of a line is white space
    let is_row = line.contains('\t')
        || line.starts_with('|')
        || line.matches('|').count() > 1
        || with_empty_cells.matches('\t').count() > 1;
    let is_quoted = line.starts_with('>');
    let is_fence = line.starts_with("```") || line.starts_with("~~~");
    if is_bulleted(line) || is_numbered || is_quoted || is_fence {
        Some(Item::Marked)
    } else if is_row {
        Some(Item::Row(cells))
    } else if is_time {
        Some(Item::Time)
    } else if line.starts_with("//") || line.starts_with("/*") {
        Some(Item::Comment)
    } else {
        None
    }
}

/// Returns whether a line begins with a mark of a list or a heading, before a space.
fn is_bulleted(line: &str) -> bool {
    const MARKS: &str = "-*+•·–—▪◦‣=";
    let mark = line.split(' ').next().unwrap_or("");
    let mut marks = mark.chars();
    match (marks.next(), marks.next()) {
        (Some(one), None) if one != '#' => MARKS.contains(one),
        _ => is_heading(line),
    }
}

/// Returns whether a line is a heading of Markdown: one to six `#`, and a space.
fn is_heading(line: &str) -> bool {
    let mark = line.split(' ').next().unwrap_or("");
    (1..=6).contains(&mark.len()) && mark.bytes().all(|it| it == b'#')
}

/// Returns the speaker of a turn: the name before a colon, `Anna` of `Anna: Is it far?`, or in the
/// brackets of a chat, `anna` of `[10:31] <@anna> is it far?`. Returns `None` if the line is no
/// turn.
fn speaker(line: &str) -> Option<&str> {
    let is_time = |c: char| c.is_ascii_digit() || matches!(c, ':' | '[' | ']' | ' ');
    if let Some(turn) = line.trim_start_matches(is_time).strip_prefix('<')
        && let Some((name, _)) = turn.split_once("> ")
    {
        let name = name.trim_start_matches(['@', '+', '%', ' ']);
        return (!name.is_empty() && !name.contains([' ', '<', '/'])).then_some(name);
    }

    let (name, said) = line.trim_start().split_once(':')?;
    let is_part =
        |it: char| it.is_alphanumeric() || matches!(it, ' ' | '.' | '\'' | '’' | '-');
    let is_name = name.starts_with(char::is_alphabetic)
        && name.chars().all(is_part)
        && name.chars().nth(NAME).is_none();
    (is_name && (said.is_empty() || said.starts_with(' '))).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_a_time_or_a_comment_is_an_item_beside_another() {
        for (line, other) in [
            ("a | b | c", "d | e | f"),
            ("10:00 Doors open", "10:30 The talk"),
            ("// Grinds flour.", "// Slowly."),
            ("| quoted", "| on"),
            ("mill\t1850\toak", "weir\t\t"),
            ("/* Grinds flour.", " * Slowly."),
        ] {
            assert!(!is_item_at(line, 1), "{line} alone");
            let apart = format!("{line}\nA line of prose.\n{other}\n");
            assert!(!is_item_at(&apart, 1), "{line} apart");
            let together = format!("Prose.\n{line}\n\n{other}\n");
            for at in [8, together.len() - 2] {
                assert!(is_item_at(&together, at), "{line} at {at}");
            }
            assert!(!is_item_at(&together, 1), "prose");
        }
        assert!(is_item_at("- milk", 0));
        assert!(
            !is_item_at("Terms | Privacy | Sitemap\nHome | News\n", 3),
            "of other widths"
        );
    }

    #[test]
    fn items_are_recognised_by_their_beginning() {
        for line in [
            "- milk",
            "* **eggs**",
            "• bread",
            "12. flour",
            "3) salt",
            "## Shopping",
            "| a | b |",
            "a\tb",
            "> you wrote",
            "```rust",
            "00:01:02,000 --> 00:01:04,500",
            "/// Grinds flour.",
            "17",
        ] {
            assert!(is_item(line), "{line}");
        }

        for line in [
            "-5 degrees",
            "1,200 people came.",
            "#news",
            "2024. A year.",
            "–",
            "Read more",
        ] {
            assert_eq!(is_item(line), line == "–", "{line}");
        }
    }

    #[test]
    fn a_quarter_of_the_lines_makes_a_structure() {
        assert!(is_structured("We need:\n\n- milk\nand\nthat is all.\n"));
        assert!(!is_structured("We need:\n\n- milk\nand\nthat\nis all.\n"));
        assert!(!is_structured(""));
    }

    #[test]
    fn two_headings_of_markdown_make_a_structure() {
        let text = |mark: &str| {
            format!("{mark} The mill\nIt is\nold.\n\n#{mark} The wheel\nIt\nturns.\n")
        };
        assert!(is_structured(&text("#")));
        assert!(!is_structured(&text("#1")));
    }

    #[test]
    fn a_manual_page_and_a_memo_are_structures() {
        let manual = "NAME\n    mill - grinds flour\n\nDESCRIPTION\n    It turns\n    and grinds.\n";
        let memo =
            "1  Introduction\n\n   The wheel turns\n   slowly.\n\nMiller      [Page 1]\n";
        for text in [manual, memo] {
            assert!(is_structured(text), "{text}");
        }
        let page = "The mill\n    The wheel\n    turns.\nRead more\n    It is old.\n";
        assert!(!is_structured(page));
    }

    #[test]
    fn turns_are_those_of_speakers_who_speak_twice() {
        let talk = "Anna: Is it far?\nBen: No.\nIt is not.\nAnna: Good.\n";
        assert!(is_structured(talk));
        let chat =
            "10:31 <@ann> is it far?\n10:32 < ben> no\n it is not\n10:33 <@ann> good\n";
        assert!(is_structured(chat));
        assert!(!is_structured(
            "<b> The mill\nis\nold </b>\n<i> and\nit\nturns </i>\n"
        ));
        assert!(!is_structured(
            "Photo: A. Smith\nText: B. Jones\nThe bridge is shut.\n"
        ));
        assert!(!is_structured(
            "Don’t miss: The mill\nThe bridge is shut.\nDon’t miss: The weir\n"
        ));
        assert!(!is_structured(
            "It opens at 10:30 today.\nIt opens at 10:30 again.\n"
        ));
    }

    #[test]
    fn release_notes_of_wrapped_items_are_structured() {
        let item = "* Fix reading of archives\n\nThe program failed on old archives, and\n\
                    closed the file, and\nforgot its name, and\nthe name of its owner.\n\n";
        assert!(is_structured(&item.repeat(4)));
        let prose = "The program failed.\n\n".repeat(8);
        assert!(!is_structured(&prose));
        assert!(!is_structured(&(item.to_owned() + &prose)));
    }
}

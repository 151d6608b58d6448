//! Texts that are no pages: lists, Markdown, tables, quoted mail, dialogue, subtitles.

/// A text is structured from this share of its lines on.
const SHARE: f64 = 0.25;

/// The longest name before the colon of a turn, in characters.
const NAME: usize = 30;

/// Whether at least a quarter of the lines of a text, blank ones aside, are
/// [items](is_item) or turns of speakers who speak twice or more. The model was fitted on
/// pages of prose, where few lines are, and knows nothing of such a text.
pub(super) fn is_structured(text: &str) -> bool {
    let lines = || text.lines().filter(|line| !line.trim().is_empty());
    let mut speakers: Vec<&str> = lines().filter_map(speaker).collect();
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

/// Whether a line is an item of a list, a heading of Markdown, a row of a table, a line of
/// a quotation in a mail, the rule of a block, or the time of a subtitle.
pub(super) fn is_item(line: &str) -> bool {
    let line = line.trim();
    let rest = line.trim_start_matches(|it: char| it.is_ascii_digit());
    let digits = line.len() - rest.len();
    let is_numbered = (1..=3).contains(&digits)
        && matches!(rest.as_bytes(), [b'.' | b')', b' ', ..] | []);
    let is_time = (1..=2).contains(&digits)
        && matches!(rest.as_bytes(), [b':', b'0'..=b'9', b'0'..=b'9', ..]);
    let is_row = line.contains('\t') || line.matches('|').count() > 1;
    let is_quoted = line.starts_with(['>', '|']);
    let is_rule = line.starts_with("```") || line.starts_with("~~~");
    is_bulleted(line) || is_numbered || is_time || is_row || is_quoted || is_rule
}

/// Whether a line begins with a mark of a list or a heading, and a space.
fn is_bulleted(line: &str) -> bool {
    const MARKS: &str = "-*+•·–—▪◦‣=";
    let mark = line.split(' ').next().unwrap_or("");
    let mut marks = mark.chars();
    match (marks.next(), marks.next()) {
        (Some('#'), _) => mark.len() <= 6 && mark.bytes().all(|it| it == b'#'),
        (Some(one), None) => MARKS.contains(one),
        _ => false,
    }
}

/// The name before the colon of a turn: `Anna` of `Anna: Is it far?`.
fn speaker(line: &str) -> Option<&str> {
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
    fn items_are_told_by_how_they_begin() {
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
    fn turns_are_those_of_who_speaks_again() {
        let talk = "Anna: Is it far?\nBen: No.\nIt is not.\nAnna: Good.\n";
        assert!(is_structured(talk));
        assert!(!is_structured(
            "Photo: A. Smith\nText: B. Jones\nThe bridge is shut.\n"
        ));
        assert!(!is_structured(
            "It opens at 10:30 today.\nIt opens at 10:30 again.\n"
        ));
    }
}

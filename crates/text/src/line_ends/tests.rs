use proptest::prelude::*;

use super::*;

fn english() -> Language {
    "en".parse().unwrap()
}

/// Returns a text with its seams replaced by what they are read as.
fn read(line_ends: LineEnds, text: &str) -> String {
    let span = Span {
        start: 0,
        end: text.len() as u32,
    };
    line_ends
        .seams(text, english())
        .read(text, span)
        .into_owned()
}

#[track_caller]
fn stays(text: &str) {
    assert_eq!(read(LineEnds::Auto, text), text);
}

/// Wraps a text greedily: as many words per line as fit.
fn wrapped(text: &str, width: usize) -> String {
    let (mut out, mut length) = (String::new(), 0);
    for word in text.split(' ') {
        let fits = length > 0 && length + 1 + word.chars().count() <= width;
        if !out.is_empty() {
            out.push(if fits { ' ' } else { '\n' });
        }
        length = if fits { length + 1 } else { 0 } + word.chars().count();
        out.push_str(word);
    }
    out
}

const PROSE: &str = "The mill by the weir was sold in March. Its new owner, a baker from \
    Thornbury, means to grind flour there again before the year is out. Nobody in the \
    village believed it at first. The wheel has not turned since the flood, and the \
    sluice is full of stones that the river left behind. Still, two masons came on \
    Tuesday with a cart of oak beams.";

#[test]
fn a_wrapped_paragraph_is_one_line() {
    for width in [30, 44, 60, 72, 80] {
        assert_eq!(
            read(LineEnds::Auto, &wrapped(PROSE, width)),
            PROSE,
            "{width}"
        );
    }
}

#[test]
fn blank_lines_and_form_feeds_separate_blocks() {
    let text = format!(
        "{}\n\n{}\n\u{c}The end",
        wrapped(PROSE, 60),
        wrapped(PROSE, 60)
    );
    assert_eq!(
        read(LineEnds::Auto, &text),
        format!("{PROSE}\n\n{PROSE}\n\u{c}The end")
    );
}

#[test]
fn a_short_block_keeps_to_the_width_of_the_text() {
    let tail = "The council met again on the second of\nMay to hear the masons.";
    let text = format!("{}\n\n{tail}", wrapped(PROSE, 40));
    assert_eq!(
        read(LineEnds::Auto, &text),
        format!("{PROSE}\n\n{}", tail.replace('\n', " "))
    );
}

#[test]
fn a_sentence_a_line_stays() {
    stays(&PROSE.replace(". ", ".\n"));
    stays(
        "good value for the money\nthe staff was kind\nvery clean rooms\nwe slept well\nno lift",
    );
}

#[test]
fn verse_stays() {
    stays(
        "The wheel that turned the stone\nlies broken in the race,\nand moss has overgrown\n\
           the miller's resting place;\nthe river goes alone\nand does not slow its pace.",
    );
}

#[test]
fn lists_headings_and_tables_stay() {
    stays("Bring with you:\n- a lamp\n- two candles and some matches\n- bread\n- a rope");
    stays("1. Open the sluice\n2. Let the wheel turn\n3. Close the sluice\n4. Go home");
    stays("# The mill\nSold in March\n## The wheel\nBroken");
    stays(
        "year   flour   price\n1871   12      0.40\n1872   14      0.38\n1873   9       0.51",
    );
    stays(
        "From: ann@mill.example\nTo: ben@weir.example\nSubject: the wheel\nDate: 4 May",
    );
}

#[test]
fn an_item_continues_on_the_next_line() {
    let text = "We shall need these before the masons come back:\n\
                - a lamp and a good supply of oil, because the cellar\n  \
                  has no window and the days are short\n\
                - bread for two days";
    let lines: Vec<String> = read(LineEnds::Auto, text)
        .lines()
        .map(str::to_owned)
        .collect();
    assert_eq!(lines.len(), 3, "{lines:#?}");
    assert!(
        lines[1].ends_with("because the cellar has no window and the days are short")
    );
}

#[test]
fn a_short_line_in_a_wrapped_block_ends_its_paragraph() {
    let text = format!("{}\n{}", wrapped(PROSE, 66), wrapped(PROSE, 66));
    assert_eq!(read(LineEnds::Auto, &text), format!("{PROSE}\n{PROSE}"));
}

#[test]
fn a_hyphen_is_removed_from_known_words_only() {
    let text = "The miller told the council that the repair of the flood-\n\
                gate was under way, and that the wheel would be fin-\n\
                ished by autumn. Every floodgate on the river had been\n\
                opened by hand in that night, and the well-\n\
                known bell was rung.";
    let read = read(LineEnds::Auto, text);
    assert!(read.contains("the floodgate was"), "{read}");
    assert!(read.contains("be finished by"), "{read}");
    assert!(read.contains("the well-known bell"), "{read}");
}

#[test]
fn a_compound_of_several_words_keeps_its_hyphens() {
    let text = "The masons do their day-to-\n\
                day work in the cellar, and they see to state-of-the-\n\
                art pumps, which the miller bought today with the me-\n\
                ans that he had put aside in the winter before.";
    let read = read(LineEnds::Join, text);
    assert!(read.contains("day-to-day work"), "{read}");
    assert!(read.contains("state-of-the-art pumps"), "{read}");
    assert!(read.contains("the means that"), "{read}");
}

/// Returns a text with a quotation mark before each of its lines.
fn quoted(text: &str, mark: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        out.push_str(mark);
        out.push_str(line);
        out.push('\n');
    }
    out
}

#[test]
fn quoted_mail_is_joined_without_its_marks() {
    for mark in ["> ", "> > ", ">> ", ">"] {
        let text = quoted(&wrapped(PROSE, 60), mark);
        assert_eq!(
            read(LineEnds::Auto, &text).trim_end(),
            format!("{mark}{PROSE}")
        );
        let sentences = LineEnds::Auto.sentences(&text, english());
        assert_eq!(sentences.len(), 5, "{sentences:#?}");
    }
}

#[test]
fn quotations_of_different_depth_are_blocks_of_their_own() {
    let (inner, outer) = (
        quoted(&wrapped(PROSE, 60), "> > "),
        quoted(&wrapped(PROSE, 60), "> "),
    );
    let read = read(LineEnds::Auto, &format!("{inner}{outer}Yes.\n"));
    assert_eq!(read, format!("> > {PROSE}\n> {PROSE}\nYes.\n"));
}

#[test]
fn quoted_lists_and_prompts_stay() {
    stays("> Bring with you:\n> - a lamp\n> - two candles and some matches\n> - bread");
    stays(">>> wheel = Wheel()\n>>> wheel.turn()\n>>> wheel.stop()\n>>> print(wheel)");
}

/// Returns two pages of wrapped prose with a page break inside a sentence.
fn pages(between: &str) -> String {
    let text = wrapped(PROSE, 60);
    let inside = text
        .find("\nstones")
        .or(text.find("\nthe river"))
        .unwrap_or(0);
    let (first, second) = match inside {
        0 => {
            let third = text.match_indices('\n').nth(3).map_or(0, |(at, _)| at);
            text.split_at(third)
        }
        at => text.split_at(at),
    };
    format!("{first}{between}{}", &second[1..])
}

#[test]
fn a_sentence_continues_after_a_page_break() {
    for between in [
        "\n\u{c}",
        "\n\n\u{c}\n",
        "\n\n                             12\n\u{c}\n",
        "\n\n\nBaker             Standards Track              [Page 7]\n\u{c}\n\
         Memo 12             The mill             May 1871\n\n\n",
        "\n\n\nBaker             Standards Track              [Page 7]\n\n\
         Memo 12             The mill             May 1871\n\n\n",
    ] {
        assert_eq!(read(LineEnds::Auto, &pages(between)), PROSE, "{between:?}");
    }
}

#[test]
fn a_blank_line_or_a_heading_is_no_page_break() {
    for between in ["\n\n", "\n\n\u{c}\nThe mill\n\n", "\n\nyear     flour\n\n"] {
        let text = pages(between);
        assert!(read(LineEnds::Auto, &text).contains(between), "{between:?}");
    }
}

#[test]
fn wide_scripts_are_joined_without_a_space() {
    let text = "磨坊在三月份卖出去了，新的主人是一位面包师，他打算在今年\n\
                年底之前重新磨面粉。村子里一开始没有人相信他说的话，因为\n\
                水轮从那次洪水之后就没有转过了，而且水闸里面堆满了河水留\n\
                下来的石头。星期二来了两个石匠，带着一车橡木的大梁，他们\n\
                先看了看墙壁。";
    assert_eq!(read(LineEnds::Auto, text), text.replace('\n', ""));
}

#[test]
fn line_ends_are_treated_as_chosen() {
    let lines = "The wheel turns.\nThe stone lies\n\nstill.";
    assert_eq!(
        read(LineEnds::Sentences, &wrapped(PROSE, 60)),
        wrapped(PROSE, 60)
    );
    assert_eq!(
        read(LineEnds::Join, lines),
        "The wheel turns. The stone lies\n\nstill."
    );
}

#[test]
fn blocks_have_a_kind() {
    let text = format!("Title\n\n{}\n\n- a\n- b", wrapped(PROSE, 60));
    let blocks = LineEnds::Auto.blocks(&text);
    let kinds: Vec<BlockKind> = blocks.iter().map(|block| block.kind).collect();
    assert!(matches!(
        kinds[..],
        [
            BlockKind::Line,
            BlockKind::Wrapped { width: 55..=60 },
            BlockKind::Lines
        ]
    ));
    assert_eq!(blocks[1].joined + 1, blocks[1].lines.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn seams_move_nothing_and_lose_no_letter(
        parts in prop::collection::vec(prop::sample::select(vec![
            "a", "The", "word", "é", "雨", ".", " ", "\n", "\r\n", "\n\n", "-", "\t", "- ",
            "1. ", "\u{c}", "\u{ad}", "\u{2028}", "|", "```", "long-word",
        ]), 0..60),
    ) {
        let text = parts.concat();
        for line_ends in [LineEnds::Auto, LineEnds::Sentences, LineEnds::Join] {
            let seams = line_ends.seams(&text, english());
            let flat = seams.on_one_line(&text);
            prop_assert_eq!(flat.len(), text.len());
            let ink = |text: &str| text.chars()
                .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{ad}' | '\u{2060}'))
                .collect::<String>();
            prop_assert_eq!(ink(&flat), ink(&text));
            let whole = Span { start: 0, end: text.len() as u32 };
            prop_assert_eq!(ink(&seams.read(&text, whole)), ink(&text));
        }
    }
}

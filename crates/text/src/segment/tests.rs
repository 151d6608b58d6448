use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;

/// Returns the sentences of a text, one per line.
fn split(language: &str, text: &str) -> String {
    cut(Segmenter::Own, language, text).join("\n")
}

fn cut<'t>(segmenter: Segmenter, language: &str, text: &'t str) -> Vec<&'t str> {
    let spans = segmenter.spans(text, Rules::of(language));
    spans
        .iter()
        .map(|span| &text[span.start as usize..span.end as usize])
        .collect()
}

/// Asserts that each line is one sentence of the text that the lines are joined to.
#[track_caller]
fn keeps(language: &str, lines: &str) {
    assert_eq!(split(language, &lines.replace('\n', " ")), lines);
}

#[test]
fn a_mark_ends_a_sentence_with_its_closing_quotes() {
    keeps("en", "It rained.\nDid it?\nIt did!\nWell…\nYes.");
    keeps(
        "en",
        "She said, “It rained.”\n(We stayed in.)\nReally?!\nYes.",
    );
    keeps("fr", "« Il pleut. »\nElle le dit.");
    keeps("en", "He said : \" Go on . \"\nThen he left .");
}

#[test]
fn a_line_break_always_ends_a_sentence() {
    assert_eq!(
        split("en", "one\ntwo\r\n\n  three\u{2029}four"),
        "one\ntwo\nthree\nfour"
    );
}

#[test]
fn lower_case_continues_a_sentence() {
    keeps("en", "“Go on!” she said.");
    keeps("en", "He waited ... and waited.");
    keeps("en", "He works at Yahoo! in Texas.");
    keeps("en", "i like it here.\nthey never rush you.");
}

#[test]
fn an_ellipsis_before_a_word_starts_a_sentence_after_a_full_stop() {
    keeps("nl", "De brug was dicht.\n...en toen kwam de trein.");
    keeps("en", "The bridge was shut.\n..Then a train came.");
    keeps("en", "He waited... ...and waited . . . and left.");
    keeps("en", "He met Dr. ...well, Mr. Hill.");
}

#[test]
fn a_question_word_after_a_question_continues_it() {
    keeps("en", "The mill, the weir – who? what?\nNobody knew.");
    keeps("en", "who came?\nwhat happened?");
    keeps("en", "where did you grow up?\nindia?");
}

#[test]
fn a_title_or_a_word_that_runs_into_a_number_or_a_day_starts_a_sentence() {
    assert_eq!(
        split("en", "It was Tuesday.Mr. Hill left."),
        "It was Tuesday.\nMr. Hill left."
    );
    assert_eq!(
        split("en", "It cost 1,000.That is a lot."),
        "It cost 1,000.\nThat is a lot."
    );
    assert_eq!(
        split("en", "See Node.Js and Foo.Mr."),
        "See Node.Js and Foo.Mr."
    );
    assert_eq!(
        split("en", "It is at 10.0.100.Nothing"),
        "It is at 10.0.100.Nothing"
    );
}

#[test]
fn an_abbreviation_ends_a_sentence_by_its_class() {
    keeps("en", "Dr. The came.");
    keeps(
        "en",
        "He joined Acme Inc. Monday.\nHe left Acme Inc.\nThe end.",
    );
    keeps("en", "He said, \"Mr. Smith left.\"\n(St. Paul did not.)");
    keeps("en", "Nuts, etc.\nPeter ate.");
    keeps("en", "See No. 5.\nI said no.\nPeter laughed.");
    keeps("ru", "Он родился в 1990 г.\nПётр умер.");
    keeps("ru", "Он видел г. Волгоград.");
}

#[test]
fn initials_and_dotted_abbreviations_end_a_sentence_before_a_starter() {
    keeps(
        "en",
        "Albert I. Jones of the U.S. Senate left.\nSo did I.\nDid you?",
    );
    keeps("en", "He left the U.S.\nThe rest stayed.");
    keeps("ru", "Кроме Л. Н. Толстого никто.");
}

#[test]
fn a_weekday_or_time_zone_after_an_hour_continues_the_sentence() {
    keeps("en", "The ship left at 9 a.m. Thursday.\nIt was late.");
    keeps("en", "They met at 3 p.m. GMT in the hall.\nNobody spoke.");
}

#[test]
fn rules_of_a_court_are_abbreviations() {
    keeps(
        "en",
        "He moved under Fed. R. Crim. P. 29(c) again.\nThe Second Cir. Panel sat.",
    );
}

#[test]
fn degrees_are_units() {
    keeps("en", "It was 12.5 C.\nPeter froze.");
}

#[test]
fn a_footnote_number_that_was_superscript_belongs_to_its_sentence() {
    keeps(
        "en",
        "The wheel turned.3\nThe stone did not.4,5\nSo they left.",
    );
    keeps("en", "Take version.2 of it.");
}

#[test]
fn titles_of_vietnamese_end_no_sentence() {
    keeps("vi", "GS. TS. Minh về TP. Huế.\nBà ở lại.");
}

#[test]
fn a_quotation_is_not_split_in_languages_that_keep_quotations() {
    keeps(
        "sk",
        "„Most je zatvorený. Nikto nevie prečo,“ povedal starosta.\nPotom odišiel.",
    );
    keeps(
        "de",
        "»Die Brücke ist zu. Niemand weiß, warum«, sagte sie.\nDann ging sie.",
    );
}

#[test]
fn a_stop_of_armenian_ends_a_clause_before_small_letters_and_quotations() {
    keeps("hy", "Նա ասաց. «Կամուրջը փակ է»:\nՄենք գնացինք:");
}

#[test]
fn an_hour_at_the_head_of_a_sentence_is_only_its_adverbial() {
    keeps(
        "en",
        "At 5 a.m. Mr. Smith left.\nHe came back at 6 p.m.\nMr. Smith slept.",
    );
}

#[test]
fn a_number_with_a_stop_is_an_ordinal_where_the_language_has_them() {
    keeps(
        "de",
        "Am 3. Mai kam Ludwig XIV.\nEr blieb bis 1990.\nDann ging er.",
    );
    keeps("en", "There were 3.\nMay left.");
}

#[test]
fn numbers_addresses_and_times_stay_whole() {
    keeps(
        "en",
        "It cost $3.50 at 5.30 on www.example.com.\nWrite to a.b@example.com.",
    );
}

#[test]
fn a_missing_space_after_a_full_stop_does_not_join_sentences() {
    assert_eq!(
        split("en", "It was great.The food came."),
        "It was great.\nThe food came."
    );
    assert_eq!(
        split("en", "The doors shut.Visitors left."),
        "The doors shut.\nVisitors left."
    );
    for whole in [
        "Use my_data.Table here.",
        "It runs on node.JS today.",
        "See b.example/a.Html now.",
    ] {
        assert_eq!(split("en", whole), whole);
    }
}

#[test]
fn items_of_a_list_inside_a_line_are_sentences() {
    keeps("en", "1) one\n2) two\n3) three");
    keeps("en", "1. Wash it.\n2. Dry it.");
    keeps("en", "a. one\nb. two");
    keeps("en", "• one\n• two");
    keeps("en", "Either 1) go or 2) stay.");
}

#[test]
fn footnotes_and_sources_belong_to_their_sentence() {
    keeps("en", "It rained.[1][2]\nIt stopped. [3–5]\nSo we left.");
    keeps("en", "“It rained.” (Smith 55).");
}

#[test]
fn scripts_without_spaces_end_sentences_at_their_marks() {
    keeps("hi", "यह एक वाक्य है।\nडॉ. राव आए।");
    keeps("ar", "هل تمطر؟\nنعم.");
    assert_eq!(
        split("ja", "雨だ。「行こう。」と言った。"),
        "雨だ。\n「行こう。」と言った。"
    );
    assert_eq!(
        split("zh", "“桥关了。”老人说道。没有人信。"),
        "“桥关了。”老人说道。\n没有人信。"
    );
    assert_eq!(
        split("zh", "（见下图。）河水退了。"),
        "（见下图。）\n河水退了。"
    );
    assert_eq!(
        split("zh", "看《走吧！爸爸》好吗？好！"),
        "看《走吧！爸爸》好吗？\n好！"
    );
}

#[test]
fn a_capital_after_a_pause_starts_a_sentence_in_languages_with_pauses() {
    keeps("it", "Disse la verità:\nLa guerra è finita.");
    keeps("en", "He told the truth: The war was over.");
}

#[test]
fn an_unknown_language_has_the_neutral_rules() {
    keeps("xx", "Dr. Smith left.\nThe end.");
}

#[test]
fn the_data_have_no_word_that_could_never_be_found() {
    for code in ["en", "de", "fr", "ru", "el", "tr"] {
        let rules = Rules::of(code);
        let mut report = String::new();
        for word in rules
            .words()
            .filter(|word| word.ends_with('.') || word.len() > 32)
        {
            let _ = writeln!(report, "{code}: {word}");
        }
        assert_eq!(report, "");
    }
}

#[test]
fn a_megabyte_of_the_worst_is_read_in_linear_time() {
    for unit in [
        "( abcdefg. ",
        "「。",
        ". \" ",
        "1) ",
        "• ",
        "at 5 a.m. X",
        "     ",
        "!",
        "a. ",
        ".\" (",
    ] {
        let text = unit.repeat((1 << 20) / unit.len());
        let spans = Segmenter::Own.spans(&text, Rules::of("en"));
        assert!(spans.len() <= text.len());
    }
}

fn any_text() -> impl Strategy<Value = String> {
    let parts = prop::sample::select(vec![
        "a", "The", "the", "Dr", "U.S", "p.m", "1", "12", "i", "é", "雨", "है", "ق", ".",
        ".", "!", "?", "…", "。", "।", "؟", ":", ";", ",", " ", " ", "\n", "\r\n",
        "\u{a0}", "\u{2028}", "\"", "“", "”", "«", "»", "「", "」", "(", ")", "[1]",
        "[...]", "•", "-", "—", ":)", "'", "*", "\u{85}", "/",
    ]);
    prop_oneof![
        any::<String>(),
        prop::collection::vec(parts, 0..40).prop_map(|parts| parts.concat()),
    ]
}

fn any_language() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["en", "de", "fr", "el", "hy", "ru", "ja", "xx"])
}

/// Asserts the laws of segmentation: spans are in order, on boundaries of characters and without
/// white space at their ends, and only white space is between them.
fn check_laws(text: &str, spans: &[Span]) {
    let mut end = 0;
    for span in spans {
        let (from, to) = (span.start as usize, span.end as usize);
        let sentence = &text[from..to];
        assert!(!sentence.is_empty() && sentence.trim() == sentence);
        assert!(!sentence.contains(mark::is_line_break));
        assert!(end <= from && text[end..from].trim().is_empty());
        end = to;
    }
    assert!(text[end..].trim().is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn no_text_is_lost_and_spans_are_trimmed_and_ordered(
        text in any_text(),
        language in any_language(),
    ) {
        for segmenter in [Segmenter::Own, Segmenter::Uax29] {
            check_laws(&text, &segmenter.spans(&text, Rules::of(language)));
        }
    }

    #[test]
    fn lines_are_segmented_independently(first in any_text(), second in any_text()) {
        let both = format!("{first}\n{second}");
        let mut apart = cut(Segmenter::Own, "en", &first);
        apart.extend(cut(Segmenter::Own, "en", &second));
        prop_assert_eq!(cut(Segmenter::Own, "en", &both), apart);
    }
}

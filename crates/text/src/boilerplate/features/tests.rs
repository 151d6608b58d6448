use super::{counts::capitals, *};
use crate::{Analyser, LineEnds, Segmenter, Source};

fn feature(name: &str, code: &str, text: &str) -> Vec<f32> {
    let language = code.parse().unwrap();
    let segmenter = Segmenter::Own;
    let source = Source {
        id: "",
        title: "",
        text,
        language,
        segmenter,
        line_ends: LineEnds::Auto,
    };
    let page = Page::of(&Analyser::default().analyse(source));
    let at = names().iter().position(|it| it == name).unwrap();
    page.first().map(|row| row[at]).collect()
}

#[test]
fn every_number_has_a_name_of_its_own() {
    let mut names = names();
    assert_eq!(names.len(), SECOND_WIDTH);
    assert_eq!(names[WIDTH - 1], "constant");
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), SECOND_WIDTH);
}

#[test]
fn an_open_end_says_as_much_as_the_page_ends_its_lines() {
    let text = "The bridge is closed.\nPrint\n";
    assert_eq!(feature("unterminated", "en", text), [0.0, 4.0 / 5.0]);
    assert_eq!(feature("unterminated", "en", "Home\nPrint\n"), [0.0, 0.0]);
}

#[test]
fn a_quoted_pronoun_is_no_address() {
    let we = feature("we", "en", "\"We must\", he said.\nWe care.\n");
    assert!(we[0] < 0.0 && we[1] > 0.0, "{we:?}");
}

#[test]
fn a_language_without_a_cue_list_shows_no_cues() {
    let text = "Subscribe now\nThe bridge is closed.\n";
    assert!(feature("membership", "en", text)[0] > 0.0);
    assert_eq!(feature("membership", "de", text), [0.0, 0.0]);
}

#[test]
fn capitals_of_any_script_count() {
    assert_eq!(capitals("USA"), [true, true]);
    assert_eq!(capitals("Été"), [true, false]);
    assert_eq!(capitals("Я"), [true, false]);
    assert_eq!(capitals(""), [false, false]);
}

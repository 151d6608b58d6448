//! Colour of messages: one style for ours and those of usage.

use super::story::epitome;

const RED: &str = "\u{1b}[1m\u{1b}[31merror:\u{1b}[0m ";
const GREEN: &str = "\u{1b}[32mhint:\u{1b}[0m ";

#[test]
fn messages_are_coloured_when_asked_for_and_not_without_a_terminal() {
    let story = epitome();
    let plain = story.does("compare a b").stderr;
    assert_eq!(plain, story.does("compare a b --color never").stderr);
    assert!(
        plain.starts_with("error: ") && !plain.contains('\u{1b}'),
        "{plain}"
    );

    let coloured = story.does("compare a b --color always").stderr;
    assert!(coloured.starts_with(RED), "{coloured}");
    let coloured = story.does("runs show a --color=always").stderr;
    assert!(
        coloured.contains(&format!("\n{GREEN}`epitome runs list`")),
        "{coloured}"
    );
}

#[test]
fn errors_of_usage_have_the_same_style() {
    let story = epitome();
    let coloured = story.does("--color always run --wods 3").stderr;
    assert!(coloured.starts_with(RED), "{coloured:?}");
    let plain = story.does("run --wods 3").stderr;
    assert!(
        plain.starts_with("error: ") && !plain.contains('\u{1b}'),
        "{plain}"
    );
}

#[test]
fn the_environment_decides_unless_an_option_does() {
    let story = epitome();
    let coloured = |environment: &[(&str, &str)], line: &str| {
        story.does_with(environment, line).stderr.contains('\u{1b}')
    };
    assert!(coloured(&[("CLICOLOR_FORCE", "1")], "compare a b"));
    assert!(!coloured(
        &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")],
        "compare a b"
    ));
    assert!(coloured(&[("NO_COLOR", "1")], "compare a b --color always"));
    assert!(!coloured(
        &[("CLICOLOR_FORCE", "1")],
        "compare a b --color never"
    ));
}

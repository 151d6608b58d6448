//! What a plugin says of itself and of its failures is text: for a terminal, for Markdown, for
//! LaTeX.

use super::story::{TWO_STORIES, epitome};

/// Says of itself and of its second document what a terminal or a page would obey.
const PLUGIN: &str = r#"
import json, sys
said = "\x1b[31mred \x1b]0;title\x07 <script>alert(1)</script> [a](javascript:alert(1)) | `b` \\input{x}"
for line in sys.stdin:
    asked = json.loads(line)
    if asked["type"] == "hello":
        answer = {"type": "ready", "name": said, "version": said, "does": ["summarise"]}
    elif asked["type"] == "end":
        answer = asked
    elif asked["id"] == 2:
        answer = {"id": asked["id"], "error": said}
    else:
        answer = {"id": asked["id"], "picks": [0]}
    print(json.dumps(answer), flush=True)
"#;

#[test]
fn words_of_a_plugin_command_no_terminal_and_no_page() {
    let story = epitome()
        .file("c.jsonl", TWO_STORIES)
        .file("mine.py", PLUGIN);
    let run = [
        "run",
        "--corpus",
        "c.jsonl",
        "--system",
        "lead",
        "--system",
        "mine",
        "--plugin",
        "mine=python3 mine.py",
        "--metric",
        "rouge-1",
        "--tolerance",
        "1",
        "--name",
        "r",
    ];
    let mut outcomes = vec![story.does_words(&run).succeeds()];
    for command in [
        "report r --text",
        "report r --markdown",
        "report r --latex",
        "report r --csv",
        "runs show r",
        "runs list",
        "show r whale mine lead",
        "compare mine lead",
    ] {
        outcomes.push(story.does(command).succeeds());
    }

    for outcome in outcomes {
        for said in [&outcome.stdout, &outcome.stderr] {
            assert!(!said.contains(['\u{1b}', '\u{7}']), "{said:?}");
        }
    }
    let markdown = story.does("report r --markdown").succeeds().stdout;
    for markup in ["<script", "](javascript"] {
        assert!(!markdown.contains(markup), "{markdown}");
    }
    let failures = story.result("failures.csv");
    assert!(
        failures.contains("alert(1)"),
        "rows keep what was said: {failures}"
    );
}

//! `epitome report`: a run as one page.

use std::fs;

use super::story::{Story, TWO_STORIES, epitome};

const RUN: &str = "run --corpus two.jsonl --system lead --system tail --system tf --metric rouge-1 --metric keyphrase-map --sentences 1";

fn page(story: &Story, path: &str) -> String {
    fs::read_to_string(story.path(path)).unwrap()
}

#[test]
fn drafts_of_writers_that_were_killed_are_removed_and_those_of_others_are_not() {
    let story = epitome().file("two.jsonl", TWO_STORIES);
    story.does(&format!("{RUN} --name one")).succeeds();
    let (dead, alive) = (
        story.path("results/one/.report-dead"),
        story.path("results/one/.report-alive"),
    );
    fs::write(&dead, "half a page").unwrap();
    let writer = fs::File::create(&alive).unwrap();
    writer.lock().unwrap();
    story.does("report one").succeeds();
    assert!(!dead.exists());
    assert!(alive.exists(), "somebody is writing it");
    drop(writer);
    story.does("report one").succeeds();
    assert!(!alive.exists());
}

#[test]
fn many_reports_of_one_run_at_once_leave_the_page_of_one_and_no_drafts() {
    let story = epitome().file("two.jsonl", TWO_STORIES);
    story.does(&format!("{RUN} --name one")).succeeds();
    story.does("report one").succeeds();
    let alone = page(&story, "results/one/report.html");
    for round in 0..4 {
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| story.does("report one").succeeds());
            }
        });
        assert_eq!(page(&story, "results/one/report.html"), alone, "{round}");
        let names = fs::read_dir(story.path("results/one")).unwrap().flatten();
        let mut names = names.map(|it| it.file_name().to_string_lossy().into_owned());
        assert!(names.all(|it| !it.starts_with(".report-")), "{round}");
    }
}

#[test]
fn a_page_stands_beside_the_tables_and_needs_nothing_else() {
    let story = epitome().file("two.jsonl", TWO_STORIES);
    story.does(&format!("{RUN} --name one")).succeeds();
    let outcome = story.does("report one").succeeds();
    assert_eq!(outcome.stdout, "results/one/report.html\n");
    let html = page(&story, "results/one/report.html");
    for text in [
        "lead",
        "tail",
        "two: summaries",
        "two: keyphrases",
        "whale",
        "rouge-1",
        "BLAKE3",
    ] {
        assert!(html.contains(text), "{text}");
    }
    // a reader without scripts sees tables and plots
    for element in [
        "<table class=\"leaderboard",
        "<svg ",
        "<noscript>",
        "Where systems pick",
    ] {
        assert!(html.contains(element), "{element}");
    }
    // what is not known is said, with what would make it known
    assert!(html.contains("has been timed") && html.contains("scaling.csv"));
    assert!(
        html.contains("epitome run --corpus two.jsonl"),
        "the command to repeat it"
    );
    assert!(html.contains("default-src 'none'"));
    for outside in ["http://", "https://", " src=", "@import", "url("] {
        assert!(!html.contains(outside), "{outside}");
    }
}

#[test]
fn the_same_run_gives_the_same_page() {
    let story = epitome().file("two.jsonl", TWO_STORIES);
    story.does(&format!("{RUN} --name one")).succeeds();
    story.does("report one --output a.html").succeeds();
    story.does("report --output b.html").succeeds();
    assert!(page(&story, "a.html") == page(&story, "b.html"));
}

#[test]
fn no_document_can_say_what_the_page_is() {
    let evil = "</script><script>alert(1)</script><img src=x onerror=alert(2)>";
    let line = |id: &str| {
        format!(
            r#"{{"id":"{id} {evil}","title":"{evil}","text":"River {evil} rose. It fell {evil}.","summaries":["River {evil} rose."],"keyphrases":["{evil}"]}}"#
        )
    };
    let story = epitome().file("two.jsonl", format!("{}\n{}\n", line("a"), line("b")));
    story.does(&format!("{RUN} --name one")).succeeds();
    story.does("report one").succeeds();
    let html = page(&story, "results/one/report.html");
    assert!(
        !html.contains("<script>alert") && !html.contains("<img"),
        "{html}"
    );
    assert!(
        html.contains("a &lt;&#x2f;script&gt;") || html.contains("a &lt;/script&gt;")
    );
    // what opens elements of the page closes them
    assert_eq!(
        html.matches("<script").count(),
        html.matches("</script>").count()
    );
}

#[test]
fn a_corpus_that_is_gone_or_changed_leaves_a_note_in_the_place_of_its_texts() {
    let story = epitome().file("two.jsonl", TWO_STORIES);
    story.does(&format!("{RUN} --name one")).succeeds();
    fs::write(
        story.path("two.jsonl"),
        TWO_STORIES.replace("harbour", "port"),
    )
    .unwrap();
    story.does("report one").succeeds().says(
        "note: texts of two are not in the page: two.jsonl: it has changed since the run",
    );
    let note = "The texts of <code>two</code> are not in this page, only scores and what systems picked: ";
    let html = page(&story, "results/one/report.html");
    assert!(html.contains(&format!("{note}two.jsonl: it has changed since the run")));
    fs::remove_file(story.path("two.jsonl")).unwrap();
    story.does("report one").succeeds();
    let gone = format!("{note}no file or folder two.jsonl");
    assert!(page(&story, "results/one/report.html").contains(&gone));
}

#[test]
fn several_runs_share_a_page() {
    let story = epitome().file("two.jsonl", TWO_STORIES);
    story.does(&format!("{RUN} --name one")).succeeds();
    story
        .does(&format!(
            "{} --name two",
            RUN.replace("--sentences 1", "--sentences 2")
        ))
        .succeeds();
    let outcome = story.does("report one two").succeeds();
    assert_eq!(outcome.stdout, "results/report.html\n");
    let html = page(&story, "results/report.html");
    for text in [
        "two: summaries in one",
        "two: summaries in two",
        "<option>2 sentences</option>",
    ] {
        assert!(html.contains(text), "{text}");
    }
}

#[test]
fn times_by_length_are_those_given_or_the_runs_own() {
    let scaling = "system,sentences,cpu_ms,peak_mb\nlead,10,0.1,\nlead,100,1.0,0.5\nlead,exponent,0.51,\n";
    let story = epitome()
        .file("two.jsonl", TWO_STORIES)
        .file("times.csv", scaling);
    story.does(&format!("{RUN} --name one")).succeeds();
    story.does("report one --scaling times.csv").succeeds();
    let with = page(&story, "results/one/report.html");
    assert!(with.contains("lead, 100: 1") && with.contains("milliseconds"));
    fs::rename(
        story.path("times.csv"),
        story.path("results/one/scaling.csv"),
    )
    .unwrap();
    story.does("report one").succeeds();
    assert!(page(&story, "results/one/report.html") == with);
    story
        .does("report one --scaling none.csv")
        .fails(2, "none.csv: there is no such file");
}

#[test]
fn the_change_on_a_perturbed_text_is_beside_the_score_in_every_format() {
    let story = epitome().file("two.jsonl", TWO_STORIES);
    let systems = "--system lead --system tail --metric rouge-1 --sentences 1";
    story
        .does(&format!("run --corpus two.jsonl --corpus two.jsonl+truncated(share=0.5) {systems} --name one"))
        .succeeds();
    let markdown = story.does("report one --markdown").succeeds().stdout;
    assert!(
        markdown.contains("**two, 1 sentence, rouge-1, change of the score"),
        "{markdown}"
    );
    let header = markdown
        .lines()
        .find(|line| line.contains("rouge-1, %"))
        .unwrap();
    assert!(header.contains("truncated"), "{header}");
    // the first sentence is the same in half a text
    let lead = markdown
        .lines()
        .rfind(|line| line.starts_with("| lead") && line.contains(" ("))
        .unwrap();
    assert!(lead.contains("0.00 (0.00 to 0.00)"), "{lead}");
    let csv = story.does("report one --csv").succeeds().stdout;
    assert!(
        csv.lines()
            .next()
            .unwrap()
            .contains(",change_from,change,change_low,change_high,kind,references,")
    );
    assert!(csv.contains(",two,0.0,0.0,0.0"), "{csv}");
    for format in ["--text", "--latex", "--json"] {
        let drawn = story
            .does(&format!("report one {format}"))
            .succeeds()
            .stdout;
        assert!(drawn.contains("truncated"), "{drawn}");
    }
    story.does("report one").succeeds();
    let html = page(&story, "results/one/report.html");
    assert!(html.contains("id=\"changes\"") && html.contains("two, 1 sentence, rouge-1"));
}

#[test]
fn a_place_that_cannot_be_written_is_named_as_it_was_given() {
    let story = epitome().file("a-file", "x");
    story
        .does("run --system lead --metric rouge-1 --name r")
        .succeeds();
    story
        .does("report r --output nowhere/page.html")
        .fails(2, "nowhere/page.html: there is no folder `nowhere`");
    story
        .does("record r --into a-file")
        .fails(2, "a-file: File exists (os error 17)");
}

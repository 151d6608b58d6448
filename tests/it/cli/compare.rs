//! `epitome compare` and `epitome report`.

use std::fs;

use super::story::{Story, TWO_STORIES, epitome};

/// Documents on which `lead` is right and `tail` is not.
fn leading(count: usize) -> String {
    let line = |at: usize| {
        format!(
            r#"{{"id":"d{at}","text":"The river {at} rose by night. Boats left port. Nobody saw bridge {}.","summaries":["The river {at} rose."]}}"#,
            at % 5
        )
    };
    (0..count).map(|at| line(at) + "\n").collect()
}

const SYSTEMS: &str =
    "--corpus news.jsonl --system tail --system lead --system random --sentences 1";

fn story() -> Story {
    let story = epitome().file("news.jsonl", leading(30));
    story
        .does(&format!(
            "run {SYSTEMS} --metric rouge-1 --metric rouge-2 --name one"
        ))
        .succeeds();
    story
}

fn csv(text: &str) -> Vec<Vec<String>> {
    csv::Reader::from_reader(text.as_bytes())
        .records()
        .map(|record| record.unwrap().iter().map(str::to_owned).collect())
        .collect()
}

#[test]
fn all_pairs_of_a_run_are_compared_under_each_metric() {
    let story = story();
    let outcome = story.does("compare one --csv").succeeds();
    let header = outcome.stdout.lines().next().unwrap();
    assert_eq!(
        header,
        "corpus,metric,a,b,difference,ci_low,ci_high,p,p_holm,effect,wins,ties,losses,test,note,unit,budget,run"
    );
    let rows = csv(&outcome.stdout);
    assert_eq!(rows.len(), 6);
    let written = fs::read_to_string(story.path("results/one/comparisons.csv")).unwrap();
    assert_eq!(written, outcome.stdout);
    // tail against lead under rouge-1: worse on every document
    assert_eq!(rows[0][1..4], ["rouge-1", "tail", "lead"]);
    assert!(rows[0][4].parse::<f64>().unwrap() < -0.2);
    assert!(rows[0][8].parse::<f64>().unwrap() < 0.001);
    // and all exchanges counted, of which two are as extreme
    assert_eq!(
        rows[0][10..17],
        [
            "0",
            "0",
            "30",
            "randomisation(exact)",
            "",
            "share",
            "1 sentence"
        ]
    );
}

#[test]
fn two_systems_are_compared_in_the_order_in_which_they_are_named() {
    let story = story();
    let rows = csv(&story
        .does("compare one lead tail --metric rouge-1 --csv")
        .succeeds()
        .stdout);
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0][2..4], ["lead", "tail"]);
    assert!(rows[0][4].parse::<f64>().unwrap() > 0.2);
    // the newest run where none is named
    let newest = story
        .does("compare lead tail --metric rouge-1 --csv")
        .succeeds();
    assert_eq!(csv(&newest.stdout), rows);
    newest.says("note: the newest run: results/one");
    story
        .does("compare one led")
        .fails(2, "no run or system is called `led`")
        .says("hint: did you mean `lead`?");
}

#[test]
fn two_runs_are_compared_system_by_system() {
    let story = story();
    story
        .does(&format!("run {SYSTEMS} --metric rouge-1 --name two"))
        .succeeds();
    let outcome = story.does("compare one two --json").succeeds();
    let rows = outcome.data()["comparisons"].take();
    assert_eq!(rows.as_array().unwrap().len(), 3);
    assert_eq!(rows[0]["a"], "tail in one");
    assert_eq!(rows[0]["difference"], 0.0);
    assert_eq!(
        (&rows[0]["p"], &rows[0]["cliffs_delta"]),
        (&1.0.into(), &0.0.into())
    );
    let crossed = story.does("compare one two lead tail --csv").succeeds();
    assert_eq!(
        csv(&crossed.stdout)[0][2..4],
        ["lead in one", "tail in two"]
    );
}

#[test]
fn what_differs_in_kind_is_refused_with_what_it_is() {
    let story = story().file("other/news.jsonl", leading(31));
    let run = |more: &str| story.does(&format!("run {more}")).succeeds();
    run(&format!(
        "{SYSTEMS} --metric rouge-1(stemmer=true) --name stemmed"
    ));
    run("--corpus news.jsonl --system lead --sentences 2 --metric rouge-1 --name longer");
    run(
        "--corpus other/news.jsonl --system lead --sentences 1 --metric rouge-1 --name other",
    );
    run(
        "--corpus else=news.jsonl --system lead --sentences 1 --metric rouge-1 --name else",
    );
    story.does("compare one longer").fails(
        4,
        "the runs are not comparable: the budget of `lead` is 1 sentence in one and 2 sentences in longer",
    );
    story.does("compare one other").fails(
        4,
        "the runs are not comparable: the corpus `news` of one has other documents than that of other",
    );
    story.does("compare one else").fails(
        4,
        "the runs are not comparable: they have no corpus in common",
    );
    story.does("compare one stemmed").fails(
        4,
        "the runs are not comparable: they have no metric in common",
    );
    // one name, two signatures: as another version would write it
    run(&format!("{SYSTEMS} --metric rouge-1 --name version"));
    let manifest = story.path("results/version/manifest.json");
    let text = fs::read_to_string(&manifest).unwrap();
    fs::write(&manifest, text.replace("stem:none", "stem:porter-nltk")).unwrap();
    let refused = story.does("compare one version");
    assert_eq!(refused.code, 4, "{}", refused.stderr);
    refused.says("`stem` is `none` here and `porter-nltk` there");
}

#[test]
fn a_gate_ends_with_0_or_1_and_a_sentence_of_why() {
    let story = story();
    let gate = |systems: &str, gate: &str| {
        let gate = gate.replace(' ', "");
        story.does(&format!("compare one {systems} --gate {gate}"))
    };
    gate("lead tail", "rouge-2.value > -0.5 @ p<0.01")
        .succeeds()
        .says("gate holds: 1 of 1 condition\n  holds: `rouge-2` of `lead` is +");
    let failed = gate("tail lead", "rouge-2.value > -0.5 @ p<0.01");
    assert_eq!(failed.code, 1);
    failed.says(
        "gate fails: 1 of 1 condition does not hold\n  fails: `rouge-2` of `tail` is −",
    );
    assert_eq!(gate("tail lead", "rouge-1.recall > -0.5").code, 1);
    // far below, but not by so much
    gate("tail lead", "rouge-1 > -99 @ p<0.01").succeeds();
    gate("tail lead", "rouge-1 > x").says("the threshold is not a number");
    let unknown = gate("tail lead", "chrf > 1");
    assert_eq!(unknown.stdout, "", "no table before the gate is understood");
    unknown
        .fails(2, "`chrf`: no pair was measured by it")
        .says("hint: measured were `rouge-1`, `rouge-2`");
}

#[test]
fn a_gate_on_speed_measures_side_by_side() {
    let story = story();
    let gate = |systems: &str, gate: &str| {
        let rounds = "--metric rouge-1 --rounds 6";
        story.does(&format!("compare one {systems} {rounds} --gate {gate}"))
    };
    // no system is half as slow again as itself by far, nor ten times as fast
    gate("lead lead", "speed>-50%").succeeds();
    gate("lead tail", "speed>-95%")
        .succeeds()
        .says("  holds: the speed of `lead` is");
    let failed = gate("lead tail", "speed>900%");
    assert_eq!(failed.code, 1);
    failed.says("  fails: the speed of `lead` is");
    story.does("run --corpus news.jsonl --system lead --sentences 1 --metric rouge-1 --name two").succeeds();
    let runs = story.does("compare one two --gate speed>-5%");
    assert_eq!(runs.code, 2);
    runs.says("hint: run both systems in one run");
}

#[test]
fn a_verdict_names_every_condition_and_pair_in_every_drawing() {
    let story = story();
    story
        .does(&format!(
            "run {SYSTEMS} --metric rouge-1 --metric rouge-2 --name two"
        ))
        .succeeds();
    let compare = |format: &str| {
        let words = [
            "compare",
            "one",
            "two",
            format,
            "--gate",
            "rouge-1.recall>-1;rouge-2>-1",
        ];
        story.does_words(&words).succeeds()
    };
    let markdown = compare("--markdown");
    assert!(
        markdown
            .stdout
            .contains("**gate holds: 6 of 6 conditions**")
    );
    for system in ["tail", "lead", "random"] {
        let pair = format!(
            "`recall of rouge-1` of `{system} in one` is 0.00 points from `{system} in two` on news"
        );
        assert!(
            markdown.stderr.contains(&format!("  holds: {pair}")),
            "{}",
            markdown.stderr
        );
        assert!(
            markdown.stdout.contains(&format!("| {system} in one")),
            "{}",
            markdown.stdout
        );
    }
    let json = compare("--json").data();
    assert_eq!(json["gate"]["holds"], true);
    assert_eq!(json["gate"]["judged"].as_array().unwrap().len(), 6);
    assert_eq!(json["gate"]["judged"][0]["a"], "tail in one");
    assert_eq!(json["comparisons"].as_array().unwrap().len(), 6);
    let fails = story.does("compare one tail lead --json --gate rouge-1>-1");
    assert_eq!(fails.code, 1);
    let json = fails.data();
    assert_eq!(json["gate"]["holds"], false);
    assert_eq!(json["gate"]["judged"][0]["threshold"], -0.01);
}

#[test]
fn a_report_has_the_same_table_in_five_formats() {
    let story = story();
    let run = story.does(&format!(
        "run {SYSTEMS} --metric rouge-1 --metric rouge-2 --name one"
    ));
    let text = story.does("report one --text").succeeds().stdout;
    assert_eq!(text, run.succeeds().stdout);
    let lines: Vec<&str> = text.lines().map(str::trim_start).collect();
    assert_eq!(lines[0], "news, 1 sentence, n = 30");
    assert!(lines[3].starts_with("lead"), "{text}");
    let markdown = story.does("report --markdown").succeeds().stdout;
    assert!(
        markdown.contains("| lead   | **") && markdown.contains("<sup>a</sup>"),
        "{markdown}"
    );
    let latex = story.does("report one --latex").succeeds().stdout;
    assert!(
        latex.contains("\\textsuperscript{\\,a}") && latex.contains("\\toprule"),
        "{latex}"
    );
    let rows = csv(&story.does("report one --csv").succeeds().stdout);
    assert_eq!(
        (rows.len(), rows[0][1].as_str(), rows[0][7].as_str()),
        (6, "lead", "a")
    );
    let tables = story.does("report one --json").succeeds().data()["tables"].take();
    assert_eq!(tables["boards"][0]["lines"][0]["scores"][0]["letters"], "a");
    story.does("report nowhere").fails(2, "no run `nowhere`");
}

#[test]
fn systems_of_another_task_are_not_compared() {
    let story = epitome().file("two.jsonl", TWO_STORIES);
    story
        .does("run --corpus two.jsonl --system lead --system first-phrases --name r")
        .succeeds();
    story.does("compare r lead first-phrases").fails(
        4,
        "`lead` and `first-phrases` are not comparable: one makes summaries, the other keyphrases",
    );
}

#[test]
fn a_gate_on_speed_takes_document_frequencies_from_where_the_run_took_them() {
    let corpus = |count: usize| {
        leading(count).replace(r#""summaries""#, r#""keyphrases":["river"],"summaries""#)
    };
    let story = epitome()
        .file("news.jsonl", corpus(9))
        .file("rest.jsonl", corpus(20));
    let plan = "--corpus news.jsonl --background rest.jsonl --system tf-idf --system tf";
    story
        .does(&format!("run {plan} --metric keyphrase-f1@5 --name one"))
        .succeeds();
    let gate = "compare one tf-idf tf --rounds 6 --gate speed>-99%";
    story
        .does(gate)
        .succeeds()
        .says("  holds: the speed of `tf-idf` is");
    let story = story.file("rest.jsonl", corpus(21));
    story
        .does(gate)
        .fails(4, "rest.jsonl: it has changed since the run");
}

#[test]
fn what_only_one_run_has_is_named_and_a_gate_says_that_it_was_not_judged() {
    let story = story();
    let other = "run --corpus news.jsonl --sentences 1 --metric rouge-1 --name two \
                 --system lead --system lex-rank";
    story.does(other).succeeds();
    let parts = "system `lex-rank` (only in two), system `tail` (only in one), system `random` (only in one), metric `rouge-2` (only in one)";
    let compared = story.does("compare two one").succeeds();
    compared.says(&format!("note: not compared: {parts}"));
    story
        .does("compare two one --gate rouge-1>-1")
        .succeeds()
        .says(&format!(
            "gate holds: 1 of 1 condition; not judged: {parts}"
        ));
}

#[test]
fn a_gate_may_ask_for_a_proof_of_success() {
    let story = story();
    let gate = |systems: [&str; 2], gate: &str| {
        story.does_words(&["compare", "one", systems[0], systems[1], "--gate", gate])
    };
    gate(["lead", "tail"], "rouge-2 shown > 0 @ p<0.01")
        .succeeds()
        .says("shown to be above 0.00 (p <0.0001)");
    // better or not, nothing is shown of a system and itself
    let equal = gate(["lead", "lead"], "rouge-2 shown > 0 @ p<0.01");
    assert_eq!(equal.code, 1, "{}", equal.stderr);
    equal.says("fails: `rouge-2` of `lead` is 0.00 points from `lead` on news, at 0.00, which is not shown");
}

#[test]
fn without_a_name_the_newest_finished_run_is_compared() {
    let story = story();
    let all = story.does("compare").succeeds();
    assert_eq!(all.stdout, story.does("compare one").succeeds().stdout);

    let story = story.file("broken.jsonl", leading(2) + "no JSON\n");
    let broken = story.does("run --corpus broken.jsonl --system lead --name broken");
    assert_eq!(broken.code, 2, "{}", broken.stderr);
    story
        .does("compare lead tail")
        .succeeds()
        .says("note: the newest run: results/one");
    story.does("compare one --metric chrf").fails(
        5,
        "nothing to do: the run has no metric `chrf`; it has rouge-1, rouge-2",
    );
}

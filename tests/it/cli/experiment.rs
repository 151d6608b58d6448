//! `epitome run FILE.toml`: one file says what to run, on what, and what must come of it.

use std::fs;

use super::story::{Story, TWO_STORIES, epitome};

const SUITE: &str = r#"
budgets = ["1 sentence", "12 words"]
systems = ["lead", "text-rank(damping=0.5|0.85)", "tail"]
metrics = ["rouge-1", "rouge-2"]
seed = 3
resamples = 50

[corpora]
stories = "two.jsonl"
short = { path = "two.jsonl[0..1]", budget = "2 sentences" }
"#;

/// The suite in a folder of its own, beside its corpus.
fn suite(toml: &str) -> Story {
    epitome()
        .file("suite/two.jsonl", TWO_STORIES)
        .file("suite/e.toml", toml)
}

fn refused(toml: &str, message: &str) {
    suite(toml).does("run suite/e.toml").fails(2, message);
}

#[test]
fn a_file_is_run_and_its_resolved_form_goes_on_with_the_run() {
    let story = suite(SUITE);
    story.does("run suite/e.toml --name r").succeeds();
    let folder = story.path("results/r");
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    let scores = read("scores.csv");
    for row in [
        "stories@1s,flood,lead,1 sentence,rouge-1,",
        "stories@12w,whale,text-rank(damping=0.5),12 words,rouge-2,",
        "short,flood,text-rank,2 sentences,rouge-1,",
    ] {
        assert!(scores.contains(row), "{row}: {scores}");
    }
    assert!(!scores.contains("short,whale"));

    let resolved = read("experiment.toml");
    assert!(
        resolved.contains("folder = \"../../suite\"\n"),
        "{resolved}"
    );
    assert!(resolved.contains("\"text-rank(damping=0.5)\", \"text-rank(damping=0.85)\""));
    story
        .does("run results/r/experiment.toml")
        .succeeds()
        .says("5 documents were there already");
    assert_eq!(read("experiment.toml"), resolved);
}

#[test]
fn a_file_makes_the_rows_that_flags_make() {
    let story = suite(
        "systems = ['lead', 'tail']\nmetrics = ['rouge-1']\nbudgets = ['2 sentences']\n\
         [corpora]\ntwo = 'two.jsonl'\n",
    );
    story.does("run suite/e.toml --name file").succeeds();
    story
        .does(
            "run --corpus suite/two.jsonl --system lead --system tail --metric rouge-1 \
             --sentences 2 --name flags",
        )
        .succeeds();
    for name in [
        "scores.csv",
        "extracts.jsonl",
        "leaderboard.csv",
        "comparisons.csv",
    ] {
        let read = |run: &str| {
            fs::read_to_string(story.path("results").join(run).join(name)).unwrap()
        };
        assert_eq!(read("file"), read("flags"), "{name}");
    }
    assert!(!story.path("results/flags/experiment.toml").exists());
}

#[test]
fn a_corpus_may_have_columns_of_its_own() {
    let story = suite(
        "systems = ['lead']\nmetrics = ['rouge-1']\n[corpora]\ntwo = 'two.jsonl'\n\
         table = { path = 't.csv', columns = 'text=body,summaries=gist' }\n",
    )
    .file(
        "suite/t.csv",
        "id,body,gist\na,It rose. It fell.,It rose.\n",
    );
    story.does("run suite/e.toml --name r").succeeds();
    let scores = fs::read_to_string(story.path("results/r/scores.csv")).unwrap();
    assert!(
        scores.contains("table,a,lead,3 sentences,rouge-1,0.5,1,"),
        "{scores}"
    );
    story
        .does("run results/r/experiment.toml")
        .succeeds()
        .says("3 documents were there already");
    refused(
        "[corpora]\nt = { path = 'two.jsonl', columns = 'txt=body' }\n",
        "suite/e.toml:2: `txt` is none of id, text, title, lang, summaries, keyphrases, query, answers, evidence",
    );
}

#[test]
fn flags_go_before_the_file() {
    let story = suite(SUITE);
    story
        .does("run suite/e.toml --words 9 --metric rouge-l --system lead --name r")
        .succeeds();
    let read =
        |name: &str| fs::read_to_string(story.path("results/r").join(name)).unwrap();
    let scores = read("scores.csv");
    assert!(
        scores.contains("stories,flood,lead,9 words,rouge-l,"),
        "{scores}"
    );
    assert!(scores.contains("short,flood,lead,9 words,rouge-l,"));
    assert!(!scores.contains("tail") && !scores.contains("rouge-1"));

    // a corpus of the command line is found from the folder of the run too
    let story = suite(SUITE).file("here.jsonl", TWO_STORIES);
    story
        .does("run suite/e.toml --corpus here.jsonl --name r")
        .succeeds();
    story
        .does("run results/r/experiment.toml")
        .succeeds()
        .says("4 documents were there already");
}

#[test]
fn only_some_systems() {
    let story = suite(SUITE);
    story
        .does("run suite/e.toml --only text-rank --name r")
        .succeeds();
    let scores = fs::read_to_string(story.path("results/r/scores.csv")).unwrap();
    assert!(
        scores.contains(",text-rank,") && scores.contains(",text-rank(damping=0.5),")
    );
    assert!(!scores.contains(",lead,") && !scores.contains(",tail,"));
    story
        .does("run suite/e.toml --only *rank*0.5) --name half")
        .succeeds();
    story
        .does("run suite/e.toml --only led")
        .fails(2, "no system of the run is called `led`")
        .says("hint: did you mean `lead`?");
}

#[test]
fn a_corpus_that_is_not_at_hand_is_left_out_by_its_name() {
    let file = "systems = ['lead']\nmetrics = ['rouge-1']\nbudgets = ['1 sentence']\n[corpora]\nhere = 'here.jsonl'\nthere = 'there.jsonl'\n";
    let story = suite(file).file("suite/here.jsonl", TWO_STORIES);
    story
        .does("run suite/e.toml --name r")
        .fails(2, "suite/e.toml:6: no file or folder `there.jsonl`");
    story
        .does("run suite/e.toml --without there --name r")
        .succeeds();
    let scores = fs::read_to_string(story.path("results/r/scores.csv")).unwrap();
    assert!(scores.contains("\nhere,"), "{scores}");
    let resolved = fs::read_to_string(story.path("results/r/experiment.toml")).unwrap();
    assert!(!resolved.contains("there"), "{resolved}");

    story
        .does("run suite/e.toml --without their")
        .fails(2, "no corpus of the experiment is called `their`")
        .says("hint: did you mean `there`?");
    story
        .does("run suite/e.toml --without there --without here")
        .fails(
            2,
            "suite/e.toml: every corpus is left out: none is left to run on",
        );
}

#[test]
fn a_dry_run_shows_the_matrix_and_writes_nothing() {
    let story = suite(SUITE);
    let shown = story.does("run suite/e.toml --dry-run").succeeds();
    let words = shown.words();
    for text in [
        "corpora: 3",
        "stories@12w 12 words",
        "systems: 4",
        "text-rank(damping=0.5) summaries",
        "metrics: 2",
        "the run writes results/",
    ] {
        assert!(words.contains(text), "{text}: {}", shown.stdout);
    }
    assert!(!story.path("results").exists());
}

#[test]
fn expected_values_are_tests() {
    let with = |value: &str| {
        format!(
            "systems = ['lead', 'tail']\nmetrics = ['rouge-1']\n[corpora]\ntwo = 'two.jsonl'\n\
             [[expect]]\nsystem = 'lead'\ncorpus = 'two'\nmetric = 'rouge-1'\nvalue = {value}\n\
             tolerance = 0.01\n"
        )
    };
    let story = suite(&with("0.0"));
    let missed = story.does("run suite/e.toml --name r");
    assert_eq!(missed.code, 1, "{}", missed.stderr);
    let line = missed
        .stderr
        .lines()
        .find(|line| {
            line.starts_with(
                "suite/e.toml:5: not as expected: `rouge-1` of `lead` on two is ",
            )
        })
        .unwrap_or_else(|| panic!("{}", missed.stderr));
    let found = line
        .split(" is ")
        .nth(1)
        .unwrap()
        .split(" %,")
        .next()
        .unwrap();
    let share = found.parse::<f64>().unwrap() / 100.0;
    let story = story.file("suite/e.toml", with(&share.to_string()));
    story
        .does("run suite/e.toml --name r")
        .says("hint: values are in percent, as tables have them: `value = ");
    let story = story.file("suite/e.toml", with(found));
    story
        .does("run suite/e.toml --name r")
        .succeeds()
        .says("as expected");
}

#[test]
fn gates_hold_every_system_against_the_baseline() {
    let with = |gate: &str, baseline: &str| {
        format!(
            "systems = ['lead', 'tail', 'random', 'tf-idf']\nbaseline = '{baseline}'\n\
             gates = ['{gate}']\n[corpora]\ntwo = 'two.jsonl'\n"
        )
    };
    let story = suite(&with("rouge-1 > -100", "lead"));
    story
        .does("run suite/e.toml --name old")
        .succeeds()
        .says("suite/e.toml:3: gate holds: `rouge-1` of `tail` is ")
        .says("`rouge-1` of `random` is ");
    let story = story.file("suite/e.toml", with("rouge-1 > 100", "lead"));
    let fails = story.does("run suite/e.toml --name old");
    assert_eq!(fails.code, 1, "{}", fails.stderr);
    fails.says("gate fails: `rouge-1` of `tail`");

    let story = story.file("suite/e.toml", with("rouge-1 > -1", "old"));
    story
        .does("run suite/e.toml --name new")
        .succeeds()
        .says("`rouge-1` of `lead in new` is 0.00 points from `lead in old`");
    let story = story.file("suite/e.toml", with("rouge-1 > -1", "nowhere"));
    story.does("run suite/e.toml --name new").fails(
        2,
        "suite/e.toml:2: `baseline` is `nowhere`, neither a system of the run nor the folder of a run",
    );
}

#[test]
fn plugins_and_outputs_are_found_from_the_file() {
    const PLUGIN: &str = r#"
import json, sys
for line in sys.stdin:
    asked = json.loads(line)
    if asked["type"] == "hello":
        said = {"type": "ready", "name": "first", "version": "1", "does": ["summarise"]}
    elif asked["type"] == "end":
        said = asked
    else:
        said = {"id": asked["id"], "picks": [0]}
    print(json.dumps(said), flush=True)
"#;
    let story = suite(
        "systems = ['lead', 'first', 'gpt']\nmetrics = ['rouge-1']\nbudgets = ['1 sentence', '2 sentences']\n\
         [corpora]\ntwo = 'two.jsonl'\n[plugins]\nfirst = 'python3 first.py'\n\
         [outputs]\ngpt = 'gpt.jsonl'\n",
    )
    .file("suite/first.py", PLUGIN)
    .file(
        "suite/gpt.jsonl",
        "{\"id\":\"flood\",\"text\":\"A river.\"}\n{\"id\":\"whale\",\"text\":\"A whale.\"}\n",
    );
    story.does("run suite/e.toml --name r").succeeds();
    let scores = fs::read_to_string(story.path("results/r/scores.csv")).unwrap();
    assert!(scores.contains("two@1s,flood,first,1 sentence,rouge-1,"));
    assert!(scores.contains("two@2s,flood,gpt,2 sentences,rouge-1,"));
    story
        .does("run results/r/experiment.toml")
        .succeeds()
        .says("4 documents were there already");
}

#[test]
fn what_is_wrong_is_said_with_its_line() {
    let on = "\n[corpora]\ntwo = 'two.jsonl'\n";
    refused(
        &format!("systems = [\n'lead',\n'lead(damping=0.5|0.7)']{on}"),
        "suite/e.toml:3: `lead` takes no parameter `damping`",
    );
    refused(
        &format!("systems = ['text-rank(damping=0.85|0.850)']{on}"),
        "suite/e.toml:1: `text-rank` is named twice",
    );
    refused(
        &format!("metrics = ['rouge1']{on}"),
        "suite/e.toml:1: no metric is called `rouge1`",
    );
    refused(
        &format!("metrics = []{on}"),
        "suite/e.toml:1: `metrics` is an empty list",
    );
    refused(
        &format!("sedd = 1{on}"),
        "suite/e.toml:1: no key is called `sedd`",
    );
    refused(
        "[corpora]\ntwo = 'two.jsonl'\ntwo = 'two.jsonl'\n",
        "suite/e.toml:3: duplicate key",
    );
    refused(
        "[corpora]\ntwo = 'none.jsonl'\n",
        "suite/e.toml:2: no file or folder `none.jsonl`",
    );
    refused(
        &format!("budgets = ['3 sentences', '0 words']{on}"),
        "suite/e.toml:1: a budget of 0 words allows no summary: the number must be above 0",
    );
    refused(
        &format!(
            "systems=['lead']\nmetrics=['rouge-1']\nbaseline='lead'\ngates = ['rouge-2 > 0']{on}"
        ),
        "suite/e.toml:4: no metric of the run is called `rouge-2`",
    );
    refused(
        &format!("systems=['lead']\ngates = ['rouge-2 > 0']{on}"),
        "suite/e.toml:2: a gate compares systems with a `baseline`, and there is none",
    );
    refused(
        &format!(
            "systems=['lead']{on}[[expect]]\nsystem='tail'\ncorpus='two'\nmetric='rouge-1'\nvalue=1.0\ntolerance=0.1\n"
        ),
        "suite/e.toml:4: no system of the run is called `tail`",
    );
    refused(
        &format!(
            "systems=['lead']{on}[[expect]]\nsystem='lead'\ncorpus='tow'\nmetric='rouge-1'\nvalue=1.0\ntolerance=0.1\n"
        ),
        "suite/e.toml:4: no corpus of the run is called `tow`",
    );
    suite("").does("run suite/two.jsonl").says(
        "hint: an experiment file is TOML; `--corpus suite/two.jsonl` runs on a corpus",
    );
    epitome()
        .does("run none.toml")
        .fails(2, "none.toml: No such file or directory (os error 2)");
}

#[test]
fn a_file_is_timed_and_keeps_the_limits_of_its_plugins() {
    let story = suite(
        "name = 'r'\nsystems = ['lead', 'tail']\nmetrics = ['rouge-1']\n\
         [corpora]\ntwo = 'two.jsonl'\n[plugin-limits]\ntimeout = 1.5\nmemory = '512 MiB'\n",
    );
    story
        .does("run suite/e.toml --plugin-run-timeout 60")
        .succeeds();
    let read =
        |name: &str| fs::read_to_string(story.path("results/r").join(name)).unwrap();
    let resolved = read("experiment.toml");
    assert!(
        resolved.contains(
            "[plugin-limits]\ntimeout = 1.5\nrun-timeout = 60.0\nmemory = \"512 MiB\"\n"
        ),
        "{resolved}"
    );
    story
        .does("bench suite/e.toml --only lead --samples 10 --measurement-ms 1 --warm-up-ms 1 -q")
        .succeeds();
    let timings = read("timings.csv");
    assert!(
        timings.contains("lead") && !timings.contains("tail"),
        "{timings}"
    );
    refused(
        "[plugin-limits]\ntimeout = 0\n",
        "suite/e.toml:2: a time is a number of seconds above 0, and not 0",
    );
}

#[test]
fn workers_and_their_aggregate_take_a_file() {
    let story = suite(
        "name = 'r'\nsystems = ['lead', 'tail']\nmetrics = ['rouge-1']\nbudgets = ['1 sentence']\n\
         [corpora]\ntwo = 'two.jsonl'\n",
    );
    story.does("run suite/e.toml --name whole").succeeds();
    let rows = story
        .reads(TWO_STORIES, "worker --experiment suite/e.toml")
        .succeeds();
    let story = story.file("part.rows", rows.stdout);
    story
        .does("aggregate part.rows --experiment suite/e.toml --name parts")
        .succeeds();
    let read = |run: &str| {
        fs::read_to_string(story.path("results").join(run).join("leaderboard.csv"))
            .unwrap()
    };
    assert_eq!(read("parts"), read("whole"));
}

#[test]
fn options_leave_out_what_no_longer_applies_and_say_so() {
    let story = suite(
        "systems = ['lead', 'tail']\nbaseline = 'lead'\ngates = ['rouge-1 > -100']\n\
         metrics = ['rouge-1']\n[corpora]\ntwo = 'two.jsonl'\n[[expect]]\nsystem = 'tail'\n\
         corpus = 'two'\nmetric = 'rouge-1'\nvalue = 0\ntolerance = 100\n",
    );
    story
        .does("run suite/e.toml --system lead --system random --metric rouge-2 --name r")
        .succeeds()
        .says("not expected of this run: `rouge-1` of `tail` on two")
        .says("suite/e.toml:3: the gate is about nothing that this run measures");
}

#[test]
fn a_limit_is_said_to_be_of_keyphrases() {
    let story = suite("[corpora]\ntwo = { path = 'two.jsonl', limit = 100 }\n");
    let refused = story.does("run suite/e.toml");
    assert_eq!(refused.code, 2);
    refused.says("hint: `keyphrases` is the most keyphrases of a document, `sample` the number of documents");
    story
        .does("run --corpus suite/two.jsonl --system lead --limit 3 --dry-run")
        .says("note: `--keyphrases` limits the output of keyword extractors, and there are none");
}

#[test]
fn impossible_numbers_are_refused_with_their_line() {
    let corpora = "[corpora]\nstories = 'two.jsonl'\n";
    for (number, problem) in [
        (
            "resamples = 1000000000",
            "`resamples` is 1000000000, not a number from 0 to 100000",
        ),
        (
            "resamples = 100001",
            "`resamples` is 100001, not a number from 0 to 100000",
        ),
        (
            "resamples = 4294967296",
            "invalid value: integer `4294967296`, expected u32",
        ),
        (
            "resamples = -1",
            "invalid value: integer `-1`, expected u32",
        ),
        ("sample = -1", "invalid value: integer `-1`, expected usize"),
        (
            "seed = 18446744073709551616",
            "invalid type: integer `18446744073709551616` as i128, expected u64",
        ),
        (
            "tolerance = nan",
            "`tolerance` is NaN, not a share from 0 to 1",
        ),
        (
            "tolerance = 1.1",
            "`tolerance` is 1.1, not a share from 0 to 1",
        ),
        (
            "budgets = ['0 words']",
            "a budget of 0 words allows no summary: the number must be above 0",
        ),
        (
            "budgets = ['99999999999999999999 words']",
            "`99999999999999999999 words` is no budget such as `3 sentences`, `100 words`, `665 bytes`, `500 tokens of o200k_base` or `0.2 of the sentences`",
        ),
    ] {
        refused(
            &format!("metrics = ['rouge-1']\n{number}\n{corpora}"),
            &format!("suite/e.toml:2: {problem}"),
        );
    }
    for (time, said) in [("nan", "NaN"), ("inf", "inf"), ("-1", "-1"), ("0", "0")] {
        refused(
            &format!(
                "{corpora}[plugins]\np = 'cat'\n[plugin-limits]\ntimeout = {time}\n"
            ),
            &format!(
                "suite/e.toml:6: a time is a number of seconds above 0, and not {said}"
            ),
        );
    }

    // large ones that mean something do what they say
    suite(&format!(
        "metrics = ['rouge-1']\nsystems = ['lead']\nresamples = 100000\nsample = 9223372036854775807\n\
         budgets = ['9223372036854775807 words']\nseed = 9223372036854775807\n{corpora}"
    ))
    .does("run suite/e.toml")
    .succeeds();
}

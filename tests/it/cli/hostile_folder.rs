//! A folder of somebody else's, whose every text tries to be markup, a link or an escape of
//! a terminal.

use std::{env, fs, io::Read as _, path::Path};

use base64::{Engine, engine::general_purpose::STANDARD};
use epitome::run::{
    DocumentOutcome, Extract, Fault, RowFailure, RunManifest, Store, StoredRows,
};
use serde_json::Value;

use super::story::{Story, epitome};

/// Ends an attribute, an element, a script; draws a picture from nowhere; asks for a click;
/// colours, erases and names a terminal, rings its bell, and turns the order of what is read.
pub(super) const EVIL: &str = "\"><script>alert(1)</script><img src=x onerror=alert(2)>[x](javascript:alert(3))\u{1b}[31m\u{1b}[2J\u{1b}]0;owned\u{7}\u{9b}5m\u{8}\u{202e}\u{2066}";

/// Whether a text has a sign that a terminal obeys.
pub(super) fn commands_a_terminal(text: &str) -> bool {
    text.contains(|sign: char| {
        (sign.is_control() && sign != '\n')
            || matches!(sign, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    })
}

/// Fields and columns that hold one of a few words: another word is refused.
const WORDS: [&str; 7] = [
    "task",
    "better",
    "unit",
    "average",
    "segmenter",
    "lines",
    "kind",
];

/// Appends to every text of a manifest that may be any text.
fn spoil(value: &mut Value) {
    match value {
        Value::String(text) => text.push_str(EVIL),
        Value::Array(values) => values.iter_mut().for_each(spoil),
        Value::Object(fields) => {
            let fields = fields.iter_mut();
            fields
                .filter(|(key, _)| !WORDS.contains(&&***key))
                .for_each(|(_, it)| spoil(it));
        }
        _ => {}
    }
}

/// Appends to every cell of a table that is not a number.
fn spoiled_table(from: &Path, to: &Path) {
    let mut reader = csv::Reader::from_path(from).unwrap();
    let mut writer = csv::Writer::from_path(to).unwrap();
    writer.write_record(reader.headers().unwrap()).unwrap();
    let titles = reader.headers().unwrap().clone();
    for record in reader.records().map(Result::unwrap) {
        let spoil = |(title, cell): (&str, &str)| {
            let is_text = !cell.is_empty() && cell.parse::<f64>().is_err();
            match is_text && !WORDS.contains(&title) {
                true => format!("{cell}{EVIL}"),
                false => cell.to_owned(),
            }
        };
        writer
            .write_record(titles.iter().zip(record.iter()).map(spoil))
            .unwrap();
    }
    writer.flush().unwrap();
}

fn spoiled_outcome(mut outcome: DocumentOutcome) -> DocumentOutcome {
    outcome.id.push_str(EVIL);
    for system in &mut outcome.systems {
        match &mut system.extract {
            Some(Extract::Summary { text, .. } | Extract::Text { text, .. }) => {
                text.push_str(EVIL);
            }
            Some(Extract::Keyphrases { phrases, signature }) => {
                signature.push_str(EVIL);
                for phrase in phrases {
                    phrase.text.push_str(EVIL);
                }
            }
            None => {}
        }
    }
    for cell in outcome
        .systems
        .iter_mut()
        .flat_map(|system| &mut system.cells)
    {
        cell.note = Some(EVIL.to_owned());
    }
    let first = &mut outcome.systems[0];
    let failure = RowFailure {
        fault: Fault::Error,
        message: EVIL.to_owned(),
    };
    (first.extract, first.failure) = (None, Some(failure));
    outcome
}

/// A run of two languages and both tasks in `results/hostile`, with digests that fit.
fn hostile(language: Option<&str>) -> Story {
    hostile_with(language, EVIL)
}

/// The same with this behind the digest of each document: some commands refuse one that is none.
fn hostile_with(language: Option<&str>, behind_digests: &str) -> Story {
    let line = |at: usize| {
        let lang = ["en", "de"][at % 2];
        format!(
            r#"{{"id":"d{at}","lang":"{lang}","text":"The river {at} rose. Boats left. Nobody saw it.","summaries":["The river rose.","It rose."],"keyphrases":["river"]}}"#
        ) + "\n"
    };
    let story = epitome().file("two.jsonl", (0..12).map(line).collect::<String>());
    let run = "run --corpus two.jsonl --system lead --system tail --system text-rank --system human --name fair";
    story.does(run).succeeds();
    story
        .does(&run.replace(
            "run ",
            "bench --samples 10 --measurement-ms 1 --warm-up-ms 1 ",
        ))
        .succeeds();

    let (fair, folder) = (story.path("results/fair"), story.path("results/hostile"));
    let before = RunManifest::read(&fair).unwrap().unwrap();
    let mut manifest = serde_json::to_value(&before).unwrap();
    manifest.as_object_mut().unwrap().remove("contents");
    spoil(&mut manifest);
    let mut manifest: RunManifest = serde_json::from_value(manifest).unwrap();

    fs::create_dir(&folder).unwrap();
    let mut rows = Store::create(&folder, manifest.layout()).unwrap();
    for outcome in StoredRows::open(&fair, before.layout()).unwrap() {
        let mut outcome = spoiled_outcome(outcome.unwrap());
        outcome.about.digest.push_str(behind_digests);
        outcome.about.language = language.map_or(outcome.about.language, str::to_owned);
        rows.write(&outcome).unwrap();
    }
    for table in [
        "leaderboard.csv",
        "comparisons.csv",
        "across.csv",
        "timings.csv",
        "human.csv",
    ] {
        spoiled_table(&fair.join(table), &folder.join(table));
    }
    let scaling = fs::File::create(folder.join("scaling.csv")).unwrap();
    let mut scaling = csv::Writer::from_writer(scaling);
    scaling
        .write_record(["system", "sentences", "cpu_ms", "peak_mb"])
        .unwrap();
    for sentences in ["100", "1000", "10000"] {
        for system in ["lead", "tail"] {
            let system = format!("{system}{EVIL}");
            scaling
                .write_record([&system, sentences, "1.5", "2.5"])
                .unwrap();
        }
    }
    scaling.flush().unwrap();
    let mut contents = rows.contents();
    contents.note_tables(&folder).unwrap();
    manifest.contents = Some(contents);
    manifest.write(&folder).unwrap();
    story
}

/// What a browser would unpack of what is packed into a page.
pub(super) fn unpacked(page: &str) -> Vec<(String, String)> {
    let chunks = page.split(r#"<script type="text/plain" id=""#).skip(1);
    let chunk = |chunk: &str| {
        let (name, rest) = chunk.split_once("\">").unwrap();
        let packed = STANDARD.decode(rest.split('<').next().unwrap()).unwrap();
        let mut text = String::new();
        flate2::read::ZlibDecoder::new(&packed[..])
            .read_to_string(&mut text)
            .unwrap();
        (name.to_owned(), text)
    };
    chunks.map(chunk).collect()
}

/// Whether a page has an element or a link of a text.
pub(super) fn is_markup(html: &str) -> bool {
    ["<script>alert", "<img", "href=\"javascript"]
        .iter()
        .any(|it| html.contains(it))
}

#[test]
fn no_text_of_a_folder_becomes_markup_of_its_page() {
    let story = hostile(None);
    story.does("report hostile").succeeds();
    let page = fs::read_to_string(story.path("results/hostile/report.html")).unwrap();
    if let Some(path) = env::var_os("EPITOME_HOSTILE_PAGE") {
        fs::write(path, &page).unwrap(); // for a browser: scripts/test-report
    }
    assert!(!is_markup(&page));
    // it is there, as text
    assert!(page.matches("&lt;img src=x onerror=alert(2)&gt;").count() > 20);
    assert_eq!(
        page.matches("<script").count(),
        page.matches("</script>").count()
    );

    // nor of the tables by language that are put into it
    let chunks = unpacked(&page);
    let tables: Vec<_> = chunks
        .iter()
        .filter(|(_, text)| text.contains("<table"))
        .collect();
    assert_eq!(tables.len(), 4, "two languages, two tasks");
    for (name, table) in tables {
        assert!(!is_markup(table), "{name}: {table}");
        assert!(table.contains("&lt;img src=x"));
    }

    // and the policy names what may run
    let (_, policy) = page.split_once("Content-Security-Policy").unwrap();
    let (policy, _) = policy.split_once('>').unwrap();
    assert!(!policy.contains("unsafe") && policy.matches("'sha256-").count() == 2);
    let (markup, _) = page.split_once("<script>").unwrap(); // the script names its handlers
    assert!(!markup.contains(" style=\"") && !markup.contains(" onclick=\""));
}

#[test]
fn no_text_of_a_folder_commands_a_terminal() {
    for (behind_digests, succeed) in [(EVIL, 9), ("", 12)] {
        commands_print_no_command(behind_digests, succeed);
    }
}

/// Runs commands of text on a hostile folder, of which so many succeed at least.
fn commands_print_no_command(behind_digests: &str, succeed: usize) {
    let story = hostile_with(None, behind_digests);
    let layout = RunManifest::read(&story.path("results/hostile"))
        .unwrap()
        .unwrap();
    let systems: Vec<&str> = layout
        .layout()
        .systems
        .iter()
        .map(|it| it.name.clone())
        .filter(|name| name.starts_with("lead") || name.starts_with("tail"))
        .map(|name| &*name.leak())
        .collect();
    let (lead, tail) = (systems[0], systems[1]);
    let document = format!("d3{EVIL}");
    let ways: [&[&str]; 17] = [
        &["report", "hostile", "--text"],
        &["report", "hostile", "--markdown"],
        &["report", "hostile"],
        &["runs", "list"],
        &["runs", "show", "hostile"],
        &["runs", "remove", "hostile"],
        &["show", "hostile", &document, tail, lead],
        &["show", "hostile", EVIL, tail, EVIL],
        &["worst", "hostile", tail, lead],
        &["compare", "hostile"],
        &["compare", "hostile", tail],
        &["compare", "hostile", "fair"],
        &["verify", "hostile"],
        &["record", "hostile"],
        &["record", "fair", "--revision", EVIL],
        &["history"],
        &["score", "--run", "hostile", "--metric", "chrf"],
    ];
    let (mut shown, mut fine) = (0, 0);
    for words in ways {
        let outcome = story.does_words(words);
        fine += usize::from(outcome.code == 0);
        for said in [&outcome.stdout, &outcome.stderr] {
            assert!(!commands_a_terminal(said), "{words:?}: {said:?}");
            shown += said.matches("alert(1)").count();
        }
    }
    assert!(shown > 50 && fine >= succeed, "{shown} {fine}");
}

#[test]
fn no_text_of_a_folder_becomes_markup_of_a_site() {
    let story = hostile(Some("en\"><script>alert(1)</script>"));
    story
        .does_words(&["record", "fair", "--revision", EVIL])
        .succeeds();
    story.does("site results").succeeds();
    let pages = walkdir::WalkDir::new(story.path("site"))
        .into_iter()
        .map(Result::unwrap)
        .filter(|it| it.path().extension().is_some_and(|ending| ending == "html"));
    let mut shown = 0;
    for page in pages {
        let page = fs::read_to_string(page.path()).unwrap();
        assert!(!is_markup(&page));
        shown += page.matches("&lt;img src=x").count();
    }
    assert!(shown > 20, "{shown}");
}

#[test]
fn a_language_that_is_none_is_refused() {
    let story = hostile(Some("en\"><script>alert(1)</script>"));
    for command in ["report hostile", "compare hostile"] {
        let refused = story.does(command);
        assert_eq!(refused.code, 2, "{}", refused.stderr);
        refused
            .says("documents.csv: ")
            .says("is the code of no language");
    }
}

#[cfg(unix)]
#[test]
fn a_monitor_of_files_of_the_current_folder_is_never_started() {
    use std::os::unix::fs::PermissionsExt as _;

    let story = epitome().file("c.jsonl", super::story::TWO_STORIES).file(
        "monitor",
        "#!/bin/sh\necho started >> \"$(dirname \"$0\")/started\"\n",
    );
    let monitor = story.path("monitor");
    fs::set_permissions(&monitor, fs::Permissions::from_mode(0o755)).unwrap();
    let git = |arguments: &[&str]| {
        let mut git = std::process::Command::new("git");
        git.current_dir(story.path("."))
            .args(["-c", "user.name=a", "-c", "user.email=a@b"])
            .args(arguments);
        git.output().unwrap()
    };
    assert!(git(&["init", "--quiet"]).status.success());
    assert!(git(&["add", "c.jsonl"]).status.success());
    assert!(git(&["commit", "--quiet", "-m", "x"]).status.success());
    let path = monitor.display().to_string();
    assert!(git(&["config", "core.fsmonitor", &path]).status.success());
    git(&["status"]);
    let started = story.path("started");
    assert!(started.exists(), "git itself starts it");
    fs::remove_file(&started).unwrap();

    for command in [
        "--version",
        "run --corpus c.jsonl --system lead --metric rouge-1 --name r",
        "report r",
        "record r",
        "verify r",
        "site results",
        "runs show r",
    ] {
        story.does(command).succeeds();
        assert!(!started.exists(), "{command}");
    }
}

#[test]
fn what_a_manifest_names_outside_of_the_current_folder_is_read_only_with_texts() {
    let secret = "The secret number is seven. Nobody knows it. It is kept here.";
    let elsewhere = epitome().file(
        "secret.jsonl",
        format!(
            r#"{{"id":"a","lang":"en","text":"{secret}","summaries":["A number."]}}"#
        ),
    );
    let corpus = elsewhere.path("secret.jsonl").display().to_string();
    let story = epitome();
    let words = [
        "run",
        "--corpus",
        &corpus,
        "--system",
        "tail",
        "--sentences",
        "1",
        "--metric",
        "rouge-1",
        "--name",
        "r",
    ];
    story.does_words(&words).succeeds();
    // an output is of the folder; the first sentence is of the corpus alone
    let known = |text: &str| text.contains("secret number");
    let outputs = story.result("extracts.jsonl");
    assert!(!known(&outputs), "{outputs}");
    let page = || fs::read_to_string(story.path("results/r/report.html")).unwrap();
    let in_page =
        |page: &str| known(page) || unpacked(page).iter().any(|(_, text)| known(text));

    let shown = story.does("show r a tail").succeeds();
    assert!(!known(&shown.stdout), "{}", shown.stdout);
    shown.says("note: the text is not shown: ").says("--texts");
    let shown = story.does("show r a tail --json").succeeds();
    assert!(!known(&shown.stdout), "{}", shown.stdout);
    story.does("report r").succeeds().says("--texts");
    assert!(!in_page(&page()));

    let shown = story.does("show r a tail --texts").succeeds();
    assert!(known(&shown.stdout), "{}", shown.stdout);
    story.does("report r --texts").succeeds();
    assert!(in_page(&page()));
}

#[test]
fn a_manifest_that_would_fill_the_memory_is_refused_by_its_size() {
    let story = epitome().file("results/r/leaderboard.csv", "");
    let manifest = fs::File::create(story.path("results/r/manifest.json")).unwrap();
    manifest.set_len(600 << 20).unwrap();
    let said = "results/r/manifest.json: it has 629145600 bytes, and a file that is read whole 64 MiB at most";
    for command in [
        "report r",
        "compare r",
        "runs show r",
        "show r a lead",
        "worst r lead tail",
        "record r",
        "verify r",
        "score --run r --metric chrf",
        "site results/r",
    ] {
        story.does(command).fails(2, said);
    }
}

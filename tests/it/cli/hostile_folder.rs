//! A folder of somebody else's, whose every text tries to be markup, a link or an escape of
//! a terminal.

use std::{env, fs, io::Read as _, path::Path};

use base64::{Engine, engine::general_purpose::STANDARD};
use epitome::run::{
    DocumentOutcome, Extract, Fault, RowFailure, RunManifest, Store, StoredRows,
};
use serde_json::Value;

use super::story::{Story, epitome};

/// Ends an attribute, an element, a script; draws a picture from nowhere; asks for a click.
const EVIL: &str =
    "\"><script>alert(1)</script><img src=x onerror=alert(2)>[x](javascript:alert(3))";

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
    outcome.about.digest.push_str(EVIL);
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
    let line = |at: usize| {
        let lang = ["en", "de"][at % 2];
        format!(
            r#"{{"id":"d{at}","lang":"{lang}","text":"The river {at} rose. Boats left. Nobody saw it.","summaries":["The river rose."],"keyphrases":["river"]}}"#
        ) + "\n"
    };
    let story = epitome().file("two.jsonl", (0..12).map(line).collect::<String>());
    let run = "run --corpus two.jsonl --system lead --system tail --system text-rank --name fair";
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
        outcome.about.language = language.map_or(outcome.about.language, str::to_owned);
        rows.write(&outcome).unwrap();
    }
    for table in [
        "leaderboard.csv",
        "comparisons.csv",
        "across.csv",
        "timings.csv",
    ] {
        spoiled_table(&fair.join(table), &folder.join(table));
    }
    let mut contents = rows.contents();
    contents.note_tables(&folder).unwrap();
    manifest.contents = Some(contents);
    manifest.write(&folder).unwrap();
    story
}

/// What a browser would unpack of what is packed into a page.
fn unpacked(page: &str) -> Vec<(String, String)> {
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

#[test]
fn no_text_of_a_folder_becomes_markup_of_its_page() {
    let story = hostile(None);
    story.does("report hostile").succeeds();
    let page = fs::read_to_string(story.path("results/hostile/report.html")).unwrap();
    if let Some(path) = env::var_os("EPITOME_HOSTILE_PAGE") {
        fs::write(path, &page).unwrap(); // for a browser: scripts/test-report
    }
    let is_markup = |html: &str| {
        ["<script>alert", "<img", "href=\"javascript"]
            .iter()
            .any(|it| html.contains(it))
    };
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

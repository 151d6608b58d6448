//! The files of a run, and of workers, judges and history: a folder may come from anybody.

use std::{
    fs,
    num::NonZero,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use epitome::{
    corpus,
    harness::{
        HistoryFilter, HistoryRecord, Quiet, Session, SessionOptions, failed_systems,
        history,
    },
    report::{Results, write_report},
    run::{
        FileDigest, JudgePlan, Judgements, Layout, Reach, Request, RunManifest, Shards,
        StoredRows, Work, read_counts, seal,
    },
};

use crate::{choose, core::registry, file, says_something, scratch};

/// A small run in the folder of this process.
struct SmallRun {
    folder: PathBuf,
    /// The names of its files, each with what it holds.
    files: Vec<(String, Vec<u8>)>,
    layout: Layout,
    /// How many scripts its page has.
    scripts: usize,
}

/// Reads a run with one of its files replaced, whose digest is corrected as a forger would:
/// the first byte chooses the file.
pub fn rows(data: &[u8]) {
    with_replaced(data, |run| {
        match Results::read(&run.folder) {
            Ok(results) => match results.documents() {
                Ok(documents) => documents.map_while(Result::ok).for_each(drop),
                Err(error) => says_something(&error),
            },
            Err(error) => says_something(&error),
        }
        if let Ok(documents) = StoredRows::open(&run.folder, run.layout.clone()) {
            documents.map_while(Result::ok).for_each(drop);
        }
        let _ = failed_systems(&run.folder).map_err(|error| says_something(&error));
        let _ =
            HistoryRecord::of(&run.folder, None).map_err(|error| says_something(&error));
    });
}

/// Writes the page of such a run: whatever it holds, the page has the scripts of the
/// templates and no other.
pub fn run_pages(data: &[u8]) {
    with_replaced(data, |run| {
        let page = match Results::read(&run.folder) {
            Ok(results) => page(results),
            Err(error) => return says_something(&error),
        };
        if let Some(page) = page {
            assert_eq!(scripts(&page), run.scripts, "a script that is not ours");
        }
    });
}

fn with_replaced(data: &[u8], look: impl FnOnce(&SmallRun)) {
    static RUN: OnceLock<SmallRun> = OnceLock::new();
    let run = RUN.get_or_init(small_run);
    let Some(((name, original), content)) = choose(&run.files, data) else {
        return;
    };

    fs::write(run.folder.join(name), content).expect("a temporary file");
    if name != "manifest.json" {
        forge(&run.folder);
    }
    look(run);
    fs::write(run.folder.join(name), original).expect("a temporary file");
    let forged = run
        .files
        .iter()
        .filter(|(name, _)| FORGED.contains(&&**name));
    for (name, original) in forged {
        fs::write(run.folder.join(name), original).expect("a temporary file");
    }
}

/// The files in which lengths and digests of the others are.
const FORGED: [&str; 2] = [".progress", "manifest.json"];

/// Corrects lengths and digests of all files in the mark and the manifest.
fn forge(folder: &Path) {
    let Ok(Some(mut manifest)) = RunManifest::read(folder) else {
        return;
    };
    let Some(mut contents) = manifest.contents.take() else {
        return;
    };

    let read = |name: &String| fs::read(folder.join(name)).unwrap_or_default();
    let files = contents.rows.iter_mut().chain(&mut contents.tables);
    for (name, digest) in files {
        let bytes = read(name);
        *digest = FileDigest {
            bytes: bytes.len() as u64,
            blake3: blake3::hash(&bytes).to_hex().to_string(),
        };
    }

    // a mark is the numbers of documents and bytes, and a digest that only writers check
    let names = [
        "documents.csv",
        "scores.csv",
        "extracts.jsonl",
        "failures.csv",
        "counts.csv",
        "leaving_one_out.csv",
        "notes.csv",
    ];
    let mut mark = format!("{:016x}", contents.documents);
    for name in names {
        mark += &format!(" {:016x}", contents.rows.get(name).map_or(0, |it| it.bytes));
    }
    fs::write(folder.join(".progress"), format!("{mark} {:032x}\n", 0)).expect("a file");

    manifest.contents = Some(contents);
    manifest.write(folder).expect("a temporary file");
}

fn page(results: Results) -> Option<Vec<u8>> {
    let mut page = Vec::new();
    let jobs = NonZero::<usize>::MIN;
    match write_report(&[results], &[], jobs, Reach::Here, &mut page) {
        Ok(_) => Some(page),
        Err(error) => {
            says_something(&error);
            None
        }
    }
}

/// Returns how often a page begins a script or another tag that fetches or runs something.
///
/// Texts that the page unpacks are scripts of a type that no browser runs; how many there are
/// depends on the rows, and they are not counted.
fn scripts(page: &[u8]) -> usize {
    let page = String::from_utf8_lossy(page);
    let text = page
        .replace(r#"<script type="text/plain" id=""#, "")
        .to_ascii_lowercase();
    let marks = [
        "<script", "<img", "<iframe", "<object", "<embed", "<link", "<base",
    ];
    marks.iter().map(|mark| text.matches(mark).count()).sum()
}

fn small_run() -> SmallRun {
    let corpus = r#"{"id":"a","text":"The river rose. The bridge closed. Shops shut.","summaries":["The river rose.","A bridge closed."]}
{"id":"b","text":"A council met. It voted. The vote was close.","summaries":["The council voted.","It was close."]}
"#;
    let corpus = corpus::open(
        file("run.jsonl", corpus.as_bytes())
            .to_str()
            .expect("a path"),
    );
    let names = |texts: &[&str]| {
        let specs = texts.iter().map(|text| text.parse().expect("a spec"));
        specs.collect::<Vec<_>>()
    };
    let request = Request {
        systems: names(&["lead", "random", "human"]),
        metrics: names(&["rouge-1", "bleu"]),
        jobs: NonZero::<usize>::MIN,
        ..Request::default()
    };
    let registry = registry();
    let plan = request
        .plan(registry, vec![corpus.expect("a corpus")])
        .expect("a plan");

    let folder = scratch().join("run");
    let options = SessionOptions {
        resamples: 20,
        ..SessionOptions::default()
    };
    let session = Session::open(registry, plan, &folder, options, &mut Quiet);
    let finished = session.expect("a run").conclude(&mut Quiet);
    finished.expect("a run that ends");

    let mut files = Vec::new();
    for entry in fs::read_dir(&folder).expect("the run") {
        let entry = entry.expect("the run");
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_file() && !name.ends_with("lock") {
            files.push((name, fs::read(entry.path()).expect("the run")));
        }
    }
    files.sort();
    let results = Results::read(&folder).expect("the run");
    let layout = results.layout();
    let scripts = page(results).map_or(0, |page| scripts(&page));
    SmallRun {
        folder,
        files,
        layout,
        scripts,
    }
}

/// Reads the rows of a worker, or the counts of a part of a corpus, with the end marker that
/// fits them; the first byte chooses.
pub fn parts(data: &[u8]) {
    let kinds: [fn(&str); 2] = [shards, counts];
    let Some((kind, content)) = choose(&kinds, data) else {
        return;
    };
    let text = String::from_utf8_lossy(content).into_owned();
    kind(&text);
    kind(&seal(text));
}

fn shards(text: &str) {
    let layout = Layout {
        corpora: vec!["x".to_owned()],
        lengths: Vec::new(),
        systems: Vec::new(),
        metrics: Vec::new(),
    };
    match Shards::open(vec![file("part.jsonl", text.as_bytes())]) {
        Ok(mut shards) => {
            let _ = (shards.documents(), shards.repeated());
            let each = shards.each(&layout, |_| Ok::<_, epitome::run::StoreError>(()));
            let _ = each.map_err(|error| says_something(&error));
        }
        Err(error) => says_something(&error),
    }
}

fn counts(text: &str) {
    static WORK: OnceLock<Work> = OnceLock::new();
    let work = WORK.get_or_init(|| {
        let request = Request {
            systems: vec!["tf-idf".parse().expect("a spec")],
            metrics: vec!["rouge-1".parse().expect("a spec")],
            ..Request::default()
        };
        request.work(registry()).expect("work")
    });
    let path = file("counts.jsonl", text.as_bytes());
    let _ = read_counts(work, &[path]).map_err(|error| says_something(&error));
}

/// Reads human judgements of summaries, and scores them.
pub fn judgements(data: &[u8]) {
    let path = file("judged.jsonl", data);
    let mut plan = match JudgePlan::open(path.to_str().expect("a plain path"), None) {
        Ok(plan) => plan,
        Err(error) => return says_something(&error),
    };
    let metric = registry().metric(&"rouge-1".parse().expect("a spec"));
    plan.metrics = vec![metric.expect("a metric")];
    match Judgements::read(&plan) {
        Ok(judgements) => {
            for summary in judgements.score(&plan) {
                assert!(summary.system < judgements.systems().len(), "{summary:?}");
                assert_eq!(summary.human.len(), judgements.aspects.len());
            }
        }
        Err(error) => says_something(&error),
    }
}

/// Reads a file of history, and makes series of it.
pub fn histories(data: &[u8]) {
    match HistoryRecord::read(&file("history.jsonl", data)) {
        Ok(records) => drop(history(&records, &HistoryFilter::default())),
        Err(error) => says_something(&error),
    }
}

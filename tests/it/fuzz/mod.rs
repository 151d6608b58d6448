//! Every reader, and `text`, on files that were changed a little at random.
//!
//! Seeds are below `seeds/`: for `formats`, a folder a format, in it a folder a case; for the
//! others, files. `cargo test` reads all seeds and a few hundred changed ones;
//! `EPITOME_FUZZ_SECONDS=60` (see `scripts/fuzz mutate`) goes on with new ones for so long,
//! from `EPITOME_FUZZ_SEED`. What breaks is written down as a seed, `found-…`: to commit it is
//! to make a test of it. The fuzzer that looks at branches is in `fuzz/`.

#![expect(clippy::unwrap_used, reason = "a test may panic")]
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "it says how far it came"
)]

mod mutate;

use std::{
    env, fs,
    num::NonZero,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
    thread,
    time::Duration,
};

use epitome::{
    clock,
    corpus::{
        self, CorpusLock, CorpusOpener, Library,
        import::{FORMATS, ImportFormat, ImportLimits, ImportOptions, Item, Tree},
    },
    rank::Budget,
    registry::Registry,
    spec::Spec,
    text::{Analyser, AnalysisNeeds, LANGUAGES, Language, LineEnds, Segmenter, Source},
};
use mutate::{Dice, Files, change, mutate};

/// How many changed inputs a target sees where no time is given.
const FEW: u64 = 60;

const LIMITS: ImportLimits = ImportLimits {
    file: 4,
    archive: 8,
};

fn seeds(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fuzz/seeds")
        .join(path)
}

fn children(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    paths
}

/// The files of a case, or a file alone.
fn files(case: &Path) -> Files {
    let mut found = Files::new();
    for entry in walkdir::WalkDir::new(case).into_iter().map(Result::unwrap) {
        if entry.file_type().is_file() {
            let below = entry.path().strip_prefix(case).unwrap();
            let name = match below.as_os_str().is_empty() {
                true => case.file_name().unwrap().to_string_lossy().into_owned(),
                false => below.to_string_lossy().into_owned(),
            };
            found.insert(name, fs::read(entry.path()).unwrap());
        }
    }
    found
}

fn write(files: &Files, folder: &Path) {
    for (name, bytes) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// Runs `target` on every seed as it is, then on changed ones.
fn fuzz(name: &str, whole_cases: bool, target: impl Fn(&Files)) {
    let cases: Vec<Files> = children(&seeds(name))
        .iter()
        .map(|case| files(case))
        .collect();
    assert!(!cases.is_empty(), "{name} has no seeds");
    let run = |files: &Files| {
        let Err(panic) = catch_unwind(AssertUnwindSafe(|| target(files))) else {
            return;
        };
        let bytes: Vec<u8> = files
            .iter()
            .flat_map(|(n, b)| [n.as_bytes(), b].concat())
            .collect();
        let found = format!("found-{}", &blake3::hash(&bytes).to_hex()[..8]);
        let folder = seeds(name);
        match whole_cases {
            true => write(files, &folder.join(&found)),
            false => {
                for (name, bytes) in files {
                    fs::write(folder.join(format!("{found}-{name}")), bytes).unwrap();
                }
            }
        }
        eprintln!(
            "{name}: an input breaks it: {}",
            folder.join(found).display()
        );
        resume_unwind(panic);
    };
    cases.iter().for_each(run);
    let number = |name: &str| {
        env::var(name)
            .ok()
            .and_then(|text| text.parse::<u64>().ok())
    };
    let seconds = number("EPITOME_FUZZ_SECONDS");
    let first = number("EPITOME_FUZZ_SEED").unwrap_or(1) << 32;
    let start = clock::now();
    let goes_on = |count: u64| match seconds {
        Some(seconds) => start.elapsed() < Duration::from_secs(seconds),
        None => count < FEW,
    };
    let mut count = 0;
    while goes_on(count) {
        let mut dice = Dice::new(first + count);
        let mut files = cases[dice.below(cases.len())].clone();
        match whole_cases {
            true => mutate(&mut files, &mut dice),
            false => {
                for _ in 0..=dice.below(4) {
                    for bytes in files.values_mut() {
                        change(bytes, &mut dice);
                    }
                }
            }
        }
        run(&files);
        count += 1;
    }
    if seconds.is_some() {
        println!("{name}: {count} changed inputs");
    }
}

/// Imports a tree, and reads back what would be written of it: a record is the same after
/// the way through a file. How many items came, or why none did.
fn import(format: &ImportFormat, tree: &Tree, folder: &Path) -> Result<usize, String> {
    let mut lines = String::new();
    let mut digests = Vec::new();
    let mut count = 0;
    let found = format.import(tree, &ImportOptions::default(), &mut |_, item| {
        count += 1;
        if let Item::Document(record) = item {
            lines += &record.to_json();
            lines.push('\n');
            digests.push((record.digest(), record));
        }
        Ok(())
    });
    let file = folder.join("written.jsonl");
    fs::write(&file, lines).unwrap();
    let corpus = corpus::open(file.to_str().unwrap()).unwrap();
    let records = corpus
        .records()
        .unwrap()
        .map(|source| source.unwrap().parse().unwrap());
    let mut read = 0;
    for (record, (digest, written)) in records.zip(&digests) {
        assert_eq!(record.digest(), *digest, "{written:#?}\n{record:#?}");
        read += 1;
    }
    assert_eq!(read, digests.len());
    match found {
        Ok(_) => Ok(count),
        Err(error) => {
            let text = error.to_string();
            assert!(text.len() > 10, "an error that says nothing: {text:?}");
            Err(text)
        }
    }
}

/// As many formats at a time as there are cores: each has its minute.
#[test]
fn formats() {
    let next = AtomicUsize::new(0);
    let work = || {
        let number = || next.fetch_add(1, Ordering::Relaxed);
        while let Some(format) = FORMATS.get(number()) {
            // its seed would be a file of a feature
            if format.name != "parquet" {
                fuzz_format(format);
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, NonZero::get) {
            scope.spawn(work);
        }
    });
}

fn fuzz_format(format: &ImportFormat) {
    let name = format!("formats/{}", format.name);
    let first = files(&seeds(&name).join("first"));
    let folder = tempfile::tempdir().unwrap();
    write(&first, folder.path());
    let tree = Tree::open(folder.path(), LIMITS).unwrap();
    assert_eq!(ImportFormat::of(&tree).map(|it| it.name), Some(format.name));
    let out = tempfile::tempdir().unwrap();
    let count = import(format, &tree, out.path());
    assert!(
        count.as_ref().is_ok_and(|count| *count > 0),
        "{name}: {count:?}"
    );

    fuzz(&name, true, |files| {
        let folder = tempfile::tempdir().unwrap();
        write(files, folder.path());
        let tree = Tree::open(folder.path(), LIMITS).unwrap();
        let _ = ImportFormat::of(&tree);
        let _ = import(format, &tree, out.path());
    });
}

#[test]
fn archives() {
    fuzz("archives", false, |files| {
        let (folder, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        write(files, folder.path());
        for name in files.keys() {
            if let Ok(tree) = Tree::open(&folder.path().join(name), LIMITS)
                && let Some(format) = ImportFormat::of(&tree)
            {
                let _ = import(format, &tree, out.path());
            }
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), files.len());
    });
}

#[test]
fn lines() {
    fuzz("lines", false, |files| {
        let folder = tempfile::tempdir().unwrap();
        write(files, folder.path());
        for name in files.keys() {
            let corpus =
                corpus::open(folder.path().join(name).to_str().unwrap()).unwrap();
            for source in corpus.records().unwrap() {
                let Ok(record) = source.and_then(corpus::Source::parse) else {
                    break;
                };
                let starts = &record.documents;
                assert!(starts.is_sorted());
                assert!(starts.iter().all(|&at| record.text.is_char_boundary(at)));
                let _ = (
                    record.to_json(),
                    record.digest(),
                    record.boilerplate_lines(),
                );
            }
        }
    });
}

/// A lock is read like any other file, and its library opened.
#[test]
fn locks() {
    let lock = CorpusLock {
        format: "records".to_owned(),
        source: "x".to_owned(),
        epitome: "0.1.0".to_owned(),
        splits: std::iter::empty().collect(),
    };
    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join("x");
    fs::create_dir(&own).unwrap();
    lock.write(&own).unwrap();
    let text = fs::read(own.join(corpus::LOCK)).unwrap();
    for seed in 0..FEW {
        let mut bytes = text.clone();
        change(&mut bytes, &mut Dice::new(seed));
        fs::write(own.join(corpus::LOCK), bytes).unwrap();
        let shelf = CorpusOpener {
            library: Library::at(folder.path()),
            ..CorpusOpener::default()
        };
        let _ = shelf.open("x");
    }
}

#[test]
fn texts() {
    let registry = Registry::standard();
    let lead = registry.summariser(&"lead".parse().unwrap()).unwrap().value;
    fuzz("text", false, |files| {
        let bytes: Vec<u8> = files.values().flatten().copied().collect();
        let text = String::from_utf8_lossy(&bytes);
        let found = Language::detect(&text);
        let at = bytes.len() % LANGUAGES.len();
        let other: Language = LANGUAGES[at].code.parse().unwrap();
        for language in [found, other] {
            for segmenter in [Segmenter::Own, Segmenter::Uax29, Segmenter::Lines] {
                let title = text.lines().next().unwrap_or_default();
                let source = Source {
                    id: "x",
                    title,
                    text: &text,
                    language,
                    segmenter,
                    line_ends: LineEnds::Auto,
                };
                let document =
                    Analyser::new(AnalysisNeeds { tags: true }).analyse(source);
                let full = document.full_text();
                let mut end = document.body_start();
                for sentence in document.sentences() {
                    assert!(sentence.span.start >= end, "{sentence:?}");
                    assert!(full.is_char_boundary(sentence.span.start as usize));
                    assert!(full.is_char_boundary(sentence.span.end as usize));
                    end = sentence.span.end;
                    for token in document.tokens_of(sentence) {
                        let inside = token.span.start >= sentence.span.start
                            && token.span.end <= sentence.span.end;
                        assert!(inside && !token.span.of(full).is_empty(), "{token:?}");
                    }
                }
                let selection = lead.summarise(&document, Budget::Sentences(3));
                assert_eq!(selection.broken_rule(&document, Budget::Sentences(3)), None);
            }
        }
    });
}

#[test]
fn specs() {
    fuzz("spec", false, |files| {
        for line in files
            .values()
            .flat_map(|bytes| bytes.split(|&byte| byte == b'\n'))
        {
            let Ok(spec) = String::from_utf8_lossy(line).parse::<Spec>() else {
                continue;
            };
            let again: Spec = spec.to_string().parse().unwrap();
            assert_eq!(again.to_string(), spec.to_string());
            let registry = Registry::standard();
            let _ = (
                registry.summariser(&spec).is_ok(),
                registry.metric(&spec).is_ok(),
            );
        }
    });
}

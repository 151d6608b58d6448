//! Every importer on a slice of its corpus in the original format, against the records
//! that were made of the same files elsewhere.

use std::{collections::BTreeMap, env, fs, num::NonZero, path::PathBuf};

use epitome::{
    corpus::{
        self, CorpusLock, CorpusManifest, CorpusOpener, Library, Record,
        import::{ImportFormat, ImportLimits, ImportOptions, Tree},
    },
    run::Progress,
    survey::{Survey, survey},
};
use tempfile::TempDir;

use super::shared;

type Case = (
    &'static str,
    &'static str,
    u64,
    Option<(&'static str, usize)>,
);

/// Format, its files below `raw_formats`, how many records, and the canonical file of the
/// corpus with how many of the records are in it.
const CASES: &[Case] = &[
    ("inspec", "inspec/Test", 6, Some(("inspec/test.jsonl", 6))),
    ("semeval2010", "semeval2010", 3, None),
    (
        "brat",
        "semeval2017/test",
        5,
        Some(("semeval2017/test.jsonl", 5)),
    ),
    (
        "liaad",
        "liaad_zip/WikiNews.zip",
        100,
        Some(("wikinews_fr/all.jsonl", 100)),
    ),
    (
        "liaad",
        "liaad_zip/110-PT-BN-KP.zip",
        110,
        Some(("pt110/all.jsonl", 110)),
    ),
    (
        "liaad",
        "liaad_zip/wiki20.zip",
        20,
        Some(("wiki20/all.jsonl", 20)),
    ),
    (
        "kpcrowd",
        "kpcrowd500/test",
        4,
        Some(("kpcrowd500/test.jsonl", 4)),
    ),
    ("nus", "nus", 3, None),
    ("taln", "taln_archives", 0, None),
    ("see", "rouge_sl2003", 200, None),
    (
        "opinosis",
        "opinosis/OpinosisDataset1.0_0.zip",
        51,
        Some(("opinosis/all.jsonl", 51)),
    ),
    (
        "fewsum",
        "fewsum/amazon",
        12,
        Some(("fewsum_amazon/val.jsonl", 12)),
    ),
    ("fewsum", "fewsum/yelp", 0, None),
    ("temario", "temario", 5, Some(("temario/all.jsonl", 5))),
    ("cstnews", "cstnews", 2, None),
    ("klexikon", "klexikon", 4, None),
    ("vietnamese-mds", "vietnamese_mds", 3, None),
    ("scisummnet", "scisummnet", 3, None),
    // two meetings and their twelve specific queries
    ("qmsum", "qmsum", 14, None),
    // 1,190 questions in six languages
    ("squad", "xquad", 7_140, None),
    (
        "legal-plain",
        "legal_plain",
        20,
        Some(("legal_plain/all.jsonl", 20)),
    ),
    ("summeval", "summeval", 10, None),
    ("basse", "basse", 0, None),
    ("realsumm", "realsumm", 20, None),
    ("multi-summeval", "multi_summeval", 4, None),
    (
        "scitldr",
        "scitldr_a",
        20,
        Some(("scitldr_a/test.jsonl", 20)),
    ),
    ("dialogsum", "dialogsum", 20, None),
    (
        "table",
        "cnndm1000",
        20,
        Some(("cnndm1000/validation.jsonl", 20)),
    ),
    ("parallel-folders", "bbc_news_summary", 12, None),
];

fn raw(path: &str) -> PathBuf {
    let folder = env::var_os("EPITOME_SHARED").unwrap_or_else(|| "../shared".into());
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join(folder)
        .join("raw_formats")
        .join(path)
}

/// The records of an import, by id, through the library and back.
fn imported(
    folder: &TempDir,
    path: &str,
) -> (&'static str, u64, BTreeMap<String, Record>) {
    let tree = Tree::open(&raw(path), ImportLimits::STANDARD).unwrap();
    let format =
        ImportFormat::of(&tree).unwrap_or_else(|| panic!("{path}: no format fits"));
    let library = Library::at(folder.path());
    let name = "corpus";
    let (findings, lock) = library
        .add(name, &tree, format, &ImportOptions::default())
        .unwrap();
    let shelf = CorpusOpener {
        library,
        ..CorpusOpener::default()
    };
    let mut records = BTreeMap::new();
    for split in lock
        .splits
        .keys()
        .filter(|split| !split.starts_with("judgements"))
    {
        let corpus = shelf.open(&format!("{name}:{split}")).unwrap();
        corpus.digest().unwrap();
        for source in corpus.records().unwrap() {
            let record = source.unwrap().parse().unwrap();
            records.insert(record.id.clone(), record);
        }
    }
    (format.name, findings.total().records, records)
}

#[test]
fn every_format_is_recognised_and_read() {
    if shared("README.md").is_none() {
        return;
    }
    for &(format, path, wanted, canonical) in CASES {
        let folder = TempDir::new().unwrap();
        let (found, count, records) = imported(&folder, path);
        assert_eq!(found, format, "{path}");
        assert!(
            count > 0 && (wanted == 0 || count == wanted),
            "{path}: {count} records"
        );
        let Some((file, wanted)) = canonical else {
            continue;
        };
        let text = shared(&format!("corpora/{file}")).unwrap();
        let mut compared = 0;
        for line in text.lines() {
            let other: serde_json::Value = serde_json::from_str(line).unwrap();
            let Some(record) = records.get(other["id"].as_str().unwrap()) else {
                continue;
            };
            compared += 1;
            let same = |what: &str, ours: &[String]| {
                let theirs = other[what].as_array().unwrap();
                let theirs: Vec<&str> = theirs
                    .iter()
                    .map(|text| text.as_str().unwrap().trim())
                    .collect();
                assert_eq!(ours, theirs, "{path}: {}: {what}", record.id);
            };
            let text = other["text"].as_str().unwrap().trim();
            assert_eq!(plain(&record.text), plain(text), "{path}: {}", record.id);
            same("summaries", &record.summaries);
            same("keyphrases", &record.keyphrases);
        }
        assert_eq!(compared, wanted, "{path}");
    }
}

/// Clusters are joined with blank lines here and with line ends there.
fn plain(text: &str) -> String {
    text.replace("\r\n", "\n")
        .replace("\n\n", "\n")
        .trim()
        .to_owned()
}

/// Splits that are there in full, in their own format.
const WHOLE: [(&str, &str); 6] = [
    ("wikinews-fr", "liaad_zip/WikiNews.zip"),
    ("pt110", "liaad_zip/110-PT-BN-KP.zip"),
    ("wiki20", "liaad_zip/wiki20.zip"),
    ("opinosis", "opinosis/OpinosisDataset1.0_0.zip"),
    ("fewsum-amazon", "fewsum/amazon"),
    ("rouge-sl2003", "rouge_sl2003"),
];

/// Splits that are there in full as our records, equal to what the importers make of the
/// slices in their own formats; an importer gives them in the order of paths, but lines in
/// their own.
const CANONICAL: [(&str, &str, &str); 12] = [
    ("inspec", "train", "inspec/train"),
    ("inspec", "dev", "inspec/dev"),
    ("inspec", "test", "inspec/test"),
    ("semeval2017", "train", "semeval2017/train"),
    ("semeval2017", "dev", "semeval2017/dev"),
    ("semeval2017", "test", "semeval2017/test"),
    ("kpcrowd500", "dev", "kpcrowd500/dev"),
    ("kpcrowd500", "test", "kpcrowd500/test"),
    ("temario", "all", "temario/all"),
    ("legal-plain", "all", "legal_plain/all"),
    ("scitldr-a", "test", "scitldr_a/test"),
    ("summa10", "all", "summa10/all"),
];

/// Adds what is at `path` to a library of its own.
fn added(name: &str, path: &std::path::Path, options: &ImportOptions) -> CorpusLock {
    let folder = TempDir::new().unwrap();
    let tree = Tree::open(path, ImportLimits::STANDARD).unwrap();
    let format = ImportFormat::of(&tree).unwrap();
    Library::at(folder.path())
        .add(name, &tree, format, options)
        .unwrap()
        .1
}

fn is_as_published(name: &str, lock: &CorpusLock) {
    let manifest = CorpusManifest::named(name).unwrap();
    for (split, locked) in &lock.splits {
        let known = manifest
            .splits
            .get(split)
            .unwrap_or_else(|| panic!("{name}:{split}"));
        assert!(known.content.is_some(), "{name}:{split}");
        assert_eq!(known.difference(locked), None, "{name}:{split}: {locked:?}");
    }
}

#[test]
fn whole_splits_have_the_counts_and_contents_of_their_manifests() {
    if shared("README.md").is_none() {
        return;
    }
    for (name, path) in WHOLE {
        is_as_published(name, &added(name, &raw(path), &ImportOptions::default()));
    }
    let folder = TempDir::new().unwrap();
    for (name, split, file) in CANONICAL {
        let text = shared(&format!("corpora/{file}.jsonl")).unwrap();
        let mut lines: Vec<&str> = text.lines().collect();
        if name != "scitldr-a" {
            let path = |line: &str| {
                let record: serde_json::Value = serde_json::from_str(line).unwrap();
                format!("{}.", record["id"].as_str().unwrap())
            };
            lines.sort_by_cached_key(|line| path(line));
        }
        let path = folder.path().join("records.jsonl");
        fs::write(&path, lines.join("\n")).unwrap();
        let options = ImportOptions {
            split: Some(split.to_owned()),
            ..ImportOptions::default()
        };
        let tree = Tree::open(&path, ImportLimits::STANDARD).unwrap();
        let format = ImportFormat::named("records").unwrap();
        let library = Library::at(folder.path().join("library"));
        let (_, lock) = library.add(name, &tree, format, &options).unwrap();
        is_as_published(name, &lock);
    }
}

struct Quiet;

impl Progress for Quiet {
    fn advance(&mut self, _: u64) {}
}

fn surveyed(files: &[PathBuf]) -> Survey {
    let open = |file: &PathBuf| corpus::open(file.to_str().unwrap()).unwrap();
    let jobs = NonZero::new(2).unwrap();
    survey(
        &files.iter().map(open).collect::<Vec<_>>(),
        jobs,
        &mut Quiet,
    )
    .unwrap()
}

#[test]
fn texts_that_are_known_to_be_repeated_are_found() {
    if shared("README.md").is_none() {
        return;
    }
    let file = |name: &str| raw("../corpora").join(format!("{name}.jsonl"));
    let found = surveyed(&[file("kpcrowd500/dev"), file("kpcrowd500/test")]);
    let pairs: Vec<(&str, &str)> = found
        .repeats
        .iter()
        .map(|it| (it.document.as_str(), it.first_document.as_str()))
        .collect();
    assert_eq!(pairs, [("tech-20891485", "business-20891485")]);

    let files = ["semeval2017/train", "semeval2017/dev", "semeval2017/test"].map(file);
    let found = surveyed(&files);
    assert_eq!(found.repeats.len(), 5);
    for repeat in &found.repeats {
        assert_eq!(repeat.document, repeat.first_document);
        assert_eq!(
            [&*repeat.first_corpus, &*repeat.corpus],
            ["semeval2017-train", "semeval2017-test"]
        );
    }

    // the trial papers of SemEval-2010, of which train has all: here as a part of it, with
    // other line ends
    let trial = fs::read_to_string(file("semeval2010/trial")).unwrap();
    let folder = TempDir::new().unwrap();
    let train = folder.path().join("train.jsonl");
    let joined: String = trial
        .lines()
        .map(|line| line.replace("\\n", "  ") + "\n")
        .collect();
    fs::write(&train, joined).unwrap();
    let found = surveyed(&[train, file("semeval2010/trial")]);
    assert_eq!(found.repeats.len(), 40);

    // three stories of CNN that were updated, by all pairs compared in full: 0.81, 0.70, 0.70
    let found = surveyed(&[file("cnndm1000/validation")]);
    for (update, first) in [
        ("429072b8", "2bb29e5d"),
        ("12737f49", "b3d8c848"),
        ("a3f31379", "a1bc1f5f"),
    ] {
        let named = found
            .repeats
            .iter()
            .find(|it| it.document.starts_with(update));
        let named = named.unwrap_or_else(|| panic!("{update} is like {first}"));
        assert!(named.first_document.starts_with(first), "{named:?}");
        assert!(named.likeness > 0.5 && named.likeness < 1.0, "{named:?}");
    }
    assert!(found.repeats.len() < 20);

    // people under ROUGE-1 agree, and the oracle is above them and above the lead
    let found = surveyed(&[file("fewsum_amazon/test")]);
    let mean = |name: &str| {
        let all = &found.profiles[0].measured;
        let found = all.iter().find(|it| it.meaning.name == name).unwrap();
        found.spread.mean().unwrap()
    };
    assert!(mean("lead-rouge-1") < mean("human-rouge-1"));
    assert!(mean("human-rouge-1") < mean("oracle-rouge-1"));
}

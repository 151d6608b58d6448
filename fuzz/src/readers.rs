//! Corpora in files: records, tables, pages and archives.

use epitome::{
    corpus::{self, Corpus, Record, Source, TextFormat, perturbation::TRACKS},
    spec::{Spec, build},
};

use crate::{choose, file, says_something};

/// How many records of an input are read: all that a small file can have.
const MOST_RECORDS: usize = 200;

/// Reads JSON Lines or one document of JSON.
pub fn records(data: &[u8]) {
    read_as(&["data.jsonl", "data.json"], data);
}

/// Reads a table: comma-separated or tab-separated.
pub fn tables(data: &[u8]) {
    read_as(&["data.csv", "data.tsv", "data.tab", "data.txt"], data);
}

/// Reads a text with marks, as a text alone and as a corpus of one document.
pub fn pages(data: &[u8]) {
    let names = [
        "data.html",
        "data.md",
        "data.srt",
        "data.vtt",
        "data.txt",
        "data",
    ];
    let Some((name, content)) = choose(&names, data) else {
        return;
    };
    let text = String::from_utf8_lossy(content).into_owned();
    let format = TextFormat::of(name, &text);
    if let Err(error) = format.plain(text) {
        says_something(&error);
    }
    read_as(&names, data);
}

/// Reads an archive or a packed file as a corpus.
pub fn archives(data: &[u8]) {
    let names = [
        "data.zip",
        "data.tar",
        "data.tar.gz",
        "data.jsonl.gz",
        "data.jsonl.zst",
        "data.csv.gz",
    ];
    read_as(&names, data);
    crate::imports::archive(&names, data);
}

/// Reads a file of the name that the first byte chooses.
fn read_as(names: &[&str], data: &[u8]) {
    let Some((name, content)) = choose(names, data) else {
        return;
    };
    let path = file(name, content);
    match corpus::open(path.to_str().expect("a plain path")) {
        Ok(corpus) => check_records(corpus.as_ref()),
        Err(error) => says_something(&error),
    }
}

/// Checks every record of a corpus, and that it is the same after the way through a file.
pub fn check_records(corpus: &dyn Corpus) {
    let mut written = String::new();
    let digests = each_record(corpus, |record| {
        check_record(&record);
        written += &record.to_json();
        written.push('\n');
        digest(&record)
    });
    if digests.is_empty() {
        return;
    }

    let path = file("written.jsonl", written.as_bytes());
    let corpus = corpus::open(path.to_str().expect("a plain path"));
    let read = each_record(corpus.expect("what we write").as_ref(), |record| {
        digest(&record)
    });
    assert_eq!(read, digests, "{written}");
}

/// Calls `take` with each record until one is refused, and returns what it returned.
pub fn each_record<T>(corpus: &dyn Corpus, take: impl FnMut(Record) -> T) -> Vec<T> {
    let parsed = corpus.records().map(|sources| {
        let records = sources.map(|source| source.and_then(Source::parse));
        let sound = records.take(MOST_RECORDS).map_while(|record| match record {
            Ok(record) => Some(record),
            Err(error) => {
                says_something(&error);
                None
            }
        });
        sound.map(take).collect()
    });
    parsed.unwrap_or_else(|error| {
        says_something(&error);
        Vec::new()
    })
}

fn digest(record: &Record) -> String {
    record.digest().to_hex().to_string()
}

/// Checks the positions in a record.
pub fn check_record(record: &Record) {
    let is_boundary = |&at: &usize| record.text.is_char_boundary(at);
    assert!(record.documents.is_sorted(), "{record:?}");
    assert!(record.documents.iter().all(is_boundary), "{record:?}");
    for passage in &record.evidence {
        let ends = [passage.start, passage.end];
        assert!(
            ends.is_sorted() && ends.iter().all(is_boundary),
            "{record:?}"
        );
    }
    let _ = record.boilerplate_lines();
}

/// Changes a document as every perturbation does, and reads it as a part of a corpus.
///
/// The first byte chooses the perturbation; the rest is a line with its arguments, and the
/// text.
pub fn perturbations(data: &[u8]) {
    let Some((track, rest)) = choose(TRACKS, data) else {
        return;
    };
    let rest = String::from_utf8_lossy(rest);
    let (arguments, text) = rest.split_once('\n').unwrap_or(("", &rest));
    let Ok(spec) = format!("{}({arguments})", track.name).parse::<Spec>() else {
        return;
    };
    let perturbation = match build("perturbation", TRACKS, &spec) {
        Ok(built) => built.value,
        Err(error) => return says_something(&error),
    };

    let mut record = Record {
        id: "d".to_owned(),
        text: text.to_owned(),
        ..Record::default()
    };
    perturbation.change(&mut record);
    check_record(&record);
    let mut again = Record {
        id: "d".to_owned(),
        text: text.to_owned(),
        ..Record::default()
    };
    perturbation.change(&mut again);
    assert_eq!(
        record.text, again.text,
        "{spec} changes one text in two ways"
    );
}

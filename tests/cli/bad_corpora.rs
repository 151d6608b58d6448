//! Corpora that are broken or hostile: a clear line of error or a counted warning, and
//! nothing written but below the library.

use std::{
    collections::BTreeSet,
    io::{Cursor, Write as _},
    path::Path,
};

use crate::story::{Story, epitome};

fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

const STORY: &[u8] = b"The river rose.\n\n@highlight\n\nA flood\n";

/// Every file below a folder.
fn listed(folder: &Path) -> BTreeSet<String> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_type().is_file());
    files.map(|file| file.path().display().to_string()).collect()
}

fn refusal(story: &Story, arguments: &str) -> String {
    let outcome = story.does(arguments);
    assert_eq!(outcome.code, 2, "{}{}", outcome.stdout, outcome.stderr);
    assert!(outcome.stderr.starts_with("error: "), "{}", outcome.stderr);
    outcome.stderr
}

#[test]
fn paths_that_leave_an_archive_write_nothing_outside_of_the_library() {
    let hostile = zipped(&[
        ("../out.story", STORY),
        ("/tmp/out.story", STORY),
        ("a/../../out.story", STORY),
        ("..\\out.story", STORY),
        ("good.story", STORY),
    ]);
    let story = epitome().file("in/hostile.zip", hostile);
    let before = listed(&story.path("."));
    let outcome = story.does("corpus add x in/hostile.zip").succeeds();
    assert!(outcome.stdout.contains("all: 1 records"), "{}", outcome.stdout);
    let outcome = outcome.says("../out.story: the path leaves the archive");
    assert!(outcome.stderr.contains("4 warnings in all"), "{}", outcome.stderr);
    let written: Vec<String> =
        listed(&story.path(".")).difference(&before).cloned().collect();
    assert!(written.iter().all(|path| path.contains("/corpora/x/")), "{written:?}");
    assert!(!story.path("../out.story").exists());
}

#[test]
fn names_of_splits_corpora_and_runs_never_leave_their_folder() {
    let line = r#"{"id":"a","text":"The river rose.","summary":"A flood."}"#;
    let story = epitome().file("in/d.jsonl", line).file("d.jsonl", line);
    let before = listed(&story.path("."));
    for name in ["../left-its-folder", "..", ".", "", "a/b", "a\nb", "/x"] {
        for arguments in [
            vec!["corpus", "add", name, "in"],
            vec!["corpus", "add", "x", "in", "--split", name],
            vec!["corpus", "show", name],
            vec!["corpus", "verify", name],
            vec!["plugin", "new", "--language", "shell", name],
            vec!["run", "--corpus", "d.jsonl", "--system", "lead", "--name", name],
            vec!["judge", "d.jsonl", "--metric", "rouge-1", "--name", name],
        ] {
            let outcome = story.does_words(&arguments);
            assert_eq!(outcome.code, 2, "{arguments:?}: {}", outcome.stderr);
            let (_, said) = outcome.stderr.split_once("error: ").unwrap();
            assert!(said.contains(" names no "), "{arguments:?}: {said}");
        }
    }
    assert_eq!(listed(&story.path(".")), before);
    assert!(
        !story.path("../left-its-folder").exists()
            && !story.path("../left-its-folder.jsonl").exists()
    );
}

#[test]
fn archives_and_xml_that_are_cut_are_refused_by_name() {
    let zip = zipped(&[("a.story", STORY), ("b.story", &STORY.repeat(50))]);
    let xml = "<conference>\n<article id=\"1\"><resume>Les fleuves montent.</resume>";
    let story = epitome()
        .file("cut.zip", &zip[..zip.len() - 30])
        .file("cut.tar.gz", b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03abc")
        .file("cut.xml", format!("{xml}<mots_cles>fleuve</mots_cles>"))
        .file("bad.xml", "<conference>é<article></conference>");
    assert!(
        refusal(&story, "corpus add x cut.zip").contains("not a readable zip archive")
    );
    let packed = refusal(&story, "corpus add x cut.tar.gz");
    assert!(packed.contains("cut.tar.gz: not a readable packed archive"), "{packed}");
    let cut = refusal(&story, "corpus add x cut.xml");
    assert!(
        cut.contains("cut.xml: line 2: broken XML: the file ends inside an element"),
        "{cut}"
    );
    assert!(
        refusal(&story, "corpus add x bad.xml").contains("bad.xml: line 1: broken XML")
    );
    let left: Vec<String> = listed(&story.path("."))
        .into_iter()
        .filter(|path| path.contains("/corpora/"))
        .collect();
    assert!(left.iter().all(|path| path.contains(".jsonl.part")), "{left:?}");
}

#[test]
fn encodings_and_line_ends_are_told_apart() {
    let wide: Vec<u8> = "\u{feff}article,highlights\nFluß é,x\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let story = epitome()
        .file("wide/test.csv", wide)
        .file("old/test.csv", b"article,highlights\r\n\"Flu\xdf \xe9.\rNext.\",x\r\n")
        .file("marked/test.csv", "\u{feff}article,highlights\nFluß é,x\n")
        .file(
            "lines/test.jsonl",
            "\u{feff}{\"article\":\"Fluß é\",\"highlights\":\"x\"}\r\n",
        );
    for name in ["wide", "old", "marked", "lines"] {
        story.does(&format!("corpus add {name} {name}")).succeeds();
        let path = story.path(&format!("corpora/{name}/test.jsonl"));
        let written = std::fs::read_to_string(path).unwrap();
        assert!(written.contains("\"text\":\"Fluß é"), "{name}: {written}");
        assert!(!written.contains("\\r"), "{name}: {written}");
    }
}

#[cfg(unix)]
#[test]
fn links_that_lead_back_are_passed_over_or_refused() {
    let story = epitome().file("raw/a.story", STORY).file("texts/a.txt", "One.");
    for folder in ["raw", "texts"] {
        let link = story.path(folder).join("loop");
        std::os::unix::fs::symlink(story.path(folder), link).unwrap();
    }
    let outcome = story.does("corpus add x raw").succeeds();
    assert!(outcome.stdout.contains("all: 1 records"), "{}", outcome.stdout);
    outcome.says("1 warnings in all");
    assert!(refusal(&story, "run --corpus texts").contains("the link leads back to"));
}

#[test]
fn thousands_of_tiny_files_are_read() {
    let mut story = epitome();
    for number in 0..3_000 {
        story = story.file(&format!("raw/test/{number}.story"), STORY);
    }
    let outcome = story.does("corpus add x raw").succeeds();
    assert!(
        outcome.stdout.contains("test: 3000 records, 3000 summaries"),
        "{}",
        outcome.stdout
    );
}

#[test]
fn keys_of_unknown_documents_are_counted_line_by_line() {
    let story = epitome()
        .file("raw/docsutf8/1.txt", "Rivers rise.")
        .file("raw/keys/1.key", "rivers\n")
        .file("raw/keys/2.key", "x\n")
        .file("raw/keys/3.key", "x\n")
        .file("raw/lan.txt", "en")
        .file("ake/test/7.xml", "<sentences><sentence><token><word>Rivers</word><POS>NNS</POS></token></sentence></sentences>")
        .file("ake/references/test.uncontr.json", r#"{"7":[["rivers"]],"8":[["x"]]}"#);
    let outcome = story.does("corpus add x raw").succeeds();
    let outcome = outcome.says("keys/2.key: keys for a document that is not there");
    assert!(outcome.stderr.contains("2 warnings in all"), "{}", outcome.stderr);
    let outcome = story.does("corpus add y ake").succeeds();
    assert!(outcome.stdout.contains("read as core-nlp"), "{}", outcome.stdout);
    outcome.says("1 references in JSON are of no document here");
    // words and parts of speech go with it, and systems are given them
    let run = "run --corpus y:test --system text-rank(tagger=pretagged) --metric keyphrase-f1@5 --quiet";
    story.does(run).succeeds();
    let scores = story.result("scores.csv");
    assert!(scores.lines().nth(1).unwrap().ends_with(",ok"), "{scores}");
}

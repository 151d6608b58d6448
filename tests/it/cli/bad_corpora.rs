//! Corpora that are broken or hostile: a clear line of error or a counted warning, and
//! nothing written but below the library.

use std::{
    collections::BTreeSet,
    io::{Cursor, Write as _},
    path::{Path, PathBuf},
};

use super::story::{Story, TWO_STORIES, epitome};

fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer
            .start_file(*name, zip::write::SimpleFileOptions::default())
            .unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

const STORY: &[u8] = b"The river rose.\n\n@highlight\n\nA flood\n";

/// Every file below a folder.
fn listed(folder: &Path) -> BTreeSet<String> {
    let entries = walkdir::WalkDir::new(folder)
        .into_iter()
        .map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_type().is_file());
    files
        .map(|file| file.path().display().to_string())
        .collect()
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
    assert!(
        outcome.stdout.contains("all: 1 records"),
        "{}",
        outcome.stdout
    );
    let outcome = outcome.says("../out.story: the path leaves the archive");
    assert!(
        outcome.stderr.contains("4 warnings in all"),
        "{}",
        outcome.stderr
    );
    let written: Vec<String> = listed(&story.path("."))
        .difference(&before)
        .cloned()
        .collect();
    assert!(
        written.iter().all(|path| path.contains("/corpora/x/")),
        "{written:?}"
    );
    assert!(!story.path("../out.story").exists());
}

#[test]
fn names_of_splits_corpora_and_runs_never_leave_their_folder() {
    let line = r#"{"id":"a","text":"The river rose.","summary":"A flood."}"#;
    let mut story = epitome().file("in/d.jsonl", line).file("d.jsonl", line);
    let work = "--system lead --metric rouge-1";
    let rows = story
        .reads(line, &format!("worker {work}"))
        .succeeds()
        .stdout;
    story = story.file("rows", rows);
    let names = ["../left-its-folder", "..", ".", "", "a/b", "a\nb", "/x"];
    for (at, name) in names.iter().enumerate() {
        let sweep =
            "systems = ['lead', 'text-rank(damping=0.1|0.85)']\nmetrics = ['rouge-1']\n";
        let toml = format!("name = {name:?}\n{sweep}[corpora]\nd = 'd.jsonl'\n[tune]\n");
        story = story.file(&format!("{at}.toml"), toml);
    }
    let before = listed(&story.path("."));
    for (at, name) in names.into_iter().enumerate() {
        let file = &*format!("{at}.toml");
        for arguments in [
            vec!["corpus", "add", name, "in"],
            vec!["corpus", "add", "x", "in", "--split", name],
            vec!["corpus", "show", name],
            vec!["corpus", "verify", name],
            vec!["plugin", "new", "--language", "shell", name],
            vec![
                "run", "--corpus", "d.jsonl", "--system", "lead", "--name", name,
            ],
            vec!["judge", "d.jsonl", "--metric", "rouge-1", "--name", name],
            vec![
                "bench", "--corpus", "d.jsonl", "--system", "lead", "--name", name,
            ],
            vec![
                "aggregate",
                "rows",
                "--corpus",
                "d.jsonl",
                "--system",
                "lead",
                "--metric",
                "rouge-1",
                "--name",
                name,
            ],
            vec!["run", file],
            vec!["tune", file],
            vec!["bench", file],
            vec!["aggregate", "rows", "--experiment", file],
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
    assert!(
        packed.contains("cut.tar.gz: not a readable packed archive"),
        "{packed}"
    );
    let cut = refusal(&story, "corpus add x cut.xml");
    assert!(
        cut.contains("cut.xml: line 2: broken XML: the file ends inside an element"),
        "{cut}"
    );
    assert!(
        refusal(&story, "corpus add x bad.xml").contains("bad.xml: line 1: broken XML")
    );
    // what was imported before is kept by an import that fails
    let good = r#"{"text":"Rivers rise.","summary":"They rise."}"#;
    let story = story.file("good/train.jsonl", good);
    story.does("corpus add x good").succeeds();
    for file in ["cut.xml", "cut.zip", "cut.tar.gz"] {
        refusal(&story, &format!("corpus add x {file} --replace"));
        refusal(&story, &format!("corpus add y {file}"));
    }
    let left: Vec<PathBuf> = walkdir::WalkDir::new(story.path("corpora"))
        .sort_by_file_name()
        .into_iter()
        .map(|entry| entry.unwrap().into_path())
        .collect();
    let expected = [
        "corpora",
        "corpora/x",
        "corpora/x/corpus.lock",
        "corpora/x/train.jsonl",
    ];
    assert_eq!(left, expected.map(|path| story.path(path)));
}

#[test]
fn encodings_and_line_ends_are_told_apart() {
    let wide: Vec<u8> = "\u{feff}article,highlights\nFluß é,x\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let story = epitome()
        .file("wide/test.csv", wide)
        .file(
            "old/test.csv",
            b"article,highlights\r\n\"Flu\xdf \xe9.\rNext.\",x\r\n",
        )
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
    let story = epitome()
        .file("raw/a.story", STORY)
        .file("texts/a.txt", "One.");
    for folder in ["raw", "texts"] {
        let link = story.path(folder).join("loop");
        std::os::unix::fs::symlink(story.path(folder), link).unwrap();
    }
    let outcome = story.does("corpus add x raw").succeeds();
    assert!(
        outcome.stdout.contains("all: 1 records"),
        "{}",
        outcome.stdout
    );
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
        outcome
            .stdout
            .contains("test: 3000 records, 3000 summaries"),
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
    assert!(
        outcome.stderr.contains("2 warnings in all"),
        "{}",
        outcome.stderr
    );
    let outcome = story.does("corpus add y ake").succeeds();
    assert!(
        outcome.stdout.contains("read as core-nlp"),
        "{}",
        outcome.stdout
    );
    outcome.says("1 references in JSON are of no document here");
    // words and parts of speech go with it, and systems are given them
    let run = "run --corpus y:test --system text-rank(tagger=pretagged) --metric keyphrase-f1@5 --quiet";
    story.does(run).succeeds();
    let scores = story.result("scores.csv");
    assert!(scores.lines().nth(1).unwrap().ends_with(",ok"), "{scores}");
}

#[test]
fn archives_with_a_damaged_byte_are_refused_by_name_and_place() {
    let line = |at: usize| {
        format!(
            r#"{{"id":"d{at}","text":"The river rose {at} metres.","summary":"A flood."}}"#
        ) + "\n"
    };
    let lines: String = (0..200).map(line).collect();
    let stored = zip::write::SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Stored);
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("a/test.jsonl", stored).unwrap();
    writer.write_all(lines.as_bytes()).unwrap();
    let mut zip = writer.finish().unwrap().into_inner();
    let at = zip
        .windows(11)
        .position(|bytes| bytes == b"rose 150 me")
        .unwrap();
    zip[at] = b'R';

    let mut tar = Vec::new();
    let name = b"a/test.jsonl";
    let mut header = [0_u8; 512];
    header[..name.len()].copy_from_slice(name);
    header[100..108].copy_from_slice(b"0000644\0");
    header[124..136].copy_from_slice(format!("{:011o}\0", lines.len()).as_bytes());
    header[156] = b'0';
    header[148..156].fill(b' ');
    let sum: u32 = header.iter().map(|&byte| u32::from(byte)).sum();
    header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    tar.extend_from_slice(&header);
    tar.extend_from_slice(lines.as_bytes());
    tar.resize(tar.len().next_multiple_of(512) + 1024, 0);
    let packed = |bytes: &[u8]| {
        let mut encoder =
            flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    };
    let whole = packed(&tar);
    let mut damaged = whole.clone();
    let crc = damaged.len() - 8;
    damaged[crc] ^= 1;

    let story = epitome()
        .file("whole.tar.gz", whole)
        .file("damaged.tar.gz", damaged)
        .file("damaged.zip", zip);
    story.does("corpus add whole whole.tar.gz").succeeds();
    let packed = refusal(&story, "corpus add x damaged.tar.gz");
    assert!(
        packed.contains("damaged.tar.gz: not a readable packed archive"),
        "{packed}"
    );
    let zipped = refusal(&story, "corpus add x damaged.zip");
    assert!(
        zipped.contains("damaged.zip") && zipped.contains("a/test.jsonl"),
        "{zipped}"
    );
    assert!(!story.path("corpora/x").join("test.jsonl").exists());
}

#[test]
fn ids_that_a_spreadsheet_reads_as_formulas_are_kept_and_counted() {
    let ids = ["=1+1", "+a", "-b", "@c", "fair"];
    let line = |id: &&str| {
        format!(
            r#"{{"id":"{id}","lang":"en","text":"The river rose. Boats left.","summaries":["It rose."]}}"#
        ) + "\n"
    };
    let lines: String = ids.iter().map(line).collect();
    let story = epitome()
        .file("c.jsonl", lines.clone())
        .file("in/test.jsonl", lines);
    let note = "4 ids of documents begin with `=`, `+`, `-` or `@`";
    story
        .does("run --corpus c.jsonl --system lead --metric rouge-1 --name it")
        .succeeds()
        .says(&format!("note: c: {note}"));
    for id in ids {
        assert!(
            story
                .result("scores.csv")
                .contains(&format!("c,{id},lead,"))
        );
    }
    story
        .does("corpus add kept in")
        .succeeds()
        .says(&format!("note: {note}"));
}

#[test]
fn a_broken_record_of_a_background_or_of_a_counted_part_is_refused() {
    let story = epitome()
        .file("c.jsonl", TWO_STORIES)
        .file("b.jsonl", "{\"text\":\"One.\"}\nnothing\n");
    let run = "run --corpus c.jsonl --background b.jsonl --system tf-idf --metric keyphrase-f1@5";
    story.does(run).fails(
        2,
        "b.jsonl:2: the line is not JSON: expected ident at column 2",
    );
    story
        .reads(
            "{\"id\":\"1\",\"text\":\"One.\"}\nnothing\n",
            "statistics --system tf-idf --metric keyphrase-f1@5",
        )
        .fails(
            2,
            "standard input:2: the line is not JSON: expected ident at column 2",
        );
}

/// Makes a file of this many zeros that takes no room on the disk.
fn sparse(story: &Story, path: &str, megabytes: u64) {
    let path = story.path(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    let file = std::fs::File::create(path).unwrap();
    file.set_len(megabytes << 20).unwrap();
}

#[test]
fn a_file_that_is_read_whole_has_a_limit_that_names_it() {
    let too_large = |file: &str| {
        format!(
            "{file}: it has 629145600 bytes, and a file that is read whole 64 MiB at most"
        )
    };
    for file in ["documents/b.txt", "summaries/b.txt", "keyphrases/b.key"] {
        let story = epitome()
            .file("d/documents/a.txt", "The river rose. Boats left.")
            .file("d/summaries/a.txt", "The river rose.")
            .file("d/keyphrases/a.key", "river")
            .file("d/documents/b.txt", "The river fell. Boats came.");
        let file = format!("d/{file}");
        sparse(&story, &file, 600);
        for command in [
            "run",
            "bench --samples 10 --measurement-ms 1 --warm-up-ms 1",
        ] {
            story
                .does(&format!(
                    "{command} --corpus d --system lead --metric rouge-1"
                ))
                .fails(2, &too_large(&file));
        }
    }

    let story = epitome().file("c.jsonl", TWO_STORIES);
    sparse(&story, "x.txt", 600);
    sparse(&story, "x.html", 600);
    sparse(&story, "x.toml", 600);
    sparse(&story, "x.jsonl", 600);
    for command in ["summarise", "keywords", "inspect"] {
        for file in ["x.txt", "x.html"] {
            story
                .does(&format!("{command} {file}"))
                .fails(2, &too_large(file));
        }
    }
    for command in [
        "run x.toml",
        "tune x.toml",
        "run --corpus c.jsonl --plugin x.toml",
    ] {
        let refused = refusal(&story, command);
        assert!(
            refused.contains(&too_large("x.toml")),
            "{command}: {refused}"
        );
    }
    for (command, place) in [
        ("run --corpus x.jsonl", "x.jsonl:1: the line"),
        ("score x.jsonl --metric rouge-1", "x.jsonl:1: the line"),
        ("score x.txt x.txt --metric rouge-1", "x.txt:1: the line"),
        ("judge x.jsonl --metric rouge-1", "x.jsonl:1: the line"),
        (
            "run --corpus c.jsonl --outputs mine=x.jsonl",
            "x.jsonl: line 1",
        ),
        (
            "run --corpus c.jsonl --scores mine=x.jsonl",
            "x.jsonl: line 1",
        ),
        (
            "run --corpus c.jsonl --background x.jsonl --system tf-idf",
            "x.jsonl:1: the line",
        ),
        (
            "statistics --system tf-idf --metric keyphrase-f1@5 --merge x.jsonl",
            "x.jsonl: line 1",
        ),
    ] {
        let refused = refusal(&story, command);
        let wanted = format!("{place} is longer than 64 MiB");
        assert!(refused.contains(&wanted), "{command}: {refused}");
    }
}

#[test]
fn what_never_ends_is_refused_at_the_limit() {
    let story = epitome().file("d/documents/a.txt", "The river rose. Boats left.");
    std::os::unix::fs::symlink("/dev/zero", story.path("zero.txt")).unwrap();
    let endless =
        "it has more than 67108864 bytes, and a file that is read whole 64 MiB at most";
    for command in [
        "summarise zero.txt",
        "keywords zero.txt",
        "inspect zero.txt",
    ] {
        story
            .does(command)
            .fails(2, &format!("zero.txt: {endless}"));
    }
    let refused = refusal(&story, "run zero.txt");
    assert!(refused.contains(endless), "{refused}");
}

/// One frame of Zstandard with a raw block (RFC 8878) and its checksum, which is given.
fn zst(bytes: &[u8], checksum: u32) -> Vec<u8> {
    let length = u32::try_from(bytes.len()).unwrap();
    let mut frame = vec![0x28, 0xb5, 0x2f, 0xfd, 0b1010_0100];
    frame.extend(length.to_le_bytes());
    frame.extend(&((length << 3) | 1).to_le_bytes()[..3]);
    frame.extend(bytes);
    frame.extend(checksum.to_le_bytes());
    frame
}

#[test]
fn a_corpus_of_zst_with_a_damaged_byte_is_refused_by_its_name() {
    const CHECKSUM: u32 = 0x1b20_72f9; // XXH64, its lower half
    let whole = zst(TWO_STORIES.as_bytes(), CHECKSUM);
    let mut damaged = whole.clone();
    let at = whole.windows(6).position(|it| it == b"Friday").unwrap();
    damaged[at] = b'f';
    let story = epitome()
        .file("whole.jsonl.zst", whole)
        .file("damaged.jsonl.zst", damaged);
    story
        .does("run --corpus whole.jsonl.zst --system lead --quiet")
        .succeeds();
    for command in [
        "run --corpus damaged.jsonl.zst --system lead",
        "bench --corpus damaged.jsonl.zst --system lead --samples 10",
        "corpus stats damaged.jsonl.zst",
        "run --corpus whole.jsonl.zst --background damaged.jsonl.zst --system tf-idf",
    ] {
        let refused = refusal(&story, command);
        assert!(
            refused.contains("damaged.jsonl.zst"),
            "{command}: {refused}"
        );
    }
}

#[test]
fn rows_are_not_taken_for_those_of_files_of_another_role() {
    let story = epitome()
        .file("d/documents/a.txt", "The river rose. Boats left.")
        .file("d/summaries/a.txt", "river");
    let run = "run --corpus d --system lead --system first-phrases --name r";
    story.does(run).succeeds();
    assert!(
        story
            .result("scores.csv")
            .contains(",lead,3 sentences,rouge-1,")
    );
    std::fs::rename(story.path("d/summaries"), story.path("d/keyphrases")).unwrap();
    let refused = refusal(&story, run);
    assert!(refused.contains("it holds another run"), "{refused}");
    story.does(&format!("{run} --fresh")).succeeds();
    let scores = story.result("scores.csv");
    let is_of_roles = |row: &str| match row.contains(",lead,") {
        true => row.ends_with("no reference"),
        false => row.ends_with("ok"),
    };
    assert!(scores.lines().skip(1).all(is_of_roles), "{scores}");
    assert!(scores.contains(",lead,") && scores.contains(",keyphrase-f1@5,0.5,"));
}

//! Corpora in the formats that people have: each is measured like the same records in
//! our own format, and a note says what was taken for what.

use std::{
    fs,
    io::{Cursor, Write as _},
};

use serde_json::{Value, json};

use super::story::{Outcome, Story, epitome};

const DOCUMENTS: [[&str; 3]; 2] = [
    [
        "a",
        "The mill was sold in March. Its owner grinds flour again. Nobody believed it.",
        "The mill by the weir was sold.",
    ],
    [
        "b",
        "Snow closed the pass, and a bus was stuck. Two farmers pulled it free.",
        "A bus was stuck in snow on the pass.",
    ],
];

const RUN: &str = "--system lead --sentences 1 --metric rouge-1";

/// The documents as lines of JSON under the names `text` and `summary`.
fn lines(text: &str, summary: &str) -> String {
    let line = |[id, body, reference]: [&str; 3]| {
        json!({ "id": id, text: body, summary: [reference] }).to_string() + "\n"
    };
    DOCUMENTS.map(line).concat()
}

/// The documents as a table under the names `text` and `summary`.
fn table(text: &str, summary: &str, delimiter: u8) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(delimiter)
        .from_writer(Vec::new());
    writer.write_record(["id", text, summary]).unwrap();
    for row in DOCUMENTS {
        writer.write_record(row).unwrap();
    }
    writer.into_inner().unwrap()
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut packer =
        flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

/// One frame of Zstandard with raw blocks (RFC 8878) and no checksum.
fn zst(bytes: &[u8]) -> Vec<u8> {
    let length = u32::try_from(bytes.len()).unwrap();
    let mut frame = vec![0x28, 0xb5, 0x2f, 0xfd, 0b1010_0000];
    frame.extend(length.to_le_bytes());
    frame.extend(&((length << 3) | 1).to_le_bytes()[..3]);
    frame.extend(bytes);
    frame
}

fn mean(story: &Story, run: &str) -> String {
    let board = story.path(&format!("results/{run}/leaderboard.csv"));
    let board = fs::read_to_string(board).unwrap();
    let mut rows = csv::Reader::from_reader(board.as_bytes());
    let at = rows.headers().unwrap().iter().position(|it| it == "mean");
    rows.records().next().unwrap().unwrap()[at.unwrap()].to_owned()
}

/// The mean that the documents have in our own format.
fn expected() -> String {
    let story = epitome().file("own.jsonl", lines("text", "summaries"));
    story
        .does(&format!("run --corpus own.jsonl {RUN} --name own"))
        .succeeds();
    mean(&story, "own")
}

fn run(story: &Story, corpus: &str, more: &str) -> Outcome {
    story.does(&format!(
        "run --corpus {corpus} {RUN} --name it --fresh {more}"
    ))
}

#[test]
fn every_format_is_measured_like_our_own_and_says_what_was_taken_for_what() {
    let expected = expected();
    let records: Vec<Value> = lines("text", "summaries")
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let list = Value::from(records.clone());
    let wrapped = json!({ "version": "0.1", "data": list });
    let pretty = |value: &Value| serde_json::to_string_pretty(value).unwrap();
    let objects: String = records.iter().map(pretty).collect();
    let long = lines("text", "summaries")
        .replace("\"a\"", &format!("\"{}\"", "a".repeat(100_000)));
    let columns = "text from `article`, summaries from `highlights`, id from `id`";
    let files: Vec<(&str, Vec<u8>, String)> = vec![
        (
            "hf.jsonl",
            lines("article", "highlights").into(),
            format!("JSON Lines, {columns}"),
        ),
        (
            "x.jsonl",
            lines("document", "summary").into(),
            "JSON Lines, text from `document`".into(),
        ),
        (
            "t.jsonl",
            lines("text", "summary").into(),
            "summaries from `summary`".into(),
        ),
        (
            "r.jsonl",
            lines("text", "references").into(),
            "summaries from `references`".into(),
        ),
        (
            "s.jsonl",
            lines("src", "tgt").into(),
            "text from `src`, summaries from `tgt`".into(),
        ),
        (
            "c.csv",
            table("article", "highlights", b','),
            format!("CSV, {columns}"),
        ),
        (
            "c.tsv",
            table("article", "highlights", b'\t'),
            format!("TSV, {columns}"),
        ),
        (
            "c.csv.gz",
            gz(&table("article", "highlights", b',')),
            format!("CSV, {columns}"),
        ),
        (
            "o.jsonl.gz",
            gz(lines("text", "summaries").as_bytes()),
            String::new(),
        ),
        (
            "o.jsonl.zst",
            zst(lines("text", "summaries").as_bytes()),
            String::new(),
        ),
        ("l.json", list.to_string().into(), "a list of JSON".into()),
        ("p.json", pretty(&list).into(), "a list of JSON".into()),
        (
            "w.json",
            wrapped.to_string().into(),
            "the list `data` of JSON".into(),
        ),
        (
            "wp.json",
            pretty(&wrapped).into(),
            "the list `data` of JSON".into(),
        ),
        ("o.json", objects.into(), "JSON objects".into()),
        ("long.json", long.into(), String::new()),
    ];
    for (name, bytes, note) in files {
        let story = epitome().file(name, bytes);
        let outcome = run(&story, name, "").succeeds();
        assert_eq!(mean(&story, "it"), expected, "{name}: {}", outcome.stderr);
        let noted = format!("note: {name} is read as ");
        let count = outcome.stderr.matches(&noted).count();
        assert_eq!(count, usize::from(!note.is_empty()), "{}", outcome.stderr);
        outcome.says(&note);
        let quiet = run(&story, name, "--quiet").succeeds();
        assert!(!quiet.stderr.contains("note: "), "{}", quiet.stderr);
    }
}

#[test]
fn standard_input_is_read_in_every_format() {
    let expected = expected();
    let csv = String::from_utf8(table("article", "highlights", b',')).unwrap();
    for input in [
        lines("text", "summaries"),
        lines("article", "highlights"),
        csv,
    ] {
        let story = epitome();
        let arguments = format!("run --corpus - {RUN} --name it");
        let outcome = story.reads(&input, &arguments).succeeds();
        assert_eq!(mean(&story, "it"), expected, "{}", outcome.stderr);
        // the same input is the same run
        let again = story.reads(&input, &arguments).succeeds();
        again.says("2 documents were there already");
    }
    let story = epitome();
    story
        .does(&format!("run --corpus - --corpus other=- {RUN}"))
        .fails(2, "standard input is named twice; it can be read only once");
}

#[test]
fn lines_of_a_source_and_a_target_are_pairs() {
    let source = DOCUMENTS
        .map(|[_, text, _]| text.to_owned() + "\n")
        .concat();
    let target = DOCUMENTS
        .map(|[_, _, summary]| summary.to_owned() + "\n")
        .concat();
    let story = epitome()
        .file("p/test.source", &source)
        .file("p/test.target", &target)
        .file("q/test.source", &source)
        .file("q/test.target", "One line.\n")
        .file("r/test.source", &source);
    for corpus in ["p/test.source", "p"] {
        run(&story, corpus, "")
            .succeeds()
            .says("lines, text from test.source, summaries from test.target");
        assert_eq!(mean(&story, "it"), expected());
    }
    run(&story, "q/test.source", "").fails(
        2,
        "q/test.target: it ends after line 1; q/test.source has a line 2, which needs one beside it",
    );
    run(&story, "r/test.source", "").fails(
        2,
        "r/test.source: there is no r/test.target beside it, whose lines are the references",
    );
}

#[test]
fn keyphrases_are_lists_or_text_with_semicolons() {
    let line = |keys: Value| {
        let text = "Ferry lines cross the bay. The harbour board sells a ticket.";
        json!({ "id": "a", "lang": "en", "text": text, "keywords": keys }).to_string()
    };
    let csv = "id,lang,text,keywords\na,en,Ferry lines cross the bay. The harbour board sells a ticket.,ferry lines; harbour board;\n";
    let mut means = Vec::new();
    for (name, content) in [
        (
            "list.jsonl",
            line(json!(["ferry lines", "harbour board", " "])),
        ),
        ("text.jsonl", line(json!("ferry lines; harbour board"))),
        (
            "own.jsonl",
            line(json!("ferry lines;harbour board; ")).replace("keywords", "keyphrases"),
        ),
        ("k.csv", csv.to_owned()),
    ] {
        let story = epitome().file(name, content);
        let arguments = "--system first-phrases --metric keyphrase-f1@5 --name it";
        story
            .does(&format!("run --corpus {name} {arguments}"))
            .succeeds();
        means.push(mean(&story, "it"));
    }
    assert!(means[0].parse::<f64>().unwrap() > 0.0, "{means:?}");
    assert!(means.iter().all(|it| *it == means[0]), "{means:?}");
}

#[test]
fn columns_decide_and_are_part_of_the_run() {
    let row = |[id, text, summary]: [&str; 3]| {
        json!({ "n": id, "body": text, "short": summary, "other": "A bus.", "text": "x" })
            .to_string()
            + "\n"
    };
    let story = epitome().file("c.jsonl", DOCUMENTS.map(row).concat());
    let asked = |columns: &str, more: &str| {
        story.does(&format!(
            "run --corpus c.jsonl {RUN} --columns {columns} {more}"
        ))
    };
    let outcome = asked("text=body,summaries=short,id=n", "--name it").succeeds();
    assert_eq!(mean(&story, "it"), expected());
    let scores = story.path("results/it/scores.csv");
    assert!(fs::read_to_string(scores).unwrap().contains("\nc,a,"));
    outcome.says("text from `body`, summaries from `short`, id from `n`");
    // another column is another run
    asked("text=body,summaries=short,id=n", "").succeeds();
    asked("text=body,summaries=other,id=n", "").succeeds();
    let runs = fs::read_dir(story.path("results")).unwrap().count();
    assert_eq!(runs, 3);
    // what a run stored is opened again with its columns
    asked("text=body,summaries=short,id=n", "--name it").succeeds();
    let page = story.does("report it").succeeds();
    assert!(!page.stderr.contains("no texts"), "{}", page.stderr);
    story
        .does("score --run results/it --metric rouge-2")
        .succeeds();
}

#[test]
fn a_column_that_is_not_there_is_refused_with_what_is() {
    let story = epitome()
        .file("c.csv", table("article", "highlights", b','))
        .file("c.jsonl", lines("article", "highlights"))
        .file("n.csv", "a,b\nx,y\n")
        .file("n.jsonl", "{\"a\":1,\"b\":\"y\"}\n");
    for (name, columns) in [
        ("c.csv", "id, article, highlights"),
        ("c.jsonl", "article, highlights, id"),
    ] {
        run(&story, name, "--columns text=body").fails(
            2,
            &format!("{name}: no column `body` for the text; the columns are {columns}"),
        );
    }
    run(&story, "n.csv", "")
        .fails(2, "n.csv: no column has the text; the columns are a, b")
        .says("hint: `--columns text=NAME` says which it is");
    run(&story, "n.jsonl", "")
        .fails(2, "n.jsonl:1: there is no `text`; the fields are a, b")
        .says("hint: `--columns text=NAME` says which it is");
    for (columns, problem) in [
        (
            "body=text",
            "`body` is none of id, text, title, lang, summaries, keyphrases",
        ),
        ("text", "`text` is not WHAT=COLUMN"),
    ] {
        let outcome = run(&story, "c.csv", &format!("--columns {columns}"));
        assert_eq!(outcome.code, 2);
        outcome.says(problem);
    }
    run(&story, "c.csv", "--columns text=article,text=id")
        .fails(2, "`--columns` names `text` twice");
    run(&story, "sampler", "--columns text=article").fails(
        2,
        "sampler: `--columns` names columns of a table or fields of JSON, and it has none",
    );
}

#[test]
fn what_is_broken_is_refused_with_its_place() {
    let story = epitome()
        .file("short.csv", "id,text,summary\na,\"One.\nTwo.\",o\nb,Three.\n")
        .file("mixed.jsonl", "{\"article\":\"One.\",\"summary\":\"o\"}\n{\"article\":7,\"summary\":\"o\"}\n")
        .file("cut.json", "[\n{\"text\":\"One.\",\"summary\":\"o\"},\n{\"text\":")
        .file("scalar.json", "[{\"text\":\"One.\",\"summary\":\"o\"},\n7]")
        .file("comma.json", "[{\"text\":\"One.\",\"summary\":\"o\"}\n{\"text\":\"One.\"}]")
        .file("cut.jsonl.gz", &gz(lines("text", "summaries").as_bytes())[..40])
        .file("story.txt", "One. Two.")
        .file("p.parquet", b"PAR1 and so on PAR1")
        .file("p.zip", b"PK\x03\x04 and so on")
        .file("p.pdf", b"%PDF-1.4 and so on");
    for (name, problem) in [
        (
            "short.csv",
            "short.csv:4: the row has 2 cells, not 3 as the header",
        ),
        (
            "mixed.jsonl",
            "mixed.jsonl:2: `article` is a number, not a string",
        ),
        ("cut.json", "cut.json:3: the file ends inside a record"),
        (
            "scalar.json",
            "scalar.json:2: the record is a number, not an object",
        ),
        (
            "comma.json",
            "comma.json:2: `{` follows a record of the list, not `,` or `]`",
        ),
        (
            "cut.jsonl.gz",
            "cut.jsonl.gz: the packed file is damaged: incomplete deflate stream",
        ),
        (
            "story.txt",
            "story.txt: a single text is no corpus; a folder of texts is",
        ),
        ("p.pdf", "p.pdf: it is a PDF, not a corpus"),
    ] {
        run(&story, name, "").fails(2, problem);
    }
}

#[test]
fn a_table_may_be_in_an_older_encoding() {
    let story = epitome().file(
        "old.csv",
        b"id,article,highlights\na,\"The caf\xe9 was closed. More.\",The caf\xe9 was closed\n",
    );
    run(&story, "old.csv", "").succeeds();
    assert_eq!(mean(&story, "it"), "1.0");
}

#[test]
fn an_empty_reference_is_no_reference() {
    let corpus = |first: &str| {
        let [[_, text, _], [_, other, reference]] = DOCUMENTS;
        format!(
            "{{\"id\":\"a\",\"text\":\"{text}\",\"summaries\":{first}}}\n{}\n",
            json!({ "id": "b", "text": other, "summaries": [reference] })
        )
    };
    let none = epitome().file("c.jsonl", corpus("null"));
    run(&none, "c.jsonl", "").succeeds();
    for first in ["\"\"", "[]", "[\"\"]", "[\" \\n\"]"] {
        let story = epitome().file("c.jsonl", corpus(first));
        run(&story, "c.jsonl", "").succeeds();
        assert_eq!(mean(&story, "it"), mean(&none, "it"), "{first}");
    }
    let [[_, text, _], [_, other, reference]] = DOCUMENTS;
    let story = epitome()
        .file("f/documents/a.txt", text)
        .file("f/documents/b.txt", other)
        .file("f/summaries/a.txt", "\n")
        .file("f/summaries/b.txt", reference)
        .file(
            "c.csv",
            format!("id,text,summary\na,\"{text}\",\nb,\"{other}\",{reference}\n"),
        );
    for corpus in ["f", "c.csv"] {
        run(&story, corpus, "").succeeds();
        assert_eq!(mean(&story, "it"), mean(&none, "it"), "{corpus}");
    }
}

#[test]
fn an_empty_reference_is_no_reference_of_a_pair_either() {
    let story = epitome()
        .file(
            "p.jsonl",
            r#"{"candidate":"One.","references":["","One."]}"#,
        )
        .file(
            "j.jsonl",
            r#"{"doc_id":"a","system":"s","summary":"One.","references":[""],"good":1}"#,
        );
    let scored = story
        .does("score p.jsonl --metric keyphrase-f1@5")
        .succeeds();
    assert!(
        scored.stdout.contains(",1,1.0,1.0,1.0,"),
        "{}",
        scored.stdout
    );
    story
        .does("judge j.jsonl --metric rouge-1")
        .fails(2, "j.jsonl:1: there are no `references`");
}

#[test]
fn a_reference_without_a_text_is_named() {
    let story = epitome()
        .file("f/documents/a.txt", "One. Two.")
        .file("f/summaries/a.txt", "One.")
        .file("f/summaries/b.txt", "Two.");
    run(&story, "f", "").succeeds().says(
        "1 reference in f belongs to no text of the same name, such as f/summaries/b.txt",
    );
}

/// A zip of these files.
fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        let options = zip::write::SimpleFileOptions::default();
        writer.start_file(*name, options).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn an_archive_is_read_as_what_it_holds() {
    let table = table("article", "highlights", b',');
    let story = epitome()
        .file("c.zip", zip(&[("data/c.csv", &table)]))
        .file(
            "two.zip",
            zip(&[("test.csv", &table), ("train.csv", &table)]),
        )
        .file("none.zip", zip(&[("a.bin", b"x")]));
    run(&story, "c.zip", "")
        .succeeds()
        .says("note: c.zip is read as a zip archive in the format `table`");
    assert_eq!(mean(&story, "it"), expected());

    run(&story, "two.zip", "")
        .fails(
            2,
            "two.zip: it holds the splits test, train, and a corpus is one",
        )
        .says(
            "hint: `epitome corpus add NAME two.zip` imports it; then `NAME:test` is one",
        );
    run(&story, "none.zip", "").fails(2, "none.zip: none of the known formats fits");
}

#[test]
fn parquet_is_read_or_the_feature_is_named() {
    let story = epitome().file("p.parquet", "PAR1");
    let outcome = run(&story, "p.parquet", "");
    if cfg!(feature = "parquet") {
        assert!(
            outcome.stderr.contains("broken Parquet"),
            "{}",
            outcome.stderr
        );
    } else {
        outcome
            .fails(
                2,
                "p.parquet: it is a Parquet file, and this epitome was built without the feature `parquet`",
            )
            .says("hint: `cargo install --path . --locked --features parquet` builds it in");
    }
}

/// A text in UTF-16 with a byte order mark.
fn utf16(text: &str) -> Vec<u8> {
    let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
    units.flat_map(u16::to_le_bytes).collect()
}

#[test]
fn utf16_is_read_as_its_text() {
    let table = table("article", "highlights", b',');
    let lines = lines("text", "summaries");
    for (name, text) in [
        ("c.csv", str::from_utf8(&table).unwrap()),
        ("c.jsonl", &lines),
    ] {
        let story = epitome().file(name, utf16(text));
        run(&story, name, "").succeeds();
        assert_eq!(mean(&story, "it"), expected(), "{name}");
    }
    let mut cut = utf16(&lines);
    cut.pop();
    let story = epitome().file("cut.jsonl", cut);
    run(&story, "cut.jsonl", "")
        .fails(2, "cut.jsonl: it begins as UTF-16 and is no valid UTF-16");
}

#[test]
fn keyphrases_in_one_text_are_divided_with_a_note() {
    let record = |phrases: &str| {
        format!(
            "{{\"text\":\"A stone bridge. A river.\",\"keyphrases\":\"{phrases}\"}}\n"
        )
    };
    let story = epitome()
        .file("many.jsonl", record("stone bridge; river"))
        .file("one.jsonl", record("river"));
    let kp = "--system first-phrases --metric keyphrase-f1@5";
    let many = story
        .does(&format!("run --corpus many.jsonl {kp}"))
        .succeeds();
    many.says("keyphrases that are one text are divided at `;`");
    let one = story
        .does(&format!("run --corpus one.jsonl {kp}"))
        .succeeds();
    assert!(!one.stderr.contains("divided"), "{}", one.stderr);
}

#[test]
fn cells_may_stand_between_semicolons() {
    let story = epitome().file(
        "s.csv",
        "article;highlights\n\"The river, at night, rose.\";A flood.\n",
    );
    story
        .does("run --corpus s.csv --system lead --metric rouge-1 --name r")
        .succeeds();
    story.does("corpus add s s.csv --split test").succeeds();
}

#[test]
fn documents_without_a_text_are_told() {
    let story = epitome().file(
        "s.csv",
        "text,summary\nThe river rose.,A flood.\n,Nothing.\n",
    );
    story
        .does("run --corpus s.csv --system lead --metric rouge-1")
        .succeeds()
        .says("note: s: 1 of 2 documents have no text");
}

#[test]
fn invisible_characters_at_the_beginning_are_no_text() {
    let text = "The river rose in the night. The old bridge fell.\n";
    let mark = "\u{FEFF}";
    let story = epitome()
        .file("plain.txt", text)
        .file("marked.txt", format!("{mark}{text}"))
        .file("marked.md", format!("{mark}# A title\n\n{text}"))
        .file("marked.html", format!("{mark}\n<p>{text}</p>\n"))
        .file("line.txt", format!("\u{200B}\n\n{text}"))
        .file("folder/a.txt", format!("{mark}{text}"));
    let plain = story.does("summarise plain.txt --sentences 2").succeeds();
    let marked = story.does("summarise marked.txt --sentences 2").succeeds();
    assert_eq!(marked.stdout, plain.stdout);

    // a line without a form was a panic, and Markdown after a mark was none
    let keyphrases = story.does("keywords plain.txt").succeeds().stdout;
    for file in ["marked.txt", "marked.html", "line.txt"] {
        let found = story.does(&format!("keywords {file}")).succeeds();
        assert_eq!(found.stdout, keyphrases, "{file}");
        story.does(&format!("inspect {file}")).succeeds();
    }
    let inspected = story.does("inspect marked.md").succeeds();
    assert!(
        !inspected.stdout.contains("# A title"),
        "{}",
        inspected.stdout
    );

    let run = "run --corpus folder --system lead --metric compression --name r";
    story.does(run).succeeds();
    let extracts = fs::read_to_string(story.path("results/r/extracts.jsonl")).unwrap();
    assert!(!extracts.contains(mark), "{extracts}");
}

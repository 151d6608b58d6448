//! Fields of records, by examples.

use super::*;

fn parse(text: &str) -> Result<Record, CorpusError> {
    from_json(&FileLine {
        path: "d.jsonl".into(),
        number: 7,
        bytes: text.into(),
    })
}

fn refusal(text: &str) -> String {
    parse(text).unwrap_err().to_string()
}

#[test]
fn unknown_fields_are_kept_and_known_ones_may_be_missing() {
    let record = parse(r#"{"text":"x","summaries":"one","source":{"a":1}}"#).unwrap();
    assert_eq!((record.id.as_str(), record.summaries.len()), ("7", 1));
    assert_eq!(record.metadata["source"]["a"], 1);
}

/// Found by fuzzing: without references, the name of a field was taken for that of a column.
#[test]
fn the_file_of_what_is_written_has_no_foreign_columns() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let records = |path: &str| -> Vec<Record> {
        let corpus = crate::open(path).unwrap();
        let sources = corpus.records().unwrap();
        sources.map(|it| it.unwrap().parse().unwrap()).collect()
    };
    for row in ["0\tIt rose.\tIt fell.\t", "0\t\tIt fell.\triver"] {
        let table = format!("id\ttext\tsummary\tkeyphrases\n{row}\n");
        std::fs::write(path("table.tsv"), table).unwrap();
        let read = records(&path("table.tsv"));
        assert_eq!(read[0].metadata["summary"], "It fell.");

        std::fs::write(path("written.jsonl"), read[0].to_json() + "\n").unwrap();
        let again = records(&path("written.jsonl"));
        assert_eq!(again[0].to_json(), read[0].to_json());
    }
}

#[test]
fn what_is_written_is_read_back() {
    let record = parse(
            r#"{"id":"a","text":"x\ny","title":"T","lang":"de","summaries":["s"],"meta":{"n":1}}"#,
        )
        .unwrap();
    let again = parse(&record.to_json()).unwrap();
    assert_eq!(again, record);
    assert_eq!(again.digest(), record.digest());
    assert_ne!(
        Record {
            title: String::new(),
            ..again
        }
        .digest(),
        record.digest()
    );
}

#[test]
fn where_documents_begin_and_what_words_are_counts_in_the_digest() {
    let digest = |line: &str| parse(line).unwrap().digest();
    let (one, two) = (r#""One.\n\nTwo.""#, r#""One.","Two.""#);
    let of = |documents: &str| digest(&format!(r#"{{"documents":[{documents}]}}"#));
    assert_ne!(of(one), of(two));
    assert_eq!(of(one), digest(&format!(r#"{{"text":{one}}}"#)));
    let tagged = |tag: &str| digest(&format!(r#"{{"tagged":[[["rose","{tag}"]]]}}"#));
    assert_ne!(tagged("VERB"), tagged("NOUN"));
    assert_ne!(tagged("VERB"), digest(r#"{"text":"rose"}"#));
}

#[test]
fn a_query_its_answers_and_its_evidence_are_written_and_read_back() {
    let line = r#"{"id":"a","text":"It rained. The river rose.","query":" What rose? ","answers":["the river",""],"evidence":[[11,26]]}"#;
    let record = parse(line).unwrap();
    assert_eq!(
        (record.query.as_str(), record.answers.len()),
        ("What rose?", 1)
    );
    assert_eq!(&record.text[record.evidence[0].clone()], "The river rose.");

    let again = parse(&record.to_json()).unwrap();
    assert_eq!(again, record);
    let without = |change: fn(&mut Record)| {
        let mut other = again.clone();
        change(&mut other);
        other.digest()
    };
    assert_ne!(without(|it| it.query.clear()), record.digest());
    assert_ne!(without(|it| it.answers.clear()), record.digest());
    assert_ne!(without(|it| it.evidence.clear()), record.digest());
}

#[test]
fn words_and_their_tags_are_written_and_read_back() {
    let line = r#"{"id":"a","text":"Cats purr.","tagged":[[["Cats","NOUN"],["purr","VERB"],[".","PUNCT"]]]}"#;
    let record = parse(line).unwrap();
    assert_eq!(record.text, "Cats purr.");
    let again = parse(&record.to_json()).unwrap();
    assert_eq!(again, record);
    assert_eq!(again.digest(), record.digest());
}

#[test]
fn boilerplate_is_a_list_of_line_numbers_or_unknown() {
    let lines = |meta: &str| {
        parse(&format!(r#"{{"text":"x","meta":{meta}}}"#))
            .unwrap()
            .boilerplate_lines()
    };
    assert_eq!(lines(r#"{"boilerplate":[0,3]}"#), Some(vec![0, 3]));
    assert_eq!(lines(r#"{"boilerplate":[]}"#), Some(vec![]));
    assert_eq!(lines(r#"{"boilerplate":["a"]}"#), None);
    assert_eq!(lines(r#"{"genre":"page"}"#), None);
}

#[test]
fn refusals_name_the_place_what_was_found_and_what_was_wanted() {
    insta::assert_snapshot!(refusal("{"), @"d.jsonl:7: the line is not JSON: EOF while parsing an object at column 1");
    insta::assert_snapshot!(refusal("[]"), @"d.jsonl:7: the line is a list, not an object");
    insta::assert_snapshot!(refusal(r#"{"id":"a"}"#), @"d.jsonl:7: there is no `text`; the fields are id");
    insta::assert_snapshot!(
        refusal(r#"{"text":"x","summaries":["a",3]}"#),
        @"d.jsonl:7: `summaries[1]` is a number, not a string"
    );
    insta::assert_snapshot!(
        refusal(r#"{"text":"x","query":["why"]}"#),
        @"d.jsonl:7: `query` is a list, not a string"
    );
    insta::assert_snapshot!(
        refusal(r#"{"text":"x","answers":{"text":["x"]}}"#),
        @"d.jsonl:7: `answers` is an object, not a string or a list of strings"
    );
    insta::assert_snapshot!(
        refusal(r#"{"text":"x","evidence":[[0,2]]}"#),
        @"d.jsonl:7: `evidence[0]` ends at 2, and the text has 1 characters"
    );
}

#[test]
fn a_title_is_no_text() {
    let titled = |bytes: usize| {
        let title = "a".repeat(bytes);
        parse(&format!(r#"{{"title":"{title}","text":"x"}}"#))
    };
    assert_eq!(titled(1 << 20).unwrap().title.len(), 1 << 20);
    assert_eq!(
        titled((1 << 20) + 1).unwrap_err().to_string(),
        "d.jsonl:7: `title` has 1048577 bytes, and a title 1 MiB at most; is it another field?"
    );
}

#[test]
fn a_cluster_knows_where_its_documents_begin() {
    let record = parse(r#"{"documents":["One.\nTwo.","","Three."]}"#).unwrap();
    assert_eq!(record.text, "One.\nTwo.\n\n\n\nThree.");
    assert_eq!(record.documents, [0, 11, 13]);
    let record =
        parse(r#"{"text":"One.\n\nTwo.\n","meta":{"multi_document":true}}"#).unwrap();
    assert_eq!(record.documents, [0, 6]);
    let again = parse(&record.to_json()).unwrap();
    assert_eq!((&again, again.digest()), (&record, record.digest()));
    assert_eq!(
        parse(r#"{"text":"One.\nTwo."}"#).unwrap().documents,
        [0_usize; 0]
    );
    insta::assert_snapshot!(
        refusal(r#"{"text":"x","documents":["y"]}"#),
        @"d.jsonl:7: there are `text` and `documents`"
    );
}

#[test]
fn broken_utf8_is_refused_with_its_position() {
    let line = FileLine {
        path: "d".into(),
        number: 1,
        bytes: b"{\"text\":\"\xff\"}".to_vec(),
    };
    assert_eq!(
        from_json(&line).unwrap_err().to_string(),
        "d:1: byte 10 of the line is not UTF-8"
    );
}

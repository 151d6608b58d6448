//! Real traffic against `docs/protocol.schema.json`.

use std::{fs, path::Path};

use boon::{Compiler, SchemaIndex, Schemas};
use epitome::{
    metric::{ExternalCandidate, ExternalQuestion},
    plugin::{AskedDocument, Declaration, Length, PluginOptions},
    rank::Budget,
};
use serde_json::Value;

use crate::python::interpreter;

use super::stage::{document, python, script};

struct Schema {
    schemas: Schemas,
    host: SchemaIndex,
    plugin: SchemaIndex,
}

impl Schema {
    fn read() -> Self {
        let path =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/protocol.schema.json");
        let text = fs::read_to_string(path).unwrap();
        let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
        compiler
            .add_resource("schema.json", serde_json::from_str(&text).unwrap())
            .unwrap();
        let mut compile = |name: &str| {
            compiler
                .compile(&format!("schema.json#/$defs/{name}"), &mut schemas)
                .unwrap()
        };
        let host = compile("from-host");
        let plugin = compile("from-plugin");
        Self {
            schemas,
            host,
            plugin,
        }
    }

    fn allows(&self, index: SchemaIndex, line: &str) -> Result<(), String> {
        let value: Value = serde_json::from_str(line).unwrap();
        self.schemas
            .validate(&value, index)
            .map_err(|error| format!("{line}: {error}"))
    }
}

/// Everything that is said between the host and the plugin in Python: what went in, and
/// what came out.
fn traffic() -> (String, String) {
    let folder = tempfile::tempdir().unwrap();
    let (input, output) = (folder.path().join("in"), folder.path().join("out"));
    let pipe = format!(
        "tee -a {} | \"$0\" \"$@\" | tee -a {}",
        input.display(),
        output.display()
    );
    let options = PluginOptions {
        sandbox: Some(format!("sh -c '{pipe}'")),
        ..PluginOptions::default()
    };
    let declaration = Declaration::parse(&format!("p={}", python())).unwrap();
    let spec = "p(lambda=0.5, name=x)".parse().unwrap();
    for budget in [
        Budget::Sentences(2),
        Budget::Words(9),
        Budget::Bytes(60),
        Budget::Ratio(0.5),
    ] {
        let plugins = declaration.open(&spec, &options).unwrap();
        for plugin in &plugins {
            let documents = [
                document("", 0),
                document("error", 1),
                document("few-scores", 2),
            ];
            let mut questions: Vec<_> =
                documents.iter().map(AskedDocument::from).collect();
            questions[2].query = "Who was there?";
            let answers = plugin.work(&questions, Length { budget, limit: 4 });
            assert!(answers[0].result.is_ok(), "{answers:?}");
        }
    }
    measured(&options);
    embedded(&options);
    (
        fs::read_to_string(&input).unwrap(),
        fs::read_to_string(&output).unwrap(),
    )
}

/// Asks the metric in Python for scores of summaries, of which one makes it fail and another
/// is too short for it.
fn measured(options: &PluginOptions) {
    let command = format!("m={} {}", interpreter(), script("hostile_metric.py"));
    let declaration = Declaration::parse(&command).unwrap();
    let metric = declaration
        .open_metric(&"m(apart=true)".parse().unwrap(), options)
        .unwrap();
    let references = [vec!["The river rose.".to_owned()]];
    let candidate = |text: &'static str| ExternalCandidate {
        system: "lead",
        segments: vec![text],
    };
    let question = |first: &'static str| ExternalQuestion {
        language: "en",
        references: &references,
        candidates: vec![candidate(first), candidate("The river is a river.")],
        ..ExternalQuestion::default()
    };
    let asked = ["It rained.", "A FAULT:error of the river"].map(question);
    let scores = metric.value.external().unwrap().measure(&asked);
    assert!(scores[0][0].is_err() && scores[0][1].is_ok(), "{scores:?}");
    // that which makes it fail is found, and fails alone
    assert!(scores[1][0].is_err() && scores[1][1].is_ok(), "{scores:?}");
}

/// Asks the embedder in Python for vectors of texts and of tokens.
fn embedded(options: &PluginOptions) {
    let command = format!("m={} {}", interpreter(), script("hostile_embedder.py"));
    let declaration = Declaration::parse(&command).unwrap();
    let embedder = declaration.open_embedder("m", options).unwrap();
    assert_eq!(embedder.texts(&["a river", ""]).len(), 2);
    assert_eq!(embedder.tokens("a river").ids, [1, 5]);
}

#[test]
fn what_is_really_said_is_what_the_schema_allows() {
    let schema = Schema::read();
    let (sent, came) = traffic();
    let kinds = [
        "hello",
        "summarise",
        "keywords",
        "measure",
        "embed",
        "embed-tokens",
        "end",
    ];
    for kind in kinds {
        assert!(sent.contains(&format!("\"type\":\"{kind}\"")), "{kind}");
    }
    for word in [
        "ready", "picks", "error", "scores", "measures", "vectors", "tokens", "end",
    ] {
        assert!(came.contains(&format!("\"{word}\"")), "{word}");
    }
    for (index, lines) in [(schema.host, sent), (schema.plugin, came)] {
        let broken: Vec<String> = lines
            .lines()
            .filter_map(|line| schema.allows(index, line).err())
            .collect();
        assert!(broken.is_empty(), "{broken:#?}");
    }
}

#[test]
fn the_schema_refuses_what_the_host_does() {
    let schema = Schema::read();
    for line in [
        r#"{"type":"ready","name":"x","does":["summarise"]}"#,
        r#"{"type":"ready","name":"x","version":"","does":["summarise"]}"#,
        r#"{"id":"1","picks":[0]}"#,
        r#"{"id":1}"#,
        r#"{"id":1,"picks":[-1]}"#,
        r#"{"id":1,"picks":[0,0]}"#,
        r#"{"id":1,"picks":[0.5]}"#,
        r#"{"picks":[0]}"#,
        r#"{"type":"end"}"#,
        r#"["picks"]"#,
        r#"{"type":"ready","name":"x","version":"1","does":["measure"],"better":"sideways"}"#,
        r#"{"type":"ready","name":"x","version":"1","does":["embed"],"deterministic":true}"#,
        r#"{"type":"ready","name":"x","version":"1","does":["embed"],"width":3,"deterministic":false}"#,
        r#"{"id":1,"vectors":[1,2]}"#,
        r#"{"id":1,"vectors":[[1]],"tokens":[-1]}"#,
        r#"{"id":1,"measures":["good"]}"#,
        r#"{"id":1,"measures":[{"precision":1}]}"#,
        r#"{"id":1,"measures":[{"value":1,"error":"no"}]}"#,
    ] {
        assert!(schema.allows(schema.plugin, line).is_err(), "{line}");
    }
}

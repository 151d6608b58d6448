//! Real traffic against `docs/protocol.schema.json`.

use std::{fs, path::Path};

use boon::{Compiler, SchemaIndex, Schemas};
use epitome::{
    plugin::{AskedDocument, Declaration, Length, PluginOptions},
    rank::Budget,
};
use serde_json::Value;

use super::stage::{document, python};

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
    (
        fs::read_to_string(&input).unwrap(),
        fs::read_to_string(&output).unwrap(),
    )
}

#[test]
fn what_is_really_said_is_what_the_schema_allows() {
    let schema = Schema::read();
    let (sent, came) = traffic();
    for kind in ["hello", "summarise", "keywords", "end"] {
        assert!(sent.contains(&format!("\"type\":\"{kind}\"")), "{kind}");
    }
    for word in ["ready", "picks", "error", "scores", "end"] {
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
    ] {
        assert!(schema.allows(schema.plugin, line).is_err(), "{line}");
    }
}

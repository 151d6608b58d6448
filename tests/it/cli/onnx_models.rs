//! `--embedder NAME=onnx:FOLDER`: models that are none, or not of tokens, are refused in one
//! line. Models are written here, field by field, in the encoding of protocol buffers.

use epitome::{
    embedder::{self, Declaration},
    plugin::PluginOptions,
};

use super::story::{Outcome, Story, epitome};

/// Returns a field of bytes: its number, their count, and they.
fn bytes(number: u8, value: &[u8]) -> Vec<u8> {
    let mut field = vec![number << 3 | 2];
    let mut count = value.len();
    while count > 127 {
        field.push(count as u8 | 128);
        count >>= 7;
    }
    field.push(count as u8);
    field.extend(value);
    field
}

/// Returns a field of a number below 128.
fn number(number: u8, value: u8) -> Vec<u8> {
    vec![number << 3, value]
}

/// Returns the description of an input or output, which are all of whole numbers: the runtime
/// does not check it.
fn described(field: u8, name: &str) -> Vec<u8> {
    let tensor = bytes(2, &bytes(1, &number(1, 7)));
    bytes(field, &[bytes(1, name.as_bytes()), tensor].concat())
}

/// Returns a constant.
fn constant(name: &str, shape: &[u8], values: &[f32]) -> Vec<u8> {
    let mut tensor: Vec<u8> = shape.iter().flat_map(|size| number(1, *size)).collect();
    tensor.extend(number(2, 1)); // of 32 bits
    tensor.extend(bytes(8, name.as_bytes()));
    let values: Vec<u8> = values.iter().flat_map(|it| it.to_le_bytes()).collect();
    tensor.extend(bytes(9, &values));
    bytes(5, &tensor)
}

/// Returns a step: what it does, with what, and the name of its result.
fn step(does: &str, inputs: &[&str], output: &str) -> Vec<u8> {
    let inputs = inputs.iter().map(|input| bytes(1, input.as_bytes()));
    let mut node = inputs.collect::<Vec<_>>().concat();
    node.extend(bytes(2, output.as_bytes()));
    node.extend(bytes(4, does.as_bytes()));
    bytes(1, &node)
}

/// Returns a model with inputs, outputs, and the parts of its graph.
fn model(inputs: &[&str], outputs: &[&str], parts: &[Vec<u8>]) -> Vec<u8> {
    let mut graph = parts.concat();
    graph.extend(bytes(2, b"g"));
    graph.extend(inputs.iter().flat_map(|name| described(11, name)));
    graph.extend(outputs.iter().flat_map(|name| described(12, name)));
    let operators = bytes(8, &number(2, 13));
    [number(1, 8), operators, bytes(7, &graph)].concat()
}

/// Returns a model that looks tokens up in a table of two numbers for each.
fn table(values: &[f32]) -> Vec<u8> {
    let rows = values.len() as u8 / 2;
    let parts = [
        constant("table", &[rows, 2], values),
        step("Gather", &["table", "input_ids"], "last_hidden_state"),
    ];
    model(&["input_ids"], &["last_hidden_state"], &parts)
}

/// A vector for each token of [`WORDS`].
const VECTORS: [f32; 8] = [0.5, 0.5, 1.0, 0.0, 0.0, 1.0, 1.0, 1.0];

const WORDS: &str = r###"{"version":"1.0","truncation":null,"padding":null,
    "added_tokens":[{"id":0,"content":"[UNK]","single_word":false,"lstrip":false,
        "rstrip":false,"normalized":false,"special":true}],
    "normalizer":{"type":"BertNormalizer","clean_text":true,"handle_chinese_chars":true,
        "strip_accents":null,"lowercase":true},
    "pre_tokenizer":{"type":"BertPreTokenizer"},"post_processor":null,
    "decoder":{"type":"WordPiece","prefix":"##","cleanup":true},
    "model":{"type":"WordPiece","unk_token":"[UNK]","continuing_subword_prefix":"##",
        "max_input_chars_per_word":100,
        "vocab":{"[UNK]":0,"whale":1,"harbour":2,"river":3}}}"###;

const CORPUS: &str = r#"{"id":"a","lang":"en","text":"The river rose.","keyphrases":["river"]}
{"id":"b","lang":"en","text":"The whale left the harbour.","keyphrases":["whale"]}
"#;

fn story(model: &[u8], words: &str) -> Story {
    epitome()
        .file("m/model.onnx", model)
        .file("m/tokenizer.json", words)
        .file("c.jsonl", CORPUS)
}

fn run(model: &[u8], words: &str) -> (Story, Outcome) {
    let story = story(model, words);
    let outcome = story.does(
        "run --corpus c.jsonl --embedder m=onnx:m --system key-bert(embedder=m) --name r -q",
    );
    (story, outcome)
}

fn refused(model: &[u8], words: &str, message: &str) {
    let (_, outcome) = run(model, words);
    outcome.fails(2, message);
}

/// The message that a model failed on a number of tokens when it was tried.
fn untried(tokens: usize, problem: &str) -> String {
    format!(
        "m/model.onnx: it does not run on {tokens} times the last token of its tokenizer.json, 3: {problem}"
    )
}

#[test]
fn a_tiny_model_has_vectors() {
    let (story, outcome) = run(&table(&VECTORS), WORDS);
    outcome.succeeds();
    let manifest = story.result("manifest.json");
    assert!(manifest.contains("onnx,width:2,parts:512,blake3:"));
}

#[test]
fn what_is_no_model_is_refused() {
    refused(
        b"",
        WORDS,
        "m/model.onnx: no model in the format ONNX: unknown model file type",
    );
    refused(
        b"a page of a web server that says 404",
        WORDS,
        "m/model.onnx: the file is cut, or no model in the format ONNX: its field at byte 18 does not end within its 36 bytes",
    );
    refused(
        &table(&VECTORS)[..100],
        WORDS,
        "m/model.onnx: the file is cut, or no model in the format ONNX: its field at byte 6 does not end within its 100 bytes",
    );
    let odd = [step("Magic", &["input_ids"], "last_hidden_state")];
    let odd = model(&["input_ids"], &["last_hidden_state"], &odd);
    refused(
        &odd,
        WORDS,
        "m/model.onnx: no model in the format ONNX: operator error: Magic operator not supported or not enabled",
    );
}

#[test]
fn a_model_with_other_inputs_or_outputs_is_refused() {
    let parts = |ids: &str, output: &str| {
        [
            constant("table", &[4, 2], &VECTORS),
            step("Gather", &["table", ids], output),
        ]
    };
    let last = "last_hidden_state";
    let renamed = model(&["ids"], &[last], &parts("ids", last));
    refused(
        &renamed,
        WORDS,
        "m/model.onnx: the model has an input `ids`, and inputs that are known are `input_ids`, `attention_mask`, `token_type_ids`",
    );
    let without = [step("Identity", &["attention_mask"], last)];
    let without = model(&["attention_mask"], &[last], &without);
    refused(
        &without,
        WORDS,
        "m/model.onnx: the model has no input `input_ids`",
    );
    let scores = model(&["input_ids"], &["logits"], &parts("input_ids", "logits"));
    refused(
        &scores,
        WORDS,
        "m/model.onnx: the model has the outputs `logits`, and none is `last_hidden_state` or `token_embeddings`",
    );
}

#[test]
fn a_model_whose_output_has_another_shape_is_refused() {
    let last = "last_hidden_state";
    let after = |does: &str| {
        let parts = [
            constant("table", &[4, 2], &VECTORS),
            step("Gather", &["table", "input_ids"], "gathered"),
            step(does, &["gathered"], last),
        ];
        model(&["input_ids"], &[last], &parts)
    };
    refused(
        &after("Flatten"),
        WORDS,
        &untried(
            512,
            "its output has the shape [1, 1024], not [1, 512, width]",
        ),
    );
    refused(
        &after("ReduceMean"),
        WORDS,
        &untried(
            512,
            "its output has the shape [1, 1, 1], not [1, 512, width]",
        ),
    );
    refused(
        &after("Shape"),
        WORDS,
        &untried(512, "its output is tensor(i32), not tensor(f32)"),
    );
    let ids = [step("Identity", &["input_ids"], last)];
    refused(
        &model(&["input_ids"], &[last], &ids),
        WORDS,
        &untried(512, "its output is tensor(i32), not tensor(f32)"),
    );

    let alike = [
        constant("table", &[4, 2], &VECTORS),
        step("Gather", &["table", "input_ids"], "gathered"),
        step("Equal", &["gathered", "gathered"], last),
    ];
    refused(
        &model(&["input_ids"], &[last], &alike),
        WORDS,
        &untried(512, "its output is tensor(i32), not tensor(f32)"),
    );

    let narrow = [
        constant("table", &[4, 0], &[]),
        step("Gather", &["table", "input_ids"], last),
    ];
    refused(
        &model(&["input_ids"], &[last], &narrow),
        WORDS,
        &untried(
            512,
            "its output has the shape [1, 512, 0], not [1, 512, width]",
        ),
    );

    // what runs on the longest sequence need not run on others
    let places = vec![0.5; 60 * 2];
    let fixed = [
        constant("table", &[4, 2], &VECTORS),
        constant("places", &[1, 60, 2], &places),
        step("Gather", &["table", "input_ids"], "gathered"),
        step("Add", &["gathered", "places"], last),
    ];
    let sixty =
        WORDS.replace(r#""truncation":null"#, r#""truncation":{"max_length":60}"#);
    refused(
        &model(&["input_ids"], &[last], &fixed),
        &sixty,
        &untried(1, "its output has the shape [1, 60, 2], not [1, 1, width]"),
    );
    refused(
        &model(&["input_ids"], &[last], &fixed),
        WORDS,
        &untried(
            512,
            r#"operator "" failed: incompatible input shapes: Cannot broadcast inputs. Inputs were (tensor(f32) [1, 512, 2], tensor(f32) [1, 60, 2])"#,
        ),
    );
}

#[test]
fn a_tokeniser_that_does_not_fit_is_refused() {
    refused(
        &table(&VECTORS[..6]),
        WORDS,
        &untried(
            512,
            r#"operator "" failed: input or attribute has invalid value: Index 3 is out of range. Must be in [-3, 3). Inputs were (tensor(f32) [3, 2], tensor(i32) [1, 512])"#,
        ),
    );
    let template = r#""post_processor":{"type":"BertProcessing","sep":["[SEP]",102],"cls":["[CLS]",101]}"#;
    let framed = WORDS.replace(r#""post_processor":null"#, template);
    refused(
        &table(&VECTORS),
        &framed,
        &untried(
            510,
            r#"operator "" failed: input or attribute has invalid value: Index 101 is out of range. Must be in [-4, 4). Inputs were (tensor(f32) [4, 2], tensor(i32) [1, 512])"#,
        ),
    );
    for broken in ["", "{}", "[1]", &WORDS[..300]] {
        let (_, outcome) = run(&table(&VECTORS), broken);
        let outcome = outcome.says("error: m/tokenizer.json: ");
        assert_eq!((outcome.code, outcome.stderr.lines().count()), (2, 1));
    }
    let endless = |length: &str| {
        let truncation = format!(r#""truncation":{{"max_length":{length}}}"#);
        WORDS.replace(r#""truncation":null"#, &truncation)
    };
    refused(
        &table(&VECTORS),
        &endless("0"),
        "m/tokenizer.json: a sequence of 0 tokens has none of a text",
    );
    refused(
        &table(&VECTORS),
        &endless("18446744073709551615"),
        "m/tokenizer.json: its `max_length` is 18446744073709551615, and a sequence has at most 131072 tokens",
    );
    refused(
        &table(&VECTORS),
        &endless("-1"),
        "m/tokenizer.json: its `max_length` is -1, and a sequence has at most 131072 tokens",
    );
}

#[test]
fn vectors_that_are_not_finite_are_refused_or_fail_their_document() {
    let mut vectors = VECTORS;
    vectors[7] = f32::NAN; // of the last token, which is tried
    refused(
        &table(&vectors),
        WORDS,
        &untried(512, "its output contains NaN"),
    );

    vectors = VECTORS;
    vectors[2] = f32::INFINITY; // of the whale
    let (story, outcome) = run(&table(&vectors), WORDS);
    assert_eq!(outcome.code, 3, "{}", outcome.stderr);
    let failures = story.result("failures.csv");
    assert_eq!(failures.lines().count(), 2, "{failures}");
    let row = "c,b,key-bert(embedder=m),error,the embedder `m` failed: its output contains inf,";
    assert!(failures.ends_with(&format!("{row}\n")), "{failures}");
}

/// Opens a model as bytes; the error is a line that begins with the file.
fn opened(model: &[u8]) -> Result<(), String> {
    let story = story(model, WORDS);
    let place = story.path("m").display().to_string();
    let declaration: Declaration = format!("m=onnx:{place}").parse().unwrap();
    let Err(error) = embedder::open(&declaration, &PluginOptions::default()) else {
        return Ok(());
    };
    let message = error.to_string().replace(&place, "m");
    assert!(message.starts_with("m/model.onnx: "), "{message}");
    assert_eq!(message.lines().count(), 1, "{message}");
    Err(message)
}

#[test]
fn a_model_that_is_cut_anywhere_is_refused() {
    let whole = table(&VECTORS);
    assert_eq!(opened(&whole), Ok(()));
    for end in 0..whole.len() {
        assert!(opened(&whole[..end]).is_err(), "cut after {end} bytes");
    }
}

#[test]
fn a_model_with_a_wrong_byte_is_refused_or_runs() {
    let whole = table(&VECTORS);
    for at in 0..whole.len() {
        for other in [0, 1, 127, 128, 255, whole[at] ^ 8] {
            let mut changed = whole.clone();
            changed[at] = other;
            let _ = opened(&changed);
        }
    }
}

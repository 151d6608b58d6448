//! `epitome judge` on the files of FRANK as they are published: human judgements of the
//! factuality of 2,246 summaries, and the scores of 15 metrics for them.
//!
//! The correlations are the output of `scripts/golden/frank_correlations.py` with scipy 1.17.1.

use std::{env, path::PathBuf};

use super::shared;
use crate::cli::story::epitome;

/// A metric, the number of summaries that it scores, and how it agrees with people: Pearson,
/// Spearman and Kendall of all summaries, and Pearson of the means of systems.
type Row = (&'static str, u64, [f64; 4]);

const TABLE: [Row; 15] = [
    (
        "Rouge 1",
        2246,
        [0.334_539, 0.342_933, 0.264_504, 0.818_679],
    ),
    (
        "Rouge 2",
        2246,
        [0.291_525, 0.320_879, 0.248_558, 0.848_616],
    ),
    (
        "Rouge L",
        2246,
        [0.175_281, 0.176_797, 0.136_507, 0.523_442],
    ),
    ("Bleu", 2246, [0.253_994, 0.281_863, 0.215_369, 0.863_590]),
    ("Meteor", 2246, [0.371_669, 0.392_347, 0.302_555, 0.862_094]),
    (
        "BertScore P",
        2246,
        [-0.022_402, -0.039_456, -0.028_283, -0.346_307],
    ),
    (
        "BertScore R",
        2246,
        [0.159_047, 0.156_458, 0.120_238, 0.276_044],
    ),
    (
        "BertScore F1",
        2246,
        [0.074_475, 0.067_229, 0.052_813, -0.027_109],
    ),
    (
        "BertScore P Art",
        2246,
        [0.616_262, 0.629_426, 0.489_583, 0.955_743],
    ),
    (
        "BertScore R Art",
        2246,
        [0.500_295, 0.519_426, 0.400_003, 0.937_211],
    ),
    (
        "BertScore F1 Art",
        2246,
        [0.610_628, 0.624_275, 0.483_868, 0.953_192],
    ),
    ("FactCC", 2246, [0.599_829, 0.584_152, 0.524_376, 0.981_733]),
    ("FEQA", 2242, [0.558_840, 0.564_309, 0.432_757, 0.924_329]),
    (
        "Dep Entail",
        2163,
        [0.110_684, 0.088_701, 0.071_646, 0.085_381],
    ),
    ("QAGS", 2246, [0.578_405, 0.567_682, 0.447_631, 0.992_322]),
];

/// The level and coefficient of each correlation.
const KINDS: [(&str, &str); 4] = [
    ("pooled", "pearson"),
    ("pooled", "spearman"),
    ("pooled", "kendall"),
    ("system", "pearson"),
];

#[test]
fn published_scores_agree_with_people_as_scipy_says() {
    let place = |file: &str| {
        let path = format!("raw_formats/frank/{file}.json");
        shared(&path)?;
        let folder = env::var_os("EPITOME_SHARED").unwrap_or_else(|| "../shared".into());
        let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
        Some(root.join(folder).join(path).display().to_string())
    };
    let Some(human) = place("human_annotations") else {
        return;
    };
    let scores = place("baseline_factuality_metrics_outputs").unwrap();

    for (metric, summaries, wanted) in TABLE {
        let file = format!("m={scores}#{metric}");
        let judge = ["judge", &human, "--scores", &file, "--aspect", "Factuality"];
        let more = ["--resamples", "1", "--json", "--quiet"];
        let data = epitome()
            .does_words(&[&judge[..], &more].concat())
            .succeeds()
            .data();
        let found = data["agreements"].as_array().unwrap();
        for ((level, coefficient), wanted) in KINDS.into_iter().zip(wanted) {
            let found = found
                .iter()
                .find(|it| it["level"] == level && it["coefficient"] == coefficient);
            let found = found.unwrap();
            assert_eq!(found["summaries"], summaries, "{metric}");
            let value = found["value"].as_f64().unwrap();
            // six digits of scipy's
            assert!(
                (value - wanted).abs() < 1e-6,
                "{metric}, {level} {coefficient}: {value}"
            );
        }
    }
}

//! Random schedules of faults, from seeds.

use epitome::{plugin::PluginOptions, rng};

use super::{
    faults::{IN_PYTHON, in_rust, side_by_side},
    stage::{Trial, hasty, in_short, isolation, python, row_of, rust},
};

/// So many in all.
const SCHEDULES: u64 = 512;

/// Every eighth is with the plugin in Python, whose start takes longer.
fn is_in_python(seed: u64) -> bool {
    seed.is_multiple_of(8)
}

const DOCUMENTS: usize = 16;

/// The faults of a schedule: one document in five has one. Those that are waited for are
/// rarer than the others.
fn schedule(seed: u64) -> Vec<&'static str> {
    let draw = |at: usize, bound| rng::below(rng::mix(seed, at as u64), bound);
    let all = match is_in_python(seed) {
        true => IN_PYTHON.to_vec(),
        false => in_rust(),
    };
    let (slow, quick): (Vec<&str>, Vec<&str>) = all
        .into_iter()
        .partition(|fault| row_of(fault) == "timeout");
    let fault = |at: usize| match (draw(3 * at, 5), draw(3 * at + 1, 16)) {
        (0, 0) => slow[draw(3 * at + 2, slow.len())],
        // how long 15,000 folders take is the disk's affair: `faults` has them, with more time
        (0, _) => Some(quick[draw(3 * at + 2, quick.len())])
            .filter(|fault| *fault != "nest")
            .unwrap_or_default(),
        _ => "",
    };
    (0..DOCUMENTS).map(fault).collect()
}

/// The rows of a schedule: each document its own, until three failed in a row.
fn rows(faults: &[&'static str]) -> Vec<&'static str> {
    let mut in_a_row = 0;
    let row = |&fault: &&'static str| {
        if in_a_row == 3 {
            return "skipped";
        }
        let row = row_of(fault);
        in_a_row = if row.starts_with("ok") {
            0
        } else {
            in_a_row + 1
        };
        row
    };
    faults.iter().map(row).collect()
}

#[test]
fn whatever_goes_wrong_every_document_has_its_row() {
    let (python, rust) = (python(), rust());
    let seeds: Vec<u64> = (0..SCHEDULES).collect();
    side_by_side(&seeds, |&seed| {
        let command = if is_in_python(seed) { &python } else { &rust };
        let options = PluginOptions {
            isolation: isolation(), // `faults` are without
            ..hasty()
        };
        let trial = Trial::open_with(command, "hostile", options).unwrap();
        let faults = schedule(seed);
        let answers = trial.ask(&faults);
        let found: Vec<String> = answers.iter().map(in_short).collect();
        assert_eq!(
            found,
            rows(&faults),
            "seed {seed}: {faults:?}: {answers:#?}"
        );
        trial.end();
    });
}

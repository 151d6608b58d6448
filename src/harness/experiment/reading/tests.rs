//! Tests of reading experiment files.

use super::*;
use crate::rank::Budget;

fn refusal(text: &str) -> String {
    let refused = Experiment::parse(text, Path::new("e.toml"));
    refused.unwrap_err().to_string()
}

#[test]
fn corpora_are_in_the_order_of_the_file() {
    let text = "budgets = ['1 sentence', '50 words']\n[corpora]\nz = 'sampler'\n\
        a = { path = 'a.jsonl', budget = '665 bytes', keyphrases = 5 }\n";
    let read = Experiment::parse(text, Path::new("sub/e.toml")).unwrap();
    let names: Vec<_> = read.corpora.iter().map(|it| &it.value.name).collect();
    assert_eq!(
        names,
        [&Some("z".to_owned()), &Some("a".to_owned())],
        "{read:?}"
    );
    assert_eq!(read.corpora[1].value.budgets, [Budget::Bytes(665)]);
    assert_eq!(read.corpora[1].line, Some(4));
    assert_eq!(read.budgets[1].value, Budget::Words(50));
    assert_eq!(read.folder, Path::new("sub"));
}

#[test]
fn a_folder_is_the_shortest_path_to_it() {
    for (path, short) in [
        ("results/r/../..", ""),
        ("results/r/../../suite", "suite"),
        ("../x/./../y", "../y"),
        ("/a/../b", "/b"),
    ] {
        assert_eq!(shortened(Path::new(path)), Path::new(short), "{path}");
    }
}

#[test]
fn every_budget_reads_back_as_it_is_written() {
    for budget in [
        Budget::Sentences(1),
        Budget::Sentences(3),
        Budget::Words(100),
        Budget::Bytes(665),
        Budget::Ratio(0.2),
    ] {
        assert_eq!(budget_of(&budget.to_string()), Ok(budget));
    }
}

#[test]
fn an_error_names_its_line() {
    let cases = [
        (
            "seed = 1\nsedd = 2\n",
            "e.toml:2: no key is called `sedd`\nhint: did you mean `seed`?",
        ),
        (
            "[[expect]]\nsystem = 'lead'\nmetrik = 'x'\n",
            "e.toml:3: no key is called `metrik`\nhint: did you mean `metric`?",
        ),
        (
            "[corpora]\na = { path = 'x', budgt = '1 sentence' }\n",
            "e.toml:2: no key is called `budgt`\nhint: did you mean `budget`?",
        ),
        (
            "systems = []\n",
            "e.toml:1: `systems` is an empty list\nhint: without `systems` the default is used",
        ),
        (
            "\nbudgets = ['3 sentences', '0 words']\n",
            "e.toml:2: a budget of 0 words allows no summary: the number must be above 0",
        ),
        (
            "budgets = ['3 lines']",
            "e.toml:1: `3 lines` is no budget such as `3 sentences`, `100 words`, `665 bytes`, `500 tokens of o200k_base` or `0.2 of the sentences`",
        ),
        (
            "seed = 'x'",
            "e.toml:1: invalid type: string \"x\", expected u64",
        ),
        (
            "tolerance = 2.0",
            "e.toml:1: `tolerance` is 2, not a share from 0 to 1",
        ),
        (
            "\n\nseed = \n",
            "e.toml:3: string values must be quoted, expected literal string",
        ),
        ("[corpora]\na = 'x'\na = 'y'\n", "e.toml:3: duplicate key"),
        (
            "gates = ['rouge-1']\n",
            "e.toml:1: `rouge-1`: there is no `>`\nhint: such as `rouge-2.value > -0.5 @ p<0.01; speed > -5%`",
        ),
        (
            "name = '../x'\n",
            "e.toml:1: \"../x\" names no file or folder: it has other signs than letters, digits, `-`, `_`, `.` and `+`",
        ),
    ];

    for (text, wanted) in cases {
        assert_eq!(refusal(text), wanted, "{text}");
    }
}

//! Which room may import which: the table of ARCHITECTURE.md, enforced.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Room, and the rooms it may import. `*` is everything.
const MAY_IMPORT: [(&str, &[&str]); 20] = [
    ("spec", &[]),
    ("rng", &[]),
    ("intern", &[]),
    ("porter", &[]),
    ("clock", &[]),
    ("name", &[]),
    ("stats", &["rng"]),
    ("text", &["spec", "intern"]),
    ("corpus", &["text", "spec", "rng", "name"]),
    ("rank", &["text", "spec"]),
    ("metric", &["spec", "intern", "porter", "rng"]),
    ("summarise", &["text", "rank", "spec", "rng"]),
    ("keywords", &["text", "rank", "spec", "rng", "porter", "intern"]),
    ("plugin", &["text", "rank", "spec", "clock"]),
    ("registry", &["spec", "summarise", "keywords", "metric"]),
    (
        "run",
        &[
            "spec",
            "text",
            "rank",
            "corpus",
            "metric",
            "summarise",
            "keywords",
            "registry",
            "plugin",
            "clock",
            "stats",
        ],
    ),
    (
        "timing",
        &[
            "run", "spec", "text", "rank", "corpus", "metric", "registry", "plugin",
            "stats",
        ],
    ),
    ("survey", &["run", "spec", "text", "rank", "corpus", "metric", "porter"]),
    ("report", &["run", "timing", "stats", "metric", "survey"]),
    ("cli", &["*"]),
];

#[test]
fn rooms_import_only_what_the_table_allows() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut broken = Vec::new();
    for file in rust_files(&source) {
        let below = file.strip_prefix(&source).unwrap();
        let room = below.iter().next().unwrap().to_string_lossy().replace(".rs", "");
        let Some((_, allowed)) = MAY_IMPORT.iter().find(|(name, _)| *name == room) else {
            assert!(
                ["lib", "main"].contains(&room.as_str()),
                "`{room}` is not in the table"
            );
            continue;
        };
        for imported in imports(&fs::read_to_string(&file).unwrap()) {
            let fine = imported == room
                || allowed.contains(&"*")
                || allowed.contains(&&*imported);
            if !fine {
                broken.push(format!("{}: {room} imports {imported}", below.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn the_core_reads_no_clock_file_or_environment() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for room in ["text", "rank", "summarise", "keywords", "metric", "stats"] {
        for file in rust_files(&source.join(room)) {
            let text = fs::read_to_string(&file).unwrap();
            let core = text.split("#[cfg(test)]").next().unwrap();
            for forbidden in
                ["std::fs", "std::env", "std::time", "std::io", "Instant", "File::"]
            {
                assert!(!core.contains(forbidden), "{}: {forbidden}", file.display());
            }
        }
    }
}

/// The rooms named after `crate::` outside tests, in `use` lists too.
fn imports(text: &str) -> Vec<String> {
    let code = text.split("#[cfg(test)]").next().unwrap();
    let mut rooms = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            None => rooms.push(first_word(rest)),
            Some(list) => rooms.extend(top_level(list).into_iter().map(first_word)),
        }
    }
    rooms
}

/// The items of a `use` list at its own depth.
fn top_level(list: &str) -> Vec<&str> {
    let (mut depth, mut start, mut items) = (0, 0, Vec::new());
    for (at, character) in list.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth == 0 => {
                items.push(&list[start..at]);
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                items.push(&list[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    items.into_iter().map(str::trim).filter(|item| !item.is_empty()).collect()
}

fn first_word(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    files
}

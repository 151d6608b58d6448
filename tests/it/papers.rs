//! `docs/papers.md` has the source of every system and metric, as the program has it.

use std::{fs, path::Path};

use epitome::{registry::Registry, spec::Entry};

/// Returns the rows of a table of entries: name, what it is, source.
fn rows<T: ?Sized>(entries: &[Entry<T>]) -> String {
    let row = |entry: &Entry<T>| {
        let cell = |text: &str| text.replace('|', "\\|");
        let (about, source) = (cell(entry.about), cell(entry.source));
        format!("| `{}` | {about} | {source} |\n", entry.name)
    };
    entries.iter().map(row).collect()
}

#[test]
fn the_page_names_the_source_of_every_system_and_metric() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/papers.md");
    let page = fs::read_to_string(path).unwrap();
    let registry = Registry::standard();
    for rows in [
        rows(registry.summarisers()),
        rows(registry.extractors()),
        rows(registry.metrics()),
    ] {
        assert!(
            page.contains(&rows),
            "docs/papers.md wants these rows:\n{rows}"
        );
    }
}

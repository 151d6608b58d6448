//! The default of every system is its source's.
//!
//! `defaults.csv` has a row for every parameter of every system: its default, and what that
//! rests on. A default that departs from the source has no basis to name.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::{collections::BTreeMap, fs, path::Path};

use epitome::{
    registry::Registry,
    spec::{Entry, Parameter, parameters_of},
    summarise::SHARED,
};

const ROWS: &str = include_str!("defaults.csv");

/// What a default may rest on: the paper or the program named as the source, a choice that
/// it leaves open, the protocol that all systems share, a bound on the work, or nothing
/// where it does nothing. `ours` is for the methods that are our own.
const BASES: [&str; 6] = ["source", "left open", "protocol", "bound", "none", "ours"];

type Key = (String, String, String);

fn declared() -> BTreeMap<Key, String> {
    let registry = Registry::standard();
    let mut declared = BTreeMap::new();
    let mut add = |family: &str, system: &str, parameters: Vec<Parameter>| {
        for parameter in parameters {
            let key = (
                family.to_owned(),
                system.to_owned(),
                parameter.name.to_owned(),
            );
            declared.insert(key, parameter.default.to_owned());
        }
    };
    for entry in registry.summarisers() {
        add("summariser", entry.name, parameters_of(entry, SHARED));
    }
    for entry in registry.extractors() {
        add("extractor", entry.name, entry.parameters.to_vec());
    }
    declared
}

#[test]
fn every_default_rests_on_its_source_or_on_what_that_leaves_open() {
    let mut declared = declared();
    let mut rows = csv::Reader::from_reader(ROWS.as_bytes());
    for row in rows.records() {
        let row = row.unwrap();
        let key = (row[0].to_owned(), row[1].to_owned(), row[2].to_owned());
        let default = declared.remove(&key);
        assert_eq!(default.as_deref(), Some(&row[3]), "the default of {key:?}");
        assert!(BASES.contains(&&row[4]), "{key:?} rests on {:?}", &row[4]);
        assert_eq!(&row[4] == "ours", &row[1] == "epitome", "{key:?}");
        assert!(!row[5].is_empty(), "{key:?} says not where");
    }
    assert!(declared.is_empty(), "without a row: {:?}", declared.keys());
}

/// The file of a system, in which its documentation stands.
fn documentation<T: ?Sized>(room: &str, entry: &Entry<T>) -> String {
    let name = entry.name.replace('-', "_");
    let file = format!("{room}/{name}.rs");
    let source = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("crates/systems/src")
        .join(file);
    let text = fs::read_to_string(source).unwrap();
    text.lines()
        .filter_map(|line| line.trim().strip_prefix("///"))
        .collect()
}

#[test]
fn no_documentation_names_a_departure_of_the_default() {
    let registry = Registry::standard();
    let summarisers = registry.summarisers().iter();
    let extractors = registry.extractors().iter();
    let texts = summarisers
        .map(|entry| (entry.name, documentation("summarise", entry)))
        .chain(extractors.map(|entry| (entry.name, documentation("keywords", entry))));
    for (name, text) in texts {
        assert!(
            !text.contains("epart"),
            "{name} departs from its source: {text}"
        );
    }
}

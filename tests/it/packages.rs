//! Every package is ready for a registry: what its manifest says, and that it is whole by itself.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::{
    fs,
    path::{Component, Path, PathBuf},
};

use toml::{Table, Value};
use walkdir::WalkDir;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn manifest(folder: &Path) -> Table {
    let text = fs::read_to_string(folder.join("Cargo.toml")).unwrap();
    text.parse().unwrap()
}

/// The folders of the packages that are published.
fn published() -> Vec<PathBuf> {
    let crates = fs::read_dir(root().join("crates")).unwrap();
    let mut folders: Vec<PathBuf> = crates.map(|it| it.unwrap().path()).collect();
    folders.push(root().to_owned());
    folders.sort();
    folders
}

/// Whether a value is that of the workspace.
fn is_inherited(value: &Value) -> bool {
    value.get("workspace").and_then(Value::as_bool) == Some(true)
}

#[test]
fn every_manifest_says_what_a_registry_asks_for() {
    for folder in published() {
        let manifest = manifest(&folder);
        let package = manifest["package"].as_table().unwrap();
        let name = package["name"].as_str().unwrap();

        for inherited in ["version", "edition", "repository"] {
            assert!(is_inherited(&package[inherited]), "{name}: {inherited}");
        }
        assert!(
            package["description"].as_str().unwrap().len() > 30,
            "{name}"
        );
        let page = format!("https://docs.rs/{name}");
        assert_eq!(
            package["documentation"].as_str(),
            Some(page.as_str()),
            "{name}"
        );
        assert!(package.contains_key("rust-version"), "{name}");
        assert!(!package.contains_key("publish"), "{name}");

        // documentation shows what is behind features
        if manifest.contains_key("features") {
            let docs = &package["metadata"]["docs"]["rs"];
            assert_eq!(docs["all-features"].as_bool(), Some(true), "{name}");
        }
    }
}

#[test]
fn every_package_has_its_licence() {
    for folder in published() {
        let package = &manifest(&folder)["package"];
        if folder.ends_with("english-tagger") {
            // the weights were learnt from treebanks that are shared alike
            assert_eq!(package["license"].as_str(), Some("CC-BY-SA-4.0"));
            let page = fs::read_to_string(folder.join("README.md")).unwrap();
            assert!(page.contains("CC BY-SA 4.0"));
        } else {
            assert!(is_inherited(&package["license"]), "{}", folder.display());
            for file in ["LICENSE-APACHE", "LICENSE-MIT"] {
                let own = fs::read(folder.join(file)).unwrap();
                assert!(
                    own == fs::read(root().join(file)).unwrap(),
                    "{}",
                    folder.display()
                );
            }
        }
    }
}

/// What is for nobody but this repository is not published.
#[test]
fn other_members_are_not_published() {
    for folder in ["benches", "python", "tools"] {
        let package = &manifest(&root().join(folder))["package"];
        assert_eq!(package["publish"].as_bool(), Some(false), "{folder}");
    }
}

/// Returns the paths that a source file includes, as far as they are literal.
fn included(source: &str) -> Vec<&str> {
    let calls = source.split("include_").skip(1).filter_map(|rest| {
        let (macro_name, rest) = rest.split_once('!')?;
        matches!(macro_name, "str" | "bytes").then_some(rest)
    });
    calls.filter_map(|rest| rest.split('"').nth(1)).collect()
}

/// A package from a registry has no neighbours: a file that it includes must be in it.
#[test]
fn no_package_includes_a_file_of_another() {
    let mut count = 0;
    for folder in published().into_iter().filter(|it| it != root()) {
        for entry in WalkDir::new(folder.join("src")) {
            let path = entry.unwrap().into_path();
            if path.extension().is_none_or(|it| it != "rs") {
                continue;
            }
            for file in included(&fs::read_to_string(&path).unwrap()) {
                count += 1;
                let place = path.strip_prefix(&folder).unwrap().parent().unwrap();
                let mut depth = 0_i32;
                for component in place.join(file).components() {
                    depth += if component == Component::ParentDir {
                        -1
                    } else {
                        1
                    };
                    assert!(depth >= 0, "{} includes {file}", path.display());
                }
            }
        }
    }
    assert!(
        count > 20,
        "{count} files are included: are they still found?"
    );
}

#[test]
fn the_image_has_the_licence_of_what_is_in_it() {
    let image = fs::read_to_string(root().join("Dockerfile")).unwrap();
    let bill = fs::read_to_string(root().join("scripts/sbom")).unwrap();
    assert!(image.contains("(MIT OR Apache-2.0) AND CC-BY-SA-4.0"));
    assert!(bill.contains("AND CC-BY-SA-4.0"));
}

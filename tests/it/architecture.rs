//! What the edges between crates cannot say: the core reads no clock, file or environment.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::{
    fs,
    path::{Path, PathBuf},
};

use syn::{
    Attribute, Item, ItemUse, Path as RustPath, UseTree,
    visit::{self, Visit},
};

/// The crates whose functions return a value for every input and depend on nothing else.
const CORE: [&str; 4] = ["metrics", "stats", "systems", "text"];

/// What the core must not name.
const FORBIDDEN: [&str; 7] = [
    "std::env",
    "std::fs",
    "std::io",
    "std::net",
    "std::process",
    "std::time",
    "std::thread::sleep",
];

#[test]
fn the_core_reads_no_clock_file_or_environment() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("crates");
    let mut broken = Vec::new();
    for name in CORE {
        for file in rust_files(&crates.join(name).join("src")) {
            let text = fs::read_to_string(&file).unwrap();
            for path in forbidden(&text) {
                broken.push(format!("{}: {path}", file.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

/// A word of a choice has its value in a table (`spec::Choice`, `spec::Profiles`), where none
/// can be forgotten.
#[test]
fn no_choice_is_made_by_comparing_words() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("crates");
    let mut compared = Vec::new();
    for name in ["metrics", "systems", "engine"] {
        for file in rust_files(&crates.join(name).join("src")) {
            for line in fs::read_to_string(&file).unwrap().lines() {
                let asks = line.contains("params.text(");
                if asks && (line.contains("match ") || line.contains("==")) {
                    compared.push(format!("{}: {}", file.display(), line.trim()));
                }
            }
        }
    }
    assert!(compared.is_empty(), "{compared:#?}");
}

#[test]
fn a_forbidden_name_is_found_wherever_it_stands_but_in_tests() {
    let text = "
        use std::{fmt, fs::File};
        #[cfg(test)] mod tests { use std::env; fn f() { std::fs::read(\"x\"); } }
        fn f() { let now = std::time::Instant::now(); }
    ";
    assert_eq!(
        forbidden(text),
        ["std::fs::File", "std::time::Instant::now"]
    );
}

/// The paths of a file outside of its tests that begin with a forbidden name.
fn forbidden(text: &str) -> Vec<String> {
    let mut named = Named::default();
    named.visit_file(&syn::parse_file(text).unwrap());
    let is_forbidden = |path: &String| {
        FORBIDDEN.iter().any(|name| {
            path.strip_prefix(name)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
        })
    };
    named.paths.into_iter().filter(is_forbidden).collect()
}

/// Every path that is named outside of tests, in full.
#[derive(Default)]
struct Named {
    paths: Vec<String>,
}

impl Named {
    /// Adds the paths of a `use` list.
    fn add(&mut self, before: &str, tree: &UseTree) {
        match tree {
            UseTree::Path(path) => {
                self.add(&format!("{before}{}::", path.ident), &path.tree);
            }
            UseTree::Name(name) => self.paths.push(format!("{before}{}", name.ident)),
            UseTree::Rename(name) => self.paths.push(format!("{before}{}", name.ident)),
            UseTree::Glob(_) => self.paths.push(format!("{before}*")),
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.add(before, tree);
                }
            }
        }
    }
}

impl<'a> Visit<'a> for Named {
    fn visit_item(&mut self, item: &'a Item) {
        if !attributes(item).iter().any(is_of_tests) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'a ItemUse) {
        self.add("", &item.tree);
    }

    fn visit_path(&mut self, path: &'a RustPath) {
        let names: Vec<String> = path
            .segments
            .iter()
            .map(|segment| segment.ident.to_string())
            .collect();
        self.paths.push(names.join("::"));
        visit::visit_path(self, path);
    }
}

/// Whether an attribute is `#[cfg(test)]`.
pub(crate) fn is_of_tests(attribute: &Attribute) -> bool {
    attribute.path().is_ident("cfg")
        && attribute
            .parse_args::<RustPath>()
            .is_ok_and(|argument| argument.is_ident("test"))
}

pub(crate) fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

pub(crate) fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

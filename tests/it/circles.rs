//! No file of a crate imports itself by way of others: every file can be read after those
//! that it imports.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use syn::{
    Item, ItemUse, Path as RustPath, UseTree, Visibility,
    visit::{self, Visit},
};

use crate::architecture::{attributes, is_of_tests, rust_files};

/// The crates, by the folders of their sources.
const CRATES: [&str; 12] = [
    "crates/base/src",
    "crates/corpora/src",
    "crates/embedders/src",
    "crates/engine/src",
    "crates/metrics/src",
    "crates/plugin/src",
    "crates/report/src",
    "crates/site/src",
    "crates/stats/src",
    "crates/systems/src",
    "crates/text/src",
    "src",
];

#[test]
fn no_file_imports_itself_by_way_of_others() {
    let mut circles = Vec::new();
    for name in CRATES {
        for circle in circles_of(&files_of(name)) {
            circles.push(format!("{name}: {}", circle.join(" ↔ ")));
        }
    }
    assert!(circles.is_empty(), "{circles:#?}");
}

#[test]
fn no_room_of_a_run_imports_itself_by_way_of_others() {
    let files = files_of("crates/engine/src");
    let imports = imports_of(&files);
    let rooms = of_rooms(&imports, "run");
    assert!(rooms.len() > 5, "{rooms:?}");
    assert_eq!(circles_among(&rooms), Vec::<Vec<String>>::new());
}

#[test]
fn a_circle_of_rooms_is_found_where_files_have_none() {
    let files = [
        ("", "mod run;"),
        ("run", "mod a; mod b;"),
        ("run::a", "mod one; mod two;"),
        ("run::a::one", "use crate::run::b::three;"),
        ("run::a::two", ""),
        ("run::b", "mod three; mod four;"),
        ("run::b::three", ""),
        ("run::b::four", "use crate::run::a::two;"),
    ];
    let files = files.map(|(name, text)| (module(name), text.to_owned()));
    let files = files.into_iter().collect();
    let imports = imports_of(&files);
    assert_eq!(circles_among(&imports), Vec::<Vec<String>>::new());
    let rooms = of_rooms(&imports, "run");
    assert_eq!(circles_among(&rooms), [["run::a", "run::b"]]);
}

#[test]
fn a_circle_is_found_through_what_a_module_hands_on() {
    let files = |b: &str| {
        let files = [
            ("", "mod a; mod b; mod c; pub use a::A; pub use b::B;"),
            ("a", "use super::{B, c}; pub struct A;"),
            ("b", b),
            ("c", "#[cfg(test)] mod tests { use super::super::a; }"),
        ];
        let files = files.map(|(name, text)| (module(name), text.to_owned()));
        circles_of(&files.into_iter().collect())
    };
    assert_eq!(files("use crate::A; pub struct B;"), [["a", "b"]]);
    assert_eq!(files("fn f() { crate::A; } pub struct B;"), [["a", "b"]]);
    assert_eq!(
        files("use super::c; pub struct B;"),
        Vec::<Vec<String>>::new()
    );
}

/// A module by the names on the way to it.
type Module = Vec<String>;

/// The modules that each module imports.
type Imports = BTreeMap<Module, BTreeSet<Module>>;

/// The files of a crate, by their modules.
fn files_of(sources: &str) -> BTreeMap<Module, String> {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join(sources);
    let files = rust_files(&sources).into_iter().map(|file| {
        let module = module_of(file.strip_prefix(&sources).unwrap());
        (module, fs::read_to_string(file).unwrap())
    });
    files.collect()
}

fn module(name: &str) -> Module {
    name.split("::")
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

fn module_of(file: &Path) -> Module {
    let file = file.with_extension("");
    let names = file.iter().map(|name| name.to_str().unwrap().to_owned());
    let mut module: Module = names.collect();
    module.pop_if(|last| matches!(last.as_str(), "mod" | "lib" | "main"));
    module
}

/// What a file names and hands on.
#[derive(Default)]
struct Names {
    used: Vec<Module>,
    handed_on: Vec<Module>,
}

impl Names {
    fn of(text: &str) -> Self {
        let mut names = Self::default();
        names.visit_file(&syn::parse_file(text).unwrap());
        names
    }

    fn add(&mut self, before: &[String], tree: &UseTree, is_handed_on: bool) {
        let with = |name: &syn::Ident| [before, &[name.to_string()]].concat();
        let path = match tree {
            UseTree::Path(path) => {
                return self.add(&with(&path.ident), &path.tree, is_handed_on);
            }
            UseTree::Group(group) => {
                return group
                    .items
                    .iter()
                    .for_each(|it| self.add(before, it, is_handed_on));
            }
            UseTree::Name(name) => with(&name.ident),
            UseTree::Rename(name) => with(&name.ident),
            UseTree::Glob(_) => before.to_vec(),
        };
        if is_handed_on {
            self.handed_on.push(path.clone());
        }
        self.used.push(path);
    }
}

impl<'a> Visit<'a> for Names {
    fn visit_item(&mut self, item: &'a Item) {
        if !attributes(item).iter().any(is_of_tests) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'a ItemUse) {
        let is_handed_on = !matches!(item.vis, Visibility::Inherited);
        self.add(&[], &item.tree, is_handed_on);
    }

    /// `pub(super)` names nothing.
    fn visit_visibility(&mut self, _: &'a Visibility) {}

    fn visit_path(&mut self, path: &'a RustPath) {
        let names = path
            .segments
            .iter()
            .map(|segment| segment.ident.to_string());
        self.used.push(names.collect());
        visit::visit_path(self, path);
    }
}

/// The circles of files, each by the names of its modules in order.
fn circles_of(files: &BTreeMap<Module, String>) -> Vec<Vec<String>> {
    circles_among(&imports_of(files))
}

/// What each file imports.
fn imports_of(files: &BTreeMap<Module, String>) -> Imports {
    let names: BTreeMap<&Module, Names> = files
        .iter()
        .map(|(module, text)| (module, Names::of(text)))
        .collect();

    let mut imports = Imports::new();
    for (&module, found) in &names {
        let used = found
            .used
            .iter()
            .filter(|path| is_of_crate(path, module, files));
        let targets = used.map(|path| resolve(&names, module, path, 0));
        let targets =
            targets.filter(|target| files.contains_key(target) && target != module);
        imports.insert(module.clone(), targets.collect());
    }
    imports
}

/// What the folders below a module import of each other.
fn of_rooms(imports: &Imports, below: &str) -> Imports {
    let room = |module: &Module| match module.as_slice() {
        [first, room, ..] if first == below => Some(vec![first.clone(), room.clone()]),
        _ => None,
    };
    let mut rooms = Imports::new();
    for (from, to) in imports {
        let Some(from) = room(from) else {
            continue;
        };
        let to = to.iter().filter_map(room).filter(|to| *to != from);
        let to: Vec<Module> = to.collect();
        rooms.entry(from).or_default().extend(to);
    }
    rooms
}

/// The circles of modules, each by their names in order.
fn circles_among(imports: &Imports) -> Vec<Vec<String>> {
    // all that is reached over any number of steps
    let mut reached = imports.clone();
    loop {
        let further: Vec<(Module, BTreeSet<Module>)> = reached
            .iter()
            .map(|(from, to)| {
                let next = to.iter().flat_map(|to| &reached[to]);
                (from.clone(), to.iter().chain(next).cloned().collect())
            })
            .collect();
        let grown = further
            .iter()
            .any(|(from, to)| to.len() > reached[from].len());
        reached.extend(further);
        if !grown {
            break;
        }
    }

    let mut circles = BTreeSet::new();
    for (from, to) in reached.iter().filter(|(from, to)| to.contains(*from)) {
        let both = to.iter().filter(|other| reached[*other].contains(from));
        circles.insert(both.map(|module| module.join("::")).collect::<Vec<_>>());
    }
    circles.into_iter().collect()
}

/// Whether a path begins in this crate: at its root, above, or at a module below.
fn is_of_crate(
    path: &[String],
    module: &Module,
    files: &BTreeMap<Module, String>,
) -> bool {
    let Some(first) = path.first() else {
        return false;
    };
    let is_below = || files.contains_key(&[&module[..], &path[..1]].concat());
    matches!(first.as_str(), "crate" | "super" | "self") || is_below()
}

/// The file that a path ends in, what modules hand on followed.
fn resolve(
    names: &BTreeMap<&Module, Names>,
    from: &Module,
    path: &[String],
    depth: usize,
) -> Module {
    let mut at = from.clone();
    for (place, name) in path.iter().enumerate() {
        match name.as_str() {
            "crate" => at.clear(),
            "self" => {}
            "super" => {
                at.pop();
            }
            _ => {
                let below = [&at[..], &path[place..=place]].concat();
                if names.contains_key(&below) {
                    at = below;
                    continue;
                }
                let handed_on = names.get(&at).map(|found| found.handed_on.as_slice());
                let handed_on = handed_on.unwrap_or_default().iter();
                let mut source = handed_on.filter(|it| it.last() == Some(name));
                return match source.next() {
                    Some(source) if depth < 10 => resolve(names, &at, source, depth + 1),
                    _ => at,
                };
            }
        }
    }
    at
}

//! Formats of public corpora, in folders and in archives.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use epitome::corpus::import::{
    FORMATS, ImportFormat, ImportLimits, ImportOptions, Item, Tree,
};

use crate::{choose, file, readers::check_record, says_something, scratch};

const LIMITS: ImportLimits = ImportLimits {
    file: 4,
    archive: 8,
};

/// The folder with a small corpus of our own in each format.
const SEEDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fuzz/seeds/formats");

/// A format whose seed is in the folder of this process.
pub struct Stage {
    /// The format.
    pub format: &'static ImportFormat,
    /// The folder of the copy.
    pub folder: PathBuf,
    /// The files of the seed by their paths below the folder, each with what it holds.
    pub files: Vec<(PathBuf, Vec<u8>)>,
}

/// Imports the seed of a format with one of its files replaced: the first byte chooses the
/// format, the second the file, and the rest is what it holds.
pub fn formats(data: &[u8]) {
    let Some((stage, rest)) = choose(stages(), data) else {
        return;
    };
    let Some(((below, original), content)) = choose(&stage.files, rest) else {
        return;
    };

    let path = stage.folder.join(below);
    fs::write(&path, content).expect("a temporary file");
    match Tree::open(&stage.folder, LIMITS) {
        Ok(tree) => {
            let _ = ImportFormat::of(&tree);
            import(stage.format, &tree);
        }
        Err(error) => says_something(&error),
    }
    fs::write(&path, original).expect("a temporary file");
}

/// Imports an archive in whatever format it seems to have.
pub fn archive(names: &[&str], data: &[u8]) {
    let Some((name, content)) = choose(names, data) else {
        return;
    };
    match Tree::open(&file(name, content), LIMITS) {
        Ok(tree) => {
            if let Some(format) = ImportFormat::of(&tree) {
                import(format, &tree);
            }
        }
        Err(error) => says_something(&error),
    }
}

fn import(format: &ImportFormat, tree: &Tree) {
    let found = format.import(tree, &ImportOptions::default(), &mut |_, item| {
        if let Item::Document(record) = item {
            check_record(&record);
        }
        Ok(())
    });
    if let Err(error) = found {
        says_something(&error);
    }
}

/// Returns the formats that have a seed, with copies of their seeds.
pub fn stages() -> &'static [Stage] {
    static STAGES: OnceLock<Vec<Stage>> = OnceLock::new();
    STAGES.get_or_init(|| FORMATS.iter().filter_map(|format| stage(format)).collect())
}

fn stage(format: &'static ImportFormat) -> Option<Stage> {
    let seed = Path::new(SEEDS).join(format.name).join("first");
    if !seed.is_dir() {
        return None; // a format of a feature, whose seed is no text
    }

    let folder = scratch().join("formats").join(format.name);
    let mut files = Vec::new();
    collect(&seed, Path::new(""), &mut files);
    files.sort();
    for (below, content) in &files {
        let path = folder.join(below);
        fs::create_dir_all(path.parent().expect("it is in a folder")).expect("a folder");
        fs::write(path, content).expect("a temporary file");
    }
    Some(Stage {
        format,
        folder,
        files,
    })
}

fn collect(folder: &Path, below: &Path, files: &mut Vec<(PathBuf, Vec<u8>)>) {
    for entry in fs::read_dir(folder).expect("a seed") {
        let entry = entry.expect("a seed");
        let below = below.join(entry.file_name());
        match entry.path().is_dir() {
            true => collect(&entry.path(), &below, files),
            false => files.push((below, fs::read(entry.path()).expect("a seed"))),
        }
    }
}

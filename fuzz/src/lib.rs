//! What the fuzz targets check. A target is a function that takes bytes from libFuzzer, makes
//! an input of them, and asserts laws: nothing panics, positions are inside of a text and
//! between characters, scores are finite and within their scale, picks are within the
//! budget, and what was printed parses to the same value.
//!
//! Some targets use the first bytes to choose: a file name, a format, a system.

pub mod core;
pub mod grammars;
pub mod imports;
pub mod numbers;
pub mod protocol;
pub mod readers;
pub mod rows;
pub mod vectors;

use std::{
    fs,
    path::{Path, PathBuf},
    sync::OnceLock,
};

/// Returns the folder of this process for the files that targets read. It is below `TMPDIR`,
/// whose owner removes it: libFuzzer ends a process without dropping values.
pub fn scratch() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let folder = tempfile::Builder::new().prefix("epitome-fuzz-").tempdir();
        folder.expect("a temporary folder").keep()
    })
}

/// Writes a file into [`scratch`] and returns its path.
pub fn file(name: &str, content: &[u8]) -> PathBuf {
    let path = scratch().join(name);
    fs::write(&path, content).expect("a temporary file");
    path
}

/// Splits off the first byte, which chooses one of `choices`, from the rest of an input.
/// Returns `None` if there is no first byte.
pub fn choose<'c, 'd, T>(choices: &'c [T], data: &'d [u8]) -> Option<(&'c T, &'d [u8])> {
    let (first, rest) = data.split_first()?;
    Some((&choices[*first as usize % choices.len()], rest))
}

/// Checks that an error says something.
pub fn says_something(error: &impl ToString) {
    let text = error.to_string();
    assert!(text.len() > 10, "an error that says nothing: {text:?}");
}

//! The Python that tests start.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::{
    env,
    ffi::{OsStr, OsString},
    path::Path,
    process::Command,
    sync::OnceLock,
};

/// Python itself: what is found first may be a script that chooses one.
pub(crate) fn interpreter() -> &'static str {
    static INTERPRETER: OnceLock<String> = OnceLock::new();
    INTERPRETER.get_or_init(|| {
        let print = ["-c", "import sys; print(sys.executable)"];
        let output = Command::new("python3").args(print).output().unwrap();
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    })
}

/// The folders of programs, that of Python itself first. A script that chooses one takes
/// several times as long to start as what it chooses, and tests start hundreds.
pub(crate) fn search_path() -> &'static OsStr {
    static PATH: OnceLock<OsString> = OnceLock::new();
    PATH.get_or_init(|| {
        let of_python = Path::new(interpreter()).parent().map(Path::to_owned);
        let others = env::var_os("PATH").unwrap_or_default();
        env::join_paths(of_python.into_iter().chain(env::split_paths(&others))).unwrap()
    })
}

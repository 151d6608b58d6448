//! The Python that tests start.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::{
    env,
    ffi::{OsStr, OsString},
    fs, io,
    path::{Path, PathBuf},
    process::{self, Command},
    sync::OnceLock,
};

/// Python in a virtual environment that has no packages. What `python3` names may be a script that
/// chooses a version, and the packages installed beside that version may run code of their own at
/// every start: both together took five times as long as Python alone, and tests start hundreds.
pub(crate) fn interpreter() -> &'static str {
    static INTERPRETER: OnceLock<String> = OnceLock::new();
    INTERPRETER.get_or_init(|| {
        let print = "import os, sys; print(os.path.realpath(sys.executable))";
        let output = Command::new("python3")
            .args(["-c", print])
            .output()
            .unwrap();
        let found = String::from_utf8(output.stdout).unwrap();

        let python = environment_of(Path::new(found.trim())).unwrap();
        python.to_str().unwrap().to_owned()
    })
}

/// Makes a virtual environment of an installed Python, and returns the Python in it.
fn environment_of(installed: &Path) -> io::Result<PathBuf> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("python");
    fs::create_dir_all(folder.join("bin"))?;

    // both are put in place whole: another run of the tests may start this Python now
    let draft = folder.join(format!("draft-{}", process::id()));
    let home = installed.parent().unwrap().display();
    let settings = format!("home = {home}\ninclude-system-site-packages = false\n");
    fs::write(&draft, settings)?;
    fs::rename(&draft, folder.join("pyvenv.cfg"))?;

    let python = folder.join("bin/python3");
    std::os::unix::fs::symlink(installed, &draft)?;
    fs::rename(&draft, &python)?;
    Ok(python)
}

/// The folders of programs, that of [`interpreter`] first.
pub(crate) fn search_path() -> &'static OsStr {
    static PATH: OnceLock<OsString> = OnceLock::new();
    PATH.get_or_init(|| {
        let of_python = Path::new(interpreter()).parent().map(Path::to_owned);
        let others = env::var_os("PATH").unwrap_or_default();
        env::join_paths(of_python.into_iter().chain(env::split_paths(&others))).unwrap()
    })
}

/// [`search_path`] with the folder of the program before it, for scripts that start `epitome`.
pub(crate) fn search_path_with_epitome() -> OsString {
    let program = Path::new(env!("CARGO_BIN_EXE_epitome"));
    let own = program.parent().map(Path::to_owned);
    env::join_paths(own.into_iter().chain(env::split_paths(search_path()))).unwrap()
}

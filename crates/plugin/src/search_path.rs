//! Programs that are found in `PATH` before they are started.
//!
//! The standard library forks this process to start a program by a name without a slash in a
//! changed environment, and forking copies the page tables of this process, however large it
//! is. A program that is started by its path needs no copy.

use std::{
    env,
    ffi::OsStr,
    io,
    os::unix::{ffi::OsStrExt, process::CommandExt},
    path::PathBuf,
    process::{Child, Command},
};

use rustix::fs::{Access, access};

/// Starts a command with a cleared environment, whose program may be a name that is searched for
/// in the `PATH` of the command. A program that is not started so, such as a script without `#!`, is
/// left to the system's own search. `set_up` is called with each command that is tried, and sets
/// what a command does not tell about itself, such as its pipes.
///
/// # Errors
/// Returns the error of the system's own search.
pub(super) fn spawn(
    mut by_name: Command,
    set_up: impl Fn(&mut Command),
) -> io::Result<Child> {
    if let Some(mut by_path) = by_path(&by_name) {
        set_up(&mut by_path);
        if let Ok(child) = by_path.spawn() {
            return Ok(child);
        }
    }
    set_up(&mut by_name);
    by_name.spawn()
}

/// Returns a command that differs in how its program is found, and is told the same name of
/// itself; `None` if the program is not found or is named with a slash. The environment of the
/// command is cleared.
fn by_path(command: &Command) -> Option<Command> {
    let name = command.get_program();
    let mut variables = command.get_envs();
    let (_, path) = variables.find(|(variable, _)| *variable == "PATH")?;
    let mut by_path = Command::new(find(name, path?)?);

    by_path.arg0(name).args(command.get_args()).env_clear();
    for (variable, value) in command.get_envs() {
        if let Some(value) = value {
            by_path.env(variable, value);
        }
    }
    if let Some(folder) = command.get_current_dir() {
        by_path.current_dir(folder);
    }
    Some(by_path)
}

/// Returns the first file in the folders of `path` that has the name `program` and may be
/// executed. Folders from a relative one on are not searched: they depend on where the
/// program is started.
fn find(program: &OsStr, path: &OsStr) -> Option<PathBuf> {
    if program.is_empty() || program.as_bytes().contains(&b'/') {
        return None;
    }
    env::split_paths(path)
        .take_while(|folder| folder.is_absolute())
        .map(|folder| folder.join(program))
        .find(|place| place.is_file() && access(place, Access::EXEC_OK).is_ok())
}

#[cfg(test)]
mod tests {
    use std::{fs, os::unix::fs::PermissionsExt, path::Path, process::Stdio};

    use super::*;

    /// A folder with the file `program`, whose content and mode are given.
    fn folder(content: &str, mode: u32) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("program");
        fs::write(&program, content).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(mode)).unwrap();
        folder
    }

    fn path(folders: &[&Path]) -> std::ffi::OsString {
        env::join_paths(folders).unwrap()
    }

    #[test]
    fn the_first_file_that_may_be_executed_is_found() {
        let (not, first, second) =
            (folder("", 0o644), folder("", 0o755), folder("", 0o755));
        let path = path(&[not.path(), first.path(), second.path()]);
        let program = OsStr::new("program");
        assert_eq!(find(program, &path), Some(first.path().join(program)));
        assert_eq!(find(OsStr::new("other"), &path), None);
    }

    #[test]
    fn folders_from_a_relative_one_on_are_not_searched() {
        let it = folder("", 0o755);
        let path = path(&[Path::new("somewhere"), it.path()]);
        assert_eq!(find(OsStr::new("program"), &path), None);
    }

    #[test]
    fn a_program_with_a_slash_is_not_searched() {
        let it = folder("", 0o755);
        let path = path(&[it.path()]);
        for program in ["./program", "/program", "a/program", ""] {
            assert_eq!(find(OsStr::new(program), &path), None, "{program}");
        }
    }

    /// Returns what a script prints that is started by its name, with one argument, in the
    /// root folder and with one variable besides `PATH`.
    fn printed(script: &str) -> String {
        let it = folder(script, 0o755);
        let mut command = Command::new("program");
        command
            .arg("argument")
            .current_dir("/")
            .env_clear()
            .env(
                "PATH",
                path(&[it.path(), Path::new("/usr/bin"), Path::new("/bin")]),
            )
            .env("VARIABLE", "value");
        let child = spawn(command, |command| {
            command.stdout(Stdio::piped());
        });
        let output = child.unwrap().wait_with_output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    }

    #[test]
    fn a_program_is_started_as_its_command_says() {
        let script = "#!/bin/sh\necho \"$1 $(pwd) $VARIABLE ${HOME-none}\"";
        assert_eq!(printed(script), "argument / value none\n");
    }

    #[test]
    fn a_script_without_an_interpreter_is_started_by_the_shell() {
        assert_eq!(printed("echo $1 $VARIABLE"), "argument value\n");
    }

    #[test]
    fn a_program_is_told_its_name_without_its_path() {
        let mut command = Command::new("sh");
        let path = env::var_os("PATH").unwrap();
        command
            .args(["-c", "echo $0"])
            .env_clear()
            .env("PATH", path);
        let by_path = by_path(&command).unwrap();
        assert!(Path::new(by_path.get_program()).is_absolute());
        let child = spawn(command, |command| {
            command.stdout(Stdio::piped());
        });
        let output = child.unwrap().wait_with_output().unwrap();
        assert_eq!(output.stdout, b"sh\n");
    }

    #[test]
    fn the_error_of_a_program_that_is_nowhere_is_that_of_the_system() {
        let mut command = Command::new("no-such-program");
        command.env_clear().env("PATH", "/usr/bin");
        let error = spawn(command, |_| {}).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::NotFound);
    }
}

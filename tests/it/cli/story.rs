//! A little language for stories: a folder, files in it, a command, what came of it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

use crate::python::search_path;

/// A folder of its own, and the program in it.
pub(crate) struct Story {
    folder: TempDir,
}

/// What a command did.
pub(crate) struct Outcome {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// Begins a story in an empty folder.
pub(crate) fn epitome() -> Story {
    Story {
        folder: TempDir::new().unwrap(),
    }
}

impl Story {
    /// Puts a file into the folder.
    pub(crate) fn file(self, path: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Runs the program with arguments as one would type them; no quoting.
    pub(crate) fn does(&self, arguments: &str) -> Outcome {
        self.reads("", arguments)
    }

    /// Runs the program with arguments that may hold anything.
    pub(crate) fn does_words(&self, arguments: &[&str]) -> Outcome {
        self.reads_words("", arguments)
    }

    /// Runs the program with something on standard input.
    pub(crate) fn reads(&self, input: &str, arguments: &str) -> Outcome {
        self.reads_words(input, &arguments.split_whitespace().collect::<Vec<_>>())
    }

    /// Runs the program with variables in its environment.
    pub(crate) fn does_with(
        &self,
        environment: &[(&str, &str)],
        arguments: &str,
    ) -> Outcome {
        let mut command = self.command();
        command.envs(environment.iter().copied());
        Self::outcome(command.args(arguments.split_whitespace()))
    }

    fn reads_words(&self, input: &str, arguments: &[&str]) -> Outcome {
        Self::outcome(self.command().args(arguments).write_stdin(input))
    }

    /// The program in this folder, before a terminal of the usual width.
    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_epitome"));
        command
            .current_dir(self.folder.path())
            .env("PATH", search_path())
            .env_remove("COLUMNS");
        command
    }

    fn outcome(command: &mut Command) -> Outcome {
        let output = command.output().unwrap();
        Outcome {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// The text of a file below the only folder of results.
    pub(crate) fn result(&self, file: &str) -> String {
        let folder = only_child(&self.path("results"));
        fs::read_to_string(folder.join(file)).unwrap()
    }
}

/// The only thing in a folder that is not hidden.
pub(crate) fn only_child(folder: &Path) -> PathBuf {
    let is_hidden = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default();
        name.to_string_lossy().starts_with('.')
    };
    let children: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|path| !is_hidden(path))
        .collect();
    assert_eq!(children.len(), 1, "{children:?}");
    children[0].clone()
}

impl Outcome {
    /// What was printed with one space for white space: text is broken into lines for a
    /// terminal.
    pub(crate) fn words(&self) -> String {
        self.stdout.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The data of an answer in JSON, whose envelope is checked.
    pub(crate) fn data(&self) -> Value {
        let mut answer: Value = serde_json::from_str(&self.stdout).unwrap();
        let keys: Vec<&str> = answer
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        assert_eq!(keys, ["command", "data", "epitome"]);
        assert_eq!(answer["epitome"], env!("CARGO_PKG_VERSION"));
        answer["data"].take()
    }

    /// It ended with 0.
    pub(crate) fn succeeds(self) -> Self {
        assert_eq!(self.code, 0, "{}{}", self.stdout, self.stderr);
        self
    }

    /// It ended with `code` and said `message` in a line that begins with "error: ".
    pub(crate) fn fails(self, code: i32, message: &str) -> Self {
        assert_eq!(self.code, code, "{}{}", self.stdout, self.stderr);
        let line = format!("error: {message}");
        assert!(
            self.stderr.lines().any(|found| found == line),
            "{}",
            self.stderr
        );
        self
    }

    /// A line of standard output holds `text`.
    pub(crate) fn writes(self, text: &str) -> Self {
        assert!(self.stdout.contains(text), "{}", self.stdout);
        self
    }

    /// A line of standard error holds `text`.
    pub(crate) fn says(self, text: &str) -> Self {
        assert!(self.stderr.contains(text), "{}", self.stderr);
        self
    }
}

/// Copies a program that is to be started. Another process does it: a process of another test that
/// begins at this moment would have the copy open for writing, and the system starts no program
/// that somebody writes ("text file busy").
pub(crate) fn copy_program(from: &str, to: &Path) {
    let status = std::process::Command::new("cp").arg(from).arg(to).status();
    assert!(status.unwrap().success(), "cp {from}");
}

/// A corpus of two news stories with references and keyphrases.
pub(crate) const TWO_STORIES: &str = r#"{"id":"flood","title":"River floods town","lang":"en","text":"The river rose two metres overnight. The town council closed the old stone bridge. Shops along the river stayed shut.\n\nMayor Ana Ruiz thanked the volunteers. The river should fall by Friday.","summaries":["The river rose two metres and the council closed the bridge.","The old stone bridge is closed after a flood."],"keyphrases":["river","stone bridge","town council"],"desk":"local"}
{"id":"whale","lang":"en","text":"A whale swam into the harbour on Monday. Crowds lined the harbour wall to watch the whale. Biologists said the whale was young and healthy. It left with the evening tide.","summaries":["A young whale visited the harbour and left with the tide."],"keyphrases":["whale","harbour wall"]}
"#;

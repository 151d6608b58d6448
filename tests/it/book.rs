//! The pages of the documentation show what happens: their blocks of shell run as they stand.
//!
//! A page is a session in a folder of its own, with the files of `examples/book` and the program
//! in `PATH`. In the order of the page, a block
//!
//! * `sh` is run, and each of its commands must succeed; a command whose comment says
//!   `# exit code 4` must end with that code;
//! * `toml` whose first line is `# NAME.toml` is written to that file;
//! * `text` directly below a block of shell is what that block prints.
//!
//! Blocks of `bash` are for reading: they need a network, another machine or much time.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::{
    collections::VecDeque,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::Mutex,
    thread,
};

use crate::python::search_path_with_epitome;

/// A block of code on a page.
#[derive(Debug, PartialEq)]
struct Block {
    /// The number of its first line, from 1.
    line: usize,
    language: String,
    text: String,
    /// Whether only blank lines are between it and the block before it.
    follows: bool,
}

/// Returns the blocks of code of a page.
fn blocks(page: &str) -> Vec<Block> {
    let mut found: Vec<Block> = Vec::new();
    let mut open: Option<(&str, Block)> = None;
    let mut is_prose_between = true;
    for (number, line) in page.lines().enumerate() {
        match open.take() {
            Some((_, block)) if line.trim() == "```" => {
                found.push(block);
                is_prose_between = false;
            }
            Some((indent, mut block)) => {
                block.text += line.strip_prefix(indent).unwrap_or(line);
                block.text.push('\n');
                open = Some((indent, block));
            }
            None => match line.split_once("```") {
                Some((indent, language)) if indent.trim().is_empty() => {
                    let block = Block {
                        line: number + 2,
                        language: language.to_owned(),
                        text: String::new(),
                        follows: !is_prose_between,
                    };
                    open = Some((indent, block));
                }
                _ => is_prose_between |= !line.trim().is_empty(),
            },
        }
    }
    found
}

/// Returns a block of shell as a script that ends at the first command without the code that
/// is expected of it.
fn script(block: &str) -> String {
    let mut script = "set -eu\n".to_owned();
    for line in block.lines() {
        let code: Option<u8> = line.split_once("# exit code ").and_then(|(_, said)| {
            said.split(|sign: char| !sign.is_ascii_digit())
                .next()?
                .parse()
                .ok()
        });
        match code {
            Some(code) => {
                let _ = writeln!(
                    script,
                    "if {line}\nthen exit 99\nelse [ $? -eq {code} ]; fi"
                );
            }
            None => {
                let _ = writeln!(script, "{line}");
            }
        }
    }
    script
}

/// Copies the files of a folder, links as the files that they lead to.
fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            fs::create_dir(&target).unwrap();
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

/// Runs a block of shell in a folder, and returns what it prints, or what is wrong.
fn run(block: &Block, folder: &Path) -> Result<String, String> {
    let output = Command::new("sh")
        .args(["-c", &script(&block.text)])
        .current_dir(folder)
        .env("PATH", search_path_with_epitome())
        .env("HOME", folder)
        .env("COLUMNS", "80")
        .stdin(Stdio::null())
        .output()
        .unwrap();

    if output.status.success() {
        return Ok(String::from_utf8(output.stdout).unwrap());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(format!("{}\n{}{said}", output.status, block.text))
}

/// Returns the file that a block of TOML is, from its first line.
fn file_name(block: &Block) -> Option<&str> {
    let name = block.text.lines().next()?.strip_prefix("# ")?;
    let is_file = Path::new(name).extension().is_some_and(|it| it == "toml");
    is_file.then_some(name)
}

/// Returns the lines of a text without the blanks at their ends.
fn lines(text: &str) -> Vec<&str> {
    text.lines().map(str::trim_end).collect()
}

/// Runs the blocks of a page, and returns what is wrong.
fn problem(page: &Path) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let files = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/book");
    copy(&files, folder.path());

    let mut printed = None;
    for block in blocks(&fs::read_to_string(page).unwrap()) {
        let wrong =
            |what: String| Some(format!("{}:{}: {what}", page.display(), block.line));
        match block.language.as_str() {
            "sh" => match run(&block, folder.path()) {
                Ok(said) => printed = Some(said),
                Err(problem) => return wrong(problem),
            },
            "text" if block.follows => {
                if let Some(said) = printed.take()
                    && lines(&said) != lines(&block.text)
                {
                    return wrong(format!("the commands above print\n{said}"));
                }
            }
            "toml" => {
                if let Some(name) = file_name(&block) {
                    fs::write(folder.path().join(name), &block.text).unwrap();
                }
            }
            _ => {}
        }
    }
    None
}

/// The pages that have blocks of shell.
fn pages() -> VecDeque<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let docs = fs::read_dir(root.join("docs")).unwrap();
    let mut pages: Vec<PathBuf> = docs.map(|entry| entry.unwrap().path()).collect();
    pages.push(root.join("README.md"));
    pages.retain(|page| {
        page.extension().is_some_and(|it| it == "md")
            && fs::read_to_string(page).unwrap().contains("```sh\n")
    });
    pages.sort();
    pages.into()
}

#[test]
fn blocks_of_shell_run_as_they_stand() {
    let pages = Mutex::new(pages());
    assert!(
        pages.lock().unwrap().len() > 10,
        "are the pages still there?"
    );
    let problems = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(page) = { pages.lock().unwrap().pop_front() } {
                    problems.lock().unwrap().extend(problem(&page));
                }
            });
        }
    });
    let problems = problems.into_inner().unwrap();
    assert!(problems.is_empty(), "{}", problems.join("\n\n"));
}

#[test]
fn a_block_has_its_language_and_its_place() {
    let page = "```sh\na\n```\n\n```text\nb\n```\nand\n  ```toml\n  c\n  ```\n";
    let found: Vec<(usize, String, String, bool)> = blocks(page)
        .into_iter()
        .map(|it| (it.line, it.language, it.text, it.follows))
        .collect();
    let block = |line, language: &str, text: &str, follows| {
        (line, language.to_owned(), text.to_owned(), follows)
    };
    assert_eq!(
        found,
        [
            block(2, "sh", "a\n", false),
            block(6, "text", "b\n", true),
            block(10, "toml", "c\n", false),
        ]
    );
}

#[test]
fn a_comment_says_which_exit_code_is_expected() {
    let runs = |block: &str| {
        let status = Command::new("sh").args(["-c", &script(block)]).status();
        status.unwrap().success()
    };
    assert!(runs("sh -c 'exit 4' # exit code 4: it says why\ntrue"));
    assert!(!runs("true # exit code 4"));
    assert!(!runs("sh -c 'exit 4'\ntrue"));
}

//! The rules about files that the declaration of a plugin and the run come to.

use std::{
    collections::BTreeSet,
    env, fs, io,
    path::{Component, Path, PathBuf, absolute},
};

use super::{
    access::Access,
    command::CommandLine,
    rule::{Right, Rule},
};

/// Where systems keep programs, libraries, settings and what they say of themselves.
const SYSTEM: [&str; 18] = [
    "/usr",
    "/bin",
    "/sbin",
    "/lib",
    "/lib32",
    "/lib64",
    "/libx32",
    "/etc",
    "/opt",
    "/nix",
    "/gnu",
    "/snap",
    "/proc",
    "/sys",
    "/run",
    "/var/lib",
    "/var/cache",
    "/dev/fd",
];

/// The devices that programs need.
const DEVICES: [&str; 9] = [
    "null", "zero", "full", "random", "urandom", "dri", "kfd", "accel", "dxg",
];

/// The beginning of the names of devices of graphics cards.
const GRAPHICS: &str = "nvidia";

/// The names of folders whose programs use what lies beside the folder.
const OF_PROGRAMS: [&str; 3] = ["bin", "sbin", "shims"];

/// The number of files beside what is hidden that get a rule of their own.
const MOST_BESIDE: usize = 10_000;

impl Access {
    /// Returns the rules for a command that runs in the new folder `working`.
    ///
    /// # Errors
    /// Returns an error if a folder has too many entries beside something that is hidden.
    pub(super) fn rules(
        &self,
        command: &CommandLine,
        working: &Path,
    ) -> io::Result<Vec<Rule>> {
        let folder = absolute(&command.folder)?;
        let hidden = self.hidden.iter().map(|path| settled(path)).collect();
        let mut rules = Rules {
            hidden,
            rules: BTreeSet::new(),
        };

        for path in SYSTEM {
            rules.allow(Path::new(path), Right::Read)?;
        }
        for device in devices() {
            rules.allow(&device, Right::Device)?;
        }

        let path = env::var_os("PATH").unwrap_or_default();
        for programs in env::split_paths(&path).filter(|it| it.is_absolute()) {
            rules.allow_programs(&programs)?;
        }
        // the slashes of an address do not begin a path
        let values = command.environment.iter().map(|(_, value)| value);
        for value in values.filter(|value| !value.contains("://")) {
            for path in env::split_paths(value).filter(|it| it.is_absolute()) {
                rules.allow(&path, Right::Read)?;
            }
        }

        let words = command.sandbox.iter().chain(&command.words);
        for word in words {
            rules.allow_word(&folder, word)?;
        }
        if let Some(own) = &self.own {
            rules.allow_named(own)?;
        }
        for path in &self.read {
            rules.allow_declared("read", path, Right::Read)?;
        }
        for path in &self.write {
            rules.allow_declared("write", path, Right::Write)?;
        }
        rules.allow(working, Right::Write)?;
        Ok(rules.rules.into_iter().collect())
    }
}

/// Rules that are being collected.
struct Rules {
    /// Paths without links that get no rule, nor anything below them.
    hidden: Vec<PathBuf>,
    rules: BTreeSet<Rule>,
}

impl Rules {
    /// Adds the rules for a right to a path, which may not exist.
    fn allow(&mut self, path: &Path, right: Right) -> io::Result<()> {
        match path.canonicalize() {
            Ok(path) => self.allow_settled(path, right, &mut 0),
            Err(_) => Ok(()),
        }
    }

    /// Adds the rules for reading a file or folder of the plugin itself, which may lie in a
    /// folder that is hidden, such as that of the results. What is hidden by itself, or below
    /// the path, stays hidden.
    fn allow_named(&mut self, path: &Path) -> io::Result<()> {
        let place = settled(path);
        let is_above = |hidden: &PathBuf| *hidden != place && place.starts_with(hidden);
        let (above, others) = self.hidden.drain(..).partition(is_above);
        self.hidden = others;
        let allowed = self.allow(path, Right::Read);
        self.hidden.extend::<Vec<PathBuf>>(above);
        allowed
    }

    /// Adds the rules for a path that a declaration names by a key.
    fn allow_declared(&mut self, key: &str, path: &Path, right: Right) -> io::Result<()> {
        if !path.exists() {
            let path = path.display();
            let problem = format!("`{key}` names {path}, which does not exist");
            return Err(io::Error::other(problem));
        }
        self.allow(path, right)
    }

    /// Adds the rules for a path without links. If something below it is hidden, its entries
    /// get rules of their own; a file that appears there later gets none.
    fn allow_settled(
        &mut self,
        path: PathBuf,
        right: Right,
        beside: &mut usize,
    ) -> io::Result<()> {
        if self.hidden.iter().any(|hidden| path.starts_with(hidden)) {
            return Ok(());
        }

        let is_folder = path.is_dir();
        let rule = |path: PathBuf, right| Rule {
            path,
            right,
            is_folder,
        };
        if !self.hidden.iter().any(|hidden| hidden.starts_with(&path)) {
            self.rules.insert(rule(path, right));
            return Ok(());
        }

        for entry in fs::read_dir(&path)?.flatten() {
            *beside += 1;
            if *beside > MOST_BESIDE {
                return Err(io::Error::other(format!(
                    "{} has more than {MOST_BESIDE} files beside those that a plugin may not read: move the plugin to a folder of its own",
                    path.display()
                )));
            }
            // what a link leads to has rules by its own place
            if entry.file_type().is_ok_and(|it| !it.is_symlink()) {
                self.allow_settled(entry.path(), right, beside)?;
            }
        }
        self.rules.insert(rule(path, Right::List));
        Ok(())
    }

    /// Adds rules for a folder of programs, what lies beside it, and what its links lead to.
    fn allow_programs(&mut self, folder: &Path) -> io::Result<()> {
        self.allow(&installed_at(folder), Right::Read)?;
        let is_of_system = SYSTEM.iter().any(|system| folder.starts_with(system));
        if is_of_system {
            return Ok(());
        }
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            if entry.file_type().is_ok_and(|it| it.is_symlink()) {
                self.allow_program(&entry.path())?;
            }
        }
        Ok(())
    }

    /// Adds rules for where a program is installed, through each link that leads to it.
    fn allow_program(&mut self, program: &Path) -> io::Result<()> {
        /// More links in a row than there are.
        const MOST_LINKS: usize = 40;

        let mut program = program.to_owned();
        for _ in 0..MOST_LINKS {
            if let Some(folder) = program.parent() {
                self.allow_installed(folder, &program)?;
            }
            let (Ok(target), Some(folder)) = (fs::read_link(&program), program.parent())
            else {
                break;
            };
            program = folder.join(target);
        }
        Ok(())
    }

    /// Adds rules for a file that lies in `folder` with what belongs to it: for the folder,
    /// unless it is the home folder or above it.
    fn allow_installed(&mut self, folder: &Path, file: &Path) -> io::Result<()> {
        self.allow_named(file)?;
        let place = installed_at(folder);
        match is_wide(&place) {
            true => Ok(()),
            false => self.allow_named(&place),
        }
    }

    /// Adds rules for a file or folder that a word of a command names, or that follows the
    /// `=` in it.
    fn allow_word(&mut self, folder: &Path, word: &str) -> io::Result<()> {
        let value = word.split_once('=').map_or(word, |(_, value)| value);
        for text in BTreeSet::from([word, value]) {
            let path = folder.join(text);
            if text.is_empty() || !path.exists() {
                continue;
            }
            if path.is_file() {
                self.allow_program(&path)?;
            } else if !is_wide(&path) {
                self.allow_named(&path)?;
            }
        }
        Ok(())
    }
}

/// Returns where the programs of a folder are installed: the folder above one of programs,
/// unless that is the home folder or above it.
fn installed_at(folder: &Path) -> PathBuf {
    let is_of_programs = folder
        .file_name()
        .is_some_and(|name| OF_PROGRAMS.iter().any(|it| name == *it));
    let above = folder
        .parent()
        .filter(|above| is_of_programs && !is_wide(above));
    above.unwrap_or(folder).to_owned()
}

/// Returns whether a folder contains more than one thing: the home folder of the user, or
/// one above it.
fn is_wide(folder: &Path) -> bool {
    let folder = settled(folder);
    folder.parent().is_none()
        || env::home_dir().is_some_and(|home| settled(&home).starts_with(&folder))
        || settled(&env::temp_dir()).starts_with(&folder)
}

/// Returns a path without links, as far as it exists.
fn settled(path: &Path) -> PathBuf {
    let path = absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut missing = Vec::new();
    for above in path.ancestors() {
        if let Ok(mut settled) = above.canonicalize() {
            settled.extend(missing.iter().rev());
            return settled;
        }
        missing.extend(above.components().next_back().filter(is_name));
    }
    path
}

fn is_name(component: &Component<'_>) -> bool {
    matches!(component, Component::Normal(_))
}

/// Returns the paths of the devices that a plugin may use.
fn devices() -> Vec<PathBuf> {
    let entries = fs::read_dir("/dev").into_iter().flatten().flatten();
    let is_needed = |name: &str| DEVICES.contains(&name) || name.starts_with(GRAPHICS);
    entries
        .filter(|entry| entry.file_name().to_str().is_some_and(is_needed))
        .map(|entry| entry.path())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rules below `top` for reading it, with these paths hidden.
    fn rules(top: &Path, hidden: &[&str]) -> Vec<(String, Right)> {
        let top = settled(top);
        let hidden = hidden.iter().map(|path| top.join(path)).collect();
        let mut rules = Rules {
            hidden,
            rules: BTreeSet::new(),
        };
        rules.allow(&top, Right::Read).unwrap();
        let within = |rule: Rule| {
            let path = rule.path.strip_prefix(&top).unwrap().to_owned();
            (path.display().to_string(), rule.right)
        };
        rules.rules.into_iter().map(within).collect()
    }

    fn tree(files: &[&str]) -> tempfile::TempDir {
        let top = tempfile::tempdir().unwrap();
        for file in files {
            let path = top.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        top
    }

    #[test]
    fn a_folder_without_secrets_has_one_rule() {
        let top = tree(&["mine.py", "data/model"]);
        assert_eq!(rules(top.path(), &[]), [(String::new(), Right::Read)]);
    }

    #[test]
    fn what_is_beside_a_hidden_file_has_rules_of_its_own() {
        let top = tree(&["mine.py", "lib/x.py", "data/news.jsonl", "data/words"]);
        let rule = |path: &str, right| (path.to_owned(), right);
        assert_eq!(
            rules(top.path(), &["data/news.jsonl", "results"]),
            [
                rule("", Right::List),
                rule("data", Right::List),
                rule("data/words", Right::Read),
                rule("lib", Right::Read),
                rule("mine.py", Right::Read),
            ]
        );
        assert_eq!(rules(&top.path().join("data"), &["", "x"]), []);
    }

    #[test]
    fn a_plugin_in_a_hidden_folder_reads_its_own_folder_and_not_what_is_hidden_in_it() {
        let top = tree(&["work/scores.csv", "work/tree/p.py", "work/tree/news.jsonl"]);
        let place = |path: &str| settled(&top.path().join(path));
        let mut rules = Rules {
            hidden: vec![place("work"), place("work/tree/news.jsonl")],
            rules: BTreeSet::new(),
        };
        rules.allow_named(&place("work/tree")).unwrap();
        rules.allow_named(&place("work")).unwrap();
        rules.allow_named(&place("work/tree/news.jsonl")).unwrap();
        let readable = rules.rules.iter().filter(|it| it.right == Right::Read);
        let readable: Vec<&PathBuf> = readable.map(|it| &it.path).collect();
        assert_eq!(readable, [&place("work/tree/p.py")]);
        assert_eq!(rules.hidden.len(), 2);
    }

    #[test]
    fn a_hidden_folder_that_does_not_exist_yet_is_hidden() {
        let top = tree(&["mine.py"]);
        let found = rules(top.path(), &["results/a/b"]);
        assert_eq!(found[0].1, Right::List, "and so nothing new may be read");
    }

    #[test]
    fn a_link_beside_a_hidden_file_brings_no_right_to_what_it_leads_to() {
        let elsewhere = tree(&["secret"]);
        let top = tree(&["news.jsonl"]);
        std::os::unix::fs::symlink(elsewhere.path(), top.path().join("link")).unwrap();
        let found = rules(top.path(), &["news.jsonl"]);
        assert_eq!(found, [(String::new(), Right::List)]);
    }

    #[test]
    fn programs_bring_what_is_installed_beside_them() {
        let top = tree(&["venv/bin/python3", "tools/run"]);
        let path = |path: &str| top.path().join(path);
        assert_eq!(installed_at(&path("venv/bin")), path("venv"));
        assert_eq!(installed_at(&path("tools")), path("tools"));
        let home = env::home_dir().unwrap();
        assert_eq!(installed_at(&home.join("bin")), home.join("bin"));
        assert!(is_wide(Path::new("/")) && is_wide(&home) && is_wide(&env::temp_dir()));
    }
}

//! The library: a folder of imported corpora, `corpora/<name>/<split>.jsonl` with
//! `corpus.lock`.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File},
    io::{BufWriter, Write as _},
    path::{Path, PathBuf},
};

use super::{
    error::CorpusError,
    import::{ImportError, ImportFindings, ImportFormat, ImportOptions, Item, Tree},
    lock::{CorpusLock, LockedSplit},
    name::is_plain,
};

/// The imported corpora below one folder.
#[derive(Debug, Clone)]
pub struct Library {
    root: PathBuf,
}

impl Library {
    /// Returns the library below `root`, which need not exist yet.
    pub fn at(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// Returns the path of the folder of one corpus.
    pub fn folder(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// Returns the path of the file of one split.
    pub fn split(&self, name: &str, split: &str) -> PathBuf {
        self.folder(name).join(format!("{split}.jsonl"))
    }

    /// Returns the names of the corpora in the library, sorted.
    ///
    /// # Errors
    /// Returns an error if the folder is there and cannot be read.
    pub fn names(&self) -> Result<Vec<String>, CorpusError> {
        let entries = match fs::read_dir(&self.root) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Ok(Vec::new());
            }
            Err(error) => return Err(CorpusError::unreadable(&self.root, error)),
        };
        let mut names: Vec<String> = entries
            .filter_map(Result::ok)
            .filter(|entry| entry.path().join(super::lock::LOCK).is_file())
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .collect();
        names.sort_unstable();
        Ok(names)
    }

    /// Imports `tree` as `name`: writes its splits and the lock, each under a temporary
    /// name first, so that an interrupted import leaves nothing behind that looks
    /// complete. Returns what was found, and the lock.
    ///
    /// # Errors
    /// Returns an error if the name cannot be a folder's, the files are not what the
    /// format says, or the result cannot be written.
    pub fn add(
        &self,
        name: &str,
        tree: &Tree,
        format: &ImportFormat,
        options: &ImportOptions,
    ) -> Result<(ImportFindings, CorpusLock), ImportError> {
        check_plain(name, "corpus")?;

        let folder = self.folder(name);
        fs::create_dir_all(&folder)
            .map_err(|error| CorpusError::unreadable(&folder, error))?;
        let added = self.add_to(&folder, (name, tree), format, options);
        if added.is_err() {
            let _ = fs::remove_dir(&folder); // unless it holds what was imported before
        }
        added
    }

    /// Imports `tree` as `name` into the folder of that name.
    fn add_to(
        &self,
        folder: &Path,
        (name, tree): (&str, &Tree),
        format: &ImportFormat,
        options: &ImportOptions,
    ) -> Result<(ImportFindings, CorpusLock), ImportError> {
        let mut writers: BTreeMap<String, Writer> = BTreeMap::new();
        let mut findings = format.import(tree, options, &mut |split, item| {
            if !writers.contains_key(split) {
                check_plain(split, "split")?;
                writers.insert(split.to_owned(), Writer::create(folder, split)?);
            }
            match writers.get_mut(split) {
                Some(writer) => Ok(writer.write(item)?),
                None => Ok(()),
            }
            // a name is checked before its first record, so that no file is written outside
            // the folder
        })?;

        // a disk that is full is noticed before the first file has its name
        for writer in writers.values_mut() {
            writer.close()?;
        }
        let mut splits = BTreeMap::new();
        for (split, writer) in writers {
            for id in &writer.renamed {
                findings.warned += 1;
                let warning =
                    format!("{split}: the id `{id}` came twice; the later got a number");
                findings.warnings.push(warning);
            }

            let found = findings.splits.get(&split).copied().unwrap_or_default();
            let (blake3, content) = writer.finish(&self.split(name, &split))?;
            let locked = LockedSplit {
                records: found.records,
                summaries: found.summaries,
                keyphrases: found.keyphrases,
                blake3,
                content,
            };
            splits.insert(split, locked);
        }

        let source = tree
            .origin()
            .file_name()
            .unwrap_or_default()
            .to_string_lossy();
        let mut lock = CorpusLock {
            format: format.name.to_owned(),
            source: source.into_owned(),
            epitome: env!("CARGO_PKG_VERSION").to_owned(),
            splits,
        };

        // another split of the same corpus may have been imported before
        if let Some(before) = CorpusLock::read(folder)? {
            for (split, locked) in before.splits {
                if self.split(name, &split).is_file() {
                    lock.splits.entry(split).or_insert(locked);
                }
            }
        }
        lock.write(folder)?;
        Ok((findings, lock))
    }
}

/// Refuses a name of a corpus or split that cannot be that of a folder or file.
fn check_plain(name: &str, what: &str) -> Result<(), CorpusError> {
    match is_plain(name) {
        true => Ok(()),
        false => Err(CorpusError::Name {
            name: name.to_owned(),
            what: what.to_owned(),
        }),
    }
}

/// A split that is being written. Its file is removed if it is not finished.
struct Writer {
    part: tempfile::TempPath,
    output: BufWriter<File>,
    file: blake3::Hasher,
    content: blake3::Hasher,
    /// The hashes of the ids that were written.
    ids: BTreeSet<u64>,
    renamed: Vec<String>,
}

impl Writer {
    fn create(folder: &Path, split: &str) -> Result<Self, CorpusError> {
        let part = folder.join(format!("{split}.jsonl.part"));
        let output =
            File::create(&part).map_err(|error| CorpusError::unreadable(&part, error))?;
        Ok(Self {
            part: tempfile::TempPath::try_from_path(part)
                .map_err(|error| CorpusError::unreadable(folder, error))?,
            output: BufWriter::new(output),
            file: blake3::Hasher::new(),
            content: blake3::Hasher::new(),
            ids: BTreeSet::new(),
            renamed: Vec::new(),
        })
    }

    fn write(&mut self, item: Item) -> Result<(), CorpusError> {
        let mut line = match item {
            Item::Document(mut record) => {
                self.make_unique(&mut record.id);
                self.content.update(record.digest().as_bytes());
                record.to_json()
            }
            Item::Judgement(fields) => {
                let line = serde_json::Value::Object(fields).to_string();
                self.content
                    .update(blake3::hash(line.as_bytes()).as_bytes());
                line
            }
        };
        line.push('\n');
        self.file.update(line.as_bytes());
        self.output
            .write_all(line.as_bytes())
            .map_err(|error| CorpusError::unreadable(&self.part, error))
    }

    /// Makes an id unique, since ids name documents: the second of a name becomes
    /// `name#2`.
    fn make_unique(&mut self, id: &mut String) {
        let hash = |id: &str| {
            let mut first = [0; 8];
            first.copy_from_slice(&blake3::hash(id.as_bytes()).as_bytes()[..8]);
            u64::from_le_bytes(first)
        };

        if self.ids.insert(hash(id)) {
            return;
        }

        self.renamed.push(id.clone());
        let mut number = 2;
        while !self.ids.insert(hash(&format!("{id}#{number}"))) {
            number += 1;
        }
        *id = format!("{id}#{number}");
    }

    /// Writes all of the file to the disk.
    fn close(&mut self) -> Result<(), CorpusError> {
        self.output
            .flush()
            .and_then(|()| self.output.get_ref().sync_all())
            .map_err(|error| CorpusError::unreadable(&self.part, error))
    }

    /// Moves the file, which is closed, to `path`. Returns the digests of the file and of its
    /// records.
    fn finish(self, path: &Path) -> Result<(String, String), CorpusError> {
        self.part
            .persist(path)
            .map_err(|refused| CorpusError::unreadable(path, refused.error))?;

        let hexadecimal =
            |hasher: &blake3::Hasher| hasher.finalize().to_hex().to_string();
        Ok((hexadecimal(&self.file), hexadecimal(&self.content)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::import::ImportLimits;
    use super::*;

    #[test]
    fn a_second_id_of_the_same_name_gets_a_number_and_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let input = folder.path().join("d.jsonl");
        let line = r#"{"id":"a","text":"One.","summary":"o"}"#;
        fs::write(&input, format!("{line}\n{line}\n")).unwrap();
        let tree = Tree::open(&input, ImportLimits::STANDARD).unwrap();
        let library = Library::at(folder.path().join("corpora"));
        let format = ImportFormat::of(&tree).unwrap();
        let (findings, lock) = library
            .add("d", &tree, format, &ImportOptions::default())
            .unwrap();
        assert_eq!((findings.warned, lock.splits["all"].records), (1, 2));
        let written = fs::read_to_string(library.split("d", "all")).unwrap();
        assert!(
            written
                .lines()
                .nth(1)
                .unwrap()
                .starts_with("{\"id\":\"a#2\"")
        );
        assert_eq!(library.names().unwrap(), ["d"]);
    }

    #[test]
    fn a_name_that_leaves_the_library_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let input = folder.path().join("d.jsonl");
        fs::write(&input, r#"{"text":"One.","summary":"o"}"#).unwrap();
        let tree = Tree::open(&input, ImportLimits::STANDARD).unwrap();
        let library = Library::at(folder.path().join("corpora"));
        let format = ImportFormat::of(&tree).unwrap();
        for name in ["../x", "..", "", "a\nb"] {
            assert!(
                library
                    .add(name, &tree, format, &ImportOptions::default())
                    .is_err()
            );
            let options = ImportOptions {
                split: Some(name.to_owned()),
                ..ImportOptions::default()
            };
            let refused = library.add("d", &tree, format, &options);
            let refused = refused.unwrap_err().to_string();
            assert!(refused.contains("names no split"), "{refused}");
        }
        let written = walkdir::WalkDir::new(folder.path());
        let written = written.into_iter().map(Result::unwrap);
        let files = written.filter(|entry| entry.file_type().is_file());
        assert_eq!(
            files.map(walkdir::DirEntry::into_path).collect::<Vec<_>>(),
            [input]
        );
    }

    #[test]
    fn a_lock_that_names_a_file_outside_of_the_library_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let lock = CorpusLock {
            format: "json-lines".to_owned(),
            source: String::new(),
            epitome: String::new(),
            splits: BTreeMap::from([(
                "../x".to_owned(),
                LockedSplit {
                    records: 1,
                    summaries: 0,
                    keyphrases: 0,
                    blake3: String::new(),
                    content: String::new(),
                },
            )]),
        };
        fs::create_dir(folder.path().join("c")).unwrap();
        lock.write(&folder.path().join("c")).unwrap();
        let refused = CorpusLock::read(&folder.path().join("c"))
            .unwrap_err()
            .to_string();
        assert!(refused.contains("`../x` names no split"), "{refused}");
    }
}

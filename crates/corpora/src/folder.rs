//! A corpus that is a folder of text files with parallel folders of references.

use std::{
    collections::BTreeSet,
    fs,
    io::Read as _,
    path::{Path, PathBuf},
};

use epitome_base::whole_file;
use walkdir::WalkDir;

use super::{
    address::{Address, Place},
    corpus::{Corpus, Unparsed},
    error::CorpusError,
    file_format::{LOOKED_AT, begins_with_record},
    files::Files,
    source::Source,
    tagged::Columns,
};

/// The beginnings, in lower case, of the names of subfolders that contain texts.
const TEXTS: [&str; 4] = ["documents", "texts", "articles", "news articles"];
/// The beginnings of the names of subfolders that contain reference summaries.
const SUMMARIES: [&str; 3] = ["summar", "reference", "abstract"];
/// The beginnings of the names of subfolders that contain keyphrases.
const KEYPHRASES: [&str; 2] = ["keyphrases", "keys"];

/// A folder with `documents/…/name.txt`, `summaries/…/name.txt` (several such folders are
/// several references) and `keyphrases/…/name.key` (one keyphrase on each line). A folder
/// without these subfolders is itself the folder of texts.
///
/// Texts are files that end in `.txt`, or in `.conllu` or `.conll` if they contain words
/// and parts of speech, at any depth, in the order of their paths. The id is the path
/// below the folder of texts, without the ending.
pub(super) struct Folder {
    name: String,
    path: PathBuf,
    entries: Vec<Files>,
    /// The references that belong to no text: how many, and the first.
    orphans: (usize, PathBuf),
}

impl Folder {
    pub(super) fn open(name: String, path: &Path) -> Result<Self, CorpusError> {
        let subfolders = children(path)?.into_iter().filter(|child| child.is_dir());
        let mut texts = None;
        let (mut summaries, mut keyphrases) = (Vec::new(), Vec::new());
        for folder in subfolders {
            let name = folder
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .to_lowercase();
            let begins = |known: &[&str]| known.iter().any(|it| name.starts_with(it));

            if begins(&TEXTS) {
                texts = texts.or(Some(folder));
            } else if begins(&SUMMARIES) {
                summaries.push(folder);
            } else if begins(&KEYPHRASES) {
                keyphrases.push(folder);
            }
        }

        let texts = texts.unwrap_or_else(|| path.to_owned());
        let mut found = Vec::new();
        collect(&texts, &mut found, is_text)?;
        if let Some(first) = found.first() {
            check_is_text(first)?;
        }
        let entries: Vec<Files> = found
            .into_iter()
            .map(|text| Files::of(&texts, text, &summaries, &keyphrases))
            .collect();

        if entries.is_empty() {
            return Err(CorpusError::NoTexts {
                path: path.to_owned(),
            });
        }
        let folders = summaries.iter().chain(&keyphrases);
        let orphans = orphans(&entries, folders)?;
        Ok(Self {
            name,
            path: path.to_owned(),
            entries,
            orphans,
        })
    }
}

/// Checks that a file does not begin with a record of JSON, which would be taken for the text.
fn check_is_text(path: &Path) -> Result<(), CorpusError> {
    let unreadable = |error| CorpusError::unreadable(path, error);
    let mut beginning = Vec::new();
    let file = fs::File::open(path).map_err(unreadable)?;
    file.take(LOOKED_AT)
        .read_to_end(&mut beginning)
        .map_err(unreadable)?;
    match begins_with_record(&beginning) {
        false => Ok(()),
        true => Err(CorpusError::Record {
            place: path.display().to_string(),
            problem: "it has records of JSON, and is not a text\nhint: `--corpus` with the path of the file reads them; `epitome corpus add NAME FOLDER` reads folders of published corpora".to_owned(),
        }),
    }
}

/// Returns how many files in the folders of references belong to no text, and the first.
fn orphans<'a>(
    entries: &[Files],
    folders: impl Iterator<Item = &'a PathBuf>,
) -> Result<(usize, PathBuf), CorpusError> {
    let of_texts = entries.iter().flat_map(Files::roles);
    let of_texts: BTreeSet<&PathBuf> = of_texts.map(|(_, path)| path).collect();
    let mut orphans = Vec::new();
    for folder in folders {
        collect(folder, &mut orphans, |path| {
            let ending = path.extension().and_then(|ending| ending.to_str());
            matches!(ending, Some("txt" | "key")) && !of_texts.contains(&path.to_owned())
        })?;
    }
    Ok((
        orphans.len(),
        orphans.into_iter().next().unwrap_or_default(),
    ))
}

impl Corpus for Folder {
    fn name(&self) -> &str {
        &self.name
    }

    fn origin(&self) -> String {
        self.path.display().to_string()
    }

    fn address(&self) -> Address {
        Address::of(&self.name, Place::Path(self.origin()))
    }

    fn digest(&self) -> Result<blake3::Hash, CorpusError> {
        let mut hasher = blake3::Hasher::new();
        // lengths keep two folders from having the same bytes with other borders
        for entry in &self.entries {
            for (role, path) in entry.roles() {
                let bytes = whole_file::read(path)
                    .map_err(|error| CorpusError::unreadable(path, error))?;
                let below = path.strip_prefix(&self.path).unwrap_or(path);
                for part in [
                    role.as_bytes(),
                    below.as_os_str().as_encoded_bytes(),
                    &bytes,
                ] {
                    hasher.update(&(part.len() as u64).to_le_bytes());
                    hasher.update(part);
                }
            }
        }
        Ok(hasher.finalize())
    }

    fn bytes(&self) -> u64 {
        self.entries.iter().map(|entry| entry.bytes).sum()
    }

    fn reading(&self) -> Option<String> {
        let (count, first) = (self.orphans.0, self.orphans.1.display());
        let (references, belong) = match count {
            0 => return None,
            1 => ("reference", "belongs"),
            _ => ("references", "belong"),
        };
        let folder = self.path.display();
        Some(format!(
            "{count} {references} in {folder} {belong} to no text of the same name, such as {first}"
        ))
    }

    fn records(&self) -> Result<Unparsed<'_>, CorpusError> {
        Ok(Box::new(
            self.entries
                .iter()
                .cloned()
                .map(|files| Ok(Source::Files(files))),
        ))
    }
}

/// Finds files below a folder, in the order of their paths. Refuses a link that leads
/// back to a folder above it, since each text would be in the corpus many times.
fn collect(
    folder: &Path,
    found: &mut Vec<PathBuf>,
    is_wanted: impl Fn(&Path) -> bool,
) -> Result<(), CorpusError> {
    for entry in WalkDir::new(folder).follow_links(true).sort_by_file_name() {
        let entry = entry.map_err(|error| CorpusError::Record {
            place: error.path().unwrap_or(folder).display().to_string(),
            problem: match error.loop_ancestor() {
                Some(above) => format!("the link leads back to {}", above.display()),
                None => error.to_string(),
            },
        })?;
        if entry.file_type().is_file() && is_wanted(entry.path()) {
            found.push(entry.into_path());
        }
    }
    Ok(())
}

/// Returns whether a file is a text by its ending.
fn is_text(path: &Path) -> bool {
    let ending = path
        .extension()
        .and_then(|ending| ending.to_str())
        .unwrap_or_default();
    ending == "txt" || Columns::of_ending(ending).is_some()
}

/// Returns the paths in a folder, sorted by name.
pub(super) fn children(folder: &Path) -> Result<Vec<PathBuf>, CorpusError> {
    let refuse = |error| CorpusError::unreadable(folder, error);
    let entries = fs::read_dir(folder).map_err(refuse)?;
    let mut paths = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<Vec<_>, _>>();
    if let Ok(paths) = &mut paths {
        paths.sort_unstable();
    }
    paths.map_err(refuse)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Record;

    #[test]
    fn references_stand_under_the_same_name_in_parallel_folders() {
        let root = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write("documents/a/1.txt", "One.");
        write("documents/b.2.txt", "Two.");
        write("summaries/a/1.txt", "First.");
        write("summaries-second/a/1.txt", "Other.");
        write("keyphrases/b.2.key", "two\n\nthree\n");
        let folder = Folder::open("f".into(), root.path()).unwrap();
        let records: Vec<Record> = folder
            .records()
            .unwrap()
            .map(|source| source.unwrap().parse().unwrap())
            .collect();
        let ids: Vec<_> = records.iter().map(|record| record.id.as_str()).collect();
        assert_eq!(ids, ["a/1", "b.2"]);
        assert_eq!(records[0].summaries, ["First.", "Other."]);
        assert_eq!(records[1].keyphrases, ["two", "three"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_back_is_refused_by_name() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("a.txt"), "One.").unwrap();
        std::os::unix::fs::symlink(root.path(), root.path().join("loop")).unwrap();
        let refused = Folder::open("f".into(), root.path())
            .err()
            .unwrap()
            .to_string();
        assert!(
            refused.contains("loop: the link leads back to"),
            "{refused}"
        );
    }

    #[test]
    fn what_a_file_is_to_its_document_is_of_the_digest() {
        let digest = |folder: &str| {
            let root = tempfile::tempdir().unwrap();
            let path = root.path().join(folder);
            fs::create_dir_all(&path).unwrap();
            fs::create_dir(root.path().join("documents")).unwrap();
            fs::write(root.path().join("documents/a.txt"), "One.").unwrap();
            fs::write(path.join("a.txt"), "one").unwrap();
            Folder::open("f".into(), root.path())
                .unwrap()
                .digest()
                .unwrap()
        };
        let digests = ["summaries", "summaries-2", "keyphrases"].map(digest);
        assert!(digests[0] != digests[1] && digests[0] != digests[2]);
        assert_ne!(digests[1], digests[2]);
        assert_eq!(digests[0], digest("summaries"));
    }

    #[test]
    fn a_plain_folder_is_the_folder_of_texts_and_an_empty_one_is_refused() {
        let root = tempfile::tempdir().unwrap();
        assert!(matches!(
            Folder::open("f".into(), root.path()),
            Err(CorpusError::NoTexts { .. })
        ));
        fs::write(root.path().join("x.txt"), "One.").unwrap();
        assert_eq!(
            Folder::open("f".into(), root.path()).unwrap().entries[0].id,
            "x"
        );
    }
}

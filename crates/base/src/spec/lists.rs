//! Stop lists of other tools, which this project may not distribute: they are named here
//! and checked by digest.

use std::{
    env,
    path::{Path, PathBuf},
};

use crate::whole_file;

use super::resource::Resource;

/// The prefix of a list's name in the value of a parameter.
pub(super) const PREFIX: &str = "list:";

/// The environment variable that contains the folder of the lists.
const VARIABLE: &str = "EPITOME_LISTS";

/// A stop list as one version of a tool contains it.
#[derive(Debug, Clone, Copy)]
pub struct NamedList {
    /// The name of the list; the file has this name with the extension `.txt`.
    pub name: &'static str,
    /// The language of the documents that the list is for.
    pub language: &'static str,
    /// The BLAKE3 digest of the file, which contains the words in the order of their code
    /// points, one per line, without a line end after the last.
    pub digest: &'static str,
}

/// All lists that profiles use. `scripts/fetch-lists` reads them from the packages of the
/// tools.
pub const LISTS: &[NamedList] = &[
    english(
        "gensim-3.8.3",
        "14646e7613d920e113ffc90929edf1caac6430adff8b986fcaadc4ed4fdbcb34",
    ),
    english(
        "lexrank-0.1.0",
        "9c43b10f3c62cb1d880a5adafdd132ae82c7f80b64ddd3888aa779dba9fc0364",
    ),
    english(
        "multi-rake-0.0.2",
        "ab3f0e9099748b12a300aff69c9b15c42ad4106b44cc278c518d41d4eb6ffa3f",
    ),
    english(
        "spacy-3.8.7",
        "51c19502ecb034123fa58bf83ae0a7dd7b9c2eac038af0ad015de7565d21ef2f",
    ),
    english(
        "summa-1.2.0",
        "edfb202719a80da647a2655035014f3b5270198514cabce49e25f1cc79e04fcd",
    ),
    english(
        "sumy-0.13.0",
        "7e07e04246b1a0227989d49fd76586811213c7b9739ad2579e2cb2ce6905fe73",
    ),
    english(
        "yake-0.4.8",
        "f2ce0b75c85b5db17081953b2331590b95aad0758def18fe7a8e0cb1b7ab4f2b",
    ),
];

const fn english(name: &'static str, digest: &'static str) -> NamedList {
    NamedList {
        name,
        language: "en",
        digest,
    }
}

/// The reason why a list of another tool is not available. The message reads well after a
/// colon.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MissingList {
    /// No list has this name.
    #[error("no list is called `{0}`\nhint: there is {known}", known = known())]
    Unknown(String),
    /// No environment variable determines the folder of the lists.
    #[error("there is no folder with stop lists\nhint: `{VARIABLE}` names one")]
    NoFolder,
    /// The file of the list cannot be read.
    #[error(
        "the list `{name}` may not be distributed with epitome, and {}: {problem}\nhint: `scripts/fetch-lists` reads it from its package; `stop-words=none` takes the list of the language",
        path.display()
    )]
    Unreadable {
        /// The name of the list.
        name: &'static str,
        /// The path at which the list was expected.
        path: PathBuf,
        /// The error message of the system.
        problem: String,
    },
    /// The file differs from the list of the tool.
    #[error(
        "{} is not the list `{name}`: its BLAKE3 is {found}, not {wanted}\nhint: `scripts/fetch-lists` reads it from its package",
        path.display()
    )]
    Changed {
        /// The name of the list.
        name: &'static str,
        /// The path of the file.
        path: PathBuf,
        /// The digest of the file.
        found: String,
        /// The digest that the list should have.
        wanted: &'static str,
    },
}

/// Reads the list called `name` from the folder of the lists, and checks its digest.
pub(super) fn read(name: &str) -> Result<Resource, MissingList> {
    let list = LISTS.iter().find(|list| list.name == name);
    let list = list.ok_or_else(|| MissingList::Unknown(name.to_owned()))?;
    read_from(&folder().ok_or(MissingList::NoFolder)?, list)
}

fn read_from(folder: &Path, list: &NamedList) -> Result<Resource, MissingList> {
    let path = folder.join(format!("{}.txt", list.name));
    let bytes = match whole_file::read(&path) {
        Ok(bytes) => bytes,
        Err(error) => {
            let problem = error.to_string();
            return Err(MissingList::Unreadable {
                name: list.name,
                path,
                problem,
            });
        }
    };

    let found = blake3::hash(&bytes).to_hex().to_string();
    if found != list.digest {
        let (name, wanted) = (list.name, list.digest);
        return Err(MissingList::Changed {
            name,
            path,
            found,
            wanted,
        });
    }

    let path = format!("{PREFIX}{}", list.name);
    Ok(Resource {
        path,
        bytes,
        language: Some(list.language),
    })
}

/// Returns the folder of the lists: `EPITOME_LISTS`, or `epitome/lists` in the user's
/// data folder.
fn folder() -> Option<PathBuf> {
    let named = |variable: &str| env::var_os(variable).filter(|it| !it.is_empty());
    if let Some(folder) = named(VARIABLE) {
        return Some(folder.into());
    }

    let data = named("XDG_DATA_HOME").map(PathBuf::from);
    let data =
        data.or_else(|| named("HOME").map(|home| Path::new(&home).join(".local/share")));
    data.map(|data| data.join("epitome/lists"))
}

fn known() -> String {
    let names: Vec<_> = LISTS
        .iter()
        .map(|list| format!("`{}`", list.name))
        .collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_list_is_taken_by_its_digest_and_by_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let digest = "7ff18b6b9fcb6c5e0a5d2b1f0d7e9c62b0fa9b1b4a0a8a6a0a6f2b8f5d0d6d31";
        let list = NamedList {
            name: "a-1",
            language: "en",
            digest,
        };
        let missing = read_from(folder.path(), &list).unwrap_err();
        assert!(matches!(
            missing,
            MissingList::Unreadable { name: "a-1", .. }
        ));
        assert!(missing.to_string().contains("hint: `scripts/fetch-lists`"));

        fs::write(folder.path().join("a-1.txt"), "of\nthe").unwrap();
        let changed = read_from(folder.path(), &list).unwrap_err();
        let MissingList::Changed { found, .. } = changed else {
            panic!("{changed}")
        };

        let found: &'static str = Box::leak(found.into_boxed_str());
        let list = NamedList {
            digest: found,
            ..list
        };
        assert_eq!(read_from(folder.path(), &list).unwrap().bytes, b"of\nthe");
    }

    #[test]
    fn a_name_that_no_list_has_is_refused() {
        let error = read("sumy").unwrap_err().to_string();
        assert!(error.starts_with("no list is called `sumy`\nhint: there is `gensim"));
    }
}

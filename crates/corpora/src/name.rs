//! Names corpora that the user has given no name, and checks names.

use std::path::{Path, PathBuf};

use epitome_base::name::FileName;

use super::packing::Packing;

/// Names of splits and the like, which mean nothing without the name of their folder.
const SPLITS: [&str; 8] = [
    "train",
    "dev",
    "val",
    "test",
    "trial",
    "all",
    "data",
    "judgements",
];

/// Returns the name of the corpus at a path: the file's or folder's name without its
/// ending, after its folder's name if it is only that of a split. `inspec/test.jsonl` is
/// `inspec-test`.
pub(super) fn of(path: &Path) -> String {
    let absolute = std::path::absolute(path);
    let path = absolute.as_deref().unwrap_or(path);
    let is_dir = path.is_dir();

    let part =
        |part: Option<&std::ffi::OsStr>| part.map(|name| plain(&name.to_string_lossy()));
    let own = if is_dir {
        part(path.file_name())
    } else {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let unpacked = PathBuf::from(Packing::stripped(&name));
        part(unpacked.file_stem())
    };
    let own = own.unwrap_or_default();
    let folder = part(path.parent().and_then(Path::file_name)).unwrap_or_default();

    let is_split = SPLITS.iter().any(|split| own.starts_with(split));
    match (is_split && !folder.is_empty(), own.is_empty()) {
        (true, _) => format!("{folder}-{own}"),
        (false, true) => "corpus".to_owned(),
        (false, false) => own,
    }
}

/// Returns whether a corpus or split can have this name: it is possible as the name of a
/// folder or file, and has no `+`, which separates the names of several corpora.
pub(super) fn is_plain(name: &str) -> bool {
    !name.contains('+') && FileName::new(name).is_ok()
}

/// Returns `name` with `-` for every character that a name cannot have.
fn plain(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| match c {
            '-' | '_' | '.' => c,
            c if c.is_alphanumeric() => c,
            _ => '-',
        })
        .collect();
    plain.trim_matches(['-', '.']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_split_is_called_after_its_folder() {
        let name = |path: &str| of(Path::new(path));
        assert_eq!(name("/data/inspec/test.jsonl"), "inspec-test");
        assert_eq!(
            name("/data/klexikon/validation20.jsonl"),
            "klexikon-validation20"
        );
        assert_eq!(
            name("/data/summeval/judgements.jsonl"),
            "summeval-judgements"
        );
        assert_eq!(name("/data/my stories.jsonl"), "my-stories");
        assert_eq!(name("/data/news.csv.gz"), "news");
        assert_eq!(name("/"), "corpus");
    }
}

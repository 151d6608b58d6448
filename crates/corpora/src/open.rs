//! Opens the corpus that an argument of `--corpus` names.

use std::{
    io, iter,
    ops::Range,
    path::{Path, PathBuf},
};

use super::{
    address::{Address, Place},
    bytes::Bytes,
    column_names::ColumnNames,
    corpus::{Corpus, Unparsed},
    data_file::{DataFile, no_columns},
    error::CorpusError,
    folder::{Folder, children},
    library::Library,
    lock::CorpusLock,
    name, pairs,
    perturbation::derived::Derived,
    sampler::{self, Sampler},
    selected::Selected,
    subset::Subset,
};
use epitome_base::spec::Spec;

/// The settings with which corpora are opened: where names are looked up, and which
/// documents are used of every corpus.
#[derive(Debug, Clone)]
pub struct CorpusOpener {
    /// The library of imported corpora.
    pub library: Library,
    /// Whether a corpus that differs from its lock is used nevertheless.
    pub allow_drift: bool,
    /// The documents that are used of every corpus.
    pub selection: Subset,
    /// The columns of tables and fields of JSON that the user names.
    pub columns: ColumnNames,
}

impl Default for CorpusOpener {
    /// Returns an opener that looks names up in the folder `corpora` and uses all
    /// documents.
    fn default() -> Self {
        Self {
            library: Library::at("corpora"),
            allow_drift: false,
            selection: Subset::default(),
            columns: ColumnNames::default(),
        }
    }
}

/// Opens the corpus that `argument` names, and looks names up in the folder `corpora`.
///
/// # Errors
/// Returns the errors of [`CorpusOpener::open`].
pub fn open(argument: &str) -> Result<Box<dyn Corpus>, CorpusError> {
    CorpusOpener::default().open(argument)
}

impl CorpusOpener {
    /// Opens `[name=]WHERE[[from..to]][+perturbation…]`, where WHERE is `sampler`, a file
    /// of records, `-` for one on standard input, a folder of texts, or `corpus:split` of
    /// the library (`corpus` alone if it has one split).
    ///
    /// # Errors
    /// Returns an error if there is nothing of that name, a range or perturbation is
    /// wrong, the folder holds no texts, the file has no column of texts or not the
    /// columns that are named, or the lock cannot be read.
    pub fn open(&self, argument: &str) -> Result<Box<dyn Corpus>, CorpusError> {
        // a path that exists may contain any of the signs of the grammar
        if Path::new(argument).exists() {
            return at_path(None, Path::new(argument), &self.columns)
                .map(|corpus| self.part(corpus, None));
        }

        let named = Named::parse(argument)?;
        let corpus = self.find(named.name, named.place)?;
        let mut corpus = self.part(corpus, named.range);
        for perturbation in &named.perturbations {
            corpus = Box::new(Derived::new(corpus, perturbation)?);
        }
        Ok(corpus)
    }

    /// Returns the files and folders of the corpus that `argument` names, without opening
    /// it: what a plugin must not read that starts before. None are those of the sampler, of
    /// standard input, and of what is refused when it is opened.
    pub fn files(&self, argument: &str) -> Vec<PathBuf> {
        let place = match (Path::new(argument).exists(), Named::parse(argument)) {
            (true, _) => argument,
            (false, Ok(named)) => named.place,
            (false, Err(_)) => return Vec::new(),
        };
        if place == sampler::NAME || place == "-" {
            return Vec::new();
        }
        if Path::new(place).exists() {
            return with_references(Path::new(place));
        }
        let corpus = place.split_once(':').map_or(place, |(corpus, _)| corpus);
        match name::is_plain(corpus) {
            true => vec![self.library.folder(corpus)],
            false => Vec::new(),
        }
    }

    fn find(
        &self,
        name: Option<&str>,
        place: &str,
    ) -> Result<Box<dyn Corpus>, CorpusError> {
        if place == sampler::NAME {
            self.without_columns(place)?;
            return Ok(Box::new(Sampler::called(name.unwrap_or(place))));
        }
        if place == "-" {
            let bytes = Bytes::of_standard_input().map_err(|error| {
                CorpusError::unreadable(Path::new("standard input"), error)
            })?;
            let name = name.unwrap_or("stdin").to_owned();
            return Ok(Box::new(DataFile::open(name, bytes, &self.columns)?));
        }
        match at_path(name, Path::new(place), &self.columns) {
            Err(CorpusError::Missing { path }) => {
                let (corpus, split) = match place.split_once(':') {
                    Some((corpus, split)) => (corpus, Some(split)),
                    None => (place, None),
                };
                if name::is_plain(corpus) && !place.contains('/') && !place.contains('.')
                {
                    self.without_columns(place)?;
                    self.imported(name, corpus, split)
                } else {
                    Err(CorpusError::Missing { path })
                }
            }
            found => found,
        }
    }

    /// Refuses columns of a corpus that is in our own format or has none.
    fn without_columns(&self, place: &str) -> Result<(), CorpusError> {
        match self.columns.is_empty() {
            true => Ok(()),
            false => Err(no_columns(place)),
        }
    }

    /// Opens a split of the library, whose digest must be that of its lock.
    fn imported(
        &self,
        name: Option<&str>,
        corpus: &str,
        split: Option<&str>,
    ) -> Result<Box<dyn Corpus>, CorpusError> {
        let folder = self.library.folder(corpus);
        let Some(lock) = CorpusLock::read(&folder)? else {
            return Err(CorpusError::NotImported {
                name: corpus.to_owned(),
                library: folder.parent().map(PathBuf::from).unwrap_or_default(),
            });
        };

        let known = || lock.splits.keys().cloned().collect::<Vec<_>>().join(", ");
        let split = match (split, lock.splits.len()) {
            (Some(split), _) => split.to_owned(),
            (None, 1) => known(),
            (None, _) => String::new(),
        };

        let Some(locked) = lock.splits.get(&split) else {
            let (name, known) = (corpus.to_owned(), known());
            return Err(CorpusError::NoSplit { name, split, known });
        };

        let path = self.library.split(corpus, &split);
        let own = name.map_or_else(|| format!("{corpus}-{split}"), str::to_owned);
        let inner = DataFile::own(own, &path);
        if self.allow_drift {
            return Ok(Box::new(inner));
        }

        let title = format!("{corpus}:{split}");
        Ok(Box::new(Locked {
            inner,
            title,
            blake3: locked.blake3.clone(),
        }))
    }

    /// Returns the part of a corpus that is used.
    fn part(
        &self,
        corpus: Box<dyn Corpus>,
        range: Option<Range<usize>>,
    ) -> Box<dyn Corpus> {
        let selection = Subset {
            range,
            ..self.selection.clone()
        };
        if selection.is_all() {
            corpus
        } else {
            Box::new(Selected::new(corpus, selection))
        }
    }
}

/// Returns the files and folders that the records of a corpus at an address are read from.
pub fn files_at(address: &Address) -> Vec<PathBuf> {
    match &address.place {
        Place::Path(path) => with_references(Path::new(path)),
        Place::Sampler | Place::StandardInput => Vec::new(),
    }
}

/// Returns a path of texts, and that of the references beside it if its name is that of one of
/// two files.
fn with_references(texts: &Path) -> Vec<PathBuf> {
    let references = pairs::beside(texts);
    iter::once(texts.to_owned()).chain(references).collect()
}

/// What an argument of `--corpus` says.
struct Named<'a> {
    name: Option<&'a str>,
    place: &'a str,
    range: Option<Range<usize>>,
    perturbations: Vec<Spec>,
}

impl<'a> Named<'a> {
    /// Returns the parts of `[name=]WHERE[[from..to]][+perturbation…]`.
    fn parse(argument: &'a str) -> Result<Self, CorpusError> {
        let (rest, perturbations) = perturbations(argument)?;
        let (rest, range) = range(rest)?;
        let named = rest
            .split_once('=')
            .filter(|(name, _)| name::is_plain(name));
        let (name, place) = match named {
            Some((name, place)) if !Path::new(rest).exists() => (Some(name), place),
            _ => (None, rest),
        };
        Ok(Self {
            name,
            place,
            range,
            perturbations,
        })
    }
}

/// Opens the folder or file at a path, under `name` or a name made from the path.
pub(super) fn at_path(
    name: Option<&str>,
    path: &Path,
    columns: &ColumnNames,
) -> Result<Box<dyn Corpus>, CorpusError> {
    let given = name;
    let name = given.map_or_else(|| name::of(path), str::to_owned);
    match path.metadata() {
        Ok(metadata) if metadata.is_dir() => match Folder::open(name, path) {
            Ok(_) if !columns.is_empty() => Err(no_columns(&path.display().to_string())),
            Ok(folder) => Ok(Box::new(folder)),
            Err(CorpusError::NoTexts { path }) => match only_pairs(&path)? {
                Some(texts) => at_path(given, &texts, columns),
                None => Err(CorpusError::NoTexts { path }),
            },
            Err(error) => Err(error),
        },
        // its first reader would take what it holds, and may wait for ever
        Ok(metadata) if !metadata.is_file() => Err(CorpusError::Record {
            place: path.display().to_string(),
            problem: "it is a pipe or a device, and a corpus is read more than once\nhint: `--corpus -` reads standard input, as in `zcat corpus.jsonl.gz | epitome run --corpus -`".to_owned(),
        }),
        Ok(_) => {
            let bytes = Bytes::File(path.to_owned());
            Ok(Box::new(DataFile::open(name, bytes, columns)?))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Err(CorpusError::Missing {
                path: path.to_owned(),
            })
        }
        Err(error) => Err(CorpusError::unreadable(path, error)),
    }
}

/// Returns the texts of the only pair of files in a folder; `None` if there is none.
fn only_pairs(folder: &Path) -> Result<Option<PathBuf>, CorpusError> {
    let texts = children(folder)?.into_iter().filter(|path| {
        pairs::beside(path).is_some_and(|references| references.is_file())
    });
    let texts: Vec<PathBuf> = texts.collect();
    match texts.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some(one.clone())),
        [first, ..] => Err(CorpusError::Record {
            place: folder.display().to_string(),
            problem: format!(
                "it has {} pairs of texts and references\nhint: `--corpus {}` takes one",
                texts.len(),
                first.display()
            ),
        }),
    }
}

/// Splits an argument into the part before `+perturbation…` and the perturbations. A `+`
/// before anything else is part of the name.
fn perturbations(argument: &str) -> Result<(&str, Vec<Spec>), CorpusError> {
    let mut rest = argument;
    let mut found = Vec::new();
    while let Some((before, last)) = rest.rsplit_once('+') {
        let word = last.split('(').next().unwrap_or_default();
        let is_word = !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase());
        if !is_word {
            break;
        }
        found.insert(0, last.parse::<Spec>()?);
        rest = before;
    }
    Ok((rest, found))
}

/// Splits `name[0..500]` into the part before the brackets and the range.
fn range(argument: &str) -> Result<(&str, Option<Range<usize>>), CorpusError> {
    let Some((before, inner)) = argument
        .strip_suffix(']')
        .and_then(|inner| inner.rsplit_once('['))
    else {
        return Ok((argument, None));
    };
    let number = |text: &str, empty: usize| match text {
        "" => Some(empty),
        text => text.parse().ok(),
    };
    inner
        .split_once("..")
        .and_then(|(from, to)| Some(number(from, 0)?..number(to, usize::MAX)?))
        .filter(|range| range.start < range.end)
        .map(|range| (before, Some(range)))
        .ok_or_else(|| CorpusError::Argument {
            argument: argument.to_owned(),
            problem: format!("`[{inner}]` is not a range such as `[0..500]`"),
        })
}

/// A split of the library whose digest must be that of its lock.
struct Locked {
    inner: DataFile,
    title: String,
    blake3: String,
}

impl Corpus for Locked {
    fn name(&self) -> &str {
        self.inner.name()
    }

    fn origin(&self) -> String {
        self.inner.origin()
    }

    fn address(&self) -> Address {
        self.inner.address()
    }

    fn digest(&self) -> Result<blake3::Hash, CorpusError> {
        let digest = self.inner.digest()?;
        if digest.to_hex().as_str() != self.blake3 {
            return Err(CorpusError::Drift {
                name: self.title.clone(),
                locked: self.blake3.clone(),
                found: digest.to_hex().to_string(),
            });
        }
        Ok(digest)
    }

    fn bytes(&self) -> u64 {
        self.inner.bytes()
    }

    fn records(&self) -> Result<Unparsed<'_>, CorpusError> {
        self.inner.records()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened(argument: &str) -> Result<Box<dyn Corpus>, CorpusError> {
        open(argument)
    }

    fn ids(corpus: &dyn Corpus) -> Vec<String> {
        let records = corpus.records().unwrap();
        records
            .map(|source| source.unwrap().parse().unwrap().id)
            .collect()
    }

    #[test]
    fn a_range_takes_documents_by_position() {
        let all = ids(&*opened("sampler").unwrap());
        assert_eq!(ids(&*opened("sampler[2..5]").unwrap()), all[2..5]);
        assert_eq!(ids(&*opened("sampler[38..]").unwrap()), all[38..]);
        let refusal = opened("sampler[5..2]").err().unwrap().to_string();
        assert_eq!(
            refusal,
            "`sampler[5..2]` names no corpus: `[5..2]` is not a range such as `[0..500]`"
        );
    }

    #[test]
    fn parts_and_changes_have_names_and_digests_of_their_own() {
        let whole = opened("sampler").unwrap();
        let part = opened("sampler[0..3]").unwrap();
        let changed = opened("sampler[0..3]+shuffled").unwrap();
        let digests = [&whole, &part, &changed].map(|corpus| corpus.digest().unwrap());
        assert!(digests[0] != digests[1] && digests[1] != digests[2]);
        assert_eq!(changed.name(), "sampler-shuffled");
        assert_eq!(ids(&*changed).len(), 3);
        assert!(matches!(
            opened("sampler+mirrored"),
            Err(CorpusError::Perturbation(_))
        ));
    }

    #[test]
    fn a_name_that_is_nowhere_is_refused_with_a_hint() {
        let refusal = opened("cnndm:test").err().unwrap().to_string();
        assert!(
            refusal.contains("`epitome corpus add cnndm PATH` imports it"),
            "{refusal}"
        );
    }
}

//! The rows that workers wrote for parts of a corpus: a pass over the files finds the
//! place of every document, and [`assemble`] passes them on in the order of the corpus.

use std::{
    fs::{self, File},
    hash::BuildHasher,
    io::{BufRead, BufReader, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
};

use foldhash::quality::FixedState;
use hashbrown::HashTable;
use serde::{Deserialize, de::IgnoredAny};

use epitome_corpora::Source;

use crate::run::{
    execution::run_error::RunError,
    outcomes::outcome::{About, DocumentOutcome},
    setup::{layout::Layout, run_corpus::RunCorpus},
    storing::store_error::StoreError,
    threads::progress::Progress,
};

use super::shard::{Part, ShardOrigin, parse_begin, parse_document, parse_end};

/// The number of bytes of the longest line that is read: the outputs of all systems for one
/// document. A longer one is refused before it fills the memory.
const LONGEST: u64 = 1 << 30;

/// Files of rows with the place of every document in them: 40 bytes for each document. A
/// document that is in several parts, because a worker was started again, counts once.
pub struct Shards {
    paths: Vec<PathBuf>,
    hasher: FixedState,
    places: HashTable<Place>,
    origin: Option<(ShardOrigin, PathBuf)>,
    repeated: u64,
    open: Option<(u32, File)>,
}

#[derive(Clone, Copy)]
struct Place {
    /// The hash of the document's id.
    id: u64,
    /// The hash of the document's line.
    line: u64,
    offset: u64,
    length: u32,
    file: u32,
}

/// The part of a line that is needed to find documents.
#[derive(Deserialize)]
struct Outline {
    document: String,
    systems: Vec<SystemOutline>,
}

#[derive(Deserialize)]
struct SystemOutline {
    scores: Vec<IgnoredAny>,
}

/// Returns the files of rows that `paths` name. A folder is replaced by the files in it, in
/// the order of their names, except for those that begin with `.` or `_`, and for
/// unfinished ones, which end in `.part`.
///
/// # Errors
/// Returns an error if a folder cannot be read or holds none.
pub fn row_files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, StoreError> {
    let mut files = Vec::new();
    for path in paths {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let refuse = |error| StoreError::new(path, error);

        let mut inside = Vec::new();
        for entry in fs::read_dir(path).map_err(refuse)? {
            let entry = entry.map_err(refuse)?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let is_unfinished =
                Path::new(&name).extension().is_some_and(|it| it == "part");
            if !name.starts_with(['.', '_']) && !is_unfinished {
                inside.push(entry.path());
            }
        }

        if inside.is_empty() {
            return Err(StoreError::broken(path, "the folder holds no rows"));
        }
        inside.sort();
        files.extend(inside);
    }
    Ok(files)
}

impl Shards {
    /// Goes through files of rows and notes the place of every document.
    ///
    /// # Errors
    /// Returns an error if a file cannot be read, holds something else, was cut off, or
    /// disagrees with another.
    pub fn open(paths: Vec<PathBuf>) -> Result<Self, StoreError> {
        let mut shards = Self {
            paths: Vec::new(),
            hasher: FixedState::default(),
            places: HashTable::new(),
            origin: None,
            repeated: 0,
            open: None,
        };
        for path in paths {
            shards.look_through(&path)?;
            shards.paths.push(path);
        }
        Ok(shards)
    }

    /// Returns how the rows of all parts were made; `None` if there is no part.
    pub fn origin(&self) -> Option<&ShardOrigin> {
        self.origin.as_ref().map(|(origin, _)| origin)
    }

    /// Returns the number of documents.
    pub fn documents(&self) -> u64 {
        self.places.len() as u64
    }

    /// Returns how many times a document was found again.
    pub fn repeated(&self) -> u64 {
        self.repeated
    }

    fn look_through(&mut self, path: &Path) -> Result<(), StoreError> {
        let refuse = |error| StoreError::new(path, error);
        let mut reader =
            BufReader::with_capacity(1 << 20, File::open(path).map_err(refuse)?);
        let mut part: Option<Part> = None;
        let (mut line, mut offset) = (Vec::new(), 0);

        for number in 1_u64.. {
            line.clear();
            let mut limited = (&mut reader).take(LONGEST + 1);
            let length = limited.read_until(b'\n', &mut line).map_err(refuse)?;
            if length == 0 {
                break;
            }

            let broken = |problem: &str| {
                StoreError::broken(path, format!("line {number}: {problem}"))
            };
            if length as u64 > LONGEST {
                return Err(broken(&format!("it is longer than {} MiB", LONGEST >> 20)));
            }
            if let Some(origin) = parse_begin(&line) {
                if part.is_some() {
                    return Err(broken("a part begins before the last has its end"));
                }
                self.agree(origin, path)?;
                let mut begun = Part::default();
                begun.read(&line);
                part = Some(begun);
            } else if let Some(end) = parse_end(&line) {
                let part = part.take().ok_or_else(|| broken("no part has begun"))?;
                if let Some(difference) = end.difference(&part.marker()) {
                    return Err(broken(&difference));
                }
            } else {
                let outline: Outline = serde_json::from_slice(&line)
                    .map_err(|error| broken(&format!("it is no row: {error}")))?;
                let part = part.as_mut().ok_or_else(|| broken("no part has begun"))?;
                part.read(&line);
                part.count(outline.systems.iter().map(|it| it.scores.len()).sum());
                let place = Place {
                    id: self.hasher.hash_one(&outline.document),
                    line: self.hasher.hash_one(line.trim_ascii_end()),
                    offset,
                    length: length as u32,
                    file: self.paths.len() as u32,
                };
                self.add(place, &outline.document, path)?;
            }

            offset += length as u64;
        }

        match part {
            Some(_) => Err(StoreError::broken(
                path,
                "it was cut off: there is no end marker\nhint: run the worker of this part again",
            )),
            None => Ok(()),
        }
    }

    fn agree(&mut self, found: ShardOrigin, path: &Path) -> Result<(), StoreError> {
        match &self.origin {
            None => self.origin = Some((found, path.to_owned())),
            Some((origin, first)) if *origin != found => {
                let problem = format!(
                    "its worker was given other arguments than that of {}",
                    first.display()
                );
                return Err(StoreError::broken(path, problem));
            }
            Some(_) => {}
        }
        Ok(())
    }

    fn add(&mut self, place: Place, id: &str, path: &Path) -> Result<(), StoreError> {
        let known = self.places.find(place.id, |known| known.id == place.id);
        match known {
            None => {
                self.places.insert_unique(place.id, place, |known| known.id);
                Ok(())
            }
            Some(known) if known.line == place.line => {
                self.repeated += 1;
                Ok(())
            }
            Some(known) => {
                let first = self.paths.get(known.file as usize).map_or(path, |it| it);
                let problem = format!(
                    "the row of `{id}` differs from that in {}\nhint: two documents of one name, or a system that is not deterministic",
                    first.display()
                );
                Err(StoreError::broken(path, problem))
            }
        }
    }

    /// Returns the outcome of a document, or `None` if no part has its rows.
    fn outcome(
        &mut self,
        layout: &Layout,
        id: &str,
    ) -> Result<Option<DocumentOutcome>, StoreError> {
        let hash = self.hasher.hash_one(id);
        let Some(&place) = self.places.find(hash, |known| known.id == hash) else {
            return Ok(None);
        };
        self.read(layout, place).map(Some)
    }

    fn read(
        &mut self,
        layout: &Layout,
        place: Place,
    ) -> Result<DocumentOutcome, StoreError> {
        let path = &self.paths[place.file as usize];
        let refuse = |error| StoreError::new(path, error);
        let mut file = match self.open.take() {
            Some((at, file)) if at == place.file => file,
            _ => File::open(path).map_err(refuse)?,
        };

        let mut line = vec![0; place.length as usize];
        file.seek(SeekFrom::Start(place.offset)).map_err(refuse)?;
        file.read_exact(&mut line).map_err(refuse)?;
        self.open = Some((place.file, file));

        parse_document(layout, &line).map_err(|problem| StoreError::broken(path, problem))
    }

    /// Hands every document to `sink`, in the order of the files.
    ///
    /// # Errors
    /// Returns an error if a file cannot be read, or the sink fails.
    pub fn each<E: From<StoreError>>(
        &mut self,
        layout: &Layout,
        mut sink: impl FnMut(DocumentOutcome) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut places: Vec<Place> = self.places.iter().copied().collect();
        places.sort_unstable_by_key(|place| (place.file, place.offset));
        for place in places {
            sink(self.read(layout, place)?)?;
        }
        Ok(())
    }
}

/// Hands the documents of `corpora`, which must be a single corpus, to `sink` in the
/// order of the corpus, with the rows that workers wrote. The result is that of a run
/// over the corpus.
///
/// # Errors
/// Returns an error if the corpus is broken, a document has no rows or those of another
/// text, there are rows of other documents, or the sink fails.
pub fn assemble<E>(
    layout: &Layout,
    corpora: &[RunCorpus<'_>],
    shards: &mut Shards,
    progress: &mut dyn Progress,
    mut sink: impl FnMut(DocumentOutcome) -> Result<(), E>,
) -> Result<(), RunError<E>> {
    let mut documents = 0;
    for RunCorpus { corpus, .. } in corpora {
        let name = PathBuf::from(corpus.origin());
        let mut ids = crate::run::outcomes::ids::Ids::default();
        for source in corpus.records()? {
            let source = source?;
            let bytes = source.bytes();
            let record = Source::parse(source)?;

            let Some(outcome) = shards.outcome(layout, &record.id)? else {
                let problem = format!("no part has rows of `{}`", record.id);
                return Err(StoreError::broken(&name, problem).into());
            };
            if outcome.about.digest != About::digest(&record) {
                let problem = format!("the rows of `{}` are of another text", record.id);
                return Err(StoreError::broken(&name, problem).into());
            }

            let outcome = DocumentOutcome {
                place: record.place,
                ..outcome
            };
            // a corpus with an id twice would find the rows of one document for both
            ids.check(&outcome)?;
            documents += 1;
            sink(outcome).map_err(RunError::Sink)?;
            progress.advance(bytes);
        }
    }

    if documents != shards.documents() {
        let problem = format!(
            "the parts have rows of {} documents, {documents} of them of this corpus",
            shards.documents()
        );
        let path = corpora
            .first()
            .map(|on| on.corpus.origin())
            .unwrap_or_default();
        return Err(StoreError::broken(Path::new(&path), problem).into());
    }
    Ok(())
}

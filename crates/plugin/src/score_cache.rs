//! Scores of metric plugins that are kept, so that nothing is asked twice: by a digest of
//! everything that decides them.

use std::{
    collections::BTreeMap,
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use epitome_metrics::{ExternalMeasure, Score};

use super::measure_question::MeasureQuestion;

/// The scores of one metric, in a file that only grows while it is in use.
///
/// The first line of the file is the signature of the metric. Every other is the score of a
/// candidate under a [key](Self::key), with a checksum. A line that is cut, since the
/// program was ended while it wrote, is no score and is asked for again.
pub(super) struct ScoreCache {
    file: File,
    scores: BTreeMap<String, ExternalMeasure>,
}

/// A line with a score.
#[derive(Debug, Serialize, Deserialize)]
struct Line {
    key: String,
    value: f64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    precision: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    recall: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    sum: String,
}

/// The first line.
#[derive(Debug, Serialize, Deserialize)]
struct Head {
    signature: String,
}

/// The number of bytes that a file may have when it is opened; of a longer one the older
/// half is dropped.
const MOST_BYTES: u64 = 64 << 20;

/// The number of files of a folder; the longest unused ones are removed beyond it.
const MOST_FILES: usize = 32;

impl ScoreCache {
    /// Opens the scores of the metric with a signature, in a folder.
    ///
    /// # Errors
    /// Returns an error if the folder or its file cannot be written.
    pub(super) fn open(folder: &Path, signature: &str) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        let digest = blake3::hash(signature.as_bytes()).to_hex();
        let path = folder.join(format!("{}.jsonl", &digest[..16]));
        if !path.exists() {
            drop_unused(folder)?;
        }

        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(error),
        };
        let kept = kept(&text);
        let head = serde_json::to_string(&Head {
            signature: signature.to_owned(),
        })?;
        // what is cut or too much is left out of a new file, which takes the place at once
        let whole = format!("{head}\n{}", kept.concat());
        if whole != text {
            let draft = path.with_extension("draft");
            fs::write(&draft, &whole)?;
            fs::rename(&draft, &path)?;
        }

        let lines = kept.iter().filter_map(|line| Line::read(line).ok());
        let scores = lines
            .map(|line| (line.key.clone(), line.measure()))
            .collect();
        let file = OpenOptions::new().append(true).open(&path)?;
        Ok(Self { file, scores })
    }

    /// Returns the key of a candidate of a question: a digest of the seed, its text, the
    /// references, the source, the query and the language, each with its length.
    pub(super) fn key(
        question: &MeasureQuestion<'_>,
        seed: u64,
        candidate: &[&str],
    ) -> String {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&seed.to_le_bytes());
        let mut add = |texts: &mut dyn Iterator<Item = &str>| {
            for text in texts {
                hasher.update(&(text.len() as u64).to_le_bytes());
                hasher.update(text.as_bytes());
            }
            // no text has this length
            hasher.update(&u64::MAX.to_le_bytes());
        };
        add(&mut [question.language, question.query].into_iter());
        for reference in question.references {
            add(&mut reference.iter().map(String::as_str));
        }
        add(&mut std::iter::empty());
        add(&mut question.source.into_iter().flatten().map(String::as_str));
        add(&mut candidate.iter().copied());
        hasher.finalize().to_hex()[..32].to_owned()
    }

    /// Returns the measure under a key; `None` if it is not known.
    pub(super) fn measure(&self, key: &str) -> Option<ExternalMeasure> {
        self.scores.get(key).cloned()
    }

    /// Adds measures, and writes them at once.
    ///
    /// # Errors
    /// Returns an error if they cannot be written; they are known all the same.
    pub(super) fn add(
        &mut self,
        measures: Vec<(String, ExternalMeasure)>,
    ) -> io::Result<()> {
        let mut text = String::new();
        for (key, measure) in measures {
            let line = Line::of(&key, &measure);
            text.push_str(&serde_json::to_string(&line)?);
            text.push('\n');
            self.scores.insert(key, measure);
        }
        self.file.write_all(text.as_bytes())
    }
}

impl Line {
    fn of(key: &str, measure: &ExternalMeasure) -> Self {
        let Score {
            precision,
            recall,
            value,
        } = measure.score;
        let mut line = Self {
            key: key.to_owned(),
            value,
            precision,
            recall,
            note: measure.note.clone(),
            sum: String::new(),
        };
        line.sum = line.checksum();
        line
    }

    /// Returns a line as it was written.
    fn read(text: &str) -> Result<Self, String> {
        let line: Self = serde_json::from_str(text).map_err(|error| error.to_string())?;
        match line.sum == line.checksum() {
            true => Ok(line),
            false => Err("its checksum is of another score".to_owned()),
        }
    }

    fn checksum(&self) -> String {
        let bits = |number: Option<f64>| number.map(f64::to_bits);
        let (precision, recall) = (bits(self.precision), bits(self.recall));
        let mut all = format!(
            "{} {:?} {precision:?} {recall:?}",
            self.key,
            self.value.to_bits()
        );
        if let Some(note) = &self.note {
            all = format!("{all} {note}");
        }
        blake3::hash(all.as_bytes()).to_hex()[..8].to_owned()
    }

    fn measure(&self) -> ExternalMeasure {
        let score = Score {
            precision: self.precision,
            recall: self.recall,
            value: self.value,
        };
        let note = self.note.clone();
        ExternalMeasure { score, note }
    }
}

/// Returns the lines of a file that are scores, without the older half if there are too
/// many.
fn kept(text: &str) -> Vec<&str> {
    let lines = text.split_inclusive('\n').skip(1);
    let whole = lines.filter(|line| line.ends_with('\n') && Line::read(line).is_ok());
    let whole: Vec<&str> = whole.collect();
    match text.len() as u64 > MOST_BYTES {
        true => whole[whole.len() / 2..].to_vec(),
        false => whole,
    }
}

/// Removes the files that were not written for the longest time, so that there is room for
/// another.
fn drop_unused(folder: &Path) -> io::Result<()> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        files.push((entry.metadata()?.modified()?, entry.path()));
    }
    files.sort();
    let many = files.len().saturating_sub(MOST_FILES - 1);
    files
        .iter()
        .take(many)
        .try_for_each(|(_, path)| fs::remove_file(path))
}

/// What a file of kept scores holds. Made by [`verify`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeptScores {
    /// The path of the file.
    pub path: PathBuf,
    /// The signature of the metric.
    pub signature: String,
    /// The number of scores.
    pub scores: usize,
    /// The size in bytes.
    pub bytes: u64,
    /// What is wrong with lines, with their numbers.
    pub problems: Vec<String>,
}

/// Checks every file of kept scores in a folder, in the order of their signatures: that
/// each line is whole, has its checksum, and does not contradict another.
///
/// # Errors
/// Returns an error if the folder or a file cannot be read.
pub fn verify(folder: &Path) -> io::Result<Vec<KeptScores>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "jsonl") {
            found.push(verified(path)?);
        }
    }
    found.sort_by(|a, b| (&a.signature, &a.path).cmp(&(&b.signature, &b.path)));
    Ok(found)
}

/// Checks one file.
fn verified(path: PathBuf) -> io::Result<KeptScores> {
    let text = fs::read_to_string(&path)?;
    let mut lines = (1..).zip(text.lines());
    let mut problems = Vec::new();
    let head = lines
        .next()
        .map(|(_, line)| serde_json::from_str::<Head>(line));
    let signature = head.and_then(Result::ok).map(|head| head.signature);
    if signature.is_none() {
        problems.push("line 1: it is no signature".to_owned());
    }

    let mut scores: BTreeMap<String, (usize, Line)> = BTreeMap::new();
    for (number, text) in lines {
        match Line::read(text) {
            Err(problem) => problems.push(format!("line {number}: {problem}")),
            Ok(line) => match scores.get(&line.key) {
                Some((first, known)) if known.measure().score != line.measure().score => {
                    problems.push(format!(
                        "line {number}: {} for what has {} in line {first}: the metric is not deterministic",
                        line.value, known.value
                    ));
                }
                Some(_) => {}
                None => {
                    scores.insert(line.key.clone(), (number, line));
                }
            },
        }
    }
    Ok(KeptScores {
        signature: signature.unwrap_or_default(),
        scores: scores.len(),
        bytes: text.len() as u64,
        problems,
        path,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use epitome_metrics::{Scale, Task};

    fn key(references: &[Vec<String>], candidate: &[&str]) -> String {
        let question = MeasureQuestion {
            task: Task::Summaries,
            scale: Scale::SHARE,
            language: "en",
            query: "",
            references,
            source: None,
            candidates: Vec::new(),
        };
        ScoreCache::key(&question, 0, candidate)
    }

    #[test]
    fn a_key_is_of_all_texts_and_of_their_borders() {
        let texts = |texts: &[&str]| -> Vec<String> {
            texts.iter().map(|&text| text.to_owned()).collect()
        };
        let plain = key(&[texts(&["ab"])], &["c"]);
        assert_eq!(plain, key(&[texts(&["ab"])], &["c"]));
        for other in [
            key(&[texts(&["a", "b"])], &["c"]),
            key(&[texts(&["a"]), texts(&["b"])], &["c"]),
            key(&[texts(&["abc"])], &[]),
            key(&[texts(&["ab"])], &["c", ""]),
            key(&[], &["ab", "c"]),
        ] {
            assert_ne!(other, plain);
        }
    }

    fn only_file(folder: &Path) -> PathBuf {
        fs::read_dir(folder)
            .unwrap()
            .next()
            .unwrap()
            .unwrap()
            .path()
    }

    #[test]
    fn scores_are_kept_to_the_last_bit_and_what_is_cut_is_asked_again() {
        let folder = tempfile::tempdir().unwrap();
        let open = || ScoreCache::open(folder.path(), "mine|v:1").unwrap();
        let score = Score {
            precision: Some(0.1 + 0.2),
            recall: None,
            value: 1.0 / 3.0,
        };
        let note = Some("it omits the bridge".to_owned());
        let measure = || ExternalMeasure {
            score,
            note: note.clone(),
        };
        let mut cache = open();
        cache
            .add(vec![
                ("a".to_owned(), measure()),
                ("b".to_owned(), measure()),
            ])
            .unwrap();
        let path = only_file(folder.path());
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, &text[..text.len() - 5]).unwrap();

        let mut cache = open();
        assert_eq!(cache.measure("a"), Some(measure()));
        assert_eq!(cache.measure("b"), None);
        cache.add(vec![("b".to_owned(), measure())]).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
        let other = ScoreCache::open(folder.path(), "mine|v:2").unwrap();
        assert_eq!(other.measure("a"), None, "of another version");
    }

    #[test]
    fn changed_and_contradictory_lines_are_found() {
        let folder = tempfile::tempdir().unwrap();
        let mut cache = ScoreCache::open(folder.path(), "mine|v:1").unwrap();
        let add = |cache: &mut ScoreCache, value: f64| {
            cache
                .add(vec![("a".to_owned(), Score::value(value).into())])
                .unwrap();
        };
        add(&mut cache, 0.25);
        add(&mut cache, 0.25);
        assert_eq!(verify(folder.path()).unwrap()[0].problems, [""; 0]);
        add(&mut cache, 0.5);
        let path = only_file(folder.path());
        let text = fs::read_to_string(&path).unwrap();
        let changed = text.replacen("0.25", "0.75", 1);
        let problems = || verify(folder.path()).unwrap()[0].problems.clone();
        assert_eq!(
            problems(),
            ["line 4: 0.5 for what has 0.25 in line 2: the metric is not deterministic"]
        );
        fs::write(&path, changed).unwrap();
        assert_eq!(problems()[0], "line 2: its checksum is of another score");
    }

    #[test]
    fn a_folder_holds_so_many_files() {
        let folder = tempfile::tempdir().unwrap();
        for version in 0..MOST_FILES + 5 {
            ScoreCache::open(folder.path(), &format!("mine|v:{version}")).unwrap();
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), MOST_FILES);
    }
}

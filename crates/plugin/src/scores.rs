//! Files of scores that were made elsewhere, used as metrics.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::Arc,
};

use epitome_base::{
    spec::{Built, Spec},
    whole_file,
};
use epitome_metrics::{
    External, ExternalDescription, ExternalFailure, ExternalMeasure, ExternalMetric,
    ExternalOrigin, ExternalQuestion, ExternalScore, Metric, Task,
};
use serde_json::value::RawValue;

use super::{
    error::PluginError,
    message::MeasureParts,
    metric_fields::MetricFields,
    score_line::{ScoreLine, header},
};

/// A file of scores with one output per line, or in one list of JSON, held in memory.
///
/// A line contains the `id` of the document, the `system` and its `value`, with
/// `precision`, `recall` and a `note` if there are any, or an `error` in their place. A line with a
/// `corpus` is about a document of that corpus alone. The first line may describe the
/// metric instead.
pub struct ScoresFile {
    name: String,
    path: PathBuf,
    digest: String,
    /// What an output has in the file: a `line`, or an `entry` of a list.
    unit: &'static str,
    fields: MetricFields,
    description: ExternalDescription,
    rows: BTreeMap<(String, String), Vec<Row>>,
}

/// The score of an output, with the number of the line or entry that it stands in.
#[derive(Debug)]
struct Row {
    number: usize,
    corpus: Option<String>,
    score: Result<ExternalMeasure, String>,
}

impl ScoresFile {
    /// Reads `name=file.jsonl`, or `name=file.jsonl#field`.
    ///
    /// # Errors
    /// Returns an error if the argument is of another form, the file cannot be read, or a
    /// line is broken: the first one, with its number.
    pub fn parse(argument: &str) -> Result<Self, PluginError> {
        let (name, path) = argument.split_once('=').ok_or_else(|| {
            PluginError::Argument(format!("`{argument}` is not `name=file.jsonl`"))
        })?;
        Self::read(name, Path::new(path))
    }

    /// Reads a file, whose metric will be called `name`. In `file.jsonl#field` the field has
    /// the values, of lines with several scores.
    ///
    /// # Errors
    /// Returns the errors of [`Self::parse`].
    pub fn read(name: &str, path: &Path) -> Result<Self, PluginError> {
        let is_plain = name.parse::<Spec>().is_ok_and(|spec| {
            spec.arguments.is_empty() && spec.name == name && !name.contains('(')
        });
        if !is_plain {
            let problem = format!("`{name}` is no plain name for a metric");
            return Err(PluginError::Argument(problem));
        }

        let (path, field) = file_and_field(path);
        let refuse = |problem: String| PluginError::File {
            path: path.to_owned(),
            problem,
        };
        let bytes =
            whole_file::read_lines(path).map_err(|error| refuse(error.to_string()))?;
        let digest = blake3::hash(&bytes).to_hex().to_string();

        let (unit, entries) = entries(&bytes).map_err(&refuse)?;
        let mut lines = entries.into_iter().peekable();
        let fields = match lines.peek() {
            Some((number, line)) => header(line)
                .map_err(|problem| refuse(format!("{unit} {number}: {problem}")))?,
            None => return Err(refuse("it holds no scores".to_owned())),
        };
        if fields.is_some() {
            lines.next();
        }
        let fields = fields.unwrap_or_default();

        let shown = format!("{}#{}", path.display(), &digest[..16]);
        let field_recipe = field.map(|field| ("field".to_owned(), field.to_owned()));
        let recipe = field_recipe
            .into_iter()
            .chain([("scores".to_owned(), shown)]);
        let recipe = recipe.collect();
        let description = fields
            .description(name, env!("CARGO_PKG_VERSION"), Vec::new(), recipe)
            .map_err(&refuse)?;

        let mut file = Self {
            name: name.to_owned(),
            path: path.to_owned(),
            digest,
            unit,
            fields,
            description,
            rows: BTreeMap::new(),
        };
        for (number, line) in lines {
            file.add(number, line, field)
                .map_err(|problem| refuse(format!("{unit} {number}: {problem}")))?;
        }
        match file.rows.is_empty() {
            true => Err(refuse("it holds no scores".to_owned())),
            false => Ok(file),
        }
    }

    /// Returns the file of `file.jsonl#field`, or of a path without a field.
    pub fn file_of(path: &Path) -> &Path {
        file_and_field(path).0
    }

    /// Adds a line, whose value is that of `field` if one is named.
    fn add(
        &mut self,
        number: usize,
        line: &[u8],
        field: Option<&str>,
    ) -> Result<(), String> {
        let parsed = ScoreLine::read(line, field)?;
        let parts = MeasureParts {
            value: parsed.value,
            precision: parsed.precision,
            recall: parsed.recall,
            error: parsed.error,
            note: parsed.note,
        };
        let score = parts.measure(self.description.scale)?;

        let id = parsed.id.to_string();
        let same = self.rows.entry((parsed.system, id)).or_default();
        if let Some(known) = same.iter().find(|it| it.corpus == parsed.corpus) {
            let (unit, number) = (self.unit, known.number);
            return Err(format!("it is about the same output as {unit} {number}"));
        }
        same.push(Row {
            number,
            corpus: parsed.corpus,
            score,
        });
        Ok(())
    }

    /// Returns the name of the metric.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the outputs that the file says it is about; `None` if it does not say.
    pub fn task(&self) -> Option<Task> {
        self.fields.task
    }

    /// Returns the names of the systems, in alphabetical order.
    pub fn systems(&self) -> Vec<&str> {
        let systems: BTreeSet<&str> = self
            .rows
            .keys()
            .map(|(system, _)| system.as_str())
            .collect();
        systems.into_iter().collect()
    }

    /// Returns a sentence about each kind of row that is about no output of a run: of
    /// systems that are not among `systems`, and of documents that `is_document` does not
    /// know by their corpus, if a row states it, and their id.
    ///
    /// # Errors
    /// Returns an error if no row is about one of the systems, or none about one of the
    /// documents.
    pub fn strangers(
        &self,
        systems: &[&str],
        is_document: impl Fn(Option<&str>, &str) -> bool,
    ) -> Result<Vec<String>, PluginError> {
        let system = |((system, _), _): &(&(String, String), &Row)| {
            !systems.contains(&system.as_str())
        };
        let document = |((_, id), row): &(&(String, String), &Row)| {
            !is_document(row.corpus.as_deref(), id)
        };

        let systems = systems.join("`, `");
        let by_system = self.foreign(system, |(name, _), _| {
            format!("`{name}`, which is no system here: there are `{systems}`")
        })?;
        let by_document = self.foreign(document, |(_, id), row| {
            let corpus = row.corpus.as_ref();
            let corpus = corpus.map_or(String::new(), |name| format!(" of `{name}`"));
            format!("the document `{id}`{corpus}, which is not there")
        })?;
        Ok(by_system.into_iter().chain(by_document).collect())
    }

    /// Returns a sentence about the rows that are foreign, with what `shown` says of the
    /// first of them.
    fn foreign(
        &self,
        is_foreign: impl Fn(&(&(String, String), &Row)) -> bool,
        shown: impl Fn(&(String, String), &Row) -> String,
    ) -> Result<Option<String>, PluginError> {
        let all = || {
            let rows = self.rows.iter();
            rows.flat_map(|(key, rows)| rows.iter().map(move |row| (key, row)))
        };
        let foreign = all().filter(&is_foreign);
        let Some((key, first)) = foreign.min_by_key(|(_, row)| row.number) else {
            return Ok(None);
        };

        let (count, number) = (all().filter(&is_foreign).count(), first.number);
        let (path, unit) = (self.path.display(), self.unit);
        let shown = shown(key, first);
        if count == all().count() {
            return Err(PluginError::File {
                path: self.path.clone(),
                problem: format!(
                    "no {unit} is about an output of the run: {unit} {number} is about {shown}"
                ),
            });
        }
        let units = match (unit, count) {
            ("entry", 1) => "entry is",
            ("entry", _) => "entries are",
            (_, 1) => "line is",
            _ => "lines are",
        };
        Ok(Some(format!(
            "{path}: {count} {units} about no output of the run, and not used: {unit} {number} is about {shown}"
        )))
    }

    /// Returns the metric of the file, which measures the outputs of `task` if the file does
    /// not say of which.
    pub fn metric(self: Arc<Self>, task: Task) -> Built<dyn Metric> {
        let description = ExternalDescription {
            task: self.fields.task.unwrap_or(task),
            ..self.description.clone()
        };
        Built {
            name: self.name.clone(),
            value: Box::new(External::new(description, Box::new(self))),
        }
    }

    /// Returns the score of a system's output for a document.
    fn score(&self, corpus: &str, document: &str, system: &str) -> ExternalScore {
        let failure = |message: String| ExternalFailure {
            status: "error",
            message,
        };
        let rows = self.rows.get(&(system.to_owned(), document.to_owned()));
        let of = |wanted: Option<&str>| {
            let mut rows = rows.into_iter().flatten();
            rows.find(|row| row.corpus.as_deref() == wanted)
        };
        let row = of(Some(corpus)).or_else(|| of(None)).ok_or_else(|| {
            let (path, unit) = (self.path.display(), self.unit);
            failure(format!("{path} has no {unit} about this output"))
        })?;
        row.score.clone().map_err(failure)
    }
}

impl ExternalMetric for ScoresFile {
    fn measure(&self, questions: &[ExternalQuestion<'_>]) -> Vec<Vec<ExternalScore>> {
        let of_question = |question: &ExternalQuestion<'_>| {
            let candidates = question.candidates.iter();
            candidates
                .map(|it| self.score(question.corpus, question.document, it.system))
                .collect()
        };
        questions.iter().map(of_question).collect()
    }

    fn origin(&self) -> ExternalOrigin {
        ExternalOrigin {
            version: format!("blake3 {}", self.digest),
            command: self.path.display().to_string(),
            program: String::new(), // its version is its digest
            isolation: None,
        }
    }

    fn reads_texts(&self) -> bool {
        false
    }
}

/// The numbers of outputs in a file, with their JSON.
type Entries<'a> = Vec<(usize, &'a [u8])>;

/// Returns what an output has in a file, and all of them: its lines, or the entries of its list.
fn entries(bytes: &[u8]) -> Result<(&'static str, Entries<'_>), String> {
    if bytes.trim_ascii_start().first() != Some(&b'[') {
        let lines = (1..).zip(bytes.split(|&byte| byte == b'\n'));
        let lines = lines.filter(|(_, line)| !line.trim_ascii().is_empty());
        return Ok(("line", lines.collect()));
    }
    let entries: Vec<&RawValue> =
        serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
    let entries = (1..).zip(entries.into_iter().map(|it| it.get().as_bytes()));
    Ok(("entry", entries.collect()))
}

/// Returns the path of a file, and the field that is named after its last `#`. A name with `#`
/// that is a file is a path.
fn file_and_field(path: &Path) -> (&Path, Option<&str>) {
    let text = path.to_str().filter(|_| !path.is_file());
    match text.and_then(|text| text.rsplit_once('#')) {
        Some((file, field)) => (Path::new(file), Some(field)),
        None => (path, None),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use epitome_metrics::ExternalCandidate;

    fn read(text: &str) -> Result<ScoresFile, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("scores.jsonl");
        fs::write(&path, text).unwrap();
        ScoresFile::read("mine", &path).map_err(|error| {
            let folder = format!("{}/", folder.path().display());
            error.to_string().replace(&folder, "")
        })
    }

    fn value(file: &ScoresFile, corpus: &str, document: &str) -> Result<f64, String> {
        let question = ExternalQuestion {
            corpus,
            document,
            candidates: vec![ExternalCandidate {
                system: "lead",
                segments: Vec::new(),
            }],
            ..ExternalQuestion::default()
        };
        let score = file.measure(&[question]).remove(0).remove(0);
        score
            .map(|measure| measure.score.value)
            .map_err(|failure| failure.message)
    }

    #[test]
    fn a_line_of_a_corpus_is_about_that_corpus_alone() {
        let file = read(
            r#"{"id":"a","system":"lead","value":0.5}
            {"id":"a","system":"lead","corpus":"news","f1":0.7,"precision":0.8}
            {"id":"b","system":"lead","error":"too long"}"#,
        );
        let file = file.unwrap();
        assert_eq!(value(&file, "news", "a"), Ok(0.7));
        assert_eq!(value(&file, "papers", "a"), Ok(0.5));
        assert_eq!(value(&file, "news", "b"), Err("too long".to_owned()));
        assert!(
            value(&file, "news", "c")
                .unwrap_err()
                .contains("has no line")
        );
    }

    #[test]
    fn a_broken_line_is_refused_with_its_number() {
        let refusal = |line: &str| {
            let first = r#"{"id":"a","system":"lead","value":0.5}"#;
            read(&format!("{first}\n{line}\n")).map(drop).unwrap_err()
        };
        insta::assert_snapshot!(refusal(r#"{"id":"b","system":"lead","value":NaN}"#), @r#"
        scores.jsonl: line 2: expected value in column 35
        hint: a line is `{"id": …, "system": …, "value": …}` with a finite number; `"error": "why"` stands for a score that there is none of
        "#);
        insta::assert_snapshot!(refusal(r#"{"id":"b","system":"lead"}"#), @"scores.jsonl: line 2: it has neither `value` nor `error`");
        insta::assert_snapshot!(refusal(r#"{"id":"a","system":"lead","value":1}"#), @"scores.jsonl: line 2: it is about the same output as line 1");
        insta::assert_snapshot!(refusal(r#"{"id":"b","value":1}"#), @r#"
        scores.jsonl: line 2: missing field `system` in column 20
        hint: a line is `{"id": …, "system": …, "value": …}` with a finite number; `"error": "why"` stands for a score that there is none of
        "#);
    }

    #[test]
    fn the_first_line_may_describe_the_metric() {
        let scored = r#"{"id":"a","system":"lead","value":0.5}"#;
        let with = |first: &str| read(&format!("{first}\n{scored}\n"));
        let file = with(
            r#"{"better":"lower","low":0,"high":2,"task":"keyphrases","signature":{"model":"m"}}"#,
        );
        let file = file.unwrap();
        assert_eq!(file.task(), Some(Task::Keyphrases));
        assert_eq!(file.description.scale.worst(), Some(2.0));
        assert_eq!(file.description.signature.field("model"), Some("m"));
        insta::assert_snapshot!(with(r#"{"high":0.4}"#).map(drop).unwrap_err(), @"scores.jsonl: line 2: `value` is 0.5, above `high`, which is 0.4");
        insta::assert_snapshot!(with(r#"{"model":"m"}"#).map(drop).unwrap_err(), @"scores.jsonl: line 1: `model` is neither a field of a score (`id`, `system`, `value`) nor one about the metric: `task`, `better`, `low`, `high`, `unit`, `needs`, `signature`");
        insta::assert_snapshot!(read("\n").map(drop).unwrap_err(), @"scores.jsonl: it holds no scores");
    }

    #[test]
    fn lines_about_nothing_of_the_run_are_told() {
        let file = read(
            r#"{"id":"a","system":"lead","value":0.5}
            {"id":"a","system":"laed","value":0.5}
            {"id":"x","system":"lead","value":0.5}"#,
        )
        .unwrap();
        let strangers = |systems: &[&str]| {
            file.strangers(systems, |_, id| id == "a")
                .map(|found| found.join("\n"))
                .map_err(|error| error.to_string())
        };
        let path = format!("{}", file.path.display());
        let told = strangers(&["lead"]).unwrap().replace(&path, "scores.jsonl");
        insta::assert_snapshot!(told, @r#"
        scores.jsonl: 1 line is about no output of the run, and not used: line 2 is about `laed`, which is no system here: there are `lead`
        scores.jsonl: 1 line is about no output of the run, and not used: line 3 is about the document `x`, which is not there
        "#);
        let told = strangers(&["tail"])
            .unwrap_err()
            .replace(&path, "scores.jsonl");
        insta::assert_snapshot!(told, @"scores.jsonl: no line is about an output of the run: line 1 is about `lead`, which is no system here: there are `tail`");
    }
}

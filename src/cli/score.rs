//! `epitome score PAIRS.jsonl`: scores texts made elsewhere against references.

use std::{
    fs::File,
    io::{self, BufRead, BufReader},
    num::NonZero,
    path::{Path, PathBuf},
};

use clap::Args;
use serde_json::{Map, Value, json};

use crate::{
    corpus::{self, CorpusError, FileLine, NamedReader, files_at},
    harness::{add_metrics, find_run},
    metric::{Metric, Score},
    registry::Registry,
    run::{
        Cautions, MetricSources, PairMeans, PairOutcome, PairSums, RunError, RunManifest,
        cores, remarks, score_pairs, sum_pairs,
    },
    spec::{Built, Spec},
};

use super::{
    arguments::{jobs, metric, resamples},
    embedders::EmbedderArgs,
    failure::{Code, Failure},
    interrupt::Interrupt,
    metric_plugins::{MetricPluginArgs, PluginLimitArgs},
    output::{Output, say},
    progress::Bar,
    width::columns,
};

/// Score texts against references.
#[derive(Debug, Args)]
pub(super) struct ScoreArgs {
    /// JSON Lines of {"id", "candidate", "references": […], "source"?}; or, with
    /// REFERENCES, a text file with a candidate in each line; `-` is standard input
    #[arg(required_unless_present = "run")]
    pairs: Option<PathBuf>,
    /// Text files with a reference for each candidate, line by line
    references: Vec<PathBuf>,
    /// Score the stored outputs of a run by further metrics instead
    #[arg(long, value_name = "RUN", conflicts_with_all = ["pairs", "references", "per_document", "json"])]
    run: Option<String>,
    /// Folder of all results, for `--run`
    #[arg(long, value_name = "FOLDER", default_value = "results")]
    results: PathBuf,
    /// Metric such as `rouge-1(stemmer=true)`, or a signature; repeatable
    #[arg(long, value_name = "SPEC", value_parser = metric,
        required_unless_present_any = ["scores", "metric_plugin"])]
    metric: Vec<Spec>,
    #[command(flatten)]
    embedders: EmbedderArgs,
    #[command(flatten)]
    plugins: MetricPluginArgs,
    #[command(flatten)]
    limits: PluginLimitArgs,
    /// Scores of every document instead of means
    #[arg(long)]
    per_document: bool,
    /// JSON instead of CSV
    #[arg(long)]
    json: bool,
    /// Seed of the intervals
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,
    /// Number of resamples for intervals of micro averages; 0 for no interval
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = resamples)]
    resamples: u32,
    /// Number of threads [default: number of cores]
    #[arg(long, short, value_name = "N", value_parser = jobs)]
    jobs: Option<NonZero<usize>>,
}

impl ScoreArgs {
    pub(super) fn run(self, registry: &Registry) -> Result<Code, Failure> {
        let run = match &self.run {
            Some(name) => Some(
                find_run(name, &self.results)
                    .ok_or_else(|| Failure::input(format!("no run `{name}`")))?,
            ),
            None => None,
        };
        let files = self.files(run.as_deref())?;
        let (sources, interrupt) = self.plugins.sources(
            &self.limits,
            &self.embedders,
            self.seed,
            &self.results,
            files,
        )?;
        let registry = &self.embedders.registry(registry, &sources.options)?;
        if let Some(folder) = run {
            return self.add_to(registry, &folder, &sources, &interrupt);
        }
        if !sources.scores.is_empty() {
            return Err(Failure::input(
                "`--scores` names systems, which pairs have none of\nhint: `epitome score --run RUN` and `epitome judge` take it",
            ));
        }
        let pairs = self.pairs.clone().unwrap_or_default();
        let metrics = sources.open_for_texts(registry, &self.metric)?.metrics;
        let lines = self.lines(&pairs)?;
        let jobs = self.jobs.unwrap_or(cores());

        let mut output = Output::new();
        let cautions = if self.per_document {
            let result = self.print_pairs(&mut output, &metrics, jobs, lines);
            output.finish()?; // what was scored before an error is kept
            result.map_err(Failure::of_run)?
        } else {
            let none = PairSums::new(&metrics, self.seed, self.resamples);
            let sums = sum_pairs(&metrics, jobs, lines, &none)?;
            print_means(&mut output, &metrics, &sums, self.json)?;
            output.finish()?;
            sums.cautions
        };
        interrupt.check()?;
        conclude(registry, &metrics, &cautions)
    }

    /// Returns the files of the texts that are scored: those of the pairs, or of the corpora of
    /// the run in this folder.
    fn files(&self, run: Option<&Path>) -> Result<Vec<PathBuf>, Failure> {
        let pairs = self.pairs.iter().chain(&self.references).cloned();
        let Some(folder) = run else {
            return Ok(pairs.collect());
        };
        let manifest = RunManifest::read(folder)?;
        let corpora = manifest.iter().flat_map(|it| &it.corpora);
        Ok(corpora.flat_map(|it| files_at(&it.address)).collect())
    }

    /// Returns the lines of JSON that are scored.
    fn lines(
        &self,
        pairs: &Path,
    ) -> Result<Box<dyn Iterator<Item = Result<FileLine, CorpusError>> + Send>, Failure>
    {
        let named = |path: &Path| Ok((path.display().to_string(), reader(path)?));
        let (name, candidates): NamedReader = named(pairs)?;
        if self.references.is_empty() {
            return Ok(Box::new(corpus::lines(name, candidates)));
        }

        let references: Result<Vec<NamedReader>, Failure> =
            self.references.iter().map(|path| named(path)).collect();
        Ok(Box::new(corpus::line_by_line(
            (name, candidates),
            references?,
        )))
    }

    /// Scores the stored outputs of a run by the metrics, and prints its tables.
    fn add_to(
        &self,
        registry: &Registry,
        folder: &Path,
        sources: &MetricSources,
        interrupt: &Interrupt,
    ) -> Result<Code, Failure> {
        let (specs, jobs) = (&self.metric, self.jobs);
        let mut listener = Bar::new(0, true, interrupt.wish());
        let finished = add_metrics(registry, folder, specs, sources, jobs, &mut listener)
            .map_err(|error| interrupt.failure(error))?;
        let mut output = Output::new();
        output.text(&finished.tables(Some(columns()))?)?;
        output.finish()?;
        Ok(Code::Fine)
    }

    fn print_pairs(
        &self,
        output: &mut Output,
        metrics: &[Built<dyn Metric>],
        jobs: NonZero<usize>,
        lines: impl Iterator<Item = Result<FileLine, CorpusError>> + Send,
    ) -> Result<Cautions, RunError<Failure>> {
        let mut cautions = Cautions::default();
        let names: Vec<&str> =
            metrics.iter().map(|metric| metric.name.as_str()).collect();
        let begun = match self.json {
            true => output.begin_rows("score", "documents"),
            false => output.text("id,metric,precision,recall,value\n"),
        };
        begun.map_err(RunError::Sink)?;

        let mut rows = 0;
        let scored = score_pairs(metrics, jobs, lines, |pair| {
            cautions.add(&pair);
            rows += 1;
            match self.json {
                true => {
                    let row = json!({ "id": pair.id, "scores": object(&names, &pair) });
                    output.row(rows - 1, &row)
                }
                false => names
                    .iter()
                    .zip(known(&pair))
                    .try_for_each(|(name, score)| {
                        output.text(&csv_line(&pair.id, name, score))
                    }),
            }
        });

        if self.json {
            output.end_rows().map_err(RunError::Sink)?; // also after an error
        }
        scored.map(|()| cautions)
    }
}

/// Prints notes about pairs without scores, and returns the exit code.
///
/// # Errors
/// Returns an error if no pair has a score.
fn conclude(
    registry: &Registry,
    metrics: &[Built<dyn Metric>],
    cautions: &Cautions,
) -> Result<Code, Failure> {
    let counts = cautions.unreadable.iter().zip(&cautions.divided_otherwise);
    let all = cautions.pairs;
    for remark in remarks(metrics) {
        say(&format!("note: {remark}"));
    }
    let without = cautions.without_reference;
    if without > 0 {
        say(&format!(
            "note: {without} of {all} pairs have no reference and are not scored"
        ));
    }
    for (metric, (&unreadable, &otherwise)) in metrics.iter().zip(counts) {
        let name = &metric.name;
        let unreadable = unreadable.saturating_sub(without);
        if unreadable > 0 {
            let cure = registry.metric_of_any_script(&name.parse()?);
            let cure = cure.map(|it| format!("\nhint: `{}` reads every script", it.name));
            say(&format!(
                "note: {unreadable} of {all} pairs are not scored: `{name}` cannot read their references{}",
                cure.unwrap_or_default()
            ));
        }
        if otherwise > 0 {
            let cure = match metric.value.signature().name() {
                "rouge-lsum" => {
                    "\nhint: `rouge-lsum(split=sentences)` divides both into sentences"
                }
                _ => "",
            };
            say(&format!(
                "note: `{name}` takes each line as a sentence: in {otherwise} of {all} pairs one of candidate and references has its sentences in lines and the other in one line{cure}"
            ));
        }
    }

    let nothing = || {
        cautions
            .unreadable
            .iter()
            .all(|&unreadable| unreadable == all)
    };
    if all == 0 || (!metrics.is_empty() && nothing()) {
        let text = match all {
            0 => "nothing was measured: there are no pairs",
            _ if without == all => "nothing was measured: no pair has a reference",
            _ => "nothing was measured: no metric can read the references",
        };
        return Err(Failure::Message {
            text: text.to_owned(),
            code: Code::NothingToDo,
        });
    }
    Ok(failures(metrics, cautions))
}

/// Prints a note for each metric that failed, and returns the exit code.
fn failures(metrics: &[Built<dyn Metric>], cautions: &Cautions) -> Code {
    let all = cautions.pairs;
    for (metric, &failed) in metrics.iter().zip(&cautions.failed) {
        let fate = match metric.value.failed() {
            Some(_) => "have its worst value",
            None => "are left out, since it has no worst value",
        };
        if failed > 0 {
            let name = &metric.name;
            say(&format!(
                "note: `{name}` failed on {failed} of {all} pairs, which {fate}"
            ));
        }
    }
    let Some((at, failure)) = &cautions.first_failure else {
        return Code::Fine;
    };
    let name = &metrics[*at].name;
    say(&format!(
        "note: the first failure is of `{name}`: {failure}"
    ));
    Code::SystemFailed
}

/// Opens a file, or standard input for `-`.
fn reader(path: &Path) -> Result<Box<dyn BufRead + Send>, Failure> {
    if path == Path::new("-") {
        return Ok(Box::new(BufReader::new(io::stdin())));
    }
    let name = path.display();
    let file = match File::open(path) {
        Ok(_) if path.is_dir() => {
            return Err(Failure::input(format!(
                "{name}: it is a folder, not a file"
            )));
        }
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(Failure::input(format!("no file `{name}`")));
        }
        Err(error) => return Err(Failure::input(format!("{name}: {error}"))),
    };
    Ok(Box::new(BufReader::with_capacity(1 << 20, file)))
}

/// Returns the scores of a pair; `None` for a metric that cannot score it.
fn known(pair: &PairOutcome) -> impl Iterator<Item = Option<Score>> {
    let both = pair.scores.iter().zip(&pair.statistics);
    both.map(|(score, statistics)| Some(*score).filter(|_| statistics.outputs > 0.0))
}

/// Returns the scores of a pair as JSON, by metric.
fn object(names: &[&str], pair: &PairOutcome) -> Map<String, Value> {
    let cells = |(name, score): (&&str, Option<Score>)| {
        let part = |part: fn(Score) -> Option<f64>| score.and_then(part);
        let cells = json!({
            "precision": part(|score| score.precision),
            "recall": part(|score| score.recall),
            "value": part(|score| Some(score.value)),
        });
        ((*name).to_owned(), cells)
    };
    names.iter().zip(known(pair)).map(cells).collect()
}

fn csv_line(id: &str, name: &str, score: Option<Score>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let cell =
        |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
    let part = |part: fn(Score) -> Option<f64>| cell(score.and_then(part));
    let (precision, recall) = (part(|it| it.precision), part(|it| it.recall));
    let value = part(|it| Some(it.value));
    // writing into memory does not fail
    let _ = writer.write_record([id, name, &precision, &recall, &value]);
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// The level of every interval.
const LEVEL: f64 = 0.95;

/// Prints the mean scores of all pairs with their confidence intervals, as CSV or JSON.
fn print_means(
    output: &mut Output,
    metrics: &[Built<dyn Metric>],
    sums: &PairSums,
    json: bool,
) -> Result<(), Failure> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer
        .write_record([
            "metric",
            "signature",
            "n",
            "precision",
            "recall",
            "value",
            "ci_low",
            "ci_high",
        ])
        .map_err(Failure::of)?;

    let mut scores = Map::new();
    let means = sums.means(metrics, LEVEL);
    for (metric, means) in metrics.iter().zip(means) {
        let PairMeans {
            count,
            precision,
            recall,
            value,
            interval,
        } = means;

        let (low, high) = (interval.map(|(low, _)| low), interval.map(|(_, high)| high));
        let signature = metric.value.signature().to_string();
        writer
            .serialize((
                &metric.name,
                &signature,
                count,
                precision,
                recall,
                value,
                low,
                high,
            ))
            .map_err(Failure::of)?;
        let cells = json!({
            "signature": signature, "n": count, "precision": precision, "recall": recall,
            "value": value, "ci_low": low, "ci_high": high,
        });
        scores.insert(metric.name.clone(), cells);
    }

    if json {
        return output.answer("score", &json!({ "scores": scores }));
    }
    let table = writer
        .into_inner()
        .map_err(|error| Failure::input(error.error().to_string()))?;
    output.text(&String::from_utf8_lossy(&table))
}

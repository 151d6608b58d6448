//! Runs that are in a folder already.

use std::{
    fs::File,
    io::{BufWriter, Write as _},
    num::NonZero,
    path::{Path, PathBuf},
};

use epitome::{
    harness::{Gate, Named, Quiet, find_run, newest_run, open_run},
    registry::Registry,
    report::{
        Compared, ComparisonSettings, Field, Results, RunTables, SignificanceTest,
        TableFormat, draw_tables, write_report,
    },
    run::{Reach, cores},
};
use pyo3::{prelude::*, types::PyDict};

use super::{
    errors::{guarded, input, raised},
    tables::Columns,
};

/// The folder of a run, which is made fit to be read.
#[pyfunction]
pub(crate) fn find(py: Python<'_>, name: PathBuf, results: PathBuf) -> PyResult<String> {
    guarded(|| {
        py.detach(|| {
            let text = name.display().to_string();
            let folder = find_run(&text, &results).ok_or_else(|| {
                input(format!(
                    "no run `{text}`: wanted is a folder with a manifest.json, or the name of one in {}",
                    results.display()
                ))
            })?;
            open_run(&Registry::standard(), &folder, &mut Quiet).map_err(raised)?;
            Ok(folder.display().to_string())
        })
    })
}

/// The folder of the run among the results that began last.
#[pyfunction]
pub(crate) fn newest(results: PathBuf) -> PyResult<String> {
    let refuse = || {
        input(format!(
            "{}: it holds no run\nhint: `epitome.run` makes one",
            results.display()
        ))
    };
    Ok(newest_run(&results)
        .ok_or_else(refuse)?
        .display()
        .to_string())
}

/// A table of a run.
#[pyfunction]
pub(crate) fn table(py: Python<'_>, folder: PathBuf, file: &str) -> PyResult<Columns> {
    let path = folder.join(file);
    guarded(|| py.detach(|| Columns::read(&path)))
}

/// The text of `manifest.json`.
#[pyfunction]
pub(crate) fn manifest(folder: PathBuf) -> PyResult<String> {
    let path = folder.join("manifest.json");
    std::fs::read_to_string(&path)
        .map_err(|error| input(format!("{}: {error}", path.display())))
}

/// The leaderboard, drawn: `text`, `markdown`, `latex`, `csv` or `json`.
#[pyfunction]
pub(crate) fn text(py: Python<'_>, folder: PathBuf, format: &str) -> PyResult<String> {
    let format = match format {
        "text" => TableFormat::Text,
        "markdown" => TableFormat::Markdown,
        "latex" => TableFormat::Latex,
        "csv" => TableFormat::Csv,
        "json" => TableFormat::Json,
        other => {
            return Err(input(format!(
                "the format is `{other}`, not `text`, `markdown`, `latex`, `csv` or `json`"
            )));
        }
    };
    guarded(|| {
        py.detach(|| {
            let results = Results::read(&folder).map_err(raised)?;
            let tables = RunTables::of(&results, cores()).map_err(raised)?;
            draw_tables(&[tables], format, None).map_err(raised)
        })
    })
}

/// How runs are compared.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct How {
    test: String,
    seed: u64,
    resamples: u32,
    jobs: Option<NonZero<usize>>,
}

impl How {
    fn settings(&self) -> PyResult<ComparisonSettings> {
        let test = match self.test.as_str() {
            "randomisation" => SignificanceTest::Randomisation,
            "bootstrap" => SignificanceTest::Bootstrap,
            "wilcoxon" => SignificanceTest::Wilcoxon,
            other => {
                return Err(input(format!(
                    "the test is `{other}`, not `randomisation`, `bootstrap` or `wilcoxon`"
                )));
            }
        };
        if self.resamples == 0 {
            return Err(input("`resamples` is 0: a test needs some"));
        }
        let jobs = self.jobs.unwrap_or(cores());
        Ok(ComparisonSettings {
            test,
            seed: self.seed,
            resamples: self.resamples,
            jobs,
        })
    }
}

/// Compares systems of one or two runs, document by document.
#[pyfunction]
pub(crate) fn compare<'py>(
    py: Python<'py>,
    runs: Vec<PathBuf>,
    systems: Vec<String>,
    metric: Option<String>,
    field: &str,
    how: How,
) -> PyResult<Vec<Bound<'py, PyDict>>> {
    let field = match field {
        "value" => Field::Value,
        "precision" => Field::Precision,
        "recall" => Field::Recall,
        other => {
            let problem = "not `value`, `precision` or `recall`";
            return Err(input(format!("the field is `{other}`, {problem}")));
        }
    };

    let settings = how.settings()?;
    let named = Named { runs, systems };
    let wants = |name: &str| {
        let bare = name.split('(').next().unwrap_or(name);
        metric
            .as_ref()
            .is_none_or(|wanted| wanted == name || wanted == bare)
    };

    let compared = guarded(|| {
        py.detach(|| {
            let sides = named.read(field).map_err(raised)?;
            sides.check_names().map_err(raised)?;
            Ok(sides.pairing().map_err(raised)?.compare(&wants, settings))
        })
    })?;

    compared.iter().map(|compared| row(py, compared)).collect()
}

fn row<'py>(py: Python<'py>, compared: &Compared) -> PyResult<Bound<'py, PyDict>> {
    let Compared { row, found } = compared;
    let all = PyDict::new(py);
    all.set_item("corpus", &row.corpus)?;
    all.set_item("metric", &row.metric)?;
    all.set_item("a", &row.a)?;
    all.set_item("b", &row.b)?;
    all.set_item("difference", row.difference)?;
    all.set_item("ci_low", row.ci_low)?;
    all.set_item("ci_high", row.ci_high)?;
    all.set_item("p", row.p)?;
    all.set_item("p_holm", row.p_holm)?;
    all.set_item("effect", row.effect)?;
    all.set_item("wins", row.wins)?;
    all.set_item("ties", row.ties)?;
    all.set_item("losses", row.losses)?;
    all.set_item("test", &row.test)?;
    all.set_item("note", &row.note)?;
    all.set_item("p_benjamini_hochberg", found.p_fdr)?;
    all.set_item("cliffs_delta", found.cliff)?;
    Ok(all)
}

/// Judges the conditions of a gate: each as it was written, whether it holds, what was found.
#[pyfunction]
pub(crate) fn gate(
    py: Python<'_>,
    runs: Vec<PathBuf>,
    systems: Vec<String>,
    conditions: &str,
    rounds: usize,
    how: How,
) -> PyResult<Vec<(String, bool, String)>> {
    let gate: Gate = conditions.parse().map_err(|error: String| input(error))?;
    let settings = how.settings()?;
    let named = Named { runs, systems };
    let verdict = guarded(|| {
        py.detach(|| {
            named
                .read(Field::Value)
                .and_then(|sides| sides.check_names())
                .map_err(raised)?;
            let judged = gate.judge(&Registry::standard(), &named, settings, rounds);
            judged.map_err(raised)
        })
    })?;
    let judged = verdict.judged.into_iter();
    Ok(judged
        .map(|it| (it.condition, it.holds, it.sentence))
        .collect())
}

/// Writes runs as one page; `anywhere` reads texts from corpora outside of the current
/// folder too. Returns for each corpus whose texts are not all in the page its name and the
/// reason.
#[pyfunction]
pub(crate) fn report(
    py: Python<'_>,
    runs: Vec<PathBuf>,
    page: PathBuf,
    anywhere: bool,
) -> PyResult<Vec<(String, String)>> {
    guarded(|| py.detach(|| write_page(&runs, &page, anywhere)))
}

fn write_page(
    runs: &[PathBuf],
    page: &Path,
    anywhere: bool,
) -> PyResult<Vec<(String, String)>> {
    let runs = runs.iter().map(|folder| Results::read(folder));
    let runs: Vec<Results> = runs.collect::<Result<_, _>>().map_err(raised)?;
    let refuse = |error: std::io::Error| input(format!("{}: {error}", page.display()));
    let folder = page
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let draft = tempfile::Builder::new()
        .prefix(".report-")
        .tempfile_in(folder.unwrap_or(Path::new(".")))
        .map_err(refuse)?;

    let mut out = BufWriter::with_capacity(1 << 16, draft);
    let reach = if anywhere {
        Reach::Anywhere
    } else {
        Reach::Here
    };

    let missing = write_report(&runs, &[], cores(), reach, &mut out).map_err(raised)?;
    out.flush().map_err(refuse)?;
    let draft = out
        .into_inner()
        .map_err(|error| refuse(error.into_error()))?;
    draft
        .persist(page)
        .map_err(|refused| refuse(refused.error))?;
    let opened = File::options().read(true).open(page).map_err(refuse)?;
    let permissions = std::os::unix::fs::PermissionsExt::from_mode(0o644);
    opened.set_permissions(permissions).map_err(refuse)?;
    Ok(missing)
}

/// The names of what is built in, each with a line on it: summarisers, keyword extractors,
/// metrics.
#[pyfunction]
pub(crate) fn names() -> [Vec<(&'static str, &'static str)>; 3] {
    let registry = Registry::standard();
    [
        registry
            .summarisers()
            .iter()
            .map(|entry| (entry.name, entry.about))
            .collect(),
        registry
            .extractors()
            .iter()
            .map(|entry| (entry.name, entry.about))
            .collect(),
        registry
            .metrics()
            .iter()
            .map(|entry| (entry.name, entry.about))
            .collect(),
    ]
}

//! `epitome compare A B …`: which systems differ, and whether a gate holds.

use std::{
    num::NonZero,
    path::{Path, PathBuf},
};

use clap::{Args, ValueEnum};
use serde::Serialize;

use crate::{
    registry::Registry,
    report::{
        Compared, Comparison, Field, Format, Pairing, Run, Settings, Test, across,
        draw_comparisons, write_across, write_comparisons,
    },
    run::{Lock, Manifest},
    spec::SpecError,
};

use super::{
    arguments::{FormatArgs, jobs, some_resamples},
    failure::{Code, Failure},
    gate::Gate,
    output::{Output, say},
    regression, stored, tables,
};

/// What to compare, and how.
#[derive(Debug, Args)]
pub(super) struct CompareArgs {
    /// Runs (folders, or names of folders in the results) and systems: `RUN` compares all
    /// its systems, `RUN A B` two of them, `NEW OLD` what two runs have in common, `A B` two
    /// systems of the newest run
    #[arg(required = true)]
    what: Vec<String>,
    /// Only this metric; repeatable
    #[arg(long, value_name = "NAME")]
    metric: Vec<String>,
    /// Conditions on A minus B such as `rouge-2.value > -0.5 @ p<0.01; speed > -5%`: points or
    /// percent, exit code 1 where one fails
    #[arg(long, value_name = "CONDITIONS", allow_hyphen_values = true)]
    gate: Option<Gate>,
    /// Rounds in which a gate on speed times two systems in turn
    #[arg(long, value_name = "N", default_value_t = 30, value_parser = clap::value_parser!(u16).range(1..))]
    rounds: u16,
    /// Where p-values are from
    #[arg(long, value_enum, default_value = "randomisation")]
    test: TestArg,
    /// Exchanges or resamples for the p-values
    #[arg(long, value_name = "N", default_value_t = Settings::RESAMPLES, value_parser = some_resamples)]
    resamples: u32,
    /// Their seed
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,
    /// Threads; as many as cores without it
    #[arg(long, short, value_name = "N", value_parser = jobs)]
    jobs: Option<NonZero<usize>>,
    #[command(flatten)]
    format: FormatArgs,
    /// Folder of all results
    #[arg(long, value_name = "FOLDER", default_value = "results")]
    results: PathBuf,
    /// No notes; tables and errors only
    #[arg(long, short)]
    quiet: bool,
}

/// The tests there are.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum TestArg {
    /// Paired approximate randomisation
    Randomisation,
    /// Paired bootstrap
    Bootstrap,
    /// Wilcoxon's signed ranks
    Wilcoxon,
}

/// A comparison in JSON: the row, and what the table has no column for.
#[derive(Serialize)]
struct FullRow<'a> {
    #[serde(flatten)]
    row: &'a Comparison,
    p_benjamini_hochberg: f64,
    cliffs_delta: Option<f64>,
}

/// The runs and systems that were named.
pub(super) struct Named {
    /// One or two.
    pub(super) runs: Vec<PathBuf>,
    systems: Vec<String>,
}

/// The scores of the runs.
pub(super) struct Sides<'a> {
    pub(super) a: Run,
    b: Option<Run>,
    systems: &'a [String],
}

impl Named {
    /// Reads one number of every score.
    pub(super) fn read(&self, field: Field) -> Result<Sides<'_>, Failure> {
        let a = Run::read(&self.runs[0], field)?;
        let b = self.runs.get(1).map(|folder| Run::read(folder, field)).transpose()?;
        Ok(Sides { a, b, systems: &self.systems })
    }
}

impl Sides<'_> {
    /// The pairs to compare.
    pub(super) fn pairing(&self) -> Result<Pairing<'_>, Failure> {
        let pairing = match &self.b {
            None => Pairing::within(&self.a, self.systems),
            Some(b) => Pairing::between(&self.a, b, self.systems),
        };
        pairing.map_err(|error| Failure::Message {
            text: error.to_string(),
            code: Code::NotComparable,
        })
    }
}

impl CompareArgs {
    pub(super) fn run(self, registry: &Registry) -> Result<Code, Failure> {
        let named = self.named()?;
        for folder in &named.runs {
            stored::open(registry, folder)?;
        }
        let settings = self.settings();
        let sides = named.read(Field::Value)?;
        for run in [&sides.a].into_iter().chain(&sides.b) {
            self.note_incomplete(run);
        }
        for (at, name) in named.systems.iter().enumerate() {
            let run = sides.b.as_ref().filter(|_| at == 1).unwrap_or(&sides.a);
            known(name, run)?;
        }
        let pairing = sides.pairing()?;
        let compared = pairing.compare(&|name| self.wants(name), settings);
        if compared.is_empty() {
            let text =
                "nothing to do: no two systems were measured by one metric".to_owned();
            return Err(Failure::Message { text, code: Code::NothingToDo });
        }
        if sides.b.is_none() && named.systems.is_empty() && self.metric.is_empty() {
            self.write(&sides.a, &compared)?;
        }
        self.print(&compared)?;
        match &self.gate {
            None => Ok(Code::Fine),
            Some(gate) => {
                regression::judge(registry, gate, &named, settings, self.rounds.into())
            }
        }
    }

    /// Tells the runs from the systems.
    fn named(&self) -> Result<Named, Failure> {
        let (mut runs, mut systems) = (Vec::new(), Vec::new());
        for name in &self.what {
            match stored::folder(name, &self.results) {
                Some(folder) => runs.push(folder),
                None if Path::new(name).components().count() > 1
                    && !name.contains('(') =>
                {
                    return Err(Failure::input(format!("no run `{name}`")));
                }
                None => systems.push(name.clone()),
            }
        }
        if runs.is_empty() {
            let newest = stored::newest(&self.results).ok_or_else(|| {
                let results = self.results.display();
                Failure::input(format!(
                    "no run `{}`, and none in {results}",
                    self.what[0]
                ))
            })?;
            if !self.quiet {
                say(&format!("note: the newest run: {}", newest.display()));
            }
            runs.push(newest);
        }
        if runs.len() > 2 {
            return Err(Failure::input(
                "more than two runs\nhint: compare them in pairs",
            ));
        }
        Ok(Named { runs, systems })
    }

    fn settings(&self) -> Settings {
        let cores = std::thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN);
        let test = match self.test {
            TestArg::Randomisation => Test::Randomisation,
            TestArg::Bootstrap => Test::Bootstrap,
            TestArg::Wilcoxon => Test::Wilcoxon,
        };
        let jobs = self.jobs.unwrap_or(cores);
        Settings { test, seed: self.seed, resamples: self.resamples, jobs }
    }

    /// Whether a metric is to be compared: by its name, or its name without parameters.
    fn wants(&self, metric: &str) -> bool {
        let bare = metric.split('(').next().unwrap_or(metric);
        self.metric.is_empty()
            || self.metric.iter().any(|name| name == metric || name == bare)
    }

    fn note_incomplete(&self, run: &Run) {
        if !run.manifest.complete && !self.quiet {
            let name = run.folder.display();
            say(&format!("note: {name} has not come to its end: run its command again"));
        }
    }

    fn write(&self, run: &Run, compared: &[Compared]) -> Result<(), Failure> {
        let rows: Vec<Comparison> =
            compared.iter().map(|compared| compared.row.clone()).collect();
        if !run.manifest.complete {
            return Ok(()); // a process may be writing there, and its end writes these tables
        }
        let across = across(&run.observations, &run.manifest);

        let folder = &run.folder;
        let _lock = Lock::wait(folder)?;
        let mut manifest =
            Manifest::read(folder)?.unwrap_or_else(|| run.manifest.clone());
        if manifest.contents != run.manifest.contents {
            let name = folder.display();
            return Err(Failure::input(format!(
                "{name}: another process changed the run meanwhile\nhint: compare again"
            )));
        }
        write_comparisons(folder, &rows)?;
        write_across(folder, &across)?;
        tables::note(folder, &mut manifest)?;
        if !self.quiet {
            say(&format!("written to {}", run.folder.join("comparisons.csv").display()));
        }
        Ok(())
    }

    fn print(&self, compared: &[Compared]) -> Result<(), Failure> {
        let format = self.format.format().unwrap_or_default();
        let rows: Vec<Comparison> =
            compared.iter().map(|compared| compared.row.clone()).collect();
        let mut output = Output::new();
        if format == Format::Json {
            let full = |compared: &'_ Compared| {
                serde_json::to_value(FullRow {
                    row: &compared.row,
                    p_benjamini_hochberg: compared.found.p_fdr,
                    cliffs_delta: compared.found.cliff,
                })
            };
            let full: Vec<_> = compared.iter().map(full).collect::<Result<_, _>>()?;
            output.json(&full)?;
        } else {
            output.text(&draw_comparisons(&rows, format)?)?;
        }
        output.finish()
    }
}

fn known(name: &str, run: &Run) -> Result<(), Failure> {
    let names = || run.manifest.systems.iter().map(|system| system.name.as_str());
    if names().any(|known| known == name) {
        return Ok(());
    }
    let error = SpecError::unknown_name("run or system", name, names());
    Err(Failure::input(error.to_string()))
}

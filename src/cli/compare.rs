//! `epitome compare A B …`: tests of differences between systems or runs, and gates.

use std::{
    num::NonZero,
    path::{Path, PathBuf},
};

use clap::{Args, ValueEnum};
use serde::Serialize;
use serde_json::json;

use crate::{
    harness::{
        Gate, GateVerdict, JudgedPair, Named, find_run, newest_run, open_run,
        write_compared,
    },
    plugin::PluginOptions,
    registry::Registry,
    report::{
        Compared, Comparison, ComparisonSettings, Field, Run, SignificanceTest,
        TableFormat, draw_comparisons, draw_grid,
    },
    run::cores,
    spec::is_named,
};

use super::{
    arguments::{FormatArgs, jobs, some_resamples},
    embedders::EmbedderArgs,
    failure::{Code, Failure},
    output::{Output, say},
    progress::Notes,
    width::columns,
};

/// Compare systems or runs.
#[derive(Debug, Args)]
pub(super) struct CompareArgs {
    /// Runs (folders, or names of folders in the results) and systems: `RUN` compares all
    /// systems of a run, `RUN A B` two of them, `NEW OLD` the common systems of two runs, `A B`
    /// two systems of the newest run, nothing all systems of the newest run
    what: Vec<String>,
    /// Only this metric; repeatable
    #[arg(long, value_name = "NAME")]
    metric: Vec<String>,
    /// Conditions on A minus B such as `rouge-2.value > -0.5 @ p<0.01; speed > -5%`, in points or
    /// percent; the exit code is 1 if one fails
    #[arg(long, value_name = "CONDITIONS", allow_hyphen_values = true)]
    gate: Option<Gate>,
    /// Number of rounds in which a gate on speed times two systems in alternation
    #[arg(long, value_name = "N", default_value_t = 30, value_parser = clap::value_parser!(u16).range(1..))]
    rounds: u16,
    /// Test that p-values are from
    #[arg(long, value_enum, default_value = "randomisation")]
    test: TestArg,
    /// Number of random exchanges or resamples for the p-values
    #[arg(long, value_name = "N", default_value_t = ComparisonSettings::RESAMPLES, value_parser = some_resamples)]
    resamples: u32,
    /// Seed of the exchanges or resamples
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,
    /// Number of threads [default: number of cores]
    #[arg(long, short, value_name = "N", value_parser = jobs)]
    jobs: Option<NonZero<usize>>,
    #[command(flatten)]
    embedders: EmbedderArgs,
    #[command(flatten)]
    format: FormatArgs,
    /// Folder of all results
    #[arg(long, value_name = "FOLDER", default_value = "results")]
    results: PathBuf,
    /// No notes; tables and errors only
    #[arg(long, short)]
    quiet: bool,
}

/// Tests of differences.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum TestArg {
    /// Paired approximate randomisation
    Randomisation,
    /// Paired bootstrap
    Bootstrap,
    /// Wilcoxon's signed-rank test
    Wilcoxon,
}

/// A comparison in JSON: the row of the table, and further numbers.
#[derive(Serialize)]
struct FullRow<'a> {
    #[serde(flatten)]
    row: &'a Comparison,
    p_benjamini_hochberg: f64,
    cliffs_delta: Option<f64>,
}

impl CompareArgs {
    pub(super) fn run(self, registry: &Registry) -> Result<Code, Failure> {
        let options = PluginOptions {
            hidden: vec![self.results.clone()],
            ..PluginOptions::default()
        };
        let (_interrupt, registry) = &self.embedders.watched(registry, options)?;
        let named = self.named()?;
        for folder in &named.runs {
            open_run(registry, folder, &mut Notes)?;
        }

        let settings = self.settings();
        let sides = named.read(Field::Value)?;
        for run in sides.runs() {
            self.note_incomplete(run);
        }
        sides.check_names()?;

        let pairing = sides.pairing()?;
        if !self.quiet && !pairing.unpaired().is_empty() {
            say(&format!(
                "note: not compared: {}",
                pairing.unpaired().join(", ")
            ));
        }
        let compared = pairing.compare(&|name| self.wants(name), settings);
        if compared.is_empty() {
            return Err(Failure::Message {
                text: self.nothing(&sides.a),
                code: Code::NothingToDo,
            });
        }

        let verdict = match &self.gate {
            Some(gate) => {
                Some(gate.judge(registry, &named, settings, self.rounds.into())?)
            }
            None => None,
        };
        if sides.b.is_none() && named.systems.is_empty() && self.metric.is_empty() {
            self.write(&sides.a, &compared)?;
        }
        self.print(&compared, verdict.as_ref())?;
        Ok(verdict.map_or(Code::Fine, |verdict| said(&verdict)))
    }

    /// Decides which of the arguments are runs and which are systems.
    fn named(&self) -> Result<Named, Failure> {
        let (mut runs, mut systems) = (Vec::new(), Vec::new());
        for name in &self.what {
            match find_run(name, &self.results) {
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
            let newest = newest_run(&self.results).ok_or_else(|| {
                let results = self.results.display();
                let wanted = self.what.first();
                let wanted =
                    wanted.map_or(String::new(), |it| format!("no run `{it}`, and "));
                Failure::input(format!("{wanted}no run in {results}"))
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

    fn settings(&self) -> ComparisonSettings {
        let test = match self.test {
            TestArg::Randomisation => SignificanceTest::Randomisation,
            TestArg::Bootstrap => SignificanceTest::Bootstrap,
            TestArg::Wilcoxon => SignificanceTest::Wilcoxon,
        };
        let jobs = self.jobs.unwrap_or(cores());
        ComparisonSettings {
            test,
            seed: self.seed,
            resamples: self.resamples,
            jobs,
        }
    }

    /// Returns why there is nothing to compare: a metric that the run has not, or one system.
    fn nothing(&self, run: &Run) -> String {
        let known: Vec<&str> = run
            .manifest
            .metrics
            .iter()
            .map(|it| it.name.as_str())
            .collect();
        let is_known = |name: &&String| known.iter().any(|it| is_named(name, it));
        match self.metric.iter().find(|name| !is_known(name)) {
            Some(name) => format!(
                "nothing to do: the run has no metric `{name}`; it has {}\nhint: `epitome score --run {} --metric {name}` adds it",
                known.join(", "),
                run.folder.display()
            ),
            None => {
                "nothing to do: no two systems were measured by one metric".to_owned()
            }
        }
    }

    /// Returns whether a metric was selected: by its name, its name without parameters, or a
    /// pattern with `*`.
    fn wants(&self, metric: &str) -> bool {
        self.metric.is_empty() || self.metric.iter().any(|name| is_named(name, metric))
    }

    fn note_incomplete(&self, run: &Run) {
        if !run.manifest.complete && !self.quiet {
            let name = run.folder.display();
            say(&format!(
                "note: {name} has not come to its end: run its command again"
            ));
        }
    }

    fn write(&self, run: &Run, compared: &[Compared]) -> Result<(), Failure> {
        let rows: Vec<Comparison> = compared
            .iter()
            .map(|compared| compared.row.clone())
            .collect();
        if !run.manifest.complete {
            return Ok(()); // a process may be writing there, and its end writes these tables
        }
        write_compared(run, &rows)?;
        if !self.quiet {
            say(&format!(
                "written to {}",
                run.folder.join("comparisons.csv").display()
            ));
        }
        Ok(())
    }

    /// Prints the comparisons, and below them the verdict of the gate, except in CSV.
    fn print(
        &self,
        compared: &[Compared],
        verdict: Option<&GateVerdict>,
    ) -> Result<(), Failure> {
        let format = self.format.format().unwrap_or_default();
        let rows: Vec<Comparison> = compared
            .iter()
            .map(|compared| compared.row.clone())
            .collect();

        let mut output = Output::new();
        match (format, verdict) {
            (TableFormat::Json, verdict) => output.answer(
                "compare",
                &json!({ "comparisons": full_rows(compared), "gate": verdict }),
            )?,
            (TableFormat::Markdown | TableFormat::Latex, Some(verdict)) => {
                output.text(&draw_comparisons(&rows, format, None)?)?;
                output.line("")?;
                output.text(&draw_grid(&verdict.grid(), format, None))?;
            }
            _ => output.text(&draw_comparisons(&rows, format, Some(columns()))?)?,
        }
        output.finish()
    }
}

fn full_rows(compared: &[Compared]) -> Vec<FullRow<'_>> {
    let rows = compared.iter().map(|Compared { row, found }| FullRow {
        row,
        p_benjamini_hochberg: found.p_fdr,
        cliffs_delta: found.cliff,
    });
    rows.collect()
}

/// Prints the verdict of a gate for every condition and pair; returns the exit code.
/// Says the verdict: the conditions that fail, then those that hold.
fn said(verdict: &GateVerdict) -> Code {
    say(&verdict.headline());
    let (holding, failing): (Vec<&JudgedPair>, Vec<&JudgedPair>) =
        verdict.judged.iter().partition(|judged| judged.holds);
    for judged in failing {
        say(&format!(
            "  fails: {}, against `{}`",
            judged.sentence, judged.condition
        ));
    }
    for judged in holding.iter().take(HOLDING_SAID) {
        say(&format!(
            "  holds: {}, against `{}`",
            judged.sentence, judged.condition
        ));
    }
    if holding.len() > HOLDING_SAID {
        let more = holding.len() - HOLDING_SAID;
        say(&format!(
            "  and {more} more hold: `--markdown` and `--json` have all"
        ));
    }

    if verdict.holds {
        Code::Fine
    } else {
        Code::Regression
    }
}

/// The number of conditions that hold of which the sentence is said.
pub(super) const HOLDING_SAID: usize = 8;

//! What a run ends with, wherever its rows were made.

use std::{fmt::Write as _, path::Path};

use crate::{
    report::{Comparison, Leaderboard, Tally},
    run::{Manifest, Plan, clock::Stages},
};

use super::{
    failure::{Code, Failure},
    output::{Output, say},
    tables,
};

/// A run whose documents are done.
pub(super) struct Conclusion<'a> {
    pub(super) plan: &'a Plan,
    pub(super) tally: &'a Tally,
    pub(super) folder: &'a Path,
    pub(super) leaderboard: &'a Leaderboard,
    pub(super) comparisons: &'a [Comparison],
    /// The share of a corpus that a system may fail on before the command does.
    pub(super) tolerance: f64,
}

impl Conclusion<'_> {
    /// Marks the run as complete, whose manifest has the digests of its rows, draws its tables, and says what else there is to say:
    /// nothing but errors where `notes` is `None`.
    pub(super) fn conclude(
        self,
        mut manifest: Manifest,
        notes: Option<&[String]>,
    ) -> Result<Code, Failure> {
        manifest.end();
        tables::note(self.folder, &mut manifest)?;
        let mut output = Output::new();
        let drawn =
            tables::drawn(self.leaderboard, self.comparisons, &manifest, self.folder)?;
        output.text(&drawn)?;
        output.finish()?;
        if let Some(notes) = notes {
            for note in self.tally.notes(self.plan) {
                say(&format!("note: {note}"));
            }
            let unmeasured = self.plan.unmeasured();
            if !unmeasured.is_empty() {
                let names = unmeasured.join("`, `");
                say(&format!("note: no metric measures `{names}`: see `--metric`"));
            }
            for note in notes {
                say(note);
            }
            say(&format!("results in {}", self.folder.display()));
        }
        if let Some(text) = self.tally.nothing_measured(self.plan) {
            return Err(Failure::Message { text, code: Code::NothingToDo });
        }
        let failures = self.tally.failures();
        if failures == 0 {
            return Ok(Code::Fine);
        }
        let file = self.folder.join("failures.csv");
        let is_tolerated = self.tally.worst_failures() <= self.tolerance;
        let word = if is_tolerated { "note" } else { "error" };
        say(&format!(
            "{word}: systems failed {failures} times: see {}\nhint: `--retry-failed` runs them again on those documents",
            file.display()
        ));
        Ok(if is_tolerated { Code::Fine } else { Code::SystemFailed })
    }
}

/// Checks that some system of the plan does what some metric of it measures.
pub(super) fn check_measured(plan: &Plan) -> Result<(), Failure> {
    plan.check_measured().map_err(|error| {
        let text = error.to_string();
        Failure::Message { text, code: Code::NothingToDo }
    })
}

/// That there were no documents.
pub(super) fn nothing_to_do(plan: &Plan) -> Failure {
    let origins: Vec<String> =
        plan.corpora.iter().map(|corpus| corpus.origin()).collect();
    let text = format!("nothing to do: {} holds no documents", origins.join(", "));
    Failure::Message { text, code: Code::NothingToDo }
}

/// One line of what was done.
pub(super) fn summary(documents: u64, stages: &Stages) -> String {
    let noun = if documents == 1 { "document" } else { "documents" };
    let mut text = format!("{documents} {noun} in");
    let parts = [
        ("parse", stages.parse),
        ("analyse", stages.analyse),
        ("systems", stages.systems),
        ("metrics", stages.metrics),
        ("write", stages.write),
    ];
    let _ = write!(text, " {:.2} s of work:", stages.total().as_secs_f64());
    for (name, time) in parts {
        let _ = write!(text, " {name} {:.2}", time.as_secs_f64());
    }
    text
}

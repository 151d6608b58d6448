//! Which systems and metrics failed in a run, how often, and on what first.

use std::path::Path;

use crate::run::FailureRow;

use super::error::Error;

/// The failures of one system, or of one metric, on one corpus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailedSystem {
    /// The number of failures.
    pub count: u64,
    /// The first failure.
    pub first: FailureRow,
}

impl FailedSystem {
    /// Returns the name of what failed.
    fn name(&self) -> &str {
        match self.first.metric.as_str() {
            "" => &self.first.system,
            metric => metric,
        }
    }

    /// Returns a sentence: `` `gpt` failed 3 times on news, first on `n7`: error: no output``.
    pub fn sentence(&self) -> String {
        let FailureRow {
            corpus,
            document,
            message,
            status,
            ..
        } = &self.first;
        let times = if self.count == 1 { "time" } else { "times" };
        format!(
            "`{}` failed {} {times} on {corpus}, first on `{document}`: {}: {}",
            self.name(),
            self.count,
            status.name(),
            message.lines().next().unwrap_or_default()
        )
    }
}

/// Returns what failed in the run in `folder`, in the order of the first failures. Reads one
/// row of `failures.csv` at a time; none if there is no such file.
///
/// # Errors
/// Returns an error if the file cannot be read.
pub fn failed_systems(folder: &Path) -> Result<Vec<FailedSystem>, Error> {
    let path = folder.join("failures.csv");
    if !path.is_file() {
        return Ok(Vec::new());
    }

    let refuse = |error: csv::Error| Error::Input(format!("{}: {error}", path.display()));
    let mut all: Vec<FailedSystem> = Vec::new();
    for row in csv::Reader::from_path(&path)
        .map_err(refuse)?
        .into_deserialize()
    {
        let one = FailedSystem {
            count: 1,
            first: row.map_err(refuse)?,
        };
        let known = all.iter_mut().find(|known| {
            (known.name(), &known.first.corpus) == (one.name(), &one.first.corpus)
        });
        match known {
            Some(known) => known.count += 1,
            None => all.push(one),
        }
    }
    Ok(all)
}

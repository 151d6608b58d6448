//! Tunes parameters: the best system of each sweep is chosen on a development part of the documents
//! and reported on a held-out part, which has no text of the former.

mod choice;
mod parts;

pub use choice::Choice;

use std::{collections::BTreeSet, path::Path};

use crate::{
    harness::{error::Error, finished::Finished},
    registry::Registry,
    report::{Row, TunedRow, tuned_rows},
    run::{Layout, StoredRows},
    spec::Spec,
};

use super::{
    content::{Experiment, Tuning},
    planning::system_name,
};

impl Experiment {
    /// The minimum number of documents of each corpus in either part.
    pub const FEWEST: u64 = 10;

    /// Returns how the experiment is tuned.
    fn tuning(&self) -> Tuning {
        self.tuning
            .as_ref()
            .map(|it| it.value.clone())
            .unwrap_or_default()
    }

    /// Returns the results of the choices on the held-out part: a row for each of its corpora.
    ///
    /// # Errors
    /// Returns an error if a corpus has too few documents, if a text is in both parts, or
    /// rows cannot be read.
    pub fn tuned(
        &self,
        registry: &Registry,
        choices: &[Choice],
        [development, held_out]: [&Finished; 2],
    ) -> Result<Vec<TunedRow>, Error> {
        self.check_sizes("held-out", held_out, choices)?;
        self.check_apart(development, held_out)?;

        let mut rows = Vec::new();
        for choice in choices {
            let name = |spec: &Spec| system_name(registry, &spec.to_string());
            let names = [name(&choice.chosen), name(&choice.default)];
            let found = tuned_rows(
                &held_out.leaderboard,
                &held_out.comparisons,
                &choice.metric,
                [&names[0], &names[1]],
            );
            rows.extend(found.into_iter().map(|row| TunedRow {
                sweep: choice.sweep.clone(),
                development_documents: choice.documents,
                development_mean: choice.mean,
                ..row
            }));
        }
        Ok(rows)
    }

    /// Checks that each corpus has at least [`FEWEST`](Self::FEWEST) documents with a score.
    fn check_sizes(
        &self,
        part: &str,
        run: &Finished,
        choices: &[Choice],
    ) -> Result<(), Error> {
        let is_chosen_by =
            |row: &&Row| choices.iter().any(|choice| choice.metric == row.metric);
        let rows = run.leaderboard.rows.iter().filter(is_chosen_by);
        match rows.min_by_key(|row| row.n) {
            Some(row) if row.n < Self::FEWEST => {
                let (corpus, n, fewest) = (&row.corpus, row.n, Self::FEWEST);
                let noun = if n == 1 { "document" } else { "documents" };
                Err(self
                    .anywhere()
                    .error(format!(
                        "the {part} part of `{corpus}` has {n} {noun} with a score by `{}`, fewer than {fewest}\nhint: a larger corpus, another `share` in `[tune]`, or corpora of their own as `held-out`",
                        row.metric
                    ))
                    .into())
            }
            _ => Ok(()),
        }
    }

    /// Checks by the digests of the documents that no text is in both parts.
    fn check_apart(
        &self,
        development: &Finished,
        held_out: &Finished,
    ) -> Result<(), Error> {
        let mut known: BTreeSet<String> = BTreeSet::new();
        each_document(
            &development.folder,
            development.manifest.layout(),
            |_, digest| {
                known.insert(digest.to_owned());
            },
        )?;

        let mut shared: Option<String> = None;
        each_document(
            &held_out.folder,
            held_out.manifest.layout(),
            |id, digest| {
                if known.contains(digest) {
                    shared.get_or_insert_with(|| id.to_owned());
                }
            },
        )?;

        match shared {
            None => Ok(()),
            Some(id) => Err(self
                .anywhere()
                .error(format!(
                    "the held-out document `{id}` is in the development part too: a system would be reported on what it was chosen on"
                ))
                .into()),
        }
    }
}

/// Calls `visit` with the id and the digest of each document of a run.
fn each_document(
    folder: &Path,
    layout: Layout,
    mut visit: impl FnMut(&str, &str),
) -> Result<(), Error> {
    for outcome in StoredRows::open(folder, layout)?.scores_only() {
        let outcome = outcome?;
        visit(&outcome.id, &outcome.about.digest);
    }
    Ok(())
}

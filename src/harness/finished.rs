//! The result of a run, however its rows were made.

use std::path::PathBuf;

use crate::{
    metric::{Division, Metric},
    plugin::Isolated,
    report::{
        Comparison, Leaderboard, RunTables, SameDocuments, TableFormat, Tally,
        add_unread, boards, draw_tables, read_across,
    },
    run::{Plan, PlannedCorpus, RunManifest, System, clock::Stages, remarks},
    spec::Built,
};

use super::error::Error;

/// A run that has ended, as [`Session::conclude`](super::Session::conclude) returns it.
pub struct Finished {
    /// The folder of the run.
    pub folder: PathBuf,
    /// The manifest of the run: its recipe and results.
    pub manifest: RunManifest,
    /// The mean score of every system under every metric.
    pub leaderboard: Leaderboard,
    /// The comparisons of all pairs of systems; empty if there are too many documents to
    /// hold their scores in memory.
    pub comparisons: Vec<Comparison>,
    /// The number of documents of the run.
    pub documents: u64,
    /// The number of documents whose rows an earlier, interrupted run had written.
    pub before: u64,
    /// The time that each stage of the run took; zero if no document was processed.
    pub stages: Stages,
    /// Notes for a reader of the tables, as sentences.
    pub notes: Vec<String>,
    /// The number of failures of systems on documents.
    pub failures: u64,
    /// The largest share of a corpus on which a system failed, from 0 to 1.
    pub worst_failures: f64,
    /// The reason why no cell has a score, if there is no score at all.
    pub nothing_measured: Option<String>,
}

impl Finished {
    /// Returns the tables for a terminal of so many columns, or in full; with averages over
    /// the corpora if there are several.
    ///
    /// # Errors
    /// Returns an error if `across.csv` cannot be read.
    pub fn tables(&self, width: Option<usize>) -> Result<String, Error> {
        let mut boards =
            boards(&self.leaderboard, &self.comparisons, &self.manifest.metrics);
        add_unread(&mut boards, &self.manifest.unread);
        let standings = read_across(&self.folder)?;
        let tables = RunTables {
            boards,
            standings,
            same: SameDocuments::of(&self.manifest.corpora),
        };
        Ok(draw_tables(&[tables], TableFormat::Text, width)?)
    }
}

/// Returns notes for a reader of the tables, about what the tables do not show.
pub(super) fn notes(plan: &Plan, tally: &Tally) -> Vec<String> {
    let work = &plan.work;
    let mut notes = divided_otherwise(plan);
    notes.extend(plan.strangers.iter().cloned());
    notes.extend(remarks(&work.metrics));
    notes.extend(tally.notes(&work.metrics, work.reading.language.is_some()));
    notes.extend(not_isolated(plan));
    notes.extend(superfluous_outputs(plan, tally));
    notes.extend(small_samples(plan, tally));
    let unmeasured = work.unmeasured();
    if !unmeasured.is_empty() {
        let names = unmeasured.join("`, `");
        notes.push(format!("no metric measures `{names}`: see `--metric`"));
    }
    notes
}

/// Returns a note about plugins of a run that could open every file since the kernel lacks
/// what keeps them from it.
fn not_isolated(plan: &Plan) -> Option<String> {
    let work = &plan.work;
    let systems = work.systems.iter().filter_map(|system| {
        let origin = system.origin()?;
        Some((system.name.as_str(), origin.isolation?))
    });
    let metrics = work.metrics.iter().filter_map(|metric| {
        let origin = metric.value.external()?.origin();
        Some((metric.name.as_str(), origin.isolation?))
    });
    let embedders = work
        .embedders
        .iter()
        .filter_map(|it| Some((it.name.as_str(), it.embedder.isolation()?)));
    open_to_files(systems.chain(metrics).chain(embedders))
}

/// Returns a note about those of the named plugins that nothing could keep from files.
fn open_to_files<'a>(
    plugins: impl Iterator<Item = (&'a str, Isolated)>,
) -> Option<String> {
    let open = plugins.filter(|(_, isolated)| *isolated == Isolated::Unavailable);
    let names: Vec<&str> = open.map(|(name, _)| name).collect();
    (!names.is_empty()).then(|| {
        let names = names.join("`, `");
        format!("`{names}` could open every file: this system has no Landlock to isolate plugins")
    })
}

/// Returns a note for each file of outputs that has some for other documents than those of the
/// run: ids may have been misspelt.
fn superfluous_outputs(plan: &Plan, tally: &Tally) -> Vec<String> {
    let systems = plan.work.systems.iter().enumerate();
    let note = |(at, system): (usize, &System)| {
        let outputs = system.origin()?.outputs? as u64;
        let more = outputs
            .checked_sub(tally.attempts(at))
            .filter(|more| *more > 0)?;
        let name = &system.name;
        Some(format!(
            "`{name}`: {more} of {outputs} outputs are for no document of this run"
        ))
    };
    systems.filter_map(note).collect()
}

/// Returns a note for each corpus that has fewer documents than were to be drawn.
fn small_samples(plan: &Plan, tally: &Tally) -> Vec<String> {
    let corpora = plan.corpora.iter().enumerate();
    let note = |(at, planned): (usize, &PlannedCorpus)| {
        let (wanted, _) = planned.corpus.address().subset.sample?;
        let found = tally.documents_of(at);
        (found < wanted as u64).then(|| {
            let name = planned.corpus.name();
            format!("`{name}` has {found} documents to draw from: all of them are the sample of {wanted}")
        })
    };
    corpora.filter_map(note).collect()
}

/// Returns why nothing was measured, if nothing was, with the fields of the records that
/// are not read: one of them may be what is missing.
pub(super) fn nothing_measured(
    plan: &Plan,
    tally: &Tally,
) -> Result<Option<String>, Error> {
    let Some(text) = tally.nothing_measured(&plan.work.metrics, &plan.unread) else {
        return Ok(None);
    };

    let mut fields: Vec<String> = Vec::new();
    for on in plan.sources() {
        let Some(first) = on.corpus.records()?.next() else {
            continue;
        };
        let record = first?.parse()?;
        let holds_text = |value: &serde_json::Value| {
            value.is_string() || value.as_array().is_some_and(|list| !list.is_empty())
        };
        let unread = record
            .metadata
            .iter()
            .filter(|(_, value)| holds_text(value));
        fields.extend(unread.map(|(name, _)| format!("`{name}`")));
    }

    fields.sort_unstable();
    fields.dedup();
    if fields.is_empty() {
        return Ok(Some(text));
    }
    Ok(Some(format!(
        "{text}\nhint: the records have {}, which is not read: `--columns summaries=FIELD` (or `keyphrases=FIELD`) reads it",
        fields.join(", ")
    )))
}

/// Returns a note for each corpus whose references have several sentences in one line, if metrics
/// take each line as a sentence.
fn divided_otherwise(plan: &Plan) -> Vec<String> {
    let by_lines = |metric: &&Built<dyn Metric>| {
        metric.value.division() == Division::Lines && !metric.value.needs().no_reference
    };
    let names: Vec<String> = plan
        .work
        .metrics
        .iter()
        .filter(by_lines)
        .map(quoted)
        .collect();
    if names.is_empty() {
        return Vec::new();
    }

    let together = plan
        .corpora
        .iter()
        .filter(|planned| planned.letters.in_one_line > 0);
    let note = |planned: &PlannedCorpus| {
        let (verb, names) = (
            if names.len() == 1 { "takes" } else { "take" },
            names.join(", "),
        );
        let (name, letters) = (planned.corpus.name(), planned.letters);
        format!(
            "{name}: {names} {verb} each line as a sentence, and {} of {} documents have a reference of several sentences in one line: `rouge-lsum(split=sentences)` divides references and outputs alike",
            letters.in_one_line, letters.documents
        )
    };
    together.map(note).collect()
}

/// Returns the name of a metric in backticks.
fn quoted(metric: &Built<dyn Metric>) -> String {
    format!("`{}`", metric.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_names_the_plugins_that_a_kernel_without_landlock_could_not_isolate() {
        let plugins = [
            ("mine", Isolated::Unavailable),
            ("in-bwrap", Isolated::BySandbox),
            ("as-asked", Isolated::Off),
            ("kept", Isolated::Files(1)),
            ("fluency", Isolated::Unavailable),
        ];
        assert_eq!(
            open_to_files(plugins.into_iter()).as_deref(),
            Some(
                "`mine`, `fluency` could open every file: this system has no Landlock to isolate plugins"
            )
        );
        assert_eq!(open_to_files(plugins[1..4].iter().copied()), None);
    }
}

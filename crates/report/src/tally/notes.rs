//! Sentences about documents that are not in the means, which tables do not show.

use epitome_base::spec::Built;
use epitome_engine::run::{Layout, Status, Unread};
use epitome_metrics::{Metric, Task};

use super::{CorpusTally, Tally};

/// Returns the note about ids that a spreadsheet reads as formulas.
pub fn formulas(documents: u64) -> String {
    format!(
        "{documents} ids of documents begin with `=`, `+`, `-` or `@`, which a spreadsheet reads as formulas: import that column of tables as text"
    )
}

impl CorpusTally {
    /// Returns the number of documents that a metric left out with a status. It is the same for
    /// all systems, since the reference is missing; it is larger for human references, which need
    /// two, so that the smallest is returned.
    fn left_out(&self, metric: usize, status: &Status) -> u64 {
        let found = self
            .systems
            .iter()
            .filter_map(|it| it.metrics[metric].as_ref());
        let left_out = found.map(|found| match status {
            Status::NoReference => found.no_reference,
            Status::UnreadableReference => found.unreadable,
            Status::UnreadableSource => found.unreadable_source,
            Status::Ok | Status::LeftOut | Status::Failed(_) => 0,
        });
        left_out.min().unwrap_or(0)
    }

    /// Returns a note for each system with failures that are in no mean, since the metrics have no
    /// worst value.
    fn failures_left_out(
        &self,
        layout: &Layout,
        metrics: &[Built<dyn Metric>],
        corpus: &str,
    ) -> Vec<String> {
        let metrics = metrics.iter().enumerate();
        let unbounded: Vec<(usize, &str)> = metrics
            .filter(|(_, metric)| metric.value.failed().is_none())
            .map(|(at, metric)| (at, metric.name.as_str()))
            .collect();

        let mut notes = Vec::new();
        for (system, found) in layout.systems.iter().zip(&self.systems) {
            let failed = |at: usize| found.metrics[at].as_ref().map_or(0, |it| it.failed);
            let of_system = unbounded.iter().filter(|(at, _)| failed(*at) > 0);
            let mut of_system: Vec<(u64, &str)> =
                of_system.map(|(at, name)| (failed(*at), *name)).collect();
            of_system.sort_by_key(|(count, _)| *count);

            // metrics with the same number of failures share a note
            for same in of_system.chunk_by(|a, b| a.0 == b.0) {
                let names: Vec<String> =
                    same.iter().map(|(_, name)| format!("`{name}`")).collect();
                notes.push(format!(
                    "{corpus}: {} failures of `{}` are in no mean of {}, which has no worst value",
                    same[0].0,
                    system.name,
                    names.join(", ")
                ));
            }
        }
        notes
    }
}

impl Tally {
    /// Returns a message about why no document has a score, with a hint about what to do; `None` if
    /// any document has one, or if there are no documents.
    pub fn nothing_measured(
        &self,
        of: &[Built<dyn Metric>],
        unread: &[Unread],
    ) -> Option<String> {
        let metrics = || {
            let systems = self.corpora.iter().flat_map(|corpus| &corpus.systems);
            systems.flat_map(|system| system.metrics.iter().enumerate())
        };
        let mut found = metrics().filter_map(|(_, metric)| metric.as_ref());
        if self.documents() == 0 || found.any(|metric| metric.series.count() > 0) {
            return None;
        }

        let names = self.layout.corpora.join(", ");
        let mut unreadable = metrics().filter_map(|(at, metric)| {
            metric
                .as_ref()
                .filter(|metric| metric.unreadable > 0)
                .map(|_| at)
        });
        if let Some(at) = unreadable.next() {
            let name = &of[at].name;
            let mut instead = unread.iter().filter(|it| it.metric == *name);
            let cure = instead.find_map(|it| it.instead.as_ref());
            let cure = cure.map(|it| format!("\nhint: `{it}` reads every script"));
            return Some(format!(
                "nothing was measured: `{name}` cannot read the references of {names}{}",
                cure.unwrap_or_default()
            ));
        }

        let field = |metric: &dyn Metric| match metric.task() {
            _ if metric.needs().labels => "`meta.boilerplate`",
            _ if metric.needs().answers => "`answers`",
            _ if metric.needs().evidence => "`evidence`",
            Task::Summaries => "`summaries`",
            Task::Keyphrases => "`keyphrases`",
        };
        let mut fields: Vec<&str> =
            of.iter().map(|it| field(it.value.as_ref())).collect();
        fields.sort_unstable();
        fields.dedup();
        let fields = fields.join(" or ");
        Some(format!(
            "nothing was measured: no document of {names} has what the metrics need: no {fields}\nhint: add that field to the records; the outputs of the systems are in `extracts.jsonl`"
        ))
    }

    /// Returns the notes about documents that are in no mean, or are analysed without their
    /// language.
    pub fn notes(
        &self,
        metrics: &[Built<dyn Metric>],
        is_language_given: bool,
    ) -> Vec<String> {
        let mut notes = Vec::new();
        for (tally, name) in self.corpora.iter().zip(&self.layout.corpora) {
            let all = tally.documents;
            notes.extend(tally.failures_left_out(&self.layout, metrics, name));
            if tally.formulas > 0 {
                notes.push(format!("{name}: {}", formulas(tally.formulas)));
            }
            if tally.empty > 0 {
                notes.push(format!(
                    "{name}: {} of {all} documents have no text; every system returns nothing for them, and they count in n",
                    tally.empty
                ));
            }
            if tally.undetermined > 0 && !is_language_given {
                notes.push(format!(
                    "{name}: {} of {all} documents have no language and are read without \
                     stemmer and stop list: see `--lang`",
                    tally.undetermined
                ));
            }

            // metrics that leave out the same number of documents share a note
            let statuses = [
                Status::NoReference,
                Status::UnreadableReference,
                Status::UnreadableSource,
            ];
            for status in statuses {
                let counts: Vec<u64> = (0..metrics.len())
                    .map(|metric| tally.left_out(metric, &status))
                    .collect();
                let mut different: Vec<u64> =
                    counts.iter().copied().filter(|&n| n > 0).collect();
                different.sort_unstable();
                different.dedup();
                for count in different {
                    let of_this_count = metrics.iter().zip(&counts);
                    let names: Vec<String> = of_this_count
                        .filter(|(_, other)| **other == count)
                        .map(|(metric, _)| format!("`{}`", metric.name))
                        .collect();
                    let names = names.join(", ");
                    notes.push(format!(
                        "{name}: {count} of {all} documents are not scored: {} for {names}",
                        status.name()
                    ));
                }
            }
        }
        notes
    }
}

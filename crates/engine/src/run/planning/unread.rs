//! Measures how much of its references a metric does not read.
//!
//! The tokenisers of rouge-score and ROUGE-1.5.5 drop every letter beyond ASCII, so they
//! read half of Vietnamese and nothing of Hindi. What they drop of each corpus is counted
//! before a run: it decides the metrics of a run that names none, and readers are told.

use serde::{Deserialize, Serialize};

use crate::registry::Registry;
use epitome_base::spec::{Built, Spec};
use epitome_metrics::Metric;

use crate::run::setup::letters::ReferenceLetters;

/// A metric that drops letters of the references of a corpus. Made by [`Unread::of`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Unread {
    /// The name of the corpus.
    pub corpus: String,
    /// The canonical name of the metric.
    pub metric: String,
    /// The share of the letters of the references that the metric drops, from 0 to 1.
    pub share: f64,
    /// The metric that reads all of them, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instead: Option<String>,
    /// Whether the run measures `instead` because it named no metric.
    #[serde(default)]
    pub replaced: bool,
}

impl Unread {
    /// The share of dropped letters from which readers are told.
    const TOLD: f64 = 0.02;

    /// Returns what `metrics` drop of the references of each corpus, if it is worth
    /// telling.
    pub fn of(
        registry: &Registry,
        metrics: &[Built<dyn Metric>],
        corpora: &[(&str, ReferenceLetters)],
    ) -> Vec<Self> {
        let mut found = Vec::new();
        for (corpus, letters) in corpora {
            let share = letters.letters.share_beyond_ascii();
            let dropping = metrics
                .iter()
                .filter(|metric| metric.value.tokenisation().drops_beyond_ascii())
                .filter(|_| share >= Self::TOLD);
            found.extend(dropping.map(|metric| {
                let spec = metric.name.parse::<Spec>().ok();
                let instead = spec.and_then(|spec| registry.metric_of_any_script(&spec));
                Self {
                    corpus: (*corpus).to_owned(),
                    metric: metric.name.clone(),
                    share,
                    instead: instead.map(|metric| metric.name),
                    replaced: false,
                }
            }));
        }
        found
    }
}

/// Returns one sentence for each corpus and share in `unread`, which names all metrics
/// that it applies to.
pub fn unread_notes(unread: &[Unread]) -> Vec<String> {
    let together = unread.chunk_by(|a, b| {
        (
            &a.corpus,
            a.share.to_bits(),
            a.replaced,
            a.instead.is_some(),
        ) == (
            &b.corpus,
            b.share.to_bits(),
            b.replaced,
            b.instead.is_some(),
        )
    });
    together.map(note).collect()
}

/// Returns the sentence about entries that differ in the metric only.
fn note(unread: &[Unread]) -> String {
    let Unread {
        corpus,
        share,
        replaced,
        ..
    } = &unread[0];
    let quoted = |names: Vec<&str>| {
        names
            .iter()
            .map(|name| format!("`{name}`"))
            .collect::<Vec<_>>()
            .join(", ")
    };

    let metrics = quoted(unread.iter().map(|it| it.metric.as_str()).collect());
    let instead: Vec<&str> = unread
        .iter()
        .filter_map(|it| it.instead.as_deref())
        .collect();

    let verb = if unread.len() == 1 { "drops" } else { "drop" };
    let percent = 100.0 * share;
    let what =
        format!("{metrics} {verb} {percent:.0} % of the letters of the references");

    match (instead.is_empty(), replaced) {
        (true, _) => format!("{corpus}: {what}"),
        (false, true) => {
            // a tenth decides, of the letters or of the documents of any corpus
            let also = match *share < 0.1 {
                true => {
                    "; the references of a tenth of the documents, or another corpus, decided"
                }
                false => "",
            };
            format!(
                "{corpus}: measured by {} since {what}{also}",
                quoted(instead)
            )
        }
        (false, false) => {
            let verb = if instead.len() == 1 { "reads" } else { "read" };
            format!("{corpus}: {what}; {} {verb} all", quoted(instead))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unread(metric: &str, share: f64, replaced: bool) -> Unread {
        Unread {
            corpus: "vn".to_owned(),
            metric: metric.to_owned(),
            share,
            instead: Some(format!("{metric}(profile=unicode)")),
            replaced,
        }
    }

    #[test]
    fn metrics_that_drop_the_same_share_are_told_together() {
        let both = [
            unread("rouge-1", 0.27, false),
            unread("rouge-l", 0.27, false),
        ];
        assert_eq!(
            unread_notes(&both),
            [
                "vn: `rouge-1`, `rouge-l` drop 27 % of the letters of the references; \
                 `rouge-1(profile=unicode)`, `rouge-l(profile=unicode)` read all"
            ]
        );
        assert_eq!(
            unread_notes(&[unread("rouge-1", 0.27, true)]),
            [
                "vn: measured by `rouge-1(profile=unicode)` since `rouge-1` drops 27 % of \
                 the letters of the references"
            ]
        );
        let alone = Unread {
            instead: None,
            ..unread("position", 0.3, false)
        };
        assert_eq!(
            unread_notes(&[alone]),
            ["vn: `position` drops 30 % of the letters of the references"]
        );
    }
}

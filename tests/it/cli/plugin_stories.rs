//! Stories with the hostile plugins of `tests/plugins`: a system, a metric and an embedder.

use std::path::Path;

use super::story::{Story, epitome};
use crate::plugins::stage::row_of;

/// A file of `tests/plugins`.
pub(super) fn script(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/plugins");
    folder.join(name).display().to_string()
}

/// A corpus of a record for each fault; `""` is none.
fn corpus(faults: &[&str], record: fn(usize, &str) -> serde_json::Value) -> String {
    let records = faults.iter().enumerate();
    let lines = records.map(|(at, fault)| record(at, fault).to_string());
    lines.collect::<Vec<_>>().join("\n")
}

/// The seconds that an answer may take: few if one of the faults waits for the deadline, and
/// otherwise more than an honest answer takes on any machine.
fn time_limit(faults: &[&str]) -> u32 {
    let waits = faults.iter().any(|fault| row_of(fault) == "timeout");
    if waits { 3 } else { 60 }
}

/// Systems.
pub(super) mod system {
    use super::{Story, epitome, script, time_limit};

    pub(in crate::cli) const RUN: &str =
        "run --corpus c.jsonl --system lead --plugin plugin.toml --metric rouge-1";

    /// A corpus whose documents hold these faults.
    pub(in crate::cli) fn corpus(faults: &[&str]) -> String {
        super::corpus(faults, |at, fault| {
            let command = match fault {
                "" => String::new(),
                fault => format!(" FAULT:{fault}."),
            };
            serde_json::json!({
                "id": format!("d{at}"),
                "lang": "en",
                "text": format!("The river rose {at} metres. A bridge closed. Shops stayed shut.{command}"),
                "summaries": ["REFERENCE: the river closed the bridge."],
                "keyphrases": ["REFERENCE river"],
            })
        })
    }

    /// A story with the hostile plugin as `plugin.toml`.
    pub(in crate::cli) fn story(faults: &[&str]) -> Story {
        let toml = format!(
            r#"
            name = "hostile"
            run = ["python3", "{}"]
            does = ["summarise"]
            timeout = {}
            grace = 0.2
            [parameters]
            reorder = {{ default = false, about = "answers a batch backwards" }}
            "#,
            script("hostile.py"),
            time_limit(faults)
        );
        epitome()
            .file("plugin.toml", toml)
            .file("c.jsonl", corpus(faults))
    }
}

/// Metrics.
pub(super) mod metric {
    use std::fs;

    use super::{Story, epitome, script, time_limit};

    pub(in crate::cli) const RUN: &str = "run --corpus c.jsonl --system lead --system tail --sentences 1 --metric rouge-1 --metric-plugin plugin.toml";

    /// Documents of three sentences, the first of which holds a fault.
    pub(in crate::cli) fn corpus(faults: &[&str]) -> String {
        super::corpus(faults, |at, fault| {
            let command = match fault {
                "" => String::new(),
                fault => format!(" FAULT:{fault}"),
            };
            serde_json::json!({
                "id": format!("d{at}"),
                "lang": "en",
                "text": format!("The river rose {at} metres overnight{command}. A bridge was closed. Shops stayed shut."),
                "summaries": ["The river rose and a bridge was closed."],
            })
        })
    }

    /// A story with the hostile metric as `plugin.toml`, which logs what it is asked.
    pub(in crate::cli) fn story(faults: &[&str]) -> Story {
        let story = epitome().file("c.jsonl", corpus(faults)).file("log", "");
        let log = story.path("log");
        let toml = format!(
            r#"
            name = "hostile"
            run = ["python3", "{}"]
            timeout = {}
            grace = 0.2
            write = ["log"]
            [environment]
            METRIC_LOG = "{}"
            [parameters]
            fickle = {{ default = false }}
            fickle-signature = {{ default = false }}
            by-place = {{ default = false }}
            apart = {{ default = false }}
            odd = {{ default = false }}
            notes = {{ default = false }}
            "#,
            script("hostile_metric.py"),
            time_limit(faults),
            log.display()
        );
        story.file("plugin.toml", toml)
    }

    /// The rows of the metric in a table.
    pub(in crate::cli) fn rows(story: &Story, file: &str) -> Vec<String> {
        let table = story.result(file);
        let rows = table.lines().filter(|line| line.contains(",hostile"));
        rows.map(str::to_owned).collect()
    }

    /// The status of `lead` by the metric, document by document.
    pub(in crate::cli) fn statuses(story: &Story) -> Vec<String> {
        let rows = rows(story, "scores.csv");
        let of_lead = rows.iter().filter(|row| row.contains(",lead,"));
        of_lead
            .map(|row| row.rsplit(',').next().unwrap().to_owned())
            .collect()
    }

    /// The messages of a type that the metric was sent.
    pub(in crate::cli) fn asked(story: &Story, kind: &str) -> Vec<serde_json::Value> {
        let log = fs::read_to_string(story.path("log")).unwrap();
        let messages = log.lines().map(|line| serde_json::from_str(line).unwrap());
        messages
            .filter(|message: &serde_json::Value| message["type"] == kind)
            .collect()
    }
}

/// Embedders.
pub(super) mod embedder {
    use super::{Story, epitome, script, time_limit};

    /// Documents of three sentences, the second of which holds a fault, if there is one.
    pub(in crate::cli) fn corpus(faults: &[&str]) -> String {
        super::corpus(faults, |at, fault| {
            let command = match fault {
                "" => String::new(),
                fault => format!(" FAULT:{fault}"),
            };
            serde_json::json!({
                "id": format!("d{at}"),
                "lang": "en",
                "text": format!("The river rose {at} metres overnight. A bridge was closed{command}. Shops stayed shut."),
                "summaries": ["The river rose and a bridge was closed."],
            })
        })
    }

    /// A story with the hostile embedder as `embedder.toml`, whose parameters have these values.
    pub(in crate::cli) fn story(faults: &[&str], parameters: &str) -> Story {
        let story = epitome().file("c.jsonl", corpus(faults)).file("log", "");
        let toml = format!(
            "name = \"hostile\"\nrun = [\"python3\", \"{}\"]\ntimeout = {}\ngrace = 0.2\nwrite = [\"log\"]\n\
             [environment]\nEMBEDDER_LOG = \"{}\"\n[parameters]\n{parameters}",
            script("hostile_embedder.py"),
            time_limit(faults),
            story.path("log").display()
        );
        story.file("embedder.toml", toml)
    }
}

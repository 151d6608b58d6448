//! Options by purpose, whichever command has them.

use clap::{Arg, Command};

/// The options of all commands by purpose.
const OPTIONS: [(&str, &[&str]); 10] = [
    (
        "Corpora",
        &[
            "corpus",
            "columns",
            "corpora",
            "without",
            "allow_drift",
            "sample",
            "language",
            "conditions",
            "references",
            "format",
            "split",
            "replace",
            "background",
            "repeats",
        ],
    ),
    (
        "Systems and metrics",
        &["system", "metric", "embedder", "only", "aspect"],
    ),
    (
        "Plugins",
        &[
            "plugin",
            "outputs",
            "metric_plugin",
            "no_cache",
            "scores",
            "plugin_timeout",
            "plugin_run_timeout",
            "plugin_memory",
            "plugin_jobs",
            "sandbox",
            "isolation",
        ],
    ),
    (
        "Length of outputs",
        &[
            "sentences",
            "words",
            "bytes",
            "ratio",
            "tokens",
            "encoding",
            "limit",
            "budget",
        ],
    ),
    (
        "Reading texts",
        &[
            "lang",
            "presplit",
            "lines",
            "segmenter",
            "boilerplate",
            "query",
        ],
    ),
    (
        "Statistics",
        &[
            "seed",
            "resamples",
            "test",
            "gate",
            "rounds",
            "tolerance",
            "samples",
            "warm_up_ms",
            "measurement_ms",
        ],
    ),
    (
        "Results",
        &[
            "run",
            "experiment",
            "results",
            "into",
            "revision",
            "changed",
            "history",
            "title",
            "name",
            "retry_failed",
            "fresh",
            "partial",
            "merge",
            "corpus_statistics",
            "jobs",
            "dry_run",
            "yes",
            "number",
        ],
    ),
    (
        "Output",
        &[
            "output",
            "text",
            "markdown",
            "latex",
            "csv",
            "json",
            "per_document",
            "texts",
            "figures",
            "scaling",
            "warnings",
            "quiet",
        ],
    ),
    (
        "New plugin",
        &["plugin_language", "is_metric", "is_embedder"],
    ),
    ("General", &["color", "help", "version"]),
];

/// The options that `--help` shows and `-h` does not.
const RARE: [&str; 27] = [
    "no_cache",
    "allow_drift",
    "background",
    "columns",
    "conditions",
    "corpora",
    "isolation",
    "language",
    "measurement_ms",
    "plugin_jobs",
    "plugin_memory",
    "plugin_run_timeout",
    "plugin_timeout",
    "presplit",
    "ratio",
    "bytes",
    "resamples",
    "retry_failed",
    "rounds",
    "sandbox",
    "scaling",
    "seed",
    "segmenter",
    "texts",
    "tolerance",
    "warm_up_ms",
    "without",
];

/// Returns a command whose options have headings.
pub(super) fn with_headings(command: Command) -> Command {
    command.mut_args(|option| {
        let is_rare = RARE.contains(&option.get_id().as_str());
        match heading(&option) {
            Some(heading) => option.help_heading(heading).hide_short_help(is_rare),
            None => option,
        }
    })
}

/// Returns the heading of an option; `None` for an argument without a flag.
fn heading(option: &Arg) -> Option<&'static str> {
    let name = option.get_id().as_str();
    let found = OPTIONS.iter().find(|(_, names)| names.contains(&name));
    found
        .map(|(heading, _)| *heading)
        .filter(|_| !option.is_positional())
}

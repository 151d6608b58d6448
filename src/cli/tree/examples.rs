//! Examples at the end of the help of each command.

/// The commands that do something, by their path, each with command lines and what they
/// do.
pub(in crate::cli) const EXAMPLES: &[(&str, &[(&str, &str)])] = &[
    (
        "run",
        &[
            ("epitome run", "every system on the built-in sampler"),
            (
                "epitome run --corpus news.jsonl --words 100 --system lead --system text-rank",
                "two summarisers on a file, summaries of at most 100 words",
            ),
            (
                "epitome run --corpus news.jsonl --system 'text-rank(damping=0.5|0.85)'",
                "a system for each value of a parameter",
            ),
            (
                "epitome run --corpus news.jsonl --plugin mine/plugin.toml --system mine --system lead",
                "a system of your own against the first sentences",
            ),
            (
                "epitome run epitome.toml --dry-run",
                "what an experiment file would run",
            ),
        ],
    ),
    (
        "tune",
        &[(
            "epitome tune tune.toml",
            "each sweep chosen on half of the texts, reported on the other half",
        )],
    ),
    (
        "bench",
        &[
            (
                "epitome bench epitome.toml",
                "the systems and corpora of an experiment file",
            ),
            (
                "epitome bench --corpus news.jsonl --system lead",
                "documents per second",
            ),
            (
                "epitome bench --samples 50 --measurement-ms 5000",
                "narrower intervals, in more time",
            ),
        ],
    ),
    (
        "score",
        &[
            (
                "epitome score pairs.jsonl --metric 'rouge-1(stemmer=true)' --metric rouge-lsum",
                "means over candidates and references of a file",
            ),
            (
                "epitome score pairs.jsonl --metric rouge-2 --per-document --json",
                "the scores of every document",
            ),
            (
                "epitome score --run news --metric chrf",
                "a further metric for the outputs of a run",
            ),
        ],
    ),
    (
        "judge",
        &[(
            "epitome judge summeval.jsonl --metric rouge-1 --metric rouge-2 --aspect coherence",
            "how far two metrics agree with what people said of coherence",
        )],
    ),
    (
        "runs list",
        &[(
            "epitome runs list",
            "the runs in `results`, the newest first",
        )],
    ),
    (
        "runs show",
        &[("epitome runs show news", "what a run holds, in words")],
    ),
    (
        "runs remove",
        &[(
            "epitome runs remove news --yes",
            "removes a run without asking",
        )],
    ),
    (
        "compare",
        &[
            (
                "epitome compare text-rank lead",
                "two systems of the newest run",
            ),
            ("epitome compare new old", "what two runs have in common"),
            (
                "epitome compare new old --gate 'rouge-1 > -0.5'",
                "exit code 1 if ROUGE-1 fell by half a point or more",
            ),
        ],
    ),
    (
        "report",
        &[
            ("epitome report", "the newest run as `report.html`"),
            (
                "epitome report news --latex --system lead --system mine --metric rouge-2",
                "its tables, for a paper: two systems, one metric",
            ),
            (
                "epitome report news --figures figures",
                "its figures as SVG files",
            ),
        ],
    ),
    (
        "show",
        &[(
            "epitome show news d17 text-rank lead",
            "a document with what two systems selected, its references and scores",
        )],
    ),
    (
        "worst",
        &[(
            "epitome worst news text-rank lead --metric rouge-1 --number 5",
            "the five documents where `text-rank` is furthest behind `lead`",
        )],
    ),
    (
        "record",
        &[(
            "epitome record news --into history --revision \"$(git rev-parse HEAD)\"",
            "appends the means of a run, and digests of its scores",
        )],
    ),
    (
        "history",
        &[
            (
                "epitome history",
                "the last mean of every system, and since when it is that",
            ),
            (
                "epitome history --system mine --metric rouge-2 --markdown",
                "all records of one system",
            ),
        ],
    ),
    #[cfg(feature = "site")]
    (
        "site",
        &[
            (
                "epitome site results --output site",
                "pages of all runs in `results`, to be opened from disk or put on a server",
            ),
            (
                "epitome site results/published --history history --title 'Our systems'",
                "kept tables, with what was recorded",
            ),
        ],
    ),
    (
        "cache verify",
        &[(
            "epitome cache verify",
            "whether the kept scores of metric plugins are whole",
        )],
    ),
    (
        "verify",
        &[(
            "epitome verify news",
            "whether its tables follow from its rows, and its scores from outputs and references",
        )],
    ),
    (
        "summarise",
        &[
            (
                "epitome summarise report.txt --sentences 3",
                "three sentences of a text",
            ),
            (
                "epitome summarise page.html --system lex-rank --words 100 --json",
                "another system, with the score of every sentence",
            ),
        ],
    ),
    (
        "keywords",
        &[
            (
                "epitome keywords report.txt --limit 5",
                "five keyphrases of a text",
            ),
            (
                "epitome keywords - --system yake --lang de",
                "a German text on standard input",
            ),
        ],
    ),
    (
        "inspect",
        &[(
            "epitome inspect report.txt",
            "sentences, stems and boilerplate of a text",
        )],
    ),
    (
        "corpus list",
        &[("epitome corpus list", "corpora that are known or imported")],
    ),
    (
        "corpus show",
        &[(
            "epitome corpus show inspec",
            "licence, source and counts of a corpus",
        )],
    ),
    (
        "corpus formats",
        &[("epitome corpus formats", "what `corpus add` reads")],
    ),
    (
        "corpus add",
        &[
            (
                "epitome corpus add inspec downloads/Inspec",
                "a public corpus, in its own format",
            ),
            (
                "epitome corpus add mine export.csv --columns text=body,summaries=abstract",
                "a table of your own",
            ),
        ],
    ),
    (
        "corpus stats",
        &[(
            "epitome corpus stats sampler",
            "lengths, agreement of references, repeated texts",
        )],
    ),
    (
        "corpus verify",
        &[(
            "epitome corpus verify",
            "whether imported corpora are what they were",
        )],
    ),
    (
        "plugin new",
        &[(
            "epitome plugin new --language python mine",
            "a plugin that works, to start from",
        )],
    ),
    (
        "plugin check",
        &[(
            "epitome plugin check mine/plugin.toml",
            "tries a plugin on difficult documents",
        )],
    ),
    (
        "worker",
        &[(
            "epitome worker --system lead --metric rouge-1",
            "rows for the documents on standard input",
        )],
    ),
    (
        "statistics",
        &[
            (
                "epitome statistics --system tf-idf",
                "counts of the documents on standard input",
            ),
            (
                "epitome statistics --system tf-idf --merge a.counts b.counts",
                "the counts of two parts together",
            ),
        ],
    ),
    (
        "aggregate",
        &[(
            "epitome aggregate rows --corpus news.jsonl --system lead --metric rouge-1",
            "a run of the rows of workers in a folder",
        )],
    ),
    (
        "list",
        &[
            (
                "epitome list",
                "all systems, metrics and languages, a line each",
            ),
            (
                "epitome list text-rank",
                "the parameters and the source of one",
            ),
            ("epitome list metrics", "one family"),
        ],
    ),
    (
        "explain",
        &[(
            "epitome explain 'rouge-1|profile:rouge-score-0.1.2|stem:none|multi:best-f1|v:0.1.0'",
            "a signature in words",
        )],
    ),
    (
        "completions",
        &[
            (
                "epitome completions bash > ~/.local/share/bash-completion/completions/epitome",
                "for bash",
            ),
            (
                "epitome completions fish > ~/.config/fish/completions/epitome.fish",
                "for fish",
            ),
        ],
    ),
    (
        "manual",
        &[(
            "epitome manual --output ~/.local/share/man/man1",
            "a man page for each command",
        )],
    ),
];

/// Returns the examples of the command at `path`; `None` for one that only holds others.
pub(super) fn of(path: &str) -> Option<String> {
    let (_, examples) = EXAMPLES.iter().find(|(name, _)| *name == path)?;
    let lines = examples
        .iter()
        .map(|(line, what)| format!("  {line}\n      {what}"));
    Some(format!(
        "Examples:\n{}",
        lines.collect::<Vec<_>>().join("\n")
    ))
}

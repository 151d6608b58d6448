//! Tables of the speeds of systems.

use epitome_engine::timing::Timing;

use super::{
    grid::{Explained, Grid, GridCell, Part, thousands},
    terminal::terminal,
};

/// Returns a table of speeds for each corpus, in the order of `timings`, at most `width` columns
/// wide.
pub fn speeds(timings: &[Timing], width: Option<usize>) -> String {
    let corpora =
        timings.chunk_by(|a, b| (&a.corpus, &a.digest) == (&b.corpus, &b.digest));
    let tables: Vec<String> = corpora
        .map(|corpus| terminal(&grid(corpus), width))
        .collect();
    tables.join("\n")
}

/// Returns the table of the timings on one corpus.
fn grid(corpus: &[Timing]) -> Grid {
    let header = [
        "system",
        "budget",
        "docs/s alone",
        "docs/s",
        "MB/s",
        "µs/document",
        "µs of CPU",
        "µs/sentence",
    ];

    let row = |timing: &Timing| {
        let half =
            50.0 * (timing.docs_per_s_high - timing.docs_per_s_low) / timing.docs_per_s;
        let cpu = timing
            .cpu_ns
            .map(|cpu| cpu / 1e3 / timing.documents.max(1) as f64);

        let texts = [
            timing.system.clone(),
            timing.budget.clone(),
            format!("{} ±{half:.1} %", thousands(timing.docs_per_s)),
            timing.total_docs_per_s.map(thousands).unwrap_or_default(),
            format!("{:.1}", timing.mb_per_s),
            format!("{:.2}", 1e6 / timing.docs_per_s),
            cpu.map_or(String::new(), |cpu| format!("{cpu:.2}")),
            format!("{:.3}", timing.ns_per_sentence / 1e3),
        ];
        texts.map(GridCell::text).to_vec()
    };

    let explained = [
        (
            Part::Table,
            "docs/s alone: documents per second on one core, without the analysis of the texts, ± half the width of the 95 % interval; no other column but docs/s includes that analysis",
        ),
        (Part::Column(3), "docs/s: with the analysis of the texts"),
    ];

    Grid {
        caption: format!(
            "{}, n = {}, one core",
            corpus[0].corpus, corpus[0].documents
        ),
        header: header.map(str::to_owned).to_vec(),
        words: 2,
        rows: corpus.iter().map(row).collect(),
        legend: explained
            .map(|(part, text)| Explained::new(part, text))
            .to_vec(),
        dispensable: [7, 6, 4, 1, 5].map(Part::Column).to_vec(),
        ..Grid::default()
    }
}

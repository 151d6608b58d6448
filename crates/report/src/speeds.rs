//! Tables of the speeds of systems.

use std::collections::BTreeSet;

use epitome_base::spec::Spec;
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

/// Returns whether a system selects sentences by their position alone.
fn reads_no_text(system: &str) -> bool {
    let spec = system.parse::<Spec>();
    spec.is_ok_and(|spec| ["lead", "tail"].contains(&spec.name.as_str()))
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
        let cpu = timing
            .cpu_ns
            .map(|cpu| cpu / 1e3 / timing.documents.max(1) as f64);

        let texts = [
            timing.system.clone(),
            timing.budget.clone(),
            format!(
                "{} ({} to {})",
                thousands(timing.docs_per_s),
                thousands(timing.docs_per_s_low),
                thousands(timing.docs_per_s_high)
            ),
            timing.total_docs_per_s.map(thousands).unwrap_or_default(),
            match reads_no_text(&timing.system) {
                true => String::new(),
                false => format!("{:.1}", timing.mb_per_s),
            },
            format!("{:.2}", 1e6 / timing.docs_per_s),
            cpu.map_or(String::new(), |cpu| format!("{cpu:.2}")),
            format!("{:.3}", timing.ns_per_sentence / 1e3),
        ];
        texts.map(GridCell::text).to_vec()
    };

    let explained = [
        (
            Part::Table,
            "docs/s alone: documents per second on one core, without the analysis of the texts, with the bounds of the 95 % interval; no other column but docs/s includes that analysis",
        ),
        (Part::Column(3), "docs/s: with the analysis of the texts"),
        (
            Part::Column(4),
            "MB/s: 10⁶ bytes of text per second (none for `lead` and `tail`, which read no text)",
        ),
    ];

    // a system of two tasks has a row for each, which only their budgets tell apart
    let names: BTreeSet<&str> = corpus.iter().map(|it| it.system.as_str()).collect();
    let mut dispensable = vec![7, 6, 4, 1, 5];
    dispensable.retain(|&column| column != 1 || names.len() == corpus.len());

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
        dispensable: dispensable.into_iter().map(Part::Column).collect(),
        ..Grid::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns a timing whose interval is not symmetric around the median.
    fn timing(system: &str) -> Timing {
        Timing {
            system: system.to_owned(),
            version: "0.1.0".to_owned(),
            corpus: "news".to_owned(),
            digest: String::new(),
            budget: "3 sentences".to_owned(),
            documents: 100,
            bytes: 300_000,
            sentences: 2_000,
            samples: 10,
            mean_ns: 6e6,
            mean_low_ns: 6e6,
            mean_high_ns: 7e6,
            median_ns: 6.2e6,
            median_low_ns: 6e6,
            median_high_ns: 7.5e6,
            slope_ns: None,
            slope_low_ns: None,
            slope_high_ns: None,
            mad_ns: 0.0,
            std_dev_ns: 0.0,
            low_severe: 0,
            low_mild: 0,
            high_mild: 0,
            high_severe: 0,
            docs_per_s: 16_015.0,
            docs_per_s_low: 13_368.0,
            docs_per_s_high: 16_499.0,
            mb_per_s: 48.0,
            mb_per_s_low: 40.0,
            mb_per_s_high: 49.0,
            ns_per_sentence: 3_100.0,
            cpu_ns: None,
            load: None,
            total_docs_per_s: Some(4_000.0),
            build: String::new(),
        }
    }

    #[test]
    fn a_speed_has_both_bounds_and_lead_reads_no_text() {
        let names = ["text-rank", "lead", "lead(position=0.5)"];
        let table = speeds(&names.map(timing), None);
        let rows: Vec<&str> = table.lines().filter(|it| it.contains("16,015")).collect();
        assert_eq!(rows.len(), 3, "{table}");
        for row in &rows {
            assert!(row.contains("16,015 (13,368 to 16,499)"), "{row}");
        }
        let has_megabytes = rows.iter().map(|row| row.contains("48.0"));
        assert_eq!(has_megabytes.collect::<Vec<_>>(), [true, false, false]);
        assert!(!table.contains('±'), "{table}");
    }

    #[test]
    fn budgets_stay_where_they_tell_rows_apart() {
        let of_phrases = Timing {
            budget: "10 keyphrases".to_owned(),
            ..timing("text-rank")
        };
        let two = speeds(&[timing("text-rank"), of_phrases], Some(72));
        assert!(two.contains("10 keyphrases"), "{two}");
        let one = speeds(&[timing("text-rank"), timing("luhn")], Some(40));
        assert!(!one.contains("3 sentences"), "{one}");
    }
}

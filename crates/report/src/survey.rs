//! Tables of corpus statistics.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use epitome_engine::survey::{CorpusProfile, Measured, Repeat, Survey};

use super::{
    draw::{TableFormat, draw},
    grid::{Grid, GridCell, Part, thousands},
    table_file::TableError,
    terminal::terminal,
};

/// A row in CSV and JSON: the distribution of a quantity over the documents of a corpus.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct QuantityRow {
    corpus: String,
    quantity: String,
    n: u64,
    sum: f64,
    mean: Option<f64>,
    min: Option<f64>,
    median: Option<f64>,
    p95: Option<f64>,
    max: Option<f64>,
    /// Signature of the metric that the quantity is measured by; empty if it is no metric.
    recipe: String,
}

/// The statistics of a corpus in JSON.
#[derive(Serialize)]
struct ProfileModel<'a> {
    corpus: &'a str,
    blake3: &'a str,
    documents: u64,
    languages: &'a BTreeMap<String, u64>,
    oracle_tenths: Option<[f64; 10]>,
    quantities: Vec<QuantityRow>,
    repeats: Vec<&'a Repeat>,
}

/// Number of repeated texts of a corpus that are shown in a terminal, unless all are requested.
const SHOWN: usize = 10;

/// Formats corpus statistics as a table for each corpus. In a terminal it is at most `width`
/// columns wide and followed by languages, positions of the sentences that the oracle selects, and
/// repeated texts, the first ten or `all`.
///
/// # Errors
/// Returns an error if the table does not fit CSV or JSON.
pub fn draw_survey(
    survey: &Survey,
    format: TableFormat,
    width: Option<usize>,
    all: bool,
) -> Result<String, TableError> {
    let grids: Vec<Grid> = survey.profiles.iter().map(grid).collect();

    if format == TableFormat::Text {
        let parts: Vec<String> = grids
            .iter()
            .zip(&survey.profiles)
            .map(|(grid, profile)| {
                let notes = notes(survey, profile, all);
                let notes = notes.into_iter().map(|line| line + "\n");
                terminal(grid, width) + &notes.collect::<String>()
            })
            .collect();
        return Ok(parts.join("\n"));
    }

    let profiles = survey.profiles.iter();
    let models: Vec<_> = profiles.map(|profile| model(survey, profile)).collect();
    let rows = survey
        .profiles
        .iter()
        .flat_map(|profile| rows(survey, profile));
    draw::<QuantityRow, _>(&grids, &models, rows, format, width)
}

/// Returns the statistics of a corpus for JSON.
fn model<'a>(survey: &'a Survey, profile: &'a CorpusProfile) -> ProfileModel<'a> {
    ProfileModel {
        corpus: &profile.corpus,
        blake3: &profile.blake3,
        documents: profile.documents,
        languages: &profile.languages,
        oracle_tenths: tenths(profile),
        quantities: profile.measured.iter().map(|it| row(profile, it)).collect(),
        repeats: repeats(survey, profile).collect(),
    }
}

/// Returns the row of a quantity.
fn row(profile: &CorpusProfile, measured: &Measured) -> QuantityRow {
    let spread = &measured.spread;
    QuantityRow {
        corpus: profile.corpus.clone(),
        quantity: measured.meaning.name.to_owned(),
        n: spread.count(),
        sum: spread.sum(),
        mean: spread.mean(),
        min: spread.ends().map(|(low, _)| low),
        median: spread.quantile(0.5),
        p95: spread.quantile(0.95),
        max: spread.ends().map(|(_, high)| high),
        recipe: measured.recipe.clone(),
    }
}

/// Returns the rows of a corpus: its quantities, the share of the sentences that the oracle selects
/// in each tenth of the documents, its languages, and the number of texts that are repeated from
/// each corpus.
fn rows(survey: &Survey, profile: &CorpusProfile) -> Vec<QuantityRow> {
    let mut rows: Vec<QuantityRow> = profile
        .measured
        .iter()
        .map(|measured| row(profile, measured))
        .collect();
    let mut count = |quantity: String, n: u64, sum: u64| {
        rows.push(QuantityRow {
            corpus: profile.corpus.clone(),
            quantity,
            n,
            sum: sum as f64,
            mean: (n > 0).then(|| sum as f64 / n as f64),
            min: None,
            median: None,
            p95: None,
            max: None,
            recipe: String::new(),
        });
    };

    let picks = profile.oracle.tenths.iter().sum();
    for (at, tenth) in profile.oracle.tenths.into_iter().enumerate() {
        if picks > 0 {
            count(format!("oracle-tenth-{}", at + 1), picks, tenth);
        }
    }
    for (language, documents) in &profile.languages {
        count(
            format!("language-{language}"),
            profile.documents,
            *documents,
        );
    }
    for ((first, kind), found) in by_first(survey, profile) {
        let quantity = format!("{}-from-{first}", kind.name());
        count(quantity, profile.documents, found.len() as u64);
    }
    rows
}

/// Similarity of a repeated text to its first occurrence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum RepeatKind {
    /// All words are the same.
    Same,
    /// Most words are the same.
    Nearly,
}

impl RepeatKind {
    /// Returns the kind of a repeat.
    fn of(repeat: &Repeat) -> Self {
        if repeat.likeness < 1.0 {
            Self::Nearly
        } else {
            Self::Same
        }
    }

    /// Returns the name of the kind in names of quantities.
    fn name(self) -> &'static str {
        match self {
            Self::Same => "repeated",
            Self::Nearly => "nearly-repeated",
        }
    }
}

/// Returns the documents of a corpus with all or most words of an earlier one.
fn repeats<'a>(
    survey: &'a Survey,
    profile: &'a CorpusProfile,
) -> impl Iterator<Item = &'a Repeat> {
    survey
        .repeats
        .iter()
        .filter(|repeat| repeat.corpus == profile.corpus)
}

/// Returns the repeats of a corpus, grouped by kind and by the corpus of the first occurrence.
fn by_first<'a>(
    survey: &'a Survey,
    profile: &'a CorpusProfile,
) -> BTreeMap<(&'a str, RepeatKind), Vec<&'a Repeat>> {
    let mut groups: BTreeMap<_, Vec<&Repeat>> = BTreeMap::new();
    for repeat in repeats(survey, profile) {
        let group = (repeat.first_corpus.as_str(), RepeatKind::of(repeat));
        groups.entry(group).or_default().push(repeat);
    }
    groups
}

/// Returns the share of the sentences that the oracle selects in each tenth of the documents;
/// `None` if there are no references.
fn tenths(profile: &CorpusProfile) -> Option<[f64; 10]> {
    (profile.oracle.tenths != [0; 10]).then(|| profile.oracle.shares())
}

/// Returns the table of the quantities of a corpus.
fn grid(profile: &CorpusProfile) -> Grid {
    let header = [
        "quantity", "what", "n", "mean", "min", "median", "95 %", "max",
    ];
    let row = |measured: &Measured| {
        let row = row(profile, measured);
        let number =
            |value: Option<f64>| GridCell::text(value.map_or(String::new(), decimal));
        vec![
            GridCell::text(&row.quantity),
            GridCell::text(measured.meaning.about),
            GridCell::text(thousands(row.n as f64)),
            number(row.mean),
            number(row.min),
            number(row.median),
            number(row.p95),
            number(row.max),
        ]
    };

    Grid {
        caption: format!(
            "{}, n = {}",
            profile.corpus,
            thousands(profile.documents as f64)
        ),
        dispensable: [1, 4, 6].map(Part::Column).to_vec(),
        header: header.map(|title: &str| title.to_owned()).to_vec(),
        words: 2,
        rows: profile.measured.iter().map(row).collect(),
        ..Grid::default()
    }
}

/// Returns the lines below the table.
fn notes(survey: &Survey, profile: &CorpusProfile, all: bool) -> Vec<String> {
    let mut notes = Vec::new();
    let languages: Vec<String> = profile
        .languages
        .iter()
        .map(|(code, count)| format!("{code} {}", thousands(*count as f64)))
        .collect();
    notes.push(format!(
        "{} documents: {}",
        thousands(profile.documents as f64),
        languages.join(", ")
    ));

    if let Some(shares) = tenths(profile) {
        let shares = shares
            .map(|share| format!("{:.0}", 100.0 * share))
            .join(" ");
        notes.push(format!(
            "the oracle's picks, % in each tenth of the documents: {shares}"
        ));
    }

    for ((first, kind), found) in by_first(survey, profile) {
        let within = first == profile.corpus;
        let wherein = if within {
            "an earlier document of it"
        } else {
            first
        };
        let how = kind.name().replace('-', " ");
        notes.push(format!("{how} from {wherein}: {}", found.len()));

        let shown = if all { found.len() } else { SHOWN };
        for repeat in found.iter().take(shown) {
            let Repeat {
                document,
                first_document,
                likeness,
                ..
            } = repeat;
            notes.push(match kind {
                RepeatKind::Same => format!("  {document} = {first_document}"),
                RepeatKind::Nearly => {
                    format!("  {document} ≈ {first_document} ({likeness:.2})")
                }
            });
        }
        if found.len() > shown {
            notes.push(format!("  … and {} more", found.len() - shown));
        }
    }
    notes
}

/// Formats a number with about three significant digits: `0.123`, `12.3`, `1,234`.
fn decimal(value: f64) -> String {
    match value {
        value if value.fract() == 0.0 || value >= 100.0 => thousands(value),
        value if value >= 10.0 => format!("{value:.1}"),
        value if value >= 1.0 => format!("{value:.2}"),
        value => format!("{value:.3}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_about_three_digits() {
        let values = [0.0, 0.123_4, 1.5, 12.34, 123.4, 12_345.6];
        assert_eq!(
            values.map(decimal),
            ["0", "0.123", "1.50", "12.3", "123", "12,346"]
        );
    }
}

//! Measures the sentence segmenters side by side.
//!
//! ```text
//! measure_segmentation [--corpora DIR] [--errors SET | --missed LANGUAGE]
//! measure_segmentation --count FILE
//! ```
//!
//! `--errors` shows what our own segmenter gets wrong in the sets whose name contains `SET`;
//! `--missed` the rules of a language (`all` for every one but English) that sentencex keeps and
//! ours does not, and which of them ours keeps with `--lines join`; `--count` prints how many
//! English sentences it finds in a text.
//!
//! `DIR` holds `segmentation/sentences.jsonl`, `segmentation/golden_rules.jsonl` and
//! `cnndm1000/validation.jsonl`; it defaults to `../shared/corpora`.
//!
//! **Boundary F1.** A boundary is the end of a sentence, counted in characters that are
//! not white space, so that white space is nobody's error. A boundary at the end of a line
//! or of the text is free and not scored. Hits, predictions and golds are pooled over the
//! texts of a set: `P = hits / predictions`, `R = hits / golds`, `F1 = 2PR / (P + R)`.
//! The English figure pools the three English sets; the macro figure is the mean over all sets.
//!
//! **Rules.** A rule holds when the list of sentences is the list wanted, white space aside.
//!
//! **Speed.** Megabytes (10⁶ bytes) of text per second of CPU time of this thread, the best of
//! five passes over all texts of the news corpus, each segmented on its own; reading the file
//! is excluded. Empty where the system does not tell a thread's CPU time.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write as _;
use std::io::Write as _;
use std::iter::Sum;
use std::path::{Path, PathBuf};
use std::time::Duration;

use epitome::text::{LineEnds, Rules, Segmenter, Span};
use serde::Deserialize;

/// One text with the sentences wanted.
#[derive(Deserialize)]
struct Row {
    lang: String,
    set: String,
    id: String,
    text: String,
    sentences: Vec<String>,
}

/// One document of the corpus whose segmentation is timed.
#[derive(Deserialize)]
struct Document {
    text: String,
}

/// A segmenter by name: the sentences of a text in a language.
struct System {
    name: &'static str,
    segment: for<'t> fn(language: &str, text: &'t str) -> Vec<&'t str>,
}

const SYSTEMS: [System; 3] = [
    System {
        name: "own",
        segment: own,
    },
    System {
        name: "sentencex",
        segment: sentencex,
    },
    System {
        name: "uax29",
        segment: uax29,
    },
];

fn own<'t>(language: &str, text: &'t str) -> Vec<&'t str> {
    cut(text, &Segmenter::Own.spans(text, Rules::of(language)))
}

fn uax29<'t>(language: &str, text: &'t str) -> Vec<&'t str> {
    cut(text, &Segmenter::Uax29.spans(text, Rules::of(language)))
}

fn cut<'t>(text: &'t str, spans: &[Span]) -> Vec<&'t str> {
    spans
        .iter()
        .map(|span| &text[span.start as usize..span.end as usize])
        .collect()
}

fn sentencex<'t>(language: &str, text: &'t str) -> Vec<&'t str> {
    sentencex::segment(language, text)
}

/// Hits, predictions and golds.
#[derive(Default, Clone, Copy)]
struct Counts {
    hits: usize,
    predicted: usize,
    wanted: usize,
}

impl Counts {
    /// F1 × 100; two empty sets of boundaries agree.
    fn f1(self) -> f64 {
        match self.predicted + self.wanted {
            0 => 100.0,
            all => 200.0 * to_f64(self.hits) / to_f64(all),
        }
    }
}

impl Sum for Counts {
    fn sum<I: Iterator<Item = Self>>(counts: I) -> Self {
        counts.fold(Self::default(), |all, one| Self {
            hits: all.hits + one.hits,
            predicted: all.predicted + one.predicted,
            wanted: all.wanted + one.wanted,
        })
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let options = Options::read()?;

    if let Some(path) = &options.count {
        let text = std::fs::read_to_string(path)
            .map_err(|error| format!("{}: {error}", path.display()))?;
        writeln!(std::io::stdout(), "{}", own("en", &text).len())?;
        return Ok(());
    }

    let segmentation = options.corpora.join("segmentation");
    let rows: Vec<Row> = lines(&segmentation.join("sentences.jsonl"))?;
    let rules: Vec<Row> = lines(&segmentation.join("golden_rules.jsonl"))?;
    let report = if let Some(set) = &options.errors {
        errors(&rows, &rules, set)
    } else if let Some(language) = &options.missed {
        missed(&rules, language)
    } else {
        let news: Vec<Document> =
            lines(&options.corpora.join("cnndm1000/validation.jsonl"))?;
        table(&rows, &rules, &news)
    };

    std::io::stdout().write_all(report.as_bytes())?;
    Ok(())
}

/// What the command line asks for.
struct Options {
    corpora: PathBuf,
    errors: Option<String>,
    missed: Option<String>,
    count: Option<PathBuf>,
}

impl Options {
    fn read() -> Result<Self, String> {
        let mut options = Self {
            corpora: "../shared/corpora".into(),
            errors: None,
            missed: None,
            count: None,
        };
        let mut arguments = std::env::args().skip(1);
        while let Some(name) = arguments.next() {
            let value = arguments.next().ok_or(format!("`{name}` wants a value"))?;
            match name.as_str() {
                "--corpora" => options.corpora = value.into(),
                "--count" => options.count = Some(value.into()),
                "--errors" => options.errors = Some(value),
                "--missed" => options.missed = Some(value),
                _ => return Err(format!("`{name}` is not an option")),
            }
        }
        Ok(options)
    }
}

fn lines<T: for<'de> Deserialize<'de>>(path: &Path) -> Result<Vec<T>, Box<dyn Error>> {
    let file = std::fs::read_to_string(path)
        .map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(file
        .lines()
        .map(serde_json::from_str)
        .collect::<Result<_, _>>()?)
}

/// The whole table, as Markdown.
fn table(rows: &[Row], rules: &[Row], news: &[Document]) -> String {
    let mut report = String::from("| |");
    for system in &SYSTEMS {
        let _ = write!(report, " {} |", system.name);
    }
    report.push_str("\n|---|---|---|---|\n");
    f1_lines(rows, &mut report);
    rule_lines(rules, &mut report);
    line(
        &mut report,
        "MB/s of CPU",
        &SYSTEMS.each_ref().map(|system| speed(system, news)),
    );
    report
}

fn line(report: &mut String, name: &str, cells: &[String; 3]) {
    let _ = writeln!(report, "| {name} | {} |", cells.join(" | "));
}

fn f1_lines(rows: &[Row], report: &mut String) {
    let sets: BTreeSet<&str> = rows.iter().map(|row| row.set.as_str()).collect();
    let counts: Vec<(&str, [Counts; 3])> = sets
        .into_iter()
        .map(|set| {
            (
                set,
                SYSTEMS.each_ref().map(|system| count(rows, set, system)),
            )
        })
        .collect();

    for (set, counts) in &counts {
        line(
            report,
            set,
            &counts.map(|counts| format!("{:.2}", counts.f1())),
        );
    }

    let english = [0, 1, 2].map(|system| {
        let sets = counts.iter().filter(|(set, _)| set.starts_with("English"));
        let pooled: Counts = sets.map(|(_, counts)| counts[system]).sum();
        format!("{:.2}", pooled.f1())
    });

    let macro_mean = [0, 1, 2].map(|system| {
        let sum: f64 = counts.iter().map(|(_, counts)| counts[system].f1()).sum();
        format!("{:.2}", sum / to_f64(counts.len()))
    });

    line(report, "**English, pooled**", &english);
    line(report, "**all sets, macro**", &macro_mean);
}

fn count(rows: &[Row], set: &str, system: &System) -> Counts {
    let rows = rows.iter().filter(|row| row.set == set);
    rows.map(|row| compare(row, &(system.segment)(&row.lang, &row.text)))
        .sum()
}

/// The counts of one text.
fn compare(row: &Row, predicted: &[&str]) -> Counts {
    let free = free_boundaries(&row.text);
    let predicted = &boundaries(predicted.iter().copied()) - &free;
    let wanted = &boundaries(row.sentences.iter().map(String::as_str)) - &free;
    Counts {
        hits: predicted.intersection(&wanted).count(),
        predicted: predicted.len(),
        wanted: wanted.len(),
    }
}

/// Ends of sentences, counted in characters that are not white space.
fn boundaries<'t>(sentences: impl Iterator<Item = &'t str>) -> BTreeSet<usize> {
    sentences
        .scan(0, |end, sentence| {
            *end += inked(sentence);
            Some(*end)
        })
        .collect()
}

/// Ends of lines, the last one included.
fn free_boundaries(text: &str) -> BTreeSet<usize> {
    boundaries(text.lines())
}

/// How many characters are not white space.
fn inked(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

fn rule_lines(rules: &[Row], report: &mut String) {
    let mut groups: BTreeMap<String, Vec<&Row>> = BTreeMap::new();

    for rule in rules {
        let source = rule.set.split(':').next().unwrap_or_default();
        groups
            .entry(format!("rules {} {source}", rule.lang))
            .or_default()
            .push(rule);
        if rule.set == ENGLISH_RULES {
            groups
                .entry("**English golden rules**".into())
                .or_default()
                .push(rule);
        }
        groups.entry("**all rules**".into()).or_default().push(rule);
    }

    for (name, rules) in &groups {
        let kept = |system: &System| {
            rules
                .iter()
                .filter(|rule| holds(rule, system))
                .count()
                .to_string()
        };
        line(
            report,
            &format!("{name}, {}", rules.len()),
            &SYSTEMS.each_ref().map(kept),
        );
    }
}

/// The set of pySBD's 48 English rules.
const ENGLISH_RULES: &str = "pysbd:GOLDEN_EN_RULES_TEST_CASES";

fn holds(rule: &Row, system: &System) -> bool {
    agrees(rule, (system.segment)(&rule.lang, &rule.text).into_iter())
}

/// Whether a rule holds for our own segmenter if the lines of its text are joined.
fn holds_joined(rule: &Row) -> bool {
    rule.lang.parse().is_ok_and(|language| {
        let found = LineEnds::Join.sentences(&rule.text, language);
        agrees(rule, found.iter().map(String::as_str))
    })
}

fn agrees<'t>(rule: &Row, found: impl Iterator<Item = &'t str>) -> bool {
    let found: Vec<String> = found.map(bare).filter(|text| !text.is_empty()).collect();
    let wanted: Vec<String> = rule.sentences.iter().map(|text| bare(text)).collect();
    found == wanted
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn speed(system: &System, news: &[Document]) -> String {
    let bytes: usize = news.iter().map(|document| document.text.len()).sum();
    let pass = |_| {
        let before = cpu_time()?;
        for document in news {
            std::hint::black_box((system.segment)("en", &document.text));
        }
        cpu_time()?.checked_sub(before)
    };
    match (0..5).filter_map(pass).min() {
        Some(time) if !time.is_zero() => {
            format!("{:.0}", to_f64(bytes) / 1e6 / time.as_secs_f64())
        }
        _ => String::new(),
    }
}

/// CPU time this thread has used, as Linux tells it.
fn cpu_time() -> Option<Duration> {
    let file = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(Duration::from_nanos(file.split(' ').next()?.parse().ok()?))
}

/// Every text of a set that our own segmenter gets wrong; `+` marks a boundary too many,
/// `-` one that is missing.
fn errors(rows: &[Row], rules: &[Row], set: &str) -> String {
    let mut report = String::new();
    for row in rows.iter().filter(|row| row.set.contains(set)) {
        let free = free_boundaries(&row.text);
        let found = &boundaries(own(&row.lang, &row.text).into_iter()) - &free;
        let wanted = &boundaries(row.sentences.iter().map(String::as_str)) - &free;
        for &place in found.symmetric_difference(&wanted) {
            let sign = if wanted.contains(&place) { '-' } else { '+' };
            let _ = writeln!(report, "{sign} {}  [{}]", around(&row.text, place), row.id);
        }
    }
    for rule in rules.iter().filter(|rule| rule.set.contains(set)) {
        if !holds(rule, &SYSTEMS[0]) {
            let found = own(&rule.lang, &rule.text).join(" | ");
            let wanted = rule.sentences.join(" | ");
            let _ = writeln!(report, "found  {found}\nwanted {wanted}\n");
        }
    }
    report
}

/// The rules of a language that sentencex keeps and our own segmenter does not.
fn missed(rules: &[Row], language: &str) -> String {
    let mut report = String::new();
    let of_language =
        |rule: &&Row| rule.lang == language || language == "all" && rule.lang != "en";
    for rule in rules.iter().filter(of_language) {
        if holds(rule, &SYSTEMS[1]) && !holds(rule, &SYSTEMS[0]) {
            let found = own(&rule.lang, &rule.text).join(" | ");
            let wanted = rule.sentences.join(" | ");
            let set = &rule.set;
            let joined = if holds_joined(rule) {
                ", kept with --lines join"
            } else {
                ""
            };
            let _ = writeln!(report, "{set}{joined}\nfound  {found}\nwanted {wanted}\n");
        }
    }
    report
}

/// The text around a boundary, which is shown as `⏹`.
fn around(text: &str, place: usize) -> String {
    let mut inked = 0;
    let end = text
        .char_indices()
        .find(|(_, c)| {
            inked += usize::from(!c.is_whitespace());
            inked == place
        })
        .map_or(text.len(), |(at, c)| at + c.len_utf8());
    let left: Vec<char> = text[..end].chars().rev().take(60).collect();
    let left: String = left.into_iter().rev().collect();
    let right: String = text[end..].chars().take(40).collect();
    format!("{left}⏹{right}").replace('\n', "⏎")
}

fn to_f64(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}

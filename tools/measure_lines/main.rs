//! Measures what is made of line ends.
//!
//! ```text
//! measure_lines [--corpora DIR] [--show N]
//! ```
//!
//! **Wrapped.** Every text of `cnndm1000` is one line. It is wrapped at a width, as many
//! words to a line as fit, and its sentences are compared with those of the line itself:
//! ends of sentences, counted in characters that are not white space. `kept` is the share
//! of the ends of the unwrapped text that the wrapped one has, `right` the share of the
//! wrapped one's that the unwrapped has; `joined` the share of the line ends. The rows
//! `paragraphs` break every text behind each fifth sentence first, with a blank line between.
//!
//! **A sentence a line.** Of corpora whose lines are sentences or paragraphs, how many of
//! the ends of lines are still ends of sentences. Texts that are hard-wrapped are left out (in
//! `SciTLDR` 62 of 618 are): a tenth of their line ends stand inside a sentence, with
//! no mark before them and a small letter behind.
//!
//! **Hard-wrapped corpora.** How many of the line ends are joined; no sentences are known.
//!
//! `--show N` prints the first N line ends of each corpus that were decided otherwise
//! than wanted.

use std::collections::BTreeSet;
use std::error::Error;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use epitome::text::{Language, LineEnds, Rules, Segmenter};
use serde::Deserialize;

/// One document.
#[derive(Deserialize)]
struct Document {
    text: String,
    #[serde(default)]
    lang: Option<String>,
}

/// Corpora in which a line is a sentence or a paragraph.
const BY_LINES: [&str; 8] = [
    "scitldr_a/test.jsonl",
    "opinosis/all.jsonl",
    "klexikon/validation20.jsonl",
    "summa10/all.jsonl",
    "fewsum_amazon/train.jsonl",
    "qmsum/val.jsonl",
    "temario/all.jsonl",
    "wikinews_fr/all.jsonl",
];

/// Corpora that were wrapped by hand or are the text of PDF files.
const WRAPPED: [&str; 3] = [
    "inspec/test.jsonl",
    "semeval2010/trial.jsonl",
    "wiki20/all.jsonl",
];

const WIDTHS: [usize; 4] = [50, 60, 72, 80];

fn main() -> Result<(), Box<dyn Error>> {
    let (mut corpora, mut show) = (PathBuf::from("../shared/corpora"), 0);
    let mut arguments = std::env::args().skip(1);

    while let Some(name) = arguments.next() {
        let value = arguments.next().ok_or(format!("`{name}` wants a value"))?;
        match name.as_str() {
            "--corpora" => corpora = value.into(),
            "--show" => show = value.parse()?,
            _ => return Err(format!("`{name}` is not an option").into()),
        }
    }

    let mut report = String::from("corpus,width,documents,line_ends,joined,kept,right\n");
    let news = read(&corpora.join("cnndm1000/validation.jsonl"))?;
    for width in WIDTHS {
        report.push_str(&wrapped("cnndm1000", &news, width, usize::MAX, show)?);
        report.push_str(&wrapped("cnndm1000 paragraphs", &news, width, 5, show)?);
    }

    for name in BY_LINES {
        report.push_str(&by_lines(name, &read(&corpora.join(name))?, show)?);
    }
    for name in WRAPPED {
        report.push_str(&hard_wrapped(name, &read(&corpora.join(name))?)?);
    }
    std::io::stdout().write_all(report.as_bytes())?;
    Ok(())
}

fn read(path: &Path) -> Result<Vec<Document>, Box<dyn Error>> {
    let file = std::fs::read_to_string(path)
        .map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(file
        .lines()
        .map(serde_json::from_str)
        .collect::<Result<_, _>>()?)
}

/// The language of a document.
fn language(document: &Document) -> Result<Language, Box<dyn Error>> {
    Ok(document.lang.as_deref().unwrap_or("en").parse()?)
}

/// Ends of sentences, counted in characters that are not white space.
fn ends(text: &str, language: Language, line_ends: LineEnds) -> BTreeSet<usize> {
    let flat = line_ends.on_one_line(text, language);
    let spans = Segmenter::Own.spans(&flat, Rules::of(language.code()));
    let mut ink = Ink::default();
    spans
        .iter()
        .map(|span| ink.up_to(text, span.end as usize))
        .collect()
}

/// Characters that are not white space, counted up to a place.
#[derive(Default)]
struct Ink {
    at: usize,
    count: usize,
}

impl Ink {
    fn up_to(&mut self, text: &str, at: usize) -> usize {
        self.count += text[self.at..at]
            .chars()
            .filter(|c| !c.is_whitespace())
            .count();
        self.at = at;
        self.count
    }
}

/// Line ends with a line that is not blank on both sides.
fn line_ends(text: &str) -> BTreeSet<usize> {
    let (mut count, mut ends, mut last) = (0, BTreeSet::new(), None);
    for line in text.split('\n') {
        if line.trim().is_empty() {
            last = None;
            continue;
        }
        ends.extend(last);
        count += line.chars().filter(|c| !c.is_whitespace()).count();
        last = Some(count);
    }
    ends
}

fn joined(text: &str, line_ends: LineEnds) -> usize {
    line_ends
        .blocks(text)
        .iter()
        .map(|block| block.joined)
        .sum()
}

/// As many words to a line as fit into a width; a blank line behind every `sentences`.
fn wrap(text: &str, width: usize, sentences: usize, language: Language) -> String {
    let mut out = String::with_capacity(text.len() + 8);

    for paragraph in LineEnds::Auto.sentences(text, language).chunks(sentences) {
        if !out.is_empty() {
            out.push_str("\n\n");
        }
        let mut length = 0;
        for word in paragraph
            .iter()
            .flat_map(|sentence| sentence.split_whitespace())
        {
            let more = word.chars().count();
            if length > 0 && length + 1 + more > width {
                out.push('\n');
                length = more;
            } else {
                out.push_str(if length > 0 { " " } else { "" });
                length += usize::from(length > 0) + more;
            }
            out.push_str(word);
        }
    }

    out
}

fn wrapped(
    name: &str,
    documents: &[Document],
    width: usize,
    sentences: usize,
    mut show: usize,
) -> Result<String, Box<dyn Error>> {
    let [mut all, mut ours, mut both, mut breaks, mut seams] = [0; 5];

    for document in documents {
        let language = language(document)?;
        let text = wrap(&document.text, width, sentences, language);
        let wanted = ends(
            &text.replace("\n\n", "\u{c}").replace('\n', " "),
            language,
            LineEnds::Auto,
        );
        let found = ends(&text, language, LineEnds::Auto);
        all += wanted.len();
        ours += found.len();
        both += wanted.intersection(&found).count();
        breaks += line_ends(&text).len();
        seams += joined(&text, LineEnds::Auto);
        for &place in wanted.symmetric_difference(&found).take(show) {
            show -= 1;
            let sign = if found.contains(&place) {
                "cut"
            } else {
                "run on"
            };
            eprint(&format!("{name} {width}: {sign}: {}", around(&text, place)))?;
        }
    }

    Ok(format!(
        "{name},{width},{},{breaks},{:.4},{:.4},{:.4}\n",
        documents.len(),
        share(seams, breaks),
        share(both, all),
        share(both, ours)
    ))
}

fn by_lines(
    name: &str,
    documents: &[Document],
    mut show: usize,
) -> Result<String, Box<dyn Error>> {
    let [mut all, mut both, mut seams, mut count] = [0; 4];
    for document in documents
        .iter()
        .filter(|document| !is_wrapped(&document.text))
    {
        count += 1;
        let wanted = line_ends(&document.text);
        let found = ends(&document.text, language(document)?, LineEnds::Auto);
        all += wanted.len();
        both += wanted.intersection(&found).count();
        seams += joined(&document.text, LineEnds::Auto);
        for &place in wanted.difference(&found).take(show) {
            show -= 1;
            eprint(&format!("{name}: {}", around(&document.text, place)))?;
        }
    }
    let (joined, kept) = (share(seams, all), share(both, all));
    Ok(format!("{name},,{count},{all},{joined:.4},{kept:.4},\n"))
}

/// Whether a tenth of the line ends of a text stand inside a sentence.
fn is_wrapped(text: &str) -> bool {
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|it| !it.is_empty())
        .collect();
    let inside = |two: &&[&str]| {
        two[0].ends_with(char::is_alphanumeric) && two[1].starts_with(char::is_lowercase)
    };
    10 * lines.windows(2).filter(inside).count() >= lines.len()
}

fn hard_wrapped(name: &str, documents: &[Document]) -> Result<String, Box<dyn Error>> {
    let all: usize = documents.iter().map(|it| line_ends(&it.text).len()).sum();
    let seams: usize = documents
        .iter()
        .map(|it| joined(&it.text, LineEnds::Auto))
        .sum();
    let mut line = String::new();
    write!(
        line,
        "{name},,{},{all},{:.4},,",
        documents.len(),
        share(seams, all)
    )?;
    Ok(line + "\n")
}

fn eprint(line: &str) -> std::io::Result<()> {
    writeln!(std::io::stderr(), "{line}")
}

/// The text around a place, which is shown as `⏹`.
fn around(text: &str, place: usize) -> String {
    let inked = text.char_indices().filter(|(_, c)| !c.is_whitespace());
    let at = inked
        .skip(place)
        .map(|(at, _)| at)
        .next()
        .unwrap_or(text.len());
    let left: Vec<char> = text[..at].chars().rev().take(70).collect();
    let left: String = left.into_iter().rev().collect();
    let right: String = text[at..].chars().take(50).collect();
    format!("{left}⏹{right}").replace('\n', "⏎")
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2⁵³")]
fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

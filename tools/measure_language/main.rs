//! Measures how often the language of a text is told wrongly, or not told.
//!
//! ```text
//! measure_language [--corpora DIR] [--show N]
//! ```
//!
//! A row a corpus and a kind of its texts: `title`, `summary` (each, or each line of one),
//! `text`, `sentence`. `wrong` is the share of the texts for which another language than the
//! corpus's own is told, `undetermined` that for which none is. `--show N` prints the
//! first N wrong ones of each row.

use std::error::Error;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use epitome::text::Language;
use serde::Deserialize;

/// One document.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Document {
    text: String,
    title: Option<String>,
    lang: Option<String>,
    summaries: Vec<String>,
    sentences: Vec<String>,
}

/// The texts of one kind that a document has.
type Texts = fn(&Document) -> Vec<String>;

const CORPORA: [&str; 12] = [
    "cnndm1000/validation.jsonl",
    "inspec/test.jsonl",
    "scitldr_a/test.jsonl",
    "semeval2017/test.jsonl",
    "kpcrowd500/test.jsonl",
    "opinosis/all.jsonl",
    "qmsum/val.jsonl",
    "klexikon/validation20.jsonl",
    "temario/all.jsonl",
    "pt110/all.jsonl",
    "wikinews_fr/all.jsonl",
    "segmentation/sentences.jsonl",
];

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

    let mut out = std::io::stdout().lock();
    writeln!(out, "corpus,kind,texts,wrong,undetermined")?;
    for name in CORPORA {
        let documents = read(&corpora.join(name))?;
        let kinds: [(&str, Texts); 4] = [
            ("title", |it| it.title.clone().into_iter().collect()),
            ("summary", |it| {
                it.summaries
                    .iter()
                    .flat_map(|it| it.lines())
                    .map(str::to_owned)
                    .collect()
            }),
            ("text", |it| vec![it.text.clone()]),
            ("sentence", |it| it.sentences.clone()),
        ];
        for (kind, texts) in kinds {
            if let Some(row) = row(&documents, texts, show)? {
                writeln!(out, "{name},{kind},{row}")?;
            }
        }
    }

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

/// The figures of the texts of one kind; none where there are none.
fn row(
    documents: &[Document],
    texts: Texts,
    mut show: usize,
) -> Result<Option<String>, Box<dyn Error>> {
    let [mut all, mut wrong, mut none] = [0_u32; 3];

    for document in documents {
        let own: Language = document.lang.as_deref().unwrap_or("en").parse()?;
        for text in texts(document)
            .iter()
            .filter(|it| it.contains(char::is_alphabetic))
        {
            let told = Language::detect(text);
            all += 1;
            if told == Language::undetermined() {
                none += 1;
            } else if told != own {
                wrong += 1;
                if show > 0 {
                    show -= 1;
                    let start: String = text.chars().take(100).collect();
                    writeln!(
                        std::io::stderr(),
                        "{} for {}: {start}",
                        told.code(),
                        own.code()
                    )?;
                }
            }
        }
    }

    let share = |count: u32| f64::from(count) / f64::from(all.max(1));
    Ok((all > 0).then(|| format!("{all},{:.4},{:.4}", share(wrong), share(none))))
}

//! The open corpora, analysed once.

use std::{error::Error, path::Path, sync::Arc};

use epitome::{
    corpus::{
        self, Record,
        import::{ImportFormat, ImportLimits, ImportOptions, Item, Tree},
    },
    learnt,
    metric::Task,
    text::{
        Analyser, AnalysisNeeds, CorpusNeeds, CorpusStatistics, CorpusView, Document,
        Language, LineEnds, Segmenter, Source,
    },
};

use crate::phrases::Phrases;

/// The open corpora of the shared folder, with the files of each.
const SUMMARIES: [(&str, &[&str]); 11] = [
    ("cnndm1000", &["cnndm1000/validation"]),
    ("scitldr_a", &["scitldr_a/test"]),
    ("klexikon", &["klexikon/validation20"]),
    ("temario", &["temario/all"]),
    ("legal_plain", &["legal_plain/all"]),
    ("qmsum", &["qmsum/val"]),
    ("opinosis", &["opinosis/all"]),
    (
        "fewsum_amazon",
        &[
            "fewsum_amazon/train",
            "fewsum_amazon/val",
            "fewsum_amazon/test",
        ],
    ),
    ("summa10", &["summa10/all"]),
    ("summeval", &["summeval/test"]),
    ("newsroom60", &["newsroom60/test"]),
];

/// The open corpora of keyphrases, with the files of each.
const KEYPHRASES: [(&str, &[&str]); 7] = [
    ("inspec", &["inspec/dev"]),
    (
        "semeval2017",
        &["semeval2017/train", "semeval2017/dev", "semeval2017/test"],
    ),
    ("kpcrowd500", &["kpcrowd500/dev", "kpcrowd500/test"]),
    ("semeval2010", &["semeval2010/trial"]),
    ("wikinews_fr", &["wikinews_fr/all"]),
    ("pt110", &["pt110/all"]),
    ("wiki20", &["wiki20/all"]),
];

/// A corpus in memory.
pub(crate) struct Corpus {
    pub(crate) name: String,
    pub(crate) texts: Vec<Text>,
    /// The median number of words of a reference summary.
    pub(crate) words: usize,
}

/// A document with its references.
pub(crate) struct Text {
    pub(crate) document: Document,
    pub(crate) view: CorpusView,
    pub(crate) summaries: Vec<String>,
    pub(crate) keyphrases: Vec<String>,
    /// The candidates of the extractor `epitome`, once they are filled in.
    pub(crate) phrases: Option<Phrases>,
    /// The fingerprint of its text.
    pub(crate) fingerprint: u32,
}

/// Returns the corpora of the shared folder with references for a task, and those of
/// `more`, which are given as `NAME=PATH`, `NAME=PATH@COUNT` or `NAME=PATH@COUNT@LANGUAGE`.
/// `PATH` is a folder or file that `epitome corpus add` imports. Documents without
/// references or in another language are left out; of the others, `COUNT` at even
/// distances are taken.
pub(crate) fn read(
    task: Task,
    shared: &Path,
    more: &[&str],
) -> Result<Vec<Corpus>, Box<dyn Error>> {
    let known: &[(&str, &[&str])] = match task {
        Task::Summaries => &SUMMARIES,
        Task::Keyphrases => &KEYPHRASES,
    };

    let mut corpora = Vec::new();
    for (name, files) in known {
        let mut records = Vec::new();
        for file in *files {
            let path = shared.join(format!("corpora/{file}.jsonl"));
            records.extend(of_file(&path.display().to_string())?);
        }
        corpora.push(corpus(task, name, referenced(records, task))?);
    }

    for argument in more {
        let (name, place) = argument
            .split_once('=')
            .ok_or(format!("`{argument}` is not NAME=PATH"))?;
        let mut parts = place.split('@');
        let path = parts.next().unwrap_or_default();
        let count = parts.next().map(str::parse).transpose()?;
        let language = parts.next();

        let mut records = referenced(imported(path)?, task);
        records.retain(|record| language.is_none_or(|it| record.language == it));
        corpora.push(corpus(
            task,
            name,
            spread(records, count.unwrap_or(usize::MAX)),
        )?);
    }
    Ok(corpora)
}

/// Returns the records of a corpus in its original format.
fn imported(path: &str) -> Result<Vec<Record>, Box<dyn Error>> {
    let tree = Tree::open(path.as_ref(), ImportLimits::STANDARD)?;
    let format = ImportFormat::of(&tree).ok_or(format!("{path}: no known format"))?;
    let mut records = Vec::new();
    format.import(&tree, &ImportOptions::default(), &mut |_, item| {
        if let Item::Document(record) = item {
            records.push(*record);
        }
        Ok(())
    })?;
    Ok(records)
}

fn of_file(file: &str) -> Result<Vec<Record>, Box<dyn Error>> {
    let mut records = Vec::new();
    for source in corpus::open(file)?.records()? {
        records.push(source?.parse()?);
    }
    Ok(records)
}

/// Returns the records that have references for a task.
fn referenced(mut records: Vec<Record>, task: Task) -> Vec<Record> {
    records.retain(|record| match task {
        Task::Summaries => !record.summaries.is_empty(),
        Task::Keyphrases => !record.keyphrases.is_empty(),
    });
    records
}

/// Returns at most `count` records at even distances.
fn spread(records: Vec<Record>, count: usize) -> Vec<Record> {
    let step = (records.len() / count.max(1)).max(1);
    records.into_iter().step_by(step).take(count).collect()
}

fn corpus(
    task: Task,
    name: &str,
    records: Vec<Record>,
) -> Result<Corpus, Box<dyn Error>> {
    let mut analyser = Analyser::new(AnalysisNeeds {
        tags: task == Task::Keyphrases,
    });
    let mut texts = Vec::new();
    for record in records {
        texts.push(Text {
            document: document(&mut analyser, &record)?,
            view: CorpusView::none(),
            summaries: record.summaries,
            keyphrases: record.keyphrases,
            phrases: None,
            fingerprint: learnt::fingerprint(&record.text),
        });
    }

    if task == Task::Keyphrases {
        count(&mut texts);
    }
    let words = median(texts.iter().flat_map(|text| &text.summaries));
    Ok(Corpus {
        name: name.to_owned(),
        texts,
        words,
    })
}

/// Returns the document of a record, as a run reads it.
fn document(
    analyser: &mut Analyser,
    record: &Record,
) -> Result<Document, Box<dyn Error>> {
    let language = match record.language.as_str() {
        "" => Language::detect_with(&record.title, &record.text),
        code => code.parse()?,
    };
    let line_ends = match record.is_by_lines() {
        true => LineEnds::Sentences,
        false => LineEnds::Auto,
    };
    let source = Source {
        id: &record.id,
        title: &record.title,
        text: &record.text,
        language,
        segmenter: Segmenter::Own,
        line_ends,
    };
    Ok(analyser.analyse_cluster(source, &record.documents))
}

/// Gives every document the document frequencies of its corpus, as a run does.
fn count(texts: &mut [Text]) {
    let mut statistics = CorpusStatistics::new(CorpusNeeds {
        idf: true,
        phrases: true,
        ngrams: true,
    });
    for text in &*texts {
        statistics.add(&text.document);
    }
    let statistics = Arc::new(statistics);
    for text in texts {
        text.view = CorpusView::of(Some(&statistics), &text.document);
    }
}

/// Returns the median number of words of the texts, the lower one of two; 0 if there are
/// none.
fn median<'a>(texts: impl Iterator<Item = &'a String>) -> usize {
    let mut counts: Vec<usize> =
        texts.map(|text| text.split_whitespace().count()).collect();
    counts.sort_unstable();
    let middle = counts.len().saturating_sub(1) / 2;
    counts.get(middle).copied().unwrap_or(0)
}

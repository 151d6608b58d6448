//! The corpora that are fitted on, as features of candidates.

use std::{error::Error, fs, path::Path, sync::Arc};

use epitome::{
    keywords::KeywordExtractor,
    metric::{Metric, MetricSet, Task},
    registry::Registry,
    text::{
        Analyser, AnalysisNeeds, CorpusStatistics, CorpusView, Document, LineEnds,
        Segmenter, Source,
    },
};
use serde_json::Value;

use crate::{
    exponents::{COMMITTED, Exponents, NAMES, at, score},
    features,
};

/// Parts that are there to learn from, and the whole of those that have no parts.
const CORPORA: [&str; 7] = [
    "inspec/train",
    "semeval2017/train",
    "kpcrowd500/dev",
    "semeval2010/trial",
    "wikinews_fr/all",
    "pt110/all",
    "wiki20/all",
];

/// Phrases that are looked at.
const K: usize = 10;

pub(crate) struct Corpus {
    pub(crate) name: &'static str,
    texts: Vec<Text>,
}

/// A text as the search sees it.
struct Text {
    /// In tokens, as the extractor takes it.
    length: f64,
    gold: f64,
    /// In order of first occurrence.
    candidates: Vec<([f64; NAMES.len()], bool)>,
}

impl Corpus {
    /// The mean F1@10, a phrase being right if it is alone.
    pub(crate) fn f1(&self, exponents: &Exponents) -> f64 {
        let f1 = |text: &Text| text.f1(&at(exponents, text.length));
        self.texts.iter().map(f1).sum::<f64>() / self.texts.len() as f64
    }
}

impl Text {
    fn f1(&self, exponents: &[f64; NAMES.len()]) -> f64 {
        let scores = self.candidates.iter();
        let scores = scores.map(|(logarithms, hit)| (score(exponents, logarithms), *hit));
        let mut scores: Vec<(f64, bool)> = scores.collect();
        scores.sort_by(|a, b| b.0.total_cmp(&a.0)); // stable: the earlier of equals
        scores.truncate(K);
        let hits = scores.iter().filter(|it| it.1).count() as f64;
        if hits == 0.0 {
            return 0.0;
        }
        2.0 * hits / (scores.len() as f64 + self.gold)
    }
}

pub(crate) fn read(folder: &Path) -> Result<Vec<Corpus>, Box<dyn Error>> {
    let registry = Registry::standard();
    let extractor = registry.extractor(&"epitome".parse()?)?.value;
    let metric = registry.metric(&"keyphrase-f1@10".parse()?)?.value;
    let mut corpora = Vec::new();

    for name in CORPORA {
        let lines = fs::read_to_string(folder.join(format!("{name}.jsonl")))?;
        let records: Vec<Value> = lines
            .lines()
            .map(serde_json::from_str)
            .collect::<Result<_, _>>()?;
        let mut statistics = CorpusStatistics::default();
        let mut plain = Analyser::default();
        for record in &records {
            statistics.add(&analysed(&mut plain, record)?);
        }
        let statistics = Arc::new(statistics);
        let mut analyser = Analyser::new(AnalysisNeeds { tags: true });
        let mut texts = Vec::new();
        for record in &records {
            let document = analysed(&mut analyser, record)?;
            let corpus = CorpusView::of(Some(&statistics), &document);
            texts.push(text(
                &document,
                &corpus,
                record,
                extractor.as_ref(),
                metric.as_ref(),
            )?);
        }
        corpora.push(Corpus { name, texts });
    }

    Ok(corpora)
}

fn analysed(analyser: &mut Analyser, record: &Value) -> Result<Document, Box<dyn Error>> {
    Ok(analyser.analyse(Source {
        id: "",
        title: record["title"].as_str().unwrap_or(""),
        text: record["text"].as_str().unwrap_or(""),
        language: record["lang"].as_str().unwrap_or("en").parse()?,
        segmenter: Segmenter::Own,
        line_ends: LineEnds::Auto,
    }))
}

/// Checks on the way that the extractor weighs by the features and exponents of this
/// program.
fn text(
    document: &Document,
    corpus: &CorpusView,
    record: &Value,
    extractor: &dyn KeywordExtractor,
    metric: &dyn Metric,
) -> Result<Text, Box<dyn Error>> {
    let mut phrases = extractor.extract(document, corpus, usize::MAX);
    phrases.sort_by_key(|phrase| phrase.occurrences[0].start);
    let gold = record["keyphrases"].as_array().into_iter().flatten();
    let gold: Vec<String> = gold.filter_map(Value::as_str).map(str::to_owned).collect();
    let mut metric_set = MetricSet::new(Task::Keyphrases, [metric]);
    let references = metric_set.references([gold.as_slice()]);
    let mut length = document.tokens().len() as f64;
    if document.tags().is_none() {
        length = length.max(COMMITTED[1].length);
    }
    let features = features::of(document, corpus, &phrases);
    let mut text = Text {
        length,
        gold: 0.0,
        candidates: Vec::new(),
    };

    for (phrase, logarithms) in phrases.iter().zip(features) {
        let expected = score(&at(&COMMITTED, length), &logarithms).exp();
        if (phrase.score / expected - 1.0).abs() > 1e-9 {
            let (text, score) = (&phrase.text, phrase.score);
            return Err(format!("`{text}` has {score}, not {expected}").into());
        }
        let candidate = metric_set.candidate([phrase.text.as_str()]);
        let found = metric_set.prepare(&references).measure(&candidate);
        let recall = metric.score(&found[0]).recall.unwrap_or(0.0);
        if recall > 0.0 {
            text.gold = 1.0 / recall;
        }
        text.candidates.push((logarithms, recall > 0.0));
    }

    Ok(text)
}

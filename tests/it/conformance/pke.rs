//! The keyphrases of pke 2.0 on the same words and parts of speech.

use std::{collections::BTreeSet, env, fmt::Write as _, sync::Arc};

use epitome::{
    keywords::KeywordExtractor,
    registry::Registry,
    text::{
        Analyser, CorpusNeeds, CorpusStatistics, CorpusView, Document, LooseWord, Tag,
        TaggedText,
    },
};
use serde_json::Value;

use super::{
    agreement::{Agreement, has_lists},
    shared,
};

/// An output of pke, what we call it in `profile=pke`, and why documents differ.
const MODELS: &[(&str, &str, &str)] = &[
    ("inspec/pke_spacy_FirstPhrases", "first-phrases", ""),
    (
        "inspec/pke_spacy_FirstPhrases+np",
        "first-phrases(candidates=noun-phrases)",
        "",
    ),
    ("inspec/pke_spacy_TextRank", "text-rank", ""),
    (
        "inspec/pke_spacy_TextRank+np",
        "text-rank(candidates=noun-phrases)",
        "",
    ),
    ("inspec/pke_spacy_SingleRank", "single-rank", ""),
    ("inspec/pke_spacy_PositionRank", "position-rank", ""),
    (
        "inspec/pke_spacy_PositionRank+np",
        "position-rank(max-words=100)",
        "",
    ),
    ("inspec/pke_spacy_TopicRank", "topic-rank", ""),
    ("inspec/pke_spacy_MultipartiteRank", "multipartite-rank", ""),
    (
        "inspec/pke_spacy_MultipartiteRank+np",
        "multipartite-rank(candidates=noun-phrases)",
        UNFILTERED,
    ),
    ("inspec/pke_spacy_TfIdf", "tf-idf", FIRST_FORM),
    (
        "inspec/pke_spacy_TfIdf+np",
        "tf-idf(candidates=noun-phrases)",
        UNFILTERED,
    ),
    ("inspec/pke_spacy_KPMiner", "kp-miner", FIRST_FORM),
    ("sem3/pke_spacy_FirstPhrases", "first-phrases", ""),
    ("sem3/pke_spacy_TextRank", "text-rank", ""),
    ("sem3/pke_spacy_SingleRank", "single-rank", ""),
    ("sem3/pke_spacy_PositionRank", "position-rank", ""),
    ("sem3/pke_spacy_TopicRank", "topic-rank", ""),
    ("sem3/pke_spacy_MultipartiteRank", "multipartite-rank", ""),
    ("sem3/pke_spacy_TfIdf", "tf-idf", DF),
    ("sem3/pke_spacy_KPMiner", "kp-miner", DF),
    ("inspec/pke_pseudo_FirstPhrases", "first-phrases", ""),
    ("inspec/pke_pseudo_TextRank", "text-rank", ""),
    ("inspec/pke_pseudo_SingleRank", "single-rank", ""),
    ("inspec/pke_pseudo_PositionRank", "position-rank", ""),
    ("inspec/pke_pseudo_TopicRank", "topic-rank", ""),
    (
        "inspec/pke_pseudo_MultipartiteRank",
        "multipartite-rank",
        "",
    ),
    ("sem3/pke_pseudo_FirstPhrases", "first-phrases", ""),
    ("sem3/pke_pseudo_TextRank", "text-rank", ""),
    ("sem3/pke_pseudo_SingleRank", "single-rank", ""),
    ("sem3/pke_pseudo_PositionRank", "position-rank", ""),
];

/// Why noun phrases of `MultipartiteRank` differ: pke with its filter differs from this golden
/// in as many documents. So do those of `TfIdf`.
const UNFILTERED: &str = "the golden was made without pke's own filter of candidates";

/// Why what weighs by document frequencies differs where these are to be had.
const FIRST_FORM: &str = "pke counts an n-gram only in documents whose first form of it passes its filter: `use` not where `using` is first, `PCs` not where `PC` is; counted so, all agree (scripts/golden/pke_frequencies.py)";

/// Why what weighs by document frequencies does not agree on the papers. Every score of these
/// goldens is `tf · log₂(101 / (1 + df))` with a whole `df`, the same for all documents.
const DF: &str =
    "document frequencies are those of 100 papers, and the golden has the words of 42";

#[test]
fn the_profile_gives_what_pke_gives() {
    if !has_lists() {
        return;
    }
    for &(file, name, reason) in MODELS {
        let profile = "profile=pke, tagger=pretagged";
        let system = match name.strip_suffix(')') {
            Some(open) => format!("{open}, {profile})"),
            None => format!("{name}({profile})"),
        };
        let extractor = Registry::standard().extractor(&system.parse().unwrap());
        let Some(found) = compared(file, extractor.unwrap().value.as_ref()) else {
            return;
        };
        println!("{file}: {}", found.notes);
        let golden = Agreement {
            tool: "pke",
            version: "2.0.0",
            system: &system,
            golden: file,
            reason,
        };
        golden.record(found.agree, found.of);
    }
}

/// How many documents have the same ten best phrases in the same order.
struct Compared {
    agree: usize,
    of: usize,
    notes: String,
}

fn compared(file: &str, extractor: &dyn KeywordExtractor) -> Option<Compared> {
    let folder = file.split('/').next().unwrap();
    let mut documents = rows(&format!("{folder}/documents"))?;
    if file.contains("/pke_pseudo_") {
        documents.iter_mut().for_each(tag_by_list);
    }
    let outputs = rows(file)?;
    let counted = Arc::new(frequencies(folder, &documents));
    let mut analyser = Analyser::default();
    let mut found = Compared {
        agree: 0,
        of: documents.len(),
        notes: String::new(),
    };
    for (document, output) in documents.iter().zip(&outputs) {
        assert_eq!(document["id"], output["id"]);
        let (id, document) = (&document["id"], tagged(&mut analyser, document));
        let corpus = CorpusView::of(Some(&counted), &document);
        let ours = extractor.extract(&document, &corpus, 10).into_iter();
        let ours: Vec<String> = ours.map(|it| it.text.to_lowercase()).collect();
        let theirs = output["kp"].as_array().unwrap().iter().take(10);
        let theirs: Vec<&str> = theirs.map(|pair| pair[0].as_str().unwrap()).collect();
        if ours == theirs {
            found.agree += 1;
        } else {
            let at = ours
                .iter()
                .zip(&theirs)
                .position(|(ours, theirs)| ours != theirs);
            let at = at.unwrap_or(ours.len().min(theirs.len()));
            let _ = write!(found.notes, "{id} {:?} {:?} ", ours.get(at), theirs.get(at));
        }
    }
    Some(found)
}

/// Makes every word with a letter a noun that is not on pke's list of stop words, and anything
/// else none: the tags of the goldens called `pseudo`.
fn tag_by_list(document: &mut Value) {
    let folder = env::var("EPITOME_LISTS").expect("`has_lists` was asked");
    let list = std::fs::read_to_string(format!("{folder}/spacy-3.8.7.txt")).unwrap();
    let list: BTreeSet<&str> = list.lines().collect();
    let sentences = document["tagged"].as_array_mut().unwrap().iter_mut();
    for pair in sentences.flat_map(|words| words.as_array_mut().unwrap()) {
        let word = pair[0].as_str().unwrap().to_lowercase();
        let is_noun = word.contains(char::is_alphabetic) && !list.contains(word.as_str());
        pair[1] = if is_noun { "NOUN" } else { "X" }.into();
    }
}

/// Those that the goldens of `TfIdf` and `KPMiner` rest on, as far as words are there: of the
/// documents of the golden, and of those that `scripts/golden/pke_words.py` adds.
fn frequencies(folder: &str, documents: &[Value]) -> CorpusStatistics {
    let needs = CorpusNeeds {
        idf: true,
        ngrams: true,
        ..CorpusNeeds::default()
    };
    let mut counted = CorpusStatistics::new(needs);
    let mut analyser = Analyser::default();
    let others = env::var("EPITOME_PKE").expect("`has_lists` was asked");
    let others = std::fs::read_to_string(format!("{others}/{folder}.jsonl"));
    let others = others.unwrap_or_default();
    let others = others
        .lines()
        .map(|line| serde_json::from_str(line).unwrap());
    for document in documents.iter().cloned().chain(others) {
        counted.add(&tagged(&mut analyser, &document));
    }
    counted
}

fn rows(file: &str) -> Option<Vec<Value>> {
    let text = shared(&format!("golden/keywords/{file}.jsonl"))?;
    Some(
        text.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect(),
    )
}

fn tagged(analyser: &mut Analyser, row: &Value) -> Document {
    let word = |pair: &Value| LooseWord {
        form: pair[0].as_str().unwrap().to_owned(),
        tag: Tag::from_name(pair[1].as_str().unwrap()).unwrap_or(Tag::X),
        is_joined: false,
    };
    let sentence = |words: &Value| words.as_array().unwrap().iter().map(word).collect();
    let sentences: Vec<Vec<LooseWord>> = row["tagged"]
        .as_array()
        .unwrap()
        .iter()
        .map(sentence)
        .collect();
    analyser.analyse_tagged("", "en".parse().unwrap(), &TaggedText::joined(&sentences))
}

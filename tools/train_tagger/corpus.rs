//! Sentences: of a treebank with their tags, and of raw text without.

use std::{fs, io, path::Path};

use serde_json::Value;
use unicode_segmentation::UnicodeSegmentation;

use epitome::text::{Tag, training::english_pieces};

/// Words of one sentence and their tags.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Sentence {
    pub words: Vec<String>,
    pub tags: Vec<Tag>,
}

/// A sentence as the treebank cuts it, and as `tokenise` does: there a piece has the tag
/// of the first word in it that is no punctuation (*Kim's* that of *Kim*).
#[derive(Debug, Clone, Default)]
pub(super) struct Both {
    pub gold: Sentence,
    pub ours: Sentence,
}

/// The sentences of a CoNLL-U file.
pub(super) fn treebank(path: &Path) -> io::Result<Vec<Both>> {
    let file = fs::read_to_string(path)?;
    Ok(file.split("\n\n").filter_map(both).collect())
}

fn both(block: &str) -> Option<Both> {
    let text = block
        .lines()
        .find_map(|line| line.strip_prefix("# text = "))?;
    let mut gold = Sentence::default();
    for line in block.lines() {
        let columns: Vec<&str> = line.split('\t').collect();
        if let [id, form, _, upos, ..] = columns[..]
            && id.bytes().all(|byte| byte.is_ascii_digit())
            && let Some(tag) = Tag::from_name(upos)
        {
            gold.words.push(form.to_owned());
            gold.tags.push(tag);
        }
    }
    let ours = rejoined(text, &gold);
    Some(Both { gold, ours })
}

fn rejoined(text: &str, gold: &Sentence) -> Sentence {
    let mut at = 0;
    let mut spans = Vec::new();

    for word in &gold.words {
        if let Some(found) = text[at..].find(word.as_str()) {
            spans.push((at + found, at + found + word.len()));
            at += found + word.len();
        } else {
            spans.push((at, at));
        }
    }

    let mut ours = Sentence::default();
    for piece in english_pieces(text) {
        let (start, end) = (piece.start as usize, piece.end as usize);
        let mut tags = spans
            .iter()
            .zip(&gold.tags)
            .filter(|((from, to), _)| *from < end && start < *to)
            .map(|(_, &tag)| tag);
        let first = tags.next();
        let word = piece.of(text);
        let letters = word.chars().any(char::is_alphanumeric);
        let tag = match first {
            Some(Tag::Punct) if letters => tags.find(|&tag| tag != Tag::Punct),
            Some(Tag::Sym | Tag::Punct) | None => first,
            Some(_) if !letters => Some(Tag::Punct),
            other => other,
        };
        if let Some(tag) = tag {
            ours.words.push(word.to_owned());
            ours.tags.push(tag);
        }
    }

    ours
}

/// The files of raw text, none of which a test is made on.
const RAW: [&str; 15] = [
    "cnndm1000/validation",
    "fewsum_amazon/train",
    "fewsum_amazon/val",
    "furniture/articles",
    "inspec/dev",
    "inspec/train",
    "kpcrowd500/dev",
    "newsroom60/test",
    "opinosis/all",
    "qmsum/val",
    "scitldr_a/test",
    "semeval2010/trial",
    "semeval2017/dev",
    "semeval2017/train",
    "summeval/test",
];

/// The sentences of the raw texts under `folder`, cut into our words.
pub(super) fn raw(folder: &Path) -> io::Result<Vec<Vec<String>>> {
    let mut sentences = Vec::new();
    for name in RAW {
        let file = fs::read_to_string(folder.join(format!("{name}.jsonl")))?;
        for line in file.lines() {
            let record: Value = serde_json::from_str(line)?;
            for key in ["title", "text"] {
                cut(record[key].as_str().unwrap_or_default(), &mut sentences);
            }
            for line in record["lines"].as_array().into_iter().flatten() {
                cut(line["text"].as_str().unwrap_or_default(), &mut sentences);
            }
        }
    }
    Ok(sentences)
}

/// The sentences of one text. A line end is a boundary unless the next line goes on in
/// lower case; words that a corpus has cut apart (*do n't*) are joined.
pub(super) fn cut(text: &str, sentences: &mut Vec<Vec<String>>) {
    let mut joined = String::with_capacity(text.len());
    let mut paragraphs = Vec::new();

    for line in text.lines() {
        if !line.trim_start().starts_with(char::is_lowercase) && !joined.is_empty() {
            paragraphs.push(std::mem::take(&mut joined));
        }
        joined.push_str(line.trim());
        joined.push(' ');
    }

    paragraphs.push(joined);
    for paragraph in paragraphs {
        let mut paragraph = paragraph.replace(" n't ", "n't ");
        for clitic in ["'s", "'re", "'ve", "'ll", "'m", "'d"] {
            paragraph = paragraph.replace(&format!(" {clitic} "), &format!("{clitic} "));
        }
        for sentence in paragraph.unicode_sentences() {
            let pieces = english_pieces(sentence);
            let words: Vec<String> = pieces
                .iter()
                .map(|piece| piece.of(sentence).to_owned())
                .collect();
            if !words.is_empty() {
                sentences.push(words);
            }
        }
    }
}

//! Reads the texts behind stored rows again from the corpora of a manifest.

use std::path::Path;

use epitome_corpora::{self as corpus, CorpusError, Place, Source};
use epitome_text::{Analyser, Document, Language};

use crate::run::{input::reading::analysed, setup::work::Reading};

use super::manifest::RunManifest;

/// A document as systems saw it, with its references. Made by [`texts`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SourceText {
    /// The id of the document within the corpus.
    pub id: String,
    /// The title; empty if there is none.
    pub title: String,
    /// The sentences of the body, which the indices of picks refer to.
    pub sentences: Vec<String>,
    /// The index of the first sentence of each paragraph and, in a cluster, of each
    /// document.
    pub paragraphs: Vec<usize>,
    /// The reference summaries.
    pub summaries: Vec<String>,
    /// The gold keyphrases.
    pub keyphrases: Vec<String>,
}

/// Why the texts of a corpus cannot be shown.
#[derive(Debug, thiserror::Error)]
pub enum TextsError {
    /// The corpus is not there, or cannot be read.
    #[error(transparent)]
    Corpus(#[from] CorpusError),
    /// The corpus is outside of the current folder.
    #[error("{origin}: it is outside of the current folder; `--texts` opens it")]
    Elsewhere {
        /// The place of the corpus.
        origin: String,
    },
    /// The corpus is not that of the run.
    #[error("{origin}: it has changed since the run")]
    Changed {
        /// The place of the corpus.
        origin: String,
    },
}

/// Which corpora are opened for their texts. A manifest may come from somebody else and
/// name any file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Only built-in corpora, and those in the current folder and below.
    Here,
    /// Any corpus.
    Anywhere,
}

/// Hands the texts of the corpus of index `at` to `sink`, in their order, until `sink`
/// returns false.
///
/// # Errors
/// Returns an error if the corpus is out of reach, is gone, has other contents than in
/// the run, or cannot be read.
pub fn texts(
    manifest: &RunManifest,
    at: usize,
    reach: Reach,
    mut sink: impl FnMut(SourceText) -> bool,
) -> Result<(), TextsError> {
    let recipe = &manifest.corpora[at];
    if reach == Reach::Here && !is_here(&recipe.address.place) {
        return Err(TextsError::Elsewhere {
            origin: recipe.origin.clone(),
        });
    }

    let corpus = corpus::reopen(&recipe.address)?;
    if corpus.digest()?.to_hex().as_str() != recipe.blake3 {
        return Err(TextsError::Changed {
            origin: recipe.origin.clone(),
        });
    }

    let language: Option<Language> = manifest
        .language
        .as_deref()
        .and_then(|code| code.parse().ok());
    let reading = Reading {
        language,
        segmenter: manifest.segmenter,
        line_ends: manifest.lines,
    };

    let mut analyser = Analyser::default();
    for source in corpus.records()? {
        let record = source.and_then(Source::parse)?;
        let document = analysed(&mut analyser, &record, reading)?;
        let text = SourceText {
            sentences: sentences(&document),
            paragraphs: paragraphs(&document),
            id: record.id,
            title: record.title,
            summaries: record.summaries,
            keyphrases: record.keyphrases,
        };
        if !sink(text) {
            break;
        }
    }
    Ok(())
}

/// Returns whether a corpus is built in, or in the current folder or below after links
/// are followed. A corpus that does not exist counts as one that is.
fn is_here(place: &Place) -> bool {
    let Place::Path(path) = place else {
        return true;
    };
    let Ok(place) = Path::new(path).canonicalize() else {
        return true;
    };
    let here = std::env::current_dir().and_then(|here| here.canonicalize());
    here.is_ok_and(|here| place.starts_with(here))
}

fn sentences(document: &Document) -> Vec<String> {
    (0..document.sentences().len())
        .map(|at| document.sentence_text(at).to_owned())
        .collect()
}

fn paragraphs(document: &Document) -> Vec<usize> {
    let sentences = document.sentences();
    (0..sentences.len())
        .filter(|&at| {
            at == 0
                || sentences[at].paragraph != sentences[at - 1].paragraph
                || document.document_of(at) != document.document_of(at - 1)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry::Registry;
    use crate::run::Request;

    fn manifest() -> RunManifest {
        let corpora = vec![corpus::open("sampler[0..2]").unwrap()];
        let plan = Request::default()
            .plan(&Registry::standard(), corpora)
            .unwrap();
        RunManifest::begin(&plan, Vec::new(), 0)
    }

    #[test]
    fn texts_are_those_of_the_corpus_until_no_more_are_wanted() {
        let mut found = Vec::new();
        texts(&manifest(), 0, Reach::Here, |text| {
            found.push(text);
            found.len() < 2
        })
        .unwrap();
        assert_eq!(found.len(), 2);
        let first = &found[0];
        assert!(
            first.sentences.len() > 3 && first.paragraphs[0] == 0,
            "{first:?}"
        );
        assert!(!first.summaries.is_empty());
    }

    #[test]
    fn what_a_manifest_names_elsewhere_is_opened_only_when_asked_for() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("news.jsonl");
        std::fs::write(&path, "{\"text\":\"One.\"}\n").unwrap();
        let mut other = manifest();
        for place in [path.display().to_string(), "/dev/zero".to_owned()] {
            other.corpora[0].address.place = Place::Path(place);
            let refusal = texts(&other, 0, Reach::Here, |_| true).unwrap_err();
            assert!(matches!(refusal, TextsError::Elsewhere { .. }), "{refusal}");
        }
        other.corpora[0].address.place = Place::Path(path.display().to_string());
        let refusal = texts(&other, 0, Reach::Anywhere, |_| true).unwrap_err();
        assert!(matches!(refusal, TextsError::Changed { .. }), "{refusal}");
    }

    #[test]
    fn a_corpus_with_other_contents_is_not_shown() {
        let mut other = manifest();
        other.corpora[0].blake3 = "0".repeat(64);
        let refusal = texts(&other, 0, Reach::Here, |_| true)
            .unwrap_err()
            .to_string();
        assert!(
            refusal.ends_with("it has changed since the run"),
            "{refusal}"
        );
    }
}

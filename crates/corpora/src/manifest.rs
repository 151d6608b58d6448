//! Facts about public corpora, never their texts. Each corpus has a folder below
//! `corpora/` and an entry in [`MANIFESTS`].

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::lock::LockedSplit;

/// Facts about a public corpus, as `corpora/<name>/corpus.toml` contains them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CorpusManifest {
    /// The name that its authors gave it.
    pub title: String,
    /// The kind of references that it has.
    pub task: CorpusTask,
    /// The ISO 639-1 code of its language; `mul` for several.
    pub language: String,
    /// The terms under which it may be used, as far as they are stated.
    pub licence: String,
    /// The publication to cite.
    pub citation: String,
    /// The address where it can be obtained.
    pub source: String,
    /// A description of its files.
    pub files: String,
    /// The name of the format that reads them.
    pub format: String,
    /// Properties of the files that a user might not expect.
    #[serde(default)]
    pub quirks: Vec<String>,
    /// The published splits by name.
    #[serde(default)]
    pub splits: BTreeMap<String, KnownSplit>,
}

/// The kind of references in a corpus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CorpusTask {
    /// Reference summaries of single documents.
    Summaries,
    /// Reference summaries of clusters of documents.
    Clusters,
    /// Gold keyphrases.
    Keyphrases,
    /// Ratings of summaries by people.
    Judgements,
    /// Queries with answers and their evidence.
    Questions,
}

/// Facts about a published split.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KnownSplit {
    /// The number of documents, or of judged summaries.
    pub records: u64,
    /// The number of reference summaries, if they were counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summaries: Option<u64>,
    /// The number of gold keyphrases, if they were counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keyphrases: Option<u64>,
    /// The BLAKE3 digest of the records' digests, in order, if it was computed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
}

impl KnownSplit {
    /// Returns how an imported split differs from what is known about it; `None` if it
    /// does not.
    pub fn difference(&self, found: &LockedSplit) -> Option<String> {
        if self.records != found.records {
            let (found, known) = (found.records, self.records);
            return Some(format!("{found} records; {known} are published"));
        }

        let counts = [
            ("summaries", self.summaries, found.summaries),
            ("keyphrases", self.keyphrases, found.keyphrases),
        ];
        for (what, known, found) in counts {
            if let Some(known) = known.filter(|known| *known != found) {
                return Some(format!("{found} {what}; {known} are known"));
            }
        }

        let other = |content: &String| *content != found.content;
        self.content.as_ref().is_some_and(other).then(|| {
            "as many records and references as are published, but other texts".to_owned()
        })
    }
}

impl CorpusTask {
    /// Returns the word for the task in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Summaries => "summaries",
            Self::Clusters => "clusters",
            Self::Keyphrases => "keyphrases",
            Self::Judgements => "judgements",
            Self::Questions => "questions",
        }
    }
}

macro_rules! manifests {
    ($($name:literal)*) => {
        &[$(($name, include_str!(concat!("../known/", $name, "/corpus.toml")))),*]
    };
}

/// Every known corpus: its name and the text of its manifest.
pub const MANIFESTS: &[(&str, &str)] = manifests! {
    "arxiv" "basse" "bbc-news-summary" "billsum" "cnndm" "cstnews" "dialogsum"
    "duc-2001" "duc-2002" "duc-2003" "duc-2004" "duc2001-keyphrases" "fewsum-amazon"
    "fewsum-yelp" "inspec" "klexikon" "kp20k" "kpcrowd500" "kptimes" "krapivin"
    "legal-plain" "mlsum" "multi-news" "multi-summeval" "newsroom" "newsroom-60" "nus"
    "opinosis" "pt110" "pubmed" "qmsum" "realsumm" "rouge-sl2003" "scisummnet"
    "scitldr-a" "semeval2010" "semeval2017" "summa10" "summeval" "tac-2008" "tac-2009"
    "tac-2010" "tac-2011" "taln-archives" "temario" "vietnamese-mds" "wiki20"
    "wikinews-fr" "xlsum" "xquad" "xsum"
};

impl CorpusManifest {
    /// Returns the manifest of this name.
    pub fn named(name: &str) -> Option<Self> {
        let (_, text) = MANIFESTS.iter().find(|(known, _)| *known == name)?;
        toml::from_str(text).ok()
    }

    /// Returns every manifest with its name, in the order of [`MANIFESTS`].
    pub fn all() -> impl Iterator<Item = (&'static str, Self)> {
        MANIFESTS
            .iter()
            .filter_map(|(name, text)| Some((*name, toml::from_str(text).ok()?)))
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, path::Path};

    use super::*;
    use crate::import::ImportFormat;

    #[test]
    fn every_manifest_is_read_and_names_an_importer_that_is_there() {
        assert_eq!(CorpusManifest::all().count(), MANIFESTS.len());
        for (name, manifest) in CorpusManifest::all() {
            assert!(
                ImportFormat::named(&manifest.format).is_some(),
                "{name}: {}",
                manifest.format
            );
            let code = manifest.language.as_str();
            assert!(code.len() == 2 || code == "mul", "{name}: {code}");
        }
    }

    #[test]
    fn counts_are_compared_before_contents() {
        let known = KnownSplit {
            records: 2,
            summaries: Some(4),
            keyphrases: None,
            content: Some("abc".to_owned()),
        };
        let found = |records, summaries, content: &str| {
            let (blake3, content) = (String::new(), content.to_owned());
            let split = LockedSplit {
                records,
                summaries,
                keyphrases: 0,
                blake3,
                content,
            };
            known.difference(&split)
        };
        assert_eq!(found(2, 4, "abc"), None);
        assert_eq!(found(3, 4, "abc").unwrap(), "3 records; 2 are published");
        assert_eq!(found(2, 3, "abc").unwrap(), "3 summaries; 4 are known");
        assert!(found(2, 4, "abd").unwrap().ends_with("but other texts"));
    }

    #[test]
    fn every_folder_is_in_the_list() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("known");
        let folders = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap());
        let folders: BTreeSet<String> = folders
            .filter(|entry| entry.path().join("corpus.toml").exists())
            .map(|entry| entry.file_name().into_string().unwrap())
            .collect();
        let listed = MANIFESTS
            .iter()
            .map(|(name, _)| (*name).to_owned())
            .collect();
        assert_eq!(folders, listed);
    }
}

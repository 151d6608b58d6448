//! Opens the corpora of an experiment, and names those that are missing.

use std::fmt::Write as _;

use crate::{
    corpus::{
        ColumnNames, Corpus, CorpusError, CorpusManifest, CorpusOpener, Library, Renamed,
        Subset,
    },
    run::RequestedCorpus,
};

use super::{
    content::{Experiment, ExperimentCorpus},
    place::{ExperimentError, Placed},
};

/// The reason why a corpus was not opened.
enum Unopened {
    /// The corpus is not in the library.
    NotImported(String),
    /// Another reason.
    Other(String),
}

impl Experiment {
    /// Opens the corpora. A corpus that is not in the folder of the experiment is opened by
    /// `opener`.
    ///
    /// # Errors
    /// Returns an error with the line of the first that cannot be opened. If corpora are
    /// not in the library, the error names all of them, with the commands that import them.
    pub fn open(
        &self,
        opener: &CorpusOpener,
    ) -> Result<Vec<RequestedCorpus>, ExperimentError> {
        let sample = self.sample.map(|count| (count, self.seed.unwrap_or(0)));
        let opener = CorpusOpener {
            selection: Subset {
                range: None,
                language: self.language,
                conditions: self.conditions.clone(),
                sample,
            },
            ..opener.clone()
        };
        if self.corpora.is_empty() {
            let corpus = opener
                .open("sampler")
                .map_err(|error| self.anywhere().error(error))?;
            return Ok(vec![corpus.into()]);
        }

        let (mut corpora, mut missing) = (Vec::new(), Vec::new());
        for placed in &self.corpora {
            match self.opened(&opener, &placed.value) {
                Ok(corpus) => corpora.push(corpus),
                Err(Unopened::NotImported(name)) => missing.push((placed, name)),
                Err(Unopened::Other(problem)) => {
                    return Err(self.place(placed).error(problem));
                }
            }
        }
        match missing.first() {
            None => Ok(corpora),
            Some((first, _)) => Err(self
                .place(first)
                .error(not_imported(&opener.library, &missing))),
        }
    }

    /// Opens a corpus, with its columns and its name.
    fn opened(
        &self,
        opener: &CorpusOpener,
        wanted: &ExperimentCorpus,
    ) -> Result<RequestedCorpus, Unopened> {
        let path = self.in_folder(&wanted.path);
        let mut opener = opener.clone();
        if !wanted.columns.is_empty() {
            opener.columns =
                ColumnNames::new(wanted.columns.clone()).map_err(Unopened::Other)?;
        }

        let mut corpus = opener.open(&path).map_err(|error| match error {
            CorpusError::NotImported { name, .. } => Unopened::NotImported(name),
            other => Unopened::Other(other.to_string()),
        })?;

        if let Some(name) = &wanted.name
            && corpus.name() != name
        {
            let renamed = Renamed::new(corpus.into(), name.clone());
            corpus = Box::new(renamed) as Box<dyn Corpus>;
        }

        Ok(RequestedCorpus {
            corpus,
            budgets: wanted.budgets.clone(),
            limit: wanted.limit,
        })
    }
}

/// Returns the message that names the missing corpora, with the command that imports each, and the
/// address of its files if that is known.
fn not_imported(
    library: &Library,
    missing: &[(&Placed<ExperimentCorpus>, String)],
) -> String {
    let mut names: Vec<&str> = Vec::new();
    for (_, name) in missing {
        if !names.contains(&name.as_str()) {
            names.push(name);
        }
    }

    let listed = names.join("`, `");
    let root = library.folder("");
    let root = root.display().to_string();
    let root = root.trim_end_matches('/');
    let noun = if names.len() == 1 {
        "corpus"
    } else {
        "corpora"
    };

    let mut text =
        format!("no {noun} `{listed}` in `{root}`, and no file or folder of that name");
    let option = match root {
        "corpora" => String::new(),
        other => format!(" --corpora {other}"),
    };

    for name in names {
        let _ = write!(text, "\nhint: `epitome corpus add {name} PATH{option}`");
        let mut known = CorpusManifest::all();
        match known.find(|(known, _)| *known == name) {
            Some((_, manifest)) => {
                let _ = write!(text, " imports it; its files: {}", manifest.source);
            }
            None => {
                text.push_str(" imports it; `epitome corpus list` shows what is known");
            }
        }
    }
    text
}

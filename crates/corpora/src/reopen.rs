//! Opens the corpus of a manifest again.

use super::{
    address::{Address, Place},
    corpus::Corpus,
    error::CorpusError,
    open::at_path,
    perturbation::derived::Derived,
    sampler::Sampler,
    selected::Selected,
};

/// Opens the corpus at an [`address`](Corpus::address) that a run has stored. Does not
/// check that its contents are the same, which its digest shows.
///
/// # Errors
/// Returns an error if it is not there any more, or was on standard input.
pub fn reopen(address: &Address) -> Result<Box<dyn Corpus>, CorpusError> {
    let mut corpus: Box<dyn Corpus> = match &address.place {
        Place::Sampler => Box::new(Sampler::called(&address.name)),
        Place::Path(path) => {
            at_path(Some(&address.name), path.as_ref(), &address.columns)?
        }
        Place::StandardInput => {
            return Err(CorpusError::Missing {
                path: "standard input".into(),
            });
        }
    };
    if !address.subset.is_all() {
        corpus = Box::new(Selected::new(corpus, address.subset.clone()));
    }
    for perturbation in &address.perturbations {
        corpus = Box::new(Derived::new(corpus, &perturbation.parse()?)?);
    }
    Ok(corpus)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{CorpusOpener, Library, Subset, open};

    fn same(corpus: &dyn Corpus) {
        let json = serde_json::to_string(&corpus.address()).unwrap();
        let address = serde_json::from_str(&json).unwrap();
        assert_eq!(address, corpus.address(), "{json}");
        let again = reopen(&address).unwrap();
        assert_eq!(again.name(), corpus.name());
        assert!(again.name().starts_with(&address.name));
        assert_eq!(again.origin(), corpus.origin());
        assert_eq!(again.digest().unwrap(), corpus.digest().unwrap());
    }

    #[test]
    fn a_corpus_is_found_again_with_its_part_and_its_changes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a name with +blanks.jsonl");
        std::fs::write(&path, "{\"text\":\"One. Two.\"}\n").unwrap();
        let path = path.display();
        for argument in [
            "sampler".to_owned(),
            "sampler[2..5]".to_owned(),
            "mine=sampler[2..5]".to_owned(),
            "sampler[0..3]+noisy(rate=0.1,seed=3)+shuffled".to_owned(),
            format!("{path}"),
            format!("news={path}[0..1]+doubled"),
            format!("news={path}[1..]"),
        ] {
            same(&*open(&argument).unwrap());
        }
        let selection = Subset {
            language: Some("de".parse().unwrap()),
            conditions: vec!["words<2000".parse().unwrap()],
            sample: Some((2, 7)),
            ..Subset::default()
        };
        let library = Library::at(folder.path());
        let shelf = CorpusOpener {
            library,
            selection,
            ..CorpusOpener::default()
        };
        same(&*shelf.open("sampler").unwrap());
    }

    #[test]
    fn what_is_gone_is_missing() {
        let place = Place::Path("no/such/file.jsonl".to_owned());
        let gone = reopen(&Address::of("news", place)).err().unwrap();
        assert!(matches!(gone, CorpusError::Missing { .. }), "{gone}");
    }
}

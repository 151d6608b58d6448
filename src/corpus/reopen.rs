//! From what a manifest says of a corpus back to the corpus.

use std::path::Path;

use super::{
    Corpus, CorpusError, Selection,
    open::at_path,
    sampler::{self, Sampler},
    selection::Selected,
    track::{Derived, TRACKS},
};
use crate::spec::Spec;

/// Opens the corpus that a run called `name` and whose [`origin`](Corpus::origin) it noted:
/// `news.jsonl [0..500] +shuffled`. Whether its contents are still the same is for its
/// digest to say.
///
/// # Errors
/// It is not there any more.
pub fn reopen(name: &str, origin: &str) -> Result<Box<dyn Corpus>, CorpusError> {
    let (rest, tracks) = tracks(origin);
    let (place, selection) = Selection::behind(rest);
    let mut plain = name;
    for track in tracks.iter().rev() {
        let ending = format!("-{}", Derived::plain(track)?);
        plain = plain.strip_suffix(&ending).unwrap_or(plain);
    }
    let mut corpus: Box<dyn Corpus> = match place {
        sampler::ORIGIN => Box::new(Sampler),
        path => at_path(Some(plain), path.as_ref())?,
    };
    if !selection.is_all() {
        corpus = Box::new(Selected::new(corpus, selection));
    }
    for track in &tracks {
        corpus = Box::new(Derived::new(corpus, track)?);
    }
    Ok(corpus)
}

/// The file or folder that an origin names; none of what is built in.
pub fn place(origin: &str) -> Option<&Path> {
    let (rest, _) = tracks(origin);
    match Selection::behind(rest).0 {
        sampler::ORIGIN => None,
        path => Some(path.as_ref()),
    }
}

/// What stands before ` +track…`, and the tracks.
fn tracks(origin: &str) -> (&str, Vec<Spec>) {
    let (mut rest, mut found) = (origin, Vec::new());
    while let Some((before, last)) = rest.rsplit_once(" +") {
        let is_track = |spec: &Spec| TRACKS.iter().any(|track| track.name == spec.name);
        let Some(spec) = last.parse::<Spec>().ok().filter(is_track) else { break };
        found.insert(0, spec);
        rest = before;
    }
    (rest, found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{Library, Shelf, open};

    fn same(corpus: &dyn Corpus) {
        let again = reopen(corpus.name(), &corpus.origin()).unwrap();
        assert_eq!(again.name(), corpus.name());
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
            "sampler[0..3]+noisy(rate=0.1,seed=3)+shuffled".to_owned(),
            format!("{path}"),
            format!("news={path}[0..1]+doubled"),
        ] {
            same(&*open(&argument).unwrap());
        }
        let selection = Selection {
            language: Some("de".parse().unwrap()),
            conditions: vec!["words<2000".parse().unwrap()],
            sample: Some((2, 7)),
            ..Selection::default()
        };
        let library = Library::at(folder.path());
        let shelf = Shelf { library, allow_drift: false, selection };
        same(&*shelf.open("sampler").unwrap());
    }

    #[test]
    fn what_is_gone_is_missing() {
        let gone = reopen("news", "no/such/file.jsonl [0..3]").err().unwrap();
        assert!(matches!(gone, CorpusError::Missing { .. }), "{gone}");
    }
}

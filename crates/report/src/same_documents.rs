//! Which corpora of a run are the same documents under several budgets.

use epitome_engine::run::CorpusRecipe;

/// Returns for each corpus the index of the first one with the same documents: the same contents
/// with the same perturbations.
pub(super) fn first_with_same<'a>(
    corpora: impl IntoIterator<Item = &'a CorpusRecipe>,
) -> Vec<usize> {
    let mut known: Vec<&CorpusRecipe> = Vec::new();
    let firsts = corpora.into_iter().enumerate().map(|(at, corpus)| {
        known.push(corpus);
        let is_same = |other: &&CorpusRecipe| {
            (&other.blake3, &other.address) == (&corpus.blake3, &corpus.address)
        };
        known.iter().position(is_same).unwrap_or(at)
    });
    firsts.collect()
}

/// The corpora of a run by name, each with the number of the documents that it consists of.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SameDocuments(Vec<(String, usize)>);

impl SameDocuments {
    /// Returns the corpora of a run.
    pub fn of(corpora: &[CorpusRecipe]) -> Self {
        let names = corpora.iter().map(|corpus| corpus.name.clone());
        Self(names.zip(first_with_same(corpora)).collect())
    }

    /// Returns how many different collections of documents the corpora of these names are, of which
    /// each is a different one if it is unknown.
    pub(super) fn count<'a>(&self, names: impl IntoIterator<Item = &'a str>) -> usize {
        let (mut unknown, mut found) = (0, Vec::new());
        for name in names {
            match self.0.iter().find(|(known, _)| known == name) {
                Some((_, first)) => found.push(*first),
                None => unknown += 1,
            }
        }
        found.sort_unstable();
        found.dedup();
        found.len() + unknown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_corpus_under_two_budgets_is_one_collection() {
        let known = |name: &str, first| (name.to_owned(), first);
        let same = SameDocuments(vec![
            known("news@1s", 0),
            known("news@50w", 0),
            known("papers@1s", 2),
        ]);
        assert_eq!(same.count(["news@1s", "news@50w", "papers@1s"]), 2);
        assert_eq!(same.count(["news@50w"]), 1);
        assert_eq!(same.count(["other", "more"]), 2);
    }
}

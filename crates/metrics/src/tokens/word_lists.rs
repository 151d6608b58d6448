//! Word lists that a user provides: exceptions to the stemmer, and stop words.

use epitome_base::spec::Resource;

/// Keys of the `WordNet` 3.0 exception lists that are not in the database of the
/// ROUGE-1.5.5 release (`WordNet` 2.0); without them the two are equal.
const NOT_IN_ROUGE_155: [&[u8]; 10] = [
    b"ashes",
    b"cognosenti",
    b"gps",
    b"halfpence",
    b"houses_of_cards",
    b"lisente",
    b"loups-garous",
    b"morses",
    b"optic_axes",
    b"staretsy",
];

/// Irregular forms and their lemmas, from `WordNet`'s exception lists.
///
/// Each line contains a form and a lemma. A later line wins; the release reads the files
/// in the order adj, adv, noun, verb, and so does this crate if a folder is given.
#[derive(Debug, Clone)]
pub struct Exceptions {
    source: Source,
    /// Pairs of a form and its lemma, sorted by form.
    lemmas: Vec<(Vec<u8>, Vec<u8>)>,
}

/// Words that are dropped, from a file with one word per line.
#[derive(Debug, Clone)]
pub struct StopWords {
    source: Source,
    sorted: Vec<Vec<u8>>,
}

/// The file from which a list was read, and the digest of its bytes.
#[derive(Debug, Clone)]
struct Source {
    path: String,
    digest: String,
}

impl Exceptions {
    /// The names of the files in `WordNet`'s folder, in the order of the release.
    pub const FILES: &[&str] = &["adj.exc", "adv.exc", "noun.exc", "verb.exc"];

    /// Returns the lemma of an irregular form; `None` if the list does not contain the
    /// form.
    pub fn lemma(&self, form: &[u8]) -> Option<&[u8]> {
        let at = self
            .lemmas
            .binary_search_by(|(known, _)| known.as_slice().cmp(form));
        at.ok().map(|at| self.lemmas[at].1.as_slice())
    }

    /// Returns `path#digest`, the name of the list in a signature.
    pub fn name(&self) -> String {
        self.source.name()
    }
}

impl From<&Resource> for Exceptions {
    fn from(resource: &Resource) -> Self {
        let mut lemmas: Vec<_> = resource
            .bytes
            .split(|&byte| byte == b'\n')
            .filter_map(form_and_lemma)
            .collect();
        lemmas.retain(|(form, _)| !NOT_IN_ROUGE_155.contains(&form.as_slice()));

        // a later line wins: of equal forms the last one is now first, and is kept
        lemmas.reverse();
        lemmas.sort_by(|(a, _), (b, _)| a.cmp(b));
        lemmas.dedup_by(|(later, _), (kept, _)| later == kept);

        Self {
            source: Source::of(resource),
            lemmas,
        }
    }
}

/// Returns the first two words of a line; `None` if it has fewer.
fn form_and_lemma(line: &[u8]) -> Option<(Vec<u8>, Vec<u8>)> {
    let mut words = line
        .split(u8::is_ascii_whitespace)
        .filter(|word| !word.is_empty());
    Some((words.next()?.to_vec(), words.next()?.to_vec()))
}

impl StopWords {
    /// Returns whether the list contains the word.
    pub fn contains(&self, word: &[u8]) -> bool {
        self.sorted
            .binary_search_by(|known| known.as_slice().cmp(word))
            .is_ok()
    }

    /// Returns `path#digest`, the name of the list in a signature.
    pub fn name(&self) -> String {
        self.source.name()
    }
}

impl From<&Resource> for StopWords {
    fn from(resource: &Resource) -> Self {
        let words = resource.bytes.split(u8::is_ascii_whitespace);
        let mut sorted: Vec<_> = words
            .filter(|word| !word.is_empty())
            .map(<[u8]>::to_vec)
            .collect();
        sorted.sort_unstable();
        Self {
            source: Source::of(resource),
            sorted,
        }
    }
}

impl Source {
    fn of(resource: &Resource) -> Self {
        Self {
            path: resource.path.clone(),
            digest: resource.digest(),
        }
    }

    fn name(&self) -> String {
        format!("{}#{}", self.path, self.digest)
    }
}

// lists are equal if their bytes are equal, whatever the path of the file

impl PartialEq for Exceptions {
    fn eq(&self, other: &Self) -> bool {
        self.source.digest == other.source.digest
    }
}

impl Eq for Exceptions {}

impl PartialEq for StopWords {
    fn eq(&self, other: &Self) -> bool {
        self.source.digest == other.source.digest
    }
}

impl Eq for StopWords {}

#[cfg(test)]
mod tests {
    use super::*;

    fn resource(text: &str) -> Resource {
        let bytes = text.as_bytes().to_vec();
        Resource {
            path: "list".to_owned(),
            bytes,
            language: None,
        }
    }

    #[test]
    fn a_later_exception_wins() {
        let list =
            Exceptions::from(&resource("axes ax\nbeen be\nashes ash\naxes axis\n"));
        assert_eq!(list.lemma(b"axes"), Some(&b"axis"[..]));
        assert_eq!(list.lemma(b"be"), None);
        assert_eq!(list.lemma(b"ashes"), None, "not in the release's database");
    }

    #[test]
    fn lists_are_equal_by_content() {
        let (mut one, other) = (resource("a\nb"), resource("a\nb\n"));
        assert_ne!(StopWords::from(&one), StopWords::from(&other));
        one.path = "elsewhere".to_owned();
        assert_eq!(StopWords::from(&one), StopWords::from(&resource("a\nb")));
        assert!(StopWords::from(&other).contains(b"b"));
    }
}

//! Counts the letters of a corpus's references, which decide whether metrics that read
//! only ASCII words can measure it.

use serde::{Deserialize, Serialize};

use epitome_corpora::Record;
use epitome_metrics::{Divided, Letters, Tokenisation};

/// The numbers of letters in the reference summaries of a corpus, which are counted when a run is
/// planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ReferenceLetters {
    /// The number of documents with a reference summary.
    pub documents: u64,
    /// The number of documents with a reference whose letters are for the most part
    /// beyond ASCII: a metric of ASCII words does not score them.
    pub unreadable: u64,
    /// Documents with a reference of several sentences in one line: a metric that takes
    /// lines for sentences does not see them.
    #[serde(default)]
    pub in_one_line: u64,
    /// The letters of all references.
    pub letters: Letters,
}

impl ReferenceLetters {
    /// The share, of letters or of documents, from which a run that names no metric is
    /// measured by those that read every script.
    const DECIDES: f64 = 0.1;

    /// Counts the reference summaries of a document.
    pub(super) fn add(&mut self, record: &Record) {
        let ascii_words = Tokenisation::RougeScore(None);
        self.documents += u64::from(!record.summaries.is_empty());
        self.unreadable +=
            u64::from(record.summaries.iter().any(|text| !ascii_words.reads(text)));
        let is_in_one_line =
            |text: &String| Divided::of([text.as_str()]) == Divided::Together;
        self.in_one_line += u64::from(record.summaries.iter().any(is_in_one_line));
        for summary in &record.summaries {
            self.letters.add(Letters::of(summary));
        }
    }

    /// Adds the numbers of another part of the corpus.
    pub(super) fn merge(&mut self, other: &Self) {
        self.documents += other.documents;
        self.unreadable += other.unreadable;
        self.in_one_line += other.in_one_line;
        self.letters.add(other.letters);
    }

    /// Returns whether too much of the references is beyond ASCII for a metric of ASCII
    /// words: a tenth of their letters, or the references of a tenth of the documents.
    pub fn want_every_script(&self) -> bool {
        let documents = self.unreadable as f64 / self.documents.max(1) as f64;
        self.letters.share_beyond_ascii() >= Self::DECIDES || documents >= Self::DECIDES
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tenth_of_letters_or_of_documents_decides() {
        let letters = |all, beyond_ascii| Letters { all, beyond_ascii };
        let of = |unreadable, letters| ReferenceLetters {
            documents: 100,
            unreadable,
            in_one_line: 0,
            letters,
        };
        assert!(of(0, letters(100, 10)).want_every_script());
        assert!(!of(9, letters(100, 9)).want_every_script());
        assert!(of(10, letters(100, 9)).want_every_script());
        assert!(!ReferenceLetters::default().want_every_script());
    }
}

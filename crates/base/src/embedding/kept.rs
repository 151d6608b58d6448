//! Vectors that are kept, so that those of a document are made once for all that ask.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use crate::isolated::Isolated;

use super::{Embedder, Embeddings, TokenEmbeddings};

/// An embedder that keeps the vectors it made last, for all systems and metrics that use
/// it, in any thread. What is kept decides how long an answer takes, and nothing else.
pub struct KeptEmbeddings {
    embedder: Arc<dyn Embedder>,
    texts: Mutex<Kept<Embeddings>>,
    tokens: Mutex<Kept<TokenEmbeddings>>,
}

/// What is kept, by text: the young, and those that were young before. When the young are
/// too many, they become old, and the old are dropped.
struct Kept<T> {
    young: BTreeMap<String, Arc<T>>,
    old: BTreeMap<String, Arc<T>>,
    numbers: usize,
}

/// The most numbers that are young: 32 MiB.
const MOST_NUMBERS: usize = 8 << 20;

impl<T> Kept<T> {
    fn new() -> Self {
        Self {
            young: BTreeMap::new(),
            old: BTreeMap::new(),
            numbers: 0,
        }
    }

    fn get(&self, text: &str) -> Option<Arc<T>> {
        self.young.get(text).or_else(|| self.old.get(text)).cloned()
    }

    fn put(&mut self, text: &str, made: Arc<T>, numbers: usize) {
        if self.numbers + numbers > MOST_NUMBERS {
            self.old = std::mem::take(&mut self.young);
            self.numbers = 0;
        }
        self.numbers += numbers;
        self.young.insert(text.to_owned(), made);
    }
}

impl KeptEmbeddings {
    /// Returns an embedder with the same vectors, which it keeps.
    pub fn of(embedder: Arc<dyn Embedder>) -> Self {
        Self {
            embedder,
            texts: Mutex::new(Kept::new()),
            tokens: Mutex::new(Kept::new()),
        }
    }
}

impl Embedder for KeptEmbeddings {
    fn signature(&self) -> String {
        self.embedder.signature()
    }

    fn isolation(&self) -> Option<Isolated> {
        self.embedder.isolation()
    }

    fn texts(&self, texts: &[&str]) -> Embeddings {
        let locked = || self.texts.lock().unwrap_or_else(PoisonError::into_inner);
        let known: Vec<Option<Arc<Embeddings>>> = {
            let kept = locked();
            texts.iter().map(|text| kept.get(text)).collect()
        };

        let missing = texts
            .iter()
            .zip(&known)
            .filter(|(_, known)| known.is_none());
        let missing: Vec<&str> = missing.map(|(text, _)| *text).collect();
        let made = self.embedder.texts(&missing);

        let mut all = Embeddings::of_width(made.width());
        let mut kept = locked();
        let mut next = 0;
        for (text, known) in texts.iter().zip(known) {
            if let Some(known) = known {
                all.push(known.row(0));
                continue;
            }
            let one = made.select(&[next]);
            next += 1;
            all.push(one.row(0));
            kept.put(text, Arc::new(one), made.width());
        }
        all
    }

    fn tokens(&self, text: &str) -> TokenEmbeddings {
        let locked = || self.tokens.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = locked().get(text) {
            return known.as_ref().clone();
        }

        let made = self.embedder.tokens(text);
        let numbers = made.vectors.len() * made.vectors.width();
        locked().put(text, Arc::new(made.clone()), numbers);
        made
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use crate::embedding::WordTable;

    /// A table that counts the texts it was asked for.
    struct Counting(WordTable, AtomicUsize);

    impl Embedder for Counting {
        fn signature(&self) -> String {
            self.0.signature()
        }

        fn texts(&self, texts: &[&str]) -> Embeddings {
            self.1.fetch_add(texts.len(), Ordering::Relaxed);
            self.0.texts(texts)
        }

        fn tokens(&self, text: &str) -> TokenEmbeddings {
            self.1.fetch_add(1, Ordering::Relaxed);
            self.0.tokens(text)
        }
    }

    #[test]
    fn a_text_is_embedded_once() {
        let words = || WordTable::new(1, [("whale", [1.0]), ("sea", [2.0])]);
        let counting = Arc::new(Counting(words(), AtomicUsize::new(0)));
        let kept = KeptEmbeddings::of(counting.clone());
        for texts in [["whale", "sea"], ["sea", "whale"], ["ship", "whale"]] {
            assert_eq!(kept.texts(&texts), words().texts(&texts));
        }
        assert_eq!(kept.tokens("whale"), words().tokens("whale"));
        assert_eq!(kept.tokens("whale"), words().tokens("whale"));
        assert_eq!(counting.1.load(Ordering::Relaxed), 4);
    }

    #[test]
    fn what_is_old_is_dropped() {
        let mut kept = Kept::new();
        for text in ["a", "b", "c"] {
            kept.put(text, Arc::new(()), MOST_NUMBERS / 2 + 1);
        }
        assert!(kept.get("a").is_none() && kept.get("b").is_some());
        assert!(kept.get("c").is_some());
    }
}

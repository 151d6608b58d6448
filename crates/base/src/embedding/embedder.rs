//! The trait of embedders, and those that are handed to specs by name.

use std::{fmt, sync::Arc};

use crate::isolated::Isolated;

use super::Embeddings;

/// A source of vectors for texts: a table or a model.
///
/// An embedder is deterministic: the same text has the same vector, alone and beside others,
/// in any thread. It is total, unless it is a model or another program, which may
/// [fail](super::EmbedderFailure).
pub trait Embedder: Send + Sync {
    /// Returns everything that decides the vectors, as `key:value` parts separated by
    /// commas: the digest of the weights, the width, how tokens are pooled.
    fn signature(&self) -> String;

    /// Returns a vector for each text, in order. A text without any known token has the
    /// vector of zeros.
    fn texts(&self, texts: &[&str]) -> Embeddings;

    /// Returns a vector for each token of a text, in order.
    fn tokens(&self, text: &str) -> TokenEmbeddings;

    /// Returns what the process of the embedder is kept from; `None` if it has none.
    fn isolation(&self) -> Option<Isolated> {
        None
    }
}

/// The tokens of a text with their vectors.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TokenEmbeddings {
    /// A number for each token; equal tokens of one embedder have the same number.
    pub ids: Vec<u32>,
    /// The vector of each token.
    pub vectors: Embeddings,
}

/// An embedder with the name that specs use.
#[derive(Clone)]
pub struct NamedEmbedder {
    /// The name, such as `wl` in `key-bert(embedder=wl)`.
    pub name: String,
    /// The embedder.
    pub embedder: Arc<dyn Embedder>,
}

impl fmt::Debug for NamedEmbedder {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}={}", self.name, self.embedder.signature())
    }
}

impl PartialEq for NamedEmbedder {
    /// Returns whether both have the same name and signature, and so the same vectors.
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.embedder.signature() == other.embedder.signature()
    }
}

/// The embedders that specs may name.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Embedders(Vec<NamedEmbedder>);

impl Embedders {
    /// Adds an embedder, which replaces one of the same name.
    #[must_use]
    pub fn with(mut self, named: NamedEmbedder) -> Self {
        match self.0.iter_mut().find(|known| known.name == named.name) {
            Some(known) => *known = named,
            None => self.0.push(named),
        }
        self
    }

    /// Returns the embedder of a name.
    pub fn get(&self, name: &str) -> Option<&NamedEmbedder> {
        self.0.iter().find(|known| known.name == name)
    }

    /// Returns the embedder of a name; if there is none, the first whose signature the text
    /// is.
    pub fn named_or_signed(&self, text: &str) -> Option<&NamedEmbedder> {
        let signed = || self.0.iter().find(|it| it.embedder.signature() == text);
        self.get(text).or_else(signed)
    }

    /// Returns the embedders in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = &NamedEmbedder> {
        self.0.iter()
    }

    /// Returns the names in the order in which they were added.
    pub fn names(&self) -> Vec<String> {
        self.0.iter().map(|known| known.name.clone()).collect()
    }
}

impl FromIterator<NamedEmbedder> for Embedders {
    fn from_iter<I: IntoIterator<Item = NamedEmbedder>>(all: I) -> Self {
        all.into_iter().fold(Self::default(), Self::with)
    }
}

//! The tools that the cases of the conformance check of an embedder use.

use std::cell::RefCell;

use epitome_base::embedding::{Embeddings, TokenEmbeddings};

use crate::{error::PluginError, hosted_embedder::HostedEmbedder};

/// An embedder that is checked. After a case that fails, its process is restarted.
pub(super) struct EmbedKit<'a> {
    pub(super) open: &'a dyn Fn() -> Result<HostedEmbedder, PluginError>,
    pub(super) embedder: RefCell<Option<HostedEmbedder>>,
}

impl EmbedKit<'_> {
    /// Returns a vector for each of texts that are sent together, or what is wrong with the
    /// answer.
    pub(super) fn texts(&self, texts: &[&str]) -> Result<Embeddings, String> {
        self.with(|embedder| {
            embedder
                .asked_texts(texts)
                .map_err(|failure| failure.to_string())
        })
    }

    /// Returns the tokens of a text with their vectors; `None` if the embedder makes none.
    pub(super) fn tokens(&self, text: &str) -> Result<Option<TokenEmbeddings>, String> {
        self.with(|embedder| match embedder.makes_tokens() {
            true => embedder
                .asked_tokens(text)
                .map(Some)
                .map_err(|failure| failure.to_string()),
            false => Ok(None),
        })
    }

    /// Ends the process, so that the next question is sent to a new one.
    pub(super) fn restart(&self) {
        self.embedder.take();
    }

    fn with<T>(
        &self,
        ask: impl FnOnce(&HostedEmbedder) -> Result<T, String>,
    ) -> Result<T, String> {
        let embedder = match self.embedder.take() {
            Some(embedder) => embedder,
            None => (self.open)().map_err(|error| error.to_string())?,
        };

        let found = ask(&embedder);
        // a process that failed a case is dropped, so that it cannot fail the next one
        if found.is_ok() {
            self.embedder.replace(Some(embedder));
        }
        found
    }
}

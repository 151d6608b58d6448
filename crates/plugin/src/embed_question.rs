//! The questions to an embedder: vectors of texts, or of the tokens of a text.

use epitome_base::embedding::{Embeddings, TokenEmbeddings};

use super::{
    answer::Question,
    failure::PluginFailure,
    message::{Reply, Request},
};

/// The question for a vector of each text.
pub(super) struct EmbedQuestion<'a> {
    pub(super) texts: &'a [&'a str],
    /// The number of dimensions that the plugin has named.
    pub(super) width: usize,
}

/// The question for the tokens of a text with their vectors.
pub(super) struct EmbedTokensQuestion<'a> {
    pub(super) text: &'a str,
    /// The number of dimensions that the plugin has named.
    pub(super) width: usize,
}

impl Question for EmbedQuestion<'_> {
    type Answer = Embeddings;

    fn request(&self, id: u64) -> Request<'_> {
        Request::Embed {
            id,
            texts: self.texts,
        }
    }

    fn answer(&self, reply: Reply) -> Result<Embeddings, PluginFailure> {
        let vectors = vectors(reply.vectors, self.width)?;
        if vectors.len() != self.texts.len() {
            return Err(PluginFailure::protocol(format!(
                "{} vectors for {} texts",
                vectors.len(),
                self.texts.len()
            )));
        }
        Ok(vectors)
    }
}

impl Question for EmbedTokensQuestion<'_> {
    type Answer = TokenEmbeddings;

    fn request(&self, id: u64) -> Request<'_> {
        Request::EmbedTokens {
            id,
            text: self.text,
        }
    }

    fn answer(&self, reply: Reply) -> Result<TokenEmbeddings, PluginFailure> {
        let ids = reply
            .tokens
            .ok_or_else(|| PluginFailure::protocol("an answer has no `tokens`"))?;
        let vectors = vectors(reply.vectors, self.width)?;
        if vectors.len() != ids.len() {
            return Err(PluginFailure::protocol(format!(
                "{} vectors for {} tokens",
                vectors.len(),
                ids.len()
            )));
        }
        Ok(TokenEmbeddings { ids, vectors })
    }
}

/// Returns the vectors of an answer, if all have the width and finite numbers.
fn vectors(
    found: Option<Vec<Vec<f32>>>,
    width: usize,
) -> Result<Embeddings, PluginFailure> {
    let found = found.ok_or_else(|| {
        PluginFailure::protocol("an answer has neither `vectors` nor `error`")
    })?;

    let mut vectors = Embeddings::of_width(width);
    for (at, vector) in found.iter().enumerate() {
        if vector.len() != width {
            return Err(PluginFailure::protocol(format!(
                "vector {at} has {} numbers, and `width` is {width}",
                vector.len()
            )));
        }
        if let Some(number) = vector.iter().find(|it| !it.is_finite()) {
            return Err(PluginFailure::protocol(format!(
                "vector {at} contains {number}, which is beyond the numbers of 32 bits"
            )));
        }
        vectors.push(vector);
    }
    Ok(vectors)
}

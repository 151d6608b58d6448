//! The failure of a source of vectors.

/// The reason why an embedder has no vectors for texts; it names the embedder.
///
/// Systems and metrics are total, and so are tables. A model or another program can fail; it
/// then unwinds with this as the payload (`resume_unwind`). Whoever guards a system or metric
/// against panics makes a failure of it, so that one document fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmbedderFailure(String);

impl EmbedderFailure {
    /// Returns the failure of the embedder that specs call `name`.
    pub fn of(name: &str, problem: &str) -> Self {
        Self(format!("the embedder `{name}` failed: {problem}"))
    }

    /// Returns the message, which reads well after "error: ".
    pub fn message(&self) -> &str {
        &self.0
    }
}

//! A plugin as an embedder.

use std::{collections::BTreeMap, panic::resume_unwind};

use serde::Deserialize;
use serde_json::Value;

use epitome_base::{
    embedding::{Embedder, EmbedderFailure, Embeddings, TokenEmbeddings},
    isolated::Isolated,
};

use super::{
    embed_question::{EmbedQuestion, EmbedTokensQuestion},
    error::PluginError,
    failure::{Fault, PluginFailure},
    hosted_metric::{parameters, program},
    message::Skill,
    metric_fields::signature_fields,
    supervisor::Supervisor,
};

/// A source of vectors that runs as a child process. Threads that ask it take turns.
pub(super) struct HostedEmbedder {
    supervisor: Supervisor,
    fields: EmbedderFields,
    signature: String,
}

/// What an embedder says of itself in `ready`.
#[derive(Debug, Deserialize)]
struct EmbedderFields {
    /// The number of dimensions.
    width: usize,
    #[serde(default)]
    signature: BTreeMap<String, Value>,
}

/// The largest number of texts in a question. Models are not faster with more.
const TEXTS: usize = 64;

impl HostedEmbedder {
    /// Returns the embedder that a started plugin says to be.
    ///
    /// # Errors
    /// Returns an error if it does not state its width, or its answers are not always the
    /// same: vectors are kept and shared, and systems on them are deterministic.
    pub(super) fn new(supervisor: Supervisor) -> Result<Self, PluginError> {
        let refuse = |problem: String| PluginError::Ready {
            name: supervisor.name.clone(),
            problem,
        };
        if !supervisor.ready.deterministic {
            let problem = "an embedder has to say `\"deterministic\": true`: the vectors of a text are made once, and used by all systems";
            return Err(refuse(problem.to_owned()));
        }
        let said = Value::Object(supervisor.ready.rest.clone());
        let fields: EmbedderFields =
            serde_json::from_value(said).map_err(|error| refuse(error.to_string()))?;
        if fields.width == 0 {
            return Err(refuse("`width` is 0".to_owned()));
        }

        let stated = signature_fields(&fields.signature).map_err(refuse)?;
        let version = supervisor.ready.version.clone();
        let width = fields.width.to_string();
        let known = [
            ("plugin".to_owned(), supervisor.ready.name.clone()),
            ("version".to_owned(), version),
            ("width".to_owned(), width),
        ];
        let all = known
            .into_iter()
            .chain(parameters(&supervisor))
            .chain(stated)
            .chain(program(&supervisor));
        let all: Vec<String> = all.map(|(key, value)| format!("{key}:{value}")).collect();
        Ok(Self {
            supervisor,
            fields,
            signature: all.join(","),
        })
    }

    /// Returns whether the plugin makes vectors of tokens.
    pub(super) fn makes_tokens(&self) -> bool {
        self.supervisor.ready.does.contains(&Skill::EmbedTokens)
    }

    /// Returns a vector for each text, or why there is none.
    pub(super) fn asked_texts(
        &self,
        texts: &[&str],
    ) -> Result<Embeddings, PluginFailure> {
        let width = self.fields.width;
        let mut all = Embeddings::of_width(width);
        for texts in texts.chunks(TEXTS) {
            let question = EmbedQuestion { texts, width };
            let vectors = self.supervisor.ask_alone(&question).result?;
            for at in 0..vectors.len() {
                all.push(vectors.row(at));
            }
        }
        Ok(all)
    }

    /// Returns the tokens of a text with their vectors, or why there are none.
    pub(super) fn asked_tokens(
        &self,
        text: &str,
    ) -> Result<TokenEmbeddings, PluginFailure> {
        if !self.makes_tokens() {
            return Err(PluginFailure::new(
                Fault::Error,
                "it makes no vectors of tokens: its `does` has no `embed-tokens`",
            ));
        }
        let width = self.fields.width;
        let question = EmbedTokensQuestion { text, width };
        self.supervisor.ask_alone(&question).result
    }

    /// Unwinds with the failure of the embedder.
    fn fail(&self, failure: &PluginFailure) -> ! {
        resume_unwind(Box::new(EmbedderFailure::of(
            &self.supervisor.name,
            &failure.to_string(),
        )))
    }
}

impl Embedder for HostedEmbedder {
    fn signature(&self) -> String {
        self.signature.clone()
    }

    fn isolation(&self) -> Option<Isolated> {
        self.supervisor.origin().isolation
    }

    fn texts(&self, texts: &[&str]) -> Embeddings {
        self.asked_texts(texts)
            .unwrap_or_else(|failure| self.fail(&failure))
    }

    fn tokens(&self, text: &str) -> TokenEmbeddings {
        self.asked_tokens(text)
            .unwrap_or_else(|failure| self.fail(&failure))
    }
}

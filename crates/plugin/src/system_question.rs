//! The question to a system: a document, and the most that may be returned for it.

use epitome_systems::rank::Budget;
use epitome_text::Document;

use super::{
    answer::{Answer, Question, listed, picked},
    failure::PluginFailure,
    message::{Allowance, Reply, Request},
    question::{AskedDocument, Length, PluginTask},
};

/// A document that a system is asked for.
pub(super) struct SystemQuestion<'a> {
    pub(super) task: PluginTask,
    pub(super) asked: AskedDocument<'a>,
    pub(super) length: Length,
}

impl Question for SystemQuestion<'_> {
    type Answer = Answer;

    fn request(&self, id: u64) -> Request<'_> {
        let AskedDocument { document, query } = self.asked;
        let (title, text) = document
            .full_text()
            .split_at(document.body_start() as usize);
        let (title, language) = (title.trim_end(), document.language().code());

        match self.task {
            PluginTask::Summarise => Request::Summarise {
                id,
                language,
                title,
                query,
                sentences: (0..document.sentences().len())
                    .map(|at| document.sentence_text(at))
                    .collect(),
                budget: Allowance::of(self.length.budget, document),
            },
            PluginTask::Keywords => Request::Keywords {
                id,
                language,
                title,
                query,
                text,
                limit: self.length.limit,
            },
        }
    }

    fn answer(&self, reply: Reply) -> Result<Answer, PluginFailure> {
        let without = |what: &str| {
            PluginFailure::protocol(format!("an answer has neither `{what}` nor `error`"))
        };
        match self.task {
            PluginTask::Summarise => {
                let picks = reply.picks.ok_or_else(|| without("picks"))?;
                picked(&picks, reply.scores, self.asked.document, self.length)
            }
            PluginTask::Keywords => {
                let phrases = reply.phrases.ok_or_else(|| without("phrases"))?;
                listed(phrases, reply.scores, self.length.limit)
            }
        }
    }
}

impl Allowance {
    /// Returns a budget as it is sent with a document.
    fn of(budget: Budget, document: &Document) -> Self {
        let sentences = document.sentences();
        let none = Self::default();

        match budget {
            Budget::Sentences(count) => Self {
                sentences: Some(count),
                ..none
            },
            Budget::Ratio(ratio) => {
                let count = (ratio * sentences.len() as f64).ceil() as usize;
                Self {
                    sentences: Some(count),
                    ..none
                }
            }
            Budget::Words(count) => {
                let costs = sentences.iter().map(|it| document.words(it)).collect();
                Self {
                    words: Some(count),
                    costs,
                    ..none
                }
            }
            Budget::Tokens { most, encoding } => {
                let costs = document.llm_tokens(encoding);
                Self {
                    tokens: Some(most),
                    costs: costs.iter().map(|&cost| cost as usize).collect(),
                    ..none
                }
            }
            Budget::Bytes(count) => {
                let bytes =
                    (0..sentences.len()).map(|at| document.sentence_text(at).len());
                Self {
                    bytes: Some(count),
                    costs: bytes.collect(),
                    ..none
                }
            }
        }
    }
}

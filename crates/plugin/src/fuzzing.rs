//! What the fuzz targets of `fuzz/` call: the readers of what plugins write, without a
//! process. Compiled with the feature `fuzzing` only.

use epitome_metrics::{ExternalScore, Scale, Task};

use crate::{
    answer::{Answer, Question},
    measure_question::MeasureQuestion,
    message::{MessageLine, Reply},
    question::{AskedDocument, Length, PluginTask},
    system_question::SystemQuestion,
};

/// Reads a line of a system as the answer for a document.
///
/// # Errors
/// Returns what is wrong with it.
pub fn read_reply(
    line: &[u8],
    task: PluginTask,
    asked: AskedDocument<'_>,
    length: Length,
) -> Result<Answer, String> {
    let question = SystemQuestion {
        task,
        asked,
        length,
    };
    let answer = question.answer(reply(line)?);
    answer.map_err(|failure| failure.to_string())
}

/// Reads a line of a metric as the measures of texts.
///
/// # Errors
/// Returns what is wrong with it.
pub fn read_measures(
    line: &[u8],
    scale: Scale,
    candidates: &[&str],
) -> Result<Vec<ExternalScore>, String> {
    let candidates: Vec<[&str; 1]> = candidates.iter().map(|text| [*text]).collect();
    let question = MeasureQuestion {
        task: Task::Summaries,
        scale,
        language: "en",
        query: "",
        references: &[],
        source: None,
        candidates: candidates.iter().map(<[&str; 1]>::as_slice).collect(),
    };
    let answer = question.answer(reply(line)?);
    answer.map_err(|failure| failure.to_string())
}

fn reply(line: &[u8]) -> Result<Reply, String> {
    match MessageLine::read(line)? {
        MessageLine::Reply(reply) => Ok(reply),
        other => Err(format!("it is no answer: {other:?}")),
    }
}

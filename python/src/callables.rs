//! Systems and metrics that are Python callables.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use epitome::{
    metric::{
        Better, BoundMetric, Metric as Measures, MetricInput, MetricNeeds, Output, Scale,
        Score, Signature, Statistics, Task, Tokenisation,
    },
    plugin::{
        Answer, Answered, AskedDocument, Clocks, Fault, Length, Plugin, PluginFailure,
        PluginOrigin, PluginTask, Stop, clock::now,
    },
    rank::{Budget, Selection},
    text::Document,
};
use pyo3::{
    ffi, intern,
    prelude::*,
    types::{PyBool, PyString, PyTuple},
};

use super::rouge::not_a;

/// A callable that is a system, with what the manifest says of it.
#[pyclass(frozen, module = "epitome._native")]
pub(crate) struct System {
    name: String,
    question: PluginTask,
    call: Arc<Callable>,
    version: String,
    command: String,
    program: String,
}

/// A callable, and the thread that is in it.
struct Callable {
    function: Py<PyAny>,
    /// What makes an `epitome.Document` of its fields, and an `epitome.Budget`.
    document: Py<PyAny>,
    budget: Py<PyAny>,
    /// Python's number of the thread; 0 if none is in it.
    thread: AtomicI64,
}

#[pymethods]
impl System {
    #[new]
    #[expect(
        clippy::too_many_arguments,
        reason = "they are fields, and one line calls this"
    )]
    fn new(
        name: String,
        is_extractor: bool,
        function: Py<PyAny>,
        document: Py<PyAny>,
        budget: Py<PyAny>,
        version: String,
        command: String,
        program: String,
    ) -> Self {
        let question = if is_extractor {
            PluginTask::Keywords
        } else {
            PluginTask::Summarise
        };
        let thread = AtomicI64::new(0);
        let call = Arc::new(Callable {
            function,
            document,
            budget,
            thread,
        });
        Self {
            name,
            question,
            call,
            version,
            command,
            program,
        }
    }
}

impl System {
    /// The name that specs have for it.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The system as the harness asks it, until `stop`.
    pub(crate) fn plugin(&self, stop: &Stop) -> Asked {
        Asked {
            name: self.name.clone(),
            question: self.question,
            call: Arc::clone(&self.call),
            stop: stop.clone(),
            origin: PluginOrigin {
                version: self.version.clone(),
                command: self.command.clone(),
                program: self.program.clone(),
                isolation: None, // it is called in this process
                outputs: None,
            },
        }
    }

    /// Raises `KeyboardInterrupt` in the thread that is in the callable, if one is.
    pub(crate) fn interrupt(&self, py: Python<'_>) {
        let thread = self.call.thread.load(Ordering::SeqCst);
        if thread != 0 {
            let error = py.get_type::<pyo3::exceptions::PyKeyboardInterrupt>();
            // SAFETY: the interpreter is at hand, and takes a reference of its own.
            unsafe { ffi::PyThreadState_SetAsyncExc(thread as _, error.as_ptr()) };
        }
    }
}

/// A callable under a run.
pub(crate) struct Asked {
    name: String,
    question: PluginTask,
    call: Arc<Callable>,
    stop: Stop,
    origin: PluginOrigin,
}

impl Plugin for Asked {
    fn name(&self) -> &str {
        &self.name
    }

    fn task(&self) -> PluginTask {
        self.question
    }

    fn origin(&self) -> PluginOrigin {
        self.origin.clone()
    }

    fn work(&self, questions: &[AskedDocument<'_>], length: Length) -> Vec<Answered> {
        // others may run Python between two documents
        questions
            .iter()
            .map(|question| Python::attach(|py| self.answered(py, *question, length)))
            .collect()
    }
}

impl Asked {
    fn answered(
        &self,
        py: Python<'_>,
        asked: AskedDocument<'_>,
        length: Length,
    ) -> Answered {
        let document = asked.document;
        let interrupted =
            || PluginFailure::new(Fault::Interrupted, "the run was interrupted");

        if self.stop.is_wished() {
            return Answered {
                result: Err(interrupted()),
                clocks: None,
            };
        }
        let arguments = self.arguments(py, asked, length);

        self.call.thread.store(thread_number(py), Ordering::SeqCst);
        let begun = now();
        let returned = arguments.and_then(|it| self.call.function.bind(py).call1(it));
        let host = now() - begun;
        self.call.thread.store(0, Ordering::SeqCst);
        let result = match returned {
            Err(_) if self.stop.is_wished() => Err(interrupted()),
            Err(error) => Err(failure(py, &error)),
            Ok(returned) => match self.question {
                PluginTask::Summarise => picked(&returned, document, length.budget),
                PluginTask::Keywords => listed(&returned, length.limit),
            },
        };

        Answered {
            result,
            clocks: Some(Clocks {
                host,
                own: None,
                cpu: None,
            }),
        }
    }

    fn arguments<'py>(
        &self,
        py: Python<'py>,
        AskedDocument { document, query }: AskedDocument<'_>,
        length: Length,
    ) -> PyResult<Bound<'py, PyTuple>> {
        let (title, text) = document
            .full_text()
            .split_at(document.body_start() as usize);
        let sentences = document.sentences();
        let texts = (0..sentences.len()).map(|at| document.sentence_text(at));
        let words = sentences.iter().map(|sentence| document.words(sentence));
        let fields = (
            document.id(),
            title.trim_end(),
            text,
            document.language().code(),
            PyTuple::new(py, texts.collect::<Vec<_>>())?,
            PyTuple::new(py, words.collect::<Vec<_>>())?,
            query,
        );

        let document = self.call.document.bind(py).call1(fields)?;
        let much = match self.question {
            PluginTask::Keywords => length.limit.into_pyobject(py)?.into_any(),
            PluginTask::Summarise => {
                let make = self.call.budget.bind(py);
                match length.budget {
                    Budget::Sentences(most) => make.call1(("sentences", most))?,
                    Budget::Words(most) => make.call1(("words", most))?,
                    Budget::Bytes(most) => make.call1(("bytes", most))?,
                    Budget::Tokens { most, .. } => make.call1(("tokens", most))?,
                    Budget::Ratio(share) => {
                        let most = (share * sentences.len() as f64).ceil() as usize;
                        make.call1(("sentences", most))?
                    }
                }
            }
        };

        PyTuple::new(py, [document, much])
    }
}

/// Python's number of this thread.
fn thread_number(py: Python<'_>) -> i64 {
    let number = py.import(intern!(py, "threading")).and_then(|threading| {
        threading
            .call_method0(intern!(py, "get_ident"))?
            .extract::<i64>()
    });
    number.unwrap_or(0)
}

/// An exception as a failure: what it says, and the end of its traceback.
fn failure(py: Python<'_>, error: &PyErr) -> PluginFailure {
    PluginFailure::new(Fault::Error, format!("{error}\n{}", traceback(py, error)))
}

/// So many characters of a traceback are kept: its end.
const KEPT: usize = 1_500;

fn traceback(py: Python<'_>, error: &PyErr) -> String {
    let lines = py.import(intern!(py, "traceback")).and_then(|traceback| {
        let parts = (error.get_type(py), error.value(py), error.traceback(py));
        let lines = traceback.call_method1("format_exception", parts)?;
        lines.extract::<Vec<String>>()
    });
    let text = lines.unwrap_or_default().concat();
    let from = text.char_indices().rev().nth(KEPT).map_or(0, |(at, _)| at);
    text[from..].trim_end().to_owned()
}

fn protocol(text: impl Into<String>) -> PluginFailure {
    PluginFailure::new(Fault::Protocol, text)
}

/// The items of what a callable returned.
fn returned_items<'py>(
    returned: &Bound<'py, PyAny>,
    wanted: &str,
) -> Result<Vec<Bound<'py, PyAny>>, PluginFailure> {
    let py = returned.py();
    let items = returned
        .try_iter()
        .map_err(|_| protocol(not_a("returned", returned, wanted)))?;
    items
        .collect::<PyResult<_>>()
        .map_err(|error| failure(py, &error))
}

/// Sentences that a callable picked, or a text of its own.
fn picked(
    returned: &Bound<'_, PyAny>,
    document: &Document,
    budget: Budget,
) -> Result<Answer, PluginFailure> {
    if let Ok(text) = returned.cast::<PyString>() {
        return match text.to_str() {
            Ok(text) => Ok(Answer::Text(text.to_owned())),
            Err(_) => Err(protocol("`returned` is no text: it has a lone surrogate")),
        };
    }

    let wanted = "a list of indices of sentences, or a text";
    let count = document.sentences().len();
    let index = |(at, item): (usize, &Bound<'_, PyAny>)| {
        let name = format!("returned[{at}]");
        let refused = || protocol(not_a(&name, item, "the index of a sentence"));
        if item.is_instance_of::<PyBool>() {
            return Err(refused());
        }
        let whole = item.call_method0("__index__").map_err(|_| refused())?;
        whole.extract::<u32>().map_err(|_| {
            let found = whole
                .str()
                .map_or_else(|_| String::new(), |text| text.to_string());
            let found: String = found.chars().take(40).collect();
            protocol(format!(
                "`{name}` is {found}, which is no index of {count} sentences"
            ))
        })
    };

    let items = returned_items(returned, wanted)?;
    let picks = items
        .iter()
        .enumerate()
        .map(index)
        .collect::<Result<_, _>>()?;

    let selection = Selection {
        picks,
        scores: None,
    };

    match selection.broken_rule(document, budget) {
        Some(rule) => Err(protocol(rule)),
        None => Ok(Answer::Picks(selection)),
    }
}

/// Phrases that a callable returned, each alone or with a score.
fn listed(returned: &Bound<'_, PyAny>, limit: usize) -> Result<Answer, PluginFailure> {
    let wanted = "a list of phrases";
    if returned.is_instance_of::<PyString>() {
        return Err(protocol(not_a("returned", returned, wanted)));
    }
    let phrase = |(at, item): (usize, &Bound<'_, PyAny>)| {
        let name = format!("returned[{at}]");
        let refused =
            || protocol(not_a(&name, item, "a phrase, or a phrase and its score"));
        if let Ok(text) = item.cast::<PyString>() {
            return text
                .to_str()
                .map(|text| (text.to_owned(), None))
                .map_err(|_| refused());
        }
        let (text, score) = item.extract::<(String, f64)>().map_err(|_| refused())?;
        match score.is_finite() {
            true => Ok((text, Some(score))),
            false => Err(protocol(format!("the score of `{name}` is {score}"))),
        }
    };

    let items = returned_items(returned, wanted)?;
    let count = items.len();
    if count > limit {
        return Err(protocol(format!(
            "{count} phrases where {limit} were asked for"
        )));
    }

    let phrases = items
        .iter()
        .enumerate()
        .map(phrase)
        .collect::<Result<_, _>>()?;

    Ok(Answer::Phrases(phrases))
}

/// A callable that is a metric.
#[pyclass(frozen, module = "epitome._native")]
pub(crate) struct Metric {
    name: String,
    is_of_phrases: bool,
    function: Arc<Py<PyAny>>,
    scale: Scale,
    program: String,
}

#[pymethods]
impl Metric {
    #[new]
    fn new(
        name: String,
        is_of_phrases: bool,
        function: Py<PyAny>,
        higher_is_better: Option<bool>,
        bounds: (Option<f64>, Option<f64>),
        program: String,
    ) -> Self {
        let (low, high) = bounds;
        let better = match higher_is_better {
            Some(true) => Better::Higher,
            Some(false) => Better::Lower,
            None => Better::Neither,
        };
        let scale = Scale {
            low,
            high,
            better,
            ..Scale::SHARE
        };
        Self {
            name,
            is_of_phrases,
            function: Arc::new(function),
            scale,
            program,
        }
    }
}

impl Metric {
    /// The name that tables have for it.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The metric as the harness measures by it.
    pub(crate) fn measures(&self) -> Box<dyn Measures> {
        Box::new(Called {
            name: self.name.clone(),
            is_of_phrases: self.is_of_phrases,
            function: Arc::clone(&self.function),
            scale: self.scale,
            program: self.program.clone(),
        })
    }
}

/// How the words of a metric's failure begin.
pub(crate) const RAISED: &str = "the callable `";

struct Called {
    name: String,
    is_of_phrases: bool,
    function: Arc<Py<PyAny>>,
    scale: Scale,
    program: String,
}

impl Measures for Called {
    fn task(&self) -> Task {
        if self.is_of_phrases {
            Task::Keyphrases
        } else {
            Task::Summaries
        }
    }

    fn tokenisation(&self) -> Tokenisation {
        // it reads every script, and the texts are what is looked at
        match self.is_of_phrases {
            true => Tokenisation::Phrase {
                stemmer: None,
                variants: false,
            },
            false => Tokenisation::Bleu,
        }
    }

    fn needs(&self) -> MetricNeeds {
        MetricNeeds {
            texts: true,
            ..MetricNeeds::default()
        }
    }

    fn signature(&self) -> Signature {
        Signature::of(&self.name).with("callable", &self.program)
    }

    fn statistics(&self) -> &'static [&'static str] {
        Statistics::VALUE
    }

    fn scale(&self) -> Scale {
        self.scale
    }

    fn against<'a>(&'a self, subject: MetricInput<'a>) -> Box<dyn BoundMetric + 'a> {
        Box::new(move |output: Output<'_>| {
            let found = Python::attach(|py| {
                self.value(py, output.texts, subject.texts)
                    .map_err(|error| {
                        let (name, trace) = (&self.name, traceback(py, &error));
                        format!("{RAISED}{name}`: {error}\n{trace}")
                    })
            });
            match found {
                Ok(value) => Statistics::value(value),
                // how a metric fails on a document: the harness makes a row of it
                Err(problem) => std::panic::resume_unwind(Box::new(problem)),
            }
        })
    }

    fn score(&self, statistics: &Statistics) -> Score {
        statistics.mean()
    }
}

impl Called {
    fn value(
        &self,
        py: Python<'_>,
        output: &[String],
        references: &[Vec<String>],
    ) -> PyResult<f64> {
        let function = self.function.bind(py);
        let returned = if self.is_of_phrases {
            let gold = references.first().map_or(&[][..], Vec::as_slice);
            function.call1((output, gold))?
        } else {
            let references: Vec<String> = references
                .iter()
                .map(|segments| segments.join("\n"))
                .collect();
            function.call1((output.join("\n"), references))?
        };
        let value: f64 = returned.extract().map_err(|_| {
            super::errors::wrong_type(not_a("returned", &returned, "a number"))
        })?;
        match value.is_finite() {
            true => Ok(value),
            false => Err(super::errors::input(format!("it returned {value}"))),
        }
    }
}

//! rouge-score's numbers, for `epitome.compat.rouge_score`.

use std::{
    num::NonZero,
    sync::{
        atomic::{AtomicBool, AtomicUsize, Ordering},
        mpsc,
    },
    thread,
};

use epitome::{
    metric::{
        Metric, MetricSet, Score, Task,
        aggregate::{MersenneTwister, quantiles_with},
    },
    registry::Registry,
    run::cores,
    spec::Spec,
};
use pyo3::{
    prelude::*,
    pybacked::PyBackedStr,
    types::{PyDict, PyList, PyString, PyTuple},
};

use super::{
    errors::{guarded, input, raised, wrong_type},
    signals::wait,
};

/// ROUGE of some types under one profile.
#[pyclass(frozen, module = "epitome._native")]
pub(crate) struct Rouge {
    /// As rouge-score names them, in the order asked for.
    types: Vec<Py<PyString>>,
    metrics: Vec<Box<dyn Metric>>,
}

/// Precision, recall and F1 of each type.
type Found = Vec<[f64; 3]>;

#[pymethods]
impl Rouge {
    /// `types` are names of ours with rouge-score's: `[("rouge1", "rouge-1")]`, and
    /// `parameters` what all of them take: `profile=unicode, stemmer=true`.
    #[new]
    fn new(
        py: Python<'_>,
        types: Vec<(String, String)>,
        parameters: Vec<(String, String)>,
    ) -> PyResult<Self> {
        let registry = Registry::standard();
        let mut metrics = Vec::new();
        for (_, name) in &types {
            let spec = Spec {
                name: name.clone(),
                arguments: parameters.clone(),
            };
            metrics.push(registry.metric(&spec).map_err(raised)?.value);
        }
        let types = types
            .iter()
            .map(|(name, _)| PyString::new(py, name).unbind());
        Ok(Self {
            types: types.collect(),
            metrics,
        })
    }

    /// Precision, recall and F1 of each type, against the best of the targets.
    fn score(
        &self,
        py: Python<'_>,
        targets: Vec<PyBackedStr>,
        prediction: PyBackedStr,
    ) -> PyResult<Found> {
        guarded(|| {
            py.detach(|| {
                let mut metrics = self.metrics();
                Ok(scores(&mut metrics, &targets, &prediction))
            })
        })
    }

    /// As `score`, for many pairs on `jobs` threads; each is a dictionary from types to
    /// `kind`, a named tuple.
    fn batch<'py>(
        &self,
        py: Python<'py>,
        targets: Bound<'py, PyAny>,
        predictions: Bound<'py, PyAny>,
        kind: Bound<'py, PyAny>,
        jobs: Option<NonZero<usize>>,
    ) -> PyResult<Bound<'py, PyList>> {
        let targets = target_lists("targets", &targets)?;
        let predictions = texts("predictions", &predictions)?;
        let (count, other) = (targets.len(), predictions.len());
        if count != other {
            return Err(input(format!("{count} targets and {other} predictions")));
        }
        let jobs = jobs
            .unwrap_or(cores())
            .get()
            .min(count.div_ceil(BLOCK).max(1));
        let found = guarded(|| py.detach(|| self.all(&targets, &predictions, jobs)))?;

        // a named tuple's own constructor is a function in Python; the tuple's is not
        let make = py.get_type::<PyTuple>().getattr("__new__")?;
        let object = |found: Found| {
            let scores = PyDict::new(py);
            for (name, score) in self.types.iter().zip(found) {
                scores.set_item(name, make.call1((&kind, score))?)?;
            }
            Ok::<_, PyErr>(scores)
        };
        let objects: Vec<_> = found.into_iter().map(object).collect::<Result<_, _>>()?;
        PyList::new(py, objects)
    }
}

/// Pairs that a thread takes at once.
const BLOCK: usize = 64;

impl Rouge {
    fn metrics(&self) -> MetricSet<'_> {
        MetricSet::new(Task::Summaries, self.metrics.iter().map(AsRef::as_ref))
    }

    /// The scores of all pairs, in their order.
    fn all(
        &self,
        targets: &[Vec<PyBackedStr>],
        predictions: &[PyBackedStr],
        jobs: usize,
    ) -> PyResult<Vec<Found>> {
        let (next, stop) = (AtomicUsize::new(0), AtomicBool::new(false));
        let work = |sender: mpsc::Sender<(usize, Vec<Found>)>| {
            let mut metrics = self.metrics();
            while !stop.load(Ordering::Relaxed) {
                let block = next.fetch_add(1, Ordering::Relaxed);
                let pairs = targets.iter().zip(predictions);
                let pairs = pairs.skip(block * BLOCK).take(BLOCK);
                let found: Vec<Found> = pairs
                    .map(|(targets, prediction)| {
                        scores(&mut metrics, targets, prediction)
                    })
                    .collect();
                if found.is_empty() || sender.send((block, found)).is_err() {
                    return;
                }
            }
        };
        let mut blocks: Vec<(usize, Vec<Found>)> = Vec::new();
        thread::scope(|scope| {
            let (sender, receiver) = mpsc::channel();
            let work = &work;
            for _ in 0..jobs {
                let sender = sender.clone();
                thread::Builder::new()
                    .spawn_scoped(scope, move || work(sender))
                    .map_err(|error| {
                        input(format!("a thread does not start: {error}"))
                    })?;
            }
            drop(sender);
            loop {
                match wait(&receiver, |_| Ok(())) {
                    Ok(Some(block)) => blocks.push(block),
                    Ok(None) => return Ok(()),
                    Err(error) => {
                        stop.store(true, Ordering::Relaxed);
                        return Err(error);
                    }
                }
            }
        })?;
        blocks.sort_unstable_by_key(|(block, _)| *block);
        Ok(blocks.into_iter().flat_map(|(_, found)| found).collect())
    }
}

/// The scores of a prediction against the best of its targets, type by type.
fn scores(
    metrics: &mut MetricSet<'_>,
    targets: &[PyBackedStr],
    prediction: &PyBackedStr,
) -> Found {
    let targets: Vec<[String; 1]> =
        targets.iter().map(|target| [target.to_string()]).collect();
    let references = metrics.references(targets.iter().map(<[String; 1]>::as_slice));
    let candidate = metrics.candidate([&**prediction]);
    let measured = metrics.prepare(&references).measure(&candidate);
    let score = |(metric, statistics): (&&dyn Metric, _)| {
        let Score {
            precision,
            recall,
            value,
        } = metric.score(statistics);
        [precision.unwrap_or(value), recall.unwrap_or(value), value]
    };
    metrics.metrics().iter().zip(&measured).map(score).collect()
}

/// The items of an iterable of strings; an error names the place of one that is none.
pub(crate) fn texts(name: &str, list: &Bound<'_, PyAny>) -> PyResult<Vec<PyBackedStr>> {
    let items = items(name, list)?;
    items
        .iter()
        .enumerate()
        .map(|(at, item)| text(&format!("{name}[{at}]"), item))
        .collect()
}

/// As [`texts`], where an item may be a list of strings.
fn target_lists(name: &str, list: &Bound<'_, PyAny>) -> PyResult<Vec<Vec<PyBackedStr>>> {
    let targets = |(at, item): (usize, &Bound<'_, PyAny>)| {
        let name = format!("{name}[{at}]");
        if item.is_instance_of::<PyString>() {
            return Ok(vec![text(&name, item)?]);
        }
        let targets =
            match item.is_instance_of::<PyList>() || item.is_instance_of::<PyTuple>() {
                true => texts(&name, item)?,
                false => {
                    return Err(wrong_type(not_a(
                        &name,
                        item,
                        "a string or a list of strings",
                    )));
                }
            };
        match targets.is_empty() {
            true => Err(input(format!("`{name}` is empty: there is no reference"))),
            false => Ok(targets),
        }
    };
    items(name, list)?.iter().enumerate().map(targets).collect()
}

/// The items of an iterable that is no string.
pub(crate) fn items<'py>(
    name: &str,
    list: &Bound<'py, PyAny>,
) -> PyResult<Vec<Bound<'py, PyAny>>> {
    if list.is_instance_of::<PyString>() {
        return Err(wrong_type(format!(
            "`{name}` is one string, not a list of strings"
        )));
    }
    let iterator = list.try_iter();
    let iterator =
        iterator.map_err(|_| wrong_type(not_a(name, list, "a list of strings")))?;
    iterator.collect()
}

/// A string; an error names its place.
pub(crate) fn text(name: &str, item: &Bound<'_, PyAny>) -> PyResult<PyBackedStr> {
    if !item.is_instance_of::<PyString>() {
        return Err(wrong_type(not_a(name, item, "a string")));
    }
    item.extract()
        .map_err(|_| input(format!("`{name}` is no text: it has a lone surrogate")))
}

/// "`x[3]` is None, not a string".
pub(crate) fn not_a(name: &str, item: &Bound<'_, PyAny>, wanted: &str) -> String {
    let found = match item.is_none() {
        true => "None".to_owned(),
        false => match item.get_type().name() {
            Ok(name) => format!("of the type `{name}`"),
            Err(_) => "of another type".to_owned(),
        },
    };
    format!("`{name}` is {found}, not {wanted}")
}

/// The state of numpy's generator: its words, and how many of this turn have come out.
type State = (Vec<u32>, usize);

/// Quantiles of the resamples' means of three columns at a time, as rouge-score's aggregator
/// draws them from numpy's generator in `state`; returns the state after the draws.
#[pyfunction]
#[pyo3(signature = (metrics, state, seed, resamples, confidence))]
pub(crate) fn quantiles(
    py: Python<'_>,
    metrics: Vec<Vec<[f64; 3]>>,
    state: Option<State>,
    seed: u32,
    resamples: usize,
    confidence: f64,
) -> PyResult<(Vec<[[f64; 3]; 3]>, State)> {
    let mut random = match state {
        None => MersenneTwister::seeded(seed),
        Some((words, at)) => {
            let words = words.try_into().map_err(|_| input("no state of numpy's"))?;
            MersenneTwister::of_state(words, at)
        }
    };
    let found = guarded(|| {
        py.detach(|| {
            let columns: Vec<&[[f64; 3]]> = metrics.iter().map(Vec::as_slice).collect();
            Ok(quantiles_with(&columns, &mut random, resamples, confidence))
        })
    })?;
    let found = found
        .into_iter()
        .map(|columns| columns.map(|it| [it.low, it.mid, it.high]));
    let (words, at) = random.state();
    Ok((found.collect(), (words.to_vec(), at)))
}

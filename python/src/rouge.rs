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
    exceptions::PyIndexError,
    intern,
    prelude::*,
    pybacked::PyBackedStr,
    types::{PyDict, PyInt, PyList, PySlice, PyString, PyTuple},
};

use super::{
    errors::{guarded, input, raised, wrong_type},
    signals::wait,
    tables::{Column, Columns, Kind},
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
                let mut found = Found::new();
                scores(&mut self.metrics(), &targets, &prediction, &mut found);
                Ok(found)
            })
        })
    }

    /// Scores many pairs on `jobs` threads as `score` does; `kind` is the named tuple of a
    /// score.
    fn batch(
        &self,
        py: Python<'_>,
        targets: Bound<'_, PyAny>,
        predictions: Bound<'_, PyAny>,
        kind: Py<PyAny>,
        jobs: Option<NonZero<usize>>,
    ) -> PyResult<Batch> {
        let targets = Targets::of(&targets)?;
        let predictions = texts("predictions", &predictions)?;
        let (count, other) = (targets.len(), predictions.len());
        if count != other {
            return Err(input(format!("{count} targets and {other} predictions")));
        }
        let jobs = jobs
            .unwrap_or(cores())
            .get()
            .min(count.div_ceil(BLOCK).max(1));
        let scores = guarded(|| py.detach(|| self.all(&targets, &predictions, jobs)))?;

        Ok(Batch {
            types: self.types.iter().map(|name| name.clone_ref(py)).collect(),
            kind,
            count,
            scores,
        })
    }
}

/// Pairs that a thread takes at once.
const BLOCK: usize = 64;

impl Rouge {
    fn metrics(&self) -> MetricSet<'_> {
        let metrics = self.metrics.iter().map(AsRef::as_ref);
        MetricSet::new(Task::Summaries, metrics).of_single_candidates()
    }

    /// Returns the scores of all pairs in their order: those of every type for the first
    /// pair, then for the second.
    fn all(
        &self,
        targets: &Targets,
        predictions: &[PyBackedStr],
        jobs: usize,
    ) -> PyResult<Found> {
        let (next, stop) = (AtomicUsize::new(0), AtomicBool::new(false));
        let work = |sender: mpsc::Sender<(usize, Found)>| {
            let mut metrics = self.metrics();
            while !stop.load(Ordering::Relaxed) {
                let block = next.fetch_add(1, Ordering::Relaxed);
                let pairs = predictions.iter().enumerate();
                let pairs = pairs.skip(block * BLOCK).take(BLOCK);
                let mut found = Found::new();
                for (at, prediction) in pairs {
                    scores(&mut metrics, targets.at(at), prediction, &mut found);
                }
                if found.is_empty() || sender.send((block, found)).is_err() {
                    return;
                }
            }
        };

        let mut blocks: Vec<(usize, Found)> = Vec::new();
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

/// Appends the scores of a prediction against the best of its targets, type by type.
fn scores(
    metrics: &mut MetricSet<'_>,
    targets: &[PyBackedStr],
    prediction: &str,
    found: &mut Found,
) {
    let references = targets.iter().map(std::slice::from_ref);
    let references = metrics.references(references);
    let candidate = metrics.candidate([prediction]);
    let measured = metrics.prepare(&references).measure(&candidate);

    for (metric, statistics) in metrics.metrics().iter().zip(&measured) {
        let Score {
            precision,
            recall,
            value,
        } = metric.score(statistics);
        found.push([precision.unwrap_or(value), recall.unwrap_or(value), value]);
    }
}

/// The scores of many pairs. Python's objects are made of them when they are read.
#[pyclass(frozen, sequence, module = "epitome._native")]
pub(crate) struct Batch {
    types: Vec<Py<PyString>>,
    /// The named tuple of a score.
    kind: Py<PyAny>,
    /// The number of pairs.
    count: usize,
    /// Precision, recall and F1 of all types of the first pair, then of the second.
    scores: Found,
}

#[pymethods]
impl Batch {
    fn __len__(&self) -> usize {
        self.count
    }

    /// Returns the scores of a pair by type, or a list of them for a slice.
    fn __getitem__<'py>(
        &self,
        py: Python<'py>,
        at: Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        if let Ok(slice) = at.cast::<PySlice>() {
            let places = slice.indices(self.count as isize)?;
            let place = |step: usize| places.start + step as isize * places.step;
            let chosen = (0..places.slicelength).map(|step| place(step) as usize);
            let chosen: Vec<_> = chosen
                .map(|pair| self.pair(py, pair))
                .collect::<PyResult<_>>()?;
            return Ok(PyList::new(py, chosen)?.into_any());
        }

        let outside = |_| {
            let count = self.count;
            PyIndexError::new_err(format!("there is no pair {at}: there are {count}"))
        };
        if !at.is_instance_of::<PyInt>() {
            return Err(wrong_type(not_a("index", &at, "a whole number or a slice")));
        }
        // a number too large for a machine word is outside too
        let number: isize = at.extract().map_err(outside)?;
        let pair = if number < 0 {
            number + self.count as isize
        } else {
            number
        };
        match usize::try_from(pair) {
            Ok(pair) if pair < self.count => Ok(self.pair(py, pair)?.into_any()),
            _ => Err(outside(PyIndexError::new_err(()))),
        }
    }

    /// Returns a table with a row for each pair, and three columns for each type:
    /// `rouge1_precision`, `rouge1_recall`, `rouge1_fmeasure`.
    fn columns(&self, py: Python<'_>) -> PyResult<Columns> {
        let mut columns = Vec::new();
        for (at, name) in self.types.iter().enumerate() {
            let name = name.bind(py).to_cow()?;
            for (number, which) in ["precision", "recall", "fmeasure"].iter().enumerate()
            {
                let mut column = Column::new(&format!("{name}_{which}"), Kind::Real);
                for score in self.scores.iter().skip(at).step_by(self.types.len()) {
                    column.push_real(Some(score[number]));
                }
                columns.push(column);
            }
        }
        Ok(Columns::of(columns))
    }
}

impl Batch {
    /// Returns the scores of a pair by type.
    fn pair<'py>(&self, py: Python<'py>, pair: usize) -> PyResult<Bound<'py, PyDict>> {
        // a named tuple's own constructor is a function in Python; the tuple's is not
        let make = py.get_type::<PyTuple>().getattr(intern!(py, "__new__"))?;
        let scores = &self.scores[pair * self.types.len()..];
        let found = PyDict::new(py);
        for (name, score) in self.types.iter().zip(scores) {
            let score = PyTuple::new(py, score)?;
            found.set_item(name, make.call1((&self.kind, score))?)?;
        }
        Ok(found)
    }
}

/// The targets of each prediction.
struct Targets {
    /// All targets, those of one prediction side by side.
    texts: Vec<PyBackedStr>,
    /// The index in `texts` at which the targets of each prediction end.
    ends: Vec<usize>,
}

impl Targets {
    /// Reads an iterable of which an item is a string or a list of strings.
    fn of(list: &Bound<'_, PyAny>) -> PyResult<Self> {
        let (mut texts, mut ends) = (Vec::new(), Vec::new());
        for (at, item) in items("targets", list)?.iter().enumerate() {
            if item.is_instance_of::<PyString>() {
                texts.push(text(|| format!("targets[{at}]"), item)?);
            } else {
                texts.append(&mut several(&format!("targets[{at}]"), item)?);
            }
            ends.push(texts.len());
        }
        Ok(Self { texts, ends })
    }

    fn len(&self) -> usize {
        self.ends.len()
    }

    /// Returns the targets of the prediction at an index.
    fn at(&self, index: usize) -> &[PyBackedStr] {
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.texts[start..self.ends[index]]
    }
}

/// Reads the targets of one prediction, which are a list of at least one string.
fn several(name: &str, item: &Bound<'_, PyAny>) -> PyResult<Vec<PyBackedStr>> {
    if !item.is_instance_of::<PyList>() && !item.is_instance_of::<PyTuple>() {
        let wanted = "a string or a list of strings";
        return Err(wrong_type(not_a(name, item, wanted)));
    }
    let targets = texts(name, item)?;
    if targets.is_empty() {
        return Err(input(format!("`{name}` is empty: there is no reference")));
    }
    Ok(targets)
}

/// The items of an iterable of strings; an error names the place of one that is none.
pub(crate) fn texts(name: &str, list: &Bound<'_, PyAny>) -> PyResult<Vec<PyBackedStr>> {
    let items = items(name, list)?;
    items
        .iter()
        .enumerate()
        .map(|(at, item)| text(|| format!("{name}[{at}]"), item))
        .collect()
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

/// Reads a string; `name` makes the name of its place for an error.
pub(crate) fn text(
    name: impl Fn() -> String,
    item: &Bound<'_, PyAny>,
) -> PyResult<PyBackedStr> {
    if !item.is_instance_of::<PyString>() {
        return Err(wrong_type(not_a(&name(), item, "a string")));
    }
    item.extract().map_err(|_| {
        let name = name();
        input(format!("`{name}` is no text: it has a lone surrogate"))
    })
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

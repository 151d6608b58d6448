//! A run from Python.

use std::{
    num::NonZero,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
        mpsc,
    },
    thread,
    time::Duration,
};

use epitome::{
    corpus::{self, Corpus},
    embedder::{self, EmbedderError},
    harness::{self, Finished, Listener, Session, SessionOptions},
    name::FileName,
    plugin::{Declaration, Plugin, PluginError, PluginOptions, Stop},
    rank::Budget,
    registry::Registry,
    run::{DocumentOutcome, MetricSources, Plan, PluginSet, Reading, Request, cores},
    spec::{Built, Spec},
};
use pyo3::{prelude::*, types::PyDict};

use super::{
    callables::{Metric, System},
    errors::{guarded, input, raised},
    one::parsed,
    pairs::Asked as AskedMetric,
    signals::wait,
};

/// The length of a summary: its unit and how many.
#[derive(FromPyObject)]
pub(crate) struct Length(String, f64);

impl Length {
    pub(crate) fn budget(&self) -> Budget {
        let whole = self.1 as usize;
        match self.0.as_str() {
            "words" => Budget::Words(whole),
            "bytes" => Budget::Bytes(whole),
            "ratio" => Budget::Ratio(self.1),
            _ => Budget::Sentences(whole),
        }
    }
}

/// A system that was asked for.
#[derive(FromPyObject)]
enum AskedSystem<'py> {
    /// By name.
    Named(String),
    /// A callable.
    Own(Bound<'py, System>),
}

/// What a run is asked for.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
struct Asked<'py> {
    corpora: Vec<String>,
    systems: Vec<AskedSystem<'py>>,
    metrics: Vec<AskedMetric<'py>>,
    plugins: Vec<String>,
    metric_plugins: Vec<String>,
    embedders: Vec<String>,
    length: Length,
    limit: usize,
    background: Option<String>,
    language: Option<String>,
    seed: u64,
    jobs: Option<NonZero<usize>>,
    resamples: u32,
    results: PathBuf,
    name: Option<String>,
    fresh: bool,
    retry_failed: bool,
    command: Vec<String>,
}

/// Runs systems on corpora. `progress` is called with the bytes that are done, those that
/// there are, and the documents that are done. Returns the folder, and what the run says at
/// its end.
#[pyfunction]
pub(crate) fn run<'py>(
    py: Python<'py>,
    asked: Bound<'py, PyDict>,
    progress: Option<Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyDict>> {
    let asked: Asked<'_> = asked.as_any().extract()?;
    let stop = Stop::default();
    let made = made(&asked, &stop)?;
    let running: Vec<Py<System>> = asked
        .systems
        .iter()
        .filter_map(|system| match system {
            AskedSystem::Own(own) => Some(own.clone().unbind()),
            AskedSystem::Named(_) => None,
        })
        .collect();
    let progress = progress.map(Bound::unbind);
    let (finished, said) =
        guarded(|| py.detach(|| worked(made, &stop, &running, progress.as_ref())))?;

    let found = PyDict::new(py);
    found.set_item("folder", finished.folder.display().to_string())?;
    found.set_item("documents", finished.documents)?;
    found.set_item("before", finished.before)?;
    found.set_item("failures", finished.failures)?;
    found.set_item(
        "notes",
        said.into_iter().chain(finished.notes).collect::<Vec<_>>(),
    )?;
    found.set_item("nothing_measured", finished.nothing_measured)?;
    Ok(found)
}

/// All that a run needs, away from Python.
struct Made {
    embedders: Vec<embedder::Declaration>,
    request: Request,
    /// Metrics that are callables, with their places among all.
    own_metrics: Vec<(usize, Built<dyn epitome::metric::Metric>)>,
    named_metrics: usize,
    corpora: Vec<Box<dyn Corpus>>,
    options: SessionOptions,
    results: PathBuf,
    name: Option<FileName>,
}

fn made(asked: &Asked<'_>, stop: &Stop) -> PyResult<Made> {
    let (mut specs, mut own): (Vec<Spec>, Vec<Arc<dyn Plugin>>) =
        (Vec::new(), Vec::new());

    for system in &asked.systems {
        match system {
            AskedSystem::Named(text) => specs.push(parsed(text)?),
            AskedSystem::Own(system) => {
                let system = system.get();
                specs.push(parsed(system.name())?);
                own.push(Arc::new(system.plugin(stop)));
            }
        }
    }

    let (mut metrics, mut own_metrics) = (Vec::new(), Vec::new());
    for (at, metric) in asked.metrics.iter().enumerate() {
        match metric {
            AskedMetric::Named(text) => metrics.push(parsed(text)?),
            AskedMetric::Own(metric) => {
                let metric: &Metric = metric.get();
                let name = metric.name().to_owned();
                own_metrics.push((
                    at,
                    Built {
                        name,
                        value: metric.measures(),
                    },
                ));
            }
        }
    }

    let language = asked.language.as_deref().map(str::parse).transpose();
    let language = language
        .map_err(|error: epitome::text::UnknownLanguage| input(error.to_string()))?;
    let corpora = asked.corpora.iter().map(|name| corpus::open(name));
    let name = asked
        .name
        .clone()
        .map(FileName::new)
        .transpose()
        .map_err(raised)?;

    let options = PluginOptions {
        stop: stop.clone(),
        seed: asked.seed,
        hidden: vec![asked.results.clone()],
        ..PluginOptions::default()
    };
    let metric_sources = MetricSources {
        plugins: declared(&asked.metric_plugins)?,
        options: PluginOptions {
            kept_scores: Some(asked.results.join(KEPT_SCORES)),
            ..options.clone()
        },
        ..MetricSources::default()
    };

    Ok(Made {
        embedders: asked
            .embedders
            .iter()
            .map(|text| text.parse())
            .collect::<Result<_, EmbedderError>>()
            .map_err(|error| input(error.to_string()))?,
        named_metrics: metrics.len() + asked.metric_plugins.len(),
        request: Request {
            systems: specs,
            metrics,
            metric_sources,
            plugins: PluginSet {
                declarations: declared(&asked.plugins)?,
                own,
                options,
            },
            budgets: vec![asked.length.budget()],
            limit: asked.limit,
            background: asked.background.clone(),
            reading: Reading {
                language,
                ..Reading::default()
            },
            seed: asked.seed,
            jobs: asked.jobs.unwrap_or(cores()),
            ..Request::default()
        },
        own_metrics,
        corpora: corpora.collect::<Result<_, _>>().map_err(raised)?,
        options: SessionOptions {
            resamples: asked.resamples,
            retry_failed: asked.retry_failed,
            fresh: asked.fresh,
            command: asked.command.clone(),
        },
        results: asked.results.clone(),
        name,
    })
}

/// The folder of results in which scores of metric plugins are kept, as by the command line.
const KEPT_SCORES: &str = ".scores";

/// Returns the declarations of plugins.
fn declared(texts: &[String]) -> PyResult<Vec<Declaration>> {
    let declarations = texts.iter().map(|text| Declaration::parse(text));
    declarations
        .collect::<Result<_, PluginError>>()
        .map_err(|error| input(error.to_string()))
}

/// Works on a thread of its own, so that this one hears of signals.
fn worked(
    made: Made,
    stop: &Stop,
    running: &[Py<System>],
    progress: Option<&Py<PyAny>>,
) -> PyResult<(Finished, Vec<String>)> {
    let told = Told {
        stop: stop.clone(),
        ..Told::default()
    };

    let (sender, receiver) = mpsc::channel();
    thread::scope(|scope| {
        let mut listener = told.clone();
        let working = scope.spawn(move || {
            let ended = concluded(made, &mut listener);
            let _ = sender.send(()); // whoever has stopped waiting joins
            ended
        });
        let show = |py: Python<'_>| match progress {
            None => Ok(()),
            Some(progress) => progress.call1(py, told.progress()).map(|_| ()),
        };
        let waited = wait(&receiver, show);
        if waited.is_err() {
            stop.flag().store(true, Ordering::SeqCst);
            // a callable may be waiting for something, or never end
            while !working.is_finished() {
                Python::attach(|py| {
                    for system in running {
                        system.get().interrupt(py);
                    }
                });
                thread::sleep(AGAIN);
            }
        }
        let ended = working
            .join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        waited?;
        let finished = ended.map_err(raised)?;
        Python::attach(show)?;
        Ok((finished, told.notes()))
    })
}

/// How long a callable has to end before it is interrupted again.
const AGAIN: Duration = Duration::from_millis(100);

fn concluded(made: Made, listener: &mut Told) -> Result<Finished, harness::Error> {
    let Made {
        embedders,
        request,
        own_metrics,
        named_metrics,
        corpora,
        options,
        ..
    } = made;
    let mut registry = Registry::standard();
    for declaration in &embedders {
        let named = embedder::open(declaration, &request.plugins.options)?;
        registry = registry.with_embedder(named);
    }
    // a text is embedded once for all systems and metrics
    let registry = registry.keeping_embeddings();

    let mut plan = request.plan(&registry, corpora)?;
    put(&mut plan, own_metrics, named_metrics)?;
    listener.total.store(plan.bytes(), Ordering::Relaxed);
    let name = match made.name {
        Some(name) => name,
        None => FileName::new(plan.name())?,
    };
    let folder: &Path = &made.results.join(name);
    let mut session = Session::open(&registry, plan, folder, options, listener)?;
    session.run(listener)?;
    session.conclude(listener)
}

/// Puts metrics that are callables into a plan, at their places among all that were asked for.
fn put(
    plan: &mut Plan,
    own: Vec<(usize, Built<dyn epitome::metric::Metric>)>,
    named: usize,
) -> Result<(), harness::Error> {
    if own.is_empty() {
        return Ok(());
    }
    if named == 0 {
        plan.work.metrics.clear(); // nobody asked for the usual ones
        plan.unread.clear();
    }
    for (at, metric) in own {
        let name = &metric.name;
        if plan.work.metrics.iter().any(|other| other.name == *name) {
            return Err(harness::Error::Input(format!("`{name}` is named twice")));
        }
        let at = at.min(plan.work.metrics.len());
        plan.work.metrics.insert(at, metric);
    }
    Ok(())
}

/// What the run tells the thread that waits for it.
#[derive(Clone, Default)]
struct Told {
    stop: Stop,
    done: Arc<AtomicU64>,
    total: Arc<AtomicU64>,
    documents: Arc<AtomicU64>,
    notes: Arc<Mutex<Vec<String>>>,
}

impl Told {
    fn progress(&self) -> (u64, u64, u64) {
        let load = |number: &AtomicU64| number.load(Ordering::Relaxed);
        (load(&self.done), load(&self.total), load(&self.documents))
    }

    fn notes(&self) -> Vec<String> {
        self.notes
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

impl Listener for Told {
    fn advance(&mut self, bytes: u64) {
        self.done.fetch_add(bytes, Ordering::Relaxed);
    }

    fn note(&mut self, note: &str) {
        let note = note.strip_prefix("note: ").unwrap_or(note).to_owned();
        self.notes
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(note);
    }

    fn document(&mut self, _: &DocumentOutcome) {
        self.documents.fetch_add(1, Ordering::Relaxed);
    }

    fn stops(&self) -> bool {
        self.stop.is_wished()
    }
}

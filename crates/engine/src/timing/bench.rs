//! Systems × corpora under criterion.

use std::{hint::black_box, path::Path, time::Duration};

use criterion::{Bencher, BenchmarkId, Criterion, SamplingMode, Throughput};

use crate::run::{
    Allowance, Plan, Role, RunCorpus, System, Work, analyse_all, clock, own_build,
};
use epitome_corpora::CorpusError;
use epitome_plugin::{Length, PluginFailure};
use epitome_text::{Analyser, Document, Source};

use super::{
    ANALYSIS, Timing, TimingError,
    diverted::Diverted,
    measurement::{Estimate, Measurement, read_all},
    pass::pass,
};

/// How long criterion may take.
#[derive(Debug, Clone, Copy)]
pub struct BenchSettings {
    /// Samples for each system, at least 10.
    pub samples: usize,
    /// Warm-up for each system.
    pub warm_up: Duration,
    /// Measurement for each system; criterion takes longer where one pass over the
    /// corpus does.
    pub measurement: Duration,
    /// Whether criterion's lines are left out; they go to standard error otherwise.
    pub quiet: bool,
}

/// Why a bench ended early.
#[derive(Debug, thiserror::Error)]
pub enum BenchError {
    /// A corpus is broken.
    #[error(transparent)]
    Corpus(#[from] CorpusError),
    /// Criterion's files are.
    #[error(transparent)]
    Timing(#[from] TimingError),
    /// A plugin fails, and so cannot be timed.
    #[error("`{system}` cannot be timed: it fails on `{document}`: {failure}")]
    Plugin {
        /// The plugin.
        system: String,
        /// The first document that it fails on.
        document: String,
        /// How it fails.
        failure: PluginFailure,
    },
}

/// Times one pass of every system over every corpus on one core, documents analysed
/// beforehand, and the analysis itself; criterion keeps its files in `folder`, which is
/// emptied first.
///
/// # Errors
/// Returns an error if a corpus is broken, or `folder` cannot be used.
pub fn bench(
    plan: &Plan,
    folder: &Path,
    settings: BenchSettings,
) -> Result<Vec<Timing>, BenchError> {
    if folder.exists() {
        std::fs::remove_dir_all(folder)
            .map_err(|error| TimingError::new(folder, &error))?;
    }
    std::fs::create_dir_all(folder).map_err(|error| TimingError::new(folder, &error))?;
    let divert = if settings.quiet {
        Diverted::to_nowhere
    } else {
        Diverted::to_stderr
    };
    let diverted = divert().map_err(|error| TimingError::new(folder, &error))?;
    let mut criterion = Criterion::default()
        .output_directory(folder)
        .without_plots()
        .sample_size(settings.samples)
        .warm_up_time(settings.warm_up)
        .measurement_time(settings.measurement);
    let work = &plan.work;
    let mut amounts = Vec::new();
    for RunCorpus { corpus, length } in plan.sources() {
        let documents = analyse_all(work, corpus)?;
        let amount = Amount::of(corpus.name(), &documents);
        check_plugins(work, length, &documents.iter().collect::<Vec<_>>())?;
        let mut group = criterion.benchmark_group(corpus.name());
        group.sampling_mode(SamplingMode::Auto);
        group.throughput(Throughput::ElementsAndBytes {
            elements: amount.documents,
            bytes: amount.bytes,
        });
        let mut used = vec![Used::before()];
        group.bench_function(BenchmarkId::new(ANALYSIS, ""), |bencher| {
            used[0].time(bencher, || analyse_again(work, &documents));
        });
        for system in work
            .systems
            .iter()
            .filter(|system| !system.sees_references())
        {
            let id = BenchmarkId::new(&system.name, budget_of(system, length));
            let mut own = Used::before();
            group.bench_function(id, |bencher| {
                own.time(bencher, || pass(length, system, &documents));
            });
            used.push(own);
        }
        group.finish();
        amounts.push(Amount { used, ..amount });
    }
    drop(diverted);
    let measured = read_all(folder)?;
    Ok(in_table_order(plan, &amounts, &measured))
}

/// What a benchmark used of the processor, beside what criterion measures.
struct Used {
    passes: u64,
    cpu: Option<Duration>,
    load: Option<f64>,
}

impl Used {
    /// Nothing yet; notes the load that others make.
    fn before() -> Self {
        Self {
            passes: 0,
            cpu: Some(Duration::ZERO),
            load: clock::load(),
        }
    }

    /// Lets criterion time `work`, and counts the time of the processor.
    fn time(&mut self, bencher: &mut Bencher<'_>, work: impl Fn()) {
        bencher.iter_custom(|passes| {
            let (start, cpu) = (clock::now(), clock::cpu());
            for _ in 0..passes {
                work();
            }
            let wall = start.elapsed();
            let used = clock::cpu()
                .zip(cpu)
                .map(|(end, start)| end.saturating_sub(start));
            self.cpu = self.cpu.zip(used).map(|(all, used)| all + used);
            self.passes += passes;
            wall
        });
    }

    /// Nanoseconds of the processor a pass.
    fn ns(&self) -> Option<f64> {
        let cpu = self.cpu.filter(|_| self.passes > 0)?;
        Some(cpu.as_nanos() as f64 / self.passes as f64)
    }
}

/// A plugin that fails has no time: what it does not do is done fast.
fn check_plugins(
    work: &Work,
    length: Length,
    documents: &[&Document],
) -> Result<(), BenchError> {
    for system in &work.systems {
        let Role::Plugin(plugin) = &system.role else {
            continue;
        };
        let answers = plugin.work(documents, length);
        for (document, answered) in documents.iter().zip(answers) {
            if let Err(failure) = answered.result {
                return Err(BenchError::Plugin {
                    system: system.name.clone(),
                    document: document.id().to_owned(),
                    failure,
                });
            }
        }
    }
    Ok(())
}

/// The budget of a system in words.
fn budget_of(system: &System, length: Length) -> String {
    Allowance::of(system.task(), length).to_string()
}

fn analyse_again(work: &Work, documents: &[Document]) {
    let mut analyser = Analyser::new(work.needs().tags, None);
    for document in documents {
        let body = document.body_start() as usize;
        let (title, text) = document.full_text().split_at(body);
        black_box(analyser.analyse(Source {
            id: document.id(),
            title,
            text,
            language: document.language(),
            segmenter: work.reading.segmenter,
            line_ends: work.reading.line_ends,
        }));
    }
}

/// What one pass over a corpus goes through.
struct Amount {
    corpus: String,
    documents: u64,
    bytes: u64,
    sentences: u64,
    /// The analysis, then the systems of the plan.
    used: Vec<Used>,
}

impl Amount {
    fn of(corpus: &str, documents: &[Document]) -> Self {
        Self {
            corpus: corpus.to_owned(),
            documents: documents.len() as u64,
            bytes: documents
                .iter()
                .map(|document| document.full_text().len() as u64)
                .sum(),
            sentences: documents
                .iter()
                .map(|document| document.sentences().len() as u64)
                .sum(),
            used: Vec::new(),
        }
    }
}

fn in_table_order(
    plan: &Plan,
    amounts: &[Amount],
    measured: &[Measurement],
) -> Vec<Timing> {
    let work = &plan.work;
    let mut timings = Vec::new();
    for (amount, planned) in amounts.iter().zip(&plan.corpora) {
        let analysis = (ANALYSIS.to_owned(), String::new(), own_build().to_owned());
        let systems = work
            .systems
            .iter()
            .filter(|system| !system.sees_references());
        let systems = systems.map(|system| {
            let budget = budget_of(system, planned.length);
            (system.name.clone(), budget, system.build())
        });
        let names = std::iter::once(analysis).chain(systems);
        let of_analysis = |measurement: &&Measurement| {
            let benchmark = &measurement.benchmark;
            benchmark.group_id == amount.corpus
                && benchmark.function_id.as_deref() == Some(ANALYSIS)
        };
        let analysis = measured.iter().find(of_analysis);
        let analysis = analysis.map(|it| it.estimates.median.point_estimate);
        for ((system, budget, build), used) in names.zip(&amount.used) {
            let found = measured.iter().find(|measurement| {
                let benchmark = &measurement.benchmark;
                benchmark.group_id == amount.corpus
                    && benchmark.function_id.as_ref() == Some(&system)
                    && benchmark.value_str.as_deref().unwrap_or("") == budget
            });
            timings.extend(found.map(|measurement| {
                let digest = planned.digest.to_hex();
                let of_system =
                    timing(system, budget, (amount, used), &digest, measurement);
                let ns = analysis.map(|analysis| analysis + of_system.median_ns);
                let total = ns.map(|ns| amount.documents as f64 * 1e9 / ns);
                Timing {
                    total_docs_per_s: total.filter(|_| of_system.system != ANALYSIS),
                    build,
                    ..of_system
                }
            }));
        }
    }
    timings
}

fn timing(
    system: String,
    budget: String,
    (work, used): (&Amount, &Used),
    digest: &str,
    measurement: &Measurement,
) -> Timing {
    let estimates = &measurement.estimates;
    let low = |estimate: &Estimate| estimate.confidence_interval.lower_bound;
    let high = |estimate: &Estimate| estimate.confidence_interval.upper_bound;
    let slope = estimates.slope.as_ref();
    let [low_severe, low_mild, high_mild, high_severe] = measurement.outliers();
    let per_second = |count: u64, ns: f64| count as f64 * 1e9 / ns;
    let median = estimates.median.point_estimate;
    // a longer time is a lower speed: the bounds change places
    let (slowest, fastest) = (high(&estimates.median), low(&estimates.median));
    let megabytes = |ns: f64| per_second(work.bytes, ns) / 1e6;
    Timing {
        system,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        corpus: work.corpus.clone(),
        digest: digest.to_owned(),
        budget,
        documents: work.documents,
        bytes: work.bytes,
        sentences: work.sentences,
        samples: measurement.times.len() as u64,
        mean_ns: estimates.mean.point_estimate,
        mean_low_ns: low(&estimates.mean),
        mean_high_ns: high(&estimates.mean),
        median_ns: median,
        median_low_ns: low(&estimates.median),
        median_high_ns: high(&estimates.median),
        slope_ns: slope.map(|slope| slope.point_estimate),
        slope_low_ns: slope.map(low),
        slope_high_ns: slope.map(high),
        mad_ns: estimates.median_abs_dev.point_estimate,
        std_dev_ns: estimates.std_dev.point_estimate,
        low_severe,
        low_mild,
        high_mild,
        high_severe,
        docs_per_s: per_second(work.documents, median),
        docs_per_s_low: per_second(work.documents, slowest),
        docs_per_s_high: per_second(work.documents, fastest),
        mb_per_s: megabytes(median),
        mb_per_s_low: megabytes(slowest),
        mb_per_s_high: megabytes(fastest),
        ns_per_sentence: median / work.sentences.max(1) as f64,
        cpu_ns: used.ns(),
        load: used.load,
        total_docs_per_s: None,
        build: String::new(),
    }
}

//! Measures all systems on all corpora of a plan with criterion.

use std::{hint::black_box, path::Path, time::Duration};

use criterion::{
    Bencher, BenchmarkGroup, BenchmarkId, Criterion, SamplingMode, Throughput,
    measurement::WallTime,
};

use crate::run::{
    Allowance, Plan, PlannedCorpus, Role, RunCorpus, Seen, System, Work, analyse_all,
    clock, own_build,
};
use epitome_corpora::CorpusError;
use epitome_plugin::{AskedDocument, Length, PluginFailure};
use epitome_systems::summarise::{Summariser, TooLong};
use epitome_text::{Analyser, Source};

use super::{
    ANALYSIS, Timing, TimingError,
    measurement::{Estimate, Measurement, read_all},
    pass::pass,
    redirected::Redirected,
};

/// Settings of criterion.
#[derive(Debug, Clone, Copy)]
pub struct BenchSettings {
    /// Number of samples for each system, at least 10.
    pub samples: usize,
    /// Length of the warm-up for each system.
    pub warm_up: Duration,
    /// Length of the measurement for each system; it is exceeded if a pass over the corpus
    /// takes longer.
    pub measurement: Duration,
    /// Whether criterion's lines are discarded; otherwise they go to standard error.
    pub quiet: bool,
}

/// Reason why a bench ended early.
#[derive(Debug, thiserror::Error)]
pub enum BenchError {
    /// A corpus cannot be read.
    #[error(transparent)]
    Corpus(#[from] CorpusError),
    /// Criterion's files cannot be written or read.
    #[error(transparent)]
    Timing(#[from] TimingError),
    /// A plugin fails. It is not timed, since it would be fast where it does nothing.
    #[error("`{system}` cannot be timed: it fails on `{document}`: {failure}")]
    Plugin {
        /// Name of the plugin.
        system: String,
        /// Id of the first document on which it fails.
        document: String,
        /// What went wrong.
        failure: PluginFailure,
    },
    /// A document is longer than a system takes.
    #[error("`{system}` cannot be timed on `{document}`: {too_long}")]
    TooLong {
        /// Name of the system.
        system: String,
        /// Id of the document.
        document: String,
        /// What was found, and what the system takes.
        too_long: TooLong,
    },
}

/// Times one pass of every system over every corpus, and of the analysis of texts, on one core.
/// Documents are analysed before systems are timed. Criterion's files are written to `folder`,
/// which is emptied first.
///
/// # Errors
/// Returns an error if a corpus cannot be read, a plugin fails, or `folder` cannot be used.
pub fn bench(
    plan: &Plan,
    folder: &Path,
    settings: BenchSettings,
) -> Result<Vec<Timing>, BenchError> {
    let refuse = |error| TimingError::new(folder, &error);
    if folder.exists() {
        std::fs::remove_dir_all(folder).map_err(refuse)?;
    }
    std::fs::create_dir_all(folder).map_err(refuse)?;

    let redirected = if settings.quiet {
        Redirected::to_nowhere()
    } else {
        Redirected::to_stderr()
    };
    let redirected = redirected.map_err(refuse)?;
    let mut criterion = Criterion::default()
        .output_directory(folder)
        .without_plots()
        .sample_size(settings.samples)
        .warm_up_time(settings.warm_up)
        .measurement_time(settings.measurement);

    let mut timed = Vec::new();
    for corpus in plan.sources() {
        timed.push(bench_corpus(&mut criterion, &plan.work, corpus)?);
    }
    drop(redirected);

    let measurements = read_all(folder)?;
    Ok(plan
        .corpora
        .iter()
        .zip(&timed)
        .flat_map(|(planned, timed)| {
            timings_of(&plan.work, planned, timed, &measurements)
        })
        .collect())
}

/// Lets criterion time the analysis and every system on one corpus.
fn bench_corpus(
    criterion: &mut Criterion,
    work: &Work,
    RunCorpus { corpus, length }: RunCorpus<'_>,
) -> Result<TimedCorpus, BenchError> {
    let documents = analyse_all(work, corpus)?;
    check_systems(work, length, &documents)?;

    let mut timed = TimedCorpus::of(corpus.name(), &documents);
    let mut group = criterion.benchmark_group(corpus.name());
    group.sampling_mode(SamplingMode::Auto);
    group.throughput(Throughput::ElementsAndBytes {
        elements: timed.documents,
        bytes: timed.bytes,
    });

    let analysis = Usage::measured(&mut group, BenchmarkId::new(ANALYSIS, ""), || {
        analyse_again(work, &documents);
    });
    timed.usages.push(analysis);
    for system in timed_systems(work) {
        let id = BenchmarkId::new(&system.name, budget_of(system, length));
        let usage = Usage::measured(&mut group, id, || pass(length, system, &documents));
        timed.usages.push(usage);
    }

    group.finish();
    Ok(timed)
}

/// Returns the systems that are timed: all that do not work on references.
fn timed_systems(work: &Work) -> impl Iterator<Item = &System> {
    work.systems
        .iter()
        .filter(|system| !system.sees_references())
}

/// Processor usage of one benchmark, which criterion does not measure.
struct Usage {
    /// Number of passes, those of the warm-up included.
    passes: u64,
    /// CPU time of all passes; `None` if the operating system does not report it.
    cpu: Option<Duration>,
    /// Load average before the benchmark.
    load: Option<f64>,
}

impl Usage {
    /// Lets criterion time `work`, and measures its CPU time.
    fn measured(
        group: &mut BenchmarkGroup<'_, WallTime>,
        id: BenchmarkId,
        work: impl Fn(),
    ) -> Self {
        let mut usage = Self {
            passes: 0,
            cpu: Some(Duration::ZERO),
            load: clock::load(),
        };
        group.bench_function(id, |bencher| usage.time(bencher, &work));
        usage
    }

    /// Times as many passes of `work` as criterion asks for, and adds their CPU time.
    fn time(&mut self, bencher: &mut Bencher<'_>, work: &impl Fn()) {
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

    /// Returns the mean CPU time of a pass in nanoseconds.
    fn cpu_ns(&self) -> Option<f64> {
        let cpu = self.cpu.filter(|_| self.passes > 0)?;
        Some(cpu.as_nanos() as f64 / self.passes as f64)
    }
}

/// Runs every plugin once on all documents, and checks that no document is too long for a
/// system.
///
/// # Errors
/// Returns the first failure: a system that fails cannot be timed.
fn check_systems(
    work: &Work,
    length: Length,
    documents: &[Seen],
) -> Result<(), BenchError> {
    let questions: Vec<AskedDocument<'_>> =
        documents.iter().map(Seen::question).collect();

    for system in &work.systems {
        let plugin = match &system.role {
            Role::Plugin(plugin) => plugin,
            Role::Summariser(summariser) => {
                check_lengths(&system.name, summariser.as_ref(), documents)?;
                continue;
            }
            Role::Extractor(_) | Role::Oracle | Role::Human => continue,
        };

        let answers = plugin.work(&questions, length);
        for (question, answered) in questions.iter().zip(answers) {
            if let Err(failure) = answered.result {
                return Err(BenchError::Plugin {
                    system: system.name.clone(),
                    document: question.document.id().to_owned(),
                    failure,
                });
            }
        }
    }
    Ok(())
}

/// Checks that no document is too long for a summariser.
///
/// # Errors
/// Returns an error about the first that is.
fn check_lengths(
    system: &str,
    summariser: &dyn Summariser,
    documents: &[Seen],
) -> Result<(), BenchError> {
    for Seen { document, .. } in documents {
        if let Some(too_long) = summariser.refusal(document) {
            return Err(BenchError::TooLong {
                system: system.to_owned(),
                document: document.id().to_owned(),
                too_long,
            });
        }
    }
    Ok(())
}

/// Returns the budget of a system, as `3 sentences` or `50 keyphrases`.
fn budget_of(system: &System, length: Length) -> String {
    Allowance::of(system.task(), length).to_string()
}

/// Analyses the texts of documents once more; this is what the row [`ANALYSIS`] times.
fn analyse_again(work: &Work, documents: &[Seen]) {
    let mut analyser = Analyser::new(work.needs());
    for Seen { document, .. } in documents {
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

/// A corpus on which systems were timed: its size, and the processor usage of each benchmark.
struct TimedCorpus {
    name: String,
    documents: u64,
    bytes: u64,
    sentences: u64,
    /// Usage of the analysis, followed by that of each timed system in the order of the plan.
    usages: Vec<Usage>,
}

impl TimedCorpus {
    /// Returns a corpus of these documents on which nothing was timed.
    fn of(name: &str, documents: &[Seen]) -> Self {
        Self {
            name: name.to_owned(),
            documents: documents.len() as u64,
            bytes: documents
                .iter()
                .map(|seen| seen.document.full_text().len() as u64)
                .sum(),
            sentences: documents
                .iter()
                .map(|seen| seen.document.sentences().len() as u64)
                .sum(),
            usages: Vec::new(),
        }
    }
}

/// Returns the timings of one corpus: the analysis, then the systems in the order of the plan.
fn timings_of(
    work: &Work,
    planned: &PlannedCorpus,
    timed: &TimedCorpus,
    measurements: &[Measurement],
) -> Vec<Timing> {
    let find = |system: &str, budget: &str| {
        measurements.iter().find(|measurement| {
            let benchmark = &measurement.benchmark;
            benchmark.group_id == timed.name
                && benchmark.function_id.as_deref() == Some(system)
                && benchmark.value_str.as_deref().unwrap_or("") == budget
        })
    };

    let analysis = (ANALYSIS.to_owned(), String::new(), own_build().to_owned());
    let systems = timed_systems(work).map(|system| {
        let budget = budget_of(system, planned.length);
        (system.name.clone(), budget, system.build())
    });
    let analysis_ns =
        find(ANALYSIS, "").map(|found| found.estimates.median.point_estimate);

    std::iter::once(analysis)
        .chain(systems)
        .zip(&timed.usages)
        .filter_map(|((system, budget, build), usage)| {
            let measurement = find(&system, &budget)?;
            let with_analysis = analysis_ns
                .filter(|_| system != ANALYSIS)
                .map(|ns| ns + measurement.estimates.median.point_estimate);

            Some(Timing {
                total_docs_per_s: with_analysis.map(|ns| per_second(timed.documents, ns)),
                digest: planned.digest.to_hex().to_string(),
                build,
                ..timing(system, budget, (timed, usage), measurement)
            })
        })
        .collect()
}

/// Returns a rate per second from a count per pass and the nanoseconds of a pass.
fn per_second(count: u64, ns: f64) -> f64 {
    count as f64 * 1e9 / ns
}

/// Returns the row of a measurement, without digest, build and the speed with analysis.
fn timing(
    system: String,
    budget: String,
    (timed, usage): (&TimedCorpus, &Usage),
    measurement: &Measurement,
) -> Timing {
    let estimates = &measurement.estimates;
    let low = |estimate: &Estimate| estimate.confidence_interval.lower_bound;
    let high = |estimate: &Estimate| estimate.confidence_interval.upper_bound;
    let slope = estimates.slope.as_ref();
    let [low_severe, low_mild, high_mild, high_severe] = measurement.outliers();

    // the upper bound of a time is the lower bound of a speed
    let median = estimates.median.point_estimate;
    let (slowest, fastest) = (high(&estimates.median), low(&estimates.median));
    let megabytes = |ns: f64| per_second(timed.bytes, ns) / 1e6;

    Timing {
        system,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        corpus: timed.name.clone(),
        digest: String::new(),
        budget,
        documents: timed.documents,
        bytes: timed.bytes,
        sentences: timed.sentences,
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
        docs_per_s: per_second(timed.documents, median),
        docs_per_s_low: per_second(timed.documents, slowest),
        docs_per_s_high: per_second(timed.documents, fastest),
        mb_per_s: megabytes(median),
        mb_per_s_low: megabytes(slowest),
        mb_per_s_high: megabytes(fastest),
        ns_per_sentence: median / timed.sentences.max(1) as f64,
        cpu_ns: usage.cpu_ns(),
        load: usage.load,
        total_docs_per_s: None,
        build: String::new(),
    }
}

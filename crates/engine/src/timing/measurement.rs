//! Reads measurements from the files that criterion writes.
//!
//! Their format is private to criterion. This is why `Cargo.toml` has its exact version, and
//! why a test below lets it write files and reads them.

use std::{fs, path::Path};

use serde::{Deserialize, de::DeserializeOwned};

use super::TimingError;

/// A benchmark with its results, from criterion's files
/// `new/{benchmark,estimates,sample,tukey}.json`.
#[derive(Debug)]
pub(super) struct Measurement {
    /// Names of the benchmark.
    pub benchmark: Benchmark,
    /// Statistics with their bounds.
    pub estimates: Estimates,
    /// Nanoseconds per pass, one value for each sample.
    pub times: Vec<f64>,
    /// Tukey's fences in nanoseconds: outer low, inner low, inner high, outer high.
    pub fences: [f64; 4],
}

/// Names of a benchmark in full. Criterion cuts the names of its folders at 64 bytes.
#[derive(Debug, Deserialize)]
pub(super) struct Benchmark {
    /// Corpus.
    pub group_id: String,
    /// System.
    pub function_id: Option<String>,
    /// Budget.
    pub value_str: Option<String>,
}

/// Statistics of the samples, in nanoseconds per pass.
#[derive(Debug, Deserialize)]
pub(super) struct Estimates {
    pub mean: Estimate,
    pub median: Estimate,
    pub median_abs_dev: Estimate,
    pub slope: Option<Estimate>,
    pub std_dev: Estimate,
}

/// A statistic with its interval.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) struct Estimate {
    pub point_estimate: f64,
    pub confidence_interval: Bounds,
}

/// Ends of an interval.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) struct Bounds {
    pub lower_bound: f64,
    pub upper_bound: f64,
}

/// Numbers of passes and total times in nanoseconds, one of each for each sample.
#[derive(Debug, Deserialize)]
struct Samples {
    iters: Vec<f64>,
    times: Vec<f64>,
}

/// Reads all measurements that criterion stored below `folder`, in the order of their paths.
pub(super) fn read_all(folder: &Path) -> Result<Vec<Measurement>, TimingError> {
    let mut measurements = Vec::new();
    collect(folder, &mut measurements)?;
    Ok(measurements)
}

/// Appends the measurements in and below `folder`.
fn collect(
    folder: &Path,
    measurements: &mut Vec<Measurement>,
) -> Result<(), TimingError> {
    if folder.join("benchmark.json").is_file() {
        // beside `new` there may be `base`, which is of an earlier bench
        if folder.ends_with("new") {
            measurements.push(read(folder)?);
        }
        return Ok(());
    }

    let refuse = |error| TimingError::new(folder, &error);
    let entries: Result<Vec<_>, _> = fs::read_dir(folder).map_err(refuse)?.collect();
    let mut paths: Vec<_> = entries
        .map_err(refuse)?
        .iter()
        .map(fs::DirEntry::path)
        .collect();
    paths.sort_unstable();

    for path in paths.iter().filter(|path| path.is_dir()) {
        collect(path, measurements)?;
    }
    Ok(())
}

/// Reads the measurement that is stored in `folder`.
fn read(folder: &Path) -> Result<Measurement, TimingError> {
    let Samples { iters, times } = json(&folder.join("sample.json"))?;
    Ok(Measurement {
        benchmark: json(&folder.join("benchmark.json"))?,
        estimates: json(&folder.join("estimates.json"))?,
        times: times
            .iter()
            .zip(&iters)
            .map(|(time, iters)| time / iters)
            .collect(),
        fences: json(&folder.join("tukey.json"))?,
    })
}

/// Reads a value from a JSON file.
fn json<T: DeserializeOwned>(path: &Path) -> Result<T, TimingError> {
    let text =
        fs::read_to_string(path).map_err(|error| TimingError::new(path, &error))?;
    serde_json::from_str(&text).map_err(|error| TimingError::new(path, &error))
}

impl Measurement {
    /// Counts the samples beyond the fences: low severe, low mild, high mild, high severe.
    pub(super) fn outliers(&self) -> [u64; 4] {
        let [outer_low, low, high, outer_high] = self.fences;

        let count = |is: &dyn Fn(f64) -> bool| {
            self.times.iter().filter(|&&time| is(time)).count() as u64
        };

        [
            count(&|time| time < outer_low),
            count(&|time| (outer_low..low).contains(&time)),
            count(&|time| time > high && time <= outer_high),
            count(&|time| time > outer_high),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn files_of_criterion_have_the_format_that_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let mut criterion = criterion::Criterion::default()
            .output_directory(folder.path())
            .without_plots()
            .sample_size(10)
            .warm_up_time(Duration::from_millis(1))
            .measurement_time(Duration::from_millis(20));

        let mut group = criterion.benchmark_group("a corpus/with a slash");
        let long =
            "a-system-whose-name-is-much-longer-than-the-64-bytes-that-a-folder-may-have";
        let id = criterion::BenchmarkId::new(long, "3 sentences");
        group.bench_function(id, |bencher| bencher.iter(|| std::hint::black_box(7)));
        group.finish();

        let found = read_all(folder.path()).unwrap();
        assert_eq!(found.len(), 1);
        let Measurement {
            benchmark,
            estimates,
            times,
            ..
        } = &found[0];

        assert_eq!(benchmark.group_id, "a corpus/with a slash");
        assert_eq!(benchmark.function_id.as_deref(), Some(long));
        assert_eq!(benchmark.value_str.as_deref(), Some("3 sentences"));
        assert_eq!(times.len(), 10);
        assert!(estimates.mean.point_estimate > 0.0);
        assert!(found[0].outliers().iter().sum::<u64>() <= 10);
    }

    #[test]
    fn outliers_are_counted_between_and_beyond_the_fences() {
        let estimate = Estimate {
            point_estimate: 1.0,
            confidence_interval: Bounds {
                lower_bound: 1.0,
                upper_bound: 1.0,
            },
        };

        let measurement = Measurement {
            benchmark: Benchmark {
                group_id: "g".into(),
                function_id: None,
                value_str: None,
            },
            estimates: Estimates {
                mean: estimate,
                median: estimate,
                median_abs_dev: estimate,
                slope: None,
                std_dev: estimate,
            },
            times: vec![-9.0, 1.0, 5.0, 9.0, 15.0, 99.0, 100.0],
            fences: [0.0, 4.0, 10.0, 20.0],
        };

        assert_eq!(measurement.outliers(), [1, 1, 1, 2]);
    }
}

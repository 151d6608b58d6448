//! How often 95 % intervals of means and of differences hold the truth, by population,
//! number of documents and method: prints `results/published/coverage.csv`. For scores of 0
//! and 1 a row `epitome-exact` has sums over all outcomes, without a sampling error.

#![expect(clippy::print_stdout, reason = "it prints CSV")]

mod exact;
mod methods;
mod populations;

use std::num::NonZero;

use epitome::rng;

use exact::exact;
use methods::METHODS;
use populations::{POPULATIONS, Population};

/// Numbers of documents.
const SIZES: [usize; 5] = [20, 30, 50, 100, 300];

/// Samples of each population and size.
const SAMPLES: u64 = 2_000;

/// The sums of one method over the samples.
#[derive(Default, Clone, Copy)]
struct Found {
    covered: u64,
    width: f64,
}

fn main() {
    let seed = std::env::args()
        .nth(1)
        .and_then(|seed| seed.parse().ok())
        .unwrap_or(0);

    println!("population,n,kind,method,samples,coverage,error,width");
    for population in POPULATIONS {
        for size in SIZES {
            for (method, found) in METHODS.iter().zip(measured(population, size, seed)) {
                let share = found.covered as f64 / SAMPLES as f64;
                println!(
                    "{},{size},{},{},{SAMPLES},{share:.4},{:.4},{:.4}",
                    population.name,
                    population.kind(),
                    method.name,
                    (share * (1.0 - share) / SAMPLES as f64).sqrt(),
                    found.width / SAMPLES as f64
                );
            }
            if let Some(shares) = population.shares {
                let exact = exact(shares, population.truth, size);
                println!(
                    "{},{size},{},epitome-exact,{},{:.4},0,{:.4}",
                    population.name,
                    population.kind(),
                    exact.outcomes,
                    exact.coverage,
                    exact.width
                );
            }
        }
    }
}

/// Every method on the same samples, on all threads: a sample is a function of its number.
fn measured(population: &Population, size: usize, seed: u64) -> Vec<Found> {
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get) as u64;
    let of_thread = |thread: u64| {
        let mut sums = vec![Found::default(); METHODS.len()];
        for sample in (thread..SAMPLES).step_by(threads as usize) {
            let stream = rng::mix(rng::seed_of(seed, population.name), sample);
            let stream = rng::mix(stream, size as u64);
            let (a, b) = population.sample(stream, size);
            for (sum, low_high) in sums.iter_mut().zip(methods::all(&a, &b, stream)) {
                let (low, high) = low_high;
                let holds =
                    low - 1e-9 <= population.truth && population.truth <= high + 1e-9;
                sum.covered += u64::from(holds);
                sum.width += high - low;
            }
        }
        sums
    };

    let mut all = vec![Found::default(); METHODS.len()];
    std::thread::scope(|scope| {
        let of_thread = &of_thread;
        let parts: Vec<_> = (0..threads)
            .map(|thread| scope.spawn(move || of_thread(thread)))
            .collect();
        for part in parts {
            let part = part.join().unwrap_or_default();
            for (sum, found) in all.iter_mut().zip(part) {
                sum.covered += found.covered;
                sum.width += found.width;
            }
        }
    });

    all
}

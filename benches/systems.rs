//! Times every system on the sampler: `cargo bench --bench systems`.
//!
//! The same measurement as `epitome bench`; writes `timings.csv` beside criterion's own
//! files, in the folder of `epitome run`'s results on the sampler.

use std::{error::Error, path::Path, time::Duration};

use epitome::{
    corpus,
    registry::Registry,
    run::Request,
    timing::{self, BenchSettings},
};

fn main() -> Result<(), Box<dyn Error>> {
    let corpora = vec![corpus::open("sampler")?];
    let plan = Request::default().plan(&Registry::standard(), corpora)?;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../results")
        .join(plan.name());
    let settings = BenchSettings {
        quiet: false,
        samples: 20,
        warm_up: Duration::from_millis(500),
        measurement: Duration::from_secs(2),
    };
    let timings = timing::bench(&plan, &folder.join("criterion"), settings)?;
    timing::write(&folder, &timings)?;
    Ok(())
}

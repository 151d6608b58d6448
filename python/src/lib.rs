//! The compiled half of the Python package. `python/epitome` is what users import; nothing
//! here has a name that they see.

mod arrow;
mod callables;
mod errors;
mod one;
mod pairs;
mod rouge;
mod runs;
mod session;
mod signals;
mod tables;

use pyo3::prelude::*;

/// The functions behind the package `epitome`.
#[pymodule]
mod _native {
    use super::{Python, pyfunction};

    #[pymodule_export]
    use super::callables::{Metric, System};
    #[pymodule_export]
    use super::one::{keywords, sentences, stem, summarise};
    #[pymodule_export]
    use super::pairs::score;
    #[pymodule_export]
    use super::rouge::{Batch, Rouge, quantiles};
    #[pymodule_export]
    use super::runs::{
        compare, find, gate, manifest, names, newest, report, table, text,
    };
    #[pymodule_export]
    use super::session::run;
    #[pymodule_export]
    use super::tables::Columns;

    /// The version of the package.
    #[pyfunction]
    fn version() -> &'static str {
        env!("CARGO_PKG_VERSION")
    }

    /// The program `epitome` with these arguments, the first of which is its name; returns
    /// its exit code.
    #[pyfunction]
    fn main(py: Python<'_>, arguments: Vec<String>) -> u8 {
        let registry = epitome::registry::Registry::standard();
        py.detach(|| epitome::cli::main_with(&registry, arguments))
    }
}

//! What systems share: graphs, walks on them, and filling a budget.

mod budget;
mod furniture;
mod graph;
mod pagerank;
mod selection;

pub use budget::Budget;
pub use furniture::Furniture;
pub use graph::Graph;
pub use pagerank::pagerank;
pub use selection::{Selection, best_first};

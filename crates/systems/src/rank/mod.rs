//! Code that systems share: budgets and the selection of sentences, sparse vectors,
//! graphs and walks on them.

mod alike;
mod budget;
mod centrality;
mod distinct;
mod eigen;
mod graph;
mod greedy;
mod links;
mod near;
mod overlap;
mod pagerank;
mod position;
mod principal;
mod products;
mod query;
mod selection;
mod space;
mod sumy;
mod svd;
mod table;
#[cfg(test)]
pub(crate) mod testing;
mod vectors;

pub use alike::{Alike, degrees_above, effort_above};
pub use budget::Budget;
pub use centrality::{betweenness, closeness, core_numbers};
pub use eigen::{Eigen, eigen};
pub use graph::Graph;
pub use greedy::{Objective, lazy_greedy};
pub use links::{Links, TermLinks};
pub use near::Effort;
pub use overlap::Overlap;
pub use pagerank::{biased_pagerank, distribution, networkx_pagerank, pagerank};
pub use position::Position;
pub use principal::principal_eigenvector;
pub use products::products_after;
pub use query::query_counts;
pub use selection::{Selection, Summary, best_first};
pub use space::{CosineLinks, Space, embedded_sentences};
pub(crate) use space::{EMBEDDING, SpaceOf, space_choice};
pub use sumy::{SumyWords, sumy_forms, sumy_words};
pub use svd::{Singular, sentence_svd};
pub use table::Table;
pub use vectors::{Vectors, length};

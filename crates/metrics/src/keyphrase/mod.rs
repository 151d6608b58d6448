//! Metrics that compare keyphrases with gold keyphrases, by a declared protocol.

mod f1;
mod gold;
mod metric;
mod partial;
mod protocol;
mod ranked;
mod semantic;
mod source;

pub use f1::{Cut, KeyphraseF1};
pub(super) use f1::{F1, F1_AT_5, F1_AT_10, F1_AT_15, F1_AT_M, F1_AT_O};
pub use metric::Keyphrases;
pub(super) use partial::ENTRY as PARTIAL;
pub use partial::KeyphrasePartial;
pub use protocol::{Denominator, Duplicates, EmptyGold, GoldSet, Protocol};
pub use ranked::{KeyphraseList, KeyphraseNdcg, RankedList};
pub(super) use ranked::{MAP, MRR, NDCG, NDCG_AT_10, R_PRECISION};
pub(super) use semantic::ENTRY as SEMANTIC;
pub use semantic::KeyphraseSemantic;

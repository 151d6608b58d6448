//! ROUGE: the units that the variants count, and how each tool turns counts into scores.

mod common_subsequence;
mod counts;
mod l;
mod long;
mod lsum;
mod metric;
mod n;
mod ngrams;
mod parameters;
mod profile;
mod round;
mod s;
mod skips;
mod union;
mod w;
mod weighted;

pub(super) use common_subsequence::{Columns, length as lcs_length};
pub(super) use l::ENTRY as ROUGE_L;
pub(super) use lsum::ENTRY as ROUGE_LSUM;
pub use metric::Rouge;
pub(super) use n::ROUGE_N;
pub use profile::{Rouge155Scores, SeveralReferences};
pub(super) use s::{ROUGE_S, ROUGE_SU};
pub(super) use w::ENTRY as ROUGE_W;

//! Tables of what a run found.

mod agreement;
mod leaderboard;
mod tally;
mod terminal;

pub use agreement::{AgreementReport, AgreementRow, TestRow};
pub use leaderboard::{Leaderboard, LeaderboardError, Row};
pub use tally::Tally;
pub use terminal::{speeds, tables};

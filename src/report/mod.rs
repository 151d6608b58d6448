//! Tables of what a run found.

mod leaderboard;
mod tally;
mod terminal;

pub use leaderboard::{Leaderboard, LeaderboardError, Row};
pub use tally::Tally;
pub use terminal::{speeds, tables};

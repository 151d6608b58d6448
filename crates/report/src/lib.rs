//! Tables of what a run found.

mod across;
mod agreement;
mod board;
mod board_grid;
mod compare;
mod comparison;
mod draw;
mod fall;
mod falls;
mod grid;
#[cfg(feature = "html")]
mod html;
mod latex;
mod leaderboard;
mod line;
mod markdown;
mod observations;
mod pairs;
mod partial;
mod results;
mod speeds;
mod survey;
mod table_file;
mod tally;
mod terminal;
mod unit;
mod verdict;

pub use across::{Across, Standing, across, averages_grids, read_across, write_across};
pub use agreement::{AgreementReport, AgreementRow, TestRow};
pub use board::{Board, add_unread, boards};
pub use compare::{Found, Settings, Test, compare};
pub use comparison::{
    ALPHA, Comparison, letters_of, read_comparisons, write_comparisons,
};
pub use draw::{Format, draw_boards, draw_comparisons, draw_grid};
pub use fall::Fall;
pub use falls::add_falls;
pub use grid::{Block, Cell, Explained, Grid, Part, printable};
#[cfg(feature = "html")]
pub use html::{ReportError, ScalingPoint, read_scaling, write_report};
pub use leaderboard::{Leaderboard, Row};
pub use line::{Line, Scored};
pub use observations::{CorpusScores, Field, Observations};
pub use pairs::{Compared, PairScores, Pairing, PairingError, Run};
pub use partial::{Documents, Partial};
pub use results::{Results, ResultsError};
pub use speeds::speeds;
pub use survey::draw_survey;
pub use table_file::TableError;
pub use tally::{Tally, notes::formulas};
pub use terminal::terminal;
pub use unit::{difference as difference_in, symbol_of_differences};

//! Tables of what a run found.

mod across;
mod agreement;
mod board;
mod board_grid;
mod change;
mod changes;
mod compare;
mod comparison;
mod draw;
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

pub use across::{
    Across, AcrossStanding, across, averages_grids, read_across, write_across,
};
pub use agreement::{AgreementReport, AgreementRow, TestRow};
pub use board::{Board, add_unread, boards};
pub use change::Change;
pub use changes::add_falls;
pub use compare::{ComparisonSettings, PairResult, SignificanceTest, compare};
pub use comparison::{
    ALPHA, Comparison, letters_of, read_comparisons, write_comparisons,
};
pub use draw::{TableFormat, draw_boards, draw_comparisons, draw_grid};
pub use grid::{Explained, Grid, GridBlock, GridCell, Part, printable};
#[cfg(feature = "html")]
pub use html::{ReportError, ScalingPoint, read_scaling, write_report};
pub use leaderboard::{Leaderboard, Row};
pub use line::{BoardLine, BoardScore};
pub use observations::{CorpusScores, Field, Observations};
pub use pairs::{Compared, PairScores, Pairing, PairingError, Run};
pub use partial::{Documents, PartialRun};
pub use results::{Results, ResultsError};
pub use speeds::speeds;
pub use survey::draw_survey;
pub use table_file::TableError;
pub use tally::{Tally, notes::formulas};
pub use terminal::terminal;
pub use unit::{
    difference as difference_in, scaled, symbol as symbol_of_unit, symbol_of_differences,
    value as value_in,
};

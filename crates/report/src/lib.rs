//! Tables of what a run found.

mod across;
mod across_columns;
mod agreement;
mod averages;
mod board;
mod board_grid;
mod change;
mod changes;
mod compare;
mod comparison;
mod draw;
mod grid;
mod grouped;
#[cfg(feature = "html")]
mod html;
mod latex;
mod latex_panels;
mod leaderboard;
mod line;
mod markdown;
mod observations;
mod pair_result;
mod pairs;
mod pairs_between;
mod partial;
mod results;
mod run_tables;
mod same_documents;
mod shown;
mod speeds;
mod survey;
mod table_file;
mod tally;
mod terminal;
mod tuned;
mod unit;
mod verdict;

pub use across::{Across, AcrossStanding, across, read_across, write_across};
pub use agreement::{AgreementReport, AgreementRow, TestRow};
pub use board::{Board, add_unread, boards};
pub use change::Change;
pub use compare::compare;
pub use comparison::{
    ALPHA, Comparison, letters_of, read_comparisons, read_comparisons_in,
    write_comparisons,
};
pub use draw::{TableFormat, draw_comparisons, draw_grid, draw_tables};
pub use grid::{
    Explained, Grid, GridBlock, GridCell, GridGroup, Part, p_value, printable,
};
#[cfg(feature = "html")]
pub use html::{
    FigureFile, PAGE_SCRIPT, PAGE_STYLE, ReportError, ScalingPoint, command_of_run,
    figure_files, hash_of_content, read_scaling, sentence, write_report,
};
pub use leaderboard::{Leaderboard, Row};
pub use line::{BoardLine, BoardScore};
pub use observations::{CorpusScores, Field, Observations};
pub use pair_result::{ComparisonSettings, PairResult, SignificanceTest};
pub use pairs::{Compared, PairScores, Pairing, PairingError, Run};
pub use partial::{Documents, PartialRun};
pub use results::{Results, ResultsError};
pub use run_tables::RunTables;
pub use same_documents::SameDocuments;
pub use shown::Shown;
pub use speeds::speeds;
pub use survey::draw_survey;
pub use table_file::TableError;
pub use tally::{Tally, notes::formulas};
pub use terminal::terminal;
pub use tuned::{TunedRow, draw_tuned, tuned_rows, write_tuned};
pub use unit::{
    difference as difference_in, scaled, symbol as symbol_of_unit, symbol_of_differences,
    value as value_in,
};

//! The figures of a section.

use epitome_metrics::Task;

mod bins;
mod figure;
mod means;
mod numbers;
mod places;
mod ranks;
mod scaling;
mod sources;
mod speed;
mod wins;

pub(super) use figure::Figure;
pub(super) use sources::Sources;

impl Sources<'_> {
    /// Returns all figures; those without a drawing come last.
    pub(super) fn figures(self) -> Vec<Figure> {
        let mut all = vec![self.speed()];
        all.extend([self.wins(), self.ranked_documents()]);
        all.push(self.by_length());
        if self.board.task == Task::Summaries {
            all.extend([self.by_place(), self.places()]);
        }
        all.push(self.scaling());
        all.sort_by_key(|figure| figure.drawing.is_err()); // missing ones come last
        all
    }
}

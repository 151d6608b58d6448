//! The figures of a section: what each shows, from what, or why it cannot.

use serde::Serialize;

use crate::{Board, Standing};
use epitome_engine::timing::Timing;
use epitome_metrics::Task;

use super::{gathered::Gathered, scaling::ScalingPoint};

mod bins;
mod places;
mod ranks;
mod scaling;
mod speed;

/// A figure of the page.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Figure {
    /// What it shows.
    title: String,
    /// How to read it.
    caption: String,
    /// The drawing, or what is missing for it.
    drawing: Result<String, String>,
    /// The numbers behind it.
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Figure {
    fn new(title: &str, caption: impl Into<String>) -> Self {
        Self {
            title: title.to_owned(),
            caption: caption.into(),
            drawing: Err(String::new()),
            header: Vec::new(),
            rows: Vec::new(),
        }
    }

    fn missing(self, why: impl Into<String>) -> Self {
        Self { drawing: Err(why.into()), ..self }
    }

    fn table(&mut self, header: &[&str], rows: Vec<Vec<String>>) {
        self.header = header.iter().map(|title| (*title).to_owned()).collect();
        self.rows = rows;
    }
}

/// What figures of a board are drawn from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sources<'a> {
    /// The board; figures are of its first metric.
    pub(super) board: &'a Board,
    /// The documents of its corpus.
    pub(super) gathered: &'a Gathered,
    /// The indices of the lines' systems, and of the first metric, in the run.
    pub(super) systems: &'a [usize],
    /// Index of the first metric in the run.
    pub(super) metric: usize,
    /// The budget of the systems.
    pub(super) budget: &'a str,
    /// Criterion's measurements.
    pub(super) timings: &'a [Timing],
    /// Rankings over documents and corpora.
    pub(super) standings: &'a [Standing],
    /// Times by length.
    pub(super) scaling: &'a [ScalingPoint],
}

fn number(value: f64) -> String {
    format!("{value:.2}").replace('-', "−")
}

fn interval(bounds: Option<(f64, f64)>) -> String {
    bounds.map_or(String::new(), |(low, high)| {
        format!("{} to {}", number(low), number(high))
    })
}

impl Sources<'_> {
    /// All of them.
    pub(super) fn figures(self) -> Vec<Figure> {
        let mut all = vec![self.speed()];
        all.extend(self.ranks());
        all.push(self.by_length());
        if self.board.task == Task::Summaries {
            all.extend([self.by_place(), self.places()]);
        }
        all.push(self.scaling());
        all.sort_by_key(|figure| figure.drawing.is_err()); // what is missing comes last
        all
    }

    fn name(&self) -> &str {
        &self.board.metrics[0].name
    }
}

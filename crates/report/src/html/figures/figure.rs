//! A figure of the page.

use serde::Serialize;

use crate::html::charts::{Series, svg::Svg};

/// A figure of the page.
#[derive(Debug, Clone, Serialize)]
pub(in crate::html) struct Figure {
    /// Title of the figure.
    pub(in crate::html) title: String,
    /// Explanation below the title.
    pub(in crate::html) caption: String,
    /// Drawing, or the reason why there is none.
    pub(in crate::html) drawing: Result<Svg, String>,
    /// Table with the numbers of the drawing.
    pub(super) header: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
    /// Whether the drawing does not fit into half of the page.
    wide: bool,
    /// Names and colours of lines that are named where they end, for screens that end before.
    pub(super) keys: Vec<(String, Option<usize>)>,
}

impl Figure {
    /// Creates a figure without a drawing.
    pub(super) fn new(title: &str, caption: impl Into<String>) -> Self {
        Self {
            title: title.to_owned(),
            caption: caption.into(),
            drawing: Err(String::new()),
            header: Vec::new(),
            rows: Vec::new(),
            wide: false,
            keys: Vec::new(),
        }
    }

    /// Sets the drawing.
    pub(super) fn draw(&mut self, drawing: Svg) {
        self.wide = drawing.is_wide();
        self.drawing = Ok(drawing);
    }

    /// Sets the names and colours of the lines; grey ones have none.
    pub(super) fn key(&mut self, series: &[Series<'_>]) {
        let coloured = series.iter().filter(|one| one.hue.0.is_some());
        let keys = coloured.map(|one| (one.name.to_owned(), one.hue.0));
        self.keys = keys.collect();
    }

    /// Returns the figure with the reason why there is no drawing.
    pub(super) fn missing(self, why: impl Into<String>) -> Self {
        Self {
            drawing: Err(why.into()),
            ..self
        }
    }

    /// Sets the table below the figure.
    pub(super) fn table(&mut self, header: &[&str], rows: Vec<Vec<String>>) {
        self.header = header.iter().map(|title| (*title).to_owned()).collect();
        self.rows = rows;
    }
}

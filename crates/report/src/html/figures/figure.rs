//! A figure of the page.

use serde::Serialize;

use crate::html::charts::svg::Svg;

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
        }
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

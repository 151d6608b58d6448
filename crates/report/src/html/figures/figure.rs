//! A figure of the page.

use serde::Serialize;

use crate::html::charts::svg::Svg;

/// A figure of the page.
#[derive(Debug, Clone, Serialize)]
pub(in crate::html) struct Figure {
    /// What it shows.
    pub(in crate::html) title: String,
    /// How to read it.
    pub(in crate::html) caption: String,
    /// The drawing, or what is missing for it.
    pub(in crate::html) drawing: Result<Svg, String>,
    /// The numbers behind it.
    pub(super) header: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
}

impl Figure {
    pub(super) fn new(title: &str, caption: impl Into<String>) -> Self {
        Self {
            title: title.to_owned(),
            caption: caption.into(),
            drawing: Err(String::new()),
            header: Vec::new(),
            rows: Vec::new(),
        }
    }

    pub(super) fn missing(self, why: impl Into<String>) -> Self {
        Self {
            drawing: Err(why.into()),
            ..self
        }
    }

    pub(super) fn table(&mut self, header: &[&str], rows: Vec<Vec<String>>) {
        self.header = header.iter().map(|title| (*title).to_owned()).collect();
        self.rows = rows;
    }
}

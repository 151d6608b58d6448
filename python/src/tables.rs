//! A table in columns, in the layout of Arrow.

use std::{path::Path, sync::Arc};

use pyo3::{
    prelude::*,
    types::{PyCapsule, PyList},
};

use super::{
    arrow::Stream,
    errors::{input, wrong_type},
};

/// What is known of each row, and where it is not.
#[derive(Debug, Default)]
pub(crate) struct Validity {
    /// A bit a row, from the lowest of each byte: 1 where the value is known.
    pub(crate) bits: Vec<u8>,
    /// How many are not.
    pub(crate) unknown: usize,
}

impl Validity {
    fn push(&mut self, at: usize, is_known: bool) {
        if at.is_multiple_of(8) {
            self.bits.push(0);
        }
        if is_known {
            self.bits[at / 8] |= 1 << (at % 8);
        } else {
            self.unknown += 1;
        }
    }

    fn is_known(&self, at: usize) -> bool {
        self.bits[at / 8] >> (at % 8) & 1 == 1
    }
}

/// The values of a column.
#[derive(Debug)]
pub(crate) enum Values {
    /// UTF-8 one after the other, and where each ends; the first is 0.
    Text { ends: Vec<i64>, bytes: Vec<u8> },
    /// Whole numbers.
    Whole(Vec<i64>),
    /// Numbers.
    Real(Vec<f64>),
}

/// A column.
#[derive(Debug)]
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) values: Values,
    pub(crate) validity: Validity,
}

/// The kind of a column.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    Text,
    Whole,
    Real,
}

impl Kind {
    /// The kind of a column of a run's tables, as `docs/results.md` has it.
    fn of(table: &str, column: &str) -> Self {
        const WHOLE: [&str; 22] = [
            "blocks",
            "bytes",
            "documents",
            "failed",
            "high_mild",
            "high_severe",
            "host_ns",
            "learnt_on",
            "losses",
            "low_mild",
            "low_severe",
            "n",
            "own_ns",
            "place_high",
            "place_low",
            "rank_high",
            "rank_low",
            "samples",
            "sentences",
            "systems",
            "ties",
            "wins",
        ];

        const REAL: [&str; 50] = [
            "borda",
            "both_high",
            "both_low",
            "chi_squared",
            "ci_high",
            "ci_low",
            "cpu_ns",
            "critical_difference",
            "difference",
            "docs_high",
            "docs_low",
            "docs_per_s",
            "docs_per_s_high",
            "docs_per_s_low",
            "effect",
            "load",
            "mad_ns",
            "mb_per_s",
            "mb_per_s_high",
            "mb_per_s_low",
            "mean",
            "mean_high",
            "mean_high_ns",
            "mean_low",
            "mean_low_ns",
            "mean_ns",
            "mean_rank",
            "median_high_ns",
            "median_low_ns",
            "median_ns",
            "micro_mean",
            "ns_per_sentence",
            "p",
            "p_holm",
            "precision",
            "recall",
            "share_of_oracle",
            "slope_high_ns",
            "slope_low_ns",
            "slope_ns",
            "std_dev_ns",
            "systems_high",
            "total_docs_per_s",
            "systems_low",
            "t",
            "value",
            "value_a",
            "value_b",
            "win_rate",
            "words",
        ];

        match (table, column) {
            ("documents.csv", "words") | ("plugin_timings.csv", "cpu_ns") => Self::Whole,
            (_, column) if WHOLE.contains(&column) => Self::Whole,
            (_, column) if REAL.contains(&column) => Self::Real,
            _ => Self::Text,
        }
    }

    fn named(name: &str) -> Option<Self> {
        match name {
            "text" => Some(Self::Text),
            "whole" => Some(Self::Whole),
            "real" => Some(Self::Real),
            _ => None,
        }
    }
}

impl Column {
    pub(crate) fn new(name: &str, kind: Kind) -> Self {
        let values = match kind {
            Kind::Text => Values::Text {
                ends: vec![0],
                bytes: Vec::new(),
            },
            Kind::Whole => Values::Whole(Vec::new()),
            Kind::Real => Values::Real(Vec::new()),
        };
        Self {
            name: name.to_owned(),
            values,
            validity: Validity::default(),
        }
    }

    fn len(&self) -> usize {
        match &self.values {
            Values::Text { ends, .. } => ends.len() - 1,
            Values::Whole(values) => values.len(),
            Values::Real(values) => values.len(),
        }
    }

    fn kind(&self) -> &'static str {
        match self.values {
            Values::Text { .. } => "text",
            Values::Whole(_) => "whole",
            Values::Real(_) => "real",
        }
    }

    /// Adds a cell of a table in CSV; an empty one is unknown. False if it is not of the
    /// column's kind.
    fn push_cell(&mut self, cell: &str) -> bool {
        let cell = Some(cell).filter(|cell| !cell.is_empty());
        match &self.values {
            Values::Text { .. } => {
                self.push_text(cell);
                true
            }
            Values::Whole(_) => {
                let number = cell.map(str::parse).transpose();
                number.map(|number| self.push_whole(number)).is_ok()
            }
            Values::Real(_) => {
                let number = cell.map(str::parse).transpose();
                number.map(|number| self.push_real(number)).is_ok()
            }
        }
    }

    pub(crate) fn push_text(&mut self, text: Option<&str>) {
        let at = self.len();
        if let Values::Text { ends, bytes } = &mut self.values {
            bytes.extend_from_slice(text.unwrap_or_default().as_bytes());
            ends.push(bytes.len() as i64);
            self.validity.push(at, text.is_some());
        }
    }

    pub(crate) fn push_whole(&mut self, number: Option<i64>) {
        let at = self.len();
        if let Values::Whole(values) = &mut self.values {
            values.push(number.unwrap_or_default());
            self.validity.push(at, number.is_some());
        }
    }

    pub(crate) fn push_real(&mut self, number: Option<f64>) {
        let at = self.len();
        if let Values::Real(values) = &mut self.values {
            values.push(number.unwrap_or_default());
            self.validity.push(at, number.is_some());
        }
    }

    fn text(&self, at: usize) -> &str {
        match &self.values {
            Values::Text { ends, bytes } => {
                let bytes = bytes.get(ends[at] as usize..ends[at + 1] as usize);
                std::str::from_utf8(bytes.unwrap_or_default()).unwrap_or_default()
            }
            _ => "",
        }
    }

    fn list<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let known = |at: usize| self.validity.is_known(at);
        match &self.values {
            Values::Text { .. } => {
                let texts = (0..self.len()).map(|at| known(at).then(|| self.text(at)));
                PyList::new(py, texts.collect::<Vec<_>>())
            }
            Values::Whole(values) => {
                let numbers = values.iter().enumerate();
                let numbers = numbers.map(|(at, number)| known(at).then_some(*number));
                PyList::new(py, numbers.collect::<Vec<_>>())
            }
            Values::Real(values) => {
                let numbers = values.iter().enumerate();
                let numbers = numbers.map(|(at, number)| known(at).then_some(*number));
                PyList::new(py, numbers.collect::<Vec<_>>())
            }
        }
    }
}

/// A table in columns of equal length.
#[pyclass(frozen, module = "epitome._native")]
pub(crate) struct Columns {
    columns: Arc<Vec<Column>>,
    rows: usize,
}

impl Columns {
    pub(crate) fn of(columns: Vec<Column>) -> Self {
        let rows = columns.first().map_or(0, Column::len);
        Self {
            columns: Arc::new(columns),
            rows,
        }
    }

    /// Reads a table of a run; one of 0 bytes has neither rows nor columns.
    pub(crate) fn read(path: &Path) -> PyResult<Self> {
        let refuse = |problem: String| input(format!("{}: {problem}", path.display()));

        if !path.is_file() {
            return Err(refuse(
                "there is no such table\nhint: the run has not ended, or has none"
                    .to_owned(),
            ));
        }

        let mut reader =
            csv::Reader::from_path(path).map_err(|error| refuse(error.to_string()))?;
        let names = reader
            .headers()
            .map_err(|error| refuse(error.to_string()))?
            .clone();

        let file = path.file_name().unwrap_or_default().to_string_lossy();
        let column = |name| Column::new(name, Kind::of(&file, name));
        let mut columns: Vec<Column> = names.iter().map(column).collect();
        for (at, row) in reader.records().enumerate() {
            let row = row.map_err(|error| refuse(error.to_string()))?;
            for (column, cell) in columns.iter_mut().zip(&row) {
                if !column.push_cell(cell) {
                    let name = &column.name;
                    let line = at + 2;
                    return Err(refuse(format!(
                        "line {line}: `{name}` is `{cell}`, not a number"
                    )));
                }
            }
        }

        Ok(Self::of(columns))
    }
}

#[pymethods]
impl Columns {
    /// A table of these columns: name, kind (`text`, `whole`, `real`), values.
    #[new]
    fn new(columns: Vec<(String, String, Bound<'_, PyAny>)>) -> PyResult<Self> {
        let mut made = Vec::new();

        for (name, kind, values) in columns {
            let kind = Kind::named(&kind)
                .ok_or_else(|| input(format!("no column is of the kind `{kind}`")))?;
            let mut column = Column::new(&name, kind);
            for value in values.try_iter()? {
                let value = value?;
                match kind {
                    Kind::Text => {
                        column.push_text(value.extract::<Option<String>>()?.as_deref());
                    }
                    Kind::Whole => column.push_whole(value.extract()?),
                    Kind::Real => column.push_real(value.extract()?),
                }
            }
            made.push(column);
        }

        let lengths: Vec<usize> = made.iter().map(Column::len).collect();
        if lengths.windows(2).any(|pair| pair[0] != pair[1]) {
            return Err(wrong_type(format!(
                "columns of different lengths: {lengths:?}"
            )));
        }

        Ok(Self::of(made))
    }

    /// The names of the columns with their kinds.
    fn schema(&self) -> Vec<(String, &'static str)> {
        self.columns
            .iter()
            .map(|column| (column.name.clone(), column.kind()))
            .collect()
    }

    /// The values of a column; unknown ones are `None`.
    fn column<'py>(&self, py: Python<'py>, at: usize) -> PyResult<Bound<'py, PyList>> {
        match self.columns.get(at) {
            Some(column) => column.list(py),
            None => Err(input(format!("there are {} columns", self.columns.len()))),
        }
    }

    fn __len__(&self) -> usize {
        self.rows
    }

    /// A capsule with an `ArrowArrayStream` of one batch.
    fn arrow_c_stream<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let stream = Stream::of(Arc::clone(&self.columns), self.rows);
        PyCapsule::new_with_value(py, stream, c"arrow_array_stream")
    }
}

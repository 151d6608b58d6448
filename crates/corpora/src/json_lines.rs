//! Records of JSON Lines: one on each line.

use std::{io::BufRead, sync::Arc};

use super::{corpus::Unparsed, line::lines, mapping::Mapping, source::Source};

/// Returns the records of a file of JSON Lines, which are parsed later. `mapping` is that
/// of columns with other names than ours.
pub(super) fn records(
    origin: String,
    reader: impl BufRead + Send + 'static,
    mapping: Option<Arc<Mapping>>,
) -> Unparsed<'static> {
    let records = lines(origin, reader);
    Box::new(records.map(move |line| {
        let line = line?;
        Ok(match &mapping {
            None => Source::Line(line),
            Some(_) => Source::of_json(line, None, mapping.clone()),
        })
    }))
}

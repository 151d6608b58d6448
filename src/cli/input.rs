//! One text from a file or standard input.

use std::{
    fs,
    io::{self, Read},
    path::Path,
};

use crate::text::{Analyser, Document, Language, Needs, Source};

use super::{arguments::TextArgs, failure::Failure};

/// Reads FILE, or standard input for `-`.
pub(super) fn read(file: &Path) -> Result<String, Failure> {
    let name = file.display();
    let refuse = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => Failure::input(format!("no file `{name}`")),
        io::ErrorKind::IsADirectory => {
            Failure::input(format!("{name}: it is a folder, not a file"))
        }
        _ => Failure::input(format!("{name}: {error}")),
    };
    let bytes = if file == Path::new("-") {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes).map_err(refuse)?;
        bytes
    } else {
        fs::read(file).map_err(refuse)?
    };
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to() + 1;
        Failure::input(format!(
            "{name}: byte {at} is not UTF-8\nhint: `iconv` converts texts"
        ))
    })
}

/// Analyses FILE for a system with `needs`; idf is not to be had of one text: in the language asked for, or the one it seems to be in.
pub(super) fn document(
    file: &Path,
    arguments: TextArgs,
    needs: Needs,
) -> Result<Document, Failure> {
    let text = read(file)?;
    let source = Source {
        id: &file.display().to_string(),
        title: "",
        text: &text,
        language: arguments.lang.unwrap_or_else(|| Language::detect(&text)),
        segmenter: arguments.segmenter(),
    };
    Ok(Analyser::new(needs.tags, None).analyse(source))
}

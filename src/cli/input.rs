//! One text from a file or standard input.

use std::{
    io::{self, IsTerminal as _},
    path::Path,
};

use crate::{
    corpus::{Binary, TextFormat, tagged_text, utf16_text, without_mark},
    metric::Task,
    registry::Registry,
    spec::Spec,
    text::{
        Analyser, AnalysisNeeds, Document, Language, Source,
        boilerplate::{Boilerplate, BoilerplateShare},
    },
    whole_file,
};

use super::{arguments::TextArgs, failure::Failure, output::say};

/// Reads the text of a file, or of standard input for `-`. Returns the plain text and the format of
/// the file; prints a note about the format unless it is plain text.
fn read(file: &Path) -> Result<(String, TextFormat), Failure> {
    let name = file.display();
    let refuse = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => Failure::input(format!("no file `{name}`")),
        io::ErrorKind::IsADirectory => {
            Failure::input(format!("{name}: it is a folder, not a file"))
        }
        _ => Failure::input(format!("{name}: {error}")),
    };
    let bytes = if file == Path::new("-") {
        whole_file::read_from(io::stdin().lock()).map_err(refuse)?
    } else {
        whole_file::read(file).map_err(refuse)?
    };
    let short = file.file_name().unwrap_or_default().to_string_lossy();
    if let Some(binary) = Binary::of(&short, &bytes) {
        return Err(no_text(file, binary));
    }
    if bytes.starts_with(&[0x1F, 0x8B]) {
        return Err(Failure::input(format!(
            "{name}: it is packed by gzip, not a text\nhint: `gzip -dc {name} | epitome COMMAND -` unpacks it"
        )));
    }
    let text = match utf16_text(&bytes) {
        Some(decoded) => {
            say(&format!("note: {name} is read as UTF-16"));
            decoded.map_err(refuse)?
        }
        None => String::from_utf8(bytes).map(without_mark).map_err(|error| {
            let at = error.utf8_error().valid_up_to() + 1;
            Failure::input(format!(
                "{name}: byte {at} is not UTF-8\nhint: `iconv --from-code WINDOWS-1252 --to-code UTF-8 {name} > text.txt` converts it, if it is in Western European letters"
            ))
        })?,
    };
    if let Some(at) = text.find('\0') {
        return Err(Failure::input(format!(
            "{name}: byte {} is zero, so it is not a text, or one in UTF-16 without a byte order mark\nhint: `iconv --from-code UTF-16LE --to-code UTF-8 {name} > text.txt` converts such a text",
            at + 1
        )));
    }
    if is_corpus(&short, &text) {
        return Err(Failure::input(format!(
            "{name}: it is a file of records, not a text\nhint: `epitome run --corpus {name}` reads it"
        )));
    }

    let format = TextFormat::of(&short, &text);
    let plain = format.plain(text);
    let plain = plain.map_err(|problem| Failure::input(format!("{name}: {problem}")))?;
    if let Some(what) = format.what() {
        say(&format!("note: {name} is read as {what}"));
    }
    if plain.trim().is_empty() {
        say(&format!("note: {name}: there is no text in it"));
    }
    Ok((plain, format))
}

/// Returns the error that a file is no text, with a hint about a program that converts it.
fn no_text(file: &Path, binary: Binary) -> Failure {
    let (name, what) = (file.display().to_string(), binary.what());
    let command = binary.command(&name);
    let hint = command.map(|command| format!("\nhint: `{command}` converts it"));
    let hint = hint.unwrap_or_default();
    Failure::input(format!("{name}: it is {what}, not a text{hint}"))
}

/// Returns whether a file contains records, by its ending and its first character.
fn is_corpus(name: &str, text: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    match ending.to_ascii_lowercase().as_str() {
        "csv" | "tsv" => true,
        "json" | "jsonl" | "ndjson" => text.trim_start().starts_with(['{', '[']),
        _ => false,
    }
}

/// Returns the document without its boilerplate, if that is to be dropped and there is any, and
/// prints a note about the amount.
pub(super) fn cleaned(document: &Document, what: Boilerplate) -> Option<Document> {
    let found = document.boilerplate();
    if what == Boilerplate::Keep || found.sentences == 0 {
        return None;
    }

    let BoilerplateShare { sentences, .. } = found;
    let all = document.sentences().len();
    let share = 100.0 * found.share();
    if found.is_mail && !found.is_most() {
        say(&format!(
            "note: {sentences} of {all} sentences ({share:.0} % of the words) are the header, a quotation, the \
             signature or the disclaimer of a mail and are left out\nhint: `--boilerplate keep` keeps them, \
             `epitome inspect` shows them"
        ));
    } else if found.is_most() {
        say(&format!(
            "note: {sentences} of {all} sentences ({share:.0} % of the words) look like boilerplate: \
             that is most of the text, so nothing is left out"
        ));
    } else {
        say(&format!(
            "note: {sentences} of {all} sentences ({share:.0} % of the words) look like boilerplate \
             and are left out\nhint: `--boilerplate keep` keeps them, `epitome inspect` shows them"
        ));
    }
    document.without_boilerplate()
}

/// Detects the language of a text; prints a note if it cannot be detected.
fn detected(text: &str) -> Language {
    let language = Language::detect(text);
    if language == Language::undetermined() && text.contains(char::is_alphabetic) {
        say(
            "note: the language cannot be detected: the text is read without stemmer and stop list\n\
             hint: `--lang en` sets it to English",
        );
    }
    language
}

/// Analyses the text of a file for a system with `needs`, in the language of the arguments or the
/// detected one. A file of columns contains its words and parts of speech. A single text has no
/// idf.
pub(super) fn document(
    file: &Path,
    arguments: TextArgs,
    needs: AnalysisNeeds,
) -> Result<Document, Failure> {
    let (text, format) = read(file)?;
    let id = file.display().to_string();
    let mut analyser = Analyser::new(needs);
    let language = |text: &str| arguments.lang.unwrap_or_else(|| detected(text));

    let document = match tagged_text(file, &text)? {
        Some(tagged) => analyser.analyse_tagged(&id, language(tagged.text()), &tagged),
        None => analyser.analyse(Source {
            id: &id,
            title: "",
            text: &text,
            language: language(&text),
            segmenter: arguments.segmenter(),
            line_ends: arguments.line_ends(),
        }),
    };

    Ok(match format.may_be_page() {
        true => document,
        false => document.of_no_page(),
    })
}

/// Returns the system of the arguments, or the one called `default`.
pub(super) fn system_or(named: Option<&Spec>, default: &str) -> Spec {
    named.cloned().unwrap_or_else(|| Spec {
        name: default.to_owned(),
        arguments: Vec::new(),
    })
}

/// Checks that the system called `name` is of `task`, if it is built in.
///
/// # Errors
/// Returns an error with the command of the other task if it is of that alone.
pub(super) fn check_task(
    registry: &Registry,
    name: &str,
    task: Task,
) -> Result<(), Failure> {
    let is_summariser = registry.summarisers().iter().any(|it| it.name == name);
    let is_extractor = registry.extractors().iter().any(|it| it.name == name);
    let (makes, wanted, command) = match (task, is_summariser, is_extractor) {
        (Task::Summaries, false, true) => ("keyphrases", "summaries", "keywords"),
        (Task::Keyphrases, true, false) => ("summaries", "keyphrases", "summarise"),
        _ => return Ok(()),
    };
    Err(Failure::input(format!(
        "`{name}` makes {makes}, not {wanted}\nhint: `epitome {command} --system {name}`"
    )))
}

/// Prints a note about the default system, if none was named.
pub(super) fn note_default(named: Option<&Spec>, default: &str) {
    if named.is_none() {
        say(&format!(
            "note: by `{default}`, the best system on published tables; `--system` takes another"
        ));
    }
}

/// Refuses to wait for documents that nobody types on a terminal.
pub(super) fn check_input(command: &str) -> Result<(), Failure> {
    match io::stdin().is_terminal() {
        false => Ok(()),
        true => Err(Failure::input(format!(
            "standard input is a terminal, and documents are read from it\nhint: `epitome {command} … < part.jsonl`"
        ))),
    }
}

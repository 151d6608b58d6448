//! One text from a file or standard input.

use std::{
    fs,
    io::{self, Read},
    path::Path,
};

use crate::{
    corpus::tagged_text,
    text::{
        Analyser, AnalysisNeeds, Document, Language, Source,
        boilerplate::{Boilerplate, BoilerplateShare},
    },
};

use super::{arguments::TextArgs, failure::Failure, output::say};

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

/// The document without its boilerplate, if that is to be dropped and there is any; says
/// how much that is.
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

/// The language that a text seems to be in; says where it is too short for that.
fn detected(text: &str) -> Language {
    let language = Language::detect(text);
    if language == Language::undetermined() && text.contains(char::is_alphabetic) {
        say(
            "note: the text does not say its language: it is read without stemmer and stop list\n\
             hint: `--lang en` says that it is English",
        );
    }
    language
}

/// Analyses FILE for a system with `needs`, in the language asked for or the one it seems
/// to be in. A file of columns has its words and parts of speech; idf is not to be had of
/// one text.
pub(super) fn document(
    file: &Path,
    arguments: TextArgs,
    needs: AnalysisNeeds,
) -> Result<Document, Failure> {
    let text = read(file)?;
    let id = file.display().to_string();
    let mut analyser = Analyser::new(needs.tags, None);
    let language = |text: &str| arguments.lang.unwrap_or_else(|| detected(text));
    Ok(match tagged_text(file, &text)? {
        Some(tagged) => analyser.analyse_tagged(&id, language(tagged.text()), &tagged),
        None => analyser.analyse(Source {
            id: &id,
            title: "",
            text: &text,
            language: language(&text),
            segmenter: arguments.segmenter(),
            line_ends: arguments.line_ends(),
        }),
    })
}

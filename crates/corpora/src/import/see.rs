//! Reads the input of ROUGE itself: SEE pages (`<a name="1">[1]</a> <a href="#1"
//! id=1>sentence</a>`) or SPL files (a sentence on each line) in `systems` (or `peers`)
//! and `models`, named as at DUC: `TASK.TYPE.LENGTH.SELECTOR.SYSTEM.TOPIC`.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{
    error::ImportError,
    format::ImportFormat,
    intake::{Intake, folder_of, name_of},
    markup::{between, on_one_line, without_tags},
    tree::Tree,
};

pub(super) const FORMAT: ImportFormat = ImportFormat {
    name: "see",
    about: "ROUGE's own SEE or SPL files in systems/ and models/",
    fits,
    import,
};

fn fits(tree: &Tree) -> bool {
    let (mut peers, mut models) = (false, false);
    for path in tree.paths().filter(|path| named(path).is_some()) {
        peers |= is_peer(path);
        models |= is_model(path);
    }
    peers && models
}

/// Returns whether a file is a model summary.
fn is_model(path: &str) -> bool {
    name_of(folder_of(path)).eq_ignore_ascii_case("models")
}

/// Returns whether a file is the summary of a system.
fn is_peer(path: &str) -> bool {
    let folder = name_of(folder_of(path)).to_lowercase();
    folder == "systems" || folder == "peers"
}

/// Imports one judged summary for each file of a system, without ratings, which are not
/// in these files.
fn import(intake: &mut Intake<'_>) -> Result<(), ImportError> {
    let paths: Vec<String> = intake.tree.paths().map(str::to_owned).collect();
    let mut models: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for path in paths.iter().filter(|path| is_model(path)) {
        if let Some((_, topic)) = named(path) {
            let sentences = sentences(&intake.text(path)?.text);
            models.entry(topic.to_owned()).or_default().push(sentences);
        }
    }

    for path in paths.iter().filter(|path| is_peer(path)) {
        let Some((system, topic)) = named(path) else {
            intake.warn(
                path,
                "the name is not TASK.TYPE.LENGTH.SELECTOR.SYSTEM.TOPIC",
            );
            continue;
        };
        let Some(references) = models.get(topic) else {
            intake.warn(path, format!("no model for the topic `{topic}`"));
            continue;
        };

        let mut fields = Map::new();
        fields.insert("doc_id".into(), topic.into());
        fields.insert("system".into(), system.into());
        let summary = sentences(&intake.text(path)?.text);
        fields.insert("summary".into(), Value::String(summary));
        fields.insert("references".into(), references.as_slice().into());
        intake.judgement(path, fields)?;
    }
    Ok(())
}

/// Returns system and topic: the last two parts of the name before `.html` or `.spl`.
fn named(path: &str) -> Option<(&str, &str)> {
    let name = name_of(path);
    let name = name
        .strip_suffix(".html")
        .or_else(|| name.strip_suffix(".spl"))?;
    let parts: Vec<&str> = name.split('.').collect();
    match parts[..] {
        [.., system, topic] if parts.len() >= 5 => Some((system, topic)),
        _ => None,
    }
}

/// Returns one sentence on each line, whichever of the two formats the file has.
fn sentences(text: &str) -> String {
    let lines: Vec<String> = if text.to_ascii_lowercase().contains("<a ") {
        // a sentence is the link that follows the name `[1]`
        between(text, "a")
            .into_iter()
            .map(|sentence| on_one_line(&without_tags(sentence)))
            .filter(|sentence| !is_number(sentence))
            .collect()
    } else {
        text.lines()
            .map(|line| on_one_line(&without_tags(line)))
            .collect()
    };
    let lines: Vec<String> = lines.into_iter().filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

/// Returns whether a sentence is a number in brackets, such as `[1]`.
fn is_number(sentence: &str) -> bool {
    let inner = sentence
        .strip_prefix('[')
        .and_then(|inner| inner.strip_suffix(']'));
    inner.is_some_and(|inner| inner.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_kinds_give_a_sentence_a_line() {
        let see = "<body><a name=\"1\">[1]</a> <a href=\"#1\" id=1>One &amp; two.</a>\n\
                   <a name=\"2\">[2]</a> <a href=\"#2\" id=2>Three.\n</a></body>";
        assert_eq!(sentences(see), "One & two.\nThree.");
        assert_eq!(sentences("One.\n\nTwo.\n"), "One.\nTwo.");
        assert_eq!(
            named("a/SL.P.10.R.11.SL062003-07.html"),
            Some(("11", "SL062003-07"))
        );
        assert_eq!(named("a/readme.html"), None);
    }
}

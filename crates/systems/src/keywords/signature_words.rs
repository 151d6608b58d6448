//! Signatures of keyword extractors in words.

/// Returns the fields of a signature as extractors have it in `extracts.jsonl`, each with
/// what it means; `None` instead of a meaning that is not known. Returns nothing if the
/// text is no such signature.
pub fn signature_in_words(text: &str) -> Option<Vec<(&str, Option<String>)>> {
    let fields = text.split('|').map(|field| {
        let (key, value) = field.split_once(':')?;
        Some((field, meaning(key, value)))
    });
    let fields: Vec<_> = fields.collect::<Option<_>>()?;
    fields
        .iter()
        .any(|(_, meaning)| meaning.is_some())
        .then_some(fields)
}

fn meaning(key: &str, value: &str) -> Option<String> {
    let said = match (key, value) {
        ("candidates", "noun-phrases") => {
            "candidates are adjectives followed by nouns, the longest from the left"
        }
        ("candidates", "content-runs") => {
            "candidates are the longest runs of nouns and adjectives"
        }
        ("candidates", "runs") => {
            "candidates are the longest runs of words between stop words, numbers and punctuation"
        }
        ("candidates", "ngrams") => {
            "candidates are all n-grams of the runs between stop words, numbers and punctuation"
        }
        ("tagger", "english") => {
            "parts of speech are those of the tagger that is built in"
        }
        ("tagger", "pretagged") => "parts of speech are those of the corpus",
        ("tagger", "none") => "there are no parts of speech",
        ("stem", "none") => "words are compared as they are written",
        ("stop", "none") => "there are no stop words",
        ("df", "self") => "document frequencies are counted in the corpus of the run",
        ("df", "background") => {
            "document frequencies are counted in another corpus, which `background` names"
        }
        ("df", "none") => "there are no document frequencies: every word weighs the same",
        ("profile", "pke") => "candidates are found as pke 2.0 finds them",
        ("characters", "alphanumeric") => {
            "words of candidates have only letters, digits and hyphens"
        }
        ("participles", "adjectives") => "participles before nouns are adjectives",
        ("stem", _) => {
            return Some(format!("words are compared by their stems ({value})"));
        }
        ("stop", _) => {
            return Some(format!("stop words are those of the list `{value}`"));
        }
        ("max-words", _) => {
            return Some(format!("candidates have at most {value} words"));
        }
        ("min-characters", _) => {
            return Some(format!("candidates have at least {value} characters"));
        }
        ("min-word-characters", _) => {
            return Some(format!(
                "words of candidates have at least {value} characters"
            ));
        }
        ("embedder", _) => {
            return Some(format!("vectors are those of the embedder `{value}`"));
        }
        _ => return None,
    };
    Some(said.to_owned())
}

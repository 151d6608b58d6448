//! The hand-written list of words by part of speech.

use std::{collections::BTreeMap, fs, io, path::Path};

use super::word;

const NOUN: u8 = 1;
const VERB: u8 = 1 << 1;
const ADJECTIVE: u8 = 1 << 2;
const ADVERB: u8 = 1 << 3;
const NAME: u8 = 1 << 4;

/// The classes of every listed word and of its inflections, by form.
///
/// A line is `class: words`. Nouns come with their plural, verbs with the forms of
/// regular ones, adjectives as they are; `write/wrote/written` gives further forms.
pub(super) fn listed(path: &Path) -> io::Result<BTreeMap<u32, u8>> {
    let mut found = BTreeMap::new();
    let mut folded = String::new();
    for line in fs::read_to_string(path)?
        .lines()
        .filter(|line| !line.starts_with('#'))
    {
        let Some((class, words)) = line.split_once(':') else {
            continue;
        };
        let (class, inflect): (u8, fn(&str) -> Vec<String>) = match class {
            "noun" => (NOUN, plural),
            "verb" => (VERB, conjugation),
            "adj" => (ADJECTIVE, |_| Vec::new()),
            "adv" => (ADVERB, |_| Vec::new()),
            "name" => (NAME, |_| Vec::new()),
            other => return Err(io::Error::other(format!("no class `{other}`"))),
        };
        for entry in words.split_whitespace() {
            let mut forms: Vec<String> = entry.split('/').map(str::to_owned).collect();
            let inflected = inflect(&forms[0]);
            forms.extend(inflected);
            for form in forms {
                *found.entry(word::form(&form, &mut folded)).or_default() |= class;
            }
        }
    }

    Ok(found)
}

fn ends_in_consonant_y(word: &str) -> bool {
    let mut last = word.bytes().rev();
    last.next() == Some(b'y') && last.next().is_some_and(|byte| !b"aeiou".contains(&byte))
}

fn plural(word: &str) -> Vec<String> {
    let hisses = ["s", "x", "z", "ch", "sh"]
        .iter()
        .any(|end| word.ends_with(end));
    vec![if ends_in_consonant_y(word) {
        format!("{}ies", &word[..word.len() - 1])
    } else if hisses {
        format!("{word}es")
    } else {
        format!("{word}s")
    }]
}

fn conjugation(word: &str) -> Vec<String> {
    let mut forms = plural(word);
    if let Some(stem) = word.strip_suffix('e') {
        forms.push(format!("{word}d"));
        forms.push(format!("{stem}ing"));
    } else if ends_in_consonant_y(word) {
        forms.push(format!("{}ied", &word[..word.len() - 1]));
        forms.push(format!("{word}ing"));
    } else {
        forms.push(format!("{word}ed"));
        forms.push(format!("{word}ing"));
        if let &[.., before, vowel, last] = word.as_bytes()
            && b"aeiou".contains(&vowel)
            && !b"aeiouwxy".contains(&last)
            && !b"aeiou".contains(&before)
        {
            forms.push(format!("{word}{}ed", char::from(last)));
            forms.push(format!("{word}{}ing", char::from(last)));
        }
    }
    forms
}

//! Signatures in words.

use super::recipe::Signature;

impl Signature {
    /// Returns each field of the signature, in order and with the version last, and what it
    /// means in words. A field that is not known has no words.
    pub fn in_words(&self) -> Vec<(String, Option<String>)> {
        let mut fields: Vec<(String, Option<String>)> = self
            .fields
            .iter()
            .map(|(key, value)| (format!("{key}:{value}"), words_of(key, value)))
            .collect();
        fields.push((
            format!("v:{}", self.version),
            Some(format!("computed by epitome {}", self.version)),
        ));
        fields
    }

    /// Returns the signature with the fields of `full` that it lacks, in the order of
    /// `full`: a short form leaves out the fields that have their default values.
    #[must_use]
    pub fn completed(&self, full: &Self) -> Self {
        let mut completed = full.clone();
        for (key, value) in &mut completed.fields {
            if let Some(given) = self.field(key) {
                given.clone_into(value);
            }
        }
        self.version.clone_into(&mut completed.version);
        completed
    }
}

/// Returns what a field means; `None` if the key is not known.
fn words_of(key: &str, value: &str) -> Option<String> {
    let fixed = match (key, value) {
        ("profile", "unicode") => {
            "words of any script, as Unicode divides text (UAX #29)"
        }
        ("stem" | "exceptions" | "limit", "none") => return Some(absent(key).to_owned()),
        ("stop", "no") => "no word is left out",
        ("forms", "folded") => {
            "spellings that differ only in case, ligatures or apostrophes are one word"
        }
        ("multi", "best-f1") => "of several references the one with the best F1 counts",
        ("multi", "best") => "of several references the best one counts",
        ("multi", "average") => {
            "the counts of several references are summed, which weighs each by its length"
        }
        ("multi", "highest-counts") => {
            "an n-gram may match as often as it is in any one of several references"
        }
        ("embedder", _) => {
            "vectors are of a table or model: its size, the width, the digest of its files, and how tokens are pooled"
        }
        ("idf", "none") => "every token weighs the same",
        ("idf", _) => "tokens weigh by their inverse frequency in the texts of this file",
        ("jackknife", "no") => "no reference is left out in turn",
        ("jackknife", "yes") => {
            "the mean over leaving out each reference in turn, which makes people comparable"
        }
        ("sentences", "lines") => "a line is a sentence",
        ("sentences", "uax29") => "sentences are those of Unicode (UAX #29)",
        ("tokens", "ascii") => {
            "words are runs of ASCII letters and digits, in lower case"
        }
        ("tokens", "unicode-folded") => {
            "words of any script, as Unicode divides text, in one spelling"
        }
        ("case", "mixed") => "capitals and small letters differ",
        ("tok", "13a") => "words are divided as by mteval-v13a",
        ("smooth", "no") => "no smoothing",
        ("smooth", "exp") => {
            "an order without a match counts as half of the order before it (exponential)"
        }
        ("effective-order", "yes") => "orders longer than the text are left out",
        ("effective-order", "no") => "all orders count, however short the text",
        ("encoding", name) => {
            return Some(format!("tokens are those of the vocabulary {name}"));
        }
        ("match", "phrase") => "an answer is found if all of its words occur in a row",
        ("match", "words") => "the share of the words of an answer that occur counts",
        ("kind", "number") => "numbers, with the signs between their digits",
        ("kind", "identifier") => {
            "words with letters and digits, underscores or inner capitals"
        }
        ("kind", "path") => "paths and addresses",
        ("kind", "quote") => "what stands between quotation marks in a sentence",
        ("match", "exact") => "a phrase matches if all of its stems are the same",
        ("match", "chrf2") => "sentences match as far as their chrF is high",
        ("partial", "dice") => {
            "phrases match by the share of the words that they have in common"
        }
        ("duplicates", "dropped") => "a phrase that is predicted again is dropped",
        ("duplicates", "once") => "a phrase that is predicted again is wrong",
        ("duplicates", "counted") => "a phrase that is predicted again counts again",
        ("denominator", "predicted") => {
            "precision is over the phrases that were predicted, at most the cut"
        }
        ("denominator", "cut") => "precision is over the cut, however few were predicted",
        ("denominator", "gold") => {
            "the sum of precisions is divided by the number of gold phrases"
        }
        ("gold", "all") => "all gold phrases count",
        ("gold", "present") => "only gold phrases that are in the text count",
        ("gold", "absent") => "only gold phrases that are not in the text count",
        ("empty-gold", "zero") => "a document without gold phrases scores 0",
        ("empty-gold", "left-out") => {
            "a document without gold phrases is left out of the mean"
        }
        ("average", "macro") => "every document weighs the same",
        ("average", "micro") => {
            "counts are summed over the documents before the score is made"
        }
        ("variants", "no") => "`+` in a gold phrase has no meaning",
        ("variants", "plus") => {
            "`a+b` in the gold phrases is found by `a` or by `b`, once"
        }
        ("at", "M") => "all that was predicted is looked at",
        ("at", "O") => "as many are looked at as there are gold phrases",
        _ => return with_value(key, value),
    };
    Some(fixed.to_owned())
}

/// Returns what it means that a field is `none`.
fn absent(key: &str) -> &'static str {
    match key {
        "stem" => "words are compared as they are, without stemming",
        "exceptions" => "no list of irregular forms",
        _ => "texts are read to their end",
    }
}

/// Returns what a field means whose value is a name or a number.
fn with_value(key: &str, value: &str) -> Option<String> {
    Some(match key {
        "profile" => format!("words and scores as in {value}"),
        "protocol" => {
            format!("the preset `{value}`: matching, cut and averages as named beside it")
        }
        "stem" => format!("words are stemmed by {value}"),
        "forms" => format!("spellings are folded by the rules of {value}"),
        "exceptions" => format!("irregular forms are taken from {value}"),
        "stop" => format!("words of the list {value} are left out"),
        "limit" => match value.split_once('-') {
            Some((unit, count)) => {
                format!("the first {count} {unit} of each text are read")
            }
            None => format!("texts are read up to {value}"),
        },
        "alpha" => format!("F weighs precision by {value}"),
        "beta" => format!("F weighs recall {value} times as much as precision"),
        "weight" => format!("a run of n words in order counts n to the power of {value}"),
        "skip" => format!("the two words of a pair stand at most {value} words apart"),
        "orders" => format!("n-grams up to these numbers of characters + words: {value}"),
        "n" => format!("n-grams of {value} words"),
        "at" => format!("the first {value} are looked at"),
        "bins" => format!("positions are counted in {value} parts of a text"),
        "oracle" => format!("the oracle's sentences are found by {value}"),
        _ => return None,
    })
}

//! A part of a corpus: a range of its documents, a language, conditions on lengths, and a
//! sample.

use std::{fmt, ops::Range, str::FromStr};

use serde::{Deserialize, Serialize};

use super::record::Record;
use epitome_text::Language;

/// Which documents of a corpus are used. All conditions must hold; a sample is drawn from
/// the documents that satisfy the others.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Subset {
    /// The positions of the documents, from 0, with the end excluded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<Range<usize>>,
    /// The language that the documents must state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// The conditions that counts of the documents must satisfy.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<SubsetCondition>,
    /// The number of documents that are drawn without replacement, and the seed. They are
    /// in corpus order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sample: Option<(usize, u64)>,
}

/// A condition that compares a count of a document with a number: `words<2000`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubsetCondition {
    count: Count,
    comparison: Comparison,
    number: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Count {
    Words,
    Bytes,
    Summaries,
    Keyphrases,
    /// Which of a thousand parts of all texts it belongs to.
    Part,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Comparison {
    Less,
    AtMost,
    Equal,
    AtLeast,
    More,
}

impl Count {
    const ALL: [(&str, Self); 5] = [
        ("words", Self::Words),
        ("bytes", Self::Bytes),
        ("summaries", Self::Summaries),
        ("keyphrases", Self::Keyphrases),
        ("part", Self::Part),
    ];

    /// Returns the count of a record. Words are separated by white space. A part is from 0
    /// to 999 and depends on the text alone, so that equal texts are in one part.
    fn of(self, record: &Record) -> usize {
        match self {
            Self::Words => record.text.split_whitespace().count(),
            Self::Bytes => record.text.len(),
            Self::Summaries => record.summaries.len(),
            Self::Keyphrases => record.keyphrases.len(),
            Self::Part => part(&record.text),
        }
    }
}

/// Returns a number from 0 to 999 that is a digest of a text.
fn part(text: &str) -> usize {
    let digest = blake3::hash(text.as_bytes());
    let first: [u8; 8] = std::array::from_fn(|at| digest.as_bytes()[at]);
    (u64::from_le_bytes(first) % 1_000) as usize
}

impl Comparison {
    /// The comparisons with their signs. Longer signs are first, since `<` begins `<=`.
    const ALL: [(&str, Self); 5] = [
        ("<=", Self::AtMost),
        (">=", Self::AtLeast),
        ("<", Self::Less),
        (">", Self::More),
        ("=", Self::Equal),
    ];
}

impl SubsetCondition {
    fn holds(self, record: &Record) -> bool {
        let count = self.count.of(record);
        match self.comparison {
            Comparison::Less => count < self.number,
            Comparison::AtMost => count <= self.number,
            Comparison::Equal => count == self.number,
            Comparison::AtLeast => count >= self.number,
            Comparison::More => count > self.number,
        }
    }
}

impl FromStr for SubsetCondition {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wanted = || {
            format!("`{text}` is not a condition such as `words<2000` or `summaries>=2`")
        };

        let (name, comparison, number) = Comparison::ALL
            .into_iter()
            .find_map(|(sign, comparison)| {
                text.split_once(sign)
                    .map(|(name, number)| (name, comparison, number))
            })
            .ok_or_else(wanted)?;

        let name = name.trim();
        let count = Count::ALL.into_iter().find(|(known, _)| *known == name);
        let Some((_, count)) = count else {
            let known = Count::ALL.map(|(name, _)| name).join(", ");
            return Err(format!("`{name}` is none of {known}"));
        };

        let number = number.trim().parse().map_err(|_| wanted())?;
        Ok(Self {
            count,
            comparison,
            number,
        })
    }
}

impl fmt::Display for SubsetCondition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = Count::ALL
            .into_iter()
            .find(|(_, count)| *count == self.count);
        let sign = Comparison::ALL
            .into_iter()
            .find(|(_, sign)| *sign == self.comparison);
        let (name, sign) = (name.map_or("", |n| n.0), sign.map_or("", |s| s.0));
        write!(f, "{name}{sign}{}", self.number)
    }
}

impl Subset {
    /// Returns whether the subset contains all documents.
    pub fn is_all(&self) -> bool {
        *self == Self::default()
    }

    /// Returns the subset as text, for digests and messages: `[0..500] language=de
    /// words<2000 sample=200,7`.
    pub(super) fn described(&self) -> String {
        let mut parts = Vec::new();
        parts.extend(
            self.range
                .as_ref()
                .map(|r| format!("[{}..{}]", r.start, r.end)),
        );
        parts.extend(
            self.language
                .map(|language| format!("language={}", language.code())),
        );
        parts.extend(self.conditions.iter().map(ToString::to_string));
        parts.extend(
            self.sample
                .map(|(count, seed)| format!("sample={count},{seed}")),
        );
        parts.join(" ")
    }

    /// Returns whether a record satisfies language and conditions.
    pub(super) fn takes(&self, record: &Record) -> bool {
        self.language.is_none_or(|language| {
            let found = record.language.parse::<Language>();
            found.is_ok_and(|found| found == language)
        }) && self
            .conditions
            .iter()
            .all(|condition| condition.holds(record))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_of_the_text_and_parts_are_about_equally_large() {
        let counts = (0..4_000).fold([0; 4], |mut counts, at| {
            counts[part(&format!("text {at}")) / 250] += 1;
            counts
        });
        assert!(
            counts.iter().all(|count| (900..1_100).contains(count)),
            "{counts:?}"
        );
        assert_eq!(part("a text"), part("a text"));
    }

    #[test]
    fn conditions_are_read_and_written() {
        for text in ["words<2000", "bytes>=10", "summaries=2"] {
            assert_eq!(text.parse::<SubsetCondition>().unwrap().to_string(), text);
        }
        let refusal = |text: &str| text.parse::<SubsetCondition>().unwrap_err();
        assert_eq!(
            refusal("pages<3"),
            "`pages` is none of words, bytes, summaries, keyphrases, part"
        );
        assert!(refusal("words").contains("is not a condition"));
    }
}

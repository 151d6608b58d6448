//! A part of a corpus: a range of its documents, a sample, a language, a length.

use std::{fmt, ops::Range, str::FromStr};

use serde::{Deserialize, Serialize};

use super::record::Record;
use epitome_text::Language;

/// Which documents are taken. All conditions hold together; a sample is drawn from what
/// the others leave.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Subset {
    /// Documents by position, from 0, the end excluded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<Range<usize>>,
    /// Only documents that say they are in this language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// Only documents whose count compares like this.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<SubsetCondition>,
    /// So many documents, drawn without replacement by this seed; in corpus order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sample: Option<(usize, u64)>,
}

/// `words<2000`: a count of a document against a number.
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
    const ALL: [(&str, Self); 4] = [
        ("words", Self::Words),
        ("bytes", Self::Bytes),
        ("summaries", Self::Summaries),
        ("keyphrases", Self::Keyphrases),
    ];

    /// Words are divided by white space.
    fn of(self, record: &Record) -> usize {
        match self {
            Self::Words => record.text.split_whitespace().count(),
            Self::Bytes => record.text.len(),
            Self::Summaries => record.summaries.len(),
            Self::Keyphrases => record.keyphrases.len(),
        }
    }
}

impl Comparison {
    /// Longer signs first, since `<` begins `<=`.
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
    /// Whether everything is taken.
    pub fn is_all(&self) -> bool {
        *self == Self::default()
    }

    /// `[0..500] language=de words<2000 sample=200,7`: for digests and messages.
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

    pub(super) fn takes(&self, record: &Record) -> bool {
        let speaks = |language: Language| {
            record
                .language
                .parse::<Language>()
                .is_ok_and(|found| found == language)
        };
        self.language.is_none_or(speaks)
            && self
                .conditions
                .iter()
                .all(|condition| condition.holds(record))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_read_and_written() {
        for text in ["words<2000", "bytes>=10", "summaries=2"] {
            assert_eq!(text.parse::<SubsetCondition>().unwrap().to_string(), text);
        }
        let refusal = |text: &str| text.parse::<SubsetCondition>().unwrap_err();
        assert_eq!(
            refusal("pages<3"),
            "`pages` is none of words, bytes, summaries, keyphrases"
        );
        assert!(refusal("words").contains("is not a condition"));
    }
}

//! A part of a corpus: a range of its documents, a sample, a language, a length.

use std::{collections::BTreeSet, fmt, ops::Range, str::FromStr};

use serde::{Deserialize, Serialize};

use super::{Address, Corpus, CorpusError, Record, Source, Unparsed};
use crate::{rng, text::Language};

/// Which documents are taken. All conditions hold together; a sample is drawn from what
/// the others leave.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Selection {
    /// Documents by position, from 0, the end excluded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<Range<usize>>,
    /// Only documents that say they are in this language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// Only documents whose count compares like this.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// So many documents, drawn without replacement by this seed; in corpus order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sample: Option<(usize, u64)>,
}

/// `words<2000`: a count of a document against a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
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

impl Condition {
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

impl FromStr for Condition {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wanted = || {
            format!("`{text}` is not a condition such as `words<2000` or `summaries>=2`")
        };
        let (name, comparison, number) = Comparison::ALL
            .into_iter()
            .find_map(|(sign, comparison)| {
                text.split_once(sign).map(|(name, number)| (name, comparison, number))
            })
            .ok_or_else(wanted)?;
        let name = name.trim();
        let count = Count::ALL.into_iter().find(|(known, _)| *known == name);
        let Some((_, count)) = count else {
            let known = Count::ALL.map(|(name, _)| name).join(", ");
            return Err(format!("`{name}` is none of {known}"));
        };
        let number = number.trim().parse().map_err(|_| wanted())?;
        Ok(Self { count, comparison, number })
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = Count::ALL.into_iter().find(|(_, count)| *count == self.count);
        let sign = Comparison::ALL.into_iter().find(|(_, sign)| *sign == self.comparison);
        let (name, sign) = (name.map_or("", |n| n.0), sign.map_or("", |s| s.0));
        write!(f, "{name}{sign}{}", self.number)
    }
}

impl Selection {
    /// Whether everything is taken.
    pub fn is_all(&self) -> bool {
        *self == Self::default()
    }

    /// `[0..500] language=de words<2000 sample=200,7`: for digests and messages.
    fn described(&self) -> String {
        let mut parts = Vec::new();
        parts.extend(self.range.as_ref().map(|r| format!("[{}..{}]", r.start, r.end)));
        parts.extend(
            self.language.map(|language| format!("language={}", language.code())),
        );
        parts.extend(self.conditions.iter().map(ToString::to_string));
        parts.extend(self.sample.map(|(count, seed)| format!("sample={count},{seed}")));
        parts.join(" ")
    }

    fn takes(&self, record: &Record) -> bool {
        let speaks = |language: Language| {
            record.language.parse::<Language>().is_ok_and(|found| found == language)
        };
        self.language.is_none_or(speaks)
            && self.conditions.iter().all(|condition| condition.holds(record))
    }
}

/// A part of another corpus.
pub(super) struct Selected {
    inner: Box<dyn Corpus>,
    selection: Selection,
}

impl Selected {
    pub(super) fn new(inner: Box<dyn Corpus>, selection: Selection) -> Self {
        Self { inner, selection }
    }

    /// What range and conditions leave, in order.
    fn candidates(&self) -> Result<Unparsed<'_>, CorpusError> {
        let range = self.selection.range.clone().unwrap_or(0..usize::MAX);
        let records =
            self.inner.records()?.skip(range.start).take(range.end - range.start);
        if self.selection.language.is_none() && self.selection.conditions.is_empty() {
            return Ok(Box::new(records));
        }
        let chosen = records.filter_map(|source| match source.and_then(Source::parse) {
            Ok(record) if self.selection.takes(&record) => {
                Some(Ok(Source::Parsed(Box::new(record))))
            }
            Ok(_) => None,
            Err(error) => Some(Err(error)),
        });
        Ok(Box::new(chosen))
    }
}

impl Corpus for Selected {
    fn name(&self) -> &str {
        self.inner.name()
    }

    fn origin(&self) -> String {
        format!("{} {}", self.inner.origin(), self.selection.described())
    }

    fn address(&self) -> Address {
        Address { subset: self.selection.clone(), ..self.inner.address() }
    }

    /// Of the whole and of what is taken of it.
    fn digest(&self) -> Result<blake3::Hash, CorpusError> {
        let mut hasher = blake3::Hasher::new();
        hasher.update(self.inner.digest()?.as_bytes());
        hasher.update(self.selection.described().as_bytes());
        Ok(hasher.finalize())
    }

    fn bytes(&self) -> u64 {
        self.inner.bytes()
    }

    /// A sample needs a first reading that counts.
    fn records(&self) -> Result<Unparsed<'_>, CorpusError> {
        let Some((count, seed)) = self.selection.sample else {
            return self.candidates();
        };
        let mut total = 0;
        for source in self.candidates()? {
            source?;
            total += 1;
        }
        let drawn = drawn(total, count, seed);
        let records = self.candidates()?.enumerate();
        Ok(Box::new(
            records.filter(move |(at, _)| drawn.contains(at)).map(|(_, source)| source),
        ))
    }
}

/// `count` of `total` positions without replacement (Floyd 1987).
fn drawn(total: usize, count: usize, seed: u64) -> BTreeSet<usize> {
    let mut drawn = BTreeSet::new();
    for last in total.saturating_sub(count)..total {
        let position = rng::below(rng::mix(seed, last as u64), last + 1);
        if !drawn.insert(position) {
            drawn.insert(last);
        }
    }
    drawn
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_has_its_size_and_depends_on_the_seed_alone() {
        assert_eq!(drawn(100, 10, 7).len(), 10);
        assert_eq!(drawn(100, 10, 7), drawn(100, 10, 7));
        assert_ne!(drawn(100, 10, 7), drawn(100, 10, 8));
        assert_eq!(drawn(3, 10, 7).len(), 3);
        assert!(drawn(0, 10, 7).is_empty());
    }

    #[test]
    fn every_position_is_as_likely() {
        let mut counts = [0; 5];
        for seed in 0..5000 {
            for position in drawn(5, 2, seed) {
                counts[position] += 1;
            }
        }
        assert!(counts.iter().all(|count| (1850..2150).contains(count)), "{counts:?}");
    }

    #[test]
    fn conditions_are_read_and_written() {
        for text in ["words<2000", "bytes>=10", "summaries=2"] {
            assert_eq!(text.parse::<Condition>().unwrap().to_string(), text);
        }
        let refusal = |text: &str| text.parse::<Condition>().unwrap_err();
        assert_eq!(
            refusal("pages<3"),
            "`pages` is none of words, bytes, summaries, keyphrases"
        );
        assert!(refusal("words").contains("is not a condition"));
    }
}

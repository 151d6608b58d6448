//! Scoring one output in one call: the simplest way to use the crate.

use super::{
    metric::Metric, metric_input::MetricNeeds, metric_set::MetricSet, score::Score,
};

/// Something that can be scored or be a reference: a text, or a list of phrases.
pub trait Segments {
    /// Returns the segments to tokenise: a text is one segment, and so is each phrase of
    /// a list.
    fn segments(&self) -> Vec<String>;
}

impl Segments for str {
    fn segments(&self) -> Vec<String> {
        vec![self.to_owned()]
    }
}

impl Segments for String {
    fn segments(&self) -> Vec<String> {
        vec![self.clone()]
    }
}

impl<S: AsRef<str>> Segments for [S] {
    fn segments(&self) -> Vec<String> {
        self.iter()
            .map(|phrase| phrase.as_ref().to_owned())
            .collect()
    }
}

impl<S: AsRef<str>, const N: usize> Segments for [S; N] {
    fn segments(&self) -> Vec<String> {
        self.as_slice().segments()
    }
}

impl<S: AsRef<str>> Segments for Vec<S> {
    fn segments(&self) -> Vec<String> {
        self.as_slice().segments()
    }
}

impl<T: Segments + ?Sized> Segments for &T {
    fn segments(&self) -> Vec<String> {
        (**self).segments()
    }
}

/// The reason why an output has no score. The message reads well after "error: ".
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoScore {
    /// There is no reference, although the metric needs one.
    #[error("there is no reference")]
    NoReference,
    /// The metric's tokeniser would drop most of the letters of a reference, so that the
    /// score would be meaningless: see
    /// [`Tokenisation::reads`](crate::Tokenisation::reads).
    #[error(
        "`{metric}` cannot read the reference `{reference}`: it reads ASCII letters only\nhint: `Rouge::unicode` reads every script"
    )]
    Unreadable {
        /// The name of the metric.
        metric: String,
        /// The start of the reference that cannot be read.
        reference: String,
    },
    /// The metric needs more than references and a text, such as the source document.
    #[error(
        "`{metric}` needs more than references and an output\nhint: `MetricSet` also takes the source and the selected sentences"
    )]
    Needs {
        /// The name of the metric.
        metric: String,
    },
    /// The metric leaves this document out of its average.
    #[error("`{metric}` leaves this document out")]
    LeftOut {
        /// The name of the metric.
        metric: String,
    },
}

/// The number of characters of a reference that an error message quotes.
const SHOWN: usize = 40;

/// Returns the score of one output against its references.
///
/// A summary is a text, and so is each of its references; keyphrases are a list, and so
/// is each of theirs. The segments of a summary are its lines.
///
/// ```
/// use epitome_metrics::{KeyphraseF1, Rouge, score};
///
/// let rouge = Rouge::n(1).stemmed();
/// let found = score(&rouge, "the cats sat", &["the cat sat down"])?;
/// assert_eq!((found.precision, found.recall), (Some(1.0), Some(0.75)));
///
/// let found = score(&KeyphraseF1::at(5), &["stone bridge", "river"], &[["river"]])?;
/// assert_eq!(found.value, 2.0 / 3.0);
///
/// // a score of nothing that could be read is no score
/// assert!(score(&rouge, "кошка", &["кошка сидит"]).is_err());
/// assert!(score(&rouge.unicode(), "кошка", &["кошка сидит"]).is_ok());
/// # Ok::<_, epitome_metrics::NoScore>(())
/// ```
///
/// For many outputs of one document use a [`MetricSet`], which tokenises the references
/// once.
///
/// # Errors
/// Returns an error if there is no score; the error says why.
pub fn score<C: Segments + ?Sized, R: Segments>(
    metric: &dyn Metric,
    candidate: &C,
    references: &[R],
) -> Result<Score, NoScore> {
    let name = || metric.signature().name().to_owned();
    let needs = metric.needs();
    if !(MetricNeeds {
        no_reference: false,
        ..needs
    })
    .none()
    {
        return Err(NoScore::Needs { metric: name() });
    }
    if references.is_empty() && !needs.no_reference {
        return Err(NoScore::NoReference);
    }

    let references: Vec<Vec<String>> = references.iter().map(R::segments).collect();
    let tokenisation = metric.tokenisation();
    let mut all = references.iter().flatten();
    let unreadable = all.find(|text| !needs.no_reference && !tokenisation.reads(text));
    if let Some(text) = unreadable {
        let reference = text.chars().take(SHOWN).collect();
        return Err(NoScore::Unreadable {
            metric: name(),
            reference,
        });
    }

    let mut metric_set = MetricSet::new(metric.task(), [metric]);
    let references = metric_set.references(references.iter().map(Vec::as_slice));
    let segments = candidate.segments();
    let candidate = metric_set.candidate(segments.iter().map(String::as_str));
    let measured = metric_set.prepare(&references).measure(&candidate);
    match measured
        .into_iter()
        .next()
        .filter(|found| found.outputs > 0.0)
    {
        Some(statistics) => Ok(metric.score(&statistics)),
        None => Err(NoScore::LeftOut { metric: name() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Bleu, KeyphraseF1, Protocol, Rouge};

    #[test]
    fn what_cannot_be_scored_is_no_zero() {
        let rouge = Rouge::n(1);
        let none: &[&str] = &[];
        assert_eq!(score(&rouge, "a", none), Err(NoScore::NoReference));
        insta::assert_snapshot!(score(&rouge, "мир", &["миру мир"]).unwrap_err(), @r"
        `rouge-1` cannot read the reference `миру мир`: it reads ASCII letters only
        hint: `Rouge::unicode` reads every script
        ");
        assert_eq!(
            score(&rouge, "мир", &["a"]).unwrap().value,
            0.0,
            "a bad answer"
        );
        assert!(score(&Bleu::default(), "мир", &["мир"]).unwrap().value > 0.999);
    }

    #[test]
    fn a_metric_of_the_source_is_refused() {
        let present = KeyphraseF1::at(5).protocol(Protocol::kpeval());
        let found = score(&present, &["a1"], &[["a1"]]).unwrap_err();
        assert_eq!(
            found,
            NoScore::Needs {
                metric: "keyphrase-f1".to_owned()
            }
        );
    }
}

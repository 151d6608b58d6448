//! The perturbation `+truncated`: it measures what the end of a document is worth to a
//! system.

use super::{change::Perturbation, sentences::language};
use crate::record::Record;
use epitome_base::spec::{Entry, Parameter, ParameterKind};
use epitome_text::{LineEnds, Rules, Segmenter};

pub(super) const ENTRY: Entry<dyn Perturbation> = Entry {
    name: "truncated",
    about: "only the first sentences",
    source: "a control of no author",
    parameters: &[Parameter {
        name: "share",
        kind: ParameterKind::Number(0.0, 1.0),
        default: "0.5",
        about: "this share of the sentences, rounded up",
    }],
    build: |params| {
        Box::new(Truncated {
            share: params.number("share"),
        })
    },
};

/// Cuts the text off after sentence `⌈share · n⌉`.
struct Truncated {
    share: f64,
}

impl Perturbation for Truncated {
    fn change(&self, record: &mut Record) {
        let language = language(record);
        // joining lines moves no byte, so that spans in the joined text are spans in the
        // text itself
        let flat = LineEnds::Auto.on_one_line(&record.text, language);
        let spans = Segmenter::Own.spans(&flat, Rules::of(language.code()));
        let kept = (spans.len() as f64 * self.share).ceil() as usize;
        let last = spans[..kept.min(spans.len())].last();
        let end = last.map_or(0, |last| last.end as usize);
        record.text.truncate(end);
        for passage in &mut record.evidence {
            passage.end = passage.end.min(end);
        }
        record.evidence.retain(|passage| !passage.is_empty());
    }
}

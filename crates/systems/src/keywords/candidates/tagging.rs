//! The parameter that chooses a source of parts of speech.

use epitome_base::spec::{Choice, Parameter, Params};
use epitome_text::{TAGGERS, Tagger};

/// The parameter that names one of [`TAGGERS`]. If the source has no tags for a document,
/// candidates are found without tags.
pub(in crate::keywords) const TAGGER: Parameter = SOURCES.parameter();

const SOURCES: &Choice<&'static dyn Tagger, 3> = &Choice::new(
    "tagger",
    [
        ("english", TAGGERS[0]),
        ("pretagged", TAGGERS[1]),
        ("none", TAGGERS[2]),
    ],
    "parts of speech by the built-in English tagger, from the corpus, or none; without them, candidates are runs of content words",
);

/// Returns the tagger that `params` select.
pub(super) fn tagger(params: &Params) -> &'static dyn Tagger {
    params.choice(SOURCES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tagger_can_be_chosen() {
        assert_eq!(TAGGERS.map(Tagger::name), SOURCES.words());
    }
}

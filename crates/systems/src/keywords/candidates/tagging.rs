//! The parameter that chooses a source of parts of speech.

use epitome_base::spec::{Choice, Parameter, Params};
use epitome_text::{TAGGERS, Tagger};

/// The names of [`TAGGERS`]. Where a document has no tags of the source, candidates are
/// found without.
pub(in crate::keywords) const TAGGER: Parameter = SOURCES.parameter();

const SOURCES: &Choice<&'static dyn Tagger, 3> = &Choice::new(
    "tagger",
    [
        ("english", TAGGERS[0]),
        ("pretagged", TAGGERS[1]),
        ("none", TAGGERS[2]),
    ],
    "parts of speech of our English tagger, those that the corpus brought, or none; where there are none, candidates are runs of content words",
);

/// The tagger that `params` ask for.
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

//! The parameter that chooses a source of parts of speech.

use epitome_base::spec::{Kind, Parameter, Params};
use epitome_text::{TAGGERS, Tagger};

/// The names of [`TAGGERS`]. Where a document has no tags of the source, candidates are
/// found without.
pub(in crate::keywords) const TAGGER: Parameter = Parameter {
    name: "tagger",
    kind: Kind::Choice(&["english", "pretagged", "none"]),
    default: "english",
    about: "parts of speech of our English tagger, those that the corpus brought, or none; where there are none, candidates are runs of content words",
};

/// The tagger that `params` ask for.
pub(super) fn tagger(params: &Params) -> &'static dyn Tagger {
    named(params.text(TAGGER.name))
}

/// The tagger called `name`; the first for any other word.
pub(super) fn named(name: &str) -> &'static dyn Tagger {
    TAGGERS.into_iter().find(|tagger| tagger.name() == name).unwrap_or(TAGGERS[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tagger_can_be_chosen() {
        let Kind::Choice(names) = TAGGER.kind else { panic!("it is a choice") };
        assert_eq!(TAGGERS.map(Tagger::name), names);
        assert_eq!(TAGGER.default, names[0]);
    }
}

//! Profiles: definitions of a method that other tools have.

use epitome_base::spec::{Parameter, ParameterKind, Params, Profile, Profiles};

use super::summariser::Summariser;

/// The largest number of sentences that the profiles of tools take which keep all pairs of
/// sentences, as the tools do: up to 28 bytes for a pair, 1 GB in all.
pub(super) const MOST_IN_PAIRS: usize = 6_000;

/// A function that builds a summariser from checked parameters.
pub(super) type Build = fn(&Params) -> Box<dyn Summariser>;

/// Returns the profiles of a method that sumy defines as well.
pub(super) const fn paper_or_sumy(paper: Build, sumy: Build) -> Profiles<Build, 2> {
    let sumys = Profile::with("sumy", &[("stop-words", "list:sumy-0.13.0")]);
    Profiles::new(
        [(Profile::plain("paper"), paper), (sumys, sumy)],
        "the paper's definition, or what sumy 0.13 computes",
    )
}

/// Returns the parameter with the stop list of the profiles of tools.
pub(super) const fn stop_words_of(profiles: &'static [&'static str]) -> Parameter {
    Parameter {
        name: "stop-words",
        kind: ParameterKind::When("profile", profiles, &ParameterKind::File(&[])),
        default: "none",
        about: "stop words for the profile of a tool, separated by white space: its own for English; none: those of the language",
    }
}

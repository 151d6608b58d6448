//! Rows of `results/published/agreement.csv`: how far a profile agrees with its tool on a
//! golden. `scripts/conformance` collects what is printed here.

use std::env;

/// What was compared with what.
pub(super) struct Agreement<'a> {
    /// The tool, as its package is called.
    pub(super) tool: &'a str,
    /// Its version.
    pub(super) version: &'a str,
    /// Our system, as it is named in a run.
    pub(super) system: &'a str,
    /// The golden.
    pub(super) golden: &'a str,
    /// Why the rest differs; empty where there is none.
    pub(super) reason: &'a str,
}

impl Agreement<'_> {
    /// Prints the row, and checks that a rest has a reason and a reason a rest.
    pub(super) fn record(&self, agree: usize, of: usize) {
        let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
        println!(
            "agreement:{},{},{},{},{agree},{of},{}",
            self.tool,
            self.version,
            quoted(self.system),
            quoted(self.golden),
            quoted(self.reason)
        );
        assert_eq!(
            agree == of,
            self.reason.is_empty(),
            "{} on {}: {agree} of {of}, because: {:?}",
            self.system,
            self.golden,
            self.reason
        );
    }
}

/// Whether the stop lists of other tools are there: `EPITOME_LISTS` names their folder in
/// `scripts/conformance`. Without it the tests of profiles are skipped.
pub(super) fn has_lists() -> bool {
    let has = env::var_os("EPITOME_LISTS").is_some();
    if !has {
        assert_ne!(env::var("EPITOME_CONFORMANCE").as_deref(), Ok("1"));
        println!("skipped: EPITOME_LISTS names no folder");
    }
    has
}

//! Which files a plugin may open: what users ask for, and what the system gives.

use std::str::FromStr;

use epitome_base::isolated::Isolated;

/// What the kernel keeps plugins from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Isolation {
    /// A plugin opens only the system, its own folder and what it declares.
    Files,
    /// A plugin opens whatever the user may.
    Off,
}

impl Isolation {
    /// Returns the name in options and experiment files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Files => "files",
            Self::Off => "none",
        }
    }
}

impl FromStr for Isolation {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        [Self::Files, Self::Off]
            .into_iter()
            .find(|it| it.name() == text)
            .ok_or_else(|| format!("`{text}` is no isolation: it is `files` or `none`"))
    }
}

/// Returns what a plugin is kept from if `wish` is asked for, or the usual isolation if
/// nothing is.
///
/// # Errors
/// Returns an error if files are to be kept from it and the kernel cannot.
pub(super) fn in_effect(
    wish: Option<Isolation>,
    has_sandbox: bool,
) -> Result<Isolated, String> {
    by_version(wish, has_sandbox, super::landlock::version())
}

/// Returns what [`in_effect`] does if the kernel has this version of Landlock.
fn by_version(
    wish: Option<Isolation>,
    has_sandbox: bool,
    version: Option<i32>,
) -> Result<Isolated, String> {
    match (wish, version) {
        (Some(Isolation::Off), _) => Ok(Isolated::Off),
        (None, _) if has_sandbox => Ok(Isolated::BySandbox),
        (_, Some(version)) => Ok(Isolated::Files(version)),
        (None, None) => Ok(Isolated::Unavailable),
        (Some(Isolation::Files), None) => Err(
            "`--isolation files` needs Landlock, which this system does not have"
                .to_owned(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_effect_is_what_was_asked_for_or_what_there_is() {
        use Isolation::{Files, Off};
        let cases = [
            (None, false, Some(6), Isolated::Files(6)),
            (None, false, None, Isolated::Unavailable),
            (None, true, Some(6), Isolated::BySandbox),
            (None, true, None, Isolated::BySandbox),
            (Some(Files), false, Some(1), Isolated::Files(1)),
            (Some(Files), true, Some(6), Isolated::Files(6)),
            (Some(Off), false, Some(6), Isolated::Off),
            (Some(Off), true, None, Isolated::Off),
        ];
        for (wish, has_sandbox, version, wanted) in cases {
            let found = by_version(wish, has_sandbox, version);
            assert_eq!(found, Ok(wanted), "{wish:?} {has_sandbox} {version:?}");
        }
    }

    #[test]
    fn isolation_that_is_asked_for_and_not_there_is_refused() {
        for has_sandbox in [false, true] {
            let refused = by_version(Some(Isolation::Files), has_sandbox, None);
            let wanted =
                "`--isolation files` needs Landlock, which this system does not have";
            assert_eq!(refused.unwrap_err(), wanted);
        }
    }
}

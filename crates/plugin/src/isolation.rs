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
    match (wish, super::landlock::version()) {
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

//! Which files a plugin may open: what users ask for, and what the system gives.

use std::{fmt, str::FromStr};

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

/// What a plugin is in fact kept from, which a manifest records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Isolated {
    /// From files, by this version of Landlock; from version 6 on, from signals and abstract
    /// sockets too.
    Files(i32),
    /// From nothing, since the kernel has no Landlock.
    Unavailable,
    /// From nothing, as the user asked.
    #[default]
    Off,
    /// From what the command of `--sandbox` keeps it from: Landlock would forbid that
    /// command to mount anything.
    BySandbox,
}

impl Isolated {
    /// Returns what a plugin is kept from if `wish` is asked for, or the usual isolation if
    /// nothing is.
    ///
    /// # Errors
    /// Returns an error if files are to be kept from it and the kernel cannot.
    pub(super) fn of(wish: Option<Isolation>, has_sandbox: bool) -> Result<Self, String> {
        match (wish, super::landlock::version()) {
            (Some(Isolation::Off), _) => Ok(Self::Off),
            (None, _) if has_sandbox => Ok(Self::BySandbox),
            (_, Some(version)) => Ok(Self::Files(version)),
            (None, None) => Ok(Self::Unavailable),
            (Some(Isolation::Files), None) => Err(
                "`--isolation files` needs Landlock, which this system does not have"
                    .to_owned(),
            ),
        }
    }

    /// Returns whether the plugin cannot open every file.
    pub fn is_of_files(self) -> bool {
        matches!(self, Self::Files(_))
    }
}

impl fmt::Display for Isolated {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Files(version) if *version >= super::landlock::WITH_SIGNALS => {
                write!(out, "files and signals, by Landlock {version}")
            }
            Self::Files(version) => write!(out, "files, by Landlock {version}"),
            Self::Unavailable => out.write_str("none: this system has no Landlock"),
            Self::Off => out.write_str("none, as asked"),
            Self::BySandbox => out.write_str("that of `--sandbox`"),
        }
    }
}

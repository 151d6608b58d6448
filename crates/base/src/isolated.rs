//! What the program of a plugin is kept from, as origins and manifests name it.

use std::fmt;

/// What a plugin is in fact kept from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Isolated {
    /// From files, by this version of Landlock; from [version
    /// 6](Self::WITH_SIGNALS) on, from signals and abstract sockets too.
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
    /// The version of Landlock that keeps signals and abstract sockets in.
    pub const WITH_SIGNALS: i32 = 6;

    /// Returns whether the plugin cannot open every file.
    pub fn is_of_files(self) -> bool {
        matches!(self, Self::Files(_))
    }
}

impl fmt::Display for Isolated {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Files(version) if *version >= Self::WITH_SIGNALS => {
                write!(out, "files and signals, by Landlock {version}")
            }
            Self::Files(version) => write!(out, "files, by Landlock {version}"),
            Self::Unavailable => out.write_str("none: this system has no Landlock"),
            Self::Off => out.write_str("none, as asked"),
            Self::BySandbox => out.write_str("that of `--sandbox`"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_words_are_those_of_manifests() {
        let cases = [
            (Isolated::Files(7), "files and signals, by Landlock 7"),
            (Isolated::Files(6), "files and signals, by Landlock 6"),
            (Isolated::Files(5), "files, by Landlock 5"),
            (Isolated::Files(1), "files, by Landlock 1"),
            (Isolated::Unavailable, "none: this system has no Landlock"),
            (Isolated::Off, "none, as asked"),
            (Isolated::BySandbox, "that of `--sandbox`"),
        ];
        for (isolated, words) in cases {
            assert_eq!(isolated.to_string(), words);
        }
    }
}

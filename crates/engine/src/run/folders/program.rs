//! What this program was built from, as the build script found it.

/// Returns the identifier of this program: a digest of its source.
pub fn own_build() -> &'static str {
    env!("EPITOME_BUILD")
}

/// Returns the revision of the repository that this program was built in; `None` if it was
/// built outside of it, as from a source archive.
pub fn revision() -> Option<&'static str> {
    Some(env!("EPITOME_REVISION")).filter(|revision| !revision.is_empty())
}

/// Returns the version of the compiler that built this program.
pub fn compiler() -> &'static str {
    env!("EPITOME_RUSTC")
}

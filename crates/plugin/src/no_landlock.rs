//! Landlock on a system that has none.

/// A thread that is isolated like a plugin, of which there is none.
#[cfg(unix)]
#[derive(Debug)]
pub(super) struct Keeper(std::convert::Infallible);

#[cfg(unix)]
impl Keeper {
    pub(super) fn members(&self) -> Option<Vec<rustix::process::Pid>> {
        match self.0 {}
    }

    pub(super) fn end(&self) -> bool {
        match self.0 {}
    }
}

/// Returns `None`: there is no version of it here.
pub(super) fn version() -> Option<i32> {
    None
}

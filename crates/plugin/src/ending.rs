//! Whether a plugin is being ended at this moment.

use std::sync::atomic::{AtomicUsize, Ordering};

/// The number of plugins that are being ended.
static ENDING: AtomicUsize = AtomicUsize::new(0);

/// Returns whether a plugin of this process is being ended. This takes no longer than its grace
/// period and a few seconds.
pub fn is_ending() -> bool {
    ENDING.load(Ordering::SeqCst) > 0
}

/// A plugin that is being ended until this is dropped.
pub(super) struct Ending(());

impl Ending {
    pub(super) fn begin() -> Self {
        ENDING.fetch_add(1, Ordering::SeqCst);
        Self(())
    }
}

impl Drop for Ending {
    fn drop(&mut self) {
        ENDING.fetch_sub(1, Ordering::SeqCst);
    }
}

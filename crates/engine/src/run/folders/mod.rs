//! The folder of a run: its manifest and recipe, its lock, and what it may be opened as.

pub(super) mod checked;
pub(super) mod folder;
pub(super) mod lock;
pub(super) mod manifest;
pub(super) mod program;
pub(super) mod recipe;
pub(super) mod replace;
pub(super) mod system_id;
pub(super) mod texts;

//! How long a phrase may be.

use epitome_base::spec::Params;

/// The longest run that `params` allow.
pub(super) fn max_words(params: &Params, usual: usize) -> usize {
    params
        .integer_if_any("max-words")
        .map_or(usual, |words| words as usize)
}

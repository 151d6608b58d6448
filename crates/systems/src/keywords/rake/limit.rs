//! The parameter `max-words` of all profiles of RAKE.

use epitome_base::spec::Params;

/// Returns the length of the longest run that `params` allow, in words; `usual` if they do not
/// name a number.
pub(super) fn max_words(params: &Params, usual: usize) -> usize {
    params
        .integer_if_any("max-words")
        .map_or(usual, |words| words as usize)
}

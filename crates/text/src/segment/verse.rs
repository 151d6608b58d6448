//! Decides whether a mark is inside of a quotation of verse: `"It is spring. The hill / is green"`.

use super::candidate::Candidate;
use super::mark;

/// Returns whether the sentence begins with a quotation of verse that is closed after the mark. The
/// lines of verse are separated by ` / `, and such a quotation is quoted as one.
pub(super) fn is_inside_verse(candidate: &Candidate<'_>) -> bool {
    let mut chars = candidate.text[candidate.sentence..].chars();
    let Some(closers) = chars.next().and_then(closers_of) else {
        return false;
    };
    if candidate.closer.is_some_and(|c| closers.contains(&c)) {
        return false;
    }

    // one search for each mark is faster than one for all of them
    let rest = chars.as_str();
    let start = candidate.text.len() - rest.len();
    let near = &rest[..rest.floor_char_boundary(LONGEST_VERSE)];
    let ends = closers.iter().filter_map(|&closer| near.find(closer));
    ends.min().is_some_and(|end| {
        candidate.end <= start + end
            && near[..end].contains('/')
            && near[..end].contains(" / ")
            && !near[..end].contains(mark::is_line_break)
    })
}

/// Maximum length of a quotation of verse in bytes, so that segmentation is linear.
const LONGEST_VERSE: usize = 1000;

/// Returns the marks that may close a quotation with a given opening mark; `None` for other
/// characters.
fn closers_of(opener: char) -> Option<&'static [char]> {
    Some(match opener {
        '"' => &['"'],
        '“' => &['”'],
        '„' => &['“', '”'],
        '«' => &['»'],
        '»' => &['«'],
        _ => return None,
    })
}

//! The locations of sentences in paragraphs.

use epitome_text::Document;

/// Returns the location of each sentence: 1 for the first or last paragraph, and 1 for the first
/// or last sentence of a paragraph.
pub(super) fn locations(document: &Document) -> Vec<f64> {
    let paragraphs: Vec<u32> = document.sentences().iter().map(|s| s.paragraph).collect();
    let ends = [paragraphs.first(), paragraphs.last()];

    (0..paragraphs.len())
        .map(|at| {
            let own = Some(&paragraphs[at]);
            let before = at.checked_sub(1).map(|before| &paragraphs[before]);
            let at_an_end = before != own || paragraphs.get(at + 1) != own;
            f64::from(u8::from(ends.contains(&own))) + f64::from(u8::from(at_an_end))
        })
        .collect()
}

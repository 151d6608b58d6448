//! The width of texts, and names of systems that are shortened where they are too wide. A chart
//! leaves as much room for names as the widest one takes.

/// Font size of names, in pixels, as in the style sheets.
pub(super) const NAME_SIZE: f64 = 12.5;

/// Maximum width of a name, in pixels. A wider one is shortened in the middle.
const MOST: f64 = 250.0;

/// Distance of the shapes of a drawing from its edge, in pixels.
pub(super) const MARGIN: f64 = 8.0;

/// Width of a drawing that fits into half of the page, in pixels.
const COLUMN: f64 = 556.0;

/// Room for the half of a number that is beyond the end of an axis, in pixels.
const BEYOND: f64 = 14.0;

/// The names of the systems of a chart, as they are drawn.
#[derive(Debug)]
pub(super) struct Names(Vec<String>);

impl Names {
    /// Returns the names, each shortened if it is wider than [`MOST`]; a name that would not be
    /// told from another one stays whole.
    pub(super) fn of<'a>(whole: impl IntoIterator<Item = &'a str>) -> Self {
        let whole: Vec<&str> = whole.into_iter().collect();
        let short: Vec<String> = whole.iter().map(|name| shortened(name)).collect();
        let is_unique =
            |name: &String| short.iter().filter(|it| *it == name).count() == 1;
        let names = short.iter().zip(&whole);
        let names = names.map(|(short, whole)| match is_unique(short) {
            true => short.clone(),
            false => (*whole).to_owned(),
        });
        Self(names.collect())
    }

    /// Returns the name at an index as it is drawn.
    pub(super) fn at(&self, at: usize) -> &str {
        &self.0[at]
    }

    /// Returns the width of the widest name, in pixels; 0 without names.
    pub(super) fn room(&self) -> f64 {
        widest(self.0.iter().map(String::as_str), NAME_SIZE)
    }
}

/// Returns the width of the widest of `texts`, in pixels; 0 without texts.
pub(super) fn widest<'a>(texts: impl IntoIterator<Item = &'a str>, size: f64) -> f64 {
    texts
        .into_iter()
        .map(|text| width(text, size))
        .fold(0.0, f64::max)
}

/// Returns the width that is left for what is drawn in half of the page if names and numbers take
/// `beside` pixels, but at least `least`: a chart with less room is wider than half of the page.
pub(super) fn plot_width(beside: f64, least: f64) -> f64 {
    (COLUMN - 2.0 * MARGIN - BEYOND - beside).max(least)
}

/// Returns whether a drawing of a width does not fit into half of the page.
pub(super) fn is_wide(width: f64) -> bool {
    width > COLUMN
}

/// Returns a name without so many characters in its middle that it fits into [`MOST`].
fn shortened(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut kept = letters.len();
    let cut = |kept: usize| -> String {
        // the end tells parameters apart
        let (start, end) = (kept.div_ceil(2), letters.len() - kept / 2);
        letters[..start]
            .iter()
            .chain(&['…'])
            .chain(&letters[end..])
            .collect()
    };
    if width(name, NAME_SIZE) <= MOST {
        return name.to_owned();
    }
    while kept > 2 && width(&cut(kept), NAME_SIZE) > MOST {
        kept -= 1;
    }
    cut(kept)
}

/// Returns the width of a text at a font size, both in pixels, in `DejaVu Sans`, which is the widest
/// of the usual fonts. Characters beyond ASCII count as a full square from U+1100 on, where the
/// scripts of square characters begin, and as a wide letter before.
pub(super) fn width(text: &str, size: f64) -> f64 {
    let thousandths: u32 = text.chars().map(advance).sum();
    f64::from(thousandths) * size / 1000.0
}

fn advance(sign: char) -> u32 {
    match u32::from(sign) {
        code @ 0x20..=0x7e => ASCII[code as usize - 0x20],
        0x1100.. => 1000,
        _ => 850,
    }
}

/// Advance widths of the characters from space to tilde in `DejaVu Sans` 2.37, in thousandths of the
/// font size.
#[rustfmt::skip]
const ASCII: [u32; 95] = [
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636,
    636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632,
    575, 775, 752, 295, 295, 656, 557, 863, 748, 787, 603, 787, 695, 635, 611, 732, 684, 989, 685,
    611, 685, 390, 337, 390, 838, 500, 500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579,
    278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
];

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: &str = "lex-rank(threshold=0.1, similarity=log-overlap, damping=0.7)";

    #[test]
    fn a_name_that_is_too_wide_loses_its_middle() {
        let names = Names::of(["lead", LONG]);
        assert_eq!(names.at(0), "lead");
        let short = names.at(1);
        assert!(short.starts_with("lex-rank(thresh") && short.ends_with("damping=0.7)"));
        assert!(names.room() <= MOST && names.room() > 0.9 * MOST, "{short}");
    }

    #[test]
    fn names_that_would_be_equal_stay_whole() {
        let other = LONG.replace("0.1, similarity", "0.2, similarity");
        let names = Names::of([LONG, &other, "lead"]);
        assert_eq!((names.at(0), names.at(1)), (LONG, other.as_str()));
    }

    #[test]
    fn widths_add_up() {
        assert!((width("ab", 10.0) - 12.48).abs() < 1e-9);
        assert!(width("水", 10.0) > width("m", 10.0));
        assert_eq!(Names::of([]).room(), 0.0);
    }
}

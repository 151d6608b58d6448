//! The style sheet of a drawing in a file of its own. Programs that convert SVG to PDF do not
//! support CSS variables, so that every colour is given by value.

use std::fmt::Write as _;

use super::hue::Hue;
use crate::html::templates::{CSS, FIGURE_CSS};

/// Returns the style sheet with the light colours, and the dark ones for viewers in dark mode.
pub(super) fn file_style() -> String {
    let light = coloured(&colours(":root {"));
    let dark = coloured(&colours(r#":root[data-theme="dark"] {"#));
    format!("{light}@media (prefers-color-scheme: dark) {{\n{dark}}}\n")
}

/// Returns the colours in the block after `start` of the style sheet of the page.
fn colours(start: &str) -> Vec<(&'static str, &'static str)> {
    let block = CSS.split_once(start).map_or("", |(_, rest)| rest);
    let block = block.split('}').next().unwrap_or_default();
    let declared = block.split(';').filter_map(|one| one.split_once(':'));
    declared
        .map(|(name, value)| (name.trim(), value.trim()))
        .filter(|(name, _)| name.starts_with("--"))
        .collect()
}

/// Returns the rules of drawings with the values of `colours`. A rule for the colour of a system is
/// repeated for each colour.
fn coloured(colours: &[(&str, &str)]) -> String {
    let hues = (0..Hue::COUNT).map(|at| format!("c{at}"));
    let hues: Vec<String> = hues.chain(["quiet".to_owned()]).collect();
    let mut rules = String::new();
    for rule in FIGURE_CSS.lines() {
        if !rule.contains("var(--c)") {
            let _ = writeln!(rules, "{rule}");
            continue;
        }
        for hue in &hues {
            let own = rule.replace("var(--c)", &format!("var(--{hue})"));
            let _ = writeln!(rules, ".{hue} {own}");
        }
    }
    for (name, value) in colours {
        rules = rules.replace(&format!("var({name})"), value);
    }
    rules
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_colour_is_spelt_out() {
        let style = file_style();
        assert!(!style.contains("var("), "{style}");
        for rule in [
            ".c0 .dot { fill: #0a5bb5; stroke: #ffffff; }",
            ".c0 .dot { fill: #7db5f5; stroke: #1b1e24; }",
            ".quiet .bar { stroke: #9aa0a9;",
        ] {
            assert!(style.contains(rule), "{rule}: {style}");
        }
    }
}

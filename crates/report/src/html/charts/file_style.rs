//! The style sheet of a drawing that is a file of its own. Programs that turn SVG into PDF
//! know no variables, so that every colour is spelt out.

use std::fmt::Write as _;

use super::hue::Hue;
use crate::html::templates::{CSS, FIGURE_CSS};

/// Returns the style sheet: the light colours, which paper has too, and the dark ones for
/// viewers that ask for them.
pub(super) fn file_style() -> String {
    let light = coloured(&colours(":root {"));
    let dark = coloured(&colours(r#":root[data-theme="dark"] {"#));
    format!("{light}@media (prefers-color-scheme: dark) {{\n{dark}}}\n")
}

/// The colours of the page's style sheet that the block after `start` names.
fn colours(start: &str) -> Vec<(&'static str, &'static str)> {
    let block = CSS.split_once(start).map_or("", |(_, rest)| rest);
    let block = block.split('}').next().unwrap_or_default();
    let declared = block.split(';').filter_map(|one| one.split_once(':'));
    declared
        .map(|(name, value)| (name.trim(), value.trim()))
        .filter(|(name, _)| name.starts_with("--"))
        .collect()
}

/// The rules of drawings in some colours. A rule in the colour of a system is one for each
/// colour that a system may have.
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

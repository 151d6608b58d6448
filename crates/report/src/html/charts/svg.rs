//! A drawing under construction: shapes in, SVG out, every text escaped.

use std::fmt::{Display, Write as _};

use serde::{Serialize, Serializer};

use super::file_style::file_style;

/// Which side of its place a text stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// An SVG whose shapes are styled by the page's classes, in pixels.
#[derive(Debug, Clone)]
pub(in crate::html) struct Svg {
    width: f64,
    height: f64,
    label: String,
    body: String,
}

impl Svg {
    /// An empty drawing; `label` is what a screen reader says.
    pub(super) fn new(width: f64, height: f64, label: &str) -> Self {
        Self {
            width,
            height,
            label: label.to_owned(),
            body: String::new(),
        }
    }

    pub(super) fn line(&mut self, class: &str, from: (f64, f64), to: (f64, f64)) {
        let (x, y, right, down) =
            (pixel(from.0), pixel(from.1), pixel(to.0), pixel(to.1));
        self.add(format_args!(
            r#"<path class="{class}" d="M{x} {y}L{right} {down}"/>"#
        ));
    }

    /// A line through all points.
    pub(super) fn path(&mut self, class: &str, points: &[(f64, f64)]) {
        let mut d = String::new();
        for (at, (x, y)) in points.iter().enumerate() {
            let letter = if at == 0 { 'M' } else { 'L' };
            let _ = write!(d, "{letter}{} {}", pixel(*x), pixel(*y));
        }
        self.add(format_args!(r#"<path class="{class}" d="{d}"/>"#));
    }

    /// A rectangle of some opacity, which is an attribute: the page's policy lets no element
    /// bring a style of its own.
    pub(super) fn rect(
        &mut self,
        class: &str,
        (x, y): (f64, f64),
        (width, height): (f64, f64),
        opacity: f64,
    ) {
        let (x, y, width, height) = (pixel(x), pixel(y), pixel(width), pixel(height));
        self.add(format_args!(
            r#"<rect class="{class}" x="{x}" y="{y}" width="{width}" height="{height}" opacity="{opacity:.2}"/>"#
        ));
    }

    /// A dot, with what a pointer that rests on it is told.
    pub(super) fn dot(
        &mut self,
        class: &str,
        (x, y): (f64, f64),
        radius: f64,
        tip: &str,
    ) {
        let (x, y, r) = (pixel(x), pixel(y), pixel(radius));
        let tip = escaped(tip);
        self.add(format_args!(
            r#"<circle class="{class}" cx="{x}" cy="{y}" r="{r}"><title>{tip}</title></circle>"#
        ));
    }

    pub(super) fn text(
        &mut self,
        class: &str,
        (x, y): (f64, f64),
        anchor: Anchor,
        text: impl Display,
    ) {
        let (x, y) = (pixel(x), pixel(y));
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => r#" text-anchor="middle""#,
            Anchor::End => r#" text-anchor="end""#,
        };
        let text = escaped(&text.to_string());
        self.add(format_args!(
            r#"<text class="{class}" x="{x}" y="{y}"{anchor}>{text}</text>"#
        ));
    }

    /// A text that ends at its place and comes up to it from the lower left.
    pub(super) fn slanted(
        &mut self,
        class: &str,
        (x, y): (f64, f64),
        text: impl Display,
    ) {
        let (x, y, text) = (pixel(x), pixel(y), escaped(&text.to_string()));
        self.add(format_args!(
            r#"<text class="{class}" x="{x}" y="{y}" text-anchor="end" transform="rotate(-45 {x} {y})">{text}</text>"#
        ));
    }

    /// What belongs to a system: the page lights it up together with its namesakes.
    pub(super) fn group(
        &mut self,
        class: &str,
        system: &str,
        draw: impl FnOnce(&mut Self),
    ) {
        let system = escaped(system);
        self.add(format_args!(
            r#"<g class="{class}" data-system="{system}">"#
        ));
        draw(self);
        self.body.push_str("</g>");
    }

    /// The drawing as a file of its own, with its colours for light and dark, on its own
    /// ground.
    pub(in crate::html) fn file(&self, title: &str, about: &str) -> String {
        let (width, height) = (pixel(self.width), pixel(self.height));
        format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" aria-labelledby="title about">
<title id="title">{}</title>
<desc id="about">{}</desc>
<style>
{}</style>
<rect class="ground" width="100%" height="100%"/>
{}
</svg>
"#,
            escaped(title),
            escaped(about),
            file_style(),
            self.body
        )
    }

    fn add(&mut self, shape: std::fmt::Arguments<'_>) {
        let _ = self.body.write_fmt(shape);
    }

    /// The drawing as an element of a page; without a label, one that repeats what stands
    /// beside it.
    pub(in crate::html) fn finish(&self) -> String {
        let (width, height) = (pixel(self.width), pixel(self.height));
        let role = match self.label.as_str() {
            "" => r#"aria-hidden="true""#.to_owned(),
            label => format!(r#"role="img" aria-label="{}""#, escaped(label)),
        };
        format!(
            r#"<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" {role}>{}</svg>"#,
            self.body
        )
    }
}

impl Serialize for Svg {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.finish())
    }
}

/// A tenth of a pixel is all that can be seen.
fn pixel(value: f64) -> String {
    let text = format!("{value:.1}");
    match text.strip_suffix(".0") {
        Some("-0") => "0".to_owned(),
        Some(whole) => whole.to_owned(),
        None => text,
    }
}

/// Text as it may stand in an element or a quoted attribute.
pub(in crate::html) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_negative_tenth_keeps_its_sign_and_zero_has_none() {
        assert_eq!(
            [-0.5, -0.9, -10.04, -0.04, 0.0].map(pixel),
            ["-0.5", "-0.9", "-10", "0", "0"]
        );
    }

    #[test]
    fn shapes_are_written_to_a_tenth_of_a_pixel_and_texts_escaped() {
        let mut svg = Svg::new(100.0, 20.5, "a < b");
        svg.group("s", "x\"y", |svg| {
            svg.dot("p", (1.0, 2.25), 3.0, "</title>");
        });
        svg.text("t", (0.04, 5.0), Anchor::End, "<script>");
        insta::assert_snapshot!(svg.finish(), @r#"<svg viewBox="0 0 100 20.5" width="100" height="20.5" role="img" aria-label="a &lt; b"><g class="s" data-system="x&quot;y"><circle class="p" cx="1" cy="2.2" r="3"><title>&lt;/title&gt;</title></circle></g><text class="t" x="0" y="5" text-anchor="end">&lt;script&gt;</text></svg>"#);
    }
}

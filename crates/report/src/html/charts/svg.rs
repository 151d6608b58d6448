//! Writes SVG. All texts are escaped.

use std::fmt::{Display, Write as _};

use serde::{Serialize, Serializer};

use super::{
    file_style::file_style,
    names::{MARGIN, NAME_SIZE, is_wide, width},
};

/// The point of a text that is at its position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// An SVG whose shapes have CSS classes. Coordinates are pixels, and may be negative: the drawing is
/// as large as what is drawn, texts included, so that nothing is cut off.
#[derive(Debug, Clone)]
pub(in crate::html) struct Svg {
    label: String,
    body: String,
    /// Smallest rectangle `[left, top, right, bottom]` around all shapes.
    extent: Option<[f64; 4]>,
    /// Distance of the shapes from the edge.
    margin: f64,
}

impl Svg {
    /// Creates an empty drawing; `label` is the description for screen readers.
    pub(super) fn new(label: &str) -> Self {
        Self {
            label: label.to_owned(),
            body: String::new(),
            extent: None,
            margin: MARGIN,
        }
    }

    /// Creates an empty drawing of a size without margins.
    pub(super) fn sized(width: f64, height: f64, label: &str) -> Self {
        Self {
            extent: Some([0.0, 0.0, width, height]),
            margin: 0.0,
            ..Self::new(label)
        }
    }

    /// Returns whether the drawing does not fit into half of the page.
    pub(in crate::html) fn is_wide(&self) -> bool {
        is_wide(self.size().0)
    }

    /// Returns width and height.
    fn size(&self) -> (f64, f64) {
        let [left, top, right, bottom] = self.extent.unwrap_or_default();
        let margins = 2.0 * self.margin;
        (right - left + margins, bottom - top + margins)
    }

    /// Returns the shapes, moved such that the drawing begins at 0.
    fn placed(&self) -> String {
        let [left, top, ..] = self.extent.unwrap_or_default();
        match (self.margin - left, self.margin - top) {
            (0.0, 0.0) => self.body.clone(),
            (x, y) => {
                let (x, y, body) = (pixel(x), pixel(y), &self.body);
                format!(r#"<g transform="translate({x} {y})">{body}</g>"#)
            }
        }
    }

    /// Extends the drawing to points.
    fn reach(&mut self, points: &[(f64, f64)]) {
        for &(x, y) in points {
            let [left, top, right, bottom] = self.extent.unwrap_or([x, y, x, y]);
            self.extent = Some([left.min(x), top.min(y), right.max(x), bottom.max(y)]);
        }
    }

    /// Adds a line.
    pub(super) fn line(&mut self, class: &str, from: (f64, f64), to: (f64, f64)) {
        self.reach(&[from, to]);
        let (x, y, right, down) =
            (pixel(from.0), pixel(from.1), pixel(to.0), pixel(to.1));
        self.add(format_args!(
            r#"<path class="{class}" d="M{x} {y}L{right} {down}"/>"#
        ));
    }

    /// Adds a line through all points.
    pub(super) fn path(&mut self, class: &str, points: &[(f64, f64)]) {
        self.reach(points);
        let mut d = String::new();
        for (at, (x, y)) in points.iter().enumerate() {
            let letter = if at == 0 { 'M' } else { 'L' };
            let _ = write!(d, "{letter}{} {}", pixel(*x), pixel(*y));
        }
        self.add(format_args!(r#"<path class="{class}" d="{d}"/>"#));
    }

    /// Adds a rectangle. Its opacity is an attribute, since the content security policy of the page
    /// allows no styles of single elements.
    pub(super) fn rect(
        &mut self,
        class: &str,
        (x, y): (f64, f64),
        (width, height): (f64, f64),
        opacity: f64,
    ) {
        self.reach(&[(x, y), (x + width, y + height)]);
        let (x, y, width, height) = (pixel(x), pixel(y), pixel(width), pixel(height));
        self.add(format_args!(
            r#"<rect class="{class}" x="{x}" y="{y}" width="{width}" height="{height}" opacity="{opacity:.2}"/>"#
        ));
    }

    /// Adds a dot; `tip` is shown under the pointer.
    pub(super) fn dot(
        &mut self,
        class: &str,
        (x, y): (f64, f64),
        radius: f64,
        tip: &str,
    ) {
        self.reach(&[(x - radius, y - radius), (x + radius, y + radius)]);
        let (x, y, r) = (pixel(x), pixel(y), pixel(radius));
        let tip = escaped(tip);
        self.add(format_args!(
            r#"<circle class="{class}" cx="{x}" cy="{y}" r="{r}"><title>{tip}</title></circle>"#
        ));
    }

    /// Adds a text.
    pub(super) fn text(
        &mut self,
        class: &str,
        place: (f64, f64),
        anchor: Anchor,
        text: impl Display,
    ) {
        self.label(class, place, anchor, &text.to_string(), "");
    }

    /// Adds a text with the name of a system, which is shown under the pointer if `text` has a
    /// shorter form of it.
    pub(super) fn label(
        &mut self,
        class: &str,
        (x, y): (f64, f64),
        anchor: Anchor,
        text: &str,
        name: &str,
    ) {
        let size = size_of(class);
        let length = length_of(class, text);
        let left = match anchor {
            Anchor::Start => x,
            Anchor::Middle => x - length / 2.0,
            Anchor::End => x - length,
        };
        self.reach(&[(left, y - 0.8 * size), (left + length, y + 0.25 * size)]);

        let (x, y) = (pixel(x), pixel(y));
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => r#" text-anchor="middle""#,
            Anchor::End => r#" text-anchor="end""#,
        };
        let tip = tip(text, name);
        let text = escaped(text);
        self.add(format_args!(
            r#"<text class="{class}" x="{x}" y="{y}"{anchor}>{text}{tip}</text>"#
        ));
    }

    /// Adds a text that rises at 45° and ends at its position, with a name as in
    /// [`label`](Self::label).
    pub(super) fn slanted(
        &mut self,
        class: &str,
        (x, y): (f64, f64),
        text: &str,
        name: &str,
    ) {
        let reach = length_of(class, text) / std::f64::consts::SQRT_2;
        let size = size_of(class);
        self.reach(&[(x - reach - size, y - size), (x, y + reach + 0.25 * size)]);

        let tip = tip(text, name);
        let (x, y, text) = (pixel(x), pixel(y), escaped(text));
        self.add(format_args!(
            r#"<text class="{class}" x="{x}" y="{y}" text-anchor="end" transform="rotate(-45 {x} {y})">{text}{tip}</text>"#
        ));
    }

    /// Adds the shapes of a system, which the page highlights together with those of the same
    /// system elsewhere.
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

    /// Returns the drawing as a file of its own, with a background and with colours for light and
    /// dark mode.
    pub(in crate::html) fn file(&self, title: &str, about: &str) -> String {
        let (width, height) = self.size();
        let (width, height) = (pixel(width), pixel(height));
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
            self.placed()
        )
    }

    /// Appends a shape.
    fn add(&mut self, shape: std::fmt::Arguments<'_>) {
        let _ = self.body.write_fmt(shape);
    }

    /// Returns the drawing as an element of a page. Without a label it is hidden from screen
    /// readers, since the text next to it says the same.
    pub(in crate::html) fn finish(&self) -> String {
        let (width, height) = self.size();
        let (width, height) = (pixel(width), pixel(height));
        let role = match self.label.as_str() {
            "" => r#"aria-hidden="true""#.to_owned(),
            label => format!(r#"role="img" aria-label="{}""#, escaped(label)),
        };
        format!(
            r#"<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" {role}>{}</svg>"#,
            self.placed()
        )
    }
}

impl Serialize for Svg {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.finish())
    }
}

/// Returns the font size of a text of a class, in pixels, as in the style sheets.
fn size_of(class: &str) -> f64 {
    match class.split(' ').next() {
        Some("name") => NAME_SIZE,
        Some("cell") => 11.0,
        _ => 12.0,
    }
}

/// Returns the length of a text of a class, in pixels. Bold texts are a tenth longer.
pub(super) fn length_of(class: &str, text: &str) -> f64 {
    let bold = if class.ends_with("strong") { 1.1 } else { 1.0 };
    bold * width(text, size_of(class))
}

/// Returns the element that shows a name under the pointer; empty if the text has the whole name.
fn tip(text: &str, name: &str) -> String {
    match text.contains(name) {
        true => String::new(),
        false => format!("<title>{}</title>", escaped(name)),
    }
}

/// Formats a coordinate with one decimal.
fn pixel(value: f64) -> String {
    let text = format!("{value:.1}");
    match text.strip_suffix(".0") {
        Some("-0") => "0".to_owned(),
        Some(whole) => whole.to_owned(),
        None => text,
    }
}

/// Escapes a text for an element or a quoted attribute.
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
        let mut svg = Svg::sized(100.0, 20.5, "a < b");
        svg.group("s", "x\"y", |svg| {
            svg.dot("p", (1.0, 2.25), 3.0, "</title>");
        });
        svg.text("t", (0.04, 5.0), Anchor::End, "<script>");
        insta::assert_snapshot!(svg.finish(), @r#"<svg viewBox="0 0 153.5 25.1" width="153.5" height="25.1" role="img" aria-label="a &lt; b"><g transform="translate(53.5 4.6)"><g class="s" data-system="x&quot;y"><circle class="p" cx="1" cy="2.2" r="3"><title>&lt;/title&gt;</title></circle></g><text class="t" x="0" y="5" text-anchor="end">&lt;script&gt;</text></g></svg>"#);
    }
}

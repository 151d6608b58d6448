//! Tests that no chart cuts off a text, whatever the names of systems.

use super::{
    Across, Beaten, Estimate, Heat, Hue, Lines, Matrix, Mean, Measured, Ranked, Series,
    Spacing, heat, lines, matrix, means, ranks, speed, svg::Svg, svg::length_of,
};

/// A name with parameters, wider than any chart leaves room for.
const LONG: &str =
    "lex-rank(threshold=0.05, similarity=idf-modified-cosine, damping=0.7, order=text)";

const NAMES: [&str; 3] = ["lead", "text-rank(damping=0.7)", LONG];

/// Returns every chart of the systems of [`NAMES`].
fn charts() -> Vec<(&'static str, Svg)> {
    let hue = Hue(Some(0));
    let value = Estimate {
        value: 30.0,
        bounds: Some((29.0, 31.0)),
    };

    let of_mean = |name| Mean {
        name,
        hue,
        value,
        text: "30.00  abc".to_owned(),
    };
    let of_rank = |name| Ranked {
        name,
        hue,
        rank: 2.0,
    };
    let of_speed = |name| Measured {
        name,
        hue,
        speed: value,
        quality: value,
    };
    let of_line = |name| Series {
        name,
        hue,
        points: vec![(0.0, value), (1.0, value)],
    };

    let columns: Vec<String> = (1..=10).map(|part| format!("{part}0 %")).collect();
    let bins = ["from 1000 to 2000", "2001 to 30000"].map(str::to_owned);
    let beaten = Beaten {
        wins: 0.6,
        losses: 0.3,
        is_shown: true,
    };
    let about_heat = Heat {
        label: "heat",
        along: "up to this part of the document",
        columns: &columns,
        rows: NAMES.map(|name| (name, hue, vec![0.1; 10])).to_vec(),
    };
    let about_matrix = Matrix {
        label: "matrix",
        systems: NAMES.map(|name| (name, hue)).to_vec(),
        cells: vec![vec![Some(beaten); 3]; 3],
    };
    let about_lines = Lines {
        label: "lines",
        along: "words of the document",
        upwards: "rouge-1(stemmer=true), %",
        across: Across::Bins(&bins),
        spacing: Spacing::Linear,
    };

    vec![
        ("heat", heat(&about_heat)),
        ("lines", lines(&about_lines, &NAMES.map(of_line))),
        ("matrix", matrix(&about_matrix)),
        ("means", means("rouge-1, %", &NAMES.map(of_mean))),
        ("ranks", ranks(&NAMES.map(of_rank), 4.5)),
        ("speed", speed("rouge-1, %", &[of_speed(LONG)])),
    ]
}

/// Returns the value of an attribute of the element at the start of `text`.
fn attribute<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let element = text.split('>').next()?;
    let (_, rest) = element.split_once(&format!(" {name}=\""))?;
    rest.split('"').next()
}

/// Returns the edges of the texts of a drawing that are outside of it, with the texts.
fn cut_off(drawn: &str) -> Vec<String> {
    let number = |text: Option<&str>| text.map_or(0.0, |text| text.parse().unwrap());
    let (width, height) = (
        number(attribute(drawn, "width")),
        number(attribute(drawn, "height")),
    );
    let moved = drawn
        .split_once("translate(")
        .map_or("0 0", |(_, rest)| rest);
    let moved: Vec<f64> = moved
        .split([' ', ')'])
        .take(2)
        .map(|it| number(Some(it)))
        .collect();

    let mut outside = Vec::new();
    for element in drawn.split("<text").skip(1) {
        let text = element.split(['>', '<']).nth(1).unwrap();
        let class = attribute(element, "class").unwrap();
        let (x, y) = (
            moved[0] + number(attribute(element, "x")),
            moved[1] + number(attribute(element, "y")),
        );
        let length = length_of(class, text);
        let (left, right) = match attribute(element, "text-anchor") {
            None => (x, x + length),
            Some("middle") => (x - length / 2.0, x + length / 2.0),
            Some(_) => (x - length, x),
        };
        // a slanted text goes down as far as it goes left
        let is_slanted = attribute(element, "transform").is_some();
        let side = length / 2.0_f64.sqrt();
        let (left, right, bottom) = match is_slanted {
            true => (x - side, x, y + side),
            false => (left, right, y),
        };
        if left < 0.0 || right > width || y < 9.0 || bottom > height {
            outside.push(format!(
                "{text}: {left:.0} to {right:.0}, {y:.0} to {bottom:.0}"
            ));
        }
    }
    outside
}

#[test]
fn no_chart_cuts_off_a_text() {
    for (chart, svg) in charts() {
        let drawn = svg.finish();
        assert!(drawn.contains("<text"), "{chart}");
        assert_eq!(cut_off(&drawn), [""; 0], "{chart}: {drawn}");
        assert_eq!(
            cut_off(&svg.file("title", "about")),
            [""; 0],
            "{chart} as a file"
        );
    }
}

#[test]
fn every_chart_has_every_name_whole_under_the_pointer_if_not_on_the_page() {
    for (chart, svg) in charts() {
        let drawn = svg.finish();
        let name = format!("<title>{LONG}</title></text>");
        assert!(drawn.contains(&name), "{chart}: {drawn}");
        assert!(
            drawn.contains("lex-rank(threshold=") && drawn.contains('…'),
            "{chart}"
        );
    }
}

#[test]
fn short_names_leave_a_chart_that_fits_into_half_of_the_page() {
    let names = ["lead", "text-rank", "lex-rank"];
    let of_rank = |name| Ranked {
        name,
        hue: Hue(None),
        rank: 2.0,
    };
    assert!(!ranks(&names.map(of_rank), 0.5).is_wide());
    assert!(charts().iter().any(|(_, svg)| svg.is_wide()));
}

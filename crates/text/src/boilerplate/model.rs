//! The model of boilerplate: two logistic regressions, where the features of the second include the
//! results of the first for neighbouring lines.

use std::{str::FromStr, sync::LazyLock};

use super::{
    features::{Page, SECOND_WIDTH, WIDTH, names},
    page::{Thresholds, on_page},
};

/// The weights of both stages.
#[derive(Debug, Clone, PartialEq)]
pub struct BoilerplateModel {
    /// Weights of the first stage, one for each of its features.
    pub first: Vec<f32>,
    /// Weights of the second stage, one for each of its features.
    pub second: Vec<f32>,
    /// Thresholds of the results of the second stage.
    pub thresholds: Thresholds,
}

/// Error of reading a file of weights: a line that is not a feature and its two weights.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line} of the weights is `{found}`, not a feature and its two weights")]
pub struct BadWeights {
    line: usize,
    found: String,
}

static STANDARD: LazyLock<BoilerplateModel> = LazyLock::new(|| {
    include_str!("weights.txt")
        .parse()
        .expect("the weights are read by a test")
});

impl BoilerplateModel {
    /// Returns the weights that are compiled in. Comments in their file say how they were fitted.
    pub fn standard() -> &'static Self {
        &STANDARD
    }

    /// Returns the probability that each line of a page is boilerplate, from 0 to less than 1.
    pub fn probabilities(&self, page: &Page) -> Vec<f32> {
        let first: Vec<f32> =
            page.first().map(|row| logistic(&self.first, row)).collect();
        let second: Vec<f32> = page
            .second(&first)
            .map(|row| logistic(&self.second, &row))
            .collect();
        let found = on_page(page, &second, self.thresholds);
        found
            .into_iter()
            .map(|p| p.min(1.0 - f32::EPSILON))
            .collect()
    }
}

/// Returns the result of a logistic regression for a row of features.
fn logistic(weights: &[f32], row: &[f32]) -> f32 {
    let sum: f32 = weights
        .iter()
        .zip(row)
        .map(|(weight, number)| weight * number)
        .sum();
    1.0 / (1.0 + (-sum).exp())
}

impl FromStr for BoilerplateModel {
    type Err = BadWeights;

    /// Reads lines of `feature first second`, where `first` is `-` for a feature of the second stage
    /// only. A feature without a line has weight 0; lines that begin with `#` are comments.
    ///
    /// # Errors
    /// Returns an error if a line has another form, names no feature, or has a weight that is no
    /// number.
    fn from_str(text: &str) -> Result<Self, BadWeights> {
        let names = names();
        let mut model = Self {
            first: vec![0.0; WIDTH],
            second: vec![0.0; SECOND_WIDTH],
            thresholds: Thresholds::default(),
        };
        for (at, line) in text
            .lines()
            .enumerate()
            .filter(|(_, it)| !it.starts_with('#'))
        {
            let bad = || BadWeights {
                line: at + 1,
                found: line.to_owned(),
            };

            let fields: Vec<&str> = line.split_whitespace().collect();
            let [name, first, second] = fields[..] else {
                return Err(bad());
            };
            let feature = names.iter().position(|it| it == name).ok_or_else(bad)?;
            match model.first.get_mut(feature) {
                Some(weight) => *weight = first.parse().map_err(|_| bad())?,
                None if first == "-" => {}
                None => return Err(bad()),
            }
            model.second[feature] = second.parse().map_err(|_| bad())?;
        }
        Ok(model)
    }
}

impl std::fmt::Display for BoilerplateModel {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (at, (name, second)) in names().iter().zip(&self.second).enumerate() {
            match self.first.get(at) {
                Some(first) => writeln!(out, "{name} {first:.4} {second:.4}")?,
                None => writeln!(out, "{name} - {second:.4}")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standard_weights_name_every_feature() {
        let text = include_str!("weights.txt");
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        let named: Vec<&str> = lines.filter_map(|line| line.split(' ').next()).collect();
        assert_eq!(named, names());
        let printed = BoilerplateModel::standard().to_string();
        assert_eq!(printed.parse().as_ref(), Ok(BoilerplateModel::standard()));
    }

    #[test]
    fn a_line_that_is_no_weight_is_refused() {
        let refusal =
            |text: &str| text.parse::<BoilerplateModel>().unwrap_err().to_string();
        insta::assert_snapshot!(
            refusal("# weights\nlength 1.0\n"),
            @"line 2 of the weights is `length 1.0`, not a feature and its two weights"
        );
        insta::assert_snapshot!(
            refusal("colour 1.0 2.0"),
            @"line 1 of the weights is `colour 1.0 2.0`, not a feature and its two weights"
        );
    }
}

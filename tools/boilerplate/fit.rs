//! Fits the weights of the boilerplate model.

use std::ops::Range;

use epitome::text::{
    Analyser,
    boilerplate::{BoilerplateModel, Page, Thresholds},
};

use crate::pages::LabelledPage;

/// What a page is to the fit.
pub(crate) struct Example {
    pub(crate) fold: usize,
    page: Page,
    labels: Vec<f64>,
    /// How much each line counts.
    weights: Vec<f64>,
}

impl Example {
    /// `share` is how much its lines count beside those of other examples. A line
    /// counts by the root of its words, a page by the root of what its lines count.
    pub(crate) fn of(labelled: &LabelledPage, fold: usize, share: f64) -> Self {
        let document = labelled.document(&mut Analyser::default());
        let page = Page::of(&document);
        let of_sentences = labelled.labels(&document);
        let root = |line: &Range<usize>| {
            let sentences = document.sentences()[line.clone()].iter();
            let words: usize = sentences.map(|sentence| document.words(sentence)).sum();
            (1.0 + words as f64).sqrt()
        };
        let total: f64 = page.lines.iter().map(root).sum();
        let scale = 10.0 * share / total.max(1.0).sqrt();
        let weights = page.lines.iter().map(|line| scale * root(line)).collect();
        let label = |line: &Range<usize>| f64::from(u8::from(of_sentences[line.start]));
        let labels = page.lines.iter().map(label).collect();
        Self {
            fold,
            page,
            labels,
            weights,
        }
    }
}

/// Fits both stages. The second sees verdicts of first stages that were fitted without
/// the folds they judge.
pub(crate) fn fit(examples: &[&Example], ridge: f64) -> BoilerplateModel {
    let mut folds: Vec<usize> = examples.iter().map(|example| example.fold).collect();
    folds.sort_unstable();
    folds.dedup();
    let mut second = Rows::default();

    for chunk in folds.chunks(folds.len().div_ceil(5)) {
        let (judged, others): (Vec<&Example>, Vec<&Example>) = examples
            .iter()
            .copied()
            .partition(|example| chunk.contains(&example.fold));
        let first = first_stage(&others, ridge);
        for example in judged {
            let verdicts: Vec<f32> = example
                .page
                .first()
                .map(|row| logistic(&first, row))
                .collect();
            second.add(example, example.page.second(&verdicts));
        }
    }

    BoilerplateModel {
        first: first_stage(examples, ridge),
        second: regress(&second, ridge),
        thresholds: Thresholds::default(),
    }
}

fn first_stage(examples: &[&Example], ridge: f64) -> Vec<f32> {
    let mut rows = Rows::default();
    for example in examples {
        rows.add(example, example.page.first());
    }
    regress(&rows, ridge)
}

fn logistic(weights: &[f32], row: &[f32]) -> f32 {
    let sum: f32 = weights
        .iter()
        .zip(row)
        .map(|(weight, number)| weight * number)
        .sum();
    1.0 / (1.0 + (-sum).exp())
}

/// Lines as rows of numbers, with labels and weights.
#[derive(Default)]
struct Rows {
    width: usize,
    numbers: Vec<f64>,
    labels: Vec<f64>,
    weights: Vec<f64>,
}

impl Rows {
    fn add<R: AsRef<[f32]>>(&mut self, example: &Example, rows: impl Iterator<Item = R>) {
        for row in rows {
            self.width = row.as_ref().len();
            self.numbers
                .extend(row.as_ref().iter().map(|&it| f64::from(it)));
        }
        self.labels.extend(&example.labels);
        self.weights.extend(&example.weights);
    }

    /// The root mean square of each column about its mean; 1 for a constant.
    fn deviations(&self) -> Vec<f64> {
        let count = self.labels.len() as f64;
        let column = |at| self.numbers.iter().skip(at).step_by(self.width);
        (0..self.width)
            .map(|at| {
                let mean = column(at).sum::<f64>() / count;
                let square = column(at).map(|it| (it - mean).powi(2)).sum::<f64>();
                let deviation = (square / count).sqrt();
                if deviation > 1e-9 { deviation } else { 1.0 }
            })
            .collect()
    }
}

/// Logistic regression with a ridge on the weights of columns scaled to deviation 1,
/// by Newton's method. The constant carries no ridge worth the name.
fn regress(rows: &Rows, ridge: f64) -> Vec<f32> {
    let deviations = rows.deviations();
    let width = rows.width;
    let penalty: Vec<f64> = deviations.iter().map(|it| ridge * it * it).collect();
    let mut weights = vec![0.0; width];

    for _ in 0..12 {
        let mut gradient: Vec<f64> = weights
            .iter()
            .zip(&penalty)
            .map(|(weight, ridge)| -weight * ridge)
            .collect();
        let mut hessian = vec![0.0; width * width];
        for (at, row) in rows.numbers.chunks(width).enumerate() {
            let sum: f64 = row.iter().zip(&weights).map(|(a, b)| a * b).sum();
            let p = 1.0 / (1.0 + (-sum).exp());
            let residual = rows.weights[at] * (rows.labels[at] - p);
            let curvature = rows.weights[at] * (p * (1.0 - p)).max(1e-6);
            for i in 0..width {
                gradient[i] += residual * row[i];
                let scaled = curvature * row[i];
                let target = &mut hessian[i * width..=i * width + i];
                for (cell, number) in target.iter_mut().zip(row) {
                    *cell += scaled * number;
                }
            }
        }
        for i in 0..width {
            hessian[i * width + i] += penalty[i];
        }
        let step = solve(hessian, gradient, width);
        weights
            .iter_mut()
            .zip(&step)
            .for_each(|(weight, step)| *weight += step);
        if step.iter().all(|step| step.abs() < 1e-6) {
            break;
        }
    }

    weights.into_iter().map(|weight| weight as f32).collect()
}

/// Solves `A x = b` for a symmetric positive definite `A`, given by its lower half,
/// by Cholesky's method.
fn solve(mut a: Vec<f64>, mut b: Vec<f64>, n: usize) -> Vec<f64> {
    for i in 0..n {
        for j in 0..=i {
            let sum: f64 = (0..j).map(|k| a[i * n + k] * a[j * n + k]).sum();
            let rest = a[i * n + j] - sum;
            a[i * n + j] = if i == j {
                rest.max(1e-12).sqrt()
            } else {
                rest / a[j * n + j]
            };
        }
    }
    for i in 0..n {
        let sum: f64 = (0..i).map(|k| a[i * n + k] * b[k]).sum();
        b[i] = (b[i] - sum) / a[i * n + i];
    }
    for i in (0..n).rev() {
        let sum: f64 = (i + 1..n).map(|k| a[k * n + i] * b[k]).sum();
        b[i] = (b[i] - sum) / a[i * n + i];
    }
    b
}

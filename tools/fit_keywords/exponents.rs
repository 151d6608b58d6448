//! The exponents, and the score that they make.

/// What an exponent is of.
pub(crate) const NAMES: [&str; 5] = ["frequency", "rarity", "words", "several", "place"];

/// Exponents in a text of some length.
#[derive(Clone, Copy)]
pub(crate) struct Knot {
    /// In tokens.
    pub(crate) length: f64,
    pub(crate) exponents: [f64; NAMES.len()],
}

/// Those at three lengths; in between by the logarithm of the length.
pub(crate) type Exponents = [Knot; 3];

/// Those of `src/keywords/epitome.rs`.
pub(crate) const COMMITTED: Exponents = [
    Knot {
        length: 220.0,
        exponents: [0.6, 1.7, 0.2, 0.0, 0.2],
    },
    Knot {
        length: 400.0,
        exponents: [1.1, 1.4, -1.9, 0.0, 0.25],
    },
    Knot {
        length: 2_500.0,
        exponents: [0.85, 0.6, -0.5, 1.5, 0.35],
    },
];

/// Those for a text of `length` tokens.
pub(crate) fn at(exponents: &Exponents, length: f64) -> [f64; NAMES.len()] {
    let [short, middle, long] = exponents;
    let (from, to) = if length < middle.length {
        (short, middle)
    } else {
        (middle, long)
    };
    let share = (length / from.length).ln() / (to.length / from.length).ln();
    let share = share.clamp(0.0, 1.0);
    std::array::from_fn(|at| {
        from.exponents[at] * (1.0 - share) + to.exponents[at] * share
    })
}

/// The logarithm of a score: exponents times the logarithms of what they are of.
pub(crate) fn score(
    exponents: &[f64; NAMES.len()],
    logarithms: &[f64; NAMES.len()],
) -> f64 {
    let parts = exponents.iter().zip(logarithms);
    parts
        .map(|(exponent, logarithm)| exponent * logarithm)
        .sum()
}

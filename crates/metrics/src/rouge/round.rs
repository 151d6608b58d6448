//! Rounding to five decimals as C's `printf` does it.

/// Returns the value of `%.5f`, read back: the multiple of 0.00001 closest to the exact
/// binary value, with ties (there are some, such as 0.015625) to the even digit.
pub(super) fn five_decimals(value: f64) -> f64 {
    let scaled = value * 1e5;
    let whole = scaled.floor();
    let fraction = scaled - whole;
    if (fraction - 0.5).abs() > 1e-3 {
        // far from a tie, the rounding error of the product does not matter
        return (whole + f64::from(u8::from(fraction > 0.5))) / 1e5;
    }
    format!("{value:.5}").parse().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ties_go_to_the_even_digit() {
        assert_eq!(five_decimals(0.015_625), 0.015_62);
        assert_eq!(five_decimals(1.0 / 3.0), 0.333_33);
        assert_eq!(five_decimals(2.0 / 3.0), 0.666_67);
    }

    proptest! {
        #[test]
        fn it_is_printf(hits in 0_u32..4000, of in 1_u32..4000) {
            let value = f64::from(hits.min(of)) / f64::from(of);
            let printed: f64 = format!("{value:.5}").parse().unwrap();
            prop_assert_eq!(five_decimals(value), printed);
        }
    }
}

//! Random numbers as functions: the same seed and counter always return the same number,
//! on any thread and in any order.

/// Returns a 64-bit random number for a position in a stream.
///
/// This is the output function of `SplitMix64` applied to `seed + (counter + 1) · γ`.
/// Steele, Lea & Flood (2014), *Fast splittable pseudorandom number generators*, OOPSLA,
/// with the constants of Vigna's public-domain version.
pub fn mix(seed: u64, counter: u64) -> u64 {
    /// 2⁶⁴ divided by the golden ratio, rounded to an odd number.
    const GAMMA: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut z = seed.wrapping_add(counter.wrapping_add(1).wrapping_mul(GAMMA));
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// Returns a seed for `text` derived from `seed`: FNV-1a over the bytes, then mixed.
pub fn seed_of(seed: u64, text: &str) -> u64 {
    let fnv = text.bytes().fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3)
    });
    mix(seed, fnv)
}

/// Returns a number below `bound` (0 if `bound` is 0) from 64 random bits, by Lemire's
/// multiplication; its bias is below `bound / 2⁶⁴`.
pub fn below(bits: u64, bound: usize) -> usize {
    ((u128::from(bits) * bound as u128) >> 64) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stream_is_splitmix64() {
        // the first outputs of SplitMix64 seeded with 1234567, from its author's page
        let first: Vec<u64> = (0..3).map(|at| mix(1_234_567, at)).collect();
        assert_eq!(
            first,
            [
                6_457_827_717_110_365_317,
                3_203_168_211_198_807_973,
                9_817_491_932_198_370_423
            ]
        );
    }

    #[test]
    fn below_covers_its_range_evenly() {
        let mut hits = [0_u32; 5];
        for at in 0..10_000 {
            hits[below(mix(7, at), 5)] += 1;
        }
        assert!(
            hits.iter().all(|&count| (1_850..2_150).contains(&count)),
            "{hits:?}"
        );
        assert_eq!(below(u64::MAX, 0), 0);
    }
}

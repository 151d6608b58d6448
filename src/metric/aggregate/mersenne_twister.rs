//! numpy's legacy generator.

const SIZE: usize = 624;
const MIDDLE: usize = 397;

/// MT19937, seeded as `np.random.seed(seed)` does.
///
/// Matsumoto & Nishimura (1998), *Mersenne Twister*, ACM TOMACS 8:3–30, with the
/// seeding of its 2002 version.
pub(super) struct MersenneTwister {
    state: [u32; SIZE],
    /// The state, tempered: what comes out.
    tempered: [u32; SIZE],
    at: usize,
}

impl MersenneTwister {
    pub(super) fn seeded(seed: u32) -> Self {
        let mut state = [seed; SIZE];
        for at in 1..SIZE {
            let before = state[at - 1];
            state[at] = 1_812_433_253_u32
                .wrapping_mul(before ^ (before >> 30))
                .wrapping_add(at as u32);
        }
        Self { state, tempered: [0; SIZE], at: SIZE }
    }

    fn next(&mut self) -> u32 {
        if self.at == SIZE {
            self.turn();
        }
        self.at += 1;
        self.tempered[self.at - 1]
    }

    fn turn(&mut self) {
        let turned = |this: u32, next: u32, far: u32| {
            let bits = (this & 0x8000_0000) | (next & 0x7FFF_FFFF);
            far ^ (bits >> 1) ^ ((bits & 1) * 0x9908_B0DF)
        };
        let state = &mut self.state;
        for at in 0..SIZE - MIDDLE {
            state[at] = turned(state[at], state[at + 1], state[at + MIDDLE]);
        }
        for at in SIZE - MIDDLE..SIZE - 1 {
            state[at] = turned(state[at], state[at + 1], state[at + MIDDLE - SIZE]);
        }
        state[SIZE - 1] = turned(state[SIZE - 1], state[0], state[MIDDLE - 1]);
        for (tempered, &bits) in self.tempered.iter_mut().zip(&self.state) {
            let mut bits = bits;
            bits ^= bits >> 11;
            bits ^= (bits << 7) & 0x9D2C_5680;
            bits ^= (bits << 15) & 0xEFC6_0000;
            *tempered = bits ^ (bits >> 18);
        }
        self.at = 0;
    }

    /// A number below `bound`, which is not 0: bits are masked, and drawn again until
    /// they are below.
    pub(super) fn below(&mut self, bound: u32) -> usize {
        let highest = bound - 1;
        let mask = u32::MAX.checked_shr(highest.leading_zeros()).unwrap_or(0);
        if mask == 0 {
            return 0;
        }
        loop {
            let bits = self.next() & mask;
            if bits <= highest {
                return bits as usize;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stream_is_that_of_the_reference_program() {
        let mut twister = MersenneTwister::seeded(5489);
        assert_eq!(twister.next(), 3_499_211_612, "the first of the default seed");
        let last = (1..10_000).map(|_| twister.next()).last();
        assert_eq!(last, Some(4_123_659_995), "the 10,000th, as C++ demands of mt19937");
    }
}

//! The Mersenne Twister, which is numpy's legacy random number generator.

/// The number of words of the state, and of numbers of a turn.
const SIZE: usize = 624;

/// The distance in words between the two parts of the state that a turn combines.
const MIDDLE: usize = 397;

/// The number of words of the state after the middle.
const AFTER: usize = SIZE - MIDDLE;

/// The room for the numbers of one turn. It is a power of 2, so that an index masked with
/// one less needs no bounds check.
const ROOM: usize = 1024;

/// The generator MT19937, seeded as `np.random.seed(seed)` does.
///
/// Matsumoto & Nishimura (1998), *Mersenne Twister*, ACM TOMACS 8:3–30, with the seeding
/// of its 2002 version. Loops are written so that the compiler vectorises them.
#[derive(Debug, Clone)]
pub struct MersenneTwister {
    state: [u32; SIZE],
    /// The state after tempering, which is what the generator returns.
    tempered: [u32; SIZE],
    at: usize,
}

impl MersenneTwister {
    /// Returns the generator with the state that `seed` leads to.
    pub fn seeded(seed: u32) -> Self {
        let mut state = [seed; SIZE];
        for at in 1..SIZE {
            let before = state[at - 1];
            state[at] = 1_812_433_253_u32
                .wrapping_mul(before ^ (before >> 30))
                .wrapping_add(at as u32);
        }
        Self {
            state,
            tempered: [0; SIZE],
            at: SIZE,
        }
    }

    /// Returns the generator in a state as `np.random.get_state` has it: its words, and how many
    /// numbers of this turn have come out.
    pub fn of_state(state: [u32; SIZE], at: usize) -> Self {
        let tempered = state.map(temper);
        Self {
            state,
            tempered,
            at: at.min(SIZE),
        }
    }

    /// Returns its state, for [`Self::of_state`].
    pub fn state(&self) -> (&[u32; SIZE], usize) {
        (&self.state, self.at)
    }

    /// Returns the numbers of the turn that have not been drawn yet; there is at least
    /// one.
    fn rest(&mut self) -> &[u32] {
        if self.at == SIZE {
            self.turn();
        }
        &self.tempered[self.at..]
    }

    /// Computes the next turn: a new state, and its numbers.
    fn turn(&mut self) {
        let old = self.state;
        let (first, rest) = self.state.split_at_mut(AFTER);
        turn_part(first, &old, &old[MIDDLE..]);
        let (second, third) = rest.split_at_mut(AFTER);
        turn_part(second, &old[AFTER..], first);
        // the last word is followed by the first one of the new state
        turn_part(third, &old[2 * AFTER..], second);
        let last = third.len() - 1;
        third[last] = turned(old[SIZE - 1], first[0], second[last]);
        for (tempered, &bits) in self.tempered.iter_mut().zip(&self.state) {
            *tempered = temper(bits);
        }
        self.at = 0;
    }

    /// Fills `numbers` with numbers below `bound`, which must not be 0: bits are masked
    /// and drawn again until they are below it.
    pub(super) fn fill_below(&mut self, bound: u32, numbers: &mut [u32]) {
        let highest = bound - 1;
        let mask = u32::MAX.checked_shr(highest.leading_zeros()).unwrap_or(0);
        if mask == 0 {
            numbers.fill(0); // nothing is drawn
            return;
        }
        let mut filled = 0;
        while let Some(room) = numbers[filled..].first_chunk_mut() {
            filled += take_below(highest, mask, self.rest(), room);
            self.at = SIZE;
        }
        while filled < numbers.len() {
            let bits = self.rest()[0] & mask;
            self.at += 1;
            numbers[filled] = bits;
            filled += usize::from(bits <= highest);
        }
    }
}

/// Writes those of `bits` that are at most `highest` under the mask one after the other
/// into `room` and returns their number. It has no branch, because up to half of the bits
/// are rejected at random.
fn take_below(highest: u32, mask: u32, bits: &[u32], room: &mut [u32; ROOM]) -> usize {
    let mut taken = 0;
    for &bits in bits {
        let bits = bits & mask;
        room[taken % ROOM] = bits;
        taken += usize::from(bits <= highest);
    }
    taken
}

/// Computes a part of the new state; `far` is the part that is the middle's distance
/// ahead.
fn turn_part(new: &mut [u32], old: &[u32], far: &[u32]) {
    let next = &old[1..];
    for (((new, &this), &next), &far) in new.iter_mut().zip(old).zip(next).zip(far) {
        *new = turned(this, next, far);
    }
}

/// Returns a word of the new state, by the recurrence of MT19937.
fn turned(this: u32, next: u32, far: u32) -> u32 {
    let bits = (this & 0x8000_0000) | (next & 0x7FFF_FFFF);
    far ^ (bits >> 1) ^ ((bits & 1).wrapping_neg() & 0x9908_B0DF)
}

/// Returns the number that a word of the state becomes, by the tempering of MT19937.
fn temper(mut bits: u32) -> u32 {
    bits ^= bits >> 11;
    bits ^= (bits << 7) & 0x9D2C_5680;
    bits ^= (bits << 15) & 0xEFC6_0000;
    bits ^ (bits >> 18)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stream_is_that_of_the_reference_program() {
        let mut twister = MersenneTwister::seeded(5489);
        let mut numbers = vec![0; 10_000];
        for part in numbers.chunks_mut(617) {
            twister.fill_below(u32::MAX, part);
        }
        assert_eq!(numbers[0], 3_499_211_612, "the first of the default seed");
        assert_eq!(numbers[9_999], 4_123_659_995, "as C++ demands of mt19937");
    }

    #[test]
    fn a_generator_goes_on_from_its_state() {
        let mut whole = MersenneTwister::seeded(7);
        let mut numbers = vec![0; 2_000];
        whole.fill_below(1_000, &mut numbers);
        for first in [0, 1, 623, 1_400] {
            let mut part = MersenneTwister::seeded(7);
            let mut found = vec![0; first];
            part.fill_below(1_000, &mut found);
            let (state, at) = part.state();
            let mut rest = vec![0; 2_000 - first];
            MersenneTwister::of_state(*state, at).fill_below(1_000, &mut rest);
            found.extend(rest);
            assert_eq!(found, numbers);
        }
    }

    #[test]
    fn what_is_drawn_does_not_depend_on_how_many_at_once() {
        let draw = |lengths: &[usize]| -> Vec<u32> {
            let mut twister = MersenneTwister::seeded(7);
            let mut draw = |(bound, &length)| {
                let mut numbers = vec![0; length];
                twister.fill_below(bound, &mut numbers);
                numbers
            };
            let all = lengths.iter().map(|length| (700, length)).chain([(3, &5)]);
            all.flat_map(&mut draw).collect()
        };
        let at_once = draw(&[5_000]);
        assert!(at_once[..5_000].iter().all(|&number| number < 700));
        assert_eq!(draw(&[1, 1_023, 1_024, 1_025, 1_927]), at_once);
    }
}

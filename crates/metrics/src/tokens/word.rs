//! Words in the form in which tables contain them.

/// A word, in the form of the table that contains it.
#[derive(Clone, Copy)]
pub(super) enum Word<'a> {
    /// A word of at most 15 bytes.
    Short(Packed),
    /// A word of more than 15 bytes.
    Long(&'a [u8]),
}

/// The bytes of a short word, starting with the lowest byte of `low`, and their number in
/// the highest byte of `high`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Packed {
    low: u64,
    high: u64,
}

/// The largest number of bytes that can be packed.
const SHORT: usize = 15;

impl<'a> Word<'a> {
    /// Returns a word as it is in the text.
    pub(super) fn of(word: &'a [u8]) -> Self {
        match word.len() {
            0..=SHORT => Self::Short(Packed::of(first_bytes(word), word.len())),
            _ => Self::Long(word),
        }
    }

    /// Returns the first `len` bytes of `text`, which are ASCII letters and digits, in
    /// lower case; a long word is put into `scratch`.
    pub(super) fn in_lower_case(
        text: &[u8],
        len: usize,
        scratch: &'a mut Vec<u8>,
    ) -> Self {
        // the bit that distinguishes `a` from `A`; digits have it too
        const LOWER: u8 = 0x20;
        if len <= SHORT {
            let lower = first_bytes(text) | u128::from_le_bytes([LOWER; 16]);
            return Self::Short(Packed::of(lower, len));
        }
        scratch.clear();
        scratch.extend(text[..len].iter().map(|byte| byte | LOWER));
        Self::Long(scratch)
    }
}

/// Returns the first 16 bytes of a text, starting with the lowest; bytes beyond its end
/// are 0.
fn first_bytes(text: &[u8]) -> u128 {
    let bytes = text.first_chunk().copied().unwrap_or_else(|| {
        let mut bytes = [0; 16];
        bytes[..text.len()].copy_from_slice(text);
        bytes
    });
    u128::from_le_bytes(bytes)
}

impl Packed {
    /// Packs the first `len` of the bytes, at most 15.
    fn of(bytes: u128, len: usize) -> Self {
        let below = (1_u128 << (8 * len)) - 1;
        let all = bytes & below | (len as u128) << (8 * SHORT);
        Self {
            low: all as u64,
            high: (all >> 64) as u64,
        }
    }

    pub(super) fn bytes(self) -> [u8; 16] {
        (u128::from(self.high) << 64 | u128::from(self.low)).to_le_bytes()
    }

    pub(super) fn len(self) -> usize {
        (self.high >> 56) as usize
    }

    /// Returns a hash in which all bits affect both the high and the low bits, both of
    /// which the table uses.
    pub(super) fn hash(self) -> u64 {
        let both = self.low ^ self.high.wrapping_mul(0xD6E8_FEB8_6659_FD93);
        let wide = u128::from(both) * 0x9E37_79B9_7F4A_7C15;
        (wide >> 64) as u64 ^ wide as u64
    }
}

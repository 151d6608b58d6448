//! Reads the bytes of a file of weights in order.

/// The bytes that are left to read.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// Returns a reader of what follows the header, which ends with the first blank line.
    pub(super) fn after_header(file: &'a [u8]) -> Option<Self> {
        let end = file.windows(2).position(|pair| pair == b"\n\n")?;
        Some(Self {
            rest: &file[end + 2..],
        })
    }

    /// Returns the next `count` bytes; `None` if there are fewer.
    pub(super) fn bytes(&mut self, count: usize) -> Option<&'a [u8]> {
        let (bytes, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(bytes)
    }

    /// Returns the next number, which has four bytes, the lowest first.
    pub(super) fn number(&mut self) -> Option<u32> {
        self.numbers(1, size_of::<u32>())?.first().copied()
    }

    /// Returns the next `count` numbers of `width` bytes each: the lowest bytes of all come first,
    /// then the second lowest of all.
    pub(super) fn numbers(&mut self, count: usize, width: usize) -> Option<Vec<u32>> {
        let mut numbers = vec![0; count];
        for place in 0..width {
            let column = self.bytes(count)?;
            for (number, byte) in numbers.iter_mut().zip(column) {
                *number |= u32::from(*byte) << (8 * place);
            }
        }
        Some(numbers)
    }

    /// Returns the next `count` keys, which are stored as the difference of each from the one
    /// before it.
    pub(super) fn keys(&mut self, count: usize) -> Option<Vec<u32>> {
        // before anything is reserved for a count that the file cannot have
        let differences = match count.checked_mul(size_of::<u32>()) {
            Some(bytes) if bytes <= self.rest.len() => self.numbers(count, 4)?,
            _ => return None,
        };
        let mut last = 0_u32;
        let keys = differences.into_iter().map(|difference| {
            last = last.checked_add(difference)?;
            Some(last)
        });
        keys.collect()
    }
}

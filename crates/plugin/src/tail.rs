//! The end of what a plugin writes to its standard error.

/// The number of bytes that are kept.
const KEPT: usize = 2_000;

/// The last bytes of a stream.
#[derive(Debug, Default)]
pub(super) struct Tail {
    bytes: Vec<u8>,
    is_cut: bool,
}

impl Tail {
    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
        // cutting is done rarely, so that its cost does not matter
        if self.bytes.len() > 4 * KEPT {
            self.bytes.drain(..self.bytes.len() - KEPT);
            self.is_cut = true;
        }
    }

    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    /// Returns the bytes as text, after `…` if there were more.
    pub(super) fn text(&self) -> String {
        let start = self.bytes.len().saturating_sub(KEPT);
        let text = String::from_utf8_lossy(&self.bytes[start..])
            .trim()
            .to_owned();
        if start > 0 || self.is_cut {
            format!("…{text}")
        } else {
            text
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_is_kept_whatever_the_pieces() {
        let mut tail = Tail::default();
        for number in 0..10_000 {
            tail.push(format!("{number}\n").as_bytes());
        }
        let text = tail.text();
        assert!(
            text.starts_with('…') && text.ends_with("9998\n9999"),
            "{text}"
        );
        assert!(text.len() <= KEPT + '…'.len_utf8());
        tail.clear();
        tail.push(b"short\n");
        assert_eq!(tail.text(), "short");
    }
}

//! A cache of the tokens of lines that occurred before in the same document.

use epitome_base::intern::Interner;

/// The lines of the current document with their tokens. The cache pays because systems
/// pick the same sentences.
///
/// A line that occurs again costs its hash and a copy of its tokens.
#[derive(Debug, Default)]
pub(super) struct Lines {
    texts: Interner,
    /// The tokens of all lines, one line after the other.
    ids: Vec<u32>,
    /// The index in `ids` at which the tokens of each line end.
    ends: Vec<usize>,
}

impl Lines {
    /// Forgets all lines.
    pub(super) fn clear(&mut self) {
        self.texts.clear();
        self.ids.clear();
        self.ends.clear();
    }

    /// Appends the tokens of a line to `ids`; `read` is called to append them if the line
    /// is new.
    pub(super) fn add(
        &mut self,
        line: &[u8],
        ids: &mut Vec<u32>,
        read: impl FnOnce(&mut Vec<u32>),
    ) {
        let (number, is_new) = self.texts.intern(line);
        let number = number as usize;
        if is_new {
            let start = ids.len();
            read(ids);
            self.ids.extend_from_slice(&ids[start..]);
            self.ends.push(self.ids.len());
            return;
        }
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        ids.extend_from_slice(&self.ids[start..self.ends[number]]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_once_in_a_document() {
        let mut lines = Lines::default();
        let mut reads = 0;
        let mut add = |lines: &mut Lines, line: &str| {
            let mut ids = vec![99];
            lines.add(line.as_bytes(), &mut ids, |ids| {
                reads += 1;
                ids.extend(line.bytes().map(u32::from));
            });
            ids
        };
        for line in ["ab", "", "c", "ab", "", "c"] {
            let wanted: Vec<u32> = [99]
                .into_iter()
                .chain(line.bytes().map(u32::from))
                .collect();
            assert_eq!(add(&mut lines, line), wanted);
        }
        lines.clear();
        assert_eq!(add(&mut lines, "c"), [99, 99]);
        assert_eq!(reads, 4);
    }
}

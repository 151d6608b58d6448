//! Numbers for sparse keys, in the order of their first appearance.

/// An open-addressed table; the key 0 is not to be used.
#[derive(Debug)]
pub(super) struct Table {
    slots: Vec<(u32, u32)>,
    keys: Vec<u32>,
}

impl Default for Table {
    fn default() -> Self {
        Self {
            slots: vec![(0, 0); 1 << 10],
            keys: Vec::new(),
        }
    }
}

impl Table {
    pub(super) fn keys(&self) -> &[u32] {
        &self.keys
    }

    pub(super) fn find(&self, key: u32) -> Option<usize> {
        let (found, number) = self.slots[self.slot(key)];
        (found == key).then_some(number as usize)
    }

    /// The number of `key`; the next one if it is new.
    pub(super) fn intern(&mut self, key: u32) -> usize {
        let at = self.slot(key);
        if self.slots[at].0 == key {
            return self.slots[at].1 as usize;
        }
        let number = self.keys.len();
        self.slots[at] = (key, number as u32);
        self.keys.push(key);
        if self.keys.len() * 2 > self.slots.len() {
            self.slots = vec![(0, 0); self.slots.len() * 2];
            for number in 0..self.keys.len() {
                let at = self.slot(self.keys[number]);
                self.slots[at] = (self.keys[number], number as u32);
            }
        }
        number
    }

    fn slot(&self, key: u32) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = key.wrapping_mul(0x9e37_79b1) as usize >> 4 & mask;
        while self.slots[at].0 != key && self.slots[at].0 != 0 {
            at = (at + 1) & mask;
        }
        at
    }
}

//! Numbers that look random and are the same for the same seed on every machine.

/// A row of numbers (splitmix64).
#[derive(Debug, Clone)]
pub struct Numbers(u64);

impl Numbers {
    /// The row of `seed` and the number of a case, so that each case can be made again alone.
    pub fn of(seed: u64, case: u64) -> Self {
        let mut row = Self(seed ^ case.wrapping_mul(0xD6E8_FEB8_6659_FD93));
        row.next();
        row
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// Below `end`; 0 for 0.
    pub fn below(&mut self, end: usize) -> usize {
        if end == 0 { 0 } else { (self.next() % end as u64) as usize }
    }

    /// Mostly small, seldom up to `most`.
    pub fn small(&mut self, most: usize) -> usize {
        let bits = self.below(most.max(1).ilog2() as usize + 1);
        self.below(1 << bits).min(most)
    }

    /// True once in `n`.
    pub fn once_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    pub fn byte(&mut self) -> u8 {
        self.next() as u8
    }

    pub fn bytes(&mut self, count: usize) -> Vec<u8> {
        (0..count).map(|_| self.byte()).collect()
    }

    /// One of them.
    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    /// A part of `0..length`, at most `most` long.
    pub fn part(&mut self, length: usize, most: usize) -> std::ops::Range<usize> {
        let from = self.below(length);
        let size = self.small(most.min(length - from).max(1));
        from..(from + size).min(length)
    }

    /// Any value of 32 bits as a coordinate: mostly on a page, sometimes none at all.
    pub fn coordinate(&mut self) -> f32 {
        match self.below(24) {
            0 => f32::NAN,
            1 => f32::INFINITY,
            2 => f32::NEG_INFINITY,
            3 => f32::from_bits(self.next() as u32),
            4 => -1.0e6,
            5 => 1.0e6,
            _ => self.below(80_000) as f32 / 100.0,
        }
    }
}

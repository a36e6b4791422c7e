//! Numbers without a pattern, the same for the same seed.

/// A stream of numbers that its seed decides (`SplitMix64`).
#[derive(Debug, Clone)]
pub struct Chance(pub u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to `limit`, without it; 0 if the limit is 0.
    pub fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }

    /// From 0 to 1, without it.
    pub fn below_one(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for end in (1..items.len()).rev() {
            items.swap(end, self.below(end + 1));
        }
    }

    /// A share of the numbers below `count`, at least one, in order.
    pub fn pick(&mut self, count: usize, share: f64) -> Vec<usize> {
        let mut keyed: Vec<(u64, usize)> = (0..count).map(|number| (self.next(), number)).collect();
        keyed.sort_unstable();
        keyed.truncate(((count as f64 * share) as usize).max(1));
        let mut picked: Vec<usize> = keyed.into_iter().map(|(_, number)| number).collect();
        picked.sort_unstable();
        picked
    }
}

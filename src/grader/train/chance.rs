//! Numbers that look random and are the same each time (`SplitMix64`).

/// A source of numbers that its seed decides.
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Chance {
        Chance(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to below 1.
    pub fn below_one(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
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

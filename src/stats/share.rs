//! So many of so many.

/// A part of a whole, which may be empty.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    pub part: u32,
    pub whole: u32,
}

impl Share {
    /// One more of the whole.
    pub fn count(&mut self, is_part: bool) {
        self.part += u32::from(is_part);
        self.whole += 1;
    }

    /// Adds up parts and wholes.
    pub fn add(&mut self, other: Share) {
        self.part += other.part;
        self.whole += other.whole;
    }

    /// 0 to 1; none of an empty whole.
    pub fn fraction(self) -> Option<f64> {
        (self.whole > 0).then(|| f64::from(self.part) / f64::from(self.whole))
    }

    /// The nearest whole number, but 0 and 100 only for nothing and everything; none of an empty whole.
    pub fn percent(self) -> Option<u32> {
        let rounded = (self.fraction()? * 100.0).round() as u32;
        Some(match self.part {
            0 => 0,
            all if all == self.whole => 100,
            _ => rounded.clamp(1, 99),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_everything_is_a_hundred_percent() {
        for (part, whole, percent) in [(0, 9, 0), (9, 9, 100), (499, 500, 99), (1, 500, 1), (1, 3, 33), (2, 3, 67)] {
            assert_eq!(Share { part, whole }.percent(), Some(percent), "{part} of {whole}");
        }
        assert_eq!(Share::default().percent(), None);
        assert_eq!(Share::default().fraction(), None);
    }
}

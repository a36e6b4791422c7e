//! How well a key point was said, and how sure somebody is of something.

use serde::{Deserialize, Serialize};

/// How well a point was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mark {
    Covered,
    Partial,
    Missed,
}

/// A share in whole hundredths, 0 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Percent(u8);

/// The number is above 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is more than 100")]
pub struct NotAPercent(u8);

impl Mark {
    /// What the mark counts of the point's weight.
    pub fn share(self) -> f64 {
        match self {
            Mark::Covered => 1.0,
            Mark::Partial => 0.5,
            Mark::Missed => 0.0,
        }
    }

    pub fn word(self) -> &'static str {
        match self {
            Mark::Covered => "covered",
            Mark::Partial => "partial",
            Mark::Missed => "missed",
        }
    }

    /// The mark that a learner sets who disagrees: what was said in full was missed, and the other way round.
    #[must_use]
    pub fn flipped(self) -> Mark {
        match self {
            Mark::Covered => Mark::Missed,
            Mark::Partial | Mark::Missed => Mark::Covered,
        }
    }
}

impl Percent {
    /// Of a share from 0 to 1; what lies outside counts as the nearer end.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 100")]
    pub fn of(share: f64) -> Percent {
        Percent((share * 100.0).round().clamp(0.0, 100.0) as u8)
    }

    pub fn number(self) -> u8 {
        self.0
    }

    /// The words for how sure one is, from the least to the most.
    pub const WORDS: [&str; 4] = ["no idea", "shaky", "fairly", "certain"];

    /// The place in [`Percent::WORDS`] of the word that comes nearest.
    pub fn bucket(self) -> usize {
        match self.0 {
            0..=25 => 0,
            26..=55 => 1,
            56..=82 => 2,
            _ => 3,
        }
    }
}

impl TryFrom<u8> for Percent {
    type Error = NotAPercent;

    fn try_from(number: u8) -> Result<Percent, NotAPercent> {
        if number <= 100 { Ok(Percent(number)) } else { Err(NotAPercent(number)) }
    }
}

impl From<Percent> for u8 {
    fn from(percent: Percent) -> u8 {
        percent.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_become_whole_hundredths_and_more_than_all_is_refused() {
        assert_eq!([-1.0, 0.004, 0.666, 1.5, f64::NAN].map(|share| Percent::of(share).number()), [0, 0, 67, 100, 0]);
        assert_eq!(Percent::try_from(101), Err(NotAPercent(101)));
        assert!(serde_json::from_str::<Percent>("101").is_err());
    }

    #[test]
    fn a_mark_that_was_flipped_counts_for_all_or_nothing() {
        assert_eq!(Mark::Covered.flipped(), Mark::Missed);
        assert_eq!([Mark::Partial, Mark::Missed].map(Mark::flipped), [Mark::Covered; 2]);
    }
}

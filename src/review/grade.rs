//! How well a card was remembered, as the learner judges it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The four grades of FSRS. Only `Again` means forgotten.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Grade {
    Again = 1,
    Hard = 2,
    Good = 3,
    Easy = 4,
}

/// The text was neither the name nor the number of a grade.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("is not a grade: use again, hard, good, easy, or 1 to 4")]
pub struct NotAGrade;

impl Grade {
    pub const ALL: [Grade; 4] = [Grade::Again, Grade::Hard, Grade::Good, Grade::Easy];

    /// 1 to 4, as keys and the log write it.
    pub fn number(self) -> u8 {
        self as u8
    }

    pub fn from_number(number: u8) -> Option<Grade> {
        Grade::ALL.into_iter().find(|grade| grade.number() == number)
    }

    pub fn word(self) -> &'static str {
        match self {
            Grade::Again => "again",
            Grade::Hard => "hard",
            Grade::Good => "good",
            Grade::Easy => "easy",
        }
    }

    /// What is suggested for an answer that said this share of its points, 0 to 1, by weight. Easy is left to the
    /// learner, so that one lucky answer puts no card out for months; with a wrong claim in it, hard is the best.
    pub fn suggested(coverage: f64, has_wrong_claim: bool) -> Grade {
        match coverage {
            ..0.4 => Grade::Again,
            ..=0.65 => Grade::Hard,
            _ if has_wrong_claim => Grade::Hard,
            _ => Grade::Good,
        }
    }

    /// What the grade says about the memory, for people who meet the four words for the first time.
    pub fn meaning(self) -> &'static str {
        match self {
            Grade::Again => "forgot it",
            Grade::Hard => "recalled, with effort",
            Grade::Good => "recalled",
            Grade::Easy => "knew it at once",
        }
    }
}

impl FromStr for Grade {
    type Err = NotAGrade;

    fn from_str(text: &str) -> Result<Grade, NotAGrade> {
        let by_word = || Grade::ALL.into_iter().find(|grade| grade.word().eq_ignore_ascii_case(text));
        let by_number = || text.parse().ok().and_then(Grade::from_number);
        by_word().or_else(by_number).ok_or(NotAGrade)
    }
}

impl fmt::Display for Grade {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.word())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn less_than_two_fifths_is_again_and_a_wrong_claim_is_never_good() {
        let suggested = [0.0, 0.39, 0.4, 0.65, 0.66, 1.0].map(|share| Grade::suggested(share, false));
        let wanted = [Grade::Again, Grade::Again, Grade::Hard, Grade::Hard, Grade::Good, Grade::Good];
        assert_eq!(suggested, wanted);
        assert_eq!([0.2, 1.0].map(|share| Grade::suggested(share, true)), [Grade::Again, Grade::Hard]);
    }

    #[test]
    fn a_grade_is_read_by_word_or_number() {
        assert_eq!("good".parse(), Ok(Grade::Good));
        assert_eq!("Easy".parse(), Ok(Grade::Easy));
        assert_eq!("1".parse(), Ok(Grade::Again));
        for bad in ["", "0", "5", "fine"] {
            assert_eq!(bad.parse::<Grade>(), Err(NotAGrade), "{bad}");
        }
    }
}

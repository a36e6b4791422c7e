//! The steps of minutes that a card takes before its intervals of days.

use super::{Memory, Policy, State};
use crate::review::Grade;

/// A wait of minutes; where there is none, a grade leads to days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Step {
    pub number: u8,
    pub seconds: u64,
}

impl Step {
    /// The days that the wait may span, 1 and more.
    pub fn days(self) -> u32 {
        u32::try_from(self.seconds.div_ceil(86_400)).unwrap_or(u32::MAX)
    }
}

/// The step to which a grade leads, as in Anki and py-fsrs.
pub(super) fn next(policy: &Policy, memory: &Memory, grade: Grade) -> Option<Step> {
    match memory.state {
        State::New => after(&policy.learning_steps, 0, grade),
        State::Learning => after(&policy.learning_steps, memory.step, grade),
        State::Review if grade == Grade::Again => after(&policy.relearning_steps, 0, grade),
        State::Review => None,
        State::Relearning => after(&policy.relearning_steps, memory.step, grade),
    }
}

/// Again begins anew, hard waits once more, good goes on, easy leaves.
fn after(steps: &[u32], number: u8, grade: Grade) -> Option<Step> {
    let seconds = |number: u8| steps.get(usize::from(number)).map(|minutes| 60 * u64::from(*minutes));
    let (number, seconds) = match grade {
        Grade::Again => (0, seconds(0)?),
        Grade::Hard if number == 0 => (0, hard_first(seconds(0)?, seconds(1))),
        Grade::Hard => (number, seconds(number)?),
        Grade::Good => (number.checked_add(1)?, seconds(number.checked_add(1)?)?),
        Grade::Easy => return None,
    };
    Some(Step { number, seconds })
}

/// On the first step hard lies between again, which waits for the same step, and good.
fn hard_first(first: u64, second: Option<u64>) -> u64 {
    second.map_or(first * 3 / 2, |second| u64::midpoint(first, second))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minutes(steps: &[u32], number: u8) -> [Option<(u8, f64)>; 4] {
        Grade::ALL.map(|grade| after(steps, number, grade).map(|step| (step.number, step.seconds as f64 / 60.0)))
    }

    #[test]
    fn two_steps_are_walked_as_in_anki() {
        assert_eq!(minutes(&[1, 10], 0), [Some((0, 1.0)), Some((0, 5.5)), Some((1, 10.0)), None]);
        assert_eq!(minutes(&[1, 10], 1), [Some((0, 1.0)), Some((1, 10.0)), None, None]);
    }

    #[test]
    fn hard_on_the_only_step_waits_half_as_long_again() {
        assert_eq!(minutes(&[10], 0), [Some((0, 10.0)), Some((0, 15.0)), None, None]);
    }

    #[test]
    fn without_steps_every_grade_leads_to_days() {
        assert_eq!(minutes(&[], 0), [None; 4]);
    }

    #[test]
    fn a_step_that_the_policy_no_longer_has_leads_to_days_unless_forgotten() {
        assert_eq!(minutes(&[1, 10], 7), [Some((0, 1.0)), None, None, None]);
        assert_eq!(minutes(&[1, 10], u8::MAX), [Some((0, 1.0)), None, None, None]);
    }
}

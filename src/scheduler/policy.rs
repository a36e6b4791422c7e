//! What the learner may choose about the schedule.

use serde::Serialize;

/// The choices that a schedule follows from. [`super::Scheduler::new`] checks them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Policy {
    /// The probability of recall at which a card is asked again: 0.70 to 0.99.
    pub retention: f32,
    /// Minutes, each step at least as long as the one before.
    pub learning_steps: Vec<u32>,
    /// Minutes, each step at least as long as the one before.
    pub relearning_steps: Vec<u32>,
    /// Days: 1 to 36500.
    pub maximum_interval: u32,
    /// Spread intervals a little, so that cards learnt together do not stay together.
    pub fuzz: bool,
    /// The lapses that make a card a leech; 0 for never.
    pub leech_after: u32,
    pub leech_suspends: bool,
    /// The 21 parameters of FSRS-6, or none for its defaults. A value out of FSRS's bounds counts as the nearest in them.
    pub parameters: Vec<f32>,
}

/// Why a policy cannot be followed.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum BadPolicy {
    #[error("a retention of {0} cannot be scheduled for: use 0.70 to 0.99")]
    Retention(f32),
    #[error("an interval cannot be {0} days at most: use 1 to {LONGEST_INTERVAL}")]
    MaximumInterval(u32),
    #[error("{0} steps are not in order: use minutes from 1, none shorter than the one before, and 255 steps at most")]
    Steps(&'static str),
    #[error("FSRS-6 does not work with these {0} parameters: use {PARAMETERS} numbers, or none for its defaults")]
    Parameters(usize),
}

/// Days; as long as the longest stability that FSRS knows.
pub(super) const LONGEST_INTERVAL: u32 = 36_500;

const PARAMETERS: usize = 21;

impl Default for Policy {
    fn default() -> Policy {
        Policy {
            retention: 0.9,
            learning_steps: vec![1, 10],
            relearning_steps: vec![10],
            maximum_interval: LONGEST_INTERVAL,
            fuzz: true,
            leech_after: 8,
            leech_suspends: false,
            parameters: Vec::new(),
        }
    }
}

impl Policy {
    pub(super) fn check(&self) -> Result<(), BadPolicy> {
        if !(0.70..=0.99).contains(&self.retention) {
            return Err(BadPolicy::Retention(self.retention));
        }
        if !(1..=LONGEST_INTERVAL).contains(&self.maximum_interval) {
            return Err(BadPolicy::MaximumInterval(self.maximum_interval));
        }
        for (name, steps) in [("learning", &self.learning_steps), ("relearning", &self.relearning_steps)] {
            if steps.len() > usize::from(u8::MAX) || steps.contains(&0) || !steps.is_sorted() {
                return Err(BadPolicy::Steps(name));
            }
        }
        let finite = self.parameters.iter().all(|parameter| parameter.is_finite());
        match self.parameters.len() {
            0 | PARAMETERS if finite => Ok(()),
            count => Err(BadPolicy::Parameters(count)),
        }
    }

    /// Anki's rule: at the threshold, and again with every half of it, rounded up.
    pub(super) fn makes_leech(&self, lapses: u32) -> bool {
        let half = self.leech_after.div_ceil(2).max(1);
        self.leech_after > 0 && lapses.checked_sub(self.leech_after).is_some_and(|more| more.is_multiple_of(half))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_is_good_and_each_bad_choice_is_named() {
        assert_eq!(Policy::default().check(), Ok(()));
        let bad = |change: fn(&mut Policy)| {
            let mut policy = Policy::default();
            change(&mut policy);
            policy.check()
        };
        assert_eq!(bad(|policy| policy.retention = 0.5), Err(BadPolicy::Retention(0.5)));
        assert!(matches!(bad(|policy| policy.retention = f32::NAN), Err(BadPolicy::Retention(_))));
        assert_eq!(bad(|policy| policy.maximum_interval = 0), Err(BadPolicy::MaximumInterval(0)));
        assert_eq!(bad(|policy| policy.learning_steps = vec![10, 1]), Err(BadPolicy::Steps("learning")));
        assert_eq!(bad(|policy| policy.relearning_steps = vec![0]), Err(BadPolicy::Steps("relearning")));
        assert_eq!(bad(|policy| policy.parameters = vec![0.4; 19]), Err(BadPolicy::Parameters(19)));
        assert_eq!(bad(|policy| policy.parameters = vec![f32::NAN; 21]), Err(BadPolicy::Parameters(21)));
    }

    #[test]
    fn leeches_are_found_at_the_threshold_and_each_half_after() {
        let found = |leech_after| {
            let policy = Policy { leech_after, ..Policy::default() };
            (0..=16).filter(|lapses| policy.makes_leech(*lapses)).collect::<Vec<_>>()
        };
        assert_eq!(found(8), [8, 12, 16]);
        assert_eq!(found(3), [3, 5, 7, 9, 11, 13, 15]);
        assert_eq!(found(1), (1..=16).collect::<Vec<_>>());
        assert!(found(0).is_empty());
    }
}

//! The clock of a mock: it stands whenever nobody looks at it, so a pause, a suspended program and a crash cost nothing.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::plan::Length;

/// The longest time between two looks that counts, in milliseconds: in a longer one the program was away.
const LONGEST_GAP: i64 = 5_000;

/// Milliseconds in which an answer may be thought over before it is typed.
pub const THINK: u64 = 15_000;

/// Milliseconds for one thing that an interviewer asks next.
pub const PROBE: u64 = 60_000;

/// All times are milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    total: u64,
    budget: u64,
    spent: u64,
    /// What of it went to the question, or to the probe, on the table.
    here: u64,
    /// The last look; none while it stands.
    #[serde(skip)]
    seen: Option<Timestamp>,
}

impl Clock {
    /// A clock that stands at zero. With probes, a minute for each question is kept for them.
    pub fn new(length: Length, questions: usize, has_probes: bool) -> Clock {
        let total = u64::from(length.minutes()) * 60_000;
        let questions = questions.max(1) as u64;
        let kept = if has_probes { PROBE * length.questions() as u64 } else { 0 };
        let budget = total.saturating_sub(kept) / questions.max(length.questions() as u64);
        Clock { total, budget, spent: 0, here: 0, seen: None }
    }

    pub fn start(&mut self, now: Timestamp) {
        self.seen = Some(now);
    }

    pub fn stop(&mut self, now: Timestamp) {
        self.look(now);
        self.seen = None;
    }

    /// Counts the time since the last look, if it runs. A clock of the machine that goes back counts nothing.
    pub fn look(&mut self, now: Timestamp) {
        let Some(seen) = self.seen else { return };
        let passed = (now.as_millisecond() - seen.as_millisecond()).clamp(0, LONGEST_GAP).cast_unsigned();
        self.spent += passed;
        self.here += passed;
        self.seen = Some(now);
    }

    /// Something else is on the table.
    pub fn turn(&mut self) {
        self.here = 0;
    }

    pub fn runs(&self) -> bool {
        self.seen.is_some()
    }

    pub fn spent(&self) -> u64 {
        self.spent
    }

    pub fn here(&self) -> u64 {
        self.here
    }

    pub fn left(&self) -> u64 {
        self.total.saturating_sub(self.spent)
    }

    /// What is meant for one question.
    pub fn budget(&self) -> u64 {
        self.budget
    }

    /// Whether no further question is asked; the one on the table may be finished.
    pub fn is_over(&self) -> bool {
        self.left() == 0
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_secs(seconds)
    }

    #[test]
    fn a_minute_a_question_is_kept_for_probes() {
        assert_eq!(Clock::new(Length::Usual, 6, true).budget(), 140_000);
        assert_eq!(Clock::new(Length::Short, 3, false).budget(), 200_000);
        assert_eq!(Clock::new(Length::Usual, 2, true).budget(), 140_000, "a short mock is no slower");
    }

    #[test]
    fn only_time_in_which_it_is_looked_at_counts() {
        let mut clock = Clock::new(Length::Short, 3, false);
        clock.start(at(0));
        (1..=3).for_each(|second| clock.look(at(second)));
        assert_eq!((clock.spent(), clock.left()), (3_000, 597_000));
        clock.look(at(7_200));
        assert_eq!(clock.spent(), 8_000, "two hours away are five seconds");
        clock.look(at(10));
        assert_eq!(clock.spent(), 8_000, "time that goes back counts nothing");
        clock.stop(at(11));
        clock.look(at(12));
        assert_eq!(clock.spent(), 9_000);
    }

    #[test]
    fn what_is_read_back_stands_at_the_same_second() {
        let mut clock = Clock::new(Length::Short, 3, false);
        clock.start(at(0));
        clock.look(at(4));
        let text = serde_json::to_string(&clock).expect("written");
        let mut read: Clock = serde_json::from_str(&text).expect("read");
        read.look(at(3_000));
        assert_eq!((read.spent(), read.here(), read.runs()), (4_000, 4_000, false));
    }
}

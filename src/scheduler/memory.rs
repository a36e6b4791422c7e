//! What a card's log entries come to: how well it is remembered, when it is due, and whether it may be asked.

use std::fmt;

use fsrs::MemoryState;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::day;
use crate::review::{Grade, Moment};

/// Where a card stands on its way from new to known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Never reviewed, or reset.
    #[default]
    New,
    /// In the steps of minutes that come before the first interval of days.
    Learning,
    /// Asked after intervals of days.
    Review,
    /// Forgotten, and in the steps of minutes that lead back to intervals of days.
    Relearning,
}

/// When a card is to be asked again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Due {
    /// A new card waits for the learner.
    Anytime,
    /// At the end of a step of minutes.
    At(Timestamp),
    /// From the beginning of a study day.
    On(Date),
}

/// What the counting log entries of one card come to. The default is a card without any.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Memory {
    pub state: State,
    /// The step being waited for while learning or relearning, from 0; otherwise 0.
    pub step: u8,
    /// The days after which the card is recalled with a probability of 0.9: 0.001 to 36500; 0 for a new card.
    pub stability: f32,
    /// 1 to 10; 0 for a new card.
    pub difficulty: f32,
    /// Counted from 1970: milliseconds while learning or relearning, days in review. [`Due`] takes three times the
    /// room, and the state says already which of the two it is.
    pub(super) due: i64,
    pub reviews: u32,
    /// How often the card was forgotten in review.
    pub lapses: u32,
    /// The study day of the first review: the day on which the card was introduced.
    #[serde(with = "day::as_number")]
    pub first_day: Option<Date>,
    /// The study day of the last review. It never goes back, whatever the clock did.
    #[serde(with = "day::as_number")]
    pub last_day: Option<Date>,
    /// Milliseconds since 1970; means nothing before the first review.
    pub(super) last_at: i64,
    pub last_grade: Option<Grade>,
    /// How many reviews of `last_day` found the card in review rather than new or in a step.
    pub reviewed_on_last_day: u16,
    /// Forgotten so often that the card itself may be at fault.
    pub leech: bool,
    /// Not asked until resumed.
    pub suspended: bool,
    /// The study day on which the card is not asked again.
    #[serde(with = "day::as_number")]
    pub buried: Option<Date>,
}

impl Memory {
    pub fn due(&self) -> Due {
        match self.state {
            State::New => Due::Anytime,
            State::Learning | State::Relearning => Due::At(timestamp(self.due)),
            State::Review => Due::On(day::numbered(self.due)),
        }
    }

    /// When the card was last reviewed; never before an earlier review, whatever the clock did.
    pub fn last_at(&self) -> Option<Timestamp> {
        self.last_day.map(|_| timestamp(self.last_at))
    }

    /// Whether the card may be asked now: its time has come, and it is neither suspended nor buried today.
    pub fn is_due(&self, now: &Moment) -> bool {
        self.has_come(now) && !self.is_set_aside(now.day)
    }

    /// Whether its time has come.
    pub(super) fn has_come(&self, now: &Moment) -> bool {
        match self.due() {
            Due::Anytime => true,
            Due::At(at) => at <= now.at,
            Due::On(day) => day <= now.day,
        }
    }

    /// Whether the learner has put the card away, for this day or for good.
    pub fn is_set_aside(&self, today: Date) -> bool {
        self.suspended || self.buried == Some(today)
    }

    /// The days from the last review to another; 0 on the same study day, before it, and for new cards.
    pub(super) fn elapsed(&self, day: Date) -> u32 {
        self.last_day.map_or(0, |last| day::elapsed(last, day))
    }

    /// What FSRS goes on from; `None` before the first review.
    pub(super) fn fsrs(&self) -> Option<MemoryState> {
        let known = self.state != State::New && self.stability.is_finite() && self.difficulty.is_finite();
        known.then_some(MemoryState { stability: self.stability, difficulty: self.difficulty })
    }

    /// The instant and the study day of a review made at `moment`: those of the last review if the clock went back.
    pub(super) fn no_earlier(&self, moment: &Moment) -> (Timestamp, Date) {
        let at = self.last_at().map_or(moment.at, |last| last.max(moment.at));
        let day = self.last_day.map_or(moment.day, |last| last.max(moment.day));
        (at, day)
    }

    /// The due of a state with steps is an instant and of one without a day, so `due` must fit the state.
    pub(super) fn set_due(&mut self, due: Due) {
        self.due = match due {
            Due::Anytime => 0,
            Due::At(at) => at.as_millisecond(),
            Due::On(day) => day::number(day),
        };
    }
}

fn timestamp(milliseconds: i64) -> Timestamp {
    Timestamp::from_millisecond(milliseconds).unwrap_or(Timestamp::MAX)
}

impl State {
    pub const ALL: [State; 4] = [State::New, State::Learning, State::Review, State::Relearning];

    pub fn word(self) -> &'static str {
        match self {
            State::New => "new",
            State::Learning => "learning",
            State::Review => "review",
            State::Relearning => "relearning",
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.word())
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{moment, review, scheduler};
    use super::*;

    #[test]
    fn a_hundred_thousand_memories_are_small() {
        assert_eq!(size_of::<Memory>(), 64);
    }

    #[test]
    fn a_memory_comes_back_from_storage_as_it_was() {
        let scheduler = scheduler(|_| {});
        let learning = scheduler.replay(&[review(moment(0, 0), Grade::Good)]);
        let known = scheduler.replay(&[review(moment(0, 0), Grade::Easy)]);
        for memory in [Memory::default(), learning, known, Memory { buried: Some(Date::MIN), leech: true, ..known }] {
            let bytes = postcard::to_allocvec(&memory).expect("numbers");
            assert_eq!(postcard::from_bytes(&bytes), Ok(memory));
        }
    }

    /// Another layout needs another `VERSION`, so that nobody reads memories stored in this one.
    #[test]
    fn stored_memories_keep_their_layout() {
        let known = scheduler(|_| {}).replay(&[review(moment(0, 0), Grade::Easy)]);
        let bytes = postcard::to_allocvec(&known).expect("numbers");
        let (counts, days) = ([1, 0], [1, 204, 191, 2]);
        let expected = [
            [2, 0].as_slice(),                 // state, step
            &[199, 186, 4, 65, 0, 0, 128, 63], // stability, difficulty
            &[220, 191, 2],                    // due
            &counts,                           // reviews, lapses
            &days,                             // first day
            &days,                             // last day
            &[128, 216, 238, 150, 239, 102],   // last instant
            &[1, 3],                           // last grade
            &[0, 0, 0, 0],                     // reviewed on last day, leech, suspended, buried
        ];
        assert_eq!(bytes, expected.concat());
    }

    #[test]
    fn damaged_numbers_are_read_as_some_time_rather_than_panicking() {
        for due in [i64::MIN, i64::MAX] {
            for state in State::ALL {
                let memory = Memory { state, due, last_at: due, last_day: Some(Date::MAX), ..Memory::default() };
                assert_eq!(memory.due() == Due::Anytime, state == State::New);
                assert!(memory.last_at().is_some());
            }
        }
    }

    #[test]
    fn a_card_is_due_from_its_time_on_unless_suspended_or_buried_that_day() {
        let scheduler = scheduler(|_| {});
        let learning = scheduler.replay(&[review(moment(0, 0), Grade::Good)]);
        let known = scheduler.replay(&[review(moment(0, 0), Grade::Easy)]);
        assert!(Memory::default().is_due(&moment(0, 0)));
        assert!(!learning.is_due(&moment(0, 9)) && learning.is_due(&moment(0, 10)));
        assert!(!known.is_due(&moment(7, 0)) && known.is_due(&moment(8, 0)) && known.is_due(&moment(80, 0)));
        assert!(!Memory { suspended: true, ..known }.is_due(&moment(8, 0)));
        let buried = Memory { buried: Some(moment(8, 0).day), ..known };
        assert!(!buried.is_due(&moment(8, 0)) && buried.is_due(&moment(9, 0)));
    }
}

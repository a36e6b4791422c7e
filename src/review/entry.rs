//! The rows of the review log and which of them count.

use std::collections::HashSet;
use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Grade, Said, Typed};
use crate::card::{Id, Key};

/// A time-ordered identity (UUID version 7), made by the face that took the action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct EntryId(pub Uuid);

/// When something happened, and what day it was for the learner then. Never computed again from another place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Moment {
    /// To the millisecond.
    pub at: Timestamp,
    /// The learner's offset from UTC at that instant.
    pub offset: Offset,
    /// The study day, which begins at 04:00 local time unless set otherwise.
    pub day: Date,
}

/// Where a grade came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    Study,
    Command,
    Mock,
    Choice,
}

/// What the learner did.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Action {
    /// A graded answer; `took` is the time from question to grade in milliseconds, 0 when nobody measured it.
    Review {
        grade: Grade,
        took: u32,
        source: Source,
        /// Nothing where the learner judged a recall that nobody heard.
        said: Option<Said>,
    },
    /// A graded answer to one point of the card: a short question, which tells nothing of the card as a whole.
    Point {
        point: Id,
        grade: Grade,
        /// Milliseconds.
        took: u32,
        source: Source,
        said: Option<Typed>,
    },
    /// Not asked until resumed.
    Suspend,
    Resume,
    /// Not asked again on the study day of the entry.
    Bury,
    /// Asked as if it were new; the reviews before it stay in the log and no longer count.
    Reset,
    /// The card goes on as `to`: what was recorded of it so far counts for that one.
    Rename {
        to: Key,
    },
    /// The entry named never happened. A retraction can itself be retracted.
    Retract(EntryId),
}

/// One row of the log. Rows are only ever added.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Entry {
    pub id: EntryId,
    pub card: Key,
    pub moment: Moment,
    pub action: Action,
}

/// The entries that count, in order: those that no counting retraction names, without the retractions.
///
/// A retraction counts unless a later one retracts it, so entries are judged from the last to the first.
pub fn live(entries: &[Entry]) -> Vec<&Entry> {
    let mut retracted = HashSet::new();
    let mut counting = Vec::with_capacity(entries.len());
    for entry in entries.iter().rev() {
        match entry.action {
            _ if retracted.contains(&entry.id) => {}
            Action::Retract(target) => {
                retracted.insert(target);
            }
            _ => counting.push(entry),
        }
    }
    counting.reverse();
    counting
}

impl EntryId {
    /// An identity that sorts by `at`. `chance` makes it unique: 74 of its bits are used.
    pub fn new(at: Timestamp, chance: u128) -> EntryId {
        let milliseconds = u64::try_from(at.as_millisecond()).unwrap_or(0);
        let mut random = [0; 10];
        random.copy_from_slice(&chance.to_be_bytes()[6..]);
        EntryId(uuid::Builder::from_unix_timestamp_millis(milliseconds, &random).into_uuid())
    }
}

impl Entry {
    /// The point that it is about, if it is not about the whole card.
    pub fn point(&self) -> Option<&Id> {
        match &self.action {
            Action::Point { point, .. } => Some(point),
            _ => None,
        }
    }

    /// The answer in words, if one was given.
    pub fn typed(&self) -> Option<&Typed> {
        match &self.action {
            Action::Review { said: Some(Said::Typed(typed)), .. } => Some(typed),
            Action::Point { said, .. } => said.as_ref(),
            _ => None,
        }
    }
}

impl Source {
    pub const ALL: [Source; 4] = [Source::Study, Source::Command, Source::Mock, Source::Choice];

    pub fn word(self) -> &'static str {
        match self {
            Source::Study => "study",
            Source::Command => "command",
            Source::Mock => "mock",
            Source::Choice => "choice",
        }
    }
}

impl fmt::Display for EntryId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl FromStr for EntryId {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<EntryId, uuid::Error> {
        text.parse().map(EntryId)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(number: u128, action: Action) -> Entry {
        let at = Timestamp::UNIX_EPOCH;
        let moment = Moment { at, offset: Offset::UTC, day: jiff::civil::date(1970, 1, 1) };
        Entry { id: EntryId(Uuid::from_u128(number)), card: "deck/card".parse().expect("a key"), moment, action }
    }

    fn retract(number: u128, target: u128) -> Entry {
        entry(number, Action::Retract(EntryId(Uuid::from_u128(target))))
    }

    fn counting(entries: &[Entry]) -> Vec<u128> {
        live(entries).iter().map(|entry| entry.id.0.as_u128()).collect()
    }

    #[test]
    fn a_retracted_entry_does_not_count() {
        let log = [entry(1, Action::Suspend), entry(2, Action::Resume), retract(3, 2)];
        assert_eq!(counting(&log), [1]);
    }

    #[test]
    fn a_retracted_retraction_brings_the_entry_back() {
        let log = [entry(1, Action::Suspend), retract(2, 1), retract(3, 2)];
        assert_eq!(counting(&log), [1]);
    }

    #[test]
    fn identities_sort_by_time_whatever_the_chance() {
        let at = |second| Timestamp::from_second(second).expect("in range");
        assert!(EntryId::new(at(1), u128::MAX) < EntryId::new(at(2), 0));
        assert_ne!(EntryId::new(at(1), 1), EntryId::new(at(1), 2));
    }
}

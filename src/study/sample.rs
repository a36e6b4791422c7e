//! Cards and moments for the tests of this room.

use jiff::SignedDuration;
use jiff::civil::date;
use jiff::tz::Offset;

use super::Candidate;
use crate::review::{Action, Entry, EntryId, Grade, Moment, Source};
use crate::scheduler::{Memory, Policy, Scheduler};

pub fn now() -> Moment {
    let at = "2026-11-22T18:00:00Z".parse().expect("a time");
    Moment { at, offset: Offset::UTC, day: date(2026, 11, 22) }
}

pub fn scheduler() -> Scheduler {
    Scheduler::new(Policy { fuzz: false, ..Policy::default() }).expect("a good policy")
}

/// `minutes` from now; the study day goes along with whole days only.
pub fn later(minutes: i64) -> Moment {
    let span = SignedDuration::from_mins(minutes);
    Moment { at: now().at + span, day: now().day + SignedDuration::from_hours(minutes / (24 * 60) * 24), ..now() }
}

pub fn review(name: &str, grade: Grade, moment: Moment) -> Entry {
    let card = format!("deck/{name}").parse().expect("a key");
    let action = Action::Review { grade, took: 5000, source: Source::Study, said: None };
    Entry { id: EntryId::new(moment.at, 7), card, moment, action }
}

pub fn new(name: &str) -> Candidate {
    let card = format!("deck/{name}").parse().expect("a key");
    Candidate { card, point: None, memory: Memory::default(), retrievability: None }
}

/// A card on a review schedule that is long due.
pub fn due(name: &str, recall: f32) -> Candidate {
    after(name, Grade::Easy, later(-60 * 24 * 60), recall)
}

/// A card whose ten-minute step ends `minutes` from now.
pub fn step(name: &str, minutes: i64) -> Candidate {
    after(name, Grade::Good, later(minutes - 10), 0.5)
}

fn after(name: &str, grade: Grade, moment: Moment, recall: f32) -> Candidate {
    let entry = review(name, grade, moment);
    let memory = scheduler().apply(&Memory::default(), &entry);
    Candidate { card: entry.card, point: None, memory, retrievability: Some(recall) }
}

//! Entries and scenarios for the tests of this room.

use jiff::civil::{Date, date};
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::card::Label;
use crate::review::{Action, Entry, EntryId, Grade, Moment, Said, Source};

/// So many days after the first of November.
pub fn day(number: i64) -> Date {
    date(2026, 11, 1) + SignedDuration::from_hours(24 * number)
}

pub fn entry(number: u128, card: &str, days: i64, action: Action) -> Entry {
    let at: Timestamp = day(days).at(18, 0, 0, 0).to_zoned(TimeZone::UTC).expect("a time").timestamp();
    let moment = Moment { at, offset: Offset::UTC, day: day(days) };
    Entry { id: EntryId(Uuid::from_u128(number)), card: card.parse().expect("a key"), moment, action }
}

pub fn review(number: u128, card: &str, days: i64, grade: Grade) -> Entry {
    entry(number, card, days, Action::Review { grade, took: 5_000, source: Source::Study, said: None })
}

pub fn pick(number: u128, card: &str, label: &str) -> Entry {
    let said = Some(Said::picked(label.parse().expect("an id"), ""));
    entry(number, card, 0, Action::Review { grade: Grade::Good, took: 5_000, source: Source::Choice, said })
}

pub fn retract(number: u128, card: &str, target: u128) -> Entry {
    entry(number, card, 20, Action::Retract(EntryId(Uuid::from_u128(target))))
}

pub fn labels() -> Vec<Label> {
    let names = [("task", "Task role"), ("execution", "Execution role"), ("both", "Both")];
    let label = |(id, name): (&str, &str)| Label {
        id: id.parse().expect("an id"),
        name: name.into(),
        key: None,
        expert: false,
        about: None,
    };
    names.map(label).to_vec()
}

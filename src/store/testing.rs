//! Folders, entries and logs for the tests of this room.

use std::fs;
use std::path::Path;

use jiff::Timestamp;
use jiff::civil::date;
use jiff::tz::Offset;
use tempfile::TempDir;
use uuid::Uuid;

use super::{Store, Trouble, files};
use crate::card::Key;
use crate::review::{Action, Entry, EntryId, Grade, Moment, Said, Source};

/// A folder in memory where the system has one: these tests ask what is recorded, not how durably.
pub fn home() -> TempDir {
    let memory = Path::new("/dev/shm");
    let made = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    made.expect("a folder")
}

pub fn open(folder: &Path) -> Store {
    Store::open(folder).expect("the log opens")
}

pub fn key(number: u64) -> Key {
    format!("aws-ecs/card-{number}").parse().expect("a key")
}

pub fn id(number: u64) -> EntryId {
    EntryId(Uuid::from_u128(u128::from(number)))
}

pub fn moment(number: u64) -> Moment {
    let at = Timestamp::from_millisecond(1_795_000_000_000 + number.cast_signed() * 1_001).expect("in range");
    let offset = Offset::from_seconds(-3 * 3_600 - 1_800).expect("in range");
    Moment { at, offset, day: date(2026, 11, 22) }
}

pub fn entry(number: u64, card: u64, action: Action) -> Entry {
    Entry { id: id(number), card: key(card), moment: moment(number), action }
}

pub fn retract(number: u64, card: u64, target: u64) -> Entry {
    entry(number, card, Action::Retract(id(target)))
}

/// A review, or now and then something else, of one of five cards. Where a label was picked, the reason may be long.
pub fn any(number: u64) -> Entry {
    let grade = Grade::ALL[usize::try_from(number % 4).expect("small")];
    let source = Source::ALL[usize::try_from(number / 4 % 4).expect("small")];
    let action = match number % 11 {
        3 => Action::Suspend,
        5 => Action::Resume,
        7 => Action::Bury,
        9 => Action::Reset,
        _ => Action::Review {
            grade,
            took: u32::try_from(number * 37).expect("small"),
            source,
            said: (source == Source::Choice).then(|| said(number)),
        },
    };
    entry(number, number % 5, action)
}

fn said(number: u64) -> Said {
    let why = "the code calls S3, so “task” – ".repeat(usize::try_from(number % 3 * 7).expect("small"));
    Said::picked(format!("label-{}", number % 2).parse().expect("an id"), &why)
}

pub fn anything(numbers: impl Iterator<Item = u64>) -> Vec<Entry> {
    numbers.map(any).collect()
}

/// Appends the entry of a number as a program would that knows all of its card.
pub fn add(store: &mut Store, number: u64) {
    let entry = any(number);
    let seen = store.of(&entry.card).expect("read").last().map(|newest| newest.id);
    store.append(&entry, seen).expect("added");
}

/// A folder with a log of so many entries, closed, and the entries.
pub fn filled(count: u64) -> (TempDir, Vec<Entry>) {
    let home = home();
    let entries = anything(1..=count);
    open(home.path()).import(&entries).expect("imported");
    (home, entries)
}

pub fn entries(store: &Store) -> Result<Vec<Entry>, Trouble> {
    Ok(store.since(super::Seq::START)?.into_iter().map(|row| row.entry).collect())
}

/// Copies a folder as a crash would leave it: what is in the files, and in the write-ahead log, at this instant.
pub fn copy(folder: &Path) -> TempDir {
    let copy = home();
    for name in ["reviews.db", "reviews.db-wal", "reviews.mark"] {
        let file = folder.join(name);
        if file.exists() {
            fs::copy(file, copy.path().join(name)).expect("copied");
        }
    }
    assert!(files::log(copy.path()).exists());
    copy
}

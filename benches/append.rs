//! What one durable answer costs beside the least that any program could pay, and what reading the log back costs.

use std::cell::{Cell, RefCell};
use std::fs::File;
use std::io::Write;
use std::path::Path;

use divan::Bencher;
use divan::counter::ItemsCount;
use greenroom::review::{Action, Entry, EntryId, Grade, Moment, Source};
use greenroom::store::{Seq, Store};
use jiff::Timestamp;
use jiff::civil::date;
use jiff::tz::Offset;
use tempfile::TempDir;

const CARDS: u64 = 10_000;

fn main() {
    divan::main();
}

/// A folder on the disk that holds the build, which is a real one even where temporary files are in memory.
fn home() -> TempDir {
    tempfile::tempdir_in(Path::new(env!("CARGO_TARGET_TMPDIR"))).expect("a folder")
}

/// An answer to a card; the cards come in no order.
fn review(number: u64) -> Entry {
    let at = Timestamp::from_millisecond(1_795_000_000_000 + number.cast_signed() * 9_000).expect("in range");
    let card = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) % CARDS;
    Entry {
        id: EntryId::new(at, u128::from(number)),
        card: format!("aws-ecs/what-is-it-{card}").parse().expect("a key"),
        moment: Moment { at, offset: Offset::UTC, day: date(2026, 11, 22) },
        action: Action::Review { grade: Grade::Good, took: 4_200, source: Source::Study, said: None },
    }
}

fn log(rows: u64) -> (TempDir, Store) {
    let home = home();
    let mut store = Store::open(home.path()).expect("it opens");
    store.import(&(0..rows).map(review).collect::<Vec<_>>()).expect("imported");
    (home, store)
}

/// One answer in a log of so many.
#[divan::bench(args = [0, 100_000], sample_count = 1_000, sample_size = 1)]
fn append(bencher: Bencher, rows: u64) {
    let (_home, store) = log(rows);
    let (store, next) = (RefCell::new(store), Cell::new(rows));
    bencher
        .with_inputs(|| {
            let entry = review(next.replace(next.get() + 1));
            let seen = store.borrow().of(&entry.card).expect("read").last().map(|newest| newest.id);
            (entry, seen)
        })
        .bench_local_values(|(entry, seen)| store.borrow_mut().append(&entry, seen).expect("recorded"));
}

/// The floor: four KiB at the end of a file, and one fdatasync.
#[divan::bench(sample_count = 1_000, sample_size = 1)]
fn bare_append_and_fdatasync(bencher: Bencher) {
    let home = home();
    let mut file = File::create(home.path().join("log")).expect("created");
    bencher.bench_local(|| {
        file.write_all(&[7; 4096]).expect("written");
        file.sync_data().expect("synced");
    });
}

#[divan::bench(args = [100_000], sample_count = 10, sample_size = 1)]
fn since(bencher: Bencher, rows: u64) {
    let (_home, store) = log(rows);
    bencher.counter(ItemsCount::new(rows)).bench_local(|| store.since(Seq::START).expect("read"));
}

#[divan::bench(args = [100_000], sample_count = 10, sample_size = 1)]
fn verify(bencher: Bencher, rows: u64) {
    let (_home, store) = log(rows);
    bencher.counter(ItemsCount::new(rows)).bench_local(|| store.verify().expect("whole"));
}

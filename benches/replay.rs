//! How long the review log takes to become memories: a million reviews of a hundred thousand cards.

use std::hint::black_box;

use divan::Bencher;
use greenroom::card::Key;
use greenroom::review::{Action, Entry, EntryId, Grade, Moment, Source};
use greenroom::scheduler::{Memory, Policy, Scheduler};
use jiff::civil::date;
use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan};

const CARDS: usize = 100_000;
const REVIEWS_A_CARD: usize = 10;

fn main() {
    divan::main();
}

fn scheduler() -> Scheduler {
    Scheduler::new(Policy::default()).expect("the default is good")
}

/// Each card in turn, ten times over; all gaps of days from 0 to 60, and one review in eight forgotten.
fn log() -> Vec<Entry> {
    let key = |card: usize| format!("deck-{:03}/card-number-{card:07}", card / 1000).parse().expect("a key");
    let keys: Vec<Key> = (0..CARDS).map(key).collect();
    let grades = [3, 3, 1, 3, 4, 3, 2, 3].map(|number| Grade::from_number(number).expect("a grade"));
    let entry = |number: usize| {
        let (round, card) = (number / CARDS, number % CARDS);
        let days = i32::try_from(round * (card % 61)).expect("few days");
        let day = date(2024, 1, 1).saturating_add(days.days());
        let at = Timestamp::from_second(1_704_110_400 + i64::from(days) * 86_400).expect("in range");
        let moment = Moment { at, offset: Offset::UTC, day };
        let grade = grades[(number * 31 + round) % grades.len()];
        let action = Action::Review { grade, took: 9_000, source: Source::Study, said: None };
        Entry { id: EntryId::new(at, number as u128), card: keys[card].clone(), moment, action }
    };
    (0..CARDS * REVIEWS_A_CARD).map(entry).collect()
}

#[divan::bench(sample_count = 20)]
fn a_million_reviews_to_memories(bencher: Bencher) {
    let (scheduler, log) = (scheduler(), log());
    bencher.bench_local(|| scheduler.replay_all(black_box(&log)));
}

#[divan::bench]
fn ten_reviews_of_one_card(bencher: Bencher) {
    let (scheduler, log) = (scheduler(), log());
    let card: Vec<&Entry> = log.iter().step_by(CARDS).collect();
    bencher.bench_local(|| scheduler.replay(black_box(&card).iter().copied()));
}

#[divan::bench]
fn the_four_grades_of_one_card(bencher: Bencher) {
    let (scheduler, log) = (scheduler(), log());
    let memory = scheduler.replay(log.iter().step_by(CARDS));
    let now = log[0].moment;
    bencher.bench_local(|| scheduler.preview(black_box(&log[0].card), black_box(&memory), now));
}

#[divan::bench(sample_count = 20)]
fn a_hundred_thousand_stored_memories_read(bencher: Bencher) {
    let memory = scheduler().replay(log().iter().step_by(CARDS));
    let stored = postcard::to_allocvec(&vec![memory; CARDS]).expect("numbers");
    bencher.bench_local(|| postcard::from_bytes::<Vec<Memory>>(black_box(&stored)));
}

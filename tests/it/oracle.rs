//! Memories are those of py-fsrs and of Anki's backend, on the histories that `tests/oracle/histories.py` wrote.

use greenroom::card::Key;
use greenroom::review::{Action, Entry, EntryId, Grade, Source};
use greenroom::scheduler::{Clock, Due, Memory, Policy, Scheduler, State};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde::Deserialize;

const TOLERANCE: f64 = 1e-4;

#[derive(Deserialize)]
struct Oracle {
    groups: Vec<Group>,
}

#[derive(Deserialize)]
struct Group {
    policy: Choices,
    histories: Vec<Vec<Row>>,
}

#[derive(Deserialize)]
struct Choices {
    retention: f32,
    learning_steps: Vec<u32>,
    relearning_steps: Vec<u32>,
    maximum_interval: u32,
    parameters: Vec<f32>,
}

/// Minutes since the review before, grade; stability and difficulty by py-fsrs, then by Anki; state after it, step and
/// its seconds by py-fsrs; days after each grade by py-fsrs, had it led to days.
#[derive(Deserialize)]
struct Row(i64, u8, f64, f64, f64, f64, usize, Option<u8>, Option<i64>, [i64; 4]);

/// A review with the memories before and after it.
struct Reviewed<'a> {
    row: &'a Row,
    entry: Entry,
    before: Memory,
    after: Memory,
}

fn oracle() -> Oracle {
    serde_json::from_str(include_str!("data/fsrs.json")).expect("the file that histories.py writes")
}

fn scheduler(choices: &Choices) -> Scheduler {
    Scheduler::new(Policy {
        retention: choices.retention,
        learning_steps: choices.learning_steps.clone(),
        relearning_steps: choices.relearning_steps.clone(),
        maximum_interval: choices.maximum_interval,
        parameters: choices.parameters.clone(),
        fuzz: false,
        ..Policy::default()
    })
    .expect("a good policy")
}

fn entries(history: &[Row]) -> Vec<Entry> {
    let clock = Clock::new(TimeZone::UTC, Clock::DAY_START).expect("an hour");
    let card: Key = "oracle/card".parse().expect("a key");
    let mut at: Timestamp = "2004-02-27T12:00:00Z".parse().expect("an instant");
    let mut entry = |row: &Row| {
        at += row.0.minutes();
        let grade = Grade::from_number(row.1).expect("a grade");
        let action = Action::Review { grade, took: 0, source: Source::Study, said: None };
        Entry { id: EntryId::new(at, 0), card: card.clone(), moment: clock.moment(at), action }
    };
    history.iter().map(&mut entry).collect()
}

fn each_review(group: &Group, mut check: impl FnMut(&Scheduler, &Reviewed)) {
    let scheduler = scheduler(&group.policy);
    for history in &group.histories {
        let mut before = Memory::default();
        for (row, entry) in history.iter().zip(entries(history)) {
            let after = scheduler.apply(&before, &entry);
            check(&scheduler, &Reviewed { row, entry, before, after });
            before = after;
        }
    }
}

fn assert_near(ours: f32, theirs: f64, what: &str) {
    let difference = (f64::from(ours) - theirs).abs() / theirs;
    assert!(difference < TOLERANCE, "{what} is {ours}, not {theirs}");
}

/// Seconds from a review to the end of a step, where one was begun.
fn seconds(entry: &Entry, memory: &Memory) -> Option<i64> {
    match memory.due() {
        Due::At(at) => Some(at.duration_since(entry.moment.at).as_secs()),
        _ => None,
    }
}

/// Days from a review to the next, where it led to days.
fn days(entry: &Entry, memory: &Memory) -> Option<i64> {
    match memory.due() {
        Due::On(day) => Some(day.duration_since(entry.moment.day).as_hours() / 24),
        _ => None,
    }
}

#[test]
fn stability_and_difficulty_are_those_of_py_fsrs_and_anki() {
    let mut histories = 0;
    for group in oracle().groups {
        histories += group.histories.len();
        each_review(&group, |_, Reviewed { row, after, .. }| {
            assert_near(after.stability, row.2, "stability by py-fsrs");
            assert_near(after.difficulty, row.3, "difficulty by py-fsrs");
            assert_near(after.stability, row.4, "stability by Anki");
            assert_near(after.difficulty, row.5, "difficulty by Anki");
        });
    }
    assert!(histories >= 300, "only {histories} histories");
}

#[test]
fn states_and_steps_are_those_of_py_fsrs() {
    for group in oracle().groups {
        each_review(&group, |_, Reviewed { row, entry, after, .. }| {
            let state = [State::Learning, State::Review, State::Relearning][row.6 - 1];
            assert_eq!((after.state, after.step), (state, row.7.unwrap_or(0)));
            assert_eq!(seconds(entry, after), row.8);
        });
    }
}

/// py-fsrs lets hard, good and easy lead to the same day, as they often do after a review on the same day. Anki keeps
/// them a day apart, and so does greenroom: each waits a day longer than the one before it, where that leads to days,
/// and easy a day longer than good would even where good leads to a step.
#[test]
fn intervals_are_those_of_py_fsrs_but_for_hard_good_and_easy_a_day_apart() {
    let mut apart = 0;
    for group in oracle().groups {
        each_review(&group, |scheduler, Reviewed { row, entry, before, .. }| {
            let previews = scheduler.preview(&entry.card, before, entry.moment);
            let maximum = i64::from(scheduler.policy().maximum_interval);
            let leads_to_days = previews.map(|memory| memory.state == State::Review);
            let [again, hard, good, easy] = row.9;
            let hard = hard.max(if leads_to_days[0] { again } else { 1 });
            let good = good.max(if leads_to_days[1] { hard + 1 } else { 1 }).min(maximum);
            let expected = [again, hard, good, easy.max(good + 1).min(maximum)];
            for (grade, memory) in previews.iter().enumerate().filter(|(grade, _)| leads_to_days[*grade]) {
                assert_eq!(days(entry, memory), Some(expected[grade]), "grade {} after {before:?}", grade + 1);
                apart += usize::from(expected[grade] != row.9[grade]);
            }
        });
    }
    assert!(apart > 0, "nothing was kept apart, so nothing was tested");
}

#[test]
fn replaying_a_history_at_once_is_applying_its_reviews_one_by_one() {
    for group in oracle().groups {
        let scheduler = scheduler(&group.policy);
        for history in &group.histories {
            let entries = entries(history);
            let applied = entries.iter().fold(Memory::default(), |memory, entry| scheduler.apply(&memory, entry));
            assert_eq!(scheduler.replay(&entries), applied);
        }
    }
}

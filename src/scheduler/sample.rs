//! Policies and log entries for the tests of this room.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use jiff::tz::Offset;
use proptest::prelude::*;

use super::{Policy, Scheduler};
use crate::card::Key;
use crate::review::{Action, Entry, EntryId, Grade, Moment, Source};

pub fn scheduler(change: impl FnOnce(&mut Policy)) -> Scheduler {
    let mut policy = Policy { fuzz: false, ..Policy::default() };
    change(&mut policy);
    Scheduler::new(policy).expect("a good policy")
}

pub fn key(text: &str) -> Key {
    text.parse().expect("a key")
}

/// Noon UTC, so many days and minutes after the beginning of 2026.
pub fn moment(day: i64, minute: i64) -> Moment {
    let at = Timestamp::from_second(1_767_268_800 + day * 86_400 + minute * 60).expect("in range");
    Moment { at, offset: Offset::UTC, day: Offset::UTC.to_datetime(at).date() }
}

pub fn entry(moment: Moment, action: Action) -> Entry {
    Entry { id: EntryId::new(moment.at, 0), card: key("aws-ecs/task-role"), moment, action }
}

pub fn review(moment: Moment, grade: Grade) -> Entry {
    entry(moment, Action::Review { grade, took: 0, source: Source::Study, said: None })
}

/// Any policy that is allowed.
pub fn policies() -> impl Strategy<Value = Policy> {
    let steps = || {
        prop::collection::vec(1u32..4000, 0..4).prop_map(|mut steps| {
            steps.sort_unstable();
            steps
        })
    };
    let parameter = prop_oneof![4 => -1.0f32..10.0, 1 => prop::num::f32::NORMAL];
    let parameters = prop_oneof![Just(Vec::new()), prop::collection::vec(parameter, 21)];
    let switches = (any::<bool>(), 0u32..9, any::<bool>());
    (0.70f32..=0.99, steps(), steps(), prop_oneof![1u32..30, Just(36_500)], switches, parameters).prop_map(
        |(retention, learning_steps, relearning_steps, maximum_interval, switches, parameters)| Policy {
            retention,
            learning_steps,
            relearning_steps,
            maximum_interval,
            fuzz: switches.0,
            leech_after: switches.1,
            leech_suspends: switches.2,
            parameters,
        },
    )
}

/// Up to `most` entries of one card, in order of time or in none: mostly reviews within 400 days, but also the other
/// actions, and any instant with any day, in 1970, in 2038 and at the ends of time.
pub fn histories(most: usize) -> impl Strategy<Value = Vec<Entry>> {
    let grade = prop::sample::select(Grade::ALL.to_vec());
    let source = prop::sample::select(vec![Source::Study, Source::Mock]);
    let review = |(grade, source)| Action::Review { grade, took: 0, source, said: None };
    let action = prop_oneof![
        12 => (grade, source).prop_map(review),
        1 => prop::sample::select(vec![Action::Suspend, Action::Resume, Action::Bury, Action::Reset]),
    ];
    let moments = prop_oneof![
        12 => (0i64..400, 0i64..600).prop_map(|(day, minute)| moment(day, minute)),
        1 => any_moments(),
    ];
    (prop::collection::vec((moments, action), 0..most), any::<bool>()).prop_map(|(mut drafts, in_order)| {
        if in_order {
            drafts.sort_by_key(|(moment, _)| moment.at);
        }
        drafts.into_iter().map(|(moment, action)| entry(moment, action)).collect()
    })
}

fn any_moments() -> impl Strategy<Value = Moment> {
    let ends = [Timestamp::MIN, Timestamp::UNIX_EPOCH, Timestamp::MAX];
    let seconds =
        [i64::from(i32::MAX), 253_402_000_000].map(|second| Timestamp::from_second(second).expect("in range"));
    let at = prop::sample::select([ends.as_slice(), &seconds].concat());
    let day = prop::sample::select(vec![Date::MIN, date(1970, 1, 1), date(2038, 1, 19), date(2028, 2, 29), Date::MAX]);
    (at, day).prop_map(|(at, day)| Moment { at, offset: Offset::UTC, day })
}

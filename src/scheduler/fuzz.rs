//! Chance in intervals, so that cards learnt together do not stay together, and the same chance on every machine.

use twox_hash::XxHash3_64;

use crate::card::Key;

/// From this many days on, up to so many more, this part of each day is added to the one day of fuzz.
const RANGES: [(f32, f32, f32); 3] = [(2.5, 7.0, 0.15), (7.0, 20.0, 0.10), (20.0, f32::MAX, 0.05)];

/// The shortest interval that is fuzzed.
const FUZZED_FROM: f32 = 2.5;

/// What stands in for chance at a card's next review: any number, each as likely as the other.
pub(super) fn chance(card: &Key, reviews: u32) -> u64 {
    XxHash3_64::oneshot_with_seed(u64::from(reviews), card.to_string().as_bytes())
}

/// The interval in whole days from `minimum` to `maximum`: rounded, or where `chance` puts it around that.
///
/// One and the same chance keeps intervals in order: the fuzzed result never falls when `interval` or `minimum` rises.
pub(super) fn whole_days(interval: f32, minimum: u32, maximum: u32, chance: Option<u64>) -> u32 {
    let minimum = minimum.min(maximum);
    let interval = interval.clamp(minimum as f32, maximum as f32);
    let delta = if chance.is_some() { delta(interval) } else { 0.0 };
    let lower = ((interval - delta).round() as u32).clamp(minimum, maximum);
    let upper = ((interval + delta).round() as u32).clamp(minimum, maximum);
    let places = u128::from(upper - lower) + 1;
    let place = (u128::from(chance.unwrap_or(0)) * places) >> 64;
    lower + u32::try_from(place).expect("less than the places, which are fewer than 2^32 days")
}

/// The days by which an interval may be shorter or longer, as in Anki.
fn delta(interval: f32) -> f32 {
    if interval < FUZZED_FROM {
        return 0.0;
    }
    let within = |(from, to, part): (f32, f32, f32)| part * (interval.min(to) - from).max(0.0);
    RANGES.into_iter().map(within).fold(1.0, |sum, days| sum + days)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn range(interval: f32, minimum: u32, maximum: u32) -> (u32, u32) {
        let days = |chance| whole_days(interval, minimum, maximum, Some(chance));
        (days(0), days(u64::MAX))
    }

    #[test]
    fn ranges_are_those_of_anki() {
        let short = [(1.0, 1, 1), (2.0, 2, 2), (2.49, 2, 2), (2.5, 2, 4), (3.0, 2, 4), (4.0, 3, 5), (5.0, 4, 6)];
        let weeks = [(6.0, 4, 8), (7.0, 5, 9), (10.0, 8, 12), (13.0, 11, 15), (17.0, 14, 20), (20.0, 17, 23)];
        let long =
            [(30.0, 27, 33), (37.0, 33, 41), (60.0, 55, 65), (100.0, 93, 107), (200.0, 188, 212), (365.0, 345, 385)];
        for (interval, lower, upper) in short.into_iter().chain(weeks).chain(long) {
            assert_eq!(range(interval, 1, 1000), (lower, upper), "{interval}");
        }
    }

    #[test]
    fn minimum_and_maximum_hold() {
        assert_eq!(range(100.0, 101, 1000), (101, 108));
        assert_eq!(range(100.0, 1, 99), (92, 99));
        assert_eq!(range(2.0, 3, 3), (3, 3));
        assert_eq!(range(2.0, 9, 5), (5, 5));
    }

    #[test]
    fn without_chance_an_interval_is_rounded() {
        assert_eq!([0.2, 1.49, 1.5, 12.4, 99.0].map(|days| whole_days(days, 1, 50, None)), [1, 1, 2, 12, 50]);
    }

    #[test]
    fn chance_differs_by_card_and_review_but_not_by_machine() {
        let card = |text: &str| text.parse::<Key>().expect("a key");
        assert_eq!(chance(&card("aws-ecs/task-role"), 3), 299_453_825_951_468_943);
        assert_ne!(chance(&card("aws-ecs/task-role"), 3), chance(&card("aws-ecs/task-role"), 4));
        assert_ne!(chance(&card("aws-ecs/task-role"), 3), chance(&card("aws-ec/stask-role"), 3));
    }

    proptest! {
        #[test]
        fn longer_intervals_are_never_fuzzed_to_fewer_days(
            short in 0.0f32..5000.0, more in 0.0f32..100.0, minimum in 1u32..50, chance: u64,
        ) {
            let days = |interval| whole_days(interval, minimum, 36500, Some(chance));
            prop_assert!(days(short) <= days(short + more));
        }
    }
}

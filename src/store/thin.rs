//! Which backups stay when there are many: close together near today, further apart the older they are.

use std::collections::HashSet;
use std::hash::Hash;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

const DAYS: usize = 12;
const WEEKS: usize = 10;
const MONTHS: usize = 9;

/// The times to keep: the newest of each of the newest 12 days that have one; of the older ones the newest of each of
/// 10 weeks, and of the rest the newest of each of 9 months. Days are those of UTC.
pub fn kept(times: &[Timestamp]) -> HashSet<Timestamp> {
    let mut newest_first = times.to_vec();
    newest_first.sort_unstable_by(|left, right| right.cmp(left));
    let (mut days, mut weeks, mut months) = (HashSet::new(), HashSet::new(), HashSet::new());
    let week = |day: Date| (day.iso_week_date().year(), day.iso_week_date().week());
    newest_first.retain(|time| {
        let day = TimeZone::UTC.to_datetime(*time).date();
        enter(&mut days, DAYS, day)
            .or_else(|| enter(&mut weeks, WEEKS, week(day)))
            .or_else(|| enter(&mut months, MONTHS, (day.year(), day.month())))
            .unwrap_or(false)
    });
    newest_first.into_iter().collect()
}

/// Whether a span gets its first time; nothing when it is one span too many.
fn enter<T: Eq + Hash>(spans: &mut HashSet<T>, limit: usize, span: T) -> Option<bool> {
    let fits = spans.len() < limit || spans.contains(&span);
    fits.then(|| spans.insert(span))
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;
    use jiff::civil::date;

    use super::*;

    fn noon(day: Date) -> Timestamp {
        day.at(12, 0, 0, 0).to_zoned(TimeZone::UTC).expect("a time").timestamp()
    }

    #[test]
    fn after_two_years_of_daily_backups_the_far_past_is_thin_and_the_near_past_is_not() {
        let first = date(2024, 11, 23);
        let mut backups: Vec<Timestamp> = Vec::new();
        for day in first.series(1.day()).take(730) {
            backups.push(noon(day));
            let kept = kept(&backups);
            backups.retain(|time| kept.contains(time));
        }
        let today = noon(date(2026, 11, 22));
        let days_ago: Vec<_> =
            backups.iter().rev().map(|time| (today.as_second() - time.as_second()) / 86_400).collect();
        assert_eq!(days_ago[..12], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
        assert_eq!(days_ago.len(), 12 + 10 + 9);
        assert!(days_ago[13..22].windows(2).all(|pair| pair[1] - pair[0] == 7), "{days_ago:?}");
        assert!(days_ago[23..].windows(2).all(|pair| (28..=35).contains(&(pair[1] - pair[0]))), "{days_ago:?}");
    }

    #[test]
    fn of_one_day_only_the_newest_stays() {
        let noon = noon(date(2026, 11, 22));
        let times = [noon - 3.hours(), noon, noon - 1.hour()];
        assert_eq!(kept(&times), HashSet::from([noon]));
    }
}

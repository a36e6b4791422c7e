//! Times and spans as people say them.

use jiff::civil::Date;

use crate::review::Moment;
use crate::safe;
use crate::scheduler::Due;
use crate::text::Safe;

/// How far off a due time is: `10 min`, `6 days`, `2.1 years`.
pub fn until(due: &Due, now: Moment) -> Safe {
    match due {
        Due::Anytime => Safe::from("any time"),
        Due::At(end) => minutes(end.duration_since(now.at).as_secs()),
        Due::On(day) => days(between(now.day, *day)),
    }
}

/// The same in as few columns as possible: `10m`, `6d`, `2.1y`.
pub fn until_short(due: &Due, now: Moment) -> Safe {
    let long = until(due, now);
    let Some((number, unit)) = long.as_str().split_once(' ') else { return long };
    safe!("{number}{}", if unit.starts_with("mon") { "mo" } else { unit.get(..1).unwrap_or("") })
}

/// When something comes: `today`, `tomorrow`, `Tue 24 Nov`, `24 Nov 2027`.
pub fn on(day: Date, today: Date) -> Safe {
    match between(today, day) {
        i64::MIN..=0 => Safe::from("today"),
        1 => Safe::from("tomorrow"),
        2..=300 => safe!("{}", day.strftime("%a %-d %b")),
        _ => safe!("{}", day.strftime("%-d %b %Y")),
    }
}

/// When something was: `today`, `yesterday`, `9 days ago`.
pub fn ago(day: Date, today: Date) -> Safe {
    match between(day, today) {
        i64::MIN..=0 => Safe::from("today"),
        1 => Safe::from("yesterday"),
        number => safe!("{} ago", days(number)),
    }
}

/// A length of work: `under a minute`, `6 min`, `1 h 20`.
pub fn work(milliseconds: f64) -> Safe {
    match (milliseconds / 60_000.0).ceil() as u64 {
        0 => Safe::from("no time"),
        1 => Safe::from("a minute"),
        minutes if minutes < 60 => safe!("{minutes} min"),
        minutes => safe!("{} h {:02}", minutes / 60, minutes % 60),
    }
}

/// A time that has passed: `8 min 40 s`.
pub fn passed(milliseconds: u64) -> Safe {
    match (milliseconds / 60_000, milliseconds / 1000 % 60) {
        (0, seconds) => safe!("{seconds} s"),
        (minutes, seconds) => safe!("{minutes} min {seconds:02} s"),
    }
}

fn minutes(seconds: i64) -> Safe {
    match (seconds.max(0) + 59) / 60 {
        0 => Safe::from("now"),
        minutes if minutes < 60 => safe!("{minutes} min"),
        minutes if minutes < 60 * 24 => safe!("{} h", (minutes + 30) / 60),
        minutes => days(minutes / (60 * 24)),
    }
}

fn days(number: i64) -> Safe {
    match number {
        i64::MIN..=0 => Safe::from("today"),
        1 => Safe::from("1 day"),
        2..=59 => safe!("{number} days"),
        60..=364 => safe!("{:.1} months", number as f64 / 30.4),
        _ => safe!("{:.1} years", number as f64 / 365.25),
    }
}

fn between(from: Date, to: Date) -> i64 {
    to.duration_since(from).as_hours() / 24
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use jiff::civil::date;
    use jiff::tz::Offset;

    use super::*;

    fn now() -> Moment {
        Moment { at: "2026-11-22T18:00:00Z".parse().expect("a time"), offset: Offset::UTC, day: date(2026, 11, 22) }
    }

    #[test]
    fn a_button_says_when_the_card_comes_back() {
        let step = |seconds| Due::At(now().at + SignedDuration::from_secs(seconds));
        let day = |days: i64| Due::On(now().day + SignedDuration::from_hours(24 * days));
        let cases = [
            (step(60), "1 min", "1m"),
            (step(330), "6 min", "6m"),
            (step(7200), "2 h", "2h"),
            (day(1), "1 day", "1d"),
            (day(14), "14 days", "14d"),
            (day(100), "3.3 months", "3.3mo"),
            (day(800), "2.2 years", "2.2y"),
        ];
        for (due, long, short) in cases {
            assert_eq!((until(&due, now()).as_str(), until_short(&due, now()).as_str()), (long, short));
        }
    }

    #[test]
    fn days_are_told_as_people_say_them() {
        let today = now().day;
        assert_eq!(on(today, today).as_str(), "today");
        assert_eq!(on(date(2026, 11, 23), today).as_str(), "tomorrow");
        assert_eq!(on(date(2026, 11, 24), today).as_str(), "Tue 24 Nov");
        assert_eq!(on(date(2028, 1, 2), today).as_str(), "2 Jan 2028");
        assert_eq!(ago(date(2026, 11, 13), today).as_str(), "9 days ago");
    }

    #[test]
    fn work_is_rounded_up_to_minutes() {
        assert_eq!(work(0.0).as_str(), "no time");
        assert_eq!(work(20_000.0).as_str(), "a minute");
        assert_eq!(work(301_000.0).as_str(), "6 min");
        assert_eq!(work(4_800_000.0).as_str(), "1 h 20");
        assert_eq!(passed(520_000).as_str(), "8 min 40 s");
    }
}

//! Study days: when each begins for a learner, and how many lie between two.

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::Due;
use crate::review::Moment;

const EPOCH: Date = date(1970, 1, 1);

/// More days than lie between the first date and the last, and few enough to be counted in seconds.
const EVER: i64 = 10_000_000;

/// Where the learner is, and the hour at which a study day begins there.
///
/// Study days cover time without gap or overlap. A day begins at that hour of the wall clock: the first time if the
/// clock shows it twice, and as much later as the clock is put forward if it skips the hour. A day that a zone skips
/// whole, as Samoa did in 2011, is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clock {
    zone: TimeZone,
    day_start: i8,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a study day cannot begin at hour {0}: use 0 to 23")]
pub struct NoSuchHour(pub u8);

impl Clock {
    /// The hour at which a study day begins unless set otherwise.
    pub const DAY_START: u8 = 4;

    pub fn new(zone: TimeZone, day_start: u8) -> Result<Clock, NoSuchHour> {
        match i8::try_from(day_start) {
            Ok(hour) if hour < 24 => Ok(Clock { zone, day_start: hour }),
            _ => Err(NoSuchHour(day_start)),
        }
    }

    /// What an instant is to the learner, to the millisecond.
    pub fn moment(&self, at: Timestamp) -> Moment {
        let at = Timestamp::from_millisecond(at.as_millisecond()).unwrap_or(at);
        Moment { at, offset: self.zone.to_offset(at), day: self.day(at) }
    }

    /// The first instant of a study day; for days at the ends of time, the first or last instant there is.
    pub fn start_of(&self, day: Date) -> Timestamp {
        let beyond = if day < EPOCH { Timestamp::MIN } else { Timestamp::MAX };
        let wall = day.at(self.day_start, 0, 0, 0);
        self.zone.to_ambiguous_timestamp(wall).compatible().unwrap_or(beyond)
    }

    /// From when on a card is to be asked again; `None` when any time is right.
    pub fn instant(&self, due: &Due) -> Option<Timestamp> {
        match *due {
            Due::Anytime => None,
            Due::At(at) => Some(at),
            Due::On(day) => Some(self.start_of(day)),
        }
    }

    fn day(&self, at: Timestamp) -> Date {
        let mut day = self.zone.to_datetime(at).date();
        while at < self.start_of(day)
            && let Ok(earlier) = day.yesterday()
        {
            day = earlier;
        }
        while let Ok(next) = day.tomorrow()
            && self.start_of(next) <= at
        {
            day = next;
        }
        day
    }
}

/// Days since 1970-01-01.
pub(super) fn number(day: Date) -> i64 {
    day.duration_since(EPOCH).as_hours() / 24
}

/// The day so many days after 1970-01-01, or the nearest that there is.
pub(super) fn numbered(days: i64) -> Date {
    EPOCH.saturating_add(SignedDuration::from_hours(24 * days.clamp(-EVER, EVER)))
}

/// The days from one study day to a later one; 0 when it is not later.
pub(super) fn elapsed(from: Date, to: Date) -> u32 {
    u32::try_from(number(to) - number(from)).unwrap_or(0)
}

/// The study day so many days later, or the last day that there is.
pub(super) fn after(day: Date, days: u32) -> Date {
    numbered(number(day) + i64::from(days))
}

/// A day in stored memories: its number takes a third of the room of its text and a fraction of the time.
pub(super) mod as_number {
    use jiff::civil::Date;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[expect(clippy::ref_option, clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
    pub fn serialize<S: Serializer>(day: &Option<Date>, serializer: S) -> Result<S::Ok, S::Error> {
        day.map(super::number).serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
        Ok(Option::deserialize(deserializer)?.map(super::numbered))
    }
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;
    use proptest::prelude::*;

    use super::*;

    /// Half-hour changes, a skipped day, changes in Ramadan, changes at one minute past midnight, and the usual ones.
    const ZONES: [&str; 12] = [
        "UTC",
        "America/New_York",
        "America/Sao_Paulo",
        "America/St_Johns",
        "Africa/Cairo",
        "Africa/Casablanca",
        "Asia/Gaza",
        "Atlantic/Azores",
        "Australia/Lord_Howe",
        "Europe/Berlin",
        "Pacific/Apia",
        "Pacific/Kiritimati",
    ];

    fn clock(zone: &str, day_start: u8) -> Clock {
        Clock::new(TimeZone::get(zone).expect("a known zone"), day_start).expect("an hour")
    }

    fn at(text: &str) -> Timestamp {
        text.parse().expect("an instant")
    }

    fn assert_one_day(clock: &Clock, at: Timestamp) {
        let day = clock.moment(at).day;
        let next = day.tomorrow().expect("not the last day");
        assert!(clock.start_of(day) <= at && at < clock.start_of(next), "{at} is not within {day} of {clock:?}");
    }

    #[test]
    fn each_instant_round_each_change_of_the_clock_belongs_to_one_study_day() {
        let (from, to) = (at("2000-01-01T00:00:00Z"), at("2038-01-01T00:00:00Z"));
        for zone in ZONES {
            let zone = TimeZone::get(zone).expect("a known zone");
            for change in zone.following(from).map(|change| change.timestamp()).take_while(|at| *at < to) {
                for day_start in [0, 2, 3, 4, 23] {
                    let clock = Clock::new(zone.clone(), day_start).expect("an hour");
                    for minutes in (-27 * 60..=27 * 60).step_by(30) {
                        let at = change.saturating_add(minutes.minutes()).expect("minutes");
                        assert_one_day(&clock, at.saturating_add((-1).milliseconds()).expect("milliseconds"));
                        assert_one_day(&clock, at);
                    }
                }
            }
        }
    }

    #[test]
    fn study_days_meet_without_gap_or_overlap_round_each_change_of_each_zone() {
        let (from, to) = (at("2000-01-01T00:00:00Z"), at("2038-01-01T00:00:00Z"));
        let mut zones = 0;
        for zone in jiff::tz::db().available() {
            zones += 1;
            let clock = clock(zone.as_str(), Clock::DAY_START);
            for change in clock.zone.following(from).map(|change| change.timestamp()).take_while(|at| *at < to) {
                for day in clock.moment(change).day.series(1.day()).take(3) {
                    assert_one_day(&clock, clock.start_of(day));
                    assert_one_day(&clock, clock.start_of(day).saturating_add((-1).milliseconds()).expect("time"));
                }
            }
        }
        assert!(zones > 300, "only {zones} zones: is the zone database installed?");
    }

    #[test]
    fn each_study_day_begins_at_its_first_instant() {
        for zone in ZONES {
            let clock = clock(zone, Clock::DAY_START);
            let days = date(2000, 1, 1).series(1.day()).take_while(|day| *day < date(2038, 1, 1));
            for day in days.filter(|day| (zone, *day) != ("Pacific/Apia", date(2011, 12, 30))) {
                let start = clock.start_of(day);
                assert_eq!(clock.moment(start).day, day, "{zone}");
                assert!(clock.moment(start.saturating_add((-1).milliseconds()).expect("time")).day < day, "{zone}");
            }
        }
    }

    #[test]
    fn the_hour_before_the_day_begins_belongs_to_the_day_before() {
        let clock = clock("Europe/Berlin", 4);
        let moment = clock.moment(at("2026-11-22T02:59:59.9999999Z"));
        assert_eq!((moment.day, moment.offset.seconds()), (date(2026, 11, 21), 3600));
        assert_eq!(moment.at, at("2026-11-22T02:59:59.999Z"));
        assert_eq!(clock.moment(at("2026-11-22T03:00:00Z")).day, date(2026, 11, 22));
    }

    #[test]
    fn a_day_begins_late_when_its_hour_is_skipped() {
        let clock = clock("America/New_York", 2);
        assert_eq!(clock.start_of(date(2026, 3, 8)), at("2026-03-08T07:00:00Z"));
    }

    #[test]
    fn a_day_begins_early_when_its_hour_comes_twice() {
        let clock = clock("America/New_York", 1);
        assert_eq!(clock.start_of(date(2026, 11, 1)), at("2026-11-01T05:00:00Z"));
    }

    #[test]
    fn the_day_that_samoa_skipped_is_empty() {
        let clock = clock("Pacific/Apia", 4);
        assert_eq!(clock.start_of(date(2011, 12, 30)), clock.start_of(date(2011, 12, 31)));
        assert_eq!(clock.moment(at("2011-12-30T13:59:59Z")).day, date(2011, 12, 29));
        assert_eq!(clock.moment(at("2011-12-30T14:00:00Z")).day, date(2011, 12, 31));
    }

    #[test]
    fn the_ends_of_time_have_study_days_too() {
        for zone in ZONES {
            let clock = clock(zone, 23);
            for end in [Timestamp::MIN, Timestamp::MAX] {
                assert!(clock.moment(end).at.duration_since(end).as_secs().abs() < 1);
            }
            assert!(clock.start_of(Date::MIN) < clock.start_of(Date::MAX));
        }
    }

    #[test]
    fn hours_past_the_day_are_refused() {
        for hour in [24, 128, 255] {
            assert_eq!(Clock::new(TimeZone::UTC, hour), Err(NoSuchHour(hour)));
        }
    }

    #[test]
    fn an_instant_follows_from_what_is_due() {
        let clock = clock("UTC", 4);
        assert_eq!(clock.instant(&Due::Anytime), None);
        assert_eq!(clock.instant(&Due::At(Timestamp::UNIX_EPOCH)), Some(Timestamp::UNIX_EPOCH));
        assert_eq!(clock.instant(&Due::On(date(2026, 1, 2))), Some(at("2026-01-02T04:00:00Z")));
    }

    proptest! {
        #[test]
        fn any_instant_belongs_to_one_study_day(
            milliseconds in -62_000_000_000_000i64..250_000_000_000_000, zone in 0..ZONES.len(), day_start in 0u8..24,
        ) {
            let at = Timestamp::from_millisecond(milliseconds).expect("in range");
            assert_one_day(&clock(ZONES[zone], day_start), at);
        }

        #[test]
        fn numbers_and_days_are_each_other_s_inverse(days in -4_371_587i64..=2_932_896) {
            prop_assert_eq!(number(numbered(days)), days);
        }
    }
}

//! When a card is asked again after a grade: at the end of a step, or after an interval of whole days.

use std::time::Duration;

use jiff::civil::Date;

use super::{Due, Memory, Scheduler, day, fuzz, step};
use crate::card::Key;
use crate::review::{Grade, Moment};

impl Scheduler {
    /// Without a step, on the next study day, if the answer is put off.
    pub(super) fn due(&self, card: &Key, before: &Memory, moment: &Moment, grade: Grade, is_put_off: bool) -> Due {
        let (at, day) = before.no_earlier(moment);
        if is_put_off {
            return Due::On(day::after(day, 1));
        }
        match step::next(&self.policy, before, grade) {
            Some(step) => {
                let wait = Duration::from_secs(step.seconds);
                Due::At(at.saturating_add(wait).expect("a duration without calendar units can always be added"))
            }
            None => Due::On(day::after(day, self.interval(card, before, day, grade))),
        }
    }

    /// Days from a review to the next, after a grade that leads to days.
    ///
    /// As in Anki, hard, good and easy lie a day apart at least, fuzzed or not, until they meet at the maximum. No
    /// grade waits less long than a worse one, and a step of minutes counts as the days that it may span.
    fn interval(&self, card: &Key, before: &Memory, day: Date, grade: Grade) -> u32 {
        let states = self.fsrs.next_states(before.fsrs(), self.policy.retention, before.elapsed(day));
        let states = states.expect("FSRS keeps finite states finite");
        let chance = self.policy.fuzz.then(|| fuzz::chance(card, before.reviews));
        let (mut days, mut minimum) = (1, 1);
        for (next, state) in Grade::ALL.into_iter().zip([states.again, states.hard, states.good, states.easy]) {
            days = fuzz::whole_days(state.interval, minimum, self.policy.maximum_interval, chance);
            if next == grade {
                break;
            }
            minimum = match (next, step::next(&self.policy, before, next)) {
                (Grade::Again, None) => days,
                (Grade::Again | Grade::Hard, Some(step)) => step.days(),
                (_, None) => days + 1,
                (_, Some(step)) => step.days().max(days + 1),
            };
        }
        days
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::Policy;
    use super::super::sample::{histories, key, moment, policies, review, scheduler};
    use super::*;

    const SECONDS_A_DAY: i64 = 86_400;

    /// Seconds from a review at `now` to what it makes due.
    fn wait(now: &Moment, memory: &Memory) -> i64 {
        match memory.due() {
            Due::Anytime => 0,
            Due::At(at) => at.duration_since(now.at).as_secs(),
            Due::On(day) => day::number(day) * SECONDS_A_DAY - day::number(now.day) * SECONDS_A_DAY,
        }
    }

    fn days(scheduler: &Scheduler, card: &str, memory: &Memory, now: Moment) -> [i64; 4] {
        scheduler.preview(&key(card), memory, now).map(|memory| wait(&now, &memory) / SECONDS_A_DAY)
    }

    #[test]
    fn hard_good_and_easy_lie_a_day_apart_until_they_meet_at_the_maximum() {
        let scheduler_up_to = |maximum| scheduler(|policy| policy.maximum_interval = maximum);
        let memory = scheduler_up_to(100).replay(&[review(moment(0, 0), Grade::Easy)]);
        let same_day = moment(0, 20);
        assert_eq!(days(&scheduler_up_to(100), "a/b", &memory, same_day)[1..], [8, 9, 13]);
        assert_eq!(days(&scheduler_up_to(9), "a/b", &memory, same_day)[1..], [8, 9, 9]);
        assert_eq!(days(&scheduler_up_to(2), "a/b", &memory, same_day)[1..], [2, 2, 2]);
    }

    #[test]
    fn a_grade_that_leads_to_days_waits_no_less_than_a_step_of_days() {
        let scheduler = scheduler(|policy| policy.learning_steps = vec![5 * 24 * 60]);
        let waits = scheduler.preview(&key("a/b"), &Memory::default(), moment(0, 0)).map(|m| wait(&moment(0, 0), &m));
        assert_eq!(waits.map(|wait| wait / 3600), [5 * 24, 5 * 36, 8 * 24, 9 * 24]);
    }

    #[test]
    fn easy_waits_a_day_longer_than_good_would_without_its_step() {
        let good_and_easy_start_alike = |policy: &mut Policy| {
            policy.parameters = fsrs::DEFAULT_PARAMETERS.to_vec();
            (policy.parameters[2], policy.parameters[3]) = (6.0, 6.0);
        };
        let new = Memory::default();
        assert_eq!(days(&scheduler(good_and_easy_start_alike), "a/b", &new, moment(0, 0)), [0, 0, 0, 7]);
    }

    #[test]
    fn fuzz_spreads_the_cards_of_one_day_and_is_the_same_each_time() {
        let scheduler = scheduler(|policy| policy.fuzz = true);
        let memory = scheduler.replay(&[review(moment(0, 0), Grade::Easy), review(moment(8, 0), Grade::Good)]);
        let good = |card: usize| days(&scheduler, &format!("deck/card-{card}"), &memory, moment(60, 0))[2];
        let spread: Vec<_> = (0..1000).map(good).collect();
        assert_eq!((spread.iter().min(), spread.iter().max()), (Some(&167), Some(&189)));
        assert_eq!(spread[..8], [185, 188, 169, 171, 173, 186, 177, 173]);
    }

    proptest! {
        #[test]
        fn better_grades_wait_longer(policy in policies(), history in histories(20), later in 0i64..4000) {
            let maximum = i64::from(policy.maximum_interval) * SECONDS_A_DAY;
            let scheduler = Scheduler::new(policy).expect("a good policy");
            let memory = scheduler.replay(&history);
            let (at, day) = memory.no_earlier(&moment(later, 0));
            prop_assume!(day < jiff::civil::date(9000, 1, 1) && at.as_second() < 250_000_000_000);
            let now = Moment { at, day, ..moment(later, 0) };
            let previews = scheduler.preview(&key("aws-ecs/task-role"), &memory, now);
            let waits = previews.map(|memory| wait(&now, &memory).min(maximum));
            prop_assert!(waits.is_sorted() && waits[0] > 0, "{:?}", waits);
            // A day apart is a rule for intervals of days; a worse grade may lead to a step that is as long.
            for worse in [1, 2] {
                let apart = waits[worse + 1] - waits[worse] >= SECONDS_A_DAY || waits[worse + 1] == maximum;
                prop_assert!(apart || matches!(previews[worse].due(), Due::At(_)), "{:?}", waits);
            }
        }
    }
}

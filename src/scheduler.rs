//! Given a card's reviews, how well it is remembered and when to ask again (FSRS-6).

mod day;
mod fuzz;
mod interval;
mod memory;
mod points;
mod policy;
mod replay;
#[cfg(test)]
mod sample;
mod step;

use fsrs::{FSRS, FSRS6_DEFAULT_DECAY, FSRSItem, FSRSReview, MemoryState, current_retrievability};
use jiff::civil::Date;
use twox_hash::XxHash3_64;

pub use day::{Clock, NoSuchHour};
pub use memory::{Due, Memory, State};
pub use points::{Points, point_key};
pub use policy::{BadPolicy, Policy};

use crate::card::Key;
use crate::review::{Action, Entry, Grade, Moment, Source};

/// Part of every fingerprint. To be raised when the rules here, the numbers of the `fsrs` crate or the layout of a
/// stored [`Memory`] change.
const VERSION: u32 = 2;

/// Turns log entries into memories, by FSRS-6 within the rules of Anki for steps, fuzz and leeches.
///
/// The same entries and policy give the same memory, whenever and in whatever zone they are replayed: days are the
/// study days stored in the entries, and chance comes from the card's key and its number of reviews.
#[derive(Debug, Clone)]
pub struct Scheduler {
    policy: Policy,
    fsrs: FSRS,
    decay: f32,
}

impl Scheduler {
    pub fn new(policy: Policy) -> Result<Scheduler, BadPolicy> {
        policy.check()?;
        let fsrs = FSRS::new(&policy.parameters).map_err(|_| BadPolicy::Parameters(policy.parameters.len()))?;
        let decay = policy.parameters.get(20).map_or(FSRS6_DEFAULT_DECAY, |decay| decay.clamp(0.1, 0.8));
        Ok(Scheduler { policy, fsrs, decay })
    }

    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The memory after one more counting entry of the card. Retractions do nothing here: replay what still counts. An
    /// answer to one of its points does nothing either: [`Scheduler::apply_to_points`] learns of it.
    ///
    /// A review earlier than the last one, by a clock that was put back, counts as done at the time of the last one.
    pub fn apply(&self, memory: &Memory, entry: &Entry) -> Memory {
        let memory = *memory;
        match entry.action {
            Action::Review { grade, source, .. } => {
                let is_put_off = is_put_off(&memory, &entry.moment, grade, source);
                self.review(&entry.card, &memory, &entry.moment, grade, is_put_off)
            }
            Action::Suspend => Memory { suspended: true, ..memory },
            Action::Resume => Memory { suspended: false, ..memory },
            Action::Bury => Memory { buried: Some(entry.moment.day), ..memory },
            Action::Reset => Memory::default(),
            // What is remembered goes on under the other id: whoever keeps memories by card moves it.
            Action::Point { .. } | Action::Rename { .. } | Action::Retract(_) => memory,
        }
    }

    /// What each grade would lead to if it were given now in study: exactly what [`Scheduler::apply`] then does.
    pub fn preview(&self, card: &Key, memory: &Memory, now: Moment) -> [Memory; 4] {
        Grade::ALL.map(|grade| self.review(card, memory, &now, grade, false))
    }

    /// The probability that the card is recalled on a study day; `None` for new cards.
    pub fn retrievability(&self, memory: &Memory, day: Date) -> Option<f32> {
        let state = memory.fsrs()?;
        Some(current_retrievability(state, memory.elapsed(day) as f32, self.decay))
    }

    /// A number that differs between schedulers which may replay the same log to different memories. It is the same in
    /// every run, so what was replayed may be kept beside it.
    pub fn fingerprint(&self) -> u64 {
        let bytes = postcard::to_allocvec(&(VERSION, &self.policy)).expect("numbers and lists always serialise");
        XxHash3_64::oneshot(&bytes)
    }

    fn review(&self, card: &Key, before: &Memory, moment: &Moment, grade: Grade, is_put_off: bool) -> Memory {
        let mut memory = self.remember(before, moment, grade, is_put_off);
        memory.set_due(self.due(card, before, moment, grade, is_put_off));
        memory
    }

    /// All that a review changes but the due, which takes longest and is only needed after the last review.
    fn remember(&self, before: &Memory, moment: &Moment, grade: Grade, is_put_off: bool) -> Memory {
        let (at, day) = before.no_earlier(moment);
        let step = if is_put_off { None } else { step::next(&self.policy, before, grade) };
        let in_review = before.state == State::Review;
        let lapses = before.lapses.saturating_add((in_review && grade == Grade::Again).into());
        let leech = lapses > before.lapses && self.policy.makes_leech(lapses);
        let counted = if before.last_day == Some(day) { before.reviewed_on_last_day } else { 0 };
        let MemoryState { stability, difficulty } = self.state_after(before, day, grade);
        Memory {
            state: match (step, before.state) {
                (None, _) => State::Review,
                (Some(_), State::New | State::Learning) => State::Learning,
                (Some(_), State::Review | State::Relearning) => State::Relearning,
            },
            step: step.map_or(0, |step| step.number),
            stability,
            difficulty,
            reviews: before.reviews.saturating_add(1),
            lapses,
            first_day: before.first_day.or(Some(day)),
            last_day: Some(day),
            last_at: at.as_millisecond(),
            last_grade: Some(grade),
            reviewed_on_last_day: counted.saturating_add(in_review.into()),
            leech: before.leech || leech,
            suspended: before.suspended || (leech && self.policy.leech_suspends),
            ..*before
        }
    }

    fn state_after(&self, before: &Memory, day: Date, grade: Grade) -> MemoryState {
        let review = FSRSReview { rating: grade.number().into(), delta_t: before.elapsed(day) };
        let item = FSRSItem { reviews: vec![review] };
        self.fsrs.memory_state(item, before.fsrs()).expect("FSRS keeps finite states finite")
    }
}

/// Whether an answer takes no step and comes back on the next study day: one that failed in a mock interview which asked
/// the card before it was due. Right after the scorecard a retrieval would teach less than on the day after.
fn is_put_off(before: &Memory, moment: &Moment, grade: Grade, source: Source) -> bool {
    let was_due = before.state != State::New && before.has_come(moment);
    source == Source::Mock && grade == Grade::Again && !was_due
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::sample::{entry, histories, key, moment, policies, review, scheduler};
    use super::*;

    /// The memory after reviews given as (day, minute, grade).
    fn reviewed(scheduler: &Scheduler, reviews: &[(i64, i64, Grade)]) -> Memory {
        let entries: Vec<_> =
            reviews.iter().map(|(day, minute, grade)| review(moment(*day, *minute), *grade)).collect();
        scheduler.replay(&entries)
    }

    #[test]
    fn a_card_goes_from_new_through_steps_to_days_and_back_when_forgotten() {
        let scheduler = scheduler(|_| {});
        let mut reviews = vec![];
        let mut next = |day, minute, grade| {
            reviews.push((day, minute, grade));
            let memory = reviewed(&scheduler, &reviews);
            (memory.state, memory.step, memory.due())
        };
        assert_eq!(next(0, 0, Grade::Good), (State::Learning, 1, Due::At(moment(0, 10).at)));
        assert_eq!(next(0, 10, Grade::Good), (State::Review, 0, Due::On(moment(2, 0).day)));
        assert_eq!(next(2, 0, Grade::Good), (State::Review, 0, Due::On(moment(13, 0).day)));
        assert_eq!(next(13, 0, Grade::Again), (State::Relearning, 0, Due::At(moment(13, 10).at)));
        assert_eq!(next(13, 12, Grade::Good), (State::Review, 0, Due::On(moment(15, 0).day)));
    }

    #[test]
    fn reviews_and_lapses_are_counted_and_the_first_and_last_days_kept() {
        let reviews = [(0, 0, Grade::Easy), (9, 0, Grade::Again), (9, 10, Grade::Good), (9, 20, Grade::Hard)];
        let memory = reviewed(&scheduler(|_| {}), &reviews);
        assert_eq!((memory.reviews, memory.lapses), (4, 1));
        assert_eq!((memory.first_day, memory.last_day), (Some(moment(0, 0).day), Some(moment(9, 0).day)));
        assert_eq!((memory.last_at(), memory.last_grade), (Some(moment(9, 20).at), Some(Grade::Hard)));
        assert_eq!(memory.reviewed_on_last_day, 2, "the one in between found the card in relearning");
    }

    #[test]
    fn suspending_burying_and_resetting_do_what_they_say() {
        let scheduler = scheduler(|_| {});
        let known = reviewed(&scheduler, &[(0, 0, Grade::Easy), (9, 0, Grade::Again)]);
        let apply = |memory: &Memory, action| scheduler.apply(memory, &entry(moment(30, 0), action));
        let suspended = apply(&known, Action::Suspend);
        assert_eq!(suspended, Memory { suspended: true, ..known });
        assert_eq!(apply(&suspended, Action::Resume), known);
        assert_eq!(apply(&known, Action::Bury), Memory { buried: Some(moment(30, 0).day), ..known });
        assert_eq!(apply(&suspended, Action::Reset), Memory::default());
        assert_eq!(apply(&known, Action::Retract(review(moment(9, 0), Grade::Again).id)), known);
    }

    #[test]
    fn a_reset_card_is_learnt_as_if_it_were_new() {
        let scheduler = scheduler(|_| {});
        let old = review(moment(0, 0), Grade::Easy);
        let reset = entry(moment(3, 0), Action::Reset);
        let new = review(moment(5, 0), Grade::Good);
        assert_eq!(scheduler.replay([&old, &reset, &new]), scheduler.replay([&new]));
        assert_eq!(scheduler.replay([&old, &reset]), Memory::default());
    }

    fn mocked(moment: Moment, grade: Grade) -> Entry {
        entry(moment, Action::Review { grade, took: 0, source: Source::Mock, said: None })
    }

    #[test]
    fn what_a_mock_fails_before_it_is_due_comes_back_on_the_next_study_day_and_what_was_due_takes_its_step() {
        let scheduler = scheduler(|policy| policy.fuzz = true);
        let first = review(moment(0, 0), Grade::Easy);
        let failed = |day| scheduler.replay([&first, &mocked(moment(day, 0), Grade::Again)]);
        let early = failed(3);
        assert_eq!((early.state, early.due(), early.lapses), (State::Review, Due::On(moment(4, 0).day), 1));
        let late = failed(40);
        assert_eq!((late.state, late.due()), (State::Relearning, Due::At(moment(40, 10).at)));
        let new = scheduler.replay(&[mocked(moment(0, 0), Grade::Again)]);
        assert_eq!((new.state, new.due()), (State::Review, Due::On(moment(1, 0).day)));
    }

    #[test]
    fn what_a_mock_finds_recalled_before_it_is_due_is_an_early_review() {
        let scheduler = scheduler(|_| {});
        let first = review(moment(0, 0), Grade::Easy);
        let early = |entry| scheduler.replay([&first, &entry]);
        assert_eq!(early(mocked(moment(3, 0), Grade::Good)), early(review(moment(3, 0), Grade::Good)));
    }

    #[test]
    fn a_card_forgotten_too_often_is_a_leech_and_stays_one_when_resumed() {
        let scheduler = scheduler(|policy| (policy.leech_after, policy.leech_suspends) = (2, true));
        let lapse = |day| [(day, 0, Grade::Easy), (day + 1, 0, Grade::Again), (day + 1, 10, Grade::Good)];
        let once = reviewed(&scheduler, &lapse(0));
        assert_eq!((once.lapses, once.leech, once.suspended), (1, false, false));
        let twice = reviewed(&scheduler, &[lapse(0), lapse(10)].concat());
        assert_eq!((twice.lapses, twice.leech, twice.suspended), (2, true, true));
        let resumed = scheduler.apply(&twice, &entry(moment(12, 0), Action::Resume));
        assert_eq!((resumed.leech, resumed.suspended), (true, false));
    }

    #[test]
    fn a_review_by_a_clock_that_was_put_back_counts_as_done_when_the_last_one_was() {
        let scheduler = scheduler(|_| {});
        let before = [(0, 0, Grade::Easy), (9, 30, Grade::Good)];
        let behind = reviewed(&scheduler, &[before.as_slice(), &[(3, 0, Grade::Again)]].concat());
        let at_once = reviewed(&scheduler, &[before.as_slice(), &[(9, 30, Grade::Again)]].concat());
        assert_eq!(behind, at_once);
        assert_eq!(behind.due(), Due::At(moment(9, 40).at));
    }

    #[test]
    fn a_card_is_recalled_for_certain_at_first_and_nine_times_in_ten_after_its_stability() {
        let scheduler = scheduler(|_| {});
        assert_eq!(scheduler.retrievability(&Memory::default(), moment(0, 0).day), None);
        let memory = Memory { stability: 20.0, ..reviewed(&scheduler, &[(0, 0, Grade::Easy)]) };
        let on = |day| scheduler.retrievability(&memory, moment(day, 0).day).expect("a known card");
        assert_eq!((on(-5), on(0)), (1.0, 1.0));
        assert!((on(20) - 0.9).abs() < 1e-5);
        assert!(on(10) > on(20) && on(20) > on(300));
    }

    #[test]
    fn a_fingerprint_lasts_while_nothing_changes_and_differs_with_each_choice() {
        let changes: [fn(&mut Policy); 9] = [
            |_| {},
            |policy| policy.retention = 0.91,
            |policy| policy.learning_steps = vec![1],
            |policy| policy.relearning_steps = vec![1],
            |policy| policy.maximum_interval = 365,
            |policy| policy.fuzz = true,
            |policy| policy.leech_after = 7,
            |policy| policy.leech_suspends = true,
            |policy| policy.parameters = fsrs::DEFAULT_PARAMETERS.to_vec(),
        ];
        let fingerprints = changes.map(|change| scheduler(change).fingerprint());
        let distinct: std::collections::HashSet<_> = fingerprints.iter().collect();
        assert_eq!(distinct.len(), changes.len());
        assert_eq!(scheduler(|policy| *policy = Policy::default()).fingerprint(), 16_157_752_586_506_144_354);
    }

    proptest! {
        #[test]
        fn a_preview_is_what_the_review_then_leads_to(policy in policies(), history in histories(20)) {
            let scheduler = Scheduler::new(policy).expect("a good policy");
            let memory = scheduler.replay(&history);
            let now = moment(500, 0);
            let previews = scheduler.preview(&key("aws-ecs/task-role"), &memory, now);
            let applied = Grade::ALL.map(|grade| scheduler.apply(&memory, &review(now, grade)));
            prop_assert_eq!(previews, applied);
        }
    }
}

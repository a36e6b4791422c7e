//! How much was reviewed, and how well it was recalled.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;

use super::Share;
use crate::card::{Id, Key};
use crate::review::{Action, Entry, Grade};
use crate::scheduler::{Memory, Scheduler, State};

/// What the reviews of some cards add up to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    pub reviews: u32,
    /// Of the reviews of cards that were on a review schedule, those that were recalled: the true retention. Cards that
    /// were new or in a step of minutes tell nothing about it.
    pub retention: Share,
    /// Milliseconds, as far as they were measured.
    pub took: u64,
    /// The study days with a review.
    pub days: BTreeSet<Date>,
}

/// The tally of each deck that was reviewed, from the counting entries of the log (see
/// [`live`](crate::review::live)), oldest first. Reviews before a reset happened all the same.
pub fn tally(counting: &[&Entry], scheduler: &Scheduler) -> BTreeMap<Id, Tally> {
    let mut tallies: BTreeMap<Id, Tally> = BTreeMap::new();
    let mut memories: HashMap<&Key, Memory> = HashMap::new();
    for entry in counting {
        let memory = memories.entry(&entry.card).or_default();
        if let Action::Point { took, .. } = entry.action {
            let tally = tallies.entry(entry.card.deck.clone()).or_default();
            tally.reviews += 1;
            tally.took += u64::from(took);
            tally.days.insert(entry.moment.day);
        }
        if let Action::Review { grade, took, .. } = entry.action {
            let deck = &entry.card.deck;
            let tally = match tallies.get_mut(deck) {
                Some(tally) => tally,
                None => tallies.entry(deck.clone()).or_default(),
            };
            tally.reviews += 1;
            tally.took += u64::from(took);
            tally.days.insert(entry.moment.day);
            if memory.state == State::Review {
                tally.retention.count(grade != Grade::Again);
            }
        }
        *memory = scheduler.apply(memory, entry);
    }
    tallies
}

impl Tally {
    /// Adds up; a day counts once.
    pub fn add(&mut self, other: &Tally) {
        self.reviews += other.reviews;
        self.retention.add(other.retention);
        self.took += other.took;
        self.days.extend(&other.days);
    }

    /// The days with a review, of all days from the first of them to today.
    pub fn presence(&self, today: Date) -> Share {
        let (Some(first), Some(last)) = (self.days.first(), self.days.last()) else { return Share::default() };
        let span = today.max(*last).duration_since(*first).as_hours() / 24 + 1;
        Share { part: self.days.len() as u32, whole: u32::try_from(span).unwrap_or(u32::MAX) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::{Source, live};
    use crate::scheduler::Policy;
    use crate::stats::sample::{day, entry, retract, review};

    fn tallied(log: &[Entry]) -> BTreeMap<Id, Tally> {
        let scheduler = Scheduler::new(Policy { fuzz: false, ..Policy::default() }).expect("a good policy");
        tally(&live(log), &scheduler)
    }

    fn share(part: u32, whole: u32) -> Share {
        Share { part, whole }
    }

    #[test]
    fn only_cards_on_a_review_schedule_tell_the_true_retention() {
        let log = [
            review(1, "ecs/a", 0, Grade::Again),
            review(2, "ecs/a", 0, Grade::Easy),
            review(3, "ecs/a", 9, Grade::Hard),
            review(4, "ecs/a", 30, Grade::Again),
            review(5, "ecs/a", 30, Grade::Again),
        ];
        let tallies = tallied(&log);
        let tally = tallies.values().next().expect("a deck");
        assert_eq!((tally.reviews, tally.retention), (5, share(1, 2)));
    }

    #[test]
    fn an_answer_to_one_point_is_a_review_and_tells_nothing_of_the_retention() {
        let point = "p".parse().expect("an id");
        let action = Action::Point { point, grade: Grade::Again, took: 3_000, source: Source::Study, said: None };
        let log = [review(1, "ecs/a", 0, Grade::Easy), entry(2, "ecs/a", 20, action)];
        let tallies = tallied(&log);
        let tally = tallies.values().next().expect("a deck");
        assert_eq!((tally.reviews, tally.took, tally.retention), (2, 8_000, share(0, 0)));
    }

    #[test]
    fn each_deck_has_its_own_numbers_and_together_a_day_counts_once() {
        let log = [
            review(1, "ecs/a", 0, Grade::Good),
            review(2, "iam/b", 0, Grade::Good),
            review(3, "iam/b", 3, Grade::Good),
            entry(4, "vpc/c", 4, Action::Suspend),
        ];
        let tallies = tallied(&log);
        let told: Vec<_> =
            tallies.iter().map(|(deck, tally)| (deck.as_str(), tally.reviews, tally.took, tally.days.len())).collect();
        assert_eq!(told, [("ecs", 1, 5_000, 1), ("iam", 2, 10_000, 2)]);
        let mut all = Tally::default();
        for tally in tallies.values() {
            all.add(tally);
        }
        assert_eq!((all.reviews, all.took, all.presence(day(6))), (3, 15_000, share(2, 7)));
    }

    #[test]
    fn what_was_taken_back_does_not_count_and_what_was_brought_back_does() {
        let reviews = [review(1, "ecs/a", 0, Grade::Easy), review(2, "ecs/a", 20, Grade::Again)];
        let undone = [reviews.as_slice(), &[retract(3, "ecs/a", 2)]].concat();
        let redone = [undone.as_slice(), &[retract(4, "ecs/a", 3)]].concat();
        let counts = |log: &[Entry]| tallied(log).into_values().next().map(|tally| (tally.reviews, tally.retention));
        assert_eq!(counts(&undone), Some((1, share(0, 0))));
        assert_eq!(counts(&redone), counts(&reviews));
        assert_eq!(counts(&reviews), Some((2, share(0, 1))));
    }

    #[test]
    fn a_card_that_was_reset_is_new_again_and_its_reviews_happened() {
        let log = [
            review(1, "ecs/a", 0, Grade::Easy),
            entry(2, "ecs/a", 1, Action::Reset),
            review(3, "ecs/a", 20, Grade::Again),
        ];
        let tallies = tallied(&log);
        let tally = tallies.values().next().expect("a deck");
        assert_eq!((tally.reviews, tally.retention), (2, share(0, 0)));
    }

    #[test]
    fn days_before_the_first_review_are_no_days_without_one() {
        assert_eq!(Tally::default().presence(day(5)), share(0, 0));
        let days = BTreeSet::from([day(3), day(4)]);
        let tally = Tally { days, ..Tally::default() };
        assert_eq!(tally.presence(day(4)), share(2, 2));
        assert_eq!(tally.presence(day(9)), share(2, 7));
        assert_eq!(tally.presence(day(0)), share(2, 2), "a clock that was put back");
    }
}

//! What is asked today, and in which order.

use std::cmp::Ordering;
use std::collections::VecDeque;

use jiff::{SignedDuration, Timestamp};

use crate::card::{Id, Key};
use crate::review::{Entry, Moment};
use crate::scheduler::{Due, Memory, State, point_key};

/// A learning step that ends within this time is asked at once when nothing else is left, as in Anki.
const LEARN_AHEAD: SignedDuration = SignedDuration::from_mins(20);

/// A card that may be asked, or one of its points. Candidates come in the order of their decks.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    pub card: Key,
    /// The point that is asked alone; none for the whole card.
    pub point: Option<Id>,
    pub memory: Memory,
    /// Probability of recall now, 0 to 1; none for a new card.
    pub retrievability: Option<f32>,
}

impl Candidate {
    /// Whether both are the same card, or the same point of it.
    pub fn is_same(&self, other: &Candidate) -> bool {
        self.card == other.card && self.point == other.point
    }

    /// Whether an entry is about it.
    pub fn is_of(&self, entry: &Entry) -> bool {
        self.card == entry.card && self.point.as_ref() == entry.point()
    }

    /// The key under which its schedule is drawn.
    pub fn key(&self) -> Key {
        self.point.as_ref().map_or_else(|| self.card.clone(), |point| point_key(&self.card, point))
    }

    /// Whether it is a card that was never answered. A point was, with its card.
    pub fn is_new(&self) -> bool {
        self.point.is_none() && self.memory.state == State::New
    }
}

/// The cards still to come.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Queue {
    /// Points first, then reviews by rising retrievability, new ones spread among them.
    waiting: VecDeque<Candidate>,
    /// Cards in a learning step, with the end of the step.
    steps: Vec<(Timestamp, Candidate)>,
}

/// How many cards are still to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Remaining {
    pub new: usize,
    pub reviews: usize,
    pub steps: usize,
}

impl Queue {
    /// Chooses from the candidates what `new` and `reviews` allow. Steps that are due today are never left out. Points come
    /// before cards, as the answer to a card gives its points away.
    pub fn choose(candidates: impl IntoIterator<Item = Candidate>, new: usize, reviews: usize, now: Moment) -> Queue {
        let (mut fresh, mut due, mut steps) = (Vec::new(), Vec::new(), Vec::new());
        for candidate in candidates {
            match candidate.memory.due() {
                _ if candidate.memory.is_set_aside(now.day) => {}
                Due::Anytime if candidate.point.is_some() => due.push(candidate),
                Due::Anytime if fresh.len() < new => fresh.push(candidate),
                Due::Anytime => {}
                Due::At(end) if end <= now.at + LEARN_AHEAD => steps.push((end, candidate)),
                Due::At(_) => {}
                Due::On(day) if day <= now.day => due.push(candidate),
                Due::On(_) => {}
            }
        }
        due.sort_by(by_need);
        due.truncate(reviews);
        steps.sort_by_key(|(end, _)| *end);
        let cards = due.split_off(due.partition_point(|candidate| candidate.point.is_some()));
        let waiting = due.into_iter().chain(spread(cards, fresh)).collect();
        Queue { waiting, steps }
    }

    /// The next card: a step that has ended, else what waits, else the nearest step if it ends soon.
    pub fn next(&mut self, now: Timestamp) -> Option<Candidate> {
        if self.steps.first().is_some_and(|(end, _)| *end <= now) {
            return Some(self.steps.remove(0).1);
        }
        if let Some(candidate) = self.waiting.pop_front() {
            return Some(candidate);
        }
        let soon = self.steps.first().is_some_and(|(end, _)| *end <= now + LEARN_AHEAD);
        soon.then(|| self.steps.remove(0).1)
    }

    /// The first card that waits, whatever step has ended meanwhile.
    pub fn next_waiting(&mut self) -> Option<Candidate> {
        self.waiting.pop_front()
    }

    /// Puts a card that was just answered back, if it comes again in this sitting.
    pub fn put_back(&mut self, candidate: Candidate, now: Moment) {
        self.remove(&candidate);
        if candidate.memory.is_set_aside(now.day) {
            return;
        }
        if let Due::At(end) = candidate.memory.due() {
            let place = self.steps.partition_point(|(other, _)| *other <= end);
            self.steps.insert(place, (end, candidate));
        }
    }

    /// The card is asked next.
    pub fn put_first(&mut self, candidate: Candidate) {
        self.remove(&candidate);
        self.waiting.push_front(candidate);
    }

    /// The card is asked when everything that waits has been.
    pub fn put_last(&mut self, candidate: Candidate) {
        self.remove(&candidate);
        self.waiting.push_back(candidate);
    }

    pub fn remove(&mut self, candidate: &Candidate) {
        self.waiting.retain(|waiting| !waiting.is_same(candidate));
        self.steps.retain(|(_, waiting)| !waiting.is_same(candidate));
    }

    /// Keeps the cards that pass the test.
    pub fn retain(&mut self, is_there: impl Fn(&Key) -> bool) {
        self.waiting.retain(|waiting| is_there(&waiting.card));
        self.steps.retain(|(_, waiting)| is_there(&waiting.card));
    }

    pub fn remaining(&self) -> Remaining {
        let new = self.waiting.iter().filter(|candidate| candidate.is_new()).count();
        Remaining { new, reviews: self.waiting.len() - new, steps: self.steps.len() }
    }

    /// When the nearest learning step ends.
    pub fn next_step(&self) -> Option<Timestamp> {
        self.steps.first().map(|(end, _)| *end)
    }
}

impl Remaining {
    pub fn all(self) -> usize {
        self.new + self.reviews + self.steps
    }
}

fn by_need(left: &Candidate, right: &Candidate) -> Ordering {
    let recall = |candidate: &Candidate| candidate.retrievability.unwrap_or(1.0);
    left.point.is_none().cmp(&right.point.is_none()).then_with(|| recall(left).total_cmp(&recall(right)))
}

/// New cards at even distances among the reviews, so that neither comes in one block.
fn spread(due: Vec<Candidate>, fresh: Vec<Candidate>) -> VecDeque<Candidate> {
    let (reviews, new) = (due.len(), fresh.len());
    let (mut due, mut fresh) = (due.into_iter(), fresh.into_iter());
    let mut mixed = VecDeque::with_capacity(reviews + new);
    for place in 0..reviews + new {
        let new_so_far = (place + 1) * new / (reviews + new);
        let is_new = new_so_far > place * new / (reviews + new);
        mixed.extend(if is_new { fresh.next() } else { due.next() });
    }
    mixed
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::study::sample::{due, new, now, step};

    fn order(mut queue: Queue) -> String {
        let mut names = Vec::new();
        while let Some(candidate) = queue.next(now().at) {
            names.push(candidate.card.card.to_string());
        }
        names.join(" ")
    }

    #[test]
    fn points_come_before_all_cards_and_those_that_wait_after_those_that_are_due() {
        let point = |candidate: Candidate, recall: Option<f32>| Candidate {
            point: Some("p".parse().expect("an id")),
            retrievability: recall,
            ..candidate
        };
        let candidates = [new("a"), due("b", 0.1), point(new("c"), None), point(due("d", 0.8), Some(0.8)), new("e")];
        let mut queue = Queue::choose(candidates, 10, 100, now());
        let remaining = queue.remaining();
        assert_eq!((remaining.new, remaining.reviews), (2, 3));
        let order: Vec<String> =
            std::iter::from_fn(|| queue.next(now().at)).map(|candidate| candidate.card.card.to_string()).collect();
        assert_eq!(order[..2], ["d", "c"], "{order:?}");
    }

    #[test]
    fn the_card_most_likely_forgotten_comes_first() {
        let queue = Queue::choose([due("a", 0.9), due("b", 0.3), due("c", 0.6)], 10, 100, now());
        assert_eq!(order(queue), "b c a");
    }

    #[test]
    fn new_cards_are_spread_among_the_reviews_in_the_order_of_the_deck() {
        let reviews = (1..=6).map(|number| due(&format!("r{number}"), number as f32 / 10.0));
        let queue = Queue::choose(reviews.chain([new("n1"), new("n2")]), 10, 100, now());
        assert_eq!(order(queue), "r1 r2 r3 n1 r4 r5 r6 n2");
    }

    #[test]
    fn daily_limits_hold_for_new_cards_and_reviews_but_not_for_steps() {
        let cards = [due("r1", 0.5), due("r2", 0.4), new("n1"), new("n2"), step("s1", -1), step("s2", -2)];
        assert_eq!(order(Queue::choose(cards.clone(), 1, 1, now())), "s2 s1 r2 n1");
        assert_eq!(order(Queue::choose(cards, 0, 0, now())), "s2 s1");
    }

    #[test]
    fn a_step_that_has_not_ended_waits_for_the_rest_and_then_comes_at_once() {
        let queue = Queue::choose([step("soon", 9), due("r", 0.5)], 10, 100, now());
        assert_eq!(order(queue), "r soon");
    }

    #[test]
    fn a_step_that_ends_late_waits_for_its_time() {
        let mut queue = Queue::default();
        queue.put_back(step("late", 9), now());
        let early = now().at - SignedDuration::from_mins(12);
        assert_eq!(queue.next(early), None);
        assert!(queue.next_step().is_some());
        assert!(queue.next(now().at).is_some());
    }

    #[test]
    fn what_is_not_due_suspended_or_buried_today_is_not_asked() {
        let with = |name: &str, change: fn(&mut Memory)| {
            let mut candidate = new(name);
            change(&mut candidate.memory);
            candidate
        };
        let suspended = with("s", |memory| memory.suspended = true);
        let buried = with("b", |memory| memory.buried = Some(now().day));
        let unburied = with("u", |memory| memory.buried = Some(date(2026, 11, 21)));
        assert_eq!(order(Queue::choose([suspended, buried, unburied], 10, 100, now())), "u");
        let yesterday = Moment { day: date(2026, 1, 1), ..now() };
        assert_eq!(order(Queue::choose([due("d", 0.5)], 10, 100, yesterday)), "", "not due that early");
    }
}

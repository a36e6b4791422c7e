//! What a card's log entries come to for its points: those that a mock interview found missing come back alone.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Memory, Scheduler, State};
use crate::card::{Id, Key};
use crate::review::{Action, Entry, Grade, Mark, Mock, Source, Typed};

/// Days of stability from which on a point needs no question of its own: it is asked with its card again.
const KNOWN: f32 = 21.0;

/// The points of one card that are, or were, asked by themselves. The default is a card without any.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Points {
    memories: Vec<(Id, Memory)>,
    waiting: Vec<Id>,
    #[serde(with = "super::day::as_number")]
    since: Option<Date>,
}

impl Points {
    /// The points that are asked by themselves, each with its memory, until they are known so well that their card
    /// suffices.
    pub fn asked(&self) -> impl Iterator<Item = (&Id, &Memory)> {
        let is_asked = |(_, memory): &&(Id, Memory)| !(memory.state == State::Review && memory.stability > KNOWN);
        self.memories.iter().filter(is_asked).map(|(id, memory)| (id, memory))
    }

    /// The points that the last mock interview found missing and for which there was no room yet, in the order of the
    /// card; and the study day of that interview.
    pub fn waiting(&self) -> (&[Id], Option<Date>) {
        (&self.waiting, self.since)
    }

    /// The memory of a point; that of a new one if it was never asked by itself.
    pub fn of(&self, point: &Id) -> Memory {
        self.memories.iter().find(|(id, _)| id == point).map_or_else(Memory::default, |(_, memory)| *memory)
    }

    /// What is known of each point that was ever asked by itself.
    pub fn memories(&self) -> impl Iterator<Item = &Memory> {
        self.memories.iter().map(|(_, memory)| memory)
    }

    pub fn is_empty(&self) -> bool {
        self.memories.is_empty() && self.waiting.is_empty()
    }

    fn put(&mut self, point: &Id, memory: Memory) {
        self.waiting.retain(|id| id != point);
        match self.memories.iter_mut().find(|(id, _)| id == point) {
            Some((_, known)) => *known = memory,
            None => self.memories.push((point.clone(), memory)),
        }
    }

    /// What a mock found missing waits, but for what comes back already.
    fn wait(&mut self, typed: &Typed, mock: &Mock, day: Date) {
        let is_missing = |point: &Id| {
            !mock.returns.contains(point)
                && !mock.prompted.contains(point)
                && !self.asked().any(|(asked, _)| asked == point)
        };
        let missed = typed.marks.iter().filter(|mark| mark.is_decided() && mark.counting() == Mark::Missed);
        self.waiting = missed.map(|mark| &mark.point).filter(|point| is_missing(point)).cloned().collect();
        self.since = Some(day);
    }
}

impl Scheduler {
    /// The points of a card after one more counting entry of it.
    pub fn apply_to_points(&self, points: &mut Points, entry: &Entry) {
        match &entry.action {
            Action::Point { point, grade, source, .. } => {
                let memory = self.answered_point(points, entry, point, *grade, *source);
                points.put(point, memory);
            }
            Action::Reset => *points = Points::default(),
            _ => {
                let Some(typed) = entry.typed() else { return };
                match &typed.mock {
                    Some(mock) => self.apply_mock(points, entry, typed, mock),
                    None => {
                        let said = |id: &Id| {
                            typed.marks.iter().any(|mark| mark.point == *id && mark.counting() == Mark::Covered)
                        };
                        points.waiting.retain(|id| !said(id));
                    }
                }
            }
        }
    }

    /// The points of a card whose counting entries these are, oldest first.
    pub fn replay_points<'a>(&self, entries: impl IntoIterator<Item = &'a Entry>) -> Points {
        let mut points = Points::default();
        entries.into_iter().for_each(|entry| self.apply_to_points(&mut points, entry));
        points
    }

    fn apply_mock(&self, points: &mut Points, entry: &Entry, typed: &Typed, mock: &Mock) {
        for point in &mock.returns {
            let memory = self.answered_point(points, entry, point, Grade::Again, Source::Mock);
            points.put(point, memory);
        }
        points.wait(typed, mock, entry.moment.day);
    }

    /// A point that a mock found missing takes no step: it comes back on the next study day.
    fn answered_point(&self, points: &Points, entry: &Entry, point: &Id, grade: Grade, source: Source) -> Memory {
        let key = point_key(&entry.card, point);
        self.review(&key, &points.of(point), &entry.moment, grade, source == Source::Mock && grade == Grade::Again)
    }
}

/// The name under which chance is drawn for a point. It is the key of no card.
pub fn point_key(card: &Key, point: &Id) -> Key {
    Key { deck: card.card.clone(), card: point.clone() }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{entry, moment, review, scheduler};
    use super::super::{Due, day};
    use super::*;
    use crate::review::{Marked, Percent, Said};
    use crate::text::Safe;

    fn id(text: &str) -> Id {
        text.parse().expect("an id")
    }

    /// The row of a mock in which these points were missed, the first of which come back.
    fn mocked(on: i64, missed: &[&str], returns: usize) -> Entry {
        let marked = |name: &&str| Marked { point: id(name), mark: Mark::Missed, p: None, sure: true, flipped: None };
        let mock = Mock {
            minutes: 20,
            seed: 1,
            level: None,
            spoken: false,
            structure: None,
            said: Percent::of(0.5),
            score: Percent::of(0.5),
            prompted: Vec::new(),
            hinted: Vec::new(),
            returns: missed[..returns].iter().map(|name| id(name)).collect(),
        };
        let typed = Typed::new(&Safe::from("so"), None, missed.iter().map(marked).collect(), Vec::new());
        let said = Some(Said::Typed(Typed { mock: Some(mock), ..typed }));
        entry(moment(on, 0), Action::Review { grade: Grade::Again, took: 0, source: Source::Mock, said })
    }

    fn asked(on: i64, point: &str, grade: Grade) -> Entry {
        let action = Action::Point { point: id(point), grade, took: 0, source: Source::Study, said: None };
        entry(moment(on, 0), action)
    }

    #[test]
    fn a_point_that_a_mock_found_missing_is_due_on_the_next_study_day_and_the_rest_waits() {
        let points = scheduler(|_| {}).replay_points(&[mocked(0, &["a", "b", "c"], 2)]);
        let due: Vec<_> = points.asked().map(|(id, memory)| (id.as_str(), memory.due())).collect();
        assert_eq!(due, [("a", Due::On(moment(1, 0).day)), ("b", Due::On(moment(1, 0).day))]);
        assert_eq!(points.waiting(), ([id("c")].as_slice(), Some(moment(0, 0).day)));
    }

    #[test]
    fn a_point_recalled_a_few_times_goes_back_into_its_card_and_a_later_miss_brings_it_back() {
        let scheduler = scheduler(|_| {});
        let mut log = vec![mocked(0, &["a"], 1)];
        let mut answers = 0;
        while let Some((_, memory)) = scheduler.replay_points(&log).asked().next() {
            let Due::On(due) = memory.due() else { panic!("a step") };
            log.push(asked(day::elapsed(moment(0, 0).day, due).into(), "a", Grade::Good));
            answers += 1;
        }
        assert!((3..8).contains(&answers), "{answers}");
        log.push(mocked(300, &["a"], 1));
        assert_eq!(scheduler.replay_points(&log).asked().count(), 1);
    }

    #[test]
    fn a_due_point_that_a_mock_finds_missing_takes_no_step_either() {
        let points = scheduler(|_| {}).replay_points(&[mocked(0, &["a"], 1), mocked(9, &["a"], 1)]);
        assert_eq!(points.of(&id("a")).due(), Due::On(moment(10, 0).day));
    }

    #[test]
    fn points_tell_nothing_of_their_card_and_a_reset_forgets_them() {
        let scheduler = scheduler(|_| {});
        let log = [mocked(0, &["a", "b"], 1), asked(1, "a", Grade::Good)];
        assert_eq!(scheduler.replay(&log), scheduler.replay(&log[..1]));
        let reset = entry(moment(2, 0), Action::Reset);
        assert!(scheduler.replay_points(log.iter().chain([&reset])).is_empty());
        assert!(scheduler.replay_points(&[review(moment(0, 0), Grade::Again)]).is_empty());
    }

    #[test]
    fn what_waits_goes_when_it_is_asked_or_said_elsewhere() {
        let scheduler = scheduler(|_| {});
        let waits = |more: Entry| {
            let points = scheduler.replay_points(&[mocked(0, &["a", "b"], 0), more]);
            points.waiting().0.iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        assert_eq!(waits(asked(1, "a", Grade::Hard)), ["b"]);
        let marks = vec![Marked { point: id("b"), mark: Mark::Covered, p: None, sure: true, flipped: None }];
        let said = Some(Said::Typed(Typed::new(&Safe::from("b"), None, marks, Vec::new())));
        let action = Action::Review { grade: Grade::Good, took: 0, source: Source::Study, said };
        assert_eq!(waits(entry(moment(1, 0), action)), ["a"]);
    }
}

//! Points that a mock interview found missing, as far as their cards still have them: they are asked by themselves.

use jiff::civil::Date;

use super::Workspace;
use crate::card::{Card, Id, Key, Kind};
use crate::library::Shelf;
use crate::review::{Entry, Moment};
use crate::scheduler::{Memory, Points};
use crate::study::Candidate;

/// Points that are asked in one day before any that still waits joins them.
const A_DAY: usize = 5;

impl Workspace {
    /// A card as the queue sees it on a day, or the point of it that an entry is about.
    pub fn candidate_of(&self, entry: &Entry, today: Date) -> Candidate {
        match entry.point() {
            None => self.candidate(entry.card.clone(), today),
            Some(point) => self.point_candidate(&entry.card, point, today),
        }
    }

    fn point_candidate(&self, card: &Key, point: &Id, today: Date) -> Candidate {
        let memory = self.memories.points(card).map_or_else(Memory::default, |points| points.of(point));
        let retrievability = self.scheduler.retrievability(&memory, today);
        Candidate { card: card.clone(), point: Some(point.clone()), memory, retrievability }
    }

    /// The points of a deck that are asked by themselves, due or not. Those of a card that is set aside are left out, and
    /// those that are in no card any more.
    pub fn points(&self, shelf: &Shelf, today: Date) -> Vec<Candidate> {
        let known = |points: &Points| points.asked().map(|(id, _)| id.clone()).collect();
        let asked = self.own_points(shelf, today, known);
        asked.iter().map(|(card, point, _)| self.point_candidate(card, point, today)).collect()
    }

    /// The points of some decks that are asked on this day: those that are due and, where these are few, the heaviest of
    /// those that wait since an earlier day.
    pub(super) fn points_today<'s>(&self, shelves: impl Iterator<Item = &'s Shelf>, now: Moment) -> Vec<Candidate> {
        let (mut due, mut waiting) = (Vec::new(), Vec::new());
        for shelf in shelves {
            let points = self.points(shelf, now.day);
            due.extend(points.into_iter().filter(|point| self.due_day(&point.memory).is_none_or(|day| day <= now.day)));
            waiting.extend(self.own_points(shelf, now.day, |points| match points.waiting() {
                (waiting, Some(since)) if since < now.day => waiting.to_vec(),
                _ => Vec::new(),
            }));
        }
        waiting.sort_by_key(|(.., weight)| std::cmp::Reverse(*weight));
        let room = A_DAY.saturating_sub(due.len() + self.memories.points_done_on(now.day));
        due.extend(waiting.iter().take(room).map(|(card, point, _)| self.point_candidate(card, point, now.day)));
        due
    }

    /// Some points of the cards of a deck with their weights, as far as they are there and not set aside.
    fn own_points(&self, shelf: &Shelf, today: Date, of: impl Fn(&Points) -> Vec<Id>) -> Vec<(Key, Id, u8)> {
        let mut found = Vec::new();
        for (card, points) in self.memories.all_points().filter(|(card, _)| card.deck == shelf.id) {
            let wanted = of(points);
            if wanted.is_empty() || self.memory(card).is_set_aside(today) {
                continue;
            }
            let Ok(read) = self.library.card(&card.deck, &card.card) else { continue };
            let weight = |point: &Id| weight(&read, point);
            found.extend(wanted.into_iter().filter_map(|id| Some((card.clone(), id.clone(), weight(&id)?))));
        }
        found.sort_by(|one, other| (&one.0, &one.1).cmp(&(&other.0, &other.1)));
        found
    }
}

/// The weight of a point of a card; none if it has no such point.
fn weight(card: &Card, point: &Id) -> Option<u8> {
    match &card.kind {
        Kind::Recall(recall) => recall.points.iter().find(|own| own.id == *point).map(|own| own.weight),
        Kind::Choice(_) | Kind::Cloze(_) | Kind::Code(_) => None,
    }
}

//! What is done on the scorecard: a look at the answers, corrections, and the way to the log.

use super::keys::Action;
use super::{Face, MockScreen, Record};
use crate::interview::Told;
use crate::review::{Action as Taken, Entry, EntryId, Grade, Mark, Source};
use crate::safe;
use crate::text::{Safe, count};
use crate::tui::event::{Desk, Effect, Notice, Route, Screen as _, Tone};
use crate::workspace::Draft;

/// Questions that are asked once more.
const WEAK: usize = 2;

impl MockScreen {
    /// Actions on the scorecard.
    pub(super) fn look(&mut self, action: Action, desk: &Desk) -> Vec<Effect> {
        match action {
            Action::Walk => self.turn_to(Face::Walk(0)),
            Action::Next | Action::Before => self.walk(action == Action::Next),
            Action::Edit => return self.edit(),
            Action::Trend => self.turn_to(Face::Trend),
            Action::Close => self.turn_to(Face::Score),
            Action::Flip(number) => return self.flip(number, desk),
            Action::OtherGrade => return self.other_grade(desk),
            Action::Structure(band) => {
                self.sitting.structure = Some(band);
                return self.corrected(desk);
            }
            Action::Export => {
                return self.report.clone().map(|report| Effect::Export(Box::new(report))).into_iter().collect();
            }
            Action::Record => return self.put_on_record(false, desk),
            Action::Rehearse => return self.rehearse(desk),
            Action::Help => return vec![Effect::Open(Route::Help(self.hints()))],
            Action::Undo => {
                let words = match self.sitting.is_rehearsal {
                    true => "nothing of this is on record",
                    false => "nothing of this interview is on record yet; s puts it there, and u takes it back then",
                };
                return vec![Notice::new(Tone::Quiet, Safe::from(words))];
            }
            Action::Up => self.go(-1, desk),
            Action::Down => self.go(1, desk),
            Action::PageUp => self.go(2 - desk.size.1 as isize, desk),
            Action::PageDown => self.go(desk.size.1 as isize - 2, desk),
            _ => {}
        }
        Vec::new()
    }

    /// The form of the card whose answer is looked at. The interview stays as it was held.
    fn edit(&self) -> Vec<Effect> {
        let Face::Walk(at) = self.face else { return Vec::new() };
        let told = self.report.as_ref().and_then(|report| report.questions.get(at));
        let route =
            |told: &Told| Route::Edit { deck: Some(told.card.deck.clone()), card: Some(told.card.card.clone()) };
        told.map(route).map(Effect::Open).into_iter().collect()
    }

    fn walk(&mut self, forward: bool) {
        let all = self.report.as_ref().map_or(0, |report| report.questions.len());
        match self.face {
            Face::Walk(at) if forward && at + 1 < all => self.turn_to(Face::Walk(at + 1)),
            Face::Walk(at) if !forward && at > 0 => self.turn_to(Face::Walk(at - 1)),
            _ if self.sitting.is_rehearsal => {}
            _ => self.turn_to(Face::Score),
        }
    }

    /// Asks the weak two once more, on top of the scorecard.
    fn rehearse(&self, desk: &Desk) -> Vec<Effect> {
        let Some(report) = &self.report else { return Vec::new() };
        let cards: Vec<_> = report.weakest(WEAK).into_iter().map(|place| &report.questions[place].card).collect();
        let place =
            |card: &&crate::card::Key| self.sitting.plan.questions.iter().position(|drawn| drawn.card == **card);
        let places: Vec<usize> = cards.iter().filter_map(place).collect();
        if places.is_empty() {
            return vec![Notice::new(Tone::Quiet, Safe::from("every point was said: there is nothing weak to replay"))];
        }
        vec![Effect::Open(Route::Mock(Box::new(self.sitting.rehearse(&places, desk.now.at))))]
    }

    pub(super) fn leave(&mut self, desk: &Desk) -> Vec<Effect> {
        if self.sitting.is_rehearsal {
            return vec![Effect::Back];
        }
        let is_empty = self.report.as_ref().is_some_and(|report| report.questions.is_empty());
        match self.record {
            Record::Open if self.is_over() && !is_empty => self.put_on_record(true, desk),
            Record::Open if is_empty => vec![Effect::Keep { draft: Draft::interview(), text: None }, Effect::Back],
            Record::Open => {
                self.sitting.pause(desk.now.at);
                let mut effects = self.keep(desk);
                effects.push(Effect::Back);
                effects.push(Notice::new(Tone::Quiet, Safe::from("the interview waits at this second; m goes on")));
                effects
            }
            Record::Going { .. } => Vec::new(),
            Record::Done | Record::Withdrawn => vec![Effect::Back],
        }
    }

    /// One row for each answer that was handed in. They share their moment, which makes them one interview.
    fn put_on_record(&mut self, leaves: bool, desk: &Desk) -> Vec<Effect> {
        let Some(report) = self.report.as_ref().filter(|_| self.record == Record::Open) else { return Vec::new() };
        let told: Vec<_> = report.questions.iter().enumerate().filter(|(_, told)| !told.is_skipped).collect();
        if self.sitting.entries.len() != told.len() {
            let fresh = desk.fresh.0.as_u128();
            let id = |number: usize| EntryId::new(desk.now.at, fresh.wrapping_add((number as u128) << 48));
            self.sitting.entries = (0..told.len()).map(id).collect();
        }
        let entry = |((place, told), id): (&(usize, &Told), &EntryId)| {
            let took = u32::try_from(told.took).unwrap_or(u32::MAX);
            let action =
                Taken::Review { grade: told.grade, took, source: Source::Mock, said: Some(report.record(*place)) };
            Effect::Record(Entry { id: *id, card: told.card.clone(), moment: desk.now, action })
        };
        let entries: Vec<Effect> = told.iter().zip(&self.sitting.entries).map(entry).collect();
        let mut effects = self.keep(desk);
        self.record = Record::Going { left: self.sitting.entries.clone(), leaves };
        effects.extend(entries);
        effects.extend(self.arrived(None));
        effects
    }

    /// An entry is on the disk; when it was the last one, the draft has done its duty.
    pub(super) fn arrived(&mut self, id: Option<EntryId>) -> Vec<Effect> {
        let Record::Going { left, leaves } = &mut self.record else { return Vec::new() };
        left.retain(|other| Some(*other) != id);
        if !left.is_empty() {
            return Vec::new();
        }
        let leaves = *leaves;
        self.record = Record::Done;
        let answers = count(self.sitting.entries.len() as u64, "answer is", "answers are");
        let mut effects = vec![Effect::Keep { draft: Draft::interview(), text: None }];
        effects.extend(leaves.then_some(Effect::Back));
        effects.push(match self.sitting.entries.is_empty() {
            true => Notice::new(Tone::Quiet, Safe::from("no question was answered, so nothing is on record")),
            false => Notice::new(Tone::Good, safe!("{answers} on record · u takes the whole interview back")),
        });
        effects
    }

    fn flip(&mut self, number: usize, desk: &Desk) -> Vec<Effect> {
        let Face::Walk(at) = self.face else { return Vec::new() };
        let Some(report) = &self.report else { return Vec::new() };
        let Some(place) = report.by_worth().get(at).copied() else { return Vec::new() };
        let Some(point) = report.questions[place].points.get(number) else { return Vec::new() };
        let mut marked = point.marked.clone();
        let decided: Option<Mark> = if marked.p.is_none() && self.sitting.wishes.is_spoken {
            (marked.mark == Mark::Missed).then_some(Mark::Covered)
        } else {
            marked.flip();
            marked.flipped
        };
        let Some(answer) = self.sitting.answer_mut(place) else { return Vec::new() };
        answer.decided.retain(|(point, _)| *point != marked.point);
        answer.decided.extend(decided.map(|mark| (marked.point, mark)));
        self.corrected(desk)
    }

    fn other_grade(&mut self, desk: &Desk) -> Vec<Effect> {
        let Face::Walk(at) = self.face else { return Vec::new() };
        let Some(place) = self.report.as_ref().and_then(|report| report.by_worth().get(at).copied()) else {
            return Vec::new();
        };
        let Some(answer) = self.sitting.answer_mut(place) else { return Vec::new() };
        answer.grade = match answer.grade {
            None => Some(Grade::Again),
            Some(grade) => Grade::from_number(grade.number() + 1),
        };
        self.corrected(desk)
    }

    fn corrected(&mut self, desk: &Desk) -> Vec<Effect> {
        let mut effects = self.finish(desk);
        effects.extend(self.keep(desk));
        effects
    }
}

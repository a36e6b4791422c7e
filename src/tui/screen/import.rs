//! Cards that a pasted text proposes: each is accepted, edited or dropped, and at the end all are written at once.

mod draft;
mod keys;

use self::draft::Proposal;
use self::keys::{Action, DECIDING, DONE, DROPPED, FAILED, PAGES};
use crate::card::Id;
use crate::safe;
use crate::text::{Safe, count};
use crate::tui::event::{Desk, Effect, Event, Notice, Outcome, Screen, Tone};
use crate::tui::keys::{Bind, Hint, find, hints};
use crate::tui::paint::{Canvas, Row};
use crate::tui::theme::Role;
use crate::tui::widget::markdown;
use crate::tui::widget::scenario::{ROOMY, measure};
use crate::tui::widget::scroll::Scroll;
use crate::workspace::Batch;

#[derive(Debug, Clone, Copy, PartialEq)]
enum Face {
    /// A proposal is on the table.
    Deciding,
    /// Everything is decided, and the cards are on their way to the disk.
    Writing,
    /// They did not get there.
    Failed,
    Done,
}

pub struct Import {
    batch: Batch,
    proposals: Vec<Proposal>,
    at: usize,
    face: Face,
    scroll: Scroll,
    asks_to_leave: bool,
}

impl Import {
    pub fn open(mut batch: Batch) -> Import {
        let cards = std::mem::take(&mut batch.joined.added);
        let face = if cards.is_empty() { Face::Done } else { Face::Deciding };
        let proposals = cards.into_iter().map(Proposal::new).collect();
        Import { batch, proposals, at: 0, face, scroll: Scroll::default(), asks_to_leave: false }
    }

    fn accepted(&self) -> usize {
        self.proposals.iter().filter(|proposal| proposal.is_accepted == Some(true)).count()
    }

    fn tables(&self) -> [&'static [Bind<Action>]; 2] {
        let own = match self.face {
            Face::Deciding => DECIDING,
            Face::Writing => &[],
            Face::Failed => FAILED,
            Face::Done if self.is_all_dropped() => DROPPED,
            Face::Done => DONE,
        };
        [own, PAGES]
    }

    fn act(&mut self, action: Action, desk: &Desk) -> Vec<Effect> {
        let asked_to_leave = std::mem::take(&mut self.asks_to_leave);
        match action {
            Action::Accept => return self.decide(true),
            Action::Drop => return self.decide(false),
            Action::AcceptAll => {
                for proposal in &mut self.proposals[self.at..] {
                    proposal.is_accepted.get_or_insert(true);
                }
                return self.write();
            }
            Action::Again => return self.write(),
            Action::Back if self.face != Face::Deciding => {
                self.face = Face::Deciding;
                self.turn_to(self.at);
            }
            Action::Back => self.turn_to(self.at.saturating_sub(1)),
            Action::Edit => return vec![Effect::Edit(self.proposals[self.at].text())],
            Action::PageUp => self.go(-(desk.size.1 as isize - 2), desk),
            Action::PageDown => self.go(desk.size.1 as isize - 2, desk),
            Action::Up => self.go(-1, desk),
            Action::Down => self.go(1, desk),
            Action::Leave if self.face == Face::Done || asked_to_leave || self.is_untouched() => {
                return vec![Effect::Back];
            }
            Action::Leave => {
                self.asks_to_leave = true;
                return vec![Notice::new(Tone::Warn, Safe::from("esc again leaves, and nothing is written"))];
            }
        }
        Vec::new()
    }

    fn is_untouched(&self) -> bool {
        self.proposals.iter().all(|proposal| proposal.is_accepted.is_none() && !proposal.is_edited)
    }

    fn is_all_dropped(&self) -> bool {
        !self.proposals.is_empty() && self.accepted() == 0
    }

    fn decide(&mut self, is_accepted: bool) -> Vec<Effect> {
        self.proposals[self.at].is_accepted = Some(is_accepted);
        let next = self.at + 1;
        if next < self.proposals.len() {
            self.turn_to(next);
            return Vec::new();
        }
        self.write()
    }

    fn turn_to(&mut self, at: usize) {
        self.at = at;
        self.scroll = Scroll::default();
    }

    /// Hands over all that was accepted.
    fn write(&mut self) -> Vec<Effect> {
        let accepted = self.proposals.iter().filter(|proposal| proposal.is_accepted == Some(true));
        let cards: Vec<_> = accepted.map(|proposal| proposal.card.clone()).collect();
        self.scroll = Scroll::default();
        if cards.is_empty() {
            self.face = Face::Done;
            return Vec::new();
        }
        self.face = Face::Writing;
        vec![Effect::Import { intake: Box::new(self.batch.intake.clone()), cards }]
    }

    fn edited(&mut self, text: &str) -> Vec<Effect> {
        if self.face != Face::Deciding {
            return Vec::new();
        }
        let others = self.proposals.iter().enumerate().filter(|(at, _)| *at != self.at);
        let mut taken: Vec<Id> = others.map(|(_, proposal)| proposal.card.id.clone()).collect();
        taken.extend(self.batch.intake.ids());
        let notice = match self.proposals[self.at].take(text, |id| taken.contains(id)) {
            Ok(true) => Notice::new(Tone::Good, Safe::from("changed; enter accepts it")),
            Ok(false) => Notice::new(Tone::Quiet, Safe::from("nothing was changed")),
            Err(why) => Notice::new(Tone::Bad, safe!("{why} Press e to mend it; the card is as it was.")),
        };
        self.scroll = Scroll::default();
        vec![notice]
    }

    fn go(&mut self, by: isize, desk: &Desk) {
        self.scroll.go(by, self.rows(desk.size.0).len(), desk.size.1.saturating_sub(above(desk.size.1)));
    }

    fn rows(&self, columns: usize) -> Vec<Row> {
        let columns = measure(columns);
        match (self.face, self.proposals.get(self.at)) {
            (Face::Deciding, Some(proposal)) => proposal.rows(columns),
            _ => self.end(columns),
        }
    }

    /// What came of it, and what is in no card.
    fn end(&self, columns: usize) -> Vec<Row> {
        let path = safe!("{}", self.batch.intake.path.display());
        let accepted = count(self.accepted() as u64, "card", "cards");
        let (role, words) = match self.face {
            Face::Writing => (Role::Quiet, safe!("Writing {accepted} …")),
            Face::Failed => (Role::Bad, safe!("Nothing was written yet. {accepted} wait for {path}.")),
            _ if self.accepted() == 0 => (Role::Text, safe!("Nothing was written.")),
            _ => (Role::Good, safe!("{accepted} in `{}`: {path}", self.batch.intake.deck)),
        };
        let mut rows = markdown::plain(&words, columns, role);
        let joined = &self.batch.joined;
        if joined.known > 0 {
            let words = safe!("{} there already.", count(joined.known as u64, "card was", "cards were"));
            rows.extend(markdown::plain(&words, columns, Role::Quiet));
        }
        for changed in &joined.changed {
            let parts = changed.parts.join(" and ");
            let words = safe!("`{}` has another {parts} in line {}; the deck keeps its own.", changed.id, changed.line);
            rows.extend(markdown::plain(&words, columns, Role::Warn));
        }
        if !joined.dropped.is_empty() {
            rows.push(Row::new());
            rows.push(Row::of(Role::Strong, "In no card:"));
        }
        rows.extend(joined.dropped.iter().flat_map(|loss| markdown::plain(&safe!("{loss}"), columns, Role::Quiet)));
        rows
    }
}

fn above(rows: usize) -> usize {
    usize::from(rows > ROOMY)
}

impl Screen for Import {
    fn title(&self, _: &Desk) -> (Row, Row) {
        let left =
            Row::of(Role::Title, "Import").and(Role::Quiet, " · ").and(Role::Text, safe!("{}", self.batch.intake.deck));
        let right = match self.face {
            Face::Deciding => safe!("{} of {}", self.at + 1, self.proposals.len()),
            _ => Safe::default(),
        };
        (left, Row::of(Role::Quiet, right))
    }

    fn view(&self, canvas: &mut Canvas, _: &Desk) {
        let (columns, rows) = (canvas.columns(), canvas.rows());
        let top = above(rows);
        self.scroll.draw(&self.rows(columns), 3, &mut canvas.part(0, top, columns, rows.saturating_sub(top)));
    }

    fn update(&mut self, event: &Event, desk: &Desk) -> Vec<Effect> {
        match event {
            Event::Key(chord) => {
                let action = self.tables().into_iter().find_map(|table| find(table, *chord));
                return action.map_or_else(Vec::new, |action| self.act(action, desk));
            }
            Event::Scroll(by) => self.go(by * 2, desk),
            Event::Edited(text) => return self.edited(text),
            Event::Done(Outcome::Imported { .. }) => self.face = Face::Done,
            Event::Done(Outcome::Refused { entry: None, .. }) if self.face == Face::Writing => self.face = Face::Failed,
            _ => {}
        }
        Vec::new()
    }

    fn kept(&self) -> &'static str {
        match self.face {
            Face::Deciding | Face::Failed => "nothing is written",
            Face::Writing => "the cards are being written",
            Face::Done if self.is_all_dropped() => "nothing is written",
            Face::Done => "all that you accepted is written",
        }
    }

    fn hints(&self) -> Vec<Hint> {
        let is_useful = |hint: &Hint| hint.word != "back" || self.at > 0 || self.face != Face::Deciding;
        self.tables().into_iter().flat_map(hints).filter(is_useful).collect()
    }
}

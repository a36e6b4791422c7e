//! How the list of cards is drawn.

use super::{DeckScreen, Face, LONGEST, ROOMY, WIDE, pane};
use crate::safe;
use crate::text::Safe;
use crate::tui::event::Desk;
use crate::tui::paint::{Canvas, Row};
use crate::tui::theme::Role;
use crate::tui::widget::markdown;
use crate::tui::widget::scroll::Scroll;

/// Where things lie.
pub(super) struct Place {
    pub(super) top: usize,
    /// Rows of the list.
    pub(super) rows: usize,
    pub(super) columns: usize,
    /// Rows below the list, for a problem.
    pub(super) foot: usize,
}

impl DeckScreen {
    pub(super) fn place(&self, (columns, rows): (usize, usize)) -> Place {
        let top = 1 + above(rows);
        let foot = match self.problems.is_empty() {
            true => 0,
            false if rows > ROOMY => 2,
            false => 1,
        };
        let list = if columns >= WIDE { columns * 9 / 20 } else { columns };
        Place { top, rows: rows.saturating_sub(top + foot), columns: list, foot }
    }

    pub(super) fn draw_filter(&self, canvas: &mut Canvas) {
        let row = Row::of(Role::Key, "/ ");
        let hint = if canvas.columns() < 60 {
            "words, tag:, due, new…"
        } else {
            "words, tag:iam, level:senior, due, new, suspended, missed"
        };
        let row = match self.face {
            Face::Filtering => {
                let mut row = row;
                row.0.extend(self.typed.rows(LONGEST).remove(0).0);
                if self.typed.is_blank() { row.gap(1).and(Role::Quiet, hint) } else { row }
            }
            _ if self.typed.is_blank() => row.and(Role::Quiet, hint),
            _ => row.and(Role::Accent, self.typed.text()),
        };
        canvas.row(0, 1, &row);
    }

    pub(super) fn draw_list(&self, place: &Place, canvas: &mut Canvas, desk: &Desk) {
        let mut part = canvas.part(0, place.top, place.columns, place.rows);
        if self.list.len() == 0 {
            let words = if self.list.all() == 0 {
                "This deck has no card yet: a adds one."
            } else {
                "No card has all of that. esc shows all again."
            };
            return part.row(0, 3, &Row::of(Role::Text, words));
        }
        for line in 0..place.rows.min(self.list.len() - self.first) {
            let row = self.list.row(self.first + line, self.first + line == self.chosen, place.columns - 2, desk);
            part.row(line, 1, &row);
        }
    }

    pub(super) fn draw_problem(&self, place: &Place, canvas: &mut Canvas) {
        let Some(problem) = self.problems.get(self.problem) else { return };
        let (line, _) = problem.place.unwrap_or_default();
        let more = match self.problems.len() {
            1 => Safe::default(),
            all => safe!(" {} of {all}", self.problem + 1),
        };
        let head = Row::of(Role::Warn, safe!("line {line}")).and(Role::Quiet, more).gap(2);
        let columns = canvas.columns();
        let top = canvas.rows().saturating_sub(place.foot);
        canvas.row(top, 3, &head.and(Role::Text, problem.diagnostic.message.line()).fit(columns.saturating_sub(4)));
        if place.foot > 1 {
            let keys = Row::of(Role::Key, "g").and(Role::Quiet, " goes there");
            let keys =
                if self.problems.len() > 1 { keys.gap(2).and(Role::Key, "n").and(Role::Quiet, " next") } else { keys };
            canvas.row(top + 1, 3, &keys);
        }
    }

    pub(super) fn draw_pane(&self, place: &Place, canvas: &mut Canvas, desk: &Desk) {
        let (columns, rows) = (canvas.columns(), canvas.rows());
        let Some((key, card)) = self.card.as_ref().filter(|_| columns > place.columns + 10) else { return };
        let width = columns - place.columns - 4;
        let mut part =
            canvas.part(place.columns, place.top.saturating_sub(1), columns - place.columns, rows - place.foot);
        for line in 0..part.rows() {
            part.row(line, 0, &Row::of(Role::Rule, "│"));
        }
        let rows = pane::rows(key, card, width - 1, desk);
        Scroll::default().draw(&rows, 0, &mut part.part(2, 0, width, rows.len()));
    }

    pub(super) fn draw_targets(&self, canvas: &mut Canvas) {
        let columns = canvas.columns().saturating_sub(4);
        let question = self.card.as_ref().map_or_else(Safe::default, |(_, card)| card.prompt().line());
        canvas.row(0, 1, &Row::of(Role::Title, "Move to another deck").fit(columns));
        canvas.row(1, 1, &Row::of(Role::Quiet, question).fit(columns));
        let rows = canvas.rows().saturating_sub(3);
        let first = (self.target + 1).saturating_sub(rows.max(1));
        for (line, (id, title)) in self.targets.iter().enumerate().skip(first).take(rows) {
            let is_chosen = line == self.target;
            let mark = if is_chosen { Row::of(Role::Accent, "❯ ") } else { Row::new().gap(2) };
            let role = if is_chosen { Role::Chosen } else { Role::Text };
            canvas.row(3 + line - first, 1, &mark.and(role, title).gap(2).and(Role::Quiet, safe!("{id}")));
        }
    }

    pub(super) fn draw_copying(&self, canvas: &mut Canvas, desk: &Desk) {
        let Some((key, _)) = &self.card else { return };
        let columns = canvas.columns().saturating_sub(6).min(76);
        let file = safe!("{}", desk.workspace.paths.decks.join(format!("{}.toml", key.deck)).display()).line();
        let text = safe!(
            "This deck is part of the program. To change it, it is copied to {file}, and the copy is used from then on. \
             Your reviews stay with its cards. Updates of the program no longer change it."
        );
        let mut rows = vec![Row::of(Role::Title, "Copy this deck, to make it yours?"), Row::new()];
        rows.extend(markdown::plain(&text, columns, Role::Text));
        let (width, height) = (canvas.columns(), canvas.rows());
        Scroll::default().draw(&rows, 3, &mut canvas.part(0, above(height), width, height));
    }
}

pub(super) fn above(rows: usize) -> usize {
    usize::from(rows > ROOMY)
}

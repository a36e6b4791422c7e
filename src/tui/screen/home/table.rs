//! The table of decks: its lines, and where its columns lie.

use crate::card::Id;
use crate::safe;
use crate::scheduler::{Due, Memory};
use crate::text::{Safe, width};
use crate::tui::event::Desk;
use crate::tui::paint::Row;
use crate::tui::theme::Role;
use crate::tui::widget::bar::bar;
use crate::tui::widget::when;
use crate::workspace::Standing;

/// One line of the table: a deck, or all of them.
pub struct Line {
    /// None is all of them.
    pub deck: Option<Id>,
    pub title: Safe,
    pub standing: Standing,
}

/// Where the columns of the table lie.
pub struct Layout {
    title: usize,
    cells: usize,
    has_next: bool,
}

impl Layout {
    pub fn of(columns: usize) -> Layout {
        match columns {
            ..60 => Layout { title: columns.saturating_sub(20), cells: 0, has_next: false },
            60..70 => Layout { title: columns.saturating_sub(34), cells: 10, has_next: false },
            _ => Layout { title: (columns - 48).min(44), cells: 10, has_next: true },
        }
    }

    pub fn head(&self) -> Row {
        let row = Row::of(Role::Quiet, "Deck").to(self.title + 1).and(Role::Quiet, "  due   new");
        let row = if self.cells > 0 { row.gap(3).and(Role::Quiet, "strength") } else { row };
        if self.has_next { row.gap(5).and(Role::Quiet, "next") } else { row }
    }

    pub fn row(&self, line: &Line, is_chosen: bool, desk: &Desk) -> Row {
        let standing = &line.standing;
        let count = |number: usize| match number {
            0 => (Role::Quiet, Safe::from("    -")),
            number => (Role::Text, safe!("{number:>5}")),
        };
        let ((due_role, due), (new_role, new)) = (count(standing.due), count(standing.new));
        let name = if is_chosen { Role::Chosen } else { Role::Text };
        let mark = if is_chosen { Row::of(Role::Accent, "❯ ") } else { Row::new().gap(2) };
        let row = mark.and(name, safe!("{}", width::fit(line.title.as_str(), self.title - 1)));
        let mut row = row.to(self.title + 3).and(due_role, due).gap(1).and(new_role, new);
        if self.cells > 0 {
            row = row.gap(3);
            row.0.extend(bar(standing.strength, self.cells).0);
        }
        match standing.next {
            _ if !self.has_next => row,
            _ if standing.due > 0 || standing.new > 0 => row.gap(3).and(Role::Text, "now"),
            Some(day) => row.gap(3).and(Role::Quiet, when::on(day, desk.now.day)),
            None => row.gap(3).and(Role::Quiet, "-"),
        }
    }
}

/// When a card is asked next.
pub fn next(memory: &Memory, desk: &Desk) -> Row {
    match memory.due() {
        _ if memory.suspended => Row::of(Role::Warn, "suspended"),
        Due::Anytime => Row::of(Role::Quiet, "new"),
        Due::At(_) => Row::of(Role::Text, "learning"),
        Due::On(day) if day <= desk.now.day => Row::of(Role::Text, "due"),
        Due::On(day) => Row::of(Role::Quiet, when::on(day, desk.now.day)),
    }
}

/// How all decks stand.
pub fn together(lines: &[Line]) -> Standing {
    let sum = |of: fn(&Standing) -> usize| lines.iter().map(|line| of(&line.standing)).sum();
    Standing {
        cards: sum(|standing| standing.cards),
        due: sum(|standing| standing.due),
        new: sum(|standing| standing.new),
        suspended: sum(|standing| standing.suspended),
        leeches: sum(|standing| standing.leeches),
        next: lines.iter().filter_map(|line| line.standing.next).min(),
        strength: {
            let cards: usize = sum(|standing| standing.cards);
            let known: f32 = lines.iter().map(|line| line.standing.strength * line.standing.cards as f32).sum();
            known / cards.max(1) as f32
        },
    }
}

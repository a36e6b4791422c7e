//! Cards that are suspended, and leeches: those that were forgotten so often that the card itself may be at fault.

use crate::card::Key;
use crate::review::Action as Taken;
use crate::safe;
use crate::scheduler::Memory;
use crate::text::count;
use crate::tui::event::{Desk, Effect, Event, Outcome, Screen};
use crate::tui::keys::{Bind, Hint, find, hints};
use crate::tui::paint::{Canvas, Row};
use crate::tui::theme::Role;
use crate::workspace::keys;

#[derive(Debug, Clone, Copy, PartialEq)]
enum Action {
    Toggle,
    Up,
    Down,
    Close,
}

const BINDS: &[Bind<Action>] = &[
    Bind {
        action: Action::Toggle,
        keys: &["enter", "space", "!"],
        word: "resume or suspend",
        help: "resume the card, or suspend it",
    },
    Bind { action: Action::Up, keys: &["up", "k"], word: "", help: "the card above" },
    Bind { action: Action::Down, keys: &["down", "j"], word: "choose", help: "the card below" },
    Bind { action: Action::Close, keys: &["esc", "q"], word: "home", help: "back to the decks" },
];

pub struct Suspended {
    /// The cards that were suspended or leeches when the screen was opened; they stay in sight when that changes.
    cards: Vec<Key>,
    chosen: usize,
}

impl Suspended {
    pub fn open(desk: &Desk) -> Suspended {
        let is_aside = |card: &Key| {
            let memory = desk.workspace.memory(card);
            memory.suspended || memory.leech
        };
        Suspended { cards: desk.workspace.library.decks().iter().flat_map(keys).filter(is_aside).collect(), chosen: 0 }
    }

    fn act(&mut self, action: Action, desk: &Desk) -> Vec<Effect> {
        match action {
            Action::Close => return vec![Effect::Back],
            Action::Up => self.chosen = self.chosen.saturating_sub(1),
            Action::Down => self.chosen = (self.chosen + 1).min(self.cards.len().saturating_sub(1)),
            Action::Toggle => {
                let Some(card) = self.cards.get(self.chosen) else { return Vec::new() };
                let taken = if desk.workspace.memory(card).suspended { Taken::Resume } else { Taken::Suspend };
                return vec![Effect::Record(desk.entry(card, taken))];
            }
        }
        Vec::new()
    }
}

fn state(memory: &Memory) -> Row {
    let row = match memory.suspended {
        true => Row::of(Role::Warn, "suspended"),
        false => Row::of(Role::Good, "asked"),
    };
    if memory.leech {
        row.and(Role::Quiet, safe!(" · forgotten {}", count(memory.lapses, "time", "times")))
    } else {
        row
    }
}

impl Screen for Suspended {
    fn title(&self, _: &Desk) -> (Row, Row) {
        (
            Row::of(Role::Title, "Set aside: suspended, or forgotten often"),
            Row::of(Role::Quiet, safe!("{}", self.cards.len())),
        )
    }

    fn view(&self, canvas: &mut Canvas, desk: &Desk) {
        let shown = (canvas.rows().saturating_sub(1) / 2).max(1);
        let first = self.chosen.saturating_sub(shown - 1);
        for (line, card) in self.cards.iter().skip(first).take(shown).enumerate() {
            let is_chosen = first + line == self.chosen;
            let mark = if is_chosen { Row::of(Role::Accent, "❯ ") } else { Row::new().gap(2) };
            let role = if is_chosen { Role::Chosen } else { Role::Text };
            canvas.row(1 + 2 * line, 1, &mark.and(role, desk.headline(card)));
            canvas.row(2 + 2 * line, 3, &state(&desk.workspace.memory(card)));
        }
    }

    fn update(&mut self, event: &Event, desk: &Desk) -> Vec<Effect> {
        match event {
            Event::Key(chord) => find(BINDS, *chord).map_or_else(Vec::new, |action| self.act(action, desk)),
            Event::Scroll(rows) => self.act(if *rows > 0 { Action::Down } else { Action::Up }, desk),
            Event::Done(Outcome::Undone { .. } | Outcome::Redone { .. } | Outcome::Reread { .. }) => {
                let chosen = self.chosen;
                *self = Suspended::open(desk);
                self.chosen = chosen.min(self.cards.len().saturating_sub(1));
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn hints(&self) -> Vec<Hint> {
        let is_useful = |hint: &Hint| match hint.word {
            "choose" => self.cards.len() > 1,
            "resume or suspend" => !self.cards.is_empty(),
            _ => true,
        };
        hints(BINDS).filter(is_useful).collect()
    }
}

//! The review log cannot be read: what that means, and the backups that can take its place.

use crate::safe;
use crate::store::{Backup, Replacement, Store};
use crate::text::{Safe, count};
use crate::tui::event::{Desk, Effect, Event, Notice, Outcome, Route, Screen, Tone};
use crate::tui::keys::{Bind, Hint, find, hints};
use crate::tui::paint::{Canvas, Row};
use crate::tui::theme::Role;
use crate::tui::widget::markdown::plain;
use crate::tui::widget::when;

/// Rows up to which there is room for the backups alone.
const SCARCE: usize = 12;

#[derive(Debug, Clone, Copy, PartialEq)]
enum Action {
    Restore,
    Remains,
    Nothing,
    Up,
    Down,
    Quit,
}

const BINDS: &[Bind<Action>] = &[
    Bind {
        action: Action::Restore,
        keys: &["r", "enter"],
        word: "restore",
        help: "put the chosen backup in the place of the log",
    },
    Bind { action: Action::Up, keys: &["up", "k"], word: "", help: "the backup above" },
    Bind { action: Action::Down, keys: &["down", "j"], word: "choose", help: "the backup below" },
    Bind {
        action: Action::Remains,
        keys: &["s"],
        word: "save what is left",
        help: "go on with what can still be read",
    },
    Bind { action: Action::Nothing, keys: &["E"], word: "", help: "twice: go on with an empty log" },
    Bind { action: Action::Quit, keys: &["q", "esc"], word: "quit", help: "quit and change nothing" },
];

pub struct Rescue {
    why: Safe,
    backups: Vec<Backup>,
    chosen: usize,
    asks_to_begin: bool,
}

impl Rescue {
    pub fn open(why: Safe, desk: &Desk) -> Rescue {
        let mut backups = Store::backups(&desk.workspace.paths.data).unwrap_or_default();
        backups.retain(|backup| backup.rows.is_some());
        backups.sort_by_key(|backup| std::cmp::Reverse((backup.is_regular(), backup.at)));
        Rescue { why, backups, chosen: 0, asks_to_begin: false }
    }

    fn act(&mut self, action: Action) -> Vec<Effect> {
        let asked_to_begin = std::mem::take(&mut self.asks_to_begin);
        match action {
            Action::Quit => return vec![Effect::Quit],
            Action::Remains => return vec![Effect::Restore(Replacement::Remains)],
            Action::Nothing if asked_to_begin => return vec![Effect::Restore(Replacement::Nothing)],
            Action::Nothing => {
                self.asks_to_begin = true;
                let words = "E again begins an empty log; the file that is there is kept among the backups";
                return vec![Notice::new(Tone::Warn, Safe::from(words))];
            }
            Action::Restore => {
                let path = self.backups.get(self.chosen).map(|backup| backup.path.clone());
                return path.map(|path| Effect::Restore(Replacement::Backup(path))).into_iter().collect();
            }
            Action::Up => self.chosen = self.chosen.saturating_sub(1),
            Action::Down => self.chosen = (self.chosen + 1).min(self.backups.len().saturating_sub(1)),
        }
        Vec::new()
    }
}

fn described(backup: &Backup, desk: &Desk) -> Safe {
    let name = backup.path.file_name().unwrap_or_default().display();
    let when = match backup.at {
        Some(at) => {
            let moment = desk.workspace.moment(at);
            let time = moment.offset.to_datetime(at).strftime("%H:%M");
            safe!("{}, {time}", when::ago(moment.day, desk.now.day))
        }
        None => safe!("{name}"),
    };
    let kind = if backup.is_regular() { "" } else { ", set aside by a restore" };
    safe!("{when}: {}{kind}", count(backup.rows.unwrap_or(0), "entry", "entries"))
}

impl Screen for Rescue {
    fn title(&self, _: &Desk) -> (Row, Row) {
        (Row::of(Role::Title, "The review log cannot be read"), Row::new())
    }

    fn view(&self, canvas: &mut Canvas, desk: &Desk) {
        let columns = canvas.columns().saturating_sub(6);
        let mut rows = plain(&self.why, columns, Role::Text);
        rows.push(Row::new());
        if self.backups.is_empty() {
            let none = Safe::from(
                "There is no backup to put in its place. What can still be read can be saved, and nothing that is there is thrown away.",
            );
            rows.extend(plain(&none, columns, Role::Warn));
        } else if canvas.rows() > SCARCE {
            let offer = Safe::from(
                "These backups were opened and counted when they were made. Whatever is there now is kept beside them.",
            );
            rows.extend(plain(&offer, columns, Role::Quiet));
            rows.push(Row::new());
        }
        for (place, backup) in self.backups.iter().enumerate() {
            let mark = if place == self.chosen { Row::of(Role::Accent, "❯ ") } else { Row::new().gap(2) };
            let role = if place == self.chosen { Role::Chosen } else { Role::Text };
            rows.push(mark.and(role, described(backup, desk)));
        }
        let chosen = rows.len() - self.backups.len() + self.chosen;
        let first = if self.backups.is_empty() { 0 } else { (chosen + 2).saturating_sub(canvas.rows()) };
        for (line, row) in rows.iter().skip(first).enumerate() {
            canvas.row(1 + line, 3, row);
        }
    }

    fn update(&mut self, event: &Event, _: &Desk) -> Vec<Effect> {
        match event {
            Event::Done(Outcome::Restored { rows, .. }) => {
                let words = safe!(
                    "the log has {} now; what was there is kept among the backups",
                    count(*rows, "entry", "entries")
                );
                vec![Effect::Become(Route::Home), Notice::new(Tone::Good, words)]
            }
            Event::Key(chord) => find(BINDS, *chord).map_or_else(Vec::new, |action| self.act(action)),
            _ => Vec::new(),
        }
    }

    fn hints(&self) -> Vec<Hint> {
        let is_useful = |hint: &Hint| match hint.word {
            "choose" => self.backups.len() > 1,
            "restore" => !self.backups.is_empty(),
            _ => true,
        };
        hints(BINDS).filter(is_useful).collect()
    }
}

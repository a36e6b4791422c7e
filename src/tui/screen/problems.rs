//! What was found in deck files and settings: each with its place and what to do.

use crate::safe;
use crate::text::Safe;
use crate::tui::event::{Desk, Effect, Event, Screen};
use crate::tui::keys::{Bind, Hint, find, hints};
use crate::tui::paint::{Canvas, Row};
use crate::tui::theme::Role;
use crate::tui::widget::markdown::plain;
use crate::tui::widget::scroll::Scroll;

#[derive(Debug, Clone, Copy, PartialEq)]
enum Action {
    Up,
    Down,
    PageUp,
    PageDown,
    Close,
}

const BINDS: &[Bind<Action>] = &[
    Bind { action: Action::Down, keys: &["down", "j"], word: "scroll", help: "a line down" },
    Bind { action: Action::Up, keys: &["up", "k"], word: "", help: "a line up" },
    Bind { action: Action::PageDown, keys: &["pgdn", "space"], word: "", help: "a page down" },
    Bind { action: Action::PageUp, keys: &["pgup"], word: "", help: "a page up" },
    Bind { action: Action::Close, keys: &["esc", "q"], word: "home", help: "back" },
];

#[derive(Default)]
pub struct Problems {
    scroll: Scroll,
}

impl Problems {
    pub fn open(_: &Desk) -> Problems {
        Problems::default()
    }
}

/// Rows for the list; the first is left empty where there is room.
fn height(rows: usize) -> usize {
    rows - usize::from(rows > 12)
}

fn rows(desk: &Desk) -> Vec<Row> {
    let columns = desk.size.0.saturating_sub(8);
    let mut rows = Vec::new();
    for advice in &desk.workspace.advice {
        let file = desk.workspace.paths.config.to_string_lossy();
        rows.extend(plain(&safe!("{file}:{}", advice.line), columns, Role::Strong));
        rows.extend(plain(&advice.message, columns, Role::Text));
        rows.push(Row::new());
    }
    for problem in desk.workspace.library.problems() {
        let place = problem.place.map_or_else(Safe::default, |(line, column)| safe!(":{line}:{column}"));
        rows.extend(plain(&safe!("{}{place}", problem.file), columns, Role::Strong));
        rows.extend(plain(&problem.diagnostic.message, columns, Role::Text));
        rows.extend(plain(&problem.diagnostic.help, columns, Role::Quiet));
        rows.push(Row::new());
    }
    rows
}

impl Screen for Problems {
    fn title(&self, desk: &Desk) -> (Row, Row) {
        let number = desk.workspace.library.problems().len() + desk.workspace.advice.len();
        (Row::of(Role::Title, "Found in your files"), Row::of(Role::Quiet, safe!("{number}")))
    }

    fn view(&self, canvas: &mut Canvas, desk: &Desk) {
        let (columns, height) = (canvas.columns(), height(canvas.rows()));
        self.scroll.draw(&rows(desk), 3, &mut canvas.part(0, canvas.rows() - height, columns, height));
    }

    fn update(&mut self, event: &Event, desk: &Desk) -> Vec<Effect> {
        let height = height(desk.size.1);
        let mut go = |by| {
            self.scroll.go(by, rows(desk).len(), height);
            Vec::new()
        };
        match event {
            Event::Scroll(by) => go(*by * 3),
            Event::Key(chord) => match find(BINDS, *chord) {
                Some(Action::Close) => vec![Effect::Back],
                Some(Action::Up) => go(-1),
                Some(Action::Down) => go(1),
                Some(Action::PageUp) => go(-(height as isize - 2)),
                Some(Action::PageDown) => go(height as isize - 2),
                None => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    fn hints(&self) -> Vec<Hint> {
        hints(BINDS).collect()
    }
}

//! Home: the decks, what is ready, and what comes next.

use crate::safe;
use crate::text::Safe;
use crate::tui::event::{Desk, Effect, Event};
use crate::tui::keys::{Bind, Hint, find, hints};
use crate::tui::paint::{Canvas, Row};
use crate::tui::screen::{Route, Screen};
use crate::tui::theme::Role;
use crate::tui::widget::bar::bar;
use crate::tui::widget::scroll::Scroll;
use crate::tui::widget::{markdown, when};
use crate::workspace::Standing;

/// Columns from which on the week stands beside the decks.
const WIDE: usize = 110;

/// Rows of the table before the first deck.
const HEAD: usize = 4;

/// Days that the forecast shows.
const WEEK: usize = 7;

#[derive(Debug, Clone, Copy, PartialEq)]
enum Action {
    Study,
    Up,
    Down,
    First,
    Last,
    Problems,
    Quit,
}

const BINDS: &[Bind<Action>] = &[
    Bind {
        action: Action::Study,
        keys: &["enter", "space"],
        word: "study",
        help: "study what is ready of the chosen deck",
    },
    Bind { action: Action::Up, keys: &["up", "k"], word: "", help: "the deck above" },
    Bind { action: Action::Down, keys: &["down", "j"], word: "choose", help: "the deck below" },
    Bind { action: Action::First, keys: &["home", "g"], word: "", help: "the first deck" },
    Bind { action: Action::Last, keys: &["end", "G"], word: "", help: "the last deck" },
    Bind {
        action: Action::Problems,
        keys: &["p"],
        word: "problems",
        help: "what was found in deck files and settings",
    },
    Bind { action: Action::Quit, keys: &["q"], word: "quit", help: "quit; everything is on disk already" },
];

/// One line of the table: a deck, or all of them.
struct Line {
    deck: Option<usize>,
    title: Safe,
    standing: Standing,
}

pub struct Home {
    lines: Vec<Line>,
    chosen: usize,
    /// Cards ready today, and how long they take, in milliseconds.
    ready: usize,
    work: f64,
    /// How many of them are new.
    fresh: usize,
    week: Vec<usize>,
    problems: usize,
}

impl Home {
    pub fn open(desk: &Desk) -> Home {
        let mut home =
            Home { lines: Vec::new(), chosen: 0, ready: 0, work: 0.0, fresh: 0, week: Vec::new(), problems: 0 };
        home.look(desk);
        home.chosen = usize::from(home.lines.len() == 2);
        home
    }

    fn look(&mut self, desk: &Desk) {
        let workspace = desk.workspace;
        let decks = workspace.library.decks().iter().enumerate().map(|(place, shelf)| Line {
            deck: Some(place),
            title: shelf.title.line(),
            standing: workspace.standing(shelf, desk.now),
        });
        self.lines = decks.collect();
        if self.lines.len() > 1 {
            let all = Line { deck: None, title: Safe::from("All decks"), standing: together(&self.lines) };
            self.lines.insert(0, all);
        }
        self.chosen = self.chosen.min(self.lines.len().saturating_sub(1));
        let remaining = workspace.queue(&[], desk.now, 0).remaining();
        (self.ready, self.fresh) = (remaining.all(), remaining.new);
        self.work = remaining.all() as f64 * f64::from(workspace.memories.pace());
        self.week = workspace.forecast(desk.now.day, WEEK);
        self.problems = workspace.library.problems().len() + workspace.advice.len();
    }

    fn act(&mut self, action: Action, desk: &Desk) -> Vec<Effect> {
        let last = self.lines.len().saturating_sub(1);
        match action {
            Action::Study => return self.study(desk),
            Action::Up => self.chosen = self.chosen.saturating_sub(1),
            Action::Down => self.chosen = (self.chosen + 1).min(last),
            Action::First => self.chosen = 0,
            Action::Last => self.chosen = last,
            Action::Problems if self.problems > 0 => return vec![Effect::Open(Route::Problems)],
            Action::Problems => {}
            Action::Quit => return vec![Effect::Quit],
        }
        Vec::new()
    }

    fn study(&self, desk: &Desk) -> Vec<Effect> {
        let Some(line) = self.lines.get(self.chosen) else { return Vec::new() };
        let decks = line.deck.and_then(|place| desk.workspace.library.decks().get(place));
        vec![Effect::Open(Route::Study { decks: decks.map(|shelf| shelf.id.clone()).into_iter().collect(), more: 0 })]
    }

    fn greeting(&self, desk: &Desk) -> Row {
        let hour = desk.now.offset.to_datetime(desk.now.at).hour();
        let hello = match hour {
            4..12 => "Good morning.",
            12..18 => "Good afternoon.",
            _ => "Good evening.",
        };
        let row = Row::of(Role::Title, hello).gap(1);
        let new = self.fresh;
        match self.ready {
            _ if self.lines.is_empty() => row.and(Role::Text, "There is no deck yet."),
            0 => row.and(Role::Text, self.nothing(desk)),
            1 if new == 1 => row.and(Role::Text, "One new card is ready."),
            1 => row.and(Role::Text, "One card is ready."),
            ready if new == ready => {
                row.and(Role::Text, safe!("{ready} new cards are ready, about {}.", when::work(self.work)))
            }
            ready => row.and(Role::Text, safe!("{ready} cards are ready, about {}.", when::work(self.work))),
        }
    }

    fn nothing(&self, desk: &Desk) -> Safe {
        match self.lines.iter().filter_map(|line| line.standing.next).min() {
            Some(day) => safe!("Nothing is due until {}.", when::on(day, desk.now.day)),
            None => Safe::from("Nothing more for today."),
        }
    }

    fn table(&self, columns: usize, desk: &Desk) -> Vec<Row> {
        let layout = Layout::of(columns);
        self.lines.iter().enumerate().map(|(place, line)| layout.row(line, place == self.chosen, desk)).collect()
    }

    fn week(&self, desk: &Desk) -> Vec<Row> {
        let most = self.week.iter().copied().max().unwrap_or(0).max(1);
        let mut rows = vec![Row::of(Role::Title, "Next seven days"), Row::new()];
        let mut day = desk.now.day;
        for count in &self.week {
            let name = if day == desk.now.day { Safe::from("today") } else { safe!("{}", day.strftime("%a %-d")) };
            let cells = if *count == 0 { 0 } else { (count * 20).div_ceil(most) };
            let row = Row::of(Role::Quiet, name).to(9).and(Role::Accent, safe!("{}", "▪".repeat(cells)));
            rows.push(
                row.gap(usize::from(cells > 0))
                    .and(if *count == 0 { Role::Quiet } else { Role::Text }, safe!("{count}")),
            );
            day = day.tomorrow().unwrap_or(day);
        }
        rows
    }

    fn first_shown(&self, height: usize) -> usize {
        self.chosen.saturating_sub(height.saturating_sub(1))
    }
}

impl Screen for Home {
    fn title(&self, desk: &Desk) -> (Row, Row) {
        let day = safe!("{}", desk.now.offset.to_datetime(desk.now.at).strftime("%a %-d %b"));
        (Row::of(Role::Title, "greenroom"), Row::of(Role::Quiet, day))
    }

    fn view(&self, canvas: &mut Canvas, desk: &Desk) {
        let (columns, rows) = (canvas.columns(), canvas.rows());
        let is_wide = columns >= WIDE;
        let table = if is_wide { columns - 42 } else { columns };
        let roomy = usize::from(rows > 12);
        let head = if roomy == 1 { HEAD } else { HEAD - 2 };
        canvas.row(roomy, 3, &self.greeting(desk));
        if self.lines.is_empty() {
            return empty(canvas, desk);
        }
        if roomy == 1 {
            canvas.row(head - 1, 3, &Layout::of(table).head());
        }
        let tail = usize::from(self.problems > 0) * 2;
        let height = rows.saturating_sub(head + tail).min(self.lines.len());
        let first = self.first_shown(height);
        let shown = self.table(table, desk);
        for (line, row) in shown.iter().skip(first).take(height).enumerate() {
            canvas.row(head + line, 1, row);
        }
        if self.problems > 0 {
            canvas.row(rows - 1, 3, &found(self.problems));
        }
        let below = head + height + 2;
        if is_wide {
            draw_rows(&self.week(desk), &mut canvas.part(table + 2, 1, 40, rows));
        } else if below + WEEK + 2 + tail <= rows && self.week.iter().any(|count| *count > 0) {
            draw_rows(&self.week(desk), &mut canvas.part(5, below, columns - 5, WEEK + 2));
        }
    }

    fn update(&mut self, event: &Event, desk: &Desk) -> Vec<Effect> {
        match event {
            Event::Key(chord) => find(BINDS, *chord).map_or_else(Vec::new, |action| self.act(action, desk)),
            Event::Scroll(rows) => self.act(if *rows > 0 { Action::Down } else { Action::Up }, desk),
            Event::Click { row, .. } => {
                let (_, rows) = desk.size;
                let head = if rows > 12 { HEAD } else { HEAD - 2 };
                let first = self
                    .first_shown(rows.saturating_sub(head + usize::from(self.problems > 0) * 2).min(self.lines.len()));
                match row.checked_sub(head).map(|line| line + first) {
                    Some(line) if line == self.chosen => self.study(desk),
                    Some(line) if line < self.lines.len() => {
                        self.chosen = line;
                        Vec::new()
                    }
                    _ => Vec::new(),
                }
            }
            Event::Uncovered | Event::Done(_) | Event::Tick => {
                self.look(desk);
                Vec::new()
            }
            Event::Paste(_) | Event::Resize => Vec::new(),
        }
    }

    fn hints(&self) -> Vec<Hint> {
        let is_useful = |hint: &Hint| {
            (hint.word != "problems" || self.problems > 0) && (hint.word != "choose" || self.lines.len() > 1)
        };
        hints(BINDS).filter(is_useful).collect()
    }
}

/// Where the columns of the table lie.
struct Layout {
    title: usize,
    cells: usize,
    has_next: bool,
}

impl Layout {
    fn of(columns: usize) -> Layout {
        match columns {
            ..60 => Layout { title: columns.saturating_sub(20), cells: 0, has_next: false },
            60..70 => Layout { title: columns.saturating_sub(34), cells: 10, has_next: false },
            _ => Layout { title: (columns - 48).min(44), cells: 10, has_next: true },
        }
    }

    fn head(&self) -> Row {
        let row = Row::of(Role::Quiet, "Deck").to(self.title + 1).and(Role::Quiet, "  due   new");
        let row = if self.cells > 0 { row.gap(3).and(Role::Quiet, "strength") } else { row };
        if self.has_next { row.gap(5).and(Role::Quiet, "next") } else { row }
    }

    fn row(&self, line: &Line, is_chosen: bool, desk: &Desk) -> Row {
        let standing = &line.standing;
        let count = |number: usize| match number {
            0 => (Role::Quiet, Safe::from("    -")),
            number => (Role::Text, safe!("{number:>5}")),
        };
        let ((due_role, due), (new_role, new)) = (count(standing.due), count(standing.new));
        let name = if is_chosen { Role::Chosen } else { Role::Text };
        let mark = if is_chosen { Row::of(Role::Accent, "❯ ") } else { Row::new().gap(2) };
        let row = mark.and(name, safe!("{}", crate::text::width::fit(line.title.as_str(), self.title - 1)));
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

fn together(lines: &[Line]) -> Standing {
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

fn found(problems: usize) -> Row {
    let words = match problems {
        1 => Safe::from("One thing was found in your files."),
        number => safe!("{number} things were found in your files."),
    };
    Row::of(Role::Warn, words).gap(1).and(Role::Key, "p").and(Role::Quiet, " shows them")
}

fn empty(canvas: &mut Canvas, desk: &Desk) {
    let folder = Safe::new(&desk.workspace.paths.decks.to_string_lossy());
    let text =
        safe!("Decks are TOML files. Put one into {folder}, or name one when you start: greenroom study --deck FILE.");
    let columns = canvas.columns().saturating_sub(6);
    draw_rows(&markdown::plain(&text, columns, Role::Text), &mut canvas.part(3, 3, columns, 8));
}

fn draw_rows(rows: &[Row], canvas: &mut Canvas) {
    Scroll::default().draw(rows, 0, canvas);
}

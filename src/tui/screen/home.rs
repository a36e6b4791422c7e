//! Home: the decks, what is ready, and what comes next.

mod table;

use jiff::civil::Date;

use self::table::{Layout, Line, next, together};
use crate::card::{Id, Key, Kind};
use crate::interview::Past;
use crate::library::Shelf;
use crate::safe;
use crate::text::{Safe, count};
use crate::tui::event::{Desk, Drill, Effect, Event, Route, Screen, Wanted};
use crate::tui::keys::{Bind, Hint, find, hints};
use crate::tui::paint::{Canvas, Row};
use crate::tui::theme::Role;
use crate::tui::widget::bar::bar;
use crate::tui::widget::scroll::Scroll;
use crate::tui::widget::{markdown, when};
use crate::workspace::{Standing, keys};

/// Columns from which on the week stands beside the decks.
const WIDE: usize = 110;

/// Columns below which words are saved.
const NARROW: usize = 60;

/// Columns of what stands beside the decks.
const ASIDE: usize = 42;

/// Cards of the chosen deck that are listed where there is room.
const LISTED: usize = 30;

/// Columns that are comfortable to read.
const MEASURE: usize = 76;

/// Days that the forecast shows.
const WEEK: usize = 7;

#[derive(Debug, Clone, Copy, PartialEq)]
enum Action {
    Study,
    Choice,
    Interview,
    Up,
    Down,
    First,
    Last,
    Suspended,
    Problems,
    Browse,
    Add,
    Quit,
}

const BINDS: &[Bind<Action>] = &[
    Bind {
        action: Action::Study,
        keys: &["enter", "space"],
        word: "study",
        help: "study what is ready of the chosen deck",
    },
    Bind {
        action: Action::Choice,
        keys: &["r"],
        word: "label drill",
        help: "pick the label of scenario after scenario",
    },
    Bind {
        action: Action::Interview,
        keys: &["m"],
        word: "mock",
        help: "a mock interview on the chosen deck: whole answers, a clock, a scorecard",
    },
    Bind {
        action: Action::Browse,
        keys: &["b"],
        word: "browse",
        help: "the cards of the chosen deck: find, change, move, delete",
    },
    Bind { action: Action::Add, keys: &["a"], word: "add", help: "write a new card" },
    Bind {
        action: Action::Problems,
        keys: &["p"],
        word: "problems",
        help: "what was found in deck files and settings",
    },
    Bind { action: Action::Suspended, keys: &["s"], word: "set aside", help: "suspended cards and leeches" },
    Bind { action: Action::Up, keys: &["up", "k"], word: "", help: "the deck above" },
    Bind { action: Action::Down, keys: &["down", "j"], word: "choose", help: "the deck below" },
    Bind { action: Action::First, keys: &["home", "g"], word: "", help: "the first deck" },
    Bind { action: Action::Last, keys: &["end", "G"], word: "", help: "the last deck" },
    Bind { action: Action::Quit, keys: &["q"], word: "quit", help: "quit; everything is on disk already" },
];

pub struct Home {
    lines: Vec<Line>,
    chosen: usize,
    /// The study day that everything below is about.
    day: Date,
    /// Cards ready today, and how long they take, in milliseconds.
    ready: usize,
    work: f64,
    /// How many of them are new.
    fresh: usize,
    week: Vec<usize>,
    problems: usize,
    /// The last mock interview.
    mock: Option<Past>,
    /// Whether any deck has scenarios.
    has_exercise: bool,
    /// The first cards of the chosen deck: what each asks, and how well it is remembered.
    cards: Vec<(Safe, Key)>,
    /// Whether a screen that was opened here hides it: it looks again when that is closed, and not at each grade.
    is_covered: bool,
}

impl Home {
    pub fn open(desk: &Desk) -> Home {
        let mut home = Home {
            lines: Vec::new(),
            chosen: 0,
            day: desk.now.day,
            ready: 0,
            work: 0.0,
            fresh: 0,
            week: Vec::new(),
            problems: 0,
            mock: None,
            has_exercise: false,
            cards: Vec::new(),
            is_covered: false,
        };
        home.look(desk);
        home.chosen = usize::from(home.lines.len() == 2);
        home
    }

    fn look(&mut self, desk: &Desk) {
        let workspace = desk.workspace;
        let before = self.lines.get(self.chosen).map(|line| line.deck.clone());
        self.day = desk.now.day;
        let decks = workspace.library.decks().iter().map(|shelf| Line {
            deck: Some(shelf.id.clone()),
            title: shelf.title.line(),
            standing: workspace.standing(shelf, desk.now),
        });
        self.lines = decks.collect();
        if self.lines.len() > 1 {
            let all = Line { deck: None, title: Safe::from("All decks"), standing: together(&self.lines) };
            self.lines.insert(0, all);
        }
        let same = before.and_then(|before| self.lines.iter().position(|line| line.deck == before));
        self.chosen = same.unwrap_or(self.chosen).min(self.lines.len().saturating_sub(1));
        let remaining = workspace.queue(&[], desk.now, 0).remaining();
        (self.ready, self.fresh) = (remaining.all(), remaining.new);
        self.work = remaining.all() as f64 * f64::from(workspace.memories.pace());
        self.week = workspace.forecast(desk.now.day, WEEK);
        self.has_exercise = workspace.has_exercise();
        self.mock = workspace.last_mock();
        self.problems = workspace.library.problems().len() + workspace.advice.len();
        self.list(desk);
    }

    /// Reads what the first cards of the chosen deck ask, once, so that drawing reads nothing.
    fn list(&mut self, desk: &Desk) {
        let first = self.shelf(desk).into_iter().flat_map(keys).take(LISTED);
        self.cards = first.map(|card| (desk.headline(&card), card)).collect();
    }

    fn act(&mut self, action: Action, desk: &Desk) -> Vec<Effect> {
        let last = self.lines.len().saturating_sub(1);
        match action {
            Action::Study => return self.study(),
            Action::Choice if self.has_exercise => return vec![Effect::Open(Route::Choice(self.drill(desk)))],
            Action::Choice => {}
            Action::Interview => {
                let decks = self.chosen_deck();
                return vec![Effect::Open(Route::Interview(Wanted { decks, ..Wanted::default() }))];
            }
            Action::Up => self.chosen = self.chosen.saturating_sub(1),
            Action::Down => self.chosen = (self.chosen + 1).min(last),
            Action::First => self.chosen = 0,
            Action::Last => self.chosen = last,
            Action::Suspended if self.has_aside() => return vec![Effect::Open(Route::Suspended)],
            Action::Suspended => {}
            Action::Problems if self.problems > 0 => return vec![Effect::Open(Route::Problems)],
            Action::Problems => {}
            Action::Browse if self.lines.is_empty() => {}
            Action::Browse => {
                let deck = self.chosen_deck().pop();
                return vec![Effect::Open(Route::Deck { deck, card: None })];
            }
            Action::Add => {
                let deck = self.shelf(desk).filter(|shelf| shelf.is_own()).map(|shelf| shelf.id.clone());
                return vec![Effect::Open(Route::Edit { deck, card: None })];
            }
            Action::Quit => return vec![Effect::Quit],
        }
        self.list(desk);
        Vec::new()
    }

    /// Whether any card is suspended or a leech.
    fn has_aside(&self) -> bool {
        self.lines.iter().any(|line| line.standing.suspended + line.standing.leeches > 0)
    }

    /// A round of the exercise of the chosen deck; of the first one if that deck has none.
    fn drill(&self, desk: &Desk) -> Drill {
        let slot = self.shelf(desk).and_then(|shelf| Some((shelf, shelf.cards.iter().find(|slot| slot.choice)?)));
        let card = slot.and_then(|(shelf, slot)| desk.workspace.library.card(&shelf.id, &slot.id).ok());
        let exercise = card.and_then(|card| match card.kind {
            Kind::Choice(choice) => Some(choice.exercise.id.clone()),
            Kind::Recall(_) | Kind::Cloze(_) | Kind::Code(_) => None,
        });
        Drill { exercise, ..Drill::default() }
    }

    fn study(&self) -> Vec<Effect> {
        if self.lines.is_empty() {
            return Vec::new();
        }
        vec![Effect::Open(Route::Study { decks: self.chosen_deck(), more: 0 })]
    }

    /// The deck of the chosen line; none for the line of all decks.
    fn chosen_deck(&self) -> Vec<Id> {
        self.lines.get(self.chosen).and_then(|line| line.deck.clone()).into_iter().collect()
    }

    fn shelf<'a>(&self, desk: &Desk<'a>) -> Option<&'a Shelf> {
        desk.workspace.library.shelf(self.lines.get(self.chosen)?.deck.as_ref()?)
    }

    fn greeting(&self, desk: &Desk) -> Row {
        let hour = desk.now.offset.to_datetime(desk.now.at).hour();
        let hello = match hour {
            4..12 => "Good morning. ",
            12..18 => "Good afternoon. ",
            _ => "Good evening. ",
        };
        let row = if desk.size.0 < NARROW { Row::new() } else { Row::of(Role::Title, hello) };
        let new = if self.fresh == self.ready { "new " } else { "" };
        let work = when::work(self.work);
        match self.ready {
            _ if self.lines.is_empty() => row.and(Role::Text, "There is no deck yet."),
            0 => row.and(Role::Text, self.nothing(desk)),
            1 => row.and(Role::Text, safe!("One {new}card is ready, about {work}.")),
            ready if desk.size.0 < NARROW => row.and(Role::Text, safe!("{ready} {new}cards, about {work}.")),
            ready => row.and(Role::Text, safe!("{ready} {new}cards are ready, about {work}.")),
        }
    }

    /// What the chosen line is about.
    fn about(&self, columns: usize, desk: &Desk) -> Vec<Row> {
        let Some(line) = self.lines.get(self.chosen) else { return Vec::new() };
        let shelf = self.shelf(desk);
        let mut rows = Vec::new();
        if let Some(description) = shelf.and_then(|shelf| shelf.description.as_ref()) {
            rows.extend(markdown::rows(&description.line(), columns, Role::Quiet));
        }
        let Standing { cards, suspended, leeches, .. } = line.standing;
        let mut counts = count(cards as u64, "card", "cards").to_string();
        if suspended > 0 {
            counts += &format!(" · {suspended} suspended");
        }
        if leeches > 0 {
            counts += &format!(" · {leeches} forgotten often");
        }
        rows.push(Row::of(Role::Quiet, safe!("{counts}")));
        rows.extend(self.mock.as_ref().map(|mock| last_mock(mock, desk).fit(columns)));
        rows
    }

    /// What stands beside the decks or below them: the week, or how it goes as long as nothing was ever answered.
    fn aside(&self, columns: usize, desk: &Desk) -> Vec<Row> {
        if self.week.iter().any(|count| *count > 0) || !desk.workspace.memories.is_empty() {
            return self.week(desk);
        }
        let text = "1. Read the question and say your answer out loud.\n\
                    2. Look, and grade what you recalled: again, hard, good or easy.\n\
                    3. Come back tomorrow. What you are about to forget comes first.";
        let mut rows = vec![Row::of(Role::Title, "How it goes"), Row::new()];
        rows.extend(markdown::rows(&Safe::from(text), columns, Role::Text));
        rows
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

    fn draw_cards(&self, canvas: &mut Canvas, desk: &Desk) {
        let room = canvas.columns().saturating_sub(13);
        for (line, (question, card)) in self.cards.iter().take(canvas.rows()).enumerate() {
            let memory = desk.workspace.memory(card);
            let recall = desk.workspace.scheduler.retrievability(&memory, desk.now.day);
            canvas.row(line, 0, &bar(recall.unwrap_or(0.0), 5).gap(2).and(Role::Text, question).fit(room));
            canvas.right(line, 0, &next(&memory, desk));
        }
    }

    fn week(&self, desk: &Desk) -> Vec<Row> {
        let most = self.week.iter().copied().max().unwrap_or(0);
        let mut rows = vec![Row::of(Role::Title, "Next seven days"), Row::new()];
        if most == 0 {
            rows.push(Row::of(Role::Quiet, "nothing is due so far"));
            return rows;
        }
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

    fn take(&mut self, event: &Event, desk: &Desk) -> Vec<Effect> {
        if self.day != desk.now.day {
            self.look(desk);
        }
        match event {
            Event::Key(chord) => find(BINDS, *chord).map_or_else(Vec::new, |action| self.act(action, desk)),
            Event::Scroll(rows) => self.act(if *rows > 0 { Action::Down } else { Action::Up }, desk),
            Event::Click { row, .. } => {
                let place = Place::of(desk.size.1, self);
                match row.checked_sub(place.head).filter(|line| *line < place.lines).map(|line| line + place.first) {
                    Some(line) if line == self.chosen => self.study(),
                    Some(line) => {
                        self.chosen = line;
                        self.list(desk);
                        Vec::new()
                    }
                    None => Vec::new(),
                }
            }
            Event::Done(_) if self.is_covered => Vec::new(),
            Event::Uncovered | Event::Done(_) | Event::Tick => {
                self.is_covered = false;
                self.look(desk);
                Vec::new()
            }
            Event::Paste(_) | Event::Resize | Event::Leaving | Event::Edited(_) => Vec::new(),
        }
    }
}

/// Where things lie from the first row to the last.
struct Place {
    is_roomy: bool,
    /// The row of the first deck.
    head: usize,
    /// How many lines of the table are shown, and the first of them.
    lines: usize,
    first: usize,
    /// Rows that are left below.
    below: usize,
}

impl Place {
    fn of(rows: usize, home: &Home) -> Place {
        let is_roomy = rows > 12;
        let head = if is_roomy { 4 } else { 2 };
        let tail = usize::from(home.problems > 0) * 2;
        let lines = rows.saturating_sub(head + tail).min(home.lines.len());
        let first = home.chosen.saturating_sub(lines.saturating_sub(1));
        Place { is_roomy, head, lines, first, below: rows.saturating_sub(head + lines + tail + 1) }
    }
}

impl Screen for Home {
    fn title(&self, desk: &Desk) -> (Row, Row) {
        let day = safe!("{}", desk.now.day.strftime("%a %-d %b"));
        (Row::of(Role::Title, "greenroom"), Row::of(Role::Quiet, day))
    }

    fn view(&self, canvas: &mut Canvas, desk: &Desk) {
        let (columns, rows) = (canvas.columns(), canvas.rows());
        let is_wide = columns >= WIDE;
        let table = if is_wide { columns - ASIDE - 4 } else { columns };
        let place = Place::of(rows, self);
        canvas.row(place.head.saturating_sub(3), 3, &self.greeting(desk));
        if self.lines.is_empty() {
            return empty(canvas, desk);
        }
        if place.is_roomy {
            canvas.row(place.head - 1, 3, &Layout::of(table).head());
        }
        for (line, row) in self.table(table, desk).iter().skip(place.first).take(place.lines).enumerate() {
            canvas.row(place.head + line, 1, row);
        }
        if self.problems > 0 {
            canvas.row(rows - 1, 3, &found(self.problems));
        }
        if !place.is_roomy {
            return;
        }
        let measure = (table - 6).min(MEASURE);
        let about = self.about(measure, desk);
        let aside = self.aside(if is_wide { ASIDE } else { measure }, desk);
        let mut left = canvas.part(0, place.head + place.lines + 1, table, place.below);
        let has_room = left.rows() > about.len() + aside.len();
        if left.rows() >= about.len() {
            draw_rows(&about, &mut left.part(3, 0, table - 3, about.len()));
        }
        if is_wide {
            self.draw_cards(&mut left.part(3, about.len() + 1, table - 6, left.rows()), desk);
            draw_rows(&aside, &mut canvas.part(table, 1, ASIDE, rows - 1));
        } else if has_room {
            draw_rows(&aside, &mut left.part(3, about.len() + 1, table - 3, aside.len()));
        }
    }

    fn update(&mut self, event: &Event, desk: &Desk) -> Vec<Effect> {
        let effects = self.take(event, desk);
        self.is_covered |= effects.iter().any(|effect| matches!(effect, Effect::Open(_)));
        effects
    }

    fn hints(&self) -> Vec<Hint> {
        let is_useful = |hint: &Hint| {
            (hint.word != "problems" || self.problems > 0)
                && (hint.word != "label drill" || self.has_exercise)
                && (hint.word != "choose" || self.lines.len() > 1)
                && (hint.word != "set aside" || self.has_aside())
        };
        hints(BINDS).filter(is_useful).collect()
    }
}

/// The last interview: `Last mock   Thu · 62 of 100 points said · you expected 80`.
fn last_mock(mock: &Past, desk: &Desk) -> Row {
    let day = match desk.now.day.duration_since(mock.day).as_hours() / 24 {
        2..=6 => safe!("{}", mock.day.strftime("%a")),
        _ => when::ago(mock.day, desk.now.day),
    };
    let said = safe!("{:.0} of 100 points said", 100.0 * mock.said);
    let row = Row::of(Role::Quiet, "Last mock   ").and(Role::Quiet, day).gap(3).and(Role::Text, said);
    match mock.expected {
        Some(expected) => row.gap(3).and(Role::Quiet, safe!("you expected {:.0}", 100.0 * expected)),
        None => row,
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

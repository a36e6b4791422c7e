//! The cards of a deck: found, read, paused, moved, deleted, and opened to be changed.

mod filter;
mod keys;
mod list;
mod pane;

use self::filter::Filter;
use self::keys::{Action, CARRYING, COPYING, FILTERING, LIST, READING};
use self::list::List;
use crate::card::{Card, Id, Key};
use crate::deck::edit::find_card;
use crate::library::{Origin, Problem, Shelf};
use crate::review::Action as Taken;
use crate::safe;
use crate::text::{Safe, count};
use crate::tui::event::{Desk, Effect, Event, Notice, Outcome, Route, Screen, Tone};
use crate::tui::keys::{Bind, Chord, Hint, find, hints};
use crate::tui::paint::{Canvas, Row};
use crate::tui::theme::Role;
use crate::tui::widget::entry::{EDITS, Entry as Field};
use crate::tui::widget::markdown;
use crate::tui::widget::scroll::Scroll;
use crate::workspace::Authoring;

/// Columns from which on the chosen card stands beside the list.
const WIDE: usize = 100;

/// Rows from which on there is room for air.
const ROOMY: usize = 12;

/// Characters of a filter.
const LONGEST: usize = 200;

#[derive(Debug, Clone, Copy, PartialEq)]
enum Face {
    List,
    Filtering,
    Reading,
    /// The deck that the card goes to is being picked.
    Carrying,
    /// The deck is a shipped one, and the learner is asked whether to copy it; what they wanted to do.
    Copying(Action),
}

pub struct DeckScreen {
    list: List,
    title: Safe,
    face: Face,
    typed: Field,
    chosen: usize,
    /// The first line in sight.
    first: usize,
    /// The chosen card.
    card: Option<(Key, Card)>,
    scroll: Scroll,
    /// What is wrong with the text of the deck, and which of it is shown.
    problems: Vec<Problem>,
    problem: usize,
    /// Decks that the card can go to, and the one that is chosen.
    targets: Vec<(Id, Safe)>,
    target: usize,
    asks_to_delete: bool,
    /// The card that is to be chosen when the decks are read again, and what is to be done then.
    wanted: Option<Key>,
    then: Option<Action>,
}

impl DeckScreen {
    pub fn open(deck: Option<Id>, card: Option<Id>, desk: &Desk) -> DeckScreen {
        let wanted = deck.clone().zip(card).map(|(deck, card)| Key { deck, card });
        let mut screen = DeckScreen {
            list: List::of(deck),
            title: Safe::default(),
            face: Face::List,
            typed: Field::line(LONGEST),
            chosen: 0,
            first: 0,
            card: None,
            scroll: Scroll::default(),
            problems: Vec::new(),
            problem: 0,
            targets: Vec::new(),
            target: 0,
            asks_to_delete: false,
            wanted,
            then: None,
        };
        screen.refill(desk);
        screen.look(desk);
        screen
    }

    fn shelf<'a>(&self, desk: &Desk<'a>) -> Option<&'a Shelf> {
        desk.workspace.library.shelf(self.list.deck()?)
    }

    /// Lists the cards again. The chosen one stays chosen, or the one that was waited for is.
    fn refill(&mut self, desk: &Desk) {
        let shelf = self.shelf(desk);
        let gone = self.list.deck().map_or_else(|| Safe::from("All decks"), |deck| safe!("{deck}"));
        self.title = shelf.map_or(gone, |shelf| shelf.title.line());
        let key = self.wanted.take().or_else(|| self.card.as_ref().map(|(key, _)| key.clone()));
        self.list.fill(&Filter::read(&self.typed.text()), desk);
        let place = key.and_then(|key| self.list.find(&key, desk));
        self.chosen = place.unwrap_or(self.chosen).min(self.list.len().saturating_sub(1));
        let is_listed = |problem: &&Problem| shelf.is_none_or(|shelf| shelf.origin == problem.origin);
        let problems = desk.workspace.library.problems().iter().filter(is_listed);
        self.problems = problems.filter(|problem| problem.place.is_some()).cloned().collect();
        self.problem = self.problem.min(self.problems.len().saturating_sub(1));
    }

    /// Reads what is in sight.
    fn look(&mut self, desk: &Desk) {
        let rows = self.place(desk.size).rows.max(1);
        let last_first = self.list.len().saturating_sub(rows);
        self.first = self.first.clamp((self.chosen + 1).saturating_sub(rows), self.chosen).min(last_first);
        self.list.look(self.first, rows, desk);
        let key = self.list.key(self.chosen, desk);
        if self.card.as_ref().map(|(key, _)| key) != key.as_ref() {
            self.card = key.zip(self.list.card(self.chosen, desk));
            self.scroll = Scroll::default();
        }
    }

    fn table(&self) -> &'static [Bind<Action>] {
        match self.face {
            Face::List => LIST,
            Face::Filtering => FILTERING,
            Face::Reading => READING,
            Face::Carrying => CARRYING,
            Face::Copying(_) => COPYING,
        }
    }

    fn act(&mut self, action: Action, desk: &Desk) -> Vec<Effect> {
        let asked_to_delete = std::mem::take(&mut self.asks_to_delete);
        match action {
            Action::Open if self.card.is_some() => self.face = Face::Reading,
            Action::Filter => self.face = Face::Filtering,
            Action::Accept => return self.accept(desk),
            Action::Clear if self.face == Face::Filtering => {
                self.typed = Field::line(LONGEST);
                self.face = Face::List;
                self.refill(desk);
            }
            Action::Clear => self.face = Face::List,
            Action::Close if self.face == Face::Reading => self.face = Face::List,
            Action::Close if !self.typed.is_blank() => return self.act_on_filter(desk),
            Action::Close => return vec![Effect::Back],
            Action::Add => {
                let deck = self.shelf(desk).filter(|shelf| shelf.is_own()).map(|shelf| shelf.id.clone());
                return vec![Effect::Open(Route::Edit { deck, card: None })];
            }
            Action::Pause => return self.pause(desk),
            Action::TakeBack => return vec![Effect::Unauthor],
            Action::Edit | Action::Editor | Action::Delete | Action::Shift(_) | Action::Carry => {
                return self.change(action, asked_to_delete, desk);
            }
            Action::Problem => return self.visit_problem(),
            Action::NextProblem if !self.problems.is_empty() => self.problem = (self.problem + 1) % self.problems.len(),
            Action::Up => self.go(-1, desk),
            Action::Down => self.go(1, desk),
            Action::PageUp => self.go(-self.page(desk), desk),
            Action::PageDown => self.go(self.page(desk), desk),
            Action::First => self.chosen = 0,
            Action::Last => self.chosen = self.list.len().saturating_sub(1),
            Action::Open | Action::NextProblem => {}
        }
        Vec::new()
    }

    fn act_on_filter(&mut self, desk: &Desk) -> Vec<Effect> {
        self.face = Face::Filtering;
        self.act(Action::Clear, desk)
    }

    fn accept(&mut self, desk: &Desk) -> Vec<Effect> {
        match std::mem::replace(&mut self.face, Face::List) {
            Face::Carrying => {
                let (Some((key, _)), Some((to, _))) = (&self.card, self.targets.get(self.target)) else {
                    return Vec::new();
                };
                vec![Effect::Author(Authoring::Carry { key: key.clone(), to: to.clone() })]
            }
            Face::Copying(then) => {
                let Some((key, _)) = &self.card else { return Vec::new() };
                (self.then, self.wanted) = (Some(then), Some(key.clone()));
                vec![Effect::Author(Authoring::Copy(key.deck.clone()))]
            }
            _ => {
                self.refill(desk);
                Vec::new()
            }
        }
    }

    /// What changes the deck of the chosen card, which must be the learner's own for it.
    fn change(&mut self, action: Action, asked_to_delete: bool, desk: &Desk) -> Vec<Effect> {
        let Some((key, _)) = self.card.clone() else { return Vec::new() };
        let Some(shelf) = desk.workspace.library.shelf(&key.deck) else { return Vec::new() };
        let Origin::File(path) = &shelf.origin else {
            self.face = Face::Copying(action);
            return Vec::new();
        };
        match action {
            Action::Edit => vec![Effect::Open(Route::Edit { deck: Some(key.deck), card: Some(key.card) })],
            Action::Editor => {
                let line = shelf.origin.text().map_or(1, |text| line_of(&text, &key.card));
                vec![Effect::Visit { path: path.clone(), line }]
            }
            Action::Delete if asked_to_delete => vec![Effect::Author(Authoring::Remove(key))],
            Action::Delete => {
                self.asks_to_delete = true;
                vec![Notice::new(Tone::Warn, safe!("x again takes {} out of its deck; u brings it back", key.card))]
            }
            Action::Shift(by) => vec![Effect::Author(Authoring::Shift { key, by })],
            _ => self.pick_deck(&key, desk),
        }
    }

    /// Asks which deck the card is to go to.
    fn pick_deck(&mut self, key: &Key, desk: &Desk) -> Vec<Effect> {
        let others = desk.workspace.library.decks().iter().filter(|shelf| shelf.is_own() && shelf.id != key.deck);
        self.targets = others.map(|shelf| (shelf.id.clone(), shelf.title.line())).collect();
        self.target = 0;
        if self.targets.is_empty() {
            let words = Safe::from("there is no other deck of yours; alt-up and alt-down move a card in its deck");
            return vec![Notice::new(Tone::Quiet, words)];
        }
        self.face = Face::Carrying;
        Vec::new()
    }

    fn pause(&self, desk: &Desk) -> Vec<Effect> {
        let Some((key, _)) = &self.card else { return Vec::new() };
        let taken = if desk.workspace.memory(key).suspended { Taken::Resume } else { Taken::Suspend };
        vec![Effect::Record(desk.entry(key, taken))]
    }

    fn visit_problem(&self) -> Vec<Effect> {
        let place = self.problems.get(self.problem).and_then(|problem| Some((problem.origin.path()?, problem.place?)));
        let Some((path, (line, _))) = place else { return Vec::new() };
        vec![Effect::Visit { path: path.to_owned(), line: line as usize }]
    }

    fn go(&mut self, by: isize, desk: &Desk) {
        match self.face {
            Face::Reading => {
                let rows = self.reading(desk).len();
                self.scroll.go(by, rows, desk.size.1.saturating_sub(above(desk.size.1)));
            }
            Face::Carrying => self.target = step(self.target, by, self.targets.len()),
            _ => self.chosen = step(self.chosen, by, self.list.len()),
        }
    }

    fn page(&self, desk: &Desk) -> isize {
        self.place(desk.size).rows.saturating_sub(1).max(1) as isize
    }

    fn reading(&self, desk: &Desk) -> Vec<Row> {
        let columns = desk.size.0.saturating_sub(6).min(84);
        self.card.as_ref().map_or_else(Vec::new, |(key, card)| pane::whole(key, card, columns, desk))
    }

    fn key(&mut self, chord: Chord, desk: &Desk) -> Vec<Effect> {
        if let Some(action) = find(self.table(), chord) {
            return self.act(action, desk);
        }
        self.asks_to_delete = false;
        if self.face == Face::Filtering && self.typed.press(chord, LONGEST) {
            self.refill(desk);
        }
        Vec::new()
    }

    fn done(&mut self, outcome: &Outcome, desk: &Desk) -> Vec<Effect> {
        match outcome {
            Outcome::Authored { authored, .. } => {
                self.wanted = authored.card.clone().filter(|key| self.list.deck().is_none_or(|deck| *deck == key.deck));
            }
            Outcome::Refused { .. } => self.then = None,
            Outcome::Reread { .. } => {
                self.list.forget();
                self.refill(desk);
                self.card = None;
                self.look(desk);
                return self.then.take().map_or_else(Vec::new, |then| self.act(then, desk));
            }
            Outcome::Recorded { .. } | Outcome::Overtaken { .. } | Outcome::Undone { .. } | Outcome::Redone { .. } => {
                self.refill(desk);
            }
            _ => {}
        }
        Vec::new()
    }

    fn click(&mut self, column: usize, row: usize, desk: &Desk) -> Vec<Effect> {
        let place = self.place(desk.size);
        if row == 0 && self.face == Face::List {
            self.face = Face::Filtering;
        }
        let line = row.checked_sub(place.top).filter(|line| *line < place.rows && column < place.columns);
        let Some(line) = line.map(|line| line + self.first).filter(|line| *line < self.list.len()) else {
            return Vec::new();
        };
        match self.face {
            Face::List | Face::Filtering if line == self.chosen => return self.act(Action::Open, desk),
            Face::List | Face::Filtering => (self.chosen, self.face) = (line, Face::List),
            _ => {}
        }
        Vec::new()
    }

    fn place(&self, (columns, rows): (usize, usize)) -> Place {
        let top = 1 + above(rows);
        let foot = match self.problems.is_empty() {
            true => 0,
            false if rows > ROOMY => 2,
            false => 1,
        };
        let list = if columns >= WIDE { columns * 9 / 20 } else { columns };
        Place { top, rows: rows.saturating_sub(top + foot), columns: list, foot }
    }

    fn draw_filter(&self, canvas: &mut Canvas) {
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

    fn draw_list(&self, place: &Place, canvas: &mut Canvas, desk: &Desk) {
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

    fn draw_problem(&self, place: &Place, canvas: &mut Canvas) {
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

    fn draw_pane(&self, place: &Place, canvas: &mut Canvas, desk: &Desk) {
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

    fn draw_targets(&self, canvas: &mut Canvas) {
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

    fn draw_copying(&self, canvas: &mut Canvas, desk: &Desk) {
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

/// Where things lie.
struct Place {
    top: usize,
    /// Rows of the list.
    rows: usize,
    columns: usize,
    /// Rows below the list, for a problem.
    foot: usize,
}

fn above(rows: usize) -> usize {
    usize::from(rows > ROOMY)
}

fn step(place: usize, by: isize, all: usize) -> usize {
    place.saturating_add_signed(by).min(all.saturating_sub(1))
}

/// The line of a deck text, counted from 1, at which a card begins; 1 if it is not there any more.
pub fn line_of(text: &str, card: &Id) -> usize {
    find_card(text, card).and_then(|at| text.get(..at)).map_or(0, |before| before.matches('\n').count()) + 1
}

impl Screen for DeckScreen {
    fn title(&self, _: &Desk) -> (Row, Row) {
        let left = Row::of(Role::Title, "Cards").and(Role::Quiet, " · ").and(Role::Text, &self.title);
        let all = count(self.list.all() as u64, "card", "cards");
        let number = if self.typed.is_blank() { all } else { safe!("{} of {all}", self.list.len()) };
        let row = Row::of(Role::Text, number);
        let right = match self.problems.len() {
            0 => row,
            found => row.and(Role::Warn, safe!(" · {}", count(found as u64, "problem", "problems"))),
        };
        (left, right)
    }

    fn view(&self, canvas: &mut Canvas, desk: &Desk) {
        match self.face {
            Face::Reading => {
                let (columns, rows) = (canvas.columns(), canvas.rows());
                let mut part = canvas.part(0, above(rows), columns, rows.saturating_sub(above(rows)));
                return self.scroll.draw(&self.reading(desk), 3, &mut part);
            }
            Face::Carrying => return self.draw_targets(canvas),
            Face::Copying(_) => return self.draw_copying(canvas, desk),
            Face::List | Face::Filtering => {}
        }
        let place = self.place((canvas.columns(), canvas.rows()));
        self.draw_filter(canvas);
        self.draw_list(&place, canvas, desk);
        if place.columns < canvas.columns() {
            self.draw_pane(&place, canvas, desk);
        }
        self.draw_problem(&place, canvas);
    }

    fn update(&mut self, event: &Event, desk: &Desk) -> Vec<Effect> {
        let effects = match event {
            Event::Key(chord) => self.key(*chord, desk),
            Event::Paste(text) if self.face == Face::Filtering => {
                self.typed.insert(text);
                self.refill(desk);
                Vec::new()
            }
            Event::Scroll(by) => {
                self.go(*by, desk);
                Vec::new()
            }
            Event::Click { column, row } => self.click(*column, *row, desk),
            Event::Done(outcome) => self.done(outcome, desk),
            _ => Vec::new(),
        };
        self.look(desk);
        effects
    }

    fn hints(&self) -> Vec<Hint> {
        let edits = if self.face == Face::Filtering { EDITS } else { &[] };
        hints(self.table()).chain(hints(edits)).collect()
    }

    fn takes_letters(&self) -> bool {
        self.face == Face::Filtering
    }
}

//! The lines of the list: which cards pass the filter, and what is drawn of those in sight.

use std::collections::HashMap;
use std::rc::Rc;

use super::filter::{Filter, Words};
use crate::card::{Card, Id, Key};
use crate::library::Shelf;
use crate::scheduler::{Due, Memory};
use crate::text::Safe;
use crate::tui::event::Desk;
use crate::tui::paint::Row;
use crate::tui::theme::Role;
use crate::tui::widget::{markdown, when};

/// Columns of a question that may be shown.
const LONGEST_LINE: usize = 400;

/// Cards of one deck or of all, in the order of their decks.
#[derive(Default)]
pub struct List {
    /// The decks that are listed; all if it is none.
    deck: Option<Id>,
    /// Places of decks in the library, and of cards in those, that pass the filter.
    lines: Vec<(u32, u32)>,
    /// All cards of the listed decks.
    all: usize,
    /// What is looked through, read when a filter asks for it first: one list a deck.
    words: HashMap<Id, Rc<[Words]>>,
    /// The questions in sight.
    questions: HashMap<(u32, u32), Safe>,
}

impl List {
    pub fn of(deck: Option<Id>) -> List {
        List { deck, ..List::default() }
    }

    pub fn deck(&self) -> Option<&Id> {
        self.deck.as_ref()
    }

    pub fn len(&self) -> usize {
        self.lines.len()
    }

    pub fn all(&self) -> usize {
        self.all
    }

    /// Forgets what was read of the cards: the decks are others now.
    pub fn forget(&mut self) {
        self.words.clear();
        self.questions.clear();
    }

    fn shelves<'a>(&self, desk: &Desk<'a>) -> impl Iterator<Item = (u32, &'a Shelf)> + use<'a> {
        let deck = self.deck.clone();
        let all = (0..).zip(desk.workspace.library.decks());
        all.filter(move |(_, shelf)| deck.as_ref().is_none_or(|deck| *deck == shelf.id))
    }

    /// Lists the cards that pass.
    pub fn fill(&mut self, filter: &Filter, desk: &Desk) {
        self.lines.clear();
        self.all = 0;
        for (deck, shelf) in self.shelves(desk) {
            self.all += shelf.cards.len();
            let words = filter.reads_words().then(|| self.words(shelf, desk));
            let passes = |place: usize| {
                let slot = &shelf.cards[place];
                let memory = desk.workspace.memories.of(&shelf.id, &slot.id);
                filter.passes(slot.level, &memory, &desk.now)
                    && words.as_ref().is_none_or(|words| words.get(place).is_some_and(|words| filter.finds(words)))
            };
            let places = 0..shelf.cards.len();
            match filter.is_empty() {
                true => self.lines.extend(places.map(|place| (deck, place as u32))),
                false => self.lines.extend(places.filter(|place| passes(*place)).map(|place| (deck, place as u32))),
            }
        }
    }

    fn words(&mut self, shelf: &Shelf, desk: &Desk) -> Rc<[Words]> {
        let read = || {
            let cards = desk.workspace.library.cards(shelf).unwrap_or_default();
            cards.iter().map(|card| Words::of(card, &shelf.tags)).collect()
        };
        self.words.entry(shelf.id.clone()).or_insert_with(read).clone()
    }

    /// Reads the questions of the lines in sight, so that drawing reads nothing.
    pub fn look(&mut self, first: usize, rows: usize, desk: &Desk) {
        let seen: Vec<_> = self.lines.iter().skip(first).take(rows).copied().collect();
        self.questions.retain(|line, _| seen.contains(line));
        for line in seen {
            if !self.questions.contains_key(&line)
                && let Some(card) = read(line, desk)
            {
                self.questions.insert(line, headline(&card));
            }
        }
    }

    pub fn key(&self, line: usize, desk: &Desk) -> Option<Key> {
        let (deck, place) = self.lines.get(line)?;
        let shelf = desk.workspace.library.decks().get(*deck as usize)?;
        Some(Key { deck: shelf.id.clone(), card: shelf.cards.get(*place as usize)?.id.clone() })
    }

    pub fn card(&self, line: usize, desk: &Desk) -> Option<Card> {
        read(*self.lines.get(line)?, desk)
    }

    /// The line of a card.
    pub fn find(&self, key: &Key, desk: &Desk) -> Option<usize> {
        let decks = desk.workspace.library.decks();
        let deck = decks.iter().position(|shelf| shelf.id == key.deck)? as u32;
        let place = decks[deck as usize].cards.iter().position(|slot| slot.id == key.card)? as u32;
        self.lines.iter().position(|line| *line == (deck, place))
    }

    /// A line as it is drawn: mark, question, and at the right how the card stands.
    pub fn row(&self, line: usize, is_chosen: bool, columns: usize, desk: &Desk) -> Row {
        let Some(question) = self.lines.get(line).and_then(|line| self.questions.get(line)) else { return Row::new() };
        let memory = self.key(line, desk).map_or_else(Memory::default, |key| desk.workspace.memory(&key));
        let state = state(&memory, columns < 60, desk);
        let mark = if is_chosen { Row::of(Role::Accent, "❯ ") } else { Row::new().gap(2) };
        let role = match (is_chosen, memory.suspended) {
            (true, _) => Role::Chosen,
            (false, true) => Role::Quiet,
            (false, false) => Role::Text,
        };
        let end = columns.saturating_sub(state.columns() + 1);
        let mut row = mark.and(role, question).fit(end.saturating_sub(2)).to(end);
        row.0.extend(state.0);
        row
    }
}

/// What a card asks, on one line and without the marks of Markdown.
fn headline(card: &Card) -> Safe {
    let rows = markdown::rows(&card.prompt(), LONGEST_LINE, Role::Text);
    Safe::new(&rows.iter().take(3).map(Row::text).collect::<Vec<_>>().join(" ")).line()
}

fn read((deck, place): (u32, u32), desk: &Desk) -> Option<Card> {
    let shelf = desk.workspace.library.decks().get(deck as usize)?;
    desk.workspace.library.card_at(shelf, place as usize).ok()
}

/// How a card stands, in few words.
pub fn state(memory: &Memory, is_short: bool, desk: &Desk) -> Row {
    let leech = if memory.leech { Row::of(Role::Warn, "leech ") } else { Row::new() };
    let word = match memory.due() {
        _ if memory.suspended => Row::of(Role::Warn, "paused"),
        Due::Anytime => Row::of(Role::Quiet, "new"),
        due if memory.is_due(&desk.now) => match due {
            Due::At(_) => Row::of(Role::Accent, "now"),
            _ => Row::of(Role::Accent, "due"),
        },
        due if is_short => Row::of(Role::Quiet, when::until_short(&due, desk.now)),
        due => Row::of(Role::Quiet, when::until(&due, desk.now)),
    };
    let mut row = leech;
    row.0.extend(word.0);
    row
}

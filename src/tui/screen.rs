//! The screens: what one is, and the only list of them.

mod help;
mod home;
mod problems;
mod rescue;
mod study;
mod suspended;

use jiff::Timestamp;

use super::event::{Desk, Effect, Event};
use super::keys::Hint;
use super::paint::{Canvas, Row};
use crate::card::{Id, Key};
use crate::safe;
use crate::text::Safe;

/// One thing to see and do. It is drawn from what it holds and the desk, and changes only in `update`.
pub trait Screen {
    /// Where the learner is, and what is written at the right of it.
    fn title(&self, desk: &Desk) -> (Row, Row);

    fn view(&self, canvas: &mut Canvas, desk: &Desk);

    fn update(&mut self, event: &Event, desk: &Desk) -> Vec<Effect>;

    /// What can be done now, the most useful first.
    fn hints(&self) -> Vec<Hint>;

    /// When the screen wants to look at the clock again.
    fn wakes_at(&self, _desk: &Desk) -> Option<Timestamp> {
        None
    }

    /// Whether letters are being typed, so that they are no keys.
    fn takes_letters(&self) -> bool {
        false
    }
}

/// The name of a screen with what it is opened on.
#[derive(Debug, Clone, PartialEq)]
pub enum Route {
    Home,
    /// Some decks, or all if none is named, with so many new cards beyond the daily limit.
    Study {
        decks: Vec<Id>,
        more: usize,
    },
    Problems,
    /// Cards that are suspended or forgotten often.
    Suspended,
    /// The keys of the screen below.
    Help(Vec<Hint>),
    /// The log cannot be read, and why.
    Rescue(Safe),
}

pub fn open(route: Route, desk: &Desk) -> Box<dyn Screen> {
    match route {
        Route::Home => Box::new(home::Home::open(desk)),
        Route::Study { decks, more } => Box::new(study::StudyScreen::open(decks, more, desk)),
        Route::Problems => Box::new(problems::Problems::open(desk)),
        Route::Suspended => Box::new(suspended::Suspended::open(desk)),
        Route::Help(hints) => Box::new(help::Help::open(hints)),
        Route::Rescue(why) => Box::new(rescue::Rescue::open(why, desk)),
    }
}

/// The words of a card's question, for lists.
fn headline(card: &Key, desk: &Desk) -> Safe {
    desk.workspace.library.card(&card.deck, &card.card).map_or_else(|_| safe!("{card}"), |card| card.prompt().line())
}

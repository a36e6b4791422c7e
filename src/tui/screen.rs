//! The only list of screens.

mod choice;
mod deck;
mod edit;
mod help;
mod home;
mod import;
mod interview;
mod mock;
mod own;
mod problems;
mod rescue;
mod study;
mod suspended;

use super::event::{Desk, Route, Screen};

pub fn open(route: Route, desk: &Desk) -> Box<dyn Screen> {
    match route {
        Route::Home => Box::new(home::Home::open(desk)),
        Route::Study { decks, more } => Box::new(study::StudyScreen::open(decks, more, desk)),
        Route::Choice(drill) => Box::new(choice::ChoiceScreen::open(drill, desk)),
        Route::Own { exercise, is_expert } => Box::new(own::Own::open(exercise, is_expert)),
        Route::Interview(wanted) => Box::new(interview::SetUp::open(wanted, desk)),
        Route::Mock(sitting) => Box::new(mock::MockScreen::open(*sitting, desk)),
        Route::Problems => Box::new(problems::Problems::open(desk)),
        Route::Deck { deck, card } => Box::new(deck::DeckScreen::open(deck, card, desk)),
        Route::Edit { deck, card } => Box::new(edit::EditScreen::open(deck.as_ref(), card, desk)),
        Route::Import(batch) => Box::new(import::Import::open(*batch)),
        Route::Suspended => Box::new(suspended::Suspended::open(desk)),
        Route::Help(hints) => Box::new(help::Help::open(hints)),
        Route::Rescue(why) => Box::new(rescue::Rescue::open(why, desk)),
    }
}

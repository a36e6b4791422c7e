//! The grader of a deck, made when it is first asked.

use std::fmt;
use std::sync::{Arc, LazyLock};

use super::Workspace;
use crate::card::{Card, Id};
use crate::grader::{Grader, Verdict};
use crate::library::Lost;

/// Marks typed answers to the cards of one deck. Clones share one grader, and the first of them that marks makes it:
/// that takes so long that it is done beside the drawing.
#[derive(Clone)]
pub struct Marker(Arc<LazyLock<Grader, Box<dyn FnOnce() -> Grader + Send>>>);

impl Workspace {
    /// The marker of a deck. It is the same one until the deck files are looked at again.
    ///
    /// # Errors
    /// The deck cannot be read any more, or there is none of that name.
    pub fn marker(&self, deck: &Id) -> Result<Marker, Lost> {
        if let Some(marker) = self.markers.borrow().get(deck) {
            return Ok(marker.clone());
        }
        let cards = self.library.shelf(deck).map(|shelf| self.library.cards(shelf)).transpose()?.unwrap_or_default();
        let marker = Marker::new(deck.clone(), cards);
        self.markers.borrow_mut().insert(deck.clone(), marker.clone());
        Ok(marker)
    }
}

impl Marker {
    fn new(deck: Id, cards: Vec<Card>) -> Marker {
        Marker(Arc::new(LazyLock::new(Box::new(move || Grader::new(&deck, &cards)))))
    }

    /// Marks an answer to a card of the deck, as [`Grader::grade`] does.
    pub fn mark(&self, card: &Id, answer: &str) -> Option<Verdict> {
        self.0.grade(card, answer)
    }
}

impl fmt::Debug for Marker {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Marker")
    }
}

/// Two are alike if they share their grader.
impl PartialEq for Marker {
    fn eq(&self, other: &Marker) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

//! What the rules of decks say of a card as it would be written.

use crate::card::{Card, Kind};
use crate::deck::edit::{Unfit, add_card};
use crate::deck::{new_deck, parse};
use crate::safe;
use crate::text::{Safe, count};
use crate::tui::paint::Row;
use crate::tui::theme::Role;

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Check {
    /// Nothing is missing and nothing found; in a few words what there is.
    Good(Safe),
    /// It can be saved, but look.
    Look(Safe),
    /// It cannot be saved yet.
    Missing(Safe),
}

/// Holds a card against the rules, in a deck of its own.
pub fn check(card: &Card) -> Check {
    let Kind::Recall(recall) = &card.kind else { return Check::Good(Safe::from("it is changed in your editor")) };
    if recall.question.is_empty() || recall.answer.is_empty() {
        return Check::Missing(Safe::from("a question and an answer are enough; ctrl-s then saves"));
    }
    let text = match add_card(&new_deck(&card.id, &Safe::from("Check")), card) {
        Ok(text) => text,
        Err(Unfit::Unwritable(why)) => return Check::Missing(why.line()),
        Err(why) => return Check::Missing(safe!("the card {why}")),
    };
    match parse(&text).diagnostics.first() {
        Some(found) => Check::Look(found.message.line()),
        None if recall.points.is_empty() => {
            Check::Good(Safe::from("it can be saved; points let a typed answer be marked"))
        }
        None => Check::Good(safe!("{}, nothing found", count(recall.points.len() as u64, "point", "points"))),
    }
}

impl Check {
    pub fn row(&self) -> Row {
        match self {
            Check::Good(words) => Row::of(Role::Good, "✓ ").and(Role::Text, words),
            Check::Look(words) => Row::of(Role::Warn, "~ ").and(Role::Text, words),
            Check::Missing(words) => Row::of(Role::Quiet, "· ").and(Role::Text, words),
        }
    }
}

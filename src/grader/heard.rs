//! Further ways to say a point that people were heard to use, beside those that the deck's author wrote.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::card::{Id, Key, Recall};
use crate::text::Safe;

/// What was heard, a line of JSON each.
const SHIPPED: &str = include_str!("../../assets/grader/heard.jsonl");

/// One line, heard of one point.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Heard {
    pub card: Key,
    pub point: Id,
    pub text: String,
}

/// What is shipped, by card.
pub fn shipped() -> BTreeMap<Key, Vec<Heard>> {
    let mut by_card: BTreeMap<Key, Vec<Heard>> = BTreeMap::new();
    for line in SHIPPED.lines() {
        let heard: Heard = serde_json::from_str(line).expect("the shipped lines are read by a test");
        by_card.entry(heard.card.clone()).or_default().push(heard);
    }
    by_card
}

/// Adds what was heard to the lines of a card's points; what is of no point of it is left out.
pub fn add<'h>(card: &mut Recall, heard: impl IntoIterator<Item = (&'h str, &'h str)>) {
    for (point, text) in heard {
        if let Some(point) = card.points.iter_mut().find(|known| known.id.as_str() == point) {
            point.accept.push(Safe::new(text));
        }
    }
}

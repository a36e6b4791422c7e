//! What people were heard to say, beside the lines that the deck's author wrote.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::card::{Id, Key, Recall};
use crate::text::Safe;

/// What was heard, a line of JSON each.
const SHIPPED: &str = include_str!("../../assets/grader/heard.jsonl");

/// One line, heard of one point or misconception.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Heard {
    pub card: Key,
    pub how: How,
    pub claim: Id,
    pub text: String,
}

/// How a line stands to what it was heard of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum How {
    /// It says a point.
    Said,
    /// It states a misconception.
    Stated,
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

/// Adds what was heard to the lines of a card's points and misconceptions; what is of none of them is left out.
pub fn add<'h>(card: &mut Recall, heard: impl IntoIterator<Item = &'h Heard>) {
    for Heard { how, claim, text, .. } in heard {
        let accept = match how {
            How::Said => card.points.iter_mut().find(|point| point.id == *claim).map(|point| &mut point.accept),
            How::Stated => {
                card.misconceptions.iter_mut().find(|wrong| wrong.id == *claim).map(|wrong| &mut wrong.accept)
            }
        };
        if let Some(accept) = accept {
            accept.push(Safe::new(text));
        }
    }
}

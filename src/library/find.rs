//! The card that a person means: by its key, by its id alone, or nearly.

use super::Library;
use crate::card::{Id, Key};
use crate::text::slips;
use crate::text::{Safe, width};

/// Suggestions that are made at most.
const SUGGESTIONS: usize = 3;
/// Columns of what was typed that a message repeats.
const REPEATED: usize = 80;

/// Why a text names no card.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotFound {
    #[error("there is no card `{text}`{}", or_list("; did you mean ", .nearest, "?"))]
    Unknown {
        text: Safe,
        /// At most three, the nearest first; often none.
        nearest: Vec<Key>,
    },
    #[error("several decks have a card `{text}`: write {}", or_list("", .keys, ""))]
    Ambiguous { text: Safe, keys: Vec<Key> },
}

/// `before`, the keys joined by "or", `after`; nothing if there are no keys.
fn or_list(before: &str, keys: &[Key], after: &str) -> String {
    let names: Vec<_> = keys.iter().map(|key| format!("`{key}`")).collect();
    if names.is_empty() { String::new() } else { format!("{before}{}{after}", names.join(" or ")) }
}

impl Library {
    /// The card with the key `deck/card`, or with a card id that only one deck has.
    pub fn find(&self, text: &str) -> Result<Key, NotFound> {
        let mut keys = match text.parse::<Key>() {
            Ok(key) if self.has(&key) => vec![key],
            _ => text.parse().map_or(Vec::new(), |card| self.keys_of(&card)),
        };
        if keys.len() == 1 {
            return Ok(keys.remove(0));
        }
        let shown = Safe::new(&width::fit(Safe::new(text).line().as_str(), REPEATED));
        if keys.is_empty() {
            return Err(NotFound::Unknown { nearest: self.nearest(shown.as_str()), text: shown });
        }
        Err(NotFound::Ambiguous { text: shown, keys })
    }

    /// Whether a deck has this card.
    pub fn has(&self, key: &Key) -> bool {
        self.shelf(&key.deck).is_some_and(|shelf| shelf.slot(&key.card).is_some())
    }

    fn keys_of(&self, card: &Id) -> Vec<Key> {
        let decks = self.decks().iter().filter(|shelf| shelf.slot(card).is_some());
        decks.map(|shelf| Key { deck: shelf.id.clone(), card: card.clone() }).collect()
    }

    fn nearest(&self, text: &str) -> Vec<Key> {
        let text = text.to_ascii_lowercase();
        let (deck, card) = text.split_once('/').map_or((None, &*text), |(deck, card)| (Some(deck), card));
        let limit = 1 + card.len() / 5;
        let mut near = Vec::new();
        for shelf in self.decks() {
            // In a deck with quite another name only the card itself counts.
            let apart = deck.map_or(0, |deck| slips(deck, shelf.id.as_str(), limit).unwrap_or(limit));
            for slot in &shelf.cards {
                if let Some(edits) = slips(card, slot.id.as_str(), limit - apart) {
                    near.push((apart + edits, &shelf.id, &slot.id));
                }
            }
        }
        near.sort();
        near.into_iter()
            .take(SUGGESTIONS)
            .map(|(_, deck, card)| Key { deck: deck.clone(), card: card.clone() })
            .collect()
    }
}

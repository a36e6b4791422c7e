//! The card that a person means: by its key, by its id alone, or nearly.

use super::Library;
use crate::card::{Id, Key};
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

    fn has(&self, key: &Key) -> bool {
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
            let apart = deck.map_or(0, |deck| distance(deck, shelf.id.as_str(), limit).unwrap_or(limit));
            for slot in &shelf.cards {
                if let Some(edits) = distance(card, slot.id.as_str(), limit - apart) {
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

/// Insertions, deletions, replacements and swaps of neighbouring bytes from one text to the other, if at most `limit`.
fn distance(one: &str, other: &str, limit: usize) -> Option<usize> {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    if one.len().abs_diff(other.len()) > limit {
        return None;
    }
    let mut before = vec![0; other.len() + 1];
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (row, &byte) in one.iter().enumerate() {
        let mut this = vec![row + 1; other.len() + 1];
        for (column, &opposite) in other.iter().enumerate() {
            let replaced = last[column] + usize::from(byte != opposite);
            this[column + 1] = replaced.min(last[column + 1] + 1).min(this[column] + 1);
            if row > 0 && column > 0 && byte == other[column - 1] && opposite == one[row - 1] {
                this[column + 1] = this[column + 1].min(before[column - 1] + 1);
            }
        }
        if this.iter().min() > Some(&limit) {
            return None;
        }
        before = std::mem::replace(&mut last, this);
    }
    last.last().copied().filter(|&edits| edits <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_distance_counts_slips_of_the_keyboard() {
        for (one, other, edits) in
            [("role", "role", 0), ("role", "roel", 1), ("role", "rle", 1), ("", "ab", 2), ("ca", "abc", 3)]
        {
            assert_eq!(distance(one, other, 3), Some(edits), "{one} {other}");
            assert_eq!(distance(other, one, 3), Some(edits), "{other} {one}");
        }
        assert_eq!(distance("role", "lore", 1), None);
        assert_eq!(distance("role", "execution-role", 3), None);
    }
}

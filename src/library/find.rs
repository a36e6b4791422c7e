//! The card that a person means: by its key, by its id alone, or nearly.

use std::path::Path;

use super::{Library, Origin, Problem};
use crate::card::{Id, Key};
use crate::deck::Severity;
use crate::text::slips;
use crate::text::{Safe, width};

/// Suggestions that are made at most.
const SUGGESTIONS: usize = 3;
/// Columns of what was typed that a message repeats.
const REPEATED: usize = 80;

/// Why a text names no card.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotFound {
    #[error("there is no card `{text}`{}{unread}", or_list("; did you mean ", .nearest, "?"))]
    Unknown {
        text: Safe,
        /// At most three, the nearest first; often none.
        nearest: Vec<Key>,
        /// The decks that it may be in and that cannot be read, as [`Library::told_unread`] tells them; often nothing.
        unread: Safe,
    },
    #[error("several decks have a card `{text}`: write {}", or_list("", .keys, ""))]
    Ambiguous { text: Safe, keys: Vec<Key> },
}

/// `before`, the keys joined by "or", `after`; nothing if there are no keys.
fn or_list(before: &str, keys: &[Key], after: &str) -> String {
    let names: Vec<_> = keys.iter().map(|key| format!("`{key}`")).collect();
    if names.is_empty() { String::new() } else { format!("{before}{}{after}", names.join(" or ")) }
}

/// Whether a word is meant as the path of a deck file and not as an id or a key.
pub fn is_path(name: &str) -> bool {
    let is_toml = Path::new(name).extension().is_some_and(|end| end.eq_ignore_ascii_case("toml"));
    is_toml || name.starts_with(['/', '.', '~']) || name.ends_with('/')
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
            let deck = text.split_once('/').and_then(|(deck, _)| deck.parse().ok());
            let (nearest, unread) = (self.nearest(shown.as_str()), self.told_unread(deck.as_ref()));
            return Err(NotFound::Unknown { nearest, unread, text: shown });
        }
        Err(NotFound::Ambiguous { text: shown, keys })
    }

    /// The first error of each file that gives no deck now; and of the deck with the id, whose cards with errors are left out.
    pub fn unread(&self, deck: Option<&Id>) -> Vec<&Problem> {
        let shelf_of = |origin: &Origin| self.decks().iter().find(|shelf| shelf.origin == *origin);
        let mut first: Vec<&Problem> = Vec::new();
        for problem in self.problems().iter().filter(|problem| problem.diagnostic.severity == Severity::Error) {
            let is_meant = shelf_of(&problem.origin).is_none_or(|shelf| Some(&shelf.id) == deck);
            if is_meant && !first.iter().any(|known| known.origin == problem.origin) {
                first.push(problem);
            }
        }
        first
    }

    /// The same as sentences that follow upon a message, each with its file and line; nothing if all is well.
    pub fn told_unread(&self, deck: Option<&Id>) -> Safe {
        let told = |problem: &&Problem| {
            let line = problem.place.map_or_else(String::new, |(line, _)| format!(":{line}"));
            format!(
                "\n{}{line}: {} Its cards are not there until it is mended.",
                problem.file,
                problem.diagnostic.message.line()
            )
        };
        Safe::from(self.unread(deck).iter().take(SUGGESTIONS).map(told).collect::<String>())
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

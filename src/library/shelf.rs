//! What is known of a deck without reading its cards.

use std::borrow::Cow;
use std::path::{self, Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::file::{self, Fingerprint, Refused};
use super::parsed::{Head, Outline};
use super::{BuiltIn, Lost};
use crate::card::{Id, Level};
use crate::deck;
use crate::text::Safe;

/// A deck, as far as it is known without reading its cards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shelf {
    pub id: Id,
    pub title: Safe,
    /// Markdown.
    pub description: Option<Safe>,
    pub language: Option<Safe>,
    pub tags: Vec<Safe>,
    pub origin: Origin,
    /// In the order of the deck.
    pub cards: Vec<Slot>,
    pub problems: Counts,
}

/// A card, as far as it is known without reading it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Slot {
    pub id: Id,
    pub level: Option<Level>,
    /// Whether a label is picked; otherwise the card is answered in words.
    pub choice: bool,
    /// Whether it is answered by a label that is hidden at the basic level.
    pub expert: bool,
    pub(super) body: Body,
}

impl<'de> Deserialize<'de> for Slot {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Slot, D::Error> {
        let (id, level, choice, expert, body) = <(&str, Option<Level>, bool, bool, Body)>::deserialize(deserializer)?;
        Ok(Slot { id: id.parse().map_err(serde::de::Error::custom)?, level, choice, expert, body })
    }
}

/// Where a cache keeps a card, and what proves that it is the one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Body {
    pub sum: u64,
    /// Bytes from the first body.
    pub offset: u32,
    pub length: u32,
}

impl Shelf {
    /// The shelf of a parsed text; none if it is no deck.
    pub(super) fn of(outline: Outline, origin: Origin) -> Option<Shelf> {
        let Outline { problems, head } = outline;
        let Head { id, title, description, language, tags, cards } = head?;
        Some(Shelf { id, title, description, language, tags, origin, cards, problems })
    }

    /// The card with this id. The search takes time in proportion to the size of the deck.
    pub fn slot(&self, card: &Id) -> Option<&Slot> {
        self.cards.iter().find(|slot| slot.id == *card)
    }

    /// Whether it is the learner's own deck, not a shipped one.
    pub fn is_own(&self) -> bool {
        matches!(self.origin, Origin::File(_))
    }
}

impl Body {
    pub fn start(self) -> u64 {
        u64::from(self.offset)
    }

    pub fn end(self) -> u64 {
        self.start() + u64::from(self.length)
    }
}

/// How many problems a text has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    pub errors: usize,
    pub warnings: usize,
}

/// Where a deck comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    BuiltIn(BuiltIn),
    /// The path as it was found: below a folder, or as it was named.
    File(PathBuf),
}

impl Origin {
    /// The name to show, on one line; that of a shipped deck is its path below `decks/`.
    pub fn name(&self) -> Safe {
        match self {
            Origin::BuiltIn(deck) => Safe::new(deck.name),
            Origin::File(path) => {
                let escape = |part: String, (from, to)| part.replace(from, to);
                Safe::new(&[("\t", r"\x09"), ("\n", r"\x0a")].into_iter().fold(path.to_string_lossy().into(), escape))
            }
        }
    }

    /// The file, if the deck is not a shipped one.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Origin::BuiltIn(_) => None,
            Origin::File(path) => Some(path),
        }
    }

    /// The text as it is now, to show it or to render the places of problems in it.
    pub fn text(&self) -> Result<String, Lost> {
        let (content, _) = self.read().map_err(|refused| Lost::gone(self, &refused))?;
        Ok(deck::decode(&content).into_owned())
    }

    /// The content as it is now, and the fingerprint of the file just before it was read; a shipped deck's is all zero.
    pub(super) fn read(&self) -> Result<(Cow<'static, [u8]>, Fingerprint), Refused> {
        match self {
            Origin::BuiltIn(deck) => Ok((Cow::Borrowed(deck.text), Fingerprint::default())),
            Origin::File(path) => file::read(path).map(|(content, fingerprint)| (Cow::Owned(content), fingerprint)),
        }
    }

    /// Bytes that no other origin has.
    pub(super) fn identity(&self) -> Vec<u8> {
        match self {
            Origin::BuiltIn(deck) => [b"built-in:", deck.name.as_bytes()].concat(),
            Origin::File(path) => {
                path::absolute(path).unwrap_or_else(|_| path.clone()).into_os_string().into_encoded_bytes()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slot_stays_small() {
        assert!(size_of::<Slot>() <= 40, "{} bytes", size_of::<Slot>());
    }
}

//! Deck text to deck: format, lint, and diagnostics with their place.

mod diagnostic;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

pub use diagnostic::{Diagnostic, Severity, place, render};

use crate::card::{Card, Id};
use crate::text::Safe;

/// The largest deck file, in bytes.
pub const LARGEST_FILE: usize = 32 << 20;

/// A deck that can be studied: every card in it is whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deck {
    pub id: Id,
    pub title: Safe,
    /// Markdown.
    pub description: Option<Safe>,
    /// The language that the cards are written in, such as `en`.
    pub language: Option<Safe>,
    pub tags: Vec<Safe>,
    /// In the order of the file: first the cards, then the scenarios. No two have the same id.
    pub cards: Vec<Card>,
}

/// What a text was found to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed {
    /// Missing if the text as a whole is no deck; cards with an error are left out of it.
    pub deck: Option<Deck>,
    /// Every problem of the text, in order of place.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a deck file. The spans of the diagnostics are byte ranges of [`decode`]`(bytes)`.
pub fn parse_bytes(bytes: &[u8]) -> Parsed {
    parse(&decode(bytes))
}

/// Reads deck text. Never panics. The spans of the diagnostics are byte ranges of `text`, on character borders.
pub fn parse(_text: &str) -> Parsed {
    Parsed { deck: None, diagnostics: Vec::new() }
}

/// The text of a deck file, to place and to render diagnostics in; what is no UTF-8 in it becomes U+FFFD.
pub fn decode(bytes: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}

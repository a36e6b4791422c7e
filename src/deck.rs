//! Deck text to deck: format, lint, and diagnostics with their place.

mod broken;
mod diagnostic;
pub mod edit;
mod encoding;
mod extend;
mod fields;
mod foreign;
mod format;
mod hidden;
mod lint;
mod read;
mod render;
mod rules;
mod scenario;
mod schema;
mod suggest;
mod syntax;
mod value;

use serde::{Deserialize, Serialize};
use toml::de::DeTable;

pub use diagnostic::{Diagnostic, Severity, place};
pub use edit::{Unfit, new_deck};
pub use encoding::{LARGEST_FILE, decode};
pub use extend::{Draft, add_scenario};
pub use format::{Key, Shape, Table};
pub use render::render;
pub use rules::{RULES, Rule};
pub use schema::schema;

use crate::card::{Card, Id};
use crate::text::Safe;

/// A deck that can be studied: every card in it is whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deck {
    pub id: Id,
    /// One line.
    pub title: Safe,
    /// Markdown.
    pub description: Option<Safe>,
    /// The language that the cards are written in, such as `en`.
    pub language: Option<Safe>,
    pub tags: Vec<Safe>,
    /// In the order of the file: first the cards, then clozes, code cards and scenarios. No two have the same id.
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

/// Reads a deck file of any size and encoding; what is no UTF-8 text of at most 32 MB gets one diagnostic that says so.
///
/// The spans of the diagnostics are byte ranges of [`decode`]`(bytes)`.
pub fn parse_bytes(bytes: &[u8]) -> Parsed {
    match encoding::check(bytes) {
        Ok(text) => read_text(text),
        Err(diagnostic) => Parsed { deck: None, diagnostics: vec![*diagnostic] },
    }
}

/// Reads deck text. Never panics. The spans of the diagnostics are byte ranges of `text`, on character borders.
///
/// ```
/// let parsed = greenroom::deck::parse(r#"
/// format = 1
/// id = "first"
/// title = "My first deck"
/// [[card]]
/// id = "ecs"
/// question = "What is ECS?"
/// answer = "A service that runs containers."
/// "#);
/// assert!(parsed.diagnostics.is_empty());
/// assert_eq!(parsed.deck.unwrap().cards.len(), 1);
/// ```
pub fn parse(text: &str) -> Parsed {
    match encoding::too_large(text.as_bytes()) {
        Some(diagnostic) => Parsed { deck: None, diagnostics: vec![diagnostic] },
        None => read_text(text),
    }
}

fn read_text(text: &str) -> Parsed {
    let tree = match DeTable::parse(text) {
        Ok(tree) => tree,
        Err(error) => return Parsed { deck: None, diagnostics: broken::diagnose(text, &error) },
    };
    let mut findings = diagnostic::Findings::default();
    hidden::scan(text, tree.get_ref(), &mut findings);
    foreign::in_texts(text, &mut findings);
    let deck = read::deck(tree.get_ref(), &mut findings);
    Parsed { deck, diagnostics: findings.finish(text) }
}

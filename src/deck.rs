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
mod switch;
mod syntax;
mod value;

use serde::{Deserialize, Serialize};
use toml::de::DeTable;

pub use diagnostic::{Diagnostic, Edit, Fix, Severity, place, quote};
pub use edit::{Unfit, new_deck};
pub use encoding::{LARGEST_FILE, check_bytes, decode};
pub use extend::{Draft, add_scenario};
pub use format::{Key, LONGEST_TEXT, MOST_ENTRIES, Shape, Table};
pub use render::render;
pub use rules::{RULES, Rule, learning};
pub use schema::schema;
pub use switch::Switch;

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
    /// Who wrote it.
    pub author: Option<Safe>,
    /// What others may do with it.
    pub licence: Option<Safe>,
    /// Where newer versions are.
    pub source: Option<Safe>,
    pub version: Option<Safe>,
    /// In the order of the file: first the cards, then clozes, code cards and scenarios. No two have the same id.
    pub cards: Vec<Card>,
}

impl Deck {
    /// A deck that says nothing of itself and has no cards yet.
    pub fn new(id: Id, title: Safe) -> Deck {
        let (description, language, tags) = (None, None, Vec::new());
        let (author, licence, source, version) = (None, None, None, None);
        Deck { id, title, description, language, tags, author, licence, source, version, cards: Vec::new() }
    }
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
    let (mut parsed, switches) = examine(bytes);
    parsed.diagnostics.retain(|diagnostic| !switches.iter().any(|switch| switch.covers(diagnostic)));
    parsed
}

/// Like [`parse_bytes`], with the diagnostics that the deck switches off among the others, and the switches.
pub fn examine(bytes: &[u8]) -> (Parsed, Vec<Switch>) {
    match check_bytes(bytes) {
        Ok(text) => read_text(text),
        Err(diagnostic) => (Parsed { deck: None, diagnostics: vec![*diagnostic] }, Vec::new()),
    }
}

/// Diagnostics of one text in order of place; of each rule a thousand at most, and then how many more there are.
pub fn listed(diagnostics: Vec<Diagnostic>, text: &str) -> Vec<Diagnostic> {
    let mut findings = diagnostic::Findings::default();
    for diagnostic in diagnostics {
        findings.add(diagnostic);
    }
    findings.finish(text)
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
    parse_bytes(text.as_bytes())
}

fn read_text(text: &str) -> (Parsed, Vec<Switch>) {
    let tree = match DeTable::parse(text) {
        Ok(tree) => tree,
        Err(error) => return (Parsed { deck: None, diagnostics: broken::diagnose(text, &error) }, Vec::new()),
    };
    let mut findings = diagnostic::Findings::default();
    hidden::scan(text, tree.get_ref(), &mut findings);
    foreign::in_texts(text, &mut findings);
    let deck = read::deck(tree.get_ref(), &mut findings);
    let switches = std::mem::take(&mut findings.switches);
    (Parsed { deck, diagnostics: findings.finish(text) }, switches)
}

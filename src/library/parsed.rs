//! A parsed deck text in three parts, by when they are needed: at once, when problems are shown, when a card is.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::cache::checksum;
use super::shelf::{Body, Counts, Slot};
use crate::card::{Card, Id, Kind};
use crate::deck::{self, Diagnostic, Fix, Severity};
use crate::text::Safe;

#[derive(Debug)]
pub(super) struct Parsed {
    pub outline: Outline,
    pub findings: Vec<Finding>,
    /// The cards one after the other, each where its slot says.
    pub bodies: Vec<u8>,
}

/// What stays in memory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Outline {
    pub problems: Counts,
    /// Missing if the text is no deck.
    pub head: Option<Head>,
}

/// Everything of a deck but its cards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Head {
    pub id: Id,
    pub title: Safe,
    pub description: Option<Safe>,
    pub language: Option<Safe>,
    pub tags: Vec<Safe>,
    pub cards: Vec<Slot>,
}

/// An outline on its way from the thread that parsed to the one that keeps it.
///
/// Ids that were made while parsing lie scattered in the memory of that thread, and each would keep the pages around
/// it in use: with a million cards that was half a gigabyte. Opened elsewhere they lie side by side.
#[derive(Debug)]
pub(super) struct Packed(Vec<u8>);

/// A diagnostic with its line and column, both counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Record", into = "Record")]
pub(super) struct Finding {
    pub place: (u32, u32),
    pub diagnostic: Diagnostic,
}

/// A finding as it is stored. The severity is that of the rule.
#[derive(Serialize, Deserialize)]
struct Record {
    place: (u32, u32),
    code: String,
    span: Range<usize>,
    message: Safe,
    help: Safe,
    related: Option<(Range<usize>, Safe)>,
    fix: Option<Fix>,
}

impl Packed {
    pub fn new(outline: &Outline) -> Packed {
        Packed(postcard::to_stdvec(outline).expect("a vector takes everything that outlines consist of"))
    }

    pub fn open(self) -> Outline {
        postcard::from_bytes(&self.0).expect("an outline was packed")
    }
}

impl Parsed {
    /// The cards, in the order of the deck.
    pub fn cards(&self) -> impl Iterator<Item = &Slot> {
        self.outline.head.iter().flat_map(|head| &head.cards)
    }

    /// One of the cards.
    pub fn card(&self, slot: &Slot) -> Option<Card> {
        let start = usize::try_from(slot.body.start()).ok()?;
        postcard::from_bytes(self.bodies.get(start..)?.get(..slot.body.length as usize)?).ok()
    }
}

/// Parses the content of a deck file.
pub(super) fn parse(content: &[u8]) -> Parsed {
    let deck::Parsed { deck, diagnostics } = deck::parse_bytes(content);
    let count = |severity| diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
    let problems = Counts { errors: count(Severity::Error), warnings: count(Severity::Warning) };
    let findings = if diagnostics.is_empty() { Vec::new() } else { place(diagnostics, &deck::decode(content)) };
    let mut bodies = Vec::new();
    let head = deck.map(|deck| Head {
        id: deck.id,
        title: deck.title,
        description: deck.description,
        language: deck.language,
        tags: deck.tags,
        cards: deck.cards.into_iter().map(|card| put_away(card, &mut bodies)).collect(),
    });
    Parsed { outline: Outline { problems, head }, findings, bodies }
}

/// Appends the card to the bodies.
fn put_away(card: Card, bodies: &mut Vec<u8>) -> Slot {
    let offset = bodies.len();
    *bodies =
        postcard::to_extend(&card, std::mem::take(bodies)).expect("a vector takes everything that cards consist of");
    let body = Body {
        sum: checksum(&bodies[offset..]),
        // A body too far out for these is not found again, and its deck is parsed anew.
        offset: u32::try_from(offset).unwrap_or(u32::MAX),
        length: u32::try_from(bodies.len() - offset).unwrap_or(u32::MAX),
    };
    let (choice, expert) = match &card.kind {
        Kind::Choice(choice) => (true, choice.is_expert()),
        Kind::Recall(_) | Kind::Cloze(_) | Kind::Code(_) => (false, false),
    };
    Slot { id: card.id, level: card.level, choice, expert, body }
}

/// Finds line and column of each diagnostic in one pass, for diagnostics in order of place.
pub(super) fn place(diagnostics: Vec<Diagnostic>, text: &str) -> Vec<Finding> {
    let (mut at, mut line, mut column) = (0, 1, 1);
    let mut placed = |diagnostic: Diagnostic| {
        let start = text.floor_char_boundary(diagnostic.span.start);
        if start < at {
            (at, line, column) = (0, 1, 1);
        }
        for character in text[at..start].chars() {
            (line, column) = match character {
                '\n' => (line + 1, 1),
                // The mark that opens some files takes no column.
                '\u{feff}' if column == 1 => (line, 1),
                _ => (line, column + 1),
            };
        }
        at = start;
        Finding { place: (line, column), diagnostic }
    };
    diagnostics.into_iter().map(&mut placed).collect()
}

impl From<Finding> for Record {
    fn from(Finding { place, diagnostic }: Finding) -> Record {
        let Diagnostic { code, severity: _, span, message, help, related, fix } = diagnostic;
        Record { place, code: code.to_owned(), span, message, help, related, fix }
    }
}

impl TryFrom<Record> for Finding {
    type Error = &'static str;

    fn try_from(record: Record) -> Result<Finding, &'static str> {
        let Record { place, code, span, message, help, related, fix } = record;
        let rule = deck::RULES.iter().find(|rule| rule.code == code).ok_or("there is no rule with this code")?;
        let diagnostic = Diagnostic { code: rule.code, severity: rule.severity, span, message, help, related, fix };
        Ok(Finding { place, diagnostic })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn diagnostic(start: usize) -> Diagnostic {
        let rule = deck::RULES[0];
        let (message, help) = (Safe::new("What is wrong."), Safe::new("What to do."));
        let related = Some((3..4, Safe::new("Why.")));
        Diagnostic { code: rule.code, severity: rule.severity, span: start..start, message, help, related, fix: None }
    }

    proptest! {
        #[test]
        fn places_are_those_that_the_deck_room_gives(text in "[\u{feff}aé\n]*", offsets in prop::collection::vec(0..40usize, 0..9)) {
            for finding in place(offsets.into_iter().map(diagnostic).collect(), &text) {
                let (line, column) = finding.place;
                let expected = deck::place(&text, finding.diagnostic.span.start);
                prop_assert_eq!((line as usize, column as usize), expected);
            }
        }
    }

    #[test]
    fn a_finding_survives_being_stored() {
        let finding = Finding { place: (2, 7), diagnostic: diagnostic(20) };
        let bytes = postcard::to_stdvec(&finding).expect("bytes");
        assert_eq!(postcard::from_bytes(&bytes), Ok(finding));
    }
}

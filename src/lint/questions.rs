//! Cards that ask the same, in one deck or in two.

use std::collections::HashMap;
use std::ops::Range;

use super::Sheet;
use super::words::{asked, folded};
use crate::card::{Card, Id, Kind};
use crate::deck::Diagnostic;
use crate::deck::learning::SAME_QUESTION;

/// Where a question was asked first.
struct Asked<'t> {
    sheet: usize,
    deck: &'t Id,
    card: &'t Id,
    span: Range<usize>,
}

/// Tells of each card that asks what an earlier one asked, with where that was.
pub fn check(sheets: &[Sheet<'_>], found: &mut [Vec<Diagnostic>]) {
    let mut known: HashMap<String, Asked<'_>> = HashMap::new();
    for sheet in sheets {
        for card in &sheet.deck.cards {
            let (Some(place), Some((question, key))) = (sheet.places.card(&card.id), question(card)) else { continue };
            let span = place.key(key).span();
            match known.get(&question) {
                Some(first) => found[sheet.number].push(repeated(first, sheet, span)),
                None => {
                    let first = Asked { sheet: sheet.number, deck: &sheet.deck.id, card: &card.id, span };
                    known.insert(question, first);
                }
            }
        }
    }
}

/// What the card asks, so that the same question is the same text, and the key that asks it. A scenario is compared with
/// those of its exercise, word by word: near twins differ in little.
fn question(card: &Card) -> Option<(String, &'static str)> {
    let (question, key) = match &card.kind {
        Kind::Choice(choice) => (format!("{} {}", choice.exercise.id, folded(choice.scenario.as_str())), "text"),
        Kind::Recall(recall) => (asked(recall.question.as_str()), "question"),
        Kind::Code(code) => (asked(code.question.as_str()), "question"),
        Kind::Cloze(_) => (folded(card.model_answer().as_str()), "text"),
    };
    (!question.is_empty()).then_some((question, key))
}

fn repeated(first: &Asked<'_>, sheet: &Sheet<'_>, span: Range<usize>) -> Diagnostic {
    let help = "Keep one of them, or say in each question what makes it different.";
    if first.sheet == sheet.number {
        let message = format!("The card `{}` asks the same.", first.card);
        return Diagnostic::new(&SAME_QUESTION, span, message, help).beside(first.span.clone(), "asked here already");
    }
    let message = format!("The card `{}` of the deck `{}` asks the same.", first.card, first.deck);
    Diagnostic::new(&SAME_QUESTION, span, message, help)
}

//! What the grader makes of a card: points that its own answer leaves out, and lines that speak against their point.

use super::Sheet;
use crate::card::{Card, Kind, Point, Recall};
use crate::deck::learning::{ACCEPT_CONTRADICTS, INCOMPLETE_ANSWER};
use crate::deck::{Diagnostic, quote};
use crate::grader::{Contradiction, Grader};
use crate::text::Safe;

/// Asks the grader about each card that names points. What it knows of words is English: an answer in another language
/// is not called incomplete.
pub fn check(sheet: &Sheet<'_>, found: &mut Vec<Diagnostic>) {
    let cards: Vec<&Card> = sheet.deck.cards.iter().filter(|card| has_points(card)).collect();
    if cards.is_empty() {
        return;
    }
    let is_english = sheet.deck.language.as_ref().is_none_or(|language| language.as_str().starts_with("en"));
    let grader = Grader::as_written(cards.iter().copied());
    for card in cards {
        let Kind::Recall(recall) = &card.kind else { continue };
        contradictions(&grader, sheet, card, recall, found);
        if is_english {
            incomplete(&grader, sheet, card, recall, found);
        }
    }
}

fn has_points(card: &Card) -> bool {
    matches!(&card.kind, Kind::Recall(recall) if !recall.points.is_empty())
}

fn contradictions(grader: &Grader, sheet: &Sheet<'_>, card: &Card, recall: &Recall, found: &mut Vec<Diagnostic>) {
    let Some(place) = sheet.places.card(&card.id) else { return };
    for (point, line, how) in grader.contradictions(&card.id) {
        let part = place.part("point", &point);
        let Some(line) = of(recall, &point).and_then(|point| point.accept.get(line)) else { continue };
        let message = match how {
            Contradiction::Negated => format!("{} says the opposite of its point.", quote(line.as_str())),
            Contradiction::Swapped => {
                format!("{} says of one side what its point says of the other.", quote(line.as_str()))
            }
        };
        let help = "Write in `accept` other ways to say the same; a wrong claim belongs under [[card.misconception]].";
        let diagnostic = Diagnostic::new(&ACCEPT_CONTRADICTS, part.key("accept").entry(line).span(), message, help);
        found.push(diagnostic.beside(part.key("text").span(), "the point"));
    }
}

fn incomplete(grader: &Grader, sheet: &Sheet<'_>, card: &Card, recall: &Recall, found: &mut Vec<Diagnostic>) {
    let Some(place) = sheet.places.card(&card.id) else { return };
    for id in grader.unsaid(&card.id) {
        let Some(point) = of(recall, &id) else { continue };
        let message = format!("The answer of this card does not say its point `{}`.", point.id);
        let help = said_so(&point.text);
        let span = place.part("point", &id).key("text").span();
        let diagnostic = Diagnostic::new(&INCOMPLETE_ANSWER, span, message, help);
        found.push(diagnostic.beside(place.key("answer").span(), "the answer"));
    }
}

fn of<'r>(recall: &'r Recall, point: &crate::card::Id) -> Option<&'r Point> {
    recall.points.iter().find(|known| known.id == *point)
}

fn said_so(text: &Safe) -> &'static str {
    match text.as_str().split_whitespace().count() {
        0..=3 => "Say it in the answer, and make the point a full sentence.",
        _ => "Say it in the answer, or add to `accept` the words in which the answer says it.",
    }
}

//! What a single card lacks: texts that say nothing, too many points, lines that repeat or contradict others.

use std::collections::HashMap;

use super::Sheet;
use super::places::Place;
use super::words::{folded, is_placeholder};
use crate::card::{Card, Id, Kind, Point, Recall};
use crate::deck::learning::{ACCEPT_REPEATS, ECHO, MANY_POINTS, PLACEHOLDER, POINT_AND_MISCONCEPTION};
use crate::deck::{Diagnostic, quote};
use crate::text::Safe;

/// So many points are too many for one answer.
const MANY: usize = 15;

/// Looks at each card that is answered in words.
pub fn check(sheet: &Sheet<'_>, found: &mut Vec<Diagnostic>) {
    for Card { id, kind, .. } in &sheet.deck.cards {
        let (Kind::Recall(recall), Some(card)) = (kind, sheet.places.card(id)) else { continue };
        placeholders(recall, card, found);
        echo(recall, card, found);
        many_points(recall, card, found);
        repeated_lines(recall, card, found);
        misconceptions(recall, card, found);
    }
}

fn placeholders(recall: &Recall, card: Place<'_>, found: &mut Vec<Diagnostic>) {
    let place = |point: &Point| card.part("point", &point.id).key("text");
    let of_points = recall.points.iter().map(|point| ("point", &point.text, place(point)));
    let own = [("question", &recall.question, card.key("question")), ("answer", &recall.answer, card.key("answer"))];
    for (noun, text, place) in own.into_iter().chain(of_points).filter(|(_, text, _)| is_placeholder(text.as_str())) {
        let message = format!("The {noun} is still {}.", quote(text.as_str()));
        let help = "Write it, or take the card out until you can.";
        found.push(Diagnostic::new(&PLACEHOLDER, place.span(), message, help));
    }
}

fn echo(recall: &Recall, card: Place<'_>, found: &mut Vec<Diagnostic>) {
    let answer = folded(recall.answer.as_str());
    if !answer.is_empty() && answer == folded(recall.question.as_str()) && !is_placeholder(recall.answer.as_str()) {
        let message = "The answer is the question once more.";
        let diagnostic = Diagnostic::new(&ECHO, card.key("answer").span(), message, "Write what a good answer says.");
        found.push(diagnostic.beside(card.key("question").span(), "the question"));
    }
}

fn many_points(recall: &Recall, card: Place<'_>, found: &mut Vec<Diagnostic>) {
    let count = recall.points.len();
    if count >= MANY {
        let message = format!("This card has {count} points; hardly any answer says that many.");
        let help = "Split it into several cards, of three to eight points each.";
        let first_too_many = card.part("point", &recall.points[MANY - 1].id).span();
        let diagnostic = Diagnostic::new(&MANY_POINTS, card.span(), message, help);
        found.push(diagnostic.beside(first_too_many, format!("point {MANY}")));
    }
}

/// Lines of `accept` that are there already, in their own point or in another one of the card.
fn repeated_lines(recall: &Recall, card: Place<'_>, found: &mut Vec<Diagnostic>) {
    let mut known: HashMap<String, (Place<'_>, &Id)> = HashMap::new();
    for point in &recall.points {
        let text = card.part("point", &point.id).key("text");
        known.entry(folded(point.text.as_str())).or_insert((text, &point.id));
    }
    for point in &recall.points {
        let list = card.part("point", &point.id).key("accept");
        for line in &point.accept {
            let place = list.entry(line);
            match known.get(&folded(line.as_str())) {
                Some((first, of)) if first.span() != place.span() => {
                    found.push(repeated(line, *of == &point.id, of, place).beside(first.span(), "it is here already"));
                }
                // The very same line twice: the second one cannot be told from the first by its words.
                Some((first, of)) => {
                    found.push(repeated(line, true, of, *first));
                }
                None => {
                    known.insert(folded(line.as_str()), (place, &point.id));
                }
            }
        }
    }
}

fn repeated(line: &Safe, is_own: bool, of: &Id, place: Place<'_>) -> Diagnostic {
    let (message, help) = if is_own {
        (format!("{} is said twice in this point.", quote(line.as_str())), "Delete it: it adds nothing.")
    } else {
        let help = "Keep it where it belongs; as it is, whoever says it gets both points for one.";
        (format!("{} is also how the point `{of}` is said.", quote(line.as_str())), help)
    };
    Diagnostic::new(&ACCEPT_REPEATS, place.span(), message, help)
}

/// Misconceptions that have the words of a point, or of a way to say it.
fn misconceptions(recall: &Recall, card: Place<'_>, found: &mut Vec<Diagnostic>) {
    if recall.misconceptions.is_empty() {
        return;
    }
    let mut right: HashMap<String, Place<'_>> = HashMap::new();
    for point in &recall.points {
        let place = card.part("point", &point.id);
        right.entry(folded(point.text.as_str())).or_insert(place.key("text"));
        for line in &point.accept {
            right.entry(folded(line.as_str())).or_insert(place.key("accept").entry(line));
        }
    }
    for wrong in &recall.misconceptions {
        let place = card.part("misconception", &wrong.id);
        let own = std::iter::once((&wrong.text, place.key("text")));
        let further = wrong.accept.iter().map(|line| (line, place.key("accept").entry(line)));
        for (text, place) in own.chain(further) {
            if let Some(point) = right.get(&folded(text.as_str())) {
                let message = format!("{} is a point and a misconception of this card.", quote(text.as_str()));
                let help = "Say in the misconception what people get wrong, in the words that they use.";
                let diagnostic = Diagnostic::new(&POINT_AND_MISCONCEPTION, place.span(), message, help);
                found.push(diagnostic.beside(point.span(), "called right here"));
            }
        }
    }
}

//! Labels of exercises: whether each can be picked, told apart and learned.

use std::collections::HashMap;

use super::Sheet;
use super::words::folded;
use crate::card::{Exercise, Id, Kind, Label};
use crate::classifier::{FEWEST, roles};
use crate::deck::Diagnostic;
use crate::deck::learning::{FEW_SCENARIOS, SAME_LABEL, TAKEN_LABEL_KEY};

/// Looks at the labels of each exercise that has a scenario.
pub fn check(sheet: &Sheet<'_>, found: &mut Vec<Diagnostic>) {
    for exercise in exercises(sheet) {
        let Some(place) = sheet.places.exercise(&exercise.id) else { continue };
        let mut names: HashMap<String, &Id> = HashMap::new();
        for Label { id, name, key, .. } in &exercise.labels {
            let label = place.part("labels", id);
            if let Some(key) = key.filter(|key| !Label::can_have(*key)) {
                let message = match key.is_ascii_alphanumeric() {
                    true => format!("The key `{key}` does something else where labels are picked."),
                    false => format!("The key `{key}` is no letter of a to z and no digit, so it picks no label."),
                };
                let help = "A digit is shown in its place. Choose another letter, such as the first one of the name.";
                found.push(Diagnostic::new(&TAKEN_LABEL_KEY, label.key("key").span(), message, help));
            }
            if let Some(first) = names.insert(folded(name.as_str()), id) {
                let message = format!("Two labels are called `{name}`.");
                let help = "Give each a name that says what makes it different.";
                let diagnostic = Diagnostic::new(&SAME_LABEL, label.key("name").span(), message, help);
                found.push(diagnostic.beside(place.part("labels", first).key("name").span(), "the first one"));
            }
        }
    }
}

/// Counts the scenarios of each label in all the decks; a copy of an exercise in another deck is the same exercise.
pub fn count(sheets: &[Sheet<'_>], found: &mut [Vec<Diagnostic>]) {
    let mut counts: HashMap<(&Id, Vec<&Id>), HashMap<&Id, usize>> = HashMap::new();
    for choice in sheets.iter().flat_map(choices) {
        let of_exercise = counts.entry(identity(&choice.exercise)).or_default();
        if let [right] = choice.right.as_slice() {
            *of_exercise.entry(right).or_default() += 1;
        }
    }
    for sheet in sheets {
        for exercise in exercises(sheet).filter(|exercise| !is_shipped(exercise)) {
            // Told once, where the exercise stands first.
            let Some(counts) = counts.remove(&identity(exercise)) else { continue };
            let Some(place) = sheet.places.exercise(&exercise.id) else { continue };
            if let Some(diagnostic) = few(exercise, &counts, place.span()) {
                found[sheet.number].push(diagnostic);
            }
        }
    }
}

fn few(exercise: &Exercise, counts: &HashMap<&Id, usize>, span: std::ops::Range<usize>) -> Option<Diagnostic> {
    let of = |label: &Label| counts.get(&label.id).copied().unwrap_or(0);
    let few: Vec<_> = exercise.labels.iter().filter(|label| of(label) < FEWEST).collect();
    let listed: Vec<_> = few.iter().map(|label| format!("{} has {}", label.name, of(label))).collect();
    let message = format!("Some labels have fewer than {FEWEST} scenarios of their own: {}.", listed.join(", "));
    let help = format!("Write {FEWEST} or more for each label, so that there is something to practise on.");
    (!few.is_empty()).then(|| Diagnostic::new(&FEW_SCENARIOS, span, message, help))
}

fn choices<'t>(sheet: &Sheet<'t>) -> impl Iterator<Item = &'t crate::card::Choice> {
    sheet.deck.cards.iter().filter_map(|card| match &card.kind {
        Kind::Choice(choice) => Some(choice),
        _ => None,
    })
}

/// The exercises of a deck that have scenarios, each once.
fn exercises<'t>(sheet: &Sheet<'t>) -> impl Iterator<Item = &'t Exercise> {
    let mut last: Option<&Id> = None;
    let mut seen = Vec::new();
    choices(sheet).map(|choice| choice.exercise.as_ref()).filter(move |exercise| {
        let is_new = last != Some(&exercise.id) && !seen.contains(&&exercise.id);
        if is_new {
            seen.push(&exercise.id);
        }
        last = Some(&exercise.id);
        is_new
    })
}

fn identity(exercise: &Exercise) -> (&Id, Vec<&Id>) {
    (&exercise.id, exercise.labels.iter().map(|label| &label.id).collect())
}

/// Whether the shipped classifier knows these labels, however few scenarios a deck adds to them.
fn is_shipped(exercise: &Exercise) -> bool {
    exercise.id.as_str() == roles::EXERCISE && exercise.labels.iter().map(|label| label.id.as_str()).eq(roles::LABELS)
}

//! Exercises and their scenarios as cards of the kind that is answered by choosing a label.

use std::collections::HashMap;
use std::sync::Arc;

use super::Diagnostic;
use super::diagnostic::{Findings, quote};
use super::fields::Fields;
use super::format::LABEL;
use super::lint::{Ids, lint_evidence, lint_pairs};
use super::read::{Entry, entry};
use super::rules::{BAD_LABEL_KEY, FEW_LABELS, UNKNOWN_EXERCISE, UNKNOWN_LABEL};
use super::value::{Placed, Slot};
use crate::card::{Choice, Exercise, Id, Kind, Label};

struct Exercises {
    /// Nothing for one with an error, whose scenarios are left out with it.
    by_id: HashMap<Id, Option<Arc<Exercise>>>,
    /// Whether each of them has an id; if not, a scenario may mean the one that has none.
    are_named: bool,
}

/// The scenarios of a deck, each as a card with the labels of its exercise.
pub fn read(deck: &Fields<'_>, findings: &mut Findings) -> Vec<Entry> {
    let exercises = exercises(deck, findings);
    let mut pairs = Vec::new();
    let mut entries = deck.each("scenario", findings, |fields, findings| {
        let id = fields.read("id", Slot::id, findings);
        let choice = choice(fields, &exercises, findings);
        pairs.push(fields.read("pair", Slot::id, findings));
        Some(entry(fields, id, choice.map(Kind::Choice), findings))
    });
    lint_pairs(&mut entries, pairs, findings);
    entries
}

fn exercises(deck: &Fields<'_>, findings: &mut Findings) -> Exercises {
    let mut ids = Ids::new("exercise");
    let mut are_named = true;
    let exercises = deck.each("exercise", findings, |fields, findings| {
        let id = fields.read("id", Slot::id, findings);
        are_named &= id.is_some();
        let prompt = fields.read("prompt", Slot::title, findings);
        let labels = labels(fields, findings);
        let prompt = prompt.filter(|_| fields.is_sound(findings));
        let is_first = ids.add(id.as_ref(), findings);
        let (id, _) = id.filter(|_| is_first)?;
        Some((id.clone(), prompt.map(|prompt| Arc::new(Exercise { id, prompt, labels }))))
    });
    Exercises { by_id: exercises.into_iter().collect(), are_named }
}

fn labels(exercise: &Fields<'_>, findings: &mut Findings) -> Vec<Label> {
    let mut ids = Ids::new("label");
    let mut keys: Vec<Placed<char>> = Vec::new();
    let labels = exercise.each("labels", findings, |part, findings| {
        let id = part.read("id", Slot::id, findings);
        let name = part.read("name", Slot::title, findings);
        let key = part.read("key", Slot::letter, findings).and_then(|key| free_key(key, &mut keys, findings));
        let expert = part.read("expert", Slot::flag, findings).unwrap_or(false);
        let about = part.read("about", Slot::text, findings);
        ids.add(id.as_ref(), findings);
        Some(Label { id: id?.0, name: name?, key, expert, about })
    });
    if labels.len() < 2 && exercise.is_sound(findings) {
        let message = "This exercise has fewer than two labels.";
        let help = format!("Give it two or more: {}", LABEL.example());
        findings.add(Diagnostic::new(&FEW_LABELS, exercise.span.clone(), message, help));
    }
    labels
}

fn free_key(key: Placed<char>, taken: &mut Vec<Placed<char>>, findings: &mut Findings) -> Option<char> {
    let letter = key.0;
    let Some((_, first)) = taken.iter().find(|(known, _)| *known == letter) else {
        taken.push(key);
        return Some(letter);
    };
    let message = format!("The key `{letter}` already chooses another label.");
    let diagnostic = Diagnostic::new(&BAD_LABEL_KEY, key.1, message, "Give each label a key of its own.");
    findings.add(diagnostic.beside(first.clone(), "the first one"));
    None
}

fn choice(fields: &Fields<'_>, exercises: &Exercises, findings: &mut Findings) -> Option<Choice> {
    let id = fields.read("exercise", Slot::id, findings);
    let scenario = fields.read("text", Slot::text, findings);
    let right = fields.read("right", Slot::ids, findings);
    let evidence = fields.read("evidence", Slot::placed_lines, findings).unwrap_or_default();
    let why = fields.read("why", Slot::text, findings);
    let facts = fields.read("facts", Slot::lines, findings).unwrap_or_default();
    let detail = fields.read("detail", Slot::text, findings);
    let flip = fields.read("flip", Slot::text, findings);
    let evidence = scenario.as_ref().map(|scenario| lint_evidence(evidence, scenario, findings)).unwrap_or_default();
    let (id, span) = id?;
    let Some(exercise) = exercises.by_id.get(&id) else {
        if exercises.are_named {
            findings.add(unknown_exercise(&id, span, exercises));
        }
        return None;
    };
    let exercise = exercise.clone()?;
    let right = right?.into_iter().filter_map(|label| known_label(label, &exercise.labels, findings)).collect();
    Some(Choice { exercise, scenario: scenario?, right, evidence, why, facts, detail, flip, pair: None })
}

fn unknown_exercise(id: &Id, span: std::ops::Range<usize>, exercises: &Exercises) -> Diagnostic {
    let mut known: Vec<_> = exercises.by_id.keys().map(Id::as_str).collect();
    known.sort_unstable();
    let help = if known.is_empty() {
        "Add [[exercise]] with id, prompt and labels.".to_owned()
    } else {
        format!("The exercises of this deck are {}.", known.join(", "))
    };
    Diagnostic::new(&UNKNOWN_EXERCISE, span, format!("There is no exercise {} in this deck.", quote(id.as_str())), help)
}

fn known_label((id, span): Placed<Id>, labels: &[Label], findings: &mut Findings) -> Option<Id> {
    if labels.iter().any(|label| label.id == id) {
        return Some(id);
    }
    let known: Vec<_> = labels.iter().map(|label| label.id.as_str()).collect();
    let message = format!("The exercise has no label {}.", quote(id.as_str()));
    findings.add(Diagnostic::new(&UNKNOWN_LABEL, span, message, format!("Its labels are {}.", known.join(", "))));
    None
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::card::{Choice, Kind};
    use crate::deck::parse;
    use crate::text::Safe;

    const HEAD: &str = r#"format = 1
id = "d"
title = "D"
[[exercise]]
id = "e"
prompt = "Which?"
labels = [{ id = "a", name = "A", key = "x" }, { id = "b", name = "B", key = "x", expert = true }]
"#;

    fn choices(text: &str) -> Vec<Choice> {
        let deck = parse(&format!("{HEAD}{text}")).deck.expect("a deck");
        let choice = |kind| match kind {
            Kind::Choice(choice) => choice,
            Kind::Recall(_) | Kind::Cloze(_) | Kind::Code(_) => panic!("another kind"),
        };
        deck.cards.into_iter().map(|card| choice(card.kind)).collect()
    }

    fn scenario(id: &str, right: &str, more: &str) -> String {
        let head = "[[scenario]]\nexercise = \"e\"\ntext = \"It reads from S3.\"";
        format!("{head}\nid = \"{id}\"\nright = [\"{right}\"]\n{more}\n")
    }

    #[test]
    fn a_scenario_carries_its_exercise() {
        let choices = choices(&scenario("s", "b", "evidence = [\"reads\", \"writes\"]\nwhy = \"So.\""));
        let choice = &choices[0];
        assert_eq!((choice.exercise.id.as_str(), choice.exercise.prompt.as_str()), ("e", "Which?"));
        let labels = &choice.exercise.labels;
        let labels: Vec<_> = labels.iter().map(|label| (label.id.as_str(), label.key, label.expert)).collect();
        assert_eq!(labels, [("a", Some('x'), false), ("b", None, true)]);
        assert_eq!(choice.right.iter().map(|label| label.as_str()).collect::<Vec<_>>(), ["b"]);
        assert_eq!(choice.evidence.iter().map(|words| words.as_str()).collect::<Vec<_>>(), ["reads"]);
    }

    #[test]
    fn scenarios_of_one_deck_share_their_exercise_and_keep_what_surrounds_the_answer() {
        let more = "facts = [\"Who calls: ECS\", \"\"]\ndetail = \"`x`\"\nflip = \"Swap it.\"";
        let choices = choices(&(scenario("s", "a", more) + &scenario("t", "b", "")));
        assert!(Arc::ptr_eq(&choices[0].exercise, &choices[1].exercise));
        assert_eq!(choices[0].facts, [Safe::new("Who calls: ECS")]);
        let texts = [&choices[0].detail, &choices[0].flip].map(|text| text.as_ref().map(Safe::as_str));
        assert_eq!(texts, [Some("`x`"), Some("Swap it.")]);
        assert_eq!((&choices[1].facts, &choices[1].flip), (&Vec::new(), &None));
    }

    #[test]
    fn only_a_pair_that_is_there_is_kept() {
        let broken = "[[scenario]]\nid = \"u\"\n";
        let text = scenario("s", "a", "pair = \"t\"")
            + &scenario("t", "b", "pair = \"u\"")
            + &scenario("v", "a", "pair = \"v\"");
        let pairs: Vec<_> = choices(&(text + broken)).into_iter().map(|choice| choice.pair.map(String::from)).collect();
        assert_eq!(pairs, [Some("t".to_owned()), None, None]);
    }
}

//! Cards that got another id: their old one is gone, and a new one asks nearly the same.

use std::collections::HashMap;

use crate::card::{Card, Id, Kind};

/// The least share of words that two questions have in common, to be taken for one.
const ALIKE: f32 = 0.7;

/// The ids that are gone, each with the new one whose question is nearly the same. No id is in it twice.
pub fn renames(before: &[Card], after: &[Card]) -> Vec<(Id, Id)> {
    let lacks = |cards: &[Card], id: &Id| !cards.iter().any(|card| card.id == *id);
    let gone: Vec<_> = before.iter().filter(|card| lacks(after, &card.id)).collect();
    let new: Vec<_> = after.iter().filter(|card| lacks(before, &card.id)).collect();
    let mut pairs: Vec<(f32, &Id, &Id)> = Vec::new();
    for gone in &gone {
        let near = new.iter().map(|new| (likeness(gone, new), &gone.id, &new.id));
        pairs.extend(near.filter(|(likeness, ..)| *likeness >= ALIKE));
    }
    pairs.sort_by(|one, other| other.0.total_cmp(&one.0));
    let mut found: Vec<(Id, Id)> = Vec::new();
    for (_, from, to) in pairs {
        if !found.iter().any(|(known, other)| known == from || other == to) {
            found.push((from.clone(), to.clone()));
        }
    }
    found
}

/// The share of words that two cards of a kind ask in, from 0 to 1 (Sørensen and Dice).
fn likeness(one: &Card, other: &Card) -> f32 {
    if std::mem::discriminant(&one.kind) != std::mem::discriminant(&other.kind) {
        return 0.0;
    }
    let (one, other) = (asked(one), asked(other));
    let mut left: HashMap<&str, usize> = HashMap::new();
    for word in one.split_whitespace() {
        *left.entry(word).or_default() += 1;
    }
    let mut common = 0;
    for word in other.split_whitespace() {
        if let Some(count) = left.get_mut(word).filter(|count| **count > 0) {
            *count -= 1;
            common += 1;
        }
    }
    let all = one.split_whitespace().count() + other.split_whitespace().count();
    if all == 0 { 0.0 } else { 2.0 * common as f32 / all as f32 }
}

/// What the card asks, in lower case and without marks. The labels of an exercise say nothing about one scenario.
fn asked(card: &Card) -> String {
    let text = match &card.kind {
        Kind::Choice(choice) => choice.scenario.clone(),
        Kind::Recall(_) | Kind::Cloze(_) | Kind::Code(_) => card.prompt(),
    };
    text.as_str().to_lowercase().replace(|character: char| !character.is_alphanumeric(), " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deck::parse;

    fn cards(cards: &[(&str, &str)]) -> Vec<Card> {
        let card = |(id, question): &(&str, &str)| {
            format!("[[card]]\nid = \"{id}\"\nquestion = \"{question}\"\nanswer = \"A.\"\n")
        };
        let cards: String = cards.iter().map(card).collect();
        parse(&format!("format = 1\nid = \"d\"\ntitle = \"D\"\n{cards}")).deck.expect("a deck").cards
    }

    fn found(before: &[(&str, &str)], after: &[(&str, &str)]) -> String {
        let pairs = renames(&cards(before), &cards(after));
        pairs.iter().map(|(from, to)| format!("{from}>{to} ")).collect()
    }

    #[test]
    fn a_new_id_with_nearly_the_same_question_is_a_rename() {
        let before = [("a", "What is a *task* role?"), ("b", "What is a task execution role?"), ("c", "Why?")];
        let after = [("x", "What is a task role in ECS?"), ("y", "What is a task execution role?"), ("c", "Why?")];
        assert_eq!(found(&before, &after), "b>y a>x ");
    }

    #[test]
    fn other_questions_and_known_ids_are_none() {
        assert_eq!(found(&[("a", "What is a task role?")], &[("b", "How does a target group work?")]), "");
        assert_eq!(found(&[("a", "One?"), ("b", "Two?")], &[("a", "Two?"), ("b", "One?")]), "");
    }
}

//! Imported cards beside those that a deck has: which are new, which are there, which say something else.

use std::collections::HashMap;

use super::build::{same_question, shown};
use super::{Imported, Loss};
use crate::card::{Card, Id, Kind, LONGEST_ID};
use crate::deck::edit;
use crate::safe;
use crate::text::Safe;

/// What an import would do to a deck.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Joined {
    /// Cards to add, each with an id that is free.
    pub added: Vec<Card>,
    /// Cards that are there already, word for word.
    pub known: usize,
    /// Cards that are there and say something else; they stay as they are.
    pub changed: Vec<Changed>,
    pub dropped: Vec<Loss>,
    pub remarks: Vec<Safe>,
}

/// A card of the deck that the file has in other words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    pub line: usize,
    pub id: Id,
    /// What differs: `question`, `answer`, `points`.
    pub parts: Vec<&'static str>,
    /// What the file says.
    pub card: Card,
}

/// Compares what was imported with the cards of a deck. A card that asks the same is the same card, and so is one with
/// the same id.
pub fn join(imported: Imported, cards: &[Card]) -> Joined {
    let by_question: HashMap<String, &Card> = cards.iter().rev().map(|card| (same_question(card), card)).collect();
    let by_id: HashMap<&Id, &Card> = cards.iter().map(|card| (&card.id, card)).collect();
    let mut ids = Ids::default();
    for card in cards {
        ids.free(&card.id);
    }
    let mut joined = Joined { dropped: imported.dropped, remarks: imported.remarks, ..Joined::default() };
    for found in imported.cards {
        let own_id = super::propose(&found.card) != found.card.id;
        let same_id = || by_id.get(&found.card.id).filter(|_| own_id);
        match by_question.get(&same_question(&found.card)).or_else(same_id) {
            None if let Err(why) = edit::fits(&found.card) => {
                let question = shown(found.card.prompt().as_str());
                joined.dropped.push(Loss::at(found.line, safe!("A deck {why}: {question}")));
            }
            None => {
                let id = ids.free(&found.card.id);
                joined.added.push(Card { id, ..found.card });
            }
            Some(known) => {
                let parts = differences(known, &found.card);
                match parts.is_empty() {
                    true => joined.known += 1,
                    false => {
                        let id = known.id.clone();
                        joined.changed.push(Changed { line: found.line, id, parts, card: found.card });
                    }
                }
            }
        }
    }
    joined
}

/// The parts in which a file says something else than a deck. What a file does not say at all is no difference.
fn differences(known: &Card, found: &Card) -> Vec<&'static str> {
    let words = |text: &Safe| text.as_str().split_whitespace().collect::<Vec<_>>().join(" ");
    let points = |card: &Card| match &card.kind {
        Kind::Recall(recall) => recall.points.iter().map(|point| words(&point.text)).collect(),
        Kind::Choice(_) | Kind::Cloze(_) | Kind::Code(_) => Vec::new(),
    };
    let (was, is) = (points(known), points(found));
    let parts = [
        ("question", same_question(known) != same_question(found)),
        ("answer", words(&known.model_answer()) != words(&found.model_answer())),
        ("points", !is.is_empty() && was != is),
        ("tags", !found.tags.is_empty() && known.tags != found.tags),
        ("level", found.level.is_some() && known.level != found.level),
        ("note", found.note.is_some() && known.note != found.note),
        ("sources", !found.sources.is_empty() && known.sources != found.sources),
    ];
    parts.into_iter().filter(|(_, differs)| *differs).map(|(part, _)| part).collect()
}

/// Ids that are taken, and the next number for each that was wanted twice.
#[derive(Debug, Clone, Default)]
pub struct Ids(HashMap<Id, u32>);

impl Ids {
    /// The wanted id, or the first with a number behind it that is free; it is taken then.
    pub fn free(&mut self, wanted: &Id) -> Id {
        let mut number = self.0.get(wanted).copied().unwrap_or(1);
        let mut id = wanted.clone();
        while self.0.contains_key(&id) {
            number += 1;
            id = numbered(wanted, number);
        }
        self.0.insert(wanted.clone(), number);
        self.0.entry(id.clone()).or_insert(1);
        id
    }
}

fn numbered(id: &Id, number: u32) -> Id {
    let end = format!("-{number}");
    let stem = &id.as_str()[..id.as_str().len().min(LONGEST_ID - end.len())];
    format!("{}{end}", stem.trim_end_matches(['-', '_', '.'])).parse().expect("an id with a number is one")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::build::card;

    fn imported(cards: &[(&str, &str)]) -> Imported {
        let mut imported = Imported::default();
        cards
            .iter()
            .enumerate()
            .for_each(|(at, (question, answer))| imported.offer(at + 1, card(question, answer, [])));
        imported.finish()
    }

    #[test]
    fn what_is_there_is_not_added_again_and_other_words_are_told() {
        let deck = join(imported(&[("What is ECS?", "A service."), ("What is EKS?", "Another.")]), &[]).added;
        let again =
            imported(&[("what is  ECS", "A  service."), ("What is EKS?", "Kubernetes."), ("What is S3?", "A store.")]);
        let joined = join(again, &deck);
        assert_eq!((joined.known, joined.added.len(), joined.changed.len()), (1, 1, 1));
        assert_eq!(joined.changed[0].parts, ["answer"]);
        assert_eq!(joined.changed[0].id, deck[1].id);
    }

    #[test]
    fn a_card_with_an_id_of_its_own_may_be_reworded() {
        let mut old = card("What is ECS?", "A service.", []);
        old.id = "ecs".parse().expect("an id");
        let mut new = imported(&[("What is Amazon ECS?", "A service.")]);
        new.cards[0].card.id = old.id.clone();
        let joined = join(new, &[old]);
        assert_eq!(joined.changed[0].parts, ["question"]);
    }

    #[test]
    fn ids_that_are_taken_get_numbers() {
        let mut ids = Ids::default();
        let mut free = |id: &str| ids.free(&id.parse().expect("an id")).to_string();
        assert_eq!([free("a"), free("a"), free("a-3"), free("a")], ["a", "a-2", "a-3", "a-4"]);
        let long = "x".repeat(LONGEST_ID);
        assert_eq!(free(&long), long);
        assert_eq!(free(&long).len(), LONGEST_ID);
    }
}

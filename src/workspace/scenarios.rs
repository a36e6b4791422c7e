//! The exercises of all decks, each with its scenarios, wherever they lie.

use std::sync::Arc;

use super::Workspace;
use crate::card::{Card, Choice, Exercise, Id, Key, Kind};
use crate::choice::Scenario;
use crate::review::Moment;

/// An exercise with the scenarios that ask for its labels. An exercise that another deck repeats, id and ids of labels,
/// is the same one, so that a learner's own scenarios come among the shipped ones.
#[derive(Debug, Clone)]
pub struct Scenarios {
    /// As the first deck has it.
    pub exercise: Arc<Exercise>,
    /// In the order of their decks.
    pub cards: Vec<(Key, Card)>,
}

impl Workspace {
    /// Whether any deck has scenarios.
    pub fn has_exercise(&self) -> bool {
        self.library.decks().iter().any(|shelf| shelf.cards.iter().any(|slot| slot.choice))
    }

    /// Every exercise, in the order of the decks. It reads all scenarios.
    pub fn exercises(&self) -> Vec<Scenarios> {
        let mut found: Vec<Scenarios> = Vec::new();
        for shelf in self.library.decks().iter().filter(|shelf| shelf.cards.iter().any(|slot| slot.choice)) {
            // A deck that cannot be read any more is told where it is opened.
            for card in self.library.cards(shelf).unwrap_or_default() {
                let Kind::Choice(choice) = &card.kind else { continue };
                let key = Key { deck: shelf.id.clone(), card: card.id.clone() };
                match found.iter_mut().find(|known| is_same(&known.exercise, &choice.exercise)) {
                    Some(known) => known.cards.push((key, card)),
                    None => found.push(Scenarios { exercise: choice.exercise.clone(), cards: vec![(key, card)] }),
                }
            }
        }
        found
    }

    /// The scenarios of one exercise.
    pub fn exercise(&self, exercise: &Exercise) -> Option<Scenarios> {
        self.exercises().into_iter().find(|known| is_same(&known.exercise, exercise))
    }

    /// The scenarios as a round sees them; without those that only experts are asked, unless `expert`.
    pub fn scenarios(&self, scenarios: &Scenarios, expert: bool, now: Moment) -> Vec<Scenario> {
        let seen = |(key, choice): (&Key, &Choice)| {
            let memory = self.memory(key);
            Scenario::new(key.clone(), choice, memory, self.scheduler.retrievability(&memory, now.day))
        };
        scenarios.choices().filter(|(_, choice)| expert || !choice.is_expert()).map(seen).collect()
    }
}

impl Scenarios {
    pub fn choices(&self) -> impl Iterator<Item = (&Key, &Choice)> {
        self.cards.iter().filter_map(|(key, card)| match &card.kind {
            Kind::Choice(choice) => Some((key, choice)),
            Kind::Recall(_) | Kind::Cloze(_) | Kind::Code(_) => None,
        })
    }

    /// One of the cards.
    pub fn card(&self, key: &Key) -> Option<&Card> {
        self.cards.iter().find(|(known, _)| known == key).map(|(_, card)| card)
    }
}

fn is_same(one: &Exercise, other: &Exercise) -> bool {
    let labels = |exercise: &Exercise| exercise.labels.iter().map(|label| label.id.clone()).collect::<Vec<Id>>();
    one.id == other.id && labels(one) == labels(other)
}

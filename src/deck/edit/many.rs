//! Many cards at once, and whole decks, as text.

use std::collections::HashSet;
use std::sync::Arc;

use super::super::{Deck, parse};
use super::entry::{self, Entry, Field};
use super::splice::Splices;
use super::tree::Slots;
use super::{Unfit, exercise_to_add, list_name, new_deck, with_tree, write, written};
use crate::card::{Card, Exercise, Id, Kind};
use crate::deck::format::Table;
use crate::text::Safe;

/// The text with more cards, as if [`add_card`](super::add_card) had added one after the other; the exercises of
/// scenarios come with them. Either all are added or none.
pub fn add_cards(text: &str, cards: &[Card]) -> Result<String, Unfit> {
    let before = parse(text).deck.ok_or(Unfit::Broken)?;
    let cards = cards.iter().map(written).collect::<Result<Vec<_>, _>>()?;
    let mut taken: HashSet<&Id> = before.cards.iter().map(|card| &card.id).collect();
    if let Some(twice) = cards.iter().find(|card| !taken.insert(&card.id)) {
        return Err(Unfit::Taken(twice.id.clone()));
    }
    let entries: Vec<Entry> = cards.iter().map(entry::card).collect();
    let mut exercises = Vec::new();
    for exercise in exercises_of(&cards) {
        exercises.extend(exercise_to_add(text, exercise)?);
    }
    let mut heads: String = exercises.iter().map(|exercise| write::headed(exercise) + "\n").collect();
    let after = with_tree(text, |tree| {
        let mut splices = Splices::default();
        let mut end = String::new();
        for table in Table::ALL {
            let mut new = entries.iter().filter(|entry| entry.table.noun == table.noun).peekable();
            if new.peek().is_none() {
                continue;
            }
            let known = tree.document.get(list_name(table)).map(|item| tree.list(item).ok_or(Unfit::Scattered));
            match known.transpose()? {
                Some((_, slots)) => {
                    let last = slots.places().len().checked_sub(1);
                    let is_inline = matches!(slots, Slots::Commas(_));
                    let mut new: Vec<String> =
                        new.map(|entry| if is_inline { write::inline(entry) } else { write::headed(entry) }).collect();
                    if !is_inline {
                        new[0].insert_str(0, &std::mem::take(&mut heads));
                    }
                    slots.insert(last, &new, &mut splices);
                }
                None => {
                    end += &std::mem::take(&mut heads);
                    new.for_each(|entry| end += &(write::headed(entry) + "\n"));
                }
            }
        }
        if !end.is_empty() {
            splices.insert(tree.text.len(), format!("\n{}", end.trim_end_matches('\n').to_owned() + "\n"));
        }
        Ok(splices)
    })?;
    let has_all = parse(&after).deck.is_some_and(|deck| {
        let known: std::collections::HashMap<&Id, &Card> = deck.cards.iter().map(|card| (&card.id, card)).collect();
        let is_there = |card: &Card| known.get(&card.id).is_some_and(|known| *known == card);
        deck.cards.len() == before.cards.len() + cards.len()
            && before.cards.iter().chain(&cards).all(is_there)
            && Deck { cards: Vec::new(), ..deck.clone() } == Deck { cards: Vec::new(), ..before.clone() }
    });
    if has_all { Ok(after) } else { Err(Unfit::Spoilt) }
}

/// Whether a deck can hold the card, and if not, why.
pub fn fits(card: &Card) -> Result<(), Unfit> {
    written(card).map(drop)
}

/// The text of one card, below its header; without the exercise of a scenario.
pub fn write_card(card: &Card) -> String {
    write::headed(&entry::card(card))
}

/// The text of a whole deck.
pub fn write_deck(deck: &Deck) -> String {
    let mut text = new_deck(&deck.id, &deck.title);
    let strings = |texts: &[Safe]| texts.iter().map(|text| text.as_str().to_owned()).collect();
    let texts = [
        ("description", &deck.description),
        ("language", &deck.language),
        ("author", &deck.author),
        ("licence", &deck.licence),
        ("source", &deck.source),
        ("version", &deck.version),
    ];
    for (name, value) in texts.into_iter().filter_map(|(name, value)| Some((name, value.as_ref()?))) {
        text += &write::line(name, &Field::Text(value.as_str().to_owned()));
    }
    if !deck.tags.is_empty() {
        text += &write::line("tags", &Field::Lines(strings(&deck.tags)));
    }
    let exercises = exercises_of(&deck.cards).into_iter().map(|exercise| write::headed(&entry::exercise(exercise)));
    let cards = deck.cards.iter().map(write_card);
    exercises.chain(cards).for_each(|part| text += &format!("\n{part}"));
    text
}

/// The exercises that cards belong to, each once.
fn exercises_of(cards: &[Card]) -> Vec<&Exercise> {
    let mut exercises: Vec<&Arc<Exercise>> = Vec::new();
    for card in cards {
        if let Kind::Choice(choice) = &card.kind
            && !exercises.iter().any(|known| known.id == choice.exercise.id)
        {
            exercises.push(&choice.exercise);
        }
    }
    exercises.into_iter().map(AsRef::as_ref).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deck::edit::add_card;

    const EVERY_KIND: &str = "format = 1\nid = \"d\"\ntitle = \"D\"\ntags = [\"t\"]\n\
        [[card]]\nid = \"a\"\nquestion = \"Q?\"\nanswer = \"A.\"\n[[card.point]]\nid = \"p\"\ntext = \"A point.\"\n\
        [[card]]\nid = \"b\"\nquestion = \"Q b?\"\nanswer = \"A.\"\n\
        [[cloze]]\nid = \"c\"\ntext = \"A {{gap::hint}}.\"\n\
        [[code]]\nid = \"e\"\nquestion = \"List.\"\ncode = \"ls\"\naccept = [\"dir\"]\n\
        [[exercise]]\nid = \"x\"\nprompt = \"Which?\"\nlabels = [{ id = \"l\", name = \"L\" }, { id = \"m\", name = \"M\" }]\n\
        [[scenario]]\nid = \"s\"\nexercise = \"x\"\ntext = \"T\"\nright = [\"l\"]\n";

    fn deck(text: &str) -> Deck {
        let parsed = parse(text);
        assert_eq!(parsed.diagnostics, []);
        parsed.deck.expect("a deck")
    }

    #[test]
    fn a_deck_is_written_whole() {
        let every = deck(EVERY_KIND);
        assert_eq!(deck(&write_deck(&every)), every);
    }

    #[test]
    fn many_are_added_as_if_one_by_one() {
        let every = deck(EVERY_KIND);
        let own = "# mine\nformat = 1\nid = \"own\"\ntitle = \"Own\"\n[[card]] # first\nid = \"own\"\nquestion = \"O?\"\nanswer = \"O.\"\n";
        for text in [own.to_owned(), new_deck(&every.id, &every.title), own.replace('\n', "\r\n")] {
            let at_once = add_cards(&text, &every.cards).expect("added");
            let one_by_one = every.cards.iter().fold(text.clone(), |text, card| add_card(&text, card).expect("added"));
            assert!(at_once.starts_with(text.trim_end()), "{at_once}");
            assert_eq!(deck(&at_once), deck(&one_by_one));
        }
        let list = "format = 1\nid = \"own\"\ntitle = \"Own\"\ncard = [{ id = \"own\", question = \"O?\", answer = \"O.\" }]\n";
        assert_eq!(deck(&add_cards(list, &every.cards[..2]).expect("added")).cards.len(), 3);
    }

    #[test]
    fn a_taken_id_or_a_card_that_does_not_fit_adds_none() {
        let every = deck(EVERY_KIND);
        assert_eq!(add_cards(EVERY_KIND, &every.cards), Err(Unfit::Taken("a".parse().expect("an id"))));
        let mut empty = every.cards[0].clone();
        if let Kind::Recall(recall) = &mut empty.kind {
            recall.answer = Safe::from(" ");
        }
        assert!(fits(&empty).is_err() && add_cards(EVERY_KIND, &[empty]).is_err());
    }
}

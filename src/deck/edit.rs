//! Changes to the text of a deck: what is not meant stays as it is, byte for byte, remarks and order too.

mod change;
mod comma;
mod entry;
mod many;
mod name;
mod rename;
mod section;
mod splice;
mod template;
mod tree;
mod write;

use toml_edit::{Document, Item};

pub use self::many::{add_cards, fits, write_card, write_deck};
pub use self::name::{free_id, propose_id};
pub use self::rename::renames;
use self::splice::{Splices, line_end};
pub use self::template::{card_template, template};
use self::tree::{Body, Slots, Tree};
use super::format::{CARD, CLOZE, CODE, DECK, SCENARIO, Shape, Table};
use super::{Deck, parse};
use crate::card::{Card, Exercise, Id, Kind};
use crate::safe;
use crate::text::Safe;

#[cfg(test)]
mod tests;

/// Why a text is not changed; its message completes "`file` …".
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    #[error("has an error that must be mended first: `greenroom lint` shows it")]
    Broken,
    #[error("has an exercise of the same name with other labels")]
    OtherExercise,
    #[error("has no usable card `{0}`")]
    NoCard(Id),
    #[error("has a card `{0}` already")]
    Taken(Id),
    #[error("has a card `{0}` of another kind: delete it and add the new one")]
    OtherKind(Id),
    /// The card as it is wanted breaks a rule of the format.
    #[error("cannot hold this card: {0}")]
    Unwritable(Safe),
    #[error("is written in a way that is only safe to change in an editor")]
    Scattered,
    #[error("would not be a deck any more")]
    Spoilt,
}

/// How the text of a new deck begins.
pub fn new_deck(id: &Id, title: &Safe) -> String {
    format!("format = 1\nid = {}\ntitle = {}\n", write::quote(id.as_str()), write::quote(title.as_str()))
}

/// The text with one more card, behind the others that are asked as it is; the exercise of a scenario comes with it if
/// the text has none of its name. What is in the text stays.
pub fn add_card(text: &str, card: &Card) -> Result<String, Unfit> {
    let before = parse(text).deck.ok_or(Unfit::Broken)?;
    let card = written(card)?;
    if before.cards.iter().any(|known| known.id == card.id) {
        return Err(Unfit::Taken(card.id));
    }
    let entry = entry::card(&card);
    let exercise = match &card.kind {
        Kind::Choice(choice) => exercise_to_add(text, &choice.exercise)?,
        Kind::Recall(_) | Kind::Cloze(_) | Kind::Code(_) => None,
    };
    let after = with_tree(text, |tree| {
        let mut splices = Splices::default();
        let known = tree.document.get(list_name(entry.table)).map(|item| tree.list(item).ok_or(Unfit::Scattered));
        let exercise = exercise.map(|exercise| write::headed(&exercise) + "\n").unwrap_or_default();
        match known.transpose()? {
            Some((_, slots @ Slots::Commas(_))) => {
                let last = slots.places().len().checked_sub(1);
                slots.insert(last, &[write::inline(&entry)], &mut splices);
            }
            Some((_, slots)) => {
                let last = slots.places().len().checked_sub(1);
                slots.insert(last, &[exercise + &write::headed(&entry)], &mut splices);
            }
            None => splices.insert(tree.text.len(), format!("\n{exercise}{}", write::headed(&entry))),
        }
        Ok(splices)
    })?;
    let mut cards = before.cards.clone();
    let at = last_of_kind(&cards, &card).unwrap_or(cards.len());
    cards.insert(at, card);
    checked(after, &Deck { cards, ..before })
}

/// The text with another card in the place of the one with the id `id`, which may have got a new id. Only the keys that
/// differ are touched; scenarios that name it as their pair follow.
pub fn change_card(text: &str, id: &Id, card: &Card) -> Result<String, Unfit> {
    let before = parse(text).deck.ok_or(Unfit::Broken)?;
    let old = before.cards.iter().find(|card| card.id == *id).ok_or_else(|| Unfit::NoCard(id.clone()))?;
    let card = written(card)?;
    if card.id != *id && before.cards.iter().any(|known| known.id == card.id) {
        return Err(Unfit::Taken(card.id));
    }
    let (from, to) = (entry::card(old), entry::card(&card));
    if from.table.noun != to.table.noun {
        return Err(Unfit::OtherKind(id.clone()));
    }
    let cards = before.cards.iter().map(|known| match known.id == *id {
        true => card.clone(),
        false => with_pair(known, id, Some(&card.id)),
    });
    let cards: Vec<_> = cards.collect();
    let after = with_tree(text, |tree| tree.change_cards(&before.cards, &cards))?;
    checked(after, &Deck { cards, ..before.clone() })
}

/// The text without a card, and without the remarks right above it; scenarios that name it as their pair lose that.
pub fn remove_card(text: &str, id: &Id) -> Result<String, Unfit> {
    let before = parse(text).deck.ok_or(Unfit::Broken)?;
    let gone = before.cards.iter().find(|card| card.id == *id).ok_or_else(|| Unfit::NoCard(id.clone()))?;
    let table = entry::card(gone).table;
    let others: Vec<_> = before.cards.iter().filter(|card| card.id != *id).cloned().collect();
    let cards: Vec<_> = others.iter().map(|card| with_pair(card, id, None)).collect();
    let after = with_tree(text, |tree| {
        let (at, slots) = tree.find(table, id)?;
        let mut splices = tree.change_cards(&others, &cards)?;
        slots.remove(at, &mut splices);
        Ok(splices)
    })?;
    checked(after, &Deck { cards, ..before.clone() })
}

/// The text with a card moved to the place `to` among the cards of its deck, or as near to it as its kind allows.
pub fn move_card(text: &str, id: &Id, to: usize) -> Result<String, Unfit> {
    let before = parse(text).deck.ok_or(Unfit::Broken)?;
    let from = before.cards.iter().position(|card| card.id == *id).ok_or_else(|| Unfit::NoCard(id.clone()))?;
    let table = entry::card(&before.cards[from]).table;
    let is_kin = |at: &usize| entry::card(&before.cards[*at]).table.noun == table.noun;
    let kin: Vec<_> = (0..before.cards.len()).filter(is_kin).collect();
    let to = to.clamp(kin[0], kin[kin.len() - 1]);
    let moved = |mut order: Vec<usize>| {
        let card = order.remove(from - kin[0]);
        order.insert(to - kin[0], card);
        order
    };
    let order = moved(kin.clone());
    let after = with_tree(text, |tree| {
        let places = kin.iter().map(|&at| {
            let (at, slots) = tree.find(table, &before.cards[at].id)?;
            Ok(slots.places()[at].clone())
        });
        let places: Vec<_> = places.collect::<Result<_, Unfit>>()?;
        let mut splices = Splices::default();
        for (place, from) in places.iter().zip(&order) {
            splices.replace(place.clone(), &tree.text[places[from - kin[0]].clone()]);
        }
        Ok(splices)
    })?;
    let mut cards = before.cards.clone();
    kin.iter().zip(&order).for_each(|(&at, &from)| cards[at] = before.cards[from].clone());
    checked(after, &Deck { cards, ..before.clone() })
}

/// Where a card begins in a text, as a byte; none if the text has no card with that id that could be found.
pub fn find_card(text: &str, id: &Id) -> Option<usize> {
    let document = Document::parse(text).ok()?;
    let tree = Tree::new(text, &document);
    let starts = [&CARD, &CLOZE, &CODE, &SCENARIO].into_iter().filter_map(|table| {
        let (bodies, _) = tree.list(document.get(list_name(table))?)?;
        let body = bodies.into_iter().find(|body| body.str("id") == Some(id.as_str()))?;
        body.key("id")?.0.span().map(|span| span.start)
    });
    starts.min()
}

impl<'t> Tree<'t> {
    /// Which table of a list has that id, and the places of the list.
    fn find(&self, table: &Table, id: &Id) -> Result<(usize, Slots<'t>), Unfit> {
        let (bodies, slots) = self.cards(table)?;
        let at = bodies.iter().position(|body| body.str("id") == Some(id.as_str()));
        Ok((at.ok_or_else(|| Unfit::NoCard(id.clone()))?, slots))
    }

    fn cards(&self, table: &Table) -> Result<(Vec<Body<'t>>, Slots<'t>), Unfit> {
        let item: &'t Item = self.document.get(list_name(table)).ok_or(Unfit::Spoilt)?;
        self.list(item).ok_or(Unfit::Scattered)
    }

    /// What makes each of the cards the one in its place among the wanted ones.
    fn change_cards(&self, cards: &[Card], wanted: &[Card]) -> Result<Splices, Unfit> {
        let mut splices = Splices::default();
        for (card, wanted) in cards.iter().zip(wanted).filter(|(card, wanted)| card != wanted) {
            let (from, to) = (entry::card(card), entry::card(wanted));
            let (bodies, _) = self.cards(from.table)?;
            let body = bodies.iter().find(|body| body.str("id") == Some(card.id.as_str()));
            let body = body.ok_or_else(|| Unfit::NoCard(card.id.clone()))?;
            splices.append(self.change(&from, &to, body).ok_or(Unfit::Scattered)?);
        }
        Ok(splices)
    }
}

/// The key of the deck that holds tables of this sort.
fn list_name(table: &Table) -> &'static str {
    let holds = |shape: Shape| matches!(shape, Shape::Tables(inner) if inner.noun == table.noun);
    DECK.keys.iter().find(|key| holds(key.shape)).expect("cards and exercises stand in a deck").name
}

/// The text changed; line ends, and whether there is one at the end, stay as they are.
fn with_tree(text: &str, change: impl FnOnce(&Tree<'_>) -> Result<Splices, Unfit>) -> Result<String, Unfit> {
    let line_end = line_end(text);
    let is_ended = text.ends_with('\n');
    let whole = if is_ended { text.to_owned() } else { format!("{text}{line_end}") };
    let document = Document::parse(whole.as_str()).map_err(|_| Unfit::Broken)?;
    let tree = Tree::new(&whole, &document);
    let mut after = change(&tree)?.apply(&whole, 0..whole.len(), line_end).ok_or(Unfit::Scattered)?;
    if !is_ended && after.ends_with(line_end) {
        after.truncate(after.len() - line_end.len());
    }
    Ok(after)
}

/// The text, if it says what is wanted.
fn checked(text: String, wanted: &Deck) -> Result<String, Unfit> {
    if parse(&text).deck.as_ref() == Some(wanted) { Ok(text) } else { Err(Unfit::Spoilt) }
}

/// The card as it is read when it was written: without white space around its texts. Refused if more of it would be lost.
fn written(card: &Card) -> Result<Card, Unfit> {
    let exercise = match &card.kind {
        Kind::Choice(choice) => write::headed(&entry::exercise(&choice.exercise)),
        Kind::Recall(_) | Kind::Cloze(_) | Kind::Code(_) => String::new(),
    };
    let entry = entry::card(card);
    let head = new_deck(&card.id, &Safe::from("A card"));
    let parsed = parse(&format!("{head}\n{exercise}\n{}", write::headed(&entry)));
    let first = parsed.diagnostics.iter().find(|diagnostic| diagnostic.code != "pair-unknown");
    let read = parsed.deck.and_then(|deck| deck.cards.into_iter().next());
    let refused =
        || Unfit::Unwritable(first.map_or_else(|| safe!("it has an empty part."), |first| first.message.clone()));
    let mut read = read.ok_or_else(refused)?;
    if let (Kind::Choice(read), Kind::Choice(wanted)) = (&mut read.kind, &card.kind) {
        read.pair.clone_from(&wanted.pair);
    }
    if entry::card(&read).says_as_much_as(&entry) { Ok(read) } else { Err(refused()) }
}

fn with_pair(card: &Card, of: &Id, pair: Option<&Id>) -> Card {
    let mut card = card.clone();
    if let Kind::Choice(choice) = &mut card.kind
        && choice.pair.as_ref() == Some(of)
    {
        choice.pair = pair.cloned();
    }
    card
}

fn last_of_kind(cards: &[Card], card: &Card) -> Option<usize> {
    let noun = |card: &Card| entry::card(card).table.noun;
    let all: Vec<_> = Table::ALL.iter().map(|table| table.noun).collect();
    let rank = |card: &Card| all.iter().position(|known| *known == noun(card));
    cards.iter().position(|known| rank(known) > rank(card))
}

/// The exercise, if the text has none of its name.
fn exercise_to_add(text: &str, exercise: &Exercise) -> Result<Option<entry::Entry>, Unfit> {
    let document = Document::parse(text).map_err(|_| Unfit::Broken)?;
    let Some(item) = document.get("exercise") else { return Ok(Some(entry::exercise(exercise))) };
    let tree = Tree::new(text, &document);
    let (known, _) = tree.list(item).ok_or(Unfit::Scattered)?;
    let Some(known) = known.iter().find(|known| known.str("id") == Some(exercise.id.as_str())) else {
        return Ok(Some(entry::exercise(exercise)));
    };
    let labels =
        known.key("labels").and_then(|(_, labels)| tree.list(labels)).map(|(labels, _)| labels).unwrap_or_default();
    let has = |label: &Id| labels.iter().any(|known| known.str("id") == Some(label.as_str()));
    if exercise.labels.iter().all(|label| has(&label.id)) { Ok(None) } else { Err(Unfit::OtherExercise) }
}

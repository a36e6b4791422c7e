//! Where the parts of a deck stand in its text.

use std::collections::HashMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::card::Id;
use crate::text::Safe;

/// The tables of a deck that have ids. Of two with one id the first is meant, as where the deck is read.
pub struct Places<'t> {
    cards: HashMap<&'t str, Place<'t>>,
    exercises: HashMap<&'t str, Place<'t>>,
}

/// A value of the text, such as the table of a card or the words of a point.
#[derive(Clone, Copy)]
pub struct Place<'t>(&'t Spanned<DeValue<'t>>);

impl<'t> Places<'t> {
    /// The places of a text that is sound TOML.
    pub fn of(tree: &'t DeTable<'t>) -> Places<'t> {
        let mut places = Places { cards: HashMap::new(), exercises: HashMap::new() };
        for (key, value) in tree {
            let tables = if key.get_ref() == "exercise" { &mut places.exercises } else { &mut places.cards };
            for table in entries(value) {
                let Some(id) = table.field("id").and_then(Place::text) else { continue };
                let known = tables.entry(id).or_insert(table);
                if table.span().start < known.span().start {
                    *known = table;
                }
            }
        }
        places
    }

    /// The table of a card of any kind.
    pub fn card(&self, id: &Id) -> Option<Place<'t>> {
        self.cards.get(id.as_str()).copied()
    }

    pub fn exercise(&self, id: &Id) -> Option<Place<'t>> {
        self.exercises.get(id.as_str()).copied()
    }
}

impl<'t> Place<'t> {
    /// Bytes of the text; of a table they are those of its header or braces.
    pub fn span(self) -> Range<usize> {
        self.0.span()
    }

    /// The value of a key; the table itself if it has no such key.
    pub fn key(self, name: &str) -> Place<'t> {
        self.field(name).unwrap_or(self)
    }

    /// The table with this id in the list of tables under a key; this one if there is none.
    pub fn part(self, key: &str, id: &Id) -> Place<'t> {
        let has_id = |part: &Place<'t>| part.field("id").and_then(Place::text) == Some(id.as_str());
        self.field(key).and_then(|list| entries(list.0).find(has_id)).unwrap_or(self)
    }

    /// The entry of a list that says this; the whole list if none does.
    pub fn entry(self, text: &Safe) -> Place<'t> {
        let says = |entry: &Place<'t>| entry.text().is_some_and(|written| Safe::new(written.trim()).line() == *text);
        entries(self.0).find(says).unwrap_or(self)
    }

    fn field(self, name: &str) -> Option<Place<'t>> {
        self.0.get_ref().as_table()?.get(name).map(Place)
    }

    fn text(self) -> Option<&'t str> {
        self.0.get_ref().as_str()
    }
}

fn entries<'t>(list: &'t Spanned<DeValue<'t>>) -> impl Iterator<Item = Place<'t>> {
    list.get_ref().as_array().into_iter().flat_map(|items| items.iter()).map(Place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_a_card_are_found_where_they_stand() {
        let text = "[[card]]\nid = 'c'\n[[card.point]]\nid = 'p'\naccept = ['one', ' two ']\n[[scenario]]\nid = 'c'\n";
        let tree = DeTable::parse(text).expect("TOML");
        let places = Places::of(tree.get_ref());
        let id = |text: &str| text.parse::<Id>().expect("an id");
        let card = places.card(&id("c")).expect("it is there");
        assert_eq!(&text[card.span()], "[[card]]");
        let point = card.part("point", &id("p"));
        assert_eq!(&text[point.span()], "[[card.point]]");
        assert_eq!(&text[point.key("accept").entry(&Safe::new("two")).span()], "' two '");
        assert_eq!(point.key("text").span(), point.span(), "what is not there stands where its table begins");
        assert!(places.exercise(&id("c")).is_none());
    }
}

//! The tables of a deck's text with their places, to be changed there.

use std::ops::Range;

use toml_edit::{Document, Item, Key, TableLike, Value};

use super::comma::Commas;
use super::section::{Sections, with_empty_lines};
use super::splice::{Splices, next_line};

/// A deck's text that ends with a line feed, and its tables.
pub struct Tree<'t> {
    pub text: &'t str,
    pub document: &'t Document<&'t str>,
    pub sections: Sections,
}

/// One table of a list, as it stands in the text.
pub struct Body<'t> {
    pub table: &'t dyn TableLike,
    pub form: Form<'t>,
}

#[derive(Clone, Copy)]
pub enum Form<'t> {
    /// Below a header.
    Headed(&'t toml_edit::Table),
    /// Between braces.
    Braces(&'t toml_edit::InlineTable),
}

/// The places of a list's entries.
pub enum Slots<'t> {
    Headed { text: &'t str, places: Vec<Range<usize>> },
    Commas(Commas<'t>),
}

impl<'t> Tree<'t> {
    pub fn new(text: &'t str, document: &'t Document<&'t str>) -> Tree<'t> {
        Tree { text, document, sections: Sections::find(text, document) }
    }

    /// The tables of a list, and their places. `None` if it is no list of tables, or its tables are scattered.
    pub fn list(&self, item: &'t Item) -> Option<(Vec<Body<'t>>, Slots<'t>)> {
        match item {
            Item::ArrayOfTables(tables) => {
                let places = tables.iter().map(|table| self.sections.place(table)).collect::<Option<_>>()?;
                let body = |table: &'t toml_edit::Table| Body { table, form: Form::Headed(table) };
                Some((tables.iter().map(body).collect(), Slots::Headed { text: self.text, places }))
            }
            Item::Value(Value::Array(array)) => {
                let body = |value: &'t Value| {
                    let table = value.as_inline_table()?;
                    Some(Body { table, form: Form::Braces(table) })
                };
                Some((array.iter().map(body).collect::<Option<_>>()?, Slots::Commas(self.entries(array)?)))
            }
            _ => None,
        }
    }

    /// The entries of a list in brackets.
    pub fn entries(&self, array: &toml_edit::Array) -> Option<Commas<'t>> {
        let things = array.iter().map(|value| value.span()).collect::<Option<_>>()?;
        Some(Commas::new(self.text, array.span()?, things))
    }

    /// The keys of a table in braces, and their names.
    pub fn keys(&self, table: &'t toml_edit::InlineTable) -> Option<(Vec<&'t str>, Commas<'t>)> {
        let mut keys: Vec<_> = table.iter().filter_map(|(name, _)| key_place(table, name)).collect();
        keys.sort_by_key(|(_, place)| place.start);
        let (names, things) = keys.into_iter().unzip();
        Some((names, Commas::new(self.text, table.span()?, things)))
    }
}

fn key_place<'t>(table: &'t toml_edit::InlineTable, name: &str) -> Option<(&'t str, Range<usize>)> {
    let (key, item) = table.get_key_value(name)?;
    let start = key.span()?.start;
    Some((key.get(), start..item.span().map_or(start, |span| span.end)))
}

impl<'t> Body<'t> {
    /// A key that stands in the text, with what it holds.
    pub fn key(&self, name: &str) -> Option<(&'t Key, &'t Item)> {
        self.table.get_key_value(name).filter(|(_, item)| !item.is_none())
    }

    /// The text of a key that holds one.
    pub fn str(&self, name: &str) -> Option<&'t str> {
        self.key(name)?.1.as_str()
    }
}

impl Slots<'_> {
    pub fn places(&self) -> &[Range<usize>] {
        match self {
            Slots::Headed { places, .. } => places,
            Slots::Commas(commas) => commas.things(),
        }
    }

    pub fn remove(&self, at: usize, splices: &mut Splices) {
        match self {
            Slots::Headed { text, places } => splices.remove(with_empty_lines(text, places[at].clone())),
            Slots::Commas(commas) => commas.remove(at, splices),
        }
    }

    /// Puts pieces behind the entry at `after`, or before all of them.
    pub fn insert(&self, after: Option<usize>, pieces: &[String], splices: &mut Splices) {
        match self {
            Slots::Headed { text, places } => {
                let at = after.map_or(places[0].start, |after| places[after].end);
                let more = pieces.join("\n");
                let is_close = after.is_some() && !text[at..next_line(text, at)].trim().is_empty();
                let piece = match after {
                    None => format!("{more}\n"),
                    Some(_) if is_close => format!("\n{more}\n"),
                    Some(_) => format!("\n{more}"),
                };
                splices.insert(at, piece);
            }
            Slots::Commas(commas) => commas.insert(after, pieces, splices),
        }
    }
}

/// Behind the line that a table's header is on.
pub fn below_header(text: &str, table: &toml_edit::Table) -> Option<usize> {
    Some(next_line(text, table.span()?.end))
}

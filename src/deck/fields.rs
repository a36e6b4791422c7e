//! One table of a deck file, its keys checked against the format.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::Diagnostic;
use super::diagnostic::Findings;
use super::format::{DECK, Key, MOST_ENTRIES, MOST_KEYS, SWITCH, Shape, Table};
use super::rules::{MISSING_KEY, TOO_MANY_PARTS, UNKNOWN_KEY};
use super::suggest;
use super::value::{Slot, Value};

/// The keys of one table.
pub struct Fields<'t> {
    table: &'static Table,
    /// The header of the table, or its braces.
    pub span: Range<usize>,
    /// In the order of the table's keys.
    values: [Option<&'t Value<'t>>; MOST_KEYS],
    errors_before: usize,
}

impl<'t> Fields<'t> {
    /// Reports unknown and missing keys.
    pub fn open(table: &'static Table, span: Range<usize>, tree: &'t DeTable<'t>, findings: &mut Findings) -> Self {
        let errors_before = findings.errors();
        let mut values = [None; MOST_KEYS];
        for (key, value) in tree {
            match table.keys.iter().position(|known| known.name == key.get_ref().as_ref()) {
                Some(index) => values[index] = Some(value),
                None if lost(table, key.get_ref(), value) => {}
                None => findings.add_from(&UNKNOWN_KEY, key.span(), |span| {
                    let finding = suggest::unknown_key(table, key.get_ref(), span.clone());
                    match suggest::renamed(table, tree, key.get_ref(), span, value) {
                        Some((edits, says)) => finding.mended_by(edits, says),
                        None => finding,
                    }
                }),
            }
        }
        for (key, _) in table.keys.iter().zip(values).filter(|(key, value)| key.required && value.is_none()) {
            findings.add_from(&MISSING_KEY, span.clone(), |span| match (key.shape, start(tree)) {
                (Shape::Version, Some(start)) => missing(table, key, span).mended(start..start, "format = 1\n"),
                _ => missing(table, key, span),
            });
        }
        Fields { table, span, values, errors_before }
    }

    /// Reads the value of a key. `None` if it is not there, or if it cannot be used, which was reported then.
    pub fn read<T>(
        &self,
        name: &str,
        read: impl FnOnce(Slot<'t>, &mut Findings) -> Option<T>,
        findings: &mut Findings,
    ) -> Option<T> {
        read(self.slot(name)?, findings)
    }

    /// Opens and reads the tables under a key one by one, in the order of the file; keeps what `read` makes of them.
    pub fn each<T>(
        &self,
        name: &str,
        findings: &mut Findings,
        mut read: impl FnMut(&Fields<'t>, &mut Findings) -> Option<T>,
    ) -> Vec<T> {
        let Some(slot) = self.slot(name) else { return Vec::new() };
        let Shape::Tables(table) = slot.key.shape else { unreachable!("`{name}` holds tables in the format") };
        let DeValue::Array(items) = slot.value.get_ref() else {
            return slot.wrong_type(findings).unwrap_or_default();
        };
        if let Some(first) = items.get(MOST_ENTRIES).filter(|_| table.is_part()) {
            let message = format!("This {} has {} tables `{name}`; 100 is the most.", self.table.noun, items.len());
            let help = "Split it, or leave out what matters least.";
            findings.add(Diagnostic::new(&TOO_MANY_PARTS, first.span(), message, help));
        }
        let open = |item: &'t Value<'t>| match item.get_ref() {
            DeValue::Table(tree) => read(&Fields::open(table, item.span(), tree, findings), findings),
            _ => slot.entry(item).wrong_type(findings),
        };
        items.iter().filter_map(open).collect()
    }

    /// Whether no error was found since this table was opened.
    pub fn is_sound(&self, findings: &Findings) -> bool {
        findings.errors() == self.errors_before
    }

    fn slot(&self, name: &str) -> Option<Slot<'t>> {
        let index = self.table.keys.iter().position(|key| key.name == name);
        debug_assert!(index.is_some(), "`{name}` is no key of a {}", self.table.noun);
        Some(Slot::new(&self.table.keys[index?], self.values[index?]?))
    }
}

/// Whether an unknown key of a deck holds tables that were meant as cards: their cards are lost, the others are not.
fn lost(table: &Table, name: &str, value: &Value<'_>) -> bool {
    let is_entry = |item: &Value<'_>| matches!(item.get_ref(), DeValue::Table(tree) if tree.contains_key("id"));
    let is_near = suggest::nearest(table, name)
        .is_some_and(|key| matches!(key.shape, Shape::Tables(inner) if inner.noun != SWITCH.noun));
    table.within.is_none()
        && match value.get_ref() {
            DeValue::Array(items) => {
                let is_table = |item: &Value<'_>| matches!(item.get_ref(), DeValue::Table(_));
                items.iter().any(is_entry) || is_near && items.iter().any(is_table)
            }
            DeValue::Table(_) => is_entry(value),
            _ => false,
        }
}

/// Reports the tables of a deck that the format does not know and that were meant as cards; whether there are any.
pub fn lost_tables(tree: &DeTable<'_>, findings: &mut Findings) -> bool {
    let errors_before = findings.errors();
    for (key, value) in tree {
        let name = key.get_ref();
        if DECK.key(name).is_none() && lost(&DECK, name, value) {
            findings.add(suggest::unknown_table(&DECK, tree, name, key.span(), value));
        }
    }
    findings.errors() > errors_before
}

/// Where the first key or header of a deck begins.
fn start(tree: &DeTable<'_>) -> Option<usize> {
    let start = |(key, value): (&toml::Spanned<_>, &Value<'_>)| match value.get_ref() {
        DeValue::Array(items) if items.first().is_some_and(|item| item.span().contains(&key.span().start)) => {
            items[0].span().start
        }
        _ => key.span().start,
    };
    tree.iter().map(start).min()
}

fn missing(table: &Table, key: &Key, span: Range<usize>) -> Diagnostic {
    let example = match key.shape {
        Shape::Tables(inner) => inner.example(),
        shape => format!("{} = {}", key.name, shape.example()),
    };
    let help = match table.noun {
        "deck" => format!("Add at the top of the file: {example}"),
        "label" => format!("Add to it: {example}"),
        _ => format!("Add below {}: {example}", table.header),
    };
    Diagnostic::new(&MISSING_KEY, span, format!("This {} has no `{}`.", table.noun, key.name), help)
}

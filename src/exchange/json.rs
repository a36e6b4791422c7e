//! A deck as JSON with the keys of a deck file: whole, or one card a line.

mod places;
mod shape;

use std::collections::HashMap;

use serde_json::{Map, Value};

use self::shape::Entry;
use super::build::shown;
use super::join::Ids;
use super::{Exported, Found, Imported, Loss, Refused, source};
use crate::card::{Card, Id};
use crate::deck::{self, Deck, edit};
use crate::safe;
use crate::text::Safe;

/// Findings that cost nothing of a card.
const KEPT_WHOLE: [&str; 5] = ["no-cards", "similar-id", "short-point", "pair-same-answer", "conflict-in-text"];

/// A deck, a list of cards, or one card.
pub fn import(bytes: &[u8]) -> Result<Imported, Refused> {
    let (text, imported) = source::read(bytes)?;
    let value: Value = serde_json::from_str(&text).map_err(|why| broken(&why, why.line()))?;
    let entries = shape::entries(value, &places::of(&text))?;
    read(entries, imported)
}

/// A card a line; the first line may describe the deck.
pub fn import_lines(bytes: &[u8]) -> Result<Imported, Refused> {
    let (text, imported) = source::read(bytes)?;
    let mut entries = Vec::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let value: Value = serde_json::from_str(line).map_err(|why| broken(&why, at + 1))?;
        let Value::Object(keys) = value else {
            return Err(Refused::new(at + 1, "This line is no JSON object.", "Write one card in braces on each line."));
        };
        entries.push(Entry::of(at + 1, keys));
    }
    read(entries, imported)
}

fn broken(why: &serde_json::Error, line: usize) -> Refused {
    let why = why.to_string();
    let why = why.split_once(" at line ").map_or(why.as_str(), |(what, _)| what);
    Refused::new(line, &format!("This is no JSON: {why}."), "Nothing was read; mend it, or name another format.")
}

/// The text of a deck file, and where each entry begins in it.
struct Written {
    text: String,
    /// Where an entry begins, the line it comes from, and its id if it can be asked.
    places: Vec<(usize, usize, Option<Id>)>,
}

fn read(entries: Vec<Entry>, mut imported: Imported) -> Result<Imported, Refused> {
    let written = write(entries, &mut imported);
    let parsed = deck::parse(&written.text);
    for finding in &parsed.diagnostics {
        let at = written.places.partition_point(|(start, ..)| *start <= finding.span.start);
        let line = at.checked_sub(1).map(|at| written.places[at].1);
        if !KEPT_WHOLE.contains(&finding.code) {
            imported.dropped.push(Loss { line, what: safe!("{} {}", finding.message, finding.help) });
        }
    }
    let Some(deck) = parsed.deck else {
        return Err(Refused::new(
            None,
            "The JSON holds no deck.",
            "`greenroom help import` shows what it should hold.",
        ));
    };
    imported.about = Some(Deck { cards: Vec::new(), ..deck.clone() });
    let lines: HashMap<&Id, usize> =
        written.places.iter().filter_map(|(_, line, id)| Some((id.as_ref()?, *line))).collect();
    imported.cards =
        deck.cards.into_iter().map(|card| Found { line: lines.get(&card.id).copied().unwrap_or(1), card }).collect();
    imported.cards.sort_by_key(|found| found.line);
    Ok(imported.finish())
}

/// The entries as the text of a deck file. Each gets an id; what the format has no key for is listed.
fn write(entries: Vec<Entry>, imported: &mut Imported) -> Written {
    let mut ids = Ids::default();
    let (mut head, mut parts) = (Map::new(), Vec::new());
    let unfit: Vec<_> = entries.iter().filter_map(|entry| Some((entry.line, entry.unfit_id()?))).collect();
    imported.lose_ids(&unfit);
    for mut entry in entries {
        entry.know(imported);
        if entry.is_head() {
            head.append(&mut entry.keys);
        } else {
            let id = entry.name(&mut ids);
            parts.push((entry, id));
        }
    }
    imported.id = head.get("id").and_then(Value::as_str).and_then(|id| id.parse().ok());
    imported.title = head.get("title").and_then(Value::as_str).map(|title| Safe::new(title).line());
    let mut text = shape::head(head);
    let mut places = Vec::new();
    for (entry, id) in parts {
        places.push((text.len(), entry.line, entry.is_asked().then(|| id.clone())));
        text += &entry.toml(id.as_str());
    }
    Written { text, places }
}

/// A card from its keys.
pub fn card(keys: Map<String, Value>) -> Result<Card, Safe> {
    let imported = read(vec![Entry::of(1, keys)], Imported::default()).map_err(|why| safe!("{why}"))?;
    let found = imported.cards.into_iter().next();
    found
        .map(|found| found.card)
        .ok_or_else(|| imported.dropped.first().map_or_else(Safe::default, |loss| loss.what.clone()))
}

/// The keys of a card, as a deck file has them.
pub fn keys(card: &Card) -> Map<String, Value> {
    let text = edit::write_card(card);
    let Some(Value::Object(tables)) = value(&text) else { return Map::new() };
    let first = tables.into_iter().find_map(|(_, list)| list.as_array()?.first()?.as_object().cloned());
    first.unwrap_or_default()
}

/// A deck as one JSON value.
pub fn export(deck: &Deck) -> Exported {
    let value = value(&edit::write_deck(deck)).unwrap_or_default();
    let text = serde_json::to_string_pretty(&value).expect("a value is JSON") + "\n";
    Exported { bytes: text.into_bytes(), dropped: Vec::new() }
}

/// A line that describes the deck, one for each exercise, one for each card.
pub fn export_lines(deck: &Deck) -> Exported {
    let Some(Value::Object(mut head)) = value(&edit::write_deck(deck)) else { return export(deck) };
    let lists: Vec<Value> = head.iter().filter(|(_, value)| is_tables(value)).map(|(_, list)| list.clone()).collect();
    head.retain(|_, value| !is_tables(value));
    let mut lines = vec![Value::Object(head)];
    let (exercises, cards): (Vec<_>, Vec<_>) = lists
        .into_iter()
        .flat_map(|list| if let Value::Array(all) = list { all } else { Vec::new() })
        .partition(|entry| entry.get("labels").is_some());
    lines.extend(exercises);
    lines.extend(cards);
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    Exported { bytes: text.into_bytes(), dropped: Vec::new() }
}

fn is_tables(value: &Value) -> bool {
    value.as_array().is_some_and(|list| list.first().is_some_and(Value::is_object))
}

/// The text of a deck file as JSON; days are texts.
fn value(text: &str) -> Option<Value> {
    fn plain(value: toml::Value) -> Value {
        match value {
            toml::Value::Datetime(moment) => Value::String(moment.to_string()),
            toml::Value::Array(list) => list.into_iter().map(plain).collect(),
            toml::Value::Table(table) => table.into_iter().map(|(key, value)| (key, plain(value))).collect(),
            toml::Value::String(text) => text.into(),
            toml::Value::Integer(number) => number.into(),
            toml::Value::Float(number) => number.into(),
            toml::Value::Boolean(flag) => flag.into(),
        }
    }
    toml::from_str::<toml::Table>(text).ok().map(|table| plain(toml::Value::Table(table)))
}

/// What is said of a key that no card has.
fn unknown(key: &str) -> Safe {
    safe!("The key {} is not taken.", shown(key))
}

#[cfg(test)]
mod tests;

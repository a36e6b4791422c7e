//! What a JSON object stands for, and its keys as a deck file has them.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::unknown;
use crate::card::Id;
use crate::deck::edit::propose_id;
use crate::deck::{Shape, Table};
use crate::exchange::build::{self, shown};
use crate::exchange::join::Ids;
use crate::exchange::{Imported, Refused};
use crate::safe;
use crate::text::Safe;

/// What other programs and people call the keys of a card.
const NAMES: [(&str, &[&str]); 8] = [
    ("question", &["front", "q", "prompt", "term"]),
    ("answer", &["back", "a", "response", "definition", "model_answer"]),
    ("point", &["points", "key_points", "keypoints"]),
    ("misconception", &["misconceptions"]),
    ("sources", &["source", "urls", "url", "references"]),
    ("follow_ups", &["followups", "follow_up"]),
    ("tags", &["tag"]),
    ("note", &["notes", "comment"]),
];

/// Keys that say what other keys say already, or what only another program needs.
const IDLE: [&str; 5] = ["kind", "deck", "built_in", "file", "hash"];

/// An object of a file.
#[derive(Debug, Clone)]
pub struct Entry {
    pub line: usize,
    pub keys: Map<String, Value>,
    table: &'static str,
}

/// The entries of a JSON value, each with its line.
pub fn entries(value: Value, places: &HashMap<String, Vec<usize>>) -> Result<Vec<Entry>, Refused> {
    let help = "It should be a deck with `card`, a list of cards, or one card.";
    let line = |list: &str, at: usize| places.get(list).and_then(|lines| lines.get(at)).copied().unwrap_or(1);
    let all = |name: &str, list: Vec<Value>| {
        list.into_iter()
            .enumerate()
            .map(|(at, value)| match value {
                Value::Object(keys) => Ok(Entry::of(line(name, at), keys)),
                _ => Err(Refused::new(line(name, at), "An entry of the list is no object.", help)),
            })
            .collect::<Result<Vec<_>, _>>()
    };
    match value {
        Value::Array(list) => all("", list),
        Value::Object(keys) if guess(&keys) != "deck" => Ok(vec![Entry::of(1, keys)]),
        Value::Object(keys) => {
            let (lists, head): (Map<_, _>, Map<_, _>) = keys.into_iter().partition(|(key, value)| is_list(key, value));
            let mut entries = vec![Entry { line: 1, keys: head, table: "deck" }];
            for (name, list) in lists {
                if let Value::Array(list) = list {
                    entries.extend(all(&name, list)?);
                }
            }
            Ok(entries)
        }
        _ => Err(Refused::new(None, "The JSON holds a single value.", help)),
    }
}

fn is_list(key: &str, value: &Value) -> bool {
    let is_known =
        matches!(key, "cards" | "notes" | "flashcards" | "questions" | "scenarios" | "exercises" | "clozes" | "codes")
            || Table::ALL[0].key(key).is_some_and(|key| matches!(key.shape, Shape::Tables(_)));
    is_known && value.is_array()
}

/// The table that keys like these stand in.
fn guess(keys: &Map<String, Value>) -> &'static str {
    let has = |name: &str| keys.contains_key(name);
    let called = |name: &str| {
        NAMES.iter().any(|(known, names)| *known == name && (has(name) || names.iter().any(|name| has(name))))
    };
    match () {
        () if has("labels") && !has("right") => "exercise",
        () if has("right") => "scenario",
        () if keys.get("code").is_some_and(Value::is_string) => "code",
        () if has("text") && !called("question") => "cloze",
        () if called("question") || called("answer") => "card",
        () => "deck",
    }
}

impl Entry {
    pub fn of(line: usize, keys: Map<String, Value>) -> Entry {
        Entry { line, table: guess(&keys), keys }
    }

    pub fn is_head(&self) -> bool {
        self.table == "deck"
    }

    /// Whether it is a card, of whatever kind.
    pub fn is_asked(&self) -> bool {
        self.table != "exercise"
    }

    fn format(&self) -> Option<&'static Table> {
        Table::ALL.into_iter().find(|table| match table.header {
            "" => self.is_head(),
            header => header.trim_matches(['[', ']']) == self.table,
        })
    }

    /// Gives its keys the names and shapes of a deck file; lists those that there are none for.
    pub fn know(&mut self, imported: &mut Imported) {
        let Some(table) = self.format() else { return };
        let mut keys = Map::new();
        for (name, value) in std::mem::take(&mut self.keys) {
            let known = NAMES.iter().find(|(_, names)| names.contains(&name.as_str()) && table.key(&name).is_none());
            let known = known.map_or(name.as_str(), |(known, _)| known);
            match (table.key(known), value) {
                (_, Value::Null) => {}
                (None, _) if IDLE.contains(&known) => {}
                (None, _) => imported.lose(self.line, unknown(&name)),
                (Some(key), value) => match self.shaped(key.shape, value, imported) {
                    Some(value) => drop(keys.insert(known.to_owned(), value)),
                    None => {
                        imported.lose(self.line, safe!("The key {} holds nothing that can be taken.", shown(&name)));
                    }
                },
            }
        }
        self.keys = keys;
    }

    /// The value as a key of that shape holds it.
    fn shaped(&self, shape: Shape, value: Value, imported: &mut Imported) -> Option<Value> {
        match (shape, value) {
            (Shape::Level, Value::String(word)) => match build::level(&word) {
                Some(level) => Some(level.word().into()),
                None => Some(word.into()),
            },
            (Shape::Lines, Value::String(text)) if text.contains("://") => Some(json!([text])),
            (Shape::Lines, Value::String(text)) => {
                let parts = text.split([',', ';', '|', '\n']).map(str::trim).filter(|part| !part.is_empty());
                Some(parts.collect())
            }
            (Shape::Lines | Shape::Texts, Value::Array(list)) if list.is_empty() => Some(json!([])),
            (Shape::Tables(inner), Value::Array(list)) => {
                let entries =
                    list.into_iter().enumerate().filter_map(|(at, value)| self.part(inner, at, value, imported));
                Some(entries.collect())
            }
            (Shape::Tables(inner), Value::String(text)) => {
                let parts = text.lines().map(str::trim).filter(|part| !part.is_empty()).enumerate();
                Some(parts.filter_map(|(at, part)| self.part(inner, at, part.into(), imported)).collect())
            }
            (_, value) => (depth(&value) <= 2).then_some(value),
        }
    }

    /// A point or the like: a text alone will do.
    fn part(&self, table: &'static Table, at: usize, value: Value, imported: &mut Imported) -> Option<Value> {
        let mut keys = match value {
            Value::String(text) => Map::from_iter([("text".to_owned(), text.into())]),
            Value::Object(keys) => keys,
            _ => {
                imported.lose(self.line, safe!("A {} is neither a text nor an object.", table.noun));
                return None;
            }
        };
        keys.retain(|name, value| {
            let is_known = table.key(name).is_some() && depth(value) <= 2;
            if !is_known {
                imported.lose(self.line, unknown(name));
            }
            is_known && !value.is_null()
        });
        let letter = &table.noun[..1];
        keys.entry("id").or_insert_with(|| format!("{letter}{}", at + 1).into());
        Some(Value::Object(keys))
    }

    /// The id that the file gives it and no deck can have.
    pub fn unfit_id(&self) -> Option<Safe> {
        let id = match self.keys.get("id")? {
            Value::Null => return None,
            Value::String(id) => id.clone(),
            other => other.to_string(),
        };
        build::id(&id).is_none().then(|| shown(&id))
    }

    /// An id of its own: the one it has if no other has it, or one in the words of its question.
    pub fn name(&mut self, ids: &mut Ids) -> Id {
        let own = self.keys.remove("id");
        let own = own.as_ref().and_then(Value::as_str).and_then(build::id);
        let text = |key: &str| self.keys.get(key).and_then(Value::as_str);
        let wanted = own.unwrap_or_else(|| propose_id(text("question").or_else(|| text("text")).unwrap_or_default()));
        if self.is_asked() { ids.free(&wanted) } else { wanted }
    }

    /// The entry as a deck file has it.
    pub fn toml(self, id: &str) -> String {
        let mut table = toml::Table::new();
        table.insert("id".to_owned(), id.into());
        for (key, value) in self.keys {
            let day =
                (key == "checked").then(|| value.as_str()?.trim().parse().ok().map(toml::Value::Datetime)).flatten();
            let value = day.map_or_else(|| toml::Value::try_from(value), Ok);
            if let Ok(value) = value {
                table.insert(key, value);
            }
        }
        let list = toml::Value::Array(vec![toml::Value::Table(table)]);
        let whole = toml::Table::from_iter([(self.table.to_owned(), list)]);
        format!("\n{}", toml::to_string(&whole).unwrap_or_default())
    }
}

fn depth(value: &Value) -> usize {
    match value {
        Value::Array(list) => 1 + list.iter().map(depth).max().unwrap_or(0),
        Value::Object(keys) => 1 + keys.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

/// The top of a deck file. What makes it one is there, whatever the keys say.
pub fn head(keys: Map<String, Value>) -> String {
    let keys = keys.into_iter().filter_map(|(key, value)| Some((key, toml::Value::try_from(value).ok()?)));
    let mut table: toml::Table = keys.filter(|(key, _)| key != "id" && key != "format").collect();
    table.insert("format".to_owned(), 1.into());
    table.insert("id".to_owned(), "imported".into());
    if table.get("title").and_then(toml::Value::as_str).is_none_or(|title| title.trim().is_empty()) {
        table.insert("title".to_owned(), "Imported".into());
    }
    toml::to_string(&table).unwrap_or_default()
}

//! The deck format as a JSON Schema, for editors that complete and check while one types.

use serde_json::{Map, Value, json};

use super::format::{LONGEST_TITLE, MOST_ENTRIES, Shape, Table, VERSION};
use super::rules::switchable;
use crate::card::{LONGEST_ID, Level};

/// JSON Schema 2020-12 of a deck file, made from the same tables that the reader uses.
pub fn schema() -> Value {
    let [deck, inner @ ..] = Table::ALL;
    let mut root = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "greenroom deck, format 1",
    });
    let definitions: Map<String, Value> = inner.iter().map(|table| (table.noun.to_owned(), object(table))).collect();
    if let (Value::Object(root), Value::Object(deck)) = (&mut root, object(deck)) {
        root.extend(deck);
        root.insert("$defs".to_owned(), definitions.into());
    }
    root
}

fn object(table: &Table) -> Value {
    let required: Vec<_> = table.keys.iter().filter(|key| key.required).map(|key| key.name).collect();
    let property = |key: &super::Key| {
        let mut value = value(key.shape);
        if key.name == "title" {
            value["maxLength"] = LONGEST_TITLE.into();
        }
        value["description"] = key.about.into();
        (key.name.to_owned(), value)
    };
    let properties: Map<String, Value> = table.keys.iter().map(property).collect();
    json!({
        "type": "object",
        "description": table.about,
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

fn value(shape: Shape) -> Value {
    match shape {
        Shape::Version => json!({ "const": VERSION }),
        Shape::Id => json!({ "type": "string", "pattern": "^[a-z0-9]+([-_.][a-z0-9]+)*$", "maxLength": LONGEST_ID }),
        Shape::Ids => json!({ "type": "array", "items": value(Shape::Id), "minItems": 1 }),
        Shape::Line | Shape::Text => json!({ "type": "string", "pattern": "\\S" }),
        Shape::Lines => json!({ "type": "array", "items": value(Shape::Line), "maxItems": MOST_ENTRIES }),
        Shape::Texts => json!({ "type": "array", "items": value(Shape::Text), "maxItems": MOST_ENTRIES }),
        Shape::Sides => json!({ "type": "array", "items": value(Shape::Lines), "minItems": 2 }),
        Shape::Language => {
            json!({ "type": "string", "pattern": "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$", "maxLength": 35 })
        }
        Shape::Level => json!({ "enum": Level::ALL.map(Level::word) }),
        Shape::Day => json!({ "type": "string", "format": "date" }),
        Shape::Weight => json!({ "type": "integer", "minimum": 1, "maximum": 3 }),
        Shape::Letter => json!({ "type": "string", "minLength": 1, "maxLength": 1 }),
        Shape::Flag => json!({ "type": "boolean" }),
        Shape::Code => json!({ "enum": switchable().map(|rule| rule.code).collect::<Vec<_>>() }),
        Shape::Tables(table) => tables(table),
    }
}

fn tables(table: &Table) -> Value {
    let mut list = json!({ "type": "array", "items": { "$ref": format!("#/$defs/{}", table.noun) } });
    if table.is_part() {
        list["maxItems"] = MOST_ENTRIES.into();
    }
    if table.noun == "label" {
        list["minItems"] = 2.into();
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reference_leads_to_a_definition() {
        let schema = schema();
        let text = schema.to_string();
        for table in &Table::ALL[1..] {
            assert!(text.contains(&format!("#/$defs/{}\"", table.noun)), "{}", table.noun);
            assert_eq!(schema["$defs"][table.noun]["type"], "object");
        }
        assert_eq!(schema["required"], json!(["format", "id", "title"]));
    }
}

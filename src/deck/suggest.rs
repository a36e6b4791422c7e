//! What an author may have meant: the nearest known key, an id that would be allowed, a value of the right type.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};
use unicode_normalization::UnicodeNormalization;

use super::diagnostic::quote;
use super::format::{Key, Shape, Table};
use super::rules::{UNKNOWN_KEY, UNKNOWN_TABLE};
use super::{Diagnostic, Edit};
use crate::card::{Id, LONGEST_ID};

/// What other programs and other words call our keys; the first that a table has is meant.
const ELSEWHERE: [(&str, &str); 18] = [
    ("q", "question"),
    ("front", "question"),
    ("prompt", "question"),
    ("a", "answer"),
    ("back", "answer"),
    ("reply", "answer"),
    ("name", "title"),
    ("lang", "language"),
    ("difficulty", "level"),
    ("source", "sources"),
    ("hint", "probe"),
    ("explanation", "why"),
    ("explanation", "note"),
    ("notes", "note"),
    ("question", "prompt"),
    ("question", "text"),
    ("answer", "right"),
    ("code", "allow"),
];

/// The diagnostic for a key that the table does not have.
pub fn unknown_key(table: &Table, name: &str, span: Range<usize>) -> Diagnostic {
    let place = match table.header {
        "" => "at the top of a deck".to_owned(),
        header => format!("in {header}"),
    };
    let message = format!("There is no key {} {place}.", quote(name));
    Diagnostic::new(&UNKNOWN_KEY, span, message, help(table, name))
}

/// The diagnostic for tables that the deck does not have, whose cards are lost.
pub fn unknown_table(
    table: &Table,
    tree: &DeTable<'_>,
    name: &str,
    span: Range<usize>,
    value: &Spanned<DeValue<'_>>,
) -> Diagnostic {
    let near =
        nearest(table, name).and_then(|key| if let Shape::Tables(inner) = key.shape { Some(inner) } else { None });
    let help = match near {
        Some(inner) => format!("Did you mean {}?", inner.header),
        None => help(table, name),
    };
    let message = format!("There is no table {} in a deck, so what is in it is lost.", quote(name));
    let finding = Diagnostic::new(&UNKNOWN_TABLE, span.clone(), message, help);
    match renamed(table, tree, name, span, value).filter(|_| near.is_some()) {
        Some((edits, says)) => finding.mended_by(edits, says),
        None => finding,
    }
}

fn help(table: &Table, name: &str) -> String {
    let has_value = |outer: &&Table| outer.key(name).is_some_and(|key| !matches!(key.shape, Shape::Tables(_)));
    let outer = std::iter::successors(table.within, |outer| outer.within).find(has_value);
    let inner = Table::ALL.iter().flat_map(|table| table.keys).find_map(|key| match key.shape {
        Shape::Tables(inner) if key.name == name => Some(inner),
        _ => None,
    });
    match (nearest(table, name), outer, inner) {
        (_, Some(outer), _) => {
            format!("It is a key of the {}: write it above the first {}.", outer.noun, table.header)
        }
        (_, _, Some(inner)) => format!("Write {} instead.", inner.header),
        (Some(key), ..) => format!("Did you mean `{}`?", key.name),
        (None, None, None) => {
            let names: Vec<_> = table.keys.iter().map(|key| key.name).collect();
            format!("The keys are {}.", names.join(", "))
        }
    }
}

/// The unknown key under the name that it was meant to have, where that is beyond doubt: the name is near, the table does
/// not have it yet, and the key belongs nowhere else. Headers of tables are written anew, each of them.
pub fn renamed(
    table: &Table,
    tree: &DeTable<'_>,
    name: &str,
    span: Range<usize>,
    value: &Spanned<DeValue<'_>>,
) -> Option<(Vec<Edit>, String)> {
    let key = nearest(table, name)?;
    let belongs_above =
        std::iter::successors(table.within, |outer| outer.within).any(|outer| outer.key(name).is_some());
    let is_there = tree.iter().any(|(known, _)| known.get_ref().as_ref() == key.name);
    if belongs_above || is_there {
        return None;
    }
    let edits = match (key.shape, value.get_ref()) {
        (Shape::Tables(inner), DeValue::Array(items)) if !items.is_empty() && items[0].span().contains(&span.start) => {
            let header = |item: &Spanned<DeValue<'_>>| Edit { span: item.span(), text: inner.header.to_owned() };
            items.iter().map(header).collect()
        }
        _ => vec![Edit { span, text: key.name.to_owned() }],
    };
    Some((edits, format!("write `{}`", key.name)))
}

pub fn nearest(table: &Table, name: &str) -> Option<&'static Key> {
    let name = name.replace('-', "_").to_lowercase();
    let mut elsewhere = ELSEWHERE.iter().filter(|(other, _)| *other == name);
    if let Some(key) = elsewhere.find_map(|(_, key)| table.key(key)) {
        return Some(key);
    }
    let near = crate::text::nearest(&name, table.keys.iter().map(|key| key.name))?;
    table.keys.iter().find(|key| key.name == near)
}

/// The id nearest to a text that is none, such as `zurich-region` for "Zürich region".
pub fn id(text: &str) -> Option<Id> {
    let spelt: String = text.chars().take(LONGEST_ID * 2).flat_map(spelt).collect();
    let mut plain = String::new();
    for character in spelt.nfd().filter(char::is_ascii) {
        // `taskRole` is two words, and `ECS` is one.
        if character.is_ascii_uppercase() && plain.ends_with(|before: char| before.is_ascii_lowercase()) {
            plain.push('-');
        }
        plain.push(character);
    }
    let plain = plain.to_ascii_lowercase();
    let words: Vec<_> =
        plain.split(|character: char| !character.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let joined = words.join("-");
    let cut = &joined[..joined.len().min(LONGEST_ID)];
    cut.trim_end_matches('-').parse().ok()
}

/// Letters that have no base letter, as they are spelt without them.
fn spelt(character: char) -> impl Iterator<Item = char> {
    let letters = match character {
        'ß' => "ss",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'ø' | 'Ø' => "o",
        'ł' | 'Ł' => "l",
        'đ' | 'Đ' | 'ð' => "d",
        'þ' | 'Þ' => "th",
        'ı' => "i",
        _ => "",
    };
    letters.chars().chain(letters.is_empty().then_some(character))
}

/// How to write a value of that shape, as near as can be to what stands there; `left` is what comes before the value.
pub fn right_type(left: &str, shape: Shape, value: &DeValue<'_>) -> String {
    match (shape, value) {
        (Shape::Lines, DeValue::String(text)) if is_enumeration(left, text) => {
            let entries: Vec<_> = text.split([',', ';']).map(|entry| in_quotes(entry.trim())).collect();
            format!("Write each one for itself: {left}[{}]", entries.join(", "))
        }
        (Shape::Lines | Shape::Texts | Shape::Ids, DeValue::String(text)) => {
            format!("Put brackets around it: {left}[{}]", in_quotes(text))
        }
        (Shape::Weight, DeValue::String(text)) if matches!(text.trim(), "1" | "2" | "3") => {
            format!("Take the quotes away: {left}{}", text.trim())
        }
        (Shape::Flag, DeValue::String(text)) if matches!(text.trim(), "true" | "false") => {
            format!("Take the quotes away: {left}{}", text.trim())
        }
        (Shape::Line | Shape::Text | Shape::Id, DeValue::Integer(number)) => {
            format!("Put quotes around it: {left}{}", in_quotes(&number.to_string()))
        }
        (Shape::Tables(table), DeValue::Table(tree)) if let Some(inner) = only_parts(table, tree) => {
            format!("Put {} above its first {}.", table.header, inner.header)
        }
        (Shape::Tables(table), DeValue::Table(_)) if table.example() == table.header => {
            format!("Write {}, with two brackets on both sides.", table.header)
        }
        (Shape::Tables(table), _) if table.example() == table.header => {
            format!("Begin each one with {}.", table.header)
        }
        (Shape::Tables(table), _) => format!("Write {}.", table.example()),
        (shape, _) => format!("Write {left}{}.", shape.example()),
    }
}

/// Whether a text that stands for a list of tags names several of them.
pub fn is_enumeration(left: &str, text: &str) -> bool {
    left.starts_with("tags") && text.contains([',', ';']) && text.len() < 200
}

/// The first table of the tree, if the tree holds nothing but tables that belong in this one.
fn only_parts(table: &Table, tree: &DeTable<'_>) -> Option<&'static Table> {
    let part = |name: &str| match table.key(name)?.shape {
        Shape::Tables(inner) => Some(inner),
        _ => None,
    };
    tree.iter().map(|(key, _)| part(key.get_ref())).collect::<Option<Vec<_>>>()?.first().copied()
}

fn in_quotes(text: &str) -> String {
    let quoted = quote(text);
    format!("\"{}\"", quoted.trim_matches('`'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deck::format::{CARD, DECK, POINT};

    fn advice(table: &Table, name: &str) -> String {
        unknown_key(table, name, 0..0).help.into()
    }

    #[test]
    fn slips_of_the_keyboard_find_their_key() {
        for (slip, key) in
            [("qestion", "question"), ("Answer", "answer"), ("follow-ups", "follow_ups"), ("tag", "tags")]
        {
            assert_eq!(advice(&CARD, slip), format!("Did you mean `{key}`?"));
        }
        assert!(advice(&CARD, "colour").starts_with("The keys are id, question"));
        assert!(advice(&CARD, "x").starts_with("The keys are"));
    }

    #[test]
    fn a_key_in_the_wrong_table_is_sent_to_its_own() {
        assert_eq!(advice(&POINT, "note"), "It is a key of the card: write it above the first [[card.point]].");
        assert_eq!(advice(&CARD, "language"), "It is a key of the deck: write it above the first [[card]].");
        assert_eq!(advice(&DECK, "point"), "Write [[card.point]] instead.");
    }

    #[test]
    fn a_text_that_is_no_id_gets_one_that_is_near() {
        assert_eq!(id("Zürich region!").map(String::from).as_deref(), Some("zurich-region"));
        assert_eq!(id(&"long word ".repeat(20)).map(|id| id.as_str().len() <= LONGEST_ID), Some(true));
        assert_eq!(id("taskRole of ECS: Größe").map(String::from).as_deref(), Some("task-role-of-ecs-grosse"));
        assert_eq!(id("日本"), None);
    }
}

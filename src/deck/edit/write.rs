//! Entries as the TOML that a careful author would write: short texts in quotes, long ones between lines of `'''`.

use super::entry::{Entry, Field};

/// The longest line that is written when there is another way.
const WIDE: usize = 110;

/// The text in quotes, on one line.
pub fn quote(text: &str) -> String {
    let is_plain = |character: char| !character.is_control() && character != '\'';
    if text.contains(['"', '\\']) && text.chars().all(is_plain) {
        return format!("'{text}'");
    }
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => quoted += "\\\"",
            '\\' => quoted += "\\\\",
            '\n' => quoted += "\\n",
            '\t' => quoted += "\\t",
            control if control.is_control() => quoted += &format!("\\u{:04X}", u32::from(control)),
            other => quoted.push(other),
        }
    }
    quoted + "\""
}

/// The text on lines of its own, between marks. What reads it leaves out the line feed at its end.
pub fn on_lines(text: &str) -> String {
    let is_plain = |character: char| !character.is_control() || character == '\n';
    if !text.contains("'''") && text.chars().all(is_plain) {
        return format!("'''\n{text}\n'''");
    }
    let lines: Vec<_> = text.split('\n').map(quote_inside).collect();
    format!("\"\"\"\n{}\n\"\"\"", lines.join("\n"))
}

fn quote_inside(line: &str) -> String {
    let escaped = |character: char| match character {
        '"' => "\\\"".to_owned(),
        '\\' => "\\\\".to_owned(),
        control if control.is_control() => format!("\\u{:04X}", u32::from(control)),
        other => other.to_string(),
    };
    line.chars().map(escaped).collect()
}

/// How the value of a key is written: on as many lines as it needs, or, where that would be odd, on one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    Lines,
    Line,
}

/// The value of a key; `left` is how wide the line is before it.
pub fn value(field: &Field, room: Room, left: usize) -> String {
    match field {
        Field::Line(text) => quote(text),
        Field::Text(text) => {
            let short = quote(text);
            let is_long = text.contains('\n') || left + short.chars().count() > WIDE;
            if room == Room::Lines && is_long { on_lines(text) } else { short }
        }
        Field::Bare(text) => text.clone(),
        Field::Lines(lines) => list(&quotes(lines), room, left),
        Field::Sides(sides) => {
            let side = |names: &Vec<String>| list(&quotes(names), Room::Line, 0);
            list(&sides.iter().map(side).collect::<Vec<_>>(), room, left)
        }
        Field::Tables(tables) => list(&tables.iter().map(inline).collect::<Vec<_>>(), room, left),
    }
}

fn quotes(lines: &[String]) -> Vec<String> {
    lines.iter().map(|line| quote(line)).collect()
}

fn list(items: &[String], room: Room, left: usize) -> String {
    let line = format!("[{}]", items.join(", "));
    if room == Room::Line || left + line.chars().count() <= WIDE {
        return line;
    }
    let lines: String = items.iter().map(|item| format!("  {item},\n")).collect();
    format!("[\n{lines}]")
}

/// The entry in braces, on one line.
pub fn inline(entry: &Entry) -> String {
    let keys: Vec<_> =
        entry.fields().map(|(name, field)| format!("{name} = {}", value(field, Room::Line, 0))).collect();
    format!("{{ {} }}", keys.join(", "))
}

/// A key and its value with the line feed after it.
pub fn line(name: &str, field: &Field) -> String {
    format!("{name} = {}\n", value(field, Room::Lines, name.len() + 3))
}

/// The entry below its header, and the tables in it below theirs, with empty lines between.
pub fn headed(entry: &Entry) -> String {
    let mut text = format!("{}\n", entry.table.header);
    let mut parts = String::new();
    for (name, field) in entry.fields() {
        match field {
            Field::Tables(tables) => parts.extend(tables.iter().map(|table| format!("\n{}", headed(table)))),
            field => text += &line(name, field),
        }
    }
    text + &parts
}

//! Lines of a text that could not be read: what the author may have meant by each.

use crate::deck::diagnostic::quote;
use crate::deck::format::Table;

/// Characters that begin a value.
const OPENING: [char; 4] = ['"', '\'', '[', '{'];

/// A message and a help.
pub type Words = (String, String);

/// Every line with the offset of its start, without its line feed.
pub fn all(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split('\n').map(move |line| {
        let start = at;
        at += line.len() + 1;
        (start, line)
    })
}

/// The line at an offset, with the offset of its start.
pub fn at(text: &str, offset: usize) -> (usize, &str) {
    let start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
    let end = text[offset..].find('\n').map_or(text.len(), |at| offset + at);
    (start, &text[start..end])
}

/// Whether the line looks like a table header, or a key with an equals sign.
pub fn is_statement(line: &str) -> bool {
    is_header(line) || key(line).is_some_and(|(_, rest)| rest.starts_with('='))
}

/// Whether the line looks like a statement with a slip in it, such as `id: "a"` or `id "a"`.
pub fn is_meant_as_statement(line: &str) -> bool {
    is_statement(line) || colon_key(line).is_some() || key(line).is_some_and(|(_, rest)| rest.starts_with(OPENING))
}

/// Whether the line begins as a table header does.
pub fn is_header(line: &str) -> bool {
    let name = line.trim_start().trim_start_matches('[');
    line.trim_start().starts_with('[') && name.trim_start().starts_with(is_key_character)
}

/// The key of a line in which a colon follows it, as in YAML.
pub fn colon_key(line: &str) -> Option<&str> {
    key(line).filter(|(_, rest)| rest.starts_with(':') && !rest.starts_with("://")).map(|(key, _)| key)
}

/// The bare key that the line begins with, and what follows it.
fn key(line: &str) -> Option<(&str, &str)> {
    let line = line.trim();
    let end = line.find(|character| !is_key_character(character)).unwrap_or(line.len());
    (end > 0).then(|| (&line[..end], line[end..].trim_start()))
}

fn is_key_character(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '_' | '-' | '.')
}

/// A line on which a key has no equals sign. The flag says that lines like it may follow.
pub fn without_equals(line: &str) -> (Words, bool) {
    let trimmed = line.trim();
    let starts = |marks: &[&str]| marks.iter().any(|mark| trimmed.starts_with(mark));
    let into_text = "If it belongs to a text, put the whole text between ''' and '''.";
    if let Some(key) = colon_key(trimmed) {
        return (words("TOML writes `=` between a key and its value, not `:`.", &format!("Write {key} = …")), false);
    }
    if starts(&["//", "--", "/*", ";", "%", "<!--"]) {
        return (words("A comment in TOML begins with `#`.", "Put # at the start of the line."), false);
    }
    if starts(&["```", "~~~", "- ", "* "]) {
        return (words("A piece of Markdown stands outside of a text.", into_text), true);
    }
    if trimmed.contains('＝') {
        return (words("`＝` is a wide character and not the plain `=`.", "Type a plain =."), false);
    }
    if starts(&["{", "["]) {
        let message = "A part of a list stands outside of a list.";
        return (words(message, "Begin the list on the line of its key, as in labels = ["), true);
    }
    if let Some((left, _)) = trimmed.split_once('=') {
        return (strange_key(left.trim()), false);
    }
    match key(trimmed) {
        Some((key, "")) => {
            (words(&format!("The key `{key}` has no value."), &format!("Write {key} = …, or delete the line.")), false)
        }
        Some((key, rest)) if rest.starts_with(OPENING) || rest.parse::<f64>().is_ok() => {
            (words(&format!("There is no `=` after `{key}`."), &format!("Write {key} = …")), false)
        }
        _ => (words("This line is neither `key = value`, nor a [[table]], nor a # comment.", into_text), true),
    }
}

/// A key with something in it that keys cannot have.
pub fn strange_key(written: &str) -> Words {
    if written.starts_with(':') {
        return words("TOML writes `=` between a key and its value, not `:`.", "Write key = … instead of key: …");
    }
    words(&format!("{} cannot be a key.", quote(written)), "Keys are made of a to z, 0 to 9, - and _, without spaces.")
}

/// What stands after a value that was already complete; `before` is the line up to there, `rest` what follows.
pub fn after_value(before: &str, rest: &str) -> Words {
    let rest = rest.trim();
    if is_header(before) && rest.starts_with(['[', ']']) {
        return words("The brackets of this header do not match.", &header(before));
    }
    if is_header(before) {
        return words(
            "Something stands after the header.",
            "Give each header a line of its own; a comment begins with #.",
        );
    }
    if let Some(mark) = needless_mark(rest) {
        return mark;
    }
    if rest.starts_with(", ") {
        return words("Several values stand here without brackets.", "Put brackets around them: [\"…\", \"…\"].");
    }
    if rest.starts_with(',') && rest[1..].starts_with(|next: char| next.is_ascii_digit()) {
        return words("A number cannot have a comma in it.", "Write plain digits, such as 3.");
    }
    if key(rest).is_some_and(|(_, rest)| rest.starts_with('=')) {
        return words("A second key stands on this line.", "Give each key a line of its own.");
    }
    match before.chars().next_back() {
        Some('"') => words(
            "A `\"` inside the text ends it early.",
            "Put the text between '…', or write \\\" for each quote inside it.",
        ),
        Some('\'') => {
            words("A `'` inside the text ends it early.", "Put the text between \"…\", or between ''' and '''.")
        }
        _ => words("Something stands after the value.", "Each line holds one `key = value`; a comment begins with #."),
    }
}

/// A semicolon or a comma at the end of a line.
fn needless_mark(rest: &str) -> Option<Words> {
    let mark = rest.chars().next().filter(|mark| matches!(mark, ';' | ','))?;
    let behind = rest[1..].trim_start();
    (behind.is_empty() || behind.starts_with('#')).then(|| {
        words(
            &format!("There is a `{mark}` after the value."),
            &format!("Delete the `{mark}`: the line end is enough."),
        )
    })
}

/// How the header of a line should be written.
pub fn header(line: &str) -> String {
    let name = line.trim().trim_matches(|character: char| matches!(character, '[' | ']') || character.is_whitespace());
    let known = Table::ALL.iter().find(|table| !name.is_empty() && table.header.trim_matches(['[', ']']) == name);
    match known {
        Some(table) => format!("Write {}, with two brackets on both sides.", table.header),
        None => "Write [[card]], [[exercise]] or [[scenario]].".to_owned(),
    }
}

/// What is wrong between the entries of a list or of an inline table; `rest` is the text from there on.
pub fn between_entries(message: &str, rest: &str) -> Words {
    let begins = |parts: &[&str]| parts.iter().any(|part| message.starts_with(part));
    match rest.chars().next() {
        _ if begins(&["missing array opening"]) => {
            words("There is a ] without its [.", "Write a list as [\"…\", \"…\"].")
        }
        Some('}') if message.contains("array") => words("A list that began with [ ends with }.", "Write ] instead."),
        _ if begins(&["missing inline table opening"]) => words("There is a } without its {.", "Write { … }."),
        Some(';') => words("Entries are separated by `,` and not by `;`.", "Write , instead."),
        _ if begins(&["missing comma"]) => words("A comma is missing between two entries.", "Put a comma before this."),
        _ if begins(&["extra comma"]) && !message.contains("expected `=`") => {
            words("There is one comma too many.", "Put one comma between two entries.")
        }
        _ => words("Between { and } each entry needs a key and a value.", "Write { key = \"…\" }."),
    }
}

/// A value without quotes that TOML cannot read.
pub fn bare_value(written: &str) -> Words {
    let written = written.trim();
    let told = |what: &str, help: &str| words(&format!("{} {what}", quote(written)), help);
    let is_made_of = |marks: &str| {
        written.starts_with(|first: char| first.is_ascii_digit() || "+-.".contains(first))
            && written.chars().all(|character| character.is_ascii_digit() || marks.contains(character))
    };
    let separators = written.matches(['-', '.', '/', ':']).count();
    match written.to_ascii_lowercase().as_str() {
        "" => words("Nothing stands after the `=`.", "Write a value, or delete the line."),
        "true" | "false" | "yes" | "no" | "on" | "off" => {
            told("is not a value of TOML.", "Write true or false, in small letters; a text needs quotes around it.")
        }
        _ if written.ends_with(';') => {
            words("There is a `;` after the value.", "Delete the `;`: the line end is enough.")
        }
        _ if is_made_of("-:.TZ+") && is_dated(written) => {
            told("is no day or no time that exists.", "Write a day of the calendar, such as 2026-11-22.")
        }
        _ if is_made_of("-./:TZ+ ") && separators >= 2 => {
            told("is not a day as TOML writes it.", "Write year, month and day in full: 2026-11-22.")
        }
        _ if is_made_of("+-._xob") => told("is not a number as TOML writes it.", "Write plain digits, such as 3."),
        _ => {
            if super::mend::opens_late(written) {
                return words("The text that ends here has no opening \".", &format!("Write \"{written}"));
            }
            let bare = written.trim_matches(['"', '\'']);
            let help = format!("Put quotes around it: \"{}\"", quote(bare).trim_matches('`'));
            words(&format!("The text {} has no quotes around it.", quote(written)), &help)
        }
    }
}

/// Whether the text begins with a day as TOML writes it, whatever the numbers.
fn is_dated(written: &str) -> bool {
    let shape = |(at, byte): (usize, u8)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() };
    written.len() >= 10 && written.bytes().take(10).enumerate().all(shape)
}

pub fn words(message: &str, help: &str) -> Words {
    (message.to_owned(), help.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_are_told_from_prose() {
        for line in ["[[card]]", "  [card.point]", "id = 1", "a.b=2", "[[card"] {
            assert!(is_statement(line), "{line}");
        }
        for line in ["", "# a", "some text = more", "[]", "- a", "title: x", "\"a\", \"b\"]"] {
            assert!(!is_statement(line), "{line}");
        }
    }

    #[test]
    fn lines_know_their_place() {
        let text = "a\n\nbc";
        assert_eq!(all(text).collect::<Vec<_>>(), [(0, "a"), (2, ""), (3, "bc")]);
        assert_eq!(at(text, 4), (3, "bc"));
        assert_eq!(at(text, 2), (2, ""));
    }
}

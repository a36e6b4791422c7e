//! Lines of a text that could not be read: what the author may have meant by each.

use crate::deck::diagnostic::quote;

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
    let into_text = "Put the whole text between ''' and '''.";
    if let Some(key) = colon_key(trimmed) {
        return (words("TOML writes `=` between a key and its value, not `:`.", &format!("Write {key} = …")), false);
    }
    if starts(&["//", "--", "/*", ";", "%", "<!--"]) {
        return (words("A comment in TOML begins with `#`.", "Put # at the start of the line."), false);
    }
    if starts(&["```", "~~~"]) {
        return (words("A fenced block stands outside of a text.", into_text), true);
    }
    if starts(&["- ", "* "]) {
        return (words("A list item stands outside of a text.", into_text), true);
    }
    match key(trimmed) {
        Some((key, "")) => {
            (words(&format!("The key `{key}` has no value."), &format!("Write {key} = …, or delete the line.")), false)
        }
        Some((key, rest)) if rest.starts_with(['"', '\'', '[', '{']) || rest.parse::<f64>().is_ok() => {
            (words(&format!("There is no `=` after `{key}`."), &format!("Write {key} = …")), false)
        }
        _ => (words("This line is neither `key = value`, nor a [[table]], nor a # comment.", into_text), true),
    }
}

/// What stands after a value that was already complete; `before` is the line up to there, `rest` what follows.
pub fn after_value(before: &str, rest: &str) -> Words {
    let rest = rest.trim();
    if is_header(before) {
        return words("The brackets of this header do not match.", &closed(before));
    }
    if let Some(mark) = rest.chars().next().filter(|mark| matches!(mark, ';' | ',')) {
        return words(
            &format!("There is a `{mark}` after the value."),
            &format!("Delete the `{mark}`: the line end is enough."),
        );
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

/// How the header should be written, such as "Write [[card]], …".
pub fn closed(line: &str) -> String {
    let trimmed = line.trim_start();
    let name = trimmed.trim_matches(|character: char| matches!(character, '[' | ']') || character.is_whitespace());
    let name = name.split(|character| !is_key_character(character)).next().unwrap_or_default();
    format!("Write [[{name}]], with two brackets on both sides.")
}

/// A value without quotes that TOML cannot read.
pub fn bare_value(written: &str) -> Words {
    let written = written.trim();
    let lower = written.to_ascii_lowercase();
    let digits = |marks: &str| {
        written.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '+' | '-' | '.'))
            && written.chars().all(|character| character.is_ascii_digit() || marks.contains(character))
    };
    if written.is_empty() {
        return words("Nothing stands after the `=`.", "Write a value, or delete the line.");
    }
    if matches!(lower.as_str(), "true" | "false" | "yes" | "no" | "on" | "off") {
        let help = "Write true or false, in small letters; a text needs quotes around it.";
        return words(&format!("{} is not a value of TOML.", quote(written)), help);
    }
    if digits("-./:TZ+ ") && written.matches(['-', '.', '/', ':']).count() >= 2 {
        return words(
            &format!("{} is not a day as TOML writes it.", quote(written)),
            "Write year, month and day in full: 2026-11-22.",
        );
    }
    if digits("+-._xob") {
        return words(
            &format!("{} is not a number as TOML writes it.", quote(written)),
            "Write plain digits, such as 3.",
        );
    }
    let help = format!("Write it as {}.", quote(&format!("\"{}\"", written.trim_matches(['"', '\'']))));
    words(&format!("The text {} has no quotes around it.", quote(written)), &help)
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

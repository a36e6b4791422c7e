//! Slips of TOML that can be mended in one way only: what has to be written, and where.

use std::ops::Range;

use super::line;
use crate::deck::format::Table;

/// A span of the deck's text, and what belongs there.
type Change = (Range<usize>, String);

/// Characters that make it doubtful where a text without quotes ends, or how it is to be written.
const DOUBTFUL: [char; 7] = ['"', '\'', '\\', '#', '=', '[', '{'];

/// A value without quotes, written as TOML writes it.
pub fn bare_value(written: &str) -> Option<String> {
    let text = written.trim();
    let is_plain = !text.is_empty() && !text.contains(DOUBTFUL) && !text.contains(char::is_control);
    match text.to_ascii_lowercase().as_str() {
        word @ ("true" | "false") => Some(word.to_owned()),
        "yes" | "no" | "on" | "off" => None,
        day if is_day(day) => Some(day.replace(['/', '.'], "-")),
        _ if opens_late(text) => Some(format!("\"{text}")),
        _ if text.starts_with(char::is_alphabetic) && is_plain && !text.ends_with([';', ',']) => {
            Some(format!("\"{text}\""))
        }
        _ => None,
    }
}

/// Whether only the quote before the text is missing.
pub fn opens_late(text: &str) -> bool {
    text.strip_suffix('"').is_some_and(|inside| {
        inside.starts_with(char::is_alphabetic) && !inside.contains(DOUBTFUL) && !inside.contains(char::is_control)
    })
}

/// Whether the text is a day with the year first and slashes or dots in it.
fn is_day(text: &str) -> bool {
    let shape =
        |(at, byte): (usize, u8)| if matches!(at, 4 | 7) { b"/.".contains(&byte) } else { byte.is_ascii_digit() };
    text.len() == 10 && text.bytes().enumerate().all(shape)
}

/// A line with a colon, or with nothing, in the place of its equals sign; `start` is where the line begins.
pub fn without_equals(line: &str, start: usize) -> Option<Change> {
    let indent = line.len() - line.trim_start().len();
    if let Some(comment) = line.trim_start().strip_prefix("//") {
        let at = start + line.len() - comment.len() - 2;
        return Some((at..at + 2, "#".to_owned()));
    }
    if let Some(key) = line::colon_key(line) {
        let colon = start + indent + key.len() + line[indent + key.len()..].find(':')?;
        return Some((colon..colon + 1, " =".to_owned()));
    }
    let key = line.trim_start().split(|next: char| !next.is_ascii_alphanumeric() && next != '_').next()?;
    let end = indent + key.len();
    let rest = line[end..].trim_start();
    let is_known = Table::ALL.iter().any(|table| table.key(key).is_some());
    let is_value = rest.starts_with(['"', '\'', '[']) || rest.trim_end().bytes().all(|byte| byte.is_ascii_digit());
    (is_known && is_value && !rest.is_empty()).then(|| (start + end..start + end, " =".to_owned()))
}

/// What stands behind a complete value or header at `offset`: nothing, where it is a mark that other languages have.
pub fn after_value(line: &str, start: usize, offset: usize) -> Option<Change> {
    if line::is_header(line) {
        let end = start + line.trim_end().len();
        let begin = start + line.len() - line.trim_start().len();
        return header(line).map(|header| (begin..end, header.to_owned()));
    }
    let rest = &line[offset - start..];
    let at = offset + rest.len() - rest.trim_start().len();
    let behind = rest.trim_start().strip_prefix([';', ','])?.trim_start();
    (behind.is_empty() || behind.starts_with('#')).then(|| (at..at + 1, String::new()))
}

/// The header that a line was meant to be, if it holds brackets and the name of a table of decks.
pub fn header(line: &str) -> Option<&'static str> {
    let name = line.trim().trim_matches(['[', ']', '(', ')', '{', '}', '<', '>', ' ']);
    let known = Table::ALL.iter().find(|table| !name.is_empty() && table.header.trim_matches(['[', ']']) == name)?;
    Some(known.header)
}

/// Straight quotes for the curly ones around the value of a line, and nothing else curly or straight in it.
pub fn curly_quotes(line: &str, start: usize) -> Option<Change> {
    let curly = |character: char| "“”„‟".contains(character);
    let (key, value) = line.split_once('=')?;
    let value = value.trim();
    let inside = value.strip_prefix(curly)?.strip_suffix(curly)?;
    let is_plain = !inside.contains(curly) && !inside.contains(['"', '\\', '#']);
    let at = start + key.len() + 1 + line[key.len() + 1..].find(value)?;
    is_plain.then(|| (at..at + value.len(), format!("\"{inside}\"")))
}

/// Whether a text that begins with a quote and lacks the other one can only end where its line does.
pub fn is_closed_by_one(written: &str, quote: char) -> bool {
    written.matches(quote).count() == 1
        && !written.contains(['#', '\\', '\'', '"'].map(|mark| if mark == quote { '#' } else { mark }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_beyond_doubt_is_mended() {
        assert_eq!(bare_value("Amazon Web Services").as_deref(), Some("\"Amazon Web Services\""));
        assert_eq!(bare_value("True").as_deref(), Some("true"));
        for doubtful in ["", "yes", "a # b", "it's", "22.11.2026", "x = 1", "a;"] {
            assert_eq!(bare_value(doubtful), None, "{doubtful}");
        }
        assert!(
            is_closed_by_one("\"aws", '"') && !is_closed_by_one("\"aws # c", '"') && !is_closed_by_one("'a\"", '\'')
        );
    }

    #[test]
    fn changes_stand_where_the_slip_is() {
        let mend = |line: &str| {
            let (span, text) = without_equals(line, 0)?;
            Some(format!("{}{text}{}", &line[..span.start], &line[span.end..]))
        };
        assert_eq!(mend("id: \"aws\"").as_deref(), Some("id = \"aws\""));
        assert_eq!(mend("  id \"aws\"").as_deref(), Some("  id = \"aws\""));
        assert_eq!(mend("some prose"), None);
        assert_eq!(header("[[card]"), Some("[[card]]"));
        assert_eq!(header("[cards]]"), None);
        assert_eq!(after_value("id = \"a\"; # b", 10, 18), Some((18..19, String::new())));
        assert_eq!(curly_quotes("a = “b”", 0), Some((4..11, "\"b\"".to_owned())));
    }
}

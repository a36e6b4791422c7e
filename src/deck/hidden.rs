//! Characters that are not seen, or that act on a terminal: found wherever they stand, raw or written as an escape.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};
use unicode_width::UnicodeWidthChar;

use super::Diagnostic;
use super::diagnostic::Findings;
use super::rules::{BIDI_OVERRIDE, CONTROL_CHARACTER, INVISIBLE_CHARACTER, Rule, STACKED_MARKS};
use crate::text::Safe;

/// Marks that are shown on one letter.
const MOST_MARKS: usize = 8;

/// Names that people know these characters by.
const NAMES: [(char, &str); 22] = [
    ('\0', "null"),
    ('\u{7}', "bell"),
    ('\u{8}', "backspace"),
    ('\u{c}', "form feed"),
    ('\r', "carriage return"),
    ('\u{1b}', "escape"),
    ('\u{7f}', "delete"),
    ('\u{85}', "next line"),
    ('\u{90}', "device control string"),
    ('\u{9b}', "control sequence introducer"),
    ('\u{9c}', "string terminator"),
    ('\u{9d}', "operating system command"),
    ('\u{200b}', "zero width space"),
    ('\u{200e}', "left-to-right mark"),
    ('\u{200f}', "right-to-left mark"),
    ('\u{2028}', "line separator"),
    ('\u{2029}', "paragraph separator"),
    ('\u{202d}', "left-to-right override"),
    ('\u{202e}', "right-to-left override"),
    ('\u{2060}', "word joiner"),
    ('\u{2066}', "left-to-right isolate"),
    ('\u{feff}', "byte order mark"),
];

/// A character, where it stands, and whether it is written as an escape.
struct Seen {
    span: Range<usize>,
    character: char,
    escaped: bool,
}

/// Finds hidden characters in the whole text, comments and all, and in the escapes of the keys and values of `tree`.
///
/// Raw control characters below U+0080 are not reported: TOML forbids them, so they are syntax errors already.
pub(super) fn scan(text: &str, tree: &DeTable<'_>, findings: &mut Findings) {
    let mut at = if text.starts_with('\u{feff}') { 3 } else { 0 };
    while let Some(start) = next_non_ascii(text, at) {
        let end = text[start..].find(|character: char| character.is_ascii()).map_or(text.len(), |end| start + end);
        report(raw(text, start..end), false, findings);
        at = end;
    }
    if has_escapes(text) {
        table(text, tree, findings);
    }
}

/// Whether anything in the text may be an escape for a character that is not seen; in most decks nothing is.
fn has_escapes(text: &str) -> bool {
    let bytes = text.as_bytes();
    text.match_indices('\\').any(|(at, _)| bytes.get(at + 1).is_some_and(|next| b"befrxuU".contains(next)))
}

/// The name that a person can look up, such as `U+001B, escape`.
pub(super) fn name(character: char) -> String {
    let code = format!("U+{:04X}", u32::from(character));
    match NAMES.iter().find(|(known, _)| *known == character) {
        Some((_, name)) => format!("{code}, {name}"),
        None => code,
    }
}

fn next_non_ascii(text: &str, from: usize) -> Option<usize> {
    let rest = &text.as_bytes()[from..];
    let chunks = rest.chunks(256).position(|chunk| !chunk.is_ascii())?;
    let inside = rest[chunks * 256..].iter().position(|byte| !byte.is_ascii())?;
    Some(from + chunks * 256 + inside)
}

fn raw(text: &str, span: Range<usize>) -> impl Iterator<Item = Seen> {
    text[span.clone()].char_indices().map(move |(at, character)| {
        let start = span.start + at;
        Seen { span: start..start + character.len_utf8(), character, escaped: false }
    })
}

fn table(text: &str, tree: &DeTable<'_>, findings: &mut Findings) {
    for (key, inner) in tree {
        escapes(text, key.span(), findings);
        value(text, inner, findings);
    }
}

fn value(text: &str, inner: &Spanned<DeValue<'_>>, findings: &mut Findings) {
    match inner.get_ref() {
        DeValue::String(_) => escapes(text, inner.span(), findings),
        DeValue::Array(items) => items.iter().for_each(|item| value(text, item, findings)),
        DeValue::Table(inner) => table(text, inner, findings),
        _ => {}
    }
}

fn escapes(text: &str, span: Range<usize>, findings: &mut Findings) {
    let Some(written) = text.get(span.clone()).filter(|written| written.starts_with('"') && written.contains('\\'))
    else {
        return;
    };
    report(decode(written, span.start), true, findings);
}

/// The characters that a text in double quotes stands for.
fn decode(written: &str, start: usize) -> impl Iterator<Item = Seen> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = &written[at..];
        let (character, length) = match rest.strip_prefix('\\') {
            Some(escape) => unescape(escape).map(|(character, length)| (character, length + 1))?,
            None => rest.chars().next().map(|character| (character, character.len_utf8()))?,
        };
        let span = start + at..start + at + length;
        at += length;
        Some(Seen { span, character, escaped: rest.starts_with('\\') })
    })
}

/// What stands after a backslash: the character that it means, and how long it is written. A line end means itself.
fn unescape(escape: &str) -> Option<(char, usize)> {
    let digits = |count: usize| {
        let code = escape.get(1..=count).and_then(|digits| u32::from_str_radix(digits, 16).ok())?;
        Some((char::from_u32(code)?, count + 1))
    };
    match escape.chars().next()? {
        'b' => Some(('\u{8}', 1)),
        'e' => Some(('\u{1b}', 1)),
        'f' => Some(('\u{c}', 1)),
        'n' => Some(('\n', 1)),
        'r' => Some(('\r', 1)),
        't' => Some(('\t', 1)),
        'x' => digits(2),
        'u' => digits(4),
        'U' => digits(8),
        other => Some((other, other.len_utf8())),
    }
}

/// Reports each run of hidden characters of one kind; with `escaped` only the runs that an escape takes part in.
fn report(characters: impl Iterator<Item = Seen>, escaped: bool, findings: &mut Findings) {
    let mut characters = characters.peekable();
    let mut marks: Option<(Seen, usize)> = None;
    while let Some(first) = characters.next() {
        if is_mark(first.character) {
            let (run, count) = marks.get_or_insert((Seen { span: first.span.clone(), ..first }, 0));
            run.span.end = first.span.end;
            run.escaped |= first.escaped;
            *count += 1;
            continue;
        }
        report_marks(marks.take(), escaped, findings);
        let line_end = first.character == '\r' && characters.peek().is_some_and(|next| next.character == '\n');
        let Some(rule) = rule(first.character).filter(|_| !line_end) else { continue };
        let mut run = first;
        while let Some(next) = characters.next_if(|next| self::rule(next.character) == Some(rule)) {
            run.span.end = next.span.end;
            run.escaped |= next.escaped;
        }
        if run.escaped == escaped {
            let Seen { span, character, escaped } = run;
            findings.add_from(rule, span, |span| hidden(rule, span, character, escaped));
        }
    }
    report_marks(marks, escaped, findings);
}

fn report_marks(marks: Option<(Seen, usize)>, escaped: bool, findings: &mut Findings) {
    if let Some((run, count)) = marks.filter(|(run, count)| *count > MOST_MARKS && run.escaped == escaped) {
        let message = format!("{count} marks are stacked on one letter; {MOST_MARKS} of them are shown.");
        findings.add(Diagnostic::new(&STACKED_MARKS, run.span, message, "Delete the marks that nobody can read."));
    }
}

fn hidden(rule: &'static Rule, span: Range<usize>, character: char, escaped: bool) -> Diagnostic {
    let (name, shown) = (name(character), Safe::new(character.encode_utf8(&mut [0; 4])));
    let what = match rule.code {
        "control-character" => "a control character",
        "bidi-override" => "a character that turns the direction of writing",
        _ => "an invisible character",
    };
    let (message, help) = if escaped {
        let help = format!("Delete it; it is shown as {shown}. If you mean a backslash, write the text between '…'.");
        (format!("This escape stands for {what} ({name})."), help)
    } else {
        (format!("Here hides {what} ({name})."), format!("Delete it; until then it is shown as {shown}."))
    };
    let is_nothing = rule.code == INVISIBLE_CHARACTER.code && !escaped;
    let finding = Diagnostic::new(rule, span.clone(), message, help);
    if is_nothing { finding.mended(span, "") } else { finding }
}

fn rule(character: char) -> Option<&'static Rule> {
    if !Safe::refuses(character) || character.is_ascii() && !character.is_control() {
        return None;
    }
    Some(match character {
        _ if character.is_control() => &CONTROL_CHARACTER,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => &BIDI_OVERRIDE,
        _ => &INVISIBLE_CHARACTER,
    })
}

fn is_mark(character: char) -> bool {
    !character.is_ascii() && !Safe::refuses(character) && character.width() == Some(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&'static str, &str)> {
        let (tree, errors) = DeTable::parse_recoverable(text);
        assert!(errors.is_empty(), "{errors:?}");
        let mut findings = Findings::default();
        scan(text, tree.get_ref(), &mut findings);
        findings.finish(text).into_iter().map(|finding| (finding.code, &text[finding.span])).collect()
    }

    #[test]
    fn raw_characters_are_found_in_values_keys_and_comments() {
        assert_eq!(
            found("a = 'x\u{9b}y' # \u{202e}\u{202d}\n"),
            [("control-character", "\u{9b}"), ("bidi-override", "\u{202e}\u{202d}")]
        );
        assert_eq!(found("'\u{200b}' = 1"), [("invisible-character", "\u{200b}")]);
    }

    #[test]
    fn escapes_are_found_where_they_are_escapes() {
        let text = r#"a = "\u001b[31m \x07" # \u001b
b = 'C:\bin \u001b'
"k\e" = { c = ["\U0000202E"] }"#;
        let controls = [r"\u001b", r"\x07", r"\e"].map(|escape| ("control-character", escape));
        assert_eq!(found(text), [&controls[..], &[("bidi-override", r"\U0000202E")]].concat());
    }

    #[test]
    fn plain_escapes_and_the_text_of_the_world_are_no_findings() {
        assert!(found("\u{feff}a = \"\\t\\n\\r\\n\\\\ \\\"\\u00e9 日本 👩\u{200d}💻 e\u{301}\"").is_empty());
    }

    #[test]
    fn towers_of_marks_are_found_from_where_safe_text_cuts_them() {
        let tower = |count| format!("a = 'x{}'", "\u{30a}".repeat(count));
        assert!(found(&tower(MOST_MARKS)).is_empty());
        assert_eq!(found(&tower(MOST_MARKS + 1)).len(), 1);
        assert!(Safe::new(&tower(MOST_MARKS + 1)).as_str().contains("[1 marks]"));
        assert_eq!(found(&format!("a = \"x{}\"", r"\u030a".repeat(1000))).len(), 1);
    }
}

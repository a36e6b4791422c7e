//! Texts that are no TOML at all: JSON, YAML, web pages, and the two sides of an unresolved merge.

use std::borrow::Cow;
use std::ops::Range;

use super::Diagnostic;
use super::diagnostic::Findings;
use super::rules::{CONFLICT_IN_TEXT, CONFLICT_MARKER, OTHER_FORMAT};
use super::syntax::line::{self, is_statement};

/// Marks that git leaves at the start of a line: ours, the common ancestor, the middle, theirs.
const MARKS: [&str; 4] = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];

/// Both sides of a merge, as spans of whole lines.
struct Conflict {
    start: Range<usize>,
    /// From the end of our side to the end of the conflict.
    theirs: Range<usize>,
    end: Range<usize>,
}

/// What the text is, if it is something else than TOML. Only to be asked of a text with syntax errors.
pub(super) fn recognise(text: &str) -> Option<Diagnostic> {
    let (start, first) = line::all(text).find(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'))?;
    let (what, help) = kind(text, first.trim_start_matches('\u{feff}').trim())?;
    Some(Diagnostic::new(&OTHER_FORMAT, start..start + first.trim_end().len(), format!("This {what}."), help))
}

/// What the text seems to be and what to do about it; `first` is its first line that says something.
fn kind(text: &str, first: &str) -> Option<(&'static str, &'static str)> {
    let begins = |starts: &[&str]| starts.iter().any(|start| first.to_ascii_lowercase().starts_with(start));
    let no_statement = !line::all(text).any(|(_, line)| is_statement(line));
    if first.starts_with('{')
        || first.starts_with('[') && matches!(first[1..].trim_start().chars().next(), None | Some('{'))
    {
        let help = "Write a deck as TOML: title = \"…\" for \"title\": \"…\", and [[card]] before each card.";
        return Some(("looks like JSON, not TOML", help));
    }
    if begins(&["<!doctype", "<html", "<?xml"]) {
        return Some(("looks like a web page, not TOML", "Get the file itself; the page around it was saved."));
    }
    if no_statement && (first == "---" || begins(&["- "]) || line::colon_key(first).is_some_and(is_small)) {
        let help = "Write a deck as TOML: title = \"…\" for title: …, and [[card]] before each card.";
        return Some(("looks like YAML, not TOML", help));
    }
    if no_statement && !text.contains('=') {
        let help = "A deck begins with format = 1, id = \"…\" and title = \"…\".";
        return Some(("is no deck: no line of it says key = value", help));
    }
    None
}

fn is_small(word: &str) -> bool {
    word.starts_with(|first: char| first.is_ascii_lowercase())
}

/// Reports each unresolved merge and returns the text with our side only, every byte still in its place.
pub(super) fn resolve<'t>(text: &'t str, findings: &mut Findings) -> Cow<'t, str> {
    let mut other_sides = Vec::new();
    for conflict in conflicts(text) {
        let message = "A merge was not resolved here: both sides are in the file.";
        let help = "Keep one side and delete the lines that begin with <<<<<<<, ======= and >>>>>>>.";
        let diagnostic = Diagnostic::new(&CONFLICT_MARKER, conflict.start.clone(), message, help);
        findings.add(diagnostic.beside(conflict.end, "it ends here"));
        other_sides.extend([conflict.start, conflict.theirs]);
    }
    blank(Cow::Borrowed(text), &other_sides)
}

/// Reports merges inside the texts of a deck that is sound otherwise.
pub(super) fn in_texts(text: &str, findings: &mut Findings) {
    for conflict in conflicts(text) {
        let message = "This text holds the marks of a merge that was not resolved.";
        let help = "Keep one side, or leave it as it is if the card is about merging.";
        findings.add(
            Diagnostic::new(&CONFLICT_IN_TEXT, conflict.start, message, help).beside(conflict.end, "it ends here"),
        );
    }
}

/// Whether the line is a mark of an unresolved merge.
pub(super) fn is_mark(line: &str) -> bool {
    MARKS
        .iter()
        .any(|mark| line.strip_prefix(mark).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\r'])))
}

/// The text with spaces for the bytes of the spans, line ends kept; the spans in order of place.
pub(super) fn blank<'t>(text: Cow<'t, str>, spans: &[Range<usize>]) -> Cow<'t, str> {
    if spans.is_empty() {
        return text;
    }
    let mut blanked = String::with_capacity(text.len());
    for span in spans {
        blanked.push_str(&text[blanked.len()..span.start]);
        blanked.extend(text[span.clone()].bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
    }
    blanked.push_str(&text[blanked.len()..]);
    Cow::Owned(blanked)
}

fn conflicts(text: &str) -> Vec<Conflict> {
    if !text.contains(MARKS[0]) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let (mut start, mut middle): (Option<Range<usize>>, Option<usize>) = (None, None);
    for (at, line) in line::all(text).filter(|(_, line)| is_mark(line)) {
        let span = at..at + line.len();
        match &line[..MARKS[0].len()] {
            "<<<<<<<" => (start, middle) = (Some(span), None),
            "|||||||" | "=======" => middle = middle.or(start.as_ref().map(|_| at)),
            _ => {
                if let (Some(start), Some(middle)) = (start.take(), middle.take()) {
                    found.push(Conflict { start, theirs: middle..span.end, end: span });
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_side_of_a_merge_is_read_and_bytes_keep_their_place() {
        let text = "a = 1\n<<<<<<< ours\nb = 'ü'\n||||||| base\nb = 0\n=======\nb = 2\n>>>>>>> theirs\nc = 3\n";
        let mut findings = Findings::default();
        let resolved = resolve(text, &mut findings);
        assert_eq!(resolved.split_whitespace().collect::<String>(), "a=1b='ü'c=3");
        assert_eq!(resolved.find("c = 3"), text.find("c = 3"));
        assert_eq!(findings.finish(text).len(), 1);
    }

    #[test]
    fn a_heading_line_in_an_answer_is_no_merge() {
        assert!(conflicts("a = '''\nTitle\n=======\n'''\n").is_empty());
    }

    #[test]
    fn other_formats_are_called_by_their_name() {
        let name = |text: &str| recognise(text).map(|found| found.message.to_string()).unwrap_or_default();
        assert!(name("{\n \"a\": 1\n}").contains("JSON"));
        assert!(name("[\n{}]").contains("JSON"));
        assert!(name("---\ntitle: x\n").contains("YAML"));
        assert!(name("\n<!DOCTYPE html>").contains("web page"));
        assert!(name("front,back\na,b\n").contains("no line of it"));
        assert_eq!(name("title: x\nid = 'a'\n"), "");
    }
}

//! One problem of a deck text: what, where, and what to do next; and the collecting of them.

use std::collections::HashMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::rules::{MORE_FINDINGS, Rule};
use super::switch::Switch;
use crate::text::Safe;

/// Diagnostics that are kept of one rule; a hostile file could break a rule millions of times.
const MOST_OF_ONE_RULE: usize = 1000;
/// Characters of the text that a message quotes.
const LONGEST_QUOTE: usize = 50;

/// What a problem costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The deck, or the card, cannot be used.
    Error,
    /// It can be used, but look.
    Warning,
    /// Nothing is wrong; it could be better to learn from.
    Advice,
}

/// One problem of a deck text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The code of its rule: a short stable word, such as `unknown-key`.
    pub code: &'static str,
    pub severity: Severity,
    /// Bytes of the text, on character borders; may be empty.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: Safe,
    /// What to do.
    pub help: Safe,
    /// Another place that belongs to it, and why.
    pub related: Option<(Range<usize>, Safe)>,
    /// What a program can write to mend it, where that is beyond doubt.
    pub fix: Option<Fix>,
}

/// A change of the text that mends a problem and costs nothing that was used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fix {
    /// In order of place; none overlaps another.
    pub edits: Vec<Edit>,
    /// What it does, as in "write `question`".
    pub says: Safe,
}

/// Bytes of the text, on character borders, and what stands in their place afterwards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    pub span: Range<usize>,
    pub text: String,
}

impl Severity {
    pub fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Advice => "advice",
        }
    }
}

impl Diagnostic {
    pub fn new(rule: &Rule, span: Range<usize>, message: impl Into<Safe>, help: impl Into<Safe>) -> Diagnostic {
        let (message, help) = (message.into(), help.into());
        Diagnostic { code: rule.code, severity: rule.severity, span, message, help, related: None, fix: None }
    }

    /// With another place that belongs to it.
    pub fn beside(self, span: Range<usize>, why: impl Into<Safe>) -> Diagnostic {
        Diagnostic { related: Some((span, why.into())), ..self }
    }

    /// With the change that mends it: `text` in the place of the bytes of `span`.
    pub(super) fn mended(self, span: Range<usize>, text: impl Into<String>) -> Diagnostic {
        let text = text.into();
        let says = match (span.is_empty(), text.is_empty()) {
            (_, true) => "delete it".to_owned(),
            (true, _) => format!("add {}", quote(&text)),
            _ => format!("write {}", quote(&text)),
        };
        self.mended_by(vec![Edit { span, text }], says)
    }

    /// The same with several edits, which need not be in order of place.
    pub(super) fn mended_by(self, mut edits: Vec<Edit>, says: impl Into<Safe>) -> Diagnostic {
        edits.sort_by_key(|edit| edit.span.start);
        Diagnostic { fix: Some(Fix { edits, says: says.into() }), ..self }
    }
}

/// The line and the column of a byte offset, both counted from 1, columns in characters. Any offset has a place.
pub fn place(text: &str, offset: usize) -> (usize, usize) {
    let before = &text[..text.floor_char_boundary(offset)];
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let column = before[start..].trim_start_matches('\u{feff}').chars().count() + 1;
    (before.bytes().filter(|&byte| byte == b'\n').count() + 1, column)
}

/// A piece of the text in back ticks, on one line and not too long to be read in a sentence.
pub fn quote(text: &str) -> String {
    let text = text.trim();
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(LONGEST_QUOTE) {
        Some((end, _)) => format!("`{}…`", &line[..end]),
        None if line.len() < text.len() => format!("`{line}…`"),
        None => format!("`{line}`"),
    }
}

/// The diagnostics of one text while it is read.
#[derive(Debug, Default)]
pub(super) struct Findings {
    list: Vec<Diagnostic>,
    listed: HashMap<&'static str, usize>,
    /// Those of rules that were broken too often: how many, and where the first of them stands.
    unlisted: HashMap<&'static str, (usize, Range<usize>)>,
    errors: usize,
    /// What the deck switches off.
    pub switches: Vec<Switch>,
}

impl Findings {
    pub fn add(&mut self, diagnostic: Diagnostic) {
        self.errors += usize::from(diagnostic.severity == Severity::Error);
        let listed = self.listed.entry(diagnostic.code).or_default();
        if *listed < MOST_OF_ONE_RULE {
            *listed += 1;
            self.list.push(diagnostic);
        } else {
            self.unlisted.entry(diagnostic.code).or_insert((0, diagnostic.span)).0 += 1;
        }
    }

    /// Like [`Findings::add`] for rules that a file can break millions of times: once there are enough, `make` is not
    /// asked.
    pub fn add_from(&mut self, rule: &Rule, span: Range<usize>, make: impl FnOnce(Range<usize>) -> Diagnostic) {
        match self.unlisted.get_mut(rule.code) {
            Some((count, _)) => {
                *count += 1;
                self.errors += usize::from(rule.severity == Severity::Error);
            }
            None => self.add(make(span)),
        }
    }

    /// How many errors were found so far; it grows while a card is read if that card cannot be used.
    pub fn errors(&self) -> usize {
        self.errors
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Leaves out the diagnostics that `keep` refuses.
    pub fn retain(&mut self, keep: impl FnMut(&Diagnostic) -> bool) {
        self.list.retain(keep);
    }

    pub fn append(&mut self, other: Findings) {
        other.list.into_iter().for_each(|diagnostic| self.add(diagnostic));
        self.unlisted.extend(other.unlisted);
        self.switches.extend(other.switches);
    }

    /// All diagnostics in order of place, with their spans on character borders of the text.
    pub fn finish(mut self, text: &str) -> Vec<Diagnostic> {
        let more = self.unlisted.into_iter().map(|(code, (count, span))| {
            let message = format!("There are {count} more findings of `{code}` from here on.");
            Diagnostic::new(&MORE_FINDINGS, span.start..span.start, message, "Mend some, then look again.")
        });
        self.list.extend(more);
        for diagnostic in &mut self.list {
            on_borders(&mut diagnostic.span, text);
            if let Some((span, _)) = &mut diagnostic.related {
                on_borders(span, text);
            }
        }
        self.list.sort_by_key(|diagnostic| (diagnostic.span.start, diagnostic.span.end));
        self.list
    }
}

/// The span on character borders, behind a byte order mark.
fn on_borders(span: &mut Range<usize>, text: &str) {
    let first = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let start = text.floor_char_boundary(span.start).max(first);
    *span = start..text.ceil_char_boundary(span.end).max(start);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deck::rules::UNKNOWN_KEY;

    #[test]
    fn places_count_lines_and_characters_from_one() {
        let text = "a\nZürich = 1\n";
        assert_eq!(place(text, 0), (1, 1));
        assert_eq!(place(text, text.find("rich").expect("it is there")), (2, 3));
        assert_eq!(place(text, text.len() + 5), (3, 1));
        assert_eq!(place("\u{feff}id", 3), (1, 1));
    }

    #[test]
    fn a_quote_is_one_short_line() {
        assert_eq!(quote(" one "), "`one`");
        assert_eq!(quote("one\ntwo"), "`one…`");
        assert_eq!(quote(&"x".repeat(90)).chars().count(), LONGEST_QUOTE + 3);
    }

    #[test]
    fn a_rule_broken_without_end_is_counted_and_not_listed() {
        let mut findings = Findings::default();
        for at in 0..MOST_OF_ONE_RULE + 7 {
            findings.add(Diagnostic::new(&UNKNOWN_KEY, at..at, "m", "h"));
        }
        let list = findings.finish(&"x".repeat(2000));
        assert_eq!(list.len(), MOST_OF_ONE_RULE + 1);
        let last = list.last().expect("a list");
        assert_eq!(
            (last.code, last.message.as_str()),
            ("more-findings", "There are 7 more findings of `unknown-key` from here on.")
        );
    }
}

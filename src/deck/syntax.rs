//! Errors of the TOML parser in our own words, at the place where the author can mend them.

pub(super) mod line;
mod tree;

use std::ops::Range;

use toml::de::{DeTable, Error};

use super::Diagnostic;
use super::diagnostic::quote;
use super::foreign::is_mark;
use super::format::Table;
use super::hidden;
use super::rules::{CONFLICT_MARKER, MORE_FINDINGS, SYNTAX, TOO_DEEP};
use crate::text::Safe;
use line::Words;

/// Errors that are told; each costs a look at the whole tree, and nobody mends more at once.
const MOST_TOLD: usize = 100;

/// What the parser's errors come to.
pub(super) struct Told {
    pub diagnostics: Vec<Diagnostic>,
    /// Where the parser met its errors, in order.
    pub offsets: Vec<usize>,
    /// From here on nobody knows what belongs to what: a text, a list or a header was not closed.
    pub horizon: usize,
}

/// One diagnostic, and how much of what follows is only a consequence of it.
struct Finding {
    diagnostic: Diagnostic,
    reach: Reach,
}

enum Reach {
    /// Other errors on this line.
    Line,
    /// The lines up to the next one that looks like TOML.
    Lines,
    /// Which table the next lines belong to.
    Structure,
    /// Everything that follows.
    Rest,
}

/// Tells what is wrong, once for each mistake and not once for each consequence.
pub(super) fn tell(text: &str, tree: &DeTable<'_>, errors: &[Error]) -> Told {
    let start = |error: &Error| error.span().map_or_else(|| deepest(text), |span| span.start);
    let mut errors: Vec<_> = errors.iter().map(|error| (start(error), error)).collect();
    errors.sort_by_key(|(start, _)| *start);
    let offsets = errors.iter().map(|(start, _)| *start).collect();
    let mut told = Told { diagnostics: Vec::new(), offsets, horizon: usize::MAX };
    let mut silent_until = 0;
    for (offset, error) in errors {
        if offset < silent_until {
            continue;
        }
        if told.diagnostics.len() == MOST_TOLD {
            let help = "Mend some, then look again.";
            told.diagnostics.push(Diagnostic::new(
                &MORE_FINDINGS,
                offset..offset,
                "There are more errors from here on.",
                help,
            ));
            break;
        }
        let Finding { diagnostic, reach } = Case { text, tree, error, offset }.explain();
        let (line_start, line) = line::at(text, offset);
        let next_line = line_start + line.len() + 1;
        silent_until = match reach {
            Reach::Line | Reach::Structure => next_line,
            Reach::Lines => next_statement(text, next_line),
            Reach::Rest => usize::MAX,
        };
        if matches!(reach, Reach::Structure | Reach::Rest) {
            told.horizon = told.horizon.min(diagnostic.span.start);
        }
        told.diagnostics.push(diagnostic);
    }
    told
}

/// Whether the line begins one of the tables of a deck.
fn begins_table(line: &str) -> bool {
    Table::ALL.iter().any(|table| !table.header.is_empty() && line.trim_start().starts_with(table.header))
}

fn next_statement(text: &str, from: usize) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    line::all(rest).find(|(_, line)| line::is_statement(line)).map_or(text.len(), |(at, _)| from + at)
}

/// The start of the line with the most dots: the parser does not say where a dotted key is too deep.
fn deepest(text: &str) -> usize {
    line::all(text).max_by_key(|(_, line)| line.matches('.').count()).map_or(0, |(at, _)| at)
}

/// One error of the parser with what is around it.
struct Case<'t> {
    text: &'t str,
    tree: &'t DeTable<'t>,
    error: &'t Error,
    offset: usize,
}

impl Case<'_> {
    fn explain(&self) -> Finding {
        if let Some(finding) = self.runaway().or_else(|| self.character()) {
            return finding;
        }
        let message = self.error.message();
        let has = |parts: &[&str]| parts.iter().any(|part| message.contains(part));
        if has(&["recurs"]) {
            let words =
                line::words("This goes too deep: at most 80 levels can stand inside each other.", "Flatten it.");
            let diagnostic = Diagnostic::new(&TOO_DEEP, self.offset..self.offset + 1, words.0, words.1);
            return Finding { diagnostic, reach: Reach::Rest };
        }
        if has(&["in array", "array elements", "unclosed array,", "inline table", "key-value pairs", "array opening"]) {
            return self.list(message);
        }
        if has(&["basic string, expected `\"`", "literal string, expected `'`"]) {
            return self.unclosed_line();
        }
        if has(&["escaped value", "unicode"]) {
            return self.escape();
        }
        if has(&["duplicate key"]) {
            return self.duplicate();
        }
        if has(&["unclosed array table", "unclosed table"]) {
            let line = self.line().1.trim();
            let words = (format!("The header {} is not closed.", quote(line)), line::closed(line));
            return self.finding(self.whole_line(), words, Reach::Structure);
        }
        self.line_or_value(message)
    }

    fn line_or_value(&self, message: &str) -> Finding {
        let (start, line) = self.line();
        let name = || quote(&self.text[self.span()]);
        match message.split(',').next().unwrap_or_default() {
            "keys cannot be multi-line basic strings" | "keys cannot be multi-line literal strings" => {
                let words = line::words("A text stands here without a key.", "Write its key and = before it.");
                self.finding(self.offset..start + line.trim_end().len(), words, Reach::Rest)
            }
            "invalid unquoted key" if line::is_statement(line) => {
                let words = (format!("A key cannot have {} in it.", name()), "Use a to z, 0 to 9, - and _.".into());
                self.finding(self.span(), words, Reach::Line)
            }
            "key with no value" | "missing value for key" | "invalid key-value pair" | "invalid unquoted key" => {
                let (words, more) = line::without_equals(line);
                self.finding(self.whole_line(), words, if more { Reach::Lines } else { Reach::Line })
            }
            "unquoted keys cannot be empty" | "invalid table" => {
                let words = line::words("A key is missing here.", "Write its name, or delete the line.");
                self.finding(self.whole_line(), words, Reach::Structure)
            }
            "unexpected key or value" | "unexpected content between comment and newline" => {
                let words = line::after_value(&line[..self.offset - start], &line[self.offset - start..]);
                self.finding(self.offset..start + line.trim_end().len(), words, Reach::Line)
            }
            "extra `=`" => {
                let words = line::words("There is one `=` too many.", "Delete it, or put quotes around the text.");
                self.finding(self.span(), words, Reach::Line)
            }
            other => self.value(other),
        }
    }

    /// A value without quotes, or a message that we have no words for.
    fn value(&self, message: &str) -> Finding {
        let value = tree::scalar(self.tree, |span| span.start <= self.offset && self.offset <= span.end);
        let is_bare = |span: &Range<usize>| !self.text[span.clone()].starts_with(['"', '\'']);
        match value.filter(is_bare) {
            Some(span) => self.finding(span.clone(), line::bare_value(&self.text[span]), Reach::Line),
            None => {
                let words = (
                    format!("TOML cannot read this: {message}."),
                    "Compare it with the manual: greenroom help deck-format.".into(),
                );
                self.finding(self.span(), words, Reach::Line)
            }
        }
    }

    /// A text over several lines that swallowed what follows it, ended too early, or never ends.
    fn runaway(&self) -> Option<Finding> {
        let (line_start, _) = self.line();
        let only_space = |from: usize, to: usize| from >= to || self.text[from..to].trim().is_empty();
        let wanted = |span: Range<usize>| {
            span.end <= self.offset && only_space(span.end, line_start) && self.text[span].contains('\n')
        };
        let span = tree::scalar(self.tree, wanted)?;
        let written = &self.text[span.clone()];
        let quotes = if written.starts_with('"') { "\"\"\"" } else { "'''" };
        let swallowed = line::all(written).find(|(_, line)| begins_table(line));
        let message = self.error.message();
        if swallowed.is_none() && message.starts_with("unexpected key or value") && only_space(span.end, self.offset) {
            let words = (
                format!("The text ends at the {quotes} before this."),
                format!("Inside {quotes} there can be no {quotes}; put the other kind of quotes around it."),
            );
            return Some(self.finding(self.offset..self.offset, words, Reach::Rest));
        }
        let never_ends = message.contains("multi-line") && span.end == self.offset;
        if swallowed.is_none() && !never_ends {
            return None;
        }
        let words = (
            format!("The text that begins here with {quotes} is not closed."),
            format!("Write {quotes} where it ends. What follows is checked after that."),
        );
        let mut finding = self.finding(span.start..span.start + 3, words, Reach::Rest);
        if let Some((at, line)) = swallowed {
            let at = span.start + at;
            finding.diagnostic = finding.diagnostic.beside(at..at + line.trim_end().len(), "this became part of it");
        }
        Some(finding)
    }

    /// A character that nobody typed on purpose: a control character, curly quotes, a space that is none.
    fn character(&self) -> Option<Finding> {
        let (start, line) = self.line();
        if is_mark(line) {
            let message = "A mark of an unresolved merge was left behind.";
            let diagnostic = Diagnostic::new(&CONFLICT_MARKER, self.whole_line(), message, "Delete this line.");
            return Some(Finding { diagnostic, reach: Reach::Line });
        }
        let spot = &self.text[self.span().start..self.span().end.max(self.text.ceil_char_boundary(self.offset + 1))];
        if spot.starts_with('\r') && !self.text.contains('\n') {
            let words =
                line::words("Lines end in a carriage return alone.", "Save the file with line feeds as line ends.");
            return Some(self.finding(self.offset..self.offset, words, Reach::Rest));
        }
        let strange = |character: char| {
            character != '\n' && Safe::refuses(character) || !character.is_ascii() && character.is_whitespace()
        };
        if let Some((at, character)) = spot.char_indices().find(|(_, character)| strange(*character)) {
            let at = self.span().start + at;
            let words = (
                format!("A character that TOML does not allow is hidden here ({}).", hidden::name(character)),
                "Delete it.".to_owned(),
            );
            return Some(self.finding(at..at + character.len_utf8(), words, Reach::Line));
        }
        let outside = self.error.message().contains("string values must be quoted");
        let (at, curly) = line.char_indices().find(|(_, character)| "“”„‟‘’‚‛«»".contains(*character))?;
        outside.then(|| {
            let words = (
                format!("Curly quotes such as `{curly}` do not begin a text."),
                "Use the straight quotes \" or '.".to_owned(),
            );
            self.finding(start + at..start + at + curly.len_utf8(), words, Reach::Line)
        })
    }

    fn unclosed_line(&self) -> Finding {
        let (start, line) = self.line();
        let value = tree::scalar(self.tree, |span| span.end == self.offset);
        let begin = value.map_or_else(|| start + line.rfind(['"', '\'']).unwrap_or_default(), |span| span.start);
        let quotes = if self.text[begin..].starts_with('\'') { '\'' } else { '"' };
        let words = (
            format!("The text that begins here has no closing {quotes} on its line."),
            "Close it, or put a text over several lines between ''' and '''.".to_owned(),
        );
        self.finding(begin..start + line.trim_end().len(), words, Reach::Lines)
    }

    fn list(&self, message: &str) -> Finding {
        let (start, line) = self.line();
        let at_statement = line::is_statement(line) && self.text[start..self.offset].trim().is_empty();
        let never_closed = ["unclosed", "unexpected `=`", "invalid inline", "extra assignment"];
        if let Some(list) = tree::around(self.tree, self.offset)
            && (at_statement || never_closed.iter().any(|part| message.contains(part)))
        {
            let (open, close) = if self.text[list.start..].starts_with('{') { ('{', '}') } else { ('[', ']') };
            let words = (
                format!("The {open} here is never closed."),
                format!("Write {close} after the last entry. What follows is checked after that."),
            );
            return self.finding(list.start..list.start + 1, words, Reach::Rest);
        }
        let words = match message.split(',').next().unwrap_or_default() {
            "missing array opening" => line::words("There is a ] without its [.", "Write the list as [\"…\", \"…\"]."),
            "missing inline table opening" => line::words("There is a } without its {.", "Write the table as { … }."),
            message if message.starts_with("extra comma") => {
                line::words("There is one comma too many.", "Put one comma between two entries.")
            }
            message if message.starts_with("missing comma") => {
                line::words("A comma is missing between two entries.", "Put a comma before this entry.")
            }
            _ => line::words("An entry between { and } needs a key and a value.", "Write it as { key = \"…\" }."),
        };
        self.finding(self.offset..self.offset + 1, words, Reach::Line)
    }

    fn escape(&self) -> Finding {
        let start = self.text[..self.offset].rfind('\\').unwrap_or(self.offset);
        let words = line::words(
            "The backslash here begins an escape that TOML does not know.",
            "Put the text between '…' if you mean a backslash, or write \\\\ for each one.",
        );
        self.finding(start..self.offset.max(start + 1), words, Reach::Line)
    }

    fn duplicate(&self) -> Finding {
        let written = &self.text[self.span()];
        let name = written.trim_matches(['"', '\'']);
        let words = match line::is_header(self.line().1) {
            true => (
                format!("The table {} is begun a second time.", quote(written)),
                format!("Begin each one with [[{name}]], above everything that belongs to it."),
            ),
            false => (
                format!("The key {} is given twice in one table.", quote(written)),
                "Keep one of them. If something new begins here, put its header above, such as [[card]].".to_owned(),
            ),
        };
        let mut finding = self.finding(self.span(), words, Reach::Line);
        if let Some(first) = tree::key_before(self.tree, name, self.offset) {
            finding.diagnostic = finding.diagnostic.beside(first, "the first one");
        }
        finding
    }

    fn finding(&self, span: Range<usize>, (message, help): Words, reach: Reach) -> Finding {
        Finding { diagnostic: Diagnostic::new(&SYNTAX, span, message, help), reach }
    }

    fn line(&self) -> (usize, &str) {
        line::at(self.text, self.offset)
    }

    /// The line without the space around it.
    fn whole_line(&self) -> Range<usize> {
        let (start, line) = self.line();
        start + line.len() - line.trim_start().len()
            ..start + line.trim_end().len().max(line.len() - line.trim_start().len())
    }

    /// What the parser points at; empty if it points between two characters.
    fn span(&self) -> Range<usize> {
        let span = self.error.span().unwrap_or(self.offset..self.offset);
        self.text.floor_char_boundary(span.start)..self.text.ceil_char_boundary(span.end)
    }
}

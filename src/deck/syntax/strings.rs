//! What goes wrong in and around the texts of a deck: quotes that do not close, escapes, characters nobody typed.

use super::case::{Case, Finding, Reach, finding};
use super::line::{self, words};
use super::{mend, tree};
use crate::deck::format::Table;
use crate::deck::hidden;
use crate::text::Safe;

impl Case<'_> {
    /// A text over several lines that swallowed what follows it, ended too early, or never ends.
    pub fn runaway(&self) -> Option<Finding> {
        let (line_start, _) = self.line();
        let only_space = |from: usize, to: usize| from >= to || self.text[from..to].trim().is_empty();
        let span = tree::scalar(self.tree, |span| {
            span.end <= self.offset && only_space(span.end, line_start) && self.text[span].contains('\n')
        })?;
        let written = &self.text[span.clone()];
        let quotes = if written.starts_with('"') { "\"\"\"" } else { "'''" };
        let swallowed = line::all(written).find(|(_, line)| begins_table(line));
        let message = self.error.message();
        let reopened = written.lines().last().filter(|last| swallowed.is_none() && opens_text(last, quotes));
        if let Some(last) = reopened {
            let told = (
                format!("The text that begins here with {quotes} is not closed."),
                format!("Write {quotes} where it ends, above the next key. What follows is checked after that."),
            );
            let mut told = finding(span.start..span.start + quotes.len(), told, Reach::Rest);
            let end = span.end - (last.len() - last.trim_end().len());
            told.diagnostic = told.diagnostic.beside(span.end - last.len()..end, "this was to begin another one");
            return Some(told);
        }
        if swallowed.is_none() && message.starts_with("unexpected key or value") && only_space(span.end, self.offset) {
            let told = (
                format!("The text ends at the {quotes} before this."),
                format!("Inside {quotes} there can be no {quotes}; put the other kind of quotes around it."),
            );
            return Some(finding(self.offset..self.offset, told, Reach::Rest));
        }
        let never_ends = message.contains("multi-line") && span.end == self.offset;
        if swallowed.is_none() && !never_ends {
            return None;
        }
        let told = (
            format!("The text that begins here with {quotes} is not closed."),
            format!("Write {quotes} where it ends. What follows is checked after that."),
        );
        let mut told = finding(span.start..span.start + quotes.len(), told, Reach::Rest);
        if let Some((at, line)) = swallowed {
            let at = span.start + at;
            told.diagnostic = told.diagnostic.beside(at..at + line.trim_end().len(), "this became part of it");
        }
        Some(told)
    }

    /// A character that nobody typed on purpose: a control character, a space that is none, curly quotes.
    pub fn strange_character(&self) -> Option<Finding> {
        let (start, line) = self.line();
        if self.error.message().starts_with("carriage return") {
            let reach = if self.text.contains('\n') { Reach::Line } else { Reach::Rest };
            let told = words(
                "A carriage return stands here without a line feed.",
                "Save the file with line feeds as line ends.",
            );
            return Some(finding(self.offset..self.offset, told, reach));
        }
        let strange = |character: char| {
            character != '\n' && Safe::refuses(character) || !character.is_ascii() && character.is_whitespace()
        };
        let spot = self.span().start..self.span().end.max(self.text.ceil_char_boundary(self.offset + 1));
        if let Some((at, character)) = self.text[spot.clone()].char_indices().find(|(_, character)| strange(*character))
        {
            let at = spot.start + at;
            let message = format!("A character that TOML does not allow is hidden here ({}).", hidden::name(character));
            let span = at..at + character.len_utf8();
            let told = finding(span.clone(), words(&message, "Delete it."), Reach::Line);
            return Some(told.mended(character.is_whitespace().then(|| (span, " ".to_owned()))));
        }
        let is_outside = self.error.message().contains("string values must be quoted");
        let (at, curly) = line.char_indices().find(|(_, character)| "“”„‟‘’‚‛«»".contains(*character))?;
        is_outside.then(|| {
            let message = format!("Curly quotes such as `{curly}` do not begin a text.");
            let told = words(&message, "Use the straight quotes \" or '.");
            let told = finding(start + at..start + at + curly.len_utf8(), told, Reach::Line);
            told.mended(mend::curly_quotes(line, start))
        })
    }

    pub fn unclosed_line(&self) -> Finding {
        let (start, line) = self.line();
        let value = tree::scalar(self.tree, |span| span.end == self.offset);
        let begin = value.map_or_else(|| start + line.rfind(['"', '\'']).unwrap_or_default(), |span| span.start);
        let quotes = if self.text[begin..].starts_with('\'') { '\'' } else { '"' };
        let told = words(
            &format!("The text that begins here has no closing {quotes} on its line."),
            "Close it, or put a text over several lines between ''' and '''.",
        );
        let end = start + line.trim_end().len();
        let told = finding(begin..end, told, Reach::Lines);
        let mut next = line::all(&self.text[end..]).skip(1).map(|(_, line)| line.trim());
        let next = next.find(|line| !line.is_empty()).unwrap_or_default();
        let goes_on = !next.is_empty() && !next.starts_with('#') && !line::is_statement(next);
        let is_plain = !goes_on && mend::is_closed_by_one(&self.text[begin..end], quotes);
        told.mended(is_plain.then(|| (end..end, quotes.to_string())))
    }

    pub fn escape(&self) -> Finding {
        let start = self.text[..self.offset].rfind('\\').unwrap_or(self.offset);
        let told = words(
            "The backslash here begins an escape that TOML does not know.",
            "Put the text between '…' if you mean a backslash, or write \\\\ for each one.",
        );
        finding(start..self.offset.max(start + 1), told, Reach::Line)
    }
}

/// Whether a line gives a key a text over several lines, as in `note = '''`.
fn opens_text(line: &str, quotes: &str) -> bool {
    let key = line.trim().strip_suffix(quotes).and_then(|line| line.trim_end().strip_suffix('=')).map(str::trim);
    key.is_some_and(|key| Table::ALL.iter().any(|table| table.key(key).is_some()))
}

/// Whether the line begins one of the tables of a deck.
fn begins_table(line: &str) -> bool {
    Table::ALL.iter().any(|table| !table.header.is_empty() && line.trim_start().starts_with(table.header))
}

//! One error of the parser, with what is around it, as a diagnostic.

use std::ops::Range;

use toml::de::{DeTable, Error};

use super::line::{self, Words, words};
use super::{mend, tree};
use crate::deck::Diagnostic;
use crate::deck::diagnostic::quote;
use crate::deck::foreign::is_mark;
use crate::deck::format::Table;
use crate::deck::rules::{CONFLICT_MARKER, Rule, SYNTAX, TOO_DEEP};

/// An error of the parser; `offset` is where it begins.
pub struct Case<'t> {
    pub text: &'t str,
    pub tree: &'t DeTable<'t>,
    pub error: &'t Error,
    pub offset: usize,
}

/// One diagnostic, and how much of what follows is only a consequence of it.
pub struct Finding {
    pub diagnostic: Diagnostic,
    pub reach: Reach,
}

pub enum Reach {
    /// Other errors on this line.
    Line,
    /// The lines up to the next one that looks like TOML.
    Lines,
    /// Which table the next lines belong to.
    Structure,
    /// Everything that follows.
    Rest,
}

impl Finding {
    /// With the text that mends it in the place of a span, where there is one.
    pub fn mended(self, fix: Option<(Range<usize>, String)>) -> Finding {
        match fix {
            Some((span, text)) => Finding { diagnostic: self.diagnostic.mended(span, text), ..self },
            None => self,
        }
    }
}

impl Case<'_> {
    pub fn explain(&self) -> Finding {
        if is_mark(self.line().1) {
            let told = words("A mark of an unresolved merge was left behind.", "Delete this line.");
            return breach(&CONFLICT_MARKER, self.whole_line(), told, Reach::Line);
        }
        if let Some(finding) = self.runaway().or_else(|| self.strange_character()) {
            return finding;
        }
        let message = self.error.message();
        let has = |parts: &[&str]| parts.iter().any(|part| message.contains(part));
        match () {
            () if has(&["recurs"]) => {
                let told = words("This goes too deep: at most 80 levels stand inside each other.", "Flatten it.");
                breach(&TOO_DEEP, self.offset..self.offset + 1, told, Reach::Rest)
            }
            () if has(&["basic string, expected `\"`", "literal string, expected `'`"]) => self.unclosed_line(),
            () if has(&["escaped value", "unicode"]) => self.escape(),
            () if has(&["duplicate key"]) => self.twice(),
            () if has(&["in array", "array elements", "unclosed array,", "array opening"]) => self.list(message),
            () if has(&["inline table", "key-value pairs"]) => self.list(message),
            () if has(&["array table", "invalid table", "unclosed table", "keys cannot be empty"]) => {
                self.header(message)
            }
            () => self.line_or_value(message),
        }
    }

    fn header(&self, message: &str) -> Finding {
        let line = self.line().1.trim();
        let told = if message.starts_with("unclosed") {
            (format!("The header {} is not closed.", quote(line)), line::header(line))
        } else {
            words("A key is missing here.", "Write its name, or delete the line.")
        };
        let span = self.whole_line();
        let told = finding(span.clone(), told, Reach::Structure);
        told.mended(mend::header(line).map(|header| (span, header.to_owned())))
    }

    fn line_or_value(&self, message: &str) -> Finding {
        let (start, line) = self.line();
        let line_end = start + line.trim_end().len();
        match message.split(',').next().unwrap_or_default() {
            "keys cannot be multi-line basic strings" | "keys cannot be multi-line literal strings" => {
                let told = words("A text stands here without a key.", "Write its key and = before it.");
                finding(self.offset..line_end, told, Reach::Rest)
            }
            "invalid unquoted key" if line::is_statement(line) => {
                finding(self.span(), line::strange_key(&self.text[self.span()]), Reach::Line)
            }
            "key with no value" | "missing value for key" | "invalid key-value pair" | "invalid unquoted key"
                if mend::header(line).is_some() =>
            {
                let header = mend::header(line).unwrap_or_default();
                let told = words("A header stands between [[ and ]].", &format!("Write {header}."));
                let span = self.whole_line();
                finding(span.clone(), told, Reach::Structure).mended(Some((span, header.to_owned())))
            }
            "key with no value" | "missing value for key" | "invalid key-value pair" | "invalid unquoted key" => {
                let (told, more) = line::without_equals(line);
                let told = finding(self.whole_line(), told, if more { Reach::Lines } else { Reach::Line });
                told.mended(mend::without_equals(line, start))
            }
            "unexpected key or value" | "unexpected content between comment and newline" => {
                let told = line::after_value(&line[..self.offset - start], &line[self.offset - start..]);
                let told = finding(self.offset..line_end, told, Reach::Line);
                told.mended(mend::after_value(line, start, self.offset))
            }
            "missing table open" => {
                let told = words("There is a ] without its [.", "Delete it, or write a whole header such as [[card]].");
                finding(self.whole_line(), told, Reach::Line)
            }
            "extra `=`" => {
                let told = words("There is one `=` too many.", "Delete it, or put quotes around the text.");
                let is_before_text = self.text[self.span().end..].trim_start().starts_with(['"', '\'', '[']);
                finding(self.span(), told, Reach::Line).mended(is_before_text.then(|| (self.span(), String::new())))
            }
            other if other.starts_with("cannot extend value") => {
                let name = quote(&self.text[self.span()]);
                let told = (
                    format!("{name} holds a value, so no key can be added to it."),
                    "Write a key without a dot.".into(),
                );
                finding(self.span(), told, Reach::Line)
            }
            other => self.value(other),
        }
    }

    /// A value without quotes, or a message that there are no words for.
    fn value(&self, message: &str) -> Finding {
        let value = tree::scalar(self.tree, |span| span.start <= self.offset && self.offset <= span.end);
        let is_bare = |span: &Range<usize>| !self.text[span.clone()].starts_with(['"', '\'']);
        let is_scalar = message.contains("must be quoted") || message.starts_with("invalid ");
        let written = Some(self.span()).filter(|span| is_scalar && !span.is_empty());
        if let Some(span) = value.or(written).filter(is_bare) {
            let told = finding(span.clone(), line::bare_value(&self.text[span.clone()]), Reach::Line);
            return told.mended(mend::bare_value(&self.text[span.clone()]).map(|text| (span, text)));
        }
        let told = words(&format!("TOML cannot read this: {message}."), "Compare it with the lines around it.");
        finding(self.span(), told, Reach::Line)
    }

    fn list(&self, message: &str) -> Finding {
        let (start, line) = self.line();
        let at_statement = line::is_statement(line) && self.text[start..self.offset].trim().is_empty();
        let never_closed = ["unclosed", "unexpected `=`", "invalid inline", "extra assignment"];
        if let Some(list) = tree::around(self.tree, self.offset)
            && (at_statement || never_closed.iter().any(|part| message.starts_with(part)))
        {
            let (open, close) = if self.text[list.start..].starts_with('{') { ('{', '}') } else { ('[', ']') };
            let told = (
                format!("The {open} here is never closed."),
                format!("Write {close} after the last entry. What follows is checked after that."),
            );
            return finding(list.start..list.start + 1, told, Reach::Rest);
        }
        if at_statement {
            let told = words("A list or a table in braces above this is not closed.", "Write ] or } where it ends.");
            return finding(self.whole_line(), told, Reach::Rest);
        }
        let told = line::between_entries(message, &self.text[self.offset..]);
        finding(self.offset..self.offset + 1, told, Reach::Line)
    }

    fn twice(&self) -> Finding {
        let written = &self.text[self.span()];
        let (_, line) = self.line();
        let told = if line::is_header(line) {
            let named = |table: &&&Table| table.header.trim_matches(['[', ']']).rsplit('.').next() == Some(written);
            let header = Table::ALL.iter().find(named).map_or(line.trim(), |table| table.header);
            (
                format!("The table {} is begun a second time.", quote(written)),
                format!("Begin each one with {header}, above everything that belongs to it."),
            )
        } else {
            let in_braces = line.contains('{');
            let help =
                if in_braces { "" } else { " If something new begins here, put its header above, such as [[card]]." };
            let help = format!("Keep one of them.{help}");
            words(&format!("The key {} is given twice in one table.", quote(written)), &help)
        };
        let mut twice = finding(self.span(), told, Reach::Line);
        if let Some(first) = tree::key_before(self.tree, written.trim_matches(['"', '\'']), self.offset) {
            twice.diagnostic = twice.diagnostic.beside(first, "the first one");
        }
        twice
    }

    pub fn line(&self) -> (usize, &str) {
        line::at(self.text, self.offset)
    }

    /// The line without the space around it.
    fn whole_line(&self) -> Range<usize> {
        let (start, line) = self.line();
        let start = start + line.len() - line.trim_start().len();
        start..start + line.trim().len()
    }

    /// What the parser points at; empty if it points between two characters.
    pub fn span(&self) -> Range<usize> {
        let span = self.error.span().unwrap_or(self.offset..self.offset);
        self.text.floor_char_boundary(span.start)..self.text.ceil_char_boundary(span.end)
    }
}

/// A breach of the rules of TOML.
pub fn finding(span: Range<usize>, told: Words, reach: Reach) -> Finding {
    breach(&SYNTAX, span, told, reach)
}

fn breach(rule: &Rule, span: Range<usize>, (message, help): Words, reach: Reach) -> Finding {
    Finding { diagnostic: Diagnostic::new(rule, span, message, help), reach }
}

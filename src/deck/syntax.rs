//! Errors of the TOML parser in our own words, at the place where the author can mend them.

mod case;
pub(super) mod line;
mod mend;
mod strings;
mod tree;

use toml::de::{DeTable, Error};

use super::Diagnostic;
use super::format::Table;
use super::rules::MORE_FINDINGS;
use case::{Case, Finding, Reach};

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

/// Tells what is wrong, once for each mistake and not once for each consequence.
pub(super) fn tell(text: &str, tree: &DeTable<'_>, errors: &[Error]) -> Told {
    let start = |error: &Error| error.span().map_or_else(|| deepest(text), |span| span.start);
    let mut errors: Vec<_> = errors.iter().map(|error| (start(error), error)).collect();
    errors.sort_by_key(|(start, _)| *start);
    let offsets = errors.iter().map(|(start, _)| *start).collect();
    let mut told = Told { diagnostics: Vec::new(), offsets, horizon: usize::MAX };
    let (mut silent_until, mut twice_until) = (0, 0);
    for (offset, error) in errors {
        let is_twice = error.message().starts_with("duplicate key");
        if offset < silent_until || is_twice && (offset < twice_until || offset > told.horizon) {
            continue;
        }
        if told.diagnostics.len() == MOST_TOLD {
            told.diagnostics.push(more(offset));
            break;
        }
        let Finding { diagnostic, mut reach } = Case { text, tree, error, offset }.explain();
        if matches!(reach, Reach::Line | Reach::Lines) && holds_header(line::at(text, offset).1) {
            reach = Reach::Structure;
        }
        silent_until = end_of(&reach, text, offset);
        if matches!(reach, Reach::Structure | Reach::Rest) {
            told.horizon = told.horizon.min(diagnostic.span.start);
        }
        if is_twice {
            twice_until = text[offset..].find("\n[").map_or(text.len(), |at| offset + at);
        }
        told.diagnostics.push(diagnostic);
    }
    told
}

fn more(offset: usize) -> Diagnostic {
    let message = "There are more errors from here on.";
    Diagnostic::new(&MORE_FINDINGS, offset..offset, message, "Mend some, then look again.")
}

/// Whether the line holds the header of a table, which then could not be read.
fn holds_header(line: &str) -> bool {
    Table::ALL.iter().any(|table| !table.header.is_empty() && line.contains(table.header))
}

/// Up to where other errors are consequences of the one at the offset.
fn end_of(reach: &Reach, text: &str, offset: usize) -> usize {
    let (start, line) = line::at(text, offset);
    let next_line = start + line.len() + 1;
    let opens_more = ["[", "{", "'''", "\"\"\""].iter().any(|open| line.trim_end().ends_with(open));
    match reach {
        Reach::Line | Reach::Structure if !opens_more => next_line,
        Reach::Line | Reach::Structure | Reach::Lines => {
            let rest = text.get(next_line..).unwrap_or_default();
            let resumes = line::all(rest).find(|(_, line)| line::is_meant_as_statement(line));
            resumes.map_or(text.len(), |(at, _)| next_line + at)
        }
        Reach::Rest => usize::MAX,
    }
}

/// The start of the line with the most dots: the parser does not say where a dotted key is too deep.
fn deepest(text: &str) -> usize {
    line::all(text).max_by_key(|(_, line)| line.matches('.').count()).map_or(0, |(at, _)| at)
}

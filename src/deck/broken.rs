//! A text that is no TOML: every mistake that can be told, in its syntax and in what could be read all the same.

use std::ops::Range;

use toml::de::{DeTable, Error};

use super::diagnostic::Findings;
use super::syntax::{self, Told, line};
use super::{Diagnostic, foreign, hidden, read};

/// Codes of what is missing; a line that could not be read may have said it.
const OF_ABSENCE: [&str; 5] = ["missing-key", "no-cards", "unknown-exercise", "few-labels", "pair-unknown"];

/// The diagnostics of a text in which the parser found `errors`.
pub(super) fn diagnose(text: &str, errors: Vec<Error>) -> Vec<Diagnostic> {
    let mut findings = Findings::default();
    if let Some(other_format) = foreign::recognise(text) {
        findings.add(other_format);
        return findings.finish(text);
    }
    let source = foreign::resolve(text, &mut findings);
    let errors = if findings.is_empty() { errors } else { DeTable::parse_recoverable(&source).1 };
    let source = foreign::blank(source, &unreadable(text, &errors));
    let (tree, _) = DeTable::parse_recoverable(&source);

    let told = syntax::tell(text, tree.get_ref(), &errors);
    let mut rest = Findings::default();
    hidden::scan(text, tree.get_ref(), &mut rest);
    read::deck(tree.get_ref(), &mut rest);
    rest.retain(|diagnostic| is_certain(text, &told, diagnostic));
    told.diagnostics.into_iter().for_each(|diagnostic| findings.add(diagnostic));
    findings.append(rest);
    findings.finish(text)
}

/// Lines at which the parser gives up reading; without them it reads on.
fn unreadable(text: &str, errors: &[Error]) -> Vec<Range<usize>> {
    let gives_up = |error: &&Error| {
        ["key with no value", "missing value for key"].iter().any(|start| error.message().starts_with(start))
    };
    let line = |error: &Error| {
        let (start, line) = line::at(text, error.span()?.start);
        Some(start..start + line.len())
    };
    errors.iter().filter(gives_up).filter_map(line).collect()
}

/// Whether the diagnostic would still be there if the syntax errors were mended.
fn is_certain(text: &str, told: &Told, diagnostic: &Diagnostic) -> bool {
    let (start, line) = line::at(text, text.floor_char_boundary(diagnostic.span.start));
    let has_error = |span: Range<usize>| {
        let first = told.offsets.partition_point(|&offset| offset < span.start);
        told.offsets.get(first).is_some_and(|&offset| offset <= span.end)
    };
    if diagnostic.span.start >= told.horizon || has_error(start..start + line.len()) {
        return false;
    }
    !OF_ABSENCE.contains(&diagnostic.code) || !has_error(start..table_end(text, start + line.len()))
}

/// Where the next table begins after a line, or the text ends.
fn table_end(text: &str, line_end: usize) -> usize {
    text[line_end..].find("\n[").map_or(text.len(), |at| line_end + at)
}

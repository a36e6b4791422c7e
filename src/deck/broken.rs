//! A text that is no TOML: every mistake that can be told, in its syntax and in what could be read all the same.

use std::borrow::Cow;
use std::ops::Range;

use toml::de::{DeTable, Error};

use super::diagnostic::Findings;
use super::rules::MORE_FINDINGS;
use super::syntax::{self, Told, line};
use super::{Diagnostic, foreign, hidden, read};

/// Bytes that are looked at behind the first error: the parser keeps every error, and a hostile file has millions.
const LOOKED_AT: usize = 1 << 18;
/// Rounds in which the parser meets errors: of the grammar, of values, of keys given twice.
const ROUNDS: usize = 3;
/// Codes of what is missing in a table; a line of it that could not be read may have said it.
const MISSING_IN_TABLE: [&str; 2] = ["missing-key", "few-labels"];
/// Codes of what is missing in the whole deck.
const MISSING_IN_DECK: [&str; 3] = ["no-cards", "unknown-exercise", "pair-unknown"];

/// The diagnostics of a text that the parser refused with `error`.
pub(super) fn diagnose(text: &str, error: &Error) -> Vec<Diagnostic> {
    let mut findings = Findings::default();
    if let Some(other_format) = foreign::recognise(text) {
        findings.add(other_format);
        return findings.finish(text);
    }
    let source = foreign::resolve(&text[..looked_at(text, error)], &mut findings);
    let (_, mut errors) = DeTable::parse_recoverable(&source);
    // What is not closed where the part ends may well be closed behind it.
    let is_cut =
        |error: &Error| source.len() < text.len() && error.span().is_some_and(|span| span.start >= source.len());
    errors.retain(|error| !is_cut(error));
    let source = foreign::blank(Cow::Borrowed(&source), &unreadable(&source, &errors));
    let (tree, _) = DeTable::parse_recoverable(&source);

    let told = syntax::tell(&text[..source.len()], tree.get_ref(), &errors);
    let mut read = Findings::default();
    read::deck(tree.get_ref(), &mut read);
    read.retain(|diagnostic| is_certain(text, &told, diagnostic));
    let mut hidden = Findings::default();
    hidden::scan(text, tree.get_ref(), &mut hidden);
    hidden.retain(|diagnostic| !told.diagnostics.iter().any(|told| told.span == diagnostic.span));
    told.diagnostics.into_iter().for_each(|diagnostic| findings.add(diagnostic));
    findings.append(read);
    findings.append(hidden);
    if source.len() < text.len() {
        let message = "The file is checked up to here.";
        let help = "Mend the errors above; the rest is checked after that.";
        findings.add(Diagnostic::new(&MORE_FINDINGS, source.len()..source.len(), message, help));
    }
    findings.finish(text)
}

/// The end of the part that is looked at: some way behind the first error, before a table if one is near.
fn looked_at(text: &str, error: &Error) -> usize {
    let start = |error: &Error| error.span().map_or(0, |span| text.floor_char_boundary(span.start));
    let mut first = start(error);
    // The parser meets its errors in rounds, so the first one that it reports need not stand first.
    for _ in 0..ROUNDS {
        let before = &text[..line::at(text, first).0];
        match DeTable::parse(before).err().map(|earlier| start(&earlier)) {
            // A text that is not closed where `before` ends may well be closed behind it.
            Some(earlier) if earlier < before.len() => first = earlier,
            _ => break,
        }
    }
    let end = text.floor_char_boundary(first + LOOKED_AT);
    let rest = &text[end..text.floor_char_boundary(end + LOOKED_AT)];
    match rest.find("\n[[").or_else(|| rest.find('\n')) {
        _ if end + rest.len() == text.len() => text.len(),
        Some(at) => end + at,
        None => end,
    }
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
    let mut lines: Vec<_> = errors.iter().filter(gives_up).filter_map(line).collect();
    lines.dedup();
    lines
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
    match diagnostic.code {
        // The parser puts a value that it could not read at the start of the text.
        code if diagnostic.span == (0..0) && !MISSING_IN_TABLE.contains(&code) => false,
        code if MISSING_IN_DECK.contains(&code) => false,
        code if MISSING_IN_TABLE.contains(&code) => !has_error(start..table_end(text, start + line.len())),
        _ => true,
    }
}

/// The end of the next header after a line, or of the text: a header that could not be read ends no table.
fn table_end(text: &str, line_end: usize) -> usize {
    let header = text[line_end..].find("\n[").map(|at| line_end + at + 1);
    header.map_or(text.len(), |start| start + line::at(text, start).1.len())
}

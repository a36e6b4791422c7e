//! One problem of a deck text: what, where, and what to do next.

use std::ops::Range;

use crate::text::Safe;

/// What a problem costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The deck, or the card, cannot be used.
    Error,
    /// It can be used, but look.
    Warning,
}

/// One problem of a deck text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// A short stable word, such as `unknown-key`.
    pub code: &'static str,
    pub severity: Severity,
    /// Bytes of the text, on character borders; may be empty.
    pub span: Range<usize>,
    /// One sentence that says what is wrong.
    pub message: Safe,
    /// One sentence that says what to do.
    pub help: Safe,
    /// Another place that belongs to it, and why.
    pub related: Option<(Range<usize>, Safe)>,
}

/// The line and the column of a byte offset, both counted from 1, columns in characters. Any offset has a place.
pub fn place(text: &str, offset: usize) -> (usize, usize) {
    let before = &text[..text.floor_char_boundary(offset)];
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    (before.bytes().filter(|&byte| byte == b'\n').count() + 1, before[start..].chars().count() + 1)
}

/// The diagnostic with its lines of the text as plain text, `width` columns wide at most where the text can be cut.
pub fn render(diagnostic: &Diagnostic, text: &str, file_name: &str, _width: usize) -> Safe {
    let (line, column) = place(text, diagnostic.span.start);
    Safe::from(format_args!("{file_name}:{line}:{column}: {}", diagnostic.message))
}

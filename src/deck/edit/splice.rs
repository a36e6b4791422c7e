//! Pieces of a text that are put in the place of others; every byte outside of them stays.

use std::ops::Range;

/// What is put where. Two pieces never overlap; those at one place are put there in the order they came.
#[derive(Default)]
pub struct Splices(Vec<(Range<usize>, String)>);

impl Splices {
    pub fn replace(&mut self, place: Range<usize>, piece: impl Into<String>) {
        self.0.push((place, piece.into()));
    }

    pub fn insert(&mut self, at: usize, piece: impl Into<String>) {
        self.replace(at..at, piece);
    }

    pub fn remove(&mut self, place: Range<usize>) {
        self.replace(place, "");
    }

    pub fn append(&mut self, other: Splices) {
        self.0.extend(other.0);
    }

    /// Those inside a place.
    pub fn part(&self, place: &Range<usize>) -> Splices {
        let is_inside = |(own, _): &&(Range<usize>, String)| place.start <= own.start && own.end <= place.end;
        Splices(self.0.iter().filter(is_inside).cloned().collect())
    }

    /// The part of the text with all pieces in it, their line ends as `line_end` says. `None` if two of them overlap.
    pub fn apply(mut self, text: &str, part: Range<usize>, line_end: &str) -> Option<String> {
        self.0.sort_by_key(|(place, _)| (place.start, place.end));
        let mut whole = String::new();
        let mut at = part.start;
        for (place, piece) in self.0 {
            whole += text.get(at..place.start)?;
            whole += &with_line_ends(&piece, line_end);
            at = place.end;
        }
        Some(whole + text.get(at..part.end)?)
    }
}

fn with_line_ends(piece: &str, line_end: &str) -> String {
    match line_end {
        "\n" => piece.to_owned(),
        other => piece.replace("\r\n", "\n").replace('\n', other),
    }
}

/// The line end of a text, after the first line of it.
pub fn line_end(text: &str) -> &'static str {
    match text.find('\n') {
        Some(at) if text[..at].ends_with('\r') => "\r\n",
        _ => "\n",
    }
}

/// Where the line begins that `at` is in.
pub fn line_start(text: &str, at: usize) -> usize {
    let start = text[..at].rfind('\n').map_or(0, |feed| feed + 1);
    if start == 0 && text.starts_with('\u{feff}') { '\u{feff}'.len_utf8().min(at) } else { start }
}

/// Where the line ends that `at` is in, behind its line feed.
pub fn next_line(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |feed| at + feed + 1)
}

/// The white space that the line begins with.
pub fn indent(text: &str, at: usize) -> &str {
    let line = &text[line_start(text, at)..];
    &line[..line.len() - line.trim_start_matches([' ', '\t']).len()]
}

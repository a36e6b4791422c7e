//! Things between commas: the entries of a list, the keys of a table in braces. Remarks between them stay.

use std::ops::Range;

use super::splice::{Splices, indent, line_start, next_line};

/// The things of one list or of one table in braces.
pub struct Commas<'t> {
    text: &'t str,
    /// With its brackets.
    whole: Range<usize>,
    things: Vec<Range<usize>>,
}

impl<'t> Commas<'t> {
    /// `things` are in order of place.
    pub fn new(text: &'t str, whole: Range<usize>, things: Vec<Range<usize>>) -> Commas<'t> {
        Commas { text, whole, things }
    }

    pub fn things(&self) -> &[Range<usize>] {
        &self.things
    }

    /// Behind the comma after a thing, if there is one.
    fn behind_comma(&self, at: usize) -> Option<usize> {
        let limit = self.things.get(at + 1).map_or(self.whole.end - 1, |next| next.start);
        let mut place = self.things[at].end;
        while place < limit {
            match self.text.as_bytes()[place] {
                b',' => return Some(place + 1),
                b'#' => place = next_line(self.text, place),
                _ => place += 1,
            }
        }
        None
    }

    /// Takes a thing out, with its comma, and with its line if nothing else is on that.
    pub fn remove(&self, at: usize, splices: &mut Splices) {
        let thing = self.things[at].clone();
        let Some(comma) = self.behind_comma(at) else {
            splices.remove(self.line_of(thing));
            return;
        };
        let between = &self.text[thing.end..comma - 1];
        if between.trim().is_empty() {
            splices.remove(self.line_of(thing.start..comma));
        } else {
            splices.remove(thing);
            splices.remove(comma - 1..comma);
        }
    }

    /// The place with the rest of its line if that is empty, or with the spaces behind it.
    fn line_of(&self, place: Range<usize>) -> Range<usize> {
        let start = line_start(self.text, place.start);
        let is_first = self.text[start..place.start].trim().is_empty();
        let next = next_line(self.text, place.end).min(self.whole.end - 1);
        if is_first && start > self.whole.start && self.text[place.end..next].trim().is_empty() {
            return start..next;
        }
        let rest = &self.text[place.end..self.whole.end - 1];
        let spaces = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        place.start..place.end + spaces
    }

    /// Puts things behind the one at `after`, or before all of them.
    pub fn insert(&self, after: Option<usize>, pieces: &[String], splices: &mut Splices) {
        let Some(after) = after else {
            splices.insert(self.whole.start + 1, self.before_all(pieces));
            return;
        };
        let thing = &self.things[after];
        let gap =
            if self.is_on_lines(after) { format!("\n{}", indent(self.text, thing.start)) } else { " ".to_owned() };
        match self.behind_comma(after) {
            Some(comma) => {
                let more: String = pieces.iter().map(|piece| format!("{gap}{piece},")).collect();
                splices.insert(self.behind_remark(comma, &gap), more);
            }
            None => {
                splices.insert(thing.end, ",");
                let more: Vec<_> = pieces.iter().map(|piece| format!("{gap}{piece}")).collect();
                splices.insert(self.behind_remark(thing.end, &gap), more.join(","));
            }
        }
    }

    fn before_all(&self, pieces: &[String]) -> String {
        let Some(first) = self.things.first() else { return pieces.join(", ") };
        match &self.text[self.whole.start + 1..first.start] {
            "" => pieces.iter().map(|piece| format!("{piece}, ")).collect(),
            gap if gap.trim().is_empty() => pieces.iter().map(|piece| format!("{gap}{piece},")).collect(),
            _ => pieces.iter().map(|piece| format!("\n{piece},")).collect(),
        }
    }

    fn is_on_lines(&self, at: usize) -> bool {
        let start = line_start(self.text, self.things[at].start);
        start > self.whole.start && self.text[start..self.things[at].start].trim().is_empty()
    }

    /// Behind the remark on the line, where things stand on lines of their own.
    fn behind_remark(&self, at: usize, gap: &str) -> usize {
        let rest = self.text[at..next_line(self.text, at)].trim_end();
        if gap.starts_with('\n') && rest.trim_start().starts_with('#') { at + rest.len() } else { at }
    }
}

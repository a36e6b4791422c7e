//! The points of a card with their marks, and an answer with the words that the marks rest on.

use std::ops::Range;

use super::entry::lines;
use super::markdown;
use crate::review::{Mark, Marked};
use crate::safe;
use crate::text::{Safe, width};
use crate::tui::paint::Row;
use crate::tui::theme::Role;

/// Columns from which on the words stand beside their point.
const BESIDE: usize = 66;

/// Columns before the text of a point: its number, its mark.
const LEAD: usize = 6;

/// A point or a claim as it is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Line<'a> {
    /// The key that flips its mark.
    pub number: Option<usize>,
    pub text: &'a Safe,
    pub mark: &'a Marked,
    /// The words of the answer that it rests on.
    pub quote: Option<Safe>,
}

/// The sign of a mark in one column, for a strip of many.
pub fn sign(mark: &Marked) -> (Role, &'static str) {
    match mark.counting() {
        _ if !mark.is_decided() => (Role::Warn, "~"),
        Mark::Covered => (Role::Good, "✓"),
        Mark::Partial => (Role::Warn, "~"),
        Mark::Missed => (Role::Bad, "✗"),
    }
}

/// All marks of an answer, a column each.
pub fn strip(marks: &[Marked]) -> Row {
    marks.iter().map(sign).fold(Row::new(), |row, (role, sign)| row.and(role, sign))
}

/// Points one below the other, each with the words it rests on or what there is to say of its mark.
pub fn rows(points: &[Line], columns: usize) -> Vec<Row> {
    points.iter().flat_map(|point| point.rows(columns)).collect()
}

impl Line<'_> {
    fn rows(&self, columns: usize) -> Vec<Row> {
        let room = columns.saturating_sub(LEAD).max(8);
        let is_beside = columns >= BESIDE;
        let text = if is_beside { room * 11 / 20 } else { room };
        let mut rows = markdown::plain(&self.text.line(), text, Role::Text);
        let (role, sign) = sign(self.mark);
        let number = self.number.map_or_else(|| Safe::from("  "), |number| safe!("{number:>2}"));
        for (at, row) in rows.iter_mut().enumerate() {
            let lead = if at == 0 { Row::of(Role::Key, number.clone()).gap(1).and(role, sign) } else { Row::new() };
            let lead = lead.gap(if at == 0 { 2 } else { LEAD });
            *row = joined_row(lead, std::mem::take(row));
        }
        let remarks = self.remarks(if is_beside { room - text - 2 } else { room });
        if !is_beside {
            rows.extend(remarks.into_iter().map(|remark| joined_row(Row::new().gap(LEAD), remark)));
            return rows;
        }
        rows.resize(rows.len().max(remarks.len()), Row::new());
        for (row, remark) in rows.iter_mut().zip(remarks) {
            let start = std::mem::take(row);
            let padded = if start.is_empty() { Row::new().gap(LEAD + text + 2) } else { start.to(LEAD + text + 2) };
            *row = joined_row(padded, remark);
        }
        rows
    }

    /// What stands beside a point: whose mark it is if not the program's, that it is unsure, and the words. On one row if
    /// there is room.
    fn remarks(&self, room: usize) -> Vec<Row> {
        let word = match (self.mark.flipped, self.mark.sure, self.mark.mark) {
            (Some(mark), ..) => Row::of(Role::Accent, safe!("you: {}", spoken(mark))),
            (None, false, mark) => Row::of(Role::Warn, safe!("not sure: {}?", spoken(mark))),
            (None, true, Mark::Partial) => Row::of(Role::Quiet, "in part"),
            (None, true, Mark::Missed) => Row::of(Role::Quiet, "missed"),
            (None, true, Mark::Covered) => Row::new(),
        };
        let quote = self.quote.as_ref().filter(|_| self.mark.counting() != Mark::Missed);
        let Some(quote) = quote else { return Vec::from_iter((!word.is_empty()).then_some(word)) };
        let quote = Row::of(Role::Quiet, safe!("“{}”", width::fit(quote.line().as_str(), room.saturating_sub(2))));
        match word.is_empty() {
            true => vec![quote],
            false if word.columns() + quote.columns() + 2 <= room => vec![joined_row(word.gap(2), quote)],
            false => vec![word, quote],
        }
    }
}

fn joined_row(first: Row, second: Row) -> Row {
    Row(first.0.into_iter().chain(second.0).collect())
}

fn spoken(mark: Mark) -> &'static str {
    match mark {
        Mark::Covered => "said",
        Mark::Partial => "said in part",
        Mark::Missed => "missed",
    }
}

/// A plain text, wrapped, with words marked as evidence; between brackets too if there is no colour to tell them by.
/// `marks` are byte ranges of the text on character borders, in any order; they may overlap.
pub fn evidence(text: &Safe, marks: &[Range<usize>], columns: usize, brackets: bool) -> Vec<Row> {
    let (text, marks) = if brackets { bracketed(text, &joined(marks)) } else { (text.clone(), joined(marks)) };
    // The free column at the end of each line is for a cursor, and none is here.
    let row = |line: Range<usize>| {
        let end = line.start + text.as_str()[line.clone()].trim_end().len();
        let (mut row, mut at) = (Row::new(), line.start);
        let inside = marks.iter().map(|mark| mark.start.max(line.start)..mark.end.min(end));
        for mark in inside.filter(|mark| mark.start < mark.end) {
            row = piece(row, &text, at..mark.start, Role::Text);
            row = piece(row, &text, mark.clone(), Role::Evidence);
            at = mark.end;
        }
        piece(row, &text, at..end, Role::Text)
    };
    lines(text.as_str(), columns + 1).into_iter().map(row).collect()
}

fn piece(row: Row, text: &Safe, range: Range<usize>, role: Role) -> Row {
    match text.as_str().get(range) {
        None | Some("") => row,
        Some(words) => row.and(role, Safe::new(words)),
    }
}

/// The ranges in order and apart.
fn joined(marks: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut sorted: Vec<_> = marks.iter().filter(|mark| mark.start < mark.end).cloned().collect();
    sorted.sort_by_key(|mark| mark.start);
    let mut joined: Vec<Range<usize>> = Vec::new();
    for mark in sorted {
        match joined.last_mut() {
            Some(last) if mark.start <= last.end => last.end = last.end.max(mark.end),
            _ => joined.push(mark),
        }
    }
    joined
}

fn bracketed(text: &Safe, marks: &[Range<usize>]) -> (Safe, Vec<Range<usize>>) {
    let (mut shown, mut moved, mut at) = (String::new(), Vec::new(), 0);
    for mark in marks {
        let (Some(before), Some(words)) = (text.as_str().get(at..mark.start), text.as_str().get(mark.clone())) else {
            continue;
        };
        shown.push_str(before);
        let start = shown.len();
        shown.push('[');
        shown.push_str(words);
        shown.push(']');
        moved.push(start..shown.len());
        at = mark.end;
    }
    shown.push_str(text.as_str().get(at..).unwrap_or_default());
    (Safe::new(&shown), moved)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::review::Percent;

    fn marked(mark: Mark, sure: bool, flipped: Option<Mark>) -> Marked {
        Marked { point: "a".parse().expect("an id"), mark, p: Some(Percent::of(0.5)), sure, flipped }
    }

    fn drawn(mark: &Marked, quote: Option<&str>, columns: usize) -> Vec<String> {
        let text = Safe::from("the agent pulls the image");
        let line = Line { number: Some(3), text: &text, mark, quote: quote.map(Safe::new) };
        rows(&[line], columns).iter().map(|row| row.text().trim_end().to_owned()).collect()
    }

    #[test]
    fn a_point_is_told_by_sign_and_word_with_its_quote_beside_or_below() {
        let covered = marked(Mark::Covered, true, None);
        assert_eq!(
            drawn(&covered, Some("pull it"), 70),
            [format!("{:43}“pull it”", " 3 ✓  the agent pulls the image")]
        );
        assert_eq!(drawn(&covered, Some("pull it"), 40), [" 3 ✓  the agent pulls the image", "      “pull it”"]);
        let missed = marked(Mark::Missed, true, None);
        assert_eq!(drawn(&missed, None, 40), [" 3 ✗  the agent pulls the image", "      missed"]);
        let unsure = marked(Mark::Partial, false, None);
        assert_eq!(drawn(&unsure, None, 40)[1], "      not sure: said in part?");
        let own = marked(Mark::Missed, true, Some(Mark::Covered));
        assert_eq!(drawn(&own, None, 40), [" 3 ✓  the agent pulls the image", "      you: said"]);
    }

    #[test]
    fn a_strip_has_a_column_for_each_mark() {
        let marks = [(Mark::Covered, true), (Mark::Partial, true), (Mark::Missed, true), (Mark::Covered, false)];
        let marks = marks.map(|(mark, sure)| marked(mark, sure, None));
        assert_eq!(strip(&marks).text(), "✓~✗~");
    }

    #[test]
    fn evidence_that_overlaps_is_one_piece_and_stands_in_brackets_without_colour() {
        let text = Safe::from("my app code calls S3");
        let shown = |brackets| evidence(&text, &[12..20, 3..11, 7..11], 12, brackets);
        let plain: Vec<_> = shown(false).iter().map(Row::text).collect();
        assert_eq!(plain, ["my app code", "calls S3"]);
        let bracketed: Vec<_> = shown(true).iter().map(Row::text).collect();
        assert_eq!(bracketed, ["my [app", "code] [calls", "S3]"]);
        let roles = |row: &Row| row.0.iter().map(|run| run.role).collect::<Vec<_>>();
        assert_eq!(roles(&shown(false)[0]), [Role::Text, Role::Evidence]);
    }

    proptest! {
        #[test]
        fn no_word_is_lost_and_no_row_is_too_wide(
            text in "[a-d é日\n]{0,60}", columns in 10..60_usize, brackets in any::<bool>(),
            marks in prop::collection::vec((0..60_usize, 0..60_usize), 0..5),
        ) {
            let text = Safe::new(&text);
            let border = |at: usize| text.as_str().floor_char_boundary(at);
            let marks: Vec<_> = marks.into_iter().map(|(from, to)| border(from)..border(to)).collect();
            let rows = evidence(&text, &marks, columns, brackets);
            prop_assert!(rows.iter().all(|row| row.columns() <= columns), "{rows:?}");
            let words = |text: &str| text.replace([' ', '\n', '[', ']'], "");
            prop_assert_eq!(words(&rows.iter().map(Row::text).collect::<String>()), words(text.as_str()));
        }
    }
}

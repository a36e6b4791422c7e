//! The form as rows: a label, a field, and what the field has to say.

use super::form::{Form, Part, PointFields, Spot};
use crate::safe;
use crate::text::{Safe, count};
use crate::tui::paint::Row;
use crate::tui::theme::Role;
use crate::tui::widget::entry::Entry;

/// Columns of the labels, where they stand beside their fields.
const LABEL: usize = 12;

/// Columns below which a label stands above its field.
const NARROW: usize = 60;

/// Lines of a field in which nobody types.
const RESTING: usize = 4;

/// The rows of a form in so many columns, and the first and last of them that belong to the place of the cursor.
pub struct Page {
    pub rows: Vec<Row>,
    pub here: (usize, usize),
    columns: usize,
}

impl Page {
    pub fn of(form: &Form, deck: &Safe, columns: usize) -> Page {
        let mut page = Page { rows: Vec::new(), here: (0, 0), columns };
        if !form.is_named {
            let arrows = if form.spot == Spot::Deck { "  ←/→ another deck" } else { "" };
            page.part(form, Spot::Deck, "deck", vec![Row::of(Role::Text, deck).and(Role::Quiet, arrows)]);
        }
        page.field(form, Spot::Question, "question", &form.question, "what is asked");
        page.field(form, Spot::Answer, "answer", &form.answer, "what a good answer says; Markdown");
        page.rows.push(Row::new());
        for (place, point) in form.points.iter().enumerate() {
            page.point(form, place, point);
        }
        page.rows.push(Row::new());
        page.field(form, Spot::Tags, "tags", &form.tags, "words to find it by, with commas");
        let level = form.level.map_or_else(|| Safe::from("any"), |level| safe!("{level}"));
        let arrows = if form.spot == Spot::Level { "  ←/→ another level" } else { "" };
        page.part(form, Spot::Level, "level", vec![Row::of(Role::Text, level).and(Role::Quiet, arrows)]);
        page.field(form, Spot::Sources, "sources", &form.sources, "addresses, one a line");
        page.field(form, Spot::Note, "note", &form.note, "what changed, what people get wrong");
        page
    }

    fn is_narrow(&self) -> bool {
        self.columns < NARROW
    }

    /// Columns of a field.
    pub fn width(columns: usize) -> usize {
        if columns < NARROW { columns.saturating_sub(4).max(8) } else { columns - LABEL - 2 }
    }

    fn field(&mut self, form: &Form, spot: Spot, label: &'static str, entry: &Entry, hint: &'static str) {
        let rows = rows(entry, form.spot == spot, Page::width(self.columns), hint);
        self.part(form, spot, label, rows);
    }

    fn part(&mut self, form: &Form, spot: Spot, label: &'static str, rows: Vec<Row>) {
        let is_here = form.spot == spot;
        let role = if is_here { Role::Accent } else { Role::Quiet };
        let start = self.rows.len();
        let mark = if is_here { Row::of(Role::Accent, "❯ ") } else { Row::new().gap(2) };
        if self.is_narrow() {
            self.rows.push(mark.and(role, label));
            self.rows.extend(rows.into_iter().map(|row| indent(2, row)));
        } else {
            let mut lead = mark.and(role, label);
            for row in rows {
                let mut whole = std::mem::take(&mut lead).to(LABEL);
                if whole.is_empty() {
                    whole = Row::new().gap(LABEL);
                }
                whole.0.extend(row.0);
                self.rows.push(whole);
            }
        }
        if is_here {
            self.here = (start, self.rows.len().saturating_sub(1));
        }
    }

    fn point(&mut self, form: &Form, place: usize, point: &PointFields) {
        let here = match form.spot {
            Spot::Point(here, part) if here == place => Some(part),
            _ => None,
        };
        let lead = if self.is_narrow() { 2 } else { LABEL };
        let width = Page::width(self.columns).saturating_sub(7);
        let start = self.rows.len();
        let is_new = point.is_blank();
        let hint = if is_new { "a point: one thing that a good answer states" } else { "the point" };
        for (at, row) in rows(&point.text, here == Some(Part::Text), width, hint).into_iter().enumerate() {
            let label = match at {
                0 if place == 0 && !self.is_narrow() => {
                    Row::of(if here.is_some() { Role::Accent } else { Role::Quiet }, "  points").to(lead - 2)
                }
                _ => Row::new().gap(lead - 2),
            };
            let mark = if at == 0 && here.is_some() { label.and(Role::Accent, "❯ ") } else { label.gap(2) };
            let head = match at {
                0 if is_new => mark.and(Role::Quiet, " +     "),
                0 => {
                    mark.and(Role::Key, safe!("{:>2}", place + 1)).gap(1).and(Role::Accent, weight(point.weight)).gap(1)
                }
                _ => mark.gap(7),
            };
            let mut head = head;
            head.0.extend(row.0);
            self.rows.push(head);
        }
        if here == Some(Part::Text) {
            self.here = (start, self.rows.len().saturating_sub(1));
        }
        match here {
            Some(part) if !is_new => {
                self.beside(part == Part::Accept, "also said", &point.accept, "other ways to say it, one a line", lead);
                self.beside(part == Part::Probe, "probe", &point.probe, "what is asked when it was not said", lead);
            }
            _ => {
                let ways = point.accept.text().as_str().lines().filter(|line| !line.trim().is_empty()).count();
                let probe = if point.probe.is_blank() { "" } else { " · a probe" };
                if ways > 0 || !probe.is_empty() {
                    let words = match ways {
                        0 => Safe::from("a probe"),
                        ways => safe!("{}{probe}", count(ways as u64, "other way", "other ways")),
                    };
                    self.rows.push(Row::new().gap(lead + 7).and(Role::Quiet, words));
                }
            }
        }
    }

    /// A field that belongs to the point above it.
    fn beside(&mut self, is_here: bool, label: &'static str, entry: &Entry, hint: &'static str, lead: usize) {
        let role = if is_here { Role::Accent } else { Role::Quiet };
        let start = self.rows.len();
        let at = lead + 7;
        let width = Page::width(self.columns).saturating_sub(7 + 11);
        for (line, row) in rows(entry, is_here, width, hint).into_iter().enumerate() {
            let head =
                if line == 0 { Row::new().gap(at).and(role, label).to(at + 11) } else { Row::new().gap(at + 11) };
            let mut head = head;
            head.0.extend(row.0);
            self.rows.push(head);
        }
        if is_here {
            self.here = (start, self.rows.len().saturating_sub(1));
        }
    }

    /// The first row that is shown in a window, so that the field of the cursor is in it, and the cursor for certain.
    pub fn first(&self, cursor: usize, height: usize) -> usize {
        let (start, end) = self.here;
        let cursor = (start + cursor).min(end);
        let last = end.min(start + height.saturating_sub(1)).max(cursor);
        let first = (last + 1).saturating_sub(height).max((cursor + 1).saturating_sub(height));
        // What comes above is shown as long as there is room.
        first.min(cursor)
    }
}

fn indent(columns: usize, row: Row) -> Row {
    let mut whole = Row::new().gap(columns);
    whole.0.extend(row.0);
    whole
}

fn weight(weight: u8) -> &'static str {
    match weight {
        0 | 1 => "▪▫▫",
        2 => "▪▪▫",
        _ => "▪▪▪",
    }
}

/// A field: with its cursor if it is the one, else its first lines.
fn rows(entry: &Entry, is_here: bool, columns: usize, hint: &'static str) -> Vec<Row> {
    if is_here {
        let mut rows = entry.rows(columns);
        if entry.is_blank() && rows.len() == 1 {
            let row = rows.remove(0);
            return vec![row.gap(1).and(Role::Quiet, hint).fit(columns)];
        }
        return rows;
    }
    if entry.is_blank() {
        return vec![Row::of(Role::Quiet, hint).fit(columns)];
    }
    let mut rows = entry.resting(columns);
    if rows.len() > RESTING {
        let all = rows.len();
        rows.truncate(RESTING - 1);
        rows.truncate(rows.iter().rposition(|row| !row.text().trim().is_empty()).map_or(0, |last| last + 1));
        rows.push(Row::of(Role::Quiet, safe!("… {all} lines")));
    }
    rows
}

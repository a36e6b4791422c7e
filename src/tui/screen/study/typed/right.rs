//! Gaps that are filled, and filled gaps and code beside what is right.

use super::super::page;
use super::Face;
use super::sheet::Sheet;
use crate::card::{Cloze, Code, Kind};
use crate::grader::{self, Fit};
use crate::safe;
use crate::text::Safe;
use crate::tui::paint::{Canvas, Row};
use crate::tui::theme::Role;
use crate::tui::widget::face;
use crate::tui::widget::markdown;
use crate::tui::widget::marks::{self, Line};
use crate::tui::widget::scenario::{ROOMY, measure};

/// Columns before the words of a gap.
const LEAD: usize = 6;

impl Sheet<'_> {
    /// The text with what is written in it, and a line for each gap.
    pub fn draw_gaps(&self, canvas: &mut Canvas) {
        let (columns, rows) = (measure(canvas.columns()), canvas.rows());
        let is_roomy = rows > ROOMY;
        let top = usize::from(is_roomy);
        let Kind::Cloze(cloze) = &self.typing.card.kind else { return };
        let pad = &self.typing.pad;
        let written: Vec<Safe> = pad.fields().map(|field| field.text()).collect();
        let text = face::filling(cloze, &written, Some(pad.place()), columns);
        let bottom = rows.saturating_sub(if is_roomy { 2 } else { 1 });
        let wanted = written.len().min(bottom.saturating_sub(top + 1) / 2).max(1);
        let room = bottom.saturating_sub(top + wanted + 1).max(1);
        let current = text.iter().position(|row| row.0.iter().any(|run| run.role == Role::Cursor)).unwrap_or(0);
        let first = (current + 1).saturating_sub(room).min(text.len().saturating_sub(room));
        let shown = text.len().min(room);
        for (line, row) in text.iter().skip(first).take(room).enumerate() {
            canvas.row(top + line, 3, row);
        }
        let below = top + shown + 1;
        let height = bottom.saturating_sub(below).max(1);
        let first = (pad.place() + 1).saturating_sub(height);
        for (line, (place, field)) in pad.fields().enumerate().skip(first).take(height).enumerate() {
            let lead = Row::of(if place == pad.place() { Role::Key } else { Role::Quiet }, safe!("{:>2}", place + 1));
            let hint = cloze.gaps().nth(place).and_then(|gap| gap.hint.clone()).filter(|_| field.is_blank());
            let words = if place == pad.place() {
                let rows = field.rows(columns.saturating_sub(LEAD));
                rows.into_iter().nth(field.cursor_line(columns.saturating_sub(LEAD))).unwrap_or_default()
            } else {
                Row::of(Role::Text, field.text())
            };
            let mut row = lead.gap(2);
            row.0.extend(words.0);
            if let Some(hint) = hint {
                row = row.gap(2).and(Role::Quiet, safe!("{hint}"));
            }
            canvas.row(below + line, 3, &row.fit(columns + 1));
        }
        canvas.row(rows.saturating_sub(1), 3, &self.state().fit(columns));
    }

    /// What is seen of gaps and code that were handed in; none for an answer in words.
    pub fn exact(&self, columns: usize) -> Option<Vec<Row>> {
        if self.typing.face == Face::Model {
            return None;
        }
        match &self.typing.card.kind {
            Kind::Recall(_) | Kind::Choice(_) => None,
            Kind::Cloze(cloze) => Some(self.gaps(cloze, columns)),
            Kind::Code(code) => Some(self.code(code, columns)),
        }
    }

    fn gaps(&self, cloze: &Cloze, columns: usize) -> Vec<Row> {
        let mut rows = face::answer(&self.typing.card, columns, !self.desk.has_color);
        rows.push(Row::new());
        rows.extend(self.head(columns));
        let filled = grader::fill(cloze, self.typing.text.as_str());
        let all = self.typing.points.iter().zip(&self.typing.marks).zip(&filled).enumerate();
        for (place, ((point, mark), filled)) in all {
            let line = Line { number: Some(place + 1), text: &point.text, mark, quote: None };
            rows.extend(marks::rows(&[line], columns));
            let words = Safe::new(&self.typing.text.as_str()[filled.range.clone()]).line();
            let said = match filled.fit {
                Fit::Same if words.as_str().eq_ignore_ascii_case(point.text.as_str()) => continue,
                _ if words.is_empty() => Safe::from("you wrote nothing"),
                Fit::Slip => safe!("with a slip: “{words}”"),
                Fit::Same | Fit::Part | Fit::Other => safe!("you wrote “{words}”"),
            };
            let said = markdown::plain(&said, columns.saturating_sub(LEAD), Role::Quiet);
            rows.extend(said.into_iter().map(|row| Row(Row::new().gap(LEAD).0.into_iter().chain(row.0).collect())));
        }
        rows
    }

    fn code(&self, code: &Code, columns: usize) -> Vec<Row> {
        let mut rows = face::asked(&self.typing.card, columns);
        rows.push(Row::new());
        rows.extend(self.head(columns));
        let comparison = grader::compare(code, self.typing.text.as_str());
        let way = if comparison.way == 0 { "the model answer" } else { "another right way, the nearest" };
        if comparison.share < 1.0 {
            rows.push(Row::of(Role::Accent, safe!("Your code beside {way}")));
            rows.extend(face::difference(&comparison, columns));
            let signs = Row::of(Role::Bad, "[-too much-]").gap(2).and(Role::Good, "[+missing+]");
            rows.extend([Row::new(), signs, Row::new()]);
        }
        rows.push(Row::of(Role::Accent, "Model answer"));
        rows.extend(page::answer(&self.typing.card, columns, self.desk));
        rows
    }
}

//! What is seen while the interview goes on: the question, the clock, the field. No mark of anything.

use super::{Face, MockScreen, Saved, minutes};
use crate::interview::{PROBE, Step, THINK};
use crate::review::Mark;
use crate::safe;
use crate::text::{Safe, count};
use crate::tui::event::Desk;
use crate::tui::paint::{Canvas, Row};
use crate::tui::theme::Role;
use crate::tui::widget::bar::bar;
use crate::tui::widget::markdown;
use crate::tui::widget::scenario::{ROOMY, measure};

/// Cells of the bar of a rating.
const CELLS: usize = 20;

/// Columns below which words are saved.
const NARROW: usize = 60;

/// Rows above what is read.
pub fn above(rows: usize) -> usize {
    usize::from(rows > ROOMY)
}

impl MockScreen {
    pub fn heading(&self, desk: &Desk) -> (Row, Row) {
        let is_narrow = desk.size.0 < NARROW;
        let length = self.sitting.plan.length.minutes();
        let (name, rest) = match self.face {
            Face::Asking if self.sitting.is_rehearsal => ("Once more", Safe::from(" · no score")),
            Face::Walk(_) if self.sitting.is_rehearsal => ("Once more", Safe::from(" · no score")),
            Face::Asking if is_narrow => ("Mock", Safe::default()),
            Face::Asking => ("Mock interview", safe!(" · {length} min")),
            Face::Trend => ("Trend", Safe::default()),
            Face::Score | Face::Walk(_) => ("Scorecard", safe!(" · {length} min")),
        };
        let left = Row::of(Role::Title, name).and(Role::Quiet, rest);
        let all = self.sitting.plan.questions.len();
        let right = match (self.face, self.sitting.asked()) {
            (Face::Walk(at), _) => {
                Row::of(Role::Quiet, safe!("answer {} of {}", at + 1, self.sitting.answers().count()))
            }
            (Face::Asking, Some((_, number))) => {
                let place = if is_narrow { safe!("{number}/{all}") } else { safe!("question {number} of {all}") };
                Row::of(Role::Quiet, place).gap(3).and(Role::Text, self.left())
            }
            _ => Row::new(),
        };
        (left, right)
    }

    fn left(&self) -> Safe {
        match self.sitting.clock.is_over() {
            true => Safe::from("time is over: finish calmly"),
            false => safe!("{} left", minutes(self.sitting.clock.left())),
        }
    }

    pub fn draw(&self, canvas: &mut Canvas, desk: &Desk) {
        let (columns, rows) = (canvas.columns(), canvas.rows());
        let top = above(rows);
        if self.face != Face::Asking {
            let shown = self.read_rows(desk);
            return self.scroll.draw(&shown, 3, &mut canvas.part(0, top, columns, rows.saturating_sub(top)));
        }
        let mut body = canvas.part(0, top, columns, rows.saturating_sub(top));
        if self.sitting.is_paused() {
            return draw_rows(&paused(measure(columns)), &mut body);
        }
        match self.sitting.step() {
            Step::Rate => self.draw_rating(&mut body),
            Step::Tick => draw_rows(&self.checklist(measure(columns)), &mut body),
            Step::Over => draw_rows(&[Row::of(Role::Quiet, "Reading your answers …")], &mut body),
            Step::Think | Step::Answer | Step::Probe => self.draw_question(&mut body),
        }
    }

    /// The question, or what is asked next, with its own clock at the right.
    fn question(&self, columns: usize) -> Vec<Row> {
        let probe = self.sitting.probe();
        let question = match (self.asked(), probe) {
            (_, Some(probe)) => markdown::plain(&probe.question, columns, Role::Question),
            (Some((_, recall)), None) => markdown::rows(&recall.question, columns, Role::Question),
            (None, None) => vec![Row::of(Role::Warn, "This question is gone from its deck: ctrl-n skips it.")],
        };
        let lead = if probe.is_some() { vec![Row::of(Role::Accent, "One more thing")] } else { Vec::new() };
        lead.into_iter().chain(question).collect()
    }

    /// How long the question is on the table; in bold when it is longer than is meant for it.
    fn here(&self) -> Row {
        let clock = &self.sitting.clock;
        let meant = if self.sitting.step() == Step::Probe { PROBE } else { clock.budget() };
        let role = if clock.here() > meant { Role::Strong } else { Role::Quiet };
        Row::of(Role::Quiet, "this one ").and(role, minutes(clock.here()))
    }

    fn draw_question(&self, canvas: &mut Canvas) {
        let (columns, rows) = (canvas.columns(), canvas.rows());
        let is_roomy = rows >= ROOMY;
        let here = self.here();
        let is_narrow = columns < NARROW;
        let room = measure(columns).saturating_sub(if is_narrow { 0 } else { here.columns() + 3 });
        let mut question = self.question(room);
        question.truncate((rows / 2).max(1));
        canvas.right(if is_narrow { rows.saturating_sub(1) } else { 0 }, 3, &here);
        for (line, row) in question.iter().enumerate() {
            canvas.row(line, 3, row);
        }
        let first = question.len() + usize::from(is_roomy);
        let hints = self.hint_rows(measure(columns));
        let below = 1 + hints.len().min(rows / 4) + usize::from(is_roomy);
        let height = rows.saturating_sub(first + below).max(1);
        self.draw_body(&mut canvas.part(3, first, columns.saturating_sub(5), height));
        for (line, row) in hints.iter().take(rows / 4).enumerate() {
            canvas.row((first + height + line).min(rows.saturating_sub(2)), 3, row);
        }
        canvas.row(rows.saturating_sub(1), 3, &self.state(columns));
    }

    fn draw_body(&self, canvas: &mut Canvas) {
        let clock = &self.sitting.clock;
        let columns = canvas.columns();
        if self.sitting.step() == Step::Think {
            let left = THINK.saturating_sub(clock.here()).div_ceil(1000);
            let words = safe!("Think first: {left} s. Then say the answer in one sentence, and the parts after it.");
            return draw_at(&markdown::plain(&words, columns, Role::Quiet), canvas);
        }
        if self.sitting.step() == Step::Answer && self.sitting.wishes.is_spoken {
            let words = "Say it aloud, as to somebody who asks. Enter when you are done; then tick what you said.";
            return draw_at(&markdown::plain(&Safe::from(words), columns, Role::Quiet), canvas);
        }
        let text = columns.min(measure(columns + 6)).saturating_sub(2);
        let lines = self.field.rows(text);
        let height = canvas.rows();
        let first = self.field.cursor_line(text).saturating_sub(height.saturating_sub(1));
        for line in 0..height {
            canvas.row(line, 0, &Row::of(Role::Rule, "│"));
            if let Some(row) = lines.get(first + line) {
                canvas.row(line, 2, row);
            }
        }
        if first > 0 {
            canvas.right(0, 0, &Row::of(Role::Accent, "↑"));
        }
        if first + height < lines.len() {
            canvas.right(height.saturating_sub(1), 0, &Row::of(Role::Accent, "↓"));
        }
    }

    fn hint_rows(&self, columns: usize) -> Vec<Row> {
        let hint = self.sitting.last().and_then(|answer| answer.hints.last());
        let hint = hint.filter(|_| self.sitting.step() == Step::Answer);
        hint.map_or_else(Vec::new, |hint| markdown::plain(&hint.words, columns, Role::Accent))
    }

    /// How much is written, and whether it is kept.
    fn state(&self, columns: usize) -> Row {
        if !self.writes() {
            return Row::new();
        }
        let words = self.field.text().as_str().split_whitespace().count();
        let kept = if self.saved == Saved::Yes && words > 0 { " · saved" } else { "" };
        let told = Row::of(Role::Quiet, count(words as u64, "word", "words")).and(Role::Quiet, kept);
        match self.sitting.step() {
            Step::Probe if columns >= NARROW => told.and(Role::Quiet, " · a sentence or two is enough"),
            _ => told,
        }
    }

    fn draw_rating(&self, canvas: &mut Canvas) {
        let columns = measure(canvas.columns());
        let is_roomy = canvas.rows() > ROOMY;
        let mut rows = self.question(columns);
        rows.truncate(3);
        rows.extend([Row::new(), Row::of(Role::Accent, "How much of a full answer was that?")]);
        if is_roomy {
            rows.push(Row::new());
        }
        let number: Option<u8> = self.rating.parse().ok();
        let shown = number.map_or_else(|| Safe::from("  –"), |number| safe!("{number:>3}"));
        let field = Row::of(Role::Title, shown).and(Role::Quiet, " of 100   ");
        let cells = bar(f32::from(number.unwrap_or(0)) / 100.0, CELLS.min(columns.saturating_sub(16)));
        rows.push(Row(field.0.into_iter().chain(cells.0).collect()));
        if is_roomy {
            rows.push(Row::new());
        }
        let words = match self.is_rated {
            true => "Reading your answer …",
            false => "Type a number, then enter. Enter alone says nothing, and that is fine. The clock stands.",
        };
        rows.extend(markdown::plain(&Safe::from(words), columns, Role::Quiet));
        draw_rows(&rows, canvas);
    }

    /// The points of an answer that was said aloud.
    fn checklist(&self, columns: usize) -> Vec<Row> {
        let mut rows = self.question(columns);
        rows.extend([Row::new(), Row::of(Role::Accent, "Tick what you said. You mark yourself here.")]);
        let Some((_, recall)) = self.asked() else { return rows };
        let said = self.sitting.last().map_or(&[][..], |answer| answer.decided.as_slice());
        for (number, point) in recall.points.iter().enumerate() {
            let is_said = said.iter().any(|(id, mark)| *id == point.id && *mark == Mark::Covered);
            let (role, sign) = if is_said { (Role::Good, "✓") } else { (Role::Quiet, "∙") };
            let key = if number < 10 { safe!("{:>2}", (number + 1) % 10) } else { Safe::from("  ") };
            for (at, row) in
                markdown::plain(&point.text.line(), columns.saturating_sub(6), Role::Text).into_iter().enumerate()
            {
                let lead = if at == 0 {
                    Row::of(Role::Key, key.clone()).gap(1).and(role, sign).gap(2)
                } else {
                    Row::new().gap(6)
                };
                rows.push(Row(lead.0.into_iter().chain(row.0).collect()));
            }
        }
        rows
    }
}

fn paused(columns: usize) -> Vec<Row> {
    let mut rows = vec![Row::of(Role::Title, "Paused."), Row::new()];
    let words = "The clock stands, and the question is hidden until you go on. What you wrote is kept.";
    rows.extend(markdown::plain(&Safe::from(words), columns, Role::Text));
    rows
}

fn draw_rows(rows: &[Row], canvas: &mut Canvas) {
    crate::tui::widget::scroll::Scroll::default().draw(rows, 3, canvas);
}

fn draw_at(rows: &[Row], canvas: &mut Canvas) {
    for (line, row) in rows.iter().enumerate() {
        canvas.row(line, 0, row);
    }
}

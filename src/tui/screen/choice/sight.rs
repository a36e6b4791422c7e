//! What is in sight of a round: a question, or something to read.

use super::{ChoiceScreen, Face, end, page};
use crate::choice::coach::Reason;
use crate::text::Safe;
use crate::tui::event::Desk;
use crate::tui::paint::{Canvas, Row};
use crate::tui::theme::Role;
use crate::tui::widget::markdown;
use crate::tui::widget::scenario::{Question, ROOMY, measure};

impl ChoiceScreen {
    pub fn draw(&self, canvas: &mut Canvas, desk: &Desk) {
        match self.question() {
            Some(question) => question.draw(self.scroll, canvas),
            None => {
                let (columns, rows) = (canvas.columns(), canvas.rows());
                let top = above(rows);
                self.scroll.draw(&self.rows(desk), 3, &mut canvas.part(0, top, columns, rows.saturating_sub(top)));
            }
        }
        if self.face == Face::Why {
            self.draw_field(canvas);
        }
    }

    /// Rows that there are to read, and how many of them are in sight.
    pub fn window(&self, desk: &Desk) -> (usize, usize) {
        match self.question() {
            Some(question) => question.window(desk.size),
            None => (self.rows(desk).len(), desk.size.1.saturating_sub(above(desk.size.1))),
        }
    }

    /// The question on the table, unless its verdict or something else is read.
    pub fn question(&self) -> Option<Question<'_>> {
        let (_, choice) = self.card()?;
        let is_open = match self.face {
            Face::Round | Face::Why => self.picked().is_none(),
            Face::Disagree => true,
            Face::Twin | Face::Detail => false,
        };
        let head = (self.drill.rapid.is_some() && self.face == Face::Round).then(|| self.mark());
        is_open.then(|| Question {
            choice,
            picks: &self.picks,
            chosen: self.chosen,
            has_prompt: false,
            head,
            foot: self.foot(),
        })
    }

    /// How the scenario before went.
    fn mark(&self) -> Row {
        let last = self.round.answers().last();
        let known = last.and_then(|answer| Some((self.known(&answer.card)?.1, &answer.picked)));
        known.map_or_else(|| Row::of(Role::Quiet, "One key each."), |(choice, picked)| page::mark(choice, picked))
    }

    fn foot(&self) -> Vec<Row> {
        match self.face {
            Face::Disagree => vec![Row::of(Role::Accent, "Which label do you think is right?")],
            Face::Round if self.drill.rapid.is_none() && !self.why.is_blank() => {
                vec![Row::of(Role::Quiet, "Because  ").and(Role::Text, self.why.text())]
            }
            Face::Round if self.drill.rapid.is_none() && self.round.answers().is_empty() => {
                vec![Row::of(Role::Quiet, "Decide, then say why in six words.")]
            }
            _ => Vec::new(),
        }
    }

    /// What is read when nothing is asked.
    fn rows(&self, desk: &Desk) -> Vec<Row> {
        let columns = measure(desk.size.0);
        let Some(scenarios) = &self.scenarios else { return nothing(columns) };
        let Some((card, choice)) = self.card() else {
            return end::rows(&self.round, scenarios, self.drill.rapid.is_some(), columns, desk);
        };
        match (self.face, self.picked(), self.twin()) {
            (Face::Twin, _, Some(twin)) => page::twin(choice, twin, columns, desk),
            (Face::Detail, ..) => page::detail(card, choice, columns),
            (_, Some(picked), _) => {
                let why = self.why.text();
                let argued = self.reason.as_ref().and_then(|view| view.certain(&choice.exercise));
                let is_told = !why.is_empty() && self.face != Face::Why;
                let reason = is_told.then(|| (why, Reason::of(choice, picked, argued)));
                let (view, is_expert) = (self.view.as_ref(), self.is_expert);
                let modesty = self.taught.get().and_then(|taught| taught.as_ref()?.modesty());
                page::verdict(&page::Verdict { card, choice, picked, reason, view, is_expert, modesty }, columns, desk)
            }
            _ => Vec::new(),
        }
    }

    fn draw_field(&self, canvas: &mut Canvas) {
        let columns = measure(canvas.columns());
        let rows = self.why.rows(columns);
        let height = rows.len().min(4) + 3;
        let top = canvas.rows().saturating_sub(height);
        let mut place = canvas.part(0, top, columns + 6, height);
        place.clear();
        place.row(1, 3, &Row::of(Role::Accent, "Why? In six words, if you can."));
        let first = self.why.cursor_line(columns).saturating_sub(3);
        for (line, row) in rows.iter().skip(first).take(4).enumerate() {
            place.row(2 + line, 3, row);
        }
    }
}

/// Rows above what is read.
fn above(rows: usize) -> usize {
    usize::from(rows > ROOMY)
}

fn nothing(columns: usize) -> Vec<Row> {
    let words = "An exercise is a set of labels in a deck, `[[exercise]]`, with scenarios that are answered by picking \
                 one of them. `greenroom help deck-format` shows how one is written.";
    let mut rows = vec![Row::of(Role::Title, "No deck has an exercise."), Row::new()];
    rows.extend(markdown::rows(&Safe::from(words), columns, Role::Text));
    rows
}

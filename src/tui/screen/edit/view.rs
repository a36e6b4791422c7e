//! How the form of a card is drawn.

use super::{EditScreen, Face, Page, ROOMY, Spot, WIDE, form};
use crate::card::{Card, Kind};
use crate::safe;
use crate::text::Safe;
use crate::tui::event::Desk;
use crate::tui::paint::{Canvas, Row};
use crate::tui::theme::Role;
use crate::tui::widget::markdown;
use crate::tui::widget::scroll::Scroll;

impl EditScreen {
    /// Columns of the form.
    pub(super) fn columns(desk: &Desk) -> usize {
        let columns = desk.size.0;
        if columns >= WIDE { columns * 11 / 20 } else { columns.saturating_sub(2).min(90) }
    }

    /// Columns of the field at the cursor.
    pub(super) fn width(&self, desk: &Desk) -> usize {
        let width = Page::width(EditScreen::columns(desk));
        match self.form.spot {
            Spot::Point(_, form::Part::Text) => width.saturating_sub(7),
            Spot::Point(..) => width.saturating_sub(18),
            _ => width,
        }
    }

    /// What is read when nothing is typed.
    pub(super) fn reading(&self, columns: usize) -> Vec<Row> {
        match &self.face {
            Face::Form | Face::Preview => preview(&self.form.card(), columns),
            Face::Copying => {
                let text = "This card belongs to a deck of the program. To change it, the deck is copied into your folder, and the \
                            copy is used from then on. Your reviews stay with its cards. Updates of the program no longer change it.";
                let mut rows = vec![Row::of(Role::Title, "Copy this deck, to make it yours?"), Row::new()];
                rows.extend(markdown::plain(&Safe::from(text), columns, Role::Text));
                rows
            }
            Face::Elsewhere => {
                let text = "The form is for questions that are answered in words. Cards of this kind are changed in your own \
                            editor; what you save there is shown here at once.";
                markdown::plain(&Safe::from(text), columns, Role::Text)
            }
            Face::Lost(why) => markdown::plain(why, columns, Role::Text),
            Face::Conflict(None) => {
                let text = "The card was taken out of its deck while you changed it. Keep yours, and it is added again; take \
                            theirs, and it is gone.";
                markdown::plain(&Safe::from(text), columns, Role::Text)
            }
            Face::Conflict(Some(theirs)) => {
                let text = "The card was changed in its file while you changed it here. Nothing is written yet. This is what the file says now:";
                let mut rows = markdown::plain(&Safe::from(text), columns, Role::Warn);
                rows.push(Row::new());
                rows.extend(preview(theirs, columns));
                rows
            }
        }
    }

    pub(super) fn draw_form(&self, canvas: &mut Canvas, desk: &Desk) {
        let (columns, rows) = (canvas.columns(), canvas.rows());
        let width = EditScreen::columns(desk);
        let page = Page::of(
            &self.form,
            &self.decks.get(self.deck).map_or_else(Safe::default, |(_, title)| title.clone()),
            width,
        );
        let foot = if rows > ROOMY { 3 } else { 1 };
        let top = above(rows);
        let height = rows.saturating_sub(top + foot).max(1);
        let cursor = self.cursor(desk);
        let first = page.first(cursor, height);
        let mut part = canvas.part(0, top, width + 1, height);
        for (line, row) in page.rows.iter().skip(first).take(height).enumerate() {
            part.row(line, 1, row);
        }
        if first > 0 {
            part.right(0, 0, &Row::of(Role::Accent, "↑"));
        }
        if first + height < page.rows.len() {
            part.right(height.saturating_sub(1), 0, &Row::of(Role::Accent, "↓"));
        }
        let mut below = canvas.part(0, rows.saturating_sub(foot), width + 1, foot);
        if foot > 1 {
            below.row(1, 3, &self.name().fit(width.saturating_sub(4)));
        }
        below.row(foot - 1, 3, &self.check.row().fit(width.saturating_sub(4)));
        if columns >= WIDE {
            let room = columns - width - 4;
            let mut beside = canvas.part(width + 1, 0, columns - width - 1, rows);
            for line in 0..rows {
                beside.row(line, 0, &Row::of(Role::Rule, "│"));
            }
            Scroll::default().draw(
                &preview(&self.form.card(), room - 1),
                0,
                &mut beside.part(2, top, room, rows - top),
            );
        }
    }

    /// The line of its field that the cursor stands in.
    pub(super) fn cursor(&self, desk: &Desk) -> usize {
        let columns = self.width(desk);
        let form = &self.form;
        let field = match form.spot {
            Spot::Deck | Spot::Level => return 0,
            Spot::Question => &form.question,
            Spot::Answer => &form.answer,
            Spot::Point(place, part) => {
                let Some(point) = form.points.get(place) else { return 0 };
                match part {
                    form::Part::Text => &point.text,
                    form::Part::Accept => &point.accept,
                    form::Part::Probe => &point.probe,
                }
            }
            Spot::Tags => &form.tags,
            Spot::Sources => &form.sources,
            Spot::Note => &form.note,
        };
        field.cursor_line(columns)
    }

    /// What is said of the id.
    pub(super) fn name(&self) -> Row {
        let id = self.form.card().id;
        let words = match (&self.key, self.form.question.is_blank(), self.form.checked()) {
            (Some(_), _, Some(day)) if self.is_changed() => {
                safe!(" stays when you reword: history is kept · checked {day}: still true?")
            }
            (Some(_), ..) => Safe::from(" stays when you reword: history is kept"),
            (None, true, _) => return Row::new(),
            (None, false, _) => Safe::from(" is proposed as its id, which never changes later"),
        };
        Row::of(Role::Code, safe!("{id}")).and(Role::Quiet, words)
    }
}

/// A card as it is studied, with its points.
fn preview(card: &Card, columns: usize) -> Vec<Row> {
    if card.prompt().is_empty() && card.model_answer().is_empty() {
        return markdown::plain(&Safe::from("The card is shown here as it is studied."), columns, Role::Quiet);
    }
    let mut rows = markdown::rows(&card.prompt(), columns, Role::Question);
    rows.push(Row::new());
    rows.extend(markdown::rows(&card.model_answer(), columns, Role::Text));
    let Kind::Recall(recall) = &card.kind else { return rows };
    if !recall.points.is_empty() {
        rows.push(Row::new());
        rows.push(Row::of(Role::Accent, "Points"));
        let list: String = recall.points.iter().map(|point| format!("- {}\n", point.text.line())).collect();
        rows.extend(markdown::rows(&Safe::new(&list), columns, Role::Text));
    }
    if let Some(note) = &card.note {
        rows.extend([Row::new(), Row::of(Role::Accent, "Worth knowing")]);
        rows.extend(markdown::rows(note, columns, Role::Text));
    }
    rows
}

pub(super) fn above(rows: usize) -> usize {
    usize::from(rows > ROOMY)
}

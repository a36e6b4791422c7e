//! One answer of a finished mock: the learner's words with the evidence, the points, and the model answer.

use super::{MockScreen, minutes};
use crate::interview::{Credit, Told};
use crate::review::Mark;
use crate::safe;
use crate::text::Safe;
use crate::tui::event::Desk;
use crate::tui::paint::Row;
use crate::tui::theme::Role;
use crate::tui::widget::markdown;
use crate::tui::widget::marks::{self, Line};

impl MockScreen {
    /// One answer: the learner's words with the evidence, the points, what was asked next, the model answer.
    pub(super) fn answer(&self, told: &Told, columns: usize, desk: &Desk) -> Vec<Row> {
        let mut rows = markdown::plain(&told.question, columns, Role::Question);
        rows.push(verdict_line(told).fit(columns));
        rows.extend([Row::new(), Row::of(Role::Accent, "Your answer")]);
        let quotes: Vec<_> = told
            .points
            .iter()
            .filter(|point| point.marked.counting() != Mark::Missed)
            .filter_map(|point| point.quote.clone())
            .collect();
        match () {
            () if told.is_skipped => rows.push(Row::of(Role::Quiet, "skipped")),
            () if self.sitting.wishes.is_spoken => rows.push(Row::of(Role::Quiet, "said aloud")),
            () if told.text.is_empty() => rows.push(Row::of(Role::Quiet, "nothing was written")),
            () => rows.extend(marks::evidence(&told.text, &quotes, columns, !desk.has_color)),
        }
        rows.extend([Row::new(), Row::of(Role::Accent, "The points")]);
        for (number, point) in told.points.iter().enumerate() {
            let quote = point.quote.as_ref().and_then(|quote| told.text.as_str().get(quote.clone())).map(Safe::new);
            let number = (number < 10).then_some((number + 1) % 10);
            rows.extend(marks::rows(&[Line { number, text: &point.text, mark: &point.marked, quote }], columns));
            if matches!(point.credit, Credit::Prompted | Credit::Hinted) {
                rows.push(Row::new().gap(6).and(Role::Quiet, safe!("said {}", point.credit.word())));
            }
        }
        for wrong in &told.wrong {
            let lead = if wrong.is_sure { "You said" } else { "Did you mean" };
            rows.push(Row::new());
            rows.extend(markdown::plain(&safe!("{lead} “{}”? {}", wrong.quote, wrong.correction), columns, Role::Warn));
        }
        for (question, said) in &told.probes {
            rows.extend([Row::new()]);
            rows.extend(markdown::plain(&safe!("Asked: {question}"), columns, Role::Accent));
            let said = if said.is_empty() { Safe::from("no answer") } else { said.clone() };
            rows.extend(markdown::plain(&said, columns, Role::Text));
        }
        if let Some(card) = self.card(&told.card) {
            rows.extend([Row::new(), Row::of(Role::Accent, "Model answer")]);
            rows.extend(markdown::rows(&card.model_answer(), columns, Role::Text));
        }
        rows
    }
}

fn verdict_line(told: &Told) -> Row {
    let sure = told.confidence.map_or_else(|| Safe::from("-"), |sure| safe!("{}", sure.number()));
    let said = safe!("sure {sure} · said {:.0} · {}", 100.0 * told.said, minutes(told.took));
    let row = Row::of(Role::Quiet, said).and(Role::Quiet, safe!(" · grade {}", told.grade));
    if told.is_sure_but_missed() { row.and(Role::Warn, " · sure, but missed") } else { row }
}

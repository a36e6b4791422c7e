//! What is seen while an answer is typed, rated, and marked.

use super::super::page;
use super::{Claim, Face, Typing};
use crate::card::Kind;
use crate::grader::Quote;
use crate::review::Mark;
use crate::safe;
use crate::study::Asked;
use crate::text::{Safe, count};
use crate::tui::event::Desk;
use crate::tui::paint::{Canvas, Row};
use crate::tui::theme::Role;
use crate::tui::widget::face;
use crate::tui::widget::markdown;
use crate::tui::widget::marks::{self, Line};
use crate::tui::widget::scenario::{ROOMY, measure};

/// Columns from which on the answer stands beside its marks.
const WIDE: usize = 100;

/// Columns of both together, at most.
const WIDEST: usize = 132;

/// How sure the learner can say to be: the key, the word.
const RATINGS: [(&str, &str); 4] = [("1", "no idea"), ("2", "shaky"), ("3", "fairly"), ("4", "certain")];

/// The rows on which the marks are drawn.
pub fn height(typing: &Typing, rows: usize) -> usize {
    let top = usize::from(rows > ROOMY);
    rows.saturating_sub(top + if typing.is_grading() { if rows > ROOMY { 3 } else { 1 } } else { 0 }).max(1)
}

/// A typed answer as it is drawn.
pub struct Sheet<'a> {
    pub typing: &'a Typing,
    pub desk: &'a Desk<'a>,
}

impl Sheet<'_> {
    pub fn draw(&self, asked: &Asked, canvas: &mut Canvas) {
        let (columns, rows) = (canvas.columns(), canvas.rows());
        let top = usize::from(rows > ROOMY);
        match self.typing.face {
            Face::Writing if self.typing.pad.has_gaps() => return self.draw_gaps(canvas),
            Face::Writing => return self.draw_field(canvas),
            Face::Rating => return self.draw_rating(canvas),
            Face::Marks | Face::Grading | Face::Model => {}
        }
        let height = height(self.typing, rows);
        self.typing.scroll.draw(&self.rows(), 3, &mut canvas.part(0, top, columns, height));
        if self.typing.is_grading() {
            page::draw_grades(asked, canvas, self.desk);
        }
    }

    fn draw_field(&self, canvas: &mut Canvas) {
        let (columns, rows) = (measure(canvas.columns()), canvas.rows());
        let (is_roomy, field) = (rows > ROOMY, &self.typing.pad.field);
        let top = usize::from(is_roomy);
        let question = face::asked(&self.typing.card, columns);
        let shown = question.len().min(rows / 3).max(1);
        for (line, row) in question.iter().take(shown).enumerate() {
            canvas.row(top + line, 3, row);
        }
        let first_row = top + shown + 1;
        let height = rows.saturating_sub(first_row + if is_roomy { 2 } else { 1 }).max(1);
        let lines = field.rows(columns);
        let first = field.cursor_line(columns).saturating_sub(height - 1);
        for (line, row) in lines.iter().skip(first).take(height).enumerate() {
            canvas.row(first_row + line, 3, row);
        }
        if first > 0 {
            canvas.right(first_row, 1, &Row::of(Role::Accent, "↑"));
        }
        if first + height < lines.len() {
            canvas.right(first_row + height - 1, 1, &Row::of(Role::Accent, "↓"));
        }
        canvas.row(rows.saturating_sub(1), 3, &self.state().fit(columns));
    }

    /// How much is written, and whether it is kept.
    pub fn state(&self) -> Row {
        let text = self.typing.pad.text();
        let words = text.as_str().split_whitespace().count();
        if words == 0 {
            let words = match self.typing.card.kind {
                Kind::Recall(_) | Kind::Choice(_) => "Say it in your own words, as you would in the interview.",
                Kind::Cloze(_) => "Fill the gaps one after the other.",
                Kind::Code(_) => "Write it as you would type it. Layout and the order of flags do not count.",
            };
            return Row::of(Role::Quiet, words);
        }
        let kept = if self.typing.is_kept { " · draft kept" } else { "" };
        Row::of(Role::Quiet, count(words as u64, "word", "words")).and(Role::Quiet, kept)
    }

    fn draw_rating(&self, canvas: &mut Canvas) {
        let (columns, rows) = (measure(canvas.columns()), canvas.rows());
        let is_roomy = rows > ROOMY;
        let top = usize::from(is_roomy);
        let mut shown = face::asked(&self.typing.card, columns);
        shown.push(Row::new());
        shown.extend(marks::evidence(&self.typing.text, &[], columns, false));
        let height = rows.saturating_sub(top + if is_roomy { 5 } else { 2 });
        let first = shown.len().saturating_sub(height);
        for (line, row) in shown.iter().skip(first).take(height).enumerate() {
            canvas.row(top + line, 3, row);
        }
        let below = if is_roomy { rows - 4 } else { rows.saturating_sub(2) };
        canvas.row(below, 3, &Row::of(Role::Accent, "How sure are you that you said it all?").fit(columns));
        let mut keys = Row::new();
        for (key, word) in RATINGS {
            let gap = match (keys.is_empty(), columns > 60) {
                (true, _) => 0,
                (false, true) => 4,
                (false, false) => 1,
            };
            keys = keys.gap(gap).and(Role::Key, key).gap(1).and(Role::Text, word);
        }
        canvas.row(below + if is_roomy { 2 } else { 1 }, 3, &keys.fit(columns + 2));
        if is_roomy {
            let why = "Decide before you see the marks: stats shows how well you judge yourself.";
            canvas.row(rows - 1, 3, &Row::of(Role::Quiet, why).fit(columns));
        }
    }

    /// Marks, or the model answer.
    pub fn rows(&self) -> Vec<Row> {
        let columns = self.desk.size.0.saturating_sub(6);
        let is_wide = self.desk.size.0 >= WIDE;
        let narrow = measure(self.desk.size.0);
        if let Some(rows) = self.exact(narrow) {
            return rows;
        }
        let mut rows = face::asked(&self.typing.card, narrow);
        rows.push(Row::new());
        if self.typing.face == Face::Model {
            rows.extend([Row::of(Role::Accent, "Model answer")]);
            rows.extend(page::answer(&self.typing.card, narrow, self.desk));
        } else if self.typing.verdict.is_none() {
            rows.push(Row::of(Role::Quiet, "marking …"));
        } else if self.typing.marks.is_empty() {
            rows.extend(self.unmarked(narrow));
        } else if is_wide {
            rows.extend(self.beside(columns.min(WIDEST)));
        } else {
            rows.extend(self.below(narrow));
        }
        rows
    }

    /// A card without points: the learner compares.
    fn unmarked(&self, columns: usize) -> Vec<Row> {
        let mut rows = self.answer(columns);
        rows.push(Row::new());
        let words =
            "This card names no key points, so there is nothing to mark your answer against. Compare, and grade it:";
        rows.extend(markdown::plain(&Safe::from(words), columns, Role::Accent));
        rows.extend(page::answer(&self.typing.card, columns, self.desk));
        rows
    }

    /// All in one column.
    fn below(&self, columns: usize) -> Vec<Row> {
        let mut rows = self.answer(columns);
        rows.push(Row::new());
        rows.extend(self.head(columns));
        rows.extend(self.points(columns));
        rows.extend(self.beyond(columns));
        rows
    }

    /// The answer at the left, its marks at the right.
    fn beside(&self, columns: usize) -> Vec<Row> {
        let left_columns = (columns - 3) / 2;
        let mut left = self.answer(left_columns - 1);
        left.extend(self.beyond(left_columns - 1));
        let right_columns = columns - left_columns - 3;
        let mut right = self.head(right_columns);
        right.extend(self.points(right_columns));
        let rows = left.len().max(right.len());
        left.resize(rows, Row::new());
        right.resize(rows, Row::new());
        let joined = |(left, right): (Row, Row)| {
            let padded = if left.is_empty() { Row::new().gap(left_columns) } else { left.to(left_columns) };
            let ruled = padded.and(Role::Rule, "│").gap(2);
            Row(ruled.0.into_iter().chain(right.0).collect())
        };
        left.into_iter().zip(right).map(joined).collect()
    }

    /// The learner's words with the evidence marked in them.
    fn answer(&self, columns: usize) -> Vec<Row> {
        let verdict = self.typing.verdict.as_ref();
        let points = verdict.into_iter().flat_map(|verdict| verdict.points.iter().zip(&self.typing.marks));
        let said = points.filter(|(_, mark)| mark.counting() != Mark::Missed);
        let claims = self.typing.claims.iter().map(|claim| &claim.suspicion.quote);
        let quotes = said.filter_map(|(finding, _)| finding.quote.as_ref()).chain(claims);
        let ranges: Vec<_> = quotes.map(|quote| quote.range.clone()).collect();
        let mut rows = vec![Row::of(Role::Accent, "Your answer")];
        rows.extend(marks::evidence(&self.typing.text, &ranges, columns, !self.desk.has_color));
        rows
    }

    /// How many points were said, and the grade that follows.
    pub fn head(&self, columns: usize) -> Vec<Row> {
        let said = Row::of(Role::Title, self.typing.reason());
        let Some(grade) = self.typing.suggested() else { return vec![said] };
        let suggestion = Row::of(Role::Quiet, "suggested: ").and(page::role(grade), grade.word());
        let unsure = self.typing.marks.iter().filter(|mark| !mark.is_decided()).count();
        let mut rows = if said.columns() + suggestion.columns() + 2 <= columns {
            let start = columns - suggestion.columns();
            vec![Row(said.to(start).0.into_iter().chain(suggestion.0).collect())]
        } else {
            vec![said, suggestion]
        };
        if unsure > 0 {
            let marks = count(unsure as u64, "mark is", "marks are");
            let words = safe!("{marks} not sure: press the number if you said it, twice if not.");
            rows.extend(markdown::plain(&words, columns, Role::Warn));
        }
        rows.push(Row::new());
        rows
    }

    fn points(&self, columns: usize) -> Vec<Row> {
        let verdict = self.typing.verdict.as_ref();
        let findings = verdict.map_or(&[][..], |verdict| &verdict.points);
        let all = self.typing.points.iter().zip(&self.typing.marks).zip(findings).enumerate();
        let line = |(place, ((point, mark), finding)): (usize, _)| -> Line<'_> {
            let finding: &crate::grader::Finding = finding;
            let point: &crate::card::Point = point;
            let quote = finding.quote.as_ref().map(|quote| self.quoted(quote));
            Line { number: Some(place + 1), text: &point.text, mark, quote }
        };
        marks::rows(&all.map(line).collect::<Vec<_>>(), columns)
    }

    fn quoted(&self, quote: &Quote) -> Safe {
        Safe::new(self.typing.text.as_str().get(quote.range.clone()).unwrap_or_default()).line()
    }

    /// What stands beyond the points: wrong claims, the question on what was missed, how sure the learner was.
    fn beyond(&self, columns: usize) -> Vec<Row> {
        let mut rows = Vec::new();
        for (place, claim) in self.typing.claims.iter().enumerate() {
            rows.push(Row::new());
            rows.extend(self.claim(self.typing.marks.len() + place + 1, claim, columns));
        }
        if let Some(probe) = self.typing.probe.and_then(|place| self.typing.probes().nth(place)) {
            rows.extend([Row::new(), Row::of(Role::Accent, "Probe")]);
            rows.extend(markdown::rows(probe, columns, Role::Question));
        }
        if let (Some(confidence), Some(coverage)) = (self.typing.confidence, self.typing.coverage()) {
            let got = (coverage * 100.0).round();
            let words = safe!("You thought you had {} of 100. It was {got}.", confidence.number());
            rows.push(Row::new());
            rows.extend(markdown::plain(&words, columns, Role::Quiet));
        }
        rows
    }

    fn claim(&self, number: usize, claim: &Claim, columns: usize) -> Vec<Row> {
        let quote = self.quoted(&claim.suspicion.quote);
        let what = claim.what.text.line();
        let (role, sign, words) = match (claim.stands, claim.suspicion.is_sure) {
            (true, _) => (Role::Bad, "✗", safe!("You also said “{quote}”.")),
            (false, false) => (Role::Warn, "~", safe!("Did you mean: {what}? You said “{quote}”.")),
            (false, true) => (Role::Quiet, "∙", safe!("Not what you meant by “{quote}”.")),
        };
        let mut rows = markdown::plain(&words, columns.saturating_sub(6), Role::Text);
        let correction = claim.what.correction.as_ref().filter(|_| claim.stands);
        if let Some(correction) = correction {
            rows.extend(markdown::rows(correction, columns.saturating_sub(6), Role::Strong));
        } else if claim.stands {
            let words = safe!("That is a common mistake: {what}");
            rows.extend(markdown::plain(&words, columns.saturating_sub(6), Role::Strong));
        }
        let lead = Row::of(Role::Key, safe!("{number:>2}")).gap(1).and(role, sign).gap(2);
        let place = |(at, row): (usize, Row)| {
            let lead = if at == 0 { lead.clone() } else { Row::new().gap(6) };
            Row(lead.0.into_iter().chain(row.0).collect())
        };
        rows.into_iter().enumerate().map(place).collect()
    }
}

//! The card on the table: what is written on it, and the four grades below.

use crate::card::{Card, Id, Kind};
use crate::review::Grade;
use crate::safe;
use crate::study::{Asked, Candidate};
use crate::text::{Safe, count};
use crate::tui::event::Desk;
use crate::tui::paint::{Canvas, Row};
use crate::tui::theme::Role;
use crate::tui::widget::face;
use crate::tui::widget::markdown;
use crate::tui::widget::scenario;
use crate::tui::widget::when;

/// Columns that are comfortable to read.
const MEASURE: usize = 84;

/// Columns of one grade.
const GRADE: usize = 16;

/// Rows from which on there is room for air.
const ROOMY: usize = 12;

/// Rows above the card.
pub fn above(rows: usize) -> usize {
    usize::from(rows > ROOMY)
}

/// Rows that the card has; the grades take the others.
pub fn height(rows: usize) -> usize {
    rows.saturating_sub(if rows > ROOMY { 4 } else { 1 })
}

fn measure(desk: &Desk) -> usize {
    desk.size.0.saturating_sub(6).min(MEASURE)
}

/// The card as far as it is revealed.
pub fn rows(card: &Card, asked: &Asked, desk: &Desk) -> Vec<Row> {
    let columns = measure(desk);
    let mut rows = Vec::new();
    if desk.size.1 > ROOMY {
        rows.push(about(card, &asked.candidate, columns, desk));
        rows.push(Row::new());
    }
    // A cloze that is revealed repeats all that was asked.
    if !(asked.is_revealed && matches!(card.kind, Kind::Cloze(_))) {
        rows.extend(face::asked(card, columns));
        rows.push(Row::new());
    }
    if asked.is_revealed {
        rows.extend(answer(card, columns, desk));
    } else if desk.size.1 > ROOMY {
        let words = match card.kind {
            Kind::Recall(_) => "Say it out loud first, then look. Or press t and type it.",
            Kind::Choice(_) => "Say it out loud first, then look.",
            Kind::Cloze(_) => "Fill the gaps in your head, then look. Or press t and type them.",
            Kind::Code(_) => "Write it in your head first, then look. Or press t and type it.",
        };
        rows.push(Row::of(Role::Quiet, words));
    }
    while rows.last().is_some_and(Row::is_empty) {
        rows.pop();
    }
    rows
}

/// Tags and level at the left, the past at the right.
fn about(card: &Card, candidate: &Candidate, columns: usize, desk: &Desk) -> Row {
    let memory = &candidate.memory;
    let mut words: Vec<String> = card.tags.iter().take(3).map(|tag| tag.line().to_string()).collect();
    words.extend(card.level.map(|level| level.to_string()));
    let past = match (memory.reviews, memory.last_day) {
        (0, _) | (_, None) => Safe::from("new"),
        (1, Some(day)) => safe!("seen once · {}", when::ago(day, desk.now.day)),
        (times, Some(day)) => safe!("seen {times} times · last {}", when::ago(day, desk.now.day)),
    };
    let past = match (&candidate.point, memory.reviews) {
        (None, _) => past,
        (Some(_), 0) => Safe::from("missed in a mock"),
        (Some(_), _) => safe!("missed in a mock · {past}"),
    };
    let past = if memory.leech { safe!("leech, {} · {past}", count(memory.lapses, "lapse", "lapses")) } else { past };
    let room = columns.saturating_sub(past.as_str().len() + 2);
    let left = Row::of(Role::Quiet, safe!("{}", words.join(" · "))).fit(room);
    let start = columns.saturating_sub(crate::text::width::columns(past.as_str()));
    left.to(start).and(if memory.leech { Role::Warn } else { Role::Quiet }, past)
}

/// A scenario with its verdict.
pub fn scenario(card: &Card, picked: Option<&Id>, desk: &Desk) -> Vec<Row> {
    let columns = measure(desk);
    let (Kind::Choice(choice), Some(picked)) = (&card.kind, picked) else { return Vec::new() };
    let mut rows = scenario::verdict(choice, picked, columns, desk);
    if let Some(detail) = &choice.detail {
        rows.extend([Row::new(), Row::of(Role::Accent, "In practice")]);
        rows.extend(markdown::rows(detail, columns, Role::Text));
    }
    rows.extend(beside(card, columns));
    rows
}

/// The answer with all that surrounds it.
pub fn answer(card: &Card, columns: usize, desk: &Desk) -> Vec<Row> {
    let mut rows = face::answer(card, columns, !desk.has_color);
    rows.extend(beside(card, columns));
    rows
}

/// What surrounds an answer.
fn beside(card: &Card, columns: usize) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut part = |title: &'static str, body: Vec<Row>| {
        if !body.is_empty() {
            rows.extend([Row::new(), Row::of(Role::Accent, title)]);
            rows.extend(body);
        }
    };
    if let Some(note) = &card.note {
        part("Worth knowing", markdown::rows(note, columns, Role::Text));
    }
    let next = card.follow_ups.iter().map(|question| safe!("- {}", question.line()).to_string()).collect::<Vec<_>>();
    part("What is asked next", markdown::rows(&Safe::new(&next.join("\n")), columns, Role::Text));
    let sources = card.sources.iter().flat_map(|source| markdown::plain(&source.line(), columns, Role::Quiet));
    part("Sources", sources.collect());
    if let Some(day) = card.checked {
        rows.push(Row::of(Role::Quiet, safe!("checked {day}")));
    }
    rows
}

/// What is shown instead of a card that cannot be read.
pub fn lost(why: &Safe, desk: &Desk) -> Vec<Row> {
    let mut rows = vec![Row::of(Role::Warn, "This card cannot be shown."), Row::new()];
    rows.extend(markdown::plain(why, measure(desk), Role::Text));
    rows
}

/// The four grades with the time each would bring; where rows are scarce, the keys and the times alone.
pub fn draw_grades(asked: &Asked, canvas: &mut Canvas, desk: &Desk) {
    let candidate = &asked.candidate;
    let outlooks = desk.workspace.scheduler.preview(&candidate.key(), &candidate.memory, desk.now);
    let rows = canvas.rows();
    let width = width(canvas.columns());
    for (place, (grade, memory)) in Grade::ALL.into_iter().zip(outlooks).enumerate() {
        let column = 3 + place * width;
        let number = Row::of(Role::Key, safe!("{}", grade.number())).gap(1);
        if rows > ROOMY {
            canvas.row(rows - 2, column, &number.and(role(grade), grade.word()));
            canvas.row(rows - 1, column, &Row::of(Role::Quiet, when::until(&memory.due(), desk.now)));
        } else {
            canvas.row(rows - 1, column, &number.and(role(grade), when::until_short(&memory.due(), desk.now)));
        }
    }
}

/// The grade drawn at a cell.
pub fn grade_at(column: usize, row: usize, desk: &Desk) -> Option<Grade> {
    let (columns, rows) = desk.size;
    let grades = if rows > ROOMY { 2 } else { 1 };
    let is_on_grades = row + grades >= rows && column >= 3;
    is_on_grades.then(|| Grade::ALL.get((column - 3) / width(columns)).copied()).flatten()
}

fn width(columns: usize) -> usize {
    (columns.saturating_sub(4) / 4).min(GRADE)
}

pub fn role(grade: Grade) -> Role {
    match grade {
        Grade::Again => Role::Bad,
        Grade::Hard => Role::Warn,
        Grade::Good => Role::Good,
        Grade::Easy => Role::Accent,
    }
}

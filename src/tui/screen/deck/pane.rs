//! One card beside the list, or in the place of it: what it asks, its points, and how it is remembered.

use crate::card::{Card, Key, Kind};
use crate::interview::Credit;
use crate::safe;
use crate::scheduler::{Memory, State};
use crate::text::{Safe, count};
use crate::tui::event::Desk;
use crate::tui::paint::Row;
use crate::tui::theme::Role;
use crate::tui::widget::{markdown, when};

/// What is worth seeing of a card at a glance.
pub fn rows(key: &Key, card: &Card, columns: usize, desk: &Desk) -> Vec<Row> {
    let mut rows = vec![about(card), Row::new()];
    rows.extend(markdown::rows(&card.prompt(), columns, Role::Question));
    rows.push(Row::new());
    let points = points(key, card, columns, desk);
    if points.is_empty() {
        rows.extend(markdown::rows(&card.model_answer(), columns, Role::Text).into_iter().take(8));
    } else {
        rows.extend(points);
    }
    rows.push(Row::new());
    rows.extend(past(&desk.workspace.memory(key), columns, desk));
    rows
}

/// The whole card.
pub fn whole(key: &Key, card: &Card, columns: usize, desk: &Desk) -> Vec<Row> {
    let mut rows = vec![about(card), Row::new()];
    rows.extend(markdown::rows(&card.prompt(), columns, Role::Question));
    rows.push(Row::new());
    rows.extend(markdown::rows(&card.model_answer(), columns, Role::Text));
    let points = points(key, card, columns, desk);
    if !points.is_empty() {
        rows.push(Row::new());
        rows.extend(points);
    }
    if let Some(note) = &card.note {
        rows.extend([Row::new(), Row::of(Role::Accent, "Worth knowing")]);
        rows.extend(markdown::rows(note, columns, Role::Text));
    }
    if !card.sources.is_empty() {
        rows.extend([Row::new(), Row::of(Role::Accent, "Sources")]);
        rows.extend(card.sources.iter().flat_map(|source| markdown::plain(&source.line(), columns, Role::Quiet)));
    }
    rows.push(Row::new());
    rows.extend(past(&desk.workspace.memory(key), columns, desk));
    rows
}

fn about(card: &Card) -> Row {
    let mut words = vec![card.id.to_string()];
    words.extend(card.level.map(|level| level.to_string()));
    words.extend(card.tags.iter().map(|tag| tag.line().to_string()));
    Row::of(Role::Quiet, safe!("{}", words.join(" · ")))
}

/// The points, each with what was said of it in the last mock, if the card was asked in one.
fn points(key: &Key, card: &Card, columns: usize, desk: &Desk) -> Vec<Row> {
    let Kind::Recall(recall) = &card.kind else { return Vec::new() };
    if recall.points.is_empty() {
        return Vec::new();
    }
    let mocked = desk.workspace.memories.mocks().iter().rev().find(|mocked| mocked.card == *key);
    let said =
        |id| mocked.and_then(|mocked| mocked.points.iter().find(|(point, _)| point == id)).map(|(_, said)| *said);
    let head = count(recall.points.len() as u64, "point", "points");
    let mut rows = vec![match mocked {
        Some(mocked) => {
            Row::of(Role::Accent, head).and(Role::Quiet, safe!(" · said {}", when::ago(mocked.day, desk.now.day)))
        }
        None => Row::of(Role::Accent, head),
    }];
    for point in &recall.points {
        let sign = match said(&point.id) {
            None => Row::of(Role::Quiet, "▫"),
            Some(Credit::Said) => Row::of(Role::Good, "✓"),
            Some(Credit::Missed) => Row::of(Role::Bad, "✗"),
            Some(Credit::Partial | Credit::Prompted | Credit::Hinted | Credit::Undecided) => Row::of(Role::Warn, "~"),
        };
        let weight = if point.weight == 3 { Role::Strong } else { Role::Text };
        for (at, row) in markdown::plain(&point.text.line(), columns.saturating_sub(2), weight).into_iter().enumerate()
        {
            let mut lead = if at == 0 { sign.clone().gap(1) } else { Row::new().gap(2) };
            lead.0.extend(row.0);
            rows.push(lead);
        }
    }
    rows
}

/// What is remembered of a card.
fn past(memory: &Memory, columns: usize, desk: &Desk) -> Vec<Row> {
    if memory.state == State::New {
        return vec![Row::of(Role::Quiet, if memory.suspended { "new · paused" } else { "new: not asked yet" })];
    }
    let next = match memory.due() {
        _ if memory.suspended => Safe::from("paused"),
        _ if memory.is_due(&desk.now) => Safe::from("now"),
        due => safe!("in {}", when::until(&due, desk.now)),
    };
    let reviews = count(memory.reviews, "review", "reviews");
    let lapses = count(memory.lapses, "lapse", "lapses");
    markdown::plain(
        &safe!("{reviews} · {lapses} · stability {} · next {next}", span(memory.stability)),
        columns,
        Role::Quiet,
    )
}

/// A stability in days as people say it.
fn span(days: f32) -> Safe {
    match days {
        ..0.95 => Safe::from("under a day"),
        ..9.95 => safe!("{:.1} days", days),
        ..60.0 => safe!("{:.0} days", days),
        ..365.0 => safe!("{:.1} months", days / 30.4),
        _ => safe!("{:.1} years", days / 365.25),
    }
}

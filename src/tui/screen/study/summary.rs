//! The end of a sitting: what was done, what to look at again, what comes next.

use jiff::Span;

use crate::card::Id;
use crate::review::Grade;
use crate::safe;
use crate::scheduler::{Due, State};
use crate::study::Study;
use crate::text::{Safe, count};
use crate::tui::event::Desk;
use crate::tui::paint::{Canvas, Row};
use crate::tui::theme::Role;
use crate::tui::widget::scroll::Scroll;
use crate::tui::widget::when;

/// The column in which values begin.
const VALUE: usize = 14;

/// Days that are searched for the next cards.
const LOOK_AHEAD: usize = 366;

/// Missed cards that are listed.
const LISTED: usize = 5;

pub fn draw(study: &Study, decks: &[Id], canvas: &mut Canvas, desk: &Desk) {
    let columns = canvas.columns().saturating_sub(6);
    let mut rows = if study.answers().is_empty() { nothing(decks, desk) } else { done(study, desk) };
    rows.extend(missed(study, columns, desk));
    rows.extend(tomorrow(study, desk));
    Scroll::default().draw(&rows, 3, &mut canvas.part(0, 1, columns + 6, canvas.rows().saturating_sub(1)));
}

fn nothing(decks: &[Id], desk: &Desk) -> Vec<Row> {
    let shelves = desk.workspace.library.decks().iter().filter(|shelf| decks.is_empty() || decks.contains(&shelf.id));
    let standings: Vec<_> = shelves.map(|shelf| desk.workspace.standing(shelf, desk.now)).collect();
    let new: usize = standings.iter().map(|standing| standing.new).sum();
    let next = standings.iter().filter_map(|standing| standing.next).min();
    let first = match next {
        Some(day) => safe!("Nothing is due until {}.", when::on(day, desk.now.day)),
        None => Safe::from("Nothing is due."),
    };
    let second = match new {
        0 => Safe::from("Every card has been seen. A rest day is fine."),
        new => safe!("{} still new. n asks up to ten of them today.", count(new as u64, "card is", "cards are")),
    };
    vec![Row::of(Role::Title, first), Row::new(), Row::of(Role::Text, second)]
}

fn done(study: &Study, desk: &Desk) -> Vec<Row> {
    let summary = study.summary();
    let cards = if summary.cards == 1 { Safe::from("One card") } else { safe!("{} cards", summary.cards) };
    let answers =
        if summary.answers == summary.cards { Safe::default() } else { safe!(", {} answers", summary.answers) };
    let time = if summary.took < 1000 { Safe::default() } else { safe!(" in {}", when::passed(summary.took)) };
    let head = safe!("{cards}{answers}{time}.");
    let mut rows = vec![Row::of(Role::Title, head), Row::new()];
    if let Some(share) = (100 * summary.recalled).checked_div(summary.tested) {
        let target = (desk.workspace.scheduler.policy().retention * 100.0).round();
        let value = Row::of(Role::Quiet, "  recalled")
            .to(VALUE)
            .and(Role::Text, safe!("{} of {}", summary.recalled, summary.tested));
        rows.push(value.and(Role::Quiet, safe!("   {share} %   (your target {target} %)")));
    }
    let learnt = study.answers().iter().filter(|answer| answer.before == State::New && answer.point.is_none()).count();
    if learnt > 0 {
        let words = if learnt == 1 { Safe::from("one card") } else { safe!("{learnt} cards") };
        rows.push(Row::of(Role::Quiet, "  first seen").to(VALUE).and(Role::Text, words));
    }
    rows
}

fn missed(study: &Study, columns: usize, desk: &Desk) -> Vec<Row> {
    let missed = study.summary().missed;
    if missed.is_empty() {
        return Vec::new();
    }
    let mut rows = vec![Row::new(), Row::of(Role::Accent, "Worth another look")];
    for (card, grade) in missed.iter().take(LISTED) {
        let (role, word) = if *grade == Grade::Again { (Role::Bad, "missed") } else { (Role::Warn, "hard") };
        let head = desk.headline(card);
        let room = columns.saturating_sub(12);
        rows.push(Row::new().gap(2).and(Role::Text, head).fit(room).to(room + 2).and(role, word));
    }
    if missed.len() > LISTED {
        rows.push(Row::of(Role::Quiet, safe!("  and {} more", missed.len() - LISTED)));
    }
    rows
}

fn tomorrow(study: &Study, desk: &Desk) -> Vec<Row> {
    let mut rows = vec![Row::new()];
    if let Some(end) = study.next_step() {
        let wait = when::until(&Due::At(end), desk.now);
        rows.push(Row::of(Role::Text, safe!("A card you are learning comes back in {wait}.")));
    }
    let forecast = desk.workspace.forecast(desk.now.day, LOOK_AHEAD);
    let next = forecast.iter().enumerate().skip(1).find(|(_, due)| **due > 0);
    let words = match next {
        None => Safe::from("Nothing else is due so far."),
        Some((days, due)) => {
            let day =
                desk.now.day.saturating_add(days.try_into().map_or(Span::new(), |days: i64| Span::new().days(days)));
            let day = when::on(day, desk.now.day);
            let work = when::work(*due as f64 * f64::from(desk.workspace.memories.pace()));
            safe!("Next: {} {day}, about {work}.", count(*due as u64, "card", "cards"))
        }
    };
    rows.push(Row::of(Role::Text, words));
    rows
}

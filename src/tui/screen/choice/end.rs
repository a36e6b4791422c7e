//! The end of a round: accuracy, label by label, what was mixed up, what was missed, what comes back when.

use jiff::civil::Date;

use crate::card::{Exercise, Key};
use crate::choice::{Answer, Round, Summary, coach};
use crate::safe;
use crate::scheduler::Due;
use crate::text::{Safe, width};
use crate::tui::event::Desk;
use crate::tui::paint::Row;
use crate::tui::theme::Role;
use crate::tui::widget::bar::bar;
use crate::tui::widget::{markdown, when};
use crate::workspace::Scenarios;

pub fn rows(round: &Round, scenarios: &Scenarios, is_rapid: bool, columns: usize, desk: &Desk) -> Vec<Row> {
    let summary = round.summary();
    if summary.answers == 0 {
        return nothing(columns);
    }
    let mut rows = vec![Row::of(Role::Title, head(&summary, is_rapid)), Row::new()];
    rows.extend(labels(&summary, &scenarios.exercise, columns));
    if let Some((one, other, times)) = &summary.confused {
        let name = |label| coach::name(&scenarios.exercise, label);
        let times = match times {
            1 => Safe::from("once"),
            2 => Safe::from("twice"),
            many => safe!("{many} times"),
        };
        rows.push(Row::new());
        let words = safe!("Taken for each other {times}: {} and {}.", name(one), name(other));
        rows.extend(markdown::plain(&words, columns, Role::Text));
    }
    rows.extend(missed(round, &summary, scenarios, columns));
    rows.push(Row::new());
    rows.extend(markdown::plain(&coming_back(round, desk), columns, Role::Text));
    rows
}

fn nothing(columns: usize) -> Vec<Row> {
    let words = "No scenario is left to ask: all are suspended or put off until tomorrow, or this level has none.";
    let mut rows = vec![Row::of(Role::Title, "Nothing was asked."), Row::new()];
    rows.extend(markdown::plain(&Safe::from(words), columns, Role::Text));
    rows
}

fn head(summary: &Summary, is_rapid: bool) -> Safe {
    let Summary { answers, right, took, .. } = summary;
    let all = safe!("{right} of {answers} right");
    let each = *took as f64 / 1000.0 / *answers as f64;
    match (*took, is_rapid) {
        (0..1000, _) => safe!("{all}."),
        (_, true) => safe!("{all} in {}, {each:.1} s each.", when::passed(*took)),
        (_, false) => safe!("{all} in {}.", when::passed(*took)),
    }
}

fn labels(summary: &Summary, exercise: &Exercise, columns: usize) -> Vec<Row> {
    let in_order = exercise.labels.iter().filter_map(|label| {
        let share = summary.labels.iter().find(|share| share.label == label.id)?;
        Some((label.name.clone(), share))
    });
    let shares: Vec<_> = in_order.collect();
    let widest = shares.iter().map(|(name, _)| width::columns(name.as_str())).max().unwrap_or(0);
    let name_columns = widest.min(columns.saturating_sub(24));
    let row = |(name, share): (Safe, &crate::choice::Share)| {
        let part = share.right as f32 / share.asked as f32;
        let name = safe!("{}", width::fit(name.as_str(), name_columns));
        let mut row = Row::new().gap(2).and(Role::Text, name).to(name_columns + 4);
        row.0.extend(bar(part, 10).0);
        row.gap(2).and(Role::Quiet, safe!("{} of {}", share.right, share.asked))
    };
    shares.into_iter().map(row).collect()
}

fn missed(round: &Round, summary: &Summary, scenarios: &Scenarios, columns: usize) -> Vec<Row> {
    if summary.missed.is_empty() {
        return Vec::new();
    }
    let mut rows = vec![Row::new(), Row::of(Role::Accent, "Worth another look")];
    for key in &summary.missed {
        let first = |answer: &&Answer| answer.card == *key && !answer.is_right;
        let Some(answer) = round.answers().iter().find(first) else { continue };
        let Some((_, choice)) = scenarios.choices().find(|(known, _)| *known == key) else { continue };
        let text = choice.scenario.line();
        rows.push(Row::new().gap(2).and(Role::Text, text).fit(columns));
        rows.push(Row::new().gap(4).and(Role::Bad, coach::brief(choice, &answer.picked)).fit(columns));
    }
    rows
}

/// `Back: 2 in 10 min, 5 tomorrow, 1 on Tue 24 Nov.`
fn coming_back(round: &Round, desk: &Desk) -> Safe {
    let mut seen: Vec<&Key> = Vec::new();
    let mut groups: Vec<(Date, i64, Safe, usize)> = Vec::new();
    for answer in round.answers() {
        if seen.contains(&&answer.card) {
            continue;
        }
        seen.push(&answer.card);
        let memory = desk.workspace.memory(&answer.card);
        let due = memory.due();
        let (day, step, words) = match due {
            _ if memory.suspended => continue,
            Due::Anytime => continue,
            Due::At(end) => (desk.now.day, 0, safe!("in {}", when::until(&Due::At(end), desk.now))),
            Due::On(day) => (day, 1, when::on(day, desk.now.day)),
        };
        match groups.iter_mut().find(|(.., known, _)| *known == words) {
            Some((.., number)) => *number += 1,
            None => groups.push((day, step, words, 1)),
        }
    }
    groups.sort_by_key(|(day, step, ..)| (*day, *step));
    let parts: Vec<String> = groups.iter().map(|(.., words, number)| format!("{number} {words}")).collect();
    match parts.as_slice() {
        [] => Safe::from("Nothing of it comes back so far."),
        [one] => safe!("{} back {}.", count_back(seen.len()), one.split_once(' ').map_or("", |(_, words)| words)),
        many => safe!("Back: {}.", many.join(", ")),
    }
}

fn count_back(number: usize) -> Safe {
    match number {
        1 => Safe::from("It comes"),
        _ => Safe::from("They come"),
    }
}

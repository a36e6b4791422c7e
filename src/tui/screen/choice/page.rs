//! What is read after a pick: the verdict with all that belongs to it, the near twin, the policies.

use crate::card::{Card, Choice, Id, Kind};
use crate::choice::coach::{self, Reason};
use crate::choice::{View, differences};
use crate::safe;
use crate::text::Safe;
use crate::tui::event::Desk;
use crate::tui::paint::Row;
use crate::tui::theme::Role;
use crate::tui::widget::{markdown, scenario};

/// What a pick is shown with.
pub struct Verdict<'a> {
    pub card: &'a Card,
    pub choice: &'a Choice,
    pub picked: &'a Id,
    /// The reason that was typed, and what it comes to.
    pub reason: Option<(Safe, Reason)>,
    /// What the model makes of the scenario, and whether labels for experts are shown.
    pub view: Option<&'a View>,
    pub is_expert: bool,
    /// How far the model can be trusted.
    pub modesty: Option<Safe>,
}

pub fn verdict(verdict: &Verdict, columns: usize, desk: &Desk) -> Vec<Row> {
    let Verdict { card, choice, picked, reason, view, is_expert, modesty } = verdict;
    let mut rows = scenario::verdict(choice, picked, columns, desk);
    if let Some((why, judged)) = reason {
        rows.push(Row::new());
        rows.extend(markdown::plain(&safe!("You said why: “{why}”"), columns, Role::Quiet));
        let role = if judged.is_good() { Role::Good } else { Role::Warn };
        rows.extend(markdown::plain(&judged.words(choice), columns, role));
    }
    if let Some(view) = view {
        rows.push(Row::new());
        rows.push(Row::of(Role::Quiet, "The model's view; the label of the deck decides"));
        rows.extend(scenario::view(view, &choice.exercise, *is_expert, columns));
        let modesty = modesty.iter().flat_map(|words| markdown::plain(words, columns, Role::Quiet));
        rows.extend(modesty);
    }
    if let Some(source) = card.sources.first() {
        let checked = card.checked.map_or_else(Safe::default, |day| safe!(" · checked {day}"));
        rows.push(Row::new());
        rows.extend(markdown::plain(&safe!("{}{checked}", source.line()), columns, Role::Quiet));
    }
    rows
}

/// A scenario and its near twin, each with what the other does not say.
pub fn twin(choice: &Choice, twin: &Choice, columns: usize, desk: &Desk) -> Vec<Row> {
    let mut rows = Vec::new();
    for (head, one, other) in [("This one", choice, twin), ("Its near twin", twin, choice)] {
        if !rows.is_empty() {
            rows.push(Row::new());
        }
        rows.push(Row::of(Role::Quiet, head).gap(2).and(Role::Accent, one.right_names()));
        let marks = differences(one.scenario.as_str(), other.scenario.as_str());
        rows.extend(markdown::marked(&one.scenario, columns, Role::Text, &marks, !desk.has_color));
        if let Some(why) = &one.why {
            rows.extend(markdown::rows(why, columns, Role::Quiet));
        }
    }
    rows.push(Row::new());
    rows.extend(markdown::plain(&Safe::from("Marked: what the other one does not say."), columns, Role::Quiet));
    rows
}

/// Whether there is anything more to read about a scenario.
pub fn has_detail(card: &Card) -> bool {
    let Kind::Choice(choice) = &card.kind else { return false };
    let is_told = choice.exercise.labels.iter().any(|label| label.about.is_some());
    choice.detail.is_some() || is_told || card.note.is_some() || card.sources.len() > 1
}

/// The detail of a scenario, what its labels mean, the right ones first, and where it can be read up.
pub fn detail(card: &Card, choice: &Choice, columns: usize) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut part = |title: Safe, body: Vec<Row>| {
        if !body.is_empty() {
            if !rows.is_empty() {
                rows.push(Row::new());
            }
            rows.push(Row::of(Role::Title, title));
            rows.extend(body);
        }
    };
    if let Some(detail) = &choice.detail {
        part(Safe::from("In practice"), markdown::rows(detail, columns, Role::Text));
    }
    let (right, others): (Vec<_>, Vec<_>) = choice.exercise.labels.iter().partition(|label| choice.is_right(&label.id));
    for label in right.into_iter().chain(others) {
        let about = label.about.as_ref().map_or_else(Vec::new, |about| markdown::rows(about, columns, Role::Text));
        part(label.name.clone(), about);
    }
    if let Some(note) = &card.note {
        part(Safe::from("Worth knowing"), markdown::rows(note, columns, Role::Text));
    }
    let sources = card.sources.iter().flat_map(|source| markdown::plain(&source.line(), columns, Role::Quiet));
    part(Safe::from("Sources"), sources.collect());
    rows
}

/// How the scenario before went, for a drill.
pub fn mark(choice: &Choice, picked: &Id) -> Row {
    let (mark, role) = if choice.is_right(picked) { ("✓ ", Role::Good) } else { ("✗ ", Role::Bad) };
    Row::of(role, mark).and(role, coach::brief(choice, picked))
}

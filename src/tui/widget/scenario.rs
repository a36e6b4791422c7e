//! A scenario on the table: its text, the labels that can be picked, and the verdict.

use crate::card::{Choice, Exercise, Id, Label};
use crate::choice::{View, coach};
use crate::safe;
use crate::text::{Safe, width};
use crate::tui::event::Desk;
use crate::tui::keys::{Chord, Hint, letter};
use crate::tui::paint::{Canvas, Row};
use crate::tui::theme::Role;
use crate::tui::widget::bar::bar;
use crate::tui::widget::markdown;
use crate::tui::widget::scroll::Scroll;

/// Columns that are comfortable to read.
const MEASURE: usize = 84;

/// Rows from which on there is room for air.
pub const ROOMY: usize = 12;

/// Labels that may stand one below the other.
const MOST_BELOW: usize = 8;

const ORDINALS: [&str; 9] = [
    "pick the first label",
    "pick the second label",
    "pick the third label",
    "pick the fourth label",
    "pick the fifth label",
    "pick the sixth label",
    "pick the seventh label",
    "pick the eighth label",
    "pick the ninth label",
];

/// A label as it can be picked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pick {
    pub label: Id,
    name: Safe,
    /// None for the tenth label without a key of its own: arrows and clicks pick it.
    key: Option<char>,
    expert: bool,
}

impl Pick {
    pub fn name(&self) -> &Safe {
        &self.name
    }

    /// The key as it is shown; a space for a label without one.
    pub fn key_name(&self) -> Safe {
        self.key.map_or_else(|| Safe::from(" "), |key| safe!("{key}"))
    }
}

/// The labels of an exercise that are shown, each with the key that picks it.
pub fn picks(exercise: &Exercise, expert: bool) -> Vec<Pick> {
    let is_free = |key: &char| Label::can_have(*key);
    let own: Vec<char> = exercise.labels.iter().filter_map(|label| label.key).filter(is_free).collect();
    let mut digits = ('1'..='9').filter(|digit| !own.contains(digit));
    let shown = exercise.labels.iter().filter(|label| expert || !label.expert);
    shown
        .map(|label| Pick {
            label: label.id.clone(),
            name: label.name.clone(),
            key: label.key.filter(is_free).or_else(|| digits.next()),
            expert: label.expert,
        })
        .collect()
}

/// The label that a key picks, by its place.
pub fn find(picks: &[Pick], chord: Chord) -> Option<usize> {
    let typed = chord.typed()?;
    picks.iter().position(|pick| pick.key == Some(typed))
}

/// The label that is chosen when one goes `by` labels on; the first, or the last, if none was.
pub fn step(chosen: Option<usize>, by: isize, labels: usize) -> Option<usize> {
    let last = labels.checked_sub(1)?;
    Some(match chosen {
        None if by > 0 => 0,
        None => last,
        Some(place) => place.saturating_add_signed(by).min(last),
    })
}

/// The keys of the labels, for the help page.
pub fn hints(picks: &[Pick]) -> impl Iterator<Item = Hint> + '_ {
    let keyed = picks.iter().zip(ORDINALS);
    keyed.filter_map(|(pick, help)| Some(Hint { keys: letter(pick.key?)?, word: "", help }))
}

/// Columns for text in a canvas.
pub fn measure(columns: usize) -> usize {
    columns.saturating_sub(6).min(MEASURE)
}

/// A scenario that is asked.
pub struct Question<'a> {
    pub choice: &'a Choice,
    pub picks: &'a [Pick],
    /// The label that enter picks.
    pub chosen: Option<usize>,
    /// Whether the exercise's question stands below the scenario.
    pub has_prompt: bool,
    /// What stands above the scenario, such as how the one before went.
    pub head: Option<Row>,
    /// What stands below the labels where there is room.
    pub foot: Vec<Row>,
}

/// Where the parts of a question lie, in rows.
struct Place {
    text: usize,
    height: usize,
    labels: usize,
}

impl Question<'_> {
    fn rows(&self, columns: usize) -> Vec<Row> {
        let columns = measure(columns);
        let mut rows = markdown::rows(&self.choice.scenario, columns, Role::Question);
        if self.has_prompt {
            rows.push(Row::new());
            rows.extend(markdown::plain(&self.choice.exercise.prompt, columns, Role::Accent));
        }
        rows
    }

    fn place(&self, (columns, rows): (usize, usize)) -> Place {
        let is_roomy = rows > ROOMY;
        let text = if self.head.is_some() { 1 + usize::from(is_roomy) } else { usize::from(is_roomy) };
        let gap = usize::from(is_roomy);
        let below = self.label_rows(columns, rows) + if self.foot.is_empty() { 0 } else { self.foot.len() + gap };
        let height = rows.saturating_sub(text + below + gap).max(1);
        Place { text, height, labels: text + height.min(self.rows(columns).len()) + gap }
    }

    fn label_rows(&self, columns: usize, rows: usize) -> usize {
        cells(self.picks, columns, rows).last().map_or(0, |cell| cell.row + 1)
    }

    pub fn draw(&self, scroll: Scroll, canvas: &mut Canvas) {
        let (columns, rows) = (canvas.columns(), canvas.rows());
        let place = self.place((columns, rows));
        if let Some(head) = &self.head {
            canvas.row(0, 3, head);
        }
        scroll.draw(&self.rows(columns), 3, &mut canvas.part(0, place.text, columns, place.height));
        for (number, (cell, pick)) in cells(self.picks, columns, rows).iter().zip(self.picks).enumerate() {
            let is_chosen = self.chosen == Some(number);
            let mark = if is_chosen { "❯ " } else { "  " };
            let name = if is_chosen { Role::Chosen } else { Role::Text };
            let row = Row::of(Role::Accent, mark).and(Role::Key, pick.key_name()).gap(2).and(name, &pick.name);
            canvas.row(place.labels + cell.row, cell.column, &row.fit(cell.columns));
            if let Some(column) = cell.note.filter(|_| pick.expert) {
                canvas.row(place.labels + cell.row, column, &Row::of(Role::Quiet, "expert level"));
            }
        }
        let below = place.labels + self.label_rows(columns, rows) + usize::from(rows > ROOMY);
        for (line, row) in self.foot.iter().enumerate() {
            canvas.row(below + line, 3, row);
        }
    }

    /// The label drawn at a cell, by its place.
    pub fn label_at(&self, column: usize, row: usize, size: (usize, usize)) -> Option<usize> {
        let row = row.checked_sub(self.place(size).labels)?;
        let holds = |cell: &Cell| cell.row == row && (cell.column..cell.column + cell.columns).contains(&column);
        cells(self.picks, size.0, size.1).iter().position(holds)
    }

    /// Rows of text, and rows of them that are in sight.
    pub fn window(&self, size: (usize, usize)) -> (usize, usize) {
        (self.rows(size.0).len(), self.place(size).height)
    }
}

/// Where a label is drawn, counted from the first one.
struct Cell {
    row: usize,
    column: usize,
    columns: usize,
    /// The column in which its level is told.
    note: Option<usize>,
}

/// One below the other where there is room, else one after the other.
fn cells(picks: &[Pick], columns: usize, rows: usize) -> Vec<Cell> {
    let widths: Vec<usize> = picks.iter().map(|pick| 5 + width::columns(pick.name.as_str())).collect();
    if rows > ROOMY && picks.len() <= MOST_BELOW {
        let note = 8 + widths.iter().max().map_or(0, |widest| widest + 3);
        let note = Some(note).filter(|note| note + 13 <= columns);
        let cell = |(row, width): (usize, &usize)| Cell {
            row,
            column: 5,
            columns: (*width).min(columns.saturating_sub(6)),
            note,
        };
        return widths.iter().enumerate().map(cell).collect();
    }
    let (mut row, mut column) = (0, 1);
    let mut cells = Vec::new();
    for width in widths {
        let width = width.min(columns.saturating_sub(2));
        if column > 1 && column + width > columns.saturating_sub(1) {
            (row, column) = (row + 1, 1);
        }
        cells.push(Cell { row, column, columns: width, note: None });
        column += width + 1;
    }
    cells
}

/// The scenario with the words that decide marked.
pub fn marked(choice: &Choice, columns: usize, desk: &Desk) -> Vec<Row> {
    markdown::marked(&choice.scenario, columns, Role::Text, &choice.evidence_ranges(), !desk.has_color)
}

/// The verdict on a pick: the scenario with its evidence, what is right and why, the facts, and what would flip it.
pub fn verdict(choice: &Choice, picked: &Id, columns: usize, desk: &Desk) -> Vec<Row> {
    let mut rows = marked(choice, columns, desk);
    rows.push(Row::new());
    let (mark, role) = if choice.is_right(picked) { ("✓ ", Role::Good) } else { ("✗ ", Role::Bad) };
    let said = coach::verdict(choice, picked);
    let lines = markdown::plain(&said, columns.saturating_sub(2), role);
    rows.extend(lines.into_iter().enumerate().map(|(line, row)| {
        let mut whole = if line == 0 { Row::of(role, mark) } else { Row::new().gap(2) };
        whole.0.extend(row.0);
        whole
    }));
    if let Some(why) = &choice.why {
        rows.extend(markdown::rows(why, columns, Role::Text));
    }
    rows.extend(facts(choice, columns));
    if let Some(flip) = &choice.flip {
        rows.push(Row::new());
        rows.extend(markdown::rows(&safe!("**What would flip it:** {flip}"), columns, Role::Text));
    }
    rows
}

/// What a model makes of a text: the probability of each label that is shown, and at its own one whether it is sure.
pub fn view(view: &View, exercise: &Exercise, expert: bool, columns: usize) -> Vec<Row> {
    let shown = exercise.labels.iter().zip(&view.probabilities).filter(|(label, _)| expert || !label.expert);
    let shown: Vec<_> = shown.collect();
    let widest = shown.iter().map(|(label, _)| width::columns(label.name.as_str())).max().unwrap_or(0);
    let name_columns = widest.min(columns.saturating_sub(20));
    let cells = if columns >= name_columns + 32 { 20 } else { 10 };
    let own = view.leaning(exercise);
    let row = |(label, probability): &(&Label, &f64)| {
        let name = safe!("{}", width::fit(label.name.as_str(), name_columns));
        let mut row = Row::new().gap(2).and(Role::Text, name).to(name_columns + 4);
        // What rounds to nothing is shown as nothing.
        let share = if **probability < 0.005 { 0.0 } else { **probability as f32 };
        row.0.extend(bar(share, cells).0);
        let row = row.gap(2).and(Role::Quiet, safe!("{probability:.2}"));
        match own == Some(&label.id) {
            true => row.and(Role::Quiet, if view.is_sure { "   sure" } else { "   not sure" }),
            false => row,
        }
    };
    shown.iter().map(row).collect()
}

/// `Who calls: your code` in two columns.
fn facts(choice: &Choice, columns: usize) -> Vec<Row> {
    let split = |fact: &Safe| match fact.as_str().split_once(": ") {
        Some((head, rest)) if head.len() <= 16 => (Safe::new(head), Safe::new(rest)),
        _ => (Safe::default(), fact.clone()),
    };
    let facts: Vec<(Safe, Safe)> = choice.facts.iter().map(split).collect();
    let head = facts.iter().map(|(head, _)| width::columns(head.as_str())).max().map_or(0, |widest| widest + 2);
    let mut rows: Vec<Row> = if facts.is_empty() { Vec::new() } else { vec![Row::new()] };
    for (name, fact) in facts {
        let lines = markdown::rows(&fact, columns.saturating_sub(head + 2), Role::Text);
        for (line, row) in lines.into_iter().enumerate() {
            let mut whole = if line == 0 { Row::new().gap(2).and(Role::Quiet, &name) } else { Row::new() };
            whole = whole.to(head + 2);
            whole.0.extend(row.0);
            rows.push(whole);
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::card::Kind;
    use crate::deck::parse;

    fn exercise(labels: &str) -> Exercise {
        let text = format!(
            "format = 1\nid = \"d\"\ntitle = \"D\"\n[[exercise]]\nid = \"e\"\nprompt = \"Which?\"\nlabels = [{labels}]\n\
             [[scenario]]\nid = \"s\"\nexercise = \"e\"\ntext = \"T\"\nright = [\"a\"]\n"
        );
        match parse(&text).deck.expect("a deck").cards.remove(0).kind {
            Kind::Choice(choice) => (*choice.exercise).clone(),
            Kind::Recall(_) | Kind::Cloze(_) | Kind::Code(_) => panic!("another kind"),
        }
    }

    #[test]
    fn a_label_without_a_key_or_with_one_that_is_taken_gets_a_digit() {
        let labels = "{ id = \"a\", name = \"A\", key = \"t\" }, { id = \"b\", name = \"B\", key = \"u\" }, \
                      { id = \"c\", name = \"C\" }, { id = \"x\", name = \"X\", key = \"1\", expert = true }";
        let keys = |expert| picks(&exercise(labels), expert).iter().map(|pick| pick.key).collect::<Vec<_>>();
        assert_eq!(keys(true), [Some('t'), Some('2'), Some('3'), Some('1')]);
        assert_eq!(keys(false), [Some('t'), Some('2'), Some('3')], "a key does not depend on the level");
    }

    #[test]
    fn a_view_shows_the_labels_of_the_level_and_whether_it_is_sure() {
        let exercise = exercise("{ id = \"a\", name = \"One\" }, { id = \"b\", name = \"Three\", expert = true }");
        let seen = View { label: Some(0), is_sure: false, probabilities: vec![0.75, 0.25], evidence: Vec::new() };
        let shown = |expert| view(&seen, &exercise, expert, 60).iter().map(Row::text).collect::<Vec<_>>();
        assert_eq!(shown(false), ["  One  ▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▫▫▫▫▫  0.75   not sure"]);
        assert_eq!(shown(true)[1], "  Three  ▪▪▪▪▪▫▫▫▫▫▫▫▫▫▫▫▫▫▫▫  0.25");
    }

    #[test]
    fn labels_stand_one_after_the_other_where_rows_are_scarce() {
        let labels = (0..12).map(|at| format!("{{ id = \"a{at}\", name = \"Label {at}\" }},")).collect::<String>();
        let picks = picks(&exercise(&labels.replacen("a0", "a", 1)), true);
        for (columns, rows) in [(40, 10), (80, 19), (0, 0), (9, 2)] {
            let cells = cells(&picks, columns, rows);
            assert_eq!(cells.len(), 12);
            assert!(cells.windows(2).all(|two| (two[0].row, two[0].column) < (two[1].row, two[1].column)));
        }
    }
}

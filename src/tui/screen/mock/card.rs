//! The scorecard: what was said against what was expected, each answer with its evidence, and the interviews before.

use super::{Face, MockScreen, Record, minutes};
use crate::interview::{Credit, PointTold, Report, Score, Told};
use crate::review::{Grade, Mark};
use crate::safe;
use crate::text::{Safe, count, width};
use crate::tui::event::Desk;
use crate::tui::paint::Row;
use crate::tui::theme::Role;
use crate::tui::widget::bar::bar;
use crate::tui::widget::markdown;
use crate::tui::widget::marks::{self, Line};
use crate::tui::widget::scenario::measure;
use crate::workspace::Past;

/// Interviews from which on a trend is drawn.
const TREND: usize = 3;

/// Columns of a table on the scorecard, at most.
const WIDEST: usize = 100;

/// Columns from which on there is a table.
const TABLE: usize = 66;

/// What 0 to 4 of the structure mean.
const STRUCTURE: [&str; 5] = [
    "a list of words",
    "parts without order",
    "order, and no summary",
    "the answer first, then parts",
    "the answer first, parts, an example",
];

impl MockScreen {
    /// What is read behind the end, from the first row to the last.
    pub fn read_rows(&self, desk: &Desk) -> Vec<Row> {
        let columns = measure(desk.size.0);
        match (self.face, &self.report) {
            (Face::Trend, _) => trend(&desk.workspace.past_mocks(), self.record == Record::Done, columns),
            (Face::Walk(at), Some(report)) => {
                let place = report.by_worth().get(at).copied();
                place.map_or_else(Vec::new, |place| self.answer(&report.questions[place], columns, desk))
            }
            (Face::Score, Some(report)) => self.score(report, desk.size.0.saturating_sub(6).min(WIDEST), columns),
            _ => Vec::new(),
        }
    }

    fn score(&self, report: &Report, wide: usize, columns: usize) -> Vec<Row> {
        if report.questions.is_empty() {
            let words = "Nothing was handed in, so there is nothing to score. That is fine; it can begin anew.";
            return markdown::plain(&Safe::from(words), columns, Role::Text);
        }
        let mut rows = self.headline(report, wide);
        rows.push(Row::new());
        rows.extend(table(report, wide));
        rows.push(Row::new());
        rows.extend(report.score.map(|score| parts(&score, report.is_spoken, wide)).unwrap_or_default());
        rows.push(Row::new());
        rows.extend(self.next(report).iter().flat_map(|words| markdown::plain(words, columns, Role::Accent)));
        let sentence = |title: &'static str, words: Option<Safe>| {
            let lines = words.map(|words| markdown::plain(&words, columns.saturating_sub(11), Role::Text));
            let lead = move |at: usize| if at == 0 { Row::of(Role::Accent, title).to(11) } else { Row::new().gap(11) };
            lines
                .unwrap_or_default()
                .into_iter()
                .enumerate()
                .map(move |(at, row)| joined(lead(at), row))
                .collect::<Vec<_>>()
        };
        let quoted = report.good().map(|words| safe!("“{words}”"));
        rows.push(Row::new());
        rows.extend(sentence("Good", quoted));
        rows.extend(sentence("To change", report.change()));
        rows
    }

    fn headline(&self, report: &Report, columns: usize) -> Vec<Row> {
        let said = Row::of(Role::Title, safe!("said {:.0} % of the points", 100.0 * report.said()));
        let expected = match &report.calibration {
            Some(found) => Row::of(Role::Text, safe!("you expected {:.0}", 100.0 * found.expected)),
            None => Row::of(Role::Quiet, "you did not say what you expected"),
        };
        let wrong = Row::of(
            if report.wrong() > 0 { Role::Warn } else { Role::Quiet },
            safe!("wrong claims {}", report.wrong()),
        );
        let time = safe!("{} of {}:00", minutes(report.took), report.length.minutes());
        let parts = [said, expected, wrong, Row::of(Role::Quiet, time)];
        let mut rows = vec![Row::new()];
        for part in parts {
            let last = rows.last_mut().expect("one row at least");
            if last.is_empty() {
                *last = part;
            } else if last.columns() + part.columns() + 3 <= columns {
                *last = joined(std::mem::take(last).gap(3), part);
            } else {
                rows.push(part);
            }
        }
        if let Some(found) = &report.calibration {
            let gap = (100.0 * found.gap()).round() as i64;
            let words = match gap {
                -5..=5 => Safe::from("You judged yourself well."),
                6.. => safe!("You expected {gap} more than you said without help."),
                _ => safe!("You know more than you think: {} more than you expected.", -gap),
            };
            rows.extend(markdown::plain(&words, columns, Role::Quiet));
        }
        if report.is_spoken {
            rows.push(Row::of(Role::Quiet, "Said aloud: you marked yourself.").fit(columns));
        }
        rows
    }

    /// What happens next.
    fn next(&self, report: &Report) -> Vec<Safe> {
        let again = report.questions.iter().filter(|told| !told.is_skipped && told.grade == Grade::Again).count();
        let kept = report.questions.iter().filter(|told| !told.is_skipped).count();
        let kept = count(kept as u64, "review", "reviews");
        match self.record {
            Record::Open | Record::Going { .. } => {
                let unsure = report.questions.iter().flat_map(|told| &told.points);
                let unsure = unsure.filter(|point| point.credit == Credit::Undecided).count();
                let mut words = Vec::new();
                if unsure > 0 {
                    let marks = count(unsure as u64, "mark ~ is not sure and counts", "marks ~ are not sure and count");
                    words.push(safe!("{marks} as missed until you decide: enter shows them, their number flips them."));
                }
                words.push(safe!("Not on record yet. s tells the schedule: {kept}, {again} to see again soon."));
                words
            }
            Record::Done => {
                vec![safe!("On record: {kept}, {again} to see again soon. u takes the whole interview back.")]
            }
            Record::Withdrawn => {
                vec![Safe::from("Taken back: nothing of this interview counts. ctrl-r brings answers back.")]
            }
        }
    }

    /// One answer: the learner's words with the evidence, the points, what was asked next, the model answer.
    fn answer(&self, told: &Told, columns: usize, desk: &Desk) -> Vec<Row> {
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

fn joined(left: Row, right: Row) -> Row {
    Row(left.0.into_iter().chain(right.0).collect())
}

fn verdict_line(told: &Told) -> Row {
    let sure = told.confidence.map_or_else(|| Safe::from("-"), |sure| safe!("{}", sure.number()));
    let said = safe!("sure {sure} · said {:.0} · {}", 100.0 * told.said, minutes(told.took));
    let row = Row::of(Role::Quiet, said).and(Role::Quiet, safe!(" · grade {}", told.grade));
    if told.is_sure_but_missed() { row.and(Role::Warn, " · sure, but missed") } else { row }
}

/// The sign of a point, a column each.
fn strip(points: &[PointTold]) -> Row {
    let sign = |point: &PointTold| match point.credit {
        Credit::Said => (Role::Good, "✓"),
        Credit::Partial | Credit::Undecided | Credit::Hinted => (Role::Warn, "~"),
        Credit::Prompted => (Role::Warn, "✗"),
        Credit::Missed => (Role::Bad, "✗"),
    };
    points.iter().map(sign).fold(Row::new(), |row, (role, sign)| row.and(role, sign))
}

/// A line for each question, those that were sure and missed first.
fn table(report: &Report, columns: usize) -> Vec<Row> {
    let is_wide = columns >= TABLE;
    let signs = report.questions.iter().map(|told| told.points.len()).max().unwrap_or(0).max(6);
    let room = if is_wide { columns.saturating_sub(signs + 37) } else { columns.saturating_sub(signs + 6) };
    let mut rows = Vec::new();
    if is_wide {
        let head = Row::of(Role::Quiet, "question").to(room + 2).and(Role::Quiet, "points").to(room + 4 + signs);
        rows.push(head.and(Role::Quiet, "said  sure  after"));
    }
    for place in report.by_worth() {
        let told = &report.questions[place];
        let question = Row::of(Role::Text, told.question.clone()).fit(room);
        let percent = |share: f64| safe!("{:>4.0}", 100.0 * share);
        let mut row =
            joined(question.to(room + 2), strip(&told.points)).to(room + 4 + signs).and(Role::Text, percent(told.said));
        if is_wide {
            let sure = told.confidence.map_or_else(|| Safe::from("   -"), |sure| safe!("{:>4}", sure.number()));
            let after = if told.probes.is_empty() { Safe::from("   -") } else { percent(told.coverage) };
            row = row.gap(2).and(Role::Text, sure).gap(3).and(Role::Text, after);
            let flag = match () {
                () if told.is_skipped => Some((Role::Quiet, "skipped")),
                () if told.is_sure_but_missed() => Some((Role::Warn, "sure, missed")),
                () => None,
            };
            row = flag.map_or(row.clone(), |(role, words)| row.gap(3).and(role, words));
        }
        rows.push(row);
        if !is_wide && told.is_sure_but_missed() {
            rows.push(Row::new().gap(2).and(Role::Warn, "sure, but missed"));
        }
    }
    rows
}

fn parts(score: &Score, is_spoken: bool, columns: usize) -> Vec<Row> {
    let total =
        Row::of(Role::Title, safe!("Score {:.0}", score.total())).and(Role::Quiet, safe!(" of {}", score.best()));
    let structure = score
        .structure
        .map_or_else(|| Safe::from("structure ?/10"), |band| safe!("structure {}/10", 2.5 * f64::from(band)));
    let own = if is_spoken { " by yourself" } else { "" };
    let details = safe!(
        "coverage{own} {:.0}/60  accuracy {:.0}/20  {structure}  pace {}/10",
        60.0 * score.coverage,
        5.0 * score.accuracy,
        2.5 * f64::from(score.pace)
    );
    let mut rows = if total.columns() + 3 + width::columns(details.as_str()) <= columns {
        vec![total.gap(3).and(Role::Quiet, details)]
    } else {
        std::iter::once(total).chain(markdown::plain(&details, columns, Role::Quiet)).collect()
    };
    let words = match score.structure {
        Some(band) => safe!("Structure, as you see it: {}.", STRUCTURE[usize::from(band.min(4))]),
        None => safe!("Structure is yours to judge: 0 {} … 4 {}.", STRUCTURE[0], STRUCTURE[4]),
    };
    rows.extend(markdown::plain(&words, columns, Role::Quiet));
    rows
}

/// The interviews of the past, a line each; under three there is no trend.
fn trend(past: &[Past], is_recorded: bool, columns: usize) -> Vec<Row> {
    let mut rows = Vec::new();
    if past.len() < TREND {
        let number = ["No interview is", "One interview is", "Two interviews are"][past.len()];
        let words = safe!("{number} on record. A trend is drawn from the third on: fewer say nothing.");
        rows.extend(markdown::plain(&words, columns, Role::Text));
    } else {
        let is_wide = columns >= TABLE;
        rows.push(
            Row::of(Role::Quiet, "day")
                .to(10)
                .and(Role::Quiet, "points said")
                .to(27)
                .and(Role::Quiet, if is_wide { "expected   gap   points a minute" } else { "gap" }),
        );
        for mock in past {
            let said = safe!("{:>4.0}", 100.0 * mock.said);
            let cells = bar(mock.said as f32, 10);
            let row = joined(Row::of(Role::Text, safe!("{}", mock.day.strftime("%-d %b"))).to(10), cells)
                .and(Role::Text, said)
                .to(27);
            let expected = mock.expected.map_or_else(|| Safe::from("       -"), |sure| safe!("{:>8.0}", 100.0 * sure));
            let gap =
                mock.expected.map_or_else(|| Safe::from("    -"), |sure| safe!("{:>+5.0}", 100.0 * (sure - mock.said)));
            rows.push(if is_wide {
                let speed = safe!("{:>15.1}", mock.points_per_minute);
                row.and(Role::Text, expected).gap(1).and(Role::Text, gap).gap(3).and(Role::Quiet, speed)
            } else {
                row.and(Role::Text, gap)
            });
        }
        rows.push(Row::new());
        rows.push(
            Row::of(Role::Quiet, safe!("The last {} interviews. The gap is expected less said.", past.len()))
                .fit(columns),
        );
    }
    if !is_recorded {
        rows.extend([Row::new(), Row::of(Role::Quiet, "This one joins them when it is on record.").fit(columns)]);
    }
    rows
}

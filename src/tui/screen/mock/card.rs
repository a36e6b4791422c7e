//! The scorecard: what was said against what was expected, question by question, and what comes next.

use super::page::above;
use super::{Face, MockScreen, Record, minutes};
use crate::interview::{Credit, PointTold, Report, Score};
use crate::review::Grade;
use crate::safe;
use crate::text::{Safe, count, width};
use crate::tui::event::Desk;
use crate::tui::paint::Row;
use crate::tui::theme::Role;
use crate::tui::widget::markdown;
use crate::tui::widget::scenario::measure;

/// Columns of a table on the scorecard, at most.
const WIDEST: usize = 100;

/// Columns from which on there is a table.
pub(super) const TABLE: usize = 66;

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
            (Face::Trend, report) => self.trend(report.as_ref(), columns, desk),
            (Face::Walk(at), Some(report)) => {
                let place = report.by_worth().get(at).copied();
                match place {
                    Some(place) => self.answer(&report.questions[place], columns, desk),
                    None => vec![Row::of(Role::Quiet, "Nothing was handed in.")],
                }
            }
            (Face::Score, Some(report)) => self.score(report, desk.size.0.saturating_sub(6).min(WIDEST), columns, desk),
            _ => Vec::new(),
        }
    }

    fn score(&self, report: &Report, wide: usize, columns: usize, desk: &Desk) -> Vec<Row> {
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
        rows.extend(self.next(report).iter().flat_map(|(role, words)| markdown::plain(words, columns, *role)));
        let readiness = self.readiness(report, desk);
        rows.extend(readiness.into_iter().flat_map(|(role, words)| markdown::plain(&words, columns, role)));
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
        if rows.len() > desk.size.1.saturating_sub(above(desk.size.1)) {
            rows.retain(|row| !row.is_empty());
        }
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
        let wanted: usize = parts.iter().map(|part| part.columns() + 3).sum();
        let gap = if wanted <= columns + 3 { 3 } else { 2 };
        let mut rows = vec![Row::new()];
        for part in parts {
            let last = rows.last_mut().expect("one row at least");
            if last.is_empty() {
                *last = part;
            } else if last.columns() + part.columns() + gap <= columns {
                *last = joined(std::mem::take(last).gap(gap), part);
            } else {
                rows.push(part);
            }
        }
        let words: Vec<String> = [margin(report), judged(report)].into_iter().flatten().map(String::from).collect();
        if !words.is_empty() {
            rows.extend(markdown::plain(&safe!("{}", words.join(" ")), columns, Role::Quiet));
        }
        if report.is_spoken {
            rows.push(Row::of(Role::Quiet, "Said aloud: you marked yourself.").fit(columns));
        }
        rows
    }

    /// What happens next.
    fn next(&self, report: &Report) -> Vec<(Role, Safe)> {
        let kept = report.questions.iter().filter(|told| !told.is_skipped);
        let again = kept.clone().filter(|told| told.grade == Grade::Again).count();
        let again = if again > 0 { safe!(", {again} to see again soon") } else { Safe::default() };
        let kept = count(kept.count() as u64, "review", "reviews");
        match self.record {
            Record::Open | Record::Going { .. } => {
                let unsure = report.questions.iter().flat_map(|told| &told.points);
                let unsure = unsure.filter(|point| point.credit == Credit::Undecided).count();
                let mut words = Vec::new();
                if unsure > 0 {
                    let marks = count(unsure as u64, "mark ~ counts", "marks ~ count");
                    let told = safe!("{marks} as missed until you decide: enter, then the number.");
                    words.push((Role::Warn, told));
                }
                words.push((Role::Accent, safe!("Not on record yet; leaving puts it there, or s now: {kept}{again}.")));
                words.extend(joining(report).map(|words| (Role::Text, words)));
                words
            }
            Record::Done => {
                let words = (Role::Accent, safe!("On record: {kept}{again}. u takes it all back."));
                std::iter::once(words).chain(joining(report).map(|words| (Role::Text, words))).collect()
            }
            Record::Withdrawn => {
                vec![(Role::Accent, Safe::from("Taken back: nothing of this interview counts. ctrl-r brings it back."))]
            }
        }
    }
}

/// How far the first number may be off.
fn margin(report: &Report) -> Option<Safe> {
    let margin = (100.0 * report.margin?).round();
    (margin >= 1.0).then(|| safe!("About {margin} either way."))
}

/// What was expected against what was said.
fn judged(report: &Report) -> Option<Safe> {
    let found = report.calibration?;
    let gap = (100.0 * found.gap()).round() as i64;
    if !report.is_settled() {
        return Some(Safe::from("Decide the marks ~ to see how far your expectation was off."));
    }
    Some(match gap {
        -5..=5 => safe!("You judged yourself well (gap {gap:+})."),
        6.. => safe!("You expected {gap} more than you said without help."),
        _ => safe!("You know more than you think: you said {} more than you expected.", -gap),
    })
}

/// The points that come back by themselves.
fn joining(report: &Report) -> Option<Safe> {
    let (joining, waiting) = (report.returning().len(), report.waiting());
    let rest = if waiting > 0 { safe!("; {waiting} more wait") } else { Safe::default() };
    let points = count(joining as u64, "missed point joins", "missed points join");
    (joining > 0).then(|| safe!("{points} your queue as due tomorrow{rest}."))
}

pub(super) fn joined(left: Row, right: Row) -> Row {
    Row(left.0.into_iter().chain(right.0).collect())
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
    let mut rows = if total.columns() + 2 + width::columns(details.as_str()) <= columns {
        vec![total.gap(2).and(Role::Quiet, details)]
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

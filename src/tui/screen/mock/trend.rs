//! The interviews before: those of the same length and level, what they came to, and how well the learner judged them.

use super::card::{TABLE, joined};
use super::{MockScreen, Record};
use crate::interview::{Bucket, Calibration, FEWEST, Mould, Past, Readiness, Report};
use crate::review::Percent;
use crate::safe;
use crate::text::{Safe, count};
use crate::tui::event::Desk;
use crate::tui::paint::Row;
use crate::tui::theme::Role;
use crate::tui::widget::bar::bar;
use crate::tui::widget::markdown;

/// Interviews that are told.
const TOLD: usize = 10;

/// Answers below which nothing is concluded from a confidence.
const FEW: usize = 5;

impl MockScreen {
    /// The interviews of the same length and level, a line each; under three there is no trend.
    pub(super) fn trend(&self, report: Option<&Report>, columns: usize, desk: &Desk) -> Vec<Row> {
        let Some(report) = report else { return Vec::new() };
        let mould = report.mould();
        let alike = alike(desk.workspace.past_mocks(), mould);
        let told = &alike[alike.len().saturating_sub(TOLD)..];
        let mut rows = Vec::new();
        if told.len() < FEWEST {
            let number = ["No interview is", "One interview is", "Two interviews are"][told.len()];
            let words = safe!(
                "{number} on record of {}. A trend is drawn from the third on: fewer say nothing.",
                mould_words(mould)
            );
            rows.extend(markdown::plain(&words, columns, Role::Text));
        } else {
            rows.extend(table(told, columns));
            rows.push(Row::new());
            let words = safe!(
                "n = {}: the last interviews of {}. The gap is what you expected less what you said without help.",
                told.len(),
                mould_words(mould)
            );
            rows.extend(markdown::plain(&words, columns, Role::Quiet));
        }
        if let Some(found) = desk.workspace.mock_calibration(mould, TOLD) {
            rows.push(Row::new());
            rows.extend(judgement(&found, columns));
        }
        if self.record != Record::Done {
            rows.extend([Row::new(), Row::of(Role::Quiet, "This one joins them when it is on record.").fit(columns)]);
        }
        rows
    }

    /// Whether the learner is ready, as far as three interviews tell; this one is among them.
    pub(super) fn readiness(&self, report: &Report, desk: &Desk) -> Option<(Role, Safe)> {
        let mut alike = alike(desk.workspace.past_mocks(), report.mould());
        if !matches!(self.record, Record::Done) {
            alike.push(report.past(desk.now.day));
        }
        match Readiness::of(&alike) {
            _ if self.record == Record::Withdrawn => None,
            Readiness::TooFew => None,
            Readiness::NotYet(why) => Some((Role::Quiet, safe!("Not ready yet: {why}."))),
            Readiness::Ready => {
                Some((Role::Good, Safe::from("Ready: the last three are over 75, well judged, and no topic is weak.")))
            }
        }
    }
}

fn alike(past: Vec<Past>, mould: Mould) -> Vec<Past> {
    past.into_iter().filter(|mock| mock.mould == Some(mould)).collect()
}

fn mould_words(mould: Mould) -> Safe {
    let level = mould.level.map_or_else(|| Safe::from("all levels"), |level| safe!("level up to {level}"));
    let aloud = if mould.is_spoken { ", said aloud" } else { "" };
    safe!("{} min, {level}{aloud}", mould.minutes)
}

fn table(told: &[Past], columns: usize) -> Vec<Row> {
    let is_wide = columns >= TABLE;
    let head = Row::of(Role::Quiet, "day").to(8).and(Role::Quiet, "score").to(25);
    let rest = if is_wide { "said   expected   gap   points a minute" } else { "said   gap" };
    let percent = |share: Option<f64>| share.map_or_else(|| Safe::from("-"), |share| safe!("{:.0}", 100.0 * share));
    let line = |mock: &Past| {
        let cells = bar(mock.score.unwrap_or(0.0) as f32, 10);
        let row = joined(Row::of(Role::Text, safe!("{}", mock.day.strftime("%-d %b"))).to(8), cells);
        let row = row.and(Role::Text, safe!("{:>4}", percent(mock.score))).to(25);
        let row = row.and(Role::Text, safe!("{:>4}", percent(Some(mock.said))));
        let gap = mock.gap.map_or_else(|| Safe::from("-"), |gap| safe!("{:+.0}", 100.0 * gap));
        match is_wide {
            true => row
                .and(Role::Text, safe!("{:>11}", percent(mock.expected)))
                .and(Role::Text, safe!("{gap:>6}"))
                .and(Role::Quiet, safe!("{:>18.1}", mock.points_per_minute)),
            false => row.and(Role::Text, safe!("{gap:>6}")),
        }
    };
    std::iter::once(head.and(Role::Quiet, rest)).chain(told.iter().map(line)).collect()
}

/// How well the learner judged their own answers, in one line and in four rows.
fn judgement(found: &Calibration, columns: usize) -> Vec<Row> {
    let all: usize = found.buckets.iter().map(|bucket| bucket.answers).sum();
    let words = safe!(
        "How well you judge yourself: gap {:+.0}, Brier score {:.2} over {} (0 is best).",
        100.0 * found.gap(),
        found.brier,
        count(all as u64, "answer", "answers")
    );
    let mut rows = markdown::plain(&words, columns, Role::Text);
    for (word, Bucket { answers, expected, said }) in Percent::WORDS.into_iter().zip(found.buckets) {
        let row = Row::new().gap(2).and(Role::Quiet, word).to(12).and(Role::Text, safe!("{answers:>3}")).gap(3);
        rows.push(match answers {
            0 => row,
            1..FEW => row.and(Role::Quiet, "too few to tell"),
            _ => row.and(Role::Text, safe!("expected {:>3.0}   said {:>3.0}", 100.0 * expected, 100.0 * said)),
        });
    }
    rows
}

//! The report for people, in 80 columns.

use super::super::failure::Failure;
use super::super::output::Output;
use super::{Drill, Numbers, Report};
use crate::safe;
use crate::stats::{Calibration, Share};
use crate::text::{Safe, count, width};

const WIDTH: usize = 80;
/// Columns of the name of a deck, of that of a label, and of how many answers of an exercise were right.
const DECK: usize = 39;
const LABEL: usize = 24;
const SUM: usize = 26;
/// Columns for what was picked instead.
const INSTEAD: usize = WIDTH - 2 - LABEL - 15;

pub fn write(report: &Report, output: &mut Output) -> Result<(), Failure> {
    if report.all.tally.reviews == 0 {
        return output.line(&Safe::from("Nothing was reviewed yet. `greenroom study` begins."));
    }
    overview(report, output)?;
    output.line(&Safe::default())?;
    output.line(&safe!("{:<DECK$}{:>8}{:>11}{:>9}{:>7}{:>6}", "Deck", "reviews", "recalled", "time", "days", "due"))?;
    for (name, numbers) in &report.decks {
        let title = name.title.clone().unwrap_or_else(|| safe!("{}, which is gone", name.id));
        output.line(&safe!("{}{}", cell(&title, DECK), row(numbers)))?;
    }
    typed(&report.typed, output)?;
    report.drills.iter().try_for_each(|drill| exercise(drill, output))
}

/// How sure the learner was of typed answers and how much of them was right, a line for each word that was said.
fn typed(calibration: &Calibration, output: &mut Output) -> Result<(), Failure> {
    if calibration.answers == 0 {
        return Ok(());
    }
    let answers = count(calibration.answers, "typed answer", "typed answers");
    let flips = match calibration.flips.fraction() {
        Some(fraction) => safe!(", {} marks; you changed {:.0} of 100", calibration.flips.whole, fraction * 100.0),
        None => Safe::default(),
    };
    output.line(&safe!("\n{answers}{flips}."))?;
    if calibration.rows.iter().all(|row| row.means().is_none()) {
        return Ok(());
    }
    if let Some((gap, brier)) = calibration.gap().zip(calibration.brier()) {
        let rated = calibration.rated();
        output.line(&safe!(
            "Of {rated} that you rated: expected less said {gap:+.0}, Brier score {brier:.2} (0 is best)."
        ))?;
    }
    output.line(&safe!("{:<24}{:>8}{:>8}{:>8}", "  How sure you were", "answers", "said", "got"))?;
    for row in &calibration.rows {
        let Some((said, got)) = row.means() else { continue };
        let remark = row.remark().unwrap_or_default();
        let line = format!("  {:<22}{:>8}{said:>8.0}{got:>8.0}   {remark}", row.word, row.answers);
        output.line(&Safe::new(line.trim_end()))?;
    }
    Ok(())
}

fn overview(report: &Report, output: &mut Output) -> Result<(), Failure> {
    let tally = &report.all.tally;
    let (presence, Share { part, whole }) = (tally.presence(report.today), tally.retention);
    let reviews = count(tally.reviews, "review", "reviews");
    let days = count(presence.whole, "day", "days");
    let took = if tally.took == 0 { Safe::default() } else { safe!(" in {}", time(tally.took)) };
    output.line(&safe!("{reviews}{took}, on {} of {days}.", presence.part))?;
    let wanted = (report.desired * 100.0).round();
    output.line(&match tally.retention.percent() {
        Some(percent) => safe!("Recalled after days: {percent} %, {part} of {whole}. The schedule aims at {wanted} %."),
        None => safe!("No card came back after days yet, so nothing is known of recall."),
    })?;
    output.line(&Safe::default())?;
    let days = (report.today.series(jiff::ToSpan::days(1))).zip(&report.all.forecast);
    let due = days.map(|(day, due)| match day == report.today {
        true => format!("today {due}"),
        false => format!("{} {due}", day.strftime("%a")),
    });
    output.line(&safe!("Due   {}", due.collect::<Vec<_>>().join("   ")))
}

fn row(numbers: &Numbers) -> Safe {
    let tally = &numbers.tally;
    let recalled = percent(tally.retention);
    let due = numbers.forecast.first().copied().unwrap_or_default();
    safe!("{:>8}{recalled:>11}{:>9}{:>7}{due:>6}", tally.reviews, time(tally.took), tally.days.len())
}

/// A line a label: how often it was recognised, and what was picked instead.
fn exercise(drill: &Drill, output: &mut Output) -> Result<(), Failure> {
    let confusion = &drill.confusion;
    let all = confusion.accuracy();
    let sum = safe!("{} of {} right, {}", all.part, all.whole, percent(all));
    output.line(&safe!("\n{}{sum:>SUM$}", cell(&drill.prompt, WIDTH - SUM)))?;
    for (place, label) in confusion.labels().iter().enumerate() {
        let Share { part, whole } = confusion.accuracy_of(place);
        let mixups = confusion.mixups_of(place);
        let instead: Vec<_> =
            mixups.iter().map(|mixup| format!("{} {}", mixup.picked.name.line(), mixup.times.part)).collect();
        let instead = width::fit(&instead.join(", "), INSTEAD);
        let line = match whole {
            0 => safe!("  {}   not asked", cell(&label.name.line(), LABEL)),
            _ => safe!("  {}{part:>5} of {whole:<4}  {instead}", cell(&label.name.line(), LABEL)),
        };
        output.line(&Safe::new(line.as_str().trim_end()))?;
    }
    match confusion.worst() {
        Some(worst) => output.line(&safe!("  {}", worst.sentence())),
        None => Ok(()),
    }
}

fn percent(share: Share) -> Safe {
    share.percent().map_or_else(|| Safe::from("-"), |percent| safe!("{percent} %"))
}

fn time(milliseconds: u64) -> Safe {
    match milliseconds.div_ceil(60_000) {
        0 => Safe::from("-"),
        minutes if minutes < 60 => safe!("{minutes} min"),
        minutes => safe!("{} h {:02}", minutes / 60, minutes % 60),
    }
}

/// A text in exactly so many columns, the last one free.
fn cell(text: &Safe, columns: usize) -> Safe {
    let text = width::fit(text.as_str(), columns - 1);
    safe!("{text}{:1$}", "", columns - width::columns(&text))
}

//! How well the learner judges their own answers, and how often they set a mark right.

use super::Share;
use crate::review::{Entry, Marked, Percent, Typed};

/// Answers below which nothing is concluded from a row.
pub const FEW: u32 = 5;

/// What typed answers add up to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calibration {
    /// Answers in words, marked or not.
    pub answers: u32,
    /// Of the marks that a grader gave, those that the learner changed.
    pub flips: Share,
    /// From the least sure to the surest.
    pub rows: [Row; 4],
    /// The sum over the rated answers of the squares of what each was off, in ten-thousandths.
    squares: u64,
}

/// The answers of one word of confidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    pub word: &'static str,
    pub answers: u32,
    /// Points of those answers that were decided on, and the sums over them of what was said and of what was got, each in
    /// hundredths of a point.
    points: u32,
    said: u32,
    got: u32,
}

/// The calibration of the typed answers among the counting entries of the log.
pub fn calibration<'e>(counting: impl IntoIterator<Item = &'e Entry>) -> Calibration {
    let rows = Percent::WORDS.map(|word| Row { word, answers: 0, points: 0, said: 0, got: 0 });
    let mut calibration = Calibration { answers: 0, flips: Share::default(), rows, squares: 0 };
    for entry in counting {
        if let Some(typed) = entry.typed() {
            calibration.count(typed);
        }
    }
    calibration
}

impl Calibration {
    fn count(&mut self, typed: &Typed) {
        self.answers += 1;
        typed.marks.iter().filter(|mark| mark.p.is_some()).for_each(|mark| self.flips.count(mark.is_flipped()));
        let decided: Vec<_> = typed.marks.iter().filter(|mark| mark.is_decided()).collect();
        let Some(confidence) = typed.confidence.filter(|_| !decided.is_empty()) else { return };
        let row = &mut self.rows[confidence.bucket()];
        let confidence = u32::from(confidence.number());
        let got = |mark: &&Marked| (mark.share() * 100.0).round() as u32;
        let all: u32 = decided.iter().map(got).sum();
        let points = decided.len() as u32;
        row.answers += 1;
        row.points += points;
        row.said += confidence * points;
        row.got += all;
        self.squares += u64::from(confidence.abs_diff(all / points)).pow(2);
    }

    /// Answers of which the learner said how sure they were.
    pub fn rated(&self) -> u32 {
        self.rows.iter().map(|row| row.answers).sum()
    }

    /// What was said less what was got, over the points, in hundredths: positive where more was expected. None with fewer
    /// than five rated answers.
    pub fn gap(&self) -> Option<f64> {
        let sum = |of: fn(&Row) -> u32| self.rows.iter().map(|row| f64::from(of(row))).sum::<f64>();
        let points = sum(|row| row.points);
        (self.rated() >= FEW).then(|| (sum(|row| row.said) - sum(|row| row.got)) / points)
    }

    /// The mean square of what the rated answers were off, 0 to 1, where 0 is the best (Brier). None with fewer than five.
    pub fn brier(&self) -> Option<f64> {
        (self.rated() >= FEW).then(|| self.squares as f64 / 10_000.0 / f64::from(self.rated()))
    }
}

impl Row {
    /// What was said and what was got, 0 to 100: means over the points. None without an answer.
    pub fn means(&self) -> Option<(f64, f64)> {
        let mean = |sum: u32| f64::from(sum) / f64::from(self.points);
        (self.points > 0).then(|| (mean(self.said), mean(self.got)))
    }

    /// What there is to say of the row; nothing if said and got are near.
    pub fn remark(&self) -> Option<&'static str> {
        let (said, got) = self.means()?;
        match said - got {
            _ if self.answers < FEW => Some("too few to tell"),
            gap if gap > 10.0 => Some("less than you thought"),
            gap if gap < -10.0 => Some("more than you thought"),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::{Action, Grade, Mark, Said, Source};
    use crate::stats::sample::{entry, pick, review};
    use crate::text::Safe;

    fn typed(number: u128, confidence: Option<u8>, marks: &[(Mark, bool, Option<Mark>)]) -> Entry {
        let marked = |(mark, sure, flipped): &(Mark, bool, Option<Mark>)| Marked {
            point: "a".parse().expect("an id"),
            mark: *mark,
            p: Some(Percent::of(0.5)),
            sure: *sure,
            flipped: *flipped,
        };
        let confidence = confidence.and_then(|number| Percent::try_from(number).ok());
        let typed = Typed::new(&Safe::from("so"), confidence, marks.iter().map(marked).collect(), Vec::new());
        let said = Some(Said::Typed(typed));
        entry(number, "ecs/a", 0, Action::Review { grade: Grade::Good, took: 1, source: Source::Study, said })
    }

    #[test]
    fn said_and_got_are_means_over_the_points_that_were_decided_on() {
        let (covered, partial, missed) = (Mark::Covered, Mark::Partial, Mark::Missed);
        let log = [
            typed(1, Some(95), &[(covered, true, None), (partial, true, None), (covered, false, None)]),
            typed(2, Some(90), &[(missed, true, None), (missed, true, Some(covered))]),
            typed(3, None, &[(covered, true, None)]),
            typed(4, Some(40), &[]),
            review(5, "ecs/a", 1, Grade::Good),
            pick(6, "ecs/b", "task"),
        ];
        let calibration = calibration(&log);
        assert_eq!((calibration.answers, calibration.flips), (4, Share { part: 1, whole: 6 }));
        let certain = calibration.rows[3];
        assert_eq!((certain.word, certain.answers, certain.means()), ("certain", 2, Some((92.5, 62.5))));
        assert!(calibration.rows[..3].iter().all(|row| row.means().is_none()));
    }

    #[test]
    fn the_gap_and_the_squares_are_told_from_five_rated_answers_on() {
        let log = |answers: u128| -> Vec<Entry> {
            (0..answers).map(|number| typed(number, Some(80), &[(Mark::Partial, true, None)])).collect()
        };
        let told = |answers| (calibration(&log(answers)).gap(), calibration(&log(answers)).brier());
        assert_eq!(told(4), (None, None));
        let (gap, brier) = told(5);
        assert!((gap.expect("enough") - 30.0).abs() < 1e-9 && (brier.expect("enough") - 0.09).abs() < 1e-9);
    }

    #[test]
    fn a_gap_is_named_from_five_answers_on_and_in_both_directions() {
        let rows = |confidence, mark, answers: u128| {
            let log: Vec<_> =
                (0..answers).map(|number| typed(number, Some(confidence), &[(mark, true, None)])).collect();
            calibration(&log).rows.iter().find_map(Row::remark)
        };
        assert_eq!(rows(95, Mark::Missed, 4), Some("too few to tell"));
        assert_eq!(rows(95, Mark::Missed, 5), Some("less than you thought"));
        assert_eq!(rows(10, Mark::Covered, 5), Some("more than you thought"));
        assert_eq!(rows(95, Mark::Covered, 5), None);
    }
}
